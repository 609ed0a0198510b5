/* SHA-256 of bytes, as 64 lower-case hexadecimal digits. Knows nothing; may be called from everywhere. */
#ifndef ANNALIST_DIGEST_H
#define ANNALIST_DIGEST_H

#include <stddef.h>

enum { DIGEST_TEXT = 65 }; /* 64 digits and a NUL */

void digest_sha256(const void *bytes, size_t length, char text[DIGEST_TEXT]);

/* The digest of bytes that come in pieces: a file read bit by bit. */
typedef struct Digest Digest;
Digest *digest_new(void); /* NULL when there is no memory */
void digest_more(Digest *digest, const void *bytes, size_t length);
void digest_end(Digest *digest, char text[DIGEST_TEXT]); /* frees it */

#endif
