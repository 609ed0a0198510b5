-- A sentence of tokens cut into chunks, for the rules of casualties.lua:
--   G group of people (groups.lua)   V trigger (data/figures/triggers.tsv)   X auxiliary   D adverb   N not   & and, or
--   , comma   R who, which   I including   P preposition   B boundary of a clause   - dash   W any other word
-- Example: [G one person] [V died] [& and] [G 12 others] [X were] [V hurt]

local data = require "annalist.data"
local wordset = require "lib.wordset"
local groups = require "figures.groups"
local numbers = require "figures.numbers"

local M = {}

local triggers, keys = {}, {}                                   -- by first word, longest first; keys: the longest word of each trigger

function M.load()
  triggers, keys = {}, {}
  for _, row in ipairs(data.table("figures/triggers.tsv")) do
    local entry, key = { measure = row[2], form = row[3], phrase = row[1] }, ""
    for word in row[1]:gmatch("%S+") do
      if word == "…" then entry.tail = {}                       -- "drove … over the border": the people stand between
      elseif entry.tail then entry.tail[#entry.tail + 1] = word
      else entry[#entry + 1] = word end
      if #word > #key and word ~= "…" and not entry.tail then key = word end
    end
    entry.both = row[2] == "casualties" or row[2] == "dead or missing"
    keys[key] = true
    triggers[entry[1]] = triggers[entry[1]] or {}
    table.insert(triggers[entry[1]], entry)
  end
  for _, list in pairs(triggers) do                             -- each list alone: order cannot matter
    table.sort(list, function(a, b)
      if #a ~= #b then return #a > #b end
      return a.phrase < b.phrase
    end)
  end
end

--- Is this word (small letters) a noun for several people?
M.is_people = groups.is_people

--- Is it one for hours, months, miles and the like?
M.is_unit = groups.is_unit

--- Is this word (small letters) one by which figures of people are told? For a cheap look at a sentence before the work.
function M.is_key(w) return keys[w] or groups.is_crowd(w) end

local function fits(t, i, entry)
  for x = 2, #entry do
    local w = t.w[i + x - 1]
    if not w or entry[x] ~= w and not (entry[x] == "*" and t.k[i + x - 1] == "w") then return false end
  end
  return true
end

--- Do the words of an entry's tail stand at tokens i and following?
function M.tail_at(t, i, tail)
  for x = 1, #tail do
    local w = t.w[i + x - 1]
    if not w or tail[x] ~= w and not (tail[x] == "*" and t.k[i + x - 1] == "w") then return false end
  end
  return true
end

--- Does the tail stand somewhere behind token i? Else the head alone is no trigger: "he drove home".
local function tail_behind(t, i, tail)
  for j = i + 1, math.min(t.n, i + 10) do
    if M.tail_at(t, j, tail) then return true end
  end
  return false
end

local function trigger_at(t, i)
  for _, entry in ipairs(triggers[t.w[i]]) do
    local last = i + #entry - 1
    local apart = entry.both and t.w[last + 1] and (t.k[last + 1] == "n" or numbers.may_begin(t.w[last + 1]))   -- "three dead and injured seven"
    if not apart and fits(t, i, entry) and (not entry.tail or tail_behind(t, last, entry.tail)) then return entry, last end
  end
  return nil
end

M.be = wordset "is are was were be been being got get gets getting wasn't weren't isn't aren't"
M.modal = wordset "will would can could may might must should cannot can't won't wouldn't couldn't"

--- The chunk that a word makes where it is neither group nor trigger.
local class = {}
for kind, list in pairs {                                       -- no word stands in two lists: order cannot matter
  X = [[is are was were be been being got get gets getting wasn't weren't isn't aren't has have had having hasn't haven't hadn't did do does
    didn't don't doesn't will would can could may might must should cannot can't won't wouldn't couldn't]],
  N = "not never",
  D = [[also later then still reportedly already again now critically seriously badly severely slightly lightly fatally gravely believed
    confirmed reported feared found pronounced declared left least underground]],
  ["&"] = "and or & plus",
  I = "including",
  R = "who which whom",
  B = "but while when after before because although though if as since whereas until unless that",
  P = [[among of in at from with on to by about against under over near inside outside into within without behind between for during through]],
} do
  for word in list:gmatch("%S+") do class[word] = kind end
end
local sign = { [","] = ",", [";"] = "B", [":"] = "B", ["."] = "B", ["-"] = "-" }

local function kind_of(t, i)
  local k, w = t.k[i], t.w[i]
  if k ~= "w" then return sign[k] or "W" end
  if w == "among" and t.w[i + 1] == "them" then return "I" end
  return class[w] or (#w > 4 and w:sub(-2) == "ly" and "D") or "W"
end

--- The chunks of a sentence: a list of { t = kind, first, last (tokens), w = the first word, g = group, v = trigger }.
function M.of(t, headline)
  local trigger, trigger_last = {}, {}
  for i = 1, t.n do
    if triggers[t.w[i]] then trigger[i], trigger_last[i] = trigger_at(t, i) end
  end
  local function is_trigger(i) return trigger[i] ~= nil end
  local list, m, i = {}, 0, 1
  while i <= t.n do
    local v = trigger[i]
    local g = not (v and trigger_last[i] > i) and (headline or groups.may_begin(t, i)) and groups.at(t, i, is_trigger, headline) or nil
    m = m + 1
    if g then
      list[m] = { t = "G", first = i, last = g.last, w = t.w[i], g = g }
      i = g.next
    elseif v then
      list[m] = { t = "V", first = i, last = trigger_last[i], w = t.w[i], v = v }
      i = trigger_last[i] + 1
    else
      list[m] = { t = kind_of(t, i), first = i, last = i, w = t.w[i] }
      i = i + 1
    end
  end
  return list
end

return M
