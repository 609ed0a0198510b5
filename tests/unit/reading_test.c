/* What readers stand on: streams, encodings, declared dates, mail parts, pieces of markup. */
#include "corpus/address.h"
#include "corpus/charset.h"
#include "corpus/date.h"
#include "corpus/markup.h"
#include "corpus/mime.h"
#include "corpus/stream.h"
#include "digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- streams ------------------------------------------------------------------------------------- */

/* Gives the text "0123456789" a hundred thousand times over, seven bytes at a time. */
static ssize_t fill_digits(void *context, char *bytes, size_t room, Error *error)
{
    size_t *given = context;
    (void)error;
    size_t n = room < 7 ? room : 7;
    if (*given + n > 1000000)
        n = 1000000 - *given;
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)('0' + (*given + i) % 10);
    *given += n;
    return (ssize_t)n;
}

static void a_stream_gives_the_same_bytes_however_it_is_read(void **state)
{
    (void)state;
    size_t given = 0, got, position = 0;
    Stream *stream = stream_new(fill_digits, &given, NULL);
    stream_keep_digest(stream);
    const char *bytes;
    for (size_t want = 1; (bytes = stream_peek(stream, want, &got, NULL)) && got > 0; want = want * 3 % 70001 + 1) {
        size_t take = got < want ? got : want;
        for (size_t i = 0; i < take; i++)
            assert_int_equal(bytes[i], '0' + (position + i) % 10);
        stream_skip(stream, take);
        position += take;
    }
    assert_int_equal(position, 1000000);
    char sha256[DIGEST_TEXT], expected[DIGEST_TEXT];
    int64_t size;
    assert_true(stream_digest(stream, sha256, &size, NULL));
    assert_int_equal(size, 1000000);
    stream_free(stream);
    char *whole = malloc(1000000);
    for (int i = 0; i < 1000000; i++)
        whole[i] = (char)('0' + i % 10);
    digest_sha256(whole, 1000000, expected);
    assert_string_equal(sha256, expected);
    free(whole);
}

static void lines_end_in_either_way_and_too_long_ones_are_passed_over(void **state)
{
    (void)state;
    static const char text[] = "one\r\ntwo two two two\nthree";
    Stream *stream = stream_of_memory(text, sizeof text - 1);
    Octets line = { 0 };
    bool more, too_long;
    assert_true(stream_read_line(stream, 5, &line, &more, &too_long, NULL));
    assert_string_equal(line.data, "one");
    octets_clear(&line);
    assert_true(stream_read_line(stream, 5, &line, &more, &too_long, NULL));
    assert_true(more && too_long);
    octets_clear(&line);
    assert_true(stream_read_line(stream, 5, &line, &more, &too_long, NULL));
    assert_string_equal(line.data, "three");
    octets_clear(&line);
    assert_true(stream_read_line(stream, 5, &line, &more, &too_long, NULL));
    assert_false(more);
    octets_free(&line);
    stream_free(stream);
}

/* --- encodings ----------------------------------------------------------------------------------- */

static void expect_text(const char *bytes, size_t n, const char *declared, const char *text, const char *encoding)
{
    Octets out = { 0 };
    char used[CHARSET_NAME];
    assert_true(charset_to_utf8(bytes, n, declared, &out, used, NULL));
    assert_string_equal(out.data, text);
    assert_string_equal(used, encoding);
    octets_free(&out);
}

static void encodings_are_marked_declared_or_guessed(void **state)
{
    (void)state;
    expect_text("caf\xC3\xA9", 5, NULL, "café", "utf-8");
    expect_text("caf\xC3\xA9", 5, "iso-8859-1", "café", "utf-8"); /* the bytes refute the declaration */
    expect_text("caf\xE9", 4, "iso-8859-1", "café", "windows-1252");
    expect_text("\xFE\xFF\x04\x1F", 4, NULL, "П", "utf-16be");
    expect_text("n\0e\0w\0s\0", 8, NULL, "news", "utf-16le");
    expect_text("\xEF\xBB\xBF" "a", 4, "windows-1251", "a", "utf-8");
    expect_text("\xCF\xF0\xE8", 3, "windows-1251", "При", "windows-1251");
}

static void one_broken_byte_does_not_make_utf8_something_else(void **state)
{
    (void)state;
    char text[400], expected[410];
    memset(text, 'a', sizeof text);
    memset(expected, 'a', sizeof expected);
    text[200] = (char)0xFF;
    memcpy(expected + 200, "\xEF\xBF\xBD", 3);
    expected[402] = '\0';
    expect_text(text, sizeof text, "utf-8", expected, "utf-8");
}

static void invalid_utf8_is_found_where_it_is(void **state)
{
    (void)state;
    assert_int_equal(charset_invalid("abc", 3), -1);
    assert_int_equal(charset_invalid("ab\xC0\xAF", 4), 2);          /* overlong */
    assert_int_equal(charset_invalid("\xED\xA0\x80", 3), 0);        /* a surrogate */
    assert_int_equal(charset_invalid("\xF4\x90\x80\x80", 4), 0);    /* beyond Unicode */
    assert_int_equal(charset_invalid("aaaaaaaaaaaaaaaa\xE2\x82", 18), 16);
}

/* --- dates --------------------------------------------------------------------------------------- */

