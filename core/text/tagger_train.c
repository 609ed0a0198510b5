/* Training of the sequence tagger: the conditional log-likelihood is climbed one sentence at a time, with a step for each
 * row of weights that shrinks as the row is used (AdaGrad, Duchi et al. 2011) and an L2 penalty on the rows touched.
 * All randomness (order of sentences, dropout) comes from the seed. */
#include "text/tagger_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROW_MASK 0x3fffffffu

typedef struct Sentence {
    size_t first, size; /* tokens */
    float weight;
} Sentence;

struct TaggerTrainer {
    Tagger *tagger;
    Lattice *lattice;
    Sentence *sentences;
    size_t sentence_count, sentence_capacity;
    size_t *starts;        /* first row of each token, and one past the last token's */
    size_t token_count, start_capacity;
    uint8_t *gold;
    size_t gold_capacity;
    uint32_t *rows;        /* row, and in the upper two bits what dropout may hide */
    size_t row_count, row_capacity;
    float *weights, *squares;
    float *sums;           /* of the weights after each pass of the second half: their mean generalises better than the last */
    double transition_sums[TAGGER_MAX_LABELS][TAGGER_MAX_LABELS];
    int passes, summed;
    float transition_squares[TAGGER_MAX_LABELS][TAGGER_MAX_LABELS];
    uint64_t random;
};

TaggerTrainer *tagger_trainer_new(Tagger *tagger, Error *error)
{
    TaggerTrainer *t = calloc(1, sizeof *t);
    if (!t) {
        error_set(error, "out of memory");
        return NULL;
    }
    t->tagger = tagger;
    t->random = tagger->options.seed * 0x9e3779b97f4a7c15u + 0x2545f4914f6cdd1du;
    size_t rows = (size_t)1 << tagger->bits;
    t->lattice = lattice_new(error);
    t->weights = calloc(rows * (size_t)tagger->lanes, sizeof *t->weights);
    t->squares = calloc(rows, sizeof *t->squares);
    t->sums = calloc(rows * (size_t)tagger->lanes, sizeof *t->sums);
    if (t->lattice && t->weights && t->squares && t->sums) return t;
    error_set(error, "out of memory");
    tagger_trainer_free(t);
    return NULL;
}

void tagger_trainer_free(TaggerTrainer *t)
{
    if (!t) return;
    lattice_free(t->lattice);
    free(t->sentences);
    free(t->starts);
    free(t->gold);
    free(t->rows);
    free(t->weights);
    free(t->squares);
    free(t->sums);
    free(t);
}

static uint64_t next_random(TaggerTrainer *t)
{
    t->random ^= t->random >> 12;
    t->random ^= t->random << 25;
    t->random ^= t->random >> 27;
    return t->random * 0x2545f4914f6cdd1du;
}

static bool chance(TaggerTrainer *t, float p) { return p > 0 && (float)(next_random(t) >> 40) < p * (float)(1 << 24); }

/* --- examples --- */

/* The label of token i of a sentence whose tokens are from..to-1. */
static int gold_label(const Tagger *tagger, const int *labels, size_t from, size_t to, size_t i)
{
    if (!tagger->spans) return labels[i];
    if (labels[i] == 0) return 0;
    int kind = abs(labels[i]) - 1;
    bool begins = labels[i] > 0 || i == from, ends = i + 1 == to || labels[i + 1] != -(kind + 1);
    return 1 + 4 * kind + (begins ? (ends ? 3 : 0) : (ends ? 2 : 1));
}

static bool add_token(TaggerTrainer *t, const TaggerDocument *d, size_t sentence, size_t token, int label, Error *error)
{
    uint32_t rows[MAX_FEATURES];
    uint8_t flags[MAX_FEATURES];
    void *starts = t->starts, *gold = t->gold, *all = t->rows;
    int n = tagger_features(t->tagger, d, sentence, token, rows, flags);
    bool ok = tagger_reserve(&starts, &t->start_capacity, t->token_count + 2, sizeof *t->starts, error);
    t->starts = starts;
    ok = ok && tagger_reserve(&gold, &t->gold_capacity, t->token_count + 1, sizeof *t->gold, error);
    t->gold = gold;
    ok = ok && tagger_reserve(&all, &t->row_capacity, t->row_count + (size_t)n, sizeof *t->rows, error);
    t->rows = all;
    if (!ok) return false;
    t->gold[t->token_count] = (uint8_t)label;
    t->starts[t->token_count++] = t->row_count;
    for (int i = 0; i < n; i++) t->rows[t->row_count++] = rows[i] | (uint32_t)flags[i] << 30;
    t->starts[t->token_count] = t->row_count;
    return true;
}

