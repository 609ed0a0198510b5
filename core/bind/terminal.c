/* The Lua face of the terminal: line editing with history and completion (libedit), and Ctrl-C as a Lua error.
 *
 *   terminal.interruptible(f, handler) -> true, results… | false, error     xpcall in which Ctrl-C raises "interrupted"
 *   terminal.resume(co, …)                        coroutine.resume, with the coroutine made known to Ctrl-C
 *   editor = terminal.open{ history = path, complete = f }
 *   editor:read(prompt) -> line | nil at the end of input | nil, "interrupted"
 *   editor:remember(entry)                        adds to the history and saves it
 *   editor:close()
 *
 * `complete(text before the cursor)` returns what to insert there (or nil) and lines of candidates to show (or nil). */
#include "bind/interrupt.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <lauxlib.h>
#include <locale.h>
#include <lua.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

int luaopen_annalist_terminal(lua_State *L);

/* --- Ctrl-C ------------------------------------------------------------------------------------ */

/* After the error, what is running has GRACE instructions for its __close and its pcall before the next one; what catches STRIKES of them
 * goes on in no pcall any more: then each instruction raises. */
enum { GRACE = 1000000, STRIKES = 3, DEEPEST = 250, PATIENCE = 3 };

volatile int interrupt_requested = 0;
_Static_assert(_Generic((sig_atomic_t)0, int: 1, default: 0), "interrupt_requested must be a sig_atomic_t");

static lua_State *running[DEEPEST];          /* the state that called interruptible, and the coroutines resumed below it */
static volatile sig_atomic_t running_count;
static volatile sig_atomic_t reading_line;   /* at the prompt nothing runs that could be stopped */
static volatile sig_atomic_t presses;        /* since something last listened */
static volatile sig_atomic_t resized;
static int strikes; /* errors raised for one Ctrl-C */

static void stop(lua_State *L, lua_Debug *where)
{
    (void)where;
    interrupt_requested = 0;
    presses = 0;
    lua_sethook(L, stop, LUA_MASKCOUNT, ++strikes < STRIKES ? GRACE : 1);
    lua_pushliteral(L, "interrupted");
    lua_error(L);
}

/* Only what a handler may do: flags, and lua_sethook, which is made for this. */
static void on_interrupt(int number)
{
    (void)number;
    interrupt_requested = 1;
    if (reading_line)
        return;
    if (++presses > PATIENCE) {
        static const char message[] = "\nannalist: ended, since what was running did not stop\n";
        if (write(STDERR_FILENO, message, sizeof message - 1) < 0)
            _exit(2);
        _exit(2);
    }
    for (int i = 0; i < running_count; i++)
        lua_sethook(running[i], stop, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

static void on_resize(int number)
{
    (void)number;
    resized = 1;
}

/* Installs a handler that does interrupt system calls. What is ignored (nohup, a job in the background) stays ignored. */
static bool catch_signal(int number, void (*handler)(int), struct sigaction *before)
{
    struct sigaction action = { .sa_handler = handler };
    sigemptyset(&action.sa_mask);
    if (sigaction(number, NULL, before) != 0 || before->sa_handler == SIG_IGN)
        return false;
    return sigaction(number, &action, NULL) == 0;
}

static int interruptible(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TFUNCTION);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    int outer_count = running_count, outer_reading = reading_line;
    if (outer_count >= DEEPEST)
        return luaL_error(L, "interruptible calls nested too deep");
    lua_insert(L, 1); /* handler, f */

    struct sigaction before;
    interrupt_requested = 0;
    presses = 0;
    strikes = 0;
    running[outer_count] = L;
    running_count = outer_count + 1;
    reading_line = 0;
    bool caught = catch_signal(SIGINT, on_interrupt, &before);

    int status = lua_pcall(L, 0, LUA_MULTRET, 1);

    if (caught)
        sigaction(SIGINT, &before, NULL);
    lua_sethook(L, NULL, 0, 0);
    running_count = outer_count;
    reading_line = outer_reading;
    interrupt_requested = 0;
    lua_pushboolean(L, status == LUA_OK);
    lua_replace(L, 1);
    return lua_gettop(L);
}

/* coroutine.resume (upvalue 1) with the coroutine on the list, so that Ctrl-C reaches what really runs. */
static int resume(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTHREAD);
    int count = running_count;
    if (count >= DEEPEST)
        return luaL_error(L, "C stack overflow");
    running[count] = lua_tothread(L, 1);
    running_count = count + 1;
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
    running_count = count;
    if (lua_gethook(running[count]) == stop)
        lua_sethook(running[count], NULL, 0, 0);
    return status == LUA_OK ? lua_gettop(L) : lua_error(L);
}

