/* Which blocks of a page are its article: each block has a score (extract_score.c); the best run is sought, with gaps, as in Pasternack and Roth
 * (2009), "Extracting article text from the web with maximum subsequence segmentation". Then the run is mended at its seams. */
#include "corpus/extract_inside.h"

#include <stdlib.h>
#include <string.h>

/* --- the text that the page declares ------------------------------------------------------------------ */

/* Do the beginning and the end of the block stand in the declared text? */
static bool is_declared(const Page *page, const PageBlock *b, const Octets *declared)
{
    enum { PROBE = 32 };
    const char *text = page->text.data + b->first;
    if (b->length < PROBE)
        return false;
    return memmem(declared->data, declared->length, text, PROBE) && memmem(declared->data, declared->length, text + b->length - PROBE, PROBE);
}

/* A publisher's own articleBody says which blocks are the article. It may leave out captions and headings, and be cut off, so what it lacks is held
 * against a block only after the last that it has, and where little is left. */
static void heed_declared(Page *page, const Octets *declared)
{
    enum { LEAST = 600, MOST = 200000, MOST_DECLARED_BLOCKS = 5000 };
    size_t last = 0, found = 0, prose = 0, after = 0;
    if (declared->length < LEAST || declared->length > MOST || page->count > MOST_DECLARED_BLOCKS)
        return;
    for (size_t i = 0; i < page->count; i++) {
        if (!is_declared(page, &page->blocks[i], declared))
            continue;
        page->blocks[i].score += 2.5;
        found++;
        prose += page->blocks[i].length;
        last = i;
    }
    for (size_t i = last + 1; i < page->count; i++)
        after += page->blocks[i].score > 0 ? page->blocks[i].length : 0;
    if (found >= 3 && prose * 10 > declared->length * 7 && after * 3 < declared->length)
        for (size_t i = last + 1; i < page->count; i++)
            page->blocks[i].score -= 5;
}

/* --- the best run --------------------------------------------------------------------------------- */

enum { BEFORE, IN, GAP, AFTER, STATES };

typedef struct Step {
    unsigned char from[STATES];
} Step;

static void better(double value, unsigned char state, double *best, unsigned char *from)
{
    if (value > *best) {
        *best = value;
        *from = state;
    }
}

/* `toll`: what it costs to pass a line that closes the article */
static void step(double score, double toll, const double *old, double *now, Step *step)
{
    const double gap = 1.4, line = 0.05;
    for (int i = 0; i < STATES; i++)
        now[i] = -1e12;
    better(old[BEFORE] - toll, BEFORE, &now[BEFORE], &step->from[BEFORE]);
    better(old[BEFORE] + score - toll, BEFORE, &now[IN], &step->from[IN]);
    better(old[IN] + score - toll, IN, &now[IN], &step->from[IN]);
    better(old[GAP] + score - gap - toll, GAP, &now[IN], &step->from[IN]);
    better(old[IN] - gap - line - toll, IN, &now[GAP], &step->from[GAP]);
    better(old[GAP] - line - toll, GAP, &now[GAP], &step->from[GAP]);
    better(old[AFTER], AFTER, &now[AFTER], &step->from[AFTER]);
    better(old[IN], IN, &now[AFTER], &step->from[AFTER]);
}

static double toll_of(const Page *page, const PageBlock *b, uint32_t prose_before)
{
    if (prose_before < 300 || b->ends)
        return 0;
    switch (names_head(page->text.data + b->first, b->length)) {
    case HEAD_COMMENTS: return 18;
    case HEAD_LIST: return 6;
    default: return 0;
    }
}

static void best_run(Page *page)
{
    Step *steps = calloc(page->count ? page->count : 1, sizeof *steps);
    if (!steps)
        return;
    double old[STATES] = { 0, -1e12, -1e12, -1e12 }, now[STATES];
    uint32_t prose = 0;
    for (size_t i = 0; i < page->count; i++) {
        const PageBlock *b = &page->blocks[i];
        step(b->score, toll_of(page, b, prose), old, now, &steps[i]);
        prose += block_is_prose(b) && b->score > 0 ? b->characters : 0;
        memcpy(old, now, sizeof old);
    }
    int state = BEFORE;
    if (old[IN] > old[state])
        state = IN;
    if (old[AFTER] > old[state])
        state = AFTER;
    for (size_t i = page->count; i-- > 0;) {
        page->blocks[i].inside = state == IN;
        state = steps[i].from[state];
    }
    free(steps);
}

