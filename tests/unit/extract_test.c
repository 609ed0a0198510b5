/* The article in a page, on invented pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/extract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST "The harbour council of Port Ellery voted on Tuesday to close the old fish market after inspectors found cracks in its roof."
#define SECOND "&quot;We could not wait until the winter storms,&quot; said Marta Oduya, who has led the council since 2019, after the vote."
#define THIRD "About forty traders will move to a hall near the railway station, where they pay no rent for two months."
#define BODY "<p>" FIRST "</p><p>" SECOND "</p><p>" THIRD "</p>"

static ArticleDraft draft;
static Error error;

static bool extract(const char *html) { return extract_article(html, strlen(html), &draft, &error); }

static const char *text(void) { return draft_get(&draft, DRAFT_TEXT); }

static int teardown(void **state)
{
    (void)state;
    draft_free(&draft);
    error_clear(&error);
    return 0;
}

static void assert_holds(const char *part)
{
    assert_non_null(text());
    if (!strstr(text(), part))
        fail_msg("lacks \"%s\": %s", part, text());
}

static void assert_lacks(const char *part)
{
    assert_non_null(text());
    if (strstr(text(), part))
        fail_msg("holds \"%s\": %s", part, text());
}

static void the_article_is_found_between_menus_teasers_and_comments(void **state)
{
    (void)state;
    assert_true(extract("<html><head><title>Fish market to close - Coastal News</title></head><body class='has-sidebar'>"
                        "<ul class='menu'><li><a href='/'>Home</a></li><li><a href='/s'>Sport</a></li></ul><div id='content'><h1>Fish market to close</h1>" BODY
                        "<div class='related'><h3>Related stories</h3><a href='/b'>Bridge toll to rise again in spring, council says</a></div></div>"
                        "<div id='comments'><h3>2 comments</h3><p>I always bought my fish there, what a pity, they should have repaired it long ago.</p></div>"
                        "<div class='footer'>Copyright 2021 Coastal News. All rights reserved.</div></body></html>"));
    assert_int_equal(0, strncmp(text(), "The harbour", 11));
    assert_holds("no rent for two months.");
    assert_holds("\n\n\"We could not");
    assert_lacks("Sport");
    assert_lacks("Bridge toll");
    assert_lacks("what a pity");
    assert_lacks("rights reserved");
    assert_string_equal("Fish market to close", draft_get(&draft, DRAFT_TITLE));
}

static void paragraphs_set_by_line_breaks_in_a_table_are_paragraphs(void **state)
{
    (void)state;
    assert_true(extract("<table><tr><td><a href=1>News</a><br><a href=2>Sport</a></td><td>" FIRST "<br><br>" SECOND "<br><br>" THIRD "</td></tr></table>"));
    assert_holds("in its roof.\n\n\"We could");
    assert_lacks("Sport");
}

static void headings_lists_and_captions_stay_in_place(void **state)
{
    (void)state;
    assert_true(extract("<article><h1>Fish market to close</h1>" BODY "<h2>What happens next</h2><ul><li>The council meets again on Thursday evening.</li>"
                        "<li>Engineers report in May.</li></ul><figure><img src=a><figcaption>The fish market before its closure</figcaption></figure>"
                        "<p>The traders say that the hall is too far from the quay, and that customers will not follow them.</p></article>"));
    assert_holds("What happens next\n\n\xE2\x80\xA2 The council meets again on Thursday evening.\n\n\xE2\x80\xA2 Engineers report in May.");
    assert_holds("The fish market before its closure");
}

/* The pages below hold one more paragraph each way; FOURTH is long, as the last of a report may be. */
#define FOURTH "The traders say that the hall is too far from the quay, and that customers will not follow them across the river in the rain."
#define HEAD "<html><head><title>Fish market to close</title></head><body><h1>Fish market to close</h1>"

static void text_in_boxes_that_are_called_widgets_is_text(void **state)
{
    (void)state;
    assert_true(extract(HEAD "<div class='widget'><p>" FIRST "</p></div><div class='widget'><p>" SECOND "</p></div><div class='widget'><p>" THIRD "</p></div><div class='widget'><p>" FOURTH
                             "</p></div><div class='sidebar'><p>Write to us when you have seen something that we ought to know.</p></div></body></html>"));
    assert_holds("in its roof.");
    assert_holds("in the rain.");
    assert_lacks("Write to us");
}

