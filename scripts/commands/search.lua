-- `annalist search CORPUS QUERY`: keywords in context.

local console = require "annalist.console"
local corpus = require "annalist.corpus"
local formats = require "annalist.formats"
local output = require "annalist.output"
local text = require "annalist.text"

-- One line a hit: article and date, what stands before flush right, the hit, what follows.
local function write_lines(hits, write, width, context)
  local count = 0
  for hit in hits do
    count = count + 1
    local head = string.format("%5d %-10s ", hit.article_id, (hit.date or ""):sub(1, 10))
    local blanks = (" "):rep(context - text.width(hit.before))
    local line = head .. blanks .. hit.before .. "[" .. hit.match .. "]" .. hit.after
    write(width and text.clip(line, width) or line, "\n")
  end
  return count
end

return {
  summary = "full-text search, one keyword-in-context line a hit",
  usage = "CORPUS QUERY",
  help = [[
QUERY is made of words, "phrases", AND, OR, NOT, NEAR(a b, 5) and prefix*. Best articles come first.
Each line has the article's number and date, then the hit in its context.]],
  examples = {
    "annalist search k.db 'prime minister'",
    "annalist search k.db '\"state of emergency\" OR curfew' --limit 20",
  },
  options = {
    { "limit", value = "N", kind = "integer", minimum = 1, default = 200, help = "at most so many hits" },
    { "context", value = "COLUMNS", kind = "integer", minimum = 0, help = "columns on either side (default: as wide as the terminal)" },
    { "format", default = "lines", value = "FORMAT", choices = { "lines", table.unpack(formats.names) }, help = "how hits are written" },
    "output",
  },
  run = function(call)
    local opened <close> = corpus.open(call.corpus)
    local write, finish, width = output.open(call.output)
    local context = call.context or width and math.max(10, (width - 30) // 2) or 40
    local hits = opened:search(call.query, { limit = call.limit, context = context })
    if call.format == "lines" then
      if write_lines(hits, write, width, context) == 0 then console.note("no hits") end
    else
      local columns = hits.columns
      formats.write(call.format, columns, function()
        local hit = hits()
        if not hit then return nil end
        local row = {}
        for i, name in ipairs(columns) do row[i] = hit[name] end
        return row
      end, write, width)
    end
    finish()
  end,
}
