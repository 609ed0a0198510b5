/* Tables of text: CSV as RFC 4180 has it (several-line cells, doubled quotes), with comma, semicolon, tab or bar between the cells. The first row names the
 * columns; which one is the text is found by its name. */
#include "corpus/charset.h"
#include "corpus/reader.h"
#include "corpus/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    COLUMNS = 512,
    RECOVERIES = 100 /* quotes without an end in one source: each costs a second look at what it swallowed */
};

static const char separators[] = ",;\t|";

/* --- rows ---------------------------------------------------------------------------------------------- */

typedef struct Row {
    Octets bytes;            /* the cells, decoded, one behind the other */
    Octets raw;              /* as they stood */
    size_t ends[COLUMNS];    /* of each cell in bytes */
    size_t count;
    int64_t line;            /* on which it began */
    bool too_long, too_wide, unclosed, broken_quote, no_memory;
} Row;

typedef struct Table {
    Stream *stream;
    char separator, newline; /* a bare "\r" in files of old Macs */
    int64_t line;
    int recoveries;
} Table;

static void end_cell(Row *row)
{
    if (row->count < COLUMNS)
        row->ends[row->count++] = row->bytes.length;
    else
        row->too_wide = true;
}

static void add(Row *row, const char *bytes, size_t n)
{
    if (row->bytes.length + n > RECORD_LIMIT)
        row->too_long = true;
    else if (!octets_add(&row->bytes, bytes, n))
        row->no_memory = true;
}

typedef enum RowState { START, BARE, QUOTED, CLOSED } RowState; /* in a cell: at its begin, without quotes, within them, behind them */

/* Takes bytes up to the row's end; returns how many. *done: the row has ended. */
static size_t take_bytes(Table *table, Row *row, RowState *state, const char *bytes, size_t n, bool *done)
{
    size_t i = 0;
    *done = false;
    while (i < n) {
        char c = bytes[i];
        if (*state == QUOTED) {
            const char *quote = memchr(bytes + i, '"', n - i);
            size_t length = quote ? (size_t)(quote - (bytes + i)) : n - i;
            for (size_t k = 0; k < length; k++)
                table->line += bytes[i + k] == table->newline;
            add(row, bytes + i, length);
            i += length + (quote != NULL);
            if (quote)
                *state = CLOSED;
            continue;
        }
        i++;
        if (*state == CLOSED && c == '"') { /* a doubled quote */
            add(row, "\"", 1);
            *state = QUOTED;
        } else if (c == table->separator) {
            end_cell(row);
            *state = START;
        } else if (c == table->newline) {
            table->line++;
            if (row->bytes.length > 0 && *state == BARE && row->bytes.data[row->bytes.length - 1] == '\r')
                row->bytes.data[--row->bytes.length] = '\0';
            end_cell(row);
            *done = true;
            return i;
        } else if (c == '"' && *state == START) {
            *state = QUOTED;
        } else if (*state != CLOSED) {
            add(row, &c, 1);
            *state = BARE;
        } else if (c != '\r') {
            row->broken_quote = row->broken_quote || c != ' ';
        }
    }
    return i;
}

/* Reads a row; *more is false at the end. A cell that goes on beyond all measure is a quote that was never closed. */
static bool read_row(Table *table, Row *row, bool *more, Error *error)
{
    RowState state = START;
    octets_clear(&row->bytes);
    octets_clear(&row->raw);
    row->count = 0;
    row->line = table->line;
    row->too_long = row->too_wide = row->unclosed = row->broken_quote = row->no_memory = false;
    *more = false;
    for (bool done = false; !done;) {
        size_t got;
        const char *bytes = stream_peek(table->stream, 1, &got, error);
        if (!bytes)
            return false;
        if (got == 0 || (row->too_long && state == QUOTED)) {
            row->unclosed = state == QUOTED;
            if (*more)
                end_cell(row);
            break;
        }
        *more = true;
        bool keep = !row->too_long;
        size_t n = take_bytes(table, row, &state, bytes, got, &done);
        if (keep && !octets_add(&row->raw, bytes, n))
            row->no_memory = true;
        stream_skip(table->stream, n);
    }
    return !row->no_memory || error_set(error, "no memory");
}

