/* See digest.h. The hash itself is Nettle's. */
#include "digest.h"

#include <nettle/sha2.h>
#include <stdint.h>
#include <stdlib.h>

struct Digest {
    struct sha256_ctx context;
};

static void finish(struct sha256_ctx *context, char text[DIGEST_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum[SHA256_DIGEST_SIZE];
    sha256_digest(context, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        text[2 * i] = digits[sum[i] >> 4];
        text[2 * i + 1] = digits[sum[i] & 15];
    }
    text[DIGEST_TEXT - 1] = '\0';
}

void digest_sha256(const void *bytes, size_t length, char text[DIGEST_TEXT])
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, length, bytes);
    finish(&context, text);
}

Digest *digest_new(void)
{
    Digest *digest = malloc(sizeof *digest);
    if (digest)
        sha256_init(&digest->context);
    return digest;
}

void digest_more(Digest *digest, const void *bytes, size_t length)
{
    sha256_update(&digest->context, length, bytes);
}

void digest_end(Digest *digest, char text[DIGEST_TEXT])
{
    finish(&digest->context, text);
    free(digest);
}
