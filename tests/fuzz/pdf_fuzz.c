/* The reader of pdf, on any bytes. */
#include "reader.h"

extern const Reader reader_pdf;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_reader(&reader_pdf, data, size, "a.pdf");
}
