/* What a format is to the rest: a Reader, one file each in readers/, listed in readers/list.h.
 *
 * A reader is given a stream of bytes and hands articles to a sink, one by one, so that the memory that it takes doesn't grow with
 * the source. It knows nothing of the corpus file. A reader marked `isolated` (HTML, PDF) is run in a child process by load.c: it may
 * crash or loop at the cost of that one source, and need not know about it. */
#ifndef ANNALIST_CORPUS_READER_H
#define ANNALIST_CORPUS_READER_H

#include "octets.h"
#include "corpus/stream.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- an article as it was found -------------------------------------------------------------------- */

typedef enum DraftField {
    DRAFT_ID,       /* the source's own id */
    DRAFT_TEXT,     /* the body: valid UTF-8, paragraphs parted by an empty line; without the headline if that is in DRAFT_TITLE */
    DRAFT_TITLE,    /* headline; load puts it before the body as the first paragraph of article.text */
    DRAFT_DATE,     /* as declared, any form; load makes ISO 8601 of the usual ones */
    DRAFT_URL,      /* canonical, if known */
    DRAFT_OUTLET,
    DRAFT_AUTHOR,   /* several: "Ann Lee; Bo Chen" */
    DRAFT_LANGUAGE, /* "en", "pt-BR"; load detects it where it is absent */
    DRAFT_FIELDS
} DraftField;

typedef struct ArticleDraft {
    Octets fields[DRAFT_FIELDS]; /* length 0: not known */
    int64_t line;                /* where the record began in the source, from 1; 0 if that means nothing */
} ArticleDraft;

bool draft_set(ArticleDraft *draft, DraftField field, const char *bytes, size_t n); /* replaces; false: no memory */
bool draft_set_text(ArticleDraft *draft, DraftField field, const char *text);       /* NULL: leaves it */
const char *draft_get(const ArticleDraft *draft, DraftField field);                 /* NULL if not known */
void draft_split_title(ArticleDraft *draft); /* a title that is the body's first paragraph too is taken out of the body */
void draft_clear(ArticleDraft *draft);                                              /* for the next article */
void draft_free(ArticleDraft *draft);

/* --- what a reader is given ------------------------------------------------------------------------ */

/* Which name a record's fields have in this source: fields.names[DRAFT_TEXT] = "content". NULL: the usual names. */
typedef struct FieldNames {
    const char *names[DRAFT_FIELDS];
} FieldNames;

/* What the one who hands over the bytes knows of them: a WARC record its URL and charset, a mail its subject. Any may be NULL. */
typedef struct ReadHints {
    const char *media_type; /* "text/html" */
    const char *charset;    /* as declared outside of the bytes */
    const char *fields[DRAFT_FIELDS]; /* for what the reader itself doesn't find */
} ReadHints;

/* What may come out of the archives within one source, all taken together: ALLOWANCE bytes, and RATIO times what has been read of the source itself.
 * More than that is a bomb. */
typedef struct ReadBudget {
    const Stream *outermost;
    int64_t unpacked;
} ReadBudget;

enum { UNPACK_ALLOWANCE = 256 << 20, UNPACK_RATIO = 250 };

/* Adds to what has been unpacked; false with an error when it is too much. */
bool budget_spend(ReadBudget *budget, int64_t bytes, Error *error);

typedef struct Source {
    Stream *stream;
    const char *name; /* path, or the member's name: for its ending, never to be opened */
    const FieldNames *names;
    const ReadHints *hints; /* never NULL */
    int depth;              /* containers around it */
    ReadBudget *budget;     /* may be NULL */
} Source;

/* What a reader hands on. Each function returns false when reading must stop at once (corpus full, Ctrl-C, source too bad in strict mode); the
 * error is set then, and the reader returns false too. */
typedef struct Sink Sink;
struct Sink {
    void *context;
    bool (*article)(Sink *sink, ArticleDraft *draft, Error *error); /* the draft stays the reader's; load may change its bytes */
    bool (*problem)(Sink *sink, int64_t line, const char *message, Error *error); /* a record that can't be read; the others go on */
    bool (*member)(Sink *sink, const char *name, Stream *stream, Error *error);   /* a file within: a source row of its own */
    /* Bytes within, of another format: whichever reader knows them; the articles are this source's. What fails is a problem that names the part.
     * Without hints (NULL) the source is only a wrapping (gzip), and the failure is its own. */
    bool (*part)(Sink *sink, const char *name, Stream *stream, const ReadHints *hints, Error *error);
    bool (*format)(Sink *sink, const char *detail, Error *error); /* what was guessed: "windows-1251" makes source.format "text/windows-1251" */
    bool (*skipped)(Sink *sink, const char *reason, int64_t count, Error *error); /* records passed over on purpose: "revisit records" */
};

/* --- a format -------------------------------------------------------------------------------------- */

typedef struct Reader {
    const char *name;    /* "jsonl": source.format */
    const char *summary; /* for `loader.formats()` */
    const char *endings; /* ".jsonl .ndjson" */
    bool isolated;       /* hostile input: read in a child process, whole (at most READ_WHOLE bytes) */
    /* How sure: 0 no, 100 a signature. `bytes` are the first ones (up to READ_AHEAD), `name` may be "". */
    int (*sniff)(const char *bytes, size_t n, const char *name);
    /* All of the source. false with an error when the source can't be read (from here on); articles handed on before stay. */
    bool (*read)(const Source *source, Sink *sink, Error *error);
} Reader;

enum {
    READ_AHEAD = 65536,     /* bytes that `sniff` sees */
    READ_WHOLE = 48 << 20,  /* what a reader that needs the whole source takes at most */
    TEXT_LIMIT = 24 << 20,  /* a text file, which is one article */
    RECORD_LIMIT = 16 << 20 /* one record of a many-record source */
};

extern const Reader *const readers[]; /* ends with NULL */

/* The reader that is surest of these bytes; NULL with an error that says what they look like. */
const Reader *reader_choose(const char *bytes, size_t n, const char *name, const ReadHints *hints, Error *error);
const Reader *reader_named(const char *name);
bool name_ends(const char *name, const char *endings); /* "a/B.JSONL" ends in one of ".jsonl .ndjson" */

/* True if the bytes hold a control byte that no text has: a NUL, an escape, … */
bool bytes_are_binary(const char *bytes, size_t n);

#endif
