-- Corrections: a number that a paper takes back ("we gave the number of the dead as 47. It should have been 41"). The old number is no state of a
-- growing count, wherever it was told before; it and the new one are one difference, an update.

local data = require "annalist.data"
local days = require "lib.days"
local text = require "annalist.text"

local corrections = {}

local NEAR = 400 -- bytes between a number and the one that takes its place
local LEAD = 60  -- bytes before the right number in which that is said
local HEAD = 200 -- bytes at an article's head where it is called a correction

local phrases = {} -- by class, see data/discrepancies/corrections.tsv

function corrections.load()
  phrases = { wrong = {}, told = {}, right = {}, rather = {}, title = {} }
  for _, row in ipairs(data.table("discrepancies/corrections.tsv")) do
    if phrases[row[2]] then table.insert(phrases[row[2]], " " .. row[1] .. " ") end
  end
end

local function plain(s) return " " .. text.fold(s):gsub("[%p%s]+", " "):gsub("^ ", ""):gsub(" $", "") .. " " end

local function holds(s, class)
  local words = plain(s)
  for _, phrase in ipairs(phrases[class]) do
    if words:find(phrase, 1, true) then return true end
  end
  return false
end

-- Is the article called a correction at its head, on a line of its own or before a colon? "CORRECTION", "Clarification: …"
local function is_titled(s)
  for line in s:sub(1, HEAD):gmatch("[^\n]+") do
    local words = plain(line:match("^([%a ]+):") or line)
    for _, title in ipairs(phrases.title) do
      if words == title then return true end
    end
  end
  return false
end

-- The sentence about first..last
local function sentence(s, first, last)
  return s:sub(math.max(1, first - NEAR), first - 1):match("[^.!?\n]*$") .. s:sub(first, last) .. s:sub(last + 1, last + NEAR):match("^[^.!?\n]*")
end

-- Is it said right before a number that it is the right one? "right" ("It should have been 41"), "rather" ("The number was 17"), or nil
local function is_right(s, claim)
  local lead = s:sub(math.max(1, claim.first - LEAD), claim.first - 1):match("[^.!?\n]*$") .. claim.passage:match("^[^%d]*")
  return holds(lead, "right") and "right" or holds(lead, "rather") and "rather" or nil
end

-- The day before the correction that is named with the wrong number ("in a report on Friday"), as a number; nil if none is
local function day_told(ctx, claim)
  local day
  for row in ctx:rows("select value from timex where article_id = ? and type = 'DATE' and first between ? and ? order by first", claim.article_id,
      claim.first - NEAR, claim.last) do
    local value = row.value:match("^%d%d%d%d%-%d%d%-%d%d")
    if value and claim.published and days.number(value) < claim.published then day = days.number(value) end
  end
  return day
end

-- Pairs of a wrong number and the right one in one article, or a wrong one alone
local function pairs_in(list, s)
  local found, titled = {}, nil
  for i, claim in ipairs(list) do
    local before = list[i - 1]
    local near = before and claim.first - before.last <= NEAR and claim.first > before.last and not (claim.value == before.value and claim.maximum == before.maximum)
    local how = near and is_right(s, claim)
    if how then
      if titled == nil then titled = is_titled(s) end
      local told = sentence(s, before.first, before.last)
      if how == "right" or titled or holds(told, "wrong") or holds(told, "told") or holds(sentence(s, claim.first, claim.last), "wrong") then
        found[#found + 1] = { wrong = before, right = claim }
        before.taken = true
      end
    end
  end
  for _, claim in ipairs(list) do
    if not claim.taken and not is_right(s, claim) and not claim.corrected and holds(sentence(s, claim.first, claim.last), "wrong") then found[#found + 1] = { wrong = claim } end
  end
  return found
end

local function by_article(list)
  local of, order = {}, {}
  for _, claim in ipairs(list) do
    if not of[claim.article_id] then
      of[claim.article_id], order[#order + 1] = {}, claim.article_id
    end
    table.insert(of[claim.article_id], claim)
  end
  for _, claims in pairs(of) do table.sort(claims, function(a, b) return a.first < b.first end) end -- each list alone
  return of, order
end

-- Takes one wrong number out of the list, here and where it was told before
local function withdraw(list, pair)
  local earlier
  for _, claim in ipairs(list) do
    if claim ~= pair.wrong and pair.right and claim.value == pair.wrong.value and claim.maximum == pair.wrong.maximum then
      local before = (claim.published or claim.day or 0) <= (pair.wrong.published or 0)
      if before and claim ~= pair.right then
        earlier = earlier or claim
        claim.withdrawn = true
      end
    end
  end
  pair.wrong.withdrawn = true
  return earlier
end

--- Takes corrected numbers out of a group of claims, and reports them. Returns the claims that are left.
-- @param read function(article_id) -> text
-- @param report function(verdict, sides, summary)
function corrections.take(ctx, list, read, report)
  local of, order = by_article(list)
  local any = false
  for _, id in ipairs(order) do
    for _, pair in ipairs(pairs_in(of[id], read(id))) do
      any = true
      local earlier = withdraw(list, pair)
      if pair.right then
        local day = day_told(ctx, pair.wrong)
        if day then pair.right.day, pair.right.as_of, pair.right.published = day, days.iso(day), day else pair.right.withdrawn = true end
        local from = earlier or pair.wrong
        report("update", { from, pair.right }, ("The count of %s is corrected from %s to %s"):format(pair.wrong.measure, from.label, pair.right.label))
      end
    end
  end
  if not any then return list end
  local left = {}
  for _, claim in ipairs(list) do
    if not claim.withdrawn then left[#left + 1] = claim end
  end
  return left
end

return corrections
