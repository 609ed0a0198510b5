/* See octets.h. */
#include "octets.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEEP_ROOM = 4 << 20 }; /* one long article shouldn't hold its memory until the end of the load */

bool octets_reserve(Octets *octets, size_t more)
{
    if (more > SIZE_MAX / 4 - octets->length)
        return false;
    size_t need = octets->length + more + 1;
    if (need <= octets->room)
        return true;
    size_t room = octets->room ? octets->room : 256;
    while (room < need)
        room += room / 2;
    char *data = realloc(octets->data, room);
    if (!data)
        return false;
    octets->data = data;
    octets->room = room;
    return true;
}

bool octets_add(Octets *octets, const void *more, size_t n)
{
    if (!octets_reserve(octets, n))
        return false;
    if (n)
        memcpy(octets->data + octets->length, more, n);
    octets->length += n;
    octets->data[octets->length] = '\0';
    return true;
}

bool octets_add_text(Octets *octets, const char *text)
{
    return octets_add(octets, text, strlen(text));
}

bool octets_add_byte(Octets *octets, char byte)
{
    return octets_add(octets, &byte, 1);
}

bool octets_format(Octets *octets, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = NULL;
    int n = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (n < 0)
        return false;
    bool added = octets_add(octets, text, (size_t)n);
    free(text);
    return added;
}

void octets_clear(Octets *octets)
{
    if (octets->room > KEEP_ROOM)
        octets_free(octets);
    octets->length = 0;
    if (octets->data)
        octets->data[0] = '\0';
}

void octets_free(Octets *octets)
{
    free(octets->data);
    *octets = (Octets){ 0 };
}
