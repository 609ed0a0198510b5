/* annalist.tagger: the sequence tagger (core/text/tagger.h) under its Lua name.
 *
 *   model = tagger.train{ templates =, documents = | sentences =, lexicon =, iterations =, … }    model = tagger.load(bytes)
 *   labels, scores = model:tag(tokens [, classes])       firsts, lasts, kinds, scores = model:spans(text [, firsts, lasts])
 *   bytes = model:save()   names = model:classes(phrase)   model:is(phrase, class, …)   name = model:group(word)   model:labels()   model:templates()   model:lean(kind, by)
 *   starts, ends = tagger.tokens(text [, first [, last]])   firsts, words, befores = tagger.capitals(text)
 *
 * Positions are bytes, 1-based, both ends included. */
#include "bind/tagger_inside.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>
#include <string.h>

int tagger_model_raise(lua_State *L, Error *error)
{
    lua_pushstring(L, error->message ? error->message : "out of memory");
    error_clear(error);
    return lua_error(L);
}

static int model_gc(lua_State *L)
{
    TaggerModel *m = luaL_checkudata(L, 1, TAGGER_MODEL);
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

TaggerModel *tagger_model_push(lua_State *L)
{
    TaggerModel *m = lua_newuserdatauv(L, sizeof *m, 0);
    memset(m, 0, sizeof *m);
    luaL_setmetatable(L, TAGGER_MODEL);
    return m;
}

static TaggerModel *check_model(lua_State *L)
{
    TaggerModel *m = luaL_checkudata(L, 1, TAGGER_MODEL);
    luaL_argcheck(L, m->tagger, 1, "the model is closed");
    return m;
}

TaggerDocument *tagger_model_document(lua_State *L, TaggerModel *m)
{
    Error error = { 0 };
    if (m->document) {
        if (!tagger_document_clear(m->document, &error)) tagger_model_raise(L, &error);
    } else if (!(m->document = tagger_document_new(m->tagger, &error))) {
        tagger_model_raise(L, &error);
    }
    return m->document;
}

void tagger_model_reserve(lua_State *L, TaggerModel *m, size_t tokens)
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

void tagger_model_add_text(lua_State *L, TaggerDocument *d, const char *text, size_t size, int firsts, int lasts)
{
    Error error = { 0 };
    if (lua_isnoneornil(L, firsts)) {
        if (!tagger_document_add(d, text, 0, size, &error)) tagger_model_raise(L, &error);
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
        if (!tagger_document_add(d, text, (size_t)first - 1, (size_t)last, &error)) tagger_model_raise(L, &error);
    }
}

/* Bits of the class names in the list on top of the stack. */
static uint32_t class_bits(lua_State *L, TaggerModel *m)
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
        if (m->trainer && number < 0) tagger_model_raise(L, &error);
        for (int k = 0; number < 0 && tagger_class_name(m->tagger, k); k++)
            if (strcmp(tagger_class_name(m->tagger, k), name) == 0) number = k;
        if (number >= 0) bits |= UINT32_C(1) << number;
        lua_pop(L, 1);
    }
    return bits;
}

void tagger_model_add_tokens(lua_State *L, TaggerModel *m, TaggerDocument *d, int tokens, int classes)
{
    Error error = { 0 };
    bool with_classes = lua_istable(L, classes);
    luaL_checktype(L, tokens, LUA_TTABLE);
    if (!tagger_document_begin(d, &error)) tagger_model_raise(L, &error);
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
        if (!tagger_document_token(d, token, 0, size, bits, &error)) tagger_model_raise(L, &error);
        lua_pop(L, 1);
    }
}

/* --- tagging --- */

