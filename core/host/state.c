/* Opening Lua states, counting their memory, and saying where one stands. See state.h. */
#include "host/state.h"

#include "bind/modules.h"
#include "digest.h"

#include <lauxlib.h>
#include <limits.h>
#include <lualib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct ReadFile {
    char *path;
    char *sha256;
} ReadFile;

struct State {
    lua_State *L;
    lua_State *running; /* the coroutine that runs now; L itself outside of coroutines */
    StateSettings settings;
    char *texts[5]; /* our copies of the settings' strings */
    size_t used, limit;
    bool refused; /* the last growth was refused; a collection follows */
    bool prepared, disturbed;
    char refused_at[256]; /* and where that was: an error of memory comes without a line */
    void (*out)(State *state);
    ReadFile *files;
    size_t file_count, file_room;
};

static const char state_key; /* registry key of the State */

/* --- home ------------------------------------------------------------------------------------ */

static bool is_home(const char *folder)
{
    char path[PATH_MAX];
    return snprintf(path, sizeof path, "%s/core/lua/annalist/main.lua", folder) < (int)sizeof path && access(path, R_OK) == 0;
}

const char *state_home(Error *error)
{
    static char home[PATH_MAX];
    const char *given = getenv("ANNALIST_HOME");
    if (given && *given) {
        char path[PATH_MAX];
        if (!realpath(given, path) || !is_home(path)) {
            error_set(error, "%s: $ANNALIST_HOME holds no core/lua/annalist/main.lua; unset it, or set it to annalist's folder", given);
            return NULL;
        }
        snprintf(home, sizeof home, "%s", path);
        return home;
    }
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length > 0) {
        /* Beside the executable (the source tree: ./annalist or build/VARIANT/annalist), or PREFIX/bin → PREFIX/share/annalist. */
        static const char *const places[] = { "", "/../share/annalist", "/../.." };
        program[length] = '\0';
        *strrchr(program, '/') = '\0';
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            char path[PATH_MAX + 32];
            snprintf(path, sizeof path, "%s%s", program, places[i]);
            if (realpath(path, home) && is_home(home))
                return home;
        }
    }
    snprintf(home, sizeof home, "%s/share/annalist", ANNALIST_PREFIX);
    if (is_home(home))
        return home;
    error_set(error, "annalist's Lua files are neither beside the executable nor in %s; set ANNALIST_HOME to the folder that holds core/, scripts/ and plugins/",
              home);
    return NULL;
}

/* --- trusted --------------------------------------------------------------------------------- */

static int open_trusted(lua_State *L)
{
    const char *home = lua_touserdata(L, 1);
    luaL_openlibs(L);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
    for (const BindModule *module = bind_modules; module->name; module++) {
        lua_pushcfunction(L, module->open);
        lua_setfield(L, -2, module->name);
    }
    lua_getglobal(L, "package");
    /* Ours first, then the system's; never the working directory. */
    lua_pushfstring(L, "%s/core/lua/?.lua;%s/core/lua/?/init.lua;/usr/local/share/lua/5.4/?.lua;/usr/local/share/lua/5.4/?/init.lua;"
                       "/usr/share/lua/5.4/?.lua;/usr/share/lua/5.4/?/init.lua", home, home);
    lua_setfield(L, -2, "path");
    lua_pushliteral(L, "/usr/local/lib/lua/5.4/?.so;/usr/lib/x86_64-linux-gnu/lua/5.4/?.so;/usr/lib/aarch64-linux-gnu/lua/5.4/?.so;/usr/lib/lua/5.4/?.so");
    lua_setfield(L, -2, "cpath");
    return 0;
}

lua_State *state_open_trusted(const char *home, Error *error)
{
    lua_State *L = luaL_newstate();
    if (!L) {
        error_set(error, "no memory for a Lua state");
        return NULL;
    }
    lua_pushcfunction(L, open_trusted);
    lua_pushlightuserdata(L, (void *)(uintptr_t)home);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
        error_set(error, "%s", lua_tostring(L, -1));
        lua_close(L);
        return NULL;
    }
    return L;
}

/* --- memory ---------------------------------------------------------------------------------- */

/* Lua's allocator with a limit. A refused growth makes Lua collect everything and try once more; refused again, the plugin is
 * over its limit for good, and `out` ends the process: an error would be swallowed by the next pcall. */
static void *allocate(void *context, void *block, size_t old, size_t new)
{
    State *state = context;
    if (!block)
        old = 0; /* then it is the kind of the object */
    if (new == 0) {
        free(block);
        state->used -= old;
        return NULL;
    }
    if (new > old && state->used - old + new > state->limit) {
        if (state->refused && state->out)
            state->out(state);
        state->refused = true;
        state_where(state, state->refused_at, sizeof state->refused_at);
        return NULL;
    }
    void *moved = realloc(block, new);
    if (!moved)
        return NULL;
    if (new > old)
        state->refused = false;
    state->used = state->used - old + new;
    return moved;
}

