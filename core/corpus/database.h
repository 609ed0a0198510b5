/* One connection to an SQLite file: opened with limits, errors that name file and statement, statements kept by their text.
 * Knows no table; schema.h knows those of a corpus. */
#ifndef ANNALIST_CORPUS_DATABASE_H
#define ANNALIST_CORPUS_DATABASE_H

#include "error.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Database Database;

typedef enum DatabaseMode {
    DATABASE_READ,  /* must exist; nothing can be written, nothing attached */
    DATABASE_WRITE, /* must exist */
    DATABASE_CREATE /* made if it isn't there; ":memory:" for one without file */
} DatabaseMode;

/* The caller closes it. NULL with an error: no such file, a folder, a pipe, no database, … */
Database *database_open(const char *path, DatabaseMode mode, Error *error);

/* Finalises every statement, also those still handed out. A file that was in WAL mode becomes one single file again, if nobody else has it open.
 * NULL is fine. */
void database_close(Database *database);

const char *database_path(const Database *database);
sqlite3 *database_handle(Database *database);

/* WAL mode with the settings for bulk writing. Reverted by database_close. */
bool database_begin_writing(Database *database, Error *error);

/* A statement of exactly one SQL command, from the cache if it is there and free. Given back with database_release, which resets it. */
sqlite3_stmt *database_prepare(Database *database, const char *sql, size_t length, Error *error);
void database_release(Database *database, sqlite3_stmt *statement);

/* Steps: *row tells whether there is one. */
bool database_step(Database *database, sqlite3_stmt *statement, bool *row, Error *error);

/* Any number of commands without parameters. */
bool database_execute(Database *database, const char *sql, Error *error);

/* One statement with the arguments that `types` names: i int64_t, d double, t const char * (NULL is NULL), b const char * and size_t as text
 * (NULLs allowed in it). *value gets the first column of the first row, 0 or NULL if there is none. */
bool database_run(Database *database, Error *error, const char *sql, const char *types, ...);
bool database_integer(Database *database, int64_t *value, Error *error, const char *sql, const char *types, ...);

/* Sets "path: SQLite's words (in: SQL's head)" and returns false. `sql` may be NULL. */
bool database_fail(Database *database, const char *sql, Error *error);

/* Ends what runs on this connection; may be called from a signal handler or another thread. */
void database_interrupt(Database *database);

/* Called every few thousand steps of SQLite's machine; true ends the statement with "interrupted". */
void database_on_progress(Database *database, bool (*stop)(void *context), void *context);

#endif
