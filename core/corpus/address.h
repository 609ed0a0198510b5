/* When two URLs are one address: whatever the scheme, "www.", a closing slash, the fragment, and what trackers hang on. */
#ifndef ANNALIST_CORPUS_ADDRESS_H
#define ANNALIST_CORPUS_ADDRESS_H

#include <stdbool.h>

bool address_same(const char *a, const char *b);

/* Does it lead to a page, and not only to a site? */
bool address_names_a_page(const char *url);

#endif
