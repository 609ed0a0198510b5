/* See spans.h. */
#include "text/spans.h"

#include <stdlib.h>

enum { KEEP_BYTES = 1 << 20 };

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
