/* A piece of HTML (the body of a feed entry, of a mail) to plain paragraphs. What is an article in a whole page is the business of readers/html.c. */
#ifndef ANNALIST_CORPUS_MARKUP_H
#define ANNALIST_CORPUS_MARKUP_H

#include "octets.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends the text: a paragraph for each block element, parted by empty lines, white space run together, scripts and styles left out. */
bool markup_to_text(const char *html, size_t n, Octets *out);

/* Does it look like markup at all (a tag, or a character reference)? */
bool markup_is(const char *bytes, size_t n);

#endif
