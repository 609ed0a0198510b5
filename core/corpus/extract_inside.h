/* What the files of extract share: the page as a list of blocks, each in a tree of frames. */
#ifndef ANNALIST_CORPUS_EXTRACT_INSIDE_H
#define ANNALIST_CORPUS_EXTRACT_INSIDE_H

#include "corpus/date.h"
#include "corpus/extract.h"
#include "octets.h"

#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>

/* What the name of an element, its class, id or role say about what is in it. */
typedef enum PageHint {
    HINT_AWAY = 1,     /* navigation, sidebar, footer, advertisement, teasers, forms */
    HINT_READERS = 2,  /* readers' comments */
    HINT_ABOUT = 4,    /* byline, date line, tags: about the article, not of it */
    HINT_ARTICLE = 8,  /* article, main, itemprop="articleBody" */
    HINT_HIDDEN = 16,  /* not shown */
    HINT_FIGURE = 32,  /* a picture and its caption */
    HINT_STORY = 64,   /* <article>: a story, which may be another one */
    HINT_SURE = 128,   /* the element or its role says that it is away, not a name */
} PageHint;

/* An element that holds blocks. */
typedef struct PageFrame {
    int parent; /* index; -1 for the first */
    int end;    /* index after the last of those within it, which follow it without a gap */
    unsigned hints;
    uint32_t name;  /* a sum over its class */
    uint32_t characters, linked, blocks;  /* in it and below, as all that follows */
    uint32_t prose, paragraphs;           /* characters in sentences outside of links, blocks of them */
    double mass;                          /* sum of the blocks' scores above zero */
    double links;                        /* share of links of the boxes about it, see extract_score.c */
    bool about_article;
} PageFrame;

typedef enum BlockKind { BLOCK_TEXT, BLOCK_HEADING, BLOCK_ITEM, BLOCK_CAPTION, BLOCK_CELL } BlockKind;

/* A paragraph's worth of text. */
typedef struct PageBlock {
    size_t first, length; /* in Page.text */
    int frame;
    BlockKind kind;
    bool paragraph; /* stands in a <p>, or in a block quotation */
    bool ends;      /* like a sentence */
    uint32_t characters, linked, words, small; /* `linked`: characters in links; `small`: words that begin with a small letter */
    unsigned hints; /* of its frames, those left out that hold most of the page */
    double chain; /* stands in a row of headlines with their teasers, 0 to 1 */
    double score;
    bool is_declared; /* stands in the text that the page declares */
    bool inside;
} PageBlock;

typedef struct Page {
    Octets text;
    PageBlock *blocks;
    size_t count, room;
    PageFrame *frames;
    size_t frame_count, frame_room;
} Page;

/* extract_page.c: the tree as blocks and frames. False: no memory. */
bool page_read(Page *page, const xmlNode *root);
void page_free(Page *page);
bool ends_sentence(const char *text, size_t n);

/* extract_hints.c: gives each block the hints of the frames about it, as far as they can be believed. */
void page_believe_hints(Page *page, int64_t title);

/* extract_score.c: how much each block reads like the article. `title` is the block with its headline, -1 if there is none. */
typedef enum Feature {
    FEATURE_BIAS, FEATURE_FORM, FEATURE_CHAIN, FEATURE_LINK_LINE, FEATURE_LINKS_BEFORE, FEATURE_LINKS_AFTER, FEATURE_BESIDE_BEFORE, FEATURE_BESIDE_AFTER,
    FEATURE_POSITION, FEATURE_MAIN, FEATURE_BOX, FEATURE_ARTICLE, FEATURE_READERS, FEATURE_AWAY, FEATURE_HIDDEN, FEATURE_PAGE_LINKS, FEATURE_OWN_LINE,
    FEATURE_AFTER_LIST, FEATURE_ABOVE_TITLE, FEATURE_LEAD, FEATURES
} Feature;
typedef struct PageSurvey {
    int64_t title;
    int main, main_end; /* the frame that holds the article, and the first after it */
    int whole;          /* it, or one not far above it that is named as the article's */
    double links;       /* share of links of the page */
    double prose;       /* characters of prose before the block that is asked for */
    size_t before;      /* the last block of prose before it */
    bool lists;         /* "Related stories" stood before it, and not in a box within the text */
} PageSurvey;
void page_survey(Page *page, int64_t title, PageSurvey *survey);
void page_features(const Page *page, PageSurvey *survey, size_t i, double x[FEATURES]);
void page_score(Page *page, int64_t title);
bool block_is_prose(const PageBlock *block);
double block_link_share(const PageBlock *block);
bool block_is_boxed(const Page *page, size_t i, size_t before); /* in a box within the article; `before`: the last block of prose before it */

/* extract_choose.c: which blocks are the article. `declared`: its text as the page declares it, NULL or empty if it does not. */
void page_choose(Page *page, int64_t title, const Octets *declared);

/* extract_facts.c: what the page says about its article. */
typedef struct PageFacts {
    Octets title, author, date, outlet, language, url, body; /* `body`: articleBody of JSON-LD */
    Octets likely_author;                                    /* where nothing else tells: the outlet, a name in a box beside the article */
    Octets window;                                           /* <title> as it stands */
} PageFacts;
bool facts_read(PageFacts *facts, const xmlNode *root);
void facts_free(PageFacts *facts);

/* extract.c: the headline as the page declares it or shows it; its block, -1 if it stands in none. */
int64_t page_title(const Page *page, const PageFacts *facts, Octets *out);

/* extract_outlet.c: the outlet that stands in the window's title, when the page declares none and shows this one elsewhere.
 * `weak`: `title` was cut from the window's, and no heading agrees with it. */
void name_outlet(const Page *page, PageFacts *facts, bool weak, Octets *title);

/* extract_byline.c: "By Ann Marlow, 2 March 2021". The names to `out`; `introduced`: only after "By" or its like. The day, if there is one. */
bool byline_names(const char *text, size_t n, bool introduced, Octets *out);
bool byline_date(const char *text, size_t n, char date[DATE_TEXT]);

/* extract_names.c: classes and ids, elements */
unsigned names_hints(const xmlNode *element);
bool in_list(const char *name, const char *const *list); /* without case; the list ends with NULL */
bool names_is_skipped(const char *element);
bool names_is_inline(const char *element);
typedef enum HeadKind { HEAD_NONE, HEAD_COMMENTS, HEAD_LIST } HeadKind;
HeadKind names_head(const char *text, size_t n); /* "12 Comments", "Related stories": a line that begins what isn't the article */

/* extract.c: words compared without case and punctuation; what separates the parts of a window's title */
bool begins_with_words(const char *a, size_t n, const char *b, size_t m); /* a begins with the words of b */
bool holds_words(const char *a, size_t n, const char *b, size_t m);
size_t words_in(const char *s, size_t n);
size_t title_separator(const char *s); /* " | ", " - " …: its length, 0 when none stands at s */

/* shared small things */
const char *node_attribute(const xmlNode *element, const char *name); /* NULL if absent or empty; points into the tree */
const xmlNode *node_next(const xmlNode *node, const xmlNode *root, bool skip_children); /* in document order, NULL at the end */
bool add_squeezed(Octets *out, const char *text, size_t n); /* white space as single spaces, none at the ends of a run */
bool same_words(const char *a, size_t n, const char *b, size_t m); /* letters and digits agree, without case */

#endif
