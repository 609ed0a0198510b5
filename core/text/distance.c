/* Edit distances and what is made of them. Everything works on code points. Scratch memory is kept between calls: a process has one thread. */
#include "text/distance.h"
#include "text/letters.h"
#include "text/utf8.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

static bool grow(void **memory, size_t *capacity, size_t bytes)
{
    if (bytes <= *capacity) return true;
    size_t wanted = bytes < 4096 ? 4096 : bytes + bytes / 2;
    void *larger = realloc(*memory, wanted);
    if (larger == NULL) return false;
    *memory = larger;
    *capacity = wanted;
    return true;
}

bool distance_characters(const char *s, size_t length, int which, Characters *out)
{
    static void *arrays[4];
    static size_t capacities[4];
    if (!grow(&arrays[which], &capacities[which], (length + 1) * sizeof(uint32_t))) return false;
    uint32_t *items = arrays[which];
    size_t n = 0, size;
    for (size_t i = 0; i < length; i += size) items[n++] = utf8_decode(s + i, length - i, &size);
    *out = (Characters){ items, n };
    return true;
}

/* Scratch for the functions below, in rows of whatever they need. */
static void *scratch(size_t bytes)
{
    static void *memory;
    static size_t capacity;
    return grow(&memory, &capacity, bytes) ? memory : NULL;
}

/* --- Levenshtein ------------------------------------------------------------------------------- */

/* Where each character of the pattern stands, as bits. ASCII by table; others by a small open hash. The tables are all zero between calls. */
enum { OTHERS = 256 };
static uint64_t ascii_bits[128];
static struct { uint32_t character; uint64_t bits; } other_bits[OTHERS];

static uint64_t *bits_of(uint32_t c)
{
    if (c < 128) return &ascii_bits[c];
    size_t i = (c * 2654435761u) >> 24;
    while (other_bits[i].character != 0 && other_bits[i].character != c) i = (i + 1) % OTHERS;
    other_bits[i].character = c;
    return &other_bits[i].bits;
}

static uint64_t bits_seen(uint32_t c)
{
    if (c < 128) return ascii_bits[c];
    size_t i = (c * 2654435761u) >> 24;
    while (other_bits[i].character != 0 && other_bits[i].character != c) i = (i + 1) % OTHERS;
    return other_bits[i].character == c ? other_bits[i].bits : 0;
}

static void set_bits(Characters pattern)
{
    for (size_t i = 0; i < pattern.count; i++) *bits_of(pattern.items[i]) |= (uint64_t)1 << i;
}

static void clear_bits(Characters pattern)
{
    bool others = false;
    for (size_t i = 0; i < pattern.count; i++) {
        if (pattern.items[i] < 128) {
            ascii_bits[pattern.items[i]] = 0;
        } else {
            others = true;
        }
    }
    if (others) memset(other_bits, 0, sizeof other_bits);
}

/* Myers 1999: a is 1 to 64 characters, one machine word a column. */
static long levenshtein_short(Characters a, Characters b)
{
    uint64_t vertical_plus = ~(uint64_t)0, vertical_minus = 0, top = (uint64_t)1 << (a.count - 1);
    long score = (long)a.count;
    set_bits(a);
    for (size_t j = 0; j < b.count; j++) {
        uint64_t match = bits_seen(b.items[j]);
        uint64_t diagonal = (((match & vertical_plus) + vertical_plus) ^ vertical_plus) | match | vertical_minus;
        uint64_t plus = vertical_minus | ~(diagonal | vertical_plus), minus = vertical_plus & diagonal;
        score += (plus & top) != 0;
        score -= (minus & top) != 0;
        plus = plus << 1 | 1;
        minus <<= 1;
        vertical_plus = minus | ~(diagonal | plus);
        vertical_minus = plus & diagonal;
    }
    clear_bits(a);
    return score;
}

