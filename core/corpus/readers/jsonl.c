/* JSONL: one JSON object a line, one article an object. A bad line is named with its number, the others are loaded. */
#include "corpus/reader.h"
#include "corpus/record.h"

#include <stdio.h>
#include <string.h>

static size_t skip_space(const char *bytes, size_t n, size_t at)
{
    while (at < n && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n'))
        at++;
    return at;
}

static int sniff(const char *bytes, size_t n, const char *name)
{
    size_t at = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    bool named = name_ends(name, ".jsonl .ndjson .jsonlines .ldjson");
    at = skip_space(bytes, n, at);
    if (at == n || bytes[at] != '{')
        return named && !bytes_are_binary(bytes, n) ? 70 : 0;
    const char *end = memchr(bytes + at, '\n', n - at);
    size_t line = end ? (size_t)(end - bytes) - at : n - at;
    JsonScan scan = { 0 };
    size_t object = json_scan(&scan, bytes + at, line);
    if (named)
        return 95;
    if (object == 0) /* the line is longer than what is looked at, or the object has several lines */
        return !end && n >= READ_AHEAD ? 77 : 0;
    return skip_space(bytes + at, line, object) == line ? 85 : 0;
}

/* A line that is no article may be an answer with a list of them: {"status": "ok", "articles": […]}. */
static bool read_list(const char *bytes, size_t n, int64_t number, const Source *source, Sink *sink, ArticleDraft *draft, bool *found, Error *error)
{
    char message[RECORD_MESSAGE];
    Json json = json_begin(bytes, n);
    JsonValue value, list, item, unused;
    *found = json_value(&json, &value) && value.kind == JSON_OBJECT && json_at_end(&json) && record_find_list(&value, source->names, draft, &list);
    if (!*found)
        return true;
    JsonEach each = json_each(&list);
    while (json_next(&each, &unused, &item)) {
        draft_clear(draft);
        draft->line = number;
        bool fine = record_parse(item.start, (size_t)(item.end - item.start), source->names, draft, message) ? sink->article(sink, draft, error) :
                    sink->problem(sink, number, message, error);
        if (!fine)
            return false;
    }
    return true;
}

static bool read_jsonl(const Source *source, Sink *sink, Error *error)
{
    Octets line = { 0 };
    ArticleDraft draft = { 0 };
    char message[RECORD_MESSAGE];
    bool fine = true, more = true, too_long;
    for (int64_t number = 1; fine; number++) {
        octets_clear(&line);
        fine = stream_read_line(source->stream, RECORD_LIMIT, &line, &more, &too_long, error);
        if (!fine || !more)
            break;
        const char *bytes = line.data ? line.data : "";
        size_t n = line.length;
        if (number == 1 && n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
            bytes += 3;
            n -= 3;
        }
        if (too_long) {
            snprintf(message, sizeof message, "is longer than %d MB", RECORD_LIMIT >> 20);
            fine = sink->problem(sink, number, message, error);
            continue;
        }
        if (skip_space(bytes, n, 0) == n)
            continue;
        draft_clear(&draft);
        draft.line = number;
        bool record = record_parse(bytes, n, source->names, &draft, message), list = false;
        if (!record || draft.fields[DRAFT_TEXT].length == 0) { /* a title alone may be that of a list */
            fine = read_list(bytes, n, number, source, sink, &draft, &list, error);
            if (!fine || list)
                continue;
            draft_clear(&draft);
            draft.line = number;
            record = record_parse(bytes, n, source->names, &draft, message);
        }
        octets_clear(&line); /* its room, if it was a long one: the text is in memory often enough */
        fine = record ? sink->article(sink, &draft, error) : sink->problem(sink, number, message, error);
    }
    octets_free(&line);
    draft_free(&draft);
    return fine;
}

const Reader reader_jsonl = {
    .name = "jsonl",
    .summary = "JSON, one object a line",
    .endings = ".jsonl .ndjson",
    .sniff = sniff,
    .read = read_jsonl,
};
