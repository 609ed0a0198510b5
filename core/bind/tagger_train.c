/* annalist.tagger's train: reads templates, labels, lexicon and examples from a Lua table, and runs the trainer over them. */
#include "bind/tagger_inside.h"

#include <lauxlib.h>
#include <string.h>

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

/* A field of named lists: lexicon = { { class = "given name", "Ann", "Bob" }, … }, groups = { { group = "verbs of saying", "said", "told" }, … } */
static void read_lists(lua_State *L, TaggerModel *m, const char *field, const char *key, int (*add_list)(Tagger *, const char *, Error *),
                       bool (*add_entry)(Tagger *, int, const char *, size_t, Error *))
{
    Error error = { 0 };
    if (lua_getfield(L, 1, field) == LUA_TTABLE) {
        lua_Integer n = luaL_len(L, -1);
        for (lua_Integer i = 1; i <= n; i++) {
            lua_geti(L, -1, i);
            lua_getfield(L, -1, key);
            int number = add_list(m->tagger, luaL_checkstring(L, -1), &error);
            if (number < 0) tagger_model_raise(L, &error);
            lua_pop(L, 1);
            lua_Integer k = luaL_len(L, -1);
            for (lua_Integer j = 1; j <= k; j++) {
                size_t size;
                lua_geti(L, -1, j);
                const char *entry = luaL_checklstring(L, -1, &size);
                if (!add_entry(m->tagger, number, entry, size, &error)) tagger_model_raise(L, &error);
                lua_pop(L, 1);
            }
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
}

/* Adds the sentence of tokens on top of the stack. */
static void train_on_sentence(lua_State *L, TaggerModel *m, int names)
{
    Error error = { 0 };
    int sentence = lua_gettop(L);
    TaggerDocument *d = tagger_model_document(L, m);
    lua_getfield(L, sentence, "tokens");
    lua_getfield(L, sentence, "classes");
    lua_getfield(L, sentence, "labels");
    lua_getfield(L, sentence, "weight");
    tagger_model_add_tokens(L, m, d, sentence + 1, sentence + 2);
    size_t n = tagger_document_tokens(d);
    tagger_model_reserve(L, m, n);
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
    if (!tagger_trainer_add(m->trainer, d, m->gold, luaL_optnumber(L, sentence + 4, 1), &error)) tagger_model_raise(L, &error);
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
static void train_on_document(lua_State *L, TaggerModel *m, int names)
{
    static const char *const fields[] = { "text", "firsts", "lasts", "starts", "ends", "kinds", "weight" };
    Error error = { 0 };
    size_t size;
    int base = lua_gettop(L);
    for (int i = 0; i < 7; i++) lua_getfield(L, base, fields[i]);
    const char *text = luaL_checklstring(L, base + 1, &size);
    TaggerDocument *d = tagger_model_document(L, m);
    tagger_model_add_text(L, d, text, size, base + 2, base + 3);
    size_t n = tagger_document_tokens(d);
    tagger_model_reserve(L, m, n);
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
    if (!tagger_trainer_add(m->trainer, d, m->gold, luaL_optnumber(L, base + 7, 1), &error)) tagger_model_raise(L, &error);
    lua_settop(L, base);
}

/* Makes the tagger for the labels in the table at `names`. */
static void make_tagger(lua_State *L, TaggerModel *m, const TaggerOptions *options, int names, int count, bool spans)
{
    Error error = { 0 };
    const char *labels[TAGGER_MAX_LABELS];
    if (count > TAGGER_MAX_LABELS) luaL_error(L, "%d labels; a tagger has at most %d", count, TAGGER_MAX_LABELS);
    for (int i = 0; i < count; i++) {
        lua_rawgeti(L, names, i + 1);
        labels[i] = lua_tostring(L, -1);
        lua_pop(L, 1); /* it stays in the table */
    }
    if (!(m->tagger = tagger_new(options, labels, count, spans, &error))) tagger_model_raise(L, &error);
    read_lists(L, m, "lexicon", "class", tagger_add_class, tagger_add_phrase);
    read_lists(L, m, "groups", "group", tagger_add_group, tagger_add_member);
    if (!(m->trainer = tagger_trainer_new(m->tagger, &error))) tagger_model_raise(L, &error);
}

static void run_passes(lua_State *L, TaggerModel *m, int iterations)
{
    Error error = { 0 };
    double loss;
    for (int i = 1; i <= iterations; i++) {
        if (!tagger_trainer_pass(m->trainer, &loss, &error)) tagger_model_raise(L, &error);
        if (lua_getfield(L, 1, "on_pass") == LUA_TFUNCTION) {
            lua_pushinteger(L, i);
            lua_pushnumber(L, loss);
            lua_call(L, 2, 0);
        } else {
            lua_pop(L, 1);
        }
    }
    if (!tagger_trainer_finish(m->trainer, &error)) tagger_model_raise(L, &error);
}

int tagger_lua_train(lua_State *L)
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
    TaggerModel *m = tagger_model_push(L); /* 5 */
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
