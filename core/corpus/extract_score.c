/* How much each block of a page reads like its article: a form (length, links, how it ends, the hints of its frames), weighed by hand, and what
 * stands about it, weighed by scripts/train/extract.lua on pages whose article is known (extract_weights.h). */
#include "corpus/extract_inside.h"

#include "corpus/extract_weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- one block ------------------------------------------------------------------------------------ */

static double between(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

double block_link_share(const PageBlock *b) { return b->characters ? (double)b->linked / b->characters : 1; }

bool block_is_prose(const PageBlock *b)
{
    return b->words >= 8 && b->characters >= 45 && block_link_share(b) < 0.5 && (b->ends || b->characters > 160);
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

static double form_score(const Page *page, const PageBlock *b)
{
    double s = shape_score(page, b), linked = block_link_share(b);
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
            end = f->end;
        }
    }
    return best;
}

/* A frame that is named as the article's, not far above `main`, when it holds not much more: the text may stand in several boxes. */
static int whole_article(const Page *page, int main)
{
    enum { FAR = 3 };
    int up = 0;
    for (int i = page->frames[main].parent; i >= 0 && up < FAR && !(page->frames[main].hints & HINT_ARTICLE); i = page->frames[i].parent, up++)
        if ((page->frames[i].hints & HINT_ARTICLE) && page->frames[i].mass < 1.6 * page->frames[main].mass)
            return i;
    return main;
}

/* --- what stands about a block -------------------------------------------------------------------- */

static bool is_link_line(const PageBlock *b) { return block_link_share(b) > 0.85 && b->words >= 2; }

static bool is_teaser(const PageBlock *b) { return b->characters < 500 && block_link_share(b) < 0.5; }

/* Lines of links and text by turns are headlines with their teasers: `chain`, 0 to 1, says how long a row of them a block stands in. */
static void find_chains(Page *page)
{
    const PageBlock *b = page->blocks;
    const size_t n = page->count;
    for (size_t i = 0; i < n;) {
        size_t j = i;
        int pairs = 0;
        for (; j + 1 < n && is_link_line(&b[j]) && is_teaser(&b[j + 1]); pairs++) {
            j += 2;
            if (j + 1 < n && !is_link_line(&b[j]) && b[j].characters < 40 && is_link_line(&b[j + 1]))
                j++; /* "12 March" */
        }
        for (size_t k = i; pairs >= 2 && k < j; k++)
            page->blocks[k].chain = fmin(1, pairs / 4.0);
        i = j > i ? j : i + 1;
    }
}

/* A box of headlines with a line or two under each is made of links as a whole, though its lines are not: `links` of a frame is the largest share
 * of links of it and of the frames about it, those left out that hold the article. */
static void measure_frames(Page *page, int main)
{
    for (int i = main; i >= 0; i = page->frames[i].parent)
        page->frames[i].about_article = true;
    for (size_t i = 1; i < page->frame_count; i++) {
        PageFrame *f = &page->frames[i];
        f->links = page->frames[f->parent].links;
        if (!f->about_article && f->blocks >= 4 && f->characters > 0)
            f->links = fmax(f->links, (double)f->linked / f->characters);
    }
}

static bool is_beside(const Page *page, const PageBlock *a, const PageBlock *b)
{
    return a->frame == b->frame || page->frames[a->frame].parent == page->frames[b->frame].parent;
}

/* Does block `i` stand in a box of its own between two paragraphs of the article, block `before` and one that follows soon? "Related" there heads
 * a box in the text, not the end of it; nor is that "See also: New bridge opens", with a paragraph right under it. */
bool block_is_boxed(const Page *page, size_t i, size_t before)
{
    enum { FAR = 40 };
    const PageBlock *b = page->blocks;
    if (i + 1 < page->count && block_link_share(&b[i]) > 0.3 && block_is_prose(&b[i + 1]) && b[i + 1].score > 1.5 && is_beside(page, &b[i + 1], &b[before]))
        return true;
    if (is_beside(page, &b[i], &b[before]))
        return false;
    for (size_t j = i + 1; j < page->count && j <= i + FAR; j++)
        if (block_is_prose(&b[j]) && b[j].score > 0 && !is_beside(page, &b[j], &b[i]))
            return is_beside(page, &b[j], &b[before]);
    return false;
}

