/* See extract.h. Parses the page, lets extract_facts.c and extract_choose.c look at it, and puts the draft together. */
#include "corpus/extract.h"

#include "corpus/extract_inside.h"
#include "corpus/markup.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { LEAST_WORDS = 12, FEW_WORDS = 40, SPARSE_WORDS = 80, TITLE_LIMIT = 400 };

/* --- words, compared -------------------------------------------------------------------------------- */

/* The next letter or digit in small letters, ' ' between words, 0 at the end. */
static UChar32 next_letter(const char *s, size_t n, size_t *at)
{
    bool gap = false;
    while (*at < n) {
        UChar32 u;
        U8_NEXT(s, *at, (int32_t)n, u);
        if (u > 0 && u_isalnum(u)) {
            if (gap) { /* hand the gap out first */
                *at -= (size_t)U8_LENGTH(u);
                return ' ';
            }
            return u_tolower(u);
        }
        gap = true;
    }
    return 0;
}

/* How far into `a` the words of `b` reach when both are read from here: true when all of b stands at this place of a. */
bool begins_with_words(const char *a, size_t n, const char *b, size_t m)
{
    size_t i = 0, j = 0;
    UChar32 x, y = next_letter(b, m, &j);
    if (y == ' ')
        y = next_letter(b, m, &j);
    x = next_letter(a, n, &i);
    if (x == ' ')
        x = next_letter(a, n, &i);
    while (y && x == y) {
        x = next_letter(a, n, &i);
        y = next_letter(b, m, &j);
    }
    if (y == ' ')
        y = next_letter(b, m, &j);
    return y == 0 && (x == 0 || x == ' ');
}

bool same_words(const char *a, size_t n, const char *b, size_t m) { return begins_with_words(a, n, b, m) && begins_with_words(b, m, a, n); }

/* Do the words of `b` stand in `a`, one after the other? */
bool holds_words(const char *a, size_t n, const char *b, size_t m)
{
    for (size_t i = 0; i < n; i++)
        if ((i == 0 || strchr(" -|:\"'([/>", a[i - 1]) || (unsigned char)a[i - 1] >= 128) && begins_with_words(a + i, n - i, b, m))
            return true;
    return false;
}

/* Does `b` stand in `a`, ASCII letters compared without case? */
static bool holds_text(const char *a, size_t n, const char *b, size_t m)
{
    for (size_t i = 0; i + m <= n; i++)
        if ((a[i] | 32) == (b[0] | 32) && strncasecmp(a + i, b, m) == 0)
            return true;
    return false;
}

size_t words_in(const char *s, size_t n)
{
    size_t words = 0;
    bool within = false;
    for (size_t i = 0; s && i < n; i++) {
        bool letter = isalnum((unsigned char)s[i]) || (unsigned char)s[i] >= 128;
        words += letter && !within;
        within = letter;
    }
    return words;
}

/* --- the headline ----------------------------------------------------------------------------------- */

/* " | ", " - ", " – ", " — ", " :: ", " » ", " / ": the length of the separator at s, else 0 */
size_t title_separator(const char *s)
{
    static const char *const separators[] = { " | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " :: ", " \xC2\xBB ", " / ", " > ", " \xC2\xAB ", " \xC2\xB7 ",
                                              " \xE2\x80\xA2 ", " // ", " _ " };
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (strncmp(s, separators[i], strlen(separators[i])) == 0)
            return strlen(separators[i]);
    return 0;
}

/* "Bridge opens at last - The Daily Name": the part with most words, or all of it if no part has three */
static void strip_site(const char *title, const char *outlet, Octets *out)
{
    const char *part = title, *best = title;
    size_t best_length = strlen(title), best_words = 0;
    for (const char *s = title;; s++) {
        size_t width = *s ? title_separator(s) : 0;
        if (*s && !width)
            continue;
        size_t n = (size_t)(s - part), words = words_in(part, n);
        bool is_outlet = outlet && same_words(part, n, outlet, strlen(outlet));
        if (!is_outlet && words > best_words && words >= 3) {
            best = part;
            best_length = n;
            best_words = words;
        }
        if (!*s)
            break;
        s += width - 1;
        part = s + 1;
    }
    add_squeezed(out, best, best_length);
}

/* How well a heading agrees with the declared title: 3 the same words, 2 it stands in the title ("Headline - The Daily Name"), 1 the title stands in it */
static int agreement(const char *declared, const char *text, size_t n, size_t words)
{
    size_t m = strlen(declared), all = words_in(declared, m);
    if (same_words(declared, m, text, n))
        return 3;
    if ((words >= 3 || words * 2 >= all) && holds_words(declared, m, text, n))
        return 2;
    return all >= 3 && words >= 3 && holds_words(text, n, declared, m) ? 1 : 0;
}

