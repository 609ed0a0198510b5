/* The libraries that a plugin sees: Lua's own where they can't tell a clock, an address, a hash order or a file, and our own
 * versions where they could. What a plugin computes must depend on its input alone (CONTRACT section 3, promise 1). See state.h. */
#include "host/state.h"

#include "bind/modules.h"

#include <lauxlib.h>
#include <lualib.h>
#include <math.h>
#include <string.h>
#include <time.h>

/* --- values as text, without addresses ----------------------------------------------------------- */

/* Like luaL_tolstring, but a table is "table" and not "table: 0x55…". */
static const char *push_text(lua_State *L, int index)
{
    int kind = lua_type(L, index);
    if (kind == LUA_TTABLE || kind == LUA_TFUNCTION || kind == LUA_TTHREAD || kind == LUA_TUSERDATA || kind == LUA_TLIGHTUSERDATA) {
        if (luaL_getmetafield(L, index, "__tostring") == LUA_TNIL) {
            if (luaL_getmetafield(L, index, "__name") != LUA_TSTRING)
                lua_pushstring(L, lua_typename(L, kind));
            return lua_tostring(L, -1);
        }
        lua_pop(L, 1);
    }
    return luaL_tolstring(L, index, NULL);
}

static int base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    push_text(L, 1);
    return 1;
}

/* string.format: %p is refused, and what %s would show with an address is made text first. Upvalue 1: the original. */
static int string_format(lua_State *L)
{
    const char *format = luaL_checkstring(L, 1);
    int arguments = lua_gettop(L);
    for (const char *p = format; (p = strchr(p, '%')) != NULL; p++) {
        if (p[1] == '%') {
            p++;
            continue;
        }
        const char *q = p + 1 + strspn(p + 1, "-+ #0123456789.");
        if (*q == 'p')
            return luaL_error(L, "string.format: %%p shows an address, which differs from run to run");
    }
    for (int i = 2; i <= arguments; i++)
        if (lua_type(L, i) > LUA_TSTRING || lua_type(L, i) == LUA_TLIGHTUSERDATA) {
            push_text(L, i);
            lua_replace(L, i);
        }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, arguments, 1);
    return 1;
}

/* string.gmatch: its iterator has a state of its own. Upvalue 1: the original. */
static int string_gmatch(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    state_mark_iterator(L);
    return 1;
}

/* --- base ---------------------------------------------------------------------------------------- */

/* setmetatable without __gc (code at any time) and __mode (contents that depend on the collector). Upvalue 1: the original. */
static int base_setmetatable(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (lua_istable(L, 2)) {
        static const char *const refused[] = { "__gc", "__mode" };
        for (size_t i = 0; i < 2; i++) {
            lua_pushstring(L, refused[i]);
            if (lua_rawget(L, 2) != LUA_TNIL)
                return luaL_error(L, "setmetatable: a plugin's metatable may not have %s", refused[i]);
            lua_pop(L, 1);
        }
    }
    lua_settop(L, 2);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 2, 1);
    return 1;
}

static int base_rawset(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "rawset: this table is protected");
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    lua_rawset(L, 1);
    return 1;
}

/* load of text only; a string or a function that gives pieces. */
static int base_load(lua_State *L)
{
    size_t length = 0;
    bool environment = !lua_isnone(L, 4);
    if (lua_isfunction(L, 1)) {
        luaL_Buffer buffer;
        luaL_buffinit(L, &buffer);
        for (;;) {
            lua_pushvalue(L, 1);
            lua_call(L, 0, 1);
            if (lua_isnil(L, -1) || (lua_isstring(L, -1) && lua_rawlen(L, -1) == 0)) {
                lua_pop(L, 1);
                break;
            }
            luaL_addvalue(&buffer);
        }
        luaL_pushresult(&buffer);
        lua_replace(L, 1);
    }
    const char *code = luaL_checklstring(L, 1, &length);
    const char *chunk = luaL_optstring(L, 2, "=load");
    int status = luaL_loadbufferx(L, code, length, *chunk == '@' ? "=load" : chunk, "t");
    if (status != LUA_OK) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    if (environment) {
        lua_pushvalue(L, 4);
        if (!lua_setupvalue(L, -2, 1))
            lua_pop(L, 1);
    }
    return 1;
}

static int global_unknown(lua_State *L)
{
    return luaL_error(L, "undefined variable '%s'", push_text(L, 2));
}

static int global_new(lua_State *L)
{
    return luaL_error(L, "assignment to the global variable '%s'; a plugin has only locals", push_text(L, 2));
}

static int library_new(lua_State *L)
{
    return luaL_error(L, "'%s' cannot be set: this library is read-only", push_text(L, 2));
}

