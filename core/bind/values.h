/* Lua values as bytes, to send them between processes: nil, booleans, integers, floats, strings, tables of these. */
#ifndef ANNALIST_BIND_VALUES_H
#define ANNALIST_BIND_VALUES_H

#include "octets.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/* One value. A function becomes `true`; other userdata, threads, and tables nested more than 30 deep become nil. Tables in sorted order of
 * their keys is not promised: what is sent is read back into a table. False when there is no memory. */
bool values_write(lua_State *L, int index, Octets *to);

/* Reads one value at *at and pushes it; false (and nothing pushed) at the end or when the bytes are no value. */
bool values_read(lua_State *L, const char **at, const char *end);

#endif
