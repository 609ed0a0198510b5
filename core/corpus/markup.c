/* See markup.h. The tree is walked without recursion: pieces may be nested as deep as their author pleased. */
#include "corpus/markup.h"

#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

static bool is_one_of(const xmlChar *name, const char *const *names)
{
    for (; *names; names++)
        if (strcasecmp((const char *)name, *names) == 0)
            return true;
    return false;
}

static bool is_block(const xmlChar *name)
{
    static const char *const blocks[] = { "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "tr", "table", "section",
                                          "article", "header", "footer", "figure", "figcaption", "pre", "hr", "dt", "dd", "body", "td", NULL };
    return is_one_of(name, blocks);
}

static bool is_silent(const xmlChar *name)
{
    static const char *const silent[] = { "script", "style", "head", "noscript", "template", "iframe", "svg", "object", NULL };
    return is_one_of(name, silent);
}

typedef struct Writing {
    Octets *out;
    size_t start;   /* of our text in `out` */
    bool paragraph; /* an empty line is due before the next word */
    bool space;     /* a blank is due */
    bool fine;
} Writing;

static void write_text(Writing *writing, const char *text)
{
    Octets *out = writing->out;
    for (; *text; text++) {
        /* U+00A0 is white space too */
        bool no_break = (unsigned char)text[0] == 0xC2 && (unsigned char)text[1] == 0xA0;
        if (no_break || *text == ' ' || (*text >= '\t' && *text <= '\r')) {
            writing->space = true;
            text += no_break;
            continue;
        }
        if (out->length > writing->start && writing->paragraph)
            writing->fine = writing->fine && octets_add(out, "\n\n", 2);
        else if (out->length > writing->start && writing->space)
            writing->fine = writing->fine && octets_add_byte(out, ' ');
        writing->paragraph = writing->space = false;
        writing->fine = writing->fine && octets_add_byte(out, *text);
    }
}

bool markup_is(const char *bytes, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        char next = (char)(bytes[i + 1] | 32);
        if (bytes[i] == '<' && ((next >= 'a' && next <= 'z') || bytes[i + 1] == '/' || bytes[i + 1] == '!'))
            return true;
        if (bytes[i] == '&' && (bytes[i + 1] == '#' || (next >= 'a' && next <= 'z'))) {
            const char *end = memchr(bytes + i, ';', n - i < 12 ? n - i : 12);
            if (end)
                return true;
        }
    }
    return false;
}

bool markup_to_text(const char *html, size_t n, Octets *out)
{
    if (n == 0)
        return true;
    if (n > INT_MAX / 2)
        return false;
    htmlDocPtr document = htmlReadMemory(html, (int)n, NULL, "utf-8", HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    if (!document)
        return false;
    Writing writing = { .out = out, .start = out->length, .fine = true };
    const xmlNode *root = xmlDocGetRootElement(document), *node = root;
    while (node) {
        bool enter = node->type == XML_ELEMENT_NODE && !is_silent(node->name);
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            write_text(&writing, node->content ? (const char *)node->content : "");
        if (enter && is_block(node->name))
            writing.paragraph = true;
        if (enter && node->children) {
            node = node->children;
            continue;
        }
        while (node && node != root && !node->next) {
            node = node->parent;
            if (node && node->type == XML_ELEMENT_NODE && is_block(node->name))
                writing.paragraph = true;
        }
        node = node && node != root ? node->next : NULL;
    }
    xmlFreeDoc(document);
    return writing.fine;
}
