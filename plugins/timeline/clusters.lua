-- Clusters: the sentences of one day, sorted into events by what they tell. Dated sentences found the events; undated ones from the head
-- of an article join one of that day or of the days before, or found their own.

local terms = require "lib.terms"
local days = require "lib.days"
local merging = require "timeline.merging"

local clusters = {}

local SAME = 0.24     -- likeness from which a dated sentence belongs to an event
local SAME_NAMED = 0.12 -- the same for two that only name a thing of that day ("Tuesday's strike", "the failed strike of October 17")
local SAME_THING = 0.10 -- the same for "Tuesday's strike" and a sentence that tells what happened on Tuesday
local SAME_WEAK = 0.30 -- the same for an undated one on another day than its article's
local SAME_SLIGHT = 0.12 -- the same for one that tells nothing by itself
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

local LED = 2           -- sentences behind a title of which one may tell the title's news
local LED_ALIKE = 0.05  -- likeness from which it does

-- The event that an article's first sentences tell of like its title: the news of an article is one event, on whatever day it fell
local function of_lead(leads, anchor)
  local best, likeness, ahead = nil, LED_ALIKE, true
  for _, lead in ipairs(leads[anchor.article_id] or {}) do
    local c, is_ahead = terms.cosine(lead.anchor.vector, anchor.vector), (lead.anchor.day or "") > anchor.day -- rather of what has happened than of what is to come
    if c > LED_ALIKE and (not best or ahead and not is_ahead or ahead == is_ahead and c > likeness) then best, likeness, ahead = lead.cluster, c, is_ahead end
  end
  return best
end

-- What is being sorted: buckets by key, the keys in order of first telling, and for each article the events of its first sentences
local function sorting() return { buckets = {}, order = {}, leads = {} } end

local function bucket_of(state, key)
  local bucket = state.buckets[key]
  if not bucket then
    bucket = { key = key }
    state.buckets[key] = bucket
    state.order[#state.order + 1] = key
  end
  return bucket
end

-- A sentence with a day founds an event, or tells more of one
local function put_dated(state, anchor)
  local bucket = bucket_of(state, anchor.day or anchor.vague)
  local cluster, likeness = nearest(bucket, anchor)
  local least = anchor.named and (cluster and cluster.named and SAME_NAMED or SAME_THING) or SAME
  if cluster and likeness >= least and (anchor.named or tells_alike(cluster, anchor, 1)) then join(cluster, anchor) else cluster = found(bucket, anchor) end
  if anchor.title or anchor.named or anchor.ordinal < 1 or anchor.ordinal > LED then return end
  state.leads[anchor.article_id] = state.leads[anchor.article_id] or {}
  table.insert(state.leads[anchor.article_id], { cluster = cluster, anchor = anchor })
end

-- One that founds none belongs to an event of its day, and makes none
local function put_slight(state, anchor)
  local bucket = bucket_of(state, anchor.day or anchor.vague)
  local cluster = of_article(bucket, anchor)
  if not cluster then
    local best, likeness = nearest(bucket, anchor)
    cluster = likeness >= SAME_SLIGHT and best or nil
  end
  if cluster then join(cluster, anchor) end
end

-- One without a day tells of an event of its article's day or shortly before; a title or first sentence may found one: an article's news is told once
local function put_undated(state, anchor)
  local number = days.number(anchor.day)
  local best, likeness
  for back = 0, BACK do
    local cluster, c = nearest(state.buckets[days.iso(number - back)], anchor)
    local same = cluster and tells_alike(cluster, anchor, TOLD) and c >= (back == 0 and SAME or SAME_WEAK)
    if same and c > (likeness or 0) + (back > 0 and 0.05 or 0) then best, likeness = cluster, c end
  end
  best = best or anchor.title and of_lead(state.leads, anchor)
  if best then
    join(best, anchor)
  elseif not anchor.slight and anchor.news and not anchor.planned and (anchor.title and not state.leads[anchor.article_id] or anchor.ordinal == 1) then
    found(bucket_of(state, anchor.day), anchor)
  end
end

--- Sorts anchors (with .vector and .weight) into events.
-- @return list of buckets, by key ("2020-10-06", "2010-06"), each a list of clusters
function clusters.build(list)
  local state, result = sorting(), {}
  table.sort(list, by_weight)
  for _, anchor in ipairs(list) do
    if anchor.strong and founds(anchor) then put_dated(state, anchor) end
  end
  for _, anchor in ipairs(list) do
    if anchor.strong and not founds(anchor) then put_slight(state, anchor) end
  end
  for _, anchor in ipairs(list) do
    if not anchor.strong then put_undated(state, anchor) end
  end
  table.sort(state.order)
  for i, key in ipairs(state.order) do
    settle(state.buckets[key])
    merging.merge(state.buckets[key], founds, join)
    result[i] = state.buckets[key]
  end
  return result
end

return clusters
