/* The sequence tagger: tokens, training, labels, spans, models as bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/tagger.h"

/* The tokens of a text, joined by '|'. */
static const char *tokens_of(const char *text)
{
    static char joined[512];
    size_t at = 0, start, end, size = strlen(text);
    joined[0] = 0;
    while (tagger_next_token(text, size, &at, &start, &end)) {
        if (joined[0]) strcat(joined, "|");
        strncat(joined, text + start, end - start);
    }
    return joined;
}

static void possessives_and_hyphens_stand_alone(void **state)
{
    (void)state;
    assert_string_equal(tokens_of("Moyo's aide left the Leeds-based firm."), "Moyo|'s|aide|left|the|Leeds|-|based|firm|.");
    assert_string_equal(tokens_of("O’Hara’s dog didn’t bark"), "O’Hara|’s|dog|didn’t|bark");
}

static void initials_abbreviations_and_names_of_two_syllables_are_one(void **state)
{
    (void)state;
    assert_string_equal(tokens_of("J. R. Hale of the U.S. met Lin Wei-chen at B&Q."), "J.|R.|Hale|of|the|U.S.|met|Lin|Wei-chen|at|B&Q|.");
}

static void broken_bytes_are_cut_somewhere_and_never_read_past(void **state)
{
    (void)state;
    size_t at = 0, start, end, count = 0;
    static const char bytes[] = "A\xff\xfe\xe2\x80 b\xc3";
    while (tagger_next_token(bytes, sizeof bytes - 1, &at, &start, &end)) {
        assert_true(start < end && end <= sizeof bytes - 1);
        count++;
    }
    assert_true(count >= 2);
}

static const char *const KINDS[] = { "person", "place" };
static const char *const SENTENCES[] = { "Mayor Ann Lee spoke in Harwick .", "Mayor Tom Poe lives in Selby .", "Judge Ida May went to Marlow .", "Rain fell in Harwick ." };
static const int LABELS[][7] = { { 0, 1, -1, 0, 0, 2, 0 }, { 0, 1, -1, 0, 0, 2, 0 }, { 0, 1, -1, 0, 0, 2, 0 }, { 0, 0, 0, 2, 0 } };

/* A tagger that has learnt the four sentences. */
static Tagger *trained(void)
{
    Error error = { 0 };
    TaggerOptions options = { .templates = "lower lower[-1] shape class class[-1] lower[-1]/brief edge", .bits = 12, .iterations = 20, .seed = 3, .rate = 0.2f };
    Tagger *tagger = tagger_new(&options, KINDS, 2, true, &error);
    assert_non_null(tagger);
    int office = tagger_add_class(tagger, "office", &error);
    assert_true(tagger_add_phrase(tagger, office, "Mayor", 5, &error) && tagger_add_phrase(tagger, office, "High Judge", 10, &error));
    TaggerTrainer *trainer = tagger_trainer_new(tagger, &error);
    TaggerDocument *document = tagger_document_new(tagger, &error);
    for (int i = 0; i < 4; i++) {
        assert_true(tagger_document_clear(document, &error));
        assert_true(tagger_document_add(document, SENTENCES[i], 0, strlen(SENTENCES[i]), &error));
        assert_true(tagger_trainer_add(trainer, document, LABELS[i], 1, &error));
    }
    double first = 0, last = 0;
    for (int i = 0; i < 20; i++) assert_true(tagger_trainer_pass(trainer, i ? &last : &first, &error));
    assert_true(last < first);
    assert_true(tagger_trainer_finish(trainer, &error));
    tagger_document_free(document);
    tagger_trainer_free(trainer);
    return tagger;
}

