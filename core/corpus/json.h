/* JSON (RFC 8259), read member by member from bytes in memory: no tree is built. Strict, UTF-8 checked where strings are decoded. */
#ifndef ANNALIST_CORPUS_JSON_H
#define ANNALIST_CORPUS_JSON_H

#include "octets.h"

#include <stdbool.h>
#include <stddef.h>

enum { JSON_DEPTH = 200 };

typedef enum JsonKind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } JsonKind;

/* Where a parse stands. After a failure `message` says what was wrong (static text) and `at` where. */
typedef struct Json {
    const char *start, *at, *end;
    const char *message;
} Json;

/* A value as it stands in the bytes: `start` up to `end`, checked for syntax but not decoded. */
typedef struct JsonValue {
    JsonKind kind;
    const char *start, *end;
    bool plain; /* a string without escapes: its bytes between the quotes are its value */
    bool ascii; /* a string of ASCII only */
} JsonValue;

Json json_begin(const char *bytes, size_t n);

/* Reads one value and steps behind it. */
bool json_value(Json *json, JsonValue *value);

/* Only white space is left. */
bool json_at_end(Json *json);

/* Steps through the members of an object, or the items of an array (key is unused then):
 *     JsonEach each = json_each(&value);
 *     while (json_next(&each, &key, &item)) …                                                        */
typedef struct JsonEach {
    Json json;
    bool object, first;
} JsonEach;
JsonEach json_each(const JsonValue *container);
bool json_next(JsonEach *each, JsonValue *key, JsonValue *item);

/* Appends the decoded string. False if its bytes are not UTF-8 (*bad is the first such byte) or there is no memory (*bad is NULL).
 * Halves of surrogate pairs become U+FFFD. */
bool json_string(const JsonValue *value, Octets *out, const char **bad);

/* Is the string (with or without escapes) this text? */
bool json_is(const JsonValue *string, const char *text);

/* The length of the first complete object in the bytes: brackets and strings are counted, nothing else is checked. 0: it isn't complete.
 * *depth and *in_string carry the state from piece to piece; both begin as 0. */
typedef struct JsonScan {
    int depth;
    bool in_string, escaped;
} JsonScan;
size_t json_scan(JsonScan *scan, const char *bytes, size_t n);

#endif
