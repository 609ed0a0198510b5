/* Plain text: one file, one article. UTF-8 is kept byte for byte (but for a byte order mark); anything else is converted. */
#include "corpus/charset.h"
#include "corpus/reader.h"

#include <string.h>

static int sniff(const char *bytes, size_t n, const char *name)
{
    Octets unused = { 0 };
    char used[CHARSET_NAME];
    bool named = name_ends(name, ".txt .text .md .markdown .asc");
    if (bytes_are_binary(bytes, n)) {
        /* UTF-16 and UTF-32 have NULs in them. */
        if (!memchr(bytes, 0, n) || !charset_to_utf8(bytes, n & ~(size_t)3, NULL, &unused, used, NULL)) {
            octets_free(&unused);
            return named ? 5 : 0;
        }
        bool wide = strncmp(used, "utf-16", 6) == 0 || strncmp(used, "utf-32", 6) == 0;
        octets_free(&unused);
        return wide ? 40 : named ? 5 : 0;
    }
    return named ? 50 : 10;
}

static bool blank(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strchr(" \t\r\n\f\v", bytes[i]) || bytes[i] == 0)
            return false;
    return true;
}

static bool read_text(const Source *source, Sink *sink, Error *error)
{
    Octets raw = { 0 };
    ArticleDraft draft = { 0 };
    char used[CHARSET_NAME];
    bool fine = stream_read_all(source->stream, READ_WHOLE, &raw, error) &&
                charset_to_utf8(raw.data, raw.length, source->hints->charset, &draft.fields[DRAFT_TEXT], used, error) &&
                (strcmp(used, "utf-8") == 0 || sink->format(sink, used, error));
    octets_free(&raw);
    if (fine) {
        Octets *text = &draft.fields[DRAFT_TEXT];
        const char *nul = text->length ? memchr(text->data, 0, text->length) : NULL;
        if (nul)
            fine = error_set(error, "holds a NUL byte (at byte %zu): is no text", (size_t)(nul - text->data) + 1);
        else if (blank(text->data, text->length))
            fine = error_set(error, "is empty but for white space");
        else
            fine = sink->article(sink, &draft, error);
    }
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
