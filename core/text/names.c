/* See names.h: the words that are known, and a name's tokens. The comparison is in name_compare.c. */
#include "text/names.h"
#include "text/names_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const name_model_names[NAME_MODELS + 1] = {"person", "word", "organisation", NULL};

static uint32_t hash(const char *text, size_t length) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < length; i++) h = (h ^ (unsigned char)text[i]) * 16777619u;
    return h ^ (h >> 15);
}

static Word *slot_of(const NameKnowledge *nk, const char *text, size_t length, uint32_t h) {
    size_t i = h & (nk->room - 1);
    while (nk->words[i].text && (nk->words[i].hash != h || nk->words[i].length != length || memcmp(nk->words[i].text, text, length) != 0))
        i = (i + 1) & (nk->room - 1);
    return &nk->words[i];
}

const Word *names_find(const NameKnowledge *nk, const char *text, size_t length) {
    Word *w = slot_of(nk, text, length, hash(text, length));
    return w->text ? w : NULL;
}

NameKnowledge *names_new(Aligner *aligner) {
    NameKnowledge *nk = calloc(1, sizeof *nk);
    if (!nk) return NULL;
    nk->room = 1024;
    nk->words = calloc(nk->room, sizeof *nk->words);
    if (!nk->words) {
        free(nk);
        return NULL;
    }
    nk->aligner = aligner;
    return nk;
}

void names_free(NameKnowledge *nk) {
    if (!nk) return;
    for (size_t i = 0; i < nk->room; i++) free(nk->words[i].text);
    free(nk->words);
    aligner_free(nk->aligner);
    free(nk);
}

const Aligner *names_aligner(const NameKnowledge *nk) { return nk->aligner; }

static bool grow(NameKnowledge *nk) {
    NameKnowledge bigger = {.room = nk->room * 2};
    bigger.words = calloc(bigger.room, sizeof *bigger.words);
    if (!bigger.words) return false;
    for (size_t i = 0; i < nk->room; i++)
        if (nk->words[i].text) *slot_of(&bigger, nk->words[i].text, nk->words[i].length, nk->words[i].hash) = nk->words[i];
    free(nk->words);
    nk->words = bigger.words;
    nk->room = bigger.room;
    return true;
}

bool names_word(NameKnowledge *nk, const char *text, uint32_t flags, int group, Error *error) {
    if (!*text || group < 0 || group > UINT16_MAX) return error_set(error, "word '%s': no such group as %d", text, group);
    if (nk->used * 2 >= nk->room && !grow(nk)) return error_set(error, "out of memory");
    Word *w = slot_of(nk, text, strlen(text), hash(text, strlen(text)));
    if (!w->text) {
        w->text = strdup(text);
        if (!w->text) return error_set(error, "out of memory");
        w->length = (uint32_t)strlen(text);
        w->hash = hash(text, w->length);
        nk->used++;
    }
    w->flags |= flags;
    for (int i = 0; group && i < NAME_GROUPS && w->groups[i] != group; i++)
        if (!w->groups[i]) {
            w->groups[i] = (uint16_t)group;
            break;
        }
    return true;
}

void names_weight(NameKnowledge *nk, int model, int feature, double weight) { nk->weights[model][feature] = weight; }

double name_score(const NameKnowledge *nk, const NameComparison *c) {
    double sum = 0;
    for (int i = 0; i < NAME_FEATURES; i++) sum += nk->weights[c->model][i] * c->features[i];
    if (!c->count) sum = c->acronym ? 1 : fmin(sum, -3); /* not one word met: no weights can make that one person */
    if (c->numbers_differ) sum = fmin(sum, -2);
    return 1 / (1 + exp(-sum));
}

/* --- parsing --------------------------------------------------------------------------------- */

typedef struct Piece {
    char text[ALIGN_LETTERS + 1];
    int length, letters; /* bytes folded; letters of the source */
    bool dotted, upper, before_comma;
    bool bare; /* of letters without short vowels */
} Piece;

typedef struct Pieces {
    Piece items[NAME_TOKENS * 2];
    int count;
    bool comma, unknown, mixed; /* mixed: has lower case letters somewhere */
} Pieces;

/* The next code point, or the byte itself where the text is not UTF-8. */
static uint32_t next_letter(const unsigned char *s, size_t length, size_t *at) {
    uint32_t c = s[*at];
    int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    if (*at + (size_t)more >= length) more = 0;
    (*at)++;
    if (!more) return c;
    c &= 0x3f >> more;
    while (more--) c = c << 6 | (s[(*at)++] & 0x3f);
    return c;
}

