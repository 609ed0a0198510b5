/* Gzip, unpacked as it is read: any number of members, one behind the other. Unlike libarchive's, it hands on all that stands before a cut, and looks at the
 * checksums. */
#ifndef ANNALIST_CORPUS_GUNZIP_H
#define ANNALIST_CORPUS_GUNZIP_H

#include "corpus/reader.h"

#include <stdbool.h>

bool gunzip_begins(const char *bytes, size_t n); /* Is it gzip? */

/* What comes out is spent from the budget (may be NULL). Both must outlive it. NULL: no memory. */
Stream *gunzip_stream(Stream *from, ReadBudget *budget);

#endif