static int model_tag(lua_State *L)
{
    TaggerModel *m = check_model(L);
    Error error = { 0 };
    lua_settop(L, 3);
    TaggerDocument *d = tagger_model_document(L, m);
    tagger_model_add_tokens(L, m, d, 2, 3);
    size_t n = tagger_document_tokens(d);
    tagger_model_reserve(L, m, n);
    if (!tagger_tag(m->tagger, d, m->labels, m->scores, &error)) return tagger_model_raise(L, &error);
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
    TaggerModel *m = check_model(L);
    Error error = { 0 };
    size_t size;
    const char *text = luaL_checklstring(L, 2, &size);
    if (!tagger_has_spans(m->tagger)) return luaL_error(L, "this model labels tokens and knows no spans");
    lua_settop(L, 4);
    TaggerDocument *d = tagger_model_document(L, m);
    tagger_model_add_text(L, d, text, size, 3, 4);
    tagger_model_reserve(L, m, tagger_document_tokens(d));
    if (!tagger_tag_spans(m->tagger, d, m->labels, m->scores, &error)) return tagger_model_raise(L, &error);
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
    TaggerModel *m = check_model(L);
    Error error = { 0 };
    size_t size;
    char **block = lua_newuserdatauv(L, sizeof *block, 0);
    *block = NULL;
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, free_block);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    if (!(*block = tagger_save(m->tagger, &size, &error))) return tagger_model_raise(L, &error);
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
    TaggerModel *m = tagger_model_push(L);
    if (!(m->tagger = tagger_load(bytes, size, &error))) return tagger_model_raise(L, &error);
    return 1;
}

static int model_classes(lua_State *L)
{
    TaggerModel *m = check_model(L);
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

/* model:is(phrase, class, …): is the phrase in one of these classes? A class that the model lacks has no phrases. */
static int model_is(lua_State *L)
{
    TaggerModel *m = check_model(L);
    size_t size;
    const char *phrase = luaL_checklstring(L, 2, &size);
    int last = lua_gettop(L);
    uint32_t bits = tagger_lexicon_find(m->tagger, phrase, size);
    bool found = false;
    for (int i = 0; bits >> i && i < TAGGER_MAX_CLASSES && !found; i++)
        for (int wanted = 3; (bits >> i & 1) && wanted <= last && !found; wanted++)
            found = strcmp(luaL_checkstring(L, wanted), tagger_class_name(m->tagger, i)) == 0;
    lua_pushboolean(L, found);
    return 1;
}

static int model_group(lua_State *L)
{
    TaggerModel *m = check_model(L);
    size_t size;
    const char *word = luaL_checklstring(L, 2, &size);
    lua_pushstring(L, tagger_group_find(m->tagger, word, size));
    return 1;
}

/* model:lean(kind, by): spans of the kind are begun more willingly, by so much log-odds */
static int model_lean(lua_State *L)
{
    TaggerModel *m = check_model(L);
    Error error = { 0 };
    const char *kind = luaL_checkstring(L, 2);
    if (!tagger_lean(m->tagger, kind, (float)luaL_checknumber(L, 3), &error)) return tagger_model_raise(L, &error);
    tagger_document_free(m->document); /* it holds the old ones */
    m->document = NULL;
    return 0;
}

static int model_labels(lua_State *L)
{
    TaggerModel *m = check_model(L);
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

/* tagger.capitals(text) -> firsts, words, befores: before is the word that a run follows, or false */
static int tagger_lua_capitals(lua_State *L)
{
    size_t size, start, end, before, before_end, at = 0;
    const char *text = luaL_checklstring(L, 1, &size);
    int count = 0;
    while (tagger_next_capital(text, size, &at, &start, &end, &before, &before_end)) count++;
    lua_settop(L, 1);
    for (int i = 0; i < 3; i++) lua_createtable(L, count, 0);
    at = 0;
    for (lua_Integer n = 1; tagger_next_capital(text, size, &at, &start, &end, &before, &before_end); n++) {
        lua_pushinteger(L, (lua_Integer)start + 1);
        lua_rawseti(L, 2, n);
        lua_pushlstring(L, text + start, end - start);
        lua_rawseti(L, 3, n);
        if (before < before_end) lua_pushlstring(L, text + before, before_end - before);
        else lua_pushboolean(L, 0);
        lua_rawseti(L, 4, n);
    }
    return 3;
}

int luaopen_annalist_tagger(lua_State *L);
int luaopen_annalist_tagger(lua_State *L)
{
    static const luaL_Reg methods[] = {
        { "tag", model_tag }, { "spans", model_spans }, { "save", model_save }, { "classes", model_classes }, { "is", model_is }, { "group", model_group },
        { "lean", model_lean }, { "labels", model_labels }, { "templates", model_templates }, { NULL, NULL },
    };
    static const luaL_Reg functions[] = {
        { "train", tagger_lua_train }, { "load", tagger_lua_load }, { "tokens", tagger_lua_tokens },
        { "capitals", tagger_lua_capitals }, { NULL, NULL },
    };
    luaL_newmetatable(L, TAGGER_MODEL);
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
