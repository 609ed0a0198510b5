/* Readers of hostile input, run in a child process: a crash, a loop or a hunger for memory costs the one source that it was about.
 * One child lives as long as all goes well; a new one is forked when it has died. */
#ifndef ANNALIST_CORPUS_ISOLATED_H
#define ANNALIST_CORPUS_ISOLATED_H

#include "corpus/reader.h"

typedef struct Isolated Isolated;

/* No child yet. The caller frees it. */
Isolated *isolated_new(void);
void isolated_free(Isolated *isolated); /* ends the child */

/* As reader->read, in the child. The source is read whole (READ_WHOLE). A child that dies, or takes longer than its time, is an error
 * of this source: "the reader crashed (signal 11)". */
bool isolated_read(Isolated *isolated, const Reader *reader, const Source *source, Sink *sink, Error *error);

#endif
