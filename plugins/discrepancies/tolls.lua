-- Tolls: counts that grow while a story goes on (killed, injured, detained). Their numbers are put in order of time, and each that differs is typed:
-- grown since (update), the same number made round (rounding), an older number told again (stale), another count of other people
-- (scope), one article at odds with itself (internal), or two articles that can't both be right (conflict).

local claims = require "discrepancies.claims"

local tolls = {}

local FAR = 0.34 -- a number below this share of another one counts something else

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
      if later and a.value < b.value and best[j] + count > best[i] then best[i], from[i] = best[j] + count, j end
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

-- What a claim off the chain has to do with the chain
local function report_other(level, chain, report)
  local best, against, gap
  for _, other in ipairs(chain) do
    local a, b, g = nearest_pair(level, other)
    local inside = a.article_id == b.article_id and 0.5 or 0
    if not gap or g + inside < gap then best, against, gap = a, b, g + inside end
  end
  if not best then return end
  local low, high = best, against
  if low.value > high.value then low, high = high, low end
  local why = claims.scope(best, against)
  if not why and high.value > 0 and low.value < high.value * FAR and high.value >= 5 then why = "too far apart to be one count" end
  if best.article_id == against.article_id then
    if best.day ~= against.day or best.words.was ~= against.words.was then
      local a, b = best, against
      if (a.day or 0) > (b.day or 0) or b.words.was then a, b = b, a end
      return report("update", { a, b }, ("%s, then %s, in one article"):format(a.label, b.label))
    end
    if why then return report("scope", { best, against }, ("%s and %s in one article: %s"):format(best.label, against.label, why)) end
    return report("internal", { best, against }, ("One article gives %s and %s"):format(best.label, against.label))
  end
  if why then return report("scope", { best, against }, ("%s and %s: %s"):format(best.label, against.label, why)) end
  if gap >= 1 and best.published and against.published and best.published ~= against.published then
    local a, b = best, against
    if a.published > b.published then a, b = b, a end
    if b.value > a.value then return report("update", { a, b }, ("%s, %d day%s later %s"):format(a.label, math.floor(gap), gap >= 2 and "s" or "", b.label)) end
  end
  report("conflict", { best, against }, ("%s against %s at the same time"):format(best.label, against.label))
end

--- Compares the claims of one measure in one story. report(verdict, sides, summary)
function tolls.compare(measure, list, report)
  local positive = {}
  for _, claim in ipairs(list) do
    if claim.value > 0 then positive[#positive + 1] = claim end -- "no one was hurt there" is about a place, not about the toll
  end
  local levels = take_rounded(levels_of(positive), report)
  if #levels < 2 then return end
  local chain, in_chain = growing(levels), {}
  for _, level in ipairs(chain) do in_chain[level] = true end
  -- a first level that is only a fraction of the rest, or another group's, is no beginning of a toll but another count
  while #chain > 1 and claims.scope(chain[1][1], chain[2][1]) and chain[1][1].article_id ~= chain[2][1].article_id do
    in_chain[chain[1]] = nil
    table.remove(chain, 1)
  end
  if #chain > 1 then
    local sides = {}
    for i, level in ipairs(chain) do sides[i] = level[1] end
    report("update", sides, summary_of_update(measure, chain))
    report_stale(chain, report)
  end
  for _, level in ipairs(levels) do
    if not in_chain[level] then report_other(level, chain, report) end
  end
end

return tolls