void state_on_memory(State *state, void (*out)(State *state))
{
    state->out = out;
}

/* --- sandboxed ------------------------------------------------------------------------------- */

static int open_sandbox(lua_State *L)
{
    State *state = lua_touserdata(L, 1);
    lua_pushlightuserdata(L, state);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &state_key);
    state_open_libraries(L);
    state_open_require(state);
    return 0;
}

State *state_open(const StateSettings *settings, Error *error)
{
    State *state = calloc(1, sizeof *state);
    if (!state) {
        error_set(error, "no memory for the state of plugin %s", settings->name);
        return NULL;
    }
    const char *given[] = { settings->home, settings->name, settings->path, settings->directory, settings->root };
    for (size_t i = 0; i < 5; i++)
        state->texts[i] = given[i] ? strdup(given[i]) : NULL;
    state->settings = (StateSettings){ state->texts[0], state->texts[1], state->texts[2], state->texts[3], state->texts[4], settings->memory };
    state->limit = settings->memory ? settings->memory : SIZE_MAX / 2;
    state->L = lua_newstate(allocate, state);
    if (!state->L) {
        error_set(error, "no memory for the state of plugin %s", settings->name);
        state_close(state);
        return NULL;
    }
    state->running = state->L;
    lua_pushcfunction(state->L, open_sandbox);
    lua_pushlightuserdata(state->L, state);
    if (lua_pcall(state->L, 1, 0, 0) != LUA_OK) {
        error_set(error, "plugin %s: %s", settings->name, lua_tostring(state->L, -1));
        state_close(state);
        return NULL;
    }
    return state;
}

void state_close(State *state)
{
    if (!state)
        return;
    if (state->L)
        lua_close(state->L);
    for (size_t i = 0; i < state->file_count; i++) {
        free(state->files[i].path);
        free(state->files[i].sha256);
    }
    free(state->files);
    for (size_t i = 0; i < 5; i++)
        free(state->texts[i]);
    free(state);
}

lua_State *state_lua(State *state) { return state->L; }
lua_State *state_running(State *state) { return state->running; }
void state_set_running(State *state, lua_State *running) { state->running = running; }
const StateSettings *state_settings(State *state) { return &state->settings; }
void state_set_prepared(State *state) { state->prepared = true; }
bool state_is_prepared(const State *state) { return state->prepared; }
void state_disturb(State *state) { state->disturbed = true; }
bool state_disturbed(const State *state) { return state->disturbed; }

State *state_of(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &state_key);
    State *state = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return state;
}

bool state_file(State *state, size_t n, const char **path, const char **sha256)
{
    if (n >= state->file_count)
        return false;
    *path = state->files[n].path;
    *sha256 = state->files[n].sha256;
    return true;
}

char *state_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    size_t used = 0, room = 0;
    if (!file)
        return NULL;
    for (;;) {
        if (room - used < 65536) {
            room = room ? 2 * room : 131072;
            char *more = realloc(bytes, room);
            if (!more)
                break;
            bytes = more;
        }
        size_t n = fread(bytes + used, 1, room - used - 1, file);
        used += n;
        if (n == 0) {
            bool whole = !ferror(file);
            fclose(file);
            if (!whole) {
                free(bytes);
                return NULL;
            }
            bytes[used] = '\0';
            *length = used;
            return bytes;
        }
    }
    fclose(file);
    free(bytes);
    return NULL;
}

void state_note_file(State *state, const char *path, const char *bytes, size_t length)
{
    for (size_t i = 0; i < state->file_count; i++)
        if (strcmp(state->files[i].path, path) == 0)
            return;
    if (state->file_count == state->file_room) {
        size_t room = state->file_room ? 2 * state->file_room : 16;
        ReadFile *files = realloc(state->files, room * sizeof *files);
        if (!files)
            return;
        state->files = files;
        state->file_room = room;
    }
    char sum[DIGEST_TEXT] = "-";
    if (bytes)
        digest_sha256(bytes, length, sum);
    ReadFile file = { strdup(path), strdup(sum) };
    if (!file.path || !file.sha256) {
        free(file.path);
        free(file.sha256);
        return;
    }
    state->files[state->file_count++] = file;
}

/* --- where it stands, and calls ---------------------------------------------------------------- */

/* A file as messages name it, wherever the plugin's folder and ours lie: "plugins/timex/init.lua". */
static const char *short_name(const State *state, const char *path)
{
    const char *root = state->settings.root, *home = state->settings.home;
    size_t length = strlen(root);
    if (strncmp(path, root, length) == 0 && path[length] == '/') {
        const char *slash = strrchr(root, '/');
        return slash ? path + (slash + 1 - root) : path;
    }
    length = strlen(home);
    return strncmp(path, home, length) == 0 && path[length] == '/' ? path + length + 1 : path;
}

