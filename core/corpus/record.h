/* From a record with named fields (a JSON object, a row of a table) to an article: which field is the text, which the date.
 * The contract's names come first, then names that exports commonly use. `--field text=content` fixes one. */
#ifndef ANNALIST_CORPUS_RECORD_H
#define ANNALIST_CORPUS_RECORD_H

#include "corpus/json.h"
#include "corpus/reader.h"

enum { RECORD_MESSAGE = 240 };

/* How well a column's name fits a field: 0 not at all, 1 best, 2 next … `field` gets the field. */
int record_rank(const FieldNames *names, const char *name, size_t n, DraftField *field);

/* Fills the draft from a JSON object. False with a message that says what is wrong: "has no text", "the field text is a number, not a string". */
bool record_from_json(const JsonValue *object, const FieldNames *names, ArticleDraft *draft, char message[RECORD_MESSAGE]);

/* "has no text (fields: a, b, c)", or true when the draft can be an article. */
bool record_complete(const ArticleDraft *draft, char message[RECORD_MESSAGE]);

/* The first list below the object whose items are articles: {"status": "ok", "articles": […]}. The draft is only tried with. */
bool record_find_list(const JsonValue *object, const FieldNames *names, ArticleDraft *draft, JsonValue *list);

/* Reads the bytes of one JSON value as a record: checks syntax and UTF-8, and says what is wrong. */
bool record_parse(const char *bytes, size_t n, const FieldNames *names, ArticleDraft *draft, char message[RECORD_MESSAGE]);

#endif
