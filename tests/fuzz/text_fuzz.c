/* The reader of text, on any bytes. */
#include "reader.h"

extern const Reader reader_text;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_reader(&reader_text, data, size, "a.txt");
}
