/* The sequence tagger's model and documents: making and freeing them, label schemes, tagging. */
#include "text/tagger_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool tagger_reserve(void **block, size_t *capacity, size_t want, size_t item, Error *error)
{
    if (want <= *capacity) return true;
    size_t size = *capacity ? *capacity : 256;
    while (size < want) size += size / 2;
    void *grown = size > SIZE_MAX / 2 / item ? NULL : realloc(*block, size * item);
    if (!grown) return error_set(error, "out of memory");
    *block = grown;
    *capacity = size;
    return true;
}

/* --- models --- */

static char *label_name(char letter, const char *kind)
{
    char *name = malloc(strlen(kind) + 3);
    if (name) sprintf(name, "%c-%s", letter, kind);
    return name;
}

static bool make_labels(Tagger *tagger, const char *const *labels, int count, bool spans, Error *error)
{
    tagger->labels = spans ? 4 * count + 1 : count;
    if (count < 1 || tagger->labels > TAGGER_MAX_LABELS) return error_set(error, "%d labels; a tagger has 1 to %d", tagger->labels, TAGGER_MAX_LABELS);
    tagger->lanes = (tagger->labels + 15) / 16 * 16;
    tagger->spans = spans;
    for (int i = 0; i < count; i++) {
        if (!(tagger->names[tagger->name_count++] = strdup(labels[i]))) return error_set(error, "out of memory");
        if (!spans && !(tagger->label_names[i] = strdup(labels[i]))) return error_set(error, "out of memory");
        for (int k = 0; spans && k < 4; k++)
            if (!(tagger->label_names[1 + 4 * i + k] = label_name("BILU"[k], labels[i]))) return error_set(error, "out of memory");
    }
    if (spans && !(tagger->label_names[0] = strdup("O"))) return error_set(error, "out of memory");
    tagger_scheme(tagger);
    return true;
}

/* Which label may follow which: in BILOU, B and I go on to I or L of their kind, all others to O, B or U of any. */
void tagger_scheme(Tagger *tagger)
{
    for (int i = 0; i < tagger->labels; i++) {
        int place = tagger->spans && i > 0 ? (i - 1) % 4 : -1;
        bool open = place == 0 || place == 1;
        tagger->may_end[i] = !open;
        tagger->may_begin[i] = place != 1 && place != 2;
        for (int j = 0; j < tagger->labels; j++) {
            int next = tagger->spans && j > 0 ? (j - 1) % 4 : -1;
            bool goes_on = next == 1 || next == 2;
            tagger->allowed[i][j] = open ? goes_on && (i - 1) / 4 == (j - 1) / 4 : !goes_on;
        }
    }
}

Tagger *tagger_new(const TaggerOptions *options, const char *const *labels, int count, bool spans, Error *error)
{
    Tagger *tagger = calloc(1, sizeof *tagger);
    if (!tagger) {
        error_set(error, "out of memory");
        return NULL;
    }
    tagger->options = *options;
    tagger->options.templates = NULL;
    tagger->bits = options->bits;
    bool ok = (options->bits >= 8 && options->bits <= 24) || error_set(error, "bits are 8 to 24, not %d", options->bits);
    ok = ok && ((tagger->templates_text = strdup(options->templates)) || error_set(error, "out of memory"));
    ok = ok && tagger_parse_templates(tagger, tagger->templates_text, error) && make_labels(tagger, labels, count, spans, error);
    ok = ok && ((tagger->weights = calloc((size_t)1 << tagger->bits, (size_t)tagger->lanes)) || error_set(error, "out of memory"));
    if (ok) return tagger;
    tagger_free(tagger);
    return NULL;
}

