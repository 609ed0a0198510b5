/* Sequence tagger: a linear-chain conditional random field over hashed features (Lafferty, McCallum and Pereira 2001).
 *
 *   text or tokens ──tagger_document──▶ tokens, word attributes, lexicon classes ──templates──▶ feature rows ──▶ labels
 *
 * The kernel knows no names and no kinds of news: labels, feature templates and lexicon come from whoever trains.
 * Knows no Lua and no file. Everything is in bytes; positions handed in and out count from 0, and an end is exclusive.
 *
 * Templates: words separated by white space, each a feature made of one or more atoms joined by '/', an atom being
 * ATTRIBUTE or ATTRIBUTE[OFFSET]:  "lower lower[-1] lower[1] shape[-1]/shape suffix3 class class[1]".
 *   of the word      word lower shape brief (runs of one class as one sign) prefix1..4 suffix1..4 classes (all of its
 *                    classes as one value) group (the one group that the lexicon has it in)
 *   of the token     class (one feature for each class) phrase (each class with its place in the phrase) edge (first, last in its sentence)
 *                    caps (how its sentence is set: plain, title, upper, lower) joined (no space before, after)
 *   of the document  seen (does the word stand elsewhere in small letters, capitalised within a sentence, in a run of capitals)
 *                    left right (classes that stand before and after the word anywhere in the document) */
#ifndef ANNALIST_TEXT_TAGGER_H
#define ANNALIST_TEXT_TAGGER_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

#define TAGGER_MAX_LABELS 64
#define TAGGER_MAX_CLASSES 32
#define TAGGER_MAX_GROUPS 255

typedef struct Tagger Tagger;
typedef struct TaggerDocument TaggerDocument;
typedef struct TaggerTrainer TaggerTrainer;

/* --- tokens: words as names need them. Possessive "'s", hyphens and punctuation stand alone; "U.S.", "J." and "AT&T" are one. --- */

/* Finds the first token at or after *at in text[0, size); false at the end. */
bool tagger_next_token(const char *text, size_t size, size_t *at, size_t *start, size_t *end);

/* Finds the first run of letters and digits from a capital on, at or after *at: "Hadid" in "al-Hadid". Letters beyond ASCII count as capitals.
 * The word right before it (one space or hyphen between; letters and points) is [*before, *before_end), which is empty if there is none. */
bool tagger_next_capital(const char *text, size_t size, size_t *at, size_t *start, size_t *end, size_t *before, size_t *before_end);

/* --- documents --- */

/* An empty document for this tagger. The texts added must outlive it. Free with tagger_document_free. */
TaggerDocument *tagger_document_new(Tagger *tagger, Error *error);
void tagger_document_free(TaggerDocument *document);
/* Empties it, keeping its memory. Call it before each further document. */
bool tagger_document_clear(TaggerDocument *document, Error *error);
/* Adds one sentence: the bytes [start, end) of text are cut into tokens whose positions count from `text`. */
bool tagger_document_add(TaggerDocument *document, const char *text, size_t start, size_t end, Error *error);
/* Adds one token to the sentence that was begun last; `classes` are set beside those of the lexicon. */
bool tagger_document_begin(TaggerDocument *document, Error *error);
bool tagger_document_token(TaggerDocument *document, const char *text, size_t start, size_t end, uint32_t classes, Error *error);
size_t tagger_document_tokens(const TaggerDocument *document);
void tagger_document_token_at(const TaggerDocument *document, size_t token, size_t *start, size_t *end);

/* --- tagging --- */

typedef struct TaggerSpan {
    size_t first, last; /* tokens, both included */
    int kind;           /* tagger_kind_name */
    float score;        /* the least of its tokens' probabilities to be of its kind */
} TaggerSpan;

