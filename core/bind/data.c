/* annalist.data: knowledge files under data/ (in a plugin's state also under its own folder's data/), read-only; and
 * annalist.memo, a cache that survives from article to article because it can only hold what a pure function returns. */
#include "bind/modules.h"
#include "host/state.h"

#include <lauxlib.h>
#include <string.h>

static int data_read(lua_State *L)
{
    return state_push_data(L, luaL_checkstring(L, 1));
}

/* Calls `take` for each line that is neither empty nor a comment; the line has neither line feed nor carriage return. */
static void each_line(lua_State *L, const char *bytes, size_t length, void (*take)(lua_State *L, const char *line, size_t length, lua_Integer number))
{
    const char *end = bytes + length;
    lua_Integer number = 0;
    for (const char *line = bytes; line < end;) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        const char *stop = feed ? feed : end;
        size_t n = (size_t)(stop - line);
        if (n && line[n - 1] == '\r')
            n--;
        if (n && line[0] != '#')
            take(L, line, n, ++number);
        line = stop + 1;
    }
}

static void take_line(lua_State *L, const char *line, size_t length, lua_Integer number)
{
    lua_pushlstring(L, line, length);
    lua_rawseti(L, -2, number);
}

static void take_record(lua_State *L, const char *line, size_t length, lua_Integer number)
{
    lua_newtable(L);
    const char *end = line + length;
    for (lua_Integer i = 1;; i++) {
        const char *tab = memchr(line, '\t', (size_t)(end - line));
        const char *stop = tab ? tab : end;
        lua_pushlstring(L, line, (size_t)(stop - line));
        lua_rawseti(L, -2, i);
        if (!tab)
            break;
        line = tab + 1;
    }
    lua_rawseti(L, -2, number);
}

static int data_each(lua_State *L, void (*take)(lua_State *L, const char *line, size_t length, lua_Integer number))
{
    size_t length;
    state_push_data(L, luaL_checkstring(L, 1));
    const char *bytes = lua_tolstring(L, -1, &length);
    lua_newtable(L);
    each_line(L, bytes, length, take);
    return 1;
}

/* lines(NAME): the lines that are neither empty nor begin with #. */
static int data_lines(lua_State *L) { return data_each(L, take_line); }

/* table(NAME): the same lines, each as a list of its tab-separated fields. */
static int data_table(lua_State *L) { return data_each(L, take_record); }

/* --- fixed tables ------------------------------------------------------------------------------------
 * Between articles every table of a plugin is looked through, entry by entry, for what an article changed (host/state_reset.c). A table
 * that nobody can change needs no such look, which is what a large list costs otherwise. */

#define FIXED "annalist.fixed"
enum { FIXED_TABLE = 2 }; /* user value; the first one is what state_reset.c looks into */

static int fixed_index(lua_State *L)
{
    lua_getiuservalue(L, 1, FIXED_TABLE);
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    return 1;
}

static int fixed_set(lua_State *L) { return luaL_error(L, "a fixed table can't be changed"); }

/* fixed(TABLE): its copy for looking up only; keys and values are strings, numbers or booleans. */
static int data_fixed(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_newuserdatauv(L, 0, FIXED_TABLE);
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        for (int i = -2; i < 0; i++)
            if (lua_type(L, i) != LUA_TSTRING && lua_type(L, i) != LUA_TNUMBER && lua_type(L, i) != LUA_TBOOLEAN)
                return luaL_error(L, "fixed: a %s in the table could be changed; strings, numbers and booleans can't", luaL_typename(L, i));
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, 3);
    }
    lua_setiuservalue(L, 2, FIXED_TABLE);
    if (luaL_newmetatable(L, FIXED)) {
        lua_pushcfunction(L, fixed_index);
        lua_setfield(L, -2, "__index");
        lua_pushcfunction(L, fixed_set);
        lua_setfield(L, -2, "__newindex");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
    }
    lua_setmetatable(L, 2);
    return 1;
}

int luaopen_annalist_data(lua_State *L)
{
    static const luaL_Reg functions[] = { { "read", data_read }, { "lines", data_lines }, { "table", data_table }, { "fixed", data_fixed }, { NULL, NULL } };
    luaL_newlib(L, functions);
    return 1;
}

/* --- memo -------------------------------------------------------------------------------------------- */

enum { MOST_KEPT = 100000 };

/* Upvalues: the function, the cache, how many it holds. One argument (a string or number), one result that is not a table. */
static int memo_call(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    if (lua_type(L, 1) != LUA_TSTRING && lua_type(L, 1) != LUA_TNUMBER)
        return luaL_argerror(L, 1, "a memo's argument is a string or a number");
    lua_pushvalue(L, 1);
    if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) {
        if (lua_touserdata(L, -1) == (void *)(size_t)&memo_call)
            lua_pushnil(L);
        return 1;
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    if (lua_istable(L, -1) || lua_isfunction(L, -1))
        return luaL_error(L, "memo: the function returns a %s, which its next caller could change; return a string, number or boolean", luaL_typename(L, -1));
    lua_Integer kept = lua_tointeger(L, lua_upvalueindex(3));
    if (kept >= MOST_KEPT) {
        lua_newtable(L);
        lua_replace(L, lua_upvalueindex(2));
        kept = 0;
    }
    lua_pushvalue(L, 1);
    if (lua_isnil(L, -2))
        lua_pushlightuserdata(L, (void *)(size_t)&memo_call);
    else
        lua_pushvalue(L, -2);
    lua_rawset(L, lua_upvalueindex(2));
    lua_pushinteger(L, kept + 1);
    lua_replace(L, lua_upvalueindex(3));
    return 1;
}

static int memo_new(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 1);
    lua_newtable(L);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, memo_call, 3);
    return 1;
}


int luaopen_annalist_memo(lua_State *L)
{
    lua_pushcfunction(L, memo_new);
    return 1;
}
