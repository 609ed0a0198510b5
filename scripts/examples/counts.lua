-- counts.lua CORPUS MEASURE: how a figure (killed, injured, detained, …) grew: each value with its day, who gave it, and the words.
-- Run `annalist run CORPUS figures` first.

local annalist = require "annalist"

local path, measure = arg[1], arg[2]
if not measure then
  io.stderr:write("usage: annalist scripts/examples/counts.lua CORPUS MEASURE\n")
  os.exit(2)
end

local corpus <close> = annalist.open(path)

for row in corpus:sql([[
  select as_of, value, maximum, qualifier, attributed_to, article_id,
    cast(substr(cast(text as blob), first, last - first + 1) as text) as words
  from figure join article using (article_id)
  where measure = ? order by coalesce(as_of, '9999'), value, article_id, first]], measure) do
  local value = row.maximum and string.format("%g to %g", row.value, row.maximum) or string.format("%g", row.value)
  print(string.format("%-10s  %-12s  [%d] %s%s", row.as_of or "undated", (row.qualifier and row.qualifier .. " " or "") .. value, row.article_id,
    row.words:gsub("%s+", " "), row.attributed_to and "  (" .. row.attributed_to .. ")" or ""))
end
