-- The index of chosen word runs: which earlier articles share one with this article? Winnowing after Schleimer, Wilkerson
-- and Aiken (2003): of every window of runs the smallest hash is chosen, so that two articles with a common passage as long
-- as the window choose the same run of it.

local words = require "duplicates.words"

local index = {}
index.__index = index

local RUN = 8             -- words a chosen run
local BYTES_A_ROUND = 100 * 1024 * 1024      -- of text; about two million runs, 120 MB in memory
local MANY = 32           -- articles with one run beyond which it is stock text, and only its first article is looked at

--- An empty index that misses no common passage of `minimum` words. It holds every `rounds`-th run only, those whose hash leaves `round`:
-- so a corpus of any size is gone through in rounds of one size.
function index.new(minimum, round, rounds)
  return setmetatable({ window = math.max(1, minimum - RUN + 1), round = round or 0, rounds = rounds or 1, single = {}, several = {} }, index)
end

--- How many rounds a corpus of so many bytes needs.
function index.rounds(bytes) return math.max(1, math.ceil(bytes / BYTES_A_ROUND)) end

-- The chosen runs of a document: the smallest hash of each window, the rightmost of equals
local function chosen(shingles, window)
  local n, list, last = #shingles, {}, 0
  if n == 0 then return list end
  local at = 0
  for stop = math.min(window, n), n do
    local start = math.max(1, stop - window + 1)
    if at < start then
      at = start
      for i = start + 1, stop do
        if shingles[i] <= shingles[at] then at = i end
      end
    elseif shingles[stop] <= shingles[at] then
      at = stop
    end
    if at ~= last then
      list[#list + 1], last = shingles[at], at
    end
  end
  return list
end

-- Put the article under this hash and note those that are there already
local function meet(self, hash, id, found, list)
  local one, many = self.single[hash], self.several[hash]
  local function note(other)
    if other ~= id and not found[other] then
      found[other] = true
      list[#list + 1] = other
    end
  end
  if many then
    for i = 1, #many do note(many[i]) end
    if many[#many] ~= id and not many.stock then
      if #many >= MANY then self.several[hash] = { many[1], stock = true } else many[#many + 1] = id end
    end
  elseif one and one ~= id then
    note(one)
    self.single[hash], self.several[hash] = nil, { one, id }
  elseif not one then
    self.single[hash] = id
  end
end

--- Earlier articles that may share a passage with this one; the article is in the index afterwards.
function index:candidates(id, document)
  local found, list = {}, {}
  local size = math.min(RUN, document.n)
  if size < RUN then return list end
  for _, hash in ipairs(chosen(words.shingles(document, RUN), self.window)) do
    if hash % self.rounds == self.round then meet(self, hash, id, found, list) end
  end
  return list
end

return index
