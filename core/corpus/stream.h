/* A source's bytes, one after the other, whatever they come from: a file, standard input, a member of an archive, memory.
 * Holds a window of the bytes, so that a reader can look ahead without holding the source. */
#ifndef ANNALIST_CORPUS_STREAM_H
#define ANNALIST_CORPUS_STREAM_H

#include "octets.h"
#include "error.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct Stream Stream;

/* Reads up to `room` bytes: how many, 0 at the end, -1 with the error set. */
typedef ssize_t (*StreamFill)(void *context, char *bytes, size_t room, Error *error);

Stream *stream_new(StreamFill fill, void *context, void (*close)(void *context)); /* `close` may be NULL; NULL when there is no memory */
Stream *stream_of_descriptor(int descriptor, bool owned);
Stream *stream_of_memory(const void *bytes, size_t n); /* `bytes` must outlive it */
void stream_free(Stream *stream);

/* At least `want` bytes from here on, fewer only at the end or before a fault; *got says how many there are. The pointer holds until the next call
 * on this stream. NULL only on an error, once all that stood before it has been skipped; at the end a pointer with *got == 0. */
const char *stream_peek(Stream *stream, size_t want, size_t *got, Error *error);
void stream_skip(Stream *stream, size_t n); /* n <= got of the peek before */

/* Appends everything that is left; fails with "larger than N MB" beyond `limit` bytes. */
bool stream_read_all(Stream *stream, size_t limit, Octets *octets, Error *error);

/* Appends the next line without its end ("\n" or "\r\n"). *more is false when there is none. A line longer than `limit` is
 * skipped to its end, and *too_long set. */
bool stream_read_line(Stream *stream, size_t limit, Octets *line, bool *more, bool *too_long, Error *error);

int64_t stream_position(const Stream *stream); /* bytes handed out so far */

/* The SHA-256 of all bytes up to the end, which it reads. false with an error. `text` has DIGEST_TEXT bytes. */
bool stream_digest(Stream *stream, char *text, int64_t *bytes, Error *error);
void stream_keep_digest(Stream *stream); /* before the first byte is skipped */

#endif
