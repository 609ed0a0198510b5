/* See database.h. */
#include "corpus/database.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUSY_MILLISECONDS = 15000,
    CACHE_SIZE = 64,  /* statements kept; the least recently used goes first */
    SQL_HEAD = 80,    /* bytes of SQL shown in an error */
    PROGRESS_STEPS = 20000,
    CLOSE_TRIES = 5, /* to make one file of it again, each after CLOSE_PAUSE microseconds */
    CLOSE_PAUSE = 10000
};

typedef struct Cached {
    sqlite3_stmt *statement;
    uint64_t used; /* when last handed out */
    bool busy;
} Cached;

struct Database {
    sqlite3 *handle;
    char *path;
    DatabaseMode mode;
    bool wal;
    uint64_t clock;
    Cached *cache;
    size_t count, room;
    bool (*stop)(void *context);
    void *stop_context;
};

/* --- errors -------------------------------------------------------------------------------------- */

/* What the system says, where SQLite only says "disk I/O error" or "unable to open database file". */
static const char *system_words(Database *database, const char *words)
{
    int number = sqlite3_system_errno(database->handle);
    return number ? strerror(number) : words;
}

/* Is there a write-ahead log beside it? */
static bool has_log(const char *path)
{
    char log[PATH_MAX + 8];
    struct stat info;
    snprintf(log, sizeof log, "%s-wal", path);
    return stat(log, &info) == 0 && info.st_size > 0;
}

bool database_fail(Database *database, const char *sql, Error *error)
{
    int code = sqlite3_errcode(database->handle);
    const char *words = sqlite3_errmsg(database->handle);
    if (code == SQLITE_NOTADB)
        return error_set(error, "%s: is no SQLite database", database->path);
    if (code == SQLITE_CORRUPT)
        return error_set(error, "%s: the file is damaged (%s)", database->path, words);
    if (code == SQLITE_FULL)
        return error_set(error, "%s: the disk is full; make room, then give the same command again", database->path);
    if (code == SQLITE_IOERR)
        return error_set(error, "%s: can't be written or read (%s)", database->path, system_words(database, words));
    if (code == SQLITE_BUSY)
        return error_set(error, "%s: another process is writing to it; wait until it has ended", database->path);
    if ((code == SQLITE_READONLY || code == SQLITE_CANTOPEN) && database->mode == DATABASE_READ && has_log(database->path))
        return error_set(error, "%s: the command that wrote it was killed, and what is left to do can't be done in this folder; copy it, with its -wal file, "
                                "to a folder that you can write to", database->path);
    if (code == SQLITE_CANTOPEN)
        return error_set(error, "%s: can't be opened or made (%s)", database->path, system_words(database, words));
    if (code == SQLITE_READONLY)
        return error_set(error, "%s: the file or its folder can be read but not written; copy it to a folder that you can write to", database->path);
    if (!sql)
        return error_set(error, "%s: %s", database->path, words);
    char head[SQL_HEAD + 8];
    size_t n = 0;
    bool space = true;
    for (; *sql && n < SQL_HEAD; sql++) {
        bool white = *sql == ' ' || *sql == '\n' || *sql == '\t' || *sql == '\r';
        if (!white || !space)
            head[n++] = white ? ' ' : *sql;
        space = white;
    }
    while (n > 0 && *sql && ((unsigned char)head[n - 1] & 0x80)) /* no half character at the cut */
        n--;
    snprintf(head + n, sizeof head - n, "%s", *sql ? "…" : "");
    return error_set(error, "%s: %s (in: %s)", database->path, words, head);
}

/* --- opening and closing --------------------------------------------------------------------------- */

/* The folder that a file lies in; the caller frees it. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
}

/* Can a file be made here? SQLite would try in several ways, and tell of the last. */
static bool check_folder(const char *path, Error *error)
{
    char here[PATH_MAX];
    if (path[0] != '/' && !getcwd(here, sizeof here))
        return error_set(error, "%s: can't be made: the working folder is gone; go to another one", path);
    char *folder = folder_of(path);
    bool fine = !folder || access(folder, W_OK | X_OK) == 0 || error_set(error, "%s: can't be made: folder %s: %s", path, folder, strerror(errno));
    free(folder);
    return fine;
}

