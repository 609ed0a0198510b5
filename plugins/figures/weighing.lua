-- The figures of one article weighed against each other: guesses from "he died" stand back where a number is given, and people who
-- were shot or struck and are not among the dead are counted as injured where the article doesn't count the injured itself.

local M = {}

-- measures in which a single person without a number counts: "he was shot"
local told_of_one = { killed = true, injured = true, shot = true, struck = true, hospitalised = true }

local function high(r) return r.maximum or r.value end
local function current(r) return not r.background and r.value > 0 end

--- The greatest number that is given for each measure; guesses and other events left out.
local function greatest(rows)
  local most = {}
  for _, r in ipairs(rows) do
    if current(r) and not r.weak then most[r.measure] = math.max(most[r.measure] or 0, high(r)) end
  end
  return most
end

--- Those who died by another's hand: they may be among the people shot.
local function dead_by_others(rows)
  local dead = 0
  for _, r in ipairs(rows) do
    if r.measure == "killed" and current(r) and not r.by_self then dead = math.max(dead, r.weak and 1 or high(r)) end
  end
  return dead
end

--- The measure from which the injured are counted if nothing counts them: the shot, the struck, those in hospital.
local function source_of(given, illness)
  for _, measure in ipairs { "shot", "struck", "hospitalised" } do
    if given[measure] and not (measure == "hospitalised" and illness) then return measure end
  end
end

--- Injured that follow from the shot, the struck or those in hospital, less the dead.
local function derive(kept, most, guessed, dead, illness)
  if most.injured and (most.shot or 0) - dead <= most.injured then return end
  local source = source_of(most, illness) or not guessed.injured and dead == 0 and source_of(guessed, illness)
  if not source then return end
  local less = source ~= "hospitalised" and dead or 0
  for i = 1, #kept do
    local r = kept[i]
    local counts = r.measure == source and current(r) and not r.ellipsis and (not most[source] or high(r) == most[source] or dead == 0)
    if counts and r.value > less then
      kept[#kept + 1] = { measure = "injured", value = r.value - less, maximum = dead == 0 and r.maximum or nil, qualifier = r.qualifier,
        first = r.first, last = r.last, at = r.at, sentence = r.sentence, as_of = r.as_of }
    end
  end
end

--- Rows that are kept, and rows that follow from them. `illness`: the article is on a disease, so that a hospital says nothing of wounds.
function M.weigh(rows, illness)
  local most, dead, guessed, kept = greatest(rows), dead_by_others(rows), {}, {}
  for _, r in ipairs(rows) do
    local needless = r.weak and (most[r.measure] or guessed[r.measure] or r.background or not told_of_one[r.measure]
      or r.measure == "injured" and dead > 0)
    if not needless then
      if r.weak then guessed[r.measure] = true end
      kept[#kept + 1] = r
    end
  end
  derive(kept, most, guessed, dead, illness)
  return kept
end

return M
