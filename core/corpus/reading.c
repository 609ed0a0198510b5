/* See reading.h. */
#include "corpus/reading.h"

#include "corpus/charset.h"
#include "corpus/recode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    DEEPEST = 5,          /* archives in archives */
    PROBLEMS_SHOWN = 500, /* a source; the rest are counted */
    FIELD_MOST = 4000,    /* bytes of a URL, an author, … */
    LANGUAGE_FIRST = 200, /* bytes of the body that tell its language */
    LANGUAGE_MORE = 1500  /* that do where the first ones leave doubt */
};

static const double LANGUAGE_SURE = 0.9;

typedef struct Reading {
    Sink sink;
    Load *load;
    const char *path, *member;
    const char *name; /* of the part that is being read */
    const ReadHints *hints;
    int64_t source_id, previous;
    int64_t ordinal;  /* of the last article */
    int64_t problems, skipped, members;
    char detail[64];
    int depth;        /* containers around */
    ReadBudget *budget;
    bool inner;       /* a part, whose format is not the source's */
} Reading;

static const ReadHints no_hints;

static bool read_part(Sink *sink, const char *name, Stream *stream, const ReadHints *hints, Error *error);
static bool read_member(Sink *sink, const char *name, Stream *stream, Error *error);

/* --- telling --------------------------------------------------------------------------------------- */

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

bool reading_end(Load *load)
{
    load->ended = true;
    return false;
}

void reading_take_counts(Load *load, WriterCounts written)
{
    load->counts->articles = written.fresh;
    load->counts->versions = written.versions;
    load->counts->again = written.known;
}

static bool tell(Load *load, LoadEvent event, Error *error)
{
    const LoadOptions *options = load->options;
    if (load->writer) {
        double now = seconds_now();
        if (now - load->woken >= 0.1)
            writer_wake(load->writer);
        load->woken = now - load->woken >= 0.1 ? now : load->woken;
        reading_take_counts(load, writer_counts(load->writer));
    }
    event.counts = load->counts;
    if ((options->stop && options->stop(options->context)) || (options->event && !options->event(options->context, &event))) {
        error_set(error, "interrupted; what has been loaded is kept, and the next load goes on from there");
        return reading_end(load);
    }
    return true;
}

static bool tell_progress(Load *load, const Reading *reading, Error *error)
{
    double now = seconds_now();
    if (now - load->told < 0.1)
        return true;
    load->told = now;
    return tell(load, (LoadEvent){ .kind = LOAD_PROGRESS, .path = reading->path, .member = reading->member, .articles = reading->ordinal }, error);
}

/* --- what readers hand on -------------------------------------------------------------------------- */

static bool sink_problem(Sink *sink, int64_t line, const char *message, Error *error)
{
    Reading *reading = sink->context;
    Load *load = reading->load;
    load->counts->problems++;
    if (++reading->problems > PROBLEMS_SHOWN)
        return true;
    if (!writer_problem(load->writer, reading->source_id, reading->problems, line, message, error))
        return reading_end(load);
    if (!tell(load, (LoadEvent){ .kind = LOAD_PROBLEM, .path = reading->path, .member = reading->member, .message = message, .line = line }, error))
        return false;
    if (load->options->strict) {
        error_set(error, "%s%s%s:%lld: %s", reading->path, reading->member ? ": " : "", reading->member ? reading->member : "", (long long)line, message);
        return reading_end(load);
    }
    return true;
}

static bool sink_format(Sink *sink, const char *detail, Error *error)
{
    Reading *reading = sink->context;
    (void)error;
    if (!reading->inner)
        snprintf(reading->detail, sizeof reading->detail, "%s", detail);
    return true;
}

static bool sink_skipped(Sink *sink, const char *reason, int64_t count, Error *error)
{
    Reading *reading = sink->context;
    (void)reason;
    (void)error;
    reading->skipped += count;
    reading->load->counts->skipped += count;
    return true;
}