static void readers_who_say_more_than_the_article_are_left_out(void **state)
{
    (void)state;
    assert_true(extract(HEAD "<div>" BODY "<p>" FOURTH "</p></div><ol class='commentlist'>"
                             "<li><p>I have bought my fish there for thirty years, and never did I see a crack in that roof, whatever the inspectors may say about it now.</p></li>"
                             "<li><p>My father sold eels at the market. He said already that the roof would come down one day, and nobody would listen to him at the time.</p></li>"
                             "<li><p>What nobody asks is who will buy the old hall when the traders are gone. I can think of one or two who have been waiting for it.</p></li>"
                             "<li><p>The railway station is a fine place for a market, there is parking, and the tram stops at its door. Give it a year or so and see.</p></li></ol></body></html>"));
    assert_holds("in the rain.");
    assert_lacks("thirty years");
    assert_lacks("a fine place");
}

static void cards_and_the_next_story_are_not_the_article(void **state)
{
    (void)state;
    assert_true(extract(HEAD "<main><article>" BODY "<p>" FOURTH "</p><section><article><p>A ferry that ran aground in the mist was pulled free on Monday evening.</p></article></section></article>"
                             "<article><h1>Bridge toll to rise</h1><p>Drivers will pay more for the bridge from the first of May, the ministry of roads has told the newspapers.</p>"
                             "<p>The money is needed for new cables, it says, since the old ones have rusted through in two places.</p></article></main></body></html>"));
    assert_holds("in the rain.");
    assert_lacks("ran aground");
    assert_lacks("Drivers will pay");
}

static void the_posts_of_a_live_report_are_its_text(void **state)
{
    (void)state;
    assert_true(extract(HEAD "<main><article><p>" FIRST "</p><article><p>" SECOND "</p></article><article><p>" THIRD "</p></article><article><p>" FOURTH "</p></article></article></main></body></html>"));
    assert_holds("after the vote.");
    assert_holds("in the rain.");
}

static void a_picture_above_the_text_keeps_its_caption(void **state)
{
    (void)state;
    assert_true(extract(HEAD "<article><figure><img src=a><figcaption>Traders in the old hall on the morning of the vote</figcaption></figure>" BODY "</article></body></html>"));
    assert_holds("Traders in the old hall");
}

static void rows_of_headlines_with_teasers_after_the_article_are_left_out(void **state)
{
    (void)state;
    assert_true(extract("<table><tr><td>" FIRST "<br><br>" SECOND "<br><br>" THIRD "<br><br>" FOURTH "<br><br><a href=1>Bridge toll to rise in the spring</a><br>Drivers will pay more for the bridge from "
                        "the first of May, the ministry of roads says.<br><br><a href=2>Ferry pulled free at last</a><br>A ferry that ran aground in the mist was pulled free on Monday evening by two tugs."
                        "<br><br><a href=3>School wins prize for garden</a><br>The children of the school at the lock grow herbs that are sold in the market on Saturdays.</td></tr></table>"));
    assert_holds("in the rain.");
    assert_lacks("Drivers will pay");
    assert_lacks("grow herbs");
}

static void links_within_the_article_are_its_own(void **state)
{
    (void)state;
    assert_true(extract(HEAD "<article>" BODY "<h2><a href='#x'>What the inspectors found under the roof</a></h2><p>" FOURTH "</p></article></body></html>"));
    assert_holds("What the inspectors found under the roof");
}

#define AGAIN "The council had been warned more than once, the last time in the autumn, when a part of the gutter came down on a van that nobody had parked there."
#define REST "<p>Those who want to buy fish in the meantime will find the boats at the old quay, where the council has put up tents for the summer and a tap.</p>" \
             "<p>Inspectors go on with their work in the cellars, where the ice was kept, and will report to the council before the end of the month of May.</p>" \
             "<p>What becomes of the hall is open; a museum has been spoken of, and a swimming bath, but nobody has said how either of them would be paid.</p>" \
             "<p>The oldest of the traders, who is ninety, says that she will not move, and that she has seen three councils come and go in her time.</p>"

static void the_beginning_of_the_article_may_be_called_a_teaser(void **state)
{
    (void)state;
    assert_true(extract(HEAD "<article><div class='teaser-content'><p>" FIRST "</p><p>" SECOND "</p><p>" THIRD "</p><p>" FOURTH "</p><p>" AGAIN "</p></div><div class='remainder-content'>"
                             REST REST "</div></article></body></html>"));
    assert_holds("in its roof.");
    assert_holds("old quay");
}

