/* Names as rows of tokens, compared token by token. What a token may mean (a title, a particle, a given name, a legal form, which
 * spellings are one) is told by the caller as words with flags and groups; how letters travel, by the Aligner. The comparison gives
 * features: plain numbers that say what agrees and what does not. A weighted sum of them, through a logistic curve, is the score.
 * This file knows what roles there are, but no language and no name. */
#ifndef ANNALIST_TEXT_NAMES_H
#define ANNALIST_TEXT_NAMES_H

#include "text/alignment.h"

enum {
    NAME_TOKENS = 12, /* further tokens are left out */
    NAME_GROUPS = 4   /* groups that one word may belong to */
};

enum {
    NAME_PARTICLE = 1,      /* al, bin, de, van: counts little */
    NAME_TITLE = 2,         /* counts nothing, before the name */
    NAME_GIVEN = 4,         /* known as a given name */
    NAME_SURNAME = 8,       /* has a surname's ending */
    NAME_PATRONYMIC = 16,   /* has a patronymic's ending */
    NAME_LEGAL = 32,        /* Ltd, GmbH, OAO: counts little, and says organisation */
    NAME_FEMALE = 64,
    NAME_MALE = 128,
    NAME_COMMON = 256,      /* so frequent that it tells little: Mohammed, Kim, Bank */
    NAME_ORGANISATION = 512,/* a word of organisations' names */
    NAME_PHRASE = 1024,     /* further words may follow and form one word with it: limited liability company */
    NAME_INITIAL = 2048,    /* set by name_parse: one letter, or two with a dot */
    NAME_NUMBER = 4096,     /* set by name_parse */
    NAME_FAMILY = 8192,     /* set by name_parse: by its place or writing the family name */
    NAME_SUFFIX = 16384,    /* Jr, II: counts little */
    NAME_FAMILY_FIRST = 32768 /* a family name that commonly stands first: Kim, Xi, Nguyen */
};

typedef struct NameToken {
    uint32_t flags;
    uint16_t groups[NAME_GROUPS]; /* 0: none */
    uint16_t ending;              /* group of the ending: -ov and -off have the same, -ski another; 0: none known */
    uint8_t ending_length;
    float weight;                 /* 1 for a telling word, less for a common one, near 0 for particles */
    AlignWord word;
} NameToken;

typedef struct Name {
    int count;
    int telling; /* tokens that are neither title, particle nor legal form */
    uint32_t flags; /* all of its tokens' flags */
    bool comma;  /* "Family, Given" */
    bool unknown; /* has letters that the aligner can't spell */
    NameToken tokens[NAME_TOKENS];
} Name;

enum { NAME_FEATURES = 48, NAME_MODELS = 3 };
enum { NAME_MODEL_PERSON, NAME_MODEL_WORD, NAME_MODEL_ORGANISATION };
extern const char *const name_feature_names[NAME_FEATURES + 1];
extern const char *const name_model_names[NAME_MODELS + 1];

/* How a token of one name was met by tokens of the other. */
enum { NAME_MET_NONE, NAME_MET_SPELLING, NAME_MET_VARIANT, NAME_MET_INITIAL, NAME_MET_GLUED };
typedef struct NameLink {
    int a, a_count, b, b_count; /* token ranges, 0-based */
    int kind;
    float cost; /* 0 the same .. 1 nothing alike */
} NameLink;
typedef struct NameComparison {
    int model;
    bool acronym; /* one name is the first letters of the other: a likely sign, where no word could be met */
    bool numbers_differ; /* "Star 1" and "Star 2": whatever else agrees, two */
    int count;
    NameLink links[NAME_TOKENS];
    bool met_a[NAME_TOKENS], met_b[NAME_TOKENS];
    double features[NAME_FEATURES];
} NameComparison;

typedef struct NameKnowledge NameKnowledge;
/* Takes the sealed aligner as its own. */
NameKnowledge *names_new(Aligner *aligner);
void names_free(NameKnowledge *names);
const Aligner *names_aligner(const NameKnowledge *names);

/* A folded word (or several with one space between, for NAME_PHRASE), or an ending when it begins with "-". group 0: none.
 * Telling of the same word again adds flags and groups. */
bool names_word(NameKnowledge *names, const char *word, uint32_t flags, int group, Error *error);
void names_weight(NameKnowledge *names, int model, int feature, double weight);

void name_parse(const NameKnowledge *names, const char *text, size_t length, Name *name);
void name_compare(const NameKnowledge *names, const Name *a, const Name *b, NameComparison *comparison);
double name_score(const NameKnowledge *names, const NameComparison *comparison);

#endif
