/* The Lua module `annalist.alignment`: names and words compared under prices and word lists that Lua brings (core/text/names.h,
 * core/text/alignment.h). A `matcher` holds all knowledge; a `name` is a text already cut into tokens. */
#include "text/names.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>
#include <string.h>

#define MATCHER "annalist.alignment.matcher"
#define NAME "annalist.alignment.name"

typedef struct Matcher {
    NameKnowledge *names;
} Matcher;

static const struct {
    const char *name;
    uint32_t flag;
} flag_names[] = {{"particle", NAME_PARTICLE}, {"title", NAME_TITLE}, {"given", NAME_GIVEN}, {"surname", NAME_SURNAME},
                  {"patronymic", NAME_PATRONYMIC}, {"legal", NAME_LEGAL}, {"female", NAME_FEMALE}, {"male", NAME_MALE},
                  {"common", NAME_COMMON}, {"organisation", NAME_ORGANISATION}, {"phrase", NAME_PHRASE}, {"initial", NAME_INITIAL},
                  {"number", NAME_NUMBER}, {"family", NAME_FAMILY}, {"suffix", NAME_SUFFIX}, {"family_first", NAME_FAMILY_FIRST}, {NULL, 0}};
static const char *const kind_names[] = {"none", "spelling", "variant", "initial", "glued"};

static NameKnowledge *check_matcher(lua_State *L) {
    Matcher *m = luaL_checkudata(L, 1, MATCHER);
    luaL_argcheck(L, m->names, 1, "the matcher is closed");
    return m->names;
}

/* Raises with the error's own words. */
static int raise(lua_State *L, Error *error) {
    lua_pushstring(L, error->message ? error->message : "out of memory");
    error_clear(error);
    return lua_error(L);
}

/* --- building -------------------------------------------------------------------------------- */

/* Calls `row` for each list in the list at field `key` of the table at 1; the row's list is on top of the stack. */
static void each(lua_State *L, const char *key, void (*row)(lua_State *, void *), void *to) {
    if (lua_getfield(L, 1, key) == LUA_TTABLE) {
        lua_Integer n = luaL_len(L, -1);
        for (lua_Integer i = 1; i <= n; i++) {
            if (lua_geti(L, -1, i) != LUA_TTABLE) luaL_error(L, "%s[%d]: a list is needed", key, (int)i);
            for (int k = 1; k <= 3; k++) lua_geti(L, -k, k);
            row(L, to);
            lua_pop(L, 4);
        }
    }
    lua_pop(L, 1);
}

static void letter_row(lua_State *L, void *to) {
    Error error = {0};
    if (!aligner_letter(to, (uint32_t)luaL_checkinteger(L, -3), luaL_checkstring(L, -2), &error)) raise(L, &error);
}

static void step_row(lua_State *L, void *to) {
    Error error = {0};
    if (!aligner_step(to, luaL_checkstring(L, -3), luaL_checkstring(L, -2), (int)luaL_checkinteger(L, -1), &error)) raise(L, &error);
}

static void word_row(lua_State *L, void *to) {
    Error error = {0};
    if (!names_word(to, luaL_checkstring(L, -3), (uint32_t)luaL_checkinteger(L, -2), (int)luaL_optinteger(L, -1, 0), &error)) raise(L, &error);
}

/* weights = { person = { bias = …, … }, word = …, organisation = … }; what isn't named counts nothing */
static void read_weights(lua_State *L, NameKnowledge *names) {
    if (lua_getfield(L, 1, "weights") == LUA_TTABLE)
        for (int m = 0; m < NAME_MODELS; m++) {
            if (lua_getfield(L, -1, name_model_names[m]) == LUA_TTABLE)
                for (int f = 0; f < NAME_FEATURES; f++) {
                    lua_getfield(L, -1, name_feature_names[f]);
                    names_weight(names, m, f, luaL_optnumber(L, -1, 0));
                    lua_pop(L, 1);
                }
            lua_pop(L, 1);
        }
    lua_pop(L, 1);
}

/* Owns an aligner until a NameKnowledge does. */
static int free_aligner(lua_State *L) {
    Aligner **box = lua_touserdata(L, 1);
    aligner_free(*box);
    *box = NULL;
    return 0;
}

