/* See values.h. */
#include "bind/values.h"

#include <lauxlib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { NIL, FALSE, TRUE, INTEGER, FLOAT, STRING, TABLE, DEEPEST = 30 };

void bytes_add(Bytes *to, const void *bytes, size_t length)
{
    if (to->length + length > to->room) {
        size_t room = 2 * (to->length + length) + 64;
        char *more = to->failed ? NULL : realloc(to->bytes, room);
        if (!more) {
            to->failed = true;
            return;
        }
        to->bytes = more;
        to->room = room;
    }
    if (length)
        memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

static void add_kind(Bytes *to, char kind)
{
    bytes_add(to, &kind, 1);
}

static void write_value(lua_State *L, int index, Bytes *to, int depth)
{
    switch (lua_type(L, index)) {
    case LUA_TBOOLEAN:
        add_kind(to, lua_toboolean(L, index) ? TRUE : FALSE);
        return;
    case LUA_TFUNCTION:
        add_kind(to, TRUE);
        return;
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            int64_t value = lua_tointeger(L, index);
            add_kind(to, INTEGER);
            bytes_add(to, &value, sizeof value);
        } else {
            double value = lua_tonumber(L, index);
            add_kind(to, FLOAT);
            bytes_add(to, &value, sizeof value);
        }
        return;
    case LUA_TSTRING: {
        size_t length;
        const char *text = lua_tolstring(L, index, &length);
        uint64_t head = length;
        add_kind(to, STRING);
        bytes_add(to, &head, sizeof head);
        bytes_add(to, text, length);
        return;
    }
    case LUA_TTABLE:
        if (depth < DEEPEST && lua_checkstack(L, 4)) {
            uint64_t count = 0;
            add_kind(to, TABLE);
            size_t at = to->length;
            bytes_add(to, &count, sizeof count);
            lua_pushnil(L);
            while (lua_next(L, index)) {
                int top = lua_gettop(L);
                write_value(L, top - 1, to, depth + 1);
                write_value(L, top, to, depth + 1);
                count++;
                lua_pop(L, 1);
            }
            if (!to->failed)
                memcpy(to->bytes + at, &count, sizeof count);
            return;
        }
        add_kind(to, NIL);
        return;
    default:
        add_kind(to, NIL);
    }
}

void values_write(lua_State *L, int index, Bytes *to)
{
    write_value(L, lua_absindex(L, index), to, 0);
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
