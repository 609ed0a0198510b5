/* Who wrote the article: as the page declares it (<meta>; JSON-LD is read in extract_linked_data.c), and as its elements show it: rel=author, itemprop,
 * classes such as "byline". A name in a box that is not the article's (a related story, a reader's comment) is taken last of all. */
#include "corpus/extract_gather.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LONGEST = 300 };

/* Do the words of `name` stand among those found already? */
static bool is_known(const Found *found, const char *name)
{
    return found->value.length && strcasestr(found->value.data, name);
}

/* `joined`: one of the same rank is added to those before it. An author is a person or a desk, not a page's address, and not a paragraph. */
static void offer_name(Gathering *g, Found *found, int rank, const char *text, size_t n, bool joined)
{
    Octets value = { 0 };
    if (!add_squeezed(&value, text, n))
        g->failed = true;
    bool fits = value.length > 0 && value.length < LONGEST && !is_address(value.data) && !strchr(value.data, '@') && value.data[0] != '/';
    const char *name = fits ? value.data : "";
    if (strncasecmp(name, "by ", 3) == 0 || strncasecmp(name, "by: ", 4) == 0)
        name += strcspn(name, " ") + 1;
    if (fits && joined && rank == found->rank && found->value.length + value.length < LONGEST) {
        if (!is_known(found, name) && (!octets_add_text(&found->value, "; ") || !octets_add_text(&found->value, name)))
            g->failed = true;
    } else if (fits) {
        offer_text(g, found, rank, name);
    }
    octets_free(&value);
}

void offer_author(Gathering *g, int rank, const char *text, size_t n) { offer_name(g, &g->author, rank, text, n, true); }

void read_label(Gathering *g, const char *name, const char *content)
{
    static const char *const labels[] = { "written by", "author", "by", "verfasst von", "autor", "\303\251crit par", "auteur", "escrito por", "scritto da", "autore", "geschreven door", "napisane przez",
                                          "\xD0\x9D\xD0\xB0\xD0\xBF\xD0\xB8\xD1\x81\xD0\xB0\xD0\xBD\xD0\xBE \xD0\xB0\xD0\xB2\xD1\x82\xD0\xBE\xD1\x80\xD0\xBE\xD0\xBC", "yazan", NULL };
    bool label = strncasecmp(name, "twitter:label", 13) == 0, data = strncasecmp(name, "twitter:data", 12) == 0;
    unsigned number = (unsigned)atoi(name + (label ? 13 : data ? 12 : 0)) & 7;
    if (label && in_list(content, labels))
        g->writers |= 1U << number;
    else if (data && (g->writers & (1U << number)))
        offer_author(g, 73, content, strlen(content));
}

/* --- elements ---------------------------------------------------------------------------------------- */

/* In a box beside the article, the author is that of another story, or a reader: surely, when the element says so; names of classes may mislead. */
typedef enum Where { HERE, BESIDE, AWAY } Where;

static Where where_is(const xmlNode *element)
{
    enum { HIGH = 20 };
    Where where = HERE;
    int up = 0;
    for (const xmlNode *node = element; node && node->type == XML_ELEMENT_NODE && up < HIGH; node = node->parent, up++) {
        unsigned hints = names_hints(node);
        if (strcasecmp((const char *)node->name, "body") == 0 || strcasecmp((const char *)node->name, "form") == 0)
            break;
        bool footer = strcasecmp((const char *)node->name, "footer") == 0; /* of an article, or of a page by one author */
        if ((hints & HINT_READERS) || ((hints & HINT_SURE) && !footer))
            return AWAY;
        if ((hints & HINT_AWAY) && (footer || !(hints & HINT_ABOUT)))
            where = BESIDE;
    }
    return where;
}

static bool is_above(const xmlNode *above, const xmlNode *element)
{
    for (int up = 0; element && up < 3; up++, element = element->parent)
        if (element == above)
            return true;
    return false;
}

/* Names that stand together: in one element that holds little more than them, as a list of authors does */
static bool stands_by(const xmlNode *a, const xmlNode *b)
{
    enum { LITTLE = 200 };
    const xmlNode *above = a ? a->parent : NULL;
    for (int up = 0; above && up < 2; up++, above = above->parent)
        if (is_above(above, b)) {
            Octets text = { 0 };
            text_of(above, &text, LITTLE);
            bool is_list = text.length < LITTLE;
            octets_free(&text);
            return is_list;
        }
    return false;
}

static void offer_shown(Gathering *g, const xmlNode *element, int rank, const char *text, size_t n)
{
    enum { MOST = 50 }; /* of one rank are asked for where they stand */
    if (rank < g->byline.rank || ((rank == g->byline.rank || rank == g->elsewhere.rank) && ++g->more > MOST))
        return;
    Where where = where_is(element);
    Found *found = where == HERE ? &g->byline : &g->elsewhere;
    bool better = rank > found->rank;
    if ((where == AWAY && !is_whole(element, "itemprop", "author")) || (!better && !(rank == found->rank && stands_by(found->place, element))))
        return;
    offer_name(g, found, rank, text, n, !better);
    found->place = element;
}

