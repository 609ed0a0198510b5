-- Ellipsis: a second number of what was counted in the sentence before, with no word for what it counts:
-- "The city police counted 4,000 people. Organisers spoke of more than 6,000."

local wordset = require "lib.wordset"
local numbers = require "figures.numbers"

local M = {}

local speaking = wordset "spoke speak speaks speaking talked talk talks"
local counting = wordset "counted counts claimed claim claims estimated estimates said say says gave gives"
local figure = wordset "it figure number total toll crowd count"
local amounts = wordset "money percent votes"
local LEAST, FAR = 5, 20 -- the least number that is taken, and how many times it may be the other one

-- Does the number at token i stand where what is told of is counted?
local function leads(t, i)
  local p, q = t.w[i - 1], t.w[i - 2]
  if p == "of" then return speaking[q or ""] end
  if p == "at" then return figure[q or ""] end
  return counting[p or ""]
end

-- The one measure of the sentence before, and its number; nil when it counts different things
local function counted(rows)
  local measure, value
  for _, r in ipairs(rows) do
    if measure and r.measure ~= measure or amounts[r.measure] then return nil end
    measure, value = r.measure, math.max(value or 0, r.value)
  end
  return measure, value
end

--- The figure of a sentence that has none of its own, as a list of one row or none.
-- @param t its tokens
-- @param rows the figures of the sentence before, of people
function M.find(t, rows)
  local measure, value = counted(rows)
  if not measure then return {} end
  for i = 2, t.n do
    if leads(t, i) and numbers.may_begin(t.w[i]) or leads(t, i) and t.k[i] == "n" then
      local q = numbers.quantity(t, i)
      local ends = q and (q.next > t.n or t.k[q.next] ~= "w" and t.k[q.next] ~= "n" and t.k[q.next] ~= "%" and t.k[q.next] ~= "$")
      if ends and q.value >= LEAST and q.value <= value * FAR and q.value * FAR >= value and not numbers.is_year(t, q.at) then
        return { { measure = measure, value = q.value, maximum = q.maximum, qualifier = q.qualifier, first = t.f[q.first], last = t.l[q.next - 1], at = t.f[q.first] } }
      end
    end
  end
  return {}
end

return M
