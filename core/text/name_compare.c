/* See names.h: two names, token against token. First every token is priced against every other, then tokens are linked from the cheapest
 * price up, then what is left over is tried as words written together or apart; last, what was found is put in numbers. */
#include "text/names.h"
#include "text/names_internal.h"

#include <math.h>
#include <string.h>

#define LINK_LIMIT 0.55f /* tokens that cost more have nothing to do with each other */

enum Feature {
    F_BIAS, F_MEAN, F_WORST, F_WORST_12, F_WORST_25, F_FAMILY, F_FAMILY_10, F_FAMILY_20, F_GIVEN, F_GIVEN_10, F_GIVEN_20,
    F_CONFLICT, F_ANY_CONFLICT, F_EXTRA, F_UNMET, F_SINGLE, F_SINGLE_NOT_FAMILY, F_INITIAL, F_INITIAL_DIFFERS, F_GIVEN_DIFFERS,
    F_VARIANT, F_SEX, F_ORDER, F_PATRONYMIC_DIFFERS, F_PATRONYMIC_EXTRA, F_ENDING_DIFFERS, F_ENDING_SAME, F_EDITS, F_EDIT_SHARE,
    F_EXACT, F_LETTERS, F_COMMON, F_PARTICLE, F_NUMBER, F_LEGAL, F_ACRONYM, F_GLUED, F_FIRST_LETTER, F_FAMILY_CONFLICT, F_SHORT,
    F_WORST_TOTAL, F_TOTAL, F_FAMILY_TOTAL, F_FEMININE, F_FAMILY_UNMET, F_GIVEN_SHORT, F_CROSSED, F_SYLLABLE
};

const char *const name_feature_names[NAME_FEATURES + 1] = {
    "bias", "mean", "worst", "worst_12", "worst_25", "family", "family_10", "family_20", "given", "given_10", "given_20",
    "conflict", "any_conflict", "extra", "unmet", "single", "single_not_family", "initial", "initial_differs", "given_differs",
    "variant", "sex", "order", "patronymic_differs", "patronymic_extra", "ending_differs", "ending_same", "edits", "edit_share",
    "exact", "letters", "common", "particle", "number", "legal", "acronym", "glued", "first_letter", "family_conflict", "short",
    "worst_total", "total", "family_total", "feminine", "family_unmet", "given_short", "crossed", "syllable", NULL};

static const uint32_t BESIDE = NAME_TITLE | NAME_PARTICLE | NAME_LEGAL | NAME_SUFFIX;

static bool telling(const NameToken *t) { return !(t->flags & BESIDE); }
static int letters(const AlignWord *w) { return w->length - 2; }
static float mean_length(const AlignWord *a, const AlignWord *b) {
    float l = (float)(letters(a) + letters(b)) / 2;
    return l < 3 ? 3 : l;
}

static bool share_group(const NameToken *a, const NameToken *b) {
    for (int i = 0; i < NAME_GROUPS && a->groups[i]; i++)
        for (int j = 0; j < NAME_GROUPS && b->groups[j]; j++)
            if (a->groups[i] == b->groups[j]) return true;
    return false;
}

/* Plain edit distance, bit by bit (Myers 1999; Hyyrö's form), of words up to 30 letters. */
static int edits(const AlignWord *a, const AlignWord *b) {
    uint64_t at[128] = {0}, pv = ~(uint64_t)0, mv = 0;
    int n = letters(a), score = n;
    if (!n) return letters(b);
    for (int i = 0; i < n; i++) at[(unsigned char)a->text[i + 1] & 127] |= (uint64_t)1 << i;
    for (int j = 1; j <= letters(b); j++) {
        uint64_t eq = at[(unsigned char)b->text[j] & 127], xv = eq | mv, xh = (((eq & pv) + pv) ^ pv) | eq;
        uint64_t ph = mv | ~(xh | pv), mh = pv & xh;
        if (ph >> (n - 1) & 1) score++;
        if (mh >> (n - 1) & 1) score--;
        ph = ph << 1 | 1;
        mh <<= 1;
        pv = mh | ~(xv | ph);
        mv = ph & xv;
    }
    return score;
}

