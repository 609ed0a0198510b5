/* What the names of elements, classes and ids say. These are habits of those who write web pages, in English all over the world. */
#include "corpus/extract_inside.h"

#include <string.h>
#include <strings.h>

static bool in_list(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcasecmp(name, *list) == 0)
            return true;
    return false;
}

bool names_is_skipped(const char *element)
{
    static const char *const skipped[] = { "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "select", "option", "button",
                                           "textarea", "input", "canvas", "audio", "video", "map", "head", "datalist", "dialog", "applet", "math", NULL };
    return in_list(element, skipped);
}

bool names_is_inline(const char *element)
{
    static const char *const within[] = { "a",    "abbr", "acronym", "b",    "bdi",  "bdo",  "big",    "cite", "code", "data", "del",  "dfn",  "em",   "font",
                                          "i",    "ins",  "kbd",     "label", "mark", "nobr", "q",      "rb",   "rp",   "rt",   "ruby", "s",    "samp", "small",
                                          "span", "strike", "strong", "sub", "sup",  "time", "tt",     "u",    "var",  "wbr",  "img",  "picture", "source", "o:p", NULL };
    return in_list(element, within);
}

/* Parts of class and id names. "=x" must be the whole word between hyphens, underscores and spaces. */
static const char *const comment_names[] = { "comment", "disqus", "=replies", "=reply", "respond", "livefyre", "=talkback", "=discussion", "=trackbacks", NULL };
static const char *const away_names[] = {
    "sidebar", "=side", "=footer", "=foot", "footer", "=nav", "navbar", "navig", "=menu", "menu", "related", "=promo", "promo", "advert", "=ad", "=ads", "=adv",
    "=banner", "sponsor", "=share", "=sharing", "=social", "sharebar", "share-", "addthis", "sharedaddy", "widget", "breadcrumb", "cookie", "consent",
    "gdpr", "newsletter", "subscri", "=popup", "=modal", "overlay", "recommend", "teaser", "outbrain", "taboola", "masthead", "pagination",
    "=pager", "toolbar", "=tools", "=login", "signup", "=signin", "=register", "=poll", "=rating", "=print", "popular", "=most", "mostread", "mostview",
    "trending", "=latest", "recirc", "=more", "readmore", "read-more", "seealso", "see-also", "also-", "=tabs", "=rail", "rightcol", "right-col", "=rss", "=search",
    "=topnav", "=links", "linkbox", "=skip", "jumplink", "legal", "disclaimer", "copyright", "=shop", "=archive", "hatnote", "editsection", "=toc", NULL };
static const char *const about_names[] = { "byline", "=author", "=authors", "=date", "dateline", "timestamp", "pubdate", "published", "=posted", "=meta", "postmeta", "entry-meta",
                                     "post-meta", "article-meta", "=tags", "=tag", "=categories", "=category", "=kicker", "=credit", NULL };
static const char *const article_names[] = { "articlebody", "article-body", "article_body", "articletext", "article-text", "article_text", "article-content", "articlecontent",
                                       "article__body", "article__content", "story-body", "storybody", "story_body", "storytext", "story-text", "story-content", "entry-content",
                                       "post-content", "post-body", "post_body", "postbody", "entrybody", "entry-body", "body-text", "bodytext", "=hentry", "=articlebody", NULL };
static const char *const figure_names[] = { "caption", "cutline", NULL };

static bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

static bool holds(const char *names, const char *const *list)
{
    for (; *list; list++) {
        const char *want = *list;
        bool whole = *want == '=';
        size_t n = strlen(want += whole);
        for (const char *at = names; (at = strstr(at, want)) != NULL; at++)
            if (!whole || ((at == names || !is_word_byte(at[-1])) && !is_word_byte(at[n])))
                return true;
    }
    return false;
}

enum { NAMES_ROOM = 400 };

/* class and id in small letters, "mainContent" as "main-content" */
static void gather(char *names, const char *value, size_t *used)
{
    if (!value)
        return;
    bool after_small = false;
    for (; *value && *used + 3 < NAMES_ROOM; value++) {
        char c = *value;
        if (c >= 'A' && c <= 'Z') {
            if (after_small)
                names[(*used)++] = '-';
            c = (char)(c + 32);
            after_small = false;
        } else {
            after_small = c >= 'a' && c <= 'z';
        }
        names[(*used)++] = c;
    }
    names[(*used)++] = ' ';
    names[*used] = 0;
}

static unsigned by_element(const char *name)
{
    static const char *const away_elements[] = { "nav", "footer", "aside", "form", "menu", "fieldset", NULL };
    static const char *const article_elements[] = { "article", "main", NULL };
    static const char *const figure_elements[] = { "figure", "figcaption", NULL };
    if (in_list(name, away_elements))
        return HINT_AWAY;
    if (in_list(name, article_elements))
        return HINT_ARTICLE;
    if (in_list(name, figure_elements))
        return HINT_FIGURE;
    if (strcasecmp(name, "address") == 0)
        return HINT_ABOUT;
    return 0;
}

static unsigned by_role(const xmlNode *element)
{
    unsigned hints = 0;
    const char *role = node_attribute(element, "role"), *property = node_attribute(element, "itemprop");
    static const char *const away_roles[] = { "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar", NULL };
    if (role && in_list(role, away_roles))
        hints |= HINT_AWAY;
    if ((role && (strcasecmp(role, "main") == 0 || strcasecmp(role, "article") == 0)) || (property && strcasecmp(property, "articleBody") == 0))
        hints |= HINT_ARTICLE;
    if (property && (strcasecmp(property, "comment") == 0))
        hints |= HINT_READERS;
    const char *style = node_attribute(element, "style"), *aria = node_attribute(element, "aria-hidden");
    if ((style && (strcasestr(style, "display:none") || strcasestr(style, "display: none") || strcasestr(style, "visibility:hidden"))) ||
        (aria && strcasecmp(aria, "true") == 0) || xmlHasProp((xmlNode *)element, (const xmlChar *)"hidden"))
        hints |= HINT_HIDDEN;
    return hints;
}

unsigned names_hints(const xmlNode *element)
{
    unsigned hints = by_element((const char *)element->name);
    if (!element->properties)
        return hints;
    hints |= by_role(element);
    char names[NAMES_ROOM] = "";
    size_t used = 0;
    gather(names, node_attribute(element, "class"), &used);
    gather(names, node_attribute(element, "id"), &used);
    if (used == 0)
        return hints;
    if (holds(names, comment_names))
        hints |= HINT_READERS;
    else if (holds(names, away_names))
        hints |= HINT_AWAY;
    if (holds(names, about_names))
        hints |= HINT_ABOUT;
    if (holds(names, article_names))
        hints |= HINT_ARTICLE;
    if (holds(names, figure_names))
        hints |= HINT_FIGURE;
    return hints;
}
