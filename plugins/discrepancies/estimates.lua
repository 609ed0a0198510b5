-- Estimates and single facts: how many stood on a square, what something cost, how old somebody was. Two such figures are compared only when
-- they are about one moment and one thing; then they agree, are one number rounded, or are in conflict.

local claims = require "discrepancies.claims"
local terms = require "lib.terms"

local estimates = {}

local ALIKE = 0.40 -- likeness of the words about two figures from which they are about one thing

local function same_moment(a, b)
  if not a.day or not b.day then return a.as_of == b.as_of end
  return math.abs(a.day - b.day) <= 1
end

-- Crowds are estimates of one moment: a place that differs is another crowd
local function comparable(kind, a, b)
  if not same_moment(a, b) then return false end
  if kind == "crowd" then
    return a.article_id ~= b.article_id or a.who ~= b.who
  end
  return a.article_id ~= b.article_id and terms.cosine(a.vector, b.vector) >= ALIKE
end

local function said(claim) return claim.label .. (claim.who and (" (%s)"):format(claim.who) or "") end

--- Compares claims of one measure in one story (kind: "crowd" or "whole"): connected ones that differ are one report.
function estimates.compare(kind, list, report)
  local parent = {}
  local function root(i)
    while parent[i] ~= i do i = parent[i] end
    return i
  end
  for i in ipairs(list) do parent[i] = i end
  for i = 1, #list do
    for j = i + 1, #list do
      local a, b = list[i], list[j]
      if not claims.equal(a, b) and comparable(kind, a, b) then
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
      local labels = {}
      for i, claim in ipairs(sides) do labels[i] = said(claim) end
      report("conflict", sides, table.concat(labels, " against "))
    end
  end
end

return estimates
