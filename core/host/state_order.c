/* One order for everything that a plugin can iterate over or sort: pairs and next go by sorted keys, and table.sort is stable. Lua's own go by
 * hashes that are seeded anew in every process, and by a clock for pivots (CONTRACT section 3, promise 1). See state.h. */
#include "host/state.h"

#include <lauxlib.h>
#include <stdint.h>
#include <string.h>

static const char next_key; /* registry: the sandbox's next */

static int rank(int kind)
{
    return kind == LUA_TNUMBER ? 0 : kind == LUA_TSTRING ? 1 : kind == LUA_TBOOLEAN ? 2 : 3;
}

/* Is the key at a before the key at b? Numbers, then strings by bytes, then booleans; others keep the order they have. */
static bool key_before(lua_State *L, int a, int b)
{
    int kind_a = lua_type(L, a), kind_b = lua_type(L, b);
    if (rank(kind_a) != rank(kind_b))
        return rank(kind_a) < rank(kind_b);
    switch (kind_a) {
    case LUA_TNUMBER:
        return lua_compare(L, a, b, LUA_OPLT);
    case LUA_TSTRING: {
        size_t na, nb;
        const char *sa = lua_tolstring(L, a, &na), *sb = lua_tolstring(L, b, &nb);
        int order = memcmp(sa, sb, na < nb ? na : nb);
        return order ? order < 0 : na < nb;
    }
    case LUA_TBOOLEAN:
        return !lua_toboolean(L, a) && lua_toboolean(L, b);
    default:
        return false;
    }
}

/* Is the value at a before the one at b: by the function at index 2 if there is one, else by <, as table.sort has it. */
static bool value_before(lua_State *L, int a, int b)
{
    if (lua_isnoneornil(L, 2))
        return lua_compare(L, a, b, LUA_OPLT);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, a < 0 ? a - 1 : a);
    lua_pushvalue(L, b < 0 ? b - 2 : b);
    lua_call(L, 2, 1);
    bool before = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return before;
}

typedef bool (*Before)(lua_State *L, int a, int b);

/* Merges [low, middle) and [middle, high) of the list at `list` through the list at `spare`. */
static void merge(lua_State *L, int list, int spare, lua_Integer low, lua_Integer middle, lua_Integer high, Before before)
{
    lua_rawgeti(L, list, middle - 1);
    lua_rawgeti(L, list, middle);
    bool apart = !before(L, -1, -2);
    lua_pop(L, 2);
    if (apart) /* in order already, as most real lists are */
        return;
    for (lua_Integer i = low; i < middle; i++) {
        lua_rawgeti(L, list, i);
        lua_rawseti(L, spare, i);
    }
    lua_Integer left = low, right = middle, to = low;
    while (left < middle && right < high) {
        lua_rawgeti(L, spare, left);
        lua_rawgeti(L, list, right);
        if (before(L, -1, -2)) {
            lua_rawseti(L, list, to++);
            lua_pop(L, 1);
            right++;
        } else {
            lua_pop(L, 1);
            lua_rawseti(L, list, to++);
            left++;
        }
    }
    for (; left < middle; left++) {
        lua_rawgeti(L, spare, left);
        lua_rawseti(L, list, to++);
    }
}

/* Stable merge sort, bottom up; Lua's own sort takes a clock for pivots and leaves equal elements in any order. */
static void sort_list(lua_State *L, int list, lua_Integer count, Before before)
{
    lua_createtable(L, count < 1 << 20 ? (int)count : 0, 0);
    int spare = lua_gettop(L);
    luaL_checkstack(L, 8, "too deep to sort");
    /* Runs of 8 by insertion first. */
    for (lua_Integer start = 1; start <= count; start += 8) {
        lua_Integer end = start + 8 <= count + 1 ? start + 8 : count + 1;
        for (lua_Integer i = start + 1; i < end; i++) {
            lua_rawgeti(L, list, i);
            lua_Integer j = i - 1;
            for (; j >= start; j--) {
                lua_rawgeti(L, list, j);
                if (!before(L, -2, -1)) {
                    lua_pop(L, 1);
                    break;
                }
                lua_rawseti(L, list, j + 1);
            }
            lua_rawseti(L, list, j + 1);
        }
    }
    for (lua_Integer width = 8; width < count; width *= 2)
        for (lua_Integer low = 1; low + width <= count; low += 2 * width) {
            lua_Integer high = low + 2 * width <= count + 1 ? low + 2 * width : count + 1;
            merge(L, list, spare, low, low + width, high, before);
        }
    lua_pop(L, 1);
}

