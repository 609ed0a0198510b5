/* See schema.h. A change of the tables is a new entry at the end of `migrations`, never a change of an old one. */
#include "corpus/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Positions and the meaning of each column: CONTRACT section 2, docs/tables.md. */
static const char *const migrations[SCHEMA_VERSION] = {
    /* 1: the first tables */
    "CREATE TABLE source ("
    "  source_id INTEGER PRIMARY KEY,"
    "  path TEXT NOT NULL,"       /* as given on the command line, or below a folder given there; "-" is standard input */
    "  member TEXT,"              /* within an archive; NULL for the file itself */
    "  format TEXT,"              /* "jsonl", "text/windows-1251" */
    "  bytes INTEGER,"
    "  sha256 TEXT,"
    "  status TEXT NOT NULL,"     /* loading, loaded, partial (some records failed), failed, changed (a newer row for this path) */
    "  error TEXT"
    ") STRICT;"
    "CREATE INDEX source_path ON source (path, member);"
    /* Records within a source that could not be read. */
    "CREATE TABLE source_error ("
    "  source_id INTEGER NOT NULL,"
    "  ordinal INTEGER NOT NULL," /* 1, 2, 3 … within the source */
    "  line INTEGER,"             /* NULL where lines mean nothing */
    "  message TEXT NOT NULL,"
    "  PRIMARY KEY (source_id, ordinal)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE article ("
    "  article_id INTEGER PRIMARY KEY,"
    "  source_id INTEGER NOT NULL,"
    "  ordinal INTEGER NOT NULL," /* 1, 2, 3 … within the source */
    "  external_id TEXT,"
    "  sha256 TEXT NOT NULL,"     /* of the text's lines: store_digest */
    "  url TEXT,"
    "  outlet TEXT,"
    "  title TEXT,"
    "  author TEXT,"
    "  declared_date TEXT,"
    "  language TEXT,"
    "  text TEXT NOT NULL,"
    "  body_first INTEGER NOT NULL,"
    "  language_confidence REAL," /* 0..1; NULL when the source declared the language */
    "  supersedes INTEGER"        /* the article of which this is a newer version */
    ") STRICT;"
    "CREATE INDEX article_sha256 ON article (sha256);"
    "CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL;"
    "CREATE INDEX article_external_id ON article (external_id) WHERE external_id IS NOT NULL;"
    "CREATE INDEX article_supersedes ON article (supersedes) WHERE supersedes IS NOT NULL;"
    "CREATE INDEX article_source ON article (source_id, ordinal);"
    "CREATE VIRTUAL TABLE article_search USING fts5 (title, text, content='article', content_rowid='article_id',"
    "  tokenize=\"unicode61 remove_diacritics 2\");"
    "CREATE TABLE indexed ("      /* how far article_search reaches: articles up to this id are in it */
    "  article_id INTEGER NOT NULL"
    ") STRICT;"
    "INSERT INTO indexed VALUES (0);"
    "CREATE TABLE run ("
    "  run_id INTEGER PRIMARY KEY,"
    "  role TEXT,"
    "  plugin TEXT NOT NULL,"
    "  version TEXT,"
    "  code_sha256 TEXT,"
    "  options TEXT,"             /* JSON */
    "  inputs_sha256 TEXT,"
    "  status TEXT NOT NULL,"
    "  error TEXT,"
    "  seconds REAL,"             /* clock columns: seconds, started */
    "  started TEXT,"
    "  articles INTEGER,"
    "  rows INTEGER,"
    "  files TEXT,"               /* JSON: [{\"path\":…, \"sha256\":…}] of the code and data read */
    "  outputs TEXT"              /* JSON: tables filled or files written */
    ") STRICT;"
    "CREATE TABLE run_error ("
    "  run_id INTEGER NOT NULL,"
    "  article_id INTEGER,"       /* NULL: the corpus stage, or the plugin itself */
    "  message TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX run_error_run ON run_error (run_id, article_id);"
    "CREATE TABLE step ("         /* what an article's rows were made from, and what came out */
    "  role TEXT NOT NULL,"
    "  article_id INTEGER NOT NULL," /* 0: the corpus stage */
    "  key TEXT NOT NULL,"
    "  rows_sha256 TEXT,"
    "  PRIMARY KEY (role, article_id)"
    ") STRICT, WITHOUT ROWID;",
    /* 2: the times of files, so that an unchanged one need not be read to be known. Clock columns: a copy of the file has others. */
    "CREATE TABLE file_time ("
    "  source_id INTEGER PRIMARY KEY,"
    "  mtime_ns INTEGER NOT NULL," /* last change of the bytes, in nanoseconds since 1970 */
    "  ctime_ns INTEGER NOT NULL"  /* last change of bytes, rights, owner or name */
    ") STRICT;",
};