bool tagger_trainer_add(TaggerTrainer *t, TaggerDocument *d, const int *labels, double weight, Error *error)
{
    const Tagger *tagger = t->tagger;
    if (!tagger_document_prepare(d, error)) return false;
    for (size_t i = 0; i < d->count; i++)
        if ((tagger->spans ? abs(labels[i]) > tagger->name_count : labels[i] < 0 || labels[i] >= tagger->labels))
            return error_set(error, "token %zu has label %d, which the tagger has not", i + 1, labels[i]);
    for (size_t s = 0; s < d->sentence_count; s++) {
        size_t from = d->sentences[s], to = tagger_sentence_end(d, s);
        if (from == to) continue;
        void *sentences = t->sentences;
        bool ok = tagger_reserve(&sentences, &t->sentence_capacity, t->sentence_count + 1, sizeof *t->sentences, error);
        t->sentences = sentences;
        if (!ok) return false;
        t->sentences[t->sentence_count++] = (Sentence){ t->token_count, to - from, (float)weight };
        for (size_t i = from; i < to; i++)
            if (!add_token(t, d, s, i, gold_label(tagger, labels, from, to, i), error)) return false;
    }
    return true;
}

/* --- learning --- */

/* Which of dropout's two flags are hidden at this token on this visit. */
static uint32_t hidden_now(TaggerTrainer *t)
{
    const TaggerOptions *o = &t->tagger->options;
    return (chance(t, o->word_dropout) ? UINT32_C(1) << 30 : 0) | (chance(t, o->lexicon_dropout) ? UINT32_C(2) << 30 : 0);
}

static void emit(TaggerTrainer *t, const Sentence *s, uint32_t *hidden)
{
    size_t lanes = (size_t)t->tagger->lanes;
    for (size_t i = 0; i < s->size; i++) {
        float *restrict sum = t->lattice->emissions + i * lanes;
        memset(sum, 0, sizeof *sum * lanes);
        hidden[i] = hidden_now(t);
        for (size_t r = t->starts[s->first + i]; r < t->starts[s->first + i + 1]; r++) {
            if (t->rows[r] & hidden[i]) continue;
            const float *restrict row = t->weights + (t->rows[r] & ROW_MASK) * lanes;
            for (size_t base = 0; base < lanes; base += 16)
                for (size_t k = 0; k < 16; k++) sum[base + k] += row[base + k];
        }
    }
}

/* One step down the slope for the rows of one token. */
static void step_rows(TaggerTrainer *t, size_t token, uint32_t hidden, const float *slope)
{
    size_t lanes = (size_t)t->tagger->lanes;
    float square = 0;
    for (size_t k = 0; k < lanes; k++) square += slope[k] * slope[k];
    if (square < 1e-9f) return;
    for (size_t r = t->starts[token]; r < t->starts[token + 1]; r++) {
        if (t->rows[r] & hidden) continue;
        size_t at = t->rows[r] & ROW_MASK;
        float *restrict row = t->weights + at * lanes;
        t->squares[at] += square;
        float step = t->tagger->options.rate / sqrtf(t->squares[at] + 1), keep = 1 - step * t->tagger->options.decay;
        for (size_t base = 0; base < lanes; base += 16)
            for (size_t k = 0; k < 16; k++) row[base + k] = row[base + k] * keep - step * slope[base + k];
    }
}

static void step_transitions(TaggerTrainer *t, const Sentence *s)
{
    Tagger *tagger = t->tagger;
    const Lattice *l = t->lattice;
    size_t lanes = (size_t)tagger->lanes;
    static const float smallest = 1e-8f;
    float slope[TAGGER_MAX_LABELS][TAGGER_MAX_LABELS];
    memset(slope, 0, sizeof slope);
    for (size_t i = 1; i < s->size; i++) {
        const float *before = l->forward + (i - 1) * lanes, *after = l->backward + i * lanes, *emission = l->emissions + i * lanes;
        for (int a = 0; a < tagger->labels; a++)
            for (int b = 0; before[a] > smallest && b < tagger->labels; b++)
                slope[a][b] += before[a] * l->factor[a][b] * emission[b] * after[b] / l->norm[i];
        slope[t->gold[s->first + i - 1]][t->gold[s->first + i]] -= 1;
    }
    for (int a = 0; a < tagger->labels; a++) {
        for (int b = 0; b < tagger->labels; b++) {
            float g = slope[a][b] * s->weight;
            if (!tagger->allowed[a][b] || fabsf(g) < smallest) continue;
            t->transition_squares[a][b] += g * g;
            tagger->transitions[a][b] -= tagger->options.rate * g / sqrtf(t->transition_squares[a][b] + 1);
        }
    }
}

