/* Edit distances against slow, plain versions, and sets against known values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/distance.h"
#include "text/sets.h"

#include <stdlib.h>
#include <string.h>

static Characters decoded(const char *s, int which)
{
    Characters out;
    assert_true(distance_characters(s, strlen(s), which, &out));
    return out;
}

static long levenshtein(const char *a, const char *b) { return distance_levenshtein(decoded(a, 0), decoded(b, 1), -1); }

static void known_distances_come_out(void **state)
{
    (void)state;
    assert_int_equal(levenshtein("kitten", "sitting"), 3);
    assert_int_equal(levenshtein("", "abc"), 3);
    assert_int_equal(levenshtein("Жапар", "Жаппар"), 1);
    assert_int_equal(distance_levenshtein(decoded("harbour", 0), decoded("market", 1), 2), 3);
    assert_int_equal(distance_damerau(decoded("abcd", 0), decoded("acbd", 1)), 1);
    assert_true(distance_jaro(decoded("MARTHA", 0), decoded("MARHTA", 1)) > 0.944 && distance_jaro(decoded("MARTHA", 0), decoded("MARHTA", 1)) < 0.945);
    assert_true(distance_jaro_winkler(decoded("DIXON", 0), decoded("DICKSONX", 1)) > 0.813);
    assert_true(distance_dice(decoded("night", 0), decoded("nacht", 1), 2) == 0.25);
    assert_int_equal(distance_lcs(decoded("abcde", 0), decoded("ace", 1)), 3);
    assert_true(distance_token_sort("Lind, Ada", 9, "ada LIND", 8) == 1.0);
    assert_true(distance_monge_elkan("ada lind", 8, "lind ada maria", 14) > 0.7);
    assert_true(distance_ratio(decoded("", 0), decoded("", 1)) == 1.0);
}

/* The textbook table. */
static long plain(const char *a, size_t n, const char *b, size_t m)
{
    long *row = malloc((m + 1) * sizeof *row);
    assert_non_null(row);
    for (size_t j = 0; j <= m; j++) row[j] = (long)j;
    for (size_t i = 1; i <= n; i++) {
        long diagonal = row[0];
        row[0] = (long)i;
        for (size_t j = 1; j <= m; j++) {
            long best = diagonal + (a[i - 1] != b[j - 1]);
            if (row[j] + 1 < best) best = row[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    long result = row[m];
    free(row);
    return result;
}

static void long_and_short_strings_agree_with_the_table(void **state)
{
    (void)state;
    unsigned seed = 7;
    char a[256], b[256];
    for (int round = 0; round < 2000; round++) {
        seed = seed * 1103515245u + 12345u;
        size_t n = seed >> 16 & (round % 2 ? 63u : 255u), m = seed >> 8 & 255u;
        for (size_t i = 0; i < n; i++) a[i] = (char)('a' + ((seed = seed * 1103515245u + 12345u) >> 16 & 3u));
        for (size_t i = 0; i < m; i++) b[i] = (char)('a' + ((seed = seed * 1103515245u + 12345u) >> 16 & 3u));
        Characters x, y;
        assert_true(distance_characters(a, n, 0, &x) && distance_characters(b, m, 1, &y));
        assert_int_equal(distance_levenshtein(x, y, -1), plain(a, n, b, m));
    }
}

static void an_alignment_is_a_cheapest_way(void **state)
{
    (void)state;
    Edit *edits = NULL;
    long n = distance_alignment(decoded("abc", 0), decoded("axcd", 1), &edits);
    assert_int_equal(n, 4);
    assert_int_equal(edits[0].kind, EDIT_MATCH);
    assert_int_equal(edits[1].kind, EDIT_SUBSTITUTE);
    assert_int_equal(edits[3].kind, EDIT_INSERT);
    assert_int_equal(edits[3].b, 'd');
    free(edits);
}

static void shingles_fold_and_count(void **state)
{
    (void)state;
    Hashes a = { 0 }, b = { 0 }, c = { 0 };
    assert_true(sets_shingles("The old FISH market burnt", 25, 3, &a));
    assert_true(sets_shingles("the old, fish market: burnt", 27, 3, &b));
    assert_int_equal(a.count, 3);
    assert_memory_equal(a.items, b.items, 3 * sizeof *a.items);
    assert_true(sets_minhash(a.items, a.count, 16, 1, &c));
    assert_int_equal(c.count, 16);
    free(a.items);
    free(b.items);
    free(c.items);
}

static void passages_in_common_are_found_in_order(void **state)
{
    (void)state;
    const uint64_t a[] = { 1, 2, 3, 4, 5, 9, 9, 6, 7, 8 }, b[] = { 6, 7, 8, 0, 1, 2, 3, 4, 0, 5 };
    Runs runs = { 0 };
    assert_true(sets_common_runs(a, 10, b, 10, 3, &runs));
    assert_int_equal(runs.count, 2);
    assert_int_equal(runs.items[0].a, 7);
    assert_int_equal(runs.items[0].b, 0);
    assert_int_equal(runs.items[1].length, 4);
    free(runs.items);
    const int64_t x[] = { -5, 1, 2 }, y[] = { 1, 2, 8 };
    assert_true(sets_jaccard(x, 3, y, 3) == 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_distances_come_out),
        cmocka_unit_test(long_and_short_strings_agree_with_the_table),
        cmocka_unit_test(an_alignment_is_a_cheapest_way),
        cmocka_unit_test(shingles_fold_and_count),
        cmocka_unit_test(passages_in_common_are_found_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
