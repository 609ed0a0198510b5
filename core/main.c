/* annalist: finds its Lua files, opens a trusted state, and hands over to annalist.main. */
#include "host/state.h"

#include <lauxlib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { UNUSABLE = 2 }; /* exit status: the call is wrong, or nothing could be done */

static int traceback(lua_State *L)
{
    const char *message = lua_tostring(L, 1);
    if (!message) {
        if (luaL_callmeta(L, 1, "__tostring") && lua_type(L, -1) == LUA_TSTRING)
            return 1;
        message = lua_pushfstring(L, "an error that is a %s value", luaL_typename(L, 1));
    }
    luaL_traceback(L, L, message, 1);
    return 1;
}

/* Calls require("annalist.main")(arguments…), which returns the exit status. */
static int run(lua_State *L)
{
    int count = (int)lua_tointeger(L, 1);
    char **arguments = lua_touserdata(L, 2);
    lua_getglobal(L, "require");
    lua_pushliteral(L, "annalist.main");
    lua_call(L, 1, 1);
    luaL_checkstack(L, count, "too many arguments");
    for (int i = 1; i < count; i++)
        lua_pushstring(L, arguments[i]);
    lua_call(L, count - 1, 1);
    return 1;
}

int main(int count, char **arguments)
{
    Error error = { 0 };
    const char *home = state_home(&error);
    lua_State *L = home ? state_open_trusted(home, &error) : NULL;
    if (!L) {
        fprintf(stderr, "annalist: %s\n", error.message ? error.message : "no Lua state");
        error_clear(&error);
        return UNUSABLE;
    }
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of write, which the commands end on quietly */
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow further (ulimit -f) is an error of write too */
    lua_pushcfunction(L, traceback);
    lua_pushcfunction(L, run);
    lua_pushinteger(L, count);
    lua_pushlightuserdata(L, arguments);
    int status = UNUSABLE;
    if (lua_pcall(L, 2, 1, 1) == LUA_OK)
        status = (int)lua_tointeger(L, -1);
    else
        fprintf(stderr, "annalist: %s\n", lua_tostring(L, -1));
    lua_close(L);
    if (fflush(stdout) != 0 && status == 0)
        status = UNUSABLE;
    return status;
}
