/* The floor of `annalist load`: the smallest program that reads the same bytes and inserts them into the same tables, with the same
 * FTS5 index and the same pragmas. It parses nothing but where an article's text begins and ends: a file of texts is cut at lines, a folder at files.
 * It checks no digest, knows no source, tells no language, so that what load adds to it is load's own cost.
 *
 *     floor OUT.db INPUT [noindex]      INPUT: a JSONL file, or a folder of text files
 *
 * make bench compiles it and compares. */
#include <dirent.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static sqlite3 *db;
static sqlite3_stmt *insert, *search;
static sqlite3_int64 count, batch;

static void must(int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
        fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
        exit(2);
    }
}

static void store(const char *text, size_t length)
{
    count++;
    sqlite3_bind_int64(insert, 1, count);
    sqlite3_bind_text(insert, 2, text, (int)length, SQLITE_STATIC);
    must(sqlite3_step(insert));
    sqlite3_reset(insert);
    if (search) {
        sqlite3_bind_int64(search, 1, count);
        sqlite3_bind_text(search, 2, text, (int)length, SQLITE_STATIC);
        must(sqlite3_step(search));
        sqlite3_reset(search);
    }
    if (++batch == 10000) {
        batch = 0;
        must(sqlite3_exec(db, "COMMIT; BEGIN", NULL, NULL, NULL));
    }
}

/* One line: the text is what stands between `"text":"` and the next quote without a backslash before it. Escapes stay as they are. */
static void store_line(const char *line, size_t length)
{
    const char *text = memmem(line, length, "\"text\":", 7);
    if (!text)
        return;
    text = (const char *)memchr(text + 7, '"', length - (size_t)(text + 7 - line)) + 1;
    const char *end = text;
    while ((end = memchr(end, '"', length - (size_t)(end - line))) && end[-1] == '\\')
        end++;
    if (end)
        store(text, (size_t)(end - text));
}

static void read_lines(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    if (!file)
        exit(2);
    while ((n = getline(&line, &room, file)) > 0)
        store_line(line, (size_t)n);
    free(line);
    fclose(file);
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
        store(text, fread(text, 1, (size_t)info.st_size, file));
        free(text);
        fclose(file);
    }
    free(entries);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    remove(argv[1]);
    must(sqlite3_open(argv[1], &db));
    must(sqlite3_exec(db, "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-49152; PRAGMA temp_store=MEMORY;"
                          "PRAGMA wal_autocheckpoint=2000; PRAGMA journal_size_limit=67108864;"
                          "CREATE TABLE article (article_id INTEGER PRIMARY KEY, source_id INTEGER, ordinal INTEGER, external_id TEXT, sha256 TEXT, url TEXT,"
                          " outlet TEXT, title TEXT, author TEXT, declared_date TEXT, language TEXT, text TEXT, body_first INTEGER) STRICT;"
                          "CREATE VIRTUAL TABLE article_search USING fts5 (title, text, content='article', content_rowid='article_id',"
                          " tokenize=\"unicode61 remove_diacritics 2\");"
                          "INSERT INTO article_search (article_search, rank) VALUES ('automerge', 0);"
                          "INSERT INTO article_search (article_search, rank) VALUES ('hashsize', 33554432); BEGIN", NULL, NULL, NULL));
    must(sqlite3_prepare_v2(db, "INSERT INTO article (article_id, text) VALUES (?, ?)", -1, &insert, NULL));
    if (argc < 4)
        must(sqlite3_prepare_v2(db, "INSERT INTO article_search (rowid, text) VALUES (?, ?)", -1, &search, NULL));
    struct stat info;
    if (stat(argv[2], &info) == 0 && S_ISDIR(info.st_mode))
        read_folder(argv[2]);
    else
        read_lines(argv[2]);
    must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL));
    sqlite3_finalize(insert);
    sqlite3_finalize(search);
    must(sqlite3_exec(db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL));
    sqlite3_close(db);
    printf("%lld articles\n", (long long)count);
    return 0;
}
