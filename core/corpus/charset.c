/* See charset.h. */
#include "corpus/charset.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchardet/uchardet.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/utf16.h>

enum {
    GUESS_BYTES = 1 << 18, /* as many bytes are enough for a guess */
    PIECE = 1 << 16        /* UTF-16 units converted at a time */
};

/* --- UTF-8 --------------------------------------------------------------------------------------- */

/* The length of the run of ASCII, thirty-two bytes at a time, then eight. */
static size_t ascii_run(const unsigned char *s, size_t n)
{
    const uint64_t tops = 0x8080808080808080u;
    uint64_t words[4];
    size_t i = 0;
    while (i + sizeof words <= n && (memcpy(words, s + i, sizeof words), ((words[0] | words[1] | words[2] | words[3]) & tops) == 0))
        i += sizeof words;
    while (i + 8 <= n && (memcpy(words, s + i, 8), (words[0] & tops) == 0))
        i += 8;
    while (i < n && s[i] < 0x80)
        i++;
    return i;
}

int64_t charset_invalid(const char *bytes, size_t n)
{
    const unsigned char *s = (const unsigned char *)bytes;
    size_t i = 0;
    while (i < n) {
        unsigned char c = s[i];
        if (c < 0x80) {
            i += ascii_run(s + i, n - i);
            continue;
        }
        if (c >= 0xC2 && c <= 0xDF && n - i > 1 && (s[i + 1] & 0xC0) == 0x80) { /* two bytes: most of Cyrillic, Greek, Arabic */
            i += 2;
            continue;
        }
        size_t more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
        if (c < 0xC2 || c > 0xF4 || more > n - i - 1)
            return (int64_t)i;
        unsigned char second = s[i + 1];
        unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80; /* overlong forms */
        unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF; /* surrogates, beyond U+10FFFF */
        if (second < low || second > high)
            return (int64_t)i;
        for (size_t k = 2; k <= more; k++)
            if ((s[i + k] & 0xC0) != 0x80)
                return (int64_t)i;
        i += more + 1;
    }
    return -1;
}

/* --- which encoding ------------------------------------------------------------------------------ */

static bool same_name(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (*a == '-' || *a == '_' || *a == ' ')
            a++;
        while (*b == '-' || *b == '_' || *b == ' ')
            b++;
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
            return false;
        if (!*a)
            return true;
    }
}

/* How far the bytes make sense as UTF-16 of that order: *usual counts what every text has much of (blanks, line ends, ASCII, ideographic stops), *odd what none
 * has (unassigned, private and control characters, halves of pairs). Text in the wrong order is full of rare ideographs and has no blanks. */
static void judge_utf16(const unsigned char *s, size_t pairs, int low, size_t *usual, size_t *odd)
{
    *usual = *odd = 0;
    for (size_t i = 0; i < pairs; i++) {
        UChar32 c = (UChar32)(s[2 * i + (size_t)low] | s[2 * i + 1 - (size_t)low] << 8);
        if (U16_IS_LEAD(c) && i + 1 < pairs) {
            UChar32 next = (UChar32)(s[2 * i + 2 + (size_t)low] | s[2 * i + 3 - (size_t)low] << 8);
            if (U16_IS_TRAIL(next)) {
                c = U16_GET_SUPPLEMENTARY(c, next);
                i++;
            }
        }
        bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        int8_t kind = u_charType(c);
        *usual += space || (c > ' ' && c < 127) || (c >= 0x3000 && c <= 0x3002);
        *odd += !space && (kind == U_UNASSIGNED || kind == U_PRIVATE_USE_CHAR || kind == U_CONTROL_CHAR || kind == U_SURROGATE);
    }
}

/* Could the bytes be UTF-16 at all? There are NULs in it: half the bytes of Latin text, and in any other its blanks and line ends; then the other bytes are
 * not those of plain text with a stray NUL. */
static bool may_be_utf16(const unsigned char *s, size_t pairs)
{
    size_t nuls = 0, high = 0, low = 0;
    for (size_t i = 0; i < 2 * pairs; i++) {
        nuls += s[i] == 0;
        high += s[i] >= 0x80;
        low += s[i] > 0 && s[i] < 0x20 && s[i] != '\n' && s[i] != '\r';
    }
    int64_t invalid = charset_invalid((const char *)s, 2 * pairs);
    bool utf8 = high > 0 && (invalid < 0 || (size_t)invalid + 3 >= 2 * pairs); /* cut within a character, perhaps */
    return pairs >= 2 && nuls > 0 && !utf8 && (nuls * 10 >= pairs * 3 || (high + low) * 5 >= pairs);
}

/* UTF-16 without a mark fools uchardet. */
static const char *guess_utf16(const char *bytes, size_t n)
{
    const unsigned char *s = (const unsigned char *)bytes;
    size_t pairs = (n < 4096 ? n : 4096) / 2, usual[2], odd[2];
    if (!memchr(bytes, 0, 2 * pairs) || !may_be_utf16(s, pairs))
        return NULL;
    for (int low = 0; low < 2; low++)
        judge_utf16(s, pairs, low, &usual[low], &odd[low]);
    int order = usual[0] * 2 + odd[1] >= usual[1] * 2 + odd[0] ? 0 : 1;
    bool fits = usual[order] * 50 >= pairs && odd[order] * 100 <= pairs && usual[order] > 2 * usual[1 - order];
    return !fits ? NULL : order == 0 ? "utf-16le" : "utf-16be";
}

