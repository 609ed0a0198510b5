-- Clusters: the sentences of one day, sorted into events by what they tell. Dated sentences found the events; undated ones from the head
-- of an article join one of that day or of the days before, or found their own.

local terms = require "lib.terms"
local days = require "lib.days"

local clusters = {}

local SAME = 0.24     -- likeness from which a dated sentence belongs to an event
local SAME_NAMED = 0.12 -- the same for two that only name a thing of that day ("Tuesday's strike", "the failed strike of October 17")
local SAME_WEAK = 0.30 -- the same for an undated one on another day than its article's
local SAME_SLIGHT = 0.12 -- the same for one that tells nothing by itself
local LEAD = 3         -- sentences of an article that its headline sums up
local TOLD = 2         -- words besides names that an undated sentence must share with an event
local BACK = 2        -- days that an undated sentence looks back

local function found(bucket, anchor)
  local cluster = { members = { anchor }, articles = { [anchor.article_id] = true }, total = terms.total(), key = bucket.key }
  cluster.total:add(anchor.vector, 1)
  cluster.named = anchor.named
  bucket[#bucket + 1] = cluster
  return cluster
end

local function nearest(bucket, anchor)
  local best, likeness = nil, 0
  for _, cluster in ipairs(bucket or {}) do
    local c = cluster.total:cosine(anchor.vector)
    if c > likeness then best, likeness = cluster, c end
  end
  return best, likeness
end

-- Do they share more than names?
local function tells_alike(cluster, anchor, least)
  local n = 0
  for term in pairs(anchor.told) do -- order can't show
    if cluster.total.at[term] then n = n + 1 end
  end
  return n >= least
end

-- The event of which the anchor's own article tells most like it
local function of_article(bucket, anchor)
  local best, likeness
  for _, cluster in ipairs(bucket) do
    local c = cluster.articles[anchor.article_id] and cluster.total:cosine(anchor.vector)
    if c and (not likeness or c > likeness) then best, likeness = cluster, c end
  end
  return best
end

-- Can a sentence with a day make an event by itself? Not what tells nothing alone, only bounds a time ("since Friday"), or is a label
local function founds(anchor)
  return not (anchor.slight or anchor.oblique == "bound" or anchor.label)
end

-- Of each article, the sentences at its head that tell of a day
local function leads_of(list)
  local map = {}
  for _, anchor in ipairs(list) do
    if anchor.strong and anchor.day and not anchor.title and anchor.ordinal <= LEAD and founds(anchor) then
      map[anchor.article_id] = map[anchor.article_id] or {}
      table.insert(map[anchor.article_id], anchor)
    end
  end
  return map
end

-- The event that a headline sums up: the one of the sentence at the head of its article that says the same in more words
local function of_lead(buckets, leads, title)
  local best, most
  for _, anchor in ipairs(leads or {}) do
    local n = 0
    for term in pairs(title.told) do -- a count: order can't show
      if anchor.told[term] then n = n + 1 end
    end
    local better = not best or n > most or n == most and anchor.ordinal < best.ordinal
    if n >= TOLD and better then best, most = anchor, n end
  end
  if not best then return nil end
  for _, cluster in ipairs(buckets[best.day]) do
    for _, member in ipairs(cluster.members) do
      if member == best then return cluster end
    end
  end
end

local function join(cluster, anchor)
  cluster.members[#cluster.members + 1] = anchor
  cluster.articles[anchor.article_id] = true
  cluster.total:add(anchor.vector, 1)
end

-- Heavier sentences first, so that a cluster forms about what many tell; then as they stand
local function by_weight(a, b)
  if a.weight ~= b.weight then return a.weight > b.weight end
  if a.article_id ~= b.article_id then return a.article_id < b.article_id end
  return a.first < b.first
end

-- Greedy clusters depend on the order; a second pass puts each sentence to the centre that is nearest when all are known
local function settle(bucket)
  for _, cluster in ipairs(bucket) do
    cluster.old = cluster.members
    cluster.members = {}
  end
  local centres = {}
  for i, cluster in ipairs(bucket) do centres[i] = cluster.total end
  for _, cluster in ipairs(bucket) do
    for _, anchor in ipairs(cluster.old) do
      local best, likeness = cluster, cluster.total:cosine(anchor.vector)
      for i, total in ipairs(centres) do
        local c = total:cosine(anchor.vector)
        if c > likeness + 0.05 then best, likeness = bucket[i], c end
      end
      best.members[#best.members + 1] = anchor
    end
  end
  for i = #bucket, 1, -1 do
    bucket[i].old = nil
    if #bucket[i].members == 0 then table.remove(bucket, i) end
  end
end

local SAME_ENTITY = 0.15 -- the same where both name the same people or places
local SAME_ARTICLE = 0.26 -- the same where one article tells of both
local SAME_ACTION = 0.20 -- likeness from which two events of a day that tell of the same sort of thing are one

-- Does one event tell of an action that the other tells of too? By the sentences that make it
local function act_alike(a, b)
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
local function likeness_of(a, b)
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

-- One event is told in other words: "burst", "gave way". The likest two first
local function merge(bucket)
  while true do
    local best, x, y
    for i = 1, #bucket do
      for j = i + 1, #bucket do
        local c = likeness_of(bucket[i], bucket[j])
        if c >= SAME_ENTITY and c > (best or 0) and c >= least_likeness(bucket[i], bucket[j]) and act_alike(bucket[i], bucket[j]) then best, x, y = c, i, j end
      end
    end
    if not best then return end
    for _, anchor in ipairs(bucket[y].members) do join(bucket[x], anchor) end
    table.remove(bucket, y)
  end
end

--- Sorts anchors (with .vector and .weight) into events.
-- @return list of buckets, by key ("2020-10-06", "2010-06"), each a list of clusters
function clusters.build(list)
  local buckets, order = {}, {}
  local function bucket_of(key)
    local bucket = buckets[key]
    if not bucket then
      bucket = { key = key }
      buckets[key] = bucket
      order[#order + 1] = key
    end
    return bucket
  end
  table.sort(list, by_weight)
  for _, anchor in ipairs(list) do
    if anchor.strong and founds(anchor) then
      local bucket = bucket_of(anchor.day or anchor.vague)
      local cluster, likeness = nearest(bucket, anchor)
      if cluster and likeness >= (anchor.named and cluster.named and SAME_NAMED or SAME) and (anchor.named or tells_alike(cluster, anchor, 1)) then join(cluster, anchor) else found(bucket, anchor) end
    end
  end
  for _, anchor in ipairs(list) do
    if anchor.strong and not founds(anchor) then -- it belongs to an event of its day, and makes none
      local bucket = bucket_of(anchor.day or anchor.vague)
      local cluster = of_article(bucket, anchor)
      if not cluster then
        local best, likeness = nearest(bucket, anchor)
        cluster = likeness >= SAME_SLIGHT and best or nil
      end
      if cluster then join(cluster, anchor) end
    end
  end
  local leads = leads_of(list)
  for _, anchor in ipairs(list) do
    if not anchor.strong then
      local number = days.number(anchor.day)
      local best, likeness = anchor.title and of_lead(buckets, leads[anchor.article_id], anchor) or nil, 1
      for back = 0, best and -1 or BACK do
        local cluster, c = nearest(buckets[days.iso(number - back)], anchor)
        if cluster and tells_alike(cluster, anchor, TOLD) and c >= (back == 0 and SAME or SAME_WEAK) and c > (best and likeness or 0) + (back > 0 and 0.05 or 0) then best, likeness = cluster, c end
      end
      if best then
        join(best, anchor)
      elseif not anchor.slight and anchor.news and not anchor.planned and (anchor.title or anchor.ordinal == 1) then -- an article's news; what follows it without a day is detail
        found(bucket_of(anchor.day), anchor)
      end
    end
  end
  table.sort(order)
  local result = {}
  for i, key in ipairs(order) do
    settle(buckets[key])
    merge(buckets[key])
    result[i] = buckets[key]
  end
  return result
end

return clusters