void tagger_free(Tagger *tagger)
{
    if (!tagger) return;
    for (int i = 0; i < TAGGER_MAX_LABELS; i++) {
        free(tagger->names[i]);
        free(tagger->label_names[i]);
    }
    for (int i = 0; i < TAGGER_MAX_CLASSES; i++) free(tagger->class_names[i]);
    for (int i = 0; i < TAGGER_MAX_GROUPS; i++) free(tagger->group_names[i]);
    free(tagger->templates_text);
    free(tagger->lexicon);
    free(tagger->weights);
    free(tagger->words);
    free(tagger->word_index);
    free(tagger->sums);
    free(tagger);
}

/* The place of a name among names[0..*count), where it is put if it is new and there is room; -1 on failure. */
static int place_of_name(char **names, int *count, int most, const char *what, const char *name, Error *error)
{
    for (int i = 0; i < *count; i++)
        if (strcmp(names[i], name) == 0) return i;
    if (*count == most) {
        error_set(error, "a lexicon has at most %d %s", most, what);
        return -1;
    }
    if (!(names[*count] = strdup(name))) {
        error_set(error, "out of memory");
        return -1;
    }
    return (*count)++;
}

int tagger_add_class(Tagger *tagger, const char *name, Error *error)
{
    return place_of_name(tagger->class_names, &tagger->class_count, TAGGER_MAX_CLASSES, "classes", name, error);
}

int tagger_add_group(Tagger *tagger, const char *name, Error *error)
{
    int place = place_of_name(tagger->group_names, &tagger->group_count, TAGGER_MAX_GROUPS, "groups", name, error);
    return place < 0 ? -1 : place + 1;
}

bool tagger_lean(Tagger *tagger, const char *kind, float by, Error *error)
{
    for (int k = 0; tagger->spans && k < tagger->name_count; k++) {
        if (strcmp(tagger->names[k], kind) != 0) continue;
        for (int i = 0; i < tagger->labels; i++) {
            tagger->transitions[i][1 + 4 * k] += by;
            tagger->transitions[i][4 + 4 * k] += by;
        }
        return true;
    }
    return error_set(error, "the model has no spans of kind '%s'", kind);
}

int tagger_label_count(const Tagger *tagger) { return tagger->labels; }
const char *tagger_label_name(const Tagger *tagger, int label) { return label >= 0 && label < tagger->labels ? tagger->label_names[label] : NULL; }
bool tagger_has_spans(const Tagger *tagger) { return tagger->spans; }
const char *tagger_kind_name(const Tagger *tagger, int kind) { return kind >= 0 && kind < tagger->name_count ? tagger->names[kind] : NULL; }
const char *tagger_templates(const Tagger *tagger) { return tagger->templates_text; }
const char *tagger_class_name(const Tagger *tagger, int n) { return n >= 0 && n < tagger->class_count ? tagger->class_names[n] : NULL; }

/* --- documents --- */

TaggerDocument *tagger_document_new(Tagger *tagger, Error *error)
{
    if (!tagger_words_reset(tagger, error)) return NULL;
    TaggerDocument *document = calloc(1, sizeof *document);
    if (!document) {
        error_set(error, "out of memory");
        return NULL;
    }
    document->tagger = tagger;
    return document;
}

void tagger_document_free(TaggerDocument *document)
{
    if (!document) return;
    free(document->tokens);
    free(document->sentences);
    free(document->seen);
    free(document->scores);
    lattice_free(document->lattice);
    free(document);
}

bool tagger_document_clear(TaggerDocument *document, Error *error)
{
    document->count = document->sentence_count = 0;
    document->prepared = false;
    return tagger_words_reset(document->tagger, error);
}

bool tagger_document_begin(TaggerDocument *d, Error *error)
{
    void *sentences = d->sentences;
    bool ok = tagger_reserve(&sentences, &d->sentence_capacity, d->sentence_count + 1, sizeof *d->sentences, error);
    d->sentences = sentences;
    if (ok) d->sentences[d->sentence_count++] = d->count;
    return ok;
}

