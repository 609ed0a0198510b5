/* Shingles, minhash and common passages. Hashes are fixed functions: what they give may be stored. */
#include "text/sets.h"
#include "text/letters.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 27;
    x *= 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

uint64_t sets_hash(const char *s, size_t length, uint64_t seed)
{
    uint64_t h = mix(seed + 0x9E3779B97F4A7C15u) ^ length;
    for (; length >= 8; s += 8, length -= 8) {
        uint64_t word = 0;
        for (int k = 7; k >= 0; k--) word = word << 8 | (unsigned char)s[k]; /* little-endian everywhere */
        h = mix(h ^ word) * 0x9E3779B97F4A7C15u;
    }
    uint64_t rest = 0;
    for (size_t k = 0; k < length; k++) rest = rest << 8 | (unsigned char)s[k];
    return mix(h ^ rest);
}

bool hashes_add(Hashes *hashes, uint64_t hash)
{
    if (hashes->count == hashes->capacity) {
        size_t capacity = hashes->capacity ? hashes->capacity * 2 : 256;
        uint64_t *items = realloc(hashes->items, capacity * sizeof *items);
        if (items == NULL) return false;
        hashes->items = items;
        hashes->capacity = capacity;
    }
    hashes->items[hashes->count++] = hash;
    return true;
}

void hashes_reset(Hashes *hashes)
{
    if (hashes->capacity > 1 << 17) {
        free(hashes->items);
        *hashes = (Hashes){ 0 };
    }
    hashes->count = 0;
}

bool sets_shingles(const char *s, size_t length, size_t n, Hashes *out)
{
    static Octets folded;
    static TextSpans spans;
    static Hashes words;
    octets_clear(&folded);
    spans_reset(&spans);
    hashes_reset(&words);
    if (n == 0) n = 1;
    if (!letters_case(s, length, LETTERS_FOLD, &folded) || !words_find(folded.data, 0, folded.length, true, &spans)) return false;
    for (size_t i = 0; i < spans.count; i++) {
        if (!hashes_add(&words, sets_hash(folded.data + spans.items[i].start, spans.items[i].end - spans.items[i].start, 0))) return false;
    }
    if (words.count == 0) return true;
    if (words.count < n) n = words.count;
    for (size_t i = 0; i + n <= words.count; i++) {
        uint64_t h = n;
        for (size_t k = 0; k < n; k++) h = mix(h * 0x9E3779B97F4A7C15u + words.items[i + k]);
        if (!hashes_add(out, h)) return false;
    }
    return true;
}

bool sets_minhash(const uint64_t *hashes, size_t count, size_t k, uint64_t seed, Hashes *out)
{
    for (size_t i = 0; i < k; i++) {
        uint64_t function = mix(seed * 0x9E3779B97F4A7C15u + i + 1), least = UINT64_MAX;
        for (size_t j = 0; j < count; j++) {
            uint64_t h = mix(hashes[j] ^ function);
            if (h < least) least = h;
        }
        if (!hashes_add(out, least)) return false;
    }
    return true;
}

double sets_jaccard(const int64_t *a, size_t a_count, const int64_t *b, size_t b_count)
{
    size_t both = 0;
    for (size_t i = 0, j = 0; i < a_count && j < b_count;) {
        if (a[i] == b[j]) {
            both++, i++, j++;
        } else if (a[i] < b[j]) {
            i++;
        } else {
            j++;
        }
    }
    size_t all = a_count + b_count - both;
    return all == 0 ? 0.0 : (double)both / (double)all;
}

static bool runs_add(Runs *runs, size_t a, size_t b, size_t length)
{
    if (runs->count == runs->capacity) {
        size_t capacity = runs->capacity ? runs->capacity * 2 : 64;
        Run *items = realloc(runs->items, capacity * sizeof *items);
        if (items == NULL) return false;
        runs->items = items;
        runs->capacity = capacity;
    }
    runs->items[runs->count++] = (Run){ a, b, length };
    return true;
}

void runs_reset(Runs *runs)
{
    runs->count = 0;
}

static uint64_t row_hash(const uint64_t *words, size_t n)
{
    uint64_t h = n;
    for (size_t k = 0; k < n; k++) h = mix(h * 0x9E3779B97F4A7C15u + words[k]);
    return h;
}

enum { NONE = 0xFFFFFFFFu, MOST_CANDIDATES = 64 };

/* The longest row that begins at b[j] and somewhere in a; candidates are chained by the hash of their first `minimum` words. */
static Run longest_at(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count, size_t j, uint32_t candidate, const uint32_t *chain)
{
    Run best = { 0, j, 0 };
    for (int tried = 0; candidate != NONE && tried < MOST_CANDIDATES; candidate = chain[candidate], tried++) {
        size_t length = 0;
        while (candidate + length < a_count && j + length < b_count && a[candidate + length] == b[j + length]) length++;
        if (length > best.length) best = (Run){ candidate, j, length };
    }
    return best;
}

bool sets_common_runs(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count, size_t minimum, Runs *out)
{
    if (minimum == 0) minimum = 1;
    if (a_count < minimum || b_count < minimum || a_count >= NONE) return true;
    size_t heads_count = 64, rows = a_count - minimum + 1;
    while (heads_count < rows * 2) heads_count *= 2;
    bool ok = true;
    uint32_t *heads = malloc(heads_count * sizeof *heads), *chain = malloc(rows * sizeof *chain);
    if (heads == NULL || chain == NULL) {
        ok = false;
        goto cleanup;
    }
    memset(heads, 0xFF, heads_count * sizeof *heads);
    for (size_t i = rows; i-- > 0;) { /* backwards, so that each chain runs forwards */
        size_t slot = row_hash(a + i, minimum) & (heads_count - 1);
        chain[i] = heads[slot];
        heads[slot] = (uint32_t)i;
    }
    for (size_t j = 0; ok && j + minimum <= b_count;) {
        Run run = longest_at(a, a_count, b, b_count, j, heads[row_hash(b + j, minimum) & (heads_count - 1)], chain);
        if (run.length < minimum) {
            j++;
            continue;
        }
        ok = runs_add(out, run.a, run.b, run.length);
        j += run.length;
    }
cleanup:
    free(chain);
    free(heads);
    return ok;
}