static void a_line_between_paragraphs_that_is_one_link_leads_elsewhere(void **state)
{
    (void)state;
    assert_true(extract(HEAD "<article><p>" FIRST "</p><p><b><a href=1>BRIDGE TOLL TO RISE AGAIN IN SPRING</a></b></p><p>" SECOND "</p><p><a href=2>The ferry that ran aground in the mist</a></p><p>" THIRD
                             "</p><h2><a href='#x'>What the traders say</a></h2><p>" FOURTH "</p></article></body></html>"));
    assert_lacks("BRIDGE");
    assert_lacks("ran aground");
    assert_holds("What the traders say");
}

static void tags_after_the_article_and_its_author_are_left_out(void **state)
{
    (void)state;
    assert_true(extract(HEAD "<article><div>" BODY "<p>" FOURTH "</p></div><ul><li><a href=a>Port Ellery</a></li><li><a href=b>Fish</a></li><li><a href=c>Markets</a></li></ul>"
                             "<div class='author-bio'><p>Ann Lomax has written about the harbour for twelve years and keeps two cats.</p></div></article></body></html>"));
    assert_holds("in the rain.");
    assert_lacks("Markets");
    assert_lacks("two cats");
}

static void what_is_hidden_is_not_read(void **state)
{
    (void)state;
    assert_true(extract(HEAD "<article>" BODY "<p style='display: none'>Readers of this page are kindly asked to send their letters by post.</p><p>" FOURTH "</p></article></body></html>"));
    assert_lacks("kindly asked");
}

static void json_ld_is_believed_first(void **state)
{
    (void)state;
    assert_true(extract("<html lang='en-GB'><head><title>x</title><meta name=author content='Web Desk'><meta property='og:title' content='Other'>"
                        "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"BreadcrumbList\"},{\"@type\":[\"NewsArticle\"],\"headline\":\"Market \\u201cclosed\\u201d\","
                        "\"datePublished\":\"2021-03-02T10:00:00Z\",\"author\":[{\"name\":\"Ann Lomax\"},{\"name\":\"Piet Visser\"}],\"publisher\":{\"name\":\"Coastal News\"}}]}</script>"
                        "<link rel=canonical href='https://coastal.example/market'></head><body>" BODY "</body></html>"));
    assert_string_equal("Market \xE2\x80\x9C" "closed\xE2\x80\x9D", draft_get(&draft, DRAFT_TITLE));
    assert_string_equal("2021-03-02T10:00:00Z", draft_get(&draft, DRAFT_DATE));
    assert_string_equal("Ann Lomax; Piet Visser", draft_get(&draft, DRAFT_AUTHOR));
    assert_string_equal("Coastal News", draft_get(&draft, DRAFT_OUTLET));
    assert_string_equal("https://coastal.example/market", draft_get(&draft, DRAFT_URL));
    assert_string_equal("en-GB", draft_get(&draft, DRAFT_LANGUAGE));
}

static void facts_come_from_meta_and_from_the_page_itself(void **state)
{
    (void)state;
    assert_true(extract("<html><head><title>Fish market to close | Coastal News</title><meta property='og:site_name' content='Coastal News'></head><body>"
                        "<div class='byline'>By <a rel='author' href='/a'>Ann Lomax</a></div><time datetime='2021-03-02'>2 March</time>" BODY "</body></html>"));
    assert_string_equal("Fish market to close", draft_get(&draft, DRAFT_TITLE));
    assert_string_equal("Ann Lomax", draft_get(&draft, DRAFT_AUTHOR));
    assert_string_equal("2021-03-02", draft_get(&draft, DRAFT_DATE));
}

static void an_author_may_be_told_by_the_id_of_an_object(void **state)
{
    (void)state;
    assert_true(extract("<html><head><script type='application/ld+json'>\n<![CDATA[\n{\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":\"2021-03-02\"},"
                        "{\"@type\":\"Article\",\"headline\":\"Market\nclosed\",\"author\":{\"@id\":\"#ann\"}},{\"@type\":\"Person\",\"@id\":\"#ann\",\"name\":\"Ann Lomax\"}]}]]>"
                        "</script></head><body>" BODY "</body></html>"));
    assert_string_equal("Market closed", draft_get(&draft, DRAFT_TITLE));
    assert_string_equal("Ann Lomax", draft_get(&draft, DRAFT_AUTHOR));
    assert_string_equal("2021-03-02", draft_get(&draft, DRAFT_DATE));
}

