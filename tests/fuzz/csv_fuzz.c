/* The reader of csv, on any bytes. */
#include "reader.h"

extern const Reader reader_csv;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_reader(&reader_csv, data, size, "a.csv");
}