/* --- the editor -------------------------------------------------------------------------------- */

#define EDITOR "annalist.terminal.editor"

typedef struct Editor {
    EditLine *line;
    History *history;
    char *history_path; /* owned; NULL when nothing is kept */
    char *prompt;       /* owned */
    lua_State *L;       /* during a read */
    int complete;       /* reference to the completion function, or LUA_NOREF */
    bool interrupted;
} Editor;

static Editor *editor_of(EditLine *line)
{
    void *data = NULL;
    el_get(line, EL_CLIENTDATA, &data);
    return data;
}

static char *show_prompt(EditLine *line)
{
    return editor_of(line)->prompt;
}

/* Reads one character in the locale's encoding; Ctrl-C ends the line, a resized window is drawn anew. */
static int read_character(EditLine *line, wchar_t *character)
{
    Editor *editor = editor_of(line);
    mbstate_t state;
    memset(&state, 0, sizeof state);
    for (;;) {
        char byte;
        ssize_t n = read(STDIN_FILENO, &byte, 1);
        if (interrupt_requested) {
            editor->interrupted = true;
            return -1;
        }
        if (n < 0 && errno == EINTR) {
            if (resized)
                el_resize(line);
            resized = 0;
            continue;
        }
        if (n <= 0)
            return (int)n;
        size_t length = mbrtowc(character, &byte, 1, &state);
        if (length == (size_t)-2)
            continue; /* the rest of this character is still to come */
        if (length == (size_t)-1) {
            memset(&state, 0, sizeof state); /* not a character: dropped */
            continue;
        }
        return 1;
    }
}

/* Tab: asks Lua. Errors in the completion function are nobody's business while a line is typed. */
static unsigned char complete(EditLine *line, int key)
{
    (void)key;
    Editor *editor = editor_of(line);
    const LineInfo *info = el_line(line);
    lua_State *L = editor->L;
    unsigned char result = CC_ERROR;
    int top = lua_gettop(L);
    if (editor->complete == LUA_NOREF || !lua_checkstack(L, 8))
        return result;
    lua_rawgeti(L, LUA_REGISTRYINDEX, editor->complete);
    lua_pushlstring(L, info->buffer, (size_t)(info->cursor - info->buffer));
    if (lua_pcall(L, 1, 2, 0) == LUA_OK) {
        const char *insertion = lua_tostring(L, -2), *list = lua_tostring(L, -1);
        if (insertion && *insertion && el_insertstr(line, insertion) == 0)
            result = CC_REFRESH;
        if (list && *list) {
            fprintf(stdout, "\n%s", list);
            fflush(stdout);
            result = CC_REDISPLAY;
        }
    }
    lua_settop(L, top);
    return result;
}

static Editor *check_editor(lua_State *L)
{
    Editor *editor = luaL_checkudata(L, 1, EDITOR);
    if (!editor->line)
        luaL_error(L, "the editor is closed");
    return editor;
}

static int editor_close(lua_State *L)
{
    Editor *editor = luaL_checkudata(L, 1, EDITOR);
    if (editor->line)
        el_end(editor->line);
    if (editor->history)
        history_end(editor->history);
    luaL_unref(L, LUA_REGISTRYINDEX, editor->complete);
    free(editor->history_path);
    free(editor->prompt);
    memset(editor, 0, sizeof *editor);
    editor->complete = LUA_NOREF;
    return 0;
}

