-- Anchors: which sentence tells of which day. A sentence with a day in it tells of that day; one near the head of a dated article, without
-- any, tells of the article's day or of one shortly before.

local days = require "lib.days"
local reading = require "lib.reading"

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

-- Where the title, or what stands under pictures, stands, as { first, last }
local function blocks_of(ctx, kind)
  if not ctx:has("layout") then return {} end
  return reading.rows_by_article(ctx, "select article_id, first, last from block where kind = ? order by article_id, first", kind)
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

local zone = { GMT = true, UTC = true, BST = true, EST = true, EDT = true, CET = true, CEST = true, PST = true, PDT = true, ET = true, MSK = true }

--- Is the day only the stamp of the page or the dateline of the report, and says nothing of what is told? "Last updated at 15:41 GMT, Tuesday,
--- 8 November 2011", "VELL, Sept. 20 --", "8th November 2011 - 17:42".
function anchors.is_stamp(anchor, s)
  if not anchor.said_first or not anchor.day or anchor.day ~= anchor.published then return false end
  local before, after = s:sub(math.max(anchor.first, anchor.said_first - 40), anchor.said_first - 1), s:sub(anchor.said_last + 1, anchor.said_last + 40)
  local about = (before .. " " .. s:sub(anchor.said_first, anchor.said_last) .. " " .. after):lower()
  if about:find("updated", 1, true) or about:find("posted", 1, true) or about:find("published", 1, true) then return true end
  for word in (before .. " " .. after):gmatch("%f[%a]%u+%f[%A]") do
    if zone[word] then return true end
  end
  if after:find("^%s*%-%s*%d%d:%d%d") or after:find("^ *|") or before:find("| *$") then return true end
  return before:find("%u%u[%u .'-]*,? *$") ~= nil and (after:find("^ *%-") or after:find("^ *–") or after:find("^ *—") or after:find("^ *%(%u")) ~= nil
end

local finite = { is = true, are = true, was = true, were = true, has = true, have = true, had = true, will = true, would = true, said = true }

-- "those who lost their homes on Friday marched …": the day lies in a clause about who they are, and the verb behind it tells the news
local function in_relative(anchor, s)
  local lead, rest = s:sub(anchor.first, anchor.said_first - 1), s:sub(anchor.said_last + 1, anchor.last)
  if rest:find("^, %l") and lead:find(",%s+whi?[co]h?%f[%A][^,;:]*$") then return true end -- "the premier, who came back on Sunday, declared …"
  local next_word = rest:match("^ (%l+)")
  if not next_word or not (next_word:find("ed$") or finite[next_word]) then return false end
  local clause = lead:match("([^,;:]*)$")
  return clause:find("%f[%a]who%f[%A]") ~= nil or clause:find("%f[%a]which%f[%A]") ~= nil
end

--- "the failed strike of October 17": the thing that a day names; nil where the day is no part of a name.
function anchors.thing_of(anchor, s)
  local lead = s:sub(math.max(anchor.first, anchor.said_first - 60), anchor.said_first - 1)
  local thing = lead:match("%f[%a][Tt]he ([%a][%a -]*) of $")
  while thing and thing:find("%f[%a][Tt]he ") do thing = thing:match("%f[%a][Tt]he (.*)$") end
  return thing and select(2, thing:gsub("%S+", "")) <= 4 and not thing:find("%f[%a]night$") and not thing:find("%f[%a]%l+ing$") and "the " .. thing or nil
end

--- Does the sentence tell of something else, and the day only place it? "annulled Sunday's election", "soldiers have patrolled since Friday". "bound" where the day only bounds a time.
function anchors.is_oblique(anchor, s)
  if not anchor.said_first then return false end
  local after = s:sub(anchor.said_last + 1, anchor.said_last + 7)
  if after:find("^, when") then return false end -- "since Friday, when the minister resigned"
  if after:find("^'s") or after:find("^’s") or s:sub(anchor.said_last - 1, anchor.said_last) == "'s" then return true end
  if in_relative(anchor, s) or anchors.thing_of(anchor, s) then return true end
  local before = s:sub(math.max(anchor.first, anchor.said_first - 24), anchor.said_first - 1)
  local word, closer = before:match("(%a+)%s+%a*%s*$") or "", before:match("(%a+)%s*$") or ""
  if not (bounds[word] or bounds[closer]) then return false end
  return (word == "by" or closer == "by") and true or "bound"     -- "forty were found by Friday" tells of Friday too
end

--- Reads all anchors. What `timex` left open for want of a sure date stays open here, and an article whose date it did not trust has none.
-- @param least confidence from which a date that was found out is trusted
-- @return list of { article_id, first, last, day or nil, vague = "2010-06" or nil, published, strong, title, ordinal }, by article and position,
-- and a map of published days by article
function anchors.read(ctx, least)
  local expressions = reading.rows_by_article(ctx, [[select article_id, first, last, value from timex
    where type in ('DATE', 'TIME') and value is not null order by article_id, first]])
  local sentences = reading.rows_by_article(ctx, "select article_id, first, last, ordinal from sentence order by article_id, first")
  local published = {}
  for row in ctx:rows("select article_id, date, confidence, method from published where date is not null order by article_id") do
    if row.method == "declared" or (row.confidence or 0) >= least then published[row.article_id] = row.date:match("^%d%d%d%d%-%d%d%-%d%d") end
  end
  local heads, captions, list = blocks_of(ctx, "title"), blocks_of(ctx, "caption"), {}
  local order = {}
  for id in pairs(sentences) do order[#order + 1] = id end
  table.sort(order)
  for _, id in ipairs(order) do
    local day = published[id]
    local told = 0
    for _, sentence in ipairs(sentences[id]) do
      local is_title = inside(heads[id], sentence)
      local is_caption = not is_title and inside(captions[id], sentence)
      if not is_title and not is_caption then told = told + 1 end
      local points, any = points_of(expressions[id], sentence)
      for _, p in ipairs(most_precise(points)) do
        list[#list + 1] = { article_id = id, first = sentence.first, last = sentence.last, published = day, strong = true, title = is_title, caption = is_caption, ordinal = told,
          day = p.precision == "day" and p.key or nil, vague = p.precision ~= "day" and p.key or nil, among = #points, said_first = p.first, said_last = p.last }
      end
      if not any and day and (is_title or told <= LEAD) then
        list[#list + 1] = { article_id = id, first = sentence.first, last = sentence.last, published = day, strong = false, title = is_title, caption = is_caption, ordinal = told,
          day = day, among = 1 }
      end
    end
  end
  return list, published
end

return anchors
