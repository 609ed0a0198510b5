/* Triggers: words with which something that is sought can begin, some only before certain others ("the" before "morning"). One pass over a
 * text finds where a grammar is worth trying. Knows no language: words and letters are Unicode's, the lists are a caller's. */
#ifndef ANNALIST_TEXT_TRIGGERS_H
#define ANNALIST_TEXT_TRIGGERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Triggers Triggers;

Triggers *triggers_new(void);
void triggers_free(Triggers *triggers);

/* A word that triggers; `list` 0: whatever follows, else a list of the caller's own number, one word of which must follow (or a number).
 * A word added twice takes what either asks for. Letters count in any case. The word "0" stands for all numbers of up to three figures that a
 * space and a word follow; other numbers trigger always. false when memory is out, or the word is empty or longer than 60 bytes. */
bool triggers_add(Triggers *triggers, const char *word, size_t length, uint32_t list);

/* A word of a list. */
bool triggers_follow(Triggers *triggers, uint32_t list, const char *word, size_t length);

/* The first trigger at or after `from`; with `behind`, after the word, number or mark at `from`. "'98" and "½" are triggers always.
 * Returns `length` when there is none. */
size_t triggers_find(const Triggers *triggers, const char *s, size_t length, size_t from, bool behind);

#endif
