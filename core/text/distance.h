/* How far two strings are from each other, in characters. Bad bytes count as one character each. Short strings need no allocation.
 * Functions return -1 when memory is out. */
#ifndef ANNALIST_TEXT_DISTANCE_H
#define ANNALIST_TEXT_DISTANCE_H

#include "text/spans.h"
#include <stdint.h>

typedef struct Characters { /* a string as code points */
    const uint32_t *items;
    size_t count;
} Characters;

/* Decodes s into one of a few arrays kept for the purpose (`which` 0..3); valid until the next call with the same `which`. */
bool distance_characters(const char *s, size_t length, int which, Characters *out);

/* Insertions, deletions and substitutions (Myers' bit-parallel algorithm, in Hyyrö's form for blocks). With limit >= 0, anything above it is limit + 1. */
long distance_levenshtein(Characters a, Characters b, long limit);
/* The same with exchanges of neighbours (optimal string alignment). */
long distance_damerau(Characters a, Characters b);
/* 1 - levenshtein / length of the longer; 1 for two empty strings. */
double distance_ratio(Characters a, Characters b);
double distance_jaro(Characters a, Characters b);
double distance_jaro_winkler(Characters a, Characters b); /* prefix of up to 4, weight 0.1, above 0.7 */
/* Dice's coefficient of the multisets of n-grams. */
double distance_dice(Characters a, Characters b, size_t n);
/* Length of the longest common subsequence. */
long distance_lcs(Characters a, Characters b);
/* ratio of the strings with their words folded and sorted. */
double distance_token_sort(const char *a, size_t a_length, const char *b, size_t b_length);
/* Monge and Elkan: each word's best jaro_winkler among the other's words, averaged, the mean of both directions. */
double distance_monge_elkan(const char *a, size_t a_length, const char *b, size_t b_length);

typedef enum EditKind { EDIT_MATCH, EDIT_SUBSTITUTE, EDIT_DELETE, EDIT_INSERT } EditKind;

typedef struct Edit {
    EditKind kind;
    uint32_t a, b; /* the characters; 0 where there is none */
} Edit;

/* A cheapest way from a to b. *edits is malloced (a->count + b->count long at most) and belongs to the caller; returns how many, -1 when
 * memory is out or the table would have more than 2^28 cells. */
long distance_alignment(Characters a, Characters b, Edit **edits);

#endif
