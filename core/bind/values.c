/* See values.h. */
#include "bind/values.h"

#include <lauxlib.h>
#include <stdint.h>
#include <string.h>

enum { NIL, FALSE, TRUE, INTEGER, FLOAT, STRING, TABLE, DEEPEST = 30 };

static bool add(Octets *to, char kind, const void *bytes, size_t length)
{
    return octets_add_byte(to, kind) && octets_add(to, bytes, length);
}

static bool write_value(lua_State *L, int index, Octets *to, int depth);

static bool write_table(lua_State *L, int index, Octets *to, int depth)
{
    uint64_t count = 0;
    if (!add(to, TABLE, &count, sizeof count))
        return false;
    size_t at = to->length - sizeof count;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        int top = lua_gettop(L);
        if (!write_value(L, top - 1, to, depth + 1) || !write_value(L, top, to, depth + 1))
            return false;
        count++;
        lua_pop(L, 1);
    }
    memcpy(to->data + at, &count, sizeof count);
    return true;
}

static bool write_value(lua_State *L, int index, Octets *to, int depth)
{
    switch (lua_type(L, index)) {
    case LUA_TBOOLEAN:
        return octets_add_byte(to, lua_toboolean(L, index) ? TRUE : FALSE);
    case LUA_TFUNCTION:
        return octets_add_byte(to, TRUE);
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            int64_t value = lua_tointeger(L, index);
            return add(to, INTEGER, &value, sizeof value);
        } else {
            double value = lua_tonumber(L, index);
            return add(to, FLOAT, &value, sizeof value);
        }
    case LUA_TSTRING: {
        size_t length;
        const char *text = lua_tolstring(L, index, &length);
        uint64_t head = length;
        return add(to, STRING, &head, sizeof head) && octets_add(to, text, length);
    }
    case LUA_TTABLE:
        if (depth < DEEPEST && lua_checkstack(L, 4))
            return write_table(L, index, to, depth);
        return octets_add_byte(to, NIL);
    default:
        return octets_add_byte(to, NIL);
    }
}

bool values_write(lua_State *L, int index, Octets *to)
{
    int top = lua_gettop(L);
    bool written = write_value(L, lua_absindex(L, index), to, 0);
    lua_settop(L, top);
    return written;
}

static bool read_table(lua_State *L, const char **at, const char *end)
{
    uint64_t count;
    if ((size_t)(end - *at) < sizeof count || !lua_checkstack(L, 4))
        return false;
    memcpy(&count, *at, sizeof count);
    *at += sizeof count;
    lua_newtable(L);
    for (uint64_t i = 0; i < count; i++) {
        if (!values_read(L, at, end)) {
            lua_pop(L, 1);
            return false;
        }
        if (!values_read(L, at, end)) {
            lua_pop(L, 2);
            return false;
        }
        if (lua_isnil(L, -2))
            lua_pop(L, 2);
        else
            lua_rawset(L, -3);
    }
    return true;
}

bool values_read(lua_State *L, const char **at, const char *end)
{
    if (*at >= end)
        return false;
    char kind = *(*at)++;
    size_t left = (size_t)(end - *at);
    switch (kind) {
    case NIL:
        lua_pushnil(L);
        return true;
    case FALSE:
    case TRUE:
        lua_pushboolean(L, kind == TRUE);
        return true;
    case INTEGER: {
        int64_t value;
        if (left < sizeof value)
            return false;
        memcpy(&value, *at, sizeof value);
        *at += sizeof value;
        lua_pushinteger(L, value);
        return true;
    }
    case FLOAT: {
        double value;
        if (left < sizeof value)
            return false;
        memcpy(&value, *at, sizeof value);
        *at += sizeof value;
        lua_pushnumber(L, value);
        return true;
    }
    case STRING: {
        uint64_t length;
        if (left < sizeof length)
            return false;
        memcpy(&length, *at, sizeof length);
        if (left - sizeof length < length)
            return false;
        lua_pushlstring(L, *at + sizeof length, length);
        *at += sizeof length + length;
        return true;
    }
    case TABLE:
        return read_table(L, at, end);
    default:
        return false;
    }
}
