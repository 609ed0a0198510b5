/* Errors as values. A function that can fail takes `Error *error` last, fills it once, where the facts are known
 * (path, line, the library's own words), and returns false or NULL. A library function never prints.
 * May be called from everywhere; knows nothing. */
#ifndef ANNALIST_ERROR_H
#define ANNALIST_ERROR_H

#include <stdbool.h>

typedef struct Error {
    char *message; /* owned; NULL while nothing has failed */
} Error;

/* Sets the message (replacing none: the first one stays) and returns false, so that callers can `return error_set(...)`. `error` may be NULL. */
bool error_set(Error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Frees the message; `error` is as new. */
void error_clear(Error *error);

#endif
