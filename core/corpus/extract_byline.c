/* Lines that say who wrote an article and when, as readers see them: "By Ann Marlow and Piet Visser, 2 March 2021", "Von Anna Ott", "Published: Tuesday,
 * March 2, 2021". */
#include "corpus/extract_inside.h"

#include "corpus/date.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { LONGEST = 160, MOST_NAMES = 14 };

static size_t word_at(const char *s, size_t n, size_t i)
{
    size_t length = 0;
    while (i + length < n && s[i + length] != ' ' && !strchr(",;|/()[]", s[i + length]))
        length++;
    return length;
}

static bool is_one(const char *word, size_t n, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == n && strncasecmp(word, *list, n) == 0)
            return true;
    return false;
}

/* The length of "By ", "Written by ", "Von ", "Author: " at the beginning, 0 if there is none. */
static size_t introduction(const char *s, size_t n)
{
    static const char *const all[] = { "by ", "by: ", "written by ", "written by: ", "posted by ", "published by ", "reported by ", "story by ", "words by ", "text by ", "author: ",
                                       "authors: ", "von ", "par ", "por ", "di ", "door ", "autor: ", "autore: ", "auteur: ", "\xD0\x90\xD0\xB2\xD1\x82\xD0\xBE\xD1\x80: ",
                                       "\xD0\xB0\xD0\xB2\xD1\x82\xD0\xBE\xD1\x80: ", NULL };
    for (int i = 0; all[i]; i++)
        if (strlen(all[i]) < n && strncasecmp(s, all[i], strlen(all[i])) == 0)
            return strlen(all[i]);
    return 0;
}

static bool is_capital(const char *s, size_t n)
{
    UChar32 u;
    size_t at = 0;
    U8_NEXT(s, at, (int32_t)n, u);
    return u > 0 && u_isalpha(u) && !u_islower(u); /* a writing without case counts as well */
}

static bool is_time_word(const char *word, size_t n)
{
    static const char *const days[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august",
                                        "september", "october", "november", "december", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
                                        "sept", "oct", "nov", "dec", "updated", "published", "posted", "last", "on", NULL };
    return is_one(word, n > 0 && (word[n - 1] == '.' || word[n - 1] == ':') ? n - 1 : n, days);
}

/* How far names reach in s from `at` on: words with capitals, the small words between them, "and" and commas between several. */
static size_t names_end(const char *s, size_t n, size_t at, int *words)
{
    static const char *const particles[] = { "de", "da", "di", "del", "della", "der", "den", "dos", "du", "van", "von", "zu", "bin", "ibn", "al", "el", "la", "le", "ter", "ten", NULL };
    static const char *const joiners[] = { "and", "&", "und", "et", "y", "e", "en", "\xD0\xB8", "with", NULL };
    size_t end = at;
    *words = 0;
    while (at < n && *words < MOST_NAMES) {
        size_t length = word_at(s, n, at);
        const char *word = s + at;
        if (length == 0 && (s[at] == ',' || s[at] == ' ')) {
            at++;
            continue;
        }
        bool small = is_one(word, length, particles) || is_one(word, length, joiners);
        if (length == 0 || (!small && (!is_capital(word, length) || is_time_word(word, length))))
            break;
        at += length;
        if (!small) {
            end = at;
            ++*words;
        }
    }
    return end;
}

/* What comes after the names of a byline: nothing, a separator, a date, "for the Coastal News". "Di Marzo scores twice" is none. */
static bool may_follow_names(const char *s, size_t n)
{
    static const char *const words[] = { "in", "for", "at", NULL };
    while (n > 0 && *s == ' ')
        s++, n--;
    if (n == 0 || isdigit((unsigned char)*s) || strchr(",;|/()[]-*@", *s) || (n >= 3 && memcmp(s, "\xE2\x80", 2) == 0) || (unsigned char)*s == 0xC2)
        return true;
    size_t length = word_at(s, n, 0);
    return is_time_word(s, length) || is_one(s, length, words);
}

/* "Posted on March 2, 2021 by Ann Marlow", "2 March 2021 | By Ann Marlow": where the names begin, 0 if there is no such thing */
static size_t names_after_date(const char *text, size_t n)
{
    enum { FAR = 70 };
    char date[DATE_TEXT];
    for (size_t i = 4; i + 4 < n && i < FAR; i++)
        if (strncasecmp(text + i, " by ", 4) == 0)
            return byline_date(text, i, date) || is_time_word(text, word_at(text, n, 0)) ? i + 4 : 0;
    return 0;
}

bool byline_names(const char *text, size_t n, bool introduced, Octets *out)
{
    size_t from = n <= LONGEST ? introduction(text, n) : 0;
    int words;
    if (from == 0 && n <= LONGEST)
        from = names_after_date(text, n);
    octets_clear(out);
    if (n == 0 || n > LONGEST || (introduced && from == 0))
        return false;
    while (from < n && text[from] == ' ')
        from++;
    size_t end = names_end(text, n, from, &words);
    bool said = from > 0 ? words >= 1 : words >= 2;
    return said && end > from + 2 && may_follow_names(text + end, n - end) && octets_add(out, text + from, end - from);
}

bool byline_date(const char *text, size_t n, char date[DATE_TEXT])
{
    if (n < 6 || n > LONGEST)
        return false;
    for (size_t i = 0; i < n; i++)
        if ((i == 0 || strchr(" (,|", text[i - 1]) || (text[i - 1] == ':' && i > 1 && isalpha((unsigned char)text[i - 2]))) && (isdigit((unsigned char)text[i]) || is_time_word(text + i, word_at(text, n, i)))) {
            size_t end = n;
            while (end > i + 5) { /* whatever comes after it: "6 October 2020 - 10:30 by Ann" */
                if (date_to_iso(text + i, end - i, date) && strlen(date) >= 10) {
                    date[10] = 0; /* what is taken for a clock may be the year of a line cut in the middle */
                    return true;
                }
                do
                    end--;
                while (end > i && text[end] != ' ');
            }
        }
    return false;
}
