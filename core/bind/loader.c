/* annalist.loader: loading sources into a corpus, for Lua. Thin: the work is in corpus/load.h; language detection is core/text's,
 * which corpus/ may not know, and so is handed to it here. */
#include "bind/interrupt.h"
#include "corpus/load.h"
#include "corpus/schema.h"
#include "corpus/store.h"
#include "text/language.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int luaopen_annalist_loader(lua_State *L);

enum { ERRORS_KEPT = 10000 };

/* What the callbacks from load need. */
typedef struct Session {
    lua_State *L;
    int on_event; /* stack index of handle_event, whose upvalues are the user's function (or nil) and the list of errors */
    bool listens; /* there is a user's function */
    lua_Integer error_count;
    bool raised; /* on_event raised; its error is on top of the stack */
} Session;

typedef struct Opened {
    Database *database;
} Opened;

#define OPENED "annalist.loader.Opened"

static int opened_close(lua_State *L)
{
    Opened *opened = luaL_checkudata(L, 1, OPENED);
    database_close(opened->database);
    opened->database = NULL;
    return 0;
}

static bool stop(void *context)
{
    (void)context;
    return interrupt_requested != 0;
}

static const char *detect(const char *text, size_t n, double *confidence)
{
    const char *code = language_detect(text, n, confidence);
    return code && strcmp(code, "und") != 0 ? code : NULL;
}

static void set_text(lua_State *L, const char *key, const char *value)
{
    if (!value)
        return;
    lua_pushstring(L, value);
    lua_setfield(L, -2, key);
}

static void set_integer(lua_State *L, const char *key, int64_t value)
{
    lua_pushinteger(L, value);
    lua_setfield(L, -2, key);
}

static void set_counts(lua_State *L, const LoadCounts *counts)
{
    set_integer(L, "sources", counts->sources);
    set_integer(L, "new", counts->fresh);
    set_integer(L, "known", counts->known);
    set_integer(L, "changed", counts->changed);
    set_integer(L, "failed", counts->failed);
    set_integer(L, "articles", counts->articles);
    set_integer(L, "versions", counts->versions);
    set_integer(L, "known_articles", counts->again);
    set_integer(L, "skipped", counts->skipped);
    set_integer(L, "problems", counts->problems);
    set_integer(L, "bytes", counts->bytes);
}

/* Runs protected, as load's C frames must not be jumped over: (session, event) */
static int handle_event(lua_State *L)
{
    static const char *const kinds[] = { "source", "done", "problem", "progress" };
    Session *session = lua_touserdata(L, 1);
    const LoadEvent *event = lua_touserdata(L, 2);
    lua_settop(L, 2);
    if (event->kind == LOAD_PROBLEM && session->error_count < ERRORS_KEPT) {
        lua_createtable(L, 0, 4);
        set_text(L, "path", event->path);
        set_text(L, "member", event->member);
        set_text(L, "message", event->message);
        if (event->line > 0)
            set_integer(L, "line", event->line);
        lua_rawseti(L, lua_upvalueindex(2), ++session->error_count);
    }
    if (lua_isnoneornil(L, lua_upvalueindex(1)))
        return 0;
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_createtable(L, 0, 18);
    if (event->counts)
        set_counts(L, event->counts);
    set_integer(L, "total", event->counts ? event->counts->articles : 0);
    set_integer(L, "articles", event->articles);
    set_text(L, "kind", kinds[event->kind]);
    set_text(L, "path", event->path);
    set_text(L, "member", event->member);
    set_text(L, "status", event->status);
    set_text(L, "format", event->format);
    set_text(L, "message", event->message);
    if (event->line > 0)
        set_integer(L, "line", event->line);
    lua_call(L, 1, 0);
    return 0;
}

static bool on_event(void *context, const LoadEvent *event)
{
    Session *session = context;
    lua_State *L = session->L;
    if (session->raised)
        return false;
    if (!session->listens && event->kind != LOAD_PROBLEM) /* a load of many small files has many events */
        return true;
    if (!lua_checkstack(L, 20))
        return false;
    lua_pushvalue(L, session->on_event);
    lua_pushlightuserdata(L, session);
    lua_pushlightuserdata(L, (void *)(uintptr_t)event);
    if (lua_pcall(L, 2, 0, 0) == LUA_OK)
        return true;
    session->raised = true;
    return false;
}

static const char *string_field(lua_State *L, int table, const char *key)
{
    lua_getfield(L, table, key);
    if (!lua_isnil(L, -1) && lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "loader: %s is to be a string, not a %s", key, luaL_typename(L, -1));
    return lua_tostring(L, -1); /* stays on the stack, and so alive */
}

static bool boolean_field(lua_State *L, int table, const char *key, bool otherwise)
{
    lua_getfield(L, table, key);
    bool value = lua_isnil(L, -1) ? otherwise : lua_toboolean(L, -1);
    lua_pop(L, 1);
    return value;
}

