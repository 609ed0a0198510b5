/* What extract_facts.c, extract_linked_data.c and extract_authors.c share: values that come from several places of a page, of which the surest wins. */
#ifndef ANNALIST_CORPUS_EXTRACT_GATHER_H
#define ANNALIST_CORPUS_EXTRACT_GATHER_H

#include "corpus/extract_inside.h"
#include "corpus/json.h"

typedef struct Found {
    Octets value;
    int rank; /* 0: none */
    const xmlNode *place;
} Found;

typedef struct Gathering {
    Found title, date, outlet, language, url, body;
    Found author, byline, elsewhere; /* as declared; as readers see it; as it stands in a box that is not the article's */
    Octets window;
    const JsonValue *linked_data; /* the whole of the script that is being read */
    unsigned writers;             /* a bit for each twitter:label1, 2, … that says "Written by" */
    int more;                     /* names shown that could join those of the same rank */
    bool failed;
} Gathering;

/* extract_facts.c */
void offer(Gathering *g, Found *found, int rank, const char *text, size_t n);
void offer_text(Gathering *g, Found *found, int rank, const char *text);
bool is_address(const char *s);
bool has_name(const xmlNode *element, const char *attribute, const char *part); /* somewhere in the attribute, without case */
bool is_whole(const xmlNode *element, const char *attribute, const char *name);
void text_of(const xmlNode *element, Octets *out, size_t most); /* at most about `most` bytes; a line break is '\1' */

/* extract_linked_data.c: a <script>, if it holds JSON-LD */
void read_linked_data(Gathering *g, const xmlNode *element);

/* extract_authors.c */
void offer_author(Gathering *g, int rank, const char *text, size_t n); /* as the page declares it; a second one of the same rank is added */
void read_label(Gathering *g, const char *name, const char *content);  /* twitter:label1 "Written by", then twitter:data1 "Ann Marlow" */
void read_author(Gathering *g, const xmlNode *element, Octets *text);
void choose_authors(Gathering *g, PageFacts *facts);

#endif
