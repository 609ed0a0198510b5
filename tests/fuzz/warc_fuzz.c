/* The reader of warc, on any bytes. */
#include "reader.h"

extern const Reader reader_warc;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_reader(&reader_warc, data, size, "a.warc");
}
