/* See context.h. Order: who may read what, rows of SQL, articles, the other methods, opening. */
#include "bind/context.h"

#include "bind/context_inside.h"
#include "bind/modules.h"
#include "bind/values.h"

#include <ctype.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

static const char context_key, options_key, files_key, roles_key;
static const char cursor_name[] = "annalist.cursor", ctx_name[] = "annalist.ctx", corpus_name[] = "annalist.corpus";

Context *context_of(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &context_key);
    Context *context = lua_touserdata(L, -1);
    lua_pop(L, 1);
    if (!context)
        luaL_error(L, "no context: this runs outside of a worker");
    return context;
}

#define NEWEST "article_id not in (select supersedes from main.article where supersedes is not null)"

/* --- who may read what ----------------------------------------------------------------------------- */

/* In the article stage a table with article_id is seen through a temporary view of its name, which shows one article's rows. */
static bool may_read(const Context *context, const char *table, const char *database)
{
    for (const char *const *name = context->readable; *name; name++) {
        bool scoped = **name == '@';
        if (strcmp(*name + scoped, table) == 0)
            return context->stage == STAGE_CORPUS || !scoped || strcmp(database, "temp") == 0;
    }
    return false;
}

static int authorize(void *data, int action, const char *first, const char *second, const char *database, const char *inside)
{
    Context *context = data;
    static const char *const clocks_and_dice[] = { "random", "randomblob", "load_extension", "changes", "total_changes", "last_insert_rowid" };
    if (context->ours)
        return SQLITE_OK;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        for (size_t i = 0; i < sizeof clocks_and_dice / sizeof *clocks_and_dice; i++)
            if (strcmp(second, clocks_and_dice[i]) == 0)
                return SQLITE_DENY;
        return SQLITE_OK;
    case SQLITE_READ:
        /* What a view of ours reads, it may; SQL that names the database "main" itself is refused before it comes here. */
        if (inside && context->stage == STAGE_ARTICLE)
            return SQLITE_OK;
        return !database || may_read(context, first, database) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static bool names_main(const char *sql, size_t length)
{
    for (size_t i = 0; i + 4 <= length; i++)
        if (strncasecmp(sql + i, "main", 4) == 0 && (i == 0 || (!isalnum((unsigned char)sql[i - 1]) && sql[i - 1] != '_')) &&
            (i + 4 == length || (!isalnum((unsigned char)sql[i + 4]) && sql[i + 4] != '_')))
            return true;
    return false;
}

sqlite3_stmt *context_prepare(Context *context, const char *sql, size_t length, bool ours, Error *error)
{
    if (!ours && names_main(sql, length)) {
        error_set(error, "the database 'main' can't be named: a plugin sees what it may read through views (a text with that word can be a parameter)");
        return NULL;
    }
    context->ours = ours;
    sqlite3_stmt *statement = database_prepare(context->database, sql, length, error);
    context->ours = false;
    return statement;
}

static void current_article(sqlite3_context *call, int count, sqlite3_value **values)
{
    (void)count;
    (void)values;
    const Context *context = sqlite3_user_data(call);
    sqlite3_result_int64(call, context->article_id);
}

/* SQL's 'now' is a clock too: this process's SQLite lives on 1 January 1970. */
static int no_clock(sqlite3_vfs *vfs, sqlite3_int64 *now)
{
    (void)vfs;
    *now = 210866760000000;
    return SQLITE_OK;
}

static void stop_clock(void)
{
    static sqlite3_vfs clockless;
    if (clockless.zName)
        return;
    clockless = *sqlite3_vfs_find(NULL);
    clockless.zName = "annalist-clockless";
    clockless.pNext = NULL;
    clockless.xCurrentTimeInt64 = no_clock;
    sqlite3_vfs_register(&clockless, 1);
}

static void own_role(sqlite3_context *call, int count, sqlite3_value **values)
{
    (void)count;
    (void)values;
    const Context *context = sqlite3_user_data(call);
    sqlite3_result_text(call, context->role, -1, SQLITE_STATIC);
}

/* One article's rows of `table`, without row_id, which changes with rows of other articles. */
static bool make_article_view(Database *database, const char *table, Error *error)
{
    Octets sql = { 0 };
    char all[256];
    int n = snprintf(all, sizeof all, "select * from main.\"%s\"", table);
    sqlite3_stmt *statement = database_prepare(database, all, (size_t)n, error);
    if (!statement)
        return false;
    octets_format(&sql, "create temp view \"%s\" as select ", table);
    for (int i = 0, count = sqlite3_column_count(statement), first = 1; i < count; i++) {
        const char *column = sqlite3_column_name(statement, i);
        if (strcmp(column, "row_id") == 0)
            continue;
        octets_format(&sql, "%s\"%s\"", first ? "" : ", ", column);
        first = 0;
    }
    database_release(database, statement);
    octets_format(&sql, " from main.\"%s\" where article_id = annalist_article()", table);
    bool fine = database_execute(database, sql.data, error);
    octets_free(&sql);
    return fine;
}

/* What the plugin sees under a table's name, if that is not the table itself. In the article stage, one article's rows. In the corpus stage, the newest
 * versions of articles, and of the record of runs what others did, without clocks, in an order that doesn't tell when. */
static bool make_view(const Context *context, Database *database, const char *name, Error *error)
{
    char sql[512];
    const char *body = NULL;
    if (context->stage == STAGE_ARTICLE)
        return *name != '@' || make_article_view(database, name + 1, error);
    if (strcmp(name, "@article") == 0 && context->newest)
        body = "article as select * from main.article where " NEWEST;
    else if (strcmp(name, "run") == 0)
        body = "run as select run_id, role, plugin, version, options, status, error, articles, rows from main.run where role <> annalist_role() order by role";
    else if (strcmp(name, "run_error") == 0)
        body = "run_error as select run_id, article_id, message from main.run_error where run_id in (select run_id from main.run where role <> annalist_role()) "
               "order by run_id, article_id, message";
    if (!body)
        return true;
    snprintf(sql, sizeof sql, "create temp view %s", body);
    return database_execute(database, sql, error);
}

bool context_open_corpus(Context *context, const char *path, Error *error)
{
    stop_clock();
    Database *database = database_open(path, DATABASE_READ, error);
    if (!database)
        return false;
    sqlite3 *handle = database_handle(database);
    sqlite3_create_function(handle, "annalist_article", 0, SQLITE_UTF8, context, current_article, NULL, NULL);
    sqlite3_create_function(handle, "annalist_role", 0, SQLITE_UTF8, context, own_role, NULL, NULL);
    bool fine = true;
    for (const char *const *name = context->readable; fine && *name; name++)
        fine = make_view(context, database, *name, error);
    /* One snapshot for the whole of the worker's life. */
    if (!fine || !database_execute(database, "begin", error)) {
        database_close(database);
        return false;
    }
    sqlite3_set_authorizer(handle, authorize, context);
    context->database = database;
    return true;
}

/* --- rows of SQL ------------------------------------------------------------------------------------- */

typedef struct Cursor {
    Context *context;
    sqlite3_stmt *statement;
} Cursor;

static int cursor_close(lua_State *L)
{
    Cursor *cursor = luaL_checkudata(L, 1, cursor_name);
    if (cursor->statement)
        database_release(cursor->context->database, cursor->statement);
    cursor->statement = NULL;
    return 0;
}

static void push_column(lua_State *L, sqlite3_stmt *statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        lua_pushinteger(L, sqlite3_column_int64(statement, column));
        return;
    case SQLITE_FLOAT:
        lua_pushnumber(L, sqlite3_column_double(statement, column));
        return;
    case SQLITE_NULL:
        lua_pushnil(L);
        return;
    default: {
        const void *bytes = sqlite3_column_blob(statement, column);
        lua_pushlstring(L, bytes ? bytes : "", (size_t)sqlite3_column_bytes(statement, column));
    }
    }
}

