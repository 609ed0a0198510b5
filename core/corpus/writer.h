/* The store at the other end of a queue: the readers parse on while SQLite writes, so that load is as fast as its index. Everything is
 * written in the order in which it was given. */
#ifndef ANNALIST_CORPUS_WRITER_H
#define ANNALIST_CORPUS_WRITER_H

#include "corpus/store.h"

typedef struct Writer Writer;

typedef struct WriterCounts {
    int64_t fresh, versions, known; /* articles stored, of these newer versions; articles that were there already */
} WriterCounts;

/* As store_open; the database is the writer's until writer_close. */
Writer *writer_open(Database *database, bool index, Error *error);
bool writer_close(Writer *writer, WriterCounts *counts, Error *error); /* commits; frees in any case; NULL is fine */

/* What the corpus knows of a path and member, also what was written in this load. */
bool writer_find(Writer *writer, const char *path, const char *member, StoreSource *found, Error *error);

/* As the functions of store.h, but done later: an error shows at one of the next calls. */
bool writer_begin(Writer *writer, const char *path, const char *member, int64_t again, int64_t *source_id, Error *error);
bool writer_end(Writer *writer, int64_t source_id, const char *format, int64_t bytes, const char *sha256, const char *status, const char *message,
                Error *error);
bool writer_time(Writer *writer, int64_t source_id, FileTime time, Error *error);
bool writer_mark(Writer *writer, int64_t source_id, const char *status, Error *error);
bool writer_problem(Writer *writer, int64_t source_id, int64_t ordinal, int64_t line, const char *message, Error *error);

/* A row that turned out to say nothing new is taken back, unless articles came with it. */
bool writer_drop(Writer *writer, int64_t source_id, bool *dropped, Error *error);

/* Takes the draft's bytes: it is as cleared afterwards. `language` may be NULL. */
bool writer_article(Writer *writer, int64_t source_id, int64_t ordinal, int64_t previous_source, ArticleDraft *draft, const char *language,
                    double confidence, Error *error);

/* Waits until all is written. */
bool writer_flush(Writer *writer, Error *error);

/* Has what waits written now, however little it is: for a giver who is slow. Doesn't wait. */
void writer_wake(Writer *writer);

/* What has been written so far (less than what was given, unless after a flush). */
WriterCounts writer_counts(Writer *writer);

#endif
