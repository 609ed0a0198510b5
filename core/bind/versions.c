/* system.versions(): the parts whose version can change what is loaded, or what a run makes of it. See modules.h. */
#include "bind/modules.h"

#include <archive.h>
#include <glib.h>
#include <lauxlib.h>
#include <libxml/xmlversion.h>
#include <poppler.h>
#include <sqlite3.h>
#include <unicode/uversion.h>
#include <zlib.h>

static void add(lua_State *L, const char *name, const char *version)
{
    lua_createtable(L, 2, 0);
    lua_pushstring(L, name);
    lua_rawseti(L, -2, 1);
    lua_pushstring(L, version);
    lua_rawseti(L, -2, 2);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
}

int system_versions(lua_State *L)
{
    UVersionInfo numbers;
    char icu[U_MAX_VERSION_STRING_LENGTH];
    u_getVersion(numbers);
    u_versionToString(numbers, icu);
    lua_newtable(L);
    add(L, "annalist", ANNALIST_VERSION);
    add(L, "Lua", LUA_VERSION_MAJOR "." LUA_VERSION_MINOR "." LUA_VERSION_RELEASE);
    add(L, "SQLite", sqlite3_libversion());
    add(L, "ICU", icu);
    add(L, "libxml2", LIBXML_DOTTED_VERSION);
    add(L, "libarchive", archive_version_string() + sizeof "libarchive " - 1);
    add(L, "zlib", zlibVersion());
    add(L, "Poppler", poppler_get_version());
    return 1;
}