static void push_record(lua_State *L, sqlite3_stmt *statement)
{
    int count = sqlite3_column_count(statement);
    lua_createtable(L, 0, count);
    for (int i = 0; i < count; i++) {
        push_column(L, statement, i);
        lua_setfield(L, -2, sqlite3_column_name(statement, i));
    }
}

static int raise(lua_State *L, Error *error)
{
    luaL_where(L, 1);
    lua_pushstring(L, error->message ? error->message : "an error without a message");
    error_clear(error);
    lua_concat(L, 2);
    return lua_error(L);
}

static int cursor_next(lua_State *L)
{
    Cursor *cursor = luaL_checkudata(L, 1, cursor_name);
    Error error = { 0 };
    bool row = false;
    if (!cursor->statement)
        return 0;
    if (!database_step(cursor->context->database, cursor->statement, &row, &error)) {
        cursor_close(L);
        return raise(L, &error);
    }
    if (row) {
        push_record(L, cursor->statement);
        return 1;
    }
    lua_settop(L, 1);
    cursor_close(L);
    lua_pushnil(L);
    return 1;
}

static void bind_parameters(lua_State *L, sqlite3_stmt *statement, int from)
{
    int count = sqlite3_bind_parameter_count(statement), given = lua_gettop(L) - from;
    for (int i = 1; i <= count && i <= given; i++) {
        int index = from + i;
        if (lua_isinteger(L, index))
            sqlite3_bind_int64(statement, i, lua_tointeger(L, index));
        else if (lua_type(L, index) == LUA_TNUMBER)
            sqlite3_bind_double(statement, i, lua_tonumber(L, index));
        else if (lua_type(L, index) == LUA_TSTRING) {
            size_t length;
            const char *text = lua_tolstring(L, index, &length);
            sqlite3_bind_text64(statement, i, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
        } else if (lua_type(L, index) == LUA_TBOOLEAN)
            sqlite3_bind_int(statement, i, lua_toboolean(L, index));
        else if (!lua_isnil(L, index))
            luaL_argerror(L, index, "a parameter is a string, a number, a boolean or nil");
    }
}

/* Pushes a new cursor over `sql`, with the parameters above stack position `from`. */
static Cursor *push_cursor(lua_State *L, Context *context, const char *sql, size_t length, int from, bool ours)
{
    Error error = { 0 };
    if (!context->database)
        luaL_error(L, "the corpus can't be read in prepare");
    Cursor *cursor = lua_newuserdatauv(L, sizeof *cursor, 0);
    *cursor = (Cursor){ context, NULL };
    luaL_setmetatable(L, cursor_name);
    cursor->statement = context_prepare(context, sql, length, ours, &error);
    if (!cursor->statement) {
        if (error.message && strstr(error.message, "not authorized")) {
            error_clear(&error);
            error_set(&error, "%s may not read this: only `article` and the tables of the roles in `needs` and `wants`, by select (in: %.120s)",
                      state_settings(context->state)->name, sql);
        } else if (error.message && strstr(error.message, "prohibited")) {
            Error clear = { 0 };
            error_set(&clear, "%s may not read this: only `article` and the tables of the roles in `needs` and `wants` (%s)",
                      state_settings(context->state)->name, error.message);
            error_clear(&error);
            error = clear;
        }
        raise(L, &error);
    }
    lua_insert(L, from + 1); /* below the parameters: bind counts to the top */
    bind_parameters(L, cursor->statement, from + 1);
    return cursor;
}

/* ctx:rows(SQL, ...) → an iterator of records */
static int ctx_rows(lua_State *L)
{
    size_t length;
    const char *sql = luaL_checklstring(L, 2, &length);
    push_cursor(L, context_of(L), sql, length, 2, false);
    lua_pushcfunction(L, cursor_next);
    lua_pushvalue(L, 3);
    lua_pushnil(L);
    lua_pushvalue(L, 3);
    return 4;
}

/* --- articles ------------------------------------------------------------------------------------------ */

#define ARTICLE_COLUMNS "article_id, ordinal, external_id, sha256, url, outlet, title, author, declared_date, language, text, body_first, supersedes, " \
                        "(select format from main.source where source.source_id = article.source_id) as format"

bool context_push_article(lua_State *L, Context *context, int64_t article_id, Error *error)
{
    static const char sql[] = "select " ARTICLE_COLUMNS " from main.article where article_id = ?";
    sqlite3_stmt *statement = context_prepare(context, sql, sizeof sql - 1, true, error);
    bool row = false;
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, article_id);
    bool fine = database_step(context->database, statement, &row, error);
    if (fine && row) {
        context->article_id = article_id;
        push_record(L, statement);
        context->text_length = sqlite3_column_bytes(statement, 10);
    } else if (fine) {
        error_set(error, "article %lld is not in the corpus", (long long)article_id);
    }
    if (fine)
        database_release(context->database, statement);
    return fine && row;
}

