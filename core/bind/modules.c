/* The list of our C modules. A new one: its luaopen function here, its file in core/bind/, its page in docs/internals.md. */
#include "bind/modules.h"

int luaopen_lpeg(lua_State *L);

const BindModule bind_modules[] = {
    { "annalist.text", luaopen_annalist_text, true },
    { "annalist.similarity", luaopen_annalist_similarity, true },
    { "annalist.alignment", luaopen_annalist_alignment, true },
    { "annalist.tagger", luaopen_annalist_tagger, true },
    { "annalist.data", luaopen_annalist_data, true },
    { "annalist.memo", luaopen_annalist_memo, true },
    { "annalist.sqlite", luaopen_annalist_sqlite, false },
    { "annalist.loader", luaopen_annalist_loader, false },
    { "annalist.host", luaopen_annalist_host, false },
    { "annalist.system", luaopen_annalist_system, false },
    { "annalist.terminal", luaopen_annalist_terminal, false },
    { "lpeg", luaopen_lpeg, true },
    { 0, 0, false },
};