/* "en-US", "EN", "en_GB" → "en"; what is no code ("English") is not taken. */
static const char *language_code(const char *given, char code[4])
{
    size_t n = 0;
    while (n < 4 && ((given[n] | 32) >= 'a' && (given[n] | 32) <= 'z'))
        n++;
    if (n < 2 || n > 3 || (given[n] && given[n] != '-' && given[n] != '_'))
        return NULL;
    for (size_t i = 0; i < n; i++)
        code[i] = (char)(given[i] | 32);
    code[n] = '\0';
    return code;
}

/* `most` bytes of the text, cut at characters, past the first lines of a long one, which may be furniture. */
static const char *detect_in(const Load *load, const Octets *text, size_t most, double *confidence)
{
    size_t first = text->length > 3 * most ? most : 0, last = first + most;
    if (last > text->length)
        last = text->length;
    while (first < last && ((unsigned char)text->data[first] & 0xC0) == 0x80)
        first++;
    while (last > first && last < text->length && ((unsigned char)text->data[last] & 0xC0) == 0x80)
        last--;
    return load->options->language(text->data + first, last - first, confidence);
}

/* A few lines mostly are enough, and the detector is slow; where they leave doubt, more of the text. */
static const char *detect_language(const Load *load, const ArticleDraft *draft, double *confidence)
{
    const Octets *text = &draft->fields[draft->fields[DRAFT_TEXT].length > 0 ? DRAFT_TEXT : DRAFT_TITLE];
    if (!load->options->language || text->length == 0)
        return NULL;
    const char *language = detect_in(load, text, LANGUAGE_FIRST, confidence);
    if ((!language || *confidence < LANGUAGE_SURE) && text->length > LANGUAGE_FIRST)
        language = detect_in(load, text, LANGUAGE_MORE, confidence);
    return language;
}

/* What the container knew is taken where the reader found nothing; fields of absurd length or broken UTF-8 are dropped. */
static bool complete_draft(const Reading *reading, ArticleDraft *draft, const char **message)
{
    static const char *const fields[] = { "id", "text", "title", "date", "URL", "outlet", "author", "language" };
    static char words[80];
    for (int f = 0; f < DRAFT_FIELDS; f++) {
        Octets *field = &draft->fields[f];
        const char *hint = reading->hints->fields[f];
        if (field->length == 0 && hint && *hint && !draft_set_text(draft, (DraftField)f, hint)) {
            *message = "no memory";
            return false;
        }
        if (field->length == 0)
            continue;
        if (charset_invalid(field->data, field->length) >= 0) {
            snprintf(words, sizeof words, "the %s is not valid UTF-8", fields[f]);
            *message = words;
            return false;
        }
        if (f != DRAFT_TEXT && f != DRAFT_TITLE && field->length > FIELD_MOST)
            octets_clear(field);
    }
    const Octets *text = &draft->fields[DRAFT_TEXT], *title = &draft->fields[DRAFT_TITLE];
    static const char space[] = " \t\r\n\f\v";
    bool empty = true;
    for (size_t i = 0; empty && i < text->length; i++)
        empty = text->data[i] && strchr(space, text->data[i]);
    for (size_t i = 0; empty && i < title->length; i++)
        empty = title->data[i] && strchr(space, title->data[i]);
    *message = "has no text";
    return !empty;
}

static bool sink_article(Sink *sink, ArticleDraft *draft, Error *error)
{
    Reading *reading = sink->context;
    Load *load = reading->load;
    const char *message;
    if (!complete_draft(reading, draft, &message))
        return sink_problem(sink, draft->line, message, error);
    char code[4];
    double confidence = -1;
    const char *declared = draft_get(draft, DRAFT_LANGUAGE);
    const char *language = declared ? language_code(declared, code) : NULL;
    if (!language)
        language = detect_language(load, draft, &confidence);
    if (!writer_article(load->writer, reading->source_id, reading->ordinal + 1, reading->previous, draft, language, confidence, error))
        return reading_end(load);
    reading->ordinal++;
    return reading->ordinal % 16 != 0 || tell_progress(load, reading, error);
}

/* --- one source -------------------------------------------------------------------------------------- */