/* --- quotes without an end --------------------------------------------------------------------------------- */

/* What a quote has swallowed, to be read again, and behind it the rest of the source. */
typedef struct Again {
    Octets bytes;
    size_t at;
    Stream *rest;
    bool owned;
} Again;

static ssize_t fill_again(void *context, char *bytes, size_t room, Error *error)
{
    Again *again = context;
    size_t n = again->bytes.length - again->at;
    const char *from = n > 0 ? again->bytes.data + again->at : NULL;
    if (!from) {
        octets_free(&again->bytes);
        again->at = 0;
        from = stream_peek(again->rest, 1, &n, error);
        if (!from)
            return -1;
    }
    n = n < room ? n : room;
    memcpy(bytes, from, n);
    if (again->bytes.length > 0)
        again->at += n;
    else
        stream_skip(again->rest, n);
    return (ssize_t)n;
}

static void close_again(void *context)
{
    Again *again = context;
    octets_free(&again->bytes);
    if (again->owned)
        stream_free(again->rest);
    free(again);
}

/* The row's first line is lost, and named; the lines behind it are read again. */
static bool recover(Table *table, Row *row, Stream *source, Error *error)
{
    const char *bytes = row->raw.data ? row->raw.data : "", *end = memchr(bytes, table->newline, row->raw.length);
    if (!end || table->recoveries++ == RECOVERIES)
        return true;
    Again *again = calloc(1, sizeof *again);
    Stream *stream = again ? stream_new(fill_again, again, close_again) : NULL;
    if (!stream || !octets_add(&again->bytes, end + 1, row->raw.length - (size_t)(end + 1 - bytes))) {
        if (stream)
            stream_free(stream);
        else
            free(again);
        return error_set(error, "no memory");
    }
    again->rest = table->stream;
    again->owned = table->stream != source;
    table->stream = stream;
    table->line = row->line + 1;
    return true;
}

static const char *cell(const Row *row, size_t column, size_t *n)
{
    size_t start = column > 0 ? row->ends[column - 1] : 0;
    *n = row->ends[column] - start;
    return row->bytes.data ? row->bytes.data + start : "";
}

/* --- the head -------------------------------------------------------------------------------------------- */

/* Without its end: "\n", or "\r" where there is no other. */
static size_t first_line(const char *bytes, size_t n)
{
    const char *end = memchr(bytes, '\n', n);
    end = end ? end : memchr(bytes, '\r', n);
    return end ? (size_t)(end - bytes) : n;
}

/* Which separator parts the first row into most cells that name a field of an article. */
static char guess_separator(const char *bytes, size_t n, const FieldNames *names, int *fields, bool *has_text)
{
    char best = ',';
    *fields = 0;
    *has_text = false;
    size_t length = first_line(bytes, n);
    for (const char *separator = separators; *separator; separator++) {
        int found = 0;
        bool text = false;
        size_t start = 0;
        for (size_t i = 0; i <= length; i++) {
            if (i < length && bytes[i] != *separator)
                continue;
            size_t first = start, last = i;
            while (first < last && (bytes[first] == '"' || bytes[first] == ' '))
                first++;
            while (last > first && (bytes[last - 1] == '"' || bytes[last - 1] == ' ' || bytes[last - 1] == '\r'))
                last--;
            DraftField field;
            if (last - first < 60 && record_rank(names, bytes + first, last - first, &field) > 0) {
                found++;
                text = text || field == DRAFT_TEXT;
            }
            start = i + 1;
        }
        if (found > *fields) {
            *fields = found;
            *has_text = text;
            best = *separator;
        }
    }
    return best;
}

/* Have the first rows all as many cells as the first one, and more than one? Then the bytes are a table, whatever their name. */
static bool rows_agree(const char *bytes, size_t n, char separator)
{
    size_t cells = 1, first = 0, rows = 0;
    bool quoted = false;
    for (size_t i = 0; i < n && rows < 8; i++) {
        char c = bytes[i];
        quoted ^= c == '"';
        if (quoted)
            continue;
        cells += c == separator;
        if (c != '\n')
            continue;
        first = rows == 0 ? cells : first;
        if (cells != first)
            return false;
        rows++;
        cells = 1;
    }
    return rows >= 2 && first >= 2;
}

