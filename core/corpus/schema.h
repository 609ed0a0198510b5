/* What a corpus file is: its tables, their version, and the steps from one version to the next. */
#ifndef ANNALIST_CORPUS_SCHEMA_H
#define ANNALIST_CORPUS_SCHEMA_H

#include "corpus/database.h"

enum {
    SCHEMA_APPLICATION = 0x414E4E4C, /* "ANNL" in the file's head: PRAGMA application_id */
    SCHEMA_VERSION = 2,              /* PRAGMA user_version */
    SCHEMA_READABLE = 1              /* the oldest one that can be read as it is */
};

/* Opens a corpus. An older one is brought up to date when it is opened for writing; a newer one, or a database that is no corpus, is refused.
 * DATABASE_CREATE makes the tables in a new or empty file. */
Database *schema_open(const char *path, DatabaseMode mode, Error *error);

#endif
