/* Tables of text: CSV as RFC 4180 has it (several-line cells, doubled quotes), with comma, semicolon, tab or bar between the cells. The first row names the
 * columns; which one is the text is found by its name. */
#include "corpus/charset.h"
#include "corpus/reader.h"
#include "corpus/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 512 };

static const char separators[] = ",;\t|";

/* --- rows ---------------------------------------------------------------------------------------------- */

typedef struct Row {
    Octets bytes;            /* the cells, decoded, one behind the other */
    size_t ends[COLUMNS];    /* of each cell in bytes */
    size_t count;
    int64_t line;            /* on which it began */
    bool too_long, too_wide, unclosed, broken_quote;
} Row;

typedef struct Table {
    Stream *stream;
    char separator;
    int64_t line;
} Table;

static void end_cell(Row *row)
{
    if (row->count < COLUMNS)
        row->ends[row->count++] = row->bytes.length;
    else
        row->too_wide = true;
}

static bool add(Row *row, const char *bytes, size_t n)
{
    if (row->bytes.length + n > RECORD_LIMIT) {
        row->too_long = true;
        return true;
    }
    return octets_add(&row->bytes, bytes, n);
}

/* Reads a row; *more is false at the end. States: in a quoted cell, behind its closing quote, or in a bare one. */
static bool read_row(Table *table, Row *row, bool *more, Error *error)
{
    enum { START, BARE, QUOTED, CLOSED } state = START;
    octets_clear(&row->bytes);
    row->count = 0;
    row->line = table->line;
    row->too_long = row->too_wide = row->unclosed = row->broken_quote = false;
    *more = false;
    for (;;) {
        size_t got, i = 0;
        const char *bytes = stream_peek(table->stream, 1, &got, error);
        if (!bytes)
            return false;
        if (got == 0) {
            row->unclosed = state == QUOTED;
            if (*more)
                end_cell(row);
            return true;
        }
        *more = true;
        while (i < got) {
            char c = bytes[i];
            if (state == QUOTED) {
                const char *quote = memchr(bytes + i, '"', got - i);
                size_t n = quote ? (size_t)(quote - (bytes + i)) : got - i;
                for (size_t k = 0; k < n; k++)
                    table->line += bytes[i + k] == '\n';
                if (!add(row, bytes + i, n))
                    return error_set(error, "no memory");
                i += n + (quote != NULL);
                if (quote)
                    state = CLOSED;
                continue;
            }
            i++;
            if (state == CLOSED && c == '"') { /* a doubled quote */
                if (!add(row, "\"", 1))
                    return error_set(error, "no memory");
                state = QUOTED;
            } else if (c == table->separator) {
                end_cell(row);
                state = START;
            } else if (c == '\n') {
                table->line++;
                if (row->bytes.length > 0 && state == BARE && row->bytes.data[row->bytes.length - 1] == '\r')
                    row->bytes.data[--row->bytes.length] = '\0';
                stream_skip(table->stream, i);
                end_cell(row);
                return true;
            } else if (c == '"' && state == START) {
                state = QUOTED;
            } else if (state != CLOSED || c != '\r') {
                row->broken_quote = row->broken_quote || (state == CLOSED && c != ' ');
                if (state != CLOSED && !add(row, &c, 1))
                    return error_set(error, "no memory");
                state = state == CLOSED ? CLOSED : BARE;
            }
        }
        stream_skip(table->stream, got);
    }
}

static const char *cell(const Row *row, size_t column, size_t *n)
{
    size_t start = column > 0 ? row->ends[column - 1] : 0;
    *n = row->ends[column] - start;
    return row->bytes.data ? row->bytes.data + start : "";
}

/* --- the head -------------------------------------------------------------------------------------------- */

/* Which separator parts the first row into most cells that name a field of an article. */
static char guess_separator(const char *bytes, size_t n, const FieldNames *names, int *fields, bool *has_text)
{
    char best = ',';
    *fields = 0;
    *has_text = false;
    const char *end = memchr(bytes, '\n', n);
    size_t length = end ? (size_t)(end - bytes) : n;
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

static int sniff(const char *bytes, size_t n, const char *name)
{
    bool named = name_ends(name, ".csv .tsv .tab");
    if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        bytes += 3, n -= 3;
    if (bytes_are_binary(bytes, n))
        return named && n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0) ? 70 : 0;
    int fields;
    bool has_text;
    guess_separator(bytes, n, NULL, &fields, &has_text);
    /* Less than a text's own name says: "Home | Story | Source" may be the menu at the head of a page. */
    return named ? 70 : fields >= 2 && has_text && memchr(bytes, '\n', n) ? 45 : 0;
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
    fine = fine && read_head(table, row, source->names, columns, error);
    while (fine && more) {
        fine = read_row(table, row, &more, error);
        if (fine && more)
            fine = hand_on(row, columns, &draft, sink, error);
    }
    if (row)
        octets_free(&row->bytes);
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
