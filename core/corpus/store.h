/* Used through writer.h, which calls it from a thread of its own.
 * Writing sources and articles into a corpus: ids in the order of arrival, one transaction a batch, an article that is there already is
 * found by its digest. What was interrupted goes on: the same calls in the same order end in the same rows. */
#ifndef ANNALIST_CORPUS_STORE_H
#define ANNALIST_CORPUS_STORE_H

#include "corpus/database.h"
#include "corpus/reader.h"

typedef struct Store Store;

typedef enum StoreArticle { STORE_NEW, STORE_VERSION, STORE_KNOWN } StoreArticle;

/* When a file was last changed: its bytes, and anything of it; nanoseconds. Zeros: not known, or not to be trusted. */
typedef struct FileTime {
    int64_t modified, changed;
} FileTime;

/* What the corpus knows of a path (and member). */
typedef struct StoreSource {
    int64_t id;       /* 0: nothing */
    char status[12];
    char sha256[68];
    int64_t bytes;
    int64_t before; /* the row before that one: the path's former content */
    FileTime time;
} StoreSource;

/* The database must be open for writing and outlive the store. `index`: fill article_search as well. */
Store *store_open(Database *database, bool index, Error *error);
bool store_close(Store *store, Error *error); /* commits; frees in any case. False: what isn't committed is lost */
int64_t store_batches(const Store *store);    /* committed so far */

/* The newest row of this path and member. */
bool store_find(Store *store, const char *path, const char *member, StoreSource *found, Error *error);
bool store_find_in(Database *database, const char *path, const char *member, StoreSource *found, Error *error); /* by another connection */

/* A row with status loading: a new one of this id, or (again) that one once more, its errors forgotten. */
bool store_begin(Store *store, const char *path, const char *member, int64_t source_id, bool again, Error *error);
bool store_end(Store *store, int64_t source_id, const char *format, int64_t bytes, const char *sha256, const char *status, const char *message, Error *error);
bool store_time(Store *store, int64_t source_id, FileTime time, Error *error); /* of the file behind the row; zeros take it back */
bool store_mark(Store *store, int64_t source_id, const char *status, Error *error);
bool store_drop(Store *store, int64_t source_id, bool *dropped, Error *error); /* a row without articles */
bool store_problem(Store *store, int64_t source_id, int64_t ordinal, int64_t line, const char *message, Error *error);

typedef struct StoredArticle {
    int64_t source_id, ordinal;
    int64_t previous_source; /* the same path as it was before it changed; 0 if there is none */
    ArticleDraft draft;      /* but for its title and text, which stand below as they are stored */
    Octets title, text;
    int64_t body_first;
    char sha256[68];
    char language[4];        /* "": not known */
    double confidence;       /* below 0: declared */
} StoredArticle;

/* Composes title and text (headline first) out of the draft's, which it may take; the digest is left for store_digest, or for store_article. */
bool store_compose(ArticleDraft *draft, StoredArticle *article);
bool store_digest(StoredArticle *article);

/* Looks for the same article, and inserts it if there is none. */
bool store_article(Store *store, StoredArticle *article, StoreArticle *outcome, Error *error);

/* Articles that article_search doesn't hold yet are put into it. */
bool store_index(Database *database, bool (*stop)(void *context), void *context, int64_t *count, Error *error);

#endif