static void declared_dates_become_iso_or_nothing(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "2020-10-06", "2020-10-06" }, { "2020-10-06T21:00:00Z", "2020-10-06T21:00" }, { "2020-10-06 21:00:05.123+06:00", "2020-10-06T21:00" },
        { "20201006", "2020-10-06" }, { "2020-10", "2020-10" }, { "2020", "2020" }, { "2020/1/6", "2020-01-06" },
        { "Tue, 06 Oct 2020 21:00:05 +0600", "2020-10-06T21:00" }, { "6 October 2020", "2020-10-06" }, { "October 6, 2020 at 9:30 PM", "2020-10-06T21:30" },
        { "06.10.2020", "2020-10-06" }, { "Tue Oct  6 21:00:00 2020", "2020-10-06T21:00" }, { "1602000000", "2020-10-06T16:00" },
        { "1602000000000", "2020-10-06T16:00" }, { "Sept. 3, 2019", "2019-09-03" }, { "Tue, 02 Mar 10:30:00 2021", NULL },
        { "06/10/2020", NULL }, { "2020-13-01", NULL }, { "2021-02-29", NULL }, { "yesterday", NULL }, { "", NULL }, { "0000-00-00", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char iso[DATE_TEXT] = "";
        bool known = date_to_iso(cases[i][0], strlen(cases[i][0]), iso);
        assert_string_equal(known ? iso : "none", cases[i][1] ? cases[i][1] : "none");
    }
}

static void trackers_and_schemes_do_not_make_another_address(void **state)
{
    (void)state;
    assert_true(address_same("https://www.a.example/x/?utm_source=feed&id=3#top", "http://A.example/x?id=3&fbclid=7"));
    assert_true(address_same("https://a.example/", "a.example"));
    assert_false(address_same("https://a.example/x?id=3", "https://a.example/x?id=4"));
    assert_false(address_same("https://a.example/x", "https://a.example/X"));
    assert_false(address_same("https://a.example/x", "https://b.example/x"));
    assert_true(address_names_a_page("https://a.example/x"));
    assert_true(address_names_a_page("https://a.example?p=1"));
    assert_false(address_names_a_page("https://a.example/"));
    assert_false(address_names_a_page("https://a.example"));
}

/* --- mail and markup ------------------------------------------------------------------------------- */

static void a_mail_header_is_unfolded_and_decoded(void **state)
{
    (void)state;
    static const char mail[] = "Subject: =?utf-8?Q?Caf=C3=A9_?=\r\n =?utf-8?B?Y2xvc2Vz?= at\r\n noon\r\nX: y\r\n\r\nbody";
    MimePart part = mime_part(mail, sizeof mail - 1);
    Octets out = { 0 };
    assert_true(mime_header_text(&part, "subject", &out));
    assert_string_equal(out.data, "Café closes at noon");
    assert_int_equal(part.body.n, 4);
    octets_free(&out);
}

static void an_encoded_word_that_is_none_right_behind_one_ends_too(void **state)
{
    (void)state;
    static const char mail[] = "Subject: =?utf-8?Q?Pier?==?utf-8?closed? today\n\n";
    MimePart part = mime_part(mail, sizeof mail - 1);
    Octets out = { 0 };
    assert_true(mime_header_text(&part, "Subject", &out));
    assert_string_equal(out.data, "Pier=?utf-8?closed? today");
    octets_free(&out);
}

static void the_parts_of_a_mail_are_found_also_when_it_is_cut_off(void **state)
{
    (void)state;
    static const char body[] = "intro\n--x\nA: b\n\none\n--x\n\ntwo\n--xx\nstill two\n--x--\nend\n--x\n\nno";
    MimeSlice slice = { body, sizeof body - 1 }, part;
    size_t at = 0;
    assert_true(mime_next(slice, "x", &at, &part));
    assert_memory_equal(part.bytes, "A: b\n\none", part.n);
    assert_true(mime_next(slice, "x", &at, &part));
    assert_int_equal(part.n, strlen("\ntwo\n--xx\nstill two"));
    assert_false(mime_next(slice, "x", &at, &part));
    slice.n = 20;
    at = 0;
    assert_true(mime_next(slice, "x", &at, &part));
    assert_false(mime_next(slice, "x", &at, &part));
}

static void a_piece_of_html_becomes_paragraphs(void **state)
{
    (void)state;
    static const char html[] = "<p>One &amp;\n <b>two</b></p>three<script>no()</script><div>four<br>five</div>";
    Octets out = { 0 };
    assert_true(markup_to_text(html, sizeof html - 1, &out));
    assert_string_equal(out.data, "One & two\n\nthree\n\nfour\n\nfive");
    octets_free(&out);
}

static void markup_nested_beyond_reason_is_walked_without_a_stack(void **state)
{
    (void)state;
    Octets html = { 0 }, out = { 0 };
    for (int i = 0; i < 100000; i++)
        octets_add_text(&html, "<div>");
    octets_add_text(&html, "deep");
    markup_to_text(html.data, html.length, &out);
    octets_free(&html);
    octets_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_gives_the_same_bytes_however_it_is_read),
        cmocka_unit_test(lines_end_in_either_way_and_too_long_ones_are_passed_over),
        cmocka_unit_test(encodings_are_marked_declared_or_guessed),
        cmocka_unit_test(one_broken_byte_does_not_make_utf8_something_else),
        cmocka_unit_test(invalid_utf8_is_found_where_it_is),
        cmocka_unit_test(declared_dates_become_iso_or_nothing),
        cmocka_unit_test(trackers_and_schemes_do_not_make_another_address),
        cmocka_unit_test(a_mail_header_is_unfolded_and_decoded),
        cmocka_unit_test(an_encoded_word_that_is_none_right_behind_one_ends_too),
        cmocka_unit_test(the_parts_of_a_mail_are_found_also_when_it_is_cut_off),
        cmocka_unit_test(a_piece_of_html_becomes_paragraphs),
        cmocka_unit_test(markup_nested_beyond_reason_is_walked_without_a_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
