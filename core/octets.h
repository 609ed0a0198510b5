/* Bytes that grow. Always followed by a NUL, so that `data` can be given to functions of C strings.
 * It is reused from article to article; cleared, it keeps its room. */
#ifndef ANNALIST_OCTETS_H
#define ANNALIST_OCTETS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Octets {
    char *data; /* owned; NULL only before the first byte */
    size_t length, room;
} Octets;

/* Makes sure that `more` bytes and a NUL fit behind what there is. false when there is no memory. */
bool octets_reserve(Octets *octets, size_t more);
bool octets_add(Octets *octets, const void *more, size_t n);
bool octets_add_text(Octets *octets, const char *text);
bool octets_add_byte(Octets *octets, char byte);
bool octets_format(Octets *octets, const char *format, ...) __attribute__((format(printf, 2, 3)));
void octets_clear(Octets *octets); /* length 0, room kept unless it is large */
void octets_free(Octets *octets);

#endif