/* "In May, the council …": a line in which every separator is followed by a blank is a sentence, not the head of a table. */
static bool is_prose(const char *bytes, size_t n)
{
    size_t length = first_line(bytes, n);
    for (size_t i = 0; i + 1 < length; i++)
        if (strchr(separators, bytes[i]) && bytes[i] && bytes[i + 1] != ' ')
            return false;
    return length > 60;
}

static int sniff(const char *bytes, size_t n, const char *name)
{
    bool named = name_ends(name, ".csv .tsv .tab");
    if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        bytes += 3, n -= 3;
    if (bytes_are_binary(bytes, n))
        return 0;
    int fields;
    bool has_text;
    char separator = guess_separator(bytes, n, NULL, &fields, &has_text);
    bool agree = fields >= 2 && has_text && rows_agree(bytes, n, separator);
    if (named)
        return agree || fields > 0 || !is_prose(bytes, n) ? 70 : 5;
    /* Without that less than a text's own name says: "Home | Story | Source" may be the menu at the head of a page. */
    return agree ? 65 : fields >= 2 && has_text && memchr(bytes, '\n', n) ? 45 : 0;
}

typedef struct Columns {
    DraftField fields[COLUMNS];
    int ranks[COLUMNS]; /* 0: the column is none of ours */
    size_t count;
} Columns;

static bool read_head(Table *table, Row *row, const FieldNames *names, Columns *columns, Error *error)
{
    bool more;
    int best[DRAFT_FIELDS] = { 0 };
    char seen[200] = "";
    if (!read_row(table, row, &more, error))
        return false;
    if (!more)
        return error_set(error, "is empty");
    columns->count = row->count;
    for (size_t i = 0; i < row->count; i++) {
        size_t n;
        const char *name = cell(row, i, &n);
        while (n > 0 && (name[n - 1] == ' ' || name[n - 1] == '\r'))
            n--;
        while (n > 0 && *name == ' ')
            name++, n--;
        columns->ranks[i] = record_rank(names, name, n, &columns->fields[i]);
        size_t length = strlen(seen);
        if (length + n + 3 < sizeof seen && charset_invalid(name, n) < 0)
            snprintf(seen + length, sizeof seen - length, "%s%.*s", length ? ", " : "", (int)n, name);
        DraftField field = columns->fields[i];
        if (columns->ranks[i] && (!best[field] || columns->ranks[i] < best[field]))
            best[field] = columns->ranks[i];
    }
    /* Of two columns for one field ("content", "body") the better name wins. */
    for (size_t i = 0; i < columns->count; i++)
        if (columns->ranks[i] && columns->ranks[i] != best[columns->fields[i]])
            columns->ranks[i] = 0;
    if (!best[DRAFT_TEXT])
        return error_set(error, "has no column that is the text (its columns are: %s); name it with --field text=NAME", seen);
    return true;
}

/* --- the body -------------------------------------------------------------------------------------------- */

static bool hand_on(const Row *row, const Columns *columns, ArticleDraft *draft, Sink *sink, Error *error)
{
    char message[RECORD_MESSAGE];
    if (row->count == 1 && row->ends[0] == 0) /* an empty line */
        return true;
    if (row->unclosed)
        return sink->problem(sink, row->line, "a quote is opened and never closed", error);
    if (row->too_long || row->too_wide)
        return sink->problem(sink, row->line, row->too_long ? "the row is too long" : "the row has too many cells", error);
    if (row->broken_quote)
        return sink->problem(sink, row->line, "something stands between a cell's closing quote and the next separator", error);
    if (row->count != columns->count) {
        snprintf(message, sizeof message, "has %zu cell%s where the first row has %zu", row->count, row->count == 1 ? "" : "s", columns->count);
        return sink->problem(sink, row->line, message, error);
    }
    draft_clear(draft);
    draft->line = row->line;
    for (size_t i = 0; i < row->count; i++) {
        size_t n;
        const char *bytes = cell(row, i, &n);
        if (!columns->ranks[i])
            continue;
        int64_t invalid = charset_invalid(bytes, n);
        if (invalid >= 0) {
            snprintf(message, sizeof message, "is not valid UTF-8: byte %02x in cell %zu", (unsigned char)bytes[invalid], i + 1);
            return sink->problem(sink, row->line, message, error);
        }
        if (!draft_set(draft, columns->fields[i], bytes, n))
            return error_set(error, "no memory");
    }
    return record_complete(draft, message) ? sink->article(sink, draft, error) : sink->problem(sink, row->line, message, error);
}

