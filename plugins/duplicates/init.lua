-- duplicates: articles that are nearly the same, and passages of twenty words and more that stand in two articles.
-- Pairs worth a look come from an index of chosen word runs (winnowing: every common run of twenty words holds one), so that no
-- article is held against all others; each pair is then compared word by word, exactly.

local index = require "duplicates.index"
local runs = require "duplicates.runs"
local words = require "duplicates.words"

-- Words of the article's kept text and where they stand; of articles looked at lately they are kept in memory
local function reader(ctx, corpus, capacity)
  local cached, ring, at = {}, {}, 0
  local function blocks_of(id)
    local list = {}
    for row in ctx:rows("select first, last from block where article_id = ? and kind in ('heading', 'body', 'caption') order by first", id) do
      list[#list + 1] = row
    end
    return list
  end
  return function(id, article)
    local document = cached[id]
    if document then return document end
    article = article or corpus:article(id)
    document = words.read(article.text, blocks_of(id))
    at = at % capacity + 1
    if ring[at] then cached[ring[at]] = nil end
    ring[at], cached[id] = id, document
    return document
  end
end

local CACHED = 1500      -- articles

local function total_bytes(corpus)
  local bytes = 0
  for article in corpus:articles() do bytes = bytes + #article.text end
  return bytes
end

-- article_id -> the earlier articles that may share a passage with it, in order
local function find_candidates(corpus, read, minimum)
  local candidates = {}
  local rounds = index.rounds(total_bytes(corpus))
  for round = 0, rounds - 1 do
    local seen = index.new(minimum, round, rounds)
    for article in corpus:articles() do
      local id = article.article_id
      for _, other in ipairs(seen:candidates(id, read(id, article))) do
        local others = candidates[id] or {}
        candidates[id] = others
        others[#others + 1] = other
      end
    end
  end
  for _, others in pairs(candidates) do      -- each list for itself: the order doesn't matter
    table.sort(others)
    for i = #others, 2, -1 do
      if others[i] == others[i - 1] then table.remove(others, i) end
    end
  end
  return candidates
end

local function compare(ctx, id, other, a, b, minimum, least)
  local similarity = runs.jaccard(a, b)
  if similarity >= least then
    ctx:emit("duplicate", { article_id = id, other_id = other, similarity = math.floor(similarity * 10000 + 0.5) / 10000 })
  end
  for _, run in ipairs(runs.common(a, b, minimum)) do
    ctx:emit("reuse", { article_id = id, first = a.starts[run[1]], last = a.ends[run[1] + run[3] - 1],
      other_id = other, other_first = b.starts[run[2]], other_last = b.ends[run[2] + run[3] - 1] })
  end
end

return {
  name = "duplicates", version = 1, api = 1,
  summary = "Near-duplicate articles, and passages that articles share",
  provides = "duplicates",
  needs = { "layout" }, wants = {},
  options = {
    similarity = { type = "number", default = 0.5, min = 0.05, max = 1, help = "least share of common five-word runs (Jaccard) of a duplicate" },
    words = { type = "integer", default = 20, min = 10, max = 200, help = "least length of a reused passage, in words" },
  },
  results = {
    duplicate = { { "article_id", "integer!" }, { "other_id", "integer!" }, { "similarity", "number!" } },
    reuse = { { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" },
      { "other_id", "integer!" }, { "other_first", "integer!" }, { "other_last", "integer!" } },
  },

  corpus = function(ctx, corpus)
    local minimum, least = ctx:option("words"), ctx:option("similarity")
    local read = reader(ctx, corpus, CACHED)
    local candidates = find_candidates(corpus, read, minimum)
    for article in corpus:articles() do
      local id = article.article_id
      local others = candidates[id]
      if others then
        local document = read(id, article)
        for _, other in ipairs(others) do compare(ctx, id, other, document, read(other), minimum, least) end
      end
    end
  end,
}
