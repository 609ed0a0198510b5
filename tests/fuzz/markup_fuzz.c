/* Pieces of HTML from feeds. */
#include "corpus/markup.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Octets out = { 0 };
    markup_is((const char *)data, size);
    markup_to_text((const char *)data, size, &out);
    octets_free(&out);
    return 0;
}
