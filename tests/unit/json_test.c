/* JSON as the loader reads it: strict, with the place of a fault, and records with named fields. */
#include "corpus/json.h"
#include "corpus/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool is_json(const char *text)
{
    Json json = json_begin(text, strlen(text));
    JsonValue value;
    return json_value(&json, &value) && json_at_end(&json);
}

static void what_is_json_is_read_and_nothing_else(void **state)
{
    (void)state;
    static const char *const good[] = { "{}", "[]", " [1, -2.5e+3, 0] ", "{\"a\":{\"b\":[{}, null, true, false]}}", "\"\\u00e9\\n\"", "[[[[]]]]" };
    static const char *const bad[] = { "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "[01]", "[1.]", "[-]", "\"a", "\"\\x\"", "\"\\u12g4\"", "[1 2]", "{\"a\" 1}", "nul",
                                       "[1]]", "\"\t\"", "{\"a\":}", "[}", "{]" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(is_json(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(is_json(bad[i]));
}

static void nesting_has_an_end(void **state)
{
    (void)state;
    char deep[2 * (JSON_DEPTH + 1) + 1];
    memset(deep, '[', JSON_DEPTH + 1);
    memset(deep + JSON_DEPTH + 1, ']', JSON_DEPTH + 1);
    deep[sizeof deep - 1] = '\0';
    assert_false(is_json(deep));
    deep[2 * JSON_DEPTH + 1] = '\0';
    assert_true(is_json(deep + 1));
}

static void strings_are_decoded_to_utf8(void **state)
{
    (void)state;
    static const char text[] = "\"A \\u00e9 \\ud83d\\ude00 \\ud800 \\\"q\\\" \\/ \\u0000.\"";
    static const char expected[] = "A \xC3\xA9 \xF0\x9F\x98\x80 \xEF\xBF\xBD \"q\" / \0.";
    Json json = json_begin(text, sizeof text - 1);
    JsonValue value;
    Octets out = { 0 };
    const char *bad;
    assert_true(json_value(&json, &value));
    assert_true(json_string(&value, &out, &bad));
    assert_int_equal(out.length, sizeof expected - 1);
    assert_memory_equal(out.data, expected, sizeof expected - 1);
    octets_free(&out);
}

static void an_object_is_found_across_pieces(void **state)
{
    (void)state;
    static const char text[] = "{\"a\":\"}\\\"}\",\"b\":[{}]} tail";
    for (size_t cut = 0; cut < 20; cut++) {
        JsonScan scan = { 0 };
        size_t first = json_scan(&scan, text, cut);
        assert_int_equal(first, 0);
        assert_int_equal(cut + json_scan(&scan, text + cut, sizeof text - 1 - cut), strlen("{\"a\":\"}\\\"}\",\"b\":[{}]}"));
    }
}

static void the_contracts_field_beats_a_common_name(void **state)
{
    (void)state;
    static const char record[] = "{\"content\":\"no\",\"text\":\"yes\",\"body\":\"no\",\"Headline\":\"H\",\"source\":{\"name\":\"Wire\"},\"id\":12,"
                                 "\"authors\":[\"Ann\",{\"name\":\"Bo\"}]}";
    ArticleDraft draft = { 0 };
    char message[RECORD_MESSAGE];
    assert_true(record_parse(record, sizeof record - 1, NULL, &draft, message));
    assert_string_equal(draft_get(&draft, DRAFT_TEXT), "yes");
    assert_string_equal(draft_get(&draft, DRAFT_TITLE), "H");
    assert_string_equal(draft_get(&draft, DRAFT_OUTLET), "Wire");
    assert_string_equal(draft_get(&draft, DRAFT_ID), "12");
    assert_string_equal(draft_get(&draft, DRAFT_AUTHOR), "Ann; Bo");
    draft_free(&draft);
}

static void a_field_name_with_a_nul_in_it_is_not_the_name_before_the_nul(void **state)
{
    (void)state;
    DraftField field;
    assert_int_equal(record_rank(NULL, "text", 4, &field), 1);
    assert_int_equal(record_rank(NULL, "text\0\0\0\0\0\0\0\0\0\0\0\0", 16, &field), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_json_is_read_and_nothing_else),
        cmocka_unit_test(nesting_has_an_end),
        cmocka_unit_test(strings_are_decoded_to_utf8),
        cmocka_unit_test(an_object_is_found_across_pieces),
        cmocka_unit_test(the_contracts_field_beats_a_common_name),
        cmocka_unit_test(a_field_name_with_a_nul_in_it_is_not_the_name_before_the_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
