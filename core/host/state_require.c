/* What a plugin may load: our modules by name, its own folder's files, plugins/lib/, and knowledge files under data/. Every file
 * read is noted with its digest, since rows depend on it (CONTRACT section 3, promise 2). See state.h. */
#include "host/state.h"

#include "bind/modules.h"

#include <ctype.h>
#include <lauxlib.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char loaded_key; /* registry: what require has loaded */

/* "names.score" → "names/score"; false when the name has anything but letters, digits, _ and single dots between them. */
static bool module_path(const char *name, char *path, size_t size)
{
    size_t n = 0;
    for (const char *p = name; *p; p++, n++) {
        bool dot = *p == '.';
        if (n + 1 >= size || (!isalnum((unsigned char)*p) && *p != '_' && !dot) || (dot && (p == name || p[1] == '.' || p[1] == '\0')))
            return false;
        path[n] = dot ? '/' : *p;
    }
    path[n] = '\0';
    return n > 0;
}

/* Loads and runs a module's file; leaves its value. False when there is no such file. Arguments that the chunk gets: its name. */
static bool run_module(lua_State *L, State *state, const char *name, const char *path)
{
    size_t length;
    char *code = state_read(path, &length);
    state_note_file(state, path, code, code ? length : 0);
    if (!code)
        return false;
    char chunk[PATH_MAX + 1];
    snprintf(chunk, sizeof chunk, "@%s", path);
    int status = luaL_loadbufferx(L, code, length, chunk, "t");
    free(code);
    if (status != LUA_OK)
        lua_error(L);
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
    return true;
}

/* The metatable itself, also when it is hidden: re asks for that of a pattern. */
static int raw_getmetatable(lua_State *L)
{
    return lua_getmetatable(L, 1) ? 1 : 0;
}

/* LPeg, whose patterns share one metatable: what is changed there would outlive the article. */
static void hide_pattern_metatable(lua_State *L)
{
    luaL_getmetatable(L, "lpeg-pattern");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

/* LPeg's re in an environment of its own: it was written for the full base library. */
static bool run_re(lua_State *L)
{
    static const char *const places[] = { "/usr/share/lua/5.4/re.lua", "/usr/local/share/lua/5.4/re.lua" };
    static const char *const names[] = { "tonumber", "type", "error", "setmetatable", "require", "pcall", "_VERSION", NULL };
    size_t length;
    for (size_t i = 0; i < 2; i++) {
        char *code = state_read(places[i], &length);
        if (!code)
            continue;
        int status = luaL_loadbufferx(L, code, length, "=re", "t");
        free(code);
        if (status != LUA_OK)
            lua_error(L);
        lua_newtable(L);
        for (const char *const *name = names; *name; name++) {
            lua_pushglobaltable(L);
            lua_pushstring(L, *name);
            lua_rawget(L, -2);
            lua_remove(L, -2);
            if (strcmp(*name, "setmetatable") == 0) { /* the original is the upvalue of ours: re keeps weak caches */
                lua_getupvalue(L, -1, 1);
                lua_remove(L, -2);
            }
            lua_setfield(L, -2, *name);
        }
        lua_pushcfunction(L, raw_getmetatable);
        lua_setfield(L, -2, "getmetatable");
        lua_setupvalue(L, -2, 1);
        lua_pushliteral(L, "re");
        lua_call(L, 1, 1);
        return true;
    }
    return false;
}

static bool search(lua_State *L, State *state, const char *name)
{
    const StateSettings *settings = state_settings(state);
    char relative[256], path[PATH_MAX];
    for (const BindModule *module = bind_modules; module->name; module++)
        if (strcmp(module->name, name) == 0) {
            if (!module->sandbox)
                luaL_error(L, "require '%s': a plugin can't have this module", name);
            lua_pushcfunction(L, module->open);
            lua_pushstring(L, name);
            lua_call(L, 1, 1);
            if (strcmp(name, "lpeg") == 0)
                hide_pattern_metatable(L);
            return true;
        }
    if (strcmp(name, "re") == 0)
        return run_re(L);
    if (!module_path(name, relative, sizeof relative))
        luaL_error(L, "require '%s': a module's name has letters, digits, _ and dots", name);
    if (settings->directory) {
        size_t own = strlen(settings->name);
        bool named = strncmp(relative, settings->name, own) == 0 && relative[own] == '/';
        const char *const inside[] = { named ? relative + own + 1 : relative, relative };
        for (size_t i = 0; i < 2; i++)
            for (int init = 0; init < 2; init++) {
                snprintf(path, sizeof path, init ? "%s/%s/init.lua" : "%s/%s.lua", settings->directory, inside[i]);
                if (run_module(L, state, name, path))
                    return true;
            }
    }
    const char *library = strncmp(relative, "lib/", 4) == 0 ? relative + 4 : relative;
    for (int bundled = 0; bundled < 2; bundled++)
        for (int init = 0; init < 2; init++) {
            snprintf(path, sizeof path, init ? "%s%s/lib/%s/init.lua" : "%s%s/lib/%s.lua", bundled ? settings->home : settings->root,
                     bundled ? "/plugins" : "", library);
            if (run_module(L, state, name, path))
                return true;
        }
    return false;
}

static int require(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    State *state = state_of(L);
    lua_settop(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key);
    if (lua_getfield(L, 2, name) != LUA_TNIL) {
        if (lua_touserdata(L, -1) == &loaded_key)
            return luaL_error(L, "require '%s': modules that require each other", name);
        return 1;
    }
    lua_pop(L, 1);
    lua_pushlightuserdata(L, (void *)(size_t)&loaded_key); /* on its way */
    lua_setfield(L, 2, name);
    if (!search(L, state, name)) {
        lua_pushnil(L);
        lua_setfield(L, 2, name);
        const StateSettings *settings = state_settings(state);
        return luaL_error(L, "require '%s': no such module in %s, %s/lib or %s/plugins/lib", name,
                          settings->directory ? settings->directory : "(a single file has no folder of its own)", settings->root, settings->home);
    }
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
    }
    lua_pushvalue(L, -1);
    lua_setfield(L, 2, name);
    return 1;
}

void state_push_loaded(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key);
}

int state_push_data(lua_State *L, const char *name)
{
    State *state = state_of(L);
    if (!*name || name[0] == '/' || strstr(name, ".."))
        return luaL_error(L, "data '%s': a name below data/ is needed", name);
    char path[PATH_MAX];
    size_t length;
    char *bytes = NULL;
    if (state && state_settings(state)->directory) { /* the plugin's own knowledge first */
        snprintf(path, sizeof path, "%s/data/%s", state_settings(state)->directory, name);
        bytes = state_read(path, &length);
        if (!bytes)
            state_note_file(state, path, NULL, 0);
    }
    if (!bytes) {
        const char *home = state ? state_settings(state)->home : state_home(NULL);
        snprintf(path, sizeof path, "%s/data/%s", home ? home : ".", name);
        bytes = state_read(path, &length);
    }
    if (state)
        state_note_file(state, path, bytes, bytes ? length : 0);
    if (!bytes)
        return luaL_error(L, "data '%s': there is no such file under %s", name, path);
    luaL_Buffer buffer; /* so that the bytes are ours only for a copy */
    luaL_buffinitsize(L, &buffer, length);
    luaL_addlstring(&buffer, bytes, length);
    free(bytes);
    luaL_pushresult(&buffer);
    return 1;
}

void state_open_require(State *state)
{
    lua_State *L = state_lua(state);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &loaded_key);
    lua_pushglobaltable(L);
    lua_pushliteral(L, "require");
    lua_pushcfunction(L, require);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}