/* corpus:article(ID) → article or nil */
static int corpus_article(lua_State *L)
{
    Context *context = context_of(L);
    Error error = { 0 };
    if (!context_push_article(L, context, luaL_checkinteger(L, 2), &error)) {
        error_clear(&error);
        lua_pushnil(L);
    }
    context->article_id = 0;
    return 1;
}

/* corpus:articles() → iterator over all, in order of article_id */
static int corpus_articles(lua_State *L)
{
    static const char all[] = "select " ARTICLE_COLUMNS " from main.article order by article_id";
    static const char newest[] = "select " ARTICLE_COLUMNS " from main.article where " NEWEST " order by article_id";
    lua_settop(L, 1);
    Context *context = context_of(L);
    const char *sql = context->newest ? newest : all;
    push_cursor(L, context, sql, strlen(sql), 1, true);
    lua_pushcfunction(L, cursor_next);
    lua_pushvalue(L, 2);
    lua_pushnil(L);
    lua_pushvalue(L, 2);
    return 4;
}

void context_push_corpus(lua_State *L, Context *context)
{
    const char *sql = context->newest ? "select count(*) from main.article where " NEWEST : "select count(*) from main.article";
    lua_newtable(L);
    bool row = false;
    sqlite3_stmt *statement = context_prepare(context, sql, strlen(sql), true, NULL);
    if (statement && database_step(context->database, statement, &row, NULL) && row) {
        lua_pushinteger(L, sqlite3_column_int64(statement, 0));
        lua_setfield(L, -2, "count");
        database_release(context->database, statement);
    }
    luaL_setmetatable(L, corpus_name);
}

