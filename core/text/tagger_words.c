/* Words of the sequence tagger: cutting text into tokens, what a word looks like, and the lexicon.
 * A word's attributes depend on its bytes and on the lexicon alone, so that each distinct word is looked at once and
 * kept from document to document. */
#include "text/tagger_inside.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#define LONGEST_WORD 256  /* bytes of a word that are looked at */

/* --- characters --- */

enum CharacterKind { C_SPACE, C_UPPER, C_LOWER, C_LETTER, C_DIGIT, C_APOSTROPHE, C_POINT, C_OTHER };

static int character_kind(UChar32 c)
{
    if (c >= 0 && c < 128) {
        if (c >= 'a' && c <= 'z') return C_LOWER;
        if (c >= 'A' && c <= 'Z') return C_UPPER;
        if (c >= '0' && c <= '9') return C_DIGIT;
        if (c <= ' ' || c == 127) return C_SPACE;
        if (c == '\'') return C_APOSTROPHE;
        return c == '.' ? C_POINT : C_OTHER;
    }
    if (c < 0) return C_OTHER;
    if (c == 0x2019) return C_APOSTROPHE;
    switch (u_charType(c)) {
    case U_UPPERCASE_LETTER: case U_TITLECASE_LETTER: return C_UPPER;
    case U_LOWERCASE_LETTER: return C_LOWER;
    case U_MODIFIER_LETTER: case U_OTHER_LETTER: case U_NON_SPACING_MARK: case U_COMBINING_SPACING_MARK: return C_LETTER;
    case U_DECIMAL_DIGIT_NUMBER: return C_DIGIT;
    case U_SPACE_SEPARATOR: case U_LINE_SEPARATOR: case U_PARAGRAPH_SEPARATOR: case U_CONTROL_CHAR: case U_FORMAT_CHAR: return C_SPACE;
    default: return C_OTHER;
    }
}

static bool is_letter(int kind) { return kind == C_UPPER || kind == C_LOWER || kind == C_LETTER; }
static bool is_word(int kind) { return is_letter(kind) || kind == C_DIGIT; }

/* The kind of the character at `at`, and the place after it; C_SPACE at the end. */
static int look(const char *text, size_t size, size_t at, size_t *after)
{
    UChar32 c;
    if (at >= size) { *after = size; return C_SPACE; }
    unsigned char byte = (unsigned char)text[at];
    if (byte < 128) { *after = at + 1; return character_kind(byte); }
    int32_t i = 0, n = size - at > 8 ? 8 : (int32_t)(size - at);
    U8_NEXT(text + at, i, n, c);
    *after = at + (size_t)i;
    return character_kind(c);
}

/* Does "'s" stand at `at` (an apostrophe), with no letter after? Gives the place after it. */
static bool possessive(const char *text, size_t size, size_t at, size_t *after)
{
    size_t s, next;
    if (look(text, size, at, &s) != C_APOSTROPHE || s >= size || (text[s] != 's' && text[s] != 'S')) return false;
    *after = s + 1;
    return !is_word(look(text, size, s + 1, &next));
}

/* Does a hyphen stand at `at` with the second half of a name after it that is written small: "Jong-un", "Geun-hye"?
 * Longer or well-known endings ("-based", "-speaking") stand alone. */
static bool name_goes_on(const char *text, size_t size, size_t at)
{
    static const char *const endings[] = { "based", "born", "style", "only", "like", "wide", "made", "held", "area", "level", "type",
                                           "owned", "free", "led", "run", "era", "bred", "built", "class", "flag", "site" };
    size_t end = at + 1;
    while (end < size && text[end] >= 'a' && text[end] <= 'z') end++;
    size_t length = end - at - 1, after;
    if (text[at] != '-' || length < 1 || length > 5 || is_word(look(text, size, end, &after)) ) return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strlen(endings[i]) == length && memcmp(endings[i], text + at + 1, length) == 0) return false;
    return true;
}

