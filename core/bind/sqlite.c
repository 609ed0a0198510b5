/* annalist.sqlite: SQLite databases for Lua. Thin: what a database is stands in corpus/database.h.
 * A Connection owns its Database; statements and cursors keep their connection alive, and see by its NULL that it was closed. */
#include "bind/interrupt.h"
#include "bind/modules.h"
#include "bind/sqlite_values.h"
#include "corpus/database.h"
#include "corpus/schema.h"

#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CONNECTION "annalist.sqlite.Database"
#define STATEMENT "annalist.sqlite.Statement"
#define CURSOR "annalist.sqlite.Cursor"

typedef struct Connection {
    Database *database;
} Connection;

/* User value 1: the connection. The statement is handed out by the database's cache. */
typedef struct Statement {
    sqlite3_stmt *statement;
} Statement;

/* User value 1: the connection; user value 2: array of column names. */
typedef struct Cursor {
    sqlite3_stmt *statement;
    bool positional; /* rows as arrays with n */
    bool first;      /* the first row has been stepped to already */
} Cursor;

/* --- errors and checks ------------------------------------------------------------------------------- */

/* Raises the error as a string without position: "path: message". */
static int raise(lua_State *L, Error *error)
{
    char message[1024];
    snprintf(message, sizeof message, "%s", error->message ? error->message : "no memory");
    error_clear(error);
    lua_pushstring(L, message);
    return lua_error(L);
}

static Database *check_database(lua_State *L, int index)
{
    Connection *connection = luaL_checkudata(L, index, CONNECTION);
    if (!connection->database)
        luaL_error(L, "the database is closed");
    return connection->database;
}

/* The database behind the object at `index` (a statement or a cursor), NULL if it was closed. */
static Database *database_of(lua_State *L, int index)
{
    lua_getiuservalue(L, index, 1);
    Connection *connection = lua_touserdata(L, -1);
    Database *database = connection ? connection->database : NULL;
    lua_pop(L, 1);
    return database;
}

/* --- cursors ------------------------------------------------------------------------------------------- */

/* Pushes an empty cursor on the connection at `connection`; filled by the caller, who must not raise in between. */
static Cursor *new_cursor(lua_State *L, int connection, bool positional)
{
    Cursor *cursor = lua_newuserdatauv(L, sizeof *cursor, 2);
    *cursor = (Cursor){ NULL, positional, false };
    lua_pushvalue(L, connection);
    lua_setiuservalue(L, -2, 1);
    luaL_setmetatable(L, CURSOR);
    return cursor;
}

static int cursor_close(lua_State *L)
{
    Cursor *cursor = luaL_checkudata(L, 1, CURSOR);
    Database *database = database_of(L, 1);
    if (cursor->statement && database)
        database_release(database, cursor->statement);
    cursor->statement = NULL;
    return 0;
}

static int cursor_next(lua_State *L)
{
    Cursor *cursor = luaL_checkudata(L, 1, CURSOR);
    if (!cursor->statement)
        return 0;
    Database *database = database_of(L, 1);
    if (!database)
        return luaL_error(L, "the database was closed while its rows were read");
    Error error = { 0 };
    bool row;
    if (!database_step(database, cursor->statement, &row, &error)) {
        cursor_close(L);
        return raise(L, &error);
    }
    if (!row) {
        cursor_close(L);
        return 0;
    }
    if (cursor->positional) {
        sqlite_push_array(L, cursor->statement);
    } else {
        lua_getiuservalue(L, 1, 2);
        sqlite_push_record(L, cursor->statement, lua_gettop(L));
    }
    return 1;
}

/* Checks out and binds the statement of the SQL at `sql`, parameters after it; the cursor, on top of the stack afterwards, owns it. */
static Cursor *open_cursor(lua_State *L, int connection, int sql, bool positional, bool copy)
{
    Database *database = check_database(L, connection);
    size_t length;
    const char *text = luaL_checklstring(L, sql, &length);
    int top = lua_gettop(L);
    Cursor *cursor = new_cursor(L, connection, positional);
    lua_insert(L, 1); /* below the parameters; every index goes up by one */
    Error error = { 0 };
    cursor->statement = database_prepare(database, text, length, &error);
    if (!cursor->statement)
        raise(L, &error);
    if (!sqlite_bind(L, database, cursor->statement, sql + 2, copy, &error)) {
        database_release(database, cursor->statement);
        cursor->statement = NULL;
        raise(L, &error);
    }
    lua_pushvalue(L, 1);
    lua_remove(L, 1);
    if (!positional) {
        sqlite_push_names(L, cursor->statement);
        lua_setiuservalue(L, -2, 2);
    }
    (void)top;
    return cursor;
}

