/* Moves what is committed from the write-ahead log into the corpus file, in a thread of its own: the thread that writes needn't wait for the disk, and when
 * the load ends little is left to move. */
#ifndef ANNALIST_CORPUS_CHECKPOINT_H
#define ANNALIST_CORPUS_CHECKPOINT_H

#include "corpus/database.h"

typedef struct Checkpoint Checkpoint;

/* From now on a commit of the database wakes the thread, which works over a connection of its own. */
Checkpoint *checkpoint_start(Database *database, Error *error);

/* Ends the thread; the database moves its log by itself again. NULL is fine. */
void checkpoint_end(Checkpoint *checkpoint);

#endif
