/* Declared dates, as feeds, mails, pages and exports write them, to ISO 8601 shortened to what is known. */
#ifndef ANNALIST_CORPUS_DATE_H
#define ANNALIST_CORPUS_DATE_H

#include <stdbool.h>
#include <stddef.h>

enum { DATE_TEXT = 24 };

/* "Tue, 06 Oct 2020 21:00:05 +0600" → "2020-10-06T21:00", "2020/10" → "2020-10", "1602000000" (seconds) and "1602000000000" → UTC.
 * Clock time stays the one that was written, whatever its zone: it is the day by which its readers know it. False when it is no date in a form
 * that means one day only ("06/10/2020" does not). */
bool date_to_iso(const char *text, size_t n, char out[DATE_TEXT]);

#endif