/* A heading of the page whose words stand in the declared title (or the other way round) is the headline as its readers see it; the longest that
 * stands in it, the shortest in which it stands. Returns its block, -1 if there is none. */
int64_t page_title(const Page *page, const PageFacts *facts, Octets *out)
{
    const char *declared = facts->title.length ? facts->title.data : facts->window.length ? facts->window.data : NULL;
    const char *outlet = facts->outlet.length ? facts->outlet.data : NULL;
    const PageBlock *best = NULL;
    int most = 0;
    for (size_t i = 0; declared && i < page->count; i++) {
        const PageBlock *b = &page->blocks[i];
        const char *text = page->text.data + b->first;
        if (b->kind != BLOCK_HEADING || b->words < 2 || b->length > TITLE_LIMIT || (outlet && same_words(text, b->length, outlet, strlen(outlet))))
            continue;
        int fits = agreement(declared, text, b->length, b->words);
        if (fits > most || (fits > 0 && fits == most && (fits == 2 ? b->words > best->words : b->words < best->words))) {
            best = b;
            most = fits;
        }
    }
    if (best)
        octets_add(out, page->text.data + best->first, best->length);
    else if (declared)
        strip_site(declared, outlet, out);
    return best ? best - page->blocks : -1;
}

/* Share of the words of four bytes and more that stand in the article's text, to tell a headline from the name of the site. */
static double told_in_text(const Page *page, const char *s, size_t n)
{
    size_t asked = 0, found = 0;
    for (size_t i = 0; i < n;) {
        size_t length = 0;
        while (i + length < n && (isalnum((unsigned char)s[i + length]) || (unsigned char)s[i + length] >= 128))
            length++;
        if (length >= 4) {
            asked++;
            for (size_t b = 0; b < page->count; b++)
                if (page->blocks[b].inside && page->blocks[b].words > 7 && holds_text(page->text.data + page->blocks[b].first, page->blocks[b].length, s + i, length < 6 ? length : 6)) {
                    found++;
                    break;
                }
        }
        i += length ? length : 1;
    }
    return asked ? (double)found / (double)asked : 0;
}

/* How well a line would do as the headline: its words are told in the text, and it has as many words as headlines have. */
static double headline_worth(const Page *page, const char *s, size_t n)
{
    size_t words = words_in(s, n);
    return told_in_text(page, s, n) * (words < 5 ? (double)words / 5 : 1);
}

static bool may_be_headline(const PageBlock *b)
{
    return b->words >= 3 && b->words <= 25 && b->linked * 2 <= b->characters && (!b->ends || b->kind == BLOCK_HEADING) &&
           !(b->hints & (HINT_AWAY | HINT_ABOUT | HINT_READERS | HINT_HIDDEN)) && b->kind != BLOCK_CAPTION;
}

/* When the declared title says nothing of what the text is about, the line above the text that does. `weak`: it is no more than the window's title
 * (`window`, with the name of the site), and no heading of the page agrees with it. */
static void mend_title(const Page *page, bool weak, const Octets *window, Octets *title)
{
    enum { ABOVE = 25 };
    size_t start = 0;
    while (start < page->count && !(page->blocks[start].inside && page->blocks[start].words > 7 && page->blocks[start].kind != BLOCK_HEADING))
        start++;
    const char *declared = title->data ? title->data : "";
    double best = weak ? headline_worth(page, declared, title->length) : told_in_text(page, declared, title->length);
    if (start == page->count || (!weak && best >= 0.4))
        return;
    const PageBlock *chosen = NULL;
    best += weak ? 0.05 : 0.25;
    for (size_t i = start; i > 0 && start - i < ABOVE; i--) {
        const PageBlock *b = &page->blocks[i - 1];
        const char *text = page->text.data + b->first;
        Octets names = { 0 };
        bool byline = byline_names(text, b->length, true, &names);
        octets_free(&names);
        if (!may_be_headline(b) || byline)
            continue;
        double worth = headline_worth(page, text, b->length) + (b->kind != BLOCK_HEADING ? 0 : weak ? 0.4 : 0.2) - 0.02 * (double)(start - i);
        if (b->words >= 6 && b->small == 0)
            worth -= 0.2; /* names and desks: "Ann Marlow, Coastal News Service; Port Ellery Leader" */
        if (weak && window->length && holds_words(window->data, window->length, text, b->length))
            worth += 0.6; /* "Coastal Online - Fish market to close" */
        if (worth > best) {
            best = worth;
            chosen = b;
        }
    }
    if (!chosen)
        return;
    octets_clear(title);
    octets_add(title, page->text.data + chosen->first, chosen->length);
}