/* The same over blocks of 64 characters of a: for each block one pass over b, the carries between blocks kept by column (Hyyrö 2003). */
static long levenshtein_blocks(Characters a, Characters b)
{
    signed char *carry = scratch(b.count); /* how the row above the block grows from column to column: -1, 0 or 1 */
    if (carry == NULL) return -1;
    memset(carry, 1, b.count);
    long score = (long)a.count;
    for (size_t from = 0; from < a.count; from += 64) {
        Characters block = { a.items + from, a.count - from < 64 ? a.count - from : 64 };
        uint64_t vertical_plus = ~(uint64_t)0, vertical_minus = 0, top = (uint64_t)1 << (block.count - 1);
        bool is_last = from + 64 >= a.count;
        set_bits(block);
        for (size_t j = 0; j < b.count; j++) {
            uint64_t match = bits_seen(b.items[j]), in_minus = carry[j] < 0;
            uint64_t vertical = match | vertical_minus;
            match |= in_minus;
            uint64_t diagonal = (((match & vertical_plus) + vertical_plus) ^ vertical_plus) | match;
            uint64_t plus = vertical_minus | ~(diagonal | vertical_plus), minus = vertical_plus & diagonal;
            signed char out = (signed char)(((plus & top) != 0) - ((minus & top) != 0));
            plus = plus << 1 | (carry[j] > 0);
            minus = minus << 1 | in_minus;
            vertical_plus = minus | ~(vertical | plus);
            vertical_minus = plus & vertical;
            carry[j] = out;
            if (is_last) score += out;
        }
        clear_bits(block);
    }
    return score;
}

static void strip_ends(Characters *a, Characters *b)
{
    while (a->count && b->count && a->items[0] == b->items[0]) {
        a->items++, a->count--;
        b->items++, b->count--;
    }
    while (a->count && b->count && a->items[a->count - 1] == b->items[b->count - 1]) a->count--, b->count--;
}

long distance_levenshtein(Characters a, Characters b, long limit)
{
    strip_ends(&a, &b);
    if (a.count > b.count) {
        Characters c = a;
        a = b;
        b = c;
    }
    long result;
    if (limit >= 0 && (long)(b.count - a.count) > limit) return limit + 1;
    if (a.count == 0) {
        result = (long)b.count;
    } else if (a.count <= 64) {
        result = levenshtein_short(a, b);
    } else {
        result = levenshtein_blocks(a, b);
    }
    return limit >= 0 && result > limit ? limit + 1 : result;
}

