/* Paths of labels through one sentence: the best one (Viterbi) and each label's probability (forward and backward sums,
 * scaled at every token so that no sentence is too long for a float). */
#include "text/tagger_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define IMPOSSIBLE (-1e30f)

Lattice *lattice_new(Error *error)
{
    Lattice *lattice = calloc(1, sizeof *lattice);
    if (!lattice) error_set(error, "out of memory");
    return lattice;
}

void lattice_free(Lattice *l)
{
    if (!l) return;
    free(l->emissions);
    free(l->forward);
    free(l->backward);
    free(l->norm);
    free(l->back);
    free(l);
}

static bool reserve_floats(float **floats, size_t *capacity, size_t want, size_t each, Error *error)
{
    void *block = *floats;
    bool ok = tagger_reserve(&block, capacity, want, sizeof(float) * each, error);
    *floats = block;
    return ok;
}

bool lattice_reserve(Lattice *l, size_t size, int lanes, Error *error)
{
    void *back = l->back;
    bool ok = reserve_floats(&l->emissions, &l->capacity, size, (size_t)lanes, error)
        && reserve_floats(&l->forward, &l->forward_capacity, size, (size_t)lanes, error)
        && reserve_floats(&l->backward, &l->backward_capacity, size, (size_t)lanes, error)
        && reserve_floats(&l->norm, &l->norm_capacity, size, 1, error)
        && tagger_reserve(&back, &l->back_capacity, size, (size_t)lanes, error);
    l->back = back;
    return ok;
}

void lattice_transitions(Lattice *l, const Tagger *tagger)
{
    for (int i = 0; i < TAGGER_MAX_LABELS; i++)
        for (int j = 0; j < TAGGER_MAX_LABELS; j++)
            l->from[j][i] = l->factor[i][j] = i < tagger->labels && j < tagger->labels && tagger->allowed[i][j] ? expf(tagger->transitions[i][j]) : 0;
    for (int j = 0; j < tagger->labels; j++) {
        l->before_count[j] = 0;
        for (int i = 0; i < tagger->labels; i++)
            if (tagger->allowed[i][j]) l->before[j][l->before_count[j]++] = (uint8_t)i;
    }
}

void lattice_best(Lattice *l, const Tagger *tagger, size_t size, uint8_t *labels)
{
    int lanes = tagger->lanes, n = tagger->labels;
    float score[TAGGER_MAX_LABELS], next[TAGGER_MAX_LABELS];
    if (size == 0) return;
    for (int j = 0; j < n; j++) score[j] = tagger->may_begin[j] ? l->emissions[j] : IMPOSSIBLE;
    for (size_t t = 1; t < size; t++) {
        const float *emission = l->emissions + t * (size_t)lanes;
        uint8_t *back = l->back + t * (size_t)lanes;
        for (int j = 0; j < n; j++) {
            float most = IMPOSSIBLE;
            int from = 0;
            for (int k = 0; k < l->before_count[j]; k++) {
                int i = l->before[j][k];
                float s = score[i] + tagger->transitions[i][j];
                if (s > most) {
                    most = s;
                    from = i;
                }
            }
            next[j] = most;
            back[j] = (uint8_t)from;
        }
        for (int j = 0; j < n; j++) score[j] = next[j] + emission[j] > IMPOSSIBLE ? next[j] + emission[j] : IMPOSSIBLE;
    }
    int best = -1;
    for (int j = 0; j < n; j++)
        if (tagger->may_end[j] && (best < 0 || score[j] > score[best])) best = j;
    for (size_t t = size; t-- > 0;) {
        labels[t] = (uint8_t)best;
        if (t > 0) best = l->back[t * (size_t)lanes + (size_t)best];
    }
}

/* Turns emissions into factors of at most 1; returns what was taken out. */
static float to_factors(const float *emission, float *factor, int labels, int lanes)
{
    float most = emission[0];
    for (int j = 1; j < labels; j++) if (emission[j] > most) most = emission[j];
    for (int j = 0; j < labels; j++) factor[j] = expf(emission[j] - most);
    for (int j = labels; j < lanes; j++) factor[j] = 0;
    return most;
}

static float scale_to_one(float *values, int lanes)
{
    float sum = 0;
    for (int j = 0; j < lanes; j++) sum += values[j];
    if (!(sum > 1e-30f)) sum = 1e-30f;
    for (int j = 0; j < lanes; j++) values[j] /= sum;
    return sum;
}

/* In blocks of 16 and without overlap, so that the compiler works on several lanes at once. */
static inline void add_scaled(float *restrict sum, const float *restrict row, float weight, int lanes)
{
    for (int base = 0; base < lanes; base += 16)
        for (int k = 0; k < 16; k++) sum[base + k] += row[base + k] * weight;
}

double lattice_marginals(Lattice *l, const Tagger *tagger, size_t size)
{
    int lanes = tagger->lanes, n = tagger->labels;
    double log_sum = 0;
    float carried[TAGGER_MAX_LABELS] = { 0 };
    for (size_t t = 0; t < size; t++) {
        float *forward = l->forward + t * (size_t)lanes, *emission = l->emissions + t * (size_t)lanes;
        log_sum += (double)to_factors(emission, emission, n, lanes);
        if (t == 0) {
            for (int j = 0; j < lanes; j++) forward[j] = j < n && tagger->may_begin[j] ? emission[j] : 0;
        } else {
            const float *before = forward - lanes;
            memset(forward, 0, sizeof *forward * (size_t)lanes);
            for (int i = 0; i < n; i++) {
                float weight = before[i];
                if (weight == 0) continue;
                add_scaled(forward, l->factor[i], weight, lanes);
            }
            for (int j = 0; j < lanes; j++) forward[j] *= emission[j];
        }
        if (t + 1 == size) for (int j = 0; j < n; j++) if (!tagger->may_end[j]) forward[j] = 0;
        l->norm[t] = scale_to_one(forward, lanes);
        log_sum += log((double)l->norm[t]);
    }
    for (size_t t = size; t-- > 0;) {
        float *backward = l->backward + t * (size_t)lanes;
        if (t + 1 == size) {
            for (int j = 0; j < lanes; j++) backward[j] = 1;
            continue;
        }
        const float *after = backward + lanes, *emission = l->emissions + (t + 1) * (size_t)lanes;
        for (int j = 0; j < lanes; j++) carried[j] = after[j] * emission[j] / l->norm[t + 1];
        if (t + 2 == size) for (int j = 0; j < n; j++) if (!tagger->may_end[j]) carried[j] = 0;
        memset(backward, 0, sizeof *backward * (size_t)lanes);
        for (int j = 0; j < n; j++) {
            float weight = carried[j];
            if (weight == 0) continue;
            add_scaled(backward, l->from[j], weight, lanes);
        }
    }
    return log_sum;
}