/* --- os, the clock-free parts ----------------------------------------------------------------------- */

static lua_Integer date_field(lua_State *L, const char *name, lua_Integer otherwise)
{
    lua_getfield(L, 1, name);
    lua_Integer value = luaL_optinteger(L, -1, otherwise);
    lua_pop(L, 1);
    if (value < -1000000 || value > 1000000)
        luaL_error(L, "os.time: %s is out of range", name);
    return value;
}

/* os.time{year=, month=, day=, …}: seconds since 1970, in UTC; without a table it would be the clock. */
static int os_time(lua_State *L)
{
    if (!lua_istable(L, 1))
        return luaL_error(L, "os.time needs a date table: a plugin sees no clock");
    struct tm date = { 0 };
    date.tm_year = (int)(date_field(L, "year", 1970) - 1900);
    date.tm_mon = (int)(date_field(L, "month", 1) - 1);
    date.tm_mday = (int)date_field(L, "day", 1);
    date.tm_hour = (int)date_field(L, "hour", 12);
    date.tm_min = (int)date_field(L, "min", 0);
    date.tm_sec = (int)date_field(L, "sec", 0);
    lua_pushinteger(L, (lua_Integer)timegm(&date));
    return 1;
}

/* os.date(FORMAT, TIME): in UTC, TIME must be given. */
static int os_date(lua_State *L)
{
    const char *format = luaL_checkstring(L, 1);
    if (lua_isnoneornil(L, 2))
        return luaL_error(L, "os.date needs a time: a plugin sees no clock");
    lua_settop(L, 2);
    lua_pushvalue(L, lua_upvalueindex(1));
    if (*format == '!')
        lua_pushvalue(L, 1);
    else
        lua_pushfstring(L, "!%s", format);
    lua_pushvalue(L, 2);
    lua_call(L, 2, 1);
    return 1;
}

static int os_difftime(lua_State *L)
{
    lua_pushnumber(L, (lua_Number)luaL_checkinteger(L, 1) - (lua_Number)luaL_checkinteger(L, 2));
    return 1;
}

/* --- coroutines: as Lua's, but the state knows which one runs, so that a line can be named when it loops ----------- */

static const char threads_key; /* registry: addresses of the coroutines that were made before the state was prepared */

/* A coroutine that prepare left goes on where an article left it: the state serves no other article after that. */
static void touch_thread(lua_State *L, lua_State *thread)
{
    State *state = state_of(L);
    int top = lua_gettop(L);
    if (state_is_prepared(state) && lua_rawgetp(L, LUA_REGISTRYINDEX, &threads_key) == LUA_TTABLE && lua_rawgetp(L, -1, thread) != LUA_TNIL)
        state_disturb(state);
    lua_settop(L, top);
}

static void note_thread(lua_State *L, lua_State *thread)
{
    if (state_is_prepared(state_of(L)))
        return;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &threads_key) != LUA_TTABLE) {
        lua_newtable(L);
        lua_copy(L, -1, -2);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &threads_key);
    }
    lua_pushboolean(L, 1);
    lua_rawsetp(L, -2, thread);
    lua_pop(L, 1);
}

static int resume(lua_State *L, lua_State *thread, int arguments)
{
    State *state = state_of(L);
    touch_thread(L, thread);
    if (!lua_checkstack(thread, arguments + 1) || (lua_status(thread) == LUA_OK && lua_gettop(thread) == 0)) {
        lua_pushstring(L, "cannot resume dead coroutine");
        return -1;
    }
    lua_xmove(L, thread, arguments);
    lua_State *before = state_running(state);
    state_set_running(state, thread);
    int results;
    int status = lua_resume(thread, L, arguments, &results);
    state_set_running(state, before);
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_xmove(thread, L, 1);
        return -1;
    }
    if (!lua_checkstack(L, results + 1)) {
        lua_pop(thread, results);
        lua_pushliteral(L, "too many results to resume");
        return -1;
    }
    lua_xmove(thread, L, results);
    return results;
}

static lua_State *check_thread(lua_State *L)
{
    lua_State *thread = lua_tothread(L, 1);
    luaL_argexpected(L, thread, 1, "coroutine");
    return thread;
}

static int coroutine_resume(lua_State *L)
{
    lua_State *thread = check_thread(L);
    int results = resume(L, thread, lua_gettop(L) - 1);
    lua_pushboolean(L, results >= 0);
    lua_insert(L, results >= 0 ? -(results + 1) : -2);
    return results >= 0 ? results + 1 : 2;
}

static int wrap_step(lua_State *L)
{
    lua_State *thread = lua_tothread(L, lua_upvalueindex(1));
    int results = resume(L, thread, lua_gettop(L));
    if (results >= 0)
        return results;
    int status = lua_status(thread);
    if (status != LUA_OK && status != LUA_YIELD)
        lua_resetthread(thread);
    return lua_error(L);
}