static void who_wrote_it_and_when_is_read_from_the_lines_above_the_text(void **state)
{
    static const char *const cases[][3] = {
        { "By Ann Lomax and Piet Visser", "Published: Tuesday, March 2, 2021", "Ann Lomax and Piet Visser" },
        { "by Ann Lomax, Harbour Correspondent", "2 March 2021 - 10:30", "Ann Lomax, Harbour Correspondent" },
        { "Von Anna van der Ott", "Updated: 7:15 p.m. CT, March 2, 2021", "Anna van der Ott" },
        { "Par Jean Petit et Marie Grand | March 2nd, 2021", "Region", "Jean Petit et Marie Grand" },
        { "By Ann Lomax March 2, 2021", "Region", "Ann Lomax" },
    };
    char page[2000];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(page, sizeof page, HEAD "<div>%s</div><div>%s</div>" BODY "</body></html>", cases[i][0], cases[i][1]);
        assert_true(extract(page));
        assert_string_equal(cases[i][2], draft_get(&draft, DRAFT_AUTHOR));
        assert_string_equal("2021-03-02", draft_get(&draft, DRAFT_DATE));
        draft_clear(&draft);
    }
}

static void a_line_that_begins_with_by_is_not_always_a_byline(void **state)
{
    (void)state;
    static const char *const lines[] = { "By night the hall is empty and cold.", "Di Marzo scores twice", "Von der Ahe kauft den Hafen", "By Order of the Council" };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char page[1000];
        snprintf(page, sizeof page, HEAD "<p>%s</p>" BODY "</body></html>", lines[i]);
        assert_true(extract(page));
        assert_true(draft_get(&draft, DRAFT_AUTHOR) == NULL || draft_get(&draft, DRAFT_AUTHOR)[0] == 0);
        draft_clear(&draft);
    }
}

static void the_part_of_the_window_title_that_stands_above_the_text_is_the_headline(void **state)
{
    (void)state;
    assert_true(extract("<html><head><title>The Port Ellery Market Post and Harbour Times - Fish market to close</title></head><body><b>Fish market to close</b><br>" BODY "</body></html>"));
    assert_string_equal("Fish market to close", draft_get(&draft, DRAFT_TITLE));
}

static void a_title_that_says_nothing_of_the_text_gives_way_to_the_line_above_it(void **state)
{
    (void)state;
    assert_true(extract("<html><head><title>Coastal Online</title></head><body><b>Council to close the fish market</b><br>" BODY "</body></html>"));
    assert_string_equal("Council to close the fish market", draft_get(&draft, DRAFT_TITLE));
}

static void a_page_that_a_script_would_fill_gives_its_declared_text(void **state)
{
    (void)state;
    assert_true(extract("<html><head><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"The ferry sank in calm water on Monday "
                        "morning, and all of its passengers were saved by fishermen from the village.\"}</script></head><body><div id=app></div></body></html>"));
    assert_holds("The ferry sank");
}

#define AFTER "<p>This newspaper was founded in the year of the great flood, and belongs to those who work for it.</p>" \
              "<p>Its printing house stands at the lock, where visitors are welcome on Saturdays between ten and twelve.</p>"

static void the_text_that_a_page_declares_says_where_it_ends(void **state)
{
    (void)state;
    assert_true(extract("<html><head><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Fish market to close\",\"articleBody\":\"" FIRST
                        " The council had been warned more than once, the last time in the autumn, when a part of the gutter came down on a van that nobody had parked there. " THIRD " " FOURTH
                        " Nobody was hurt by it, and the driver of the van, who sells eels, was given a new one by the insurance after some letters had been written.\"}</script></head><body><div><p>" FIRST
                        "</p><p>The council had been warned more than once, the last time in the autumn, when a part of the gutter came down on a van that nobody had parked there.</p><p>" THIRD "</p><p>" FOURTH
                        "</p><p>Nobody was hurt by it, and the driver of the van, who sells eels, was given a new one by the insurance after some letters had been written.</p>" AFTER "</div></body></html>"));
    assert_holds("letters had been written.");
    assert_lacks("great flood");
    assert_lacks("printing house");
}

static void a_page_without_an_article_is_refused_with_the_reason(void **state)
{
    (void)state;
    assert_false(extract("<html><body><ul><li><a href=1>Home</a></li><li><a href=2>News</a></li></ul></body></html>"));
    assert_non_null(strstr(error.message, "no article in the page"));
    error_clear(&error);
    assert_false(extract("<html><body><h1>Fish and other things from the sea</h1><div>Mackerel, herring, plaice</div><div>Prices by the kilo and the crate</div><div>Fresh every day</div></body></html>"));
    assert_non_null(strstr(error.message, "no sentence"));
    error_clear(&error);
    assert_false(extract(""));
    assert_non_null(error.message);
}

static void text_deep_in_the_page_is_not_lost(void **state)
{
    (void)state;
    enum { DEPTH = 100000 };
    size_t size = DEPTH * 5 + sizeof BODY;
    char *page = malloc(size);
    for (int i = 0; i < DEPTH; i++)
        memcpy(page + i * 5, "<div>", 5);
    memcpy(page + DEPTH * 5, BODY, sizeof BODY);
    bool found = extract(page);
    free(page);
    assert_true(found);
    assert_holds("The harbour council");
}