static bool migrate(Database *database, int64_t from, Error *error)
{
    if (!database_execute(database, "BEGIN IMMEDIATE", error))
        return false;
    /* Another process may have done it while we waited for the lock. */
    bool fine = database_integer(database, &from, error, "PRAGMA user_version", "");
    char version[96];
    snprintf(version, sizeof version, "PRAGMA application_id=%d; PRAGMA user_version=%d", SCHEMA_APPLICATION, SCHEMA_VERSION);
    for (int64_t i = from; fine && i < SCHEMA_VERSION; i++)
        fine = database_execute(database, migrations[i], error);
    fine = fine && database_execute(database, version, error) && database_execute(database, "COMMIT", error);
    if (!fine)
        database_execute(database, "ROLLBACK", NULL);
    return fine;
}

static bool check(Database *database, DatabaseMode mode, Error *error)
{
    const char *path = database_path(database);
    int64_t application, version, tables;
    if (!database_integer(database, &application, error, "PRAGMA application_id", "") ||
        !database_integer(database, &version, error, "PRAGMA user_version", "") ||
        !database_integer(database, &tables, error, "SELECT count(*) FROM sqlite_schema", ""))
        return false;
    if (tables == 0 && application == 0) {
        if (mode == DATABASE_CREATE) /* articles are long: larger pages, fewer calls */
            return database_execute(database, "PRAGMA page_size=16384", error) && migrate(database, 0, error);
        return error_set(error, "%s: is empty, not a corpus; make one with: annalist load %s PATH...", path, path);
    }
    if (application != SCHEMA_APPLICATION)
        return error_set(error, "%s: is an SQLite database, but no annalist corpus", path);
    if (version > SCHEMA_VERSION)
        return error_set(error, "%s: was written by a newer annalist (format %lld, this one knows up to %d); use that one", path, (long long)version,
                         SCHEMA_VERSION);
    if (version < SCHEMA_VERSION) {
        if (mode == DATABASE_READ && version >= SCHEMA_READABLE)
            return true;
        if (mode == DATABASE_READ)
            return error_set(error, "%s: is of an older annalist (format %lld); any command that writes brings it up to date, for instance: annalist load %s",
                             path, (long long)version, path);
        return migrate(database, version, error);
    }
    return true;
}

Database *schema_open(const char *path, DatabaseMode mode, Error *error)
{
    Error inner = { 0 };
    bool fresh = strcmp(path, ":memory:") != 0 && access(path, F_OK) != 0;
    Database *database = database_open(path, mode, &inner);
    if (!database) {
        const char *words = inner.message;
        if (words && strstr(words, "is no SQLite database"))
            error_set(error, "%s: is no corpus (nor any SQLite database)", path);
        else if (words && strstr(words, ": no such file") && mode != DATABASE_CREATE)
            error_set(error, "%s: no such corpus; make one with: annalist load %s PATH...", path, path);
        else
            error_set(error, "%s", words ? words : "no memory");
        error_clear(&inner);
        return NULL;
    }
    if (check(database, mode, error))
        return database;
    database_close(database);
    if (fresh && mode == DATABASE_CREATE)
        unlink(path);
    return NULL;
}
