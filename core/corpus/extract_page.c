/* The tree of a page as a list of blocks of text in a tree of frames. Walked in document order by a loop, so that depth costs nothing. */
#include "corpus/extract_inside.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { MOST_FRAMES = 400000, MOST_BLOCKS = 400000 };

typedef struct Walk {
    Page *page;
    int frame;
    int links;      /* depth in <a href> */
    int paragraphs; /* depth in <p>, <blockquote> */
    int items, headings, captions, cells, preformatted;
    bool open;      /* a block is being filled */
    bool space;     /* white space came after its last character */
    bool failed;
} Walk;

const char *node_attribute(const xmlNode *element, const char *name)
{
    for (const xmlAttr *a = element->properties; a; a = a->next)
        if (strcasecmp((const char *)a->name, name) == 0)
            return a->children && a->children->content && a->children->content[0] ? (const char *)a->children->content : NULL;
    return NULL;
}

const xmlNode *node_next(const xmlNode *node, const xmlNode *root, bool skip_children)
{
    if (!skip_children && node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node && node != root && !node->next)
        node = node->parent;
    return node && node != root ? node->next : NULL;
}

/* --- blocks -------------------------------------------------------------------------------------- */

static bool is_space(unsigned char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

static PageBlock *open_block(Walk *walk)
{
    Page *page = walk->page;
    if (walk->open)
        return &page->blocks[page->count - 1];
    if (page->count == page->room) {
        size_t room = page->room ? page->room * 2 : 256;
        PageBlock *more = room > MOST_BLOCKS ? NULL : realloc(page->blocks, room * sizeof *more);
        if (!more) {
            walk->failed = true;
            return NULL;
        }
        page->blocks = more;
        page->room = room;
    }
    PageBlock *block = &page->blocks[page->count++];
    *block = (PageBlock){ .first = page->text.length, .frame = walk->frame, .paragraph = walk->paragraphs > 0 };
    block->kind = walk->headings ? BLOCK_HEADING : walk->captions ? BLOCK_CAPTION : walk->items ? BLOCK_ITEM : walk->cells ? BLOCK_CELL : BLOCK_TEXT;
    walk->open = true;
    walk->space = false;
    return block;
}

/* How a block ends, marks of quotation and brackets left aside. */
bool ends_sentence(const char *text, size_t n)
{
    while (n > 0) {
        unsigned char c = (unsigned char)text[n - 1];
        if (c == '"' || c == '\'' || c == ')' || c == ']' || c == ' ')
            n--;
        else if (n >= 3 && (memcmp(text + n - 3, "\xE2\x80\x9D", 3) == 0 || memcmp(text + n - 3, "\xE2\x80\x99", 3) == 0))
            n -= 3;
        else if (n >= 2 && (memcmp(text + n - 2, "\xC2\xBB", 2) == 0 || memcmp(text + n - 2, "\xC2\xA0", 2) == 0))
            n -= 2;
        else
            break;
    }
    if (n == 0)
        return false;
    unsigned char c = (unsigned char)text[n - 1];
    if (c == '.' || c == '!' || c == '?' || c == ':' || c == ';')
        return !(n >= 3 && memcmp(text + n - 3, "...", 3) == 0);
    return n >= 3 && (memcmp(text + n - 3, "\xE3\x80\x82", 3) == 0 || memcmp(text + n - 3, "\xEF\xBC\x81", 3) == 0 || memcmp(text + n - 3, "\xEF\xBC\x9F", 3) == 0 ||
                      memcmp(text + n - 2, "\xD8\x9F", 2) == 0);
}

/* Counts words and those that begin with a small letter. A writing without case counts as small throughout. */
static void count_words(const char *text, size_t n, PageBlock *block)
{
    bool within = false;
    for (size_t i = 0; i < n;) {
        unsigned char c = (unsigned char)text[i];
        bool letter, large;
        if (c < 128) {
            large = c >= 'A' && c <= 'Z';
            letter = large || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '\'' && within);
            i++;
        } else {
            UChar32 u;
            U8_NEXT(text, i, (int32_t)n, u);
            letter = u > 0 && u_isalnum(u);
            large = letter && u_isupper(u);
            if (letter && u >= 0x2E80 && u < 0xFFEF) { /* Chinese, Japanese: every second character as a word */
                block->words += within;
                block->small += within;
                within = !within;
                continue;
            }
        }
        if (letter && !within) {
            block->words++;
            block->small += !large && !(c >= '0' && c <= '9');
        }
        within = letter;
    }
}

