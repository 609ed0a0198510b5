/* JSON: a list of articles, one article, or an object that holds a list of them somewhere ({"status": "ok", "articles": […]}). A list is read item by item,
 * however long it is; an object is read whole. */
#include "corpus/reader.h"
#include "corpus/record.h"

#include <stdio.h>
#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int sniff(const char *bytes, size_t n, const char *name)
{
    size_t at = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    bool named = name_ends(name, ".json .geojson");
    while (at < n && is_space(bytes[at]))
        at++;
    if (at == n || (bytes[at] != '{' && bytes[at] != '['))
        return named && !bytes_are_binary(bytes, n) ? 60 : 0;
    if (named)
        return 80; /* less than a line that is a whole object, which says JSONL */
    size_t next = at + 1;
    while (next < n && is_space(bytes[next]))
        next++;
    /* "[1]" at the head of a text is a footnote, not a list: an object or an end must follow. */
    if (bytes[at] == '[')
        return next < n && (bytes[next] == '{' || bytes[next] == ']') ? 75 : 0;
    return next < n && (bytes[next] == '"' || bytes[next] == '}') ? 75 : 0;
}

typedef struct JsonReading {
    const Source *source;
    Sink *sink;
    ArticleDraft draft;
    int64_t line;
} JsonReading;

static bool hand_on(JsonReading *reading, const char *bytes, size_t n, int64_t line, Error *error)
{
    char message[RECORD_MESSAGE];
    draft_clear(&reading->draft);
    reading->draft.line = line;
    if (record_parse(bytes, n, reading->source->names, &reading->draft, message))
        return reading->sink->article(reading->sink, &reading->draft, error);
    return reading->sink->problem(reading->sink, line, message, error);
}

/* --- a list ------------------------------------------------------------------------------------------ */

/* How far the item goes: up to the comma or bracket behind it. n when that isn't in sight yet. */
static size_t scan_item(JsonScan *scan, const char *bytes, size_t n, bool *end)
{
    for (size_t i = 0; i < n; i++) {
        char c = bytes[i];
        if (scan->in_string) {
            if (scan->escaped)
                scan->escaped = false;
            else if (c == '\\')
                scan->escaped = true;
            else if (c == '"')
                scan->in_string = false;
        } else if (c == '"') {
            scan->in_string = true;
        } else if (scan->depth == 0 && (c == ',' || c == ']')) {
            *end = true;
            return i;
        } else if (c == '{' || c == '[') {
            scan->depth++;
        } else if (c == '}' || c == ']') {
            scan->depth--;
        }
    }
    return n;
}

static void count_lines(JsonReading *reading, const char *bytes, size_t n)
{
    const char *end = bytes + n;
    while ((bytes = memchr(bytes, '\n', (size_t)(end - bytes)))) {
        reading->line++;
        bytes++;
    }
}

/* Steps over white space; *c is the byte after it, 0 at the end. */
static bool next_byte(JsonReading *reading, char *c, Error *error)
{
    size_t got;
    for (;;) {
        const char *bytes = stream_peek(reading->source->stream, 1, &got, error);
        if (!bytes)
            return false;
        size_t n = 0;
        while (n < got && is_space(bytes[n]))
            n++;
        *c = n < got ? bytes[n] : '\0';
        bool end = n < got || got == 0;
        count_lines(reading, bytes, n);
        stream_skip(reading->source->stream, n);
        if (end)
            return true;
    }
}

static bool read_item(JsonReading *reading, Octets *item, bool *too_long, Error *error)
{
    JsonScan scan = { 0 };
    bool end = false;
    octets_clear(item);
    *too_long = false;
    while (!end) {
        size_t got;
        const char *bytes = stream_peek(reading->source->stream, 1, &got, error);
        if (!bytes)
            return false;
        if (got == 0)
            return error_set(error, "ends in the middle of a record (line %lld): the file is cut off", (long long)reading->line);
        size_t n = scan_item(&scan, bytes, got, &end);
        if (*too_long || item->length + n > RECORD_LIMIT)
            *too_long = true;
        else if (!octets_add(item, bytes, n))
            return error_set(error, "no memory");
        count_lines(reading, bytes, n);
        stream_skip(reading->source->stream, n);
    }
    return true;
}

