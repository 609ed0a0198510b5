/* See store.h. */
#include "corpus/store.h"

#include "corpus/address.h"
#include "corpus/date.h"
#include "digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    BATCH_ARTICLES = 10000,
    BATCH_BYTES = 48 << 20,
    PLAIN_BYTES = 8 << 20, /* without the index, which likes large batches */
    BATCH_SECONDS = 5,
    INDEX_PIECE = 10000, /* articles a transaction when the index is made later */
    URL_MOST = 2000,
};

struct Store {
    Database *database;
    bool index;
    sqlite3_stmt *insert, *search, *same;
    int64_t next_article;
    int64_t batch_articles, batch_bytes, batches;
    time_t batch_began;
};

/* --- batches ------------------------------------------------------------------------------------- */

static bool begin(Store *store, Error *error)
{
    store->batch_articles = store->batch_bytes = 0;
    store->batch_began = time(NULL);
    return database_execute(store->database, "BEGIN IMMEDIATE", error);
}

static bool commit(Store *store, Error *error)
{
    if (store->index && !database_run(store->database, error, "UPDATE indexed SET article_id = ?", "i", store->next_article - 1))
        return false;
    store->batches++;
    return database_execute(store->database, "COMMIT", error) || (store->batches--, false);
}

int64_t store_batches(const Store *store) { return store->batches; }

/* Lets what there is so far be seen by others and survive us. */
static bool next_batch(Store *store, Error *error)
{
    return commit(store, error) && begin(store, error);
}

/* Large, few segments while much is written: a merge every sixteen of them instead of a little with each insertion. */
static bool tune_search(Database *database, Error *error)
{
    return database_execute(database, "INSERT INTO article_search (article_search, rank) VALUES ('automerge', 0);"
                                      "INSERT INTO article_search (article_search, rank) VALUES ('hashsize', 33554432)", error);
}

Store *store_open(Database *database, bool index, Error *error)
{
    static const char insert[] = "INSERT INTO article (article_id, source_id, ordinal, external_id, sha256, url, outlet, title, author, declared_date,"
                                 " language, text, body_first, language_confidence, supersedes) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
    static const char search[] = "INSERT INTO article_search (rowid, title, text) VALUES (?,?,?)";
    static const char same[] = "SELECT article_id, url, outlet, declared_date FROM article WHERE sha256 = ? ORDER BY article_id";
    Store *store = calloc(1, sizeof *store);
    if (!store) {
        error_set(error, "no memory");
        return NULL;
    }
    store->database = database;
    store->index = index;
    int64_t last;
    if (database_integer(database, &last, error, "SELECT coalesce(max(article_id), 0) FROM article", "") &&
        (store->insert = database_prepare(database, insert, strlen(insert), error)) &&
        (store->search = database_prepare(database, search, strlen(search), error)) &&
        (store->same = database_prepare(database, same, strlen(same), error)) && (!index || tune_search(database, error)) && begin(store, error)) {
        store->next_article = last + 1;
        return store;
    }
    store_close(store, NULL);
    return NULL;
}

bool store_close(Store *store, Error *error)
{
    if (!store)
        return true;
    Database *database = store->database;
    bool fine = store->batch_articles == 0; /* a full disk may have rolled the batch back already */
    if (!sqlite3_get_autocommit(database_handle(database)))
        fine = commit(store, error) || (database_execute(database, "ROLLBACK", NULL), false);
    database_release(database, store->insert);
    database_release(database, store->search);
    database_release(database, store->same);
    free(store);
    return fine;
}

/* --- sources ------------------------------------------------------------------------------------- */

static void copy_column(sqlite3_stmt *statement, int column, char *to, size_t room)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    snprintf(to, room, "%s", text ? text : "");
}

bool store_find_in(Database *database, const char *path, const char *member, StoreSource *found, Error *error)
{
    static const char sql[] = "SELECT source_id, status, sha256, bytes, mtime_ns, ctime_ns FROM source LEFT JOIN file_time USING (source_id)"
                              " WHERE path = ? AND member IS ? ORDER BY source_id DESC LIMIT 2";
    *found = (StoreSource){ 0 };
    sqlite3_stmt *statement = database_prepare(database, sql, strlen(sql), error);
    if (!statement)
        return false;
    sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
    if (member)
        sqlite3_bind_text(statement, 2, member, -1, SQLITE_STATIC);
    bool row, fine = database_step(database, statement, &row, error);
    if (fine && row) {
        found->id = sqlite3_column_int64(statement, 0);
        copy_column(statement, 1, found->status, sizeof found->status);
        copy_column(statement, 2, found->sha256, sizeof found->sha256);
        found->bytes = sqlite3_column_int64(statement, 3);
        found->time = (FileTime){ sqlite3_column_int64(statement, 4), sqlite3_column_int64(statement, 5) };
        fine = database_step(database, statement, &row, error);
        found->before = fine && row ? sqlite3_column_int64(statement, 0) : 0;
    }
    database_release(database, statement);
    return fine;
}

