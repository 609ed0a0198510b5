/* See stream.h. */
#include "corpus/stream.h"

#include "digest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 18 }; /* bytes asked for at a time */

struct Stream {
    StreamFill fill;
    void *context;
    void (*close)(void *context);
    char *window;
    size_t start, end, room; /* window[start .. end) has been read and not yet skipped */
    int64_t position;        /* of `start` in the source */
    bool finished, borrowed; /* borrowed: the window is the caller's memory */
    Digest *digest;
    int64_t digested;
    Error failure; /* told when all that was read before it has been handed on */
};

Stream *stream_new(StreamFill fill, void *context, void (*close)(void *context))
{
    Stream *stream = calloc(1, sizeof *stream);
    if (!stream)
        return NULL;
    stream->fill = fill;
    stream->context = context;
    stream->close = close;
    return stream;
}

static ssize_t fill_from_descriptor(void *context, char *bytes, size_t room, Error *error)
{
    int descriptor = (int)(intptr_t)context;
    for (;;) {
        ssize_t n = read(descriptor, bytes, room);
        if (n >= 0)
            return n;
        if (errno != EINTR) {
            error_set(error, "%s", strerror(errno));
            return -1;
        }
    }
}

static void close_descriptor(void *context)
{
    close((int)(intptr_t)context);
}

Stream *stream_of_descriptor(int descriptor, bool owned)
{
    return stream_new(fill_from_descriptor, (void *)(intptr_t)descriptor, owned ? close_descriptor : NULL);
}

Stream *stream_of_memory(const void *bytes, size_t n)
{
    Stream *stream = stream_new(NULL, NULL, NULL);
    if (!stream)
        return NULL;
    stream->window = (char *)(uintptr_t)bytes;
    stream->end = n;
    stream->finished = stream->borrowed = true;
    return stream;
}

void stream_free(Stream *stream)
{
    if (!stream)
        return;
    if (stream->close)
        stream->close(stream->context);
    error_clear(&stream->failure);
    if (!stream->borrowed)
        free(stream->window);
    if (stream->digest) {
        char text[DIGEST_TEXT];
        digest_end(stream->digest, text);
    }
    free(stream);
}

/* Reads one more piece behind the window, after moving or enlarging it. */
static bool read_piece(Stream *stream, size_t want)
{
    if (stream->start > 0 && (stream->start == stream->end || stream->room - stream->end < PIECE)) {
        memmove(stream->window, stream->window + stream->start, stream->end - stream->start);
        stream->end -= stream->start;
        stream->start = 0;
    }
    if (stream->room - stream->end < PIECE || stream->room < want) {
        size_t room = stream->room ? stream->room : PIECE;
        while (room < want + PIECE || room - stream->end < PIECE)
            room += room / 2;
        char *window = realloc(stream->window, room);
        if (!window)
            return error_set(&stream->failure, "no memory");
        stream->window = window;
        stream->room = room;
    }
    ssize_t n = stream->fill(stream->context, stream->window + stream->end, stream->room - stream->end, &stream->failure);
    if (n < 0)
        return stream->failure.message ? false : error_set(&stream->failure, "no memory");
    if (n == 0)
        stream->finished = true;
    if (stream->digest) {
        digest_more(stream->digest, stream->window + stream->end, (size_t)n);
        stream->digested += n;
    }
    stream->end += (size_t)n;
    return true;
}

const char *stream_peek(Stream *stream, size_t want, size_t *got, Error *error)
{
    while (stream->end - stream->start < want && !stream->finished)
        stream->finished = !read_piece(stream, want) || stream->finished;
    *got = stream->end - stream->start;
    if (*got == 0 && stream->failure.message) {
        error_set(error, "%s", stream->failure.message);
        return NULL;
    }
    return stream->window ? stream->window + stream->start : "";
}

void stream_skip(Stream *stream, size_t n)
{
    stream->start += n;
    stream->position += (int64_t)n;
}

int64_t stream_position(const Stream *stream) { return stream->position; }

bool stream_read_all(Stream *stream, size_t limit, Octets *octets, Error *error)
{
    for (;;) {
        size_t got;
        const char *bytes = stream_peek(stream, 1, &got, error);
        if (!bytes)
            return false;
        if (got == 0)
            return octets_reserve(octets, 0) || error_set(error, "no memory");
        if (octets->length + got > limit)
            return error_set(error, "larger than %zu MB, which is the most that this format may have", limit >> 20);
        if (!octets_add(octets, bytes, got))
            return error_set(error, "no memory");
        stream_skip(stream, got);
    }
}

bool stream_read_line(Stream *stream, size_t limit, Octets *line, bool *more, bool *too_long, Error *error)
{
    *more = *too_long = false;
    size_t got;
    for (;;) {
        const char *bytes = stream_peek(stream, 1, &got, error);
        if (!bytes)
            return false;
        if (got == 0)
            break;
        *more = true;
        const char *end = memchr(bytes, '\n', got);
        size_t n = end ? (size_t)(end - bytes) : got;
        if (*too_long || line->length + n > limit)
            *too_long = true;
        else if (!octets_add(line, bytes, n))
            return error_set(error, "no memory");
        stream_skip(stream, end ? n + 1 : n);
        if (end)
            break;
    }
    if (line->length > 0 && line->data[line->length - 1] == '\r')
        line->data[--line->length] = '\0';
    return true;
}

void stream_keep_digest(Stream *stream)
{
    stream->digest = digest_new();
    if (stream->digest && stream->end > stream->start) { /* what has been looked at already */
        digest_more(stream->digest, stream->window + stream->start, stream->end - stream->start);
        stream->digested = (int64_t)(stream->end - stream->start);
    }
}

bool stream_digest(Stream *stream, char *text, int64_t *bytes, Error *error)
{
    size_t got;
    const char *rest;
    while ((rest = stream_peek(stream, 1, &got, error)) && got > 0)
        stream_skip(stream, got);
    if (!rest)
        return false;
    if (!stream->digest)
        return error_set(error, "no memory");
    digest_end(stream->digest, text);
    stream->digest = NULL;
    *bytes = stream->digested;
    return true;
}