static int coroutine_create(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *thread = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, thread, 1);
    note_thread(L, thread);
    return 1;
}

/* coroutine.close runs what the coroutine has to close. Upvalue 1: the original. */
static int coroutine_close(lua_State *L)
{
    touch_thread(L, check_thread(L));
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, LUA_MULTRET);
    return lua_gettop(L);
}

static int coroutine_wrap(lua_State *L)
{
    coroutine_create(L);
    lua_pushcclosure(L, wrap_step, 1);
    return 1;
}

/* --- opening ---------------------------------------------------------------------------------------- */

/* Replaces field `name` of the table at the top by `function`, with the field's old value as its upvalue. */
static void replace_field(lua_State *L, const char *name, lua_CFunction function)
{
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

static void remove_fields(lua_State *L, const char *const *names)
{
    for (; *names; names++) {
        lua_pushnil(L);
        lua_setfield(L, -2, *names);
    }
}

/* Pushes a read-only face of the table at the top, and leaves it in place of that table. */
static void protect(lua_State *L)
{
    lua_newtable(L);
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, library_new);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

static void open_base(lua_State *L)
{
    static const char *const absent[] = { "collectgarbage", "dofile", "loadfile", "print", "warn", "require", NULL };
    luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
    remove_fields(L, absent);
    replace_field(L, "setmetatable", base_setmetatable);
    replace_field(L, "tostring", base_tostring);
    lua_pushcfunction(L, state_pairs);
    lua_setfield(L, -2, "pairs");
    replace_field(L, "load", base_load);
    replace_field(L, "rawset", base_rawset);
    state_push_next(L);
    lua_setfield(L, -2, "next");
    lua_pop(L, 1);
}

static void open_string(lua_State *L)
{
    static const char *const absent[] = { "dump", NULL };
    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 0);
    remove_fields(L, absent);
    replace_field(L, "format", string_format);
    replace_field(L, "gmatch", string_gmatch);
    /* s:find() goes to the library itself; its metatable is hidden. */
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
    protect(L);
    lua_setglobal(L, LUA_STRLIBNAME);
}

static void open_os(lua_State *L)
{
    luaL_requiref(L, LUA_OSLIBNAME, luaopen_os, 0);
    lua_createtable(L, 0, 3);
    lua_getfield(L, -2, "date");
    lua_pushcclosure(L, os_date, 1);
    lua_setfield(L, -2, "date");
    lua_pushcfunction(L, os_time);
    lua_setfield(L, -2, "time");
    lua_pushcfunction(L, os_difftime);
    lua_setfield(L, -2, "difftime");
    protect(L);
    lua_setglobal(L, LUA_OSLIBNAME);
    lua_pop(L, 1);
    lua_pushnil(L);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_insert(L, -2);
    lua_setfield(L, -2, LUA_OSLIBNAME);
    lua_pop(L, 1);
}

void state_open_libraries(lua_State *L)
{
    open_base(L);
    open_string(L);
    luaL_requiref(L, LUA_TABLIBNAME, luaopen_table, 0);
    lua_pushcfunction(L, state_sort);
    lua_setfield(L, -2, "sort");
    protect(L);
    lua_setglobal(L, LUA_TABLIBNAME);
    static const char *const no_seed[] = { "randomseed", NULL };
    luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 0);
    lua_getfield(L, -1, "randomseed");
    lua_setfield(L, LUA_REGISTRYINDEX, "annalist.randomseed");
    lua_getfield(L, -1, "random");
    lua_setfield(L, LUA_REGISTRYINDEX, "annalist.random");
    remove_fields(L, no_seed);
    protect(L);
    lua_setglobal(L, LUA_MATHLIBNAME);
    luaL_requiref(L, LUA_UTF8LIBNAME, luaopen_utf8, 0);
    protect(L);
    lua_setglobal(L, LUA_UTF8LIBNAME);
    luaL_requiref(L, LUA_COLIBNAME, luaopen_coroutine, 0);
    static const luaL_Reg ours[] = { { "create", coroutine_create }, { "wrap", coroutine_wrap }, { "resume", coroutine_resume }, { NULL, NULL } };
    luaL_setfuncs(L, ours, 0);
    replace_field(L, "close", coroutine_close);
    protect(L);
    lua_setglobal(L, LUA_COLIBNAME);
    open_os(L);
    /* Globals: what is not there is an error to read and to write. */
    lua_pushglobaltable(L);
    lua_createtable(L, 0, 3);
    lua_pushcfunction(L, global_unknown);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, global_new);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}
