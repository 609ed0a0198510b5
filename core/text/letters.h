/* Case, normal form and outer shape of words. Output is appended to a buffer; functions return false only when memory is out.
 * Everything takes bad UTF-8 (bad bytes come out as U+FFFD). */
#ifndef ANNALIST_TEXT_LETTERS_H
#define ANNALIST_TEXT_LETTERS_H

#include "text/spans.h"

typedef enum LetterCase { LETTERS_LOWER, LETTERS_UPPER, LETTERS_TITLE, LETTERS_FOLD } LetterCase;

bool letters_case(const char *s, size_t length, LetterCase which, Octets *out);
bool letters_nfc(const char *s, size_t length, Octets *out);

/* "Talas" -> "Xxxx", "UN" -> "XX", "05" -> "dd", "U.S." -> "X.X.": X upper, x lower, d digit, a letter without case is "o";
 * more than three letters of a kind count as three, more than four digits as four. */
bool letters_shape(const char *s, size_t length, Octets *out);

bool letters_is_upper(const char *s, size_t length); /* letters, and none of them lower case: "UN", "A-4" */
bool letters_is_title(const char *s, size_t length); /* the first letter is upper case, and a later one lower: "Talas", "McKay"; or "I" */

/* The script of most letters, as ISO 15924: "Latn", "Cyrl"; "Zyyy" when there are no letters. A static string. */
const char *letters_script(const char *s, size_t length);

#endif
