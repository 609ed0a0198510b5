/* annalist.tagger: the sequence tagger (core/text/tagger.h) under its Lua name.
 *
 *   model = tagger.train{ templates =, documents = | sentences =, lexicon =, iterations =, … }    model = tagger.load(bytes)
 *   labels, scores = model:tag(tokens [, classes])       firsts, lasts, kinds, scores = model:spans(text [, firsts, lasts])
 *   bytes = model:save()   names = model:classes(phrase)   model:labels()   model:templates()   model:lean(kind, by)
 *   starts, ends = tagger.tokens(text [, first [, last]])
 *
 * Positions are bytes, 1-based, both ends included. */
#include "text/tagger.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>
#include <string.h>

#define MODEL "annalist.tagger.model"

/* A tagger with room to work in; while it is trained it has a trainer too. */
typedef struct Model {
    Tagger *tagger;
    TaggerDocument *document;
    TaggerTrainer *trainer;
    uint8_t *labels;
    float *scores;
    TaggerSpan *spans;
    int *gold;
    size_t capacity;
} Model;

static int raise(lua_State *L, Error *error)
{
    lua_pushstring(L, error->message ? error->message : "out of memory");
    error_clear(error);
    return lua_error(L);
}

static int model_gc(lua_State *L)
{
    Model *m = luaL_checkudata(L, 1, MODEL);
    tagger_trainer_free(m->trainer);
    tagger_document_free(m->document);
    tagger_free(m->tagger);
    free(m->labels);
    free(m->scores);
    free(m->spans);
    free(m->gold);
    memset(m, 0, sizeof *m);
    return 0;
}

static Model *push_model(lua_State *L)
{
    Model *m = lua_newuserdatauv(L, sizeof *m, 0);
    memset(m, 0, sizeof *m);
    luaL_setmetatable(L, MODEL);
    return m;
}

static Model *check_model(lua_State *L)
{
    Model *m = luaL_checkudata(L, 1, MODEL);
    luaL_argcheck(L, m->tagger, 1, "the model is closed");
    return m;
}

/* An empty document to fill. */
static TaggerDocument *fresh(lua_State *L, Model *m)
{
    Error error = { 0 };
    if (m->document) {
        if (!tagger_document_clear(m->document, &error)) raise(L, &error);
    } else if (!(m->document = tagger_document_new(m->tagger, &error))) {
        raise(L, &error);
    }
    return m->document;
}

static void reserve(lua_State *L, Model *m, size_t tokens)
{
    if (tokens <= m->capacity) return;
    size_t want = tokens + tokens / 2 + 64;
    void *labels = realloc(m->labels, want * sizeof *m->labels);
    if (labels) m->labels = labels;
    void *scores = realloc(m->scores, want * sizeof *m->scores);
    if (scores) m->scores = scores;
    void *spans = realloc(m->spans, want * sizeof *m->spans);
    if (spans) m->spans = spans;
    void *gold = realloc(m->gold, want * sizeof *m->gold);
    if (gold) m->gold = gold;
    if (!labels || !scores || !spans || !gold) luaL_error(L, "out of memory");
    m->capacity = want;
}

/* --- documents from Lua --- */

/* The texts of sentences: arrays of first and last bytes at `firsts` and `lasts`, or the whole text if nil. */
static void add_text(lua_State *L, TaggerDocument *d, const char *text, size_t size, int firsts, int lasts)
{
    Error error = { 0 };
    if (lua_isnoneornil(L, firsts)) {
        if (!tagger_document_add(d, text, 0, size, &error)) raise(L, &error);
        return;
    }
    luaL_checktype(L, firsts, LUA_TTABLE);
    luaL_checktype(L, lasts, LUA_TTABLE);
    lua_Integer n = luaL_len(L, firsts);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_geti(L, firsts, i);
        lua_geti(L, lasts, i);
        lua_Integer first = lua_tointeger(L, -2), last = lua_tointeger(L, -1);
        lua_pop(L, 2);
        if (first < 1 || last > (lua_Integer)size || first > last + 1) luaL_error(L, "sentence %d: bytes %d to %d are not in the text", (int)i, (int)first, (int)last);
        if (!tagger_document_add(d, text, (size_t)first - 1, (size_t)last, &error)) raise(L, &error);
    }
}