/* alignment.new{ letters = { {codepoint, ascii}… }, steps = { {a, b, cost}… }, words = { {word, flags, group}… }, weights = {…} } */
static int new_matcher(lua_State *L) {
    Error error = {0};
    luaL_checktype(L, 1, LUA_TTABLE);
    Matcher *m = lua_newuserdatauv(L, sizeof *m, 0);
    m->names = NULL;
    luaL_setmetatable(L, MATCHER);
    Aligner **box = lua_newuserdatauv(L, sizeof *box, 0);
    *box = NULL;
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, free_aligner);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    if (!(*box = aligner_new())) return luaL_error(L, "out of memory");
    each(L, "letters", letter_row, *box);
    each(L, "steps", step_row, *box);
    if (!aligner_seal(*box, &error)) return raise(L, &error);
    if (!(m->names = names_new(*box))) return luaL_error(L, "out of memory");
    *box = NULL;
    each(L, "words", word_row, m->names);
    read_weights(L, m->names);
    lua_pop(L, 1);
    return 1;
}

static int close_matcher(lua_State *L) {
    Matcher *m = luaL_checkudata(L, 1, MATCHER);
    names_free(m->names);
    m->names = NULL;
    return 0;
}

/* --- names ----------------------------------------------------------------------------------- */

/* The name at `index`: itself, or a text parsed into `room`. */
static const Name *name_at(lua_State *L, const NameKnowledge *names, int index, Name *room) {
    size_t length;
    const Name *name = lua_type(L, index) == LUA_TUSERDATA ? luaL_checkudata(L, index, NAME) : NULL;
    if (name) return name;
    const char *text = luaL_checklstring(L, index, &length);
    name_parse(names, text, length, room);
    return room;
}

/* matcher:name(text) -> name, or nil when it has letters that the matcher can't spell */
static int make_name(lua_State *L) {
    Name room;
    const Name *parsed = name_at(L, check_matcher(L), 2, &room);
    if (parsed->unknown) {
        lua_pushnil(L);
        return 1;
    }
    size_t size = offsetof(Name, tokens) + (size_t)parsed->count * sizeof parsed->tokens[0];
    memcpy(lua_newuserdatauv(L, size, 0), parsed, size);
    luaL_setmetatable(L, NAME);
    return 1;
}

/* matcher:tokens(name) -> list of { text, weight, ending, groups = {…}, [flag] = true … }, unknown letters? */
static int tokens(lua_State *L) {
    Name room;
    const Name *name = name_at(L, check_matcher(L), 2, &room);
    lua_createtable(L, name->count, 0);
    for (int i = 0; i < name->count; i++) {
        const NameToken *t = &name->tokens[i];
        lua_createtable(L, 0, 8);
        lua_pushlstring(L, t->word.text + 1, (size_t)t->word.length - 2);
        lua_setfield(L, -2, "text");
        lua_pushnumber(L, (lua_Number)t->weight);
        lua_setfield(L, -2, "weight");
        lua_pushinteger(L, t->ending);
        lua_setfield(L, -2, "ending");
        lua_pushinteger(L, t->ending_length);
        lua_setfield(L, -2, "ending_length");
        for (int k = 0; flag_names[k].name; k++)
            if (t->flags & flag_names[k].flag) {
                lua_pushboolean(L, 1);
                lua_setfield(L, -2, flag_names[k].name);
            }
        lua_newtable(L);
        for (int k = 0; k < NAME_GROUPS && t->groups[k]; k++) {
            lua_pushinteger(L, t->groups[k]);
            lua_seti(L, -2, k + 1);
        }
        lua_setfield(L, -2, "groups");
        lua_seti(L, -2, i + 1);
    }
    lua_pushboolean(L, name->unknown);
    return 2;
}

/* matcher:spells(name) -> can the matcher spell all of its letters? */
static int spells(lua_State *L) {
    Name room;
    lua_pushboolean(L, !name_at(L, check_matcher(L), 2, &room)->unknown);
    return 1;
}

/* matcher:score(a, b) -> 0..1, or nil when one has letters that the matcher can't spell */
static int score(lua_State *L) {
    Name room_a, room_b;
    NameComparison c;
    const NameKnowledge *names = check_matcher(L);
    const Name *a = name_at(L, names, 2, &room_a), *b = name_at(L, names, 3, &room_b);
    if (a->unknown || b->unknown) {
        lua_pushnil(L);
        return 1;
    }
    name_compare(names, a, b, &c);
    lua_pushnumber(L, name_score(names, &c));
    return 1;
}

/* One score as "0.1234\n" */
static void add_score(luaL_Buffer *out, double value) {
    int n = (int)(value * 10000 + 0.5);
    char line[8] = {(char)('0' + n / 10000), '.', (char)('0' + n / 1000 % 10), (char)('0' + n / 100 % 10), (char)('0' + n / 10 % 10), (char)('0' + n % 10), '\n', 0};
    luaL_addlstring(out, line, 7);
}

