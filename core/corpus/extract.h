/* The article in a web page: its text as paragraphs, and what the page says about it (headline, author, date, outlet, language, address).
 *
 * Structure decides here (elements, links, names of classes, where the prose is); the standing phrases of a language are layout's
 * business. The page is hostile input: size and depth are capped, the tree is walked without recursion. No file is opened, no address
 * is followed. */
#ifndef ANNALIST_CORPUS_EXTRACT_H
#define ANNALIST_CORPUS_EXTRACT_H

#include "corpus/reader.h"
#include "error.h"

#include <stddef.h>

enum { EXTRACT_LIMIT = 16 << 20 }; /* bytes of a page */

/* Fills the draft's text, and title, date, URL, outlet, author and language as far as the page gives them. `html` is UTF-8. False with
 * the reason when there is no article in the page. */
bool extract_article(const char *html, size_t n, ArticleDraft *draft, Error *error);

/* The encoding that a page declares in its first bytes (<meta charset>, <?xml encoding?>), lower case; false if none. */
bool extract_charset(const char *html, size_t n, char *charset, size_t room);

#endif
