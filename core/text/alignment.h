/* Weighted alignment of two spellings of a word. An edit distance whose single steps may exchange several letters for several others
 * ("tsch" for "ch", "ow$" for "ov$"), each at its own price. Which steps there are and what they cost is told by the caller:
 * this file knows letters and prices, no language and no names.
 *
 * A spelling is first folded to the alphabet a-z 0-9, with ^ before and $ behind it, so that a step can be bound to a beginning or an end.
 * Costs are in hundredths of an exchange of two unlike consonants. */
#ifndef ANNALIST_TEXT_ALIGNMENT_H
#define ANNALIST_TEXT_ALIGNMENT_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ALIGN_LETTERS = 30,   /* a word is cut after so many letters (the anchors come on top) */
    ALIGN_STEP = 8,       /* longest side of a step, anchors counted */
    ALIGN_FAR = 10000     /* the distance of words that are not worth comparing */
};

typedef struct Aligner Aligner;

/* One stretch of a word that some step knows: its number and how many letters it is long. */
typedef struct AlignPiece {
    uint16_t id;
    uint8_t length;
} AlignPiece;

/* A word made ready. `pieces` of position p are pieces[start[p]] .. pieces[start[p + 1] - 1]. */
typedef struct AlignWord {
    char text[ALIGN_LETTERS + 3]; /* "^name$" */
    uint8_t length;               /* with both anchors */
    bool bare;                    /* set by the caller: written without short vowels, as Arabic and Hebrew are */
    uint32_t sounds;              /* a bit for each class of consonants in it */
    uint8_t start[ALIGN_LETTERS + 3];
    AlignPiece pieces[(ALIGN_LETTERS + 2) * 4];
} AlignWord;

/* One step of the cheapest alignment, as byte ranges of the two folded words (0-based, anchors not counted; a range may be empty). */
typedef struct AlignStep {
    int a, a_length, b, b_length, cost;
} AlignStep;

Aligner *aligner_new(void);
void aligner_free(Aligner *aligner);

/* `letter` is written `ascii` (at most 7 bytes of a-z 0-9, or empty). false when it can't be. */
bool aligner_letter(Aligner *aligner, uint32_t letter, const char *ascii, Error *error);

/* `a` may stand for `b` and the other way round. Either side may be empty, or begin with ^, or end with $. */
bool aligner_step(Aligner *aligner, const char *a, const char *b, int cost, Error *error);

/* Call once after the last step and before the first word. */
bool aligner_seal(Aligner *aligner, Error *error);

/* The ASCII spelling of a letter; NULL if it has none (then it parts words, unless `*known` is false: a letter that nobody told of). */
const char *aligner_spelling(const Aligner *aligner, uint32_t letter);

/* Makes a folded word (a-z 0-9, without anchors) ready. */
void aligner_word(const Aligner *aligner, const char *folded, size_t length, AlignWord *word);

/* The cost of the cheapest alignment, or ALIGN_FAR when it is above `limit`. */
int aligner_distance(const Aligner *aligner, const AlignWord *a, const AlignWord *b, int limit);

/* The same with the steps (first to last) in `steps`, which has room for ALIGN_LETTERS * 2 of them; `count` is set. */
int aligner_trace(const Aligner *aligner, const AlignWord *a, const AlignWord *b, AlignStep *steps, int *count);

#endif