/* iterator, cursor, nil, cursor: the last is closed by the generic for, also on break and on error. */
static int push_iterator(lua_State *L)
{
    int cursor = lua_gettop(L);
    lua_pushcfunction(L, cursor_next);
    lua_pushvalue(L, cursor);
    lua_pushnil(L);
    lua_pushvalue(L, cursor);
    return 4;
}

static int connection_rows(lua_State *L)
{
    open_cursor(L, 1, 2, false, true);
    return push_iterator(L);
}

static int connection_list(lua_State *L)
{
    open_cursor(L, 1, 2, true, true);
    return push_iterator(L);
}

/* Steps the cursor on top of the stack once. */
static bool step_cursor(lua_State *L, Cursor *cursor, Database *database)
{
    Error error = { 0 };
    bool row;
    if (!database_step(database, cursor->statement, &row, &error)) {
        database_release(database, cursor->statement);
        cursor->statement = NULL;
        raise(L, &error);
    }
    return row;
}

static void end_cursor(Cursor *cursor, Database *database)
{
    database_release(database, cursor->statement);
    cursor->statement = NULL;
}

static int connection_row(lua_State *L)
{
    Cursor *cursor = open_cursor(L, 1, 2, false, false);
    Database *database = check_database(L, 1);
    if (step_cursor(L, cursor, database)) {
        lua_getiuservalue(L, -1, 2);
        sqlite_push_record(L, cursor->statement, lua_gettop(L));
    } else {
        lua_pushnil(L);
    }
    end_cursor(cursor, database);
    return 1;
}

static int connection_value(lua_State *L)
{
    Cursor *cursor = open_cursor(L, 1, 2, true, false);
    Database *database = check_database(L, 1);
    if (step_cursor(L, cursor, database) && sqlite3_column_count(cursor->statement) > 0)
        sqlite_push_column(L, cursor->statement, 0);
    else
        lua_pushnil(L);
    end_cursor(cursor, database);
    return 1;
}

static int connection_all(lua_State *L)
{
    Cursor *cursor = open_cursor(L, 1, 2, false, false);
    Database *database = check_database(L, 1);
    int at = lua_gettop(L);
    lua_getiuservalue(L, at, 2);
    lua_newtable(L);
    lua_Integer n = 0;
    while (step_cursor(L, cursor, database)) {
        sqlite_push_record(L, cursor->statement, at + 1);
        lua_rawseti(L, at + 2, ++n);
    }
    end_cursor(cursor, database);
    return 1;
}

/* --- connections --------------------------------------------------------------------------------------- */

static int connection_close(lua_State *L)
{
    Connection *connection = luaL_checkudata(L, 1, CONNECTION);
    Database *database = connection->database;
    connection->database = NULL;
    database_close(database);
    return 0;
}

static int connection_execute(lua_State *L)
{
    Database *database = check_database(L, 1);
    luaL_checkstring(L, 2);
    sqlite3_int64 before = sqlite3_total_changes64(database_handle(database));
    if (lua_gettop(L) == 2) {
        Error error = { 0 };
        if (!database_execute(database, lua_tostring(L, 2), &error))
            return raise(L, &error);
    } else {
        Cursor *cursor = open_cursor(L, 1, 2, true, false);
        while (step_cursor(L, cursor, database))
            ;
        end_cursor(cursor, database);
    }
    lua_pushinteger(L, sqlite3_total_changes64(database_handle(database)) - before);
    return 1;
}

