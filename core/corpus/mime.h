/* The parts of a mail (RFC 5322, 2045 to 2047): headers, transfer encodings, boundaries. Works on bytes in memory. */
#ifndef ANNALIST_CORPUS_MIME_H
#define ANNALIST_CORPUS_MIME_H

#include "octets.h"

#include <stdbool.h>
#include <stddef.h>

/* A run of bytes that belongs to somebody else. */
typedef struct MimeSlice {
    const char *bytes;
    size_t n;
} MimeSlice;

/* One entity: its head and its body as they stand. */
typedef struct MimePart {
    MimeSlice head, body;
} MimePart;

/* Splits at the first empty line. */
MimePart mime_part(const char *bytes, size_t n);

/* Appends the value of a header, unfolded, undecoded; false when it isn't there. */
bool mime_header(const MimePart *part, const char *name, Octets *out);

/* The same with encoded words (=?utf-8?B?…?=) decoded to UTF-8, white space run together. */
bool mime_header_text(const MimePart *part, const char *name, Octets *out);

/* "boundary" of `multipart/mixed; boundary="x"`; also RFC 2231's name*=. False when it isn't there. */
bool mime_parameter(const char *value, const char *name, Octets *out);

/* Appends the body without its transfer encoding (base64, quoted-printable, or none). */
bool mime_decode(const MimePart *part, Octets *out);

/* The next part of a multipart body; *at begins as 0. False after the last. */
bool mime_next(MimeSlice body, const char *boundary, size_t *at, MimeSlice *part);

#endif
