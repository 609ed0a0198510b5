/* What the targets for readers share: a reader is given the bytes, and everything that it hands on is looked at. Members and parts go no further than
 * their first bytes: other readers have targets of their own. */
#ifndef ANNALIST_FUZZ_READER_H
#define ANNALIST_FUZZ_READER_H

#include "corpus/charset.h"
#include "corpus/reader.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool fuzz_article(Sink *sink, ArticleDraft *draft, Error *error)
{
    (void)sink, (void)error;
    for (int f = 0; f < DRAFT_FIELDS; f++) {
        const Octets *field = &draft->fields[f];
        assert(field->length == 0 || field->data[field->length] == '\0');
        charset_invalid(field->data ? field->data : "", field->length);
    }
    return true;
}

static bool fuzz_problem(Sink *sink, int64_t line, const char *message, Error *error)
{
    (void)sink, (void)error;
    assert(line >= 0 && message[0] != '\0');
    return true;
}

static bool fuzz_member(Sink *sink, const char *name, Stream *stream, Error *error)
{
    (void)sink, (void)error;
    size_t got;
    assert(name != NULL);
    for (int i = 0; i < 16; i++) {
        const char *bytes = stream_peek(stream, 1000, &got, NULL);
        if (!bytes || got == 0)
            break;
        stream_skip(stream, got);
    }
    return true;
}

static bool fuzz_part(Sink *sink, const char *name, Stream *stream, const ReadHints *hints, Error *error)
{
    (void)hints;
    return fuzz_member(sink, name, stream, error);
}

static bool fuzz_format(Sink *sink, const char *detail, Error *error)
{
    (void)sink, (void)error;
    assert(detail[0] != '\0');
    return true;
}

static bool fuzz_skipped(Sink *sink, const char *reason, int64_t count, Error *error)
{
    (void)sink, (void)reason, (void)count, (void)error;
    return true;
}

static inline int fuzz_reader(const Reader *reader, const uint8_t *data, size_t size, const char *name)
{
    static const ReadHints hints;
    static const FieldNames names;
    Sink sink = { NULL, fuzz_article, fuzz_problem, fuzz_member, fuzz_part, fuzz_format, fuzz_skipped };
    Stream *stream = stream_of_memory(data, size);
    ReadBudget budget = { .outermost = stream };
    Source source = { .stream = stream, .name = name, .names = &names, .hints = &hints, .budget = &budget };
    Error error = { 0 };
    reader->sniff((const char *)data, size < READ_AHEAD ? size : READ_AHEAD, name);
    bool read = reader->read(&source, &sink, &error);
    assert(read == (error.message == NULL));
    error_clear(&error);
    stream_free(stream);
    return 0;
}

#endif
