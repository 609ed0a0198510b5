-- Estimates and single facts: how many stood on a square, what something cost, how old somebody was. Two such figures are compared only when
-- they are about one moment and one thing; then they agree, are one number rounded, or are in conflict.

local text = require "annalist.text"
local claims = require "discrepancies.claims"
local terms = require "lib.terms"

local estimates = {}

local ALIKE = 0.40 -- likeness of the words about two figures from which they are about one thing

local CLOSE = 600  -- bytes between two numbers of one article that may be about one crowd

local function same_moment(a, b)
  if not a.day or not b.day then return a.as_of == b.as_of end
  return math.abs(a.day - b.day) <= 1
end

-- Numbers the crowds of each article: a source that gives a second number speaks of another crowd ("police counted 400 at the march … and 3,000
-- at the rally"), and so does a number that stands far off. Sets claim.crowd; returns how many crowds each article has.
local function number_crowds(list)
  local sorted, count, last, whose = {}, {}, {}, {}
  for i, claim in ipairs(list) do sorted[i] = claim end
  table.sort(sorted, function(a, b) return a.article_id < b.article_id or a.article_id == b.article_id and a.first < b.first end)
  for _, claim in ipairs(sorted) do
    local id, who = claim.article_id, claim.who and text.fold(claim.who)
    local before = last[id]
    if not before or claim.first - before.last > CLOSE or who and whose[id][who] and not claims.equal(before, claim) then
      count[id], whose[id] = (count[id] or 0) + 1, {}
    end
    claim.crowd, last[id] = count[id], claim
    if who then whose[id][who] = true end
  end
  return count
end

-- "more than 200" and "more than 300" may both be true, and 130 may not
local function both_true(a, b)
  local low, high = a, b
  if low.value > high.value then low, high = high, low end
  return low.open == "up" and high.value <= low.value * 2
end

-- How many vehicles an article tells of: numbers of people aboard that one source gives, or nobody, and that are not one number made round
local function count_vehicles(list)
  local count, given = {}, {}
  for _, claim in ipairs(list) do
    local key = claim.article_id .. "\0" .. (claim.who and text.fold(claim.who) or "")
    given[key] = given[key] or {}
    local known = false
    for _, other in ipairs(given[key]) do known = known or claims.equal(claim, other) or claims.rounded(claim, other) end
    if not known then table.insert(given[key], claim) end
    count[claim.article_id] = math.max(count[claim.article_id] or 1, #given[key])
  end
  return count
end

local VOYAGE = 3 -- days between the days of two numbers of people aboard one vehicle, where each is told

-- Are two numbers of people aboard of one vehicle? Of articles that tell of several, the words about the numbers must agree
local function one_vehicle(a, b, vehicles)
  if a.article_id == b.article_id and a.who == b.who or both_true(a, b) or a.words.apart or b.words.apart then return false end
  if a.history or b.history then return a.day ~= nil and b.day ~= nil and math.abs(a.day - b.day) <= VOYAGE end
  return vehicles[a.article_id] == 1 and vehicles[b.article_id] == 1 or terms.cosine(a.vector, b.vector) >= ALIKE
end

-- Are two numbers about one crowd? Of articles that tell of several, the words about the numbers must agree
local function one_crowd(a, b, crowds)
  if not same_moment(a, b) then return false end
  if a.article_id == b.article_id then return a.who ~= b.who and a.crowd == b.crowd end
  return crowds[a.article_id] == 1 and crowds[b.article_id] == 1 or terms.cosine(a.vector, b.vector) >= ALIKE
end

-- Crowds are estimates of one moment; a fixed number (people aboard) is one for the whole story; any other fact must be told in like words
local function comparable(kind, a, b, crowds)
  if kind == "crowd" then return one_crowd(a, b, crowds) end
  if kind == "fixed" then return one_vehicle(a, b, crowds) end
  if kind == "daily" and (a.day ~= b.day or a.as_of ~= b.as_of) then return false end
  return same_moment(a, b) and a.article_id ~= b.article_id and terms.cosine(a.vector, b.vector) >= ALIKE
end

local function said(claim) return claim.label .. (claim.who and (" (%s)"):format(claim.who) or "") end

--- Compares claims of one measure in one story (kind: "crowd", "fixed" or "whole"): connected ones that differ are one report.
function estimates.compare(kind, list, report)
  local parent, crowds = {}, kind == "crowd" and number_crowds(list) or kind == "fixed" and count_vehicles(list) or nil
  local function root(i)
    while parent[i] ~= i do i = parent[i] end
    return i
  end
  for i in ipairs(list) do parent[i] = i end
  for i = 1, #list do
    for j = i + 1, #list do
      local a, b = list[i], list[j]
      if not claims.equal(a, b) and comparable(kind, a, b, crowds) then
        if claims.rounded(a, b) then
          report("rounding", { a, b }, ("%s and %s are one number"):format(a.label, b.label))
        elseif claims.scope(a, b) and (kind == "whole" or a.article_id == b.article_id) then
          report("scope", { a, b }, ("%s and %s: %s"):format(a.label, b.label, claims.scope(a, b)))
        else
          parent[math.max(root(i), root(j))] = math.min(root(i), root(j))
        end
      end
    end
  end
  local groups, order = {}, {}
  for i, claim in ipairs(list) do
    local r = root(i)
    if not groups[r] then
      groups[r] = {}
      order[#order + 1] = r
    end
    local seen = false
    for _, other in ipairs(groups[r]) do seen = seen or claims.equal(other, claim) and other.article_id == claim.article_id end
    if not seen then table.insert(groups[r], claim) end
  end
  for _, r in ipairs(order) do
    local sides = groups[r]
    if #sides > 1 then
      local labels, seen = {}, {}
      for _, claim in ipairs(sides) do
        local label = said(claim)
        if not seen[label] then labels[#labels + 1] = label end
        seen[label] = true
      end
      report("conflict", sides, table.concat(labels, " against "))
    end
  end
end

return estimates
