/* What the files of the tagger share and nobody else sees: model, document, features. */
#ifndef ANNALIST_TEXT_TAGGER_INSIDE_H
#define ANNALIST_TEXT_TAGGER_INSIDE_H

#include "text/tagger.h"

#define MAX_TEMPLATES 120
#define MAX_ATOMS 4
#define MAX_OFFSET 3
#define OFFSETS (2 * MAX_OFFSET + 1)
#define MAX_FEATURES 512 /* rows of one token */
#define WORDS_KEPT 60000 /* more distinct words than this, and the next document begins with none */
#define PHRASE_LIMIT 6   /* tokens of the longest phrase of the lexicon */

/* Attributes of the word alone come first: features of one of them are summed once a distinct word and kept. */
enum Attribute {
    AT_WORD, AT_LOWER, AT_SHAPE, AT_BRIEF, AT_PREFIX1, AT_PREFIX2, AT_PREFIX3, AT_PREFIX4,
    AT_SUFFIX1, AT_SUFFIX2, AT_SUFFIX3, AT_SUFFIX4, AT_CLASSES, AT_GROUP,
    WORD_ATTRIBUTES,
    AT_EDGE = WORD_ATTRIBUTES, AT_CAPS, AT_JOINED, AT_SEEN,
    SINGLE_ATTRIBUTES, /* from here on: several values a token */
    AT_CLASS = SINGLE_ATTRIBUTES, AT_PHRASE, AT_LEFT, AT_RIGHT,
    ATTRIBUTES
};

typedef struct Atom { uint8_t attribute; int8_t offset; } Atom;

typedef struct Template {
    Atom atoms[MAX_ATOMS];
    uint8_t count;
    uint8_t multiple;   /* its last atom has several values */
    uint8_t hides_word, hides_classes; /* what dropout may hide */
    uint64_t seed;
} Template;

/* One entry of the lexicon, found by the hash of its lower-case tokens. */
typedef struct LexiconEntry {
    uint32_t hash;    /* 0 = free */
    uint32_t classes;
    uint8_t group;    /* number from 1 of the group that the word is in; 0: none */
    uint8_t prefix;   /* a longer phrase begins with it */
} LexiconEntry;

/* A distinct word of the texts read so far. Pure function of its bytes, so that it may be kept from document to document. */
typedef struct Word {
    uint64_t hash;
    uint32_t values[WORD_ATTRIBUTES];     /* 0 = lacks it */
    uint32_t classes;
    uint32_t lower;                       /* hash of the lower-case form as the lexicon chains it */
    uint32_t folded;                      /* place of the lower-case form */
    uint8_t kind;                         /* enum WordKind */
    uint8_t begins;                       /* a phrase of the lexicon */
    uint8_t ready[OFFSETS];               /* sums[] filled for this offset */
} Word;

enum WordKind { WORD_OTHER, WORD_LOWER, WORD_CAPITAL, WORD_UPPER, WORD_NUMBER };

struct Tagger {
    char *templates_text;
    Template templates[MAX_TEMPLATES];
    int template_count;
    /* numbers of the templates that are summed a word and offset, and of the rest */
    uint8_t word_templates[OFFSETS][MAX_TEMPLATES];
    int word_template_count[OFFSETS];
    uint8_t token_templates[MAX_TEMPLATES];
    int token_template_count;

    char *names[TAGGER_MAX_LABELS];   /* kinds or plain labels, as given */
    int name_count;
    char *label_names[TAGGER_MAX_LABELS];
    int labels, lanes;                /* lanes: labels rounded up to 16 */
    bool spans;
    int bits;
    TaggerOptions options;

    char *class_names[TAGGER_MAX_CLASSES];
    int class_count;
    char *group_names[TAGGER_MAX_GROUPS];
    int group_count;
    LexiconEntry *lexicon;
    size_t lexicon_size, lexicon_used; /* size is a power of two */

    int8_t *weights;                  /* [1 << bits][lanes] */
    float scale;                      /* a weight is scale * its byte */
    float transitions[TAGGER_MAX_LABELS][TAGGER_MAX_LABELS]; /* from, to */
    bool allowed[TAGGER_MAX_LABELS][TAGGER_MAX_LABELS], may_begin[TAGGER_MAX_LABELS], may_end[TAGGER_MAX_LABELS];