static void close_block(Walk *walk)
{
    if (!walk->open)
        return;
    walk->open = false;
    Page *page = walk->page;
    PageBlock *block = &page->blocks[page->count - 1];
    block->length = page->text.length - block->first;
    const char *text = page->text.data + block->first;
    count_words(text, block->length, block);
    block->ends = ends_sentence(text, block->length);
    if (block->length == 0)
        page->count--;
    else if (!octets_add_byte(&page->text, '\n'))
        walk->failed = true;
}

/* Bytes of one run without white space. */
static void add_run(Walk *walk, const char *run, size_t n)
{
    PageBlock *block = open_block(walk);
    if (!block)
        return;
    Octets *text = &walk->page->text;
    bool gap = walk->space && text->length > block->first;
    if (!octets_reserve(text, n + 1)) {
        walk->failed = true;
        return;
    }
    if (gap)
        octets_add_byte(text, ' ');
    octets_add(text, run, n);
    walk->space = false;
    uint32_t characters = gap;
    for (size_t i = 0; i < n; i++)
        characters += ((unsigned char)run[i] & 0xC0) != 0x80;
    block->characters += characters;
    if (walk->links)
        block->linked += characters;
}

static void add_text(Walk *walk, const char *s)
{
    while (*s && !walk->failed) {
        size_t blank = 0;
        while (is_space((unsigned char)s[blank]) || (s[blank] == '\xC2' && s[blank + 1] == '\xA0')) {
            if (walk->preformatted && s[blank] == '\n' && s[blank + 1] == '\n')
                close_block(walk);
            blank += s[blank] == '\xC2' ? 2 : 1;
        }
        if (blank)
            walk->space = true;
        s += blank;
        size_t n = 0;
        while (s[n] && !is_space((unsigned char)s[n]) && !(s[n] == '\xC2' && s[n + 1] == '\xA0'))
            n++;
        if (n)
            add_run(walk, s, n);
        s += n;
    }
}

/* --- elements ------------------------------------------------------------------------------------ */

static bool push_frame(Walk *walk, unsigned hints, uint32_t name)
{
    Page *page = walk->page;
    if (page->frame_count == page->frame_room) {
        size_t room = page->frame_room ? page->frame_room * 2 : 256;
        PageFrame *more = room > MOST_FRAMES ? NULL : realloc(page->frames, room * sizeof *more);
        if (!more) {
            walk->failed = true;
            return false;
        }
        page->frames = more;
        page->frame_room = room;
    }
    page->frames[page->frame_count] = (PageFrame){ .parent = walk->frame, .hints = hints, .name = name };
    walk->frame = (int)page->frame_count++;
    return true;
}

static void count_depths(Walk *walk, const char *name, int step)
{
    if (strcmp(name, "p") == 0 || strcmp(name, "blockquote") == 0)
        walk->paragraphs += step;
    else if (strcmp(name, "li") == 0 || strcmp(name, "dd") == 0 || strcmp(name, "dt") == 0)
        walk->items += step;
    else if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2])
        walk->headings += step;
    else if (strcmp(name, "figcaption") == 0)
        walk->captions += step;
    else if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0)
        walk->cells += step;
    else if (strcmp(name, "pre") == 0)
        walk->preformatted += step;
}

static bool is_link(const xmlNode *element) { return strcmp((const char *)element->name, "a") == 0 && node_attribute(element, "href"); }