/* The cost of one word against another as a share of their length, 1 when they are not worth the work. */
static float word_cost(const Aligner *al, const AlignWord *a, const AlignWord *b) {
    int la = letters(a), lb = letters(b), gap = la > lb ? la - lb : lb - la;
    float norm = mean_length(a, b) * 100;
    if (a->bare != b->bare) return name_consonant_cost(al, a, b);
    if (gap > 4 && gap * 2 > la + lb - gap) return 1;
    if (a->sounds && b->sounds && !(a->sounds & b->sounds)) return 1;
    int plain = edits(a, b), longer = la > lb ? la : lb, limit = (int)(norm * LINK_LIMIT);
    if (!plain) return 0;
    if (la >= 4 && lb >= 4 && plain * 6 >= longer * 5) return 1; /* hardly a letter at its place */
    if (plain * 130 < limit) limit = plain * 130; /* no cheapest way is dearer than the plain one */
    int d = aligner_distance(al, a, b, limit);
    return d >= ALIGN_FAR ? 1 : (float)d / norm;
}

/* "J." fits "John", "Y." fits "Ivan" where the aligner says so; but not a family name, unless the initial stands for one ("Anna K."). */
static bool initial_fits(const Aligner *al, const NameToken *short_one, const NameToken *full, bool last) {
    const AlignWord *initial = &short_one->word, *word = &full->word;
    AlignWord head;
    if (full->flags & NAME_FAMILY && !last) return false;
    int n = letters(initial) < letters(word) ? letters(initial) : letters(word);
    if (word->text[1] == initial->text[1]) return true;
    aligner_word(al, word->text + 1, (size_t)n, &head);
    return aligner_distance(al, initial, &head, 15) < ALIGN_FAR;
}

/* Words of bodies: "ABC" and "ABD" are two, "electoral" and "elections" one. */
static float body_cost(const AlignWord *a, const AlignWord *b, float cost) {
    int shorter = letters(a) < letters(b) ? letters(a) : letters(b), longer = letters(a) + letters(b) - shorter, same = 0;
    if (longer <= 3) return cost > 0 ? 1 : 0;
    while (same < shorter && a->text[same + 1] == b->text[same + 1]) same++;
    return same >= 5 && same * 20 >= longer * 11 && cost > 0.15f ? 0.15f : cost;
}

static bool is_body(const Name *n) { return n->flags & (NAME_LEGAL | NAME_ORGANISATION); }

typedef struct Prices {
    float cost[NAME_TOKENS][NAME_TOKENS];
    uint8_t kind[NAME_TOKENS][NAME_TOKENS];
} Prices;

static void price_pair(const NameKnowledge *nk, const Name *a, int i, const Name *b, int j, float *price, uint8_t *met) {
    const NameToken *x = &a->tokens[i], *y = &b->tokens[j];
    float cost = 1;
    int kind = NAME_MET_SPELLING;
    if (telling(x) != telling(y)) { /* "Cheikh" is a name, "Sheikh" a title, and one word all the same */
        if ((x->flags | y->flags) & NAME_TITLE && share_group(x, y)) cost = 0.05f, kind = NAME_MET_VARIANT;
    } else if ((x->flags | y->flags) & NAME_INITIAL) {
        bool both = x->flags & y->flags & NAME_INITIAL;
        if (x->flags & NAME_INITIAL ? initial_fits(nk->aligner, x, y, i == a->count - 1) : initial_fits(nk->aligner, y, x, j == b->count - 1))
            cost = both ? 0 : 0.3f, kind = NAME_MET_INITIAL;
    } else if ((x->flags ^ y->flags) & NAME_NUMBER) {
        cost = 1;
    } else if (x->flags & NAME_NUMBER) {
        cost = strcmp(x->word.text, y->word.text) == 0 ? 0 : 1;
    } else {
        cost = word_cost(nk->aligner, &x->word, &y->word);
        if (cost > 0.05f && share_group(x, y)) cost = 0.05f, kind = NAME_MET_VARIANT;
        else if (is_body(a) || is_body(b)) cost = body_cost(&x->word, &y->word, cost);
    }
    *price = cost;
    *met = (uint8_t)kind;
}

/* Tokens at like places first: two that agree there need not be held against the others. */
static void price(const NameKnowledge *nk, const Name *a, const Name *b, Prices *p) {
    bool settled_a[NAME_TOKENS] = {false}, settled_b[NAME_TOKENS] = {false};
    int widest = a->count > b->count ? a->count : b->count;
    for (int shift = 0; shift < widest; shift++)
        for (int i = 0; i < a->count; i++)
            for (int side = 0; side <= (shift > 0 ? 1 : 0); side++) {
                int j = side ? i - shift : i + shift;
                if (j < 0 || j >= b->count) continue;
                p->cost[i][j] = 1;
                if (settled_a[i] || settled_b[j]) continue;
                price_pair(nk, a, i, b, j, &p->cost[i][j], &p->kind[i][j]);
                if (p->cost[i][j] < 0.06f) settled_a[i] = settled_b[j] = true;
            }
}

