-- furniture: lines that stand in several articles of the corpus, and so belong to the page and not to the story. A copied
-- article isn't counted twice: articles are told apart by their longest line.
-- A row an article and line, so that a new article makes layout read again only the articles whose lines it shares.

local passages = require "lib.passages"

local LINES_AT_ONCE = 1500000      -- keys held in memory; larger corpora are read in several rounds
local BYTES_A_LINE = 90            -- what a line takes on average, for the guess of how many rounds that needs
local LONGEST = 600                -- longer lines are never furniture
local LONG = 70                    -- in a sentence figures are part of what it says
local ENOUGH = 3                   -- articles

local function key_of(line)
  if #line.text > LONGEST then return nil end
  local key = #line.text < LONG and passages.pattern_key(line.text) or passages.key(line.text)
  if key == "" or key == "0" then return nil end
  return key
end

-- Keys are dealt to rounds by a small sum over their bytes
local function round_of(key, rounds)
  if rounds == 1 then return 0 end
  return (#key * 31 + key:byte(1) * 7 + key:byte(#key) * 13 + key:byte(#key // 2 + 1)) % rounds
end

-- The article's longest line that is not this one tells it from a copy
local function signatures(lines)
  local longest, second
  for _, line in ipairs(lines) do
    if not longest or #line.text > #longest.text then longest, second = line, longest
    elseif not second or #line.text > #second.text then second = line end
  end
  return longest, second
end

-- "articles" is rounded down to 1, 2, 3, 4, 6, 8, 12, 16, 24 …, so that one article more rarely changes rows of the others
local function rounded(n)
  if n <= 4 then return n end
  local step = 4
  while step * 2 <= n do step = step * 2 end
  return n >= step + step // 2 and step + step // 2 or step
end

-- One round over the corpus: counts[key] = articles it stands in, a copy of an article not counted again
local function count_round(corpus, round, rounds)
  local counts, seen_with = {}, {}
  for article in corpus:articles() do
    local lines = passages.paragraphs(article.text)
    local longest, second = signatures(lines)
    local here = {}
    for _, line in ipairs(lines) do
      local key = key_of(line)
      if key and not here[key] and round_of(key, rounds) == round then
        here[key] = true
        local other = line ~= longest and longest or second
        local signature = other and other.text:sub(1, 48) or ""
        if not counts[key] then
          counts[key], seen_with[key] = 1, signature
        elseif seen_with[key] ~= signature then
          counts[key], seen_with[key] = counts[key] + 1, signature
        end
      end
    end
  end
  return counts
end

local function frequent(corpus)
  local bytes = 0
  for article in corpus:articles() do bytes = bytes + #article.text end
  local rounds = math.max(1, (bytes // BYTES_A_LINE + LINES_AT_ONCE - 1) // LINES_AT_ONCE)
  local found = {}
  for round = 0, rounds - 1 do
    local counts = count_round(corpus, round, rounds)
    for key, n in pairs(counts) do      -- order does not matter: into a table by key
      if n >= ENOUGH then found[key] = rounded(n) end
    end
  end
  return found
end

return {
  name = "furniture", version = 1, api = 1,
  summary = "Lines that stand in many articles of the corpus",
  provides = "furniture",
  needs = {}, wants = {},
  options = {},
  results = {
    furniture = { { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "articles", "integer!" } },
  },

  corpus = function(ctx, corpus)
    local found = frequent(corpus)
    if next(found) == nil then return end
    for article in corpus:articles() do
      for _, line in ipairs(passages.paragraphs(article.text)) do
        local key = key_of(line)
        if key and found[key] then
          ctx:emit("furniture", { article_id = article.article_id, first = line.first, last = line.last, articles = found[key] })
        end
      end
    end
  end,
}