static bool is_apostrophe(uint32_t c) {
    return c == '\'' || c == '`' || c == 0xb4 || c == 0x2019 || c == 0x2018 || (c >= 0x2b9 && c <= 0x2cf) || c == 0x2032;
}

/* Marks that belong to the letter before: accents, Arabic vowel points. */
static bool is_mark(uint32_t c) { return (c >= 0x300 && c <= 0x36f) || (c >= 0x64b && c <= 0x65f) || c == 0x640 || c == 0x200c || c == 0x200d; }

/* Hebrew and Arabic letters, which leave short vowels out. */
static bool is_bare(uint32_t c) { return c >= 0x590 && c <= 0x6ff; }

static bool is_separator(uint32_t c) { return c < 0xc0 || (c >= 0x2000 && c <= 0x2bff) || (c >= 0x3000 && c <= 0x303f) || c == 0x30fb || c == 0xd7; }

/* The Arabic article is written with its word, and a servant's name ("Abd") is nothing without it: "alsysy" is al, sysy; "abd alftah" is abdal, ftah. */
static void part_article(Pieces *ps, Piece *p) {
    const int article = 2;
    if (!p->bare || p->length < article + 3 || memcmp(p->text, "al", (size_t)article) != 0 || ps->count + 1 >= NAME_TOKENS * 2) return;
    Piece *before = ps->count ? &ps->items[ps->count - 1] : NULL;
    if (before && before->bare && strcmp(before->text, "abd") == 0) {
        memcpy(before->text + 3, "al", 3);
        before->length += article;
        before->letters += article;
    } else {
        ps->items[ps->count] = *p;
        memcpy(ps->items[ps->count].text, "al", 3);
        ps->items[ps->count].length = ps->items[ps->count].letters = article;
        ps->items[ps->count++].bare = false;
    }
    p->length -= article;
    p->letters -= article;
    memmove(p->text, p->text + article, (size_t)p->length + 1);
}

static void close_piece(Pieces *ps, Piece *p) {
    part_article(ps, p);
    if (p->length && ps->count < NAME_TOKENS * 2) ps->items[ps->count++] = *p;
    memset(p, 0, sizeof *p);
    p->upper = true;
}

/* "KP Oli", "JC Juncker": two initials written together. Two capitals with a vowel may be a family name: "XU Ming". */
static void part_initials(const NameKnowledge *nk, Pieces *ps) {
    Piece *p = &ps->items[0];
    if (!ps->mixed || ps->count < 2 || ps->count >= NAME_TOKENS || !p->upper || p->bare || p->letters != 2 || p->length != 2) return;
    if (strpbrk(p->text, "aeiouy0123456789") || names_find(nk, p->text, 2)) return;
    memmove(ps->items + 1, ps->items, sizeof *p * (size_t)ps->count++);
    for (int i = 0; i < 2; i++) {
        ps->items[i].text[0] = ps->items[1].text[i];
        ps->items[i].text[1] = 0;
        ps->items[i].length = ps->items[i].letters = 1;
    }
}

/* Cuts a text into folded words. "Al-Senussi, Abdullah" -> al, senussi (before the comma), abdullah. */
static void cut(const NameKnowledge *nk, const char *text, size_t length, Pieces *ps) {
    Piece p;
    memset(&p, 0, sizeof p);
    p.upper = true;
    memset(ps, 0, offsetof(Pieces, items));
    ps->count = 0;
    ps->comma = ps->unknown = ps->mixed = false;
    for (size_t at = 0; at < length;) {
        uint32_t c = next_letter((const unsigned char *)text, length, &at);
        const char *spelling = is_mark(c) ? "" : aligner_spelling(nk->aligner, c);
        if (spelling) {
            size_t n = strlen(spelling);
            p.bare |= is_bare(c);
            if ((c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0xff) || (c >= 0x430 && c <= 0x45f)) p.upper = false, ps->mixed = true;
            if (n && p.length + (int)n <= ALIGN_LETTERS) {
                memcpy(p.text + p.length, spelling, n + 1);
                p.length += (int)n;
                p.letters++;
            }
        } else if (is_apostrophe(c)) {
            continue;
        } else if (!is_separator(c)) {
            ps->unknown = true;
        } else {
            p.dotted = c == '.';
            close_piece(ps, &p);
            if (c == ',' && ps->count && !ps->comma) {
                ps->comma = true;
                for (int i = 0; i < ps->count; i++) ps->items[i].before_comma = true;
            } else if (c == '&' || c == '+') {
                memcpy(p.text, "and", 4);
                p.length = p.letters = 3;
                close_piece(ps, &p);
            }
        }
    }
    close_piece(ps, &p);
    part_initials(nk, ps);
}

