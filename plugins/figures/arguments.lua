-- Which group of people a trigger speaks of: its subject to the left or its object to the right, and groups that are added up
-- ("a woman and her two children"). All over the chunks of chunks.lua; positions are chunk numbers.

local wordset = require "lib.wordset"
local chunks = require "figures.chunks"
local numbers = require "figures.numbers"

local M = {}

local function kind(c, i) return c[i] and c[i].t end

--- Can the group at chunk i be one of several that are added up?
local function addable(c, i)
  local g = kind(c, i) == "G" and c[i].g
  return g and not g.bare and g.value ~= 0 and not g.pronoun
end

local everybody = wordset "people persons victims others dead bodies teens residents"

-- "2 adults, 2 children killed": two groups at a sentence's head with a comma alone between them, neither of whom can hold the other
local function is_pair(c, i)
  if i ~= 3 or kind(c, 1) ~= "G" or kind(c, 4) ~= "V" then return false end
  local a, b = c[1].g, c[3].g
  return a.people and b.people and not (a.named or b.named or b.part or a.other or b.other or a.definite or b.definite) and not everybody[c.t.w[a.last]] and c.t.w[a.last] ~= c.t.w[b.last]
    and (c.t.k[a.first] == "n" or numbers.may_begin(c.t.w[a.first])) and (c.t.k[b.first] == "n" or numbers.may_begin(c.t.w[b.first]))
end

--- Groups side by side from G at chunk i leftwards ("a man, a woman and two boys"): first chunk, sum, maximum.
function M.sum_left(c, i)
  local total, first, count, maximum = c[i].g.value, i, 1, c[i].g.maximum
  if kind(c, i + 1) == "R" then return i, total, maximum end    -- "the gunman and four men who were hurt": four
  while true do
    local j = first - 1
    if kind(c, j) == "&" then j = j - 1
    elseif kind(c, j) ~= "," or first == i and not is_pair(c, i) then break end
    if kind(c, j) == "," then j = j - 1 end
    local with_others = first == i and c[i].g.other and kind(c, j) == "G" and c[j].g.pronoun and not c[j].g.object   -- "he and eight others were"
    if not addable(c, j) and not with_others then break end
    local value, before = c[j].g.value, kind(c, j - 1)
    if count >= 2 and value == count and total == count then return j, total, maximum end   -- "three victims, a man, a boy and a girl, were"
    if before == "V" or before == "I" or before == "P" then break end
    total, first, count = total + value, j, count + 1
  end
  return first, total, maximum
end

--- Does a list that has come to chunk i end in "and" and a group? ", a woman, a boy and two girls"
local function list_goes_on(c, i)
  while c[i] do
    if c[i].t == "," then i = i + 1 end
    if kind(c, i) == "&" then return kind(c, i + 1) == "G" end
    if kind(c, i) ~= "G" then return false end
    i = i + 1
  end
  return false
end

local function skip_adverbs(c, i)
  while kind(c, i) == "D" do i = i + 1 end
  return i
end

local begins_clause = { X = true, V = true, R = true }

--- The same to the right, for objects: "killed a woman and her two children". A group that is a subject itself ends it, but not where the whole is
-- one (`whole`): "the bodies of a woman, a boy and a girl were found".
function M.sum_right(c, i, whole)
  local total, last = c[i].g.value, i
  while true do
    local j = last + 1
    local comma = kind(c, j) == ","
    if comma then j = j + 1 end
    local joined = kind(c, j) == "&"
    if joined then j = j + 1 elseif not comma then break end
    if not addable(c, j) or not whole and begins_clause[kind(c, skip_adverbs(c, j + 1)) or ""] then break end
    if comma and not joined and not list_goes_on(c, j + 1) then break end        -- "his brother, 22-year-old Ivo": one
    total, last = total + c[j].g.value, j
  end
  return last, total
end

-- "an attack that also hurt seven others has …": is the verb at chunk v one of a relative clause?
local function is_relative(c, v)
  local i = v - 1
  while kind(c, i) == "D" do i = i - 1 end
  return c[i] ~= nil and (c[i].t == "R" or c[i].w == "that")
end

--- The object to the right of an active verb, or nil.
function M.right(c, v)
  local i = skip_adverbs(c, v + 1)
  if kind(c, i) ~= "G" then return nil end
  local g, after = c[i].g, kind(c, skip_adverbs(c, i + 1))
  if g.people and not g.pronoun and is_relative(c, v) then return i end
  if g.pronoun and not g.object or g.bare and after == "W" or after == "X" and not g.object then return nil end
  return i