static Reading new_reading(Load *load, const char *path, const char *member, int depth, ReadBudget *budget)
{
    Reading reading = { .load = load, .path = path, .member = member, .name = member ? member : path, .hints = &no_hints, .depth = depth,
                        .budget = budget };
    reading.sink = (Sink){ NULL, sink_article, sink_problem, read_member, read_part, sink_format, sink_skipped };
    return reading;
}

static bool run_reader(Reading *reading, const Reader *reader, Stream *stream, Error *error)
{
    Source source = { .stream = stream, .name = reading->name, .names = &reading->load->options->names, .hints = reading->hints, .depth = reading->depth,
                      .budget = reading->budget };
    reading->sink.context = reading;
    if (reader->isolated)
        return isolated_read(reading->load->isolated, reader, &source, &reading->sink, error);
    return reader->read(&source, &reading->sink, error);
}

static bool choose_reader(Reading *reading, const Reader *reader, Stream *stream, const char **format, Error *error)
{
    size_t got;
    const char *bytes = stream_peek(stream, READ_AHEAD, &got, error);
    if (!bytes)
        return false;
    if (got == 0)
        return error_set(error, "is empty");
    if (!reader)
        reader = reader_choose(bytes, got, reading->name, reading->hints, error);
    if (!reader)
        return false;
    *format = reader->name;
    return run_reader(reading, reader, stream, error);
}

/* UTF-16 is read as the UTF-8 that it says, whatever the format; what was taken is recorded. */
static bool read_wide(Reading *reading, const Reader *reader, Stream *stream, const char *charset, const char **format, Error *error)
{
    const ReadHints *outer = reading->hints;
    ReadHints hints = *outer;
    Stream *narrow = recode_stream(stream, charset);
    if (!narrow)
        return error_set(error, "no memory");
    hints.charset = "utf-8";
    reading->hints = &hints;
    reading->sink.context = reading;
    sink_format(&reading->sink, charset, error);
    bool fine = choose_reader(reading, reader, narrow, format, error);
    reading->hints = outer;
    stream_free(narrow);
    return fine;
}

static bool choose_and_read(Reading *reading, const Reader *reader, Stream *stream, const char **format, Error *error)
{
    size_t got;
    const char *bytes = stream_peek(stream, READ_AHEAD, &got, error);
    const char *wide = bytes ? charset_wide(bytes, got) : NULL;
    return wide ? read_wide(reading, reader, stream, wide, format, error) : choose_reader(reading, reader, stream, format, error);
}

/* What damages an archive shows in one of its members first: was it told of a member of this one? */
static bool is_told(const Load *load, const char *member, const char *message)
{
    size_t n = member ? strlen(member) : 0;
    bool within = load->damaged[0] && (!member || (strncmp(load->damaged, member, n) == 0 && load->damaged[n] == '/'));
    return within && strncmp(message, "can't be unpacked", 17) == 0;
}

/* Tells what is wrong with a source as a whole. */
static bool tell_failure(Load *load, const char *path, const char *member, const char *message, Error *error)
{
    if (is_told(load, member, message))
        return true;
    snprintf(load->damaged, sizeof load->damaged, "%s", member && strncmp(message, "can't be unpacked", 17) == 0 ? member : "");
    load->counts->problems++;
    return tell(load, (LoadEvent){ .kind = LOAD_PROBLEM, .path = path, .member = member, .message = message }, error);
}

