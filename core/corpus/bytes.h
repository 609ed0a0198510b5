/* Bytes that grow. Always followed by a NUL, so that `data` can be given to functions of C strings.
 * It is reused from article to article; cleared, it keeps its room. */
#ifndef ANNALIST_CORPUS_BYTES_H
#define ANNALIST_CORPUS_BYTES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Bytes {
    char *data; /* owned; NULL only before the first byte */
    size_t length, room;
} Bytes;

/* Makes sure that `more` bytes and a NUL fit behind what there is. false when there is no memory. */
bool bytes_reserve(Bytes *bytes, size_t more);
bool bytes_add(Bytes *bytes, const void *more, size_t n);
bool bytes_add_text(Bytes *bytes, const char *text);
bool bytes_add_byte(Bytes *bytes, char byte);
bool bytes_format(Bytes *bytes, const char *format, ...) __attribute__((format(printf, 2, 3)));
void bytes_clear(Bytes *bytes); /* length 0, room kept unless it is large */
void bytes_free(Bytes *bytes);

#endif
