-- Tolls: counts that grow while a story goes on (killed, injured, detained). Their numbers are put in order of time, and each that differs is typed:
-- grown since (update), the same number made round (rounding), an older number told again (stale), another count of other people
-- (scope), one article at odds with itself (internal), or two articles that can't both be right (conflict).

local claims = require "discrepancies.claims"
local terms = require "lib.terms"

local tolls = {}

local FAR = 0.34  -- a number below this share of another one counts something else
local ALIKE = 0.2 -- likeness of the words about two figures of one article from which they are about one thing
local STEP = 0.1  -- no toll grows tenfold between two articles

local function by_time(a, b)
  local x, y = a.day or math.huge, b.day or math.huge
  if x ~= y then return x < y end
  local p, q = a.published or math.huge, b.published or math.huge
  if p ~= q then return p < q end
  if a.article_id ~= b.article_id then return a.article_id < b.article_id end
  return a.first < b.first
end

-- Claims of one number are a level. `levels` are in order of first telling
local function levels_of(list)
  table.sort(list, by_time)
  local levels = {}
  for _, claim in ipairs(list) do
    local level
    for _, l in ipairs(levels) do
      if claims.equal(l[1], claim) then level = l end
    end
    if level then level[#level + 1] = claim else levels[#levels + 1] = { claim } end
  end
  return levels
end

local function gap_of(a, b)
  return a.day and b.day and math.abs(a.day - b.day) or 0
end

-- The pair of claims of two levels that lie nearest in time
local function nearest_pair(x, y)
  local a, b, gap
  for _, p in ipairs(x) do
    for _, q in ipairs(y) do
      local g = gap_of(p, q)
      if not gap or g < gap then a, b, gap = p, q, g end
    end
  end
  return a, b, gap
end

-- Round numbers stand for exact ones: each level that is another one rounded is reported and leaves the row
local function take_rounded(levels, report)
  local kept = {}
  for i, x in ipairs(levels) do
    local best, pair, least
    for j, y in ipairs(levels) do
      local a, b, gap = nearest_pair(x, y)
      local rounder = x[1].digits < y[1].digits or (x[1].digits == y[1].digits and x[1].open and (not y[1].open or i > j))
      if i ~= j and rounder and claims.rounded(a, b) and gap <= 3 then
        local distance = gap * 1000 + math.abs(x[1].value - y[1].value) / y[1].value
        if not least or distance < least then best, pair, least = y, { b, a }, distance end
      end
    end
    if best then report("rounding", pair, ("%s is handed on as %s"):format(pair[1].label, pair[2].label)) else kept[#kept + 1] = x end
  end
  return kept
end

-- The heaviest row of levels that grows with time: most claims, counted by articles. (Quadratic, in levels of one story: few.)
local function growing(levels)
  local best, from, top = {}, {}, nil
  for i, level in ipairs(levels) do
    local articles, count = {}, 0
    for _, claim in ipairs(level) do
      if not articles[claim.article_id] then
        articles[claim.article_id] = true
        count = count + 1
      end
    end
    best[i] = count
    for j = 1, i - 1 do
      local a, b = levels[j][1], level[1]
      local later = (b.day or 0) > (a.day or 0) or (b.published or 0) > (a.published or 0) or b.words.was ~= a.words.was
      if later and a.value < b.value and a.value >= b.value * STEP and best[j] + count > best[i] then best[i], from[i] = best[j] + count, j end
    end
    if not top or best[i] > best[top] then top = i end
  end
  local chain, at = {}, top
  while at do
    table.insert(chain, 1, levels[at])
    at = from[at]
  end
  return chain
end

local function summary_of_update(measure, chain)
  local labels = {}
  for i = 2, #chain do labels[#labels + 1] = chain[i][1].label end
  local last = table.remove(labels)
  local grown = #labels > 0 and table.concat(labels, ", ") .. " and " .. last or last
  local span = chain[1][1].day and chain[#chain][1].day and chain[#chain][1].day - chain[1][1].day or 0
  local over = span > 0 and (" over %d day%s"):format(span, span == 1 and "" or "s") or ""
  return ("The count of %s grows from %s to %s%s"):format(measure, chain[1][1].label, grown, over)
end

-- When a number was known: when it was printed, or the day it is of
local function time_of(claim) return claim.published or claim.day end

-- Claims of a level that were told when a later level of the chain was known: the old number told again
local function report_stale(chain, report)
  for i = 1, #chain - 1 do
    for _, claim in ipairs(chain[i]) do
      local newest
      for j = i + 1, #chain do
        local known, told = time_of(chain[j][1]), time_of(claim)
        if known and told and told > known and (claim.day or told) >= known and not claim.words.was and claim.article_id ~= chain[j][1].article_id then
          newest = chain[j][1]
        end
      end
      if newest then
        report("stale", { newest, claim }, ("%s is told again%s, when %s was already known"):format(claim.label,
          claim.published_iso and " on " .. claim.published_iso or "", newest.label))
        break
      end
    end
  end
end

local LEAD = 600    -- bytes at the head of an article, title and first sentences, where it gives its main figure
local NOTABLE = 5   -- a part or an odd number below this is detail ("one of them a woman"), not a difference

-- The figure that an article gives for a day: the greatest in its head, or else in all of it. Smaller ones beside it are its parts
-- ("four were shot, one of them in the leg") and stand in the second list.
local function main_claims(list)
  local mains, parts, at = {}, {}, {}
  for _, claim in ipairs(list) do
    if claim.value > 0 and not claim.vague and (claim.counted or claim.value >= 2) then -- "no one was hurt there" is about a place, "a woman was hurt" about her: neither is a toll
      local key = claim.article_id .. " " .. (claim.day or claim.as_of or "")
      local main = at[key]
      local leads, main_leads = claim.first <= LEAD, main and main.first <= LEAD
      if not main then
        at[key] = claim
      elseif (leads == main_leads and claim.value > main.value) or (claim.words.since and claim.value > main.value) or (leads and not main_leads and claim.value * 4 > main.value) then
        at[key] = claim
        parts[#parts + 1] = { claim = main, key = key }
      else
        parts[#parts + 1] = { claim = claim, key = key }
      end
    end
  end
  for _, claim in ipairs(list) do
    if at[claim.article_id .. " " .. (claim.day or claim.as_of or "")] == claim then mains[#mains + 1] = claim end
  end
  for _, part in ipairs(parts) do part.main = at[part.key] end
  return mains, parts
end

-- Four hurt and one of them dead, or three hurt and one dead: the difference is a number of the other measure
local function counts_with_other(a, b, others)
  local gap = math.abs(a.value - b.value)
  for _, id in ipairs { a.article_id, b.article_id } do
    for _, value in ipairs(others(id)) do
      if value == gap then return true end
    end
  end
  return false
end

-- A second figure in one article: a part that is said to be one, a number at odds with the head, or a detail that is passed over
local function report_part(part, others, report)
  local main, claim = part.main, part.claim
  if claims.equal(main, claim) or claims.rounded(main, claim) or claim.value < NOTABLE then return end
  local why = claims.scope(main, claim)
  if why then
    if main.words.since or claim.words.part or claim.value >= 20 then report("scope", { main, claim }, ("%s and %s in one article: %s"):format(main.label, claim.label, why)) end
  elseif main.first <= LEAD and claim.value >= main.value * 0.6 and claim.value <= main.value and not (claim.who and main.who and claim.who ~= main.who)
    and terms.cosine(main.vector, claim.vector) >= ALIKE and not counts_with_other(main, claim, others) then
    report("internal", { main, claim }, ("One article gives %s and %s"):format(main.label, claim.label))
  end
end

-- What a main claim off the chain has to do with the chain
local function report_other(level, chain, others, report)
  local best, against, gap
  for _, other in ipairs(chain) do
    local a, b, g = nearest_pair(level, other)
    if not gap or g < gap then best, against, gap = a, b, g end
  end
  if not best or best.article_id == against.article_id then return end
  local low, high = best, against
  if low.value > high.value then low, high = high, low end
  local why = claims.scope(best, against)
  if not why and counts_with_other(best, against, others) then why = "the numbers fit when the dead are counted among them" end
  if why then return report("scope", { best, against }, ("%s and %s: %s"):format(best.label, against.label, why)) end
  if (high.value >= NOTABLE or low.value == 1) and low.value < high.value * FAR then return end -- no count of the same thing: one of them is a case in it
  local earlier, later = best, against
  if (earlier.published or 0) > (later.published or 0) then earlier, later = later, earlier end
  if gap >= 1 and later.value > earlier.value then
    return report("update", { earlier, later }, ("%s, %d day%s later %s"):format(earlier.label, gap, gap >= 2 and "s" or "", later.label))
  end
  if (best.day == nil) ~= (against.day == nil) then
    return report("update", { low, high }, ("%s and %s, one of them without a date: probably counts of different days"):format(low.label, high.label))
  end
  local apart = gap > 1 and (", told %d days apart"):format(gap) or " at the same time"
  report("conflict", { best, against }, ("%s against %s%s"):format(best.label, against.label, apart))
end

--- Compares the claims of one measure in one story. others(article_id) gives the article's numbers of other measures; report(verdict, sides, summary)
function tolls.compare(measure, list, others, report)
  local mains, parts = main_claims(list)
  for _, part in ipairs(parts) do report_part(part, others, report) end
  local levels = take_rounded(levels_of(mains), report)
  if #levels < 2 then return end
  local chain, in_chain = growing(levels), {}
  for _, level in ipairs(chain) do in_chain[level] = true end
  if #chain > 1 then
    local sides = {}
    for i, level in ipairs(chain) do sides[i] = level[1] end
    report("update", sides, summary_of_update(measure, chain))
    report_stale(chain, report)
  end
  for _, level in ipairs(levels) do
    if not in_chain[level] then report_other(level, chain, others, report) end
  end
end

return tolls
