/* annalist.host: pools of workers that run one plugin each, and what they send. The engine (core/lua/annalist/engine) decides who works on what;
 * this file builds the sandboxed state in the spawner, runs `article` or `corpus` in a worker, and reads rows for the parent.
 *
 * Packets from a worker: L loaded (declaration), F a file that was read, R an article done (id, rows), r some rows of the corpus stage,
 * E failed (id, message), X about to die (message), G log, P progress, W a file to write; from the pool: K died, Z closed. */
#include "bind/context.h"
#include "bind/modules.h"
#include "bind/values.h"
#include "host/limits.h"

#include <lauxlib.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char pool_name[] = "annalist.pool";

typedef struct Job {
    StateSettings settings;
    Context context;
    char *database, *role;
    Octets given;
    const char **readable;
    double seconds, load_seconds;
    size_t files_sent;
    int workers;
} Job;

typedef struct PoolBox {
    Pool *pool;
    Job *job;
} PoolBox;

/* --- in the child --------------------------------------------------------------------------------------- */

static Job *current; /* of this worker process, for the signal handler */

/* About to die: say what happened and in which line. Runs in a signal handler, or in the allocator. */
static void last_words(const char *what)
{
    char line[600], text[800];
    state_where(current->context.state, line, sizeof line);
    int n = snprintf(text, sizeof text, "%s%s%s", line, *line ? ": " : "", what);
    worker_send_now(current->context.port, 'X', text, n > 0 ? (size_t)n : 0);
}

static void out_of_memory(State *state)
{
    char what[64];
    snprintf(what, sizeof what, "needs more than %zu MB of memory", state_settings(state)->memory >> 20);
    last_words(what);
    _Exit(LIMITS_EXIT);
}

static void send_error(WorkerPort *port, int64_t article_id, const char *message)
{
    Octets packet = { 0 };
    octets_add(&packet, &article_id, sizeof article_id);
    octets_add_text(&packet, message);
    worker_send(port, 'E', packet.data, packet.length);
    octets_free(&packet);
}

static void send_files(Job *job)
{
    const char *path, *sha256;
    for (; state_file(job->context.state, job->files_sent, &path, &sha256); job->files_sent++) {
        char text[8192];
        int n = snprintf(text, sizeof text, "%s\n%s", sha256, path);
        worker_send(job->context.port, 'F', text, n > 0 ? (size_t)n : 0);
    }
}

/* Runs the plugin's file and its prepare; leaves the plugin's table at stack position 1. */
static bool load_plugin(Job *job, Error *error)
{
    Context *context = &job->context;
    context->state = state_open(&job->settings, error);
    if (!context->state)
        return false;
    limits_install(last_words);
    state_on_memory(context->state, out_of_memory);
    lua_State *L = state_lua(context->state);
    limits_start(job->load_seconds);
    if (!state_run_file(context->state, error))
        return false;
    if (!lua_istable(L, 1))
        return error_set(error, "%s: returns a %s; a plugin returns one table", job->settings.path, luaL_typename(L, 1));
    if (!job->database) /* only to be looked at */
        return true;
    context_open(L, context);
    lua_getfield(L, 1, "prepare");
    if (lua_isfunction(L, -1)) {
        context_seed(L, job->settings.name);
        context_push(L, context);
        if (!state_call(context->state, 1, 0, error))
            return false;
    }
    lua_settop(L, 1);
    if (context->broken)
        return error_set(error, "%s", context->broken);
    return true;
}

static bool prepare(void *data, WorkerPort *port)
{
    Job *job = data;
    Error error = { 0 };
    current = job;
    setlocale(LC_ALL, "C");
    job->context.port = port;
    Stage stage = job->context.stage;
    job->context.stage = STAGE_PREPARE;
    bool fine = load_plugin(job, &error);
    job->context.stage = stage;
    if (job->context.state)
        send_files(job);
    if (!fine) {
        send_error(port, 0, error.message ? error.message : "an error without a message");
        error_clear(&error);
        return false;
    }
    lua_State *L = state_lua(job->context.state);
    Octets declaration = { 0 };
    values_write(L, 1, &declaration);
    worker_send(port, 'L', declaration.data, declaration.length);
    octets_free(&declaration);
    if (job->database)
        state_remember(job->context.state, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, "annalist.plugin");
    limits_stop();
    return job->database != NULL;
}

