-- `annalist sql CORPUS QUERY`: one query, read-only.

local corpus = require "annalist.corpus"
local formats = require "annalist.formats"
local output = require "annalist.output"

-- Where to look up what the query names wrongly: a table that a plugin would make, or the columns of those that are there.
local function hint(message, path)
  local missing = message:match("no such table: ([%w_.]+)")
  if missing then
    for _, plugin in ipairs(require("annalist.engine").discover {}) do
      for _, result in ipairs(plugin.state == "ready" and plugin.declaration.tables or {}) do
        if result.name == missing then return string.format("; plugin %s makes it: annalist run %s %s", plugin.name, path, plugin.name) end
      end
    end
    return "; `annalist info " .. path .. "` names the tables"
  end
  return message:find("no such column", 1, true) and "; the columns are in docs/tables.md and `annalist plugins NAME`" or ""
end

return {
  summary = "one query, read-only",
  usage = "CORPUS QUERY",
  help = [[
The tables and their columns are in docs/tables.md; `annalist info CORPUS` names those that are there.
The file is opened read-only, so no query can change it. QUERY can be - for standard input.]],
  examples = {
    "annalist sql k.db 'select article_id, date, method from published'",
    "annalist sql k.db 'select name, count(*) from entity join mention_entity using (entity_id) group by 1' --format csv",
  },
  options = { "format", "output" },
  run = function(call)
    local opened <close> = corpus.open(call.corpus)
    local query = call.query == "-" and io.read("a") or call.query
    local ok, list = pcall(opened.lists, opened, query)
    if not ok then error(type(list) == "string" and list .. hint(list, call.corpus) or list, 0) end
    if #list.columns == 0 then error("this is no query: it gives no columns. The corpus is open for reading only.", 0) end
    local write, finish, width = output.open(call.output)
    formats.write(call.format, list.columns, list, write, width)
    finish()
  end,
}
