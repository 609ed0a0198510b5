/* Words, sentences and UTF-8 as news needs them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/spans.h"
#include "text/language.h"
#include "text/letters.h"
#include "text/sentences.h"
#include "text/transliterate.h"
#include "text/utf8.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

static Octets out;
static TextSpans spans;

static int teardown(void **state)
{
    (void)state;
    octets_free(&out);
    spans_free(&spans);
    return 0;
}

/* The spans' texts with a bar between them. */
static const char *joined(const char *s)
{
    octets_clear(&out);
    for (size_t i = 0; i < spans.count; i++) {
        if (i > 0) assert_true(octets_add(&out, "|", 1));
        assert_true(octets_add(&out, s + spans.items[i].start, spans.items[i].end - spans.items[i].start));
    }
    assert_true(octets_add(&out, "", 1));
    return out.data;
}

static const char *words(const char *s)
{
    spans_reset(&spans);
    assert_true(words_find(s, 0, strlen(s), true, &spans));
    return joined(s);
}

static const char *tokens(const char *s)
{
    spans_reset(&spans);
    assert_true(words_find(s, 0, strlen(s), false, &spans));
    return joined(s);
}

static const char *sentences(const char *s)
{
    spans_reset(&spans);
    assert_true(sentences_find(s, 0, strlen(s), NULL, &spans));
    return joined(s);
}

static void words_hold_apostrophes_points_and_digits(void **state)
{
    (void)state;
    assert_string_equal(words("They don't pay 3.5% of 1,200 at U.S. ports."), "They|don't|pay|3.5|of|1,200|at|U.S|ports");
    assert_string_equal(words("l’accord, rock ’n’ roll"), "l’accord|rock|n|roll");
    assert_string_equal(words("Ош жана Žilina"), "Ош|жана|Žilina");
}

static void a_space_lost_after_a_full_stop_still_parts_words(void **state)
{
    (void)state;
    assert_string_equal(words("The vote ended.The count began."), "The|vote|ended|The|count|began");
    assert_string_equal(words("see port-news.example.org"), "see|port|news.example.org");
}

static void tokens_keep_marks_apart(void **state)
{
    (void)state;
    assert_string_equal(tokens("\"No,\" she said -- twice..."), "\"|No|,|\"|she|said|--|twice|...");
    assert_string_equal(tokens("€5 (five)"), "€|5|(|five|)");
    spans_reset(&spans);
    assert_true(words_find("ab 12 - +", 0, 9, false, &spans));
    assert_int_equal(spans.count, 4);
    assert_int_equal(spans.items[0].kind, WORDS_WORD);
    assert_int_equal(spans.items[1].kind, WORDS_NUMBER);
    assert_int_equal(spans.items[2].kind, WORDS_PUNCT);
    assert_int_equal(spans.items[3].kind, WORDS_SYMBOL);
}

static void bad_bytes_stop_nothing(void **state)
{
    (void)state;
    const char s[] = "caf\xC3 na\xEFve \xF0\x9F end\0 more";
    spans_reset(&spans);
    assert_true(words_find(s, 0, sizeof s - 1, true, &spans));
    assert_true(spans.count >= 4);
    for (size_t i = 0; i < spans.count; i++) assert_true(spans.items[i].end <= sizeof s - 1 && spans.items[i].start < spans.items[i].end);
    assert_true(sentences_find(s, 0, sizeof s - 1, NULL, &spans));
}

static void abbreviations_end_no_sentence(void **state)
{
    (void)state;
    assert_string_equal(sentences("Dr. Ada Lind met Gen. Oru. They spoke."), "Dr. Ada Lind met Gen. Oru.|They spoke.");
    assert_string_equal(sentences("The U.S. Navy left. In the U.S. The law differs."), "The U.S. Navy left.|In the U.S.|The law differs.");
    assert_string_equal(sentences("J. K. Moor won No. 5 on Oct. 6. He lost."), "J. K. Moor won No. 5 on Oct. 6.|He lost.");
    assert_string_equal(sentences("It opens at 5 p.m. Monday. It shut at 6 p.m. Police came."), "It opens at 5 p.m. Monday.|It shut at 6 p.m.|Police came.");
}

static void quotation_marks_stay_with_their_sentence(void **state)
{
    (void)state;
    assert_string_equal(sentences("“We lost.” She left. \"Stop!\" he cried."), "“We lost.”|She left.|\"Stop!\" he cried.");
    assert_string_equal(sentences("Rain fell.Roads closed."), "Rain fell.|Roads closed.");
}

static void wrapped_lines_are_one_sentence_and_titles_are_not(void **state)
{
    (void)state;
    const char *wrapped = "The council of the harbour town met on Tuesday to speak of the market\nthat burnt down in the spring and of the money that was left by those\nwho had gone. Nobody came.";
    assert_string_equal(sentences(wrapped), "The council of the harbour town met on Tuesday to speak of the market\nthat burnt down in the spring and of the money that was left by those\nwho had gone.|Nobody came.");
    assert_string_equal(sentences("Market burns\nA fire broke out."), "Market burns|A fire broke out.");
}

/* What stands behind the end is not read (the sanitizer sees to it), and what opens a sentence that never comes stays with the last. */
static void an_end_in_the_middle_of_marks_is_an_end(void **state)
{
    (void)state;
    static const char *const ends[] = { "It fell. \"", "It fell. (", "U.S. ", "p.m. \"", "No. -", "Mr.", ".", "?!", "1.", "It fell.\n\xE2\x80\x9C", "A\xE2" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t length = strlen(ends[i]);
        char *exact = malloc(length);
        assert_non_null(exact);
        memcpy(exact, ends[i], length);
        spans_reset(&spans);
        assert_true(sentences_find(exact, 0, length, NULL, &spans));
        assert_true(spans.count > 0 && spans.items[spans.count - 1].end <= length);
        free(exact);
    }
}

