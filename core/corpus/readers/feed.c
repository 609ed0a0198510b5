/* RSS 0.9 to 2.0 and Atom: one article an entry. The channel's title is the outlet; of several bodies (description, content:encoded) the longest is taken. */
#include "corpus/markup.h"
#include "corpus/reader.h"

#include <libxml/xmlreader.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

static int sniff(const char *bytes, size_t n, const char *name)
{
    (void)name;
    size_t look = n < 4096 ? n : 4096;
    static const char *const roots[] = { "<rss", "<feed", "<rdf:RDF", "<RDF" };
    size_t at = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < look && strchr(" \t\r\n", bytes[at]) && bytes[at])
        at++;
    if (at >= look || bytes[at] != '<')
        return 0;
    const char *html = NULL; /* a page may hold a licence in RDF */
    for (size_t i = at; i + 5 < look && !html; i++)
        if (strncasecmp(bytes + i, "<html", 5) == 0)
            html = bytes + i;
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        const char *root = memmem(bytes, look, roots[i], strlen(roots[i]));
        if (root && (!html || root < html))
            return 92;
    }
    return !html && n - at > 5 && memcmp(bytes + at, "<?xml", 5) == 0 ? 55 : 0; /* XML of another kind: refused by its name, not taken for a text */
}

typedef struct Feed {
    xmlTextReaderPtr reader;
    Sink *sink;
    ArticleDraft entry;
    Octets outlet, language, text, plain;
    bool in_entry;
    int depth; /* of the entry's own element */
    bool permalink;
    bool recoded; /* the bytes are not in the encoding that they declare */
} Feed;

static bool is(const char *name, const char *other)
{
    return strcasecmp(name, other) == 0;
}

/* Trimmed, without markup and character references: titles and names are often escaped twice. */
static bool set_plain(Feed *feed, Octets *to, const char *bytes, size_t n)
{
    octets_clear(to);
    if (markup_is(bytes, n))
        return markup_to_text(bytes, n, to);
    while (n > 0 && strchr(" \t\r\n", *bytes))
        bytes++, n--;
    while (n > 0 && strchr(" \t\r\n", bytes[n - 1]))
        n--;
    (void)feed;
    return octets_add(to, bytes, n);
}

static bool set_body(Feed *feed, const char *bytes, size_t n)
{
    Octets *body = &feed->entry.fields[DRAFT_TEXT];
    if (!set_plain(feed, &feed->plain, bytes, n))
        return false;
    if (feed->plain.length <= body->length)
        return true;
    octets_clear(body);
    return octets_add(body, feed->plain.data, feed->plain.length);
}

/* Dates: the first publication, not the last change. */
static bool set_date(Feed *feed, const char *bytes, size_t n, bool better)
{
    Octets *date = &feed->entry.fields[DRAFT_DATE];
    return (date->length > 0 && !better) || set_plain(feed, date, bytes, n);
}

static bool set_link(Feed *feed, const char *bytes, size_t n)
{
    return set_plain(feed, &feed->entry.fields[DRAFT_URL], bytes, n);
}

/* <link href=… rel=…/> of Atom. */
static bool take_link(Feed *feed, bool *fine)
{
    xmlChar *href = xmlTextReaderGetAttribute(feed->reader, BAD_CAST "href");
    xmlChar *rel = xmlTextReaderGetAttribute(feed->reader, BAD_CAST "rel");
    bool taken = href != NULL;
    if (href && feed->in_entry && (!rel || is((const char *)rel, "alternate")) && feed->entry.fields[DRAFT_URL].length == 0)
        *fine = set_link(feed, (const char *)href, strlen((const char *)href));
    xmlFree(href);
    xmlFree(rel);
    return taken;
}

