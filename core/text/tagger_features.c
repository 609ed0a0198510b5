/* Features of the sequence tagger: templates, what the sentence and the document add to a word, rows of weights.
 * A feature is a hash of its template and values; its row is the hash's lower bits (Weinberger et al. 2009). No
 * dictionary of features is kept, so a model is as large as its table whatever it was trained on. */
#include "text/tagger_inside.h"

#include <stdlib.h>
#include <string.h>

#define OUTSIDE 0x5157u /* value of every attribute before the sentence's first and after its last token */

static const char *const ATTRIBUTE_NAMES[ATTRIBUTES] = {
    "word", "lower", "shape", "brief", "prefix1", "prefix2", "prefix3", "prefix4", "suffix1", "suffix2", "suffix3", "suffix4",
    "classes", "group", "edge", "caps", "joined", "seen", "class", "phrase", "left", "right",
};

/* --- templates --- */

/* Reads one atom such as "lower[-1]" of text[0, size). */
static bool parse_atom(const char *text, size_t size, Atom *atom, Error *error)
{
    const char *bracket = memchr(text, '[', size);
    size_t name = bracket ? (size_t)(bracket - text) : size;
    for (int i = 0; i < ATTRIBUTES; i++) {
        if (strlen(ATTRIBUTE_NAMES[i]) != name || memcmp(ATTRIBUTE_NAMES[i], text, name) != 0) continue;
        long offset = 0;
        if (bracket) {
            char *end;
            offset = strtol(bracket + 1, &end, 10);
            if (end == bracket + 1 || end != text + size - 1 || *end != ']')
                return error_set(error, "template: '%.*s' has no offset such as [-1]", (int)size, text);
        }
        if (offset < -MAX_OFFSET || offset > MAX_OFFSET)
            return error_set(error, "template: '%.*s' reaches further than %d tokens", (int)size, text, MAX_OFFSET);
        atom->attribute = (uint8_t)i;
        atom->offset = (int8_t)offset;
        return true;
    }
    return error_set(error, "template: no attribute is named '%.*s'", (int)name, text);
}

static bool parse_template(Tagger *tagger, const char *text, size_t size, Error *error)
{
    if (tagger->template_count == MAX_TEMPLATES) return error_set(error, "template: more than %d features", MAX_TEMPLATES);
    Template *t = &tagger->templates[tagger->template_count];
    memset(t, 0, sizeof *t);
    t->seed = tagger_hash(text, size, 5);
    for (size_t at = 0; at <= size;) {
        const char *slash = memchr(text + at, '/', size - at);
        size_t end = slash ? (size_t)(slash - text) : size;
        if (t->count == MAX_ATOMS) return error_set(error, "template: '%.*s' has more than %d atoms", (int)size, text, MAX_ATOMS);
        Atom *atom = &t->atoms[t->count];
        if (!parse_atom(text + at, end - at, atom, error)) return false;
        t->count++;
        if (atom->attribute <= AT_LOWER || (atom->attribute >= AT_PREFIX1 && atom->attribute <= AT_SUFFIX4) || atom->attribute == AT_GROUP)
            t->hides_word |= atom->offset == 0;
        if (atom->attribute == AT_CLASSES || atom->attribute >= SINGLE_ATTRIBUTES) t->hides_classes |= atom->offset == 0;
        if (atom->attribute >= SINGLE_ATTRIBUTES) {
            if (t->multiple) return error_set(error, "template: '%.*s' joins two attributes of several values", (int)size, text);
            t->multiple = 1;
        }
        at = end + 1;
    }
    for (int i = 0; t->multiple && i < t->count - 1; i++) { /* the one of several values goes last */
        if (t->atoms[i].attribute < SINGLE_ATTRIBUTES) continue;
        Atom several = t->atoms[i];
        t->atoms[i] = t->atoms[t->count - 1];
        t->atoms[t->count - 1] = several;
    }
    uint8_t number = (uint8_t)tagger->template_count++;
    if (t->count == 1 && t->atoms[0].attribute < WORD_ATTRIBUTES) {
        int slot = t->atoms[0].offset + MAX_OFFSET;
        tagger->word_templates[slot][tagger->word_template_count[slot]++] = number;
    } else {
        tagger->token_templates[tagger->token_template_count++] = number;
    }
    return true;
}

