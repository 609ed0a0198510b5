/* From any encoding to UTF-8: a mark first, then what was declared, then valid UTF-8, then uchardet's guess; converted by ICU. */
#ifndef ANNALIST_CORPUS_CHARSET_H
#define ANNALIST_CORPUS_CHARSET_H

#include "octets.h"
#include "error.h"

#include <stddef.h>
#include <stdint.h>

enum { CHARSET_NAME = 40 };

/* The position of the first byte that is not UTF-8 (as RFC 3629 has it), from 0; -1 if all are. */
int64_t charset_invalid(const char *bytes, size_t n);

/* "utf-16le", "utf-32be", … (static) when the bytes are marked as such, or look so; NULL when they don't. */
const char *charset_wide(const char *bytes, size_t n);

/* The length of the mark that the bytes begin with, or 0. */
size_t charset_mark(const char *bytes, size_t n);

/* Appends the text as UTF-8, without a byte order mark. `declared` may be NULL; a declaration that the bytes refute is passed over.
 * `used` (CHARSET_NAME bytes) says what was taken: "utf-8", "windows-1251". Octets that the encoding doesn't know become U+FFFD. */
bool charset_to_utf8(const char *bytes, size_t n, const char *declared, Octets *out, char *used, Error *error);

#endif
