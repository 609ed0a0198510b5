/* See triggers.h. Words lie in one table: a first word under its bytes, a word of a list under its bytes and the list's number. What a
 * first word asks for is a short chain of lists. A text is walked by words as grammars do: "mid-air" is one, "don't" too. */
#include "text/triggers.h"

#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum { LONGEST = 60, FARTHEST = 24 }; /* bytes of a word; of white space and marks between two words */
enum { LETTERS = 27 };                /* a to z, and whatever else, the end of the word too */

typedef struct Entry {
    uint32_t word, length; /* where its bytes lie */
    uint32_t scope;        /* 0: a first word; else the list that it is of */
    uint32_t asks;         /* of a first word: the list; 0 when anything may follow */
    uint32_t next;         /* 1 + another entry of the same first word, that asks for another list; 0: none */
} Entry;

struct Triggers {
    Octets bytes;
    Entry *entries;
    uint32_t count, room;
    uint32_t *slots; /* 1 + entry; 0 is empty */
    uint32_t slot_count;
    uint32_t numbers;       /* 1 + the entry "0", that says what must follow a small number; 0: none */
    unsigned char begin[LETTERS * LETTERS * LETTERS / 8 + 1]; /* a bit for each beginning of three letters; nearly all other words are ruled out by it */
};

Triggers *triggers_new(void)
{
    return calloc(1, sizeof(Triggers));
}

void triggers_free(Triggers *triggers)
{
    if (triggers == NULL) return;
    octets_free(&triggers->bytes);
    free(triggers->entries);
    free(triggers->slots);
    free(triggers);
}

/* --- words ----------------------------------------------------------------------------------------- */

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes past ASCII belong to words, but for those that C2 and E2 begin (no-break space, dashes, quotation marks). */
static bool begins_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC3 && c <= 0xE1) || (c >= 0xE3 && c <= 0xF4);
}

static bool in_word(unsigned char c)
{
    return begins_word(c) || is_digit(c) || (c >= 0x80 && c != 0xC2 && c != 0xE2);
}

static bool is_apostrophe(const unsigned char *s, const unsigned char *end, size_t *size)
{
    if (*s == '\'') {
        *size = 1;
        return true;
    }
    *size = 3;
    return end - s >= 3 && s[0] == 0xE2 && s[1] == 0x80 && s[2] == 0x99;
}

static unsigned char lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

/* The number of a word's first three letters. */
static unsigned beginning(const unsigned char *s, const unsigned char *end)
{
    unsigned number = 0;
    for (int i = 0; i < 3; i++) {
        unsigned char c = s < end ? lower(*s) : ' ';
        bool letter = c >= 'a' && c <= 'z';
        number = number * LETTERS + (letter ? c - 'a' + 1U : 0U);
        if (letter) s++;
        else end = s; /* behind the word nothing counts */
    }
    return number;
}

/* The run of letters and digits at s in small letters; 0 when it is longer than any word here. */
static size_t fold_word(const unsigned char *s, const unsigned char *end, char folded[LONGEST + 8])
{
    size_t n = 0;
    while (s < end && in_word(*s)) {
        if (n >= LONGEST) return 0;
        if (*s < 0x80) {
            folded[n++] = (char)(*s >= 'A' && *s <= 'Z' ? *s + 32 : *s);
            s++;
            continue;
        }
        size_t size;
        uint32_t letter = utf8_decode((const char *)s, (size_t)(end - s), &size);
        n += utf8_encode((uint32_t)u_tolower((UChar32)letter), folded + n);
        s += size;
    }
    return n;
}

/* --- the table -------------------------------------------------------------------------------------- */

static uint32_t hash(uint32_t scope, const char *word, size_t length)
{
    uint32_t h = 2166136261U ^ scope * 2654435761U;
    for (size_t i = 0; i < length; i++) h = (h ^ (unsigned char)word[i]) * 16777619U;
    return h ^ h >> 15;
}

/* The entry of a word, 1 + its index, or 0; *slot is where it stands or would. */
static uint32_t find_entry(const Triggers *triggers, uint32_t scope, const char *word, size_t length, uint32_t *slot)
{
    uint32_t mask = triggers->slot_count - 1;
    for (uint32_t at = hash(scope, word, length) & mask;; at = (at + 1) & mask) {
        uint32_t found = triggers->slots[at];
        if (slot) *slot = at;
        if (found == 0) return 0;
        const Entry *entry = &triggers->entries[found - 1];
        if (entry->scope == scope && entry->length == length && memcmp(triggers->bytes.data + entry->word, word, length) == 0) return found;
    }
}