static void broken_pages_do_no_harm(void **state)
{
    (void)state;
    const char page[] = "<html><head><title>Fish</title><script type='application/ld+json'>[{\"@type\":\"Article\",\"author\":{\"name\":[\"A\"]}}]</script></head>"
                        "<body><table><tr><td class='byline'>By A</td></tr><p><a href=x>" BODY "<br><ul><li>\xC2\xA0<pre>a\n\nb</pre></ul></body>";
    srand(7);
    for (int round = 0; round < 2000; round++) {
        char copy[sizeof page];
        memcpy(copy, page, sizeof page);
        for (int i = 0; i < 12; i++)
            copy[rand() % (int)(sizeof page - 1)] = (char)("<>\"'/= \xC2\xE2\xF0\x80\0{}[]&;"[rand() % 18]);
        extract_article(copy, (size_t)rand() % sizeof page, &draft, &error);
        error_clear(&error);
        draft_clear(&draft);
    }
}

static void the_declared_encoding_is_read(void **state)
{
    (void)state;
    char charset[40];
    const char *meta = "<html><head><meta http-equiv=Content-Type content='text/html; charset=Windows-1251'>", *xml = "<?xml version='1.0' encoding=\"koi8-r\"?><html>";
    assert_true(extract_charset(meta, strlen(meta), charset, sizeof charset));
    assert_string_equal("windows-1251", charset);
    assert_true(extract_charset(xml, strlen(xml), charset, sizeof charset));
    assert_string_equal("koi8-r", charset);
    assert_false(extract_charset("<html>", 6, charset, sizeof charset));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(the_article_is_found_between_menus_teasers_and_comments, teardown),
        cmocka_unit_test_teardown(paragraphs_set_by_line_breaks_in_a_table_are_paragraphs, teardown),
        cmocka_unit_test_teardown(headings_lists_and_captions_stay_in_place, teardown),
        cmocka_unit_test_teardown(text_in_boxes_that_are_called_widgets_is_text, teardown),
        cmocka_unit_test_teardown(readers_who_say_more_than_the_article_are_left_out, teardown),
        cmocka_unit_test_teardown(cards_and_the_next_story_are_not_the_article, teardown),
        cmocka_unit_test_teardown(the_posts_of_a_live_report_are_its_text, teardown),
        cmocka_unit_test_teardown(a_picture_above_the_text_keeps_its_caption, teardown),
        cmocka_unit_test_teardown(rows_of_headlines_with_teasers_after_the_article_are_left_out, teardown),
        cmocka_unit_test_teardown(links_within_the_article_are_its_own, teardown),
        cmocka_unit_test_teardown(the_beginning_of_the_article_may_be_called_a_teaser, teardown),
        cmocka_unit_test_teardown(a_line_between_paragraphs_that_is_one_link_leads_elsewhere, teardown),
        cmocka_unit_test_teardown(tags_after_the_article_and_its_author_are_left_out, teardown),
        cmocka_unit_test_teardown(what_is_hidden_is_not_read, teardown),
        cmocka_unit_test_teardown(json_ld_is_believed_first, teardown),
        cmocka_unit_test_teardown(facts_come_from_meta_and_from_the_page_itself, teardown),
        cmocka_unit_test_teardown(an_author_may_be_told_by_the_id_of_an_object, teardown),
        cmocka_unit_test_teardown(who_wrote_it_and_when_is_read_from_the_lines_above_the_text, teardown),
        cmocka_unit_test_teardown(a_line_that_begins_with_by_is_not_always_a_byline, teardown),
        cmocka_unit_test_teardown(the_part_of_the_window_title_that_stands_above_the_text_is_the_headline, teardown),
        cmocka_unit_test_teardown(a_title_that_says_nothing_of_the_text_gives_way_to_the_line_above_it, teardown),
        cmocka_unit_test_teardown(a_page_that_a_script_would_fill_gives_its_declared_text, teardown),
        cmocka_unit_test_teardown(the_text_that_a_page_declares_says_where_it_ends, teardown),
        cmocka_unit_test_teardown(a_page_without_an_article_is_refused_with_the_reason, teardown),
        cmocka_unit_test_teardown(text_deep_in_the_page_is_not_lost, teardown),
        cmocka_unit_test_teardown(broken_pages_do_no_harm, teardown),
        cmocka_unit_test_teardown(the_declared_encoding_is_read, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
