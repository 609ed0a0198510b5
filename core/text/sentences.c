/* Sentence ends. Looks at each terminator (. ! ? … and those of other scripts) and each line end, and asks what stands on both sides.
 * May call ICU's character tables; knows no language but for the words that often begin an English sentence. */
#include "text/sentences.h"
#include "text/utf8.h"

#include <unicode/uchar.h>
#include <string.h>

/* Words that begin a sentence after "U.S." or "Inc." more often than they go on with a name. */
static const char *const starters[] = {
    "A", "About", "According", "After", "All", "Also", "Although", "An", "And", "Another", "As", "At", "Both", "But", "By", "During", "Earlier", "Each",
    "Even", "Few", "For", "From", "He", "Her", "Here", "His", "How", "However", "I", "If", "In", "Instead", "It", "Its", "Last", "Later", "Many",
    "Meanwhile", "More", "Most", "My", "No", "Not", "Now", "On", "Once", "One", "Only", "Other", "Others", "Our", "Several", "She", "Since", "So", "Some",
    "Still", "Such", "That", "The", "Their", "Then", "There", "These", "They", "This", "Those", "Though", "To", "Two", "Under", "Until", "We", "What",
    "When", "Where", "Which", "While", "Who", "Why", "With", "Yet", "You",
};

typedef struct Scan {
    const char *s;
    size_t from, to;
    const Abbreviations *own;
} Scan;

typedef enum Mark { NO_MARK, STOP /* . */, STRONG /* ! ? … */, FULL /* needs no space after it: 。 */ } Mark;

static Mark mark_of(uint32_t c)
{
    if (c < 0x80) return c == '.' ? STOP : c == '!' || c == '?' ? STRONG : NO_MARK;
    if (c == 0x2026) return STRONG;
    if (c < 0x37E) return NO_MARK;
    if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF61) return FULL;
    return u_getIntPropertyValue((UChar32)c, UCHAR_SENTENCE_BREAK) == U_SB_STERM ? STRONG : NO_MARK;
}

/* Marks that close what was opened before the terminator: quotation marks and brackets. */
static bool is_closer(uint32_t c)
{
    if (c < 0x80) return c == '"' || c == '\'' || c == ')' || c == ']';
    return c == 0x201D || c == 0x2019 || c == 0xBB || c == 0x201C || c == 0x203A || c == 0x300D || c == 0x300F || c == 0xFF09 || c == 0xFF02;
}

static bool is_opener(uint32_t c)
{
    if (c < 0x80) return c == '"' || c == '\'' || c == '(' || c == '[';
    return c == 0x201C || c == 0x2018 || c == 0xAB || c == 0x201E || c == 0x2039 || c == 0x300C || c == 0x2022 || c == 0x2013 || c == 0x2014 || c == 0x201D ||
           c == 0xBF || c == 0xA1;
}

/* The character at i; 0 behind the end. */
static uint32_t at(const Scan *scan, size_t i, size_t *size)
{
    *size = 1;
    if (i >= scan->to) return 0;
    return utf8_decode(scan->s + i, scan->to - i, size);
}

/* The first place from i on without white space. */
static size_t past_space(const Scan *scan, size_t i)
{
    size_t size;
    while (i < scan->to && utf8_is_space(at(scan, i, &size))) i += size;
    return i;
}

/* What may begin a sentence at i: skips opening marks and gives the first character that says something. */
static size_t past_openers(const Scan *scan, size_t i)
{
    size_t size;
    for (uint32_t c; i < scan->to && (is_opener(c = at(scan, i, &size)) || c == '-' || utf8_is_space(c));) i += size;
    return i;
}

static size_t letters_end(const Scan *scan, size_t i)
{
    size_t size;
    for (uint32_t c; i < scan->to && (u_isalpha((UChar32)(c = at(scan, i, &size))) || c == '\'' || c == 0x2019);) i += size;
    return i;
}

