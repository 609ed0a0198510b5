/* What a plugin is given: `ctx`, `article`, `corpus`. Runs in a worker, in the plugin's sandboxed state, over a read-only connection.
 * Rows are checked against the plugin's declaration and encoded here; host.c sends them and its parent side reads them. */
#ifndef ANNALIST_BIND_CONTEXT_H
#define ANNALIST_BIND_CONTEXT_H

#include "octets.h"
#include "corpus/database.h"
#include "host/state.h"
#include "host/worker.h"

#include <stdint.h>

typedef enum ColumnKind { COLUMN_INTEGER, COLUMN_NUMBER, COLUMN_TEXT, COLUMN_ID } ColumnKind;

typedef struct ResultColumn {
    char *name;
    ColumnKind kind;
    bool required, reference; /* reference: the key of a row elsewhere, by its name */
} ResultColumn;

enum { MOST_COLUMNS = 64, MOST_TABLES = 32 };

typedef struct ResultTable {
    char *name;
    int count;
    ResultColumn columns[MOST_COLUMNS];
    int article, first, last, id; /* columns of these names, or -1 */
    int64_t rows;                 /* emitted so far in this piece of work */
} ResultTable;

typedef enum Stage { STAGE_PREPARE, STAGE_ARTICLE, STAGE_CORPUS } Stage;

typedef struct Context {
    State *state;
    Database *database; /* NULL until the first job of a worker */
    WorkerPort *port;
    Stage stage;
    int table_count;
    ResultTable tables[MOST_TABLES];
    int64_t article_id, text_length; /* of the article in hand */
    Octets rows;                      /* encoded rows not yet sent */
    size_t written;                   /* bytes of files handed over by ctx:write */
    const char *given;               /* packed, see context_open */
    size_t given_length;
    const char *role;                /* that the plugin fills */
    const char *const *readable;     /* tables that the plugin may read, a NULL at the end; those that begin with '@' only article by article */
    bool beside_articles;            /* the corpus stage of a plugin that has an article stage: keys up to 2^20 are its */
    bool newest;                     /* articles of which a newer version is there are left out */
    bool ours;                       /* SQL of this program is being prepared */
    char *broken;                    /* the first fault in what was emitted; kept, since a pcall may have swallowed it */
} Context;

/* Rows travel as: byte table, then per column: 'n', 'i' 8 bytes, 'd' 8 bytes, 't' 4 bytes length and bytes; in the article stage 'a' is the article's id,
 * 'k' the row's key and 'o' 8 bytes the count within the article of another row's key, so that the bytes (and their digest) don't depend on the number that an article has in this corpus. */

/* Makes ctx available in the plugin's state: reads its options, the roles whose rows are there, and the catalogue from `given`
 * (values.h: one table { options, roles, catalogue }). Raises a Lua error when it can't. */
void context_open(lua_State *L, Context *context);

/* Opens the corpus read-only for this worker and limits what SQL of the plugin may read. */
bool context_open_corpus(Context *context, const char *path, Error *error);

/* Pushes ctx with ctx.stage set. */
void context_push(lua_State *L, Context *context);

/* Pushes the article table of `article_id` and sets the context's article. False with nothing pushed when there is none. */
bool context_push_article(lua_State *L, Context *context, int64_t article_id, Error *error);

/* Pushes the corpus object of the corpus stage. */
void context_push_corpus(lua_State *L, Context *context);

/* Seeds math.random and ctx:random from `text`. */
void context_seed(lua_State *L, const char *text);

#endif