/* The end of the word that begins at `at` with a letter or digit. */
static size_t word_end(const char *text, size_t size, size_t at)
{
    int previous = C_SPACE;
    size_t start = at;
    size_t run = 0;        /* letters since the start or the last point: "U.S." has runs of one */
    bool initials = true;  /* every run so far was one capital */
    for (;;) {
        size_t after, beyond;
        int kind = look(text, size, at, &after);
        if (is_word(kind)) {
            run++;
            if (run > 1 || kind != C_UPPER) initials = false;
            previous = kind;
            at = after;
            continue;
        }
        size_t skip;
        if (at >= size) return at;
        int next = look(text, size, after, &beyond);
        if (kind == C_APOSTROPHE && is_letter(previous) && is_letter(next) && !possessive(text, size, at, &skip)) { /* O'Neill, don't */
            initials = false;
        } else if (kind == C_POINT && initials && run == 1) {                  /* J.   U.S. */
            if (next != C_UPPER) return after;
            size_t third;
            int following = look(text, size, beyond, &third);
            if (following != C_POINT && is_word(following)) return after;      /* J.Smith: the initial ends here */
            run = 0;
        } else if (kind == C_POINT && previous == C_LOWER && next == C_LOWER) { /* example.org */
            run = 0;
        } else if ((kind == C_POINT || text[at] == ',') && previous == C_DIGIT && next == C_DIGIT) { /* 3.5   1,000 */
            run = 0;
        } else if (previous == C_LOWER && look(text, size, start, &skip) == C_UPPER && name_goes_on(text, size, at)) { /* Jong-un */
            run = 0;
        } else if ((text[at] == '&' || text[at] == '_') && is_letter(previous) && is_letter(next)) { /* AT&T */
            initials = false;
        } else {
            return at;
        }
        previous = kind;
        at = after;
    }
}

bool tagger_next_token(const char *text, size_t size, size_t *at, size_t *start, size_t *end)
{
    size_t after, here = *at;
    int kind;
    while ((kind = look(text, size, here, &after)) == C_SPACE) {
        if (here >= size) { *at = size; return false; }
        here = after;
    }
    *start = here;
    if (is_word(kind)) {
        *end = word_end(text, size, here);
    } else if (!(here > 0 && kind == C_APOSTROPHE && text[here - 1] != ' ' && possessive(text, size, here, end))) {
        *end = after;
        while (*end < size && text[*end] == text[here] && (text[here] == '.' || text[here] == '-')) (*end)++;
    }
    *at = *end;
    return true;
}

/* By bytes: 226 begins quotation marks and dashes, which part words. */
enum { B_OTHER, B_LETTER, B_CAPITAL };
static int byte_kind(char c)
{
    unsigned char byte = (unsigned char)c;
    if (byte >= 'A' && byte <= 'Z') return B_CAPITAL;
    if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) return B_LETTER;
    if (byte < 128 || byte == 226) return B_OTHER;
    return byte >= 192 ? B_CAPITAL : B_LETTER;
}

bool tagger_next_capital(const char *text, size_t size, size_t *at, size_t *start, size_t *end, size_t *before, size_t *before_end)
{
    size_t i = *at;
    while (i < size && byte_kind(text[i]) != B_CAPITAL) i++;
    *start = i;
    while (i < size && byte_kind(text[i]) != B_OTHER) i++;
    *at = *end = i;
    *before = *before_end = *start > 0 && (text[*start - 1] == ' ' || text[*start - 1] == '-') ? *start - 1 : 0;
    while (*before > 0 && (byte_kind(text[*before - 1]) != B_OTHER || text[*before - 1] == '.')) (*before)--;
    return *start < size;
}

/* --- hashes --- */

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    return h;
}

uint64_t tagger_hash(const char *bytes, size_t size, uint64_t seed)
{
    uint64_t h = seed * 0x9e3779b97f4a7c15u + size;
    for (; size >= 8; bytes += 8, size -= 8) {
        uint64_t block;
        memcpy(&block, bytes, 8);
        h = mix(h ^ block) * 0x9e3779b97f4a7c15u;
    }
    uint64_t rest = 0;
    for (size_t i = 0; i < size; i++) rest |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    h = mix(h ^ rest);
    return h ? h : 1;
}

static uint32_t short_hash(const char *bytes, size_t size, uint64_t seed)
{
    uint32_t h = (uint32_t)(tagger_hash(bytes, size, seed) >> 16);
    return h ? h : 1;
}

uint32_t tagger_chain(uint32_t hash, uint32_t next)
{
    uint32_t h = (uint32_t)(mix(((uint64_t)hash << 32) | next) >> 7);
    return h ? h : 1;
}

/* --- what a word looks like --- */

typedef struct Looks {
    char lower[2 * LONGEST_WORD + 8], shape[2 * LONGEST_WORD + 8], brief[LONGEST_WORD + 8];
    size_t lower_size, shape_size, brief_size;
    size_t bounds[2 * LONGEST_WORD + 8]; /* where each character of the lower-case form begins; [characters] is its end */
    size_t characters, upper, small, letters, digits;
} Looks;