/* Bits of the class names in the list on top of the stack. */
static uint32_t class_bits(lua_State *L, Model *m)
{
    uint32_t bits = 0;
    if (lua_type(L, -1) == LUA_TNUMBER) return (uint32_t)lua_tointeger(L, -1);
    if (lua_type(L, -1) != LUA_TTABLE) return 0;
    lua_Integer n = luaL_len(L, -1);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_geti(L, -1, i);
        const char *name = luaL_checkstring(L, -1);
        Error error = { 0 };
        int number = m->trainer ? tagger_add_class(m->tagger, name, &error) : -1;
        if (m->trainer && number < 0) raise(L, &error);
        for (int k = 0; number < 0 && tagger_class_name(m->tagger, k); k++)
            if (strcmp(tagger_class_name(m->tagger, k), name) == 0) number = k;
        if (number >= 0) bits |= UINT32_C(1) << number;
        lua_pop(L, 1);
    }
    return bits;
}

/* One sentence of tokens, with classes (a list of names, or bits, for each token) or nil. */
static void add_tokens(lua_State *L, Model *m, TaggerDocument *d, int tokens, int classes)
{
    Error error = { 0 };
    bool with_classes = lua_istable(L, classes);
    luaL_checktype(L, tokens, LUA_TTABLE);
    if (!tagger_document_begin(d, &error)) raise(L, &error);
    lua_Integer n = luaL_len(L, tokens);
    for (lua_Integer i = 1; i <= n; i++) {
        size_t size;
        uint32_t bits = 0;
        lua_geti(L, tokens, i);
        const char *token = luaL_checklstring(L, -1, &size);
        if (with_classes) {
            lua_geti(L, classes, i);
            bits = class_bits(L, m);
            lua_pop(L, 1);
        }
        if (!tagger_document_token(d, token, 0, size, bits, &error)) raise(L, &error);
        lua_pop(L, 1);
    }
}

/* --- tagging --- */

