/* From every script to Latin letters, and on to the keys under which names are looked up. ICU's transforms are slow (some 100,000 words a second),
 * so that what was made of a short string is kept in a map of bounded size. Output is appended; bad UTF-8 becomes U+FFFD. */
#ifndef ANNALIST_TEXT_TRANSLITERATE_H
#define ANNALIST_TEXT_TRANSLITERATE_H

#include "error.h"
#include "text/spans.h"

#define TRANSLITERATE_ASCII "Latin-ASCII"
#define TRANSLITERATE_LATIN "Any-Latin; Latin-ASCII"

/* Any ICU transform by its id. false with an error when there is no such transform, or memory is out. */
bool transliterate(const char *s, size_t length, const char *id, Octets *out, Error *error);

/* latin, folded, punctuation dropped, runs of white space and hyphens as one space: "Al-Bab’s" -> "al babs". */
bool transliterate_key(const char *s, size_t length, Octets *out, Error *error);

/* The consonants of the key, spellings of one sound written one way: "Zhumabek", "Jumabek" and "Жумабек" are "zmbk".
 * A word keeps "a" for its first letter when that is a vowel. Words stay apart. */
bool transliterate_skeleton(const char *s, size_t length, Octets *out, Error *error);

#endif
