/* annalist.system: folders, files, digests, the terminal's size, the clock, for trusted Lua. A thin face over libc;
 * a failure comes back as nil and one line. See docs/internals.md for the functions. */
#include "bind/interrupt.h"
#include "bind/modules.h"
#include "digest.h"
#include "host/state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int fail(lua_State *L, const char *path)
{
    int number = errno;
    lua_pushnil(L);
    lua_pushfstring(L, "%s: %s", path, strerror(number));
    return 2;
}

/* --- our folders ------------------------------------------------------------------------------- */

static int push_below_home(lua_State *L, const char *below)
{
    Error error = { 0 };
    const char *home = state_home(&error);
    if (!home) {
        lua_pushstring(L, error.message ? error.message : "annalist's folder is not found");
        error_clear(&error);
        return lua_error(L);
    }
    lua_pushfstring(L, *below ? "%s/%s" : "%s", home, below);
    return 1;
}

static int system_home(lua_State *L) { return push_below_home(L, ""); }
static int system_data(lua_State *L) { return push_below_home(L, "data"); }
static int system_plugins(lua_State *L) { return push_below_home(L, "plugins"); }
static int system_scripts(lua_State *L) { return push_below_home(L, "scripts"); }

/* The user's own folder: $ANNALIST_USER, $XDG_CONFIG_HOME/annalist, or ~/.config/annalist; nil when there is no home. */
static int system_user(lua_State *L)
{
    const char *own = getenv("ANNALIST_USER"), *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    /* A path from the working directory would load code from whatever folder somebody stands in. */
    if (own && *own == '/')
        lua_pushstring(L, own);
    else if (config && *config == '/')
        lua_pushfstring(L, "%s/annalist", config);
    else if (home && *home == '/')
        lua_pushfstring(L, "%s/.config/annalist", home);
    else
        lua_pushnil(L);
    return 1;
}

/* The path of this executable. */
static int system_program(lua_State *L)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    if (length < 0)
        return fail(L, "/proc/self/exe");
    static const char gone[] = " (deleted)"; /* it has been built anew meanwhile */
    size_t tail = sizeof gone - 1;
    if ((size_t)length > tail && memcmp(path + length - tail, gone, tail) == 0)
        length -= (ssize_t)tail;
    lua_pushlstring(L, path, (size_t)length);
    return 1;
}

/* --- files -------------------------------------------------------------------------------------- */

static const char *kind_name(mode_t mode)
{
    return S_ISREG(mode) ? "file" : S_ISDIR(mode) ? "directory" : S_ISFIFO(mode) ? "fifo" : "other";
}

static int system_stat(lua_State *L)
{
    struct stat status;
    const char *path = luaL_checkstring(L, 1);
    if (stat(path, &status) != 0)
        return fail(L, path);
    lua_createtable(L, 0, 3);
    lua_pushinteger(L, (lua_Integer)status.st_size);
    lua_setfield(L, -2, "size");
    lua_pushinteger(L, (lua_Integer)status.st_mtime);
    lua_setfield(L, -2, "mtime");
    lua_pushstring(L, kind_name(status.st_mode));
    lua_setfield(L, -2, "kind");
    return 1;
}

static int system_exists(lua_State *L)
{
    lua_pushboolean(L, access(luaL_checkstring(L, 1), F_OK) == 0);
    return 1;
}

static int system_is_directory(lua_State *L)
{
    struct stat status;
    lua_pushboolean(L, stat(luaL_checkstring(L, 1), &status) == 0 && S_ISDIR(status.st_mode));
    return 1;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* list(PATH): the names in a folder in the order of their bytes, without . and .. */
static int system_list(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    DIR *folder = opendir(path);
    if (!folder)
        return fail(L, path);
    char **names = NULL;
    size_t count = 0, room = 0;
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (count == room) {
            char **more = realloc(names, (room = room ? 2 * room : 64) * sizeof *names);
            if (!more)
                break;
            names = more;
        }
        if ((names[count] = strdup(entry->d_name)) != NULL)
            count++;
    }
    closedir(folder);
    if (count)
        qsort(names, count, sizeof *names, compare_names);
    /* Out of memory below would leak the names and no more. */
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_pushstring(L, names[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
        free(names[i]);
    }
    free(names);
    return 1;
}

static int system_mkdir(lua_State *L)
{
    char path[PATH_MAX];
    const char *given = luaL_checkstring(L, 1);
    if (snprintf(path, sizeof path, "%s", given) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return fail(L, given);
    }
    for (char *p = path + 1; *p; p++)
        if (*p == '/') {
            *p = '\0';
            if (mkdir(path, 0777) != 0 && errno != EEXIST)
                return fail(L, path);
            *p = '/';
        }
    struct stat status;
    if (mkdir(path, 0777) != 0 && (errno != EEXIST || stat(path, &status) != 0 || !S_ISDIR(status.st_mode)))
        return fail(L, path);
    lua_pushboolean(L, 1);
    return 1;
}

static int system_read(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    size_t length;
    errno = 0;
    char *bytes = state_read(path, &length);
    if (!bytes)
        return fail(L, path);
    lua_pushlstring(L, bytes, length);
    free(bytes);
    return 1;
}

/* write(PATH, BYTES): into a file beside it first, then renamed, so that a reader sees the old or the new and nothing between. */
static int system_write(lua_State *L)
{
    size_t length;
    const char *path = luaL_checkstring(L, 1), *bytes = luaL_checklstring(L, 2, &length);
    char beside[PATH_MAX];
    if (snprintf(beside, sizeof beside, "%s.%ld.new", path, (long)getpid()) >= (int)sizeof beside) {
        errno = ENAMETOOLONG;
        return fail(L, path);
    }
    int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0)
        return fail(L, path);
    while (length > 0) {
        ssize_t n = write(file, bytes, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        bytes += n;
        length -= (size_t)n;
    }
    int number = length ? errno : 0;
    if (close(file) != 0 && !number)
        number = errno;
    if (!number && rename(beside, path) != 0)
        number = errno;
    if (number) {
        unlink(beside);
        errno = number;
        return fail(L, path);
    }
    lua_pushboolean(L, 1);
    return 1;
}

static int system_remove(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    if (remove(path) != 0)
        return fail(L, path);
    lua_pushboolean(L, 1);
    return 1;
}

static int system_rename(lua_State *L)
{
    const char *from = luaL_checkstring(L, 1);
    if (rename(from, luaL_checkstring(L, 2)) != 0)
        return fail(L, from);
    lua_pushboolean(L, 1);
    return 1;
}

/* absolute(PATH): resolved where it exists, else joined to the working directory. */
static int system_absolute(lua_State *L)
{
    char resolved[PATH_MAX], here[PATH_MAX];
    const char *path = luaL_checkstring(L, 1);
    if (realpath(path, resolved))
        lua_pushstring(L, resolved);
    else if (path[0] == '/' || !getcwd(here, sizeof here))
        lua_pushstring(L, path);
    else
        lua_pushfstring(L, "%s/%s", here, path);
    return 1;
}

static int system_join(lua_State *L)
{
    const char *folder = luaL_checkstring(L, 1), *name = luaL_checkstring(L, 2);
    size_t n = strlen(folder);
    if (name[0] == '/' || n == 0)
        lua_pushstring(L, name);
    else
        lua_pushfstring(L, folder[n - 1] == '/' ? "%s%s" : "%s/%s", folder, name);
    return 1;
}

static int system_basename(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && path[start - 1] != '/')
        start--;
    lua_pushlstring(L, path + start, end - start);
    return 1;
}