/* Who wrote it and when, as the lines about the beginning of the text say, where the page declares nothing. */
static void read_lines(const Page *page, PageFacts *facts)
{
    enum { ABOVE = 10, BELOW = 2 };
    size_t start = 0;
    char date[DATE_TEXT];
    while (start < page->count && !(page->blocks[start].inside && block_is_prose(&page->blocks[start])))
        start++;
    for (size_t i = start > ABOVE ? start - ABOVE : 0; i < page->count && i < start + BELOW; i++) {
        const PageBlock *b = &page->blocks[i];
        const char *text = page->text.data + b->first;
        if (b->hints & (HINT_AWAY | HINT_READERS | HINT_HIDDEN) || (b->kind == BLOCK_HEADING && b->words > 5))
            continue;
        if (facts->author.length == 0 && b->words <= 16 && (!b->ends || b->words <= 5))
            byline_names(text, b->length, true, &facts->author);
        if (facts->date.length == 0 && b->words <= 16 && byline_date(text, b->length, date))
            octets_add_text(&facts->date, date);
    }
    if (facts->author.length == 0 && facts->likely_author.length)
        octets_add(&facts->author, facts->likely_author.data, facts->likely_author.length);
    if (facts->date.length && !date_to_iso(facts->date.data, facts->date.length, date)) {
        bool told = byline_date(facts->date.data, facts->date.length, date); /* "Updated: 7:15 p.m., March 2, 2021" */
        if (told || !strpbrk(facts->date.data, "./-") || strstr(facts->date.data, "\xC2\xA9"))
            octets_clear(&facts->date); /* "about 1 hour ago" */
        if (told)
            octets_add_text(&facts->date, date);
    }
}

/* --- the draft -------------------------------------------------------------------------------------- */

static bool add_body(const Page *page, const Octets *title, Octets *out, size_t *words)
{
    bool before = true; /* the headline again, above the text */
    *words = 0;
    for (size_t i = 0; i < page->count; i++) {
        const PageBlock *b = &page->blocks[i];
        const char *text = page->text.data + b->first;
        if (!b->inside)
            continue;
        if (before && title->length && same_words(text, b->length, title->data, title->length))
            continue;
        before = before && b->words < 8;
        if ((out->length && !octets_add_text(out, "\n\n")) || (b->kind == BLOCK_ITEM && !octets_add_text(out, "\xE2\x80\xA2 ")) || !octets_add(out, text, b->length))
            return false;
        *words += b->words;
    }
    return true;
}

/* articleBody of JSON-LD, when the page itself hardly holds the text (it would be put in by a script) */
static bool add_declared_body(const PageFacts *facts, Octets *out, size_t *words)
{
    octets_clear(out);
    const char *s = facts->body.data;
    *words = words_in(s, facts->body.length);
    return markup_is(s, facts->body.length) ? markup_to_text(s, facts->body.length, out) : octets_add(out, s, facts->body.length);
}

/* Is there a line that ends as sentences do, of eight words at least? */
static bool has_sentence(const Octets *text)
{
    const char *line = text->data, *end = text->data + text->length;
    while (line < end) {
        size_t n = strcspn(line, "\n");
        if (words_in(line, n) >= 8 && ends_sentence(line, n))
            return true;
        line += n + 1;
    }
    return false;
}

static bool set_facts(const PageFacts *facts, const Octets *title, ArticleDraft *draft)
{
    const struct {
        DraftField field;
        const Octets *value;
    } all[] = { { DRAFT_TITLE, title },           { DRAFT_DATE, &facts->date }, { DRAFT_URL, &facts->url },
                { DRAFT_OUTLET, &facts->outlet }, { DRAFT_AUTHOR, &facts->author }, { DRAFT_LANGUAGE, &facts->language } };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].value->length && !draft_set(draft, all[i].field, all[i].value->data, all[i].value->length))
            return false;
    return true;
}

/* `head`: where the page's own facts stand, mostly `root` as well */
static bool fill(const xmlNode *root, const xmlNode *head, ArticleDraft *draft, size_t *words, Error *error)
{
    Page page = { 0 };
    PageFacts facts = { 0 };
    Octets title = { 0 };
    bool fine = false;
    *words = 0;
    octets_clear(&draft->fields[DRAFT_TEXT]);
    if (!page_read(&page, root) || !facts_read(&facts, head)) {
        error_set(error, "page too large to take apart");
        goto cleanup;
    }
    int64_t heading = page_title(&page, &facts, &title);
    page_choose(&page, heading, &facts.body);
    bool weak = heading < 0 && facts.title.length == 0;
    mend_title(&page, weak, &facts.window, &title);
    name_outlet(&page, &facts, weak, &title);
    read_lines(&page, &facts);
    fine = add_body(&page, &title, &draft->fields[DRAFT_TEXT], words);
    if (fine && words_in(facts.body.data ? facts.body.data : "", facts.body.length) > *words * 2)
        fine = add_declared_body(&facts, &draft->fields[DRAFT_TEXT], words);
    fine = fine && set_facts(&facts, &title, draft);
    if (!fine)
        error_set(error, "out of memory");
    else if (*words < LEAST_WORDS)
        fine = error_set(error, "no article in the page: %zu words of text outside of links and menus", *words);
    else if (*words < FEW_WORDS && !has_sentence(&draft->fields[DRAFT_TEXT]))
        fine = error_set(error, "no article in the page: %zu words outside of links and menus, and no sentence among them", *words);
cleanup:
    octets_free(&title);
    facts_free(&facts);
    page_free(&page);
    return fine;
}