/* Reads the stream into the row that store_begin made, and closes the row. `failure` is this source's; `error` everybody's. */
static bool finish_source(Reading *reading, Stream *stream, const Reader *reader, char sha256[DIGEST_TEXT], Error *error)
{
    Load *load = reading->load;
    Error failure = { 0 };
    const char *format = NULL;
    bool read = choose_and_read(reading, reader, stream, &format, &failure);
    if (!read && load->ended) {
        error_set(error, "%s", failure.message ? failure.message : "no memory");
        error_clear(&failure);
        return false;
    }
    int64_t bytes = -1;
    sha256[0] = '\0';
    if (!stream_digest(stream, sha256, &bytes, NULL))
        bytes = -1;
    load->counts->bytes += bytes > 0 ? bytes : 0;
    const char *status = read && reading->problems == 0 ? "loaded" : reading->ordinal + reading->members > 0 ? "partial" : "failed";
    bool told = read && reading->problems > 0 && reading->ordinal + reading->members == 0;
    if (told)
        error_set(&failure, "holds no article that can be read");
    char full[160];
    snprintf(full, sizeof full, "%s%s%s", format ? format : "", format && reading->detail[0] ? "/" : "", reading->detail);
    bool fine = writer_end(load->writer, reading->source_id, format ? full : NULL, bytes, sha256[0] ? sha256 : NULL, status,
                          failure.message ? failure.message : NULL, error) || reading_end(load);
    if (strcmp(status, "failed") == 0)
        load->counts->failed++;
    if (fine && failure.message) {
        fine = told || tell_failure(load, reading->path, reading->member, failure.message, error);
        if (fine && load->options->strict) {
            error_set(error, "%s%s%s: %s", reading->path, reading->member ? ": " : "", reading->member ? reading->member : "", failure.message);
            fine = reading_end(load);
        }
    }
    if (!reading->member)
        load->damaged[0] = '\0';
    fine = fine && tell(load, (LoadEvent){ .kind = LOAD_DONE, .path = reading->path, .member = reading->member, .status = status,
                                           .format = format ? full : NULL, .articles = reading->ordinal }, error);
    error_clear(&failure);
    return fine;
}

/* A source that could not even be opened. */
bool reading_failure(Load *load, const char *path, const char *member, const char *message, Error *error)
{
    StoreSource found;
    int64_t id;
    load->counts->sources++;
    load->counts->failed++;
    if (!writer_find(load->writer, path, member, &found, error) ||
        !writer_begin(load->writer, path, member, strcmp(found.status, "failed") == 0 || strcmp(found.status, "loading") == 0 ? found.id : 0, &id, error) ||
        !writer_end(load->writer, id, NULL, -1, NULL, "failed", message, error))
        return reading_end(load);
    if (!tell_failure(load, path, member, message, error))
        return false;
    if (load->options->strict) {
        error_set(error, "%s%s%s: %s", path, member ? ": " : "", member ? member : "", message);
        return reading_end(load);
    }
    return true;
}

/* Chooses the row: that of an interrupted or failed load again, else a new one. */
static bool begin_source(Reading *reading, const StoreSource *found, bool replaces, Error *error)
{
    Load *load = reading->load;
    bool again = strcmp(found->status, "loading") == 0 || strcmp(found->status, "failed") == 0;
    reading->previous = !replaces ? 0 : again ? found->before : found->id;
    if (!writer_begin(load->writer, reading->path, reading->member, again ? found->id : 0, &reading->source_id, error))
        return reading_end(load);
    if (reading->previous && !writer_mark(load->writer, reading->previous, "changed", error))
        return reading_end(load);
    return tell(load, (LoadEvent){ .kind = LOAD_SOURCE, .path = reading->path, .member = reading->member }, error);
}

static void count_source(Reading *reading)
{
    if (reading->previous)
        reading->load->counts->changed++;
    else
        reading->load->counts->fresh++;
}

/* A stream that can be read once only (standard input, a large member): whether it is known shows at its end. */
bool reading_once(Load *load, const char *path, const char *member, int depth, ReadBudget *budget, Stream *stream, Error *error)
{
    StoreSource found;
    char sha256[DIGEST_TEXT];
    if (!writer_find(load->writer, path, member, &found, error))
        return reading_end(load);
    Reading reading = new_reading(load, path, member, depth, budget);
    load->counts->sources++;
    stream_keep_digest(stream);
    int64_t failed = load->counts->failed;
    if (!begin_source(&reading, &found, member != NULL, error) || !finish_source(&reading, stream, member ? NULL : load->options->reader, sha256, error))
        return false;
    if (load->counts->failed > failed)
        return true;
    if (found.id && found.id != reading.source_id && strcmp(found.sha256, sha256) == 0) {
        bool dropped;
        if (!writer_drop(load->writer, reading.source_id, &dropped, error) ||
            (dropped && reading.previous && !writer_mark(load->writer, reading.previous, found.status, error)))
            return reading_end(load);
        if (dropped) {
            load->counts->known++;
            return true;
        }
    }
    count_source(&reading);
    return true;
}

