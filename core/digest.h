/* SHA-256 of bytes, as 64 lower-case hexadecimal digits. Knows nothing; may be called from everywhere. */
#ifndef ANNALIST_DIGEST_H
#define ANNALIST_DIGEST_H

#include <stddef.h>

enum { DIGEST_TEXT = 65 }; /* 64 digits and a NUL */

void digest_sha256(const void *bytes, size_t length, char text[DIGEST_TEXT]);

/* A digest over several pieces; each piece is preceded by its length, so that ("ab","c") and ("a","bc") differ. */
typedef struct Digest Digest;
Digest *digest_new(void); /* NULL when there is no memory */
void digest_add(Digest *digest, const void *bytes, size_t length);
void digest_more(Digest *digest, const void *bytes, size_t length); /* bytes of one long run, without their length: a file read in pieces */
void digest_end(Digest *digest, char text[DIGEST_TEXT]); /* frees it */

#endif
