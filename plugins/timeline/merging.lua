-- Merging: events of one day that tell of one thing in other words ("burst", "gave way"). By the action, the names that both tell of, and likeness.

local terms = require "lib.terms"

local merging = {}

local SAME_ENTITY = 0.15 -- the same where both name the same people or places
local SAME_ARTICLE = 0.26 -- the same where one article tells of both
local SAME_ACTION = 0.20 -- likeness from which two events of a day that tell of the same sort of thing are one

-- Does one event tell of an action that the other tells of too? By the sentences that make it
local function act_alike(a, b, founds)
  local set = {}
  for _, anchor in ipairs(a.members) do
    if founds(anchor) then
      for _, class in ipairs(anchor.actions) do set[class] = true end
    end
  end
  for _, anchor in ipairs(b.members) do
    if founds(anchor) then
      for _, class in ipairs(anchor.actions) do
        if set[class] then return true end
      end
    end
  end
  return false
end

-- Has no article sentences in both? What one article tells apart is two things
local function apart(a, b)
  for _, x in ipairs(a.members) do
    for _, y in ipairs(b.members) do
      if x.article_id == y.article_id then return false end
    end
  end
  return true
end

-- How like the two sentences are that are most alike, one of each, of those that make the events
local function likeness_of(a, b, founds)
  local best = 0
  for _, x in ipairs(a.members) do
    for _, y in ipairs(b.members) do
      if founds(x) and founds(y) then
        local c = terms.cosine(x.vector, y.vector)
        if c > best then best = c end
      end
    end
  end
  return best
end

local NAMES = 2 -- words of names that two events share of which both tell

local function name_alike(a, b)
  local set, n, counted = {}, 0, {}
  for _, anchor in ipairs(a.members) do
    for name in pairs(anchor.names) do set[name] = true end        -- sets: order can't show
  end
  for _, anchor in ipairs(b.members) do
    for name in pairs(anchor.names) do
      if set[name] and not counted[name] then n, counted[name] = n + 1, true end
    end
  end
  return n >= NAMES
end

local function least_likeness(a, b)
  local named = name_alike(a, b)
  if apart(a, b) then return named and SAME_ENTITY or SAME_ACTION end
  return named and SAME_ARTICLE or 1
end

-- Pairs of events that are like enough to be looked at, the likest first: { c, i, j }
local function pairs_of(bucket, founds)
  local list = {}
  for i = 1, #bucket do
    for j = i + 1, #bucket do
      local c = likeness_of(bucket[i], bucket[j], founds)
      if c >= SAME_ENTITY then list[#list + 1] = { c = c, i = i, j = j } end
    end
  end
  table.sort(list, function(a, b)
    if a.c ~= b.c then return a.c > b.c end
    if a.i ~= b.i then return a.i < b.i end
    return a.j < b.j
  end)
  return list
end

--- Puts together what is told in other words. An event that went into another leaves the bucket.
-- @param founds function(anchor) -> may it make an event by itself?
-- @param join function(cluster, anchor)
function merging.merge(bucket, founds, join)
  local at, gone = {}, {}
  for i = 1, #bucket do at[i] = i end
  local function root(i)
    while at[i] ~= i do i = at[i] end
    return i
  end
  for _, pair in ipairs(pairs_of(bucket, founds)) do
    local i, j = root(pair.i), root(pair.j)
    if i > j then i, j = j, i end
    local a, b = bucket[i], bucket[j]
    if i ~= j and pair.c >= least_likeness(a, b) and act_alike(a, b, founds) then
      for _, anchor in ipairs(b.members) do join(a, anchor) end
      at[j], gone[j] = i, true
    end
  end
  for i = #bucket, 1, -1 do
    if gone[i] then table.remove(bucket, i) end
  end
end

return merging
