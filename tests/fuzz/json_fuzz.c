/* The reader of json, on any bytes. */
#include "reader.h"

extern const Reader reader_json;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_reader(&reader_json, data, size, "a.json");
}
