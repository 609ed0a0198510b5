/* Readers of hostile input in their child process: a crash, a loop or a lie costs the one source. */
#include "corpus/isolated.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A reader that does what its source says. */
static bool obey(const Source *source, Sink *sink, Error *error)
{
    Octets order = { 0 };
    ArticleDraft draft = { 0 };
    bool fine = stream_read_all(source->stream, READ_WHOLE, &order, error);
    const char *what = order.data ? order.data : "";
    if (strcmp(what, "crash") == 0)
        abort();
    if (strcmp(what, "leave") == 0)
        _exit(3);
    if (strcmp(what, "fail") == 0)
        fine = error_set(error, "the source is bad");
    if (fine && strcmp(what, "eat") == 0)
        for (;;) {
            char *block = malloc(1 << 24);
            if (!block)
                abort();
            memset(block, 1, 1 << 24);
        }
    for (int i = 0; fine && i < 3; i++) {
        draft.line = i + 1;
        fine = draft_set(&draft, DRAFT_TEXT, what, order.length) && draft_set_text(&draft, DRAFT_URL, source->hints->fields[DRAFT_URL]) &&
               sink->article(sink, &draft, error);
    }
    fine = fine && sink->problem(sink, 9, "a bad record", error) && sink->format(sink, "utf-8", error) && sink->skipped(sink, "pictures", 4, error);
    draft_free(&draft);
    octets_free(&order);
    return fine;
}

static int sniff(const char *bytes, size_t n, const char *name)
{
    (void)bytes, (void)n, (void)name;
    return 0;
}

static const Reader reader = { .name = "obedient", .isolated = true, .sniff = sniff, .read = obey };

typedef struct Seen {
    int articles, problems, formats, skipped, stop_at;
    size_t length;
    char url[40];
} Seen;

static bool see_article(Sink *sink, ArticleDraft *draft, Error *error)
{
    Seen *seen = sink->context;
    seen->articles++;
    seen->length = draft->fields[DRAFT_TEXT].length;
    strncpy(seen->url, draft_get(draft, DRAFT_URL) ? draft_get(draft, DRAFT_URL) : "", sizeof seen->url - 1);
    assert_int_equal(draft->line, seen->articles);
    return seen->articles != seen->stop_at || error_set(error, "stop");
}

static bool see_problem(Sink *sink, int64_t line, const char *message, Error *error)
{
    (void)error;
    assert_int_equal(line, 9);
    assert_string_equal(message, "a bad record");
    ((Seen *)sink->context)->problems++;
    return true;
}

static bool see_format(Sink *sink, const char *detail, Error *error)
{
    (void)error;
    assert_string_equal(detail, "utf-8");
    ((Seen *)sink->context)->formats++;
    return true;
}

static bool see_skipped(Sink *sink, const char *reason, int64_t count, Error *error)
{
    (void)error, (void)reason;
    ((Seen *)sink->context)->skipped += (int)count;
    return true;
}

static bool read_order(Isolated *isolated, const char *bytes, size_t n, Seen *seen, Error *error)
{
    ReadHints hints = { .fields[DRAFT_URL] = "https://a.example/1" };
    Source source = { .stream = stream_of_memory(bytes, n), .name = "order", .hints = &hints };
    Sink sink = { seen, see_article, see_problem, NULL, NULL, see_format, see_skipped };
    bool fine = isolated_read(isolated, &reader, &source, &sink, error);
    stream_free(source.stream);
    return fine;
}

static void expect_good(Isolated *isolated)
{
    Seen seen = { 0 };
    assert_true(read_order(isolated, "a text\0with a NUL", 17, &seen, NULL));
    assert_int_equal(seen.articles, 3);
    assert_int_equal(seen.problems + seen.formats, 2);
    assert_int_equal(seen.skipped, 4);
    assert_int_equal(seen.length, 17);
    assert_string_equal(seen.url, "https://a.example/1");
}

static void expect_failure(Isolated *isolated, const char *order, const char *message)
{
    Seen seen = { 0 };
    Error error = { 0 };
    assert_false(read_order(isolated, order, strlen(order), &seen, &error));
    assert_non_null(strstr(error.message, message));
    error_clear(&error);
}

static void what_the_child_reads_arrives_whole(void **state)
{
    Isolated *isolated = *state;
    expect_good(isolated);
    Seen seen = { 0 };
    size_t n = 20 << 20;
    char *large = malloc(n);
    memset(large, 'x', n);
    assert_true(read_order(isolated, large, n, &seen, NULL));
    assert_int_equal(seen.length, n);
    free(large);
}

static void a_crash_costs_its_source_and_no_other(void **state)
{
    expect_failure(*state, "crash", "the obedient reader crashed on it (signal 6)");
    expect_good(*state);
    expect_failure(*state, "leave", "gave up on it");
    expect_good(*state);
}

static void an_error_of_the_reader_is_handed_on(void **state)
{
    expect_failure(*state, "fail", "the source is bad");
    expect_good(*state);
}

#ifndef ANNALIST_ASAN
static void hunger_for_memory_ends(void **state)
{
    expect_failure(*state, "eat", "crashed on it");
    expect_good(*state);
}
#endif

static void a_sink_that_stops_ends_the_reading(void **state)
{
    Seen seen = { .stop_at = 2 };
    Error error = { 0 };
    assert_false(read_order(*state, "text", 4, &seen, &error));
    assert_string_equal(error.message, "stop");
    assert_int_equal(seen.articles, 2);
    error_clear(&error);
    expect_good(*state);
}

static int set_up(void **state)
{
    *state = isolated_new();
    return *state ? 0 : 1;
}

static int tear_down(void **state)
{
    isolated_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_the_child_reads_arrives_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_crash_costs_its_source_and_no_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_error_of_the_reader_is_handed_on, set_up, tear_down),
#ifndef ANNALIST_ASAN
        cmocka_unit_test_setup_teardown(hunger_for_memory_ends, set_up, tear_down),
#endif
        cmocka_unit_test_setup_teardown(a_sink_that_stops_ends_the_reading, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
