/* Bytes that grow. Always followed by a NUL, so that `data` can be given to functions of C strings.
 * A buffer is reused from article to article; cleared, it keeps its room. */
#ifndef ANNALIST_CORPUS_BUFFER_H
#define ANNALIST_CORPUS_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Buffer {
    char *data; /* owned; NULL only before the first byte */
    size_t length, room;
} Buffer;

/* Makes sure that `more` bytes and a NUL fit behind what there is. false when there is no memory. */
bool buffer_reserve(Buffer *buffer, size_t more);
bool buffer_add(Buffer *buffer, const void *bytes, size_t n);
bool buffer_add_text(Buffer *buffer, const char *text);
bool buffer_add_byte(Buffer *buffer, char byte);
bool buffer_format(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_clear(Buffer *buffer); /* length 0, room kept unless it is large */
void buffer_free(Buffer *buffer);

#endif