static int model_tag(lua_State *L)
{
    Model *m = check_model(L);
    Error error = { 0 };
    lua_settop(L, 3);
    TaggerDocument *d = fresh(L, m);
    add_tokens(L, m, d, 2, 3);
    size_t n = tagger_document_tokens(d);
    reserve(L, m, n);
    if (!tagger_tag(m->tagger, d, m->labels, m->scores, &error)) return raise(L, &error);
    lua_createtable(L, (int)n, 0);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        const char *name = tagger_label_name(m->tagger, m->labels[i]);
        if (tagger_has_spans(m->tagger) && m->labels[i] > 0) /* BILOU inside, the better known BIO outside */
            lua_pushfstring(L, "%s%s", name[0] == 'B' || name[0] == 'U' ? "B" : "I", name + 1);
        else
            lua_pushstring(L, name);
        lua_rawseti(L, -3, (lua_Integer)i + 1);
        lua_pushnumber(L, (lua_Number)m->scores[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 2;
}

static int model_spans(lua_State *L)
{
    Model *m = check_model(L);
    Error error = { 0 };
    size_t size;
    const char *text = luaL_checklstring(L, 2, &size);
    if (!tagger_has_spans(m->tagger)) return luaL_error(L, "this model labels tokens and knows no spans");
    lua_settop(L, 4);
    TaggerDocument *d = fresh(L, m);
    add_text(L, d, text, size, 3, 4);
    reserve(L, m, tagger_document_tokens(d));
    if (!tagger_tag(m->tagger, d, m->labels, m->scores, &error)) return raise(L, &error);
    size_t n = tagger_spans(m->tagger, d, m->labels, m->scores, m->spans);
    for (int i = 0; i < 4; i++) lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        size_t start, end, other;
        lua_Integer at = (lua_Integer)i + 1;
        tagger_document_token_at(d, m->spans[i].first, &start, &other);
        tagger_document_token_at(d, m->spans[i].last, &other, &end);
        lua_pushinteger(L, (lua_Integer)start + 1);
        lua_rawseti(L, -5, at);
        lua_pushinteger(L, (lua_Integer)end);
        lua_rawseti(L, -4, at);
        lua_pushstring(L, tagger_kind_name(m->tagger, m->spans[i].kind));
        lua_rawseti(L, -3, at);
        lua_pushnumber(L, (lua_Number)m->spans[i].score);
        lua_rawseti(L, -2, at);
    }
    return 4;
}

/* --- training --- */

static lua_Number number_field(lua_State *L, const char *name, lua_Number otherwise)
{
    lua_getfield(L, 1, name);
    lua_Number n = luaL_optnumber(L, -1, otherwise);
    lua_pop(L, 1);
    return n;
}

static TaggerOptions read_options(lua_State *L)
{
    TaggerOptions o = { 0 };
    lua_getfield(L, 1, "templates"); /* stays on the stack while it is used */
    o.templates = luaL_checkstring(L, -1);
    o.bits = (int)number_field(L, "bits", 18);
    o.iterations = (int)number_field(L, "iterations", 15);
    o.seed = (uint64_t)number_field(L, "seed", 1);
    o.rate = (float)number_field(L, "rate", 0.1);
    o.decay = (float)number_field(L, "decay", 0.001);
    o.word_dropout = (float)number_field(L, "word_dropout", 0);
    o.lexicon_dropout = (float)number_field(L, "lexicon_dropout", 0);
    return o;
}

/* "B-person" gives "person" and 1, "I-person" -1; anything else NULL and 0. */
static const char *kind_of(const char *label, int *sign)
{
    *sign = (label[0] == 'B' && label[1] == '-') ? 1 : (label[0] == 'I' && label[1] == '-') ? -1 : 0;
    return *sign ? label + 2 : NULL;
}

/* The place of the string on top of the stack among the `count` names in the table at `names`, where it is put if new. */
static int number_of(lua_State *L, int names, int *count)
{
    lua_pushvalue(L, -1);
    if (lua_rawget(L, names) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushinteger(L, *count);
        lua_rawset(L, names);
        lua_pushvalue(L, -1);
        lua_rawseti(L, names, ++*count);
        return *count - 1;
    }
    int n = (int)lua_tointeger(L, -1);
    lua_pop(L, 1);
    return n;
}

/* Gathers labels from `sentences` into the table at `names`; says whether they are spans in BIO. */
static bool gather_sentence_labels(lua_State *L, int sentences, int names, int *count)
{
    bool spans = true, any = false;
    for (int pass = 0; pass < 2; pass++) { /* first: are all of them O, B-, I-? */
        lua_Integer n = luaL_len(L, sentences);
        for (lua_Integer i = 1; i <= n; i++) {
            lua_geti(L, sentences, i);
            lua_getfield(L, -1, "labels");
            luaL_checktype(L, -1, LUA_TTABLE);
            lua_Integer k = luaL_len(L, -1);
            for (lua_Integer j = 1; j <= k; j++) {
                int sign;
                lua_geti(L, -1, j);
                const char *kind = kind_of(luaL_checkstring(L, -1), &sign);
                if (pass == 0) {
                    any = any || kind;
                    if (!kind && strcmp(lua_tostring(L, -1), "O") != 0) spans = false;
                } else if (!spans || kind) {
                    if (spans) {
                        lua_pushstring(L, kind);
                        lua_replace(L, -2);
                    }
                    number_of(L, names, count);
                }
                lua_pop(L, 1);
            }
            lua_pop(L, 2);
        }
        spans = spans && any;
    }
    return spans;
}

static void gather_document_kinds(lua_State *L, int documents, int names, int *count)
{
    lua_Integer n = luaL_len(L, documents);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_geti(L, documents, i);
        lua_getfield(L, -1, "kinds");
        luaL_checktype(L, -1, LUA_TTABLE);
        lua_Integer k = luaL_len(L, -1);
        for (lua_Integer j = 1; j <= k; j++) {
            lua_geti(L, -1, j);
            luaL_checkstring(L, -1);
            number_of(L, names, count);
            lua_pop(L, 1);
        }
        lua_pop(L, 2);
    }
}