static bool take_field(Feed *feed, const char *name, const char *prefix, const char *bytes, size_t n)
{
    Octets *fields = feed->entry.fields;
    if (!feed->in_entry) {
        if (is(name, "title") && feed->outlet.length == 0 && !*prefix)
            return set_plain(feed, &feed->outlet, bytes, n);
        if (is(name, "language") && feed->language.length == 0)
            return set_plain(feed, &feed->language, bytes, n);
        return true;
    }
    bool media = is(prefix, "media") || is(prefix, "itunes");
    if (is(name, "title") && !media)
        return set_plain(feed, &fields[DRAFT_TITLE], bytes, n);
    if (is(name, "link") && n > 0)
        return set_link(feed, bytes, n);
    if (is(name, "origLink"))
        return set_link(feed, bytes, n);
    if (is(name, "guid") || is(name, "id"))
        return set_plain(feed, &fields[DRAFT_ID], bytes, n) &&
               (fields[DRAFT_URL].length > 0 || !feed->permalink || strncmp(bytes, "http", n < 4 ? n : 4) != 0 || set_link(feed, bytes, n));
    if (is(name, "pubDate") || is(name, "published") || is(name, "issued"))
        return set_date(feed, bytes, n, true);
    if (is(name, "date") || is(name, "updated") || is(name, "modified"))
        return set_date(feed, bytes, n, false);
    if (is(name, "creator") || (is(name, "author") && !media) || (is(name, "name") && !media)) {
        Octets *author = &fields[DRAFT_AUTHOR];
        if (!set_plain(feed, &feed->plain, bytes, n))
            return false;
        return feed->plain.length == 0 || ((author->length == 0 || octets_add_text(author, "; ")) &&
               octets_add(author, feed->plain.data, feed->plain.length));
    }
    if ((is(name, "description") || is(name, "summary") || is(name, "encoded") || is(name, "content")) && !media)
        return set_body(feed, bytes, n);
    if (is(name, "source") && n > 0 && n < 200) /* an aggregator names the paper */
        return set_plain(feed, &fields[DRAFT_OUTLET], bytes, n);
    return true;
}

static bool end_entry(Feed *feed, Error *error)
{
    Octets *fields = feed->entry.fields;
    feed->in_entry = false;
    if (fields[DRAFT_OUTLET].length == 0 && feed->outlet.length > 0 && !octets_add(&fields[DRAFT_OUTLET], feed->outlet.data, feed->outlet.length))
        return error_set(error, "no memory");
    if (fields[DRAFT_LANGUAGE].length == 0 && feed->language.length > 0 &&
        !octets_add(&fields[DRAFT_LANGUAGE], feed->language.data, feed->language.length))
        return error_set(error, "no memory");
    if (fields[DRAFT_TEXT].length == 0 && fields[DRAFT_TITLE].length == 0)
        return feed->sink->problem(feed->sink, feed->entry.line, "an entry without text", error);
    return feed->sink->article(feed->sink, &feed->entry, error);
}

/* The text below the element that the reader stands on; the reader is left at its end. XHTML content keeps its tags. */
static bool element_text(Feed *feed, Octets *to)
{
    octets_clear(to);
    if (xmlTextReaderIsEmptyElement(feed->reader))
        return true;
    xmlChar *type = xmlTextReaderGetAttribute(feed->reader, BAD_CAST "type");
    bool xhtml = type && is((const char *)type, "xhtml");
    xmlFree(type);
    xmlChar *text = xhtml ? xmlTextReaderReadInnerXml(feed->reader) : xmlTextReaderReadString(feed->reader);
    bool fine = !text || octets_add_text(to, (const char *)text);
    xmlFree(text);
    return fine;
}

