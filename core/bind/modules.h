/* The list of our C modules under their Lua names, each with the trust that it needs. Known to host/state.c alone. */
#ifndef ANNALIST_BIND_MODULES_H
#define ANNALIST_BIND_MODULES_H

#include <lua.h>
#include <stdbool.h>

typedef struct BindModule {
    const char *name;
    lua_CFunction open;
    bool sandbox; /* may a plugin have it? */
} BindModule;

extern const BindModule bind_modules[]; /* ends with a NULL name */

int luaopen_annalist_alignment(lua_State *L);
int luaopen_annalist_data(lua_State *L);
int luaopen_annalist_host(lua_State *L);
int luaopen_annalist_loader(lua_State *L);
int luaopen_annalist_memo(lua_State *L);
int luaopen_annalist_similarity(lua_State *L);
int luaopen_annalist_sqlite(lua_State *L);
int luaopen_annalist_system(lua_State *L);
int luaopen_annalist_tagger(lua_State *L);
int luaopen_annalist_terminal(lua_State *L);
int luaopen_annalist_text(lua_State *L);

int system_versions(lua_State *L); /* versions.c, a function of annalist.system */

#endif
