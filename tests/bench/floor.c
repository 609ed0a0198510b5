/* The floor of `annalist load`: the smallest program that reads the same bytes and inserts them into the same tables with their indexes, the same FTS5
 * index and the same pragmas. It fills the columns that the source fills and load fills (id, url, outlet, title, date, the title before the text), so that
 * SQLite has the same rows to write, and parses nothing more than it needs for that: a value is what stands between `"name":"` and the next quote, escapes
 * stay as they are, a folder of texts is cut at its files. What only load does costs nothing here: no digest is computed (sha256 gets 64 digits that are as
 * random as one, or the index would be cheaper), nothing is checked, no language told, nothing looked up.
 *
 *     floor OUT.db INPUT [noindex] [bare]      INPUT: a JSONL file, or a folder of text files
 *
 * `bare` leaves out all columns but the text, and all indexes but FTS5. make bench compiles it and compares with both. */
#include <dirent.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static sqlite3 *db;
static sqlite3_stmt *insert, *search, *begin;
static sqlite3_int64 count, batch, sources = 1;
static bool bare;

static void must(int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
        fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
        exit(2);
    }
}

/* What stands for a digest: 64 hexadecimal digits in no order. */
static void put_digits(sqlite3_int64 number, char digits[65])
{
    unsigned long long x = (unsigned long long)number * 0x9E3779B97F4A7C15u;
    for (int i = 0; i < 64; i++) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        digits[i] = "0123456789abcdef"[x >> 60];
    }
    digits[64] = '\0';
}

typedef struct Piece {
    const char *bytes;
    size_t n;
} Piece;

static void bind(sqlite3_stmt *statement, int at, Piece piece)
{
    if (piece.n > 0)
        sqlite3_bind_text(statement, at, piece.bytes, (int)piece.n, SQLITE_STATIC);
}

enum { TEXT, ID, URL, OUTLET, TITLE, DATE, PIECES };

static void store(sqlite3_int64 source, sqlite3_int64 ordinal, const Piece pieces[PIECES])
{
    static char *joined;
    static size_t room;
    char digits[65];
    Piece text = pieces[TEXT], title = pieces[TITLE];
    count++;
    if (!bare && title.n > 0) { /* the headline is the first paragraph */
        if (room < title.n + text.n + 2)
            joined = realloc(joined, room = title.n + text.n + 4096);
        memcpy(joined, title.bytes, title.n);
        memcpy(joined + title.n, "\n\n", 2);
        memcpy(joined + title.n + 2, text.bytes, text.n);
        text = (Piece){ joined, title.n + text.n + 2 };
    }
    sqlite3_bind_int64(insert, 1, count);
    bind(insert, 2, text);
    if (!bare) {
        put_digits(count, digits);
        sqlite3_bind_int64(insert, 3, source);
        sqlite3_bind_int64(insert, 4, ordinal);
        bind(insert, 5, pieces[ID]);
        sqlite3_bind_text(insert, 6, digits, 64, SQLITE_STATIC);
        bind(insert, 7, pieces[URL]);
        bind(insert, 8, pieces[OUTLET]);
        bind(insert, 9, title);
        bind(insert, 10, pieces[DATE]);
        sqlite3_bind_int64(insert, 11, (sqlite3_int64)(title.n ? title.n + 3 : 1));
    }
    must(sqlite3_step(insert));
    sqlite3_reset(insert);
    if (search) {
        sqlite3_bind_int64(search, 1, count);
        bind(search, 2, text);
        if (!bare)
            bind(search, 3, title);
        must(sqlite3_step(search));
        sqlite3_reset(search);
    }
    if (++batch == 10000) {
        batch = 0;
        must(sqlite3_exec(db, "COMMIT; BEGIN", NULL, NULL, NULL));
    }
}

static Piece value(const char *line, size_t length, const char *name)
{
    const char *text = memmem(line, length, name, strlen(name));
    if (!text)
        return (Piece){ NULL, 0 };
    text = (const char *)memchr(text + strlen(name), '"', length - (size_t)(text + strlen(name) - line)) + 1;
    const char *end = text;
    while ((end = memchr(end, '"', length - (size_t)(end - line))) && end[-1] == '\\')
        end++;
    return (Piece){ text, end ? (size_t)(end - text) : 0 };
}

static void store_line(const char *line, size_t length, sqlite3_int64 ordinal)
{
    static const char *const names[PIECES] = { "\"text\":", "\"id\":", "\"url\":", "\"outlet\":", "\"title\":", "\"date\":" };
    Piece pieces[PIECES] = { { NULL, 0 } };
    for (int i = 0; i < (bare ? 1 : PIECES); i++)
        pieces[i] = value(line, length, names[i]);
    if (pieces[TEXT].bytes)
        store(1, ordinal, pieces);
}

static void read_lines(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    if (!file)
        exit(2);
    for (sqlite3_int64 ordinal = 1; (n = getline(&line, &room, file)) > 0; ordinal++)
        store_line(line, (size_t)n, ordinal);
    free(line);
    fclose(file);
}

