/* One source row being filled, between load.c, which finds the sources, and the readers, which write to the sink that is part of it. */
#ifndef ANNALIST_CORPUS_READING_H
#define ANNALIST_CORPUS_READING_H

#include "corpus/isolated.h"
#include "corpus/load.h"
#include "corpus/writer.h"
#include "digest.h"

#include <sys/stat.h>

/* What one call of load_paths has in hand. */
typedef struct Load {
    Writer *writer;
    const LoadOptions *options;
    LoadCounts *counts;
    Isolated *isolated;
    struct stat corpus; /* the file itself, which a folder may contain */
    bool ended;         /* the error is not this source's but everybody's */
    char damaged[512];  /* the member of an archive that was told last as damaged: what damages it damages the archive, which is told once */
    double told;        /* when progress was last told */
    double woken;       /* when the writer was last woken for it */
} Load;

/* The functions below return false when the load must end: the error is set, and so is load->ended. What is wrong with a source is no such error: it is
 * recorded and told. */

/* A file that can be read again from its start. `time`: as it was before the reading. */
bool reading_file(Load *load, const char *path, FileTime time, Stream *stream, const StoreSource *found, Error *error);

/* A stream that can be read once only (standard input, a large member): whether it is known shows at its end. */
bool reading_once(Load *load, const char *path, const char *member, int depth, ReadBudget *budget, Stream *stream, Error *error);

/* A source that could not even be opened. */
bool reading_failure(Load *load, const char *path, const char *member, const char *message, Error *error);

/* Has exactly this been read before, so that it need not be read again? */
bool reading_known(const StoreSource *found, const char *sha256);

/* Marks the load as ended; false. */
bool reading_end(Load *load);

void reading_take_counts(Load *load, WriterCounts written);

#endif
