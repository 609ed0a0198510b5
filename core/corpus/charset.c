/* See charset.h. */
#include "corpus/charset.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

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

/* UTF-16 without a mark: every second byte of mostly Latin text is NUL. uchardet is fooled by these. */
static const char *guess_utf16(const char *bytes, size_t n)
{
    size_t pairs = (n < 4096 ? n : 4096) / 2, even = 0, odd = 0;
    for (size_t i = 0; i < pairs; i++) {
        even += bytes[2 * i] == 0;
        odd += bytes[2 * i + 1] == 0;
    }
    if (pairs >= 2 && odd * 10 > pairs * 3 && even * 20 < pairs)
        return "utf-16le";
    if (pairs >= 2 && even * 10 > pairs * 3 && odd * 20 < pairs)
        return "utf-16be";
    return NULL;
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