/* matcher:score_lines(text, other) -> a line with a score for each line of text, which holds two names parted by a tab. A pair with letters that
 * the matcher can't spell goes to other(a, b), which returns its score. */
static int score_lines(lua_State *L) {
    size_t length;
    Name a, b;
    NameComparison c;
    luaL_Buffer out;
    const NameKnowledge *names = check_matcher(L);
    const char *text = luaL_checklstring(L, 2, &length), *end = text + length;
    luaL_checktype(L, 3, LUA_TFUNCTION);
    luaL_buffinit(L, &out);
    for (const char *line = text; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop) stop = end;
        const char *tab = memchr(line, '\t', (size_t)(stop - line)), *second = tab ? tab + 1 : stop, *last = second;
        while (last < stop && *last != '\t' && *last != '\r') last++;
        double value = 0;
        if (tab && tab > line && last > second) {
            name_parse(names, line, (size_t)(tab - line), &a);
            name_parse(names, second, (size_t)(last - second), &b);
            if (a.unknown || b.unknown) {
                lua_pushvalue(L, 3);
                lua_pushlstring(L, line, (size_t)(tab - line));
                lua_pushlstring(L, second, (size_t)(last - second));
                lua_call(L, 2, 1);
                value = luaL_checknumber(L, -1);
                lua_pop(L, 1);
            } else {
                name_compare(names, &a, &b, &c);
                value = name_score(names, &c);
            }
        }
        add_score(&out, value);
        line = stop + 1;
    }
    luaL_pushresult(&out);
    return 1;
}

/* matcher:features(a, b) -> model name, list of numbers in the order of alignment.features */
static int features(lua_State *L) {
    Name room_a, room_b;
    NameComparison c;
    const NameKnowledge *names = check_matcher(L);
    name_compare(names, name_at(L, names, 2, &room_a), name_at(L, names, 3, &room_b), &c);
    lua_pushstring(L, name_model_names[c.model]);
    lua_createtable(L, NAME_FEATURES, 0);
    for (int i = 0; i < NAME_FEATURES; i++) {
        lua_pushnumber(L, c.features[i]);
        lua_seti(L, -2, i + 1);
    }
    return 2;
}

static void set_integer(lua_State *L, const char *key, lua_Integer value) {
    lua_pushinteger(L, value);
    lua_setfield(L, -2, key);
}

/* matcher:compare(a, b) -> { score, model, links = { { a, a_count, b, b_count, kind, cost } … }, features = { name = number } }; token numbers are 1-based */
static int compare(lua_State *L) {
    Name room_a, room_b;
    NameComparison c;
    const NameKnowledge *names = check_matcher(L);
    name_compare(names, name_at(L, names, 2, &room_a), name_at(L, names, 3, &room_b), &c);
    lua_createtable(L, 0, 4);
    lua_pushnumber(L, name_score(names, &c));
    lua_setfield(L, -2, "score");
    lua_pushstring(L, name_model_names[c.model]);
    lua_setfield(L, -2, "model");
    lua_createtable(L, c.count, 0);
    for (int i = 0; i < c.count; i++) {
        lua_createtable(L, 0, 6);
        set_integer(L, "a", c.links[i].a + 1);
        set_integer(L, "a_count", c.links[i].a_count);
        set_integer(L, "b", c.links[i].b + 1);
        set_integer(L, "b_count", c.links[i].b_count);
        lua_pushstring(L, kind_names[c.links[i].kind]);
        lua_setfield(L, -2, "kind");
        lua_pushnumber(L, (lua_Number)c.links[i].cost);
        lua_setfield(L, -2, "cost");
        lua_seti(L, -2, i + 1);
    }
    lua_setfield(L, -2, "links");
    lua_createtable(L, 0, NAME_FEATURES);
    for (int i = 0; i < NAME_FEATURES; i++) {
        lua_pushnumber(L, c.features[i]);
        lua_setfield(L, -2, name_feature_names[i]);
    }
    lua_setfield(L, -2, "features");
    return 1;
}

static bool is_word(const NameToken *token, const char *text, size_t length) {
    return (size_t)token->word.length == length + 2 && !memcmp(token->word.text + 1, text, length);
}

/* matcher:measure(a, b, family_a, family_b, into) -> score, family, given, met, model; nil when one has letters that the matcher can't spell.
 * What `compare` would say, without its tables, for those who weigh pairs by the million: the cost between the two family names (1 when they did not
 * meet), the worst cost of the other words that met (1 when none did), whether any did. `into` gets the features, in the order of alignment.features. */