/* Links tokens from the cheapest price up; of equal prices, those that stand at like places first. */
static void link(const Name *a, const Name *b, const Prices *p, NameComparison *c) {
    for (;;) {
        int bi = -1, bj = -1;
        float best = LINK_LIMIT;
        for (int i = 0; i < a->count; i++)
            for (int j = 0; !c->met_a[i] && j < b->count; j++) {
                if (c->met_b[j]) continue;
                int shift = i > j ? i - j : j - i;
                float cost = p->cost[i][j] + 0.001f * (float)shift;
                if (cost < best) best = cost, bi = i, bj = j;
            }
        if (bi < 0) return;
        c->met_a[bi] = c->met_b[bj] = true;
        c->links[c->count++] = (NameLink){bi, 1, bj, 1, p->kind[bi][bj], p->cost[bi][bj]};
    }
}

static void unlink_token(NameComparison *c, int index, bool in_a) {
    for (int k = 0; k < c->count; k++)
        if (in_a ? c->links[k].a <= index && index < c->links[k].a + c->links[k].a_count
                 : c->links[k].b <= index && index < c->links[k].b + c->links[k].b_count) {
            for (int i = 0; i < c->links[k].a_count; i++) c->met_a[c->links[k].a + i] = false;
            for (int i = 0; i < c->links[k].b_count; i++) c->met_b[c->links[k].b + i] = false;
            c->links[k] = c->links[--c->count];
            return;
        }
}

static float link_cost(const NameComparison *c, int index, bool in_a) {
    for (int k = 0; k < c->count; k++) {
        const NameLink *l = &c->links[k];
        if (in_a ? l->a <= index && index < l->a + l->a_count : l->b <= index && index < l->b + l->b_count) return l->cost;
    }
    return 1;
}

/* The n words of x from i on as one word; false when they are no matter for it: initials, too long, or well met as they stand. */
static bool join_words(const NameKnowledge *nk, const Name *x, const NameComparison *c, bool x_is_a, int i, int n, AlignWord *word) {
    char joined[ALIGN_LETTERS * 3 + 1];
    size_t length = 0;
    float apart = 0;
    for (int k = 0; k < n; k++) {
        const NameToken *t = &x->tokens[i + k];
        if (t->flags & (NAME_INITIAL | NAME_TITLE)) return false;
        float cost = telling(t) ? link_cost(c, i + k, x_is_a) : 0.2f;
        if (cost > apart) apart = cost;
        memcpy(joined + length, t->word.text + 1, (size_t)letters(&t->word));
        length += (size_t)letters(&t->word);
    }
    if (apart < 0.2f || length > ALIGN_LETTERS) return false;
    aligner_word(nk->aligner, joined, length, word);
    word->bare = x->tokens[i + n - 1].word.bare;
    return true;
}

static int telling_words(const Name *x, int i, int n) {
    int count = 0;
    for (int k = 0; k < n; k++) count += telling(&x->tokens[i + k]);
    return count;
}

/* Words of x written together against one word of y: "Abd al-Rahman" and "Abdulrahman". `x_is_a` says which side of the comparison x is.
 * A whole name is one word only where the other name is no more: "John Kerr" is not the "Johnker" of "Anna Johnker". */
static void glue(const NameKnowledge *nk, const Name *x, const Name *y, NameComparison *c, bool x_is_a) {
    for (int n = 2; n <= 3; n++)
        for (int i = 0; i + n <= x->count; i++) {
            AlignWord word;
            if (!join_words(nk, x, c, x_is_a, i, n, &word)) continue;
            if (y->telling > 1 && telling_words(x, i, n) == x->telling) continue;
            for (int j = 0; j < y->count; j++) {
                const AlignWord *other = &y->tokens[j].word;
                int gap = letters(other) - letters(&word);
                if (gap > 3 || gap < -3 || !telling(&y->tokens[j]) || link_cost(c, j, !x_is_a) < 0.15f) continue;
                float cost = word_cost(nk->aligner, &word, other);
                if (cost > 0.15f || cost > link_cost(c, j, !x_is_a)) continue;
                for (int k = 0; k < n; k++) unlink_token(c, i + k, x_is_a);
                unlink_token(c, j, !x_is_a);
                if (c->count >= NAME_TOKENS) return;
                c->links[c->count++] = x_is_a ? (NameLink){i, n, j, 1, NAME_MET_GLUED, cost} : (NameLink){j, 1, i, n, NAME_MET_GLUED, cost};
                for (int k = 0; k < n; k++) *(x_is_a ? &c->met_a[i + k] : &c->met_b[i + k]) = true;
                *(x_is_a ? &c->met_b[j] : &c->met_a[j]) = true;
            }
        }
}