static bool is_starter(const Scan *scan, size_t i)
{
    size_t length = letters_end(scan, i) - i, low = 0, high = sizeof starters / sizeof *starters;
    while (low < high) {
        size_t middle = (low + high) / 2, n = strlen(starters[middle]);
        int order = memcmp(starters[middle], scan->s + i, n < length ? n : length);
        if (order == 0 && n == length) return true;
        if (order < 0 || (order == 0 && n < length)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

/* Text without spaces is no reason to look at all of it again and again: so many bytes of a word, and of marks in a row, are looked at. */
enum { LONGEST_WORD = 160, LONGEST_RUN = 160 };

/* Where the word before the full stop at `stop` begins: letters, digits and inner full stops ("p.m", "U.S", "Gen"). */
static size_t word_before(const Scan *scan, size_t stop)
{
    size_t i = stop;
    while (i > scan->from && stop - i < LONGEST_WORD) {
        unsigned char b = (unsigned char)scan->s[i - 1];
        bool inside = b >= 0x80 || (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == '.' || b == '-';
        if (b == 0x80 || b == 0x99 || b == 0x9C || b == 0x9D || b == 0xA0 || b == 0xAB || b == 0xBB) { /* could be the end of a quotation mark or a no-break space */
            size_t back = i - 1, size;
            while (back > scan->from && ((unsigned char)scan->s[back] & 0xC0) == 0x80) back--;
            uint32_t c = at(scan, back, &size);
            if (is_opener(c) || is_closer(c) || utf8_is_space(c)) break;
        }
        if (!inside) break;
        i--;
    }
    while (i < stop && (scan->s[i] == '-' || scan->s[i] == '.')) i++;
    return i;
}

/* "U.S", "p.m", "J": single letters with full stops between them. */
static bool is_acronym(const Scan *scan, size_t from, size_t stop, bool *upper, size_t *letters)
{
    size_t i = from, size;
    *upper = true;
    *letters = 0;
    while (i < stop) {
        uint32_t c = at(scan, i, &size);
        if (!u_isalpha((UChar32)c)) return false;
        if (!u_isupper((UChar32)c)) *upper = false;
        ++*letters;
        i += size;
        if (i < stop && scan->s[i++] != '.') return false;
    }
    return *letters > 0;
}

/* Words that go on after "a.m." and "p.m.": zones ("GMT", "local") and days. */
static bool goes_on_after_hour(const Scan *scan, size_t i)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Eastern", "Central", "Pacific", "Moscow", "Greenwich" };
    size_t end = letters_end(scan, i);
    bool all_upper = end - i >= 2;
    for (size_t k = i; k < end; k++) all_upper &= scan->s[k] >= 'A' && scan->s[k] <= 'Z';
    for (size_t d = 0; d < sizeof days / sizeof *days; d++) {
        size_t n = strlen(days[d]);
        if (end - i >= n && memcmp(scan->s + i, days[d], n) == 0) return true;
    }
    return all_upper;
}

/* Does the full stop at `stop` end a sentence, the next word beginning at `next` (which is no lower case letter)? */
static bool stop_ends(const Scan *scan, size_t begin, size_t stop, size_t next, bool closed)
{
    size_t from = word_before(scan, stop), letters, size;
    bool upper;
    if (from < begin) from = begin;
    uint32_t following = at(scan, past_openers(scan, next), &size);
    if (from == stop) return true;
    bool digits_only = true;
    for (size_t i = from; i < stop; i++) digits_only &= scan->s[i] >= '0' && scan->s[i] <= '9';
    if (digits_only && from == past_openers(scan, begin)) return false; /* "1. The first item" */
    if (closed) return true;
    if (is_acronym(scan, from, stop, &upper, &letters)) {
        if (letters == 1) { /* "J. Doe" */
            if (scan->s[from] >= 'a' && scan->s[from] <= 'z' && abbreviations_kind(scan->own, scan->s + from, stop - from) == ABBREVIATION_NONE) return true;
            return is_starter(scan, next) && !(next < scan->to && (scan->s[next] == 'A' || scan->s[next] == 'I') && letters_end(scan, next) == next + 1);
        }
        AbbreviationKind kind = abbreviations_kind(scan->own, scan->s + from, stop - from);
        if (kind == ABBREVIATION_BEFORE_NAME) return false;
        if (upper) return is_starter(scan, next) || is_opener(at(scan, next, &size));
        return !u_isdigit((UChar32)following) && !goes_on_after_hour(scan, next);
    }
    switch (abbreviations_kind(scan->own, scan->s + from, stop - from)) {
    case ABBREVIATION_BEFORE_NAME: {
        uint32_t first = at(scan, from, &size); /* "the min. The" is still an end: only a capital stands before a name */
        return u_islower((UChar32)first) && is_starter(scan, next);
    }
    case ABBREVIATION_BEFORE_NUMBER: return !u_isdigit((UChar32)following);
    case ABBREVIATION_AFTER_NAME: return is_starter(scan, next) || is_opener(at(scan, next, &size));
    default: return true;
    }
}

/* Was the line that ends at `line_end` only wrapped, so that the sentence goes on? Wrapped lines stand in a paragraph whose lines are all nearly
 * as long as its longest, which is no longer than a page is wide: the next line's first word would not have fitted. */
static bool is_wrapped(const Scan *scan, size_t line_end)
{
    enum { NARROW = 40, WIDE = 110 };
    size_t start = line_end, next = line_end + 1, longest = 0;
    if (line_end > scan->from && scan->s[line_end - 1] == '\r') line_end--;
    while (start > scan->from && scan->s[start - 1] != '\n') start--;
    if (line_end - start > WIDE * 2 || line_end - start < NARROW / 2) return false;
    size_t first_word = next;
    while (first_word < scan->to && (unsigned char)scan->s[first_word] > ' ') first_word++;
    /* the paragraph's longest line, looking a few lines both ways */
    size_t low = start;
    for (int k = 0; k < 6 && low > scan->from + 1 && scan->s[low - 2] != '\n'; k++) {
        size_t end = --low;
        while (low > scan->from && scan->s[low - 1] != '\n') low--;
        if (end - low > longest) longest = end - low;
    }
    size_t high = start;
    for (int k = 0; k < 6 && high < scan->to && scan->s[high] != '\n' && scan->s[high] != '\r'; k++) {
        size_t from = high;
        while (high < scan->to && scan->s[high] != '\n') high++;
        if (high - from > longest) longest = high - from;
        if (high < scan->to) high++;
    }
    if (longest < NARROW || longest > WIDE) return false;
    return line_end - start + 1 + (first_word - next) > longest;
}

/* Is there another line end before the next word, that is, an empty line? */
static bool is_blank_line(const Scan *scan, size_t line_end)
{
    size_t i = line_end + 1;
    while (i < scan->to && (scan->s[i] == ' ' || scan->s[i] == '\t' || scan->s[i] == '\r')) i++;
    return i >= scan->to || scan->s[i] == '\n';
}

/* "ended.The": no space after the full stop, but a lower case word before it and a capitalised one after it, and no address ("site.Com/x"). */
static bool is_lost_space(const Scan *scan, size_t begin, size_t stop, size_t next)
{
    size_t size, from = word_before(scan, stop);
    if (stop < begin + 2 || stop - from >= LONGEST_WORD || next + 1 >= scan->to || memchr(scan->s + from, '.', stop - from) != NULL) return false;
    if (from > scan->from && (scan->s[from - 1] == '/' || scan->s[from - 1] == '@')) return false;
    char b = scan->s[stop - 1], a = scan->s[stop - 2];
    return b >= 'a' && b <= 'z' && a >= 'a' && a <= 'z' && u_isupper((UChar32)at(scan, next, &size)) && u_islower((UChar32)at(scan, next + size, &size));
}

/* Does a sentence end after the terminator of class `mark` at i? If so, *end is where, closing marks included. */
static bool ends_here(const Scan *scan, size_t begin, size_t i, size_t size, Mark mark, size_t *end)
{
    size_t after = i + size, next, width;
    bool several = false, closed = false;
    for (uint32_t c; after < scan->to && after - i < LONGEST_RUN; after += width) { /* "?!", "...", and what closes: '."' */
        c = at(scan, after, &width);
        if (mark_of(c) != NO_MARK && !closed) {
            several = true;
        } else if (is_closer(c)) {
            closed = true;
        } else {
            break;
        }
    }
    next = past_space(scan, after);
    *end = after;
    if (next >= scan->to || mark == FULL) return true;
    if (next == after) return mark == STOP && !several && !closed && is_lost_space(scan, begin, i, next);
    if (memchr(scan->s + after, '\n', next - after) != NULL && is_blank_line(scan, (size_t)((const char *)memchr(scan->s + after, '\n', next - after) - scan->s)))
        return true;
    uint32_t following = at(scan, past_openers(scan, next), &width);
    if (u_islower((UChar32)following)) return false;
    if (following == ',' || following == ';' || following == ':') return false;
    if (mark == STOP && !several) return stop_ends(scan, begin, i, next, closed);
    if (at(scan, i, &width) == 0x2026 || (mark == STOP && several)) return !u_isdigit((UChar32)following);
    return true;
}

static bool add_trimmed(const Scan *scan, size_t begin, size_t end, TextSpans *out)
{
    size_t size;
    while (begin < end && utf8_is_space(at(scan, begin, &size))) begin += size;
    while (end > begin) {
        size_t last = end - 1;
        while (last > begin && ((unsigned char)scan->s[last] & 0xC0) == 0x80) last--;
        if (!utf8_is_space(at(scan, last, &size))) break;
        end = last;
    }
    return begin >= end || spans_add(out, begin, end, 0);
}

bool sentences_find(const char *s, size_t from, size_t to, const Abbreviations *own, TextSpans *out)
{
    const Scan scan = { s, from, to, own };
    size_t begin = from, size, end;
    for (size_t i = from; i < to; i += size) {
        unsigned char b = (unsigned char)s[i];
        size = 1;
        if (b < 0x80 && b != '.' && b != '!' && b != '?' && b != '\n' && b != '\r') continue;
        if (b == '\n' || (b == '\r' && (i + 1 >= to || s[i + 1] != '\n'))) {
            if (is_blank_line(&scan, i) || !is_wrapped(&scan, i)) {
                if (!add_trimmed(&scan, begin, i, out)) return false;
                begin = i + 1;
            }
            continue;
        }
        uint32_t c = at(&scan, i, &size);
        Mark mark = c == 0x2029 || c == 0x2028 ? FULL : mark_of(c);
        if (mark == NO_MARK || !ends_here(&scan, begin, i, size, mark, &end)) continue;
        if (!add_trimmed(&scan, begin, end, out)) return false;
        begin = end;
        size = end - i;
    }
    return add_trimmed(&scan, begin, to, out);
}