static void look_at(const char *bytes, size_t size, Looks *l)
{
    l->lower_size = l->shape_size = l->brief_size = l->characters = l->upper = l->small = l->letters = l->digits = 0;
    int32_t i = 0, n = size > LONGEST_WORD ? LONGEST_WORD : (int32_t)size;
    int run = 0;
    char last = 0;
    while (i < n) {
        UChar32 c;
        U8_NEXT(bytes, i, n, c);
        if (c < 0) c = 0xFFFD;
        int kind = character_kind(c);
        if (c == 0x2019) c = '\'';
        if (c == 0x201C || c == 0x201D) c = '"';
        l->upper += kind == C_UPPER;
        l->small += kind == C_LOWER;
        l->letters += is_letter(kind);
        l->digits += kind == C_DIGIT;
        l->bounds[l->characters++] = l->lower_size;
        int32_t at = (int32_t)l->lower_size;
        if (kind == C_UPPER) c = u_tolower(c);
        U8_APPEND_UNSAFE(l->lower, at, c);
        l->lower_size = (size_t)at;
        char sign = kind == C_UPPER ? 'X' : kind == C_LOWER ? 'x' : kind == C_LETTER ? 'c' : kind == C_DIGIT ? 'd' : c < 128 ? (char)c : '*';
        run = sign == last ? run + 1 : 1;
        if (run == 1) l->brief[l->brief_size++] = sign;
        if (run <= 3) l->shape[l->shape_size++] = sign;
        last = sign;
    }
    l->bounds[l->characters] = l->lower_size;
}

static uint8_t word_kind(const Looks *l)
{
    if (l->upper > 0) return l->small == 0 && l->upper > 1 && l->digits == 0 ? WORD_UPPER : WORD_CAPITAL;
    if (l->small > 0) return WORD_LOWER;
    return l->digits > 0 ? WORD_NUMBER : WORD_OTHER;
}

static void fill_word(const Tagger *tagger, Word *w, const char *bytes, size_t size, const Looks *l)
{
    w->values[AT_WORD] = short_hash(bytes, size, 1);
    w->values[AT_LOWER] = w->lower = short_hash(l->lower, l->lower_size, 2);
    w->values[AT_SHAPE] = short_hash(l->shape, l->shape_size, 3);
    w->values[AT_BRIEF] = short_hash(l->brief, l->brief_size, 4);
    for (size_t n = 1; n <= 4; n++) {
        if (l->characters < n || l->letters == 0) continue;
        size_t from = l->bounds[l->characters - n];
        w->values[AT_PREFIX1 + n - 1] = short_hash(l->lower, l->bounds[n], 10 + n);
        w->values[AT_SUFFIX1 + n - 1] = short_hash(l->lower + from, l->lower_size - from, 20 + n);
    }
    const LexiconEntry *entry = tagger_lexicon_entry(tagger, w->lower);
    w->classes = entry ? entry->classes : 0;
    w->begins = entry && entry->prefix;
    w->values[AT_CLASSES] = w->classes ? w->classes * 2654435761u | 1u : 0;
    w->values[AT_GROUP] = entry ? entry->group : 0;
    w->kind = word_kind(l);
}

/* --- the table of words --- */

bool tagger_words_reset(Tagger *tagger, Error *error)
{
    if (tagger->word_index && tagger->word_used < WORDS_KEPT) return true;
    if (!tagger->word_index) {
        tagger->word_index_size = 1 << 12;
        tagger->word_index = calloc(tagger->word_index_size, sizeof *tagger->word_index);
        if (!tagger->word_index) return error_set(error, "out of memory");
    }
    memset(tagger->word_index, 0, tagger->word_index_size * sizeof *tagger->word_index);
    tagger->word_used = 0;
    return true;
}

static bool grow_index(Tagger *tagger, Error *error)
{
    size_t size = tagger->word_index_size * 2;
    uint32_t *index = calloc(size, sizeof *index);
    if (!index) return error_set(error, "out of memory");
    for (size_t i = 0; i < tagger->word_used; i++) {
        size_t at = tagger->words[i].hash & (size - 1);
        while (index[at]) at = (at + 1) & (size - 1);
        index[at] = (uint32_t)i + 1;
    }
    free(tagger->word_index);
    tagger->word_index = index;
    tagger->word_index_size = size;
    return true;
}

bool tagger_word_find(Tagger *tagger, const char *bytes, size_t size, uint32_t *place, Error *error)
{
    uint64_t hash = tagger_hash(bytes, size, 77);
    size_t at = hash & (tagger->word_index_size - 1);
    for (; tagger->word_index[at]; at = (at + 1) & (tagger->word_index_size - 1)) {
        *place = tagger->word_index[at] - 1;
        if (tagger->words[*place].hash == hash) return true;
    }
    Looks looks;
    look_at(bytes, size, &looks);
    void *words = tagger->words, *sums = tagger->sums;
    bool ok = tagger_reserve(&words, &tagger->word_capacity, tagger->word_used + 1, sizeof(Word), error);
    tagger->words = words;
    ok = ok && tagger_reserve(&sums, &tagger->sum_capacity, tagger->word_capacity, sizeof(int16_t) * OFFSETS * (size_t)tagger->lanes, error);
    tagger->sums = sums;
    if (!ok || (tagger->word_used * 2 > tagger->word_index_size && !grow_index(tagger, error))) return false;
    for (at = hash & (tagger->word_index_size - 1); tagger->word_index[at];) at = (at + 1) & (tagger->word_index_size - 1);
    *place = (uint32_t)tagger->word_used++;
    tagger->word_index[at] = *place + 1;
    Word *w = &tagger->words[*place];
    memset(w, 0, sizeof *w);
    w->hash = hash;
    w->folded = *place;
    fill_word(tagger, w, bytes, size, &looks);
    if (looks.upper > 0) {
        uint32_t folded;
        if (!tagger_word_find(tagger, looks.lower, looks.lower_size, &folded, error)) return false;
        tagger->words[*place].folded = folded; /* the table may have moved */
    }
    return true;
}

