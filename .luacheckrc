-- Every Lua file of the tree. Plugins see only what the sandbox gives; scripts and the core have the whole library.
std = "lua54"
max_line_length = 200
unused_args = false
files["tests/spec/"] = { std = "+busted", max_line_length = 240 }
files["scripts/templates/plugin_spec.lua"].std = "+busted"
files["core/lua/annalist/testing.lua"].std = "+busted"
files["docs/api/"].ignore = { "1", "2" }
exclude_files = { "build/", "out/" }