static htmlDocPtr parse(htmlParserCtxtPtr parser, const char *html, size_t n)
{
    parser->options |= XML_PARSE_HUGE; /* otherwise text 256 elements deep is lost; size is capped above, time by the one who calls */
    return htmlCtxtReadMemory(parser, html, (int)n, NULL, "UTF-8", HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_NODEFDTD);
}

/* In a page that was damaged, a script that doesn't end swallows the page up to the end of the next one. Where its text begins in `html`, NULL if
 * there is none such. */
static const char *swallowed_page(const xmlNode *root, const char *html, size_t n)
{
    enum { LEAST = 2000, PROBE = 48 };
    for (const xmlNode *node = root; node; node = node_next(node, root, false)) {
        const char *text = node->children && node->children->content ? (const char *)node->children->content : NULL;
        if (node->type != XML_ELEMENT_NODE || strcasecmp((const char *)node->name, "script") != 0 || !text || strlen(text) < LEAST)
            continue;
        const char *body = strcasestr(text, "<body"), *paragraph = body ? strcasestr(body, "</p>") : NULL;
        if (paragraph && strcasestr(paragraph, "</td>"))
            return memmem(html, n, body, PROBE);
    }
    return NULL;
}

/* Reads the page again from where a script has swallowed it; the first reading stays when it had more. */
static bool fill_swallowed(const xmlNode *root, const char *html, size_t n, ArticleDraft *draft, size_t words, Error *error)
{
    const char *page = swallowed_page(root, html, n);
    htmlParserCtxtPtr parser = page ? htmlNewParserCtxt() : NULL;
    htmlDocPtr document = parser ? parse(parser, page, n - (size_t)(page - html)) : NULL;
    const xmlNode *again = document ? xmlDocGetRootElement(document) : NULL;
    size_t more = 0;
    bool fine = again && fill(again, root, draft, &more, error);
    if (again && !(fine && more > words))
        fine = fill(root, root, draft, &more, error);
    if (fine && error)
        error_clear(error); /* of the first reading */
    xmlFreeDoc(document);
    htmlFreeParserCtxt(parser);
    return fine;
}

bool extract_article(const char *html, size_t n, ArticleDraft *draft, Error *error)
{
    if (n > EXTRACT_LIMIT)
        return error_set(error, "page of %zu MB; %d MB is the limit", n >> 20, EXTRACT_LIMIT >> 20);
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (!parser)
        return error_set(error, "out of memory");
    htmlDocPtr document = parse(parser, html, n);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    size_t words = 0;
    bool fine = root ? fill(root, root, draft, &words, error) : error_set(error, "no element in the page");
    if (root && words < SPARSE_WORDS && swallowed_page(root, html, n))
        fine = fill_swallowed(root, html, n, draft, words, error);
    xmlFreeDoc(document);
    htmlFreeParserCtxt(parser);
    return fine;
}

/* --- the declared encoding -------------------------------------------------------------------------- */

static size_t copy_name(const char *s, const char *end, char *out, size_t room)
{
    size_t n = 0;
    while (s < end && (*s == ' ' || *s == '"' || *s == '\''))
        s++;
    while (s < end && n + 1 < room && (isalnum((unsigned char)*s) || strchr("-_.:", *s)))
        out[n++] = (char)tolower((unsigned char)*s++);
    out[n] = 0;
    return n;
}

bool extract_charset(const char *html, size_t n, char *charset, size_t room)
{
    const char *end = html + (n < 4096 ? n : 4096);
    for (const char *s = html; s + 10 < end; s++) {
        if (strncasecmp(s, "charset=", 8) == 0 && copy_name(s + 8, end, charset, room))
            return true;
        if (strncasecmp(s, "<?xml", 5) == 0) {
            const char *stop = memchr(s, '>', (size_t)(end - s));
            for (const char *e = s; stop && e + 9 < stop; e++)
                if (strncasecmp(e, "encoding=", 9) == 0 && copy_name(e + 9, end, charset, room))
                    return true;
        }
    }
    return false;
}
