/* Words and tokens. ASCII goes by a table of classes, other characters by ICU's word break property; scripts that put no spaces between
 * words (Han, Thai, …) are cut by ICU's dictionaries, run by run. */
#include "text/words.h"
#include "text/utf8.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <string.h>

typedef enum Class {
    SPACE, LETTER, DIGIT, JOINER /* _ */, MID_LETTER, MID_NUMBER, MID_BOTH /* . ' */, EXTEND, PUNCT, SYMBOL, DICTIONARY, IGNORED
} Class;

static const unsigned char ascii_class[128] = {
    [0x00 ... 0x1F] = SPACE, [0x7F] = SPACE, [' '] = SPACE, ['0' ... '9'] = DIGIT, ['A' ... 'Z'] = LETTER, ['a' ... 'z'] = LETTER, ['_'] = JOINER,
    ['.'] = MID_BOTH, ['\''] = MID_BOTH, [','] = MID_NUMBER, [';'] = MID_NUMBER, ['!'] = PUNCT, ['"'] = PUNCT, ['#'] = PUNCT, ['$'] = SYMBOL,
    ['%'] = PUNCT, ['&'] = PUNCT, ['('] = PUNCT, [')'] = PUNCT, ['*'] = PUNCT, ['+'] = SYMBOL, ['-'] = PUNCT, ['/'] = PUNCT, [':'] = PUNCT,
    ['<'] = SYMBOL, ['='] = SYMBOL, ['>'] = SYMBOL, ['?'] = PUNCT, ['@'] = PUNCT, ['['] = PUNCT, ['\\'] = PUNCT, [']'] = PUNCT, ['^'] = SYMBOL,
    ['`'] = SYMBOL, ['{'] = PUNCT, ['|'] = SYMBOL, ['}'] = PUNCT, ['~'] = SYMBOL,
};

static Class general_class(UChar32 c)
{
    switch (u_charType(c)) {
    case U_DASH_PUNCTUATION: case U_START_PUNCTUATION: case U_END_PUNCTUATION: case U_CONNECTOR_PUNCTUATION:
    case U_OTHER_PUNCTUATION: case U_INITIAL_PUNCTUATION: case U_FINAL_PUNCTUATION: return PUNCT;
    case U_UPPERCASE_LETTER: case U_LOWERCASE_LETTER: case U_TITLECASE_LETTER: case U_MODIFIER_LETTER: case U_OTHER_LETTER:
    case U_LETTER_NUMBER: return LETTER;
    case U_DECIMAL_DIGIT_NUMBER: return DIGIT;
    case U_CONTROL_CHAR: case U_LINE_SEPARATOR: case U_PARAGRAPH_SEPARATOR: case U_SPACE_SEPARATOR: return SPACE;
    default: return SYMBOL;
    }
}

static Class class_of(uint32_t character)
{
    UChar32 c = (UChar32)character;
    if (c < 0x80) return (Class)ascii_class[c];
    if (c == 0x2019 || c == 0x2018 || c == 0xFF0E || c == 0xFF07) return MID_BOTH;
    if (c == 0x200B || c == 0xFEFF) return SPACE;
    switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER: case U_WB_HEBREW_LETTER: return LETTER;
    case U_WB_NUMERIC: return DIGIT;
    case U_WB_EXTENDNUMLET: return c == 0x202F ? SPACE : JOINER;
    case U_WB_MIDLETTER: return MID_LETTER;
    case U_WB_MIDNUM: return MID_NUMBER;
    case U_WB_EXTEND: case U_WB_FORMAT: case U_WB_ZWJ: return EXTEND;
    case U_WB_KATAKANA: return DICTIONARY;
    default: break;
    }
    if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)) return DICTIONARY;
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &status);
    if (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA) return DICTIONARY;
    return general_class(c);
}

typedef struct Scan {
    const char *s;
    size_t to;
    bool only_words;
    TextSpans *out;
} Scan;

static inline Class class_at(const Scan *scan, size_t i, size_t *size)
{
    unsigned char b = (unsigned char)scan->s[i];
    *size = 1;
    if (b < 0x80) return (Class)ascii_class[b];
    return class_of(utf8_decode(scan->s + i, scan->to - i, size));
}

/* The first place from i on that is no combining mark or joiner of what stands before it. */
static size_t past_extend(const Scan *scan, size_t i)
{
    size_t size;
    while (i < scan->to && (unsigned char)scan->s[i] >= 0x80 && class_at(scan, i, &size) == EXTEND) i += size;
    return i;
}