int state_sort(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_Integer count = luaL_len(L, 1);
    luaL_argcheck(L, count < INT32_MAX, 1, "list too big to sort");
    sort_list(L, 1, count, value_before);
    return 0;
}

/* Pushes the sorted list of the keys of the table at `index`, and returns how many there are. */
static lua_Integer push_keys(lua_State *L, int index)
{
    lua_Integer count = 0, integers = (lua_Integer)lua_rawlen(L, index);
    lua_createtable(L, (int)integers, 0);
    lua_pushnil(L);
    bool sorted = true;
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++count);
        if (sorted && !(lua_isinteger(L, -1) && lua_tointeger(L, -1) == count))
            sorted = false;
    }
    if (!sorted)
        sort_list(L, lua_gettop(L), count, key_before);
    return count;
}

/* for k, v in pairs(t): upvalues are the table, its keys, and the position. */
static int pairs_step(lua_State *L)
{
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(3));
    for (;;) {
        position++;
        if (lua_rawgeti(L, lua_upvalueindex(2), position) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, -1);
        lua_rawget(L, lua_upvalueindex(1));
        if (!lua_isnil(L, -1)) /* else it was cleared on the way */
            break;
        lua_pop(L, 2);
    }
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

int state_pairs(lua_State *L)
{
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    push_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, pairs_step, 3);
    state_mark_iterator(L);
    lua_pushnil(L);
    lua_pushnil(L);
    return 3;
}

/* next(t, k) in the order of pairs. The keys of the table last walked are kept (upvalues: that table, its keys, the position). */
static int base_next(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    bool again = lua_rawequal(L, 1, lua_upvalueindex(1));
    lua_Integer position = 0;
    if (!lua_isnil(L, 2) && again) {
        position = lua_tointeger(L, lua_upvalueindex(3));
        lua_rawgeti(L, lua_upvalueindex(2), position);
        if (!lua_rawequal(L, -1, 2)) {
            lua_Integer i = 1;
            for (; lua_rawgeti(L, lua_upvalueindex(2), i) != LUA_TNIL && !lua_rawequal(L, -1, 2); i++)
                lua_pop(L, 1);
            position = i;
        }
    } else {
        if (lua_isnil(L, 2)) { /* the common question: is it empty? */
            lua_pushnil(L);
            if (!lua_next(L, 1))
                return lua_pushnil(L), 1;
            lua_settop(L, 2);
        }
        lua_pushvalue(L, 1);
        lua_replace(L, lua_upvalueindex(1));
        push_keys(L, 1);
        lua_replace(L, lua_upvalueindex(2));
        if (!lua_isnil(L, 2))
            for (position = 1; lua_rawgeti(L, lua_upvalueindex(2), position) != LUA_TNIL && !lua_rawequal(L, -1, 2); position++)
                lua_pop(L, 1);
    }
    for (;;) {
        position++;
        if (lua_rawgeti(L, lua_upvalueindex(2), position) == LUA_TNIL) {
            for (int i = 1; i <= 2; i++) { /* done: hold on to nothing */
                lua_pushnil(L);
                lua_replace(L, lua_upvalueindex(i));
            }
            return lua_pushnil(L), 1;
        }
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL)
            break;
        lua_pop(L, 2);
    }
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

void state_push_next(lua_State *L)
{
    lua_pushnil(L);
    lua_pushnil(L);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, base_next, 3);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &next_key);
}

void state_forget_next(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &next_key);
    for (int i = 1; i <= 2; i++) {
        lua_pushnil(L);
        lua_setupvalue(L, -2, i);
    }
    lua_pop(L, 1);
}

/* An iterator of prepare's, used afterwards: upvalue 1 is the iterator. */
static int early_step(lua_State *L)
{
    State *state = state_of(L);
    if (state_is_prepared(state))
        state_disturb(state);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

void state_mark_iterator(lua_State *L)
{
    if (!state_is_prepared(state_of(L)))
        lua_pushcclosure(L, early_step, 1);
}
