/* Models of the sequence tagger as bytes. Layout, all numbers little-endian:
 *   "annalist tagger 2\n"  u32 bits, u32 spans (0, 1), f32 scale, u32 length and bytes of the templates,
 *   u32 count of names, each u32 length and bytes;  u32 count of classes, each the same;  of groups the same;
 *   f32 transitions [labels][labels];  u32 count of lexicon entries, each u32 hash, u32 classes, u8 group, u8 prefix, sorted by hash;
 *   one bit a row, set where the row has a weight;  then those rows, [labels] bytes each. */
#include "text/tagger_inside.h"

#include <stdlib.h>
#include <string.h>

#define MAGIC "annalist tagger 2\n"
#define MAGIC_SIZE (sizeof MAGIC - 1)

/* --- writing --- */

typedef struct Buffer {
    char *bytes;
    size_t size, capacity;
    bool failed;
} Buffer;

static void put(Buffer *b, const void *bytes, size_t size)
{
    void *block = b->bytes;
    if (b->failed || !tagger_reserve(&block, &b->capacity, b->size + size, 1, NULL)) {
        b->failed = true;
        return;
    }
    b->bytes = block;
    memcpy(b->bytes + b->size, bytes, size);
    b->size += size;
}

static void put_number(Buffer *b, uint32_t n)
{
    unsigned char bytes[4] = { (unsigned char)n, (unsigned char)(n >> 8), (unsigned char)(n >> 16), (unsigned char)(n >> 24) };
    put(b, bytes, 4);
}

static void put_float(Buffer *b, float f)
{
    uint32_t n;
    memcpy(&n, &f, 4);
    put_number(b, n);
}

static void put_text(Buffer *b, const char *text)
{
    put_number(b, (uint32_t)strlen(text));
    put(b, text, strlen(text));
}

static int by_hash(const void *a, const void *b)
{
    uint32_t x = ((const LexiconEntry *)a)->hash, y = ((const LexiconEntry *)b)->hash;
    return x < y ? -1 : x > y;
}

static void put_lexicon(Buffer *b, const Tagger *tagger)
{
    LexiconEntry *sorted = calloc(tagger->lexicon_used + 1, sizeof *sorted);
    size_t n = 0;
    if (!sorted) {
        b->failed = true;
        return;
    }
    for (size_t i = 0; i < tagger->lexicon_size; i++)
        if (tagger->lexicon[i].hash) sorted[n++] = tagger->lexicon[i];
    qsort(sorted, n, sizeof *sorted, by_hash);
    put_number(b, (uint32_t)n);
    for (size_t i = 0; i < n; i++) {
        put_number(b, sorted[i].hash);
        put_number(b, sorted[i].classes);
        put(b, &sorted[i].group, 1);
        put(b, &sorted[i].prefix, 1);
    }
    free(sorted);
}

static void put_weights(Buffer *b, const Tagger *tagger)
{
    size_t rows = (size_t)1 << tagger->bits, lanes = (size_t)tagger->lanes;
    static const int8_t none[TAGGER_MAX_LABELS];
    unsigned char *used = calloc(rows / 8, 1);
    if (!used) {
        b->failed = true;
        return;
    }
    for (size_t r = 0; r < rows; r++)
        if (memcmp(tagger->weights + r * lanes, none, lanes) != 0) used[r / 8] |= (unsigned char)(1 << r % 8);
    put(b, used, rows / 8);
    for (size_t r = 0; r < rows; r++)
        if (used[r / 8] >> r % 8 & 1) put(b, tagger->weights + r * lanes, (size_t)tagger->labels);
    free(used);
}

char *tagger_save(const Tagger *tagger, size_t *size, Error *error)
{
    Buffer b = { 0 };
    put(&b, MAGIC, MAGIC_SIZE);
    put_number(&b, (uint32_t)tagger->bits);
    put_number(&b, tagger->spans);
    put_float(&b, tagger->scale);
    put_text(&b, tagger->templates_text);
    put_number(&b, (uint32_t)tagger->name_count);
    for (int i = 0; i < tagger->name_count; i++) put_text(&b, tagger->names[i]);
    put_number(&b, (uint32_t)tagger->class_count);
    for (int i = 0; i < tagger->class_count; i++) put_text(&b, tagger->class_names[i]);
    put_number(&b, (uint32_t)tagger->group_count);
    for (int i = 0; i < tagger->group_count; i++) put_text(&b, tagger->group_names[i]);
    for (int i = 0; i < tagger->labels; i++)
        for (int j = 0; j < tagger->labels; j++) put_float(&b, tagger->transitions[i][j]);
    put_lexicon(&b, tagger);
    put_weights(&b, tagger);
    if (b.failed) {
        free(b.bytes);
        error_set(error, "out of memory");
        return NULL;
    }
    *size = b.size;
    return b.bytes;
}

