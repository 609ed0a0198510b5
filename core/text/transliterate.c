/* Transforms with a memory. The memory is a hash map from (transform, string) to result, emptied as a whole when it is full:
 * what a corpus needs often is soon back. May call ICU; knows no analysis. */
#include "text/transliterate.h"
#include "text/letters.h"
#include "text/utf8.h"

#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include <stdlib.h>
#include <string.h>

enum { TRANSFORMS = 16, ID_LENGTH = 120, SLOTS = 1 << 16, MOST_ENTRIES = SLOTS / 2, MEMO_LENGTH = 96 };

typedef struct Transform {
    char id[ID_LENGTH];
    UTransliterator *transliterator;
    unsigned long used; /* when, counted in calls: the one unused for longest makes room */
} Transform;

typedef struct Entry { /* bytes: the string, then its result */
    uint64_t hash;
    uint32_t key_length, result_length;
    unsigned char transform;
    char bytes[];
} Entry;

static Transform transforms[TRANSFORMS];
static unsigned long calls;
static Entry **slots;
static size_t entries;

static void forget_all(void)
{
    for (size_t i = 0; slots != NULL && i < SLOTS; i++) {
        free(slots[i]);
        slots[i] = NULL;
    }
    entries = 0;
}

/* The index of the open transform of that id; -1 with an error. */
static int open_transform(const char *id, Error *error)
{
    size_t length = strlen(id);
    int oldest = 0;
    for (int i = 0; i < TRANSFORMS; i++) {
        if (transforms[i].transliterator != NULL && strcmp(transforms[i].id, id) == 0) {
            transforms[i].used = ++calls;
            return i;
        }
        if (transforms[i].used < transforms[oldest].used) oldest = i;
    }
    UChar name[ID_LENGTH];
    UErrorCode status = U_ZERO_ERROR;
    if (length < ID_LENGTH) u_strFromUTF8WithSub(name, ID_LENGTH, NULL, id, (int32_t)length, UTF8_BAD, NULL, &status);
    if (length >= ID_LENGTH || U_FAILURE(status)) {
        error_set(error, "no transform is called '%.40s'", id);
        return -1;
    }
    UTransliterator *made = utrans_openU(name, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status) || made == NULL) {
        error_set(error, "no transform is called '%s' (%s)", id, u_errorName(status));
        return -1;
    }
    if (transforms[oldest].transliterator != NULL) {
        utrans_close(transforms[oldest].transliterator);
        forget_all();
    }
    memcpy(transforms[oldest].id, id, length + 1);
    transforms[oldest].transliterator = made;
    transforms[oldest].used = ++calls;
    return oldest;
}

static bool run_transform(UTransliterator *transliterator, const char *s, size_t length, Octets *out, Error *error)
{
    bool ok = false;
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = (int32_t)length * 4 + 64, units = 0, limit = 0, bytes = 0;
    UChar *units_of = NULL;
    for (int attempt = 0; attempt < 4; attempt++, room *= 4) { /* some letters become many */
        UChar *larger = realloc(units_of, (size_t)room * sizeof *larger);
        if (larger == NULL) break;
        units_of = larger;
        status = U_ZERO_ERROR;
        u_strFromUTF8WithSub(units_of, room, &units, s, (int32_t)length, UTF8_BAD, NULL, &status);
        limit = units;
        utrans_transUChars(transliterator, units_of, &units, room, 0, &limit, &status);
        if (status != U_BUFFER_OVERFLOW_ERROR) break;
    }
    if (units_of == NULL || U_FAILURE(status)) {
        error_set(error, "transliteration failed: %s", units_of == NULL ? "out of memory" : u_errorName(status));
        goto cleanup;
    }
    if (!octets_reserve(out, (size_t)units * 3 + 1)) {
        error_set(error, "out of memory");
        goto cleanup;
    }
    status = U_ZERO_ERROR;
    u_strToUTF8WithSub(out->data + out->length, units * 3 + 1, &bytes, units_of, units, UTF8_BAD, NULL, &status);
    out->length += (size_t)bytes;
    ok = true;
cleanup:
    free(units_of);
    return ok;
}

static uint64_t hash_of(const char *s, size_t length, int transform)
{
    uint64_t h = 1469598103934665603u ^ (uint64_t)transform;
    for (size_t i = 0; i < length; i++) h = (h ^ (unsigned char)s[i]) * 1099511628211u;
    return h ^ h >> 29;
}

/* The slot that holds the string's entry, or the free one in which it belongs; NULL when there is no map. */
static Entry **slot_of(uint64_t hash, const char *s, size_t length, int transform)
{
    if (slots == NULL) slots = calloc(SLOTS, sizeof *slots);
    if (slots == NULL) return NULL;
    size_t i = hash % SLOTS;
    for (Entry *e; (e = slots[i]) != NULL; i = (i + 1) % SLOTS) {
        if (e->hash == hash && e->transform == transform && e->key_length == length && memcmp(e->bytes, s, length) == 0) break;
    }
    return &slots[i];
}

static void remember(uint64_t hash, const char *s, size_t length, int transform, const char *result, size_t result_length)
{
    if (result_length > MEMO_LENGTH * 4) return;
    if (entries >= MOST_ENTRIES) forget_all();
    Entry **slot = slot_of(hash, s, length, transform);
    Entry *e = slot == NULL ? NULL : malloc(sizeof *e + length + result_length);
    if (e == NULL) return;
    *e = (Entry){ hash, (uint32_t)length, (uint32_t)result_length, (unsigned char)transform };
    memcpy(e->bytes, s, length);
    memcpy(e->bytes + length, result, result_length);
    *slot = e;
    entries++;
}

