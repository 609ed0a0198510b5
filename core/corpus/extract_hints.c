/* Which hints of the names of elements and classes are to be believed: names are habits, not facts, and the text in a frame may give them the lie. */
#include "corpus/extract_inside.h"

#include <stdlib.h>

static bool is_more_than(uint32_t part, uint32_t all, double share) { return part > share * all; }

/* The <article> that holds the headline, or the one with most prose; -1 if there is none. */
static int own_story(const Page *page, int64_t title)
{
    int best = -1;
    for (int i = title >= 0 ? page->blocks[title].frame : -1; i >= 0; i = page->frames[i].parent)
        if ((page->frames[i].hints & HINT_STORY) && is_more_than(page->frames[i].prose, page->frames[0].prose, 0.2))
            return i;
    for (int i = 0; i < (int)page->frame_count; i++)
        if ((page->frames[i].hints & HINT_STORY) && (best < 0 || page->frames[i].prose > page->frames[best].prose))
            best = i;
    return best;
}

/* Beside the article's own <article> others are cards of other stories, or the next ones of a page that scrolls on; not where together they hold
 * most of the text, as the posts of a live report do. */
static void find_other_stories(Page *page, int64_t title)
{
    int own = own_story(page, title);
    if (own < 0 || page->frames[own].prose < 300)
        return;
    const PageFrame *mine = &page->frames[own];
    uint32_t others = 0, within = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < (int)page->frame_count; i++) {
            PageFrame *f = &page->frames[i];
            if (!(f->hints & HINT_STORY) || (i <= own && f->end >= mine->end))
                continue;
            bool is_within = i > own && f->end <= mine->end;
            if (pass == 0)
                *(is_within ? &within : &others) += f->prose;
            else if (is_within ? !is_more_than(within, mine->prose, 0.5) : !is_more_than(others, page->frames[0].prose, 0.8))
                f->hints |= HINT_AWAY | HINT_SURE;
            i = f->end - 1;
        }
    }
}

/* The class that holds most of the prose among the boxes in a frame that are named as not of the article, and that prose. */
typedef struct Namesakes {
    uint32_t name, votes, prose;
} Namesakes;

static void find_namesakes(const Page *page, Namesakes *namesakes)
{
    for (int pass = 0; pass < 2; pass++) /* a vote by majority, then the count */
        for (size_t i = 1; i < page->frame_count; i++) {
            const PageFrame *f = &page->frames[i];
            Namesakes *n = &namesakes[f->parent];
            if (!(f->hints & HINT_AWAY) || (f->hints & HINT_STORY) || f->prose == 0)
                continue;
            if (pass == 1)
                n->prose += n->name == f->name ? f->prose : 0;
            else if (n->name == f->name)
                n->votes += f->prose;
            else if (n->votes >= f->prose)
                n->votes -= f->prose;
            else
                *n = (Namesakes){ .name = f->name, .votes = f->prose - n->votes };
        }
}

/* An <aside> or another story that says more than the article beside it, as a ticker of news does, is still not the article. */
static bool is_sure_and_apart(const PageFrame *f, uint32_t all)
{
    enum { LEAST_OUTSIDE = 400 };
    uint32_t outside = all - f->prose;
    return (f->hints & HINT_AWAY) && (f->hints & HINT_SURE) && outside >= LEAST_OUTSIDE && is_more_than(outside, all, 0.15);
}

/* The hints of a frame, without those that its prose gives the lie. A frame with most of the page's prose in it can't be its sidebar, whatever its name:
 * <body class="has-sidebar">; nor can boxes of one name that hold it together, a paragraph each. Readers may well say more than the article, but
 * they don't come first. Paragraphs without links within the article are no teasers, though a site may call the beginning of its articles so. */
static unsigned believed_hints(const Page *page, int frame, uint32_t before, const Namesakes *namesakes, bool in_article)
{
    const PageFrame *f = &page->frames[frame];
    uint32_t all = page->frames[0].prose;
    unsigned hints = f->hints;
    bool of_many = f->parent >= 0 && namesakes[f->parent].name == f->name && is_more_than(namesakes[f->parent].prose, all, 0.5);
    bool is_text = in_article && !(f->hints & HINT_SURE) && f->paragraphs >= 3 && f->prose >= 500 && f->linked * 12 < f->characters;
    if (is_sure_and_apart(f, all) ? false : is_more_than(f->prose, all, 0.35) || of_many || is_text)
        hints &= (unsigned)~(HINT_AWAY | HINT_ABOUT | HINT_HIDDEN);
    if (is_more_than(f->prose, all, 0.4) && before < 400)
        hints &= (unsigned)~HINT_READERS;
    return hints;
}

void page_believe_hints(Page *page, int64_t title)
{
    unsigned *below = calloc(page->frame_count, sizeof *below);
    Namesakes *namesakes = calloc(page->frame_count, sizeof *namesakes);
    uint32_t before = 0;
    size_t block = 0;
    if (!below || !namesakes)
        goto cleanup;
    find_other_stories(page, title);
    find_namesakes(page, namesakes);
    for (size_t i = 0; i < page->frame_count; i++) {
        const PageFrame *f = &page->frames[i];
        for (; block < page->count && page->blocks[block].frame < (int)i; block++) /* prose of frames before this one */
            before += block_is_prose(&page->blocks[block]) && !(below[page->blocks[block].frame] & (HINT_AWAY | HINT_HIDDEN)) ? page->blocks[block].characters : 0;
        unsigned above = f->parent >= 0 ? below[f->parent] : 0;
        below[i] = believed_hints(page, (int)i, before, namesakes, above & HINT_ARTICLE) | above;
    }
    for (size_t i = 0; i < page->count; i++)
        page->blocks[i].hints = below[page->blocks[i].frame];
cleanup:
    free(namesakes);
    free(below);
}