bool store_find(Store *store, const char *path, const char *member, StoreSource *found, Error *error)
{
    return store_find_in(store->database, path, member, found, error);
}

bool store_begin(Store *store, const char *path, const char *member, int64_t source_id, bool again, Error *error)
{
    if (again)
        return database_run(store->database, error, "DELETE FROM source_error WHERE source_id = ?", "i", source_id) &&
               store_mark(store, source_id, "loading", error);
    return database_run(store->database, error, "INSERT INTO source (source_id, path, member, status) VALUES (?, ?, ?, 'loading')", "itt", source_id, path,
                        member);
}

bool store_end(Store *store, int64_t source_id, const char *format, int64_t bytes, const char *sha256, const char *status, const char *message, Error *error)
{
    return database_run(store->database, error, "UPDATE source SET format = ?, bytes = nullif(?, -1), sha256 = ?, status = ?, error = ? WHERE source_id = ?", "tittti",
                        format, bytes, sha256, status, message, source_id);
}

bool store_time(Store *store, int64_t source_id, FileTime time, Error *error)
{
    if (!time.changed)
        return database_run(store->database, error, "DELETE FROM file_time WHERE source_id = ?", "i", source_id);
    return database_run(store->database, error, "INSERT OR REPLACE INTO file_time (source_id, mtime_ns, ctime_ns) VALUES (?, ?, ?)", "iii", source_id,
                        time.modified, time.changed);
}

bool store_mark(Store *store, int64_t source_id, const char *status, Error *error)
{
    return database_run(store->database, error, "UPDATE source SET status = ? WHERE source_id = ?", "ti", status, source_id);
}

bool store_drop(Store *store, int64_t source_id, bool *dropped, Error *error)
{
    int64_t held;
    *dropped = false;
    if (!database_integer(store->database, &held, error, "SELECT EXISTS (SELECT 1 FROM article WHERE source_id = ?)", "i", source_id))
        return false;
    if (held)
        return true;
    *dropped = true;
    return database_run(store->database, error, "DELETE FROM source_error WHERE source_id = ?", "i", source_id) &&
           store_time(store, source_id, (FileTime){ 0 }, error) &&
           database_run(store->database, error, "DELETE FROM source WHERE source_id = ?", "i", source_id);
}

bool store_problem(Store *store, int64_t source_id, int64_t ordinal, int64_t line, const char *message, Error *error)
{
    return database_run(store->database, error, "INSERT INTO source_error (source_id, ordinal, line, message) VALUES (?, ?, nullif(?, 0), ?)", "iiit",
                        source_id, ordinal, line, message);
}

/* --- articles ------------------------------------------------------------------------------------ */

/* A headline is one paragraph: line breaks and runs of white space in it become one blank. */
static bool one_line(const Octets *from, Octets *to)
{
    octets_clear(to);
    if (!octets_reserve(to, from->length))
        return false;
    bool space = true;
    for (size_t i = 0; i < from->length; i++) {
        char c = from->data[i];
        bool white = c == ' ' || (c >= '\t' && c <= '\r');
        if (!white || !space)
            to->data[to->length++] = white ? ' ' : c;
        space = white;
    }
    if (to->length > 0 && to->data[to->length - 1] == ' ')
        to->length--;
    to->data[to->length] = '\0';
    return true;
}

/* Both known and not the same. A date that is only more exact than the other ("2020-10-06", "2020-10-06T21:00") is the same. */
static bool differs(const char *a, const char *b, bool prefix)
{
    if (!a || !b || !*a || !*b)
        return false;
    if (!prefix)
        return strcmp(a, b) != 0;
    size_t n = strlen(a), m = strlen(b);
    return strncmp(a, b, n < m ? n : m) != 0;
}