/* Says why a path can't be a database before SQLite is asked: it would wait at a pipe, and call a folder "unable to open". */
static bool check_path(const char *path, DatabaseMode mode, Error *error)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        if (errno == ENOENT && mode == DATABASE_CREATE)
            return check_folder(path, error);
        return error_set(error, "%s: %s", path, errno == ENOENT ? "no such file" : strerror(errno));
    }
    if (S_ISDIR(info.st_mode))
        return error_set(error, "%s: is a folder, not a database file", path);
    if (!S_ISREG(info.st_mode))
        return error_set(error, "%s: is no ordinary file", path);
    return true;
}

static void set_limits(Database *database)
{
    sqlite3 *handle = database->handle;
    sqlite3_extended_result_codes(handle, 0);
    sqlite3_busy_timeout(handle, BUSY_MILLISECONDS);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    if (database->mode == DATABASE_READ) {
        /* Not PRAGMA query_only: that can be turned off again by SQL. */
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
        sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    }
}

/* Opens the file as one that nobody can change, on a read-only disk for instance: without journal, shared memory and locks. */
static void reopen_immutable(Database *database)
{
    size_t length = strlen(database->path), n = 5;
    char *address = malloc(3 * length + sizeof "file:?immutable=1");
    if (!address)
        return;
    memcpy(address, "file:", n);
    for (const char *p = database->path; *p; p++) /* every byte as %XX but the first slash, which tells a path from a host's name */
        n += (size_t)sprintf(address + n, p == database->path && *p == '/' ? "/" : "%%%02X", (unsigned)(unsigned char)*p);
    memcpy(address + n, "?immutable=1", sizeof "?immutable=1");
    sqlite3 *handle = NULL;
    if (sqlite3_open_v2(address, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK) {
        sqlite3_close_v2(database->handle);
        database->handle = handle;
        set_limits(database);
    } else {
        sqlite3_close_v2(handle);
    }
    free(address);
}

/* A writer was killed in the middle: its journal must be rolled back first, which a reader may not do. Where that can't be done either, because
 * the folder is read-only, the file itself holds all if it has no log. */
static void recover(Database *database)
{
    Error error = { 0 };
    int code = sqlite3_exec(database->handle, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    if (database->mode != DATABASE_READ || (code != SQLITE_READONLY && code != SQLITE_CANTOPEN))
        return;
    Database *writer = database_open(database->path, DATABASE_WRITE, &error);
    if (!writer && !has_log(database->path))
        reopen_immutable(database);
    database_close(writer);
    error_clear(&error);
}

/* Before SQLite's first use: nobody asks how much memory it has taken, and counting it costs a lock at each piece. */
__attribute__((constructor)) static void count_no_memory(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

Database *database_open(const char *path, DatabaseMode mode, Error *error)
{
    bool memory = strcmp(path, ":memory:") == 0;
    if (!memory && !check_path(path, mode, error))
        return NULL;
    Database *database = calloc(1, sizeof *database);
    if (!database || !(database->path = strdup(path))) {
        free(database);
        error_set(error, "%s: no memory", path);
        return NULL;
    }
    database->mode = mode;
    int flags = mode == DATABASE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (mode == DATABASE_CREATE)
        flags |= SQLITE_OPEN_CREATE;
    if (sqlite3_open_v2(path, &database->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
        if (database->handle)
            database_fail(database, NULL, error);
        else
            error_set(error, "%s: no memory", path);
        goto failed;
    }
    set_limits(database);
    /* The file is only read by the first command: ask now whether it is a database. */
    recover(database);
    if (!database_execute(database, "SELECT count(*) FROM sqlite_schema", error))
        goto failed;
    if (mode != DATABASE_READ && sqlite3_db_readonly(database->handle, "main") == 1) {
        error_set(error, "%s: the file or its folder can be read but not written; copy it to a folder that you can write to", path);
        goto failed;
    }
    return database;
failed:
    database_close(database);
    return NULL;
}

/* A lock on the folder (the file's own locks are SQLite's), -1 without one. Writers leave one by one: two that left at the same moment would each
 * see the other still there, and neither would put the log away. */
static int lock_folder(const char *path)
{
    char *folder = folder_of(path);
    int lock = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    free(folder);
    while (lock >= 0 && flock(lock, LOCK_EX) != 0)
        if (errno != EINTR) {
            close(lock);
            return -1;
        }
    return lock;
}

void database_close(Database *database)
{
    if (!database)
        return;
    int lock = -1;
    for (size_t i = 0; i < database->count; i++)
        sqlite3_finalize(database->cache[i].statement);
    free(database->cache);
    if (database->wal && database->handle) {
        lock = lock_folder(database->path);
        sqlite3_busy_timeout(database->handle, 0); /* if somebody reads, the last one to close will do */
        if (!sqlite3_get_autocommit(database->handle))
            sqlite3_exec(database->handle, "ROLLBACK", NULL, NULL, NULL);
        for (int i = 0; i < CLOSE_TRIES && sqlite3_exec(database->handle, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL) == SQLITE_BUSY; i++)
            usleep(CLOSE_PAUSE); /* a reader that is just leaving */
    }
    sqlite3_close_v2(database->handle);
    if (lock >= 0)
        close(lock);
    free(database->path);
    free(database);
}

bool database_begin_writing(Database *database, Error *error)
{
    if (database->wal || database->mode == DATABASE_READ)
        return true;
    database->wal = true;
    return database_execute(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-49152; PRAGMA temp_store=MEMORY;"
                                      "PRAGMA wal_autocheckpoint=2000; PRAGMA journal_size_limit=67108864", error);
}

const char *database_path(const Database *database) { return database->path; }
sqlite3 *database_handle(Database *database) { return database->handle; }

/* --- statements ------------------------------------------------------------------------------------ */

static bool only_space(const char *sql)
{
    return sql[strspn(sql, " \t\r\n;")] == '\0';
}

static Cached *cache_slot(Database *database)
{
    if (database->count < database->room)
        return &database->cache[database->count++];
    Cached *oldest = NULL;
    if (database->count >= CACHE_SIZE)
        for (size_t i = 0; i < database->count; i++)
            if (!database->cache[i].busy && (!oldest || database->cache[i].used < oldest->used))
                oldest = &database->cache[i];
    if (oldest) {
        sqlite3_finalize(oldest->statement);
        return oldest;
    }
    size_t room = database->room ? 2 * database->room : 16;
    Cached *cache = realloc(database->cache, room * sizeof *cache);
    if (!cache)
        return NULL;
    database->cache = cache;
    database->room = room;
    return &cache[database->count++];
}

sqlite3_stmt *database_prepare(Database *database, const char *sql, size_t length, Error *error)
{
    for (size_t i = 0; i < database->count; i++) {
        Cached *cached = &database->cache[i];
        const char *text = cached->busy ? NULL : sqlite3_sql(cached->statement);
        if (text && strncmp(text, sql, length) == 0 && text[length] == '\0') {
            cached->busy = true;
            cached->used = ++database->clock;
            return cached->statement;
        }
    }
    sqlite3_stmt *statement = NULL;
    const char *tail = NULL;
    if (length > INT32_MAX - 1) {
        error_set(error, "%s: the SQL is too long", database->path);
        return NULL;
    }
    if (sqlite3_prepare_v3(database->handle, sql, (int)length, SQLITE_PREPARE_PERSISTENT, &statement, &tail) != SQLITE_OK) {
        database_fail(database, sql, error);
        return NULL;
    }
    if (!statement) {
        error_set(error, "%s: the SQL is empty", database->path);
        return NULL;
    }
    sqlite3_stmt *second = NULL; /* after the command only space and comments may come */
    if (tail && tail < sql + length && !only_space(tail) &&
        (sqlite3_prepare_v2(database->handle, tail, -1, &second, NULL) != SQLITE_OK || second)) {
        sqlite3_finalize(second);
        sqlite3_finalize(statement);
        error_set(error, "%s: one SQL command is expected here, and after it comes “%.40s”", database->path, tail + strspn(tail, " \t\r\n"));
        return NULL;
    }
    Cached *cached = cache_slot(database);
    if (!cached) {
        sqlite3_finalize(statement);
        error_set(error, "%s: no memory", database->path);
        return NULL;
    }
    *cached = (Cached){ statement, ++database->clock, true };
    return statement;
}

void database_release(Database *database, sqlite3_stmt *statement)
{
    if (!statement)
        return;
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    for (size_t i = 0; i < database->count; i++)
        if (database->cache[i].statement == statement) {
            database->cache[i].busy = false;
            return;
        }
}

bool database_step(Database *database, sqlite3_stmt *statement, bool *row, Error *error)
{
    int code = sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return true;
    if (code == SQLITE_MISUSE)
        return error_set(error, "%s: the statement can't be used now", database->path);
    return database_fail(database, sqlite3_sql(statement), error);
}

bool database_execute(Database *database, const char *sql, Error *error)
{
    while (!only_space(sql)) {
        sqlite3_stmt *statement = NULL;
        const char *tail = sql;
        if (sqlite3_prepare_v2(database->handle, sql, -1, &statement, &tail) != SQLITE_OK)
            return database_fail(database, sql, error);
        int code = SQLITE_DONE;
        while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW)
            ;
        bool done = code == SQLITE_DONE || database_fail(database, sqlite3_sql(statement), error);
        sqlite3_finalize(statement);
        if (!done)
            return false;
        sql = tail;
    }
    return true;
}

static bool bind_arguments(sqlite3_stmt *statement, const char *types, va_list arguments)
{
    int code = SQLITE_OK;
    for (int i = 1; *types && code == SQLITE_OK; types++, i++) {
        if (*types == 'i')
            code = sqlite3_bind_int64(statement, i, va_arg(arguments, int64_t));
        else if (*types == 'd')
            code = sqlite3_bind_double(statement, i, va_arg(arguments, double));
        else if (*types == 't') {
            const char *text = va_arg(arguments, const char *);
            code = text ? sqlite3_bind_text64(statement, i, text, strlen(text), SQLITE_STATIC, SQLITE_UTF8) : sqlite3_bind_null(statement, i);
        } else {
            const char *text = va_arg(arguments, const char *);
            size_t n = va_arg(arguments, size_t);
            code = text ? sqlite3_bind_text64(statement, i, text, n, SQLITE_STATIC, SQLITE_UTF8) : sqlite3_bind_null(statement, i);
        }
    }
    return code == SQLITE_OK;
}

/* Binds, steps once, and leaves the statement on its first row (if there is one) for the caller to look at and release. */
static sqlite3_stmt *start(Database *database, bool *row, Error *error, const char *sql, const char *types, va_list arguments)
{
    sqlite3_stmt *statement = database_prepare(database, sql, strlen(sql), error);
    if (!statement)
        return NULL;
    bool fine = bind_arguments(statement, types, arguments) || database_fail(database, sql, error);
    if (fine && database_step(database, statement, row, error))
        return statement;
    database_release(database, statement);
    return NULL;
}

bool database_run(Database *database, Error *error, const char *sql, const char *types, ...)
{
    va_list arguments;
    va_start(arguments, types);
    bool row = false;
    sqlite3_stmt *statement = start(database, &row, error, sql, types, arguments);
    va_end(arguments);
    bool fine = statement != NULL;
    while (fine && row)
        fine = database_step(database, statement, &row, error);
    if (statement)
        database_release(database, statement);
    return fine;
}

bool database_integer(Database *database, int64_t *value, Error *error, const char *sql, const char *types, ...)
{
    va_list arguments;
    va_start(arguments, types);
    bool row = false;
    sqlite3_stmt *statement = start(database, &row, error, sql, types, arguments);
    va_end(arguments);
    *value = 0;
    if (!statement)
        return false;
    if (row)
        *value = sqlite3_column_int64(statement, 0);
    database_release(database, statement);
    return true;
}

/* --- ending what runs ------------------------------------------------------------------------------ */

void database_interrupt(Database *database)
{
    if (database && database->handle)
        sqlite3_interrupt(database->handle);
}

static int progress(void *context)
{
    Database *database = context;
    return database->stop && database->stop(database->stop_context);
}

void database_on_progress(Database *database, bool (*stop)(void *context), void *context)
{
    database->stop = stop;
    database->stop_context = context;
    sqlite3_progress_handler(database->handle, stop ? PROGRESS_STEPS : 0, stop ? progress : NULL, database);
}