static bool begin(void *data, WorkerPort *port)
{
    Job *job = data;
    job->context.port = port;
    limits_install(last_words); /* a signal stack of our own */
    limits_memory(2 * job->settings.memory + ((size_t)256 << 20));
    return true;
}

/* Calls plugin.article(ctx, article) or plugin.corpus(ctx, corpus). Runs protected: pushing may run out of memory. */
static int call_stage(lua_State *L)
{
    Job *job = lua_touserdata(L, 1);
    Context *context = &job->context;
    int64_t article_id = (int64_t)lua_tointeger(L, 2);
    Error error = { 0 };
    lua_getfield(L, LUA_REGISTRYINDEX, "annalist.plugin");
    lua_getfield(L, -1, context->stage == STAGE_ARTICLE ? "article" : "corpus");
    lua_remove(L, -2);
    if (context->stage == STAGE_ARTICLE) {
        context_push(L, context);
        if (!context_push_article(L, context, article_id, &error)) {
            lua_pushstring(L, error.message ? error.message : "no article");
            error_clear(&error);
            return lua_error(L);
        }
        lua_getfield(L, -1, "sha256");
        lua_pushstring(L, job->settings.name);
        lua_concat(L, 2);
        context_seed(L, lua_tostring(L, -1));
        lua_pop(L, 1);
    } else {
        context_seed(L, job->settings.name);
        context_push(L, context);
        context_push_corpus(L, context);
    }
    lua_call(L, 2, 0);
    return 0;
}

static void work(void *data, WorkerPort *port, const char *text, size_t length)
{
    Job *job = data;
    Context *context = &job->context;
    Error error = { 0 };
    int64_t article_id = 0;
    if (length == sizeof article_id)
        memcpy(&article_id, text, sizeof article_id);
    current = job;
    if (!context->database && !context_open_corpus(context, job->database, &error)) {
        send_error(port, article_id, error.message ? error.message : "the corpus doesn't open");
        error_clear(&error);
        return;
    }
    lua_State *L = state_lua(context->state);
    state_reset(context->state);
    octets_clear(&context->rows);
    octets_add(&context->rows, &article_id, sizeof article_id);
    for (int i = 0; i < context->table_count; i++)
        context->tables[i].rows = 0;
    free(context->broken);
    context->broken = NULL;
    context->article_id = 0;
    context->written = 0;
    if (context->stage == STAGE_CORPUS)
        octets_clear(&context->rows);
    limits_start(job->seconds);
    lua_pushcfunction(L, call_stage);
    lua_pushlightuserdata(L, job);
    lua_pushinteger(L, article_id);
    bool fine = state_call(context->state, 2, 0, &error);
    limits_stop();
    lua_settop(L, 0);
    send_files(job);
    if (!fine || context->broken) {
        send_error(port, article_id, error.message ? error.message : context->broken);
    } else if (context->stage == STAGE_CORPUS) {
        if (context->rows.length)
            worker_send(port, 'r', context->rows.data, context->rows.length);
        worker_send(port, 'R', &article_id, sizeof article_id);
    } else {
        worker_send(port, 'R', context->rows.data, context->rows.length);
    }
    error_clear(&error);
    if (state_disturbed(context->state))
        _Exit(WORKER_SPENT);
}

/* --- in the parent: settings --------------------------------------------------------------------------------- */

static char *field_text(lua_State *L, const char *name, bool needed)
{
    lua_getfield(L, 1, name);
    const char *text = needed ? luaL_checkstring(L, -1) : luaL_optstring(L, -1, NULL);
    char *copy = text ? strdup(text) : NULL;
    lua_pop(L, 1);
    return copy;
}

