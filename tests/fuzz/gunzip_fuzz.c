/* Unpacking gzip, on any bytes: what comes out is looked at, and a fault comes after it. */
#include "corpus/gunzip.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Stream *from = stream_of_memory(data, size);
    ReadBudget budget = { .outermost = from };
    Stream *stream = gunzip_stream(from, &budget);
    Error error = { 0 };
    size_t got = 1;
    const char *bytes;
    for (int i = 0; i < 64 && (bytes = stream_peek(stream, 70000, &got, &error)) && got > 0; i++)
        stream_skip(stream, got);
    assert(bytes || error.message);
    error_clear(&error);
    stream_free(stream);
    stream_free(from);
    return 0;
}
