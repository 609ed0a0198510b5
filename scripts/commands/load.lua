-- `annalist load CORPUS PATH...`

local console = require "annalist.console"

local function formats_known()
  local names = {}
  for i, format in ipairs(require("annalist.loader").formats()) do names[i] = format.name end
  return table.concat(names, ", ")
end

return {
  summary = "load articles: files, folders, archives, or - for standard input",
  usage = "CORPUS PATH...",
  help = [[
Makes the corpus if there is none. What is there already is not loaded twice; a source that can't be read is named and recorded,
and the others go on (exit status 1). The format is found from the bytes. In JSONL and CSV the fields are id, text, title, date,
url, outlet, author and language; --field says what they are called in yours.

Formats: ]] .. formats_known() .. ".",
  examples = {
    "annalist load k.db data/kyrgyzstan-2020/articles",
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
    local counts = loading.load(call.corpus, call.path, {
      strict = call.strict, index = not call.no_index, fields = call.field, format = call.as,
    })
    if counts.ended and counts.articles == 0 then return 2 end -- why is said already
    console.note("%s", loading.summary(call.corpus, counts))
    if counts.ended then return 1 end
    if counts.failed > 0 then return counts.articles + counts.known_articles + counts.known > 0 and 1 or 2 end
  end,
}