static int system_dirname(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1), *slash = strrchr(path, '/');
    if (!slash)
        lua_pushliteral(L, ".");
    else
        lua_pushlstring(L, path, slash == path ? 1 : (size_t)(slash - path));
    return 1;
}

static int system_working_directory(lua_State *L)
{
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here))
        return fail(L, ".");
    lua_pushstring(L, here);
    return 1;
}

static int system_temporary_directory(lua_State *L)
{
    char path[PATH_MAX];
    const char *below = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/annalist-XXXXXX", below && *below ? below : "/tmp");
    if (!mkdtemp(path))
        return fail(L, path);
    lua_pushstring(L, path);
    return 1;
}

/* --- the machine ---------------------------------------------------------------------------------- */

static int system_sha256(lua_State *L)
{
    size_t length;
    const char *bytes = luaL_checklstring(L, 1, &length);
    char text[DIGEST_TEXT];
    digest_sha256(bytes, length, text);
    lua_pushstring(L, text);
    return 1;
}

static int system_processors(lua_State *L)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    lua_pushinteger(L, count > 0 ? count : 1);
    return 1;
}

static int system_terminal_size(lua_State *L)
{
    struct winsize size = { 0 };
    if ((ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0)
        size.ws_col = 0;
    lua_pushinteger(L, size.ws_col ? size.ws_col : 80);
    lua_pushinteger(L, size.ws_row ? size.ws_row : 24);
    return 2;
}

static int system_is_terminal(lua_State *L)
{
    lua_pushboolean(L, isatty((int)luaL_optinteger(L, 1, 1)));
    return 1;
}

static int system_clock(lua_State *L)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    lua_pushnumber(L, (lua_Number)now.tv_sec + (lua_Number)now.tv_nsec / 1e9);
    return 1;
}

static int system_now(lua_State *L)
{
    char text[32];
    time_t now = time(NULL);
    struct tm parts;
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &parts));
    lua_pushstring(L, text);
    return 1;
}

static int system_process(lua_State *L)
{
    lua_pushinteger(L, getpid());
    return 1;
}

/* --- Ctrl-C ---------------------------------------------------------------------------------------- */

static void on_interrupt(int number)
{
    (void)number;
    if (++interrupt_requested >= 3) /* somebody insists */
        _exit(130);
}

/* catch_interrupts(ON): from now on Ctrl-C is only noted (interrupted() tells), or ends the program again. */
static int system_catch_interrupts(lua_State *L)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = lua_toboolean(L, 1) ? on_interrupt : SIG_DFL;
    sigaction(SIGINT, &action, NULL);
    interrupt_requested = 0;
    return 0;
}

/* interrupted(): has Ctrl-C been pressed since it was last asked? */
static int system_interrupted(lua_State *L)
{
    lua_pushboolean(L, interrupt_requested > 0);
    interrupt_requested = 0;
    return 1;
}

int luaopen_annalist_system(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "home", system_home }, { "data", system_data }, { "plugins", system_plugins }, { "scripts", system_scripts },
        { "user", system_user }, { "program", system_program }, { "stat", system_stat }, { "exists", system_exists }, { "is_directory", system_is_directory },
        { "list", system_list }, { "mkdir", system_mkdir }, { "read", system_read }, { "write", system_write },
        { "remove", system_remove }, { "rename", system_rename }, { "absolute", system_absolute }, { "join", system_join },
        { "basename", system_basename }, { "dirname", system_dirname }, { "working_directory", system_working_directory },
        { "temporary_directory", system_temporary_directory }, { "sha256", system_sha256 }, { "processors", system_processors },
        { "terminal_size", system_terminal_size }, { "is_terminal", system_is_terminal }, { "clock", system_clock },
        { "versions", system_versions }, { "now", system_now }, { "process", system_process }, { "catch_interrupts", system_catch_interrupts },
        { "interrupted", system_interrupted }, { NULL, NULL },
    };
    luaL_newlib(L, functions);
    return 1;
}
