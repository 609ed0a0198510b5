-- Ellipsis: a second number of what was counted before, with no word for what it counts: "The city police counted 4,000 people. Organisers spoke of
-- more than 6,000." "Police said 400 took part, while organisers spoke of 2,000." "We gave the number of the dead as 47. It should have been 41."

local wordset = require "lib.wordset"
local numbers = require "figures.numbers"
local labels = require "figures.labels"

local M = {}

local speaking = wordset "spoke speak speaks speaking talked talk talks"
local counting = wordset "counted counts claimed claim claims estimated estimates said say says gave gives"
local figure = wordset "it figure number total toll crowd count tally"
local be = wordset "is was are were"
local amounts = wordset "money percent votes"
local LEAST, FAR = 5, 20 -- the least number that is taken unless it plainly is a count, and how many times it may be the other one
local NONE = 2           -- the least one that plainly is

-- "put the number of injured at 211 and of the detained at 290": the measure that a word before the number names, or nil
local function renamed(t, i)
  local p = t.w[i - 1]
  local measure = (p == "at" or p == "to") and labels.measure_of(t.w[i - 2] or "")
  local of = t.w[i - 3] == "the" and t.w[i - 4] or t.w[i - 3]
  return of == "of" and measure or nil
end

-- Does the number at token i stand where what is told of is counted? "spoke of 70", "put it at 70", "the number was 17", "it should have been 41".
-- The second value: the least number that is taken there.
local function leads(t, i, gapped, measure)
  local p, q, o = t.w[i - 1], t.w[i - 2], t.w[i - 3]
  if p == "of" and (speaking[q or ""] or gapped == "of" and t.k[i - 2] == "w") then return true, NONE end
  if p == "of" and figure[q or ""] and q ~= "it" and o == "a" then return true, NONE end        -- "gave a figure of 70"
  if measure == "protesters" and be[p or ""] and q == "it" and (o == "that" or counting[o or ""]) then return true, LEAST end
  if p == "at" then return figure[q or ""] or gapped == "at", LEAST end
  if p == "been" and q == "have" and o == "should" or p == "be" and q == "should" then return true, NONE end
  if be[p or ""] and figure[q or ""] and q ~= "it" then return true, NONE end
  return counting[p or ""], LEAST
end

-- The one measure of a list of figures, and its number; nil when it counts different things
local function counted(rows)
  local measure, value
  for _, r in ipairs(rows) do
    if measure and r.measure ~= measure or amounts[r.measure] then return nil end
    measure, value = r.measure, math.max(value or 0, r.value)
  end
  return measure, value
end

-- The number at token i as one more of a measure, or nil
local function number_at(t, i, measure, value, gapped)
  local other = renamed(t, i)
  local stands, least = leads(t, i, gapped, measure)
  if other then stands, least, measure = true, NONE, other end
  if not stands or not (t.k[i] == "n" or numbers.may_begin(t.w[i])) then return nil end
  local q = numbers.quantity(t, i)
  local kind = q and t.k[q.next]
  local ends = q and (q.next > t.n or kind ~= "w" and kind ~= "n" and kind ~= "%" and kind ~= "$")
  local apart = not other and (q and (q.value > value * FAR or q.value * FAR < value))
  if not ends or q.value < least or apart or numbers.is_year(t, q.at) then return nil end
  return { measure = measure, value = q.value, maximum = q.maximum, greatest = q.greatest, qualifier = q.qualifier, ellipsis = true,
    first = t.f[q.first], last = t.l[q.next - 1], at = t.f[q.first] }
end

--- The figure of a sentence that has none of its own, as a list of one row or none.
-- @param t its tokens
-- @param rows the figures of the sentence before, of people
function M.find(t, rows)
  local measure, value = counted(rows)
  for i = 2, measure and t.n or 0 do
    local row = number_at(t, i, measure, value)
    if row then return { row } end
  end
  return {}
end

--- A figure more behind those of its own sentence, or nil.
-- @param rows the sentence's figures
function M.beside(t, rows)
  local last
  for _, r in ipairs(rows) do
    if amounts[r.measure] then return nil end
    if not last or r.last > last.last then last = r end
  end
  local gapped                                                   -- "police put the crowd at 5,000, the union at 40,000"
  for i = 2, last and t.n or 0 do
    if t.w[i - 1] == "at" and t.f[i] >= last.first and t.f[i] <= last.last then gapped = "at" end
    if t.w[i - 1] == "of" and speaking[t.w[i - 2] or ""] and t.f[i] == last.at then gapped = "of" end       -- "police speak of 50, doctors of 70"
    local row = t.f[i] > last.last and number_at(t, i, last.measure, last.value, gapped)
    if row then return row end
  end
end

local crowds = wordset "crowd crowds marchers protesters demonstrators rally demonstration march"
local FEW, MOST = 50, 3 -- the least number that is taken for a crowd, and words from one source to its number

-- The bare number at token i where a clause or the sentence ends behind it, or nil
local function ending_number(t, i)
  local q = t.k[i] == "n" and numbers.quantity(t, i)
  local behind = q and t.k[q.next]
  return q and q.value >= FEW and not numbers.is_year(t, q.at) and (q.next > t.n or behind == "," or behind == ";" or behind == ".") and q or nil
end

-- The token of the number of a second source, from token i: ", organisers 25,000"
local function second_at(t, i)
  if t.k[i] ~= "," and t.k[i] ~= ";" then return nil end
  for j = i + 1, i + MOST do
    if t.k[j] ~= "w" then return nil end
    if ending_number(t, j + 1) then return j + 1 end
  end
end

local function crowd_row(t, q, gapped)
  return { measure = "protesters", value = q.value, qualifier = q.qualifier, ellipsis = true, gapped = gapped, first = t.f[q.first], last = t.l[q.next - 1], at = t.f[q.first] }
end

--- Crowds that are only put a number on: "Crowds filled the square; police say 6,000, organisers 25,000." Adds them to the sentence's figures.
function M.crowds(t, rows)
  local told = false
  for i = 2, #rows == 0 and t.n or 0 do
    told = told or crowds[t.w[i - 1]] or false
    local q = told and counting[t.w[i - 1]] and ending_number(t, i)
    if q then
      rows[1] = crowd_row(t, q)
      local second = second_at(t, q.next)
      if second then rows[2] = crowd_row(t, ending_number(t, second), true) end
      return
    end
  end
end

return M
