/* The reader of jsonl, on any bytes. */
#include "reader.h"

extern const Reader reader_jsonl;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_reader(&reader_jsonl, data, size, "a.jsonl");
}
