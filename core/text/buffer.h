/* A growing run of bytes, into which the functions of core/text write what they make. Owned by whoever declared it; a buffer of zeroes is empty.
 * One buffer is meant to be used many times over: buffer_reset keeps its memory unless it has become large. */
#ifndef ANNALIST_TEXT_BUFFER_H
#define ANNALIST_TEXT_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct TextBuffer {
    char *data;
    size_t length, capacity;
} TextBuffer;

/* Makes room for `more` bytes after the length. false when memory is out; what was there stays. */
bool buffer_reserve(TextBuffer *buffer, size_t more);
bool buffer_append(TextBuffer *buffer, const char *bytes, size_t length);
/* Appends a code point as UTF-8; what is no Unicode scalar value becomes U+FFFD. */
bool buffer_append_character(TextBuffer *buffer, uint32_t character);
/* Empties the buffer, and gives its memory back when it holds more than a megabyte. */
void buffer_reset(TextBuffer *buffer);
void buffer_free(TextBuffer *buffer);

/* Spans of a text: byte offsets from 0, the end not included, and a kind that is the business of whoever fills it. */
typedef struct TextSpan {
    size_t start, end;
    int kind;
} TextSpan;

typedef struct TextSpans {
    TextSpan *items;
    size_t count, capacity;
} TextSpans;

bool spans_add(TextSpans *spans, size_t start, size_t end, int kind);
void spans_reset(TextSpans *spans);
void spans_free(TextSpans *spans);

#endif