static size_t find_spans(Tagger *tagger, const char *text, TaggerSpan *spans)
{
    Error error = { 0 };
    uint8_t labels[64];
    float scores[64];
    TaggerDocument *document = tagger_document_new(tagger, &error);
    assert_true(tagger_document_add(document, text, 0, strlen(text), &error));
    assert_true(tagger_document_tokens(document) <= 64);
    assert_true(tagger_tag(tagger, document, labels, scores, &error));
    size_t count = tagger_spans(tagger, document, labels, scores, spans);
    tagger_document_free(document);
    return count;
}

static void what_was_learnt_is_found_about_other_names(void **state)
{
    (void)state;
    Tagger *tagger = trained();
    TaggerSpan spans[64];
    assert_int_equal(find_spans(tagger, "Mayor Una Fox spoke in Dunster .", spans), 2);
    assert_int_equal(spans[0].first, 1);
    assert_int_equal(spans[0].last, 2);
    assert_string_equal(tagger_kind_name(tagger, spans[0].kind), "person");
    assert_int_equal(spans[1].first, 5);
    assert_string_equal(tagger_kind_name(tagger, spans[1].kind), "place");
    assert_true(spans[0].score > 0.3f && spans[0].score <= 1.001f);
    assert_true(tagger_lexicon_find(tagger, "high judge", 10) != 0);
    assert_true(tagger_lexicon_find(tagger, "high", 4) == 0);
    tagger_free(tagger);
}

static void training_twice_gives_the_same_bytes_and_a_loaded_model_tags_alike(void **state)
{
    (void)state;
    Error error = { 0 };
    Tagger *one = trained(), *two = trained();
    size_t size_one, size_two;
    char *bytes_one = tagger_save(one, &size_one, &error), *bytes_two = tagger_save(two, &size_two, &error);
    assert_int_equal(size_one, size_two);
    assert_memory_equal(bytes_one, bytes_two, size_one);
    Tagger *loaded = tagger_load(bytes_one, size_one, &error);
    assert_non_null(loaded);
    TaggerSpan before[64], after[64];
    size_t count = find_spans(one, "Judge Una Fox lives in Selby .", before);
    assert_int_equal(find_spans(loaded, "Judge Una Fox lives in Selby .", after), count);
    for (size_t i = 0; i < count; i++) assert_true(before[i].first == after[i].first && before[i].kind == after[i].kind);
    free(bytes_one);
    free(bytes_two);
    tagger_free(one);
    tagger_free(two);
    tagger_free(loaded);
}

static void a_model_that_is_cut_short_or_is_none_is_refused(void **state)
{
    (void)state;
    Error error = { 0 };
    Tagger *tagger = trained();
    size_t size;
    char *bytes = tagger_save(tagger, &size, &error);
    for (size_t cut = 0; cut < size; cut += size / 40 + 1) {
        assert_null(tagger_load(bytes, cut, &error));
        assert_non_null(error.message);
        error_clear(&error);
    }
    assert_null(tagger_load("no model at all, just words", 27, &error));
    error_clear(&error);
    free(bytes);
    tagger_free(tagger);
}

static void a_template_that_makes_no_sense_is_named(void **state)
{
    (void)state;
    Error error = { 0 };
    static const char *const wrong[] = { "lower colour", "lower[9]", "lower[x]", "class/left", "", "lower/lower/lower/lower/lower" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        TaggerOptions options = { .templates = wrong[i], .bits = 10, .iterations = 1 };
        assert_null(tagger_new(&options, KINDS, 2, true, &error));
        assert_non_null(strstr(error.message, "template"));
        error_clear(&error);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(possessives_and_hyphens_stand_alone),
        cmocka_unit_test(initials_abbreviations_and_names_of_two_syllables_are_one),
        cmocka_unit_test(broken_bytes_are_cut_somewhere_and_never_read_past),
        cmocka_unit_test(what_was_learnt_is_found_about_other_names),
        cmocka_unit_test(training_twice_gives_the_same_bytes_and_a_loaded_model_tags_alike),
        cmocka_unit_test(a_model_that_is_cut_short_or_is_none_is_refused),
        cmocka_unit_test(a_template_that_makes_no_sense_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
