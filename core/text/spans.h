/* Spans of a text: byte offsets from 0, the end not included, and a kind that is the business of whoever fills it. A list of zeroes is empty;
 * it is meant to be used many times over: spans_reset keeps its memory unless it has become large. */
#ifndef ANNALIST_TEXT_SPANS_H
#define ANNALIST_TEXT_SPANS_H

#include "octets.h"

#include <stdbool.h>
#include <stddef.h>

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
