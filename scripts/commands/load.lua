-- `annalist load CORPUS PATH...`

local console = require "annalist.console"

local function formats_known()
  local names = {}
  for i, format in ipairs(require("annalist.loader").formats()) do names[i] = format.name end
  return names
end

local fields = { "id", "text", "title", "date", "url", "outlet", "author", "language" }

local function contains(list, word)
  for _, one in ipairs(list) do
    if one == word then return true end
  end
  return false
end

--- What is wrong with the options, before anything is made.
local function check(call)
  local nearest = require "annalist.nearest"
  local formats = formats_known()
  if call.as and not contains(formats, call.as) then
    error(("--as %s: is no format that can be read.%s They are: %s"):format(call.as, nearest.hint(call.as, formats), table.concat(formats, ", ")), 0)
  end
  local given = {}
  for name in pairs(call.field or {}) do given[#given + 1] = name end
  table.sort(given)
  for _, name in ipairs(given) do
    if not contains(fields, name) then
      error(("--field %s=%s: an article has no such field.%s They are: %s"):format(name, call.field[name], nearest.hint(name, fields),
        table.concat(fields, ", ")), 0)
    end
  end
end

return {
  summary = "load articles: files, folders, archives, or - for standard input",
  usage = "CORPUS PATH...",
  help = [[
Makes the corpus if there is none. What is there already is not loaded twice; a source that can't be read is named and recorded,
and the others go on (exit status 1). The format is found from the bytes. In JSONL and CSV the fields are id, text, title, date,
url, outlet, author and language; --field says what they are called in yours.

Formats: ]] .. table.concat(formats_known(), ", ") .. ".",
  examples = {
    "annalist load k.db articles",
    "annalist load k.db news.jsonl --field text=content --field date=published_at",
    "cat news.jsonl | annalist load k.db -",
  },
  options = {
    { "field", value = "NAME=FIELD", kind = "pair", help = "what a field is called in the sources; may be repeated" },
    { "as", value = "FORMAT", help = "read the paths as this format, whatever they look like" },
    { "no_index", help = "leave full text for later: annalist index" },
    { "strict", help = "stop at the first source or record that can't be read" }, "quiet",
  },
  run = function(call)
    local loading = require "annalist.loading"
    check(call)
    local counts = loading.load(call.corpus, call.path, {
      strict = call.strict, index = not call.no_index, fields = call.field, format = call.as,
    })
    if counts.ended and counts.articles == 0 then return 2 end -- why is said already
    console.note("%s", loading.summary(call.corpus, counts))
    if counts.ended then return 1 end
    if counts.failed > 0 then return counts.articles + counts.known_articles + counts.known > 0 and 1 or 2 end
  end,
}