/* The article of the same title and text. The same words under another address, in another paper or of another day are an article of their own: a reprint
 * is evidence, and counted as one origin later. */
static bool find_same(Store *store, const char *sha256, const char *url, const char *outlet, const char *date, int64_t *found, Error *error)
{
    sqlite3_stmt *statement = store->same;
    bool row, fine;
    *found = 0;
    sqlite3_reset(statement);
    sqlite3_bind_text(statement, 1, sha256, -1, SQLITE_STATIC);
    while ((fine = database_step(store->database, statement, &row, error)) && row) {
        const char *its_url = (const char *)sqlite3_column_text(statement, 1);
        bool both = url && its_url, same_url = both && address_same(url, its_url);
        if (same_url || (!both && !differs(outlet, (const char *)sqlite3_column_text(statement, 2), false) &&
                         !differs(date, (const char *)sqlite3_column_text(statement, 3), true))) {
            *found = sqlite3_column_int64(statement, 0);
            break;
        }
    }
    sqlite3_reset(statement);
    return fine;
}

/* Of which article this is a newer version: the same URL, else the same id in the same file before it changed, else the one article of that file. */
static bool find_previous(Store *store, const StoredArticle *article, const char *url, const char *id, int64_t *previous, Error *error)
{
    *previous = 0;
    if (url && address_names_a_page(url)) {
        if (!database_integer(store->database, previous, error, "SELECT max(article_id) FROM article WHERE url = ?", "t", url))
            return false;
        if (*previous)
            return true;
    }
    if (!article->previous_source || url)
        return true;
    if (id)
        return database_integer(store->database, previous, error,
                                "SELECT max(article_id) FROM article WHERE external_id = ? AND source_id IN"
                                " (SELECT b.source_id FROM source a JOIN source b ON b.path = a.path AND b.member IS a.member WHERE a.source_id = ?)",
                                "ti", id, article->previous_source);
    if (article->ordinal != 1)
        return true;
    return database_integer(store->database, previous, error, "SELECT CASE count(*) WHEN 1 THEN max(article_id) END FROM article WHERE source_id = ?", "i",
                            article->previous_source);
}

static void bind_text(sqlite3_stmt *statement, int at, const char *text, size_t n)
{
    if (text && n > 0)
        sqlite3_bind_text64(statement, at, text, n, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(statement, at);
}

static void bind_field(sqlite3_stmt *statement, int at, const ArticleDraft *draft, DraftField field)
{
    bind_text(statement, at, draft->fields[field].data, draft->fields[field].length);
}

static bool insert_article(Store *store, const StoredArticle *article, const char *date, int64_t previous, Error *error)
{
    sqlite3_stmt *statement = store->insert;
    const ArticleDraft *draft = &article->draft;
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, store->next_article);
    sqlite3_bind_int64(statement, 2, article->source_id);
    sqlite3_bind_int64(statement, 3, article->ordinal);
    bind_field(statement, 4, draft, DRAFT_ID);
    sqlite3_bind_text(statement, 5, article->sha256, -1, SQLITE_STATIC);
    bind_field(statement, 6, draft, DRAFT_URL);
    bind_field(statement, 7, draft, DRAFT_OUTLET);
    bind_text(statement, 8, article->title.data, article->title.length);
    bind_field(statement, 9, draft, DRAFT_AUTHOR);
    bind_text(statement, 10, date, date ? strlen(date) : 0);
    bind_text(statement, 11, article->language, strlen(article->language));
    sqlite3_bind_text64(statement, 12, article->text.data, article->text.length, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_int64(statement, 13, article->body_first);
    if (article->language[0] && article->confidence >= 0)
        sqlite3_bind_double(statement, 14, article->confidence);
    else
        sqlite3_bind_null(statement, 14);
    if (previous)
        sqlite3_bind_int64(statement, 15, previous);
    else
        sqlite3_bind_null(statement, 15);
    bool row;
    if (!database_step(store->database, statement, &row, error))
        return false;
    sqlite3_reset(statement);
    if (!store->index)
        return true;
    statement = store->search;
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, store->next_article);
    bind_text(statement, 2, article->title.data, article->title.length);
    sqlite3_bind_text64(statement, 3, article->text.data, article->text.length, SQLITE_STATIC, SQLITE_UTF8);
    bool fine = database_step(store->database, statement, &row, error);
    sqlite3_reset(statement);
    return fine;
}

