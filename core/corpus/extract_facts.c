/* What a page says about its article: JSON-LD first, then OpenGraph and other <meta>, then elements (<time>, itemprop, classes). */
#include "corpus/extract_gather.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* --- values that come from several places: the surest wins ------------------------------------------ */

bool add_squeezed(Octets *out, const char *text, size_t n)
{
    bool space = false, any = false;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        bool blank = c <= ' ' || (c == 0xC2 && i + 1 < n && (unsigned char)text[i + 1] == 0xA0);
        if (blank) {
            i += c == 0xC2;
            space = any;
            continue;
        }
        if (space && !octets_add_byte(out, ' '))
            return false;
        space = false;
        any = true;
        if (!octets_add_byte(out, (char)c))
            return false;
    }
    return true;
}

void offer(Gathering *g, Found *found, int rank, const char *text, size_t n)
{
    if (rank <= found->rank)
        return;
    Octets value = { 0 };
    if (!add_squeezed(&value, text, n)) {
        g->failed = true;
        octets_free(&value);
        return;
    }
    if (value.length == 0) {
        octets_free(&value);
        return;
    }
    octets_free(&found->value);
    *found = (Found){ .value = value, .rank = rank };
}

void offer_text(Gathering *g, Found *found, int rank, const char *text)
{
    if (text)
        offer(g, found, rank, text, strlen(text));
}

bool is_address(const char *s) { return s && (strncasecmp(s, "http://", 7) == 0 || strncasecmp(s, "https://", 8) == 0 || strncmp(s, "//", 2) == 0); }

/* --- <meta> and <link> ------------------------------------------------------------------------------ */

typedef struct MetaName {
    const char *name;
    char field; /* t a d o l u */
    int rank;
} MetaName;

static const MetaName meta_names[] = {
    { "og:title", 't', 80 },           { "twitter:title", 't', 70 },      { "dc.title", 't', 85 },           { "dcterms.title", 't', 84 },
    { "parsely-title", 't', 82 },      { "sailthru.title", 't', 68 },     { "weibo:article:title", 't', 60 }, { "title", 't', 50 },
    { "hdl", 't', 50 },                { "headline", 't', 60 },           { "author", 'a', 70 },             { "article:author", 'a', 72 },
    { "article:author_name", 'a', 74 }, { "parsely-author", 'a', 75 },    { "dc.creator", 'a', 80 },         { "dcterms.creator", 'a', 79 },
    { "dc.contributor", 'a', 30 },     { "sailthru.author", 'a', 71 },    { "byl", 'a', 69 },                { "authors", 'a', 65 },
    { "citation_author", 'a', 68 },    { "cxenseparse:author", 'a', 67 },  { "og:article:author", 'a', 66 },  { "mediator_author", 'a', 64 },
    { "article:published_time", 'd', 85 }, { "og:published_time", 'd', 80 }, { "og:article:published_time", 'd', 80 },
    { "parsely-pub-date", 'd', 82 },   { "datepublished", 'd', 84 },      { "date", 'd', 70 },               { "pubdate", 'd', 75 },
    { "publishdate", 'd', 75 },        { "publish-date", 'd', 75 },       { "publication_date", 'd', 75 },   { "dc.date", 'd', 72 },
    { "dc.date.issued", 'd', 76 },     { "dcterms.date", 'd', 71 },       { "dcterms.created", 'd', 70 },    { "dcterms.issued", 'd', 75 },
    { "sailthru.date", 'd', 74 },      { "article.published", 'd', 75 },  { "cxenseparse:recs:publishtime", 'd', 72 }, { "pdate", 'd', 70 },
    { "og:site_name", 'o', 85 },       { "application-name", 'o', 50 },   { "dc.publisher", 'o', 60 },       { "twitter:site", 'o', 0 },
    { "article:publisher", 'o', 0 },   { "og:locale", 'l', 40 },          { "content-language", 'l', 60 },   { "dc.language", 'l', 55 },
    { "language", 'l', 45 },           { "og:url", 'u', 80 },             { "twitter:url", 'u', 50 },        { "parsely-link", 'u', 60 },
};