void page_survey(Page *page, int64_t title, PageSurvey *survey)
{
    *survey = (PageSurvey){ .title = title };
    page_believe_hints(page, title);
    for (size_t i = 0; i < page->count; i++)
        page->blocks[i].score = form_score(page, &page->blocks[i]) + hint_score(page->blocks[i].hints);
    survey->main = main_frame(page);
    survey->main_end = page->frames[survey->main].end;
    survey->whole = whole_article(page, survey->main);
    measure_frames(page, survey->main);
    find_chains(page);
    const PageFrame *all = &page->frames[0];
    survey->links = all->characters ? (double)all->linked / all->characters : 0;
}

/* What speaks for and against block `i`; asked from the first block to the last. */
void page_features(const Page *page, PageSurvey *survey, size_t i, double x[FEATURES])
{
    const PageBlock *b = &page->blocks[i], *before = i > 0 ? b - 1 : NULL, *after = i + 1 < page->count ? b + 1 : NULL;
    double prose = fmax(1, page->frames[0].prose);
    bool prosaic = block_is_prose(b), in_main = b->frame >= survey->main && b->frame < survey->main_end;
    bool under_title = survey->title >= 0 && (int64_t)i > survey->title && (int64_t)i <= survey->title + 6;
    x[FEATURE_BIAS] = 1;
    x[FEATURE_FORM] = between(b->score, -6, 6);
    x[FEATURE_CHAIN] = b->chain;
    x[FEATURE_LINK_LINE] = block_link_share(b) > 0.85;
    x[FEATURE_LINKS_BEFORE] = !before || block_link_share(before) > 0.7;
    x[FEATURE_LINKS_AFTER] = !after || block_link_share(after) > 0.7;
    x[FEATURE_BESIDE_BEFORE] = before && is_beside(page, b, before);
    x[FEATURE_BESIDE_AFTER] = after && is_beside(page, b, after);
    x[FEATURE_POSITION] = survey->prose / prose;
    bool in_whole = prosaic && b->frame >= survey->whole && b->frame < page->frames[survey->whole].end;
    x[FEATURE_MAIN] = survey->main == 0 ? 0 : in_main ? 1 : in_whole ? 0.5 : -1;
    x[FEATURE_BOX] = fmax(0, page->frames[b->frame].links - 0.3);
    x[FEATURE_ARTICLE] = (b->hints & HINT_ARTICLE) != 0;
    x[FEATURE_READERS] = (b->hints & HINT_READERS) != 0;
    x[FEATURE_AWAY] = (b->hints & HINT_AWAY) != 0;
    x[FEATURE_HIDDEN] = (b->hints & HINT_HIDDEN) != 0;
    x[FEATURE_PAGE_LINKS] = survey->links;
    x[FEATURE_OWN_LINE] = b->characters < 60 && b->linked * 2 < b->characters ? 1 - fmin(1, survey->links * 4) : 0;
    x[FEATURE_AFTER_LIST] = survey->lists;
    x[FEATURE_ABOVE_TITLE] = (int64_t)i < survey->title;
    x[FEATURE_LEAD] = under_title && prosaic;
    HeadKind head = survey->prose > 300 && !b->ends ? names_head(page->text.data + b->first, b->length) : HEAD_NONE;
    survey->lists = survey->lists || (head == HEAD_LIST && !block_is_boxed(page, i, survey->before));
    if (prosaic) {
        survey->prose += b->characters - b->linked;
        survey->before = i;
    }
}

void page_score(Page *page, int64_t title)
{
    PageSurvey survey;
    page_survey(page, title, &survey);
    for (size_t i = 0; i < page->count; i++) {
        double x[FEATURES], sum = 0;
        page_features(page, &survey, i, x);
        for (int f = 0; f < FEATURES; f++)
            sum += x[f] * feature_weights[f];
        page->blocks[i].score = sum; /* features of later blocks don't ask for it */
    }
}
