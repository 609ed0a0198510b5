/* See names_internal.h: words of scripts that leave short vowels out (Arabic, Hebrew), held against words that have them. Both are brought down
 * to their consonants, in the few ways in which w and y may be read, and the nearest ways count. */
#include "text/names_internal.h"

#include <stdbool.h>
#include <string.h>

enum { ALL, NO_GLIDES, FIRST_GLIDE, WAYS }; /* w and y are consonants; are vowels; only the first letter is a consonant */

static bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }
static bool is_glide(char c) { return c == 'w' || c == 'y'; }

/* The consonants of a folded word, doubled ones once. A last h after a vowel is no sound ("Haniyeh"). */
static size_t skeleton(const AlignWord *word, int way, char *to) {
    const char *text = word->text + 1;
    size_t length = (size_t)word->length - 2, n = 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (is_vowel(c) || (i > 0 && c == text[i - 1])) continue;
        if (is_glide(c) && (way == NO_GLIDES || (way == FIRST_GLIDE && i > 0))) continue;
        if (c == 'h' && i + 1 == length && i > 0 && is_vowel(text[i - 1])) continue;
        to[n++] = c;
    }
    return n;
}

float name_consonant_cost(const Aligner *al, const AlignWord *a, const AlignWord *b) {
    float best = 1;
    for (int way_a = 0; way_a < WAYS; way_a++) {
        char left[ALIGN_LETTERS], right[ALIGN_LETTERS];
        AlignWord x, y;
        size_t n = skeleton(a, way_a, left);
        if (!n) continue;
        aligner_word(al, left, n, &x);
        for (int way_b = 0; way_b < WAYS; way_b++) {
            size_t m = skeleton(b, way_b, right);
            if (!m || m > n + 2 || n > m + 2) continue;
            aligner_word(al, right, m, &y);
            int d = aligner_distance(al, &x, &y, 60 * (int)n);
            float norm = (float)(n + m) / 2, few = norm < 3 ? 0.04f * (3 - norm) : 0; /* two consonants agree by chance */
            float cost = d >= ALIGN_FAR ? 1 : (float)d / 100 / (norm < 3 ? 3 : norm) + 0.01f + few;
            if (cost < best) best = cost;
        }
    }
    return best;
}