static void offer_field(Gathering *g, char field, int rank, const char *content)
{
    if (rank == 0)
        return;
    switch (field) {
    case 't': offer_text(g, &g->title, rank, content); break;
    case 'a': offer_author(g, rank, content, strlen(content)); break;
    case 'd': offer_text(g, &g->date, rank, content); break;
    case 'o': offer_text(g, &g->outlet, rank, content); break;
    case 'l': offer_text(g, &g->language, rank, content); break;
    case 'u':
        if (is_address(content))
            offer_text(g, &g->url, rank, content);
        break;
    default: break;
    }
}

/* property="dc:creator twitter:title" holds several names; "DC:title" and "dc.title" are one. */
static void read_meta(Gathering *g, const xmlNode *element)
{
    static const char *const places[] = { "property", "name", "itemprop", "http-equiv" };
    const char *content = node_attribute(element, "content");
    if (!content)
        return;
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        const char *names = node_attribute(element, places[p]);
        while (names && *names) {
            size_t n = strcspn(names, " \t\n");
            read_label(g, names, content);
            for (size_t i = 0; i < sizeof meta_names / sizeof *meta_names; i++) {
                const char *want = meta_names[i].name;
                size_t at = 0;
                while (at < n && want[at] && (tolower((unsigned char)names[at]) == want[at] || (names[at] == ':' && want[at] == '.')))
                    at++;
                if (at == n && !want[at])
                    offer_field(g, meta_names[i].field, meta_names[i].rank ? meta_names[i].rank + (p == 0) : 0, content); /* property before name */
            }
            names += n;
            names += strspn(names, " \t\n");
        }
    }
}

static void read_link(Gathering *g, const xmlNode *element)
{
    const char *rel = node_attribute(element, "rel"), *href = node_attribute(element, "href");
    if (rel && href && strcasecmp(rel, "canonical") == 0 && is_address(href))
        offer_text(g, &g->url, 90, href);
}

/* --- elements of the page --------------------------------------------------------------------------- */

/* The text in an element, at most `most` bytes. No more than a few hundred nodes are looked at: pages nest without end. */
void text_of(const xmlNode *element, Octets *out, size_t most)
{
    int looked = 0;
    octets_clear(out);
    for (const xmlNode *node = node_next(element, element, false); node && out->length < most && looked++ < 400;) {
        bool skip = node->type == XML_ELEMENT_NODE && names_is_skipped((const char *)node->name);
        if (node->type == XML_TEXT_NODE && node->content)
            octets_add_text(out, (const char *)node->content);
        else if (node->type == XML_ELEMENT_NODE && !names_is_inline((const char *)node->name))
            octets_add_byte(out, strcmp((const char *)node->name, "br") == 0 ? '\1' : ' ');
        node = node_next(node, element, skip);
    }
}

bool has_name(const xmlNode *element, const char *attribute, const char *part)
{
    const char *value = node_attribute(element, attribute);
    return value && strcasestr(value, part);
}

bool is_whole(const xmlNode *element, const char *attribute, const char *name)
{
    const char *value = node_attribute(element, attribute);
    return value && strcasecmp(value, name) == 0;
}

/* A short text with a year in it, as readers see it: "Posted 8 January 2008" */
static void offer_visible_date(Gathering *g, int rank, const xmlNode *element, Octets *text)
{
    if (rank <= g->date.rank)
        return;
    text_of(element, text, 100);
    if (text->length < 6 || text->length > 80)
        return;
    for (const char *s = strpbrk(text->data, "12"); s; s = strpbrk(s + 1, "12"))
        if ((strncmp(s, "19", 2) == 0 || strncmp(s, "20", 2) == 0) && isdigit((unsigned char)s[2]) && isdigit((unsigned char)s[3]) && !isdigit((unsigned char)s[4])) {
            offer(g, &g->date, rank, text->data, text->length);
            return;
        }
}