static double learn(TaggerTrainer *t, const Sentence *s, uint32_t *hidden)
{
    const Tagger *tagger = t->tagger;
    Lattice *l = t->lattice;
    size_t lanes = (size_t)tagger->lanes;
    float slope[TAGGER_MAX_LABELS] = { 0 };
    double gold = 0;
    emit(t, s, hidden);
    lattice_transitions(l, tagger);
    for (size_t i = 0; i < s->size; i++) {
        int label = t->gold[s->first + i];
        gold += (double)l->emissions[i * lanes + (size_t)label];
        if (i > 0) gold += (double)tagger->transitions[t->gold[s->first + i - 1]][label];
    }
    double loss = lattice_marginals(l, tagger, s->size) - gold;
    for (size_t i = 0; i < s->size; i++) {
        for (size_t k = 0; k < lanes; k++) slope[k] = l->forward[i * lanes + k] * l->backward[i * lanes + k] * s->weight;
        slope[t->gold[s->first + i]] -= s->weight;
        step_rows(t, s->first + i, hidden[i], slope);
    }
    step_transitions(t, s);
    return loss;
}

static void add_up(TaggerTrainer *t)
{
    size_t count = ((size_t)1 << t->tagger->bits) * (size_t)t->tagger->lanes;
    t->summed++;
    for (size_t i = 0; i < count; i++) t->sums[i] += t->weights[i];
    for (int a = 0; a < t->tagger->labels; a++)
        for (int b = 0; b < t->tagger->labels; b++) t->transition_sums[a][b] += (double)t->tagger->transitions[a][b];
}

/* A further run from nothing in another order: the mean of several runs is steadier than any of them. */
static void begin_again(TaggerTrainer *t)
{
    size_t rows = (size_t)1 << t->tagger->bits;
    memset(t->weights, 0, rows * (size_t)t->tagger->lanes * sizeof *t->weights);
    memset(t->squares, 0, rows * sizeof *t->squares);
    memset(t->transition_squares, 0, sizeof t->transition_squares);
    memset(t->tagger->transitions, 0, sizeof t->tagger->transitions);
}

bool tagger_trainer_pass(TaggerTrainer *t, double *loss, Error *error)
{
    size_t longest = 1;
    double sum = 0;
    for (size_t i = 0; i < t->sentence_count; i++)
        if (t->sentences[i].size > longest) longest = t->sentences[i].size;
    if (!lattice_reserve(t->lattice, longest, t->tagger->lanes, error)) return false;
    uint32_t *hidden = malloc(longest * sizeof *hidden);
    if (!hidden) return error_set(error, "out of memory");
    for (size_t i = t->sentence_count; i > 1; i--) {
        size_t other = (size_t)(next_random(t) >> 11) % i;
        Sentence kept = t->sentences[i - 1];
        t->sentences[i - 1] = t->sentences[other];
        t->sentences[other] = kept;
    }
    for (size_t i = 0; i < t->sentence_count; i++) sum += learn(t, &t->sentences[i], hidden);
    free(hidden);
    int iterations = t->tagger->options.iterations;
    if (++t->passes % iterations * 2 > iterations || t->passes % iterations == 0) add_up(t);
    if (t->passes % iterations == 0) begin_again(t);
    if (loss) *loss = t->token_count ? sum / (double)t->token_count : 0;
    return true;
}

/* --- rounding to bytes --- */

static float largest(const float *weights, size_t count)
{
    float most = 0;
    for (size_t i = 0; i < count; i++) if (fabsf(weights[i]) > most) most = fabsf(weights[i]);
    return most;
}

static int to_byte(float weight, float scale)
{
    float value = roundf(weight / scale);
    return value > 127 ? 127 : value < -127 ? -127 : (int)value;
}

/* The scale that loses least: a few outliers may be clipped if that draws the steps of all others closer. */
static float best_scale(const float *weights, size_t count)
{
    float most = largest(weights, count), best = most / 127;
    double least = -1;
    for (float part = 1; part > 0.2f; part *= 0.85f) {
        float scale = most * part / 127;
        double lost = 0;
        for (size_t i = 0; i < count; i++) {
            if (weights[i] == 0) continue;
            double off = (double)(weights[i] - scale * (float)to_byte(weights[i], scale));
            lost += off * off;
        }
        if (least < 0 || lost < least) {
            least = lost;
            best = scale;
        }
    }
    return best > 0 ? best : 1;
}

bool tagger_trainer_finish(TaggerTrainer *t, Error *error)
{
    Tagger *tagger = t->tagger;
    size_t count = ((size_t)1 << tagger->bits) * (size_t)tagger->lanes;
    if (t->token_count == 0) return error_set(error, "nothing to learn from: no sentence was given");
    if (t->summed == 0) add_up(t);
    for (size_t i = 0; i < count; i++) t->sums[i] /= (float)t->summed;
    for (int a = 0; a < tagger->labels; a++)
        for (int b = 0; b < tagger->labels; b++) tagger->transitions[a][b] = (float)(t->transition_sums[a][b] / t->summed);
    tagger->scale = best_scale(t->sums, count);
    for (size_t i = 0; i < count; i++) tagger->weights[i] = (int8_t)to_byte(t->sums[i], tagger->scale);
    tagger->word_used = WORDS_KEPT; /* sums made of the old weights are no longer true */
    return tagger_words_reset(tagger, error);
}
