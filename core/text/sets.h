/* Texts as sets and rows of words: shingles, minhash signatures, passages in common. */
#ifndef ANNALIST_TEXT_SETS_H
#define ANNALIST_TEXT_SETS_H

#include "text/spans.h"
#include <stdint.h>

typedef struct Hashes {
    uint64_t *items;
    size_t count, capacity;
} Hashes;

bool hashes_add(Hashes *hashes, uint64_t hash);
void hashes_reset(Hashes *hashes);

/* A 64-bit hash of bytes, the same on every machine and day. */
uint64_t sets_hash(const char *s, size_t length, uint64_t seed);

/* Adds the hash of every row of n words (folded), in order of the text. A text of fewer than n words has one: that of all its words.
 * false when memory is out. */
bool sets_shingles(const char *s, size_t length, size_t n, Hashes *out);

/* Adds k values: for each of k hash functions, the least value that it gives to any of the hashes. */
bool sets_minhash(const uint64_t *hashes, size_t count, size_t k, uint64_t seed, Hashes *out);

/* Size of the intersection by size of the union, of two sorted rows without repetitions taken as signed numbers; 0 for two empty ones. */
double sets_jaccard(const int64_t *a, size_t a_count, const int64_t *b, size_t b_count);

typedef struct Run { /* a[a .. a + length) equals b[b .. b + length); from 0 */
    size_t a, b, length;
} Run;

typedef struct Runs {
    Run *items;
    size_t count, capacity;
} Runs;

/* Adds the rows of at least `minimum` words that both have, longest first at each place of b, none overlapping another in b, in order of b.
 * Words are told by their hashes. false when memory is out. */
bool sets_common_runs(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count, size_t minimum, Runs *out);
void runs_reset(Runs *runs);

#endif
