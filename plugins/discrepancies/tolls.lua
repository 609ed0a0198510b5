-- Tolls: counts that grow while a story goes on (killed, injured, detained). Their numbers are put in order of time, and each that differs is typed:
-- grown since (update), the same number made round (rounding), an older number told again (stale), another count of other people
-- (scope), one article at odds with itself (internal), or two articles that can't both be right (conflict). Each source that counts for itself
-- has its own row of numbers (series.lua); the rows are compared with each other only after that.

local claims = require "discrepancies.claims"
local series = require "discrepancies.series"
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
    if level then level[#level + 1] = claim else
      level = { claim }
      levels[#levels + 1] = level
    end
    if claim.source or not level.newest then level.newest = claim end -- the last one whose source is known
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

-- Was the number of claim b told after that of a?
local function is_later(a, b) return (b.day or 0) > (a.day or 0) or (b.published or 0) > (a.published or 0) or b.words.was ~= a.words.was end

-- Is claim a of an earlier day than b, or told earlier?
local function was_told_before(a, b)
  if a.day and b.day and a.day ~= b.day then return a.day < b.day end
  return a.published ~= nil and b.published ~= nil and a.published < b.published
end

local HANDED, BEFORE = 5, 3 -- days up to which a round number is the exact one, told before or after it

-- Is level x, at position i, level y made round? Returns the two claims in order of telling, and how far they lie apart; nil if not.
-- A lower bound that was told before a greater number isn't it made round: it has grown since.
local function rounding_of(x, y, i, j)
  local rounder = x[1].digits < y[1].digits or (x[1].digits == y[1].digits and x[1].open and (not y[1].open or i > j))
  if i == j or not rounder then return nil end
  local a, b, gap = nearest_pair(x, y)
  local before = was_told_before(a, b)
  if not claims.rounded(a, b) or gap > (before and BEFORE or HANDED) or before and a.open == "up" then return nil end
  return before and { a, b } or { b, a }, gap * 1000 + math.abs(x[1].value - y[1].value) / y[1].value, before
end

-- Round numbers stand for exact ones: each level that is another one rounded is reported and leaves the row
local function take_rounded(levels, report)
  local kept = {}
  for i, x in ipairs(levels) do
    local best, least, first
    for j, y in ipairs(levels) do
      local pair, distance, before = rounding_of(x, y, i, j)
      if pair and (not least or distance < least) then best, least, first = pair, distance, before end
    end
    if best then
      report("rounding", best, (first and "%s, then more exactly %s" or "%s is handed on as %s"):format(best[1].label, best[2].label))
    else
      kept[#kept + 1] = x
    end
  end
  return kept
end

-- The heaviest row of levels that follow each other in time, growing or taken back: most claims, counted by articles. (Quadratic, in levels of
-- one series: few.)
local function following(levels, kind)
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
      local grows = is_later(a, b) and a.value < b.value and a.value >= b.value * STEP
      local known = from[i]
      local nearer = known and best[j] + count == best[i] and a.value > levels[known][1].value   -- of two rows as heavy the one in smaller steps
      if (grows or series.falls(levels[j].newest, b, kind)) and (best[j] + count > best[i] or nearer) then best[i], from[i] = best[j] + count, j end
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

-- "grows from 3 to 7 and 12, and is corrected to 11": numbers of a row that go the same way stand together
local function course_of(chain)
  local out, way = {}, nil
  local function verb(a, b)
    if b.value > a.value then return "grows" end
    return b.corrected and "is corrected" or "falls"
  end
  for i = 2, #chain do
    local here = verb(chain[i - 1][1], chain[i][1])
    if here ~= way then out[#out + 1] = { verb = here, labels = {} } end
    way = here
    table.insert(out[#out].labels, chain[i][1].label)
  end
  for i, run in ipairs(out) do
    local last = table.remove(run.labels)
    out[i] = ("%s%s to %s"):format(run.verb, i == 1 and " from " .. chain[1][1].label or "", #run.labels > 0 and table.concat(run.labels, ", ") .. " and " .. last or last)
  end
  return table.concat(out, ", then ")
end

local function summary_of_update(measure, chain)
  local first, last = chain[1][1], chain[#chain][1]
  local span = first.day and last.day and last.day - first.day or 0
  local over = span > 0 and (" over %d day%s"):format(span, span == 1 and "" or "s") or ""
  local whose = first.series ~= "" and (" by %s"):format(first.source or first.series) or ""
  return ("The count of %s%s %s%s"):format(measure, whose, course_of(chain), over)
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

local function key_of(claim) return table.concat({ claim.article_id, claim.day or claim.as_of or "", claim.series }, "\0") end

-- Is a number taken back by one not far below it?
local function takes_back(claim, other)
  if claim.took then return claim.took == other.value and claim.value < other.value end
  local rivals = claim.source and other.source and claim.source ~= other.source   -- what a charity counts is not what the ministry lowers
  return claim.corrected == "down" and not rivals and claim.value < other.value and claim.value * 2 > other.value
end

-- Is a claim rather the figure of its article than the one found so far? Of a headline's number and the same with its source, the latter
local function leads(claim) return claim.leads or claim.first <= LEAD end

local function is_same_named(claim, main) return claims.equal(claim, main) and (claim.who and not main.who or claim.named and not main.named) end

local function comes_before(claim, main)
  if (claim.took == nil) ~= (main.took == nil) then return claim.took ~= nil end  -- what was changed is what the article tells
  if takes_back(main, claim) then return false end
  if takes_back(claim, main) or is_same_named(claim, main) then return true end
  local ahead, main_ahead = leads(claim), leads(main)
  if claim.value > main.value and (ahead == main_ahead or claim.words.since) then return true end
  return ahead and not main_ahead and claim.value * 4 > main.value
end

-- The figure that an article gives for a day by one source: the greatest, or what it is corrected to, in its head, or else in all of it.
-- Smaller ones beside it are its parts ("four were shot, one of them in the leg") and stand in the second list.
local function main_claims(list)
  local mains, parts, at = {}, {}, {}
  for _, claim in ipairs(list) do
    -- "no one was hurt there" is about a place, "a woman was hurt" about her, and a list of names may be any part of all: none is a toll
    if claim.value > 0 and not claim.vague and not claim.words.apart and claim.counted then
      local key = key_of(claim)
      local main = at[key]
      if not main then
        at[key] = claim
      elseif comes_before(claim, main) then
        at[key] = claim
        claim.leads = is_same_named(claim, main) and leads(main) or nil
        parts[#parts + 1] = { claim = main, key = key }
      else
        parts[#parts + 1] = { claim = claim, key = key }
      end
    end
  end
  for _, claim in ipairs(list) do
    if at[key_of(claim)] == claim then mains[#mains + 1] = claim end
  end
  for _, part in ipairs(parts) do part.main = at[part.key] end
  return mains, parts
end

-- Four hurt and one of them dead, or three hurt and one dead: the difference is a number of what may be counted in. Returns that measure, or nil
local function counts_with_other(a, b, others)
  local gap = math.abs(a.value - b.value)
  for _, id in ipairs { a.article_id, b.article_id } do
    local list, measure = others(id)
    for _, value in ipairs(list) do
      if value == gap then return measure end
    end
  end
  return nil
end

-- "Six were shot" and "one was killed, five were hurt" say the same: whoever counts the shot counts the dead among them
local function counts_all_hit(measure, claim)
  local passage = claim.passage:lower()
  return measure == "shot" or passage:find("shot") ~= nil or passage:find("bullet") ~= nil or passage:find("hospital") ~= nil
end

local OPEN = 1.5 -- "more than a dozen" leaves room for as many times as many

-- May both be true? But nobody says "at least 43" who has heard of 47
local function leaves_room(low, high)
  local round = low.value % 5 == 0 or low.passage:lower():find("dozen", 1, true)
  return low.open == "up" and round and high.value <= low.value * OPEN
end

-- The label of a claim, with its source where two of them stand against each other
local function said(claim, named) return claim.label .. (named and claim.who and (" (%s)"):format(claim.who) or "") end

-- The key of two numbers against each other
local function pair_of(a, b) return math.min(a.value, b.value) .. " " .. math.max(a.value, b.value) end

-- Do two named sources give two numbers of one thing? "The fire service counted 19 dead. Police said 21 people were killed."
local function are_at_odds(main, claim)
  local named = claim.named and main.named and claim.source ~= main.source
  local plain = not (claim.words.part or claim.words.more or main.words.part or main.words.more)
  return named and plain and math.min(claim.value, main.value) >= math.max(2, math.max(claim.value, main.value) * FAR) and (claim.value >= NOTABLE or terms.cosine(main.vector, claim.vector) >= ALIKE)
end

local function corrected(measure, from, to) return ("The count of %s is corrected from %s to %s"):format(measure, from.label, to.label) end

-- A second figure in one article: the number taken back, a part that is said to be one, a number at odds with the head, or a detail that is passed over
-- `told`: other articles have its number too.
local function report_part(measure, part, told, rivals, others, report)
  local main, claim = part.main, part.claim
  if claim.first >= main.first and claim.last <= main.last or main.first >= claim.first and main.last <= claim.last then return end -- "killed two and then himself": one passage
  if takes_back(main, claim) and not claim.words.part then
    if not told then report("update", { claim, main }, corrected(measure, claim, main)) end
    return
  end
  if claims.equal(main, claim) or claims.rounded(main, claim) then return end
  local why = claims.scope(main, claim)
  if not why and are_at_odds(main, claim) then
    local key = pair_of(main, claim)
    if not rivals[key] then report("conflict", { main, claim }, ("%s against %s in one article"):format(said(main, true), said(claim, true))) end
    rivals[key] = true
    return
  end
  if claim.value < NOTABLE then return end
  if why then
    if main.words.since or claim.words.part or claim.value >= 20 then report("scope", { main, claim }, ("%s and %s in one article: %s"):format(main.label, claim.label, why)) end
  elseif leads(main) and not claim.words.more and claim.value >= main.value * 0.6 and claim.value <= main.value and not (claim.who and main.who and claim.who ~= main.who)
    and terms.cosine(main.vector, claim.vector) >= ALIKE and not counts_with_other(main, claim, others) then
    report("internal", { main, claim }, ("One article gives %s and %s"):format(main.label, claim.label))
  end
end

-- The claim of a chain that lies nearest in time to one of a level: of the level, of the chain, days between, and its level
local function nearest_claims(level, chain)
  local best, against, gap, where
  for _, other in ipairs(chain) do
    local a, b, g = nearest_pair(level, other)
    local beside = g == gap and a.article_id == b.article_id and best.article_id ~= against.article_id   -- whom an article itself sets beside it
    if not gap or g < gap or beside then best, against, gap, where = a, b, g, other end
  end
  return best, against, gap, where
end

local MORE = 3 -- articles beside the first that are shown for each number of a conflict

-- The sides of a conflict: the two claims that lie nearest, and what other articles say the same
local function sides_of(best, against, level, other)
  local sides, seen = { best, against }, { [best.article_id] = true, [against.article_id] = true }
  for _, list in ipairs { level, other } do
    local more = 0
    for _, claim in ipairs(list) do
      if not seen[claim.article_id] and more < MORE then
        seen[claim.article_id], more = true, more + 1
        sides[#sides + 1] = claim
      end
    end
  end
  return sides
end

-- Are two numbers too far apart to count the same? A case within the other. But who counts for himself may well count far more than the authorities.
local function is_detail(low, high, rivals)
  if high.value < NOTABLE and low.value ~= 1 then return false end
  if rivals and high.series ~= "" and low.series == "" then return low.value < high.value * STEP end
  return low.value < high.value * FAR
end

-- What a main claim off the chain has to do with the chain
local function report_other(measure, kind, level, chain, odds, others, report)
  local best, against, gap, where = nearest_claims(level, chain)
  local rivals = best and best.series ~= against.series
  if not best or best.article_id == against.article_id and not rivals or odds[pair_of(best, against)] or claims.equal(best, against) then return end
  local low, high = best, against
  if low.value > high.value then low, high = high, low end
  local why = claims.scope(high, low)
  local counted_in = not why and not rivals and counts_with_other(best, against, others)
  if counted_in then
    if counted_in == "killed" and (counts_all_hit(measure, best) or counts_all_hit(measure, against)) then return end
    why = ("the numbers fit when the %s are counted among them"):format(counted_in == "killed" and "dead" or counted_in)
  end
  if why and best.article_id == against.article_id then
    return report("scope", { high, low }, ("%s and %s in one article: %s"):format(high.label, low.label, why))
  end
  if why then return report("scope", { best, against }, ("%s and %s: %s"):format(said(best, rivals), said(against, rivals), why)) end
  if is_detail(low, high, rivals) then return end
  if low.site and not high.site then
    return report("scope", { best, against }, ("%s and %s: who counts in one place knows only those who were brought there"):format(said(best, true), said(against, true)))
  end
  local earlier, later = best, against
  if (earlier.published or 0) > (later.published or 0) then earlier, later = later, earlier end
  if gap >= (rivals and kind ~= "state" and 2 or 1) and (later.value > earlier.value or kind == "state") then
    return report("update", { earlier, later }, ("%s, %d day%s later %s"):format(said(earlier, rivals), gap, gap >= 2 and "s" or "", said(later, rivals)))
  end
  if not rivals and (best.day == nil) ~= (against.day == nil) then
    return report("update", { low, high }, ("%s and %s, one of them without a date: probably counts of different days"):format(low.label, high.label))
  end
  if leaves_room(low, high) then return end
  local apart = gap > 1 and (", told %d days apart"):format(gap) or gap == 1 and ", told a day apart" or " at the same time"
  local named = rivals or best.who ~= nil and against.who ~= nil
  report("conflict", sides_of(best, against, level, where), ("%s against %s%s"):format(said(best, named), said(against, named), apart))
end

-- Claims or levels by series: the running count, then those who count for themselves in order of first telling
local function by_series(all)
  local list, at = { { name = "" } }, {}
  at[""] = list[1]
  for _, x in ipairs(all) do
    local name = x.series or x[1].series
    if not at[name] then
      at[name] = { name = name }
      list[#list + 1] = at[name]
    end
    table.insert(at[name], x)
  end
  if #list[1] == 0 then table.remove(list, 1) end
  return list
end

-- Does the running count have the number of a rival within a day?
local function is_shared(level, chain)
  for _, other in ipairs(chain) do
    local _, _, gap = nearest_pair(level, other)
    if gap <= 1 and claims.equal(level[1], other[1]) then return true end
  end
  return false
end

-- One series in itself: its chain is reported, and what of it does not fit. Returns the chain.
local function compare_series(measure, kind, levels, odds, others, report)
  local chain, in_chain = following(levels, kind), {}
  for _, level in ipairs(chain) do in_chain[level] = true end
  if #chain > 1 then
    local sides = {}
    for i, level in ipairs(chain) do sides[i] = level[1] end
    report("update", sides, summary_of_update(measure, chain))
    report_stale(chain, report)
  end
  for _, level in ipairs(levels) do
    if not in_chain[level] then report_other(measure, kind, level, chain, odds, others, report) end
  end
  return chain
end

local function levels_by_series(mains)
  local lists, all = by_series(mains), {}
  for _, list in ipairs(lists) do
    for _, level in ipairs(levels_of(list)) do all[#all + 1] = level end
  end
  return all
end

local function is_told(claim, mains)
  for _, main in ipairs(mains) do
    if claims.equal(claim, main) and claim.series == main.series then return true end
  end
  return false
end

--- Compares the claims of one measure in one story.
-- @param kind "toll" or "state"
-- @param others function(article_id) -> the article's numbers of other measures
-- @param report function(verdict, sides, summary)
function tolls.compare(measure, kind, list, others, report)
  local mains, parts = main_claims(list)
  local rivals = {}
  for _, part in ipairs(parts) do report_part(measure, part, is_told(part.claim, mains), rivals, others, report) end
  local levels = take_rounded(levels_by_series(mains), report)
  if #levels < 2 then return end
  local base
  for _, group in ipairs(by_series(levels)) do
    local chain = compare_series(measure, kind, group, rivals, others, report)
    if not base then base = chain end
    if chain ~= base then
      for _, level in ipairs(chain) do
        if not is_shared(level, base) then report_other(measure, kind, level, base, rivals, others, report) end
      end
    end
  end
end

return tolls
