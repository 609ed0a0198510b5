/* The reader of feed, on any bytes. */
#include "reader.h"

extern const Reader reader_feed;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_reader(&reader_feed, data, size, "a.xml");
}