static bool start_element(Feed *feed, Error *error)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(feed->reader);
    const char *prefix = (const char *)xmlTextReaderConstPrefix(feed->reader);
    bool fine = true;
    if (is(name, "item") || is(name, "entry")) {
        draft_clear(&feed->entry);
        feed->entry.line = xmlTextReaderGetParserLineNumber(feed->reader);
        feed->in_entry = true;
        feed->depth = xmlTextReaderDepth(feed->reader);
        return true;
    }
    /* Only the entry's own fields: <source> has a title of its own, and so may a picture. */
    if (feed->in_entry && xmlTextReaderDepth(feed->reader) != feed->depth + 1 &&
        !(is(name, "name") && xmlTextReaderDepth(feed->reader) == feed->depth + 2))
        return true;
    static const char *const containers[] = { "rss", "feed", "rdf", "channel", "image", "textinput" };
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++)
        if (is(name, containers[i]))
            return true;
    if (is(name, "author") && feed->in_entry && !xmlTextReaderIsEmptyElement(feed->reader)) {
        /* Atom's has a <name> within: that comes by itself. RSS's is text. */
        if (!element_text(feed, &feed->text))
            return error_set(error, "no memory");
        bool nested = false;
        for (size_t i = 0; i < feed->text.length && !nested; i++)
            nested = feed->text.data[i] == '\n';
        if (nested || strcmp((const char *)xmlTextReaderConstNamespaceUri(feed->reader) ? (const char *)xmlTextReaderConstNamespaceUri(feed->reader) : "",
                             "http://www.w3.org/2005/Atom") == 0)
            return true;
    }
    if (is(name, "link") && take_link(feed, &fine))
        return fine || error_set(error, "no memory");
    if (is(name, "guid")) {
        xmlChar *permalink = xmlTextReaderGetAttribute(feed->reader, BAD_CAST "isPermaLink");
        feed->permalink = !permalink || is((const char *)permalink, "true");
        xmlFree(permalink);
    }
    if (!element_text(feed, &feed->text) ||
        !take_field(feed, name, prefix ? prefix : "", feed->text.data ? feed->text.data : "", feed->text.length))
        return error_set(error, "no memory");
    return true;
}

/* The first element says whether this is a feed at all. */
static bool check_root(Feed *feed, const char *name, Error *error)
{
    const char *encoding = (const char *)xmlTextReaderConstEncoding(feed->reader);
    if (!is(name, "rss") && !is(name, "feed") && !is(name, "rdf") && !is(name, "channel") && !is(name, "entry"))
        return error_set(error, "is XML of no kind that can be read: its root is <%.60s>", name);
    return !encoding || feed->recoded || is(encoding, "utf-8") || feed->sink->format(feed->sink, encoding, error);
}

static bool read_entries(Feed *feed, Error *error)
{
    bool root = true;
    int code;
    while ((code = xmlTextReaderRead(feed->reader)) == 1) {
        int type = xmlTextReaderNodeType(feed->reader);
        const char *name = (const char *)xmlTextReaderConstLocalName(feed->reader);
        if (type == XML_READER_TYPE_ELEMENT && ((root && !check_root(feed, name, error)) || !start_element(feed, error)))
            return false;
        root = root && type != XML_READER_TYPE_ELEMENT;
        if (type == XML_READER_TYPE_END_ELEMENT && feed->in_entry && (is(name, "item") || is(name, "entry")) && !end_entry(feed, error))
            return false;
    }
    if (code == 0)
        return true;
    const xmlError *last = xmlGetLastError();
    char words[160];
    snprintf(words, sizeof words, "%s", last && last->message ? last->message : "damaged");
    words[strcspn(words, "\n")] = '\0';
    return error_set(error, "is not valid XML from line %d on: %s", last ? last->line : 0, words);
}

static void say_nothing(void *context, const char *message, ...)
{
    (void)context, (void)message;
}

static bool read_feed(const Source *source, Sink *sink, Error *error)
{
    Octets whole = { 0 };
    Feed feed = { .sink = sink, .recoded = source->hints->charset != NULL };
    xmlSetGenericErrorFunc(NULL, say_nothing);
    bool fine = stream_read_all(source->stream, READ_WHOLE, &whole, error);
    if (fine) {
        feed.reader = xmlReaderForMemory(whole.data, (int)whole.length, NULL, source->hints->charset,
                                         XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |
                                             (source->hints->charset ? XML_PARSE_IGNORE_ENC : 0));
        fine = feed.reader ? read_entries(&feed, error) : error_set(error, "is not valid XML");
    }
    xmlFreeTextReader(feed.reader);
    draft_free(&feed.entry);
    octets_free(&feed.outlet);
    octets_free(&feed.language);
    octets_free(&feed.text);
    octets_free(&feed.plain);
    octets_free(&whole);
    return fine;
}

const Reader reader_feed = {
    .name = "feed",
    .summary = "RSS and Atom feeds, one article an entry",
    .endings = ".rss .atom .xml",
    .isolated = true,
    .sniff = sniff,
    .read = read_feed,
};
