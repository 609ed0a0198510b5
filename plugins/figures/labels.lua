-- Figures of a list, as reports and live blogs give them: "Deaths 64", "Missing: 97", "Displaced: 9,200 persons", "Injured - 12".
-- A label stands at the head of its line, sentence or part of one, with a capital, and nothing but its number and those counted behind it.

local numbers = require "figures.numbers"
local groups = require "figures.groups"

local M = {}

local measures = {
  deaths = "killed", dead = "killed", killed = "killed", fatalities = "killed", deceased = "killed", injured = "injured", injuries = "injured", wounded = "injured",
  missing = "missing", displaced = "displaced", evacuated = "displaced", rescued = "rescued", detained = "detained", arrested = "detained", arrests = "detained",
  hospitalised = "hospitalised", hospitalized = "hospitalised", trapped = "trapped", released = "freed",
}

--- Is this word (small letters) one of a list's? For a cheap look at a sentence before the work.
function M.is_key(w) return measures[w] ~= nil end

--- The measure that a word (small letters) for those counted names: "of the detained".
function M.measure_of(w) return measures[w] end

local heads = { ["."] = true, [";"] = true, [":"] = true, [","] = true, ["-"] = true, ["("] = true, s = true, n = true, ["o"] = true }
local ends = { ["."] = true, [";"] = true, [","] = true, ["("] = true, [")"] = true, s = true, ["-"] = true }

-- The number that a label at token i gives, or nil
local function number_of(t, i)
  local j = i + 1
  local marked = t.k[j] == ":" or t.k[j] == "-"
  if marked then j = j + 1 end
  local q = (t.k[j] == "n" or marked and numbers.may_begin(t.w[j] or "")) and numbers.quantity(t, j)
  if not q or numbers.is_year(t, q.at) or q.value ~= math.floor(q.value) or groups.is_unit(t.w[q.next] or "") then return nil end
  local behind = q.next
  if groups.is_people(t.w[behind] or "") then behind = behind + 1 elseif not marked and t.k[behind] == "w" and not t.c[behind] then return nil end
  if marked and behind == q.next and not (behind > t.n or ends[t.k[behind]] or t.c[behind]) then return nil end
  return q, behind - 1
end

--- Adds to a sentence's figures those that a list gives and no rule has read.
-- @param t its tokens
-- @param rows its figures of people so far
function M.add(t, rows)
  local read = {}
  for _, r in ipairs(rows) do read[r.at] = true end
  for i = 1, t.n do
    local measure = t.c[i] and measures[t.w[i]]
    local before = t.k[i - 1]
    if measure and (i == 1 or heads[before] and not (before == "n" and i > 2)) then
      local q, last = number_of(t, i)
      if q and not read[t.f[q.first]] then
        rows[#rows + 1] = { measure = measure, value = q.value, maximum = q.maximum, qualifier = q.qualifier, first = t.f[i], last = t.l[last], at = t.f[q.first], listed = true }
      end
    end
  end
end

return M
