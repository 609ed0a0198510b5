/* DOCX (ECMA-376): a zip in which word/document.xml holds the paragraphs and docProps/core.xml the title, author and date. */
#include "corpus/reader.h"
#include "corpus/unpack.h"

#include <libxml/xmlreader.h>
#include <string.h>

enum { XML_MOST = 64 << 20 };

static int sniff(const char *bytes, size_t n, const char *name)
{
    if (n < 30 || memcmp(bytes, "PK\3\4", 4) != 0)
        return 0;
    bool office = memmem(bytes, n, "[Content_Types].xml", 19) || memmem(bytes, n, "_rels/.rels", 11);
    return office && (memmem(bytes, n, "word/", 5) || name_ends(name, ".docx .docm")) ? 95 : 0;
}

static bool is(const xmlChar *name, const char *other)
{
    return name && strcmp((const char *)name, other) == 0;
}

static xmlTextReaderPtr open_xml(const Octets *xml)
{
    return xmlReaderForMemory(xml->data ? xml->data : "", (int)xml->length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

/* w:p is a paragraph, w:t its text, w:tab and w:br white space; w:del holds what was struck out, w:instrText what fields do. */
static bool read_body(const Octets *xml, Octets *out, Error *error)
{
    xmlTextReaderPtr reader = open_xml(xml);
    bool in_text = false, paragraph = false, fine = reader != NULL;
    int code = 0;
    while (fine && (code = xmlTextReaderRead(reader)) == 1) {
        int type = xmlTextReaderNodeType(reader);
        const xmlChar *name = xmlTextReaderConstLocalName(reader);
        if (type == XML_READER_TYPE_ELEMENT) {
            in_text = is(name, "t") && !xmlTextReaderIsEmptyElement(reader);
            if (is(name, "p"))
                paragraph = true;
            else if ((is(name, "tab") || is(name, "br") || is(name, "cr")) && out->length > 0 && !paragraph)
                fine = octets_add_byte(out, is(name, "tab") ? ' ' : '\n');
        } else if (type == XML_READER_TYPE_END_ELEMENT) {
            in_text = false;
        } else if (in_text && (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE || type == XML_READER_TYPE_WHITESPACE)) {
            if (paragraph && out->length > 0)
                fine = octets_add(out, "\n\n", 2);
            paragraph = false;
            fine = fine && octets_add_text(out, (const char *)xmlTextReaderConstValue(reader));
        }
    }
    xmlFreeTextReader(reader);
    if (!fine)
        return error_set(error, "no memory");
    return code == 0 || error_set(error, "its text (word/document.xml) is damaged");
}

static void read_properties(const Octets *xml, ArticleDraft *draft)
{
    xmlTextReaderPtr reader = open_xml(xml);
    while (reader && xmlTextReaderRead(reader) == 1) {
        const xmlChar *name = xmlTextReaderConstLocalName(reader);
        if (xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT)
            continue;
        DraftField field = is(name, "title") ? DRAFT_TITLE : is(name, "creator") ? DRAFT_AUTHOR : is(name, "created") ? DRAFT_DATE :
                           is(name, "language") ? DRAFT_LANGUAGE : DRAFT_FIELDS;
        xmlChar *text = field < DRAFT_FIELDS ? xmlTextReaderReadString(reader) : NULL;
        if (text && *text)
            draft_set_text(draft, field, (const char *)text);
        xmlFree(text);
    }
    xmlFreeTextReader(reader);
}

static bool read_entries(Unpack *unpack, Octets *body, Octets *properties, Error *error)
{
    for (;;) {
        UnpackEntry entry;
        bool more;
        if (!unpack_next(unpack, &entry, &more, error))
            return false;
        if (!more)
            return true;
        Octets *to = strcmp(entry.name, "word/document.xml") == 0 ? body : strcmp(entry.name, "docProps/core.xml") == 0 ? properties : NULL;
        if (entry.encrypted)
            return error_set(error, "is encrypted");
        if (!to || to->length > 0)
            continue;
        Stream *stream = unpack_stream(unpack);
        bool fine = stream ? stream_read_all(stream, XML_MOST, to, error) : error_set(error, "no memory");
        stream_free(stream);
        if (!fine)
            return false;
    }
}

static bool read_docx(const Source *source, Sink *sink, Error *error)
{
    Octets body = { 0 }, properties = { 0 };
    ArticleDraft draft = { 0 };
    ReadBudget budget = { .outermost = source->stream };
    Unpack *unpack = unpack_open(source->stream, &budget, error);
    bool fine = unpack && read_entries(unpack, &body, &properties, error);
    unpack_close(unpack);
    if (fine && body.length == 0)
        fine = error_set(error, "is no Word document: word/document.xml is not in it");
    if (fine) {
        read_properties(&properties, &draft);
        fine = read_body(&body, &draft.fields[DRAFT_TEXT], error);
    }
    draft_split_title(&draft);
    if (fine && draft.fields[DRAFT_TEXT].length == 0)
        fine = error_set(error, "holds no text");
    fine = fine && sink->article(sink, &draft, error);
    octets_free(&body);
    octets_free(&properties);
    draft_free(&draft);
    return fine;
}

const Reader reader_docx = {
    .name = "docx",
    .summary = "Word documents (.docx)",
    .endings = ".docx",
    .isolated = true,
    .sniff = sniff,
    .read = read_docx,
};
