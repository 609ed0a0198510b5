/* The reader of archive, on any bytes. */
#include "reader.h"

extern const Reader reader_archive;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_reader(&reader_archive, data, size, "a.zip");
}
