/* Plain text: one file, one article. UTF-8 is kept byte for byte (but for a byte order mark); anything else is converted. */
#include "corpus/charset.h"
#include "corpus/reader.h"

#include <string.h>

/* UTF-16 and UTF-32 are UTF-8 by now. */
static int sniff(const char *bytes, size_t n, const char *name)
{
    bool named = name_ends(name, ".txt .text .md .markdown .asc");
    if (bytes_are_binary(bytes, n))
        return named ? 5 : 0;
    return named ? 50 : 10;
}

static bool blank(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strchr(" \t\r\n\f\v", bytes[i]) || bytes[i] == 0)
            return false;
    return true;
}

/* Puts the file's text into the draft; UTF-8 without a mark needs no second copy. */
static bool take_text(const Source *source, Octets *text, Sink *sink, Error *error)
{
    char used[CHARSET_NAME];
    if (!stream_read_all(source->stream, TEXT_LIMIT, text, error))
        return false;
    bool marked = text->length >= 2 && (text->data[0] == '\xEF' || text->data[0] == '\xFE' || text->data[0] == '\xFF');
    if (!marked && !memchr(text->data, 0, text->length) && !memchr(text->data, 0x1B, text->length) && charset_invalid(text->data, text->length) < 0)
        return true;
    Octets raw = *text;
    *text = (Octets){ 0 };
    bool fine = charset_to_utf8(raw.data, raw.length, source->hints->charset, text, used, error) &&
                (strcmp(used, "utf-8") == 0 || sink->format(sink, used, error));
    octets_free(&raw);
    return fine;
}

static bool read_text(const Source *source, Sink *sink, Error *error)
{
    ArticleDraft draft = { 0 };
    Octets *text = &draft.fields[DRAFT_TEXT];
    bool fine = take_text(source, text, sink, error);
    const char *nul = fine && text->length ? memchr(text->data, 0, text->length) : NULL;
    if (nul)
        fine = error_set(error, "holds a NUL byte (at byte %zu): is no text", (size_t)(nul - text->data) + 1);
    else if (fine && blank(text->data, text->length))
        fine = error_set(error, "is empty but for white space");
    fine = fine && sink->article(sink, &draft, error);
    draft_free(&draft);
    return fine;
}

const Reader reader_text = {
    .name = "text",
    .summary = "plain text in any encoding, one article a file",
    .endings = ".txt .text .md",
    .sniff = sniff,
    .read = read_text,
};
