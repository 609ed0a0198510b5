/* Who wrote the article, as pages declare and show it. Invented pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/extract.h"

#include <stdio.h>
#include <string.h>

#define LINKED(author) "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Fish market to close\",\"author\":" author "}</script>"
#define BODY "<p>The harbour council of Port Ellery voted on Tuesday to close the old fish market after inspectors found cracks in its roof.</p>" \
             "<p>About forty traders will move to a hall near the railway station, where they pay no rent for two months.</p>" \
             "<p>The oldest of the traders, who is ninety, says that she will not move, and that she has seen three councils come and go.</p>"

typedef struct Case {
    const char *head, *above, *author; /* `above`: what stands between headline and text; an author of NULL: none */
} Case;

static ArticleDraft draft;
static Error error;

static int teardown(void **state)
{
    (void)state;
    draft_free(&draft);
    error_clear(&error);
    return 0;
}

static void check(const Case *cases, size_t n)
{
    char page[4000];
    for (size_t i = 0; i < n; i++) {
        snprintf(page, sizeof page, "<html><head><title>Fish market to close | Coastal News</title>%s</head><body><article><h1>Fish market to close</h1>%s" BODY "</article></body></html>",
                 cases[i].head, cases[i].above);
        assert_true(extract_article(page, strlen(page), &draft, &error));
        const char *author = draft_get(&draft, DRAFT_AUTHOR);
        if (strcmp(author ? author : "", cases[i].author ? cases[i].author : "") != 0)
            fail_msg("\"%s\" instead of \"%s\": %s %s", author ? author : "", cases[i].author ? cases[i].author : "", cases[i].head, cases[i].above);
        draft_clear(&draft);
    }
}

static const Case declared[] = {
    { LINKED("\"Ann Lomax\""), "", "Ann Lomax" },
    { LINKED("\"By Ann Lomax\""), "", "Ann Lomax" },
    { LINKED("[\"Ann Lomax\",\"Piet Visser\"]"), "", "Ann Lomax; Piet Visser" },
    { LINKED("{\"@type\":\"Person\",\"name\":[\"Ann Lomax\",\"Piet Visser\"]}"), "", "Ann Lomax; Piet Visser" },
    { LINKED("{\"@list\":[{\"name\":\"Ann Lomax\"},{\"name\":\"Piet Visser\"}]}"), "", "Ann Lomax; Piet Visser" },
    { LINKED("{\"name\":\"Ann O&#39;Brien &amp; Piet Visser\"}"), "", "Ann O'Brien & Piet Visser" },
    { LINKED("{\"@type\":\"Person\",\"givenName\":\"Ann\",\"familyName\":\"Lomax\"}"), "", "Ann Lomax" },
    { LINKED("{\"@type\":\"Person\",\"name\":\"\"}"), "<div class=\"byline\">By Ann Lomax</div>", "Ann Lomax" },
    { LINKED("{\"@type\":\"Organization\",\"name\":\"Coastal News\"}") "<meta property=\"og:site_name\" content=\"Coastal News\">", "<div class=\"byline\">By Ann Lomax</div>", "Ann Lomax" },
    { "<meta name=author content=\"Coastal News\"><meta property=\"og:site_name\" content=\"Coastal News\">", "<p class=\"article-byline\">By <b>Ann Lomax</b></p>", "Ann Lomax" },
    { "<meta name=author content=\"admin\">", "<span class=\"author\">Ann Lomax</span>", "Ann Lomax" },
    { "<meta property=\"article:author\" content=\"https://www.facebook.com/coastal\">", "<a rel=author href=/a>Ann Lomax</a>", "Ann Lomax" },
    { "<meta name=\"twitter:label1\" content=\"Written by\"><meta name=\"twitter:data1\" content=\"Ann Lomax\"><meta name=\"twitter:label2\" content=\"Est. reading time\"><meta name=\"twitter:data2\" content=\"3 minutes\">", "", "Ann Lomax" },
    { "<meta name=\"twitter:label1\" content=\"Verfasst von\"><meta name=\"twitter:data1\" content=\"Ann Lomax\">", "", "Ann Lomax" },
    { "<meta name=\"twitter:label1\" content=\"Est. reading time\"><meta name=\"twitter:data1\" content=\"3 minutes\">", "<div>By Ann Lomax</div>", "Ann Lomax" },
    { "<meta name=author content=\"Ann Lomax\"><meta name=author content=\"Piet Visser\">", "", "Ann Lomax; Piet Visser" },
    { "<meta name=citation_author content=\"Lomax, Ann\">", "", "Lomax, Ann" },
};

