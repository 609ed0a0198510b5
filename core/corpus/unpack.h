/* Archives and compressed files, read by libarchive from a stream. Shared by the readers of archives and of documents that are
 * archives inside (DOCX). */
#ifndef ANNALIST_CORPUS_UNPACK_H
#define ANNALIST_CORPUS_UNPACK_H

#include "corpus/reader.h"

typedef struct Unpack Unpack;

/* Begins to read; NULL with an error. The stream and budget must outlive it. */
Unpack *unpack_open(Stream *stream, ReadBudget *budget, Error *error);
void unpack_close(Unpack *unpack);

typedef struct UnpackEntry {
    const char *name; /* UTF-8; valid until the next entry */
    bool ordinary;    /* a file with bytes, no folder, link or device */
    bool link, encrypted;
} UnpackEntry;

/* The next entry; *more is false after the last one. */
bool unpack_next(Unpack *unpack, UnpackEntry *entry, bool *more, Error *error);

/* The bytes of the entry that unpack_next gave; freed by the caller before the next one. */
Stream *unpack_stream(Unpack *unpack);

/* After the first entry: is it no archive, but one compressed file ("gzip")? */
bool unpack_is_wrapping(Unpack *unpack, const char **how);

#endif
