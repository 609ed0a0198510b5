-- entities: persons, organisations and places by name. A sequence tagger finds them (data/models/entities.model); what it is
-- unsure of is settled by the rest of the article; titles go to a column of their own, so that first..last is the name alone.

local consistency = require "entities.consistency"
local data = require "annalist.data"
local joining = require "lib.names.joining"
local tagger = require "annalist.tagger"
local titles = require "entities.titles"
local spans = require "entities.spans"
local surroundings = require "lib.names.surroundings"
local surnames = require "entities.surnames"
local untagged = require "entities.untagged"

local known
local model

return {
  name = "entities", version = 1, api = 1,
  summary = "Persons, organisations and places by name, with the titles before them",
  provides = "entities",
  needs = { "sentences" }, wants = {},
  options = {},
  results = {
    mention = {
      { "mention_id", "id" }, { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" },
      { "kind", "text!" }, { "name", "text!" }, { "title", "text" },
    },
  },

  prepare = function(_)
    joining.load()
    surroundings.load()
    model = tagger.load(data.read("models/entities.model"))
    known = {
      model = model, titles = titles.load(model), heads = spans.heads(), no_names = spans.no_names(), bodies = spans.classes "bodies.tsv",
      beside = spans.classes "beside.tsv", particles = untagged.particles(), surnames = surnames.load(),
      is_place = function(name) return spans.has_class(model, name, "place") end,
    }
  end,

  article = function(ctx, article)
    local firsts, lasts = {}, {}
    for sentence in ctx:rows("select first, last from sentence order by first") do
      firsts[#firsts + 1], lasts[#lasts + 1] = sentence.first, sentence.last
    end
    if #firsts == 0 then return end
    local s = article.text
    local found = spans.read(s, known, firsts, model:spans(s, firsts, lasts))
    found = consistency.settle(s, found, known, spans.bounds(firsts, lasts))
    for _, span in ipairs(found) do
      if span.kind == "person" then span.first = titles.strip(known.titles, s, span.first, span.last) end
      local name = s:sub(span.first, span.last):gsub("%s+", " ")
      local has_word = name:find("[%w\128-\255]") -- "@" is nobody's name
      if has_word and not titles.is_bare(known.titles, name, span.kind) then
        local title = span.kind == "person" and titles.before(known.titles, s, span.bound, span.first) or nil
        ctx:emit("mention", { first = span.first, last = span.last, kind = span.kind, title = title, name = name })
      end
    end
  end,
}