static void read_element(Gathering *g, const xmlNode *element, const char *name, Octets *text)
{
    const char *datetime = node_attribute(element, "datetime");
    if (strcmp(name, "time") == 0 && !datetime)
        offer_visible_date(g, 44, element, text);
    if (strcmp(name, "time") == 0 && datetime)
        offer_text(g, &g->date, xmlHasProp((xmlNode *)element, (const xmlChar *)"pubdate") || has_name(element, "class", "publ") ? 68 : 58, datetime);
    if (!element->properties)
        return;
    if (has_name(element, "itemprop", "datePublished")) {
        const char *content = node_attribute(element, "content");
        text_of(element, text, 100);
        offer_text(g, &g->date, 78, content ? content : datetime ? datetime : text->data);
    }
    if (has_name(element, "class", "published") || has_name(element, "class", "pubdate") || has_name(element, "class", "timestamp")) {
        const char *title = node_attribute(element, "title");
        text_of(element, text, 100);
        if (title && strpbrk(title, "0123456789"))
            offer_text(g, &g->date, 52, title);
        else if (text->length && text->length < 60 && strpbrk(text->data, "0123456789"))
            offer_text(g, &g->date, 45, text->data);
    }
    if (has_name(element, "class", "date") || has_name(element, "id", "date"))
        offer_visible_date(g, has_name(element, "class", "update") ? 20 : 42, element, text);
    read_author(g, element, text);
}

static void gather(Gathering *g, const xmlNode *root)
{
    Octets text = { 0 };
    const char *language = node_attribute(root, "lang");
    offer_text(g, &g->language, 70, language ? language : node_attribute(root, "xml:lang"));
    for (const xmlNode *node = root; node && !g->failed; node = node_next(node, root, false)) {
        if (node->type == XML_COMMENT_NODE && node->content) { /* <!-- saved from url=(0042)http://… --> */
            const char *at = strstr((const char *)node->content, "saved from url=");
            at = at ? strstr(at, "http") : NULL;
            if (at)
                offer(g, &g->url, 40, at, strcspn(at, " \t\n"));
        }
        if (node->type != XML_ELEMENT_NODE)
            continue;
        const char *name = (const char *)node->name;
        if (strcmp(name, "meta") == 0)
            read_meta(g, node);
        else if (strcmp(name, "link") == 0)
            read_link(g, node);
        else if (strcmp(name, "script") == 0)
            read_linked_data(g, node);
        else if (strcmp(name, "title") == 0 && g->window.length == 0)
            text_of(node, &g->window, 1000);
        else
            read_element(g, node, name, &text);
    }
    octets_free(&text);
}

static bool is_digits(const char *s, int n)
{
    while (n > 0 && isdigit((unsigned char)*s))
        s++, n--;
    return n == 0;
}

/* …/2021/03/02/market-to-close: the day in an address is that of publication */
static void offer_address_date(Gathering *g)
{
    const char *s = g->url.value.data;
    char date[11];
    for (; s && *s; s++)
        if (*s == '/' && (strncmp(s + 1, "19", 2) == 0 || strncmp(s + 1, "20", 2) == 0) && is_digits(s + 1, 4) && s[5] == '/' && is_digits(s + 6, 2) && s[8] == '/' &&
            is_digits(s + 9, 2) && s[11] == '/') {
            memcpy(date, s + 1, 10);
            date[4] = date[7] = '-';
            offer(g, &g->date, 30, date, 10);
            return;
        }
}

bool facts_read(PageFacts *facts, const xmlNode *root)
{
    Gathering g = { 0 };
    gather(&g, root);
    offer_address_date(&g);
    facts->title = g.title.value;
    facts->date = g.date.value;
    facts->outlet = g.outlet.value;
    facts->language = g.language.value;
    facts->url = g.url.value;
    facts->body = g.body.value;
    choose_authors(&g, facts);
    bool fine = !g.failed && add_squeezed(&facts->window, g.window.data ? g.window.data : "", g.window.length);
    octets_free(&g.window);
    return fine;
}

void facts_free(PageFacts *facts)
{
    Octets *all[] = { &facts->title, &facts->author, &facts->likely_author, &facts->date, &facts->outlet, &facts->language, &facts->url, &facts->body, &facts->window };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        octets_free(all[i]);
}