/* --- in numbers ------------------------------------------------------------------------------ */

static double above(double x, double floor) { return x > floor ? x - floor : 0; }
static double at_most(double x, double ceiling) { return x < ceiling ? x : ceiling; }

static void count_links(const Name *a, const Name *b, const NameComparison *c, double *f) {
    double weight = 0, exact = 0, common = 0, sum = 0, met_letters = 0, all_letters = 0, family = 0, given = 0;
    int last_b = -1, ordered_a[NAME_TOKENS];
    for (int i = 0; i < NAME_TOKENS; i++) ordered_a[i] = -1;
    for (int k = 0; k < c->count; k++) {
        const NameLink *l = &c->links[k];
        const NameToken *x = &a->tokens[l->a], *y = &b->tokens[l->b];
        if (!telling(x) && !telling(y)) continue;
        double w = x->weight < y->weight ? x->weight : y->weight, length = mean_length(&x->word, &y->word);
        bool is_family = (x->flags | y->flags) & NAME_FAMILY;
        ordered_a[l->a] = l->b;
        weight += w;
        if (l->kind == NAME_MET_INITIAL) {
            f[F_INITIAL]++;
            continue;
        }
        sum += l->cost * w;
        exact += l->cost <= 0 ? w : 0;
        common += x->flags & y->flags & NAME_COMMON ? w : 0;
        met_letters += length;
        f[F_WORST] = fmax(f[F_WORST], l->cost);
        f[F_WORST_TOTAL] = fmax(f[F_WORST_TOTAL], l->cost * length);
        f[F_TOTAL] += l->cost * length;
        if (is_family) family = fmax(family, l->cost), f[F_FAMILY_TOTAL] = fmax(f[F_FAMILY_TOTAL], l->cost * length);
        else {
            given = fmax(given, l->cost);
            if (length <= 4.5) f[F_GIVEN_SHORT] = fmax(f[F_GIVEN_SHORT], l->cost);
        }
        if (length <= 4.5) f[F_SHORT] = fmax(f[F_SHORT], l->cost);
        if (l->kind == NAME_MET_GLUED) {
            f[F_GLUED]++;
            continue;
        }
        if (x->flags & y->flags & NAME_GIVEN && l->cost > 0.1f && x->groups[0] && y->groups[0]) f[F_GIVEN_DIFFERS] = 1;
        if (x->word.bare != y->word.bare) continue; /* how many letters differ says nothing */
        int d = edits(&x->word, &y->word);
        f[F_EDITS] += d;
        all_letters += length;
        if (l->kind == NAME_MET_VARIANT) f[F_VARIANT]++;
        else if (x->word.text[1] != y->word.text[1]) f[F_FIRST_LETTER]++;
        if (x->flags & y->flags & NAME_PATRONYMIC && l->cost > 0.2f) f[F_PATRONYMIC_DIFFERS] = 1;
        if (x->ending && y->ending) f[x->ending == y->ending ? F_ENDING_SAME : F_ENDING_DIFFERS]++;
        if (x->ending && x->ending == y->ending && (x->flags ^ y->flags) & NAME_FEMALE) f[F_FEMININE] = 1;
    }
    for (int i = 0; i < NAME_TOKENS; i++)
        if (ordered_a[i] >= 0) {
            if (ordered_a[i] < last_b) f[F_ORDER] = 1;
            last_b = ordered_a[i];
        }
    f[F_MEAN] = weight > 0 ? sum / weight : 1;
    if (weight <= 0) f[F_WORST] = family = given = 1; /* nothing met: as far apart as can be */
    f[F_EXACT] = weight > 0 ? exact / weight : 0;
    f[F_COMMON] = weight > 0 ? common / weight : 0;
    f[F_LETTERS] = log(1 + met_letters);
    f[F_EDIT_SHARE] = all_letters > 0 ? f[F_EDITS] / all_letters : 0;
    f[F_FAMILY] = family;
    f[F_GIVEN] = given;
}

