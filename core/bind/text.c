/* annalist.text: the Lua face of core/text. What a function makes lies in scratch memory of this file, so that an error raised by Lua
 * on the way leaks nothing; a process runs one Lua function at a time. */
#include "bind/modules.h"
#include "text/spans.h"
#include "text/language.h"
#include "text/letters.h"
#include "text/sentences.h"
#include "text/transliterate.h"
#include "text/triggers.h"
#include "text/utf8.h"
#include "text/words.h"

#include <lauxlib.h>

int luaopen_annalist_text(lua_State *L);

#define ABBREVIATIONS "annalist.text.abbreviations"
#define TRIGGERS "annalist.text.triggers"

enum { LONGEST = 1 << 29 }; /* bytes that ICU's 32-bit lengths take without overflow */

static Octets scratch;
static TextSpans spans;

static const char *check_text(lua_State *L, int index, size_t *length)
{
    const char *s = luaL_checklstring(L, index, length);
    luaL_argcheck(L, *length < LONGEST, index, "text of more than 512 MB");
    return s;
}

/* The range of bytes that arguments 2 and 3 give, from 0 and without its end; all of the text when they are left out. */
static void check_range(lua_State *L, size_t length, size_t *from, size_t *to)
{
    lua_Integer first = luaL_optinteger(L, 2, 1), last = luaL_optinteger(L, 3, (lua_Integer)length);
    if (first < 1) first = 1;
    if (last > (lua_Integer)length) last = (lua_Integer)length;
    if (last < first) last = first - 1;
    if (last > (lua_Integer)length) first = last = 0; /* begins behind the end */
    *from = first > 0 ? (size_t)first - 1 : 0;
    *to = (size_t)(last > 0 ? last : 0);
    if (*to < *from) *to = *from = 0;
}

static int out_of_memory(lua_State *L)
{
    return luaL_error(L, "out of memory");
}

static int push_scratch(lua_State *L)
{
    lua_pushlstring(L, scratch.length ? scratch.data : "", scratch.length);
    return 1;
}