static bool grow_slots(Triggers *triggers)
{
    uint32_t count = triggers->slot_count ? triggers->slot_count * 2 : 256, *old = triggers->slots, old_count = triggers->slot_count;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL) return false;
    triggers->slots = slots;
    triggers->slot_count = count;
    for (uint32_t i = 0; i < old_count; i++) {
        if (old[i] == 0) continue;
        const Entry *entry = &triggers->entries[old[i] - 1];
        uint32_t slot;
        find_entry(triggers, entry->scope, triggers->bytes.data + entry->word, entry->length, &slot);
        slots[slot] = old[i];
    }
    free(old);
    return true;
}

/* Makes an entry, in its slot if one is given; returns 1 + its index, or 0 when memory is out. */
static uint32_t new_entry(Triggers *triggers, Entry entry, uint32_t *slot)
{
    if (triggers->count == triggers->room) {
        uint32_t room = triggers->room ? triggers->room * 2 : 256;
        Entry *entries = realloc(triggers->entries, room * sizeof *entries);
        if (entries == NULL) return 0;
        triggers->entries = entries;
        triggers->room = room;
    }
    triggers->entries[triggers->count++] = entry;
    if (slot) *slot = triggers->count;
    return triggers->count;
}

/* The entry of a word, made when there is none; *fresh says which. */
static uint32_t enter(Triggers *triggers, uint32_t scope, uint32_t asks, const char *word, size_t length, bool *fresh)
{
    char folded[LONGEST + 8];
    size_t n = fold_word((const unsigned char *)word, (const unsigned char *)word + length, folded);
    uint32_t slot;
    *fresh = false;
    if (n == 0 || length > LONGEST) return 0;
    if (triggers->count * 2 >= triggers->slot_count && !grow_slots(triggers)) return 0;
    uint32_t found = find_entry(triggers, scope, folded, n, &slot);
    if (found) return found;
    Entry entry = { .word = (uint32_t)triggers->bytes.length, .length = (uint32_t)n, .scope = scope, .asks = asks };
    if (!octets_add(&triggers->bytes, folded, n)) return 0;
    *fresh = true;
    return new_entry(triggers, entry, &triggers->slots[slot]);
}

bool triggers_add(Triggers *triggers, const char *word, size_t length, uint32_t list)
{
    bool fresh;
    uint32_t at = enter(triggers, 0, list, word, length, &fresh);
    const unsigned char *bytes = (const unsigned char *)word;
    if (at == 0) return false;
    if (*word == '0') triggers->numbers = at;
    unsigned begins = beginning(bytes, bytes + length);
    triggers->begin[begins / 8] |= (unsigned char)(1 << begins % 8);
    if (fresh) return true;
    if (list == 0) {
        triggers->entries[at - 1].asks = 0;
        triggers->entries[at - 1].next = 0;
        return true;
    }
    for (uint32_t chain = at; chain; chain = triggers->entries[chain - 1].next) {
        uint32_t asks = triggers->entries[chain - 1].asks;
        if (asks == 0 || asks == list) return true;
    }
    Entry entry = triggers->entries[at - 1];
    entry.asks = list;
    uint32_t other = new_entry(triggers, entry, NULL);
    if (other) triggers->entries[at - 1].next = other;
    return other != 0;
}

bool triggers_follow(Triggers *triggers, uint32_t list, const char *word, size_t length)
{
    bool fresh;
    return enter(triggers, list, 0, word, length, &fresh) != 0;
}

/* --- the walk ---------------------------------------------------------------------------------------- */

/* Is the next word one of those that the entry asks for? A number is, and so is what lies too far to look. */
static bool followed(const Triggers *triggers, const Entry *entry, const unsigned char *s, const unsigned char *end)
{
    if (entry->asks == 0) return true;
    const unsigned char *last = end - s > FARTHEST ? s + FARTHEST : end;
    while (s < last && !begins_word(*s) && !is_digit(*s)) s++;
    if (s == end) return false;
    if (s == last || is_digit(*s)) return true;
    char folded[LONGEST + 8];
    size_t n = fold_word(s, end, folded);
    if (n == 0) return false;
    for (;;) {
        if (find_entry(triggers, entry->asks, folded, n, NULL)) return true;
        if (entry->next == 0) return false;
        entry = &triggers->entries[entry->next - 1];
    }
}