long distance_damerau(Characters a, Characters b)
{
    strip_ends(&a, &b);
    size_t width = b.count + 1;
    long *before = scratch(width * 3 * sizeof *before);
    if (before == NULL) return -1;
    long *last = before + width, *row = last + width;
    for (size_t j = 0; j < width; j++) last[j] = (long)j;
    for (size_t i = 1; i <= a.count; i++) {
        row[0] = (long)i;
        for (size_t j = 1; j < width; j++) {
            long best = last[j - 1] + (a.items[i - 1] != b.items[j - 1]);
            if (last[j] + 1 < best) best = last[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a.items[i - 1] == b.items[j - 2] && a.items[i - 2] == b.items[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
        long *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b.count];
}

double distance_ratio(Characters a, Characters b)
{
    size_t longer = a.count > b.count ? a.count : b.count;
    long d = distance_levenshtein(a, b, -1);
    if (d < 0) return -1;
    return longer == 0 ? 1.0 : 1.0 - (double)d / (double)longer;
}

/* --- Jaro -------------------------------------------------------------------------------------- */

double distance_jaro(Characters a, Characters b)
{
    if (a.count == 0 || b.count == 0) return a.count == b.count ? 1.0 : 0.0;
    unsigned char local[512], *a_hit = local;
    if (a.count + b.count > sizeof local) a_hit = scratch(a.count + b.count);
    if (a_hit == NULL) return -1;
    unsigned char *b_hit = a_hit + a.count;
    memset(a_hit, 0, a.count + b.count);
    size_t longer = a.count > b.count ? a.count : b.count, reach = longer / 2 > 0 ? longer / 2 - 1 : 0, hits = 0, moved = 0;
    for (size_t i = 0; i < a.count; i++) {
        size_t from = i > reach ? i - reach : 0, to = i + reach + 1 < b.count ? i + reach + 1 : b.count;
        for (size_t j = from; j < to; j++) {
            if (b_hit[j] || a.items[i] != b.items[j]) continue;
            a_hit[i] = b_hit[j] = 1;
            hits++;
            break;
        }
    }
    if (hits == 0) return 0.0;
    for (size_t i = 0, j = 0; i < a.count; i++) {
        if (!a_hit[i]) continue;
        while (!b_hit[j]) j++;
        moved += a.items[i] != b.items[j++];
    }
    double m = (double)hits;
    return (m / (double)a.count + m / (double)b.count + (m - (double)(moved / 2)) / m) / 3.0;
}

double distance_jaro_winkler(Characters a, Characters b)
{
    double jaro = distance_jaro(a, b);
    size_t prefix = 0;
    if (jaro <= 0.7) return jaro;
    while (prefix < 4 && prefix < a.count && prefix < b.count && a.items[prefix] == b.items[prefix]) prefix++;
    return jaro + (double)prefix * 0.1 * (1.0 - jaro);
}

/* --- n-grams and subsequences ------------------------------------------------------------------ */

static int by_value(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

static void grams(Characters a, size_t n, uint64_t *out)
{
    for (size_t i = 0; i + n <= a.count; i++) {
        uint64_t h = 0;
        for (size_t k = 0; k < n; k++) h = n <= 3 ? h << 21 | a.items[i + k] : (h ^ a.items[i + k]) * 0x9E3779B97F4A7C15u + (h >> 31);
        out[i] = h;
    }
}

double distance_dice(Characters a, Characters b, size_t n)
{
    if (n == 0) n = 1;
    size_t a_grams = a.count >= n ? a.count - n + 1 : 0, b_grams = b.count >= n ? b.count - n + 1 : 0, both = 0;
    if (a_grams == 0 || b_grams == 0) return a.count == b.count && (a.count == 0 || memcmp(a.items, b.items, a.count * sizeof *a.items) == 0) ? 1.0 : 0.0;
    uint64_t *first = scratch((a_grams + b_grams) * sizeof *first);
    if (first == NULL) return -1;
    uint64_t *second = first + a_grams;
    grams(a, n, first);
    grams(b, n, second);
    qsort(first, a_grams, sizeof *first, by_value);
    qsort(second, b_grams, sizeof *second, by_value);
    for (size_t i = 0, j = 0; i < a_grams && j < b_grams;) {
        if (first[i] == second[j]) {
            both++, i++, j++;
        } else if (first[i] < second[j]) {
            i++;
        } else {
            j++;
        }
    }
    return 2.0 * (double)both / (double)(a_grams + b_grams);
}

long distance_lcs(Characters a, Characters b)
{
    size_t same = a.count + b.count;
    strip_ends(&a, &b);
    same = (same - a.count - b.count) / 2;
    size_t *row = scratch((b.count + 1) * sizeof *row);
    if (row == NULL) return -1;
    memset(row, 0, (b.count + 1) * sizeof *row);
    for (size_t i = 0; i < a.count; i++) {
        size_t diagonal = 0;
        for (size_t j = 0; j < b.count; j++) {
            size_t above = row[j + 1];
            row[j + 1] = a.items[i] == b.items[j] ? diagonal + 1 : above > row[j] ? above : row[j];
            diagonal = above;
        }
    }
    return (long)(row[b.count] + same);
}

long distance_alignment(Characters a, Characters b, Edit **edits)
{
    size_t width = b.count + 1;
    *edits = NULL;
    if ((a.count + 1) > ((size_t)1 << 28) / width) return -1;
    uint32_t *cost = malloc((a.count + 1) * width * sizeof *cost);
    Edit *path = malloc((a.count + b.count + 1) * sizeof *path);
    long n = -1;
    if (cost == NULL || path == NULL) goto cleanup;
    for (size_t i = 0; i <= a.count; i++) {
        for (size_t j = 0; j <= b.count; j++) {
            uint32_t best = i == 0 ? (uint32_t)j : j == 0 ? (uint32_t)i : cost[(i - 1) * width + j - 1] + (a.items[i - 1] != b.items[j - 1]);
            if (i > 0 && j > 0 && cost[(i - 1) * width + j] + 1 < best) best = cost[(i - 1) * width + j] + 1;
            if (i > 0 && j > 0 && cost[i * width + j - 1] + 1 < best) best = cost[i * width + j - 1] + 1;
            cost[i * width + j] = best;
        }
    }
    n = 0;
    for (size_t i = a.count, j = b.count; i > 0 || j > 0;) { /* backwards, then turned round */
        uint32_t here = cost[i * width + j];
        if (i > 0 && j > 0 && here == cost[(i - 1) * width + j - 1] + (a.items[i - 1] != b.items[j - 1])) {
            i--, j--;
            path[n++] = (Edit){ a.items[i] == b.items[j] ? EDIT_MATCH : EDIT_SUBSTITUTE, a.items[i], b.items[j] };
        } else if (i > 0 && here == cost[(i - 1) * width + j] + 1) {
            path[n++] = (Edit){ EDIT_DELETE, a.items[--i], 0 };
        } else {
            path[n++] = (Edit){ EDIT_INSERT, 0, b.items[--j] };
        }
    }
    for (long i = 0; i < n / 2; i++) {
        Edit e = path[i];
        path[i] = path[n - 1 - i];
        path[n - 1 - i] = e;
    }
    *edits = path;
    path = NULL;
cleanup:
    free(path);
    free(cost);
    return n;
}

/* --- by words ---------------------------------------------------------------------------------- */

enum { MOST_WORDS = 256 };

typedef struct WordList {
    Octets text; /* folded */
    TextSpans spans;
} WordList;

static WordList lists[2];

static bool list_words(const char *s, size_t length, WordList *list)
{
    octets_clear(&list->text);
    spans_reset(&list->spans);
    if (!letters_case(s, length, LETTERS_FOLD, &list->text)) return false;
    if (!words_find(list->text.data, 0, list->text.length, true, &list->spans)) return false;
    if (list->spans.count > MOST_WORDS) list->spans.count = MOST_WORDS;
    return true;
}

static const char *sorted_text;

static int by_word(const void *x, const void *y)
{
    const TextSpan *a = x, *b = y;
    size_t n = a->end - a->start, m = b->end - b->start;
    int order = memcmp(sorted_text + a->start, sorted_text + b->start, n < m ? n : m);
    return order != 0 ? order : (n > m) - (n < m);
}

static bool sorted_words(WordList *list, Octets *out)
{
    sorted_text = list->text.data;
    if (list->spans.count > 1) qsort(list->spans.items, list->spans.count, sizeof *list->spans.items, by_word);
    octets_clear(out);
    for (size_t i = 0; i < list->spans.count; i++) {
        const TextSpan *w = &list->spans.items[i];
        if (i > 0 && !octets_add(out, " ", 1)) return false;
        if (!octets_add(out, list->text.data + w->start, w->end - w->start)) return false;
    }
    return true;
}

double distance_token_sort(const char *a, size_t a_length, const char *b, size_t b_length)
{
    static Octets sorted[2];
    Characters x, y;
    if (!list_words(a, a_length, &lists[0]) || !sorted_words(&lists[0], &sorted[0])) return -1;
    if (!list_words(b, b_length, &lists[1]) || !sorted_words(&lists[1], &sorted[1])) return -1;
    if (!distance_characters(sorted[0].data, sorted[0].length, 2, &x) || !distance_characters(sorted[1].data, sorted[1].length, 3, &y)) return -1;
    return distance_ratio(x, y);
}

/* The mean of each word's best likeness among the other's words. */
static double one_way(const WordList *from, const WordList *to)
{
    double sum = 0;
    for (size_t i = 0; i < from->spans.count; i++) {
        double best = 0;
        Characters x, y;
        const TextSpan *v = &from->spans.items[i];
        if (!distance_characters(from->text.data + v->start, v->end - v->start, 2, &x)) return -1;
        for (size_t j = 0; j < to->spans.count && best < 1.0; j++) {
            const TextSpan *w = &to->spans.items[j];
            if (!distance_characters(to->text.data + w->start, w->end - w->start, 3, &y)) return -1;
            double likeness = distance_jaro_winkler(x, y);
            if (likeness < 0) return -1;
            if (likeness > best) best = likeness;
        }
        sum += best;
    }
    return sum / (double)from->spans.count;
}

double distance_monge_elkan(const char *a, size_t a_length, const char *b, size_t b_length)
{
    if (!list_words(a, a_length, &lists[0]) || !list_words(b, b_length, &lists[1])) return -1;
    if (lists[0].spans.count == 0 || lists[1].spans.count == 0) return lists[0].spans.count == lists[1].spans.count ? 1.0 : 0.0;
    double there = one_way(&lists[0], &lists[1]), back = one_way(&lists[1], &lists[0]);
    return there < 0 || back < 0 ? -1 : (there + back) / 2;
}