static int connection_columns(lua_State *L)
{
    lua_settop(L, 2);
    Database *database = check_database(L, 1);
    size_t length;
    const char *sql = luaL_checklstring(L, 2, &length);
    Cursor *cursor = new_cursor(L, 1, true);
    Error error = { 0 };
    cursor->statement = database_prepare(database, sql, length, &error);
    if (!cursor->statement)
        return raise(L, &error);
    sqlite_push_names(L, cursor->statement);
    end_cursor(cursor, database);
    return 1;
}

static void run_or_raise(lua_State *L, Database *database, const char *sql)
{
    Error error = { 0 };
    if (!database_execute(database, sql, &error))
        raise(L, &error);
}

/* db:transaction(f, ...): f's results; within another transaction a savepoint. */
static int connection_transaction(lua_State *L)
{
    Database *database = check_database(L, 1);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    bool outer = sqlite3_get_autocommit(database_handle(database)) != 0;
    run_or_raise(L, database, outer ? "BEGIN IMMEDIATE" : "SAVEPOINT annalist_inner");
    int status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 0);
    database = check_database(L, 1); /* f may have closed it */
    if (status == LUA_OK) {
        Error error = { 0 };
        if (database_execute(database, outer ? "COMMIT" : "RELEASE annalist_inner", &error))
            return lua_gettop(L) - 1;
        database_execute(database, outer ? "ROLLBACK" : "ROLLBACK TO annalist_inner; RELEASE annalist_inner", NULL);
        return raise(L, &error);
    }
    if (!sqlite3_get_autocommit(database_handle(database))) /* a full disk may have rolled back already */
        database_execute(database, outer ? "ROLLBACK" : "ROLLBACK TO annalist_inner; RELEASE annalist_inner", NULL);
    return lua_error(L);
}

static int connection_last_id(lua_State *L)
{
    lua_pushinteger(L, sqlite3_last_insert_rowid(database_handle(check_database(L, 1))));
    return 1;
}

static int connection_changes(lua_State *L)
{
    lua_pushinteger(L, sqlite3_changes64(database_handle(check_database(L, 1))));
    return 1;
}

static int connection_interrupt(lua_State *L)
{
    database_interrupt(check_database(L, 1));
    return 0;
}

static int connection_path(lua_State *L)
{
    lua_pushstring(L, database_path(check_database(L, 1)));
    return 1;
}

static int connection_text(lua_State *L)
{
    Connection *connection = luaL_checkudata(L, 1, CONNECTION);
    if (connection->database)
        lua_pushfstring(L, "database (%s)", database_path(connection->database));
    else
        lua_pushliteral(L, "database (closed)");
    return 1;
}

/* --- prepared statements --------------------------------------------------------------------------------- */

static int connection_prepare(lua_State *L)
{
    lua_settop(L, 2);
    Database *database = check_database(L, 1);
    size_t length;
    const char *sql = luaL_checklstring(L, 2, &length);
    Statement *statement = lua_newuserdatauv(L, sizeof *statement, 1);
    statement->statement = NULL;
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    luaL_setmetatable(L, STATEMENT);
    Error error = { 0 };
    statement->statement = database_prepare(database, sql, length, &error);
    if (!statement->statement)
        return raise(L, &error);
    return 1;
}

static Statement *check_statement(lua_State *L, Database **database)
{
    Statement *statement = luaL_checkudata(L, 1, STATEMENT);
    *database = database_of(L, 1);
    if (!statement->statement)
        luaL_error(L, "the statement is closed");
    if (!*database)
        luaL_error(L, "the database is closed");
    return statement;
}

static int statement_close(lua_State *L)
{
    Statement *statement = luaL_checkudata(L, 1, STATEMENT);
    Database *database = database_of(L, 1);
    if (statement->statement && database)
        database_release(database, statement->statement);
    statement->statement = NULL;
    return 0;
}

static int statement_run(lua_State *L)
{
    Database *database;
    Statement *statement = check_statement(L, &database);
    Error error = { 0 };
    bool row = true;
    sqlite3_int64 before = sqlite3_total_changes64(database_handle(database));
    bool fine = sqlite_bind(L, database, statement->statement, 2, false, &error);
    while (fine && row)
        fine = database_step(database, statement->statement, &row, &error);
    sqlite3_reset(statement->statement);
    sqlite3_clear_bindings(statement->statement);
    if (!fine)
        return raise(L, &error);
    lua_pushinteger(L, sqlite3_total_changes64(database_handle(database)) - before);
    return 1;
}

