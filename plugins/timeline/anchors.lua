-- Anchors: which sentence tells of which day. A sentence with a day in it tells of that day; one near the head of a dated article, without
-- any, tells of the article's day or of one shortly before.

local days = require "lib.days"

local anchors = {}

local LEAD = 3 -- sentences of an article that are taken for its news

-- What a value says: "2020-10-06T21:00" a day; "2020-10" a month; "2020" a year; anything else no place in a timeline
local function point(value)
  local day = value:match("^%d%d%d%d%-%d%d%-%d%d")
  if day then return days.number(day) and day, "day" end
  local month = value:match("^%d%d%d%d%-%d%d$")
  if month then return month, "month" end
  return value:match("^%d%d%d%d$"), "year"
end

local function rows_by_article(ctx, sql)
  local map = {}
  for row in ctx:rows(sql) do
    local list = map[row.article_id]
    if not list then
      list = {}
      map[row.article_id] = list
    end
    list[#list + 1] = row
  end
  return map
end

-- Where the title stands, as { first, last }
local function titles(ctx)
  if not ctx:has("layout") then return {} end
  return rows_by_article(ctx, "select article_id, first, last from block where kind = 'title' order by article_id, first")
end

local function inside(list, sentence)
  for _, span in ipairs(list or {}) do
    if sentence.first <= span.last and sentence.last >= span.first then return true end
  end
  return false
end

-- Days, months and years that the expressions between first and last give; `at` goes along with the sentences
local function points_of(expressions, sentence)
  local list, seen, any = {}, {}, false
  for _, row in ipairs(expressions or {}) do
    if row.first >= sentence.first and row.first <= sentence.last and row.value then
      any = true
      local key, precision = point(row.value)
      if key and not seen[key] then
        seen[key] = true
        list[#list + 1] = { key = key, precision = precision, first = row.first, last = row.last }
      end
    end
  end
  return list, any
end

-- A day says more than the month or year about it: "in October 2020 … on 6 October 2020" is one anchor
local function most_precise(points)
  local kept = {}
  for _, p in ipairs(points) do
    local covered = false
    for _, q in ipairs(points) do
      if q ~= p and #q.key > #p.key and q.key:sub(1, #p.key) == p.key then covered = true end
    end
    if not covered then kept[#kept + 1] = p end
  end
  return kept
end

-- Words before a day that only bound or order what is told: "since Friday", "until October 21", "the vote before Monday"
local bounds = { since = true, ["until"] = true, till = true, by = true, before = true, after = true, from = true, to = true, ["than"] = true }

--- Does the sentence tell of something else, and the day only place it? "annulled Sunday's election", "soldiers have patrolled since Friday".
function anchors.is_oblique(anchor, s)
  if not anchor.said_first then return false end
  local after = s:sub(anchor.said_last + 1, anchor.said_last + 7)
  if after:find("^, when") then return false end -- "since Friday, when the minister resigned"
  if after:find("^'s") or after:find("^’s") or s:sub(anchor.said_last - 1, anchor.said_last) == "'s" then return true end
  local before = s:sub(math.max(anchor.first, anchor.said_first - 24), anchor.said_first - 1)
  return bounds[before:match("(%a+)%s+%a*%s*$") or ""] or bounds[before:match("(%a+)%s*$") or ""] or false
end

--- Reads all anchors.
-- @return list of { article_id, first, last, day or nil, vague = "2010-06" or nil, published, strong, title, ordinal }, by article and position,
-- and a map of published days by article
function anchors.read(ctx)
  local expressions = rows_by_article(ctx, [[select article_id, first, last, value from timex
    where type in ('DATE', 'TIME') and value is not null order by article_id, first]])
  local sentences = rows_by_article(ctx, "select article_id, first, last, ordinal from sentence order by article_id, first")
  local published = {}
  for row in ctx:rows("select article_id, date from published where date is not null order by article_id") do
    published[row.article_id] = row.date:match("^%d%d%d%d%-%d%d%-%d%d")
  end
  local heads, list = titles(ctx), {}
  local order = {}
  for id in pairs(sentences) do order[#order + 1] = id end
  table.sort(order)
  for _, id in ipairs(order) do
    local day = published[id]
    local told = 0
    for _, sentence in ipairs(sentences[id]) do
      local is_title = inside(heads[id], sentence)
      if not is_title then told = told + 1 end
      local points, any = points_of(expressions[id], sentence)
      for _, p in ipairs(most_precise(points)) do
        list[#list + 1] = { article_id = id, first = sentence.first, last = sentence.last, published = day, strong = true, title = is_title, ordinal = told,
          day = p.precision == "day" and p.key or nil, vague = p.precision ~= "day" and p.key or nil, among = #points, said_first = p.first, said_last = p.last }
      end
      if not any and day and (is_title or told <= LEAD) then
        list[#list + 1] = { article_id = id, first = sentence.first, last = sentence.last, published = day, strong = false, title = is_title, ordinal = told,
          day = day, among = 1 }
      end
    end
  end
  return list, published
end

return anchors