/* What no token of the other name met. */
static void count_unmet(const Name *a, const Name *b, const NameComparison *c, double *f) {
    const Name *names[2] = {a, b};
    const bool *met[2] = {c->met_a, c->met_b};
    double weight[2] = {0, 0}, all = 0;
    const NameToken *unmet[2][NAME_TOKENS];
    int count[2] = {0, 0}, families = 0, initials[2] = {0, 0}, patronymics[2] = {0, 0}, particles[2] = {0, 0};
    for (int s = 0; s < 2; s++)
        for (int i = 0; i < names[s]->count; i++) {
            const NameToken *t = &names[s]->tokens[i];
            all += telling(t) ? t->weight : 0;
            particles[s] += (t->flags & NAME_PARTICLE) != 0;
            if (met[s][i] || !telling(t)) continue;
            weight[s] += t->weight;
            if (t->flags & NAME_INITIAL) initials[s]++;
            else unmet[s][count[s]++] = t;
            patronymics[s] += (t->flags & NAME_PATRONYMIC) != 0;
            if (t->flags & NAME_FAMILY) families |= 1 << s;
        }
    int forced = count[0] < count[1] ? count[0] : count[1];
    for (int i = 0; i < forced; i++) {
        const NameToken *x = unmet[0][i], *y = unmet[1][i];
        f[F_EDITS] += edits(&x->word, &y->word);
        if (x->flags & y->flags & NAME_GIVEN && x->groups[0] && y->groups[0] && !share_group(x, y)) f[F_GIVEN_DIFFERS] = 1;
        if (x->flags & y->flags & NAME_NUMBER) f[F_NUMBER] = 1;
    }
    f[F_CONFLICT] = at_most(fmin(weight[0], weight[1]), 2);
    f[F_ANY_CONFLICT] = forced > 0;
    f[F_EXTRA] = at_most(fabs(weight[0] - weight[1]), 3);
    f[F_UNMET] = all > 0 ? (weight[0] + weight[1]) / all : 0;
    /* "Hans O. Berg" and "Hans Joachim Berg", "Hans O. Berg" and "Hans P. Berg", "Hans O. Berg" and "Hans P. O. Berg" */
    f[F_INITIAL_DIFFERS] = (initials[0] && (b->flags & NAME_INITIAL || count[1] > forced)) || (initials[1] && (a->flags & NAME_INITIAL || count[0] > forced));
    if (patronymics[0] && patronymics[1]) f[F_PATRONYMIC_DIFFERS] = 1;
    else f[F_PATRONYMIC_EXTRA] = patronymics[0] + patronymics[1] > 0 && !forced;
    f[F_FAMILY_UNMET] = families && a->telling > 1 && b->telling > 1;
    f[F_CROSSED] = f[F_FAMILY_UNMET] > 0 && f[F_INITIAL] > 0; /* "Norman Williams" and "William N. Gates" */
    f[F_FAMILY_CONFLICT] = families == 3 || (families && forced);
    f[F_PARTICLE] = particles[0] > particles[1] ? particles[0] - particles[1] : particles[1] - particles[0];
}

static int sex_of(const Name *n) {
    bool female = false, male = false;
    for (int i = 0; i < n->count; i++) {
        uint32_t f = n->tokens[i].flags & (NAME_FEMALE | NAME_MALE);
        female |= f == NAME_FEMALE;
        male |= f == NAME_MALE;
    }
    return female == male ? 0 : female ? NAME_FEMALE : NAME_MALE;
}

/* Is `word` made of the first letters of the other's words? */
static bool is_acronym(const AlignWord *word, const Name *n) {
    int at = 0, used = 0;
    if (letters(word) < 3 || n->count < 3) return false;
    for (int i = 0; i < n->count; i++) {
        const NameToken *t = &n->tokens[i];
        if (at < letters(word) && t->word.text[1] == word->text[at + 1]) at++, used++;
        else if (telling(t)) return false;
    }
    return at == letters(word) && used == at;
}

/* Kim Yo-jong is not Kim Jong-un: under a family name that millions bear each syllable counts, and one that differs by more than a system of
 * spelling is another person's. */
