-- Two articles word by word: the share of their five-word runs that are the same, and the longest runs that stand in both.

local words = require "duplicates.words"

local runs = {}

local SHINGLE = 5       -- words; the usual size for near-duplicates of news

local function set_of(document)
  if document.set then return document.set, document.set_size end
  local set, size = {}, 0
  for _, hash in ipairs(words.shingles(document, math.min(SHINGLE, math.max(1, document.n)))) do
    if not set[hash] then set[hash], size = true, size + 1 end
  end
  document.set, document.set_size = set, size
  return set, size
end

--- Jaccard similarity of the sets of five-word runs, 0 to 1.
function runs.jaccard(a, b)
  local set_a, size_a = set_of(a)
  local set_b, size_b = set_of(b)
  if size_a == 0 or size_b == 0 then return 0 end
  if size_a > size_b then set_a, set_b = set_b, set_a end
  local shared = 0
  for hash in pairs(set_a) do      -- a count: the order doesn't matter
    if set_b[hash] then shared = shared + 1 end
  end
  return shared / (size_a + size_b - shared)
end

-- Where each run of `k` words begins in a document: hash -> position, or a list of positions
local function places(document, k)
  if document.places and document.places_k == k then return document.places end
  local found = {}
  for i, hash in ipairs(words.shingles(document, k)) do
    local here = found[hash]
    if not here then found[hash] = i
    elseif type(here) == "number" then found[hash] = { here, i }
    elseif #here < 8 then here[#here + 1] = i end
  end
  document.places, document.places_k = found, k
  return found
end

-- How many words from here on are the same
local function extent(a, b, i, j)
  local x, y, n = a.hashes, b.hashes, 0
  while i + n <= a.n and j + n <= b.n and x[i + n] == y[j + n] do n = n + 1 end
  return n
end

local function longest_at(a, b, i, here)
  if type(here) == "number" then return here, extent(a, b, i, here) end
  local best, length = nil, 0
  for _, j in ipairs(here) do
    local n = extent(a, b, i, j)
    if n > length then best, length = j, n end
  end
  return best, length
end

--- Maximal common runs of at least `minimum` words, by their place in `a`; runs don't overlap in `a`.
-- @return list of { place in a, place in b, words }
function runs.common(a, b, minimum)
  local found = {}
  if a.n < minimum or b.n < minimum then return found end
  local where = places(b, minimum)
  local shingles = words.shingles(a, minimum)
  local i = 1
  while i <= #shingles do
    local here = where[shingles[i]]
    local j, n
    if here then j, n = longest_at(a, b, i, here) end
    if j and n >= minimum then
      found[#found + 1] = { i, j, n }
      i = i + n
    else
      i = i + 1
    end
  end
  return found
end

return runs
