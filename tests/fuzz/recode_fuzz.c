/* UTF-16 and UTF-32 as UTF-8, on any bytes: whatever they are, what comes out is UTF-8. The first byte chooses the encoding. */
#include "corpus/charset.h"
#include "corpus/recode.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = { "utf-16le", "utf-16be", "utf-32le", "utf-32be" };
    if (size == 0)
        return 0;
    charset_wide((const char *)data + 1, size - 1);
    Stream *from = stream_of_memory(data + 1, size - 1);
    Stream *stream = recode_stream(from, names[data[0] % 4]);
    Octets out = { 0 };
    if (stream_read_all(stream, 64 << 20, &out, NULL))
        assert(charset_invalid(out.data, out.length) < 0);
    octets_free(&out);
    stream_free(stream);
    stream_free(from);
    return 0;
}
