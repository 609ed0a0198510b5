/* Writing sources and articles into a corpus: ids in the order of arrival, one transaction a batch, an article that is there already is
 * found by its digest. What was interrupted goes on: the same calls in the same order end in the same rows. */
#ifndef ANNALIST_CORPUS_STORE_H
#define ANNALIST_CORPUS_STORE_H

#include "corpus/database.h"
#include "corpus/reader.h"

typedef struct Store Store;

typedef enum StoreArticle { STORE_NEW, STORE_VERSION, STORE_KNOWN } StoreArticle;

/* What the corpus knows of a path (and member). */
typedef struct StoreSource {
    int64_t id;       /* 0: nothing */
    char status[12];
    char sha256[68];
    int64_t bytes;
    int64_t before; /* the row before that one: the path's former content */
} StoreSource;

/* The database must be open for writing and outlive the store. `index`: fill article_search as well. */
Store *store_open(Database *database, bool index, Error *error);
bool store_close(Store *store, Error *error); /* commits; frees in any case */

/* The newest row of this path and member. */
bool store_find(Store *store, const char *path, const char *member, StoreSource *found, Error *error);

/* A row with status loading: a new one, or (id != 0) that one again, its errors forgotten. */
bool store_begin(Store *store, const char *path, const char *member, int64_t id, int64_t *source_id, Error *error);
bool store_end(Store *store, int64_t source_id, const char *format, int64_t bytes, const char *sha256, const char *status, const char *message, Error *error);
bool store_mark(Store *store, int64_t source_id, const char *status, Error *error);
bool store_drop(Store *store, int64_t source_id, Error *error); /* a row that turned out to hold nothing new */
bool store_problem(Store *store, int64_t source_id, int64_t ordinal, int64_t line, const char *message, Error *error);

typedef struct StoredArticle {
    int64_t source_id, ordinal;
    int64_t previous_source; /* the same path as it was before it changed; 0 if there is none */
    const ArticleDraft *draft;
    const char *language;
    double confidence; /* below 0: declared */
} StoredArticle;

/* Composes the text (headline first), looks for the same article, and inserts it if there is none. */
bool store_article(Store *store, const StoredArticle *article, StoreArticle *outcome, int64_t *article_id, Error *error);

/* Articles that article_search doesn't hold yet are put into it. */
bool store_index(Database *database, bool (*stop)(void *context), void *context, int64_t *count, Error *error);

#endif
