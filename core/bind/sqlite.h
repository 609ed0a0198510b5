/* annalist.sqlite, as other bindings see it. */
#ifndef ANNALIST_BIND_SQLITE_H
#define ANNALIST_BIND_SQLITE_H

#include "corpus/database.h"

#include <lua.h>

int luaopen_annalist_sqlite(lua_State *L);

/* The open database at a stack index; raises when it is none, or closed. */
Database *bind_sqlite_check(lua_State *L, int index);

#endif