static bool read_list(JsonReading *reading, Error *error)
{
    Octets item = { 0 };
    Stream *stream = reading->source->stream;
    char c;
    bool fine = true, too_long;
    stream_skip(stream, 1); /* the bracket */
    for (bool first = true; fine; first = false) {
        fine = next_byte(reading, &c, error);
        if (!fine)
            break;
        if (c == ']' && first)
            break;
        int64_t line = reading->line;
        fine = read_item(reading, &item, &too_long, error);
        if (!fine)
            break;
        if (too_long)
            fine = reading->sink->problem(reading->sink, line, "the record is too long", error);
        else
            fine = hand_on(reading, item.data ? item.data : "", item.length, line, error);
        fine = fine && next_byte(reading, &c, error); /* the comma or bracket */
        if (!fine || c == ']')
            break;
        stream_skip(stream, 1);
    }
    octets_free(&item);
    if (!fine)
        return false;
    stream_skip(stream, 1);
    if (!next_byte(reading, &c, error))
        return false;
    return c == '\0' || reading->sink->problem(reading->sink, reading->line, "something follows the end of the list", error);
}

/* --- an object ----------------------------------------------------------------------------------------- */

/* Counts on from where it counted last: items come in their order. */
typedef struct LineCount {
    const char *at;
    int64_t line;
} LineCount;

static int64_t line_of(LineCount *count, const char *at)
{
    for (; count->at < at; count->at++)
        count->line += *count->at == '\n';
    return count->line;
}

/* One object at `bytes`, or several, one behind the other. */
static bool read_objects(JsonReading *reading, Error *error)
{
    Octets whole = { 0 };
    char message[RECORD_MESSAGE];
    bool fine = stream_read_all(reading->source->stream, READ_WHOLE, &whole, error);
    Json json = json_begin(whole.data ? whole.data : "", whole.length);
    LineCount count = { json.start, 1 };
    while (fine && !json_at_end(&json)) {
        const char *start = json.at;
        JsonValue value, list, item, unused;
        int64_t line = line_of(&count, start);
        if (!json_value(&json, &value) || value.kind != JSON_OBJECT) {
            fine = hand_on(reading, start, (size_t)(json.end - start), line, error); /* says what is wrong */
            break;
        }
        draft_clear(&reading->draft);
        reading->draft.line = line;
        if (record_from_json(&value, reading->source->names, &reading->draft, message) && reading->draft.fields[DRAFT_TEXT].length > 0) {
            fine = reading->sink->article(reading->sink, &reading->draft, error);
        } else if (record_find_list(&value, reading->source->names, &reading->draft, &list)) {
            JsonEach each = json_each(&list);
            while (fine && json_next(&each, &unused, &item))
                fine = hand_on(reading, item.start, (size_t)(item.end - item.start), line_of(&count, item.start), error);
        } else {
            fine = hand_on(reading, value.start, (size_t)(value.end - value.start), line, error);
        }
    }
    octets_free(&whole);
    return fine;
}

static bool read_json(const Source *source, Sink *sink, Error *error)
{
    JsonReading reading = { .source = source, .sink = sink, .line = 1 };
    size_t got;
    char c;
    const char *bytes = stream_peek(source->stream, 3, &got, error);
    if (bytes && got >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        stream_skip(source->stream, 3);
    bool fine = bytes && next_byte(&reading, &c, error) && (c == '[' ? read_list(&reading, error) : read_objects(&reading, error));
    draft_free(&reading.draft);
    return fine;
}

const Reader reader_json = {
    .name = "json",
    .summary = "JSON: a list of articles, or an object that holds one",
    .endings = ".json",
    .sniff = sniff,
    .read = read_json,
};