/* --- mending -------------------------------------------------------------------------------------- */

static bool speaks_against(const PageBlock *b)
{
    return (b->hints & (HINT_AWAY | HINT_READERS | HINT_HIDDEN)) || block_link_share(b) > 0.6;
}

/* Short gaps between prose of one frame are the article's own lists and headings. */
static void bridge(Page *page)
{
    for (size_t i = 1; i < page->count; i++) {
        if (page->blocks[i].inside || !page->blocks[i - 1].inside)
            continue;
        size_t stop = i;
        bool against = false;
        while (stop < page->count && !page->blocks[stop].inside)
            against = speaks_against(&page->blocks[stop++]) || against;
        if (stop < page->count && !against && stop - i <= 12)
            for (size_t j = i; j < stop; j++)
                page->blocks[j].inside = true;
        i = stop;
    }
}

/* Lines of the same element as the article's prose, side by side with it: a list of songs after "consisted of:", notes set by <br>. */
static bool goes_with(const Page *page, const PageBlock *b, const PageBlock *neighbour)
{
    if (b->inside || speaks_against(b) || (b->hints & HINT_ABOUT) || b->words < 2 || names_head(page->text.data + b->first, b->length) != HEAD_NONE)
        return false;
    if (b->frame == neighbour->frame)
        return true;
    bool siblings = page->frames[b->frame].parent == page->frames[neighbour->frame].parent;
    return siblings && ((b->kind == BLOCK_ITEM && neighbour->kind == BLOCK_ITEM) || (b->paragraph && neighbour->paragraph && b->score > -1));
}

static void extend(Page *page, int64_t title)
{
    size_t first = page->count, last = 0;
    for (size_t i = 0; i < page->count; i++)
        if (page->blocks[i].inside) {
            first = first < i ? first : i;
            last = i;
        }
    if (first == page->count)
        return;
    for (size_t i = last + 1; i < page->count && goes_with(page, &page->blocks[i], &page->blocks[i - 1]); i++)
        page->blocks[i].inside = true;
    for (size_t i = first; i > 0 && (int64_t)i - 1 > title && goes_with(page, &page->blocks[i - 1], &page->blocks[i]); i--)
        page->blocks[i - 1].inside = true;
}

/* A line that is one link, between two paragraphs of prose, sends readers on to another story. */
static bool is_promotion(const Page *page, size_t i)
{
    const PageBlock *b = &page->blocks[i];
    if (b->kind != BLOCK_TEXT || b->words < 4 || b->ends || block_link_share(b) <= 0.85 || i == 0 || i + 1 == page->count)
        return false;
    return block_is_prose(b - 1) && block_is_prose(b + 1) && b[-1].inside && b[1].inside;
}

/* Within the run, what can't be text of the article: lists of links, boxes named as such. At its end, headings without a text. */
static void prune(Page *page)
{
    size_t promotions = 0, prose = 0;
    for (size_t i = 0; i < page->count; i++) {
        promotions += is_promotion(page, i);
        prose += page->blocks[i].inside && block_is_prose(&page->blocks[i]);
    }
    bool is_survey = promotions > 4 && promotions * 3 > prose; /* the article is about what it links to */
    for (size_t i = 0; i < page->count; i++) {
        PageBlock *b = &page->blocks[i];
        if (b->inside && ((b->hints & (HINT_AWAY | HINT_READERS | HINT_HIDDEN)) || (!is_survey && is_promotion(page, i))))
            b->inside = false;
    }
    for (size_t i = page->count; i-- > 0;) {
        PageBlock *b = &page->blocks[i];
        if (!b->inside)
            continue;
        if (block_is_prose(b) || b->ends || b->kind == BLOCK_ITEM)
            break;
        if (b->kind == BLOCK_HEADING || b->words < 4)
            b->inside = false;
        else
            break;
    }
}

void page_choose(Page *page, int64_t title, const Octets *declared)
{
    if (page->count == 0)
        return;
    page_score(page, title);
    if (declared)
        heed_declared(page, declared);
    best_run(page);
    bridge(page);
    extend(page, title);
    prune(page);
}