/* --- reading --- */

typedef struct Reader {
    const unsigned char *at, *end;
    bool failed;
} Reader;

static const unsigned char *take(Reader *r, size_t size)
{
    const unsigned char *bytes = r->at;
    if (r->failed || (size_t)(r->end - r->at) < size) {
        r->failed = true;
        return NULL;
    }
    r->at += size;
    return bytes;
}

static uint32_t take_number(Reader *r)
{
    const unsigned char *b = take(r, 4);
    return b ? b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24 : 0;
}

static float take_float(Reader *r)
{
    uint32_t n = take_number(r);
    float f;
    memcpy(&f, &n, 4);
    return f == f && f < 1e6f && f > -1e6f ? f : 0; /* a damaged model may be wrong, but computes */
}

static char *take_text(Reader *r)
{
    uint32_t size = take_number(r);
    const unsigned char *bytes = take(r, size);
    char *text = bytes ? malloc((size_t)size + 1) : NULL;
    if (!text) {
        r->failed = true;
        return NULL;
    }
    memcpy(text, bytes, size);
    text[size] = 0;
    return text;
}

static void take_texts(Reader *r, char **texts, uint32_t limit, uint32_t *count)
{
    *count = take_number(r);
    if (*count > limit) r->failed = true;
    if (r->failed) *count = 0;
    for (uint32_t i = 0; i < *count; i++) texts[i] = take_text(r);
}

static bool take_body(Reader *r, Tagger *tagger, Error *error)
{
    char *classes[TAGGER_MAX_CLASSES] = { 0 };
    uint32_t count;
    take_texts(r, classes, TAGGER_MAX_CLASSES, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!r->failed && tagger_add_class(tagger, classes[i], error) < 0) r->failed = true;
        free(classes[i]);
    }
    take_texts(r, tagger->group_names, TAGGER_MAX_GROUPS, &count);
    tagger->group_count = (int)count;
    for (int i = 0; i < tagger->labels; i++)
        for (int j = 0; j < tagger->labels; j++) tagger->transitions[i][j] = take_float(r);
    count = take_number(r);
    for (uint32_t i = 0; i < count && !r->failed; i++) {
        LexiconEntry entry = { .hash = take_number(r), .classes = take_number(r) };
        const unsigned char *group = take(r, 1), *prefix = take(r, 1);
        if (!prefix || !entry.hash) continue;
        entry.group = *group <= tagger->group_count ? *group : 0;
        entry.prefix = *prefix != 0;
        if (!tagger_lexicon_put(tagger, &entry, error)) return false;
    }
    size_t rows = (size_t)1 << tagger->bits, labels = (size_t)tagger->labels;
    const unsigned char *used = take(r, rows / 8);
    for (size_t i = 0; i < rows && !r->failed; i++) {
        if (!(used[i / 8] >> i % 8 & 1)) continue;
        const unsigned char *row = take(r, labels);
        if (row) memcpy(tagger->weights + i * (size_t)tagger->lanes, row, labels);
    }
    return !r->failed;
}

Tagger *tagger_load(const char *bytes, size_t size, Error *error)
{
    Reader r = { (const unsigned char *)bytes, (const unsigned char *)bytes + size, false };
    const unsigned char *magic = take(&r, MAGIC_SIZE);
    char *names[TAGGER_MAX_LABELS] = { 0 };
    uint32_t count = 0;
    Tagger *tagger = NULL;
    if (!magic || memcmp(magic, MAGIC, MAGIC_SIZE) != 0) {
        error_set(error, "not a tagger's model of version 2");
        return NULL;
    }
    TaggerOptions options = { .bits = (int)(take_number(&r) & 255) };
    bool spans = take_number(&r) != 0;
    float scale = take_float(&r);
    char *templates = take_text(&r);
    take_texts(&r, names, TAGGER_MAX_LABELS, &count);
    if (!r.failed) {
        options.templates = templates;
        tagger = tagger_new(&options, (const char *const *)names, (int)count, spans, error);
    }
    if (tagger) {
        tagger->scale = scale;
        if (!take_body(&r, tagger, error)) r.failed = true;
    }
    if (r.failed) {
        error_set(error, "the tagger's model is cut short or damaged");
        tagger_free(tagger);
        tagger = NULL;
    }
    for (uint32_t i = 0; i < count; i++) free(names[i]);
    free(templates);
    return tagger;
}