/* "12 people", "1,500 homes" and "2.5 tons" are no dates, "12 days" may be one; "1812", "12:30", "12th", "14.27 BST" may be whatever follows. */
static bool number_triggers(const Triggers *triggers, const unsigned char *s, const unsigned char *end)
{
    const unsigned char *first = s;
    while (s < end && is_digit(*s)) s++;
    if (triggers->numbers == 0 || s - first > 3) return true;
    while (end - s > 3 && *s == ',' && is_digit(s[1]) && is_digit(s[2]) && is_digit(s[3])) s += 4;
    bool point = end - s > 1 && *s == '.' && is_digit(s[1]);
    if (point)
        for (s++; s < end && is_digit(*s);) s++;
    if (end - s < 2 || *s != ' ' || !begins_word(s[1]) || (point && lower(s[1]) != s[1])) return true;
    return followed(triggers, &triggers->entries[triggers->numbers - 1], s, end);
}

static bool is_trigger(const Triggers *triggers, const unsigned char *s, const unsigned char *end)
{
    size_t size;
    if (is_digit(*s)) return number_triggers(triggers, s, end);
    if (begins_word(*s)) {
        unsigned begins = beginning(s, end);
        if (!(triggers->begin[begins / 8] >> begins % 8 & 1)) return false;
        char folded[LONGEST + 8];
        size_t n = fold_word(s, end, folded);
        uint32_t found = n ? find_entry(triggers, 0, folded, n, NULL) : 0;
        if (found == 0) return false;
        for (s += 1; s < end && in_word(*s); s++) continue;
        return followed(triggers, &triggers->entries[found - 1], s, end);
    }
    if (is_apostrophe(s, end, &size)) return (size_t)(end - s) >= size + 2 && is_digit(s[size]) && is_digit(s[size + 1]);
    return *s == 0xC2 && end - s >= 2 && s[1] == 0xBD;
}

static const unsigned char *behind_word(const unsigned char *s, const unsigned char *end)
{
    for (;;) {
        while (s < end && in_word(*s)) s++;
        if (s == end) return s;
        size_t size = 1;
        if (*s != '-' && !is_apostrophe(s, end, &size)) return s;
        if ((size_t)(end - s) <= size || !begins_word(s[size])) return s;
        s += size;
    }
}

static const unsigned char *behind_number(const unsigned char *s, const unsigned char *end)
{
    for (;;) {
        while (s < end && is_digit(*s)) s++;
        if (end - s < 2 || (*s != ',' && *s != '.') || !is_digit(s[1])) return s;
        s++;
    }
}

/* Behind the word, number or mark at s. */
static const unsigned char *step(const unsigned char *s, const unsigned char *end)
{
    if (begins_word(*s)) return behind_word(s, end);
    if (is_digit(*s)) {
        s = behind_number(s, end);
        while (s < end && in_word(*s)) s++;
        return s;
    }
    bool sum = *s == '$', mark = *s == 0xC2 || *s == 0xE2;
    s++;
    if (sum) {
        const unsigned char *number = s;
        while (number < end && (*number == ' ' || *number == '\t' || *number == '\n')) number++;
        return number < end && is_digit(*number) ? behind_number(number, end) : s;
    }
    while (mark && s < end && *s >= 0x80 && *s < 0xC0) s++;
    return s;
}

size_t triggers_find(const Triggers *triggers, const char *text, size_t length, size_t from, bool behind)
{
    const unsigned char *start = (const unsigned char *)text, *end = start + length, *s = start + from;
    if (triggers->count == 0 || from >= length) return length;
    while (s < end) {
        if (!behind && is_trigger(triggers, s, end)) return (size_t)(s - start);
        behind = false;
        s = step(s, end);
        while (s < end && !begins_word(*s) && !is_digit(*s) && *s != '$' && *s != '\'' && *s != 0xC2 && *s != 0xE2) s++;
    }
    return length;
}
