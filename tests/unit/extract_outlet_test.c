/* The outlet in the title of a page's window, and headlines with a dash of their own, on invented pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/extract.h"

#include <stdio.h>
#include <string.h>

#define BODY                                                                                                                                        \
    "<p>The harbour council of Port Ellery voted on Tuesday to close the old fish market after inspectors found cracks in its roof.</p>"            \
    "<p>&quot;We could not wait until the winter storms,&quot; said Marta Oduya, who has led the council since 2019, after the vote.</p>"           \
    "<p>About forty traders will move to a hall near the railway station, where they pay no rent for two months.</p>"

typedef struct Case {
    const char *head, *above, *below, *outlet, *title;
} Case;

static const Case cases[] = {
    { "<title>Fish market to close - The Coastal Courier</title>", "<header><a href='/'>The Coastal Courier</a></header><h1>Fish market to close</h1>", "", "The Coastal Courier", "Fish market to close" },
    { "<title>Fish market to close | Region | Coastal Courier</title>", "<h1>Fish market to close</h1>", "<footer>&copy; 2021 Coastal Courier. All rights reserved.</footer>", "Coastal Courier",
      "Fish market to close" },
    { "<title>Coastal Courier: online | Fish market to close</title>", "<h1>Fish market to close</h1>", "", NULL, "Fish market to close" },
    { "<title>The Daily Ellery &raquo; Fish market to close</title><link rel='canonical' href='https://www.dailyellery.example/a/1'>", "<h1>Fish market to close</h1>", "", "The Daily Ellery",
      "Fish market to close" },
    /* what the page declares is surer */
    { "<title>Fish market to close - The Coastal Courier</title><meta property='og:site_name' content='Courier Online'>", "<header>The Coastal Courier</header><h1>Fish market to close</h1>", "",
      "Courier Online", "Fish market to close" },
    /* a department is no paper, though the menu has it */
    { "<title>Fish market to close - World News</title>", "<nav><a href='/w'>World News</a> <a href='/s'>Sport</a></nav><h1>Fish market to close</h1>", "", NULL, "Fish market to close" },
    /* nobody shows this name elsewhere: it may be the headline's own */
    { "<title>Fish market to close - Council Decides</title>", "<h1>Fish market to close</h1>", "", NULL, "Fish market to close" },
    /* a headline's own dash */
    { "<title>Old market shut - what traders of Ellery must know now</title>", "<h1>Old market shut - what traders of Ellery must know now</h1>", "", NULL,
      "Old market shut - what traders of Ellery must know now" },
    { "<title>Old market shut - what traders must know - The Coastal Courier</title>", "<header><a href='/'>The Coastal Courier</a></header>",
      "<footer>&copy; The Coastal Courier</footer>", "The Coastal Courier", "Old market shut - what traders must know" },
};

static void the_outlet_is_read_from_the_windows_title_when_the_page_shows_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char html[4096];
        ArticleDraft draft = { 0 };
        Error error = { 0 };
        snprintf(html, sizeof html, "<html><head>%s</head><body>%s%s%s</body></html>", cases[i].head, cases[i].above, BODY, cases[i].below);
        assert_true(extract_article(html, strlen(html), &draft, &error));
        const char *outlet = draft_get(&draft, DRAFT_OUTLET), *title = draft_get(&draft, DRAFT_TITLE);
        if (cases[i].outlet ? !outlet || strcmp(outlet, cases[i].outlet) != 0 : outlet != NULL && *outlet)
            fail_msg("%s: outlet is \"%s\"", cases[i].head, outlet ? outlet : "none");
        if (!title || strcmp(title, cases[i].title) != 0)
            fail_msg("%s: title is \"%s\"", cases[i].head, title ? title : "none");
        draft_free(&draft);
        error_clear(&error);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_outlet_is_read_from_the_windows_title_when_the_page_shows_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