/* Labels every token: labels[i] and, if not NULL, scores[i] (marginal probability: of the label, or in a span of the kind). Both have room for all tokens. */
bool tagger_tag(Tagger *tagger, TaggerDocument *document, uint8_t *labels, float *scores, Error *error);
/* The same for tagger_spans alone: tokens of a sentence without a span get no scores. */
bool tagger_tag_spans(Tagger *tagger, TaggerDocument *document, uint8_t *labels, float *scores, Error *error);
/* The spans that labels of the BILOU scheme make, in order. Returns how many; at most one a token. */
size_t tagger_spans(const Tagger *tagger, const TaggerDocument *document, const uint8_t *labels, const float *scores, TaggerSpan *spans);

/* Makes spans of a kind be begun more (or less) willingly, by so much log-odds: precision for recall. For documents made afterwards. */
bool tagger_lean(Tagger *tagger, const char *kind, float by, Error *error);

int tagger_label_count(const Tagger *tagger);
/* "O", "B-person", … in a model of spans; the labels as given in any other. */
const char *tagger_label_name(const Tagger *tagger, int label);
bool tagger_has_spans(const Tagger *tagger);
const char *tagger_kind_name(const Tagger *tagger, int kind);
const char *tagger_templates(const Tagger *tagger);
/* Class names by number; NULL past the last. Classes of a single word, as the lexicon has them. */
const char *tagger_class_name(const Tagger *tagger, int class_number);
uint32_t tagger_lexicon_find(const Tagger *tagger, const char *phrase, size_t size);
/* The group of a single word, case ignored; NULL if it is in none. */
const char *tagger_group_find(const Tagger *tagger, const char *word, size_t size);

/* --- training --- */

typedef struct TaggerOptions {
    const char *templates;
    int bits;               /* 2^bits rows of weights */
    int iterations;         /* passes of one run; after that many, a further pass begins a new run, and the runs' mean is kept */
    uint64_t seed;
    float rate;             /* AdaGrad's step */
    float decay;            /* L2 penalty on each weight that is touched */
    float word_dropout;     /* how often a capitalised word's own form is hidden in training */
    float lexicon_dropout;  /* how often a token's lexicon classes are hidden in training */
} TaggerOptions;

/* labels: plain label names, or kinds of spans if `spans` (then the labels are O and B-, I-, L-, U- of each kind). */
Tagger *tagger_new(const TaggerOptions *options, const char *const *labels, int count, bool spans, Error *error);
void tagger_free(Tagger *tagger);
/* Declares a class; returns its number, or -1. */
int tagger_add_class(Tagger *tagger, const char *name, Error *error);
/* Puts a word or phrase (cut into tokens like any text, case ignored) into a class. */
bool tagger_add_phrase(Tagger *tagger, int class_number, const char *phrase, size_t size, Error *error);
/* Groups part the words: where a word is in many classes, it is in one group ("verbs of saying") or in none. Returns its number from 1, or -1. */
int tagger_add_group(Tagger *tagger, const char *name, Error *error);
/* Puts a single word, case ignored, into a group; what it was in before no longer counts. */
bool tagger_add_member(Tagger *tagger, int group, const char *word, size_t size, Error *error);

TaggerTrainer *tagger_trainer_new(Tagger *tagger, Error *error);
void tagger_trainer_free(TaggerTrainer *trainer);
/* Adds a document with its label for each token. For spans: number of the kind + 1 at the first token, -(kind + 1) at the others, 0 outside. */
bool tagger_trainer_add(TaggerTrainer *trainer, TaggerDocument *document, const int *labels, double weight, Error *error);
/* One pass over all sentences, in an order that the seed decides. Returns the mean loss a token through *loss. */
bool tagger_trainer_pass(TaggerTrainer *trainer, double *loss, Error *error);
/* Puts what was learnt into the tagger. Deterministic: the same calls give the same bytes. */
bool tagger_trainer_finish(TaggerTrainer *trainer, Error *error);

/* --- models as bytes --- */

/* The model as one block that the caller frees with free(). */
char *tagger_save(const Tagger *tagger, size_t *size, Error *error);
Tagger *tagger_load(const char *bytes, size_t size, Error *error);

#endif
