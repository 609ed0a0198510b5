/* See json.h. */
#include "corpus/json.h"

#include "corpus/charset.h"

#include <stdint.h>
#include <string.h>

Json json_begin(const char *bytes, size_t n)
{
    return (Json){ .start = bytes, .at = bytes, .end = bytes + n, .message = NULL };
}

static bool fail(Json *json, const char *message)
{
    if (!json->message)
        json->message = message;
    return false;
}

static void skip_space(Json *json)
{
    while (json->at < json->end && (*json->at == ' ' || *json->at == '\n' || *json->at == '\t' || *json->at == '\r'))
        json->at++;
}

static bool is_digit(const Json *json)
{
    return json->at < json->end && *json->at >= '0' && *json->at <= '9';
}

static bool read_number(Json *json)
{
    if (json->at < json->end && *json->at == '-')
        json->at++;
    if (!is_digit(json))
        return fail(json, "a number without digits");
    if (*json->at == '0')
        json->at++;
    else
        while (is_digit(json))
            json->at++;
    if (json->at < json->end && *json->at == '.') {
        json->at++;
        if (!is_digit(json))
            return fail(json, "a number ends with its point");
        while (is_digit(json))
            json->at++;
    }
    if (json->at < json->end && (*json->at == 'e' || *json->at == 'E')) {
        json->at++;
        if (json->at < json->end && (*json->at == '+' || *json->at == '-'))
            json->at++;
        if (!is_digit(json))
            return fail(json, "a number without its exponent");
        while (is_digit(json))
            json->at++;
    }
    return true;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

typedef unsigned char Bytes __attribute__((vector_size(16)));

static bool any(Bytes bytes)
{
    uint64_t halves[2];
    memcpy(halves, &bytes, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

/* The length of the run of ordinary bytes of a string: no quote, backslash or control byte. Sixteen at a time. *ascii becomes false if one of them is none. */
static size_t ordinary(const char *at, const char *end, bool *ascii)
{
    const char *start = at;
    Bytes all = { 0 };
    while (end - at >= (ptrdiff_t)sizeof(Bytes)) {
        Bytes bytes;
        memcpy(&bytes, at, sizeof bytes);
        if (any((Bytes)(bytes == '"') | (Bytes)(bytes == '\\') | (Bytes)(bytes < 0x20)))
            break;
        all |= bytes;
        at += sizeof bytes;
    }
    unsigned char rest = 0;
    while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20)
        rest |= (unsigned char)*at++;
    *ascii = *ascii && !any(all & 0x80) && rest < 0x80;
    return (size_t)(at - start);
}

static bool read_string(Json *json, JsonValue *value)
{
    value->plain = value->ascii = true;
    json->at++; /* the quote */
    for (;;) {
        json->at += ordinary(json->at, json->end, &value->ascii);
        if (json->at >= json->end)
            return fail(json, "a string without its closing quote");
        char c = *json->at;
        if (c == '"') {
            json->at++;
            return true;
        }
        if (c != '\\')
            return fail(json, "a bare control character in a string");
        value->plain = value->ascii = false;
        json->at++;
        if (json->at >= json->end)
            return fail(json, "a string without its closing quote");
        c = *json->at;
        if (c == 'u') {
            for (int i = 1; i <= 4; i++)
                if (json->at + i >= json->end || !is_hex(json->at[i]))
                    return fail(json, "\\u without four hexadecimal digits");
            json->at += 5;
        } else if (c && strchr("\"\\/bfnrt", c)) {
            json->at++;
        } else {
            return fail(json, "an unknown escape in a string");
        }
    }
}

static bool read_word(Json *json, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(json->end - json->at) < n || memcmp(json->at, word, n) != 0)
        return fail(json, "a value is expected here");
    json->at += n;
    return true;
}

static bool read_scalar(Json *json, JsonValue *value)
{
    switch (*json->at) {
    case '"':
        value->kind = JSON_STRING;
        return read_string(json, value);
    case 't':
        value->kind = JSON_TRUE;
        return read_word(json, "true");
    case 'f':
        value->kind = JSON_FALSE;
        return read_word(json, "false");
    case 'n':
        value->kind = JSON_NULL;
        return read_word(json, "null");
    default:
        if (*json->at != '-' && !is_digit(json))
            return fail(json, "a value is expected here");
        value->kind = JSON_NUMBER;
        return read_number(json);
    }
}

/* Objects and arrays, without recursion: `closers` is the stack of brackets that are still to come. */
static bool read_container(Json *json)
{
    char closers[JSON_DEPTH];
    int depth = 0;
    bool after_value = false;
    JsonValue scalar;
    for (;;) {
        skip_space(json);
        if (json->at >= json->end)
            return fail(json, "it ends in the middle");
        char c = *json->at;
        if (depth > 0 && c == closers[depth - 1]) {
            json->at++;
            if (--depth == 0)
                return true;
            after_value = true;
            continue;
        }
        if (after_value) {
            if (c != ',')
                return fail(json, "a comma is expected here");
            json->at++;
            after_value = false;
            skip_space(json);
            if (json->at < json->end && *json->at == closers[depth - 1])
                return fail(json, "a value is expected after the comma");
            continue;
        }
        if (depth > 0 && closers[depth - 1] == '}') {
            if (c != '"')
                return fail(json, "a name in quotes is expected here");
            if (!read_string(json, &scalar))
                return false;
            skip_space(json);
            if (json->at >= json->end || *json->at != ':')
                return fail(json, "a colon is expected here");
            json->at++;
            skip_space(json);
            if (json->at >= json->end)
                return fail(json, "it ends in the middle");
            c = *json->at;
        }
        if (c == '{' || c == '[') {
            if (depth == JSON_DEPTH)
                return fail(json, "it is nested too deep");
            closers[depth++] = c == '{' ? '}' : ']';
            json->at++;
            continue;
        }
        if (!read_scalar(json, &scalar))
            return false;
        after_value = true;
    }
}

bool json_value(Json *json, JsonValue *value)
{
    skip_space(json);
    if (json->at >= json->end)
        return fail(json, "it ends where a value is expected");
    value->start = json->at;
    value->plain = false;
    bool read;
    if (*json->at == '{' || *json->at == '[') {
        value->kind = *json->at == '{' ? JSON_OBJECT : JSON_ARRAY;
        read = read_container(json);
    } else {
        read = read_scalar(json, value);
    }
    value->end = json->at;
    return read;
}

bool json_at_end(Json *json)
{
    skip_space(json);
    return json->at >= json->end;
}

JsonEach json_each(const JsonValue *container)
{
    JsonEach each = { json_begin(container->start, (size_t)(container->end - container->start)), container->kind == JSON_OBJECT, true };
    each.json.at++;
    return each;
}

/* The container's syntax has been checked by json_value, so that only the way through it is left. */
bool json_next(JsonEach *each, JsonValue *key, JsonValue *item)
{
    Json *json = &each->json;
    skip_space(json);
    if (json->at < json->end && *json->at == ',')
        json->at++;
    skip_space(json);
    if (json->at >= json->end || *json->at == '}' || *json->at == ']')
        return false;
    if (each->object) {
        if (!json_value(json, key))
            return false;
        skip_space(json);
        json->at++; /* the colon */
    }
    return json_value(json, item);
}

/* --- strings --------------------------------------------------------------------------------------- */

static unsigned hex4(const char *at)
{
    unsigned value = 0;
    for (int i = 0; i < 4; i++) {
        char c = at[i];
        value = value * 16 + (unsigned)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    }
    return value;
}

static bool add_character(Octets *out, unsigned c)
{
    char bytes[4];
    size_t n;
    if (c < 0x80) {
        bytes[0] = (char)c;
        n = 1;
    } else if (c < 0x800) {
        bytes[0] = (char)(0xC0 | c >> 6);
        bytes[1] = (char)(0x80 | (c & 0x3F));
        n = 2;
    } else if (c < 0x10000) {
        bytes[0] = (char)(0xE0 | c >> 12);
        bytes[1] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (c & 0x3F));
        n = 3;
    } else {
        bytes[0] = (char)(0xF0 | c >> 18);
        bytes[1] = (char)(0x80 | (c >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (c & 0x3F));
        n = 4;
    }
    return octets_add(out, bytes, n);
}

/* The character of the escape at `at` (just behind the backslash); returns behind it. */
static const char *read_escape(const char *at, const char *end, unsigned *character)
{
    static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    const char *letter = strchr(letters, *at);
    if (*at != 'u') {
        *character = letter ? (unsigned char)meanings[letter - letters] : (unsigned char)*at;
        return at + 1;
    }
    unsigned c = hex4(at + 1);
    at += 5;
    if (c >= 0xD800 && c < 0xDC00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
        unsigned low = hex4(at + 2);
        if (low >= 0xDC00 && low < 0xE000) {
            *character = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            return at + 6;
        }
    }
    *character = c >= 0xD800 && c < 0xE000 ? 0xFFFD : c;
    return at;
}

bool json_string(const JsonValue *value, Octets *out, const char **bad)
{
    const char *at = value->start + 1, *end = value->end - 1;
    int64_t invalid = value->ascii ? -1 : charset_invalid(at, (size_t)(end - at));
    *bad = NULL;
    if (invalid >= 0) {
        *bad = at + invalid;
        return false;
    }
    if (value->plain)
        return octets_add(out, at, (size_t)(end - at));
    if (!octets_reserve(out, (size_t)(end - at)))
        return false;
    const char *slash;
    while ((slash = memchr(at, '\\', (size_t)(end - at)))) {
        unsigned character;
        if (!octets_add(out, at, (size_t)(slash - at)))
            return false;
        at = read_escape(slash + 1, end, &character);
        if (!add_character(out, character))
            return false;
    }
    return octets_add(out, at, (size_t)(end - at));
}

bool json_is(const JsonValue *string, const char *text)
{
    size_t n = strlen(text);
    if (string->plain)
        return (size_t)(string->end - string->start) == n + 2 && memcmp(string->start + 1, text, n) == 0;
    Octets decoded = { 0 };
    const char *bad;
    bool same = json_string(string, &decoded, &bad) && decoded.length == n && memcmp(decoded.data, text, n) == 0;
    octets_free(&decoded);
    return same;
}

size_t json_scan(JsonScan *scan, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char c = bytes[i];
        if (scan->in_string) {
            if (scan->escaped)
                scan->escaped = false;
            else if (c == '\\')
                scan->escaped = true;
            else if (c == '"')
                scan->in_string = false;
        } else if (c == '"') {
            scan->in_string = true;
        } else if (c == '{' || c == '[') {
            scan->depth++;
        } else if ((c == '}' || c == ']') && --scan->depth <= 0) {
            return i + 1;
        }
    }
    return 0;
}