/* Turns (statement, ...) into (connection, sql, ...): rows are read from a statement of their own, so that two loops don't disturb each other. */
static void to_connection(lua_State *L)
{
    Database *database;
    Statement *statement = check_statement(L, &database);
    lua_pushstring(L, sqlite3_sql(statement->statement));
    lua_insert(L, 2);
    lua_getiuservalue(L, 1, 1);
    lua_replace(L, 1);
}

static int statement_rows(lua_State *L)
{
    to_connection(L);
    return connection_rows(L);
}

static int statement_row(lua_State *L)
{
    to_connection(L);
    return connection_row(L);
}

static int statement_columns(lua_State *L)
{
    Database *database;
    sqlite_push_names(L, check_statement(L, &database)->statement);
    return 1;
}

/* --- the module ------------------------------------------------------------------------------------------ */

static DatabaseMode check_mode(lua_State *L, int index)
{
    static const char *const names[] = { "read", "write", "create", NULL };
    return (DatabaseMode)luaL_checkoption(L, index, "read", names);
}

/* Ctrl-C ends the statement that runs; the Lua error "interrupted" follows from terminal.c. */
static bool interrupted(void *context)
{
    (void)context;
    return interrupt_requested != 0;
}

static int open_database(lua_State *L, bool corpus)
{
    const char *path = luaL_checkstring(L, 1);
    DatabaseMode mode = check_mode(L, 2);
    Connection *connection = lua_newuserdatauv(L, sizeof *connection, 1);
    connection->database = NULL;
    luaL_setmetatable(L, CONNECTION);
    Error error = { 0 };
    connection->database = corpus ? schema_open(path, mode, &error) : database_open(path, mode, &error);
    if (!connection->database)
        return raise(L, &error);
    database_on_progress(connection->database, interrupted, NULL);
    if (mode != DATABASE_READ && !database_begin_writing(connection->database, &error))
        return raise(L, &error);
    return 1;
}

static int sqlite_open(lua_State *L)
{
    return open_database(L, false);
}

static int sqlite_corpus(lua_State *L)
{
    return open_database(L, true);
}

static void make_class(lua_State *L, const char *name, const luaL_Reg *methods, lua_CFunction close)
{
    luaL_newmetatable(L, name);
    lua_pushcfunction(L, close);
    lua_setfield(L, -2, "__gc");
    lua_pushcfunction(L, close);
    lua_setfield(L, -2, "__close");
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

int luaopen_annalist_sqlite(lua_State *L)
{
    static const luaL_Reg connection_methods[] = {
        { "execute", connection_execute }, { "rows", connection_rows }, { "row", connection_row }, { "value", connection_value },
        { "all", connection_all }, { "list", connection_list }, { "prepare", connection_prepare }, { "transaction", connection_transaction },
        { "last_id", connection_last_id }, { "changes", connection_changes }, { "columns", connection_columns },
        { "interrupt", connection_interrupt }, { "close", connection_close }, { "path", connection_path }, { NULL, NULL }
    };
    static const luaL_Reg statement_methods[] = { { "run", statement_run }, { "rows", statement_rows }, { "row", statement_row },
                                                  { "columns", statement_columns }, { "close", statement_close }, { NULL, NULL } };
    static const luaL_Reg cursor_methods[] = { { "close", cursor_close }, { NULL, NULL } };
    static const luaL_Reg functions[] = { { "open", sqlite_open }, { "corpus", sqlite_corpus }, { "blob", sqlite_blob }, { NULL, NULL } };

    make_class(L, CONNECTION, connection_methods, connection_close);
    make_class(L, STATEMENT, statement_methods, statement_close);
    make_class(L, CURSOR, cursor_methods, cursor_close);
    luaL_getmetatable(L, CONNECTION);
    lua_pushcfunction(L, connection_text);
    lua_setfield(L, -2, "__tostring");
    lua_pop(L, 1);

    luaL_newlib(L, functions);
    sqlite_push_null(L);
    lua_setfield(L, -2, "null");
    lua_pushstring(L, sqlite3_libversion());
    lua_setfield(L, -2, "version");
    return 1;
}
