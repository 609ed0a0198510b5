/* What the names of elements, classes and ids say. These are habits of those who write web pages, in English all over the world. */
#include "corpus/extract_inside.h"

#include <string.h>
#include <strings.h>

bool in_list(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcasecmp(name, *list) == 0)
            return true;
    return false;
}

bool names_is_skipped(const char *element)
{
    static const char *const skipped[] = { "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "select", "option", "button",
                                           "textarea", "input", "canvas", "audio", "video", "map", "datalist", "dialog", "applet", "math", NULL };
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
static const char *const comment_names[] = { "comment", "disqus", "=replies", "=reply", "respond", "livefyre", "=discussion", "=trackbacks", NULL };
static const char *const away_names[] = {
    "sidebar", "=side", "=footer", "=foot", "footer", "=nav", "navbar", "navig", "=menu", "menu", "related", "=promo", "promo", "advert", "=ad", "=ads", "=adv",
    "=banner", "sponsor", "=share", "=sharing", "=social", "sharebar", "share-", "addthis", "sharedaddy", "widget", "breadcrumb", "cookie", "consent", "onetrust",
    "gdpr", "newsletter", "=subscribe", "subscription", "=popup", "=modal", "overlay", "recommend", "teaser", "outbrain", "taboola", "masthead", "pagination",
    "=pager", "toolbar", "=tools", "=login", "signup", "=signin", "=register", "=poll", "=rating", "=print", "popular", "=most", "mostread", "mostview",
    "trending", "=latest", "recirc", "=more", "readmore", "read-more", "seealso", "see-also", "also-", "=tabs", "=rail", "rightcol", "right-col", "=rss", "=search",
    "=topnav", "=links", "linkbox", "=skip", "jumplink", "legal", "disclaimer", "copyright", "=shop", "=archive", "hatnote", "editsection", "=toc", "=bio", "author-box",
    "authorbox", "author-info", "about-author", "about-the-author", "author-card", "author-bio", "paywall", "regwall", "=upsell", "=donate", "donation", "contribution",
    "=epic", "=appeal", "optin", "opt-in", "mailing-list", "mailchimp", "sign-up", "=cta", "call-to-action", "upnext", "up-next", "next-article", "nextstory", "next-story",
    "morestories", "more-stories", "more-news", "moreon", "more-on", "carousel", "ticker", "=topics", "topic-list", "taglist", "tag-list", "keyword", "interstitial",
    "notification", "lightbox", "=toast", "app-download", "dianomi", "revcontent", "zergnet", "affiliate", "=reactions", "=feedback", NULL };
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

/* class and id in small letters, "mainContent" as "main-content". The classes of a post tell its tags: "hentry category-news tag-cookie" is about
 * cookies, and no notice of them. */
static void gather(char *names, const char *value, size_t *used)
{
    if (!value)
        return;
    bool after_small = false, is_post = strstr(value, "hentry") || strstr(value, "type-post");
    for (; *value && *used + 3 < NAMES_ROOM; value++) {
        if (is_post && (strncmp(value, " tag-", 5) == 0 || strncmp(value, " category-", 10) == 0)) {
            value += 1 + strcspn(value + 1, " ");
            value--; /* the step of the loop */
            continue;
        }
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
    static const char *const away_elements[] = { "nav", "footer", "aside", "menu", "amp-sidebar", "amp-ad", "amp-consent", "amp-user-notification", NULL };
    static const char *const form_elements[] = { "form", "fieldset", NULL }; /* some sites put the whole page into one */
    static const char *const figure_elements[] = { "figure", "figcaption", NULL };
    if (in_list(name, away_elements))
        return HINT_AWAY | HINT_SURE;
    if (in_list(name, form_elements))
        return HINT_AWAY;
    if (strcasecmp(name, "article") == 0)
        return HINT_ARTICLE | HINT_STORY;
    if (strcasecmp(name, "main") == 0)
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
        hints |= HINT_AWAY | HINT_SURE;
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
    if (holds(names, article_names)) /* "hentry category-news tag-floods": the post itself */
        hints = (hints | HINT_ARTICLE) & (unsigned)~HINT_ABOUT;
    if (holds(names, figure_names))
        hints |= HINT_FIGURE;
    return hints;
}

/* --- standing headings --------------------------------------------------------------------------------- */

/* Headings under which readers speak, and under which other stories are listed, as far as they begin a short line. */
static const char *const comment_heads[] = {
    "comment", "have your say", "post a comment", "leave a comment", "leave a reply", "add a comment", "add your comment", "your comments", "your comment", "reader comments",
    "readers' comments", "join the conversation", "join the discussion", "discussion", "view comments", "show comments", "read comments", "no comments", "what do you think",
    "responses to", "thoughts on", "replies to", "trackbacks", "kommentar", "commentaires", "comentarios", "coment\xC3\xA1rios", "commenti", "reacties", "komentarze", "yorumlar",
    "\xD0\xBA\xD0\xBE\xD0\xBC\xD0\xBC\xD0\xB5\xD0\xBD\xD1\x82\xD0\xB0\xD1\x80\xD0\xB8\xD0\xB8", "\xD0\xBA\xD0\xBE\xD0\xBC\xD0\xB5\xD0\xBD\xD1\x82\xD0\xB0\xD1\x80", NULL };
static const char *const list_heads[] = {
    "related", "more stories", "more news", "more headlines", "more from", "more in", "more on this", "more articles", "more about", "more coverage", "also in", "also on", "also read", "read also", "read next", "read more",
    "see also", "most popular", "most read", "most viewed", "most emailed", "most recent", "latest news", "latest headlines", "latest stories", "latest from", "latest in", "top stories",
    "top news", "other news", "other stories", "in other news", "previous post", "next post", "previous story", "next story", "recommended", "you may also", "you might also", "sponsored links",
    "ads by", "around the web", "from around the web", "editor's picks", "editors' picks", "trending", "recent posts", "recent articles", "recent entries", "about the author",
    "mehr zum thema", "lesen sie auch", "\xC3\xA0 lire aussi", "lire aussi", "sur le m\xC3\xAAme sujet", "noticias relacionadas", "lea tambi\xC3\xA9n", "leia tamb\xC3\xA9m", "leggi anche", "lees ook",
    "czytaj tak\305\274e", "\xD1\x87\xD0\xB8\xD1\x82\xD0\xB0\xD0\xB9\xD1\x82\xD0\xB5 \xD1\x82\xD0\xB0\xD0\xBA", NULL };

static bool begins_one(const char *text, const char *const *list)
{
    for (; *list; list++)
        if (strncmp(text, *list, strlen(*list)) == 0)
            return true;
    return false;
}

HeadKind names_head(const char *text, size_t n)
{
    char small[64];
    size_t used = 0, i = 0;
    if (n > 60)
        return HEAD_NONE;
    while (i < n && strchr(" 0123456789#(.,+-", text[i]) && text[i]) /* "12 comments" */
        i++;
    for (; i < n; i++) {
        char c = text[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        else if (c == '\xD0' && i + 1 < n && (unsigned char)text[i + 1] >= 0x90 && (unsigned char)text[i + 1] <= 0x9F) {
            small[used++] = c; /* Cyrillic capitals up to П; the rest change their first byte too */
            c = (char)(text[++i] + 32);
        }
        small[used++] = c;
    }
    small[used] = 0;
    return begins_one(small, comment_heads) ? HEAD_COMMENTS : begins_one(small, list_heads) ? HEAD_LIST : HEAD_NONE;
}