/* The body's own bytes become the article's text, with the title moved in before them: a long text needn't be there twice. */
bool store_compose(ArticleDraft *draft, StoredArticle *article)
{
    Octets *title = &article->title, *text = &article->text;
    if (!one_line(&draft->fields[DRAFT_TITLE], title))
        return false;
    Octets room = *text;
    *text = draft->fields[DRAFT_TEXT];
    draft->fields[DRAFT_TEXT] = room;
    octets_clear(&draft->fields[DRAFT_TEXT]);
    article->sha256[0] = '\0';
    article->body_first = 1;
    if (title->length == 0)
        return true;
    size_t before = title->length + (text->length > 0 ? 2 : 0);
    if (!octets_reserve(text, before))
        return false;
    text->data[text->length] = '\0';
    memmove(text->data + before, text->data, text->length + 1);
    memcpy(text->data, title->data, title->length);
    memset(text->data + title->length, '\n', before - title->length);
    text->length += before;
    article->body_first = (int64_t)before + 1;
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Of the text's lines, without empty ones and without white space at their ends: the same article in a mail, a text file and a table, with its headline apart
 * or not, has the same digest. */
bool store_digest(StoredArticle *article)
{
    Digest *digest = digest_new();
    if (!digest)
        return false;
    const char *at = article->text.data, *end = at + article->text.length;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at)), *first = at, *last = newline ? newline : end;
        at = newline ? newline + 1 : end;
        while (first < last && is_blank(*first))
            first++;
        while (last > first && is_blank(last[-1]))
            last--;
        if (last == first)
            continue;
        digest_more(digest, first, (size_t)(last - first));
        digest_more(digest, "\n", 1);
    }
    digest_end(digest, article->sha256);
    return true;
}

bool store_article(Store *store, StoredArticle *article, StoreArticle *outcome, Error *error)
{
    if (!article->sha256[0] && !store_digest(article))
        return error_set(error, "no memory");
    const ArticleDraft *draft = &article->draft;
    char iso[DATE_TEXT];
    int64_t same, previous;
    const char *date = draft_get(draft, DRAFT_DATE), *url = draft_get(draft, DRAFT_URL);
    if (date && date_to_iso(date, draft->fields[DRAFT_DATE].length, iso))
        date = iso;
    if (!find_same(store, article->sha256, url, draft_get(draft, DRAFT_OUTLET), date, &same, error))
        return false;
    *outcome = STORE_KNOWN;
    if (same)
        return true;
    if (!find_previous(store, article, url, draft_get(draft, DRAFT_ID), &previous, error) || !insert_article(store, article, date, previous, error))
        return false;
    *outcome = previous ? STORE_VERSION : STORE_NEW;
    store->next_article++;
    store->batch_bytes += (int64_t)article->text.length;
    if (++store->batch_articles >= BATCH_ARTICLES || store->batch_bytes >= (store->index ? BATCH_BYTES : PLAIN_BYTES) ||
        (store->batch_articles % 64 == 0 && time(NULL) - store->batch_began >= BATCH_SECONDS))
        return next_batch(store, error);
    return true;
}

/* --- the index, made later ------------------------------------------------------------------------- */

bool store_index(Database *database, bool (*stop)(void *context), void *context, int64_t *count, Error *error)
{
    int64_t last, done;
    *count = 0;
    if (!database_integer(database, &last, error, "SELECT coalesce(max(article_id), 0) FROM article", "") ||
        !database_integer(database, &done, error, "SELECT article_id FROM indexed", ""))
        return false;
    if (done >= last)
        return true;
    if (!tune_search(database, error))
        return false;
    while (done < last) {
        if (stop && stop(context))
            return error_set(error, "interrupted");
        int64_t piece = done + INDEX_PIECE < last ? done + INDEX_PIECE : last;
        bool fine = database_execute(database, "BEGIN IMMEDIATE", error) &&
                    database_run(database, error, "INSERT INTO article_search (rowid, title, text) SELECT article_id, title, text FROM article"
                                                  " WHERE article_id > ? AND article_id <= ?", "ii", done, piece);
        if (fine)
            *count += sqlite3_changes64(database_handle(database));
        fine = fine && database_run(database, error, "UPDATE indexed SET article_id = ?", "i", piece) && database_execute(database, "COMMIT", error);
        if (!fine) {
            database_execute(database, "ROLLBACK", NULL);
            return false;
        }
        done = piece;
    }
    return true;
}
