/* Web pages: one page, one article, found in it by extract.c. Hostile input, so read in a process of its own. */
#include "corpus/charset.h"
#include "corpus/extract.h"
#include "corpus/reader.h"

#include <string.h>
#include <strings.h>

/* Does this tag stand within the first bytes? */
static bool has_tag(const char *bytes, size_t n, const char *tag)
{
    size_t length = strlen(tag);
    for (size_t i = 0; i + length < n; i++)
        if (bytes[i] == '<' && strncasecmp(bytes + i, tag, length) == 0)
            return true;
    return false;
}

static int sniff(const char *bytes, size_t n, const char *name)
{
    bool named = name_ends(name, ".html .htm .xhtml .shtml");
    size_t at = 0, head = n < 4096 ? n : 4096;
    while (at < head && strchr(" \t\r\n\xEF\xBB\xBF", bytes[at]) && bytes[at])
        at++;
    if (at < n && bytes[at] == '<' && (has_tag(bytes + at, head - at, "<!doctype html") || has_tag(bytes + at, head - at, "<html")))
        return 90;
    if (at < n && bytes[at] == '<' && (has_tag(bytes, head, "<head") || has_tag(bytes, head, "<body") || has_tag(bytes, head, "<meta ") || has_tag(bytes, head, "<title")))
        return 70;
    if (named)
        return has_tag(bytes, n, "<p") || has_tag(bytes, n, "<div") || has_tag(bytes, n, "<body") || has_tag(bytes, n, "<html") ? 80 : 51;
    return 0;
}

static bool read_html(const Source *source, Sink *sink, Error *error)
{
    Octets raw = { 0 }, page = { 0 };
    ArticleDraft draft = { 0 };
    char declared[CHARSET_NAME], used[CHARSET_NAME];
    bool fine = stream_read_all(source->stream, EXTRACT_LIMIT, &raw, error);
    if (fine) {
        const char *charset = source->hints->charset;
        if (!charset && raw.length && extract_charset(raw.data, raw.length, declared, sizeof declared))
            charset = declared;
        fine = charset_to_utf8(raw.data, raw.length, charset, &page, used, error) && (strcmp(used, "utf-8") == 0 || sink->format(sink, used, error));
    }
    fine = fine && extract_article(page.data ? page.data : "", page.length, &draft, error) && sink->article(sink, &draft, error);
    draft_free(&draft);
    octets_free(&page);
    octets_free(&raw);
    return fine;
}

const Reader reader_html = {
    .name = "html",
    .summary = "web pages: the article in the page",
    .endings = ".html .htm .xhtml",
    .isolated = true,
    .sniff = sniff,
    .read = read_html,
};