static double field_number(lua_State *L, const char *name, double otherwise)
{
    lua_getfield(L, 1, name);
    double value = luaL_optnumber(L, -1, otherwise);
    lua_pop(L, 1);
    return value;
}

static void read_column(lua_State *L, ResultTable *table)
{
    ResultColumn *column = &table->columns[table->count];
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    column->name = strdup(luaL_checkstring(L, -2));
    const char *type = luaL_checkstring(L, -1);
    column->kind = strncmp(type, "text", 4) == 0 ? COLUMN_TEXT : strncmp(type, "number", 6) == 0 ? COLUMN_NUMBER
                   : strncmp(type, "id", 2) == 0 ? COLUMN_ID : COLUMN_INTEGER;
    column->required = type[strlen(type) - 1] == '!';
    size_t length = strlen(column->name);
    column->reference = length > 3 && strcmp(column->name + length - 3, "_id") == 0;
    lua_pop(L, 2);
    if (strcmp(column->name, "article_id") == 0)
        table->article = table->count;
    else if (strcmp(column->name, "first") == 0)
        table->first = table->count;
    else if (strcmp(column->name, "last") == 0)
        table->last = table->count;
    if (column->kind == COLUMN_ID)
        table->id = table->count;
    table->count++;
}

/* tables = { { name = "timex", columns = { { "type", "text" }, … } }, … } */
static void read_tables(lua_State *L, Context *context)
{
    if (lua_getfield(L, 1, "tables") == LUA_TNIL) {
        lua_pop(L, 1);
        return;
    }
    int count = (int)luaL_len(L, -1);
    luaL_argcheck(L, count <= MOST_TABLES, 1, "too many tables");
    for (int i = 1; i <= count; i++, lua_pop(L, 1)) {
        ResultTable *table = &context->tables[context->table_count++];
        table->article = table->first = table->last = table->id = -1;
        lua_rawgeti(L, -1, i);
        lua_getfield(L, -1, "name");
        table->name = strdup(luaL_checkstring(L, -1));
        lua_pop(L, 1);
        lua_getfield(L, -1, "columns");
        int columns = (int)luaL_len(L, -1);
        luaL_argcheck(L, columns <= MOST_COLUMNS, 1, "too many columns");
        for (int j = 1; j <= columns; j++, lua_pop(L, 1)) {
            lua_rawgeti(L, -1, j);
            read_column(L, table);
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void read_readable(lua_State *L, Job *job)
{
    lua_getfield(L, 1, "readable");
    size_t count = lua_istable(L, -1) ? (size_t)luaL_len(L, -1) : 0;
    job->readable = calloc(count + 1, sizeof *job->readable);
    for (size_t i = 0; job->readable && i < count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        job->readable[i] = strdup(luaL_checkstring(L, -1));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    job->context.readable = job->readable;
}

static void free_job(Job *job)
{
    if (!job)
        return;
    const char *texts[] = { job->settings.home, job->settings.name, job->settings.path, job->settings.directory, job->settings.root, job->database,
                            job->role };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free((void *)(size_t)texts[i]);
    for (int i = 0; i < job->context.table_count; i++) {
        for (int j = 0; j < job->context.tables[i].count; j++)
            free(job->context.tables[i].columns[j].name);
        free(job->context.tables[i].name);
    }
    for (size_t i = 0; job->readable && job->readable[i]; i++)
        free((void *)(size_t)job->readable[i]);
    free(job->readable);
    octets_free(&job->given);
    free(job);
}

/* --- in the parent: the pool ------------------------------------------------------------------------------------ */

static PoolBox *check_pool(lua_State *L)
{
    PoolBox *box = luaL_checkudata(L, 1, pool_name);
    if (!box->pool)
        luaL_error(L, "this pool is closed");
    return box;
}

static int box_close(lua_State *L)
{
    PoolBox *box = luaL_checkudata(L, 1, pool_name);
    pool_close(box->pool);
    free_job(box->job);
    *box = (PoolBox){ NULL, NULL };
    return 0;
}

/* host.pool{ home, name, path, directory, root, memory, stage = "article"|"corpus"|"inspect", workers, database, seconds, load_seconds,
 * tables, readable, role, given = { options, roles, catalogue } } → pool */
static int host_pool(lua_State *L)
{
    static const char *const stages[] = { "inspect", "article", "corpus", NULL };
    luaL_checktype(L, 1, LUA_TTABLE);
    PoolBox *box = lua_newuserdatauv(L, sizeof *box, 0);
    *box = (PoolBox){ NULL, calloc(1, sizeof(Job)) };
    luaL_setmetatable(L, pool_name);
    Job *job = box->job;
    if (!job)
        return luaL_error(L, "no memory for a pool");
    job->settings = (StateSettings){ field_text(L, "home", true), field_text(L, "name", true), field_text(L, "path", true),
                                     field_text(L, "directory", false), field_text(L, "root", true), (size_t)field_number(L, "memory", 1 << 30) };
    job->database = field_text(L, "database", false);
    job->role = field_text(L, "role", false);
    job->context.role = job->role;
    job->seconds = field_number(L, "seconds", 10);
    job->load_seconds = field_number(L, "load_seconds", 60);
    job->workers = (int)field_number(L, "workers", 1);
    lua_getfield(L, 1, "stage");
    job->context.stage = (Stage)luaL_checkoption(L, -1, "inspect", stages);
    lua_pop(L, 1);
    lua_getfield(L, 1, "newest");
    job->context.newest = lua_toboolean(L, -1);
    lua_getfield(L, 1, "beside_articles");
    job->context.beside_articles = lua_toboolean(L, -1);
    lua_pop(L, 2);
    read_tables(L, &job->context);
    read_readable(L, job);
    lua_getfield(L, 1, "given");
    if (!values_write(L, -1, &job->given))
        return luaL_error(L, "no memory for the plugin's options");
    job->context.given = job->given.data;
    job->context.given_length = job->given.length;
    lua_pop(L, 1);
    static const WorkerTask task = { prepare, begin, work };
    Error error = { 0 };
    box->pool = pool_open(&task, job, job->workers, &error);
    if (!box->pool) {
        lua_pushstring(L, error.message);
        error_clear(&error);
        return lua_error(L);
    }
    return 1;
}

/* pool:send(SLOT, ARTICLE_ID) → whether the slot took it */
static int box_send(lua_State *L)
{
    PoolBox *box = check_pool(L);
    int64_t article_id = luaL_checkinteger(L, 3);
    lua_pushboolean(L, pool_send(box->pool, (int)luaL_checkinteger(L, 2) - 1, &article_id, sizeof article_id));
    return 1;
}

/* pool:wait(SECONDS) → kind, slot, values… | nil when nothing came */
static int box_wait(lua_State *L)
{
    PoolBox *box = check_pool(L);
    PoolEvent event;
    if (!pool_wait(box->pool, (int)(luaL_optnumber(L, 2, 0.5) * 1000), &event))
        return 0;
    int64_t article_id = 0;
    double share = 0;
    lua_pushlstring(L, &event.kind, 1);
    lua_pushinteger(L, event.slot + 1);
    switch (event.kind) {
    case 'L': {
        const char *at = event.bytes;
        return 2 + values_read(L, &at, event.bytes + event.length);
    }
    case 'R':
    case 'E':
        if (event.length >= sizeof article_id)
            memcpy(&article_id, event.bytes, sizeof article_id);
        lua_pushinteger(L, article_id);
        lua_pushlstring(L, event.bytes + sizeof article_id, event.length > sizeof article_id ? event.length - sizeof article_id : 0);
        return 4;
    case 'P':
        if (event.length == sizeof share)
            memcpy(&share, event.bytes, sizeof share);
        lua_pushnumber(L, share);
        return 3;
    default:
        lua_pushlstring(L, event.bytes, event.length);
        return 3;
    }
}

/* --- rows ---------------------------------------------------------------------------------------------------------- */

/* Copies `n` bytes at offset `at` out of `bytes`; returns the offset behind them. */
static size_t take(lua_State *L, void *to, size_t n, const char *bytes, size_t length, size_t at)
{
    if (length - at < n)
        luaL_error(L, "rows are cut short");
    memcpy(to, bytes + at, n);
    return at + n;
}

/* Reads one encoded row of `columns` columns at offset `at` and pushes its values; returns the offset behind it. */
static size_t push_row(lua_State *L, const char *bytes, size_t length, size_t at, int columns, lua_Integer article_id, lua_Integer key)
{
    for (int i = 0; i < columns; i++) {
        char kind;
        at = take(L, &kind, 1, bytes, length, at);
        int64_t integer;
        double number;
        uint32_t size;
        switch (kind) {
        case 'a':
            lua_pushinteger(L, article_id);
            break;
        case 'k':
            lua_pushinteger(L, key);
            break;
        case 'i':
            at = take(L, &integer, sizeof integer, bytes, length, at);
            lua_pushinteger(L, integer);
            break;
        case 'o':
            at = take(L, &integer, sizeof integer, bytes, length, at);
            lua_pushinteger(L, article_id * (1 << 20) + integer);
            break;
        case 'd':
            at = take(L, &number, sizeof number, bytes, length, at);
            lua_pushnumber(L, number);
            break;
        case 't':
            at = take(L, &size, sizeof size, bytes, length, at);
            if (length - at < size)
                luaL_error(L, "rows are cut short");
            lua_pushlstring(L, bytes + at, size);
            at += size;
            break;
        default:
            lua_pushnil(L);
        }
    }
    return at;
}

/* host.rows(BYTES, COLUMNS, ARTICLE_ID, take): calls take(TABLE, key, values…) for each row; COLUMNS lists how many columns each table has. Keys count up
 * in each table, from ARTICLE_ID * 2^20 in the article stage; without an article `key` is 0. */
static int host_rows(lua_State *L)
{
    size_t length, at = 0;
    const char *bytes = luaL_checklstring(L, 1, &length);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_Integer article_id = luaL_checkinteger(L, 3), rows[MOST_TABLES] = { 0 };
    luaL_checktype(L, 4, LUA_TFUNCTION);
    lua_settop(L, 4);
    luaL_checkstack(L, MOST_COLUMNS + 8, NULL);
    while (at < length) {
        int table = (unsigned char)bytes[at++];
        lua_rawgeti(L, 2, table + 1);
        int columns = (int)lua_tointeger(L, -1);
        lua_settop(L, 4);
        if (columns <= 0 || columns > MOST_COLUMNS || table >= MOST_TABLES)
            return luaL_error(L, "rows of an unknown table");
        lua_Integer key = article_id ? article_id * (1 << 20) + ++rows[table] : 0;
        lua_pushvalue(L, 4);
        lua_pushinteger(L, table + 1);
        lua_pushinteger(L, key);
        at = push_row(L, bytes, length, at, columns, article_id, key);
        lua_call(L, columns + 2, 0);
    }
    return 0;
}

int luaopen_annalist_host(lua_State *L)
{
    static const luaL_Reg methods[] = { { "send", box_send }, { "wait", box_wait }, { "close", box_close }, { NULL, NULL } };
    static const luaL_Reg meta[] = { { "__gc", box_close }, { "__close", box_close }, { NULL, NULL } };
    static const luaL_Reg functions[] = { { "pool", host_pool }, { "rows", host_rows }, { NULL, NULL } };
    luaL_newmetatable(L, pool_name);
    luaL_setfuncs(L, meta, 0);
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
    luaL_newlib(L, functions);
    return 1;
}