/* The known word that begins at piece `i`, with as many pieces as it has ("limited liability company", "s.a.r.l."); NULL, or a word and its count. */
static const Word *known_at(const NameKnowledge *nk, const Pieces *ps, int i, int *count) {
    char joined[128];
    size_t length = (size_t)ps->items[i].length;
    const Word *found = names_find(nk, ps->items[i].text, length), *longest = found;
    *count = 1;
    if (found && found->flags & NAME_PHRASE) {
        memcpy(joined, ps->items[i].text, length);
        for (int k = i + 1; k < ps->count && k < i + 6 && length + ALIGN_LETTERS + 2 < sizeof joined; k++) {
            joined[length++] = ' ';
            memcpy(joined + length, ps->items[k].text, (size_t)ps->items[k].length);
            length += (size_t)ps->items[k].length;
            const Word *phrase = names_find(nk, joined, length);
            if (phrase) longest = phrase, *count = k - i + 1;
        }
    }
    if (*count == 1 && i > 0 && ps->items[i].length == 1) { /* S.A.R.L., P. L. C. */
        length = 0;
        for (int k = i; k < ps->count && ps->items[k].length == 1 && k < i + 6; k++) {
            joined[length++] = ps->items[k].text[0];
            const Word *short_form = k > i ? names_find(nk, joined, length) : NULL;
            if (short_form && short_form->flags & NAME_LEGAL) longest = short_form, *count = k - i + 1;
        }
    }
    return longest;
}

/* The longest known ending. The word must have two more letters than the ending. */
static void find_ending(const NameKnowledge *nk, const Piece *p, NameToken *t) {
    char ending[12] = "-";
    for (int n = p->length - 2 < 9 ? p->length - 2 : 9; n >= 1; n--) {
        memcpy(ending + 1, p->text + p->length - n, (size_t)n);
        const Word *w = names_find(nk, ending, (size_t)n + 1);
        if (!w) continue;
        t->ending = w->groups[0];
        t->ending_length = (uint8_t)n;
        t->flags |= w->flags;
        return;
    }
}

static void set_weight(NameToken *t) {
    if (t->flags & NAME_TITLE) t->weight = 0;
    else if (t->flags & (NAME_LEGAL | NAME_SUFFIX)) t->weight = 0.05f;
    else if (t->flags & NAME_PARTICLE) t->weight = 0.1f;
    else if (t->flags & NAME_INITIAL) t->weight = 0.3f;
    else if (t->flags & NAME_COMMON) t->weight = 0.6f;
    else t->weight = 1;
}

static void add_token(const NameKnowledge *nk, Name *name, const Pieces *ps, int i, int count, const Word *known) {
    const Piece *p = &ps->items[i];
    NameToken *t = &name->tokens[name->count++];
    t->flags = known ? known->flags & ~(uint32_t)NAME_PHRASE : 0;
    t->ending = t->ending_length = 0;
    memset(t->groups, 0, sizeof t->groups);
    if (known) memcpy(t->groups, known->groups, sizeof t->groups);
    if (count > 1) {
        aligner_word(nk->aligner, known->text, strcspn(known->text, " "), &t->word);
    } else {
        bool initial = p->letters == 1 || (p->letters == 2 && p->dotted);
        if (p->text[0] >= '0' && p->text[0] <= '9' && !(p->text[p->length - 1] >= 'a')) t->flags |= NAME_NUMBER;
        else if (initial && !(t->flags & (NAME_TITLE | NAME_PARTICLE | NAME_SUFFIX))) t->flags = NAME_INITIAL;
        if (p->bare) t->flags &= NAME_PARTICLE | NAME_INITIAL | NAME_GIVEN | NAME_FEMALE | NAME_MALE; /* consonants alone are seldom a word of the lists */
        else if (!(t->flags & (NAME_GIVEN | NAME_TITLE | NAME_PARTICLE | NAME_LEGAL | NAME_INITIAL))) find_ending(nk, p, t);
        if (p->before_comma || (ps->mixed && p->upper && !p->bare && p->letters > 2)) t->flags |= NAME_FAMILY;
        aligner_word(nk->aligner, p->text, (size_t)p->length, &t->word);
        t->word.bare = p->bare;
        if (p->bare && !(t->flags & NAME_GIVEN)) memset(t->groups, 0, sizeof t->groups);
    }
}

