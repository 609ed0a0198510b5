-- Weights: how much a sentence says for its day, which sentence of an event says it best, and what is only history.

local days = require "lib.days"
local terms = require "lib.terms"

local weights = {}

local BACKGROUND = 45 -- days between an event and the article that tells of it, from which it is history

function weights.round(x) return math.floor(x * 10000 + 0.5) / 10000 end

-- An article tells of many days; each of its sentences on one day adds less than the one before
local REPEAT, LEAST = 0.3, 0.2

-- A sentence that tells nothing by itself (slight.lua) adds little to an event, and heads none that another sentence tells
local SLIGHT, LEANS, LABEL = 0.4, 0.8, 0.2

-- What was planned tells less of what happened; a sentence that names another day too heads neither well
local PLANNED, AMONG = 0.7, 0.8

-- A sentence without a day says little about which day matters: every article has such ones
local UNDATED = 0.25

-- What is told the day after is news, what is told of a day long gone has been found worth remembering; "today" is said of
-- every day, and what is announced has not happened yet
local function by_gap(gap)
  if gap < 0 then return 0.4 end
  if gap == 0 then return 0.7 end
  if gap <= 2 then return 1.2 end
  return 1.5
end

--- Sets anchor.weight: prominence of the sentence, by how soon after the day it was told.
function weights.assign(list, published)
  local told = {} -- how often an article has named a day so far
  for _, anchor in ipairs(list) do
    local weight = anchor.strong and 1 or UNDATED
    if anchor.title then weight = weight * 1.4 elseif anchor.ordinal <= 2 then weight = weight * 1.3 end
    if anchor.among > 2 then weight = weight * 2 / anchor.among end
    local day, from = anchor.day and days.number(anchor.day), published[anchor.article_id]
    if anchor.strong and day and from then weight = weight * by_gap(days.number(from) - day) end
    local key = anchor.article_id .. " " .. (anchor.day or anchor.vague)
    local before = told[key] or 0
    told[key] = before + 1
    if anchor.oblique then weight = weight * 0.4 end
    if anchor.slight then weight = weight * SLIGHT end
    anchor.weight = weight * math.max(REPEAT ^ before, LEAST)
  end
end

--- More origins, more weight: one origin 1, two 1.2, four 1.4, …
function weights.independence(count)
  return 1 + 0.2 * math.log(math.max(count, 1), 2)
end

--- The sum of all that is told of a day.
function weights.centre(bucket)
  local centre = terms.total()
  for _, cluster in ipairs(bucket) do
    for _, anchor in ipairs(cluster.members) do centre:add(anchor.vector, anchor.weight) end
  end
  return centre
end

-- Of 8 to 30 telling words: shorter ones say too little, longer ones too much at once
local function by_length(anchor)
  if anchor.length < 5 then return 0.5 end
  if anchor.length < 8 then return 0.85 end
  if anchor.length > 30 then return 0.8 end
  return 1
end

--- The sentences of an event, the one that tells it best first; of one that stands twice, the first.
function weights.rank(cluster, centre)
  local list, seen = {}, {}
  for _, anchor in ipairs(cluster.members) do
    local key = anchor.article_id .. ":" .. anchor.first
    if not seen[key] then
      seen[key] = true
      list[#list + 1] = anchor
      anchor.score = (cluster.total:cosine(anchor.vector) + centre:cosine(anchor.vector)) * by_length(anchor)
        * (anchor.strong and (anchor.oblique and 0.6 or 1) or 0.8) * (anchor.title and 0.9 or anchor.ordinal <= 2 and 1.1 or 1)
        * (anchor.slight and 0.1 or anchor.label and not anchor.title and LABEL or anchor.leans and LEANS or 1)
        * (anchor.planned and PLANNED or 1) * (anchor.among > 1 and not anchor.named and AMONG or 1)
    end
  end
  table.sort(list, function(a, b)
    if a.score ~= b.score then return a.score > b.score end
    if a.article_id ~= b.article_id then return a.article_id < b.article_id end
    return a.first < b.first
  end)
  return list
end

-- The last day that a key can mean
local function latest(key)
  if #key == 10 then return days.number(key) end
  if #key == 7 then return days.number(key .. "-28") + 3 end
  return days.number(key .. "-12-31")
end

--- Is an event told only in passing, long after it happened?
function weights.is_background(key, evidence)
  local day, known = latest(key), false
  for _, anchor in ipairs(evidence) do
    if anchor.published then
      known = true
      if days.number(anchor.published) - day <= BACKGROUND then return false end
    end
  end
  return known
end

return weights