static bool read_table(Table *table, const Source *source, Sink *sink, Error *error)
{
    Row *row = calloc(1, sizeof *row);
    Columns *columns = calloc(1, sizeof *columns);
    ArticleDraft draft = { 0 };
    size_t got;
    const char *bytes = stream_peek(table->stream, READ_AHEAD, &got, error);
    bool fine = row && columns && bytes, more = true, has_text;
    int fields;
    if (fine && got >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        stream_skip(table->stream, 3);
        bytes += 3;
        got -= 3;
    }
    if (fine && got >= 6 && memcmp(bytes, "sep=", 4) == 0 && strchr(separators, bytes[4])) { /* a hint that Excel writes */
        const char *end = memchr(bytes, '\n', got < 8 ? got : 8);
        if (end)
            stream_skip(table->stream, (size_t)(end - bytes) + 1);
        table->separator = bytes[4];
        table->line++;
    } else if (fine) {
        table->separator = guess_separator(bytes, got, source->names, &fields, &has_text);
        if (fields == 0 && name_ends(source->name, ".tsv .tab"))
            table->separator = '\t';
    }
    table->newline = !fine || memchr(bytes, '\n', got) || !memchr(bytes, '\r', got) ? '\n' : '\r';
    fine = fine && read_head(table, row, source->names, columns, error);
    Stream *source_stream = table->stream;
    while (fine && more) {
        fine = read_row(table, row, &more, error);
        if (fine && more)
            fine = hand_on(row, columns, &draft, sink, error) && (!row->unclosed || recover(table, row, source_stream, error));
    }
    if (table->stream != source_stream)
        stream_free(table->stream);
    table->stream = source_stream;
    if (row) {
        octets_free(&row->bytes);
        octets_free(&row->raw);
    }
    free(row);
    free(columns);
    draft_free(&draft);
    return fine || error_set(error, "no memory");
}

/* UTF-8 is read as it comes; a table in another encoding is converted first, and so read whole. */
static bool read_csv(const Source *source, Sink *sink, Error *error)
{
    size_t got;
    const char *bytes = stream_peek(source->stream, READ_AHEAD, &got, error);
    if (!bytes)
        return false;
    Table table = { .stream = source->stream, .line = 1 };
    int64_t invalid = charset_invalid(bytes, got);
    if ((invalid < 0 || (got >= READ_AHEAD && (size_t)invalid + 4 > got)) && !memchr(bytes, 0, got))
        return read_table(&table, source, sink, error);
    Octets raw = { 0 }, text = { 0 };
    char used[CHARSET_NAME];
    bool fine = stream_read_all(source->stream, READ_WHOLE, &raw, error) &&
                charset_to_utf8(raw.data, raw.length, source->hints->charset, &text, used, error) && sink->format(sink, used, error);
    octets_free(&raw);
    if (fine) {
        table.stream = stream_of_memory(text.data ? text.data : "", text.length);
        fine = table.stream ? read_table(&table, source, sink, error) : error_set(error, "no memory");
        stream_free(table.stream);
    }
    octets_free(&text);
    return fine;
}

const Reader reader_csv = {
    .name = "csv",
    .summary = "tables: CSV, TSV and other separators, the first row names the columns",
    .endings = ".csv .tsv",
    .sniff = sniff,
    .read = read_csv,
};
