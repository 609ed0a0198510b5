/* UTF-16 and UTF-32 as a stream of UTF-8, so that no reader need know of them. */
#ifndef ANNALIST_CORPUS_RECODE_H
#define ANNALIST_CORPUS_RECODE_H

#include "corpus/stream.h"

/* The bytes of `from`, which are `charset` (as charset_wide says), as UTF-8 without a mark. `from` must outlive it. NULL: no memory. */
Stream *recode_stream(Stream *from, const char *charset);

#endif