/* The innermost line that runs in a file; a chunk made by load, or LPeg's re, tells nobody where to look. */
static bool where(const State *state, lua_State *L, char *buffer, size_t size)
{
    lua_Debug debug;
    for (int level = 0; level < 200 && lua_getstack(L, level, &debug); level++) {
        if (lua_getinfo(L, "Sl", &debug) && debug.currentline > 0 && debug.source[0] == '@') {
            snprintf(buffer, size, "%s:%d", short_name(state, debug.source + 1), debug.currentline);
            return true;
        }
    }
    buffer[0] = '\0';
    return false;
}

void state_where(State *state, char *buffer, size_t size)
{
    if (!where(state, state->running, buffer, size) && state->running != state->L)
        where(state, state->L, buffer, size);
}

/* The length of the name of one of the state's files, as error() puts it before a message ("/a/b/file.lua:12: "), and the whole of its path;
 * 0 if there is none. Lua cuts long names at the front, and writes "..." in place of what it cut; we cut them between folders. */
static size_t file_prefix(const State *state, const char *message, const char **path)
{
    const char *colon = strstr(message, ".lua:");
    if (!colon || colon[5] < '0' || colon[5] > '9')
        return 0;
    size_t length = (size_t)(colon - message) + 4, cut = strncmp(message, "...", 3) == 0 ? 3 : 0;
    for (size_t i = 0; i < state->file_count; i++) {
        size_t whole = strlen(state->files[i].path), kept = length - cut;
        if (kept > whole)
            continue;
        const char *tail = state->files[i].path + whole - kept;
        if ((cut || kept == whole || tail[-1] == '/') && memcmp(tail, message + cut, kept) == 0) {
            *path = state->files[i].path;
            return length;
        }
    }
    return 0;
}

/* error { file = PATH, line = N, message = TEXT }: the fault is in a file that the user handed over, and that place tells more than the plugin's. */
static bool fault_of_user_file(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TTABLE)
        return false;
    lua_pushliteral(L, "file");
    lua_rawget(L, 1);
    lua_pushliteral(L, "line");
    lua_rawget(L, 1);
    lua_pushliteral(L, "message");
    lua_rawget(L, 1);
    if (lua_type(L, -3) != LUA_TSTRING || !lua_isinteger(L, -2) || lua_type(L, -1) != LUA_TSTRING) {
        lua_pop(L, 3);
        return false;
    }
    lua_pushfstring(L, "%s:%I: %s", lua_tostring(L, -3), lua_tointeger(L, -2), lua_tostring(L, -1));
    return true;
}

/* Makes of whatever was raised a text that begins with file and line. */
static int handle_error(lua_State *L)
{
    char line[512];
    const char *path;
    State *state = state_of(L);
    if (fault_of_user_file(L))
        return 1;
    where(state, L, line, sizeof line);
    int kind = lua_type(L, 1);
    if (kind == LUA_TSTRING || kind == LUA_TNUMBER) {
        const char *message = lua_tostring(L, 1);
        size_t length = file_prefix(state, message, &path);
        if (length)
            lua_pushfstring(L, "%s%s", short_name(state, path), message + length);
        else if (line[0])
            lua_pushfstring(L, "%s: %s", line, message);
        return 1;
    }
    if (luaL_callmeta(L, 1, "__tostring") && lua_type(L, -1) == LUA_TSTRING)
        lua_pushfstring(L, "%s: %s", line, lua_tostring(L, -1));
    else
        lua_pushfstring(L, "%s: raised a %s value instead of a message", line[0] ? line : "?", lua_typename(L, kind));
    return 1;
}

bool state_call(State *state, int arguments, int results, Error *error)
{
    lua_State *L = state->L;
    int base = lua_gettop(L) - arguments;
    lua_pushcfunction(L, handle_error);
    lua_insert(L, base);
    state->running = L;
    int status = lua_pcall(L, arguments, results, base);
    lua_remove(L, base);
    state->running = L;
    if (status == LUA_OK)
        return true;
    const char *message = lua_tostring(L, -1);
    if (status == LUA_ERRMEM)
        error_set(error, "%s: needs more than %zu MB of memory", state->refused_at, state->limit >> 20);
    else
        error_set(error, "%s", message ? message : "an error without a message");
    lua_pop(L, 1);
    return false;
}

bool state_run_file(State *state, Error *error)
{
    lua_State *L = state->L;
    size_t length;
    char *code = state_read(state->settings.path, &length);
    if (!code)
        return error_set(error, "%s: cannot be read", state->settings.path);
    state_note_file(state, state->settings.path, code, length);
    char chunk[PATH_MAX + 1];
    snprintf(chunk, sizeof chunk, "@%s", state->settings.path);
    int status = luaL_loadbufferx(L, code, length, chunk, "t");
    free(code);
    if (status != LUA_OK) {
        const char *message = lua_tostring(L, -1), *path;
        size_t prefix = file_prefix(state, message, &path);
        error_set(error, "%s%s", prefix ? short_name(state, path) : "", message + prefix);
        lua_pop(L, 1);
        return false;
    }
    return state_call(state, 0, 1, error);
}