/* One word or short string, from memory if it was seen before. */
static bool transform_short(const char *s, size_t length, int which, Octets *out, Error *error)
{
    if (length > MEMO_LENGTH) return run_transform(transforms[which].transliterator, s, length, out, error);
    uint64_t hash = hash_of(s, length, which);
    Entry **slot = slot_of(hash, s, length, which);
    if (slot != NULL && *slot != NULL) {
        return octets_add(out, (*slot)->bytes + length, (*slot)->result_length) || error_set(error, "out of memory");
    }
    size_t begin = out->length;
    if (!run_transform(transforms[which].transliterator, s, length, out, error)) return false;
    remember(hash, s, length, which, out->data + begin, out->length - begin);
    return true;
}

bool transliterate(const char *s, size_t length, const char *id, Octets *out, Error *error)
{
    bool to_ascii = strcmp(id, TRANSLITERATE_ASCII) == 0 || strcmp(id, TRANSLITERATE_LATIN) == 0;
    if (to_ascii && utf8_ascii_prefix(s, length) == length) return octets_add(out, s, length) || error_set(error, "out of memory");
    int which = open_transform(id, error);
    if (which < 0) return false;
    if (!to_ascii || length <= MEMO_LENGTH) return transform_short(s, length, which, out, error);
    for (size_t i = 0, end; i < length; i = end) { /* these two look at no more than a word: a text goes word by word, and most words are known */
        bool ascii = true;
        for (end = i; end < length && (s[end] != ' ' || end == i) && s[end] != '\n'; end++) ascii &= (unsigned char)s[end] < 0x80;
        if (end == i) end++;
        if (ascii ? !octets_add(out, s + i, end - i) && !error_set(error, "out of memory") : !transform_short(s + i, end - i, which, out, error)) return false;
    }
    return true;
}

/* Does the character stand between words of a name ("Al-Bab", "Abu  Ali")? */
static bool parts_words(uint32_t c)
{
    return utf8_is_space(c) || u_charType((UChar32)c) == U_DASH_PUNCTUATION || c == '/' || c == '_';
}

bool transliterate_key(const char *s, size_t length, Octets *out, Error *error)
{
    static Octets latin, folded;
    octets_clear(&latin);
    octets_clear(&folded);
    if (!transliterate(s, length, TRANSLITERATE_LATIN, &latin, error)) return false;
    if (!letters_case(latin.data, latin.length, LETTERS_FOLD, &folded)) return error_set(error, "out of memory");
    size_t begin = out->length, size;
    bool pending = false;
    for (size_t i = 0; i < folded.length; i += size) {
        uint32_t c = utf8_decode(folded.data + i, folded.length - i, &size);
        if (parts_words(c)) {
            pending = out->length > begin;
        } else if (u_isalnum((UChar32)c) || u_charType((UChar32)c) == U_NON_SPACING_MARK) {
            if (pending && !octets_add(out, " ", 1)) return error_set(error, "out of memory");
            pending = false;
            if (!octets_add(out, folded.data + i, size)) return error_set(error, "out of memory");
        }
    }
    return true;
}

/* Spellings of one sound, longest first; the sound's letter last. Latin spellings of Cyrillic, Arabic, Turkic and Slavic names. */
static const char *const sounds[][2] = {
    { "shch", "s" }, { "dzh", "z" }, { "tsch", "c" }, { "sch", "s" }, { "tch", "c" }, { "zh", "z" }, { "dj", "z" }, { "sh", "s" }, { "sz", "s" },
    { "ch", "c" }, { "cz", "c" }, { "ts", "c" }, { "tz", "c" }, { "kh", "h" }, { "gh", "g" }, { "th", "t" }, { "dh", "d" }, { "bh", "b" },
    { "ph", "f" }, { "ck", "k" }, { "j", "z" }, { "q", "k" }, { "w", "v" }, { "x", "ks" }, { "ff", "f" },
};

/* Writes one word's skeleton; `word` is ASCII for the most part, other characters stay as they are. */
static bool skeleton_of_word(const char *word, size_t length, Octets *out)
{
    size_t begin = out->length;
    for (size_t i = 0; i < length;) {
        size_t used = 1;
        char letters[2] = { word[i], 0 };
        const char *sound = letters;
        for (size_t k = 0; k < sizeof sounds / sizeof *sounds; k++) {
            size_t n = strlen(sounds[k][0]);
            if (n <= length - i && memcmp(word + i, sounds[k][0], n) == 0) {
                sound = sounds[k][1];
                used = n;
                break;
            }
        }
        if (word[i] == 'c' && used == 1 && (i + 1 == length || strchr("eiy", word[i + 1]) == NULL)) sound = "k";
        if (sound[0] == 'f' && i + used == length && i > 0) sound = "v"; /* -off, -eff */
        bool vowel = strchr("aeiouy", sound[0]) != NULL;
        if (vowel && i == 0) sound = "a";
        bool doubled = out->length > begin && sound[1] == 0 && out->data[out->length - 1] == sound[0];
        if ((!vowel || i == 0) && !doubled && !octets_add(out, sound, strlen(sound))) return false;
        i += used;
    }
    return true;
}

bool transliterate_skeleton(const char *s, size_t length, Octets *out, Error *error)
{
    static Octets key;
    octets_clear(&key);
    if (!transliterate_key(s, length, &key, error)) return false;
    for (size_t i = 0; i < key.length;) {
        size_t end = i;
        while (end < key.length && key.data[end] != ' ') end++;
        if (i > 0 && !octets_add(out, " ", 1)) return error_set(error, "out of memory");
        if (!skeleton_of_word(key.data + i, end - i, out)) return error_set(error, "out of memory");
        i = end + 1;
    }
    return true;
}