/* "Coastal News Service": the line under the names of a byline */
static bool is_affiliation(const char *s, size_t n)
{
    Octets line = { 0 };
    int words = 1;
    bool fine = add_squeezed(&line, s, n) && line.length > 2 && line.length <= 60 && !strpbrk(line.data, "0123456789:|@?!") && line.data[0] >= 'A' && line.data[0] <= 'Z';
    for (size_t i = 0; fine && i + 1 < line.length; i++)
        if (line.data[i] == ' ') {
            char c = line.data[i + 1];
            fine = (c >= 'A' && c <= 'Z') || strncmp(line.data + i + 1, "of ", 3) == 0 || strncmp(line.data + i + 1, "the ", 4) == 0 || strncmp(line.data + i + 1, "and ", 4) == 0;
            words++;
        }
    octets_free(&line);
    return fine && words >= 2 && words <= 6;
}

/* The names in a byline, up to a date or a separator, with what stands under them; `introduced`: only where "By" or its like comes first. */
static void offer_byline(Gathering *g, const xmlNode *element, int rank, const Octets *text, bool introduced)
{
    Octets line = { 0 }, names = { 0 };
    if (!text->data || text->length == 0 || text->length >= 200)
        return;
    const char *under = memchr(text->data, '\1', text->length);
    size_t first = under ? (size_t)(under - text->data) : text->length;
    bool affiliated = under && is_affiliation(under + 1, text->length - first - 1);
    if (!add_squeezed(&line, text->data, affiliated ? first : text->length))
        g->failed = true;
    if (line.length && byline_names(line.data, line.length, introduced, &names)) {
        affiliated = affiliated && line.length <= names.length + 12; /* nothing but the names above it */
        if (affiliated && octets_add_text(&names, ", "))
            add_squeezed(&names, under + 1, text->length - first - 1);
        offer_shown(g, element, affiliated ? 62 : rank, names.data, names.length);
    }
    octets_free(&names);
    octets_free(&line);
}

/* itemprop="author" with itemprop="name" in it */
static bool offer_property(Gathering *g, const xmlNode *element, Octets *text)
{
    enum { MOST = 40 };
    int looked = 0;
    for (const xmlNode *node = node_next(element, element, false); node && looked++ < MOST; node = node_next(node, element, false)) {
        if (node->type != XML_ELEMENT_NODE || !is_whole(node, "itemprop", "name"))
            continue;
        const char *content = node_attribute(node, "content");
        text_of(node, text, 200);
        if (content || text->length)
            offer_shown(g, element, 61, content ? content : text->data, content ? strlen(content) : text->length);
        return content || text->length;
    }
    return false;
}

/* At least two links to authors within, as in "By <a rel=author>Ann Marlow</a> and <a rel=author>Piet Visser</a>" */
static bool holds_several(const xmlNode *element)
{
    enum { MOST = 60 };
    int looked = 0, found = 0;
    for (const xmlNode *node = node_next(element, element, false); node && looked++ < MOST; node = node_next(node, element, false))
        found += node->type == XML_ELEMENT_NODE && has_name(node, "rel", "author");
    return found >= 2;
}

void read_author(Gathering *g, const xmlNode *element, Octets *text)
{
    bool property = is_whole(element, "itemprop", "author");
    bool declared = has_name(element, "rel", "author") || property || has_name(element, "itemprop", "author name");
    bool byline = has_name(element, "class", "byline") || has_name(element, "id", "byline");
    bool author = has_name(element, "class", "author") || is_whole(element, "class", "fn") || has_name(element, "class", "writer") || has_name(element, "class", "contributor-name");
    if ((!declared && !byline && !author) || (property && offer_property(g, element, text)))
        return;
    text_of(element, text, 200);
    if (declared && text->length < 100 && !strpbrk(text->data ? text->data : "", "0123456789|\1"))
        offer_shown(g, element, 60, text->data ? text->data : "", text->length); /* as it stands: "Ann Marlow (with Piet Visser)" */
    if ((author || byline) && !declared)
        offer_byline(g, element, holds_several(element) ? 61 : 57, text, true);
    offer_byline(g, element, declared ? 60 : byline ? 55 : 40, text, false);
}

/* --- the choice -------------------------------------------------------------------------------------- */

/* The outlet itself, or whoever set the page up: true, and no author's name */
static bool is_nobody(const Gathering *g, const Octets *name)
{
    static const char *const all[] = { "admin", "administrator", "webmaster", "author", "unknown", "null", "undefined", "none", "root", "user", "guest", NULL };
    const Octets *outlet = &g->outlet.value;
    return name->length && (in_list(name->data, all) || (outlet->length && same_words(name->data, name->length, outlet->data, outlet->length)));
}

void choose_authors(Gathering *g, PageFacts *facts)
{
    bool nobody = is_nobody(g, &g->author.value);
    Found *best = g->byline.rank > g->author.rank || (nobody && g->byline.rank) ? &g->byline : &g->author;
    Found *last = nobody && best == &g->author ? &g->author : &g->elsewhere, *all[] = { &g->author, &g->byline, &g->elsewhere };
    if (best != last)
        facts->author = best->value;
    facts->likely_author = last->value;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] != last && (all[i] != best || best == last))
            octets_free(&all[i]->value);
}
