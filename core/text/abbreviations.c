/* Abbreviations that end in a full stop: a compact set for English news built in, and sets of a caller's own. */
#include "text/sentences.h"

#include <stdlib.h>
#include <strings.h>
#include <string.h>

enum { LONGEST = 30 };

static const char before_name[] =
    " mr mrs ms mx messrs mme mlle dr drs prof rev revd fr hon rt gen gens col cols lt lts maj capt cpt cmdr cdr comdr adm sgt sgts cpl pvt pfc brig"
    " pres gov govs sen sens rep reps amb min dep asst insp supt det cllr atty ald st ste mt ft vs v viz cf ca approx est e.g i.e eg ie c.f"
    " incl resp ed eds trans repr vols herr hr sig sra srta dna mgr msgr spc ";
static const char before_number[] =
    " no nos nr art arts sec secs par para paras fig figs p pp vol ch jan feb mar apr jun jul aug sep sept oct nov dec tel ext op reg ";
static const char after_name[] =
    " inc ltd co corp bros jr sr plc llc esq ph.d m.d gmbh s.a s.p.a l.p al etc dept univ assn assoc intl natl mfg ave blvd rd hwy ";

static bool listed(const char *list, const char *word, size_t length)
{
    char key[LONGEST + 3];
    key[0] = ' ';
    for (size_t i = 0; i < length; i++) key[i + 1] = (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] + 32 : word[i]);
    key[length + 1] = ' ';
    key[length + 2] = 0;
    return strstr(list, key) != NULL;
}

typedef struct Abbreviation {
    char word[LONGEST + 1];
    AbbreviationKind kind;
} Abbreviation;

struct Abbreviations {
    Abbreviation *items; /* sorted by word */
    size_t count, capacity;
};

Abbreviations *abbreviations_new(void)
{
    return calloc(1, sizeof(Abbreviations));
}

void abbreviations_free(Abbreviations *set)
{
    if (set == NULL) return;
    free(set->items);
    free(set);
}

/* Where the word stands or belongs. */
static size_t place(const Abbreviations *set, const char *word, bool *found)
{
    size_t low = 0, high = set->count;
    *found = false;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcasecmp(set->items[middle].word, word);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool abbreviations_add(Abbreviations *set, const char *word, size_t length, AbbreviationKind kind)
{
    Abbreviation item = { .kind = kind };
    bool found;
    if (length == 0 || length > LONGEST || memchr(word, 0, length) != NULL) return false;
    memcpy(item.word, word, length);
    size_t at = place(set, item.word, &found);
    if (found) {
        set->items[at].kind = kind;
        return true;
    }
    if (set->count == set->capacity) {
        size_t capacity = set->capacity ? set->capacity * 2 : 64;
        Abbreviation *items = realloc(set->items, capacity * sizeof *items);
        if (items == NULL) return false;
        set->items = items;
        set->capacity = capacity;
    }
    memmove(set->items + at + 1, set->items + at, (set->count - at) * sizeof *set->items);
    set->items[at] = item;
    set->count++;
    return true;
}

AbbreviationKind abbreviations_kind(const Abbreviations *set, const char *word, size_t length)
{
    if (length == 0 || length > LONGEST || memchr(word, 0, length) != NULL || memchr(word, ' ', length) != NULL) return ABBREVIATION_NONE;
    if (set != NULL && set->count > 0) {
        char key[LONGEST + 1] = { 0 };
        bool found;
        memcpy(key, word, length);
        size_t at = place(set, key, &found);
        if (found) return set->items[at].kind;
    }
    if (listed(before_name, word, length)) return ABBREVIATION_BEFORE_NAME;
    if (listed(before_number, word, length)) return ABBREVIATION_BEFORE_NUMBER;
    if (listed(after_name, word, length)) return ABBREVIATION_AFTER_NAME;
    return ABBREVIATION_NONE;
}
