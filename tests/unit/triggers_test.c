/* Triggers: where in a text something that begins with a word of a list may stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "octets.h"
#include "text/triggers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Octets out;

static void add(Triggers *triggers, const char *word, uint32_t list)
{
    assert_true(triggers_add(triggers, word, strlen(word), list));
}

/* The words at all triggers of s, up to the next space, with a bar between them. */
static const char *found(const Triggers *triggers, const char *s)
{
    size_t length = strlen(s);
    octets_clear(&out);
    for (size_t at = triggers_find(triggers, s, length, 0, false); at < length; at = triggers_find(triggers, s, length, at, true)) {
        if (out.length > 0) assert_true(octets_add(&out, "|", 1));
        assert_true(octets_add(&out, s + at, strcspn(s + at, " ")));
    }
    return out.length > 0 ? out.data : "";
}

static void finds_words_in_any_case(void **state)
{
    (void)state;
    Triggers *triggers = triggers_new();
    add(triggers, "today", 0);
    add(triggers, "мая", 0);
    assert_string_equal(found(triggers, "Today it rained; TODAY's paper, a mid-today sun, 9 МАЯ."), "Today|TODAY's|9|МАЯ.");
    assert_string_equal(found(triggers, "todays todayish"), "");
    triggers_free(triggers);
}

static void asks_what_follows(void **state)
{
    (void)state;
    Triggers *triggers = triggers_new();
    assert_true(triggers_follow(triggers, 1, "morning", 7));
    assert_true(triggers_follow(triggers, 2, "year", 4));
    add(triggers, "the", 1);
    add(triggers, "the", 2);
    assert_string_equal(found(triggers, "The morning, the dog, the-year, the 5th"), "The|the-year,|the|5th");
    add(triggers, "the", 0);
    assert_string_equal(found(triggers, "the dog"), "the");
    triggers_free(triggers);
}

static void knows_numbers(void **state)
{
    (void)state;
    Triggers *triggers = triggers_new();
    assert_true(triggers_follow(triggers, 7, "days", 4));
    add(triggers, "today", 0);
    assert_string_equal(found(triggers, "12 people, 12 days, $ 500 and 1,500.5m in '98, \xC2\xBD"), "12|12|1,500.5m|'98,|98,|\xC2\xBD");
    add(triggers, "0", 7);
    assert_string_equal(found(triggers, "12 people, 1,500 homes, 2.5 tons; 12 days, 1812 homes, 14.27 BST"), "12|1812|14.27");
    triggers_free(triggers);
}

static void takes_bytes_as_they_come(void **state)
{
    (void)state;
    char noise[512];
    Triggers *triggers = triggers_new();
    assert_true(triggers_follow(triggers, 1, "morning", 7));
    add(triggers, "the", 1);
    assert_false(triggers_add(triggers, "", 0, 0));
    assert_false(triggers_add(triggers, "...", 3, 0));
    for (unsigned round = 0; round < 200; round++) {
        for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)((i * 7919 + round * 104729 + i * i * 31) >> 2);
        for (size_t at = 0, next; at < sizeof noise; at = next) {
            next = triggers_find(triggers, noise, sizeof noise, at, true);
            assert_true(next > at);
        }
    }
    triggers_free(triggers);
    triggers_free(NULL);
}

static void holds_many_words(void **state)
{
    (void)state;
    Triggers *triggers = triggers_new();
    char word[16];
    for (int i = 0; i < 3000; i++) {
        snprintf(word, sizeof word, "w%dx", i);
        add(triggers, word, 0);
    }
    assert_string_equal(found(triggers, "w0x w2999x w3000x"), "w0x|w2999x");
    triggers_free(triggers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_words_in_any_case), cmocka_unit_test(asks_what_follows), cmocka_unit_test(knows_numbers),
        cmocka_unit_test(takes_bytes_as_they_come), cmocka_unit_test(holds_many_words),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    octets_free(&out);
    return failed;
}
