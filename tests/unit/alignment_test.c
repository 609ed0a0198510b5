/* Weighted alignment and names, below Lua: prices, steps, tokens, features. The words and prices are the test's own. */
#include "text/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static Aligner *make_aligner(void) {
    Aligner *al = aligner_new();
    assert_non_null(al);
    assert_true(aligner_step(al, "tsch", "ch", 5, NULL));
    assert_true(aligner_step(al, "ow$", "ov$", 3, NULL));
    assert_true(aligner_step(al, "h", "", 20, NULL));
    assert_true(aligner_letter(al, 0x17e, "zh", NULL));
    assert_true(aligner_seal(al, NULL));
    return al;
}

static int distance(const Aligner *al, const char *a, const char *b, int limit) {
    AlignWord x, y;
    aligner_word(al, a, strlen(a), &x);
    aligner_word(al, b, strlen(b), &y);
    return aligner_distance(al, &x, &y, limit);
}

static void a_step_of_several_letters_costs_its_own_price(void **state) {
    (void)state;
    Aligner *al = make_aligner();
    assert_int_equal(distance(al, "chernov", "tschernow", 9999), 8);
    assert_int_equal(distance(al, "tschernow", "chernov", 9999), 8);
    assert_int_equal(distance(al, "hasan", "asan", 9999), 20);
    assert_int_equal(distance(al, "same", "same", 0), 0);
    aligner_free(al);
}

static void a_step_bound_to_the_end_holds_there_alone(void **state) {
    (void)state;
    Aligner *al = make_aligner();
    assert_int_equal(distance(al, "markow", "markov", 9999), 3);
    assert_true(distance(al, "mowka", "movka", 9999) > 50);
    aligner_free(al);
}

static void what_is_above_the_limit_is_far(void **state) {
    (void)state;
    Aligner *al = make_aligner();
    assert_int_equal(distance(al, "anna", "bertold", 100), ALIGN_FAR);
    assert_true(distance(al, "", "bertold", 9999) > 0);
    assert_int_equal(distance(al, "", "", 0), 0);
    aligner_free(al);
}

static void a_trace_leads_from_one_word_to_the_other(void **state) {
    (void)state;
    Aligner *al = make_aligner();
    AlignWord x, y;
    AlignStep steps[ALIGN_LETTERS * 2];
    int count, sum = 0, at_a = 0, at_b = 0;
    aligner_word(al, "tschernow", 9, &x);
    aligner_word(al, "chernov", 7, &y);
    int total = aligner_trace(al, &x, &y, steps, &count);
    for (int i = 0; i < count; i++) {
        assert_int_equal(steps[i].a, at_a);
        assert_int_equal(steps[i].b, at_b);
        at_a += steps[i].a_length;
        at_b += steps[i].b_length;
        sum += steps[i].cost;
    }
    assert_int_equal(at_a, x.length);
    assert_int_equal(at_b, y.length);
    assert_int_equal(sum, total);
    aligner_free(al);
}

static void steps_that_cannot_be_are_refused_in_words(void **state) {
    (void)state;
    Error error = {0};
    Aligner *al = aligner_new();
    assert_false(aligner_step(al, "A", "b", 5, &error));
    assert_non_null(error.message);
    error_clear(&error);
    assert_false(aligner_step(al, "", "", 5, NULL));
    assert_false(aligner_step(al, "a", "b", -1, NULL));
    assert_false(aligner_step(al, "abcdefghi", "b", 5, NULL));
    assert_false(aligner_letter(al, 0x17e, "Z!", NULL));
    aligner_free(al);
}

static void words_of_any_length_are_cut_not_overrun(void **state) {
    (void)state;
    Aligner *al = make_aligner();
    char longest[5000];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = 0;
    assert_int_equal(distance(al, longest, longest, 9999), 0);
    assert_true(distance(al, longest, "y", 9999) > 0);
    aligner_free(al);
}

static NameKnowledge *make_names(void) {
    NameKnowledge *nk = names_new(make_aligner());
    assert_non_null(nk);
    assert_true(names_word(nk, "robert", NAME_GIVEN | NAME_MALE, 1, NULL));
    assert_true(names_word(nk, "bob", NAME_GIVEN | NAME_MALE, 1, NULL));
    assert_true(names_word(nk, "anna", NAME_GIVEN | NAME_FEMALE, 2, NULL));
    assert_true(names_word(nk, "dr", NAME_TITLE, 0, NULL));
    assert_true(names_word(nk, "al", NAME_PARTICLE, 0, NULL));
    assert_true(names_word(nk, "limited company", NAME_LEGAL, 3, NULL));
    assert_true(names_word(nk, "limited", NAME_LEGAL | NAME_PHRASE, 3, NULL));
    assert_true(names_word(nk, "ltd", NAME_LEGAL, 3, NULL));
    assert_true(names_word(nk, "-ov", NAME_SURNAME, 4, NULL));
    return nk;
}