bool tagger_parse_templates(Tagger *tagger, const char *text, Error *error)
{
    size_t at = 0;
    while (text[at += strspn(text + at, " \t\r\n")]) {
        size_t size = strcspn(text + at, " \t\r\n");
        if (!parse_template(tagger, text + at, size, error)) return false;
        at += size;
    }
    return tagger->template_count > 0 || error_set(error, "template: there is no feature in it");
}

/* --- what sentence and document add to a word --- */

size_t tagger_sentence_end(const TaggerDocument *d, size_t sentence)
{
    return sentence + 1 < d->sentence_count ? d->sentences[sentence + 1] : d->count;
}

static const Word *word_of(const TaggerDocument *d, size_t token) { return &d->tagger->words[d->tokens[token].word]; }

/* Marks the longest phrases of the lexicon, from left to right. */
static void find_phrases(TaggerDocument *d, size_t from, size_t to)
{
    for (size_t i = from; i < to;) {
        if (!word_of(d, i)->begins) {
            i++;
            continue;
        }
        const LexiconEntry *entry = tagger_lexicon_entry(d->tagger, word_of(d, i)->lower);
        uint32_t hash = entry ? entry->hash : 0, classes = 0;
        size_t length = 1;
        for (size_t n = 1; entry && entry->prefix && i + n < to; n++) {
            hash = tagger_chain(hash, word_of(d, i + n)->lower);
            entry = tagger_lexicon_entry(d->tagger, hash);
            if (entry && entry->classes) {
                classes = entry->classes;
                length = n + 1;
            }
        }
        for (size_t n = 0; classes && n < length; n++) {
            d->tokens[i + n].classes |= classes;
            if (n == 0) d->tokens[i].begin |= classes;
            else d->tokens[i + n].inside |= classes;
        }
        i += length;
    }
}

enum Setting { PLAIN = 1, TITLE, ALL_UPPER, ALL_LOWER };

/* How a sentence is set: "Talks On Budget Collapse" says nothing by its capitals. */
static uint8_t setting_of(const TaggerDocument *d, size_t from, size_t to)
{
    size_t lower = 0, capital = 0, upper = 0, longer = 0;
    for (size_t i = from; i < to; i++) {
        int kind = word_of(d, i)->kind;
        lower += kind == WORD_LOWER;
        longer += kind == WORD_LOWER && d->tokens[i].end - d->tokens[i].start > 3;
        capital += kind == WORD_CAPITAL;
        upper += kind == WORD_UPPER;
    }
    if (upper >= 3 && upper * 10 >= 7 * (upper + lower + capital)) return ALL_UPPER;
    if (capital + upper == 0) return ALL_LOWER;
    if (capital >= 3 && longer * 4 <= capital) return TITLE;
    return PLAIN;
}

static void set_sentence(TaggerDocument *d, size_t from, size_t to)
{
    uint8_t setting = setting_of(d, from, to);
    bool first = true;
    for (size_t i = from; i < to; i++) {
        Token *t = &d->tokens[i];
        t->classes |= word_of(d, i)->classes;
        int kind = word_of(d, i)->kind;
        t->first_in_sentence = first;
        if (kind != WORD_OTHER) first = false;
        t->single[AT_CAPS - WORD_ATTRIBUTES] = setting;
        t->single[AT_EDGE - WORD_ATTRIBUTES] = (uint8_t)(1 + t->first_in_sentence + 2 * (i + 1 == to));
        bool before = i > from && d->tokens[i - 1].end == t->start, after = i + 1 < to && d->tokens[i + 1].start == t->end;
        t->single[AT_JOINED - WORD_ATTRIBUTES] = (uint8_t)(1 + before + 2 * after);
    }
    find_phrases(d, from, to);
}

static bool has_capital(const Word *w) { return w->kind == WORD_CAPITAL || w->kind == WORD_UPPER; }

enum { SEEN_LOWER = 1, SEEN_CAPITAL = 2, SEEN_SECOND = 4, SEEN_FIRST = 8, SEEN_OFTEN = 16 };