/* A source row a file. */
static void store_source(const char *path, size_t bytes)
{
    char digits[65];
    put_digits(++sources, digits);
    sqlite3_bind_int64(begin, 1, sources);
    sqlite3_bind_text(begin, 2, path, -1, SQLITE_STATIC);
    sqlite3_bind_int64(begin, 3, (sqlite3_int64)bytes);
    sqlite3_bind_text(begin, 4, digits, 64, SQLITE_STATIC);
    must(sqlite3_step(begin));
    sqlite3_reset(begin);
}

static void read_folder(const char *path)
{
    struct dirent **entries;
    int n = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char name[4096];
        struct stat info;
        snprintf(name, sizeof name, "%.2000s/%s", path, entries[i]->d_name);
        free(entries[i]);
        bool folder = stat(name, &info) == 0 && S_ISDIR(info.st_mode);
        if (folder && name[strlen(name) - 1] != '.')
            read_folder(name);
        FILE *file = !folder ? fopen(name, "rb") : NULL;
        if (!file)
            continue;
        char *text = malloc((size_t)info.st_size + 1);
        Piece pieces[PIECES] = { { text, fread(text, 1, (size_t)info.st_size, file) } };
        if (!bare)
            store_source(name, pieces[TEXT].n);
        store(sources, 1, pieces);
        free(text);
        fclose(file);
    }
    free(entries);
}

static const char pragmas[] = "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-49152;"
                              "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=2000; PRAGMA journal_size_limit=67108864";

/* As in core/corpus/schema.c. */
static const char tables[] =
    "CREATE TABLE source (source_id INTEGER PRIMARY KEY, path TEXT NOT NULL, member TEXT, format TEXT, bytes INTEGER, sha256 TEXT, status TEXT NOT NULL,"
    " error TEXT) STRICT;"
    "CREATE TABLE article (article_id INTEGER PRIMARY KEY, source_id INTEGER, ordinal INTEGER, external_id TEXT, sha256 TEXT, url TEXT, outlet TEXT,"
    " title TEXT, author TEXT, declared_date TEXT, language TEXT, text TEXT, body_first INTEGER, language_confidence REAL, supersedes INTEGER) STRICT;"
    "CREATE VIRTUAL TABLE article_search USING fts5 (title, text, content='article', content_rowid='article_id',"
    " tokenize=\"unicode61 remove_diacritics 2\");"
    "INSERT INTO article_search (article_search, rank) VALUES ('automerge', 0);"
    "INSERT INTO article_search (article_search, rank) VALUES ('hashsize', 33554432)";

static const char indexes[] =
    "CREATE INDEX source_path ON source (path, member);"
    "CREATE INDEX article_sha256 ON article (sha256);"
    "CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL;"
    "CREATE INDEX article_external_id ON article (external_id) WHERE external_id IS NOT NULL;"
    "CREATE INDEX article_supersedes ON article (supersedes) WHERE supersedes IS NOT NULL;"
    "CREATE INDEX article_source ON article (source_id, ordinal)";

static void prepare(const char *sql, sqlite3_stmt **statement)
{
    must(sqlite3_prepare_v2(db, sql, -1, statement, NULL));
}

int main(int argc, char **argv)
{
    bool index = true;
    if (argc < 3)
        return 2;
    for (int i = 3; i < argc; i++) {
        index = index && strcmp(argv[i], "noindex") != 0;
        bare = bare || strcmp(argv[i], "bare") == 0;
    }
    remove(argv[1]);
    must(sqlite3_open(argv[1], &db));
    must(sqlite3_exec(db, pragmas, NULL, NULL, NULL));
    must(sqlite3_exec(db, tables, NULL, NULL, NULL));
    if (!bare)
        must(sqlite3_exec(db, indexes, NULL, NULL, NULL));
    prepare(bare ? "INSERT INTO article (article_id, text) VALUES (?, ?)" :
                   "INSERT INTO article (article_id, text, source_id, ordinal, external_id, sha256, url, outlet, title, declared_date, body_first, language,"
                   " language_confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'en', 0.99)", &insert);
    prepare("INSERT INTO source (source_id, path, bytes, sha256, format, status) VALUES (?, ?, ?, ?, 'text', 'loaded')", &begin);
    if (index)
        prepare(bare ? "INSERT INTO article_search (rowid, text) VALUES (?, ?)" : "INSERT INTO article_search (rowid, text, title) VALUES (?, ?, ?)", &search);
    struct stat info;
    must(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL));
    if (stat(argv[2], &info) == 0 && S_ISDIR(info.st_mode))
        read_folder(argv[2]);
    else
        read_lines(argv[2]);
    must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL));
    sqlite3_finalize(insert);
    sqlite3_finalize(search);
    sqlite3_finalize(begin);
    must(sqlite3_exec(db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL));
    sqlite3_close(db);
    printf("%lld articles\n", (long long)count);
    return 0;
}