static void parse(const NameKnowledge *nk, const char *text, Name *name) { name_parse(nk, text, strlen(text), name); }

static void tokens_have_roles(void **state) {
    (void)state;
    NameKnowledge *nk = make_names();
    Name name;
    parse(nk, "Dr. Robert J. Markov", &name);
    assert_int_equal(name.count, 4);
    assert_int_equal(name.telling, 3);
    assert_true(name.tokens[0].flags & NAME_TITLE);
    assert_true(name.tokens[1].flags & NAME_GIVEN);
    assert_true(name.tokens[2].flags & NAME_INITIAL);
    assert_true(name.tokens[3].flags & NAME_FAMILY);
    parse(nk, "Markov, Robert", &name);
    assert_true(name.comma && name.tokens[0].flags & NAME_FAMILY);
    parse(nk, "Harrow Limited Company", &name);
    assert_int_equal(name.count, 2);
    assert_true(name.tokens[1].flags & NAME_LEGAL);
    parse(nk, "Dr", &name);
    assert_int_equal(name.telling, 1);
    names_free(nk);
}

static double feature(const NameKnowledge *nk, const char *a, const char *b, const char *which) {
    Name x, y;
    NameComparison c;
    parse(nk, a, &x);
    parse(nk, b, &y);
    name_compare(nk, &x, &y, &c);
    for (int i = 0; i < NAME_FEATURES; i++)
        if (!strcmp(name_feature_names[i], which)) return c.features[i];
    fail();
    return 0;
}

static void features_say_what_agrees(void **state) {
    (void)state;
    NameKnowledge *nk = make_names();
    assert_true(feature(nk, "Robert Markov", "Bob Markow", "variant") > 0);
    assert_true(feature(nk, "Robert Markov", "Anna Markov", "sex") > 0);
    assert_true(feature(nk, "Robert Markov", "Anna Markov", "given_differs") > 0);
    assert_true(feature(nk, "Robert Markov", "R. Markov", "initial") > 0);
    assert_true(feature(nk, "Robert Markov", "Markov Robert", "order") > 0);
    assert_true(feature(nk, "Abd al Rahim", "Abdalrahim", "glued") > 0);
    assert_true(feature(nk, "Northern Fisheries Board", "NFB", "acronym") > 0);
    assert_true(feature(nk, "Harrow Ltd", "Harrow Limited Company", "legal") <= 0);
    names_free(nk);
}

static double score(const NameKnowledge *nk, const char *a, const char *b) {
    Name x, y;
    NameComparison c;
    parse(nk, a, &x);
    parse(nk, b, &y);
    name_compare(nk, &x, &y, &c);
    return name_score(nk, &c);
}

static void names_without_a_word_in_common_are_not_one(void **state) {
    (void)state;
    NameKnowledge *nk = make_names();
    names_weight(nk, NAME_MODEL_PERSON, 0, 9); /* whatever the weights say */
    assert_true(score(nk, "Anna Bell", "Robert Markov") < 0.1);
    assert_true(score(nk, "A B", "C D") < 0.1);
    assert_true(score(nk, "NFB", "Northern Fisheries Board") > 0.5);
    assert_true(score(nk, "Anna Bell", "Anna Bell") > 0.5);
    names_free(nk);
}

static void any_bytes_are_a_name(void **state) {
    (void)state;
    NameKnowledge *nk = make_names();
    char bytes[256];
    Name name, other;
    NameComparison c;
    parse(nk, "Robert Markov", &other);
    for (int i = 0; i < 256; i++) {
        for (int k = 0; k < 256; k++) bytes[k] = (char)(k * i + k / 3);
        for (size_t length = 0; length <= sizeof bytes; length += 13) {
            name_parse(nk, bytes, length, &name);
            assert_true(name.count <= NAME_TOKENS);
            name_compare(nk, &name, &other, &c);
            double score = name_score(nk, &c);
            assert_true(score >= 0 && score <= 1);
        }
    }
    names_free(nk);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_of_several_letters_costs_its_own_price),
        cmocka_unit_test(a_step_bound_to_the_end_holds_there_alone),
        cmocka_unit_test(what_is_above_the_limit_is_far),
        cmocka_unit_test(a_trace_leads_from_one_word_to_the_other),
        cmocka_unit_test(steps_that_cannot_be_are_refused_in_words),
        cmocka_unit_test(words_of_any_length_are_cut_not_overrun),
        cmocka_unit_test(tokens_have_roles),
        cmocka_unit_test(features_say_what_agrees),
        cmocka_unit_test(names_without_a_word_in_common_are_not_one),
        cmocka_unit_test(any_bytes_are_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
