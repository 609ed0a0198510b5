---@meta annalist
-- The script API of annalist, for editors (LuaCATS) and for docs/api.md, which `annalist scripts/docs.lua` makes of the files of this folder.
-- Every example is run by a test, over the corpus that `annalist load floods.db docs/examples/floods.jsonl` makes: three short
-- articles on a flood. What `print` shows stands behind `-->`.

---What a script gets with `local annalist = require "annalist"`; `-e` and the REPL have it as a global.
---@class annalist
---@field null any     the NULL of SQL and the null of JSON, where a plain nil would leave a hole in a list
---@field version string
---@field text annalist.text
---@field similarity annalist.similarity
---@field json annalist.json
local annalist = {}

---Opens a corpus file. With `<close>` it is closed at the end of the block; otherwise call `corpus:close()`.
---```lua
---local corpus <close> = annalist.open("floods.db")
---print(corpus:count())   --> 3
---```
---@param path string
---@param mode? "read"|"write"  "read" if left out
---@return Corpus
function annalist.open(path, mode) end

---Prints any value as the REPL does: rows as columns, an article as its head, a table with its keys in order.
---```lua
---annalist.show { name = "Ilse Brandt", articles = { 1, 2 } }   --> { articles = { 1, 2 }, name = "Ilse Brandt" }
---```
---@param value any
function annalist.show(value) end
