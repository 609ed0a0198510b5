-- `annalist sql CORPUS QUERY`: one query, read-only.

local corpus = require "annalist.corpus"
local formats = require "annalist.formats"
local output = require "annalist.output"

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
    local list = opened:lists(query)
    if #list.columns == 0 then error("this is no query: it gives no columns. The corpus is open for reading only.", 0) end
    local write, finish, width = output.open(call.output)
    formats.write(call.format, list.columns, list, write, width)
    finish()
  end,
}
