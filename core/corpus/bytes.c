/* See bytes.h. */
#include "corpus/bytes.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEEP_ROOM = 4 << 20 }; /* one long article shouldn't hold its memory until the end of the load */

bool bytes_reserve(Bytes *bytes, size_t more)
{
    if (more > SIZE_MAX / 4 - bytes->length)
        return false;
    size_t need = bytes->length + more + 1;
    if (need <= bytes->room)
        return true;
    size_t room = bytes->room ? bytes->room : 256;
    while (room < need)
        room += room / 2;
    char *data = realloc(bytes->data, room);
    if (!data)
        return false;
    bytes->data = data;
    bytes->room = room;
    return true;
}

bool bytes_add(Bytes *bytes, const void *more, size_t n)
{
    if (!bytes_reserve(bytes, n))
        return false;
    if (n)
        memcpy(bytes->data + bytes->length, more, n);
    bytes->length += n;
    bytes->data[bytes->length] = '\0';
    return true;
}

bool bytes_add_text(Bytes *bytes, const char *text)
{
    return bytes_add(bytes, text, strlen(text));
}

bool bytes_add_byte(Bytes *bytes, char byte)
{
    return bytes_add(bytes, &byte, 1);
}

bool bytes_format(Bytes *bytes, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = NULL;
    int n = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (n < 0)
        return false;
    bool added = bytes_add(bytes, text, (size_t)n);
    free(text);
    return added;
}

void bytes_clear(Bytes *bytes)
{
    if (bytes->room > KEEP_ROOM)
        bytes_free(bytes);
    bytes->length = 0;
    if (bytes->data)
        bytes->data[0] = '\0';
}

void bytes_free(Bytes *bytes)
{
    free(bytes->data);
    *bytes = (Bytes){ 0 };
}