/* A title, a frame or an object that was never closed holds the rest of the page. */
static bool was_left_open(const xmlNode *element)
{
    static const char *const openers[] = { "title", "iframe", "object", "applet", "embed", "map", "button", "audio", "video", NULL };
    static const char *const parts[] = { "table", "td", "div", "p", NULL };
    if (!in_list((const char *)element->name, openers))
        return false;
    int looked = 0;
    for (const xmlNode *node = node_next(element, element, false); node && looked++ < 400; node = node_next(node, element, false))
        if (node->type == XML_ELEMENT_NODE && in_list((const char *)node->name, parts))
            return true;
    return false;
}

static uint32_t sum_of(const char *s)
{
    uint32_t sum = 5381;
    for (int i = 0; s && s[i] && i < 400; i++)
        sum = sum * 33 + (unsigned char)s[i];
    return sum;
}

/* False: leave out what is in it. */
static bool enter(Walk *walk, const xmlNode *element)
{
    const char *name = (const char *)element->name;
    if ((names_is_skipped(name) || strcmp(name, "title") == 0) && !was_left_open(element))
        return false;
    if (strcmp(name, "br") == 0 || strcmp(name, "hr") == 0) {
        close_block(walk);
        return true;
    }
    if (names_is_inline(name)) {
        walk->links += is_link(element);
        return true;
    }
    close_block(walk);
    count_depths(walk, name, 1);
    return push_frame(walk, names_hints(element), sum_of(node_attribute(element, "class")));
}

static void leave(Walk *walk, const xmlNode *element)
{
    const char *name = (const char *)element->name;
    if (strcmp(name, "br") == 0 || strcmp(name, "hr") == 0)
        return;
    if (names_is_inline(name)) {
        walk->links -= is_link(element);
        return;
    }
    close_block(walk);
    count_depths(walk, name, -1);
    walk->frame = walk->page->frames[walk->frame].parent;
}

/* What is in each frame, and where it ends. */
static void sum_up(Page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        const PageBlock *b = &page->blocks[i];
        PageFrame *f = &page->frames[b->frame];
        f->characters += b->characters;
        f->linked += b->linked;
        f->blocks++;
        if (block_is_prose(b)) {
            f->prose += b->characters - b->linked;
            f->paragraphs++;
        }
    }
    for (size_t i = page->frame_count; i-- > 0;) {
        PageFrame *f = &page->frames[i], *above = f->parent >= 0 ? &page->frames[f->parent] : NULL;
        if (f->end == 0) /* nothing is within it */
            f->end = (int)i + 1;
        if (!above)
            continue;
        above->characters += f->characters;
        above->linked += f->linked;
        above->blocks += f->blocks;
        above->prose += f->prose;
        above->paragraphs += f->paragraphs;
        above->end = f->end > above->end ? f->end : above->end;
    }
}

bool page_read(Page *page, const xmlNode *root)
{
    Walk walk = { .page = page, .frame = -1 };
    if (!push_frame(&walk, 0, 0))
        return false;
    const xmlNode *node = root;
    while (node && !walk.failed) {
        bool down = false;
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            if (node->content)
                add_text(&walk, (const char *)node->content);
        } else if (node->type == XML_ELEMENT_NODE) {
            bool in = node == root || enter(&walk, node);
            if (in && node->children) {
                node = node->children;
                down = true;
            } else if (in && node != root) {
                leave(&walk, node);
            }
        }
        if (down)
            continue;
        while (node != root && !node->next) {
            node = node->parent;
            if (node != root)
                leave(&walk, node);
        }
        node = node == root ? NULL : node->next;
    }
    close_block(&walk);
    if (!walk.failed)
        sum_up(page);
    return !walk.failed;
}

void page_free(Page *page)
{
    octets_free(&page->text);
    free(page->blocks);
    free(page->frames);
    *page = (Page){ 0 };
}