bool reading_known(const StoreSource *found, const char *sha256)
{
    return found->id && strcmp(found->sha256, sha256) == 0 && strcmp(found->status, "loading") != 0 && strcmp(found->status, "failed") != 0;
}

static bool sink_problem_at(Sink *sink, const char *name, const char *message, Error *error)
{
    char words[512];
    snprintf(words, sizeof words, "%.300s: %.200s", name, message);
    return sink_problem(sink, 0, words, error);
}

/* A file within an archive: a source of its own. */
static bool read_member(Sink *sink, const char *name, Stream *stream, Error *error)
{
    Reading *outer = sink->context;
    Load *load = outer->load;
    if (outer->depth >= DEEPEST)
        return sink_problem_at(sink, name, "archives are nested too deep", error);
    outer->members++;
    char *full = NULL; /* "inner.zip/a.txt" for an archive in an archive */
    if (outer->member && asprintf(&full, "%s/%s", outer->member, name) < 0)
        full = NULL;
    const char *member = full ? full : name;
    size_t got;
    bool fine = true;
    Error failure = { 0 };
    const char *start = stream_peek(stream, READ_WHOLE / 2, &got, &failure);
    if (!start) {
        fine = reading_failure(load, outer->path, member, failure.message ? failure.message : "can't be unpacked", error);
    } else if (got >= READ_WHOLE / 2) {
        fine = reading_once(load, outer->path, member, outer->depth + 1, outer->budget, stream, error);
    } else {
        char sha256[DIGEST_TEXT];
        StoreSource found;
        digest_sha256(start, got, sha256);
        if (!writer_find(load->writer, outer->path, member, &found, error)) {
            fine = reading_end(load);
        } else if (reading_known(&found, sha256)) {
            load->counts->sources++;
            load->counts->known++;
        } else {
            fine = reading_once(load, outer->path, member, outer->depth + 1, outer->budget, stream, error);
        }
    }
    error_clear(&failure);
    free(full);
    return fine;
}

/* Bytes of another format within a source; their articles are the source's. What fails is named and passed over. */
static bool read_part(Sink *sink, const char *name, Stream *stream, const ReadHints *hints, Error *error)
{
    Reading *reading = sink->context;
    const char *outer_name = reading->name;
    const ReadHints *outer_hints = reading->hints;
    bool outer_inner = reading->inner;
    if (reading->depth >= DEEPEST)
        return sink_problem_at(sink, name, "parts are nested too deep", error);
    reading->name = name;
    reading->hints = hints ? hints : outer_hints;
    reading->inner = outer_inner || hints;
    reading->depth++;
    const char *format = NULL;
    Error failure = { 0 };
    bool fine = choose_and_read(reading, NULL, stream, &format, &failure);
    if (!hints && !outer_inner && format) {
        char inside[sizeof reading->detail];
        memcpy(inside, reading->detail, sizeof inside);
        snprintf(reading->detail, sizeof reading->detail, "%.20s%s%.40s", format, inside[0] ? "/" : "", inside);
    }
    reading->name = outer_name;
    reading->hints = outer_hints;
    reading->inner = outer_inner;
    reading->depth--;
    if (!fine && (reading->load->ended || !hints))
        error_set(error, "%s", failure.message ? failure.message : "no memory");
    else if (!fine)
        fine = sink_problem_at(sink, name, failure.message ? failure.message : "no memory", error);
    error_clear(&failure);
    return fine;
}

bool reading_file(Load *load, const char *path, FileTime time, Stream *stream, const StoreSource *found, Error *error)
{
    char sha256[DIGEST_TEXT];
    ReadBudget budget = { .outermost = stream };
    Reading reading = new_reading(load, path, NULL, 0, &budget);
    int64_t failed = load->counts->failed;
    load->counts->sources++;
    stream_keep_digest(stream);
    if (!begin_source(&reading, found, true, error) || !finish_source(&reading, stream, load->options->reader, sha256, error))
        return false;
    if (load->counts->failed > failed)
        return true;
    count_source(&reading);
    return !time.changed || writer_time(load->writer, reading.source_id, time, error) || reading_end(load);
}
