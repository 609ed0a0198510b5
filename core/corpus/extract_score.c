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
                f->hints |= HINT_AWAY;
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

/* The hints of a frame, without those that its prose gives the lie. A frame with most of the page's prose in it can't be its sidebar, whatever its name:
 * <body class="has-sidebar">; nor can boxes of one name that hold it together, a paragraph each. Readers may well say more than the article, but
 * they don't come first. */
static unsigned believed_hints(const Page *page, int frame, uint32_t before, const Namesakes *namesakes)
{
    const PageFrame *f = &page->frames[frame];
    uint32_t all = page->frames[0].prose;
    unsigned hints = f->hints;
    bool of_many = f->parent >= 0 && namesakes[f->parent].name == f->name && is_more_than(namesakes[f->parent].prose, all, 0.5);
    if (is_more_than(f->prose, all, 0.35) || of_many)
        hints &= (unsigned)~(HINT_AWAY | HINT_ABOUT | HINT_HIDDEN);
    if (is_more_than(f->prose, all, 0.4) && before < 400)
        hints &= (unsigned)~HINT_READERS;
    return hints;
}

static void find_hints(Page *page, int64_t title)
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
        below[i] = believed_hints(page, (int)i, before, namesakes) | (f->parent >= 0 ? below[f->parent] : 0);
    }
    for (size_t i = 0; i < page->count; i++)
        page->blocks[i].hints = below[page->blocks[i].frame];
cleanup:
    free(namesakes);
    free(below);
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
            end = f->end;
        }
    }
    return best;
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
    for (size_t i = 0; i < page->count; i++) {
        const PageBlock *b = &page->blocks[i];
        PageFrame *f = &page->frames[b->frame];
        f->characters += b->characters;
        f->linked += b->linked;
        f->blocks++;
    }
    for (size_t i = page->frame_count; i-- > 1;) {
        const PageFrame *f = &page->frames[i];
        PageFrame *above = &page->frames[f->parent];
        above->characters += f->characters;
        above->linked += f->linked;
        above->blocks += f->blocks;
    }
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

void page_survey(Page *page, int64_t title, PageSurvey *survey)
{
    *survey = (PageSurvey){ .title = title };
    find_hints(page, title);
    for (size_t i = 0; i < page->count; i++)
        page->blocks[i].score = form_score(page, &page->blocks[i]) + hint_score(page->blocks[i].hints);
    survey->main = main_frame(page);
    survey->main_end = page->frames[survey->main].end;
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
    x[FEATURE_MAIN] = survey->main == 0 ? 0 : in_main ? 1 : -1;
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
    survey->lists = survey->lists || head == HEAD_LIST;
    if (prosaic)
        survey->prose += b->characters - b->linked;
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