/* Pushes two arrays: where the spans begin and end, as Lua counts. */
static void push_spans(lua_State *L)
{
    lua_createtable(L, (int)spans.count, 0);
    for (size_t i = 0; i < spans.count; i++) {
        lua_pushinteger(L, (lua_Integer)spans.items[i].start + 1);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_createtable(L, (int)spans.count, 0);
    for (size_t i = 0; i < spans.count; i++) {
        lua_pushinteger(L, (lua_Integer)spans.items[i].end);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static int text_words(lua_State *L)
{
    size_t length, from, to;
    const char *s = check_text(L, 1, &length);
    check_range(L, length, &from, &to);
    spans_reset(&spans);
    if (!words_find(s, from, to, true, &spans)) return out_of_memory(L);
    push_spans(L);
    return 2;
}

static int text_tokens(lua_State *L)
{
    static const char *const kinds[] = { "word", "number", "punct", "symbol" };
    size_t length, from, to;
    const char *s = check_text(L, 1, &length);
    check_range(L, length, &from, &to);
    spans_reset(&spans);
    if (!words_find(s, from, to, false, &spans)) return out_of_memory(L);
    lua_settop(L, 1);
    for (int k = 0; k < 4; k++) lua_pushstring(L, kinds[k]);
    push_spans(L);
    lua_createtable(L, (int)spans.count, 0);
    for (size_t i = 0; i < spans.count; i++) {
        lua_pushvalue(L, 2 + spans.items[i].kind);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 3;
}

static int text_sentences(lua_State *L)
{
    size_t length, from, to;
    const char *s = check_text(L, 1, &length);
    check_range(L, length, &from, &to);
    Abbreviations **own = lua_isnoneornil(L, 4) ? NULL : luaL_checkudata(L, 4, ABBREVIATIONS);
    spans_reset(&spans);
    if (!sentences_find(s, from, to, own ? *own : NULL, &spans)) return out_of_memory(L);
    push_spans(L);
    return 2;
}

/* text.abbreviations{ ["gen"] = "name", ["art"] = "number", ["gmbh"] = "after" }: a set for text.sentences. */
static int text_abbreviations(lua_State *L)
{
    static const char *const names[] = { "none", "name", "number", "after", NULL };
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    Abbreviations **set = lua_newuserdatauv(L, sizeof *set, 0);
    *set = NULL;
    luaL_setmetatable(L, ABBREVIATIONS);
    *set = abbreviations_new();
    if (*set == NULL) return out_of_memory(L);
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        size_t length;
        luaL_argcheck(L, lua_type(L, -2) == LUA_TSTRING, 1, "keys must be abbreviations without their last full stop");
        const char *word = lua_tolstring(L, -2, &length);
        int kind = luaL_checkoption(L, -1, NULL, names);
        if (length > 0 && word[length - 1] == '.') length--;
        if (!abbreviations_add(*set, word, length, (AbbreviationKind)kind)) return luaL_error(L, "abbreviation '%s' is empty or too long", word);
    }
    return 1;
}

static int abbreviations_collect(lua_State *L)
{
    Abbreviations **set = luaL_checkudata(L, 1, ABBREVIATIONS);
    abbreviations_free(*set);
    *set = NULL;
    return 0;
}

/* Adds the words of the list on top of the stack; `lists` maps a list that was met to its number. */
static uint32_t add_list(lua_State *L, Triggers *triggers, int lists, uint32_t *count)
{
    int list = lua_gettop(L);
    lua_pushvalue(L, list);
    if (lua_rawget(L, lists) == LUA_TNUMBER) return (uint32_t)lua_tointeger(L, -1);
    ++*count;
    for (lua_Integer i = 1; lua_rawgeti(L, list, i) != LUA_TNIL; i++, lua_pop(L, 1)) {
        size_t length;
        luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, 1, "what may follow is a list of words");
        const char *word = lua_tolstring(L, -1, &length);
        if (!triggers_follow(triggers, *count, word, length)) luaL_error(L, "'%s' is no word, or too long", word);
    }
    lua_pushvalue(L, list);
    lua_pushinteger(L, *count);
    lua_rawset(L, lists);
    return *count;
}

/* text.triggers{ { "today" }, { "the", { "morning", "evening" } } }: a set of words whose places find() tells. */
static int text_triggers(lua_State *L)
{
    uint32_t lists = 0;
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    Triggers **set = lua_newuserdatauv(L, sizeof *set, 0);
    *set = NULL;
    luaL_setmetatable(L, TRIGGERS);
    *set = triggers_new();
    if (*set == NULL) return out_of_memory(L);
    lua_newtable(L);
    for (lua_Integer i = 1; lua_rawgeti(L, 1, i) != LUA_TNIL; i++, lua_settop(L, 3)) {
        size_t length;
        luaL_argcheck(L, lua_istable(L, 4) && lua_rawgeti(L, 4, 1) == LUA_TSTRING, 1, "an entry is a word, and the list of what must follow, if any");
        const char *word = lua_tolstring(L, 5, &length);
        uint32_t list = lua_rawgeti(L, 4, 2) == LUA_TTABLE ? add_list(L, *set, 3, &lists) : 0;
        if (!triggers_add(*set, word, length, list)) return luaL_error(L, "'%s' is no word, or too long", word);
    }
    lua_settop(L, 2);
    return 1;
}

/* triggers:find(s, from [, behind]) -> position or nil */
static int triggers_method_find(lua_State *L)
{
    Triggers **set = luaL_checkudata(L, 1, TRIGGERS);
    size_t length;
    const char *s = luaL_checklstring(L, 2, &length);
    lua_Integer from = luaL_checkinteger(L, 3);
    luaL_argcheck(L, from >= 1, 3, "positions begin at 1");
    if ((size_t)from > length) return 0;
    size_t at = triggers_find(*set, s, length, (size_t)from - 1, lua_toboolean(L, 4));
    if (at >= length) return 0;
    lua_pushinteger(L, (lua_Integer)at + 1);
    return 1;
}

static int triggers_collect(lua_State *L)
{
    Triggers **set = luaL_checkudata(L, 1, TRIGGERS);
    triggers_free(*set);
    *set = NULL;
    return 0;
}

/* --- text to text ------------------------------------------------------------------------------ */

static int change_case(lua_State *L, LetterCase which)
{
    size_t length;
    const char *s = check_text(L, 1, &length);
    octets_clear(&scratch);
    if (!letters_case(s, length, which, &scratch)) return out_of_memory(L);
    return push_scratch(L);
}

static int text_lower(lua_State *L) { return change_case(L, LETTERS_LOWER); }
static int text_upper(lua_State *L) { return change_case(L, LETTERS_UPPER); }
static int text_title(lua_State *L) { return change_case(L, LETTERS_TITLE); }
static int text_fold(lua_State *L) { return change_case(L, LETTERS_FOLD); }

typedef bool (*Writer)(const char *s, size_t length, Octets *out);

static int write_with(lua_State *L, Writer writer)
{
    size_t length;
    const char *s = check_text(L, 1, &length);
    octets_clear(&scratch);
    if (!writer(s, length, &scratch)) return out_of_memory(L);
    return push_scratch(L);
}

static int text_nfc(lua_State *L) { return write_with(L, letters_nfc); }
static int text_shape(lua_State *L) { return write_with(L, letters_shape); }
static int text_normal_space(lua_State *L) { return write_with(L, utf8_normal_space); }

/* Raises the error's message as a Lua error, and frees it first. */
static int raise(lua_State *L, Error *error)
{
    lua_pushstring(L, error->message ? error->message : "out of memory"); /* may itself run out: then the message stays unfreed */
    error_clear(error);
    return luaL_error(L, "%s", lua_tostring(L, -1));
}

static int change_script(lua_State *L, const char *id)
{
    size_t length;
    Error error = { 0 };
    const char *s = check_text(L, 1, &length);
    octets_clear(&scratch);
    if (!transliterate(s, length, id, &scratch, &error)) return raise(L, &error);
    return push_scratch(L);
}

static int text_ascii(lua_State *L) { return change_script(L, TRANSLITERATE_ASCII); }
static int text_latin(lua_State *L) { return change_script(L, TRANSLITERATE_LATIN); }
static int text_transliterate(lua_State *L) { return change_script(L, luaL_checkstring(L, 2)); }

static int make_key(lua_State *L, bool (*make)(const char *, size_t, Octets *, Error *))
{
    size_t length;
    Error error = { 0 };
    const char *s = check_text(L, 1, &length);
    octets_clear(&scratch);
    if (!make(s, length, &scratch, &error)) return raise(L, &error);
    return push_scratch(L);
}

static int text_key(lua_State *L) { return make_key(L, transliterate_key); }
static int text_skeleton(lua_State *L) { return make_key(L, transliterate_skeleton); }

static int text_sanitize(lua_State *L)
{
    size_t length, count;
    const char *s = check_text(L, 1, &length);
    octets_clear(&scratch);
    if (!utf8_sanitize(s, length, &scratch, &count)) return out_of_memory(L);
    push_scratch(L);
    lua_pushinteger(L, (lua_Integer)count);
    return 2;
}

static int text_clip(lua_State *L)
{
    size_t length;
    const char *s = check_text(L, 1, &length);
    lua_Integer columns = luaL_checkinteger(L, 2);
    octets_clear(&scratch);
    if (!utf8_clip(s, length, columns > 0 ? (size_t)columns : 0, &scratch)) return out_of_memory(L);
    return push_scratch(L);
}

/* --- text to facts ----------------------------------------------------------------------------- */

static int text_valid(lua_State *L)
{
    size_t length, position = 0;
    const char *s = check_text(L, 1, &length);
    bool valid = utf8_valid(s, length, &position);
    lua_pushboolean(L, valid);
    if (valid) return 1;
    lua_pushinteger(L, (lua_Integer)position + 1);
    return 2;
}

static int text_length(lua_State *L)
{
    size_t length;
    const char *s = check_text(L, 1, &length);
    lua_pushinteger(L, (lua_Integer)utf8_length(s, length));
    return 1;
}

static int text_width(lua_State *L)
{
    size_t length;
    const char *s = check_text(L, 1, &length);
    lua_pushinteger(L, (lua_Integer)utf8_width(s, length));
    return 1;
}

static int text_script(lua_State *L)
{
    size_t length;
    const char *s = check_text(L, 1, &length);
    lua_pushstring(L, letters_script(s, length));
    return 1;
}

static int text_is_upper(lua_State *L)
{
    size_t length;
    const char *s = check_text(L, 1, &length);
    lua_pushboolean(L, letters_is_upper(s, length));
    return 1;
}

static int text_is_title(lua_State *L)
{
    size_t length;
    const char *s = check_text(L, 1, &length);
    lua_pushboolean(L, letters_is_title(s, length));
    return 1;
}

static int text_language(lua_State *L)
{
    size_t length;
    double confidence;
    const char *s = check_text(L, 1, &length);
    lua_pushstring(L, language_detect(s, length, &confidence));
    lua_pushnumber(L, confidence);
    return 2;
}

int luaopen_annalist_text(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "words", text_words }, { "tokens", text_tokens }, { "sentences", text_sentences }, { "abbreviations", text_abbreviations },
        { "triggers", text_triggers },
        { "lower", text_lower }, { "upper", text_upper }, { "title", text_title }, { "fold", text_fold }, { "ascii", text_ascii },
        { "latin", text_latin }, { "transliterate", text_transliterate }, { "key", text_key }, { "skeleton", text_skeleton },
        { "nfc", text_nfc }, { "valid", text_valid }, { "sanitize", text_sanitize }, { "length", text_length }, { "width", text_width },
        { "clip", text_clip }, { "script", text_script }, { "shape", text_shape }, { "is_upper", text_is_upper }, { "is_title", text_is_title },
        { "normal_space", text_normal_space }, { "language", text_language }, { NULL, NULL },
    };
    if (luaL_newmetatable(L, ABBREVIATIONS)) {
        lua_pushcfunction(L, abbreviations_collect);
        lua_setfield(L, -2, "__gc");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
    }
    lua_pop(L, 1);
    if (luaL_newmetatable(L, TRIGGERS)) {
        lua_pushcfunction(L, triggers_collect);
        lua_setfield(L, -2, "__gc");
        lua_newtable(L);
        lua_pushcfunction(L, triggers_method_find);
        lua_setfield(L, -2, "find");
        lua_setfield(L, -2, "__index");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
    }
    lua_pop(L, 1);
    luaL_newlib(L, functions);
    return 1;
}
