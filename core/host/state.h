/* Lua states of two trusts. A *trusted* state (scripts, REPL, the engine) has all libraries and all our modules. A *sandboxed*
 * state runs one plugin: allow-listed libraries, no way to a file, a clock, an address or a hash order, memory counted.
 * This is the only room of core/host/ that knows Lua; it is spread over state.c (opening, memory, where a state stands),
 * state_library.c (the plugin's libraries), state_order.c (pairs, next, sort), state_require.c (modules and the files read) and state_reset.c. */
#ifndef ANNALIST_HOST_STATE_H
#define ANNALIST_HOST_STATE_H

#include "error.h"

#include <lua.h>
#include <stddef.h>

/* The folder that holds core/lua, scripts, plugins and data: $ANNALIST_HOME, beside the executable, or under the prefix.
 * Returns a static string, or NULL with an error that says where it looked. */
const char *state_home(Error *error);

/* A trusted state. The caller closes it with lua_close. NULL with an error. */
lua_State *state_open_trusted(const char *home, Error *error);

/* --- sandboxed states ------------------------------------------------------------------------ */

typedef struct State State;

typedef struct StateSettings {
    const char *home;      /* our own folder */
    const char *name;      /* the plugin's name, as its file or folder is called */
    const char *path;      /* the plugin's main file */
    const char *directory; /* its own folder, or NULL when it is a single file */
    const char *root;      /* the folder that holds the plugin (and perhaps lib/) */
    size_t memory;         /* bytes that its Lua state may have */
} StateSettings;

State *state_open(const StateSettings *settings, Error *error);
void state_close(State *state);
lua_State *state_lua(State *state);

/* Runs the plugin's file and leaves its table on the Lua stack. false with an error ("file:line: message"). */
bool state_run_file(State *state, Error *error);

/* lua_pcall with a handler that makes every error a text with the line where it arose. */
bool state_call(State *state, int arguments, int results, Error *error);

/* Remembers upvalues and tables reachable from the value at `index`; from here on the state is prepared. state_reset puts them back. */
void state_remember(State *state, int index);
void state_reset(State *state);

/* Something that prepare left has changed in a way that state_reset can't undo: the state may serve this article, and no other. */
void state_disturb(State *state);
bool state_disturbed(const State *state);

/* "plugin.lua:12" of the innermost Lua function; "" if none runs. Safe enough for a signal handler of a process that is about to end. */
void state_where(State *state, char *buffer, size_t size);

/* Called when memory is refused a second time, that is, after a full collection: must not return. */
void state_on_memory(State *state, void (*out)(State *state));

/* The n-th file (code or data) that the state has read, or looked for in vain (its sha256 is "-" then: should it come to be, rows may become
 * other ones); false when there are no more. */
bool state_file(State *state, size_t n, const char **path, const char **sha256);

/* The State of a Lua state; NULL for a trusted one. */
State *state_of(lua_State *L);

/* Reads a knowledge file `name` below a data folder and pushes its bytes; raises a Lua error when it can't. */
int state_push_data(lua_State *L, const char *name);

/* Iteration and sorting in one order (state_order.c): the sandbox's pairs, table.sort, and (pushed) next. */
int state_pairs(lua_State *L);
int state_sort(lua_State *L);
void state_push_next(lua_State *L);
void state_forget_next(lua_State *L); /* next remembers the keys of the table last walked */

/* Pushes the iterator at the top anew if it was made before the state was prepared: then its first use afterwards disturbs the state. */
void state_mark_iterator(lua_State *L);

/* Used between the files of this room. state_read: the whole file, with a NUL behind it; the caller frees it; NULL when it can't be read. */
char *state_read(const char *path, size_t *length);
void state_open_libraries(lua_State *L);
void state_open_require(State *state);
void state_push_loaded(lua_State *L); /* the table of loaded modules */
void state_set_running(State *state, lua_State *running);
void state_set_prepared(State *state);
bool state_is_prepared(const State *state);
lua_State *state_running(State *state);
const StateSettings *state_settings(State *state);
void state_note_file(State *state, const char *path, const char *bytes, size_t length); /* bytes: NULL when there is no such file */

#endif
