/* UTF-8 as it comes: bytes that are no valid UTF-8 are read as U+FFFD, one each, and never stop anything. */
#ifndef ANNALIST_TEXT_UTF8_H
#define ANNALIST_TEXT_UTF8_H

#include "octets.h"

#include <stdint.h>

enum { UTF8_BAD = 0xFFFD };

/* The code point at s[0], s + length being the end (length > 0), and in *size how many bytes it takes. A bad byte is UTF8_BAD with size 1;
 * the replacement character itself has size 3. */
uint32_t utf8_decode(const char *s, size_t length, size_t *size);

/* Writes at most four bytes and returns how many. */
size_t utf8_encode(uint32_t character, char bytes[4]);

/* Appends a code point as UTF-8; what is no Unicode scalar value becomes U+FFFD. */
bool utf8_add(Octets *to, uint32_t character);

/* How many bytes from the start are ASCII. */
size_t utf8_ascii_prefix(const char *s, size_t length);

/* true, or false with the offset of the first bad byte in *position. */
bool utf8_valid(const char *s, size_t length, size_t *position);

/* Appends s with bad bytes as U+FFFD (a cut-off sequence is one), and their count. false when memory is out. */
bool utf8_sanitize(const char *s, size_t length, Octets *out, size_t *count);

size_t utf8_length(const char *s, size_t length);

/* Columns of a terminal: 2 for wide East Asian characters, 0 for combining marks and controls. */
size_t utf8_width(const char *s, size_t length);

/* Appends at most `columns` columns of s; what was cut off is shown by "…", which counts. */
bool utf8_clip(const char *s, size_t length, size_t columns, Octets *out);

/* Appends s with every run of white space as one space, none at either end. */
bool utf8_normal_space(const char *s, size_t length, Octets *out);

/* White space as news uses it: Unicode's, and the zero-width space and byte order mark that web pages leave behind. */
bool utf8_is_space(uint32_t character);

#endif