static const Case shown[] = {
    { "", "<div itemprop=\"author\" itemscope itemtype=\"https://schema.org/Person\">By <span itemprop=\"name\">Ann Lomax</span><span>, Senior Reporter</span></div>", "Ann Lomax" },
    { "", "<span itemprop=\"author\" itemscope><meta itemprop=\"name\" content=\"Ann Lomax\"></span>", "Ann Lomax" },
    { "", "<div class=\"byline\">By <a rel=author href=a>Ann Lomax</a> and <a rel=author href=b>Piet Visser</a></div>", "Ann Lomax and Piet Visser" },
    { "", "<ul class=\"authors\"><li><a rel=author href=a>Ann Lomax</a></li><li><a rel=author href=b>Piet Visser</a></li></ul>", "Ann Lomax; Piet Visser" },
    { "", "<div class=\"author_x\"> By <a rel=\"author\" href=\"/k\">Ann  Lomax</a> <br/>Coastal Health News</div>", "Ann Lomax, Coastal Health News" },
    { "", "<span class=\"byline__name\">Ann Lomax</span><span class=\"byline__title\">Political correspondent</span>", "Ann Lomax" },
    { "", "<address class=\"author\"><a href=x>Ann Lomax</a></address>", "Ann Lomax" },
    { "", "<div class=\"byline\">By Ann Lomax | Mar 2, 2021 at 10:30 AM</div>", "Ann Lomax" },
    { "", "<div class=\"contributor-name\">Ann Lomax</div>", "Ann Lomax" },
    { "", "<ul class=\"related\"><li>Bridge toll <span class=\"author\">By Olga Marsh</span></li></ul><p class=\"author\">By Ann Lomax</p>", "Ann Lomax" },
    { "", "<aside><a rel=author href=a>Olga Marsh</a></aside><div>By Ann Lomax</div>", "Ann Lomax" },
    { "", "<div>By Ann Lomax for Coastal News</div>", "Ann Lomax" },
    { "", "<div>BY ANN LOMAX, STAFF REPORTER</div>", "ANN LOMAX, STAFF REPORTER" },
    { "", "<div class=\"meta\">Posted on March 2, 2021 by Ann Lomax</div>", "Ann Lomax" },
    { "", "<div class=\"meta\">March 2, 2021 | By Ann Lomax</div>", "Ann Lomax" },
    { "", "<div class=\"entry-meta\">Published 2 March 2021 by <a href=\"/author/ann\" rel=\"author\">Ann Lomax</a> | 3 comments</div>", "Ann Lomax" },
    { "", "<aside><a rel='author' href=a>Olga Marsh</a></aside>", NULL },
    { "", "<div class='comment'><span class='author'>Olga Marsh</span></div>", NULL },
    { "", "<div>The market fell by Tuesday Island</div>", NULL },
};

static void authors_are_read_as_the_page_declares_them(void **state)
{
    (void)state;
    check(declared, sizeof declared / sizeof *declared);
}

static void authors_are_read_as_the_page_shows_them(void **state)
{
    (void)state;
    check(shown, sizeof shown / sizeof *shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(authors_are_read_as_the_page_declares_them, teardown),
        cmocka_unit_test_teardown(authors_are_read_as_the_page_shows_them, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
