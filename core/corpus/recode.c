/* See recode.h. Converted by ICU, a piece at a time. */
#include "corpus/recode.h"

#include "corpus/charset.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unicode/ucnv.h>

enum { MIDDLE = 1 << 14 }; /* UTF-16 units between the two converters */

typedef struct Recode {
    Stream *from;
    UConverter *reader, *writer;
    UChar middle[MIDDLE], *source, *target;
    bool begun, ended;
} Recode;

static ssize_t fill(void *context, char *bytes, size_t room, Error *error)
{
    Recode *recode = context;
    while (!recode->ended) {
        size_t got;
        const char *in = stream_peek(recode->from, 4, &got, error);
        if (!in)
            return -1;
        if (!recode->begun) {
            size_t mark = charset_mark(in, got);
            stream_skip(recode->from, mark);
            recode->begun = true;
            if (mark > 0)
                continue;
        }
        const char *at = in;
        char *out = bytes;
        UErrorCode status = U_ZERO_ERROR;
        ucnv_convertEx(recode->writer, recode->reader, &out, bytes + room, &at, in + got, recode->middle, &recode->source, &recode->target,
                       recode->middle + MIDDLE, false, got == 0, &status);
        stream_skip(recode->from, (size_t)(at - in));
        recode->ended = got == 0 && status != U_BUFFER_OVERFLOW_ERROR;
        if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) {
            error_set(error, "the text can't be converted to UTF-8");
            return -1;
        }
        if (out > bytes)
            return out - bytes;
    }
    return 0;
}

static void close_recode(void *context)
{
    Recode *recode = context;
    ucnv_close(recode->reader);
    ucnv_close(recode->writer);
    free(recode);
}

Stream *recode_stream(Stream *from, const char *charset)
{
    UErrorCode status = U_ZERO_ERROR;
    Recode *recode = calloc(1, sizeof *recode);
    if (!recode)
        return NULL;
    recode->from = from;
    recode->source = recode->target = recode->middle;
    recode->reader = ucnv_open(charset, &status);
    recode->writer = ucnv_open("utf-8", &status);
    Stream *stream = U_SUCCESS(status) ? stream_new(fill, recode, close_recode) : NULL;
    if (!stream)
        close_recode(recode);
    return stream;
}
