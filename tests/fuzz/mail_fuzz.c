/* The reader of mail, on any bytes. */
#include "reader.h"

extern const Reader reader_mail;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_reader(&reader_mail, data, size, "a.eml");
}
