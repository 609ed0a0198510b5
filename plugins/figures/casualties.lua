-- How many were killed, hurt, shot, arrested, are missing, have fled, came to protest: the groups of people of a sentence (groups.lua)
-- joined to the words that tell what happened to them (data/figures/triggers.tsv). A sentence is first cut into chunks,
--   G group   V trigger   X auxiliary   D adverb   N not   & and, or   , comma   R who, which   I including   P preposition   B boundary   W other
-- and each V then looks for its G: "killed [three people]", "[one person] died and [12 others] were hurt", "leaving [two] dead".

local data = require "annalist.data"
local wordset = require "lib.wordset"
local groups = require "figures.groups"

local M = {}

local triggers, keys = {}, {}                                   -- keys: the longest word of each trigger

function M.load()
  triggers, keys = {}, {}
  for _, row in ipairs(data.table("figures/triggers.tsv")) do
    local entry = { measure = row[2], form = row[3] }
    for word in row[1]:gmatch("%S+") do entry[#entry + 1] = word end
    triggers[entry[1]] = triggers[entry[1]] or {}
    table.insert(triggers[entry[1]], entry)
    local key = ""
    for _, word in ipairs(entry) do if #word > #key then key = word end end
    keys[key] = true
  end
  for _, list in pairs(triggers) do table.sort(list, function(a, b)
    if #a ~= #b then return #a > #b end
    return table.concat(a, " ") < table.concat(b, " ")
  end) end
end

--- Is this word (small letters) one by which figures of people are told? For a cheap look at a sentence before the work.
function M.is_key(w) return keys[w] or groups.is_crowd(w) end

local function trigger_at(t, i)
  local list = triggers[t.w[i]]
  for e = 1, list and #list or 0 do
    local entry, fits = list[e], true
    for x = 2, #entry do
      local w = t.w[i + x - 1]
      if not w or (entry[x] ~= w and not (entry[x] == "*" and t.k[i + x - 1] == "w")) then fits = false break end
    end
    if fits then return entry, i + #entry - 1 end
  end
  return nil
end

local be = wordset "is are was were be been being got get gets getting wasn't weren't isn't aren't"
local have = wordset "has have had having hasn't haven't hadn't did do does didn't don't doesn't"
local modal = wordset "will would can could may might must should cannot can't won't wouldn't couldn't to"
local joining = wordset "and or & plus"
local boundary = wordset "but while when after before because although though if as since whereas until unless that"
local preposition = wordset "among of in at from with on to by about against under over near inside outside into within without behind between among for during through"
local adverb = wordset "also later then still reportedly already again now not critically seriously badly severely slightly lightly fatally gravely believed confirmed reported feared found pronounced declared left least"
local relative = wordset "who which whom"

--- The chunk that a word makes where it is neither group nor trigger; words that aren't here are "W" (or "D", in -ly).
local class = {}
local function classify(list, kind) for w in pairs(list) do class[w] = class[w] or kind end end   -- each word alone: order cannot matter
classify(be, "X")
classify(have, "X")
modal.to = nil
classify(modal, "X")
classify(wordset "not never", "N")
classify(adverb, "D")
classify(joining, "&")
classify(wordset "including", "I")
classify(relative, "R")
classify(boundary, "B")
classify(preposition, "P")
local sign = { [","] = ",", [";"] = "B", [":"] = "B", ["."] = "B", ["-"] = "-" }

--- The sentence as chunks.
local function chunked(t, headline)
  local trig, trig_last, tk, tw, n = {}, {}, t.k, t.w, t.n
  for i = 1, n do
    if triggers[tw[i]] then trig[i], trig_last[i] = trigger_at(t, i) end
  end
  local function is_trigger(i) return trig[i] ~= nil end
  local list, m, i = {}, 0, 1
  while i <= n do
    local k, w, v = tk[i], tw[i], trig[i]
    local g = not (v and trig_last[i] > i) and (headline or groups.may_begin(t, i)) and groups.at(t, i, is_trigger, headline) or nil
    if g then
      m = m + 1
      list[m] = { t = "G", first = i, last = g.last, w = w, g = g }
      i = g.next
    elseif v then
      m = m + 1
      list[m] = { t = "V", first = i, last = trig_last[i], w = w, v = v }
      i = trig_last[i] + 1
    else
      m = m + 1
      local kind = w == "among" and tw[i + 1] == "them" and "I" or k == "w" and (class[w] or #w > 4 and w:byte(-1) == 121 and w:byte(-2) == 108 and "D") or sign[k] or "W"
      list[m] = { t = kind, first = i, last = i, w = w }
      i = i + 1
    end
  end
  return list
end

--- Groups that stand side by side before chunk i ("a man, a woman and two boys"), from G at i leftwards: first index, sum.
local function sum_left(c, i)
  if c[i + 1] and c[i + 1].t == "R" then return i, c[i].g.value, c[i].g.maximum end
  local total, first, count = c[i].g.value, i, 1
  local maximum = c[i].g.maximum
  while true do
    local j = first - 1
    if c[j] and c[j].t == "&" then j = j - 1 elseif c[j] and c[j].t == "," and c[first].g and first < i then j = j - 1 else break end
    if c[j] and c[j].t == "," then j = j - 1 end
    local left = c[j]
    if not left or left.t ~= "G" or left.g.bare or left.g.value == 0 or left.g.pronoun then break end
    local before = c[j - 1]
    if count >= 2 and left.g.value == count and total == count then return j, total, maximum end   -- "three victims, a man, a boy and a girl, were …"
    if before and (before.t == "V" or before.t == "I" or before.t == "P") then break end
    total, first, count = total + left.g.value, j, count + 1
  end
  return first, total, maximum
end

--- Does a list that has come to chunk i end in "and" and a group? ", a woman, a boy and two girls"
local function list_goes_on(c, i)
  while c[i] do
    if c[i].t == "," then i = i + 1 end
    if c[i] and c[i].t == "&" then return c[i + 1] ~= nil and c[i + 1].t == "G" end
    if not c[i] or c[i].t ~= "G" then return false end
    i = i + 1
  end
  return false
end

--- The same to the right, for objects: "killed a woman and her two children". A group that is a subject itself ends it.
local function sum_right(c, i)
  local total, last = c[i].g.value, i
  while true do
    local j = last + 1
    local comma = c[j] and c[j].t == ","
    if comma then j = j + 1 end
    if c[j] and c[j].t == "&" then j = j + 1 elseif not comma then break end
    local right = c[j]
    if not right or right.t ~= "G" or right.g.bare or right.g.value == 0 or right.g.pronoun then break end
    local after = c[j + 1]
    while after and after.t == "D" do j, after = j + 1, c[j + 2] end
    if after and (after.t == "X" or after.t == "V" or after.t == "R") then break end
    if comma and c[j - 1].t ~= "&" and not list_goes_on(c, j + 1) then break end            -- "his brother, 22-year-old Ivo": one
    total, last = total + right.g.value, j
  end
  return last, total
end

local function was_sub(c, i)
  local p = c[i - 1]
  return p and p.t == "I" or false
end

local aside = wordset "by against near at from on in to for between"   -- a group behind these is no subject

--- The group to which the trigger at chunk v belongs, to its left. Returns its index, and whether "not" lies between.
local function left_group(c, v, near)
  local i, words, negated, passive = v - 1, 0, false, false
  local crossed, unjoined, self = false, false, c[v].v.form
  while i >= 1 do
    local k = c[i].t
    if k == "G" then
      local g = c[i].g
      local p = c[i - 1]
      local odd = p and p.t == "P" and (aside[p.w] or p.w == "of" and not (c[i - 2] and c[i - 2].t == "V"))
      if g.object and words > 0 then return nil end
      if g.part and c[i + 1].t == "R" then return nil end       -- "one of the soldiers who died"
      if p and p.t == "V" and (p.v.form == "past" or p.v.form == "ing") and c[i + 1].t == "&" then return nil end   -- "killed his wife and wounded …"
      if was_sub(c, i) and c[i + 1].t == "R" then
        return i, negated, passive                              -- "ten friends, including the boy who was killed"
      elseif was_sub(c, i) then
        if c[i - 2] and c[i - 2].t == "," then i = i - 1 end
      elseif unjoined and not (c[i + 1].t == "R") or words > (near or 9) and c[i + 1].t ~= "R" then
        return nil
      elseif g.bare then
        if words == 0 and not odd and c[i + 1].t ~= "&" then return i, negated, passive end
        return nil
      elseif odd or (g.named and words > 1) or (g.pronoun and words > 0) then
        words = words + 2
      else
        return i, negated, passive
      end
    elseif k == "W" or k == "P" then
      words = words + 1
      if words > (near or 16) then return nil end
    elseif k == "X" then
      if be[c[i].w] and words == 0 then passive = true end
      if modal[c[i].w] then return nil end
    elseif k == "N" then negated = true
    elseif k == "V" then
      -- "was shot and later died": the subject is shared; "two men who were shot on Friday have died" too
      local joined = c[i + 1] and (c[i + 1].t == "&" or c[i + 1].t == ",")
      if self == "state" or not joined and c[i].v.form ~= "self" and c[i].v.form ~= "past" then return nil end
      if not joined then unjoined = true end
      if crossed and not joined then return nil end
      crossed = true
    elseif k == "B" or k == "-" then
      return nil
    end
    i = i - 1
  end
  return nil
end

local function skip_adverbs(c, i)
  while c[i] and c[i].t == "D" do i = i + 1 end
  return i
end

--- The object to the right of an active verb, or nil.
local function right_group(c, v)
  local i = skip_adverbs(c, v + 1)
  local k = c[i]
  if not k then return nil end
  if k.t == "G" then
    if k.g.pronoun and not k.g.object and k.w ~= "her" then return nil end
    local after = c[skip_adverbs(c, i + 1)]
    if k.g.bare and after and after.t == "W" then return nil end
    if after and after.t == "X" and not k.g.object then return nil end
    return i
  end
  return nil
end

local function emit(out, t, c, v, gi, value, maximum, from, to, measure)
  local g = c[gi].g
  local first = math.min(c[from].g and c[from].g.first or c[from].first, c[v].first)
  local last = math.max(c[to].last, c[v].last)
  out[#out + 1] = { measure = measure or c[v].v.measure, value = value, maximum = maximum, qualifier = g.qualifier, weak = g.weak and value < 2 or false,
    pronoun = g.pronoun, named = g.named, first = t.f[first], last = t.l[last], at = t.f[c[gi].first], part = g.part, single = value == 1 and not g.bare }
  c[gi].used = true
end

local verbs = {}

--- "accidentally shot himself": the one who shoots is the one who is hurt.
local function reflexive(out, t, c, v)
  local n = c[v + 1]
  if not n or not (n.w == "himself" or n.w == "herself" or n.w == "self" or n.w == "themselves") then return false end
  local gi = left_group(c, v)
  if gi then
    emit(out, t, c, v, gi, c[gi].g.value, c[gi].g.maximum, gi, v + 1)
    out[#out].by_self = true
  else out[#out + 1] = { by_self = true, measure = c[v].v.measure, value = 1, weak = true, first = t.f[c[v].first], last = t.l[n.last], at = t.f[c[v].first] } end
  return true
end

function verbs.past(out, t, c, v)
  if reflexive(out, t, c, v) then return end
  local gi, negated = left_group(c, v)
  local direct_be = false
  for i = v - 1, 1, -1 do
    if c[i].t == "X" then direct_be = be[c[i].w] or false break end
    if c[i].t ~= "D" and c[i].t ~= "N" then break end
  end
  local right = not direct_be and right_group(c, v)
  if right then
    local last, total = sum_right(c, right)
    return emit(out, t, c, v, right, total, c[right].g.maximum, right, last)
  end
  if not gi or (negated and c[gi].g.value ~= 0) then return end
  local first, total, maximum = sum_left(c, gi)
  emit(out, t, c, v, gi, total, maximum, first, gi)
end

--- "double murder", "triple shooting": the number is in the word before.
local multiple = { double = 2, triple = 3, quadruple = 4, quintuple = 5, sextuple = 6 }
function verbs.multiple(out, t, c, v)
  local p = c[v - 1]
  local value = p and (multiple[p.w] or p.w == "fatal" and c[v - 2] and multiple[c[v - 2].w])
  if not value then return end
  out[#out + 1] = { measure = c[v].v.measure, value = value, first = t.f[p.first], last = t.l[c[v].last], at = t.f[p.first] }
end

function verbs.ing(out, t, c, v)
  if c[v - 1] and (multiple[c[v - 1].w] or c[v - 1].w == "fatal") then return verbs.multiple(out, t, c, v) end
  if reflexive(out, t, c, v) then return end
  local p = c[v - 1]
  if p and (p.t == "P" and (p.w == "for" or p.w == "of" or p.w == "with" or p.w == "in")) and c[v - 2] and (c[v - 2].w == "charge" or c[v - 2].w == "charges") then return end
  local right = right_group(c, v)
  if not right then return end
  local last, total = sum_right(c, right)
  emit(out, t, c, v, right, total, c[right].g.maximum, right, last)
end

--- "gunmen kill 12": a present form or infinitive, with people counted behind it.
function verbs.base(out, t, c, v)
  local p = c[v - 1]
  if p and (p.w == "to" or p.t == "X") then return end
  local right = right_group(c, v)
  if not right or c[right].g.weak then return end
  local last, total = sum_right(c, right)
  emit(out, t, c, v, right, total, c[right].g.maximum, right, last)
end

--- "hit", "struck": only of people who were.
function verbs.passive(out, t, c, v)
  local gi, negated, passive = left_group(c, v, 2)
  if gi and passive and not negated and c[gi].g.people then verbs.past(out, t, c, v) end
end

--- "a deadly shooting", "charged with murder", "his death": somebody died, how many isn't said here.
function verbs.hint(out, t, c, v)
  local p, n = c[v - 1], c[v + 1]
  if p and multiple[p.w] then return verbs.multiple(out, t, c, v) end
  for x = v - 1, math.max(1, v - 3), -1 do
    if c[x].w == "attempted" or c[x].w == "attempt" or c[x].w == "no" then return end
  end
  if n and (n.w == "detectives" or n.w == "unit" or n.w == "squad" or n.w == "investigators" or n.w == "detective" or n.w == "rate" or n.w == "division" or n.w == "bureau" or n.w == "section") then return end
  if c[v].w == "death" and not (p and p.w:find("'s$") or p and (p.w == "his" or p.w == "her")) and not (p and p.t == "G") then return end
  out[#out + 1] = { measure = c[v].v.measure, value = 1, qualifier = "at least", weak = true, pronoun = true, first = t.f[c[v].first], last = t.l[c[v].last], at = t.f[c[v].first] }
end

function verbs.self(out, t, c, v)
  local gi, negated, passive = left_group(c, v)
  if passive and c[v].w == "survived" or c[v].w == "die" and c[v - 1] and c[v - 1].w == "to" then return end
  if not gi then                                                -- "died one person", of a translating machine
    local r = c[v + 1]
    if r and r.t == "G" and r.g.people and c[v].v.measure == "killed" and not r.g.definite and (r.g.value ~= 1 or r.w == "one") and (not c[v - 1] or c[v - 1].t == "," or c[v - 1].t == "B" or c[v].last - c[v].first == 0) then
      return emit(out, t, c, v, v + 1, r.g.value, r.g.maximum, v + 1, v + 1)
    end
    return
  end
  if negated and c[gi].g.value ~= 0 then return end
  local first, total, maximum = sum_left(c, gi)
  emit(out, t, c, v, gi, total, maximum, first, gi)
end

function verbs.state(out, t, c, v)
  local p, n = c[v - 1], c[v + 1]
  if p and (p.w == "the" or p.w == "a") then return end
  if n and n.t == "G" and not (c[v - 1] and c[v - 1].t == "G") and not (n.g.value > 0 and p and p.t == "X") then return end
  if p and p.t == "W" and p.w == "fatally" then return end
  local gi, negated = left_group(c, v, c[v].w == "fatally" and 0 or 5)
  if not gi or (negated and c[gi].g.value ~= 0) then return end
  if c[v].w == "fatally" and not (c[gi].g.part or c[gi].g.bare) then return end
  local first, total, maximum = sum_left(c, gi)
  emit(out, t, c, v, gi, total, maximum, first, gi)
end

function verbs.count(out, t, c, v)
  local p = c[v - 1]
  local pp = c[v - 2]
  if p and p.w == "no" or pp and pp.w == "no" and p.t == "W" then
    local from = p.w == "no" and v - 1 or v - 2
    out[#out + 1] = { measure = c[v].v.measure, value = 0, first = t.f[c[from].first], last = t.l[c[v].last], at = t.f[c[from].first] }
    return
  end
  local i, words = v - 1, 0
  while c[i] and (c[i].t == "W" and not c[i].w:find("'s$") and c[i].w ~= "his" and c[i].w ~= "her" and c[i].w ~= "their" or c[i].t == "D") and words < 2 do i, words = i - 1, words + 1 end
  local g = c[i] and c[i].t == "G" and c[i].g
  if g and (g.bare or g.other) and not (c[v].v.measure == "injured" and g.value == 1) then emit(out, t, c, v, i, g.value, g.maximum, i, i) end
end

verbs["of"] = function(out, t, c, v)
  local right = right_group(c, v)
  if not right then return end
  local last, total = sum_right(c, right)
  emit(out, t, c, v, right, total, c[right].g.maximum, right, last)
end

function verbs.toll(out, t, c, v)
  for i = v + 1, math.min(#c, v + 9) do
    local k = c[i]
    if k.t == "B" and k.w ~= "as" and k.w ~= ":" then return end
    if k.t == "G" and not k.g.pronoun and not k.g.named and not k.g.definite then
      if k.g.maximum and t.w[k.g.first] == "from" then
        emit(out, t, c, v, i, k.g.maximum, nil, i, i)
      elseif c[i - 1].w == "by" or c[v].v.measure == "protesters" and c[i - 1].w ~= "at" and c[i - 1].w ~= "of" and c[i - 1].w ~= "to" then
        goto continue
      else
        emit(out, t, c, v, i, k.g.value, k.g.maximum, i, i)
      end
      -- "to 768 …, from 590 a day earlier"
      for j = i + 1, math.min(#c, i + 12) do
        if c[j].t == "G" and c[j].g.bare and c[j - 1].w == "from" then emit(out, t, c, v, j, c[j].g.value, c[j].g.maximum, j, j) out[#out].first = t.f[c[j].first] out[#out].last = t.l[c[j].last] break end
      end
      return
    end
    ::continue::
  end
end

--- Figures of people in one sentence of tokens: a list of { measure, value, maximum, qualifier, first, last, at, weak, … }.
function M.find(t, headline)
  local out = {}
  local c = chunked(t, headline)
  for v = 1, #c do
    if c[v].t == "V" then verbs[c[v].v.form](out, t, c, v) end
  end
  for i = 1, #c do
    local g = c[i].t == "G" and c[i].g
    if g and g.crowd and not c[i].used and g.value >= 10 and not (c[i - 1] and c[i - 1].t == "I") then
      out[#out + 1] = { measure = "protesters", value = g.value, maximum = g.maximum, qualifier = g.qualifier, first = t.f[g.first], last = t.l[g.last], at = t.f[g.first] }
    end
  end
  return out
end

return M
