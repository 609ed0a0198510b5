/* Which blocks of a page are its article. Each block gets a score (above zero: reads like an article's text); the part of the page that holds most
 * of it lends to its blocks and takes from the others; then the best run is sought, with gaps, as in Pasternack and Roth (2009), "Extracting
 * article text from the web with maximum subsequence segmentation". Weights are set by hand. */
#include "corpus/extract_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- one block ------------------------------------------------------------------------------------ */

static double between(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

static double link_share(const PageBlock *b) { return b->characters ? (double)b->linked / b->characters : 1; }

bool block_is_prose(const PageBlock *b)
{
    return b->words >= 8 && b->characters >= 45 && link_share(b) < 0.5 && (b->ends || b->characters > 160);
}

/* Separators of menus: a | b, Home > World, « » */
static int separators(const char *s, size_t n)
{
    int count = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c == '|' || (c == '>' && n < 200))
            count++;
        else if (c == 0xC2 && i + 1 < n && ((unsigned char)s[i + 1] == 0xA9 || (unsigned char)s[i + 1] == 0xBB))
            count += n < 200;
    }
    return count;
}

static double shape_score(const Page *page, const PageBlock *b)
{
    double s = -1.4 + 1.25 * fmin(b->characters, 260) / 80;
    if (b->words >= 5)
        s += between(((double)b->small / b->words - 0.62) * 4, -1.6, 1.2);
    if (b->ends)
        s += b->words >= 4 ? 0.9 : 0.2;
    else
        s -= 0.5;
    if (b->words <= 3 && !b->ends)
        s -= 0.8;
    s -= 0.9 * fmin(4, separators(page->text.data + b->first, b->length));
    return s;
}

static double block_score(const Page *page, const PageBlock *b)
{
    double s = shape_score(page, b), linked = link_share(b);
    s -= linked > 0.85 ? 4.5 : 5 * linked * linked;
    if (b->paragraph)
        s += 0.5;
    if (b->kind == BLOCK_HEADING)
        s = linked > 0.5 ? fmin(s, -1.5) : between(s, -1.2, -0.3);
    if (b->kind == BLOCK_ITEM && !b->ends)
        s -= 0.4;
    if (b->kind == BLOCK_CAPTION)
        s = between(s, -1, 0.5);
    return s;
}

static double hint_score(unsigned hints)
{
    double s = 0;
    if (hints & HINT_READERS)
        s -= 7;
    if (hints & HINT_AWAY)
        s -= 4.5;
    if (hints & HINT_ABOUT)
        s -= 1.5;
    if (hints & HINT_HIDDEN)
        s -= 3;
    if (hints & HINT_ARTICLE)
        s += 0.6;
    return s;
}

/* --- the page ------------------------------------------------------------------------------------- */

/* A frame with most of the page's prose in it can't be its sidebar, whatever its name: <body class="has-sidebar">. */
static void find_hints(Page *page)
{
    uint32_t all = page->frames[0].prose;
    unsigned *below = calloc(page->frame_count, sizeof *below);
    if (!below)
        return;
    for (size_t i = 0; i < page->frame_count; i++) {
        const PageFrame *f = &page->frames[i];
        unsigned hints = f->hints;
        if (f->prose * 20ULL > all * 7ULL)
            hints &= (unsigned)~(HINT_AWAY | HINT_ABOUT | HINT_HIDDEN);
        if (f->prose * 5ULL > all * 2ULL)
            hints &= (unsigned)~HINT_READERS;
        below[i] = hints | (f->parent >= 0 ? below[f->parent] : 0);
    }
    for (size_t i = 0; i < page->count; i++)
        page->blocks[i].hints = below[page->blocks[i].frame];
    free(below);
}

/* Frames stand in document order, so those within one follow it without a gap: the index after the last of them. */
static int frame_end(const Page *page, int frame)
{
    int i = frame + 1;
    while (i < (int)page->frame_count && page->frames[i].parent >= frame)
        i++;
    return i;
}

/* Down from the whole page, as long as one frame holds nearly all of what reads like an article. */
static int main_frame(Page *page)
{
    for (size_t i = 0; i < page->count; i++)
        page->frames[page->blocks[i].frame].mass += fmax(0, page->blocks[i].score);
    for (size_t i = page->frame_count; i-- > 1;)
        page->frames[page->frames[i].parent].mass += page->frames[i].mass;
    double all = page->frames[0].mass;
    int best = 0, end = (int)page->frame_count;
    for (int i = 1; i < end; i++) {
        const PageFrame *f = &page->frames[i];
        double share = f->hints & HINT_ARTICLE ? 0.5 : 0.72;
        if (f->mass >= share * all) {
            best = i;
            end = frame_end(page, i);
        }
    }
    return best;
}

static void score_blocks(Page *page, int64_t title)
{
    for (size_t i = 0; i < page->count; i++) {
        PageBlock *b = &page->blocks[i];
        b->score = block_score(page, b) + hint_score(b->hints) - ((int64_t)i < title ? 1.5 : 0);
    }
    int frame = main_frame(page), end = frame_end(page, frame);
    if (frame == 0)
        return;
    for (size_t i = 0; i < page->count; i++) {
        PageBlock *b = &page->blocks[i];
        b->score += b->frame >= frame && b->frame < end ? 0.5 : -2.0;
    }
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
    const double gap = 1.4, line = 0.1;
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
    return (b->hints & (HINT_AWAY | HINT_READERS | HINT_HIDDEN)) || link_share(b) > 0.6;
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

/* Within the run, what can't be text of the article: lists of links, boxes named as such. At its end, headings without a text. */
static void prune(Page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        PageBlock *b = &page->blocks[i];
        if (b->inside && ((b->hints & (HINT_AWAY | HINT_READERS)) || (link_share(b) > 0.8 && b->words > 2 && !b->ends)))
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

void page_choose(Page *page, int64_t title)
{
    if (page->count == 0)
        return;
    find_hints(page);
    score_blocks(page, title);
    best_run(page);
    bridge(page);
    extend(page, title);
    prune(page);
}