/* Notes of every capitalised word what the whole document does with it. */
static void note_words(TaggerDocument *d, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const Word *w = word_of(d, i);
        const Token *t = &d->tokens[i];
        WordInDocument *seen = &d->seen[w->folded];
        if (seen->stamp != d->stamp) *seen = (WordInDocument){ .stamp = d->stamp };
        if (w->kind == WORD_LOWER) seen->seen |= SEEN_LOWER;
        if (!has_capital(w) || t->single[AT_CAPS - WORD_ATTRIBUTES] != PLAIN) continue;
        if (!t->first_in_sentence) {
            if (seen->seen & SEEN_CAPITAL) seen->seen |= SEEN_OFTEN;
            seen->seen |= SEEN_CAPITAL;
        }
        if (i > from) {
            if (has_capital(word_of(d, i - 1)) && !d->tokens[i - 1].first_in_sentence) seen->seen |= SEEN_SECOND;
            seen->left |= d->tokens[i - 1].classes;
        }
        if (i + 1 < to) {
            if (has_capital(word_of(d, i + 1))) seen->seen |= SEEN_FIRST;
            seen->right |= d->tokens[i + 1].classes;
        }
    }
}

bool tagger_document_prepare(TaggerDocument *d, Error *error)
{
    if (d->prepared) return true;
    size_t had = d->seen_capacity;
    void *seen = d->seen;
    if (!tagger_reserve(&seen, &d->seen_capacity, d->tagger->word_used, sizeof *d->seen, error)) return false;
    d->seen = seen;
    memset(d->seen + had, 0, (d->seen_capacity - had) * sizeof *d->seen);
    d->stamp++;
    for (size_t s = 0; s < d->sentence_count; s++) set_sentence(d, d->sentences[s], tagger_sentence_end(d, s));
    for (size_t s = 0; s < d->sentence_count; s++) note_words(d, d->sentences[s], tagger_sentence_end(d, s));
    for (size_t i = 0; i < d->count; i++) {
        const Word *w = word_of(d, i);
        if (!has_capital(w)) continue;
        const WordInDocument *about = &d->seen[w->folded];
        d->tokens[i].single[AT_SEEN - WORD_ATTRIBUTES] = (uint8_t)(about->seen + 1);
        d->tokens[i].left = about->left;
        d->tokens[i].right = about->right;
    }
    d->prepared = true;
    return true;
}

/* --- rows --- */

static uint64_t blend(uint64_t h, uint32_t value)
{
    h ^= (uint64_t)value * 0x9e3779b97f4a7c15u;
    h ^= h >> 29;
    return h * 0xbf58476d1ce4e5b9u;
}

static uint32_t row_of(const Tagger *tagger, uint64_t h) { return (uint32_t)(h >> (64 - tagger->bits)); }

/* Calls for each value of a many-valued attribute: `bits` from number `base` on. */
static int rows_of_bits(const Tagger *tagger, uint64_t h, uint32_t bits, uint32_t base, uint32_t *rows)
{
    int n = 0;
    for (; bits; bits &= bits - 1) rows[n++] = row_of(tagger, blend(h, base + (uint32_t)__builtin_ctz(bits)));
    return n;
}

/* Rows of one template at a token; `from` and `to` bound its sentence. */
static inline int template_rows(const Tagger *tagger, const TaggerDocument *d, const Template *t, size_t from, size_t to, size_t token, uint32_t *rows)
{
    uint64_t h = t->seed;
    for (int a = 0; a < t->count; a++) {
        Atom atom = t->atoms[a];
        size_t at = token + (size_t)(ptrdiff_t)atom.offset; /* wraps round below 0, and is then no smaller than `to` */
        bool inside = at >= from && at < to;
        const Token *there = &d->tokens[inside ? at : token];
        uint32_t value = OUTSIDE;
        if (atom.attribute < WORD_ATTRIBUTES) {
            if (inside) value = tagger->words[there->word].values[atom.attribute];
        } else if (atom.attribute < SINGLE_ATTRIBUTES) {
            if (inside) value = there->single[atom.attribute - WORD_ATTRIBUTES];
        } else {
            if (!inside) return 0;
            switch (atom.attribute) {
            case AT_CLASS: return rows_of_bits(tagger, h, there->classes, 1, rows);
            case AT_LEFT: return rows_of_bits(tagger, h, there->left, 1, rows);
            case AT_RIGHT: return rows_of_bits(tagger, h, there->right, 1, rows);
            default: {
                int n = rows_of_bits(tagger, h, there->begin, 100, rows);
                return n + rows_of_bits(tagger, h, there->inside, 200, rows + n);
            }
            }
        }
        if (value == 0) return 0;
        h = blend(h, value);
    }
    rows[0] = row_of(tagger, h);
    return 1;
}