static void read_names(lua_State *L, int table, FieldNames *names)
{
    static const char *const fields[] = { "id", "text", "title", "date", "url", "outlet", "author", "language" };
    lua_getfield(L, table, "fields");
    if (lua_isnil(L, -1))
        return;
    luaL_checktype(L, -1, LUA_TTABLE);
    int at = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1)) {
        bool known = false;
        if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "fields: names of fields by text, title, date, url, outlet, author, language, id");
        for (size_t i = 0; i < DRAFT_FIELDS; i++)
            known = known || strcmp(lua_tostring(L, -2), fields[i]) == 0;
        if (!known) { /* the user's fault, not the script's: without its position */
            lua_pushfstring(L, "--field %s=%s: an article's fields are id, text, title, date, url, outlet, author, language", lua_tostring(L, -2),
                            lua_tostring(L, -1));
            lua_error(L);
        }
    }
    for (size_t i = 0; i < DRAFT_FIELDS; i++)
        names->names[i] = string_field(L, at, fields[i]);
}

static const char **read_paths(lua_State *L, int table, size_t *count)
{
    lua_getfield(L, table, "paths");
    luaL_checktype(L, -1, LUA_TTABLE);
    int at = lua_gettop(L);
    *count = (size_t)luaL_len(L, at);
    const char **paths = lua_newuserdatauv(L, (*count + 1) * sizeof *paths, 0);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(L, at, (lua_Integer)i + 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "paths: %s is no path", luaL_tolstring(L, -1, NULL));
        paths[i] = lua_tostring(L, -1);
        lua_pop(L, 1); /* the table keeps it */
    }
    return paths;
}

static int raise(lua_State *L, Error *error)
{
    char message[1024];
    snprintf(message, sizeof message, "%s", error->message ? error->message : "no memory");
    error_clear(error);
    lua_pushstring(L, message);
    return lua_error(L);
}

static Database *open_corpus(lua_State *L, const char *path, DatabaseMode mode)
{
    Opened *opened = lua_newuserdatauv(L, sizeof *opened, 0);
    opened->database = NULL;
    luaL_setmetatable(L, OPENED);
    lua_toclose(L, -1);
    Error error = { 0 };
    opened->database = schema_open(path, mode, &error);
    if (!opened->database || !database_begin_writing(opened->database, &error))
        raise(L, &error);
    return opened->database;
}

static int loader_load(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    luaL_checkstack(L, 40, NULL);
    lua_newtable(L); /* 2: errors */
    lua_newtable(L); /* 3: the result */
    bool listens = lua_getfield(L, 1, "on_event") != LUA_TNIL;
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, handle_event, 2); /* 4 */
    Session session = { .L = L, .on_event = 4, .listens = listens };
    LoadOptions options = { .index = boolean_field(L, 1, "index", true), .strict = boolean_field(L, 1, "strict", false), .language = detect, .stop = stop,
                            .event = on_event, .context = &session };
    const char *path = string_field(L, 1, "corpus");
    const char *format = string_field(L, 1, "format");
    if (!path)
        return luaL_error(L, "loader.load: corpus is to be a path");
    if (format && !(options.reader = reader_named(format)))
        return lua_pushfstring(L, "%s: is no format that can be read", format), lua_error(L);
    read_names(L, 1, &options.names);
    size_t count;
    const char **paths = read_paths(L, 1, &count);
    Database *database = open_corpus(L, path, DATABASE_CREATE);
    LoadCounts counts;
    Error error = { 0 };
    bool fine = load_paths(database, paths, count, &options, &counts, &error);
    if (session.raised) {
        error_clear(&error);
        return lua_error(L);
    }
    lua_pushvalue(L, 3);
    set_counts(L, &counts);
    lua_pushvalue(L, 2);
    lua_setfield(L, -2, "errors");
    if (!fine) { /* what ended the load: the counts and errors so far are still worth showing */
        set_text(L, "ended", error.message ? error.message : "no memory");
        error_clear(&error);
    }
    return 1;
}

/* loader.index(corpus) -> number of articles put into the index */
static int loader_index(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    lua_settop(L, 1);
    Database *database = open_corpus(L, path, DATABASE_WRITE);
    int64_t count;
    Error error = { 0 };
    if (!store_index(database, stop, NULL, &count, &error))
        return raise(L, &error);
    lua_pushinteger(L, count);
    return 1;
}

/* loader.formats() -> list of { name, summary, endings } */
static int loader_formats(lua_State *L)
{
    lua_newtable(L);
    for (int i = 0; readers[i]; i++) {
        lua_createtable(L, 0, 3);
        set_text(L, "name", readers[i]->name);
        set_text(L, "summary", readers[i]->summary);
        set_text(L, "endings", readers[i]->endings);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

int luaopen_annalist_loader(lua_State *L)
{
    static const luaL_Reg functions[] = { { "load", loader_load }, { "index", loader_index }, { "formats", loader_formats }, { NULL, NULL } };
    luaL_newmetatable(L, OPENED);
    lua_pushcfunction(L, opened_close);
    lua_setfield(L, -2, "__close");
    lua_pushcfunction(L, opened_close);
    lua_setfield(L, -2, "__gc");
    lua_pop(L, 1);
    luaL_newlib(L, functions);
    return 1;
}
