/* See isolated.h. */
#include "corpus/isolated.h"

#include <stdlib.h>

struct Isolated {
    int pid;
};

Isolated *isolated_new(void)
{
    return calloc(1, sizeof(Isolated));
}

void isolated_free(Isolated *isolated)
{
    free(isolated);
}

bool isolated_read(Isolated *isolated, const Reader *reader, const Source *source, Sink *sink, Error *error)
{
    (void)isolated;
    return reader->read(source, sink, error);
}