/* lexicon = { { class = "given name", "Ann", "Bob" }, … } */
static void read_lexicon(lua_State *L, Model *m)
{
    Error error = { 0 };
    if (lua_getfield(L, 1, "lexicon") == LUA_TTABLE) {
        lua_Integer n = luaL_len(L, -1);
        for (lua_Integer i = 1; i <= n; i++) {
            lua_geti(L, -1, i);
            lua_getfield(L, -1, "class");
            int class_number = tagger_add_class(m->tagger, luaL_checkstring(L, -1), &error);
            if (class_number < 0) raise(L, &error);
            lua_pop(L, 1);
            lua_Integer k = luaL_len(L, -1);
            for (lua_Integer j = 1; j <= k; j++) {
                size_t size;
                lua_geti(L, -1, j);
                const char *phrase = luaL_checklstring(L, -1, &size);
                if (!tagger_add_phrase(m->tagger, class_number, phrase, size, &error)) raise(L, &error);
                lua_pop(L, 1);
            }
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
}

/* Adds the sentence of tokens on top of the stack. */
static void train_on_sentence(lua_State *L, Model *m, int names)
{
    Error error = { 0 };
    int sentence = lua_gettop(L);
    TaggerDocument *d = fresh(L, m);
    lua_getfield(L, sentence, "tokens");
    lua_getfield(L, sentence, "classes");
    lua_getfield(L, sentence, "labels");
    lua_getfield(L, sentence, "weight");
    add_tokens(L, m, d, sentence + 1, sentence + 2);
    size_t n = tagger_document_tokens(d);
    reserve(L, m, n);
    if ((size_t)luaL_len(L, sentence + 3) != n) luaL_error(L, "a sentence of %d tokens has %d labels", (int)n, (int)luaL_len(L, sentence + 3));
    for (size_t i = 0; i < n; i++) {
        int sign = 1;
        lua_geti(L, sentence + 3, (lua_Integer)i + 1);
        const char *label = lua_tostring(L, -1), *kind = label;
        if (tagger_has_spans(m->tagger)) kind = kind_of(label, &sign);
        m->gold[i] = 0;
        if (kind) {
            lua_getfield(L, names, kind);
            int number = (int)lua_tointeger(L, -1);
            m->gold[i] = tagger_has_spans(m->tagger) ? sign * (number + 1) : number;
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
    if (!tagger_trainer_add(m->trainer, d, m->gold, luaL_optnumber(L, sentence + 4, 1), &error)) raise(L, &error);
    lua_settop(L, sentence);
}

/* Marks the tokens from byte first to last (1-based) of the document as a span. */
static void mark_span(const TaggerDocument *d, int *gold, lua_Integer first, lua_Integer last, int number)
{
    size_t n = tagger_document_tokens(d), low = 0, high = n, start, end;
    while (low < high) { /* the first token that ends after `first` */
        size_t middle = (low + high) / 2;
        tagger_document_token_at(d, middle, &start, &end);
        if ((lua_Integer)end < first) low = middle + 1;
        else high = middle;
    }
    for (bool begins = true; low < n; low++, begins = false) {
        tagger_document_token_at(d, low, &start, &end);
        if ((lua_Integer)start >= last) break;
        gold[low] = begins ? number + 1 : -(number + 1);
    }
}

/* Adds the document on top of the stack: text, firsts and lasts of its sentences, starts, ends and kinds of its spans. */
static void train_on_document(lua_State *L, Model *m, int names)
{
    static const char *const fields[] = { "text", "firsts", "lasts", "starts", "ends", "kinds", "weight" };
    Error error = { 0 };
    size_t size;
    int base = lua_gettop(L);
    for (int i = 0; i < 7; i++) lua_getfield(L, base, fields[i]);
    const char *text = luaL_checklstring(L, base + 1, &size);
    TaggerDocument *d = fresh(L, m);
    add_text(L, d, text, size, base + 2, base + 3);
    size_t n = tagger_document_tokens(d);
    reserve(L, m, n);
    memset(m->gold, 0, n * sizeof *m->gold);
    lua_Integer spans = luaL_len(L, base + 6);
    for (lua_Integer i = 1; i <= spans; i++) {
        lua_geti(L, base + 4, i);
        lua_geti(L, base + 5, i);
        lua_geti(L, base + 6, i);
        lua_rawget(L, names);
        mark_span(d, m->gold, luaL_checkinteger(L, -3), luaL_checkinteger(L, -2), (int)luaL_checkinteger(L, -1));
        lua_pop(L, 3);
    }
    if (!tagger_trainer_add(m->trainer, d, m->gold, luaL_optnumber(L, base + 7, 1), &error)) raise(L, &error);
    lua_settop(L, base);
}

/* Makes the tagger for the labels in the table at `names`. */
static void make_tagger(lua_State *L, Model *m, const TaggerOptions *options, int names, int count, bool spans)
{
    Error error = { 0 };
    const char *labels[TAGGER_MAX_LABELS];
    if (count > TAGGER_MAX_LABELS) luaL_error(L, "%d labels; a tagger has at most %d", count, TAGGER_MAX_LABELS);
    for (int i = 0; i < count; i++) {
        lua_rawgeti(L, names, i + 1);
        labels[i] = lua_tostring(L, -1);
        lua_pop(L, 1); /* it stays in the table */
    }
    if (!(m->tagger = tagger_new(options, labels, count, spans, &error))) raise(L, &error);
    read_lexicon(L, m);
    if (!(m->trainer = tagger_trainer_new(m->tagger, &error))) raise(L, &error);
}

static void run_passes(lua_State *L, Model *m, int iterations)
{
    Error error = { 0 };
    double loss;
    for (int i = 1; i <= iterations; i++) {
        if (!tagger_trainer_pass(m->trainer, &loss, &error)) raise(L, &error);
        if (lua_getfield(L, 1, "on_pass") == LUA_TFUNCTION) {
            lua_pushinteger(L, i);
            lua_pushnumber(L, loss);
            lua_call(L, 2, 0);
        } else {
            lua_pop(L, 1);
        }
    }
    if (!tagger_trainer_finish(m->trainer, &error)) raise(L, &error);
}

static int tagger_lua_train(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    TaggerOptions options = read_options(L); /* 2: the templates */
    bool documents = lua_getfield(L, 1, "documents") == LUA_TTABLE; /* 3 */
    if (!documents) {
        lua_pop(L, 1);
        if (lua_getfield(L, 1, "sentences") != LUA_TTABLE) return luaL_error(L, "train: neither documents nor sentences are given");
    }
    lua_newtable(L); /* 4: names by number from 1, numbers from 0 by name */
    int count = 0;
    bool spans = true;
    if (documents) gather_document_kinds(L, 3, 4, &count);
    else spans = gather_sentence_labels(L, 3, 4, &count);
    if (count == 0) return luaL_error(L, "train: there is not one label to learn");
    Model *m = push_model(L); /* 5 */
    make_tagger(L, m, &options, 4, count, spans);
    lua_Integer n = luaL_len(L, 3);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_geti(L, 3, i);
        luaL_checktype(L, -1, LUA_TTABLE);
        if (documents) train_on_document(L, m, 4);
        else train_on_sentence(L, m, 4);
        lua_settop(L, 5);
    }
    int runs = (int)number_field(L, "runs", 1);
    if (runs < 1 || options.iterations < 1) return luaL_error(L, "train: runs and iterations are 1 or more");
    run_passes(L, m, runs * options.iterations);
    tagger_trainer_free(m->trainer);
    m->trainer = NULL;
    return 1;
}

/* --- the rest --- */

/* Holds a block of C while Lua copies it. */
static int free_block(lua_State *L)
{
    char **block = lua_touserdata(L, 1);
    free(*block);
    *block = NULL;
    return 0;
}

static int model_save(lua_State *L)
{
    Model *m = check_model(L);
    Error error = { 0 };
    size_t size;
    char **block = lua_newuserdatauv(L, sizeof *block, 0);
    *block = NULL;
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, free_block);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    if (!(*block = tagger_save(m->tagger, &size, &error))) return raise(L, &error);
    lua_pushlstring(L, *block, size);
    free(*block);
    *block = NULL;
    return 1;
}

static int tagger_lua_load(lua_State *L)
{
    Error error = { 0 };
    size_t size;
    const char *bytes = luaL_checklstring(L, 1, &size);
    Model *m = push_model(L);
    if (!(m->tagger = tagger_load(bytes, size, &error))) return raise(L, &error);
    return 1;
}

static int model_classes(lua_State *L)
{
    Model *m = check_model(L);
    size_t size;
    const char *phrase = luaL_checklstring(L, 2, &size);
    uint32_t bits = tagger_lexicon_find(m->tagger, phrase, size);
    lua_newtable(L);
    for (int i = 0, n = 0; tagger_class_name(m->tagger, i); i++) {
        if (!(bits >> i & 1)) continue;
        lua_pushstring(L, tagger_class_name(m->tagger, i));
        lua_rawseti(L, -2, ++n);
    }
    return 1;
}

/* model:lean(kind, by): spans of the kind are begun more willingly, by so much log-odds */
static int model_lean(lua_State *L)
{
    Model *m = check_model(L);
    Error error = { 0 };
    const char *kind = luaL_checkstring(L, 2);
    if (!tagger_lean(m->tagger, kind, (float)luaL_checknumber(L, 3), &error)) return raise(L, &error);
    tagger_document_free(m->document); /* it holds the old ones */
    m->document = NULL;
    return 0;
}

static int model_labels(lua_State *L)
{
    Model *m = check_model(L);
    lua_newtable(L);
    for (int i = 0; i < tagger_label_count(m->tagger); i++) {
        lua_pushstring(L, tagger_label_name(m->tagger, i));
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int model_templates(lua_State *L)
{
    lua_pushstring(L, tagger_templates(check_model(L)->tagger));
    return 1;
}

static int tagger_lua_tokens(lua_State *L)
{
    size_t size, start, end;
    const char *text = luaL_checklstring(L, 1, &size);
    lua_Integer first = luaL_optinteger(L, 2, 1), last = luaL_optinteger(L, 3, (lua_Integer)size), n = 0;
    if (first < 1) first = 1;
    if (last > (lua_Integer)size) last = (lua_Integer)size;
    lua_newtable(L);
    lua_newtable(L);
    for (size_t at = (size_t)first - 1; first <= last && tagger_next_token(text, (size_t)last, &at, &start, &end);) {
        lua_pushinteger(L, (lua_Integer)start + 1);
        lua_rawseti(L, -3, ++n);
        lua_pushinteger(L, (lua_Integer)end);
        lua_rawseti(L, -2, n);
    }
    return 2;
}

int luaopen_annalist_tagger(lua_State *L);
int luaopen_annalist_tagger(lua_State *L)
{
    static const luaL_Reg methods[] = {
        { "tag", model_tag }, { "spans", model_spans }, { "save", model_save }, { "classes", model_classes },
        { "lean", model_lean }, { "labels", model_labels }, { "templates", model_templates }, { NULL, NULL },
    };
    static const luaL_Reg functions[] = {
        { "train", tagger_lua_train }, { "load", tagger_lua_load }, { "tokens", tagger_lua_tokens }, { NULL, NULL },
    };
    luaL_newmetatable(L, MODEL);
    lua_pushcfunction(L, model_gc);
    lua_setfield(L, -2, "__gc");
    luaL_newlib(L, methods);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0); /* a plugin can't reach the methods' table */
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
    luaL_newlib(L, functions);
    return 1;
}
