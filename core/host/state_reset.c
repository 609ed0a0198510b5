/* No article may see another: what one left in a plugin's variables is put back before the next, or rows would depend on the order in
 * which articles were read, and on how many workers shared them (CONTRACT section 3, promise 1). Remembered are the upvalues of every
 * Lua function and the contents of every table that can be reached from the plugin. What can't be put back (more than MOST entries, a
 * coroutine or an iterator that was begun by prepare) disturbs the state: its worker serves no other article. See state.h. */
#include "host/state.h"

#include <lauxlib.h>

enum { MOST = 20000, DEEPEST = 100 };

static const char upvalues_key; /* registry: list of function, index, value */
static const char tables_key;   /* registry: list of table, copy, how many entries */
static const char stack_key;    /* registry: LPeg's limit of its stack, which a plugin may set */

typedef struct Walk {
    int seen, upvalues, tables; /* stack positions of these tables */
    lua_Integer upvalue_count, table_count, entries;
    bool incomplete;
} Walk;

static void walk(lua_State *L, Walk *walk, int index, int depth);

/* C functions keep what they keep (a memo its cache), but the functions that they call are the plugin's. */
static void walk_c_function(lua_State *L, Walk *w, int index, int depth)
{
    for (int i = 1; lua_getupvalue(L, index, i); i++) {
        if (lua_isfunction(L, -1))
            walk(L, w, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
}

static void walk_function(lua_State *L, Walk *w, int index, int depth)
{
    for (int i = 1; lua_getupvalue(L, index, i); i++) {
        int value = lua_gettop(L);
        void *id = lua_upvalueid(L, index, i);
        lua_rawgetp(L, w->seen, id);
        bool known = lua_toboolean(L, -1);
        lua_pop(L, 1);
        if (!known) {
            lua_pushboolean(L, 1);
            lua_rawsetp(L, w->seen, id);
            lua_pushvalue(L, index);
            lua_rawseti(L, w->upvalues, ++w->upvalue_count);
            lua_pushinteger(L, i);
            lua_rawseti(L, w->upvalues, ++w->upvalue_count);
            if (lua_isnil(L, value))
                lua_pushlightuserdata(L, (void *)(size_t)&upvalues_key); /* stands for nil in a list */
            else
                lua_pushvalue(L, value);
            lua_rawseti(L, w->upvalues, ++w->upvalue_count);
            walk(L, w, value, depth + 1);
        }
        lua_settop(L, value - 1);
    }
}

static void walk_table(lua_State *L, Walk *w, int index, int depth)
{
    lua_newtable(L);
    int copy = lua_gettop(L);
    lua_Integer entries = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        entries++;
        if (++w->entries > MOST) {
            w->incomplete = true;
            lua_settop(L, copy - 1);
            return;
        }
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, copy);
    }
    lua_pushvalue(L, index);
    lua_rawseti(L, w->tables, ++w->table_count);
    lua_pushvalue(L, copy);
    lua_rawseti(L, w->tables, ++w->table_count);
    lua_pushinteger(L, entries);
    lua_rawseti(L, w->tables, ++w->table_count);
    lua_pushnil(L);
    while (lua_next(L, copy)) {
        walk(L, w, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
        walk(L, w, lua_gettop(L), depth + 1);
    }
    lua_settop(L, copy - 1);
    if (lua_getmetatable(L, index)) {
        walk(L, w, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
}

/* A pattern of LPeg holds the functions and tables of its captures in a list of its own, which no plugin can reach or change: what it holds
 * is looked at, the list needs no look ever after (a grammar's has thousands of entries). */
static void walk_pattern(lua_State *L, Walk *w, int index, int depth)
{
    if (lua_getiuservalue(L, index, 1) == LUA_TTABLE) {
        int list = lua_gettop(L);
        lua_Integer count = (lua_Integer)lua_rawlen(L, list);
        for (lua_Integer i = 1; i <= count && !w->incomplete; i++) {
            lua_rawgeti(L, list, i);
            walk(L, w, lua_gettop(L), depth + 1);
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
}

static void walk(lua_State *L, Walk *w, int index, int depth)
{
    int kind = lua_type(L, index);
    if ((kind != LUA_TTABLE && kind != LUA_TFUNCTION && kind != LUA_TUSERDATA) || w->incomplete)
        return;
    if (depth > DEEPEST) {
        w->incomplete = true;
        return;
    }
    luaL_checkstack(L, 20, "a plugin's variables are nested too deep");
    lua_pushvalue(L, index);
    lua_rawget(L, w->seen);
    bool known = lua_toboolean(L, -1);
    lua_pop(L, 1);
    if (known)
        return;
    lua_pushvalue(L, index);
    lua_pushboolean(L, 1);
    lua_rawset(L, w->seen);
    if (kind == LUA_TTABLE) {
        walk_table(L, w, index, depth);
    } else if (kind == LUA_TUSERDATA) {
        walk_pattern(L, w, index, depth);
    } else if (lua_iscfunction(L, index)) {
        walk_c_function(L, w, index, depth);
    } else {
        walk_function(L, w, index, depth);
    }
}

void state_remember(State *state, int index)
{
    lua_State *L = state_lua(state);
    index = lua_absindex(L, index);
    Walk w = { 0 };
    luaL_checkstack(L, 20, "no room");
    lua_newtable(L);
    w.seen = lua_gettop(L);
    lua_newtable(L);
    w.upvalues = lua_gettop(L);
    lua_newtable(L);
    w.tables = lua_gettop(L);
    /* The globals are read-only; nothing of theirs needs a look. */
    lua_pushglobaltable(L);
    lua_pushboolean(L, 1);
    lua_rawset(L, w.seen);
    walk(L, &w, index, 0);
    state_push_loaded(L);
    walk(L, &w, lua_gettop(L), 0);
    lua_pop(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &tables_key);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &upvalues_key);
    lua_pop(L, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, "lpeg-maxstack");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &stack_key);
    state_set_prepared(state);
    if (w.incomplete)
        state_disturb(state);
}

/* Puts `table` back to its `copy` of `entries` entries. */
static void reset_table(lua_State *L, int table, int copy, lua_Integer entries)
{
    lua_Integer same = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) { /* what is there now and was not, or was other */
        lua_pushvalue(L, -2);
        lua_rawget(L, copy);
        if (lua_rawequal(L, -1, -2)) {
            same++;
            lua_pop(L, 2);
        } else {
            lua_pushvalue(L, -3);
            lua_insert(L, -2);
            lua_rawset(L, table); /* assigning to a field that exists is allowed on the way */
            lua_pop(L, 1);
        }
    }
    if (same == entries)
        return;
    lua_pushnil(L);
    while (lua_next(L, copy)) { /* what was there and is not */
        lua_pushvalue(L, -2);
        if (lua_rawget(L, table) == LUA_TNIL) {
            lua_pop(L, 1);
            lua_pushvalue(L, -2);
            lua_insert(L, -2);
            lua_rawset(L, table);
        } else {
            lua_pop(L, 2);
        }
    }
}

static void reset_upvalues(lua_State *L, int list)
{
    int top = lua_gettop(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, list);
    for (lua_Integer i = 1; i + 2 <= count; i += 3, lua_settop(L, top)) {
        lua_rawgeti(L, list, i);
        lua_rawgeti(L, list, i + 1);
        int which = (int)lua_tointeger(L, -1);
        lua_pop(L, 1);
        lua_rawgeti(L, list, i + 2);
        if (lua_touserdata(L, -1) == &upvalues_key) {
            lua_pop(L, 1);
            lua_pushnil(L);
        }
        lua_getupvalue(L, top + 1, which);
        bool same = lua_rawequal(L, -1, -2);
        lua_pop(L, 1);
        if (!same)
            lua_setupvalue(L, top + 1, which);
    }
}

static int reset(lua_State *L)
{
    lua_settop(L, 0);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &upvalues_key);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &tables_key);
    if (!lua_istable(L, 1))
        return 0;
    reset_upvalues(L, 1);
    lua_Integer count = (lua_Integer)lua_rawlen(L, 2);
    for (lua_Integer i = 1; i + 2 <= count; i += 3, lua_settop(L, 2)) {
        lua_rawgeti(L, 2, i);
        lua_rawgeti(L, 2, i + 1);
        lua_rawgeti(L, 2, i + 2);
        reset_table(L, 3, 4, lua_tointeger(L, 5));
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &stack_key);
    lua_setfield(L, LUA_REGISTRYINDEX, "lpeg-maxstack");
    state_forget_next(L);
    return 0;
}

void state_reset(State *state)
{
    lua_State *L = state_lua(state);
    lua_settop(L, 0);
    lua_pushcfunction(L, reset);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
        lua_settop(L, 0);
        state_disturb(state);
    }
}
