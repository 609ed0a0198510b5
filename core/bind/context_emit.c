/* ctx:emit: a row is held against the plugin's declaration and encoded. See context.h. */
#include "bind/context_inside.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Raises a fault and keeps it: a plugin that swallows it by pcall has failed at this article all the same. */
static _Noreturn void refuse(lua_State *L, Context *context, const char *format, const char *a, const char *b, const char *c)
{
    char line[512];
    state_where(context->state, line, sizeof line);
    lua_pushfstring(L, "%s: ", line);
    lua_pushfstring(L, format, a, b, c);
    lua_concat(L, 2);
    if (!context->broken)
        context->broken = strdup(lua_tostring(L, -1));
    lua_error(L);
    abort(); /* never: lua_error doesn't return */
}

static ResultTable *find_table(Context *context, const char *name)
{
    for (int i = 0; i < context->table_count; i++)
        if (strcmp(context->tables[i].name, name) == 0)
            return &context->tables[i];
    return NULL;
}

/* Valid UTF-8 in the strict sense: no overlong forms, no surrogates. */
static bool is_utf8(const unsigned char *p, size_t n)
{
    for (const unsigned char *end = p + n; p < end;) {
        if (*p < 0x80) {
            p++;
            continue;
        }
        int more = *p >= 0xC2 && *p < 0xE0 ? 1 : *p >= 0xE0 && *p < 0xF0 ? 2 : *p >= 0xF0 && *p < 0xF5 ? 3 : 0;
        if (more == 0 || end - p <= more)
            return false;
        for (int i = 1; i <= more; i++)
            if ((p[i] & 0xC0) != 0x80)
                return false;
        if ((*p == 0xE0 && p[1] < 0xA0) || (*p == 0xED && p[1] > 0x9F) || (*p == 0xF0 && p[1] < 0x90) || (*p == 0xF4 && p[1] > 0x8F))
            return false;
        p += more + 1;
    }
    return true;
}

/* Rows are the plugin's memory as well, though Lua's allocator never sees them: at most a quarter of what it may have. */
static void add(lua_State *L, Context *context, const void *bytes, size_t length)
{
    Octets *to = &context->rows;
    size_t most = state_settings(context->state)->memory / 4;
    if (to->length + length > most || !octets_add(to, bytes, length)) {
        char amount[32];
        snprintf(amount, sizeof amount, "%zu", most >> 20);
        refuse(L, context, "emits more than %s MB of rows%s%s", amount, "", "");
    }
}

static void add_integer(lua_State *L, Context *context, lua_Integer value)
{
    add(L, context, "i", 1);
    add(L, context, &value, sizeof value);
}

/* The field of a row, whatever its metatable says: what is checked must be what is stored. */
static int row_field(lua_State *L, int row, const char *name)
{
    lua_pushstring(L, name);
    return lua_rawget(L, row);
}

/* Encodes the value at the top of the stack for one column. Returns whether it was there. */
static bool encode(lua_State *L, Context *context, const ResultTable *table, const ResultColumn *column)
{
    int kind = lua_type(L, -1);
    if (kind == LUA_TNIL) {
        if (column->required)
            refuse(L, context, "%s.%s must not be empty%s", table->name, column->name, "");
        add(L, context, "n", 1);
        return false;
    }
    if (column->kind == COLUMN_TEXT) {
        size_t length;
        if (kind != LUA_TSTRING)
            refuse(L, context, "%s.%s is text, not a %s", table->name, column->name, lua_typename(L, kind));
        const char *text = lua_tolstring(L, -1, &length);
        if (!is_utf8((const unsigned char *)text, length))
            refuse(L, context, "%s.%s is not valid UTF-8%s", table->name, column->name, "");
        if (length > UINT32_MAX / 2)
            refuse(L, context, "%s.%s is longer than 2 GB%s", table->name, column->name, "");
        uint32_t head = (uint32_t)length;
        add(L, context, "t", 1);
        add(L, context, &head, sizeof head);
        add(L, context, text, length);
        return true;
    }
    if (kind == LUA_TBOOLEAN && column->kind == COLUMN_INTEGER) {
        add_integer(L, context, lua_toboolean(L, -1));
        return true;
    }
    if (kind != LUA_TNUMBER)
        refuse(L, context, "%s.%s is a number, not a %s", table->name, column->name, lua_typename(L, kind));
    int whole;
    lua_Integer integer = lua_tointegerx(L, -1, &whole);
    if (column->kind == COLUMN_INTEGER) {
        if (!whole)
            refuse(L, context, "%s.%s is an integer, not %s", table->name, column->name, lua_tostring(L, -1));
        if (column->reference && context->stage == STAGE_ARTICLE && integer >> 20 == context->article_id) {
            lua_Integer count = integer - (context->article_id << 20);
            add(L, context, "o", 1);
            add(L, context, &count, sizeof count);
        } else {
            add_integer(L, context, integer);
        }
        return true;
    }
    double number = lua_tonumber(L, -1);
    if (!isfinite(number))
        refuse(L, context, "%s.%s is not a finite number%s", table->name, column->name, "");
    if (lua_isinteger(L, -1)) {
        add_integer(L, context, integer);
    } else {
        add(L, context, "d", 1);
        add(L, context, &number, sizeof number);
    }
    return true;
}

static const char lengths_key; /* registry: length of each article's text, by article_id */

