/* See gunzip.h. The inflating is zlib's. */
#include "corpus/gunzip.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

typedef struct Gunzip {
    z_stream z;
    Stream *from;
    ReadBudget *budget;
    bool between; /* a member has ended, and no other has begun */
    bool broken;
} Gunzip;

bool gunzip_begins(const char *bytes, size_t n)
{
    return n >= 2 && memcmp(bytes, "\x1f\x8b", 2) == 0;
}

/* Behind a member: another one, or the end. What follows a member and is none (padding) is passed over. */
static bool next_member(Gunzip *gunzip, bool *more, Error *error)
{
    size_t got;
    const char *bytes = stream_peek(gunzip->from, 2, &got, error);
    *more = bytes && gunzip_begins(bytes, got);
    if (*more)
        gunzip->between = inflateReset(&gunzip->z) != Z_OK;
    return bytes != NULL;
}

static ssize_t fill(void *context, char *bytes, size_t room, Error *error)
{
    Gunzip *gunzip = context;
    size_t most = room < INT_MAX ? room : INT_MAX, got;
    for (;;) {
        bool more;
        if (gunzip->between && !next_member(gunzip, &more, error))
            return -1;
        if (gunzip->between)
            return 0;
        const char *in = gunzip->broken ? "" : stream_peek(gunzip->from, 1, &got, error);
        if (!in)
            return -1;
        if (!gunzip->broken && got == 0) {
            error_set(error, "can't be unpacked: truncated gzip input");
            return -1;
        }
        gunzip->z.next_in = (Bytef *)(uintptr_t)in;
        gunzip->z.avail_in = gunzip->broken ? 0 : (uInt)(got < INT_MAX ? got : INT_MAX);
        uInt given = gunzip->z.avail_in;
        gunzip->z.next_out = (Bytef *)bytes;
        gunzip->z.avail_out = (uInt)most;
        int code = gunzip->broken ? Z_DATA_ERROR : inflate(&gunzip->z, Z_NO_FLUSH);
        stream_skip(gunzip->from, given - gunzip->z.avail_in);
        gunzip->between = code == Z_STREAM_END;
        gunzip->broken = code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR;
        size_t out = most - gunzip->z.avail_out;
        if (out > 0) /* a fault is told when all before it has been handed on */
            return budget_spend(gunzip->budget, (int64_t)out, error) ? (ssize_t)out : -1;
        if (gunzip->broken) {
            error_set(error, "can't be unpacked: damaged gzip data (%s)", gunzip->z.msg ? gunzip->z.msg : "no memory");
            return -1;
        }
    }
}

static void close_gunzip(void *context)
{
    Gunzip *gunzip = context;
    inflateEnd(&gunzip->z);
    free(gunzip);
}

Stream *gunzip_stream(Stream *from, ReadBudget *budget)
{
    Gunzip *gunzip = calloc(1, sizeof *gunzip);
    if (!gunzip || inflateInit2(&gunzip->z, 15 + 16) != Z_OK) {
        free(gunzip);
        return NULL;
    }
    gunzip->from = from;
    gunzip->budget = budget;
    Stream *stream = stream_new(fill, gunzip, close_gunzip);
    if (!stream)
        close_gunzip(gunzip);
    return stream;
}
