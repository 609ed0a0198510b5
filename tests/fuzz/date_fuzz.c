/* Declared dates: whatever is taken for one comes out as ISO 8601. */
#include "corpus/date.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char iso[DATE_TEXT];
    if (date_to_iso((const char *)data, size, iso)) {
        size_t n = strlen(iso);
        assert(n == 4 || n == 7 || n == 10 || n == 16);
        assert(strspn(iso, "0123456789-T:") == n);
    }
    return 0;
}
