/* Where words and other tokens stand in a text: Unicode's word boundaries (UAX #29), made for speed. Differences from the letter of the standard,
 * because of how news arrives: a full stop between a lower and an upper case letter ends a word ("ended.The" are two), a colon ends it,
 * and two or more full stops or hyphens in a row are one token. */
#ifndef ANNALIST_TEXT_WORDS_H
#define ANNALIST_TEXT_WORDS_H

#include "text/spans.h"

typedef enum WordKind { WORDS_WORD, WORDS_NUMBER, WORDS_PUNCT, WORDS_SYMBOL } WordKind;

/* Adds the tokens of s[from .. to) to `out`, each with its WordKind; with `only_words`, no punctuation and symbols.
 * false when memory is out. */
bool words_find(const char *s, size_t from, size_t to, bool only_words, TextSpans *out);

#endif