int tagger_features(const Tagger *tagger, const TaggerDocument *d, size_t sentence, size_t token, uint32_t *rows, uint8_t *flags)
{
    size_t from = d->sentences[sentence], to = tagger_sentence_end(d, sentence);
    bool capital = has_capital(word_of(d, token));
    int n = 0;
    for (int i = 0; i < tagger->template_count && n + 2 * TAGGER_MAX_CLASSES < MAX_FEATURES; i++) {
        const Template *t = &tagger->templates[i];
        int more = template_rows(tagger, d, t, from, to, token, rows + n);
        uint8_t flag = (uint8_t)((capital && t->hides_word ? 1 : 0) | (t->hides_classes ? 2 : 0));
        for (int k = 0; k < more; k++) flags[n + k] = flag;
        n += more;
    }
    return n;
}

/* --- emissions --- */

static inline void add_row(int16_t *restrict sum, const int8_t *restrict row, int lanes)
{
    for (int base = 0; base < lanes; base += 16)
        for (int k = 0; k < 16; k++) sum[base + k] = (int16_t)(sum[base + k] + row[base + k]);
}

static inline void add_sum(int16_t *restrict sum, const int16_t *restrict other, int lanes)
{
    for (int base = 0; base < lanes; base += 16)
        for (int k = 0; k < 16; k++) sum[base + k] = (int16_t)(sum[base + k] + other[base + k]);
}

/* The sum of all features of one attribute of the word at a distance: made once a distinct word. */
static const int16_t *word_sum(Tagger *tagger, uint32_t place, int slot)
{
    Word *w = &tagger->words[place];
    int16_t *sum = tagger->sums + ((size_t)place * OFFSETS + (size_t)slot) * (size_t)tagger->lanes;
    if (w->ready[slot]) return sum;
    memset(sum, 0, sizeof *sum * (size_t)tagger->lanes);
    for (int i = 0; i < tagger->word_template_count[slot]; i++) {
        const Template *t = &tagger->templates[tagger->word_templates[slot][i]];
        uint32_t value = w->values[t->atoms[0].attribute];
        if (value) add_row(sum, tagger->weights + (size_t)row_of(tagger, blend(t->seed, value)) * (size_t)tagger->lanes, tagger->lanes);
    }
    w->ready[slot] = 1;
    return sum;
}

/* Rows first and sums after, so that the rows are on their way from memory while the next ones are worked out. */
static void token_emission(Tagger *tagger, TaggerDocument *d, size_t from, size_t to, size_t token)
{
    int lanes = tagger->lanes, n = 0;
    int16_t *sum = d->scores + token * (size_t)lanes;
    uint32_t rows[MAX_FEATURES];
    for (int i = 0; i < tagger->token_template_count && n + 2 * TAGGER_MAX_CLASSES < MAX_FEATURES; i++) {
        int more = template_rows(tagger, d, &tagger->templates[tagger->token_templates[i]], from, to, token, rows + n);
        for (int k = 0; k < more; k++) __builtin_prefetch(tagger->weights + (size_t)rows[n + k] * (size_t)lanes);
        n += more;
    }
    memset(sum, 0, sizeof *sum * (size_t)lanes);
    for (int slot = 0; slot < OFFSETS; slot++) {
        if (!tagger->word_template_count[slot]) continue;
        size_t at = token + (size_t)(ptrdiff_t)(slot - MAX_OFFSET);
        if (at >= from && at < to) {
            add_sum(sum, word_sum(tagger, d->tokens[at].word, slot), lanes);
            continue;
        }
        for (int i = 0; i < tagger->word_template_count[slot]; i++) {
            const Template *t = &tagger->templates[tagger->word_templates[slot][i]];
            add_row(sum, tagger->weights + (size_t)row_of(tagger, blend(t->seed, OUTSIDE)) * (size_t)lanes, lanes);
        }
    }
    for (int k = 0; k < n; k++) add_row(sum, tagger->weights + (size_t)rows[k] * (size_t)lanes, lanes);
}

bool tagger_emissions(Tagger *tagger, TaggerDocument *d, Error *error)
{
    void *scores = d->scores;
    if (!tagger_document_prepare(d, error)) return false;
    if (!tagger_reserve(&scores, &d->score_capacity, d->count + 1, sizeof(int16_t) * (size_t)tagger->lanes, error)) return false;
    d->scores = scores;
    for (size_t s = 0; s < d->sentence_count; s++) {
        size_t from = d->sentences[s], to = tagger_sentence_end(d, s);
        for (size_t i = from; i < to; i++) token_emission(tagger, d, from, to, i);
    }
    return true;
}
