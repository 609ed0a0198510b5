/* Shared by names.c, name_compare.c and name_consonants.c alone. */
#ifndef ANNALIST_TEXT_NAMES_INTERNAL_H
#define ANNALIST_TEXT_NAMES_INTERNAL_H

#include "text/names.h"

typedef struct Word {
    char *text; /* owned; NULL: the slot is free */
    uint32_t hash;
    uint32_t length;
    uint32_t flags;
    uint16_t groups[NAME_GROUPS];
} Word;

struct NameKnowledge {
    Aligner *aligner;
    Word *words; /* open hash table, `room` a power of two */
    size_t room, used;
    double weights[NAME_MODELS][NAME_FEATURES];
};

/* The cost (0..1) of two words of which one is written without short vowels. */
float name_consonant_cost(const Aligner *aligner, const AlignWord *a, const AlignWord *b);

const Word *names_find(const NameKnowledge *names, const char *text, size_t length);

#endif
