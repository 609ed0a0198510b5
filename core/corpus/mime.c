/* See mime.h. */
#include "corpus/mime.h"

#include "corpus/charset.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { WORD_MOST = 2000 }; /* bytes of an encoded word; the standard allows 75 */

static MimeSlice line_at(const char *bytes, size_t n, size_t *at)
{
    const char *end = memchr(bytes + *at, '\n', n - *at);
    size_t stop = end ? (size_t)(end - bytes) : n;
    MimeSlice line = { bytes + *at, stop - *at };
    *at = end ? stop + 1 : n;
    if (line.n > 0 && line.bytes[line.n - 1] == '\r')
        line.n--;
    return line;
}

MimePart mime_part(const char *bytes, size_t n)
{
    size_t at = 0;
    while (at < n) {
        size_t start = at;
        MimeSlice line = line_at(bytes, n, &at);
        if (line.n == 0)
            return (MimePart){ { bytes, start }, { bytes + at, n - at } };
    }
    return (MimePart){ { bytes, n }, { bytes + n, 0 } };
}

bool mime_header(const MimePart *part, const char *name, Octets *out)
{
    size_t at = 0, length = strlen(name);
    const char *bytes = part->head.bytes;
    while (at < part->head.n) {
        MimeSlice line = line_at(bytes, part->head.n, &at);
        if (line.n <= length || line.bytes[length] != ':' || strncasecmp(line.bytes, name, length) != 0)
            continue;
        size_t skip = length + 1;
        while (skip < line.n && (line.bytes[skip] == ' ' || line.bytes[skip] == '\t'))
            skip++;
        if (!octets_add(out, line.bytes + skip, line.n - skip))
            return false;
        while (at < part->head.n && (bytes[at] == ' ' || bytes[at] == '\t')) { /* folded lines */
            line = line_at(bytes, part->head.n, &at);
            if (!octets_add(out, line.bytes, line.n))
                return false;
        }
        return true;
    }
    return false;
}

/* --- transfer encodings ---------------------------------------------------------------------------------- */

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static bool decode_base64(const char *bytes, size_t n, Octets *out)
{
    uint32_t bits = 0;
    int count = 0;
    if (!octets_reserve(out, n / 4 * 3 + 3))
        return false;
    for (size_t i = 0; i < n && bytes[i] != '='; i++) {
        int value = base64_value(bytes[i]);
        if (value < 0)
            continue; /* line ends, and whatever a gateway put in */
        bits = bits << 6 | (uint32_t)value;
        if (++count == 4) {
            char three[3] = { (char)(bits >> 16), (char)(bits >> 8), (char)bits };
            if (!octets_add(out, three, 3))
                return false;
            bits = 0;
            count = 0;
        }
    }
    if (count >= 2) {
        bits <<= 6 * (4 - count);
        char two[2] = { (char)(bits >> 16), (char)(bits >> 8) };
        return octets_add(out, two, (size_t)count - 1);
    }
    return true;
}

static int hex_value(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : isxdigit((unsigned char)c) ? (c | 32) - 'a' + 10 : -1;
}

/* `words`: the variant of headers, where "_" is a blank. */
static bool decode_quoted(const char *bytes, size_t n, bool words, Octets *out)
{
    if (!octets_reserve(out, n))
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = bytes[i];
        if (c == '=' && i + 2 < n && hex_value(bytes[i + 1]) >= 0 && hex_value(bytes[i + 2]) >= 0) {
            c = (char)(hex_value(bytes[i + 1]) * 16 + hex_value(bytes[i + 2]));
            i += 2;
        } else if (c == '=' && !words) { /* a soft line end */
            size_t end = i + 1;
            while (end < n && (bytes[end] == ' ' || bytes[end] == '\t' || bytes[end] == '\r'))
                end++;
            if (end == n || bytes[end] == '\n') {
                i = end;
                continue;
            }
        } else if (words && c == '_') {
            c = ' ';
        }
        if (!octets_add_byte(out, c))
            return false;
    }
    return true;
}

bool mime_decode(const MimePart *part, Octets *out)
{
    Octets encoding = { 0 };
    bool fine;
    mime_header(part, "Content-Transfer-Encoding", &encoding);
    const char *name = encoding.data ? encoding.data : "";
    if (strncasecmp(name, "base64", 6) == 0)
        fine = decode_base64(part->body.bytes, part->body.n, out);
    else if (strncasecmp(name, "quoted-printable", 16) == 0)
        fine = decode_quoted(part->body.bytes, part->body.n, false, out);
    else
        fine = octets_add(out, part->body.bytes, part->body.n);
    octets_free(&encoding);
    return fine;
}

/* --- header texts ------------------------------------------------------------------------------------------ */