/* "ended.The": a full stop after a lower case letter, and an upper case one after it. */
static bool is_lost_space(const Scan *scan, size_t before, size_t stop, size_t after)
{
    size_t size;
    if (scan->s[stop] != '.') return false;
    return u_islower((UChar32)utf8_decode(scan->s + before, scan->to - before, &size)) &&
           u_isupper((UChar32)utf8_decode(scan->s + after, scan->to - after, &size));
}

/* The end of the word that begins at i with a character of class `first`; *kind says whether it is a number. */
static size_t word_end(const Scan *scan, size_t i, Class first, WordKind *kind)
{
    Class last = first;
    size_t last_at = i, size;
    bool letters = first == LETTER, digits = first == DIGIT;
    class_at(scan, i, &size);
    i += size;
    while (i < scan->to) {
        Class c = class_at(scan, i, &size);
        if (c == LETTER || c == DIGIT || c == JOINER) {
            letters |= c == LETTER;
            digits |= c == DIGIT;
            last = c;
            last_at = i;
            i += size;
        } else if (c == EXTEND) {
            i += size;
        } else if (c == MID_BOTH || c == MID_LETTER || c == MID_NUMBER) {
            Class wanted = last;
            if (wanted == LETTER ? c == MID_NUMBER : wanted == DIGIT ? c == MID_LETTER : true) break;
            size_t next = past_extend(scan, i + size), next_size;
            if (next >= scan->to || class_at(scan, next, &next_size) != wanted || is_lost_space(scan, last_at, i, next)) break;
            i = next + next_size;
            last_at = next;
        } else {
            break;
        }
    }
    *kind = letters ? WORDS_WORD : digits ? WORDS_NUMBER : WORDS_PUNCT;
    return i;
}

/* Cuts a run without spaces by ICU's dictionaries; *end is where the run ends. */
static bool dictionary_run(const Scan *scan, size_t from, size_t *end)
{
    static UBreakIterator *breaks;
    UErrorCode status = U_ZERO_ERROR;
    size_t i = from, size;
    for (Class c; i < scan->to && ((c = class_at(scan, i, &size)) == DICTIONARY || c == EXTEND);) i += size;
    *end = i;
    if (breaks == NULL) breaks = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    UText *text = U_FAILURE(status) ? NULL : utext_openUTF8(NULL, scan->s + from, (int64_t)(i - from), &status);
    if (text != NULL) ubrk_setUText(breaks, text, &status);
    bool ok = true;
    if (U_FAILURE(status)) {
        ok = spans_add(scan->out, from, i, WORDS_WORD);
    } else {
        for (int32_t a = ubrk_first(breaks), b = ubrk_next(breaks); ok && b != UBRK_DONE; a = b, b = ubrk_next(breaks)) {
            ok = spans_add(scan->out, from + (size_t)a, from + (size_t)b, WORDS_WORD);
        }
    }
    if (text != NULL) utext_close(text);
    return ok;
}

/* The end of a token that is no word: one character with its marks, or a row of full stops or hyphens. */
static size_t mark_end(const Scan *scan, size_t i, size_t size)
{
    char b = scan->s[i];
    i += size;
    if (b == '.' || b == '-') {
        while (i < scan->to && scan->s[i] == b) i++;
        return i;
    }
    if ((unsigned char)b < 0x80) return i;
    size_t next = past_extend(scan, i);
    bool joined = next - i >= 3 && memcmp(scan->s + next - 3, "\xE2\x80\x8D", 3) == 0;
    if (joined && next < scan->to) { /* an emoji made of several */
        size_t next_size;
        if (class_at(scan, next, &next_size) == SYMBOL) return mark_end(scan, next, next_size);
    }
    return next;
}

bool words_find(const char *s, size_t from, size_t to, bool only_words, TextSpans *out)
{
    const Scan scan = { s, to, only_words, out };
    for (size_t i = from, size; i < to;) {
        Class c = class_at(&scan, i, &size);
        size_t end = i + size;
        WordKind kind = c == SYMBOL || c == EXTEND ? WORDS_SYMBOL : WORDS_PUNCT;
        if (c == SPACE || c == IGNORED) {
            i = end;
            continue;
        }
        if (c == DICTIONARY) {
            if (!dictionary_run(&scan, i, &end)) return false;
            i = end;
            continue;
        }
        if (c == LETTER || c == DIGIT || c == JOINER) {
            end = word_end(&scan, i, c, &kind);
        } else {
            end = mark_end(&scan, i, size);
        }
        if ((!only_words || kind <= WORDS_NUMBER) && !spans_add(out, i, end, (int)kind)) return false;
        i = end;
    }
    return true;
}