/* --- the lexicon --- */

static LexiconEntry *lexicon_slot(LexiconEntry *entries, size_t size, uint32_t hash)
{
    size_t at = hash & (size - 1);
    while (entries[at].hash && entries[at].hash != hash) at = (at + 1) & (size - 1);
    return &entries[at];
}

const LexiconEntry *tagger_lexicon_entry(const Tagger *tagger, uint32_t hash)
{
    if (!tagger->lexicon_used) return NULL;
    const LexiconEntry *entry = lexicon_slot(tagger->lexicon, tagger->lexicon_size, hash);
    return entry->hash ? entry : NULL;
}

bool tagger_lexicon_put(Tagger *tagger, const LexiconEntry *added, Error *error)
{
    if (tagger->lexicon_used * 2 >= tagger->lexicon_size) {
        size_t size = tagger->lexicon_size ? tagger->lexicon_size * 2 : 1024;
        LexiconEntry *entries = calloc(size, sizeof *entries);
        if (!entries) return error_set(error, "out of memory");
        for (size_t i = 0; i < tagger->lexicon_size; i++)
            if (tagger->lexicon[i].hash) *lexicon_slot(entries, size, tagger->lexicon[i].hash) = tagger->lexicon[i];
        free(tagger->lexicon);
        tagger->lexicon = entries;
        tagger->lexicon_size = size;
    }
    LexiconEntry *entry = lexicon_slot(tagger->lexicon, tagger->lexicon_size, added->hash);
    if (!entry->hash) {
        entry->hash = added->hash;
        tagger->lexicon_used++;
    }
    entry->classes |= added->classes;
    entry->prefix |= added->prefix;
    if (added->group) entry->group = added->group;
    return true;
}

uint32_t tagger_lower_hash(const char *bytes, size_t size)
{
    Looks looks;
    look_at(bytes, size, &looks);
    return short_hash(looks.lower, looks.lower_size, 2);
}

bool tagger_add_phrase(Tagger *tagger, int class_number, const char *phrase, size_t size, Error *error)
{
    size_t at = 0, start, end, count = 0;
    uint32_t hashes[PHRASE_LIMIT], hash = 0;
    if (class_number < 0 || class_number >= tagger->class_count) return error_set(error, "no such class");
    while (tagger_next_token(phrase, size, &at, &start, &end)) {
        if (count == PHRASE_LIMIT) return true; /* too long to be looked for: no loss, its words come often enough alone */
        uint32_t own = tagger_lower_hash(phrase + start, end - start);
        hash = count ? tagger_chain(hash, own) : own;
        hashes[count++] = hash;
    }
    for (size_t i = 0; i < count; i++) {
        LexiconEntry entry = { .hash = hashes[i], .classes = i + 1 == count ? UINT32_C(1) << class_number : 0, .prefix = i + 1 < count };
        if (!tagger_lexicon_put(tagger, &entry, error)) return false;
    }
    return true;
}

bool tagger_add_member(Tagger *tagger, int group, const char *word, size_t size, Error *error)
{
    if (group < 1 || group > tagger->group_count) return error_set(error, "no such group");
    LexiconEntry entry = { .hash = tagger_lower_hash(word, size), .group = (uint8_t)group };
    return tagger_lexicon_put(tagger, &entry, error);
}

const char *tagger_group_find(const Tagger *tagger, const char *word, size_t size)
{
    const LexiconEntry *entry = tagger_lexicon_entry(tagger, tagger_lower_hash(word, size));
    return entry && entry->group ? tagger->group_names[entry->group - 1] : NULL;
}

uint32_t tagger_lexicon_find(const Tagger *tagger, const char *phrase, size_t size)
{
    size_t at = 0, start, end, count = 0;
    uint32_t hash = 0;
    while (tagger_next_token(phrase, size, &at, &start, &end)) {
        uint32_t own = tagger_lower_hash(phrase + start, end - start);
        hash = count++ ? tagger_chain(hash, own) : own;
    }
    const LexiconEntry *entry = count ? tagger_lexicon_entry(tagger, hash) : NULL;
    return entry ? entry->classes : 0;
}