/* "=?charset?B?…?=" at `at`: appends its text and returns behind it; NULL if it is no encoded word. */
static const char *decode_word(const char *at, const char *end, Octets *out)
{
    char charset[CHARSET_NAME], used[CHARSET_NAME];
    if (end - at > WORD_MOST) /* a word that never ends must not be looked for over and over */
        end = at + WORD_MOST;
    const char *mark = memchr(at + 2, '?', (size_t)(end - at) - 2);
    if (!mark || end - mark < 5 || mark[2] != '?' || (size_t)(mark - at) - 2 >= sizeof charset)
        return NULL;
    size_t n = (size_t)(mark - at) - 2;
    memcpy(charset, at + 2, n);
    charset[n] = '\0';
    char *language = strchr(charset, '*');
    if (language)
        *language = '\0';
    const char *text = mark + 3, *stop = text;
    while (stop + 1 < end && !(stop[0] == '?' && stop[1] == '='))
        stop++;
    if (stop + 1 >= end)
        return NULL;
    Octets raw = { 0 };
    bool base64 = (mark[1] | 32) == 'b';
    bool fine = base64 ? decode_base64(text, (size_t)(stop - text), &raw) : decode_quoted(text, (size_t)(stop - text), true, &raw);
    fine = fine && charset_to_utf8(raw.data ? raw.data : "", raw.length, charset, out, used, NULL);
    octets_free(&raw);
    return fine ? stop + 2 : NULL;
}

bool mime_header_text(const MimePart *part, const char *name, Octets *out)
{
    Octets raw = { 0 }, text = { 0 };
    char used[CHARSET_NAME];
    if (!mime_header(part, name, &raw)) {
        octets_free(&raw);
        return false;
    }
    const char *at = raw.data ? raw.data : "", *end = at + raw.length, *after_word = NULL;
    bool fine = true;
    while (fine && at < end) {
        const char *behind = end - at > 6 && at[0] == '=' && at[1] == '?' ? decode_word(at, end, &text) : NULL;
        if (behind) {
            at = after_word = behind;
            continue;
        }
        /* White space between two encoded words is none. */
        const char *next = at;
        while (next < end && (*next == ' ' || *next == '\t'))
            next++;
        if (after_word == at && next > at && end - next > 6 && next[0] == '=' && next[1] == '?') {
            at = next;
            continue;
        }
        fine = octets_add_byte(&text, *at++);
    }
    Octets clean = { 0 };
    fine = fine && charset_to_utf8(text.data ? text.data : "", text.length, NULL, &clean, used, NULL);
    bool space = true;
    for (size_t i = 0; fine && i < clean.length; i++) {
        char c = clean.data[i];
        bool white = c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
        if (!white || (!space && i + 1 < clean.length))
            fine = octets_add_byte(out, white ? ' ' : c);
        space = white;
    }
    octets_free(&raw);
    octets_free(&text);
    octets_free(&clean);
    return fine;
}

/* --- parameters and boundaries ----------------------------------------------------------------------------- */

bool mime_parameter(const char *value, const char *name, Octets *out)
{
    size_t length = strlen(name);
    for (const char *at = strchr(value, ';'); at; at = strchr(at, ';')) {
        at++;
        at += strspn(at, " \t\r\n");
        if (strncasecmp(at, name, length) != 0)
            continue;
        const char *equals = at + length;
        equals += *equals == '*';
        equals += strspn(equals, " \t");
        if (*equals != '=')
            continue;
        equals++;
        equals += strspn(equals, " \t");
        size_t before = out->length;
        if (*equals == '"') {
            for (equals++; *equals && *equals != '"'; equals++) {
                equals += *equals == '\\' && equals[1];
                if (!octets_add_byte(out, *equals))
                    return false;
            }
        } else if (!octets_add(out, equals, strcspn(equals, "; \t\r\n"))) {
            return false;
        }
        return out->length > before;
    }
    return false;
}

/* Is the line "--boundary" or "--boundary--"? */
static bool is_boundary(MimeSlice line, const char *boundary, bool *last)
{
    size_t n = strlen(boundary);
    if (line.n < n + 2 || line.bytes[0] != '-' || line.bytes[1] != '-' || memcmp(line.bytes + 2, boundary, n) != 0)
        return false;
    size_t at = n + 2;
    *last = line.n >= at + 2 && line.bytes[at] == '-' && line.bytes[at + 1] == '-';
    at += *last ? 2 : 0;
    while (at < line.n && (line.bytes[at] == ' ' || line.bytes[at] == '\t'))
        at++;
    return at == line.n;
}

bool mime_next(MimeSlice body, const char *boundary, size_t *at, MimeSlice *part)
{
    bool last = false, inside = *at > 0;
    size_t start = *at;
    if (*at > body.n)
        return false;
    while (*at < body.n) {
        size_t line_start = *at;
        MimeSlice line = line_at(body.bytes, body.n, at);
        if (!is_boundary(line, boundary, &last))
            continue;
        if (inside) {
            size_t end = line_start; /* the line end before a boundary belongs to it */
            end -= end > start && body.bytes[end - 1] == '\n';
            end -= end > start && body.bytes[end - 1] == '\r';
            *part = (MimeSlice){ body.bytes + start, end - start };
            if (last)
                *at = body.n + 1;
            return true;
        }
        if (last)
            return false;
        inside = true;
        start = *at;
    }
    if (!inside || start >= body.n)
        return false;
    *part = (MimeSlice){ body.bytes + start, body.n - start }; /* cut off before its closing boundary */
    *at = body.n + 1;
    return true;
}