    Word *words;                      /* places never move */
    size_t word_used, word_capacity;
    uint32_t *word_index;             /* place + 1, by hash; size is a power of two */
    size_t word_index_size;
    int16_t *sums;                    /* [word_capacity][OFFSETS][lanes] */
    size_t sum_capacity;
};

typedef struct Token {
    size_t start, end;
    uint32_t word;            /* place in tagger->words */
    uint32_t classes;         /* of its own, of its phrases, and given from outside */
    uint32_t begin, inside;   /* classes of phrases of several tokens that begin here, go on here */
    uint32_t left, right;     /* classes about the word anywhere in the document */
    uint8_t single[SINGLE_ATTRIBUTES - WORD_ATTRIBUTES]; /* AT_EDGE … AT_SEEN, each + 1 */
    uint8_t first_in_sentence;
} Token;

/* What the whole document says of a word (its lower-case form); valid if stamp is the document's. */
typedef struct WordInDocument {
    uint32_t stamp, left, right;
    uint8_t seen;
} WordInDocument;

struct TaggerDocument {
    Tagger *tagger;
    Token *tokens;
    size_t count, capacity;
    size_t *sentences;        /* first token of each */
    size_t sentence_count, sentence_capacity;
    struct WordInDocument *seen; /* by place of the lower-case form */
    size_t seen_capacity;
    uint32_t stamp;
    int16_t *scores;          /* [count][lanes] emissions */
    size_t score_capacity;
    struct Lattice *lattice;
    bool prepared;
};

/* tagger_words.c */
uint64_t tagger_hash(const char *bytes, size_t size, uint64_t seed);
bool tagger_word_find(Tagger *tagger, const char *bytes, size_t size, uint32_t *place, Error *error);
bool tagger_words_reset(Tagger *tagger, Error *error);
uint32_t tagger_lower_hash(const char *bytes, size_t size);
uint32_t tagger_chain(uint32_t hash, uint32_t next);
const LexiconEntry *tagger_lexicon_entry(const Tagger *tagger, uint32_t hash);
bool tagger_lexicon_put(Tagger *tagger, const LexiconEntry *added, Error *error);

/* tagger_features.c */
bool tagger_parse_templates(Tagger *tagger, const char *text, Error *error);
bool tagger_document_prepare(TaggerDocument *document, Error *error);
/* The weight rows of one token. flags[i]: 1 its word's form, 2 its classes. Returns their number. */
int tagger_features(const Tagger *tagger, const TaggerDocument *document, size_t sentence, size_t token, uint32_t *rows, uint8_t *flags);
/* Emissions of all tokens into document->scores. */
bool tagger_emissions(Tagger *tagger, TaggerDocument *document, Error *error);
size_t tagger_sentence_end(const TaggerDocument *document, size_t sentence);

/* tagger_lattice.c: paths of labels through one sentence */
typedef struct Lattice {
    float *emissions, *forward, *backward, *norm; /* [size][lanes]; norm [size] */
    uint8_t *back;                                /* [size][lanes] */
    size_t capacity, forward_capacity, backward_capacity, norm_capacity, back_capacity;
    float factor[TAGGER_MAX_LABELS][TAGGER_MAX_LABELS]; /* exp of the allowed transitions, 0 for the others */
    float from[TAGGER_MAX_LABELS][TAGGER_MAX_LABELS];   /* the same by the label gone to */
    uint8_t before[TAGGER_MAX_LABELS][TAGGER_MAX_LABELS]; /* labels that may stand before a label, in order */
    uint8_t before_count[TAGGER_MAX_LABELS];
} Lattice;
Lattice *lattice_new(Error *error);
void lattice_free(Lattice *lattice);
bool lattice_reserve(Lattice *lattice, size_t size, int lanes, Error *error);
/* Reads the tagger's transitions; call again when they have changed. */
void lattice_transitions(Lattice *lattice, const Tagger *tagger);
/* The best path through lattice->emissions. */
void lattice_best(Lattice *lattice, const Tagger *tagger, size_t size, uint8_t *labels);
/* Fills forward and backward, so that forward * backward is each label's marginal; returns the log of the partition sum. */
double lattice_marginals(Lattice *lattice, const Tagger *tagger, size_t size);

/* tagger.c */
void tagger_scheme(Tagger *tagger);
bool tagger_reserve(void **block, size_t *capacity, size_t want, size_t item, Error *error);

#endif
