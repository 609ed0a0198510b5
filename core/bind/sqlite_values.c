/* See sqlite_values.h. */
#include "bind/sqlite_values.h"

#include <lauxlib.h>

static const char null_key; /* registry key of sqlite.null */

static bool is_a(lua_State *L, int index, const char *name)
{
    if (!lua_getmetatable(L, index))
        return false;
    luaL_getmetatable(L, name);
    bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same;
}

/* --- Lua values to parameters -------------------------------------------------------------------------- */

/* Binds the value at `index` to parameter `at`. Strings are not copied (SQLITE_STATIC): the stack, or the table of named parameters on it, keeps
 * them while the statement runs; where it outlives the call (rows) `copy` is set. */
static int bind_value(lua_State *L, sqlite3_stmt *statement, int at, int index, bool copy)
{
    sqlite3_destructor_type keep = copy ? SQLITE_TRANSIENT : SQLITE_STATIC;
    size_t length;
    const char *text;
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        return sqlite3_bind_null(statement, at);
    case LUA_TBOOLEAN:
        return sqlite3_bind_int(statement, at, lua_toboolean(L, index));
    case LUA_TNUMBER:
        if (lua_isinteger(L, index))
            return sqlite3_bind_int64(statement, at, lua_tointeger(L, index));
        return sqlite3_bind_double(statement, at, lua_tonumber(L, index));
    case LUA_TSTRING:
        text = lua_tolstring(L, index, &length);
        return sqlite3_bind_text64(statement, at, text, length, keep, SQLITE_UTF8);
    default:
        if (is_a(L, index, SQLITE_VALUES_NULL))
            return sqlite3_bind_null(statement, at);
        if (is_a(L, index, SQLITE_VALUES_BLOB)) {
            lua_getiuservalue(L, index, 1); /* the blob keeps the string alive */
            text = lua_tolstring(L, -1, &length);
            int code = sqlite3_bind_blob64(statement, at, text, length, keep);
            lua_pop(L, 1);
            return code;
        }
        return SQLITE_MISMATCH;
    }
}

static bool bind_one(lua_State *L, Database *database, sqlite3_stmt *statement, int at, int index, bool copy, Error *error)
{
    int code = bind_value(L, statement, at, index, copy);
    if (code == SQLITE_OK)
        return true;
    if (code == SQLITE_MISMATCH)
        return error_set(error, "%s: parameter %d is a %s: only nil, booleans, numbers, strings and blobs can be stored", database_path(database), at,
                         luaL_typename(L, index));
    return database_fail(database, sqlite3_sql(statement), error);
}

/* Parameters stand from stack index `first` on: positional, or one table for :name, @name, $name. Doesn't raise. */
bool sqlite_bind(lua_State *L, Database *database, sqlite3_stmt *statement, int first, bool copy, Error *error)
{
    int given = lua_gettop(L) - first + 1, wanted = sqlite3_bind_parameter_count(statement);
    if (given == 1 && lua_type(L, first) == LUA_TTABLE) {
        for (int i = 1; i <= wanted; i++) {
            const char *name = sqlite3_bind_parameter_name(statement, i);
            if (!name || *name == '?')
                return error_set(error, "%s: a table of parameters is for :name parameters, but parameter %d has no name", database_path(database), i);
            lua_pushstring(L, name + 1); /* raises only without memory; the statement belongs to the cache */
            lua_rawget(L, first);
            bool bound = bind_one(L, database, statement, i, lua_gettop(L), true, error);
            lua_pop(L, 1);
            if (!bound)
                return false;
        }
        return true;
    }
    if (given != wanted)
        return error_set(error, "%s: %d parameter%s wanted, %d given (in: %.80s)", database_path(database), wanted, wanted == 1 ? "" : "s", given,
                         sqlite3_sql(statement));
    for (int i = 1; i <= wanted; i++)
        if (!bind_one(L, database, statement, i, first + i - 1, copy, error))
            return false;
    return true;
}

/* --- results to Lua values ----------------------------------------------------------------------------- */

void sqlite_push_column(lua_State *L, sqlite3_stmt *statement, int i)
{
    switch (sqlite3_column_type(statement, i)) {
    case SQLITE_INTEGER:
        lua_pushinteger(L, sqlite3_column_int64(statement, i));
        break;
    case SQLITE_FLOAT:
        lua_pushnumber(L, sqlite3_column_double(statement, i));
        break;
    case SQLITE_NULL:
        lua_pushnil(L);
        break;
    default: { /* text and blobs are both strings */
        const void *bytes = sqlite3_column_blob(statement, i);
        lua_pushlstring(L, bytes ? bytes : "", (size_t)sqlite3_column_bytes(statement, i));
    }
    }
}

void sqlite_push_names(lua_State *L, sqlite3_stmt *statement)
{
    int count = sqlite3_column_count(statement);
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        lua_pushstring(L, sqlite3_column_name(statement, i));
        lua_rawseti(L, -2, i + 1);
    }
}

/* Pushes the row under the statement as a table by name; the array of names is at the absolute index `names`. */
void sqlite_push_record(lua_State *L, sqlite3_stmt *statement, int names)
{
    int count = sqlite3_column_count(statement);
    lua_createtable(L, 0, count);
    for (int i = 0; i < count; i++) {
        lua_rawgeti(L, names, i + 1);
        sqlite_push_column(L, statement, i);
        lua_rawset(L, -3);
    }
}

void sqlite_push_array(lua_State *L, sqlite3_stmt *statement)
{
    int count = sqlite3_column_count(statement);
    lua_createtable(L, count, 1);
    for (int i = 0; i < count; i++) {
        if (sqlite3_column_type(statement, i) == SQLITE_NULL)
            lua_rawgetp(L, LUA_REGISTRYINDEX, &null_key);
        else
            sqlite_push_column(L, statement, i);
        lua_rawseti(L, -2, i + 1);
    }
    lua_pushinteger(L, count);
    lua_setfield(L, -2, "n");
}

int sqlite_blob(lua_State *L)
{
    luaL_checkstring(L, 1);
    lua_settop(L, 1);
    lua_newuserdatauv(L, 0, 1);
    lua_insert(L, 1);
    lua_setiuservalue(L, 1, 1);
    luaL_setmetatable(L, SQLITE_VALUES_BLOB);
    return 1;
}

static int null_text(lua_State *L)
{
    lua_pushliteral(L, "null");
    return 1;
}

void sqlite_push_null(lua_State *L)
{
    luaL_newmetatable(L, SQLITE_VALUES_BLOB);
    luaL_newmetatable(L, SQLITE_VALUES_NULL);
    lua_pushcfunction(L, null_text);
    lua_setfield(L, -2, "__tostring");
    lua_pop(L, 2);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &null_key) == LUA_TNIL) { /* the same value however often the module is opened */
        lua_pop(L, 1);
        lua_newuserdatauv(L, 0, 0);
        luaL_setmetatable(L, SQLITE_VALUES_NULL);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &null_key);
    }
}
