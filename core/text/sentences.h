/* Where sentences stand in a text. A full stop ends one unless it belongs to an abbreviation, an initial, a number or an acronym;
 * a line end does unless the line was only wrapped. */
#ifndef ANNALIST_TEXT_SENTENCES_H
#define ANNALIST_TEXT_SENTENCES_H

#include "text/spans.h"

/* How an abbreviation stands before the next word. */
typedef enum AbbreviationKind {
    ABBREVIATION_NONE,
    ABBREVIATION_BEFORE_NAME,   /* never ends a sentence: "Dr.", "Gen.", "vs." */
    ABBREVIATION_BEFORE_NUMBER, /* doesn't before a number: "No. 5", "Art. 12", "Oct. 6" */
    ABBREVIATION_AFTER_NAME     /* ends one only before a word that often begins one: "Inc. The", but "Inc. Chairman" */
} AbbreviationKind;

typedef struct Abbreviations Abbreviations; /* a set of one's own, beside the built-in one */

/* NULL when memory is out. The caller frees it with abbreviations_free. */
Abbreviations *abbreviations_new(void);
void abbreviations_free(Abbreviations *set);
/* `word` is written without its last full stop, in any case. false when memory is out or the word is longer than 30 bytes. */
bool abbreviations_add(Abbreviations *set, const char *word, size_t length, AbbreviationKind kind);
AbbreviationKind abbreviations_kind(const Abbreviations *set, const char *word, size_t length);

/* Adds the sentences of s[from .. to), without the white space around them. `own` may be NULL. false when memory is out. */
bool sentences_find(const char *s, size_t from, size_t to, const Abbreviations *own, TextSpans *out);

#endif
