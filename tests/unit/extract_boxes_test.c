/* What stands about and within the article of a news page of today: tickers, boxes of links, sign-ups, the next story. Invented pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/extract.h"

#include <stdlib.h>
#include <string.h>

#define HEAD "<html><head><title>Ferry company loses its licence</title></head><body>"
#define TITLE "<h1>Ferry company loses its licence</h1>"
#define LEAD "The ministry acts after three ferries broke down at sea within a month."
#define FIRST "The ministry of transport withdrew the licence of the island's only ferry company on Monday, a week before the holidays begin."
#define SECOND "Ole Brandt, who has run the company since 2011, said that he would go to court, and that his crews had always put safety first."
#define THIRD "About nine hundred people live on the island, and most of them buy their food in the harbour town on the other side of the sound."
#define FOURTH "The navy will carry the post, the milk and the sick, a spokeswoman said, until another company has been found to run the line."
#define FIFTH "The licence can be asked for again in May, when the engines of two of the three ferries are said to have been changed for new ones."
#define NAVY "Its boats are small, and the crews were told on Sunday only, so that the first crossing was late by an hour, and everybody was wet."
#define COURT "The court will hear both sides in April, and its judges have asked for the books of the workshop in which the engines were looked after."
#define SOUND "The sound is four miles wide at its narrowest, and no bridge has been drawn over it that was not laughed at in the parliament."
#define P(text) "<p>" text "</p>"
#define BODY P(FIRST) P(SECOND) P(THIRD) P(FOURTH)
#define NEWS(n) "<li><p>Storm number " n " of the winter closed the road over the pass for the whole of the morning, the police said in a statement.</p></li>"

static ArticleDraft draft;
static Error error;

static int teardown(void **state)
{
    (void)state;
    draft_free(&draft);
    error_clear(&error);
    return 0;
}

static void extract(const char *html)
{
    if (!extract_article(html, strlen(html), &draft, &error))
        fail_msg("no article: %s", error.message);
}

static void assert_holds(const char *part)
{
    if (!strstr(draft_get(&draft, DRAFT_TEXT), part))
        fail_msg("lacks \"%s\": %s", part, draft_get(&draft, DRAFT_TEXT));
}

static void assert_lacks(const char *part)
{
    if (strstr(draft_get(&draft, DRAFT_TEXT), part))
        fail_msg("holds \"%s\": %s", part, draft_get(&draft, DRAFT_TEXT));
}

static void assert_whole(void)
{
    assert_holds(FIRST);
    assert_holds(SECOND);
    assert_holds(THIRD);
    assert_holds(FOURTH);
}

static void an_aside_that_says_more_than_the_article_stays_aside(void **state)
{
    (void)state;
    extract(HEAD "<article>" TITLE BODY "<aside><h2>Live</h2><ul>" NEWS("1") NEWS("2") NEWS("3") NEWS("4") NEWS("5") NEWS("6") NEWS("7") NEWS("8") "</ul></aside></article></body></html>");
    assert_whole();
    assert_lacks("Storm number");
}

static void a_form_may_hold_the_whole_page(void **state)
{
    (void)state;
    extract(HEAD "<form method=post><div>" TITLE BODY "</div></form><div><p>The publisher takes no care for what stands on pages of others to which this page leads its readers.</p></div></body></html>");
    assert_whole();
}

static void the_next_story_on_the_page_is_longer_and_still_another(void **state)
{
    (void)state;
    extract(HEAD "<article>" TITLE BODY "</article><article><h1>Opera house opens its doors</h1>" P("The new opera house opened on Friday, four years late, with a concert for the builders.")
                 P("Tickets for the first season were sold out within an hour, the director said with a smile.") P("The house has seats for eleven hundred people, and a garden on its roof for all of them.")
                 P("Its architect did not come, since she has not been paid, as she told a radio station.") P("The mayor called that a misunderstanding, and promised to look for the missing bill.")
                 P("The first opera to be sung there will be one about a whale, in two acts and a storm.") "</article></body></html>");
    assert_whole();
    assert_lacks("opera");
}

static void a_box_of_links_in_the_text_does_not_end_it(void **state)
{
    (void)state;
    extract(HEAD "<article>" TITLE P(FIRST) P(SECOND) "<aside><h4>Related</h4><ul><li><a href=1>Who will pay for the new bridge</a></li><li><a href=2>Islanders count their boats</a></li></ul></aside>"
                 P(THIRD) "<div class='q7'><p>Most read</p><p><a href=3>A whale in the harbour basin</a></p><p><a href=4>The oldest lamp of the coast</a></p></div>" P(FOURTH) "</article></body></html>");
    assert_whole();
    assert_lacks("bridge");
    assert_lacks("whale");
    assert_lacks("Most read");
}

static void lists_of_links_lead_elsewhere_unless_the_text_names_them(void **state)
{
    (void)state;
    const char *links = "<ul><li><a href=1>Who will pay for the new bridge</a></li><li><a href=2>Islanders count their boats again</a></li></ul>";
    char page[3000];
    strcpy(page, HEAD "<article>" TITLE P(FIRST) P(SECOND));
    strcat(strcat(page, links), P(THIRD) P(FOURTH) "</article></body></html>");
    extract(page);
    assert_whole();
    assert_lacks("bridge");
    draft_clear(&draft);
    strcpy(page, HEAD "<article>" TITLE P(FIRST) P(SECOND) "<p>The court has dealt with these questions of the islanders and their boats before:</p>");
    strcat(strcat(page, links), P(THIRD) P(FOURTH) "</article></body></html>");
    extract(page);
    assert_holds("bridge");
    draft_clear(&draft);
    strcpy(page, HEAD "<article>" TITLE BODY "<p><b>Read more on this story:</b></p>");
    strcat(strcat(page, links), "</article></body></html>");
    extract(page);
    assert_whole();
    assert_lacks("bridge");
    assert_lacks("Read more");
}

static void a_short_row_of_links_between_paragraphs_leads_elsewhere(void **state)
{
    (void)state;
    extract(HEAD "<article>" TITLE P(FIRST) P(SECOND) "<div class='k2'><p><b>More coverage</b></p><p><a href=1>Who will pay for the new bridge</a></p><p><a href=2>Islanders count their boats again</a></p></div>"
                 P(THIRD) P(FOURTH) P(FIFTH) "</article></body></html>");
    assert_whole();
    assert_holds(FIFTH);
    assert_lacks("bridge");
    assert_lacks("More coverage");
}

static void a_line_of_links_with_bars_is_a_menu(void **state)
{
    (void)state;
    extract(HEAD "<div>" TITLE P(FIRST) P(SECOND) "<div>[ <a href=1>Reply</a> | <a href=2>Send to a friend</a> | <a href=3>Report</a> ]</div>" P(THIRD) P(FOURTH) "</div></body></html>");
    assert_whole();
    assert_lacks("Reply");
}

static void the_lead_above_the_byline_belongs_to_the_article(void **state)
{
    (void)state;
    extract(HEAD "<div class='hero'>" TITLE "<h2 class='deck'>" LEAD "</h2><div class='meta'><span>Ann Lomax</span> <span>Islands correspondent</span></div></div><div class='text'>" BODY "</div></body></html>");
    assert_holds(LEAD);
    assert_whole();
    assert_lacks("Islands correspondent");
    draft_clear(&draft);
    extract(HEAD "<div class='hero'>" TITLE "<p>Posted by Ann Lomax in Islands on Monday, 4 March 2019 at 10:30</p><p>12 people like this</p></div><div class='text'>" BODY "</div></body></html>");
    assert_lacks("Posted by");
}

static void the_heading_with_the_words_of_the_title_is_the_headline(void **state)
{
    (void)state;
    extract(HEAD "<div>" TITLE BODY "</div><h6>A version of this article appeared in print with the headline: Ferry company loses its licence.</h6></body></html>");
    assert_string_equal("Ferry company loses its licence", draft_get(&draft, DRAFT_TITLE));
    assert_whole();
}

static void what_the_declared_text_lacks_is_doubted_when_all_of_it_is_found(void **state)
{
    (void)state;
    extract("<html><head><title>Ferry company loses its licence</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry company loses its licence\","
            "\"articleBody\":\"" FIRST " " SECOND " " THIRD " " FOURTH " " FIFTH "\"}</script></head><body><div>" TITLE BODY P(FIFTH) "</div><div>" P("The new opera house opened on Friday, four years late, with a concert for the builders.")
            P("Tickets for the first season were sold out within an hour, the director said with a smile.") P("The house has seats for eleven hundred people, and a garden on its roof for all of them.")
            P("Its architect did not come, since she has not been paid, as she told a radio station.") "</div></body></html>");
    assert_whole();
    assert_lacks("opera");
}

static void a_page_that_a_damaged_script_swallowed_is_read(void **state)
{
    (void)state;
    char page[8000];
    strcpy(page, "<html><head><title>Ferry company loses its licence</title><script src=\"/old.js>\n// \"></script><script>\n");
    for (int i = 0; i < 100; i++)
        strcat(page, "var islands = islands || [];\n");
    strcat(page, "<body><table><tr><td>" TITLE BODY "</td></tr></table><p>" THIRD "</p><script>");
    strcat(page, "more();</script><div>Site of the coast</div></body></html>");
    extract(page);
    assert_whole();
    assert_string_equal("Ferry company loses its licence", draft_get(&draft, DRAFT_TITLE));
}

static void the_text_may_stand_in_several_boxes(void **state)
{
    (void)state;
    extract(HEAD "<section class='article-body'>" TITLE "<div class='p7'>(Coastal News) " FIRST "</div><div class='p7'>" SECOND "</div><div class='teaserimage'><a href=1>A whale in the harbour basin</a></div>"
                 "<div class='rest'><div class='p7'>" THIRD "</div><div class='p7'>" FOURTH "</div><div class='p7'><h3>What now?</h3></div><div class='p7'>" FIFTH "</div><div class='p7'>" NAVY
                 "</div><div class='p7'>" COURT "</div><div class='p7'>" SOUND "</div></div></section></body></html>");
    assert_whole();
    assert_holds(SOUND);
    assert_lacks("whale");
}

static void the_tags_of_a_post_do_not_name_its_box(void **state)
{
    (void)state;
    extract(HEAD "<div class='post hentry category-legal tag-cookies tag-newsletter'>" TITLE "<p class='author'>By Ann Lomax</p>" P(FIRST) P(SECOND) "</div><div class='entry'>" P(THIRD) P(FOURTH) P(FIFTH) P(NAVY)
                 P(COURT) P(SOUND) "</div></body></html>");
    assert_whole();
    assert_string_equal("Ann Lomax", draft_get(&draft, DRAFT_AUTHOR));
}

static void boxes_are_known_by_their_names(void **state)
{
    static const char *const names[] = { "newsletter-signup", "paywall-prompt", "donation-box", "reader-contributions", "author-card", "up-next", "app-download", "topic-list" };
    char page[4000];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        strcpy(page, HEAD "<article>" TITLE BODY "<div class='");
        strcat(strcat(page, names[i]), "'><p>We would like to hear from you, and we would like you to hear from us every morning before breakfast.</p></div></article></body></html>");
        extract(page);
        assert_whole();
        assert_lacks("breakfast");
        draft_clear(&draft);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(an_aside_that_says_more_than_the_article_stays_aside, teardown),
        cmocka_unit_test_teardown(a_form_may_hold_the_whole_page, teardown),
        cmocka_unit_test_teardown(the_next_story_on_the_page_is_longer_and_still_another, teardown),
        cmocka_unit_test_teardown(a_box_of_links_in_the_text_does_not_end_it, teardown),
        cmocka_unit_test_teardown(lists_of_links_lead_elsewhere_unless_the_text_names_them, teardown),
        cmocka_unit_test_teardown(a_short_row_of_links_between_paragraphs_leads_elsewhere, teardown),
        cmocka_unit_test_teardown(a_line_of_links_with_bars_is_a_menu, teardown),
        cmocka_unit_test_teardown(the_lead_above_the_byline_belongs_to_the_article, teardown),
        cmocka_unit_test_teardown(the_heading_with_the_words_of_the_title_is_the_headline, teardown),
        cmocka_unit_test_teardown(what_the_declared_text_lacks_is_doubted_when_all_of_it_is_found, teardown),
        cmocka_unit_test_teardown(a_page_that_a_damaged_script_swallowed_is_read, teardown),
        cmocka_unit_test_teardown(the_text_may_stand_in_several_boxes, teardown),
        cmocka_unit_test_teardown(the_tags_of_a_post_do_not_name_its_box, teardown),
        cmocka_unit_test_teardown(boxes_are_known_by_their_names, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