bool tagger_document_token(TaggerDocument *d, const char *text, size_t start, size_t end, uint32_t classes, Error *error)
{
    void *tokens = d->tokens;
    bool ok = tagger_reserve(&tokens, &d->capacity, d->count + 1, sizeof *d->tokens, error);
    d->tokens = tokens;
    if (!ok) return false;
    Token *t = &d->tokens[d->count];
    *t = (Token){ .start = start, .end = end, .classes = classes };
    if (!tagger_word_find(d->tagger, text + start, end - start, &t->word, error)) return false;
    d->count++;
    return true;
}

bool tagger_document_add(TaggerDocument *d, const char *text, size_t start, size_t end, Error *error)
{
    size_t first, last;
    if (!tagger_document_begin(d, error)) return false;
    while (tagger_next_token(text, end, &start, &first, &last))
        if (!tagger_document_token(d, text, first, last, 0, error)) return false;
    return true;
}

size_t tagger_document_tokens(const TaggerDocument *d) { return d->count; }

void tagger_document_token_at(const TaggerDocument *d, size_t token, size_t *start, size_t *end)
{
    *start = d->tokens[token].start;
    *end = d->tokens[token].end;
}

/* --- tagging --- */

/* How likely a token's label is. Of a span, how likely the token is of its kind, wherever the span may begin and end: a name whose
 * bounds are open ("Skipper | Ann Lee") is no less a name. */
static float certainty(const Tagger *tagger, const Lattice *l, size_t row, int label)
{
    int first = label, last = label;
    if (tagger->spans && label > 0) {
        first = label - (label - 1) % 4;
        last = first + 3;
    }
    float sum = 0;
    for (int k = first; k <= last; k++) sum += l->forward[row + (size_t)k] * l->backward[row + (size_t)k];
    return sum;
}

static bool all_outside(const uint8_t *labels, size_t size)
{
    for (size_t i = 0; i < size; i++) if (labels[i] > 0) return false;
    return true;
}

static bool tag(Tagger *tagger, TaggerDocument *d, uint8_t *labels, float *scores, bool spans_only, Error *error)
{
    size_t lanes = (size_t)tagger->lanes;
    if (!d->lattice) {
        if (!(d->lattice = lattice_new(error))) return false;
        lattice_transitions(d->lattice, tagger);
    }
    Lattice *l = d->lattice;
    if (!tagger_emissions(tagger, d, error)) return false;
    for (size_t s = 0; s < d->sentence_count; s++) {
        size_t from = d->sentences[s], size = tagger_sentence_end(d, s) - from;
        if (size == 0) continue;
        if (!lattice_reserve(l, size, tagger->lanes, error)) return false;
        for (size_t i = 0; i < size * lanes; i++) l->emissions[i] = (float)d->scores[from * lanes + i] * tagger->scale;
        lattice_best(l, tagger, size, labels + from);
        if (!scores || (spans_only && all_outside(labels + from, size))) continue;
        lattice_marginals(l, tagger, size);
        for (size_t i = 0; i < size; i++) scores[from + i] = certainty(tagger, l, i * lanes, labels[from + i]);
    }
    return true;
}

bool tagger_tag(Tagger *tagger, TaggerDocument *d, uint8_t *labels, float *scores, Error *error)
{
    return tag(tagger, d, labels, scores, false, error);
}

bool tagger_tag_spans(Tagger *tagger, TaggerDocument *d, uint8_t *labels, float *scores, Error *error)
{
    return tag(tagger, d, labels, scores, true, error);
}

size_t tagger_spans(const Tagger *tagger, const TaggerDocument *d, const uint8_t *labels, const float *scores, TaggerSpan *spans)
{
    size_t count = 0;
    for (size_t i = 0; tagger->spans && i < d->count; i++) {
        if (labels[i] == 0) continue;
        TaggerSpan span = { i, i, (labels[i] - 1) / 4, scores ? scores[i] : 1 };
        while ((labels[span.last] - 1) % 4 < 2 && span.last + 1 < d->count) {
            span.last++;
            if (scores && scores[span.last] < span.score) span.score = scores[span.last];
        }
        spans[count++] = span;
        i = span.last;
    }
    return count;
}