/* --- the other methods ------------------------------------------------------------------------------------ */

/* ctx:option(NAME): its value; of a file its bytes, and the path that the user gave, for messages */
static int ctx_option(lua_State *L)
{
    const char *name = luaL_checkstring(L, 2);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &options_key);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, -2) == LUA_TNIL)
        return luaL_error(L, "the plugin declares no option '%s'", name);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &files_key) != LUA_TTABLE) {
        lua_pop(L, 1);
        return 1;
    }
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    lua_remove(L, -2);
    return 2;
}

/* ctx:has(ROLE): are the rows of a role that the plugin wants there? */
static int ctx_has(lua_State *L)
{
    luaL_checkstring(L, 2);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &roles_key);
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    lua_pushboolean(L, lua_toboolean(L, -1));
    return 1;
}

/* ctx:tables(): list of { role, plugin, version, summary, status, table, columns } of all that can be read */
static int ctx_tables(lua_State *L)
{
    Context *context = context_of(L);
    if (context->stage != STAGE_CORPUS)
        return luaL_error(L, "tables: what other plugins did is known in the corpus stage");
    const char *at = context->given, *end = at + context->given_length;
    if (!values_read(L, &at, end))
        return luaL_error(L, "no catalogue");
    lua_getfield(L, -1, "catalogue");
    return 1;
}

static int ctx_log(lua_State *L)
{
    size_t length;
    const char *message = luaL_tolstring(L, 2, &length);
    worker_send(context_of(L)->port, 'G', message, length);
    return 0;
}

