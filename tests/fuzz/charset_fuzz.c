/* Encodings: what comes out is valid UTF-8, whatever was declared. The first byte chooses the declaration. */
#include "corpus/charset.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const declared[] = { NULL, "utf-8", "windows-1251", "iso-2022-jp", "utf-16", "gb2312", "utf-7", "no such encoding" };
    char used[CHARSET_NAME];
    Octets out = { 0 };
    Error error = { 0 };
    if (size == 0)
        return 0;
    if (charset_to_utf8((const char *)data + 1, size - 1, declared[data[0] % 8], &out, used, &error))
        assert(charset_invalid(out.data ? out.data : "", out.length) < 0);
    octets_free(&out);
    error_clear(&error);
    return 0;
}
