-- The figures of one article weighed against each other: guesses from "he died" stand back where a number is given, and people who
-- were shot or struck and are not among the dead are counted as injured where the article doesn't count the injured itself.

local individuals = require "figures.individuals"

local M = {}

-- measures in which a single person without a number counts: "he was shot"
local told_of_one = { killed = true, injured = true, shot = true, struck = true, hospitalised = true }
local hurts = { injured = true, shot = true, struck = true, hospitalised = true }

local function high(r) return r.maximum or r.value end
local function current(r) return not r.background and r.value > 0 end

--- The greatest number that is given for each measure; guesses and other events left out.
local function greatest(rows)
  local most = {}
  for _, r in ipairs(rows) do
    if current(r) and not r.weak and not (r.person and r.person.dead and r.measure == "injured") then most[r.measure] = math.max(most[r.measure] or 0, high(r)) end
  end
  return most
end

--- Those who died by another's hand: they may be among the people shot.
local function dead_by_others(rows)
  local dead = 0
  for _, r in ipairs(rows) do
    if r.measure == "killed" and current(r) and not (r.by_self or r.with_self) then dead = math.max(dead, r.weak and 1 or high(r)) end
  end
  return dead
end

--- Gives each row of one person the person; who died and who was hurt is known then. Returns those who died.
local function meet(rows)
  local ones, persons, dead = {}, {}, {}
  for _, r in ipairs(rows) do
    if r.one and r.value > 0 and told_of_one[r.measure] then ones[#ones + 1] = r end
  end
  table.sort(ones, function(a, b)
    if a.one.at ~= b.one.at then return a.one.at < b.one.at end
    if a.first ~= b.first then return a.first < b.first end
    return a.measure < b.measure
  end)
  for _, r in ipairs(ones) do
    r.one.sentence, r.one.died = r.sentence.first, r.measure == "killed"
    r.person = individuals.put(persons, r.one)
    local pointed = r.one.definite and #r.one.names == 0 and not r.one.age       -- "the officer shot and killed": he may be the one who did it
    if r.person and r.measure == "killed" and not r.person.dead and not pointed then
      r.person.dead = true
      dead[#dead + 1] = r.person
    end
  end
  return dead
end

local MOST = 20 -- dead who are told of one by one; who lives beside more of them is not asked

--- Was this person hurt and is surely none of the dead? Only where those are known, each of them (`count` of them).
local function survives(person, dead, count)
  if not person or person.dead or #dead == 0 or #dead < count or #dead > MOST then return false end
  for _, q in ipairs(dead) do
    if not individuals.apart(person, q) then return false end
  end
  return true
end

local function put_injured(kept, r, value, maximum)
  kept[#kept + 1] = { measure = "injured", value = value, maximum = maximum, qualifier = r.qualifier,
    first = r.first, last = r.last, at = r.at, sentence = r.sentence, as_of = r.as_of, person = r.person }
end

-- From what the injured follow if nothing counts them, the first that gives any
local SOURCES = { "shot", "struck", "hospitalised" }

-- Injured that follow from the rows of one measure, whose greatest number is `most` (nil: only guesses), less the dead. Are there any?
local function derive_from(kept, source, most, dead)
  local any = false
  for i = 1, #kept do
    local r = kept[i]
    local less = source ~= "hospitalised" and not (r.other and r.value > dead) and dead or 0  -- "the seven others who were shot"
    local counts = r.measure == source and current(r) and not r.ellipsis and (not most or high(r) == most or dead == 0)
    if counts and r.value > less and not (r.person and r.person.dead) then
      put_injured(kept, r, r.value - less, less == 0 and r.maximum or nil)
      any = true
    end
  end
  return any
end

--- Injured that follow from the shot, the struck or those in hospital, less the dead.
local function derive(kept, most, guessed, dead, illness)
  if most.injured and (most.shot or 0) - dead <= most.injured then return end
  local first = true
  for _, source in ipairs(SOURCES) do
    local usable = not (source == "hospitalised" and illness)
    if usable and most[source] and derive_from(kept, source, most[source], dead) then return end
    first = first and not (usable and most[source])
  end
  for _, source in ipairs(SOURCES) do
    if first and guessed[source] and not guessed.injured and dead == 0 and not (source == "hospitalised" and illness) and derive_from(kept, source, nil, dead) then return end
  end
end

--- Where nothing counts the injured: each one who was shot, struck or taken to hospital and is none of the dead.
local function derive_ones(kept, dead_ones, dead)
  for i = 1, #kept do
    if kept[i].measure == "injured" and current(kept[i]) then return end
  end
  for i = 1, #kept do
    local r = kept[i]
    if hurts[r.measure] and r.person and not r.person.told and not r.general and not r.actor and survives(r.person, dead_ones, dead) then
      r.person.told = true
      put_injured(kept, r, 1)
    end
  end
end

--- Rows that are kept, and rows that follow from them. `illness`: the article is on a disease, so that a hospital says nothing of wounds.
function M.weigh(rows, illness)
  local dead_ones = meet(rows)
  local most, dead, guessed, kept = greatest(rows), dead_by_others(rows), {}, {}
  for _, r in ipairs(rows) do
    local died = r.measure == "injured" and r.person and r.person.dead and #dead_ones >= dead -- "the boy who was hurt on Monday has died"
    local among_dead = r.measure == "injured" and dead > 0 and not survives(r.person, dead_ones, dead)
    local needless = died or r.weak and (most[r.measure] or guessed[r.measure] or r.background or not told_of_one[r.measure] or among_dead)
    if not needless then
      if r.weak then guessed[r.measure] = true end
      kept[#kept + 1] = r
    end
  end
  derive(kept, most, guessed, dead, illness)
  if not illness then derive_ones(kept, dead_ones, dead) end
  return kept
end

return M
