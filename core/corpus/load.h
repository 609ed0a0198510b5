/* annalist load: from paths to rows. Walks files and folders, chooses the reader of each source by its first bytes, and stores what the
 * readers find. A source that can't be read is named and recorded, and the others go on. */
#ifndef ANNALIST_CORPUS_LOAD_H
#define ANNALIST_CORPUS_LOAD_H

#include "corpus/database.h"
#include "corpus/reader.h"

typedef enum LoadEventKind {
    LOAD_SOURCE,  /* is being read now */
    LOAD_DONE,    /* has been read: status, format, articles */
    LOAD_PROBLEM, /* a line about a source or a record: message, line */
    LOAD_PROGRESS /* at most a few times a second: counts, bytes */
} LoadEventKind;

typedef struct LoadCounts {
    int64_t sources;  /* all that were looked at, members of archives among them */
    int64_t fresh, known, changed, failed;
    int64_t articles; /* new rows */
    int64_t versions; /* of these, newer versions of known articles */
    int64_t again;    /* articles that were there already */
    int64_t skipped;  /* records passed over on purpose */
    int64_t problems; /* lines of LOAD_PROBLEM */
    int64_t bytes;    /* read */
} LoadCounts;

typedef struct LoadEvent {
    LoadEventKind kind;
    const char *path, *member, *status, *format, *message; /* each may be NULL */
    int64_t line, articles;
    const LoadCounts *counts;
} LoadEvent;

typedef struct LoadOptions {
    FieldNames names;
    const Reader *reader; /* instead of choosing; for the paths given, not for members. May be NULL */
    bool index;           /* fill article_search */
    bool strict;          /* the first problem ends the load */
    /* The language of a text ("en", a static string; NULL: not known) and how sure. May be NULL. */
    const char *(*language)(const char *text, size_t n, double *confidence);
    bool (*stop)(void *context); /* true: end cleanly, keep what there is. May be NULL */
    bool (*event)(void *context, const LoadEvent *event); /* false: end, as by `stop`. May be NULL */
    void *context;
} LoadOptions;

/* Loads the paths, in their order, folders in byte order of names; "-" is standard input. False only when nothing more could be done (the disk
 * is full, interrupted, strict); what was stored before stays. `counts` is filled in any case. */
bool load_paths(Database *corpus, const char *const *paths, size_t count, const LoadOptions *options, LoadCounts *counts, Error *error);

#endif
