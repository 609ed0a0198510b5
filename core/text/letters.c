/* Case, normal form and outer shape. ASCII is done by hand, the rest by ICU. */
#include "text/letters.h"
#include "text/utf8.h"

#include <unicode/ubrk.h>
#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include <stdlib.h>

static bool ascii_case(const char *s, size_t length, LetterCase which, Octets *out)
{
    if (!octets_reserve(out, length + 1)) return false;
    char *to = out->data + out->length;
    for (size_t i = 0; i < length; i++) {
        char c = s[i];
        if (which == LETTERS_UPPER) {
            to[i] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
        } else {
            to[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        }
    }
    out->length += length;
    return true;
}

typedef int32_t (*CaseFunction)(const UCaseMap *, char *, int32_t, const char *, int32_t, UErrorCode *);

static int32_t to_title(const UCaseMap *map, char *to, int32_t room, const char *s, int32_t length, UErrorCode *status)
{
    UCaseMap *own = (UCaseMap *)(uintptr_t)map; /* ICU opens its word breaker inside the map at first use */
    return ucasemap_utf8ToTitle(own, to, room, s, length, status);
}

bool letters_case(const char *s, size_t length, LetterCase which, Octets *out)
{
    static UCaseMap *map;
    static const CaseFunction functions[] = { ucasemap_utf8ToLower, ucasemap_utf8ToUpper, to_title, ucasemap_utf8FoldCase };
    if (which != LETTERS_TITLE && utf8_ascii_prefix(s, length) == length) return ascii_case(s, length, which, out);
    UErrorCode status = U_ZERO_ERROR;
    if (map == NULL) map = ucasemap_open("", 0, &status);
    if (map == NULL) return false;
    size_t room = length + length / 4 + 16;
    for (int attempt = 0; attempt < 2; attempt++) {
        if (!octets_reserve(out, room)) return false;
        status = U_ZERO_ERROR;
        int32_t made = functions[which](map, out->data + out->length, (int32_t)room, s, (int32_t)length, &status);
        if (U_SUCCESS(status)) {
            out->length += (size_t)made;
            return true;
        }
        if (status != U_BUFFER_OVERFLOW_ERROR) return false;
        room = (size_t)made + 1;
    }
    return false;
}

bool letters_nfc(const char *s, size_t length, Octets *out)
{
    if (utf8_ascii_prefix(s, length) == length) return octets_add(out, s, length);
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status)) return false;
    bool ok = false;
    size_t room = length * 3 + 16; /* NFC is never more than three times as long in UTF-16 */
    UChar *from = malloc((length + 1) * sizeof *from), *to = malloc(room * sizeof *to);
    int32_t units = 0, made = 0, bytes = 0;
    if (from == NULL || to == NULL) goto cleanup;
    u_strFromUTF8WithSub(from, (int32_t)length + 1, &units, s, (int32_t)length, UTF8_BAD, NULL, &status);
    if (status == U_STRING_NOT_TERMINATED_WARNING) status = U_ZERO_ERROR;
    made = unorm2_normalize(nfc, from, units, to, (int32_t)room, &status);
    if (U_FAILURE(status) || !octets_reserve(out, (size_t)made * 3 + 1)) goto cleanup;
    u_strToUTF8(out->data + out->length, made * 3 + 1, &bytes, to, made, &status);
    if (U_FAILURE(status)) goto cleanup;
    out->length += (size_t)bytes;
    ok = true;
cleanup:
    free(to);
    free(from);
    return ok;
}

static char shape_of(uint32_t c)
{
    if (c < 0x80) {
        if (c >= 'a' && c <= 'z') return 'x';
        if (c >= 'A' && c <= 'Z') return 'X';
        if (c >= '0' && c <= '9') return 'd';
        return 0;
    }
    switch (u_charType((UChar32)c)) {
    case U_UPPERCASE_LETTER: case U_TITLECASE_LETTER: return 'X';
    case U_LOWERCASE_LETTER: return 'x';
    case U_OTHER_LETTER: case U_MODIFIER_LETTER: return 'o';
    case U_DECIMAL_DIGIT_NUMBER: return 'd';
    default: return 0;
    }
}

bool letters_shape(const char *s, size_t length, Octets *out)
{
    char last = 0;
    size_t run = 0, size;
    for (size_t i = 0; i < length; i += size) {
        uint32_t c = utf8_decode(s + i, length - i, &size);
        char kind = shape_of(c);
        if (kind == 0) {
            if (!octets_add(out, s + i, size)) return false;
        } else {
            run = kind == last ? run + 1 : 1;
            if (run <= (kind == 'd' ? 4u : 3u) && !octets_add(out, &kind, 1)) return false;
        }
        last = kind;
    }
    return true;
}

bool letters_is_upper(const char *s, size_t length)
{
    bool any = false;
    size_t size;
    for (size_t i = 0; i < length; i += size) {
        char kind = shape_of(utf8_decode(s + i, length - i, &size));
        if (kind == 'x') return false;
        if (kind == 'X') any = true;
    }
    return any;
}

bool letters_is_title(const char *s, size_t length)
{
    size_t upper = 0, lower = 0, size;
    for (size_t i = 0; i < length; i += size) {
        char kind = shape_of(utf8_decode(s + i, length - i, &size));
        if (kind == 'x' && upper == 0) return false;
        if (kind == 'x') lower++;
        if (kind == 'X') upper++;
    }
    return upper > 0 && (lower > 0 || upper == 1);
}

const char *letters_script(const char *s, size_t length)
{
    enum { MOST = 8 };
    struct { UScriptCode code; size_t count; } seen[MOST];
    size_t kinds = 0, best = 0, size;
    for (size_t i = 0; i < length; i += size) {
        uint32_t c = utf8_decode(s + i, length - i, &size);
        if (shape_of(c) == 0 || shape_of(c) == 'd') continue;
        UErrorCode status = U_ZERO_ERROR;
        UScriptCode code = c < 0x80 ? USCRIPT_LATIN : uscript_getScript((UChar32)c, &status);
        if (code == USCRIPT_COMMON || code == USCRIPT_INHERITED) continue;
        size_t k = 0;
        while (k < kinds && seen[k].code != code) k++;
        if (k == MOST) continue;
        if (k == kinds) {
            seen[kinds].code = code;
            seen[kinds++].count = 0;
        }
        if (++seen[k].count > seen[best].count) best = k;
    }
    return kinds ? uscript_getShortName(seen[best].code) : "Zyyy";
}