end

local aside = wordset "by against near at from on in to for between"            -- a group behind these is no subject

local telling = wordset "spoke speak speaks spoken speaking talked talk talks talking told reports report reported toll total" -- "spoke of 55 dead"

local one_is = wordset "is was isn't wasn't has"

--- What the walk to the left makes of the group at chunk i: "take", "stop", or "pass" over it.
local function judge(c, i, walk)
  local g, p, after = c[i].g, c[i - 1], kind(c, i + 1)
  local relative, part_of_list = after == "R", p and p.t == "I"
  if g.object and walk.words > 0 then return "stop" end
  if g.part and relative then return "stop" end                 -- "one of the soldiers who died"
  if p and p.t == "V" and (p.v.form == "past" or p.v.form == "ing") and after == "&" then return "stop" end   -- "killed his wife and wounded …"
  if part_of_list then return relative and "take" or "sub" end  -- "ten friends, including the boy who was killed"
  if not relative and (walk.unjoined or walk.words > walk.near) then return "stop" end
  local part = c[i - 2] and c[i - 2].t == "G" and c[i - 2].g.bare                 -- "he was one of four people hit": four were
  local odd = p and p.t == "P" and (aside[p.w] or p.w == "of" and not part and kind(c, i - 2) ~= "V" and kind(c, i - 2) ~= "X" and not (c[i - 2] and telling[c[i - 2].w]))
  if g.bare and g.value > 1 and one_is[walk.finite] then return "pass" end       -- "who shot 4, including two agents, is killed"
  if g.bare then return walk.words == 0 and not odd and after ~= "&" and "take" or "stop" end
  if odd or g.named and walk.words > 1 or g.pronoun and walk.words > 0 then return "pass" end
  return "take"
end

--- May the walk to the left cross another trigger at chunk i? "was shot and later died", "two men who were shot on Friday have died"
local function crosses(c, i, v, walk)
  local after, form = kind(c, i + 1), c[i].v.form
  local joined = after == "&" or after == ","
  if c[v].v.form == "state" or not joined and (walk.crossed or form ~= "self" and form ~= "past") then return false end
  walk.crossed, walk.unjoined = true, walk.unjoined or not joined
  return true
end

local opens = { B = true, ["-"] = true, [","] = true, ["&"] = true }
local closes = { X = true, V = true, R = true, ["-"] = true }
local ASIDE = 14 -- chunks

--- The group before an aside that ends with the comma at chunk i: "One person, later identified as Ann Lee, 25, of Tarn, was pronounced dead"
local function before_aside(c, i)
  local found
  for j = i - 1, math.max(2, i - ASIDE), -1 do
    local k = c[j].t
    if closes[k] or k == "B" and c[j].w ~= "as" then break end
    local g = k == "," and kind(c, j - 1) == "G" and c[j - 1].g
    if g and g.people and not (g.named or g.pronoun or g.bare) and (j == 2 or opens[kind(c, j - 2)]) then found = j - 1 end
  end
  return found
end

--- The group to which the trigger at chunk v belongs, to its left: its chunk, whether "not" lies between, whether a form of "be" does.
-- `near`: how many other words may lie between (9 if left out).
function M.left(c, v, near)
  local walk = { words = 0, near = near or 9 }
  local most, negated, passive = near or 16, false, false
  local i = v - 1
  while i >= 1 do
    local k = c[i].t
    if k == "G" then
      local verdict = judge(c, i, walk)
      if verdict == "take" then return i, negated, passive end
      if verdict == "stop" then return nil end
      if verdict == "pass" then walk.words = walk.words + 2
      elseif kind(c, i - 2) == "," then i = i - 1 end            -- the comma before "including" is no boundary
    elseif k == "W" or k == "P" then
      walk.words = walk.words + 1
      if walk.words > most then return nil end
    elseif k == "X" then
      if chunks.modal[c[i].w] then return nil end
      passive = passive or walk.words == 0 and chunks.be[c[i].w] or false
      walk.finite = c[i].w
    elseif k == "," and walk.finite and walk.words == 0 and before_aside(c, i) then
      return before_aside(c, i), negated, passive
    elseif k == "N" then
      negated = true
    elseif k == "B" or k == "-" or k == "V" and not crosses(c, i, v, walk) then
      return nil
    end
    i = i - 1
  end
  return nil
end

return M
