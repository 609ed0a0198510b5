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

/* A publisher's own articleBody says which blocks are the article. It may leave out captions and headings, and be cut off: what it lacks is held
 * against a block only where all of it has been found, or after the last that it has, where little is left. */
static void heed_declared(Page *page, const Octets *declared)
{
    enum { LEAST = 600, MOST = 200000, MOST_DECLARED_BLOCKS = 5000 };
    size_t first = 0, last = 0, found = 0, prose = 0, after = 0;
    if (declared->length < LEAST || declared->length > MOST || page->count > MOST_DECLARED_BLOCKS)
        return;
    for (size_t i = 0; i < page->count; i++) {
        PageBlock *b = &page->blocks[i];
        if ((b->is_declared = is_declared(page, b, declared))) {
            b->score += 2.5;
            first = found == 0 ? i : first;
            last = i;
            found++;
            prose += b->length;
        }
    }
    for (size_t i = last + 1; i < page->count; i++)
        after += page->blocks[i].score > 0 ? page->blocks[i].length : 0;
    bool is_whole = prose * 20 > declared->length * 17;
    if (found < 3 || !(is_whole || (prose * 10 > declared->length * 7 && after * 3 < declared->length)))
        return;
    for (size_t i = first; i < page->count; i++)
        if (i > last || (is_whole && !page->blocks[i].is_declared && block_is_prose(&page->blocks[i])))
            page->blocks[i].score -= i > last ? 5 : 2;
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

/* What it costs to pass block `i`. `before`: the last block of prose before it; `prose`: characters of prose up to here */
static double toll_of(const Page *page, size_t i, size_t before, uint32_t prose)
{
    const PageBlock *b = &page->blocks[i];
    if (prose < 300 || b->ends)
        return 0;
    switch (names_head(page->text.data + b->first, b->length)) {
    case HEAD_COMMENTS: return 18;
    case HEAD_LIST: return block_is_boxed(page, i, before) ? 0 : 6;
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
    size_t before = 0;
    for (size_t i = 0; i < page->count; i++) {
        const PageBlock *b = &page->blocks[i];
        step(b->score, toll_of(page, i, before, prose), old, now, &steps[i]);
        if (block_is_prose(b) && b->score > 0) {
            prose += b->characters;
            before = i;
        }
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

/* Under the headline and above the byline, the sentence or two that tell the story in short. */
static bool is_lead(const Page *page, const PageBlock *b)
{
    char date[DATE_TEXT];
    Octets names = { 0 };
    bool against = speaks_against(b) || (b->hints & (HINT_ABOUT | HINT_FIGURE)) || b->kind == BLOCK_CAPTION || b->kind == BLOCK_ITEM;
    if (against || b->words < 8 || b->characters > 500 || b->linked * 4 > b->characters || b->small * 2 < b->words)
        return false;
    const char *text = page->text.data + b->first;
    bool byline = byline_names(text, b->length, true, &names) || (b->characters < 80 && byline_date(text, b->length, date));
    octets_free(&names);
    return !byline;
}

/* Where the headline is not known, only close above the text, and only in sentences of some length. */
static void take_lead(Page *page, int64_t title)
{
    enum { FAR = 14, NEAR = 5 };
    int64_t first = title + 1, count = (int64_t)page->count;
    while (first < count && !page->blocks[first].inside)
        first++;
    if (first == count || (title >= 0 && first - title > FAR))
        return;
    int64_t start = title >= 0 ? title + 1 : first > NEAR ? first - NEAR : 0;
    for (int64_t i = first; i-- > start;) {
        PageBlock *b = &page->blocks[i];
        if (title < 0 && (speaks_against(b) || b->kind == BLOCK_HEADING))
            return;
        b->inside = is_lead(page, b) && (title >= 0 || (b->ends && block_is_prose(b)));
    }
}

/* A line that is one link sends readers on to another story, when it stands between two paragraphs of prose. */
static bool is_promotion(const Page *page, size_t i)
{
    const PageBlock *b = &page->blocks[i];
    if (b->kind != BLOCK_TEXT || b->words < 4 || b->ends || block_link_share(b) <= 0.85 || i == 0 || i + 1 == page->count)
        return false;
    return block_is_prose(b - 1) && block_is_prose(b + 1) && b[-1].inside && b[1].inside;
}

/* [ Reply | Send | Report ]: links with bars between them */
static bool is_menu_line(const Page *page, const PageBlock *b)
{
    int bars = 0;
    if (b->ends || b->length > 200 || block_link_share(b) < 0.6)
        return false;
    for (size_t i = 0; i < b->length; i++)
        bars += page->text.data[b->first + i] == '|';
    return bars >= 2;
}

/* "Read more on this story:" */
static bool heads_list(const Page *page, size_t i)
{
    const PageBlock *b = &page->blocks[i];
    return b->words <= 8 && names_head(page->text.data + b->first, b->length) == HEAD_LIST;
}

static bool is_link_line(const PageBlock *b) { return b->words >= 3 && block_link_share(b) > 0.85; }

/* A line that heads a list of other stories, at `i`, and the links under it */
static void drop_under_head(Page *page, size_t i)
{
    size_t stop = i + 1;
    while (stop < page->count && is_link_line(&page->blocks[stop]))
        stop++;
    if (stop == i + 1 || i == 0 || !block_is_prose(&page->blocks[i - 1]) || !page->blocks[i - 1].inside)
        return;
    while (stop > i)
        page->blocks[--stop].inside = false;
}

/* A short row of nothing but links, between two paragraphs of prose: other stories again, with or without a line that heads them. Where a paragraph
 * names what follows ("these papers:"), they are its own. Takes out the row that begins at `i`. */
static void drop_row_of_links(Page *page, size_t i)
{
    enum { MOST = 6, LEAST = 2 };
    const PageBlock *b = page->blocks;
    size_t first = i, stop = i;
    uint32_t words = 0;
    bool items = true;
    for (; stop < page->count && is_link_line(&b[stop]); stop++) {
        words += b[stop].words;
        items = items && b[stop].kind == BLOCK_ITEM;
    }
    if (!items && first > 1 && !block_is_prose(&b[first - 1]) && b[first - 1].words <= 5 && !b[first - 1].ends && b[first - 1].kind != BLOCK_ITEM)
        first--;
    const PageBlock *above = first > 0 ? &b[first - 1] : NULL;
    bool amid = above && above->inside && block_is_prose(above) && stop < page->count && block_is_prose(&b[stop]);
    if (!amid || page->text.data[above->first + above->length - 1] == ':' || stop - i > MOST || (!items && stop - i < LEAST) || words < 5 * (stop - i))
        return;
    while (stop > first)
        page->blocks[--stop].inside = false;
}

/* Within the run, what can't be text of the article: lists of links, boxes named as such. */
static void prune_within(Page *page)
{
    size_t promotions = 0, prose = 0;
    for (size_t i = 0; i < page->count; i++) {
        promotions += is_promotion(page, i);
        prose += page->blocks[i].inside && block_is_prose(&page->blocks[i]);
    }
    bool is_survey = promotions > 4 && promotions * 3 > prose; /* the article is about what it links to */
    for (size_t i = 0; i < page->count; i++) {
        PageBlock *b = &page->blocks[i];
        if (b->inside && ((b->hints & (HINT_AWAY | HINT_READERS | HINT_HIDDEN)) || (!is_survey && is_promotion(page, i)) || is_menu_line(page, b)))
            b->inside = false;
        if (b->inside && heads_list(page, i))
            drop_under_head(page, i);
        else if (b->inside && !is_survey && is_link_line(b) && !(i > 0 && is_link_line(b - 1)))
            drop_row_of_links(page, i);
    }
}

/* Links to other stories under a line that says so ("Read more on this story:"), at the end of the run: where they begin, else the end. */
static size_t last_links(const Page *page, size_t end)
{
    size_t i = end;
    while (i > 0 && page->blocks[i - 1].inside && block_link_share(&page->blocks[i - 1]) > 0.85 && page->blocks[i - 1].words >= 3)
        i--;
    if (i == end || i == 0 || !page->blocks[i - 1].inside)
        return end;
    const PageBlock *head = &page->blocks[i - 1];
    const char *text = page->text.data + head->first;
    bool names = heads_list(page, i - 1) || (head->words <= 8 && (text[head->length - 1] == ':' || head->kind == BLOCK_HEADING));
    return names && i > 1 && block_is_prose(head - 1) ? i - 1 : end;
}

/* At the end of the run, links to other stories and headings without a text. */
static void prune_end(Page *page)
{
    size_t end = page->count;
    while (end > 0 && !page->blocks[end - 1].inside)
        end--;
    size_t stop = last_links(page, end);
    while (end > stop)
        page->blocks[--end].inside = false;
    for (size_t i = end; i-- > 0;) {
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
    prune_within(page);
    prune_end(page);
    take_lead(page, title);
}
