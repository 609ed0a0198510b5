/* What the two files of annalist.tagger share: the userdata and how a document is filled from Lua. */
#ifndef ANNALIST_BIND_TAGGER_INSIDE_H
#define ANNALIST_BIND_TAGGER_INSIDE_H

#include "text/tagger.h"

#include <lua.h>

#define TAGGER_MODEL "annalist.tagger.model"

/* A tagger with room to work in; while it is trained it has a trainer too. */
typedef struct TaggerModel {
    Tagger *tagger;
    TaggerDocument *document;
    TaggerTrainer *trainer;
    uint8_t *labels;
    float *scores;
    TaggerSpan *spans;
    int *gold;
    size_t capacity;
} TaggerModel;

/* tagger.c */
int tagger_model_raise(lua_State *L, Error *error);
TaggerModel *tagger_model_push(lua_State *L);
/* An empty document to fill. */
TaggerDocument *tagger_model_document(lua_State *L, TaggerModel *m);
/* Makes room for labels, scores, spans and gold of so many tokens. */
void tagger_model_reserve(lua_State *L, TaggerModel *m, size_t tokens);
/* Adds the texts of sentences: arrays of first and last bytes at `firsts` and `lasts`, or the whole text if nil. */
void tagger_model_add_text(lua_State *L, TaggerDocument *d, const char *text, size_t size, int firsts, int lasts);
/* Adds one sentence of tokens, with classes (a list of names, or bits, for each token) or nil. */
void tagger_model_add_tokens(lua_State *L, TaggerModel *m, TaggerDocument *d, int tokens, int classes);

/* tagger_train.c */
int tagger_lua_train(lua_State *L);

#endif
