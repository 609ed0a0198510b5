/* See error.h. */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool error_set(Error *error, const char *format, ...)
{
    if (!error || error->message)
        return false;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&error->message, format, arguments) < 0)
        error->message = NULL;
    va_end(arguments);
    return false;
}

void error_clear(Error *error)
{
    if (!error)
        return;
    free(error->message);
    error->message = NULL;
}