/* The length of an article's text; -1 when there is no such article. */
static int64_t text_length(lua_State *L, Context *context, int64_t article_id)
{
    if (article_id == context->article_id)
        return context->text_length;
    int64_t length = -1;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &lengths_key) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &lengths_key);
    }
    if (lua_rawgeti(L, -1, article_id) == LUA_TNUMBER) {
        length = lua_tointeger(L, -1);
    } else if (context->database) {
        static const char sql[] = "select length(cast(text as blob)) from main.article where article_id = ?";
        sqlite3_stmt *statement = context_prepare(context, sql, sizeof sql - 1, true, NULL);
        bool row = false;
        if (statement) {
            sqlite3_bind_int64(statement, 1, article_id);
            if (database_step(context->database, statement, &row, NULL) && row)
                length = sqlite3_column_int64(statement, 0);
            database_release(context->database, statement);
        }
        lua_pushinteger(L, length);
        lua_rawseti(L, -3, article_id);
    }
    lua_pop(L, 2);
    return length;
}

static lua_Integer row_integer(lua_State *L, int row, const char *name, bool *there)
{
    int whole = 0;
    row_field(L, row, name);
    lua_Integer value = lua_tointegerx(L, -1, &whole);
    *there = !lua_isnil(L, -1);
    lua_pop(L, 1);
    return value;
}

/* Rows on text lead back to bytes of an article: 1 <= first <= last <= the text's length. */
static void check_span(lua_State *L, Context *context, const ResultTable *table, int64_t article_id)
{
    bool has_first, has_last;
    lua_Integer first = row_integer(L, 3, "first", &has_first), last = row_integer(L, 3, "last", &has_last);
    if (!has_first && !has_last)
        return;
    int64_t length = text_length(L, context, article_id);
    if (!has_first || !has_last || first < 1 || last < first || last > length) {
        char span[96];
        snprintf(span, sizeof span, "first %lld, last %lld: outside the article's text of %lld bytes", (long long)first, (long long)last, (long long)length);
        refuse(L, context, "%s: %s%s", table->name, span, "");
    }
}

static void refuse_unknown_column(lua_State *L, Context *context, const ResultTable *table)
{
    lua_pushnil(L);
    while (lua_next(L, 3)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            refuse(L, context, "%s: a row has columns by name; this one has a %s as a key%s", table->name, luaL_typename(L, -1), "");
        const char *name = lua_tostring(L, -1);
        bool known = false;
        for (int i = 0; i < table->count; i++)
            known = known || strcmp(table->columns[i].name, name) == 0;
        if (!known)
            refuse(L, context, "%s has no column '%s' in the plugin's results%s", table->name, name, "");
    }
}

/* The article that the row at stack place 3 belongs to; refuses one that it can't. */
static int64_t row_owner(lua_State *L, Context *context, const char *name)
{
    bool there;
    lua_Integer id = row_integer(L, 3, "article_id", &there);
    int64_t article_id = there ? id : context->article_id;
    if (context->stage == STAGE_ARTICLE && article_id != context->article_id)
        refuse(L, context, "%s: in the article stage a row belongs to the article in hand%s%s", name, "", "");
    if (context->stage == STAGE_CORPUS && text_length(L, context, article_id) < 0)
        refuse(L, context, there ? "%s: no article has the row's article_id%s%s" : "%s: in the corpus stage a row needs its article_id%s%s", name, "", "");
    return article_id;
}

static int count_fields(lua_State *L, int row)
{
    int keys = 0;
    lua_pushnil(L);
    while (lua_next(L, row)) {
        lua_pop(L, 1);
        keys++;
    }
    return keys;
}

/* emit(ctx, TABLE, row) → the row's id, if the table has a column of type "id" */
int context_emit(lua_State *L)
{
    Context *context = context_of(L);
    const char *name = luaL_checkstring(L, 2);
    ResultTable *table = find_table(context, name);
    if (context->stage == STAGE_PREPARE)
        refuse(L, context, "prepare may not emit rows (table %s)%s%s", name, "", "");
    if (!table)
        refuse(L, context, "table '%s' is not in the plugin's results%s%s", name, "", "");
    if (!lua_istable(L, 3))
        refuse(L, context, "%s: a row is a table, not a %s%s", name, luaL_typename(L, 3), "");
    if (luaL_getmetafield(L, 3, "__index") != LUA_TNIL)
        refuse(L, context, "%s: a row is a plain table; this one's fields come from a metatable%s%s", name, "", "");
    lua_settop(L, 3);
    size_t mark = context->rows.length;
    int present = 0;
    int64_t article_id = table->article >= 0 ? row_owner(L, context, name) : context->article_id;
    if (table->first >= 0 && table->last >= 0)
        check_span(L, context, table, article_id);
    int64_t id = ++table->rows;
    if (id >= 1 << 20 && (context->stage == STAGE_ARTICLE || context->beside_articles))
        refuse(L, context, "%s: more than a million rows for one article, or beside those of articles%s%s", name, "", "");
    if (context->stage == STAGE_ARTICLE)
        id += article_id << 20;
    char position = (char)(table - context->tables);
    add(L, context, &position, 1);
    for (int i = 0; i < table->count; i++) {
        row_field(L, 3, table->columns[i].name);
        if (i == table->article) {
            present += !lua_isnil(L, -1);
            if (context->stage == STAGE_ARTICLE)
                add(L, context, "a", 1);
            else
                add_integer(L, context, article_id);
        } else if (i == table->id) {
            present += !lua_isnil(L, -1);
            if (context->stage == STAGE_ARTICLE)
                add(L, context, "k", 1);
            else
                add_integer(L, context, id);
        } else {
            present += encode(L, context, table, &table->columns[i]);
        }
        lua_pop(L, 1);
    }
    if (count_fields(L, 3) != present) {
        context->rows.length = mark;
        refuse_unknown_column(L, context, table);
    }
    if (table->id < 0)
        return 0;
    lua_pushinteger(L, id);
    return 1;
}