static double other_syllables(const Name *a, const Name *b, const NameComparison *c) {
    double worst = 0;
    bool family = false;
    for (int k = 0; k < c->count; k++) {
        const NameToken *x = &a->tokens[c->links[k].a], *y = &b->tokens[c->links[k].b];
        if (x->flags & y->flags & NAME_FAMILY_FIRST && (x->flags | y->flags) & NAME_FAMILY) family = true;
        else if (c->links[k].kind != NAME_MET_INITIAL) worst = fmax(worst, c->links[k].cost);
    }
    return family ? at_most(4 * above(worst, 0.04), 1) : 0;
}

/* The place of the word for son or daughter that stands between names; -1: there is none. */
static int descent_at(const Name *n) {
    for (int i = 1; i + 1 < n->count; i++)
        if ((n->tokens[i].flags & (NAME_PARTICLE | NAME_PATRONYMIC)) == (NAME_PARTICLE | NAME_PATRONYMIC) && telling(&n->tokens[i - 1])) return i;
    return -1;
}

/* "Salman bin Omar" is the father or son of "Omar bin Salman", and never he. */
static bool father_for_son(const Name *a, const Name *b, const NameComparison *c) {
    int at_a = descent_at(a), at_b = descent_at(b);
    bool down = false, up = false;
    if (at_a < 0 || at_b < 0) return false;
    for (int k = 0; k < c->count; k++) {
        const NameLink *l = &c->links[k];
        if (!telling(&a->tokens[l->a]) || !telling(&b->tokens[l->b])) continue;
        down |= l->a < at_a && l->b > at_b;
        up |= l->a > at_a && l->b < at_b;
    }
    return down && up;
}

static void count_rest(const Name *a, const Name *b, const NameComparison *c, double *f) {
    int sa = sex_of(a), sb = sex_of(b);
    const Name *one = a->telling <= b->telling ? a : b;
    f[F_BIAS] = 1;
    if (father_for_son(a, b, c)) f[F_CROSSED] = 1;
    f[F_SYLLABLE] = other_syllables(a, b, c);
    f[F_WORST_12] = above(f[F_WORST], 0.12);
    f[F_WORST_25] = above(f[F_WORST], 0.25);
    f[F_FAMILY_10] = above(f[F_FAMILY], 0.1);
    f[F_FAMILY_20] = above(f[F_FAMILY], 0.2);
    f[F_GIVEN_10] = above(f[F_GIVEN], 0.1);
    f[F_GIVEN_20] = above(f[F_GIVEN], 0.2);
    f[F_EDITS] = at_most(f[F_EDITS], 8);
    f[F_SEX] = sa && sb && sa != sb;
    if (one->telling == 1 && a->telling + b->telling > 2) {
        const Name *more = one == a ? b : a;
        f[F_SINGLE] = 1;
        for (int k = 0; k < c->count; k++)
            if (!(more->tokens[one == a ? c->links[k].b : c->links[k].a].flags & NAME_FAMILY)) f[F_SINGLE_NOT_FAMILY] = 1;
        for (int i = 0; i < one->count; i++)
            if (telling(&one->tokens[i]) && is_acronym(&one->tokens[i].word, more)) f[F_ACRONYM] = 1;
    }
    if (a->flags & b->flags & NAME_LEGAL) {
        bool same = false;
        for (int i = 0; i < a->count; i++)
            for (int j = 0; j < b->count; j++)
                if (a->tokens[i].flags & b->tokens[j].flags & NAME_LEGAL)
                    same |= share_group(&a->tokens[i], &b->tokens[j]) || !strcmp(a->tokens[i].word.text, b->tokens[j].word.text);
        f[F_LEGAL] = !same;
    }
}

void name_compare(const NameKnowledge *nk, const Name *a, const Name *b, NameComparison *c) {
    Prices prices;
    c->count = 0;
    memset(c->met_a, 0, sizeof c->met_a);
    memset(c->met_b, 0, sizeof c->met_b);
    memset(c->features, 0, sizeof c->features);
    price(nk, a, b, &prices);
    link(a, b, &prices, c);
    if (a->count > 1) glue(nk, a, b, c, true);
    if (b->count > 1) glue(nk, b, a, c, false);
    count_links(a, b, c, c->features);
    count_unmet(a, b, c, c->features);
    count_rest(a, b, c, c->features);
    c->acronym = c->features[F_ACRONYM] > 0;
    c->numbers_differ = c->features[F_NUMBER] > 0;
    c->model = is_body(a) || is_body(b) ? NAME_MODEL_ORGANISATION
               : a->telling == 1 && b->telling == 1 && a->count == 1 && b->count == 1 ? NAME_MODEL_WORD : NAME_MODEL_PERSON;
}
