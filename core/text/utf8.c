/* Reading, mending and measuring UTF-8. May call ICU's character tables; knows no analysis. */
#include "text/utf8.h"

#include <unicode/uchar.h>
#include <string.h>

uint32_t utf8_decode(const char *s, size_t length, size_t *size)
{
    const unsigned char *b = (const unsigned char *)s;
    *size = 1;
    if (b[0] < 0x80) return b[0];
    if (b[0] < 0xC2 || b[0] > 0xF4) return UTF8_BAD;
    if (length < 2 || (b[1] & 0xC0) != 0x80) return UTF8_BAD;
    if (b[0] < 0xE0) {
        *size = 2;
        return (uint32_t)(b[0] & 0x1F) << 6 | (b[1] & 0x3F);
    }
    if (length < 3 || (b[2] & 0xC0) != 0x80) return UTF8_BAD;
    if (b[0] < 0xF0) {
        uint32_t c = (uint32_t)(b[0] & 0x0F) << 12 | (uint32_t)(b[1] & 0x3F) << 6 | (b[2] & 0x3F);
        if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF)) return UTF8_BAD;
        *size = 3;
        return c;
    }
    if (length < 4 || (b[3] & 0xC0) != 0x80) return UTF8_BAD;
    uint32_t c = (uint32_t)(b[0] & 0x07) << 18 | (uint32_t)(b[1] & 0x3F) << 12 | (uint32_t)(b[2] & 0x3F) << 6 | (b[3] & 0x3F);
    if (c < 0x10000 || c > 0x10FFFF) return UTF8_BAD;
    *size = 4;
    return c;
}

size_t utf8_encode(uint32_t c, char bytes[4])
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = UTF8_BAD;
    if (c < 0x80) {
        bytes[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        bytes[0] = (char)(0xC0 | c >> 6);
        bytes[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        bytes[0] = (char)(0xE0 | c >> 12);
        bytes[1] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | c >> 18);
    bytes[1] = (char)(0x80 | (c >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (c >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

bool utf8_add(Octets *to, uint32_t character)
{
    char bytes[4];
    return octets_add(to, bytes, utf8_encode(character, bytes));
}

size_t utf8_ascii_prefix(const char *s, size_t length)
{
    size_t i = 0;
    for (uint64_t word; i + 8 <= length; i += 8) {
        memcpy(&word, s + i, 8);
        if (word & 0x8080808080808080u) break;
    }
    while (i < length && (unsigned char)s[i] < 0x80) i++;
    return i;
}

/* Is the character of `size` 1 at s a bad byte? */
static bool is_bad(const char *s, size_t size)
{
    return size == 1 && (unsigned char)s[0] >= 0x80;
}

bool utf8_valid(const char *s, size_t length, size_t *position)
{
    size_t i = 0, size;
    while ((i += utf8_ascii_prefix(s + i, length - i)) < length) {
        utf8_decode(s + i, length - i, &size);
        if (is_bad(s + i, size)) {
            *position = i;
            return false;
        }
        i += size;
    }
    return true;
}

/* How many bytes of a cut-off sequence at s belong together: a lead byte and the continuation bytes that it may have ("\xE2\x80" is 2). */
static size_t bad_length(const char *s, size_t length)
{
    const unsigned char *b = (const unsigned char *)s;
    size_t most = b[0] >= 0xF1 && b[0] <= 0xF3 ? 3 : b[0] >= 0xE1 && b[0] <= 0xEF && b[0] != 0xED ? 2 : 1;
    size_t n = 1;
    while (n < most && n < length && (b[n] & 0xC0) == 0x80) n++;
    return n;
}

bool utf8_sanitize(const char *s, size_t length, Octets *out, size_t *count)
{
    size_t i = 0, from = 0, size;
    *count = 0;
    while ((i += utf8_ascii_prefix(s + i, length - i)) < length) {
        utf8_decode(s + i, length - i, &size);
        if (!is_bad(s + i, size)) {
            i += size;
            continue;
        }
        if (!octets_add(out, s + from, i - from) || !utf8_add(out, UTF8_BAD)) return false;
        i += bad_length(s + i, length - i);
        from = i;
        ++*count;
    }
    return octets_add(out, s + from, length - from);
}

size_t utf8_length(const char *s, size_t length)
{
    size_t n = 0, size;
    for (size_t i = 0; i < length; i += size, n++) utf8_decode(s + i, length - i, &size);
    return n;
}

static size_t character_width(uint32_t c)
{
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return 0;
    if (c < 0x300) return 1;
    switch (u_charType((UChar32)c)) {
    case U_NON_SPACING_MARK: case U_ENCLOSING_MARK: case U_FORMAT_CHAR: return 0;
    default: break;
    }
    int width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

size_t utf8_width(const char *s, size_t length)
{
    size_t width = 0, size;
    for (size_t i = 0; i < length; i += size) width += character_width(utf8_decode(s + i, length - i, &size));
    return width;
}

bool utf8_clip(const char *s, size_t length, size_t columns, Octets *out)
{
    size_t width = 0, cut = 0, size;
    for (size_t i = 0; i < length; i += size) {
        size_t w = character_width(utf8_decode(s + i, length - i, &size));
        if (width + w > columns) { /* too wide: everything up to the last place that leaves a column for the ellipsis */
            if (!octets_add(out, s, cut)) return false;
            return columns == 0 || utf8_add(out, 0x2026);
        }
        width += w;
        if (width < columns) cut = i + size;
    }
    return octets_add(out, s, length);
}

bool utf8_is_space(uint32_t c)
{
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0x200B || c == 0xFEFF || u_isUWhiteSpace((UChar32)c);
}

bool utf8_normal_space(const char *s, size_t length, Octets *out)
{
    size_t size, begin = out->length;
    bool pending = false;
    for (size_t i = 0; i < length; i += size) {
        if (utf8_is_space(utf8_decode(s + i, length - i, &size))) {
            pending = out->length > begin;
            continue;
        }
        if (pending && !octets_add(out, " ", 1)) return false;
        pending = false;
        if (!octets_add(out, s + i, size)) return false;
    }
    return true;
}
