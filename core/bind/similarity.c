/* annalist.similarity: the Lua face of text/distance and text/sets. Scratch memory as in bind/text.c. */
#include "bind/modules.h"
#include "text/distance.h"
#include "text/sets.h"
#include "text/utf8.h"

#include <lauxlib.h>
#include <stdlib.h>

int luaopen_annalist_similarity(lua_State *L);

static int out_of_memory(lua_State *L)
{
    return luaL_error(L, "out of memory");
}

static Characters check_characters(lua_State *L, int index)
{
    size_t length;
    Characters out = { NULL, 0 };
    const char *s = luaL_checklstring(L, index, &length);
    if (!distance_characters(s, length, index - 1, &out)) out_of_memory(L);
    return out;
}

static int push_count(lua_State *L, long n)
{
    if (n < 0) return out_of_memory(L);
    lua_pushinteger(L, n);
    return 1;
}

static int push_likeness(lua_State *L, double likeness)
{
    if (likeness < 0) return out_of_memory(L);
    lua_pushnumber(L, likeness);
    return 1;
}

static int similarity_levenshtein(lua_State *L)
{
    Characters a = check_characters(L, 1), b = check_characters(L, 2);
    lua_Integer limit = luaL_optinteger(L, 3, -1);
    return push_count(L, distance_levenshtein(a, b, limit < 0 || limit > 1 << 30 ? -1 : (long)limit));
}

static int similarity_damerau(lua_State *L)
{
    Characters a = check_characters(L, 1), b = check_characters(L, 2);
    return push_count(L, distance_damerau(a, b));
}

static int similarity_lcs(lua_State *L)
{
    Characters a = check_characters(L, 1), b = check_characters(L, 2);
    return push_count(L, distance_lcs(a, b));
}

static int similarity_ratio(lua_State *L)
{
    Characters a = check_characters(L, 1), b = check_characters(L, 2);
    return push_likeness(L, distance_ratio(a, b));
}

static int similarity_jaro(lua_State *L)
{
    Characters a = check_characters(L, 1), b = check_characters(L, 2);
    return push_likeness(L, distance_jaro(a, b));
}

static int similarity_jaro_winkler(lua_State *L)
{
    Characters a = check_characters(L, 1), b = check_characters(L, 2);
    return push_likeness(L, distance_jaro_winkler(a, b));
}

static int similarity_dice(lua_State *L)
{
    Characters a = check_characters(L, 1), b = check_characters(L, 2);
    lua_Integer n = luaL_optinteger(L, 3, 2);
    luaL_argcheck(L, n >= 1 && n <= 100, 3, "n-grams have 1 to 100 characters");
    return push_likeness(L, distance_dice(a, b, (size_t)n));
}

static int similarity_token_sort(lua_State *L)
{
    size_t a_length, b_length;
    const char *a = luaL_checklstring(L, 1, &a_length), *b = luaL_checklstring(L, 2, &b_length);
    return push_likeness(L, distance_token_sort(a, a_length, b, b_length));
}

static int similarity_monge_elkan(lua_State *L)
{
    size_t a_length, b_length;
    const char *a = luaL_checklstring(L, 1, &a_length), *b = luaL_checklstring(L, 2, &b_length);
    return push_likeness(L, distance_monge_elkan(a, a_length, b, b_length));
}

static void set_character(lua_State *L, const char *name, uint32_t character)
{
    char bytes[4];
    lua_pushlstring(L, bytes, utf8_encode(character, bytes));
    lua_setfield(L, -2, name);
}