static int ctx_progress(lua_State *L)
{
    double share = luaL_checknumber(L, 2);
    worker_send(context_of(L)->port, 'P', &share, sizeof share);
    return 0;
}

/* ctx:write(NAME, BYTES): a file under the output folder, written when the stage has ended well. */
static int ctx_write(lua_State *L)
{
    size_t n, length;
    Context *context = context_of(L);
    const char *name = luaL_checklstring(L, 2, &n), *bytes = luaL_checklstring(L, 3, &length);
    if (context->stage != STAGE_CORPUS)
        return luaL_error(L, "write: files are written in the corpus stage");
    if (n == 0 || strlen(name) != n || name[0] == '/' || strstr(name, "..") || name[n - 1] == '/')
        return luaL_error(L, "write '%s': a file name below the output folder is needed", name);
    context->written += length; /* the parent holds them until the stage has ended well */
    if (context->written > state_settings(context->state)->memory)
        return luaL_error(L, "write '%s': files of more than %d MB", name, (int)(state_settings(context->state)->memory >> 20));
    luaL_Buffer buffer;
    luaL_buffinitsize(L, &buffer, n + 1 + length);
    luaL_addlstring(&buffer, name, n + 1);
    luaL_addlstring(&buffer, bytes, length);
    luaL_pushresult(&buffer);
    worker_send(context->port, 'W', lua_tostring(L, -1), n + 1 + length);
    return 0;
}

static int ctx_random(lua_State *L)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "annalist.random");
    lua_replace(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

static int emit(lua_State *L)
{
    Context *context = context_of(L);
    int results = context_emit(L);
    if (context->stage == STAGE_CORPUS && context->rows.length > 1 << 20) {
        worker_send(context->port, 'r', context->rows.data, context->rows.length);
        octets_clear(&context->rows);
    }
    return results;
}

void context_seed(lua_State *L, const char *text)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    lua_getfield(L, LUA_REGISTRYINDEX, "annalist.randomseed");
    lua_pushinteger(L, (lua_Integer)hash);
    lua_call(L, 1, 0);
}

/* --- opening ------------------------------------------------------------------------------------------------ */

static int read_only(lua_State *L)
{
    return luaL_error(L, "ctx and corpus cannot be changed");
}

static void new_class(lua_State *L, const char *name, const luaL_Reg *methods)
{
    luaL_newmetatable(L, name);
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, read_only);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

void context_open(lua_State *L, Context *context)
{
    static const luaL_Reg ctx_methods[] = { { "emit", emit }, { "rows", ctx_rows }, { "option", ctx_option }, { "has", ctx_has }, { "tables", ctx_tables },
                                            { "log", ctx_log }, { "progress", ctx_progress }, { "write", ctx_write }, { "random", ctx_random }, { NULL, NULL } };
    static const luaL_Reg corpus_methods[] = { { "articles", corpus_articles }, { "article", corpus_article }, { NULL, NULL } };
    static const luaL_Reg cursor_meta[] = { { "__gc", cursor_close }, { "__close", cursor_close }, { NULL, NULL } };
    lua_pushlightuserdata(L, context);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &context_key);
    new_class(L, ctx_name, ctx_methods);
    new_class(L, corpus_name, corpus_methods);
    luaL_newmetatable(L, cursor_name);
    luaL_setfuncs(L, cursor_meta, 0);
    lua_pop(L, 1);
    const char *at = context->given;
    if (!values_read(L, &at, at + context->given_length))
        luaL_error(L, "no options were handed over");
    lua_getfield(L, -1, "options");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &options_key);
    lua_getfield(L, -1, "files");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &files_key);
    lua_getfield(L, -1, "roles");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &roles_key);
    lua_pop(L, 1);
}

void context_push(lua_State *L, Context *context)
{
    static const char *const names[] = { "prepare", "article", "corpus" };
    lua_createtable(L, 0, 1);
    lua_pushstring(L, names[context->stage]);
    lua_setfield(L, -2, "stage");
    luaL_setmetatable(L, ctx_name);
}
