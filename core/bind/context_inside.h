/* Shared by context.c and context_emit.c only. */
#ifndef ANNALIST_BIND_CONTEXT_INSIDE_H
#define ANNALIST_BIND_CONTEXT_INSIDE_H

#include "bind/context.h"

Context *context_of(lua_State *L); /* of the sandboxed state, by the registry; raises if there is none */
int context_emit(lua_State *L);

/* Prepares on the context's connection; `ours` lets SQL of this program past the authorizer. */
sqlite3_stmt *context_prepare(Context *context, const char *sql, size_t length, bool ours, Error *error);

#endif
