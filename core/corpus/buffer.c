/* See buffer.h. */
#include "corpus/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEEP_ROOM = 4 << 20 }; /* one long article shouldn't hold its memory until the end of the load */

bool buffer_reserve(Buffer *buffer, size_t more)
{
    if (more > SIZE_MAX / 4 - buffer->length)
        return false;
    size_t need = buffer->length + more + 1;
    if (need <= buffer->room)
        return true;
    size_t room = buffer->room ? buffer->room : 256;
    while (room < need)
        room += room / 2;
    char *data = realloc(buffer->data, room);
    if (!data)
        return false;
    buffer->data = data;
    buffer->room = room;
    return true;
}

bool buffer_add(Buffer *buffer, const void *bytes, size_t n)
{
    if (!buffer_reserve(buffer, n))
        return false;
    if (n)
        memcpy(buffer->data + buffer->length, bytes, n);
    buffer->length += n;
    buffer->data[buffer->length] = '\0';
    return true;
}

bool buffer_add_text(Buffer *buffer, const char *text)
{
    return buffer_add(buffer, text, strlen(text));
}

bool buffer_add_byte(Buffer *buffer, char byte)
{
    return buffer_add(buffer, &byte, 1);
}

bool buffer_format(Buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = NULL;
    int n = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (n < 0)
        return false;
    bool added = buffer_add(buffer, text, (size_t)n);
    free(text);
    return added;
}

void buffer_clear(Buffer *buffer)
{
    if (buffer->room > KEEP_ROOM)
        buffer_free(buffer);
    buffer->length = 0;
    if (buffer->data)
        buffer->data[0] = '\0';
}

void buffer_free(Buffer *buffer)
{
    free(buffer->data);
    *buffer = (Buffer){ 0 };
}
