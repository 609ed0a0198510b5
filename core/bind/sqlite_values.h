/* Lua values as parameters of SQL, and rows as Lua values. Used by sqlite.c alone. */
#ifndef ANNALIST_BIND_SQLITE_VALUES_H
#define ANNALIST_BIND_SQLITE_VALUES_H

#include "corpus/database.h"

#include <lua.h>

#define SQLITE_VALUES_BLOB "annalist.sqlite.Blob"
#define SQLITE_VALUES_NULL "annalist.sqlite.null"

/* Parameters stand from stack index `first` on: positional, or one table for :name, @name, $name. Doesn't raise. Strings are kept by the stack, so that they
 * are copied only where the statement outlives the call. */
bool sqlite_bind(lua_State *L, Database *database, sqlite3_stmt *statement, int first, bool copy, Error *error);

void sqlite_push_column(lua_State *L, sqlite3_stmt *statement, int i); /* NULL as nil */
void sqlite_push_names(lua_State *L, sqlite3_stmt *statement);         /* array of the columns' names */

/* The row under the statement: as a table by name (the array of names at the absolute index `names`), or by position with n, NULL as sqlite.null. */
void sqlite_push_record(lua_State *L, sqlite3_stmt *statement, int names);
void sqlite_push_array(lua_State *L, sqlite3_stmt *statement);

/* Makes sqlite.null and the metatables of blobs and null, and pushes sqlite.null: one value for the whole state. */
void sqlite_push_null(lua_State *L);

int sqlite_blob(lua_State *L); /* sqlite.blob(s) */

#endif