/* Titles count only before the name, and nothing counts as a title when no name would be left. */
static void settle_roles(Name *name) {
    const uint32_t beside = NAME_TITLE | NAME_PARTICLE | NAME_LEGAL | NAME_SUFFIX;
    int first = -1, last = -1, telling = 0, family = 0;
    bool organisation = false;
    for (int i = 0; i < name->count; i++) {
        NameToken *t = &name->tokens[i];
        if (t->flags & NAME_LEGAL && t->word.length <= 4) { /* "as", "SA": a legal form at the end, anything elsewhere */
            if (i == 0 || i + 1 < name->count) t->flags &= ~(uint32_t)NAME_LEGAL;
            else t->flags &= ~(uint32_t)NAME_PARTICLE;
        }
        organisation |= (t->flags & (NAME_LEGAL | NAME_ORGANISATION)) != 0;
    }
    if (name->count > 1 && name->tokens[0].flags & NAME_GIVEN && name->tokens[0].flags & NAME_PARTICLE)
        name->tokens[0].flags &= ~(uint32_t)(NAME_PARTICLE | NAME_PATRONYMIC); /* Ben Carter */
    for (int i = 0; i < name->count; i++) {
        NameToken *t = &name->tokens[i];
        if (organisation) t->flags &= ~(uint32_t)NAME_TITLE; /* General Motors */
        if (t->flags & NAME_TITLE && telling) t->flags &= ~(uint32_t)NAME_TITLE;
        if (t->flags & NAME_SUFFIX && !telling) t->flags &= ~(uint32_t)NAME_SUFFIX;
        if (!(t->flags & beside)) telling++;
    }
    for (int i = name->count - 1; i >= 0 && !telling; i--)
        if (name->tokens[i].flags & beside && !(name->tokens[i].flags & NAME_LEGAL && name->count > 1)) {
            name->tokens[i].flags &= ~beside;
            telling = 1;
        }
    for (int i = name->count - 1; i >= 0 && !telling; i--) {
        name->tokens[i].flags &= ~beside;
        telling = 1;
    }
    name->telling = telling;
    name->flags = 0;
    for (int i = 0; i < name->count; i++) {
        NameToken *t = &name->tokens[i];
        set_weight(t);
        if (!(t->flags & beside)) {
            if (first < 0) first = i;
            last = i;
            family += (t->flags & NAME_FAMILY) != 0;
        }
    }
    if (telling > 1 && (!family || family == telling)) { /* neither comma nor capitals tell: by ending, else by place */
        int best = last, most = -99;
        for (int i = first; i <= last; i++) {
            uint32_t f = name->tokens[i].flags;
            if (f & beside || f & NAME_INITIAL) continue;
            int points = (f & NAME_SURNAME ? 3 : 0) - (f & NAME_GIVEN ? 3 : 0) - (f & NAME_PATRONYMIC && !(f & NAME_SURNAME && i == last) ? 4 : 0) +
                         (i == last ? 2 : 0) + (i == first ? (f & NAME_FAMILY_FIRST ? 5 : 0) : 0);
            if (points >= most) most = points, best = i;
        }
        for (int i = 0; i < name->count; i++) name->tokens[i].flags &= ~(uint32_t)NAME_FAMILY;
        name->tokens[best].flags |= NAME_FAMILY;
    }
    for (int i = 0; i < name->count; i++) name->flags |= name->tokens[i].flags;
}

void name_parse(const NameKnowledge *nk, const char *text, size_t length, Name *name) {
    Pieces ps;
    cut(nk, text, length, &ps);
    name->count = 0;
    name->comma = ps.comma;
    name->unknown = ps.unknown;
    for (int i = 0, count; i < ps.count && name->count < NAME_TOKENS; i += count) {
        const Word *known = known_at(nk, &ps, i, &count);
        add_token(nk, name, &ps, i, count, known);
    }
    settle_roles(name);
}