/* libedit and the width of Cyrillic need a locale; where none is set, C.UTF-8 is what terminals of today speak. */
static void choose_locale(void)
{
    if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

static int editor_open(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_getfield(L, 1, "history");
    const char *path = lua_tostring(L, -1);
    Editor *editor = lua_newuserdatauv(L, sizeof *editor, 0);
    memset(editor, 0, sizeof *editor);
    editor->complete = LUA_NOREF;
    luaL_setmetatable(L, EDITOR);
    if (lua_getfield(L, 1, "complete") == LUA_TFUNCTION)
        editor->complete = luaL_ref(L, LUA_REGISTRYINDEX);
    else
        lua_pop(L, 1);

    choose_locale();
    editor->history_path = path ? strdup(path) : NULL;
    editor->line = el_init("annalist", stdin, stdout, stderr);
    editor->history = history_init();
    if (!editor->line || !editor->history || (path && !editor->history_path))
        return luaL_error(L, "the terminal can't be opened for editing");

    HistEvent event;
    history(editor->history, &event, H_SETSIZE, 2000);
    history(editor->history, &event, H_SETUNIQUE, 1);
    if (path)
        history(editor->history, &event, H_LOAD, path); /* there is none the first time */
    el_set(editor->line, EL_CLIENTDATA, editor);
    el_set(editor->line, EL_PROMPT, show_prompt);
    el_set(editor->line, EL_EDITOR, "emacs");
    el_set(editor->line, EL_HIST, history, editor->history);
    el_set(editor->line, EL_GETCFN, read_character);
    el_set(editor->line, EL_ADDFN, "annalist-complete", "Complete names", complete);
    el_set(editor->line, EL_BIND, "^I", "annalist-complete", NULL);
    el_set(editor->line, EL_BIND, "^R", "em-inc-search-prev", NULL);
    el_source(editor->line, NULL); /* the user's ~/.editrc */
    return 1;
}

static int editor_read(lua_State *L)
{
    Editor *editor = check_editor(L);
    const char *prompt = luaL_checkstring(L, 2);
    char *copy = strdup(prompt);
    if (!copy)
        return luaL_error(L, "out of memory");
    free(editor->prompt);
    editor->prompt = copy;
    editor->L = L;
    editor->interrupted = false;

    struct sigaction interrupt_before, resize_before;
    int outer = reading_line;
    reading_line = 1;
    interrupt_requested = 0;
    bool interrupt_caught = catch_signal(SIGINT, on_interrupt, &interrupt_before);
    bool resize_caught = catch_signal(SIGWINCH, on_resize, &resize_before);
    int length = 0;
    el_resize(editor->line);
    const char *line = el_gets(editor->line, &length);
    if (resize_caught)
        sigaction(SIGWINCH, &resize_before, NULL);
    if (interrupt_caught)
        sigaction(SIGINT, &interrupt_before, NULL);
    reading_line = outer;
    interrupt_requested = 0;

    if (editor->interrupted) {
        el_reset(editor->line);
        lua_pushnil(L);
        lua_pushliteral(L, "interrupted");
        return 2;
    }
    if (!line || length <= 0) {
        lua_pushnil(L);
        return 1;
    }
    if (line[length - 1] == '\n')
        length--;
    lua_pushlstring(L, line, (size_t)length);
    return 1;
}

static int editor_remember(lua_State *L)
{
    Editor *editor = check_editor(L);
    const char *entry = luaL_checkstring(L, 2);
    HistEvent event;
    history(editor->history, &event, H_ENTER, entry);
    if (editor->history_path)
        lua_pushboolean(L, history(editor->history, &event, H_SAVE, editor->history_path) >= 0);
    else
        lua_pushboolean(L, 0);
    return 1;
}

static const luaL_Reg editor_methods[] = {
    { "read", editor_read }, { "remember", editor_remember }, { "close", editor_close }, { NULL, NULL },
};

static const luaL_Reg functions[] = {
    { "interruptible", interruptible }, { "open", editor_open }, { NULL, NULL },
};

int luaopen_annalist_terminal(lua_State *L)
{
    luaL_newmetatable(L, EDITOR);
    lua_pushcfunction(L, editor_close);
    lua_setfield(L, -2, "__gc");
    lua_pushcfunction(L, editor_close);
    lua_setfield(L, -2, "__close");
    luaL_newlib(L, editor_methods);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);

    luaL_newlib(L, functions);
    lua_getglobal(L, "coroutine");
    lua_getfield(L, -1, "resume");
    lua_pushcclosure(L, resume, 1);
    lua_setfield(L, -3, "resume");
    lua_pop(L, 1);
    return 1;
}
