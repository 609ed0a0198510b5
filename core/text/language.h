/* Which language a text is in (CLD2). */
#ifndef ANNALIST_TEXT_LANGUAGE_H
#define ANNALIST_TEXT_LANGUAGE_H

#include <stddef.h>

/* The code of the language ("en", "ky"; "und" when nothing can be said), a static string, and in *confidence 0..1. */
const char *language_detect(const char *s, size_t length, double *confidence);

#endif