static int similarity_alignment(lua_State *L)
{
    static const char *const names[] = { "match", "substitute", "delete", "insert" };
    static Edit *edits; /* this function's own between calls: an error from Lua must not lose it */
    Characters a = check_characters(L, 1), b = check_characters(L, 2);
    free(edits);
    edits = NULL;
    long n = distance_alignment(a, b, &edits);
    if (n < 0) return luaL_error(L, "texts of %I and %I characters are too long to align", (lua_Integer)a.count, (lua_Integer)b.count);
    lua_createtable(L, (int)n, 0);
    for (long i = 0; i < n; i++) {
        lua_createtable(L, 0, 3);
        lua_pushstring(L, names[edits[i].kind]);
        lua_setfield(L, -2, "op");
        if (edits[i].kind != EDIT_INSERT) set_character(L, "a_char", edits[i].a);
        if (edits[i].kind != EDIT_DELETE) set_character(L, "b_char", edits[i].b);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

/* --- sets -------------------------------------------------------------------------------------- */

static Hashes hashes[2], made;
static Runs runs;

static int push_hashes(lua_State *L)
{
    lua_createtable(L, (int)made.count, 0);
    for (size_t i = 0; i < made.count; i++) {
        lua_pushinteger(L, (lua_Integer)made.items[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* Reads an array of integers, or of strings by their hashes. */
static void check_hashes(lua_State *L, int index, Hashes *out)
{
    luaL_checktype(L, index, LUA_TTABLE);
    hashes_reset(out);
    lua_Integer n = (lua_Integer)lua_rawlen(L, index);
    for (lua_Integer i = 1; i <= n; i++) {
        uint64_t hash;
        if (lua_rawgeti(L, index, i) == LUA_TSTRING) {
            size_t length;
            const char *s = lua_tolstring(L, -1, &length);
            hash = sets_hash(s, length, 1);
        } else {
            int is_integer;
            hash = (uint64_t)lua_tointegerx(L, -1, &is_integer);
            if (!is_integer) luaL_argerror(L, index, "array of integers or strings expected");
        }
        lua_pop(L, 1);
        if (!hashes_add(out, hash)) out_of_memory(L);
    }
}

static int similarity_shingles(lua_State *L)
{
    size_t length;
    const char *s = luaL_checklstring(L, 1, &length);
    lua_Integer n = luaL_checkinteger(L, 2);
    luaL_argcheck(L, n >= 1 && n <= 1000, 2, "shingles have 1 to 1000 words");
    luaL_argcheck(L, length < 1 << 29, 1, "text of more than 512 MB");
    hashes_reset(&made);
    if (!sets_shingles(s, length, (size_t)n, &made)) return out_of_memory(L);
    return push_hashes(L);
}

static int similarity_minhash(lua_State *L)
{
    lua_Integer k = luaL_checkinteger(L, 2), seed = luaL_optinteger(L, 3, 0);
    luaL_argcheck(L, k >= 1 && k <= 4096, 2, "signatures have 1 to 4096 values");
    check_hashes(L, 1, &hashes[0]);
    hashes_reset(&made);
    if (!sets_minhash(hashes[0].items, hashes[0].count, (size_t)k, (uint64_t)seed, &made)) return out_of_memory(L);
    return push_hashes(L);
}

static int similarity_jaccard(lua_State *L)
{
    check_hashes(L, 1, &hashes[0]);
    check_hashes(L, 2, &hashes[1]);
    return push_likeness(L, sets_jaccard((const int64_t *)hashes[0].items, hashes[0].count, (const int64_t *)hashes[1].items, hashes[1].count));
}

static int similarity_common_runs(lua_State *L)
{
    lua_Integer minimum = luaL_checkinteger(L, 3);
    luaL_argcheck(L, minimum >= 1, 3, "runs have at least one word");
    check_hashes(L, 1, &hashes[0]);
    check_hashes(L, 2, &hashes[1]);
    runs_reset(&runs);
    if (!sets_common_runs(hashes[0].items, hashes[0].count, hashes[1].items, hashes[1].count, (size_t)minimum, &runs)) return out_of_memory(L);
    lua_createtable(L, (int)runs.count, 0);
    for (size_t i = 0; i < runs.count; i++) {
        lua_createtable(L, 0, 3);
        lua_pushinteger(L, (lua_Integer)runs.items[i].a + 1);
        lua_setfield(L, -2, "a");
        lua_pushinteger(L, (lua_Integer)runs.items[i].b + 1);
        lua_setfield(L, -2, "b");
        lua_pushinteger(L, (lua_Integer)runs.items[i].length);
        lua_setfield(L, -2, "length");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

int luaopen_annalist_similarity(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "levenshtein", similarity_levenshtein }, { "damerau", similarity_damerau }, { "ratio", similarity_ratio }, { "jaro", similarity_jaro },
        { "jaro_winkler", similarity_jaro_winkler }, { "dice", similarity_dice }, { "token_sort", similarity_token_sort },
        { "monge_elkan", similarity_monge_elkan }, { "lcs", similarity_lcs }, { "alignment", similarity_alignment },
        { "shingles", similarity_shingles }, { "minhash", similarity_minhash }, { "jaccard", similarity_jaccard },
        { "common_runs", similarity_common_runs }, { NULL, NULL },
    };
    luaL_newlib(L, functions);
    return 1;
}
