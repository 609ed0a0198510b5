/* The reader of docx, on any bytes. */
#include "reader.h"

extern const Reader reader_docx;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_reader(&reader_docx, data, size, "a.docx");
}
