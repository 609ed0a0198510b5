/* Growing runs of bytes and of spans. May call libc; knows nothing else. */
#include "text/buffer.h"
#include "text/utf8.h"

#include <stdlib.h>

enum { KEEP_BYTES = 1 << 20 };

bool buffer_reserve(TextBuffer *buffer, size_t more)
{
    if (more <= buffer->capacity - buffer->length) return true;
    size_t wanted = buffer->length + more;
    if (wanted < more) return false;
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity < wanted) {
        if (capacity > SIZE_MAX / 2) return false;
        capacity *= 2;
    }
    char *data = realloc(buffer->data, capacity);
    if (data == NULL) return false;
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

bool buffer_append(TextBuffer *buffer, const char *bytes, size_t length)
{
    if (length == 0) return true;
    if (!buffer_reserve(buffer, length)) return false;
    memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    return true;
}

bool buffer_append_character(TextBuffer *buffer, uint32_t character)
{
    char bytes[4];
    return buffer_append(buffer, bytes, utf8_encode(character, bytes));
}

void buffer_free(TextBuffer *buffer)
{
    free(buffer->data);
    *buffer = (TextBuffer){ 0 };
}

void buffer_reset(TextBuffer *buffer)
{
    if (buffer->capacity > KEEP_BYTES) buffer_free(buffer);
    buffer->length = 0;
}

bool spans_add(TextSpans *spans, size_t start, size_t end, int kind)
{
    if (spans->count == spans->capacity) {
        size_t capacity = spans->capacity ? spans->capacity * 2 : 256;
        TextSpan *items = realloc(spans->items, capacity * sizeof *items);
        if (items == NULL) return false;
        spans->items = items;
        spans->capacity = capacity;
    }
    spans->items[spans->count++] = (TextSpan){ start, end, kind };
    return true;
}

void spans_free(TextSpans *spans)
{
    free(spans->items);
    *spans = (TextSpans){ 0 };
}

void spans_reset(TextSpans *spans)
{
    if (spans->capacity * sizeof(TextSpan) > KEEP_BYTES) spans_free(spans);
    spans->count = 0;
}