static void own_abbreviations_come_first(void **state)
{
    (void)state;
    Abbreviations *own = abbreviations_new();
    const char *s = "He met Akad. Sor there.";
    assert_non_null(own);
    assert_string_equal(sentences(s), "He met Akad.|Sor there.");
    assert_true(abbreviations_add(own, "akad", 4, ABBREVIATION_BEFORE_NAME));
    assert_true(abbreviations_add(own, "akad", 4, ABBREVIATION_BEFORE_NAME));
    spans_reset(&spans);
    assert_true(sentences_find(s, 0, strlen(s), own, &spans));
    assert_int_equal(spans.count, 1);
    assert_false(abbreviations_add(own, "", 0, ABBREVIATION_BEFORE_NAME));
    abbreviations_free(own);
}

static const char *made(bool ok)
{
    assert_true(ok);
    assert_true(octets_add(&out, "", 1));
    return out.data;
}

static void utf8_is_judged_mended_and_measured(void **state)
{
    (void)state;
    size_t position = 0, count = 0;
    assert_true(utf8_valid("Žilina 東京", strlen("Žilina 東京"), &position));
    assert_false(utf8_valid("ab\xC0\x80", 4, &position));
    assert_int_equal(position, 2);
    assert_false(utf8_valid("a\xED\xA0\x80", 4, &position)); /* a surrogate */
    octets_clear(&out);
    assert_string_equal(made(utf8_sanitize("a\xE2\x80z\xFF", 5, &out, &count)), "a\xEF\xBF\xBDz\xEF\xBF\xBD");
    assert_int_equal(count, 2);
    assert_int_equal(utf8_length("é\xFF" "a", 4), 3);
    assert_int_equal(utf8_width("東é", strlen("東é")), 3);
    octets_clear(&out);
    assert_string_equal(made(utf8_clip("harbour", 7, 4, &out)), "har…");
    octets_clear(&out);
    assert_string_equal(made(utf8_clip("harb", 4, 4, &out)), "harb");
    octets_clear(&out);
    assert_string_equal(made(utf8_normal_space(" a\xC2\xA0\n b ", 8, &out)), "a b");
}

static void letters_have_case_and_shape(void **state)
{
    (void)state;
    octets_clear(&out);
    assert_string_equal(made(letters_case("STRASSE ß É", strlen("STRASSE ß É"), LETTERS_FOLD, &out)), "strasse ss é");
    octets_clear(&out);
    assert_string_equal(made(letters_shape("Bishop U.N. 2020-05", 19, &out)), "Xxxx X.X. dddd-dd");
    octets_clear(&out);
    assert_string_equal(made(letters_nfc("e\xCC\x81", 3, &out)), "é");
    assert_true(letters_is_upper("UN", 2));
    assert_false(letters_is_upper("Un", 2));
    assert_true(letters_is_title("McKay", 5));
    assert_false(letters_is_title("UN", 2));
    assert_string_equal(letters_script("Ош a", strlen("Ош a")), "Cyrl");
}

static void names_of_every_script_meet_in_one_key(void **state)
{
    (void)state;
    Error error = { 0 };
    octets_clear(&out);
    assert_string_equal(made(transliterate_key("Жумабек Al-Bab’s", strlen("Жумабек Al-Bab’s"), &out, &error)), "zumabek al babs");
    for (int i = 0; i < 2; i++) { /* the second time from memory */
        octets_clear(&out);
        assert_string_equal(made(transliterate_skeleton("Жумабек", strlen("Жумабек"), &out, &error)), "zmbk");
    }
    octets_clear(&out);
    assert_string_equal(made(transliterate_skeleton("Zhumabek Jumabek", 16, &out, &error)), "zmbk zmbk");
    assert_false(transliterate("x", 1, "No-Such", &out, &error));
    assert_non_null(strstr(error.message, "No-Such"));
    error_clear(&error);
}

static void the_language_of_a_sentence_is_told(void **state)
{
    (void)state;
    double confidence;
    const char *english = "The harbour council voted on Tuesday to close the old fish market.";
    const char *russian = "Совет порта во вторник проголосовал за закрытие старого рыбного рынка.";
    assert_string_equal(language_detect(english, strlen(english), &confidence), "en");
    assert_true(confidence > 0.5);
    assert_string_equal(language_detect(russian, strlen(russian), &confidence), "ru");
    assert_string_equal(language_detect("", 0, &confidence), "und");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_hold_apostrophes_points_and_digits),
        cmocka_unit_test(a_space_lost_after_a_full_stop_still_parts_words),
        cmocka_unit_test(tokens_keep_marks_apart),
        cmocka_unit_test(bad_bytes_stop_nothing),
        cmocka_unit_test(abbreviations_end_no_sentence),
        cmocka_unit_test(quotation_marks_stay_with_their_sentence),
        cmocka_unit_test(wrapped_lines_are_one_sentence_and_titles_are_not),
        cmocka_unit_test(an_end_in_the_middle_of_marks_is_an_end),
        cmocka_unit_test(own_abbreviations_come_first),
        cmocka_unit_test(utf8_is_judged_mended_and_measured),
        cmocka_unit_test(letters_have_case_and_shape),
        cmocka_unit_test(names_of_every_script_meet_in_one_key),
        cmocka_unit_test(the_language_of_a_sentence_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, teardown);
}