static size_t mark_of(const char *bytes, size_t n, const char **name)
{
    static const struct { const char *mark; size_t length; const char *name; } marks[] = {
        { "\xEF\xBB\xBF", 3, "utf-8" },
        { "\xFF\xFE\0\0", 4, "utf-32le" },
        { "\0\0\xFE\xFF", 4, "utf-32be" },
        { "\xFF\xFE", 2, "utf-16le" },
        { "\xFE\xFF", 2, "utf-16be" },
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (n >= marks[i].length && memcmp(bytes, marks[i].mark, marks[i].length) == 0) {
            *name = marks[i].name;
            return marks[i].length;
        }
    *name = NULL;
    return 0;
}

size_t charset_mark(const char *bytes, size_t n)
{
    const char *name;
    return mark_of(bytes, n, &name);
}

const char *charset_wide(const char *bytes, size_t n)
{
    const char *name;
    mark_of(bytes, n, &name);
    if (name)
        return same_name(name, "utf-8") ? NULL : name;
    return guess_utf16(bytes, n);
}

static void guess(const char *bytes, size_t n, char *used)
{
    const char *name = guess_utf16(bytes, n);
    if (name) {
        snprintf(used, CHARSET_NAME, "%s", name);
        return;
    }
    snprintf(used, CHARSET_NAME, "windows-1252"); /* where nothing can be told, the commonest of the old ones */
    uchardet_t detector = uchardet_new();
    if (!detector)
        return;
    uchardet_handle_data(detector, bytes, n < GUESS_BYTES ? n : GUESS_BYTES);
    uchardet_data_end(detector);
    name = uchardet_get_charset(detector);
    if (name && *name && strcmp(name, "ASCII") != 0 && !same_name(name, "utf8"))
        for (size_t i = 0; i < CHARSET_NAME - 1 && (i == 0 || name[i - 1]); i++) {
            used[i] = (char)tolower((unsigned char)name[i]);
            used[i + 1] = '\0';
        }
    uchardet_delete(detector);
}

/* --- converting ---------------------------------------------------------------------------------- */

static bool convert(UConverter *from, const char *bytes, size_t n, Octets *out, Error *error)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *to = ucnv_open("utf-8", &status);
    UChar *middle = malloc(PIECE * sizeof *middle);
    bool fine = U_SUCCESS(status) && middle;
    if (fine) {
        UChar *source = middle, *target = middle;
        const char *in = bytes;
        do {
            if (!octets_reserve(out, PIECE)) {
                fine = false;
                break;
            }
            char *at = out->data + out->length;
            status = U_ZERO_ERROR;
            ucnv_convertEx(to, from, &at, at + PIECE, &in, bytes + n, middle, &source, &target, middle + PIECE, false, true, &status);
            out->length = (size_t)(at - out->data);
            out->data[out->length] = '\0';
        } while (status == U_BUFFER_OVERFLOW_ERROR);
        fine = fine && U_SUCCESS(status);
    }
    free(middle);
    ucnv_close(to);
    return fine || error_set(error, "the text can't be converted to UTF-8");
}

bool charset_to_utf8(const char *bytes, size_t n, const char *declared, Octets *out, char *used, Error *error)
{
    const char *marked;
    size_t mark = mark_of(bytes, n, &marked);
    bytes += mark;
    n -= mark;
    bool utf8 = charset_invalid(bytes, n) < 0;
    /* Valid UTF-8 is UTF-8 whatever was declared, but for the encodings that look like ASCII and aren't, and those with NULs. */
    bool shifted = declared && (strncasecmp(declared, "iso-2022", 8) == 0 || same_name(declared, "hz-gb-2312") || same_name(declared, "utf-7"));
    if ((!marked || same_name(marked, "utf-8")) && utf8 && !shifted && !(n > 0 && memchr(bytes, 0, n) && guess_utf16(bytes, n))) {
        snprintf(used, CHARSET_NAME, "utf-8");
        return octets_add(out, bytes, n) || error_set(error, "no memory");
    }
    if (marked && !same_name(marked, "utf-8"))
        snprintf(used, CHARSET_NAME, "%s", marked);
    else if (declared && *declared && (!same_name(declared, "utf-8")))
        snprintf(used, CHARSET_NAME, "%s", declared);
    else if ((declared && *declared) || marked) {
        /* Declared UTF-8 with a few broken bytes (a cut character) is better kept as such than guessed anew. */
        int64_t bad = 0;
        for (size_t at = 0; at < n; bad++) {
            int64_t next = charset_invalid(bytes + at, n - at);
            if (next < 0)
                break;
            at += (size_t)next + 1;
        }
        if (bad * 100 <= (int64_t)n + 99)
            snprintf(used, CHARSET_NAME, "utf-8");
        else
            guess(bytes, n, used);
    } else
        guess(bytes, n, used);
    /* The names "latin1" and "gb2312" are commonly said where their larger brothers are meant (as browsers take them too). */
    if (same_name(used, "iso-8859-1") || same_name(used, "latin1") || same_name(used, "ascii") || same_name(used, "us-ascii"))
        snprintf(used, CHARSET_NAME, "windows-1252");
    else if (same_name(used, "gb2312") || same_name(used, "gbk"))
        snprintf(used, CHARSET_NAME, "gb18030");
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(used, &status);
    if (U_FAILURE(status)) { /* an encoding that nobody knows: guess instead */
        guess(bytes, n, used);
        status = U_ZERO_ERROR;
        converter = ucnv_open(used, &status);
        if (U_FAILURE(status))
            return error_set(error, "the encoding “%s” is not known", used);
    }
    bool fine = convert(converter, bytes, n, out, error);
    ucnv_close(converter);
    return fine;
}