static int measure(lua_State *L) {
    Name room_a, room_b;
    NameComparison c;
    size_t length_a, length_b;
    double family = 1, given = 0;
    bool met = false;
    const NameKnowledge *names = check_matcher(L);
    const Name *a = name_at(L, names, 2, &room_a), *b = name_at(L, names, 3, &room_b);
    const char *family_a = luaL_checklstring(L, 4, &length_a), *family_b = luaL_checklstring(L, 5, &length_b);
    luaL_checktype(L, 6, LUA_TTABLE);
    if (a->unknown || b->unknown) {
        lua_pushnil(L);
        return 1;
    }
    name_compare(names, a, b, &c);
    for (int i = 0; i < c.count; i++) {
        const NameLink *link = &c.links[i];
        double cost = (double)link->cost;
        if (is_word(&a->tokens[link->a], family_a, length_a) && is_word(&b->tokens[link->b], family_b, length_b)) {
            family = cost;
        } else if (link->kind != NAME_MET_INITIAL) {
            given = cost > given ? cost : given;
            met = true;
        }
    }
    for (int i = 0; i < NAME_FEATURES; i++) {
        lua_pushnumber(L, c.features[i]);
        lua_seti(L, 6, i + 1);
    }
    lua_pushnumber(L, name_score(names, &c));
    lua_pushnumber(L, family);
    lua_pushnumber(L, met ? given : 1);
    lua_pushboolean(L, met);
    lua_pushstring(L, name_model_names[c.model]);
    return 5;
}

/* --- words ----------------------------------------------------------------------------------- */

static void word_at(lua_State *L, const Aligner *al, int index, AlignWord *word) {
    size_t length;
    const char *text = luaL_checklstring(L, index, &length);
    luaL_argcheck(L, strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789") == length, index, "a folded word (a-z, 0-9) is needed");
    aligner_word(al, text, length, word);
}

/* matcher:distance(a, b) -> cost of the cheapest alignment, 1 being an exchange of unlike consonants */
static int distance(lua_State *L) {
    AlignWord a, b;
    const Aligner *al = names_aligner(check_matcher(L));
    word_at(L, al, 2, &a);
    word_at(L, al, 3, &b);
    lua_pushnumber(L, aligner_distance(al, &a, &b, ALIGN_FAR - 1) / 100.0);
    return 1;
}

/* matcher:trace(a, b) -> cost, list of { a_piece, b_piece, cost } ("^" and "$" at the ends) */
static int trace(lua_State *L) {
    AlignWord a, b;
    AlignStep steps[ALIGN_LETTERS * 2];
    int count;
    const Aligner *al = names_aligner(check_matcher(L));
    word_at(L, al, 2, &a);
    word_at(L, al, 3, &b);
    lua_pushnumber(L, aligner_trace(al, &a, &b, steps, &count) / 100.0);
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        lua_createtable(L, 3, 0);
        lua_pushlstring(L, a.text + steps[i].a, (size_t)steps[i].a_length);
        lua_seti(L, -2, 1);
        lua_pushlstring(L, b.text + steps[i].b, (size_t)steps[i].b_length);
        lua_seti(L, -2, 2);
        lua_pushnumber(L, steps[i].cost / 100.0);
        lua_seti(L, -2, 3);
        lua_seti(L, -2, i + 1);
    }
    return 2;
}

int luaopen_annalist_alignment(lua_State *L);

int luaopen_annalist_alignment(lua_State *L) {
    static const luaL_Reg methods[] = {{"name", make_name}, {"tokens", tokens}, {"score", score}, {"score_lines", score_lines}, {"features", features},
                                       {"compare", compare}, {"measure", measure}, {"spells", spells}, {"distance", distance}, {"trace", trace}, {NULL, NULL}};
    static const luaL_Reg functions[] = {{"new", new_matcher}, {NULL, NULL}};
    luaL_newmetatable(L, NAME);
    lua_pop(L, 1);
    luaL_newmetatable(L, MATCHER);
    lua_pushcfunction(L, close_matcher);
    lua_setfield(L, -2, "__gc");
    luaL_newlib(L, methods);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
    luaL_newlib(L, functions);
    lua_newtable(L);
    for (int k = 0; flag_names[k].name; k++) set_integer(L, flag_names[k].name, flag_names[k].flag);
    lua_setfield(L, -2, "flags");
    lua_createtable(L, NAME_FEATURES, 0);
    for (int i = 0; i < NAME_FEATURES; i++) {
        lua_pushstring(L, name_feature_names[i]);
        lua_seti(L, -2, i + 1);
    }
    lua_setfield(L, -2, "features");
    return 1;
}
