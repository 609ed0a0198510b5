-- How many were killed, hurt, shot, arrested, are missing, have fled, came to protest: one rule for each form in which a trigger of
-- data/figures/triggers.tsv stands to the people counted ("killed [three people]", "[one person] died", "leaving [two] dead").
-- Rules read the chunks of a sentence (chunks.lua) and find their groups by arguments.lua.

local wordset = require "lib.wordset"
local chunks = require "figures.chunks"
local arguments = require "figures.arguments"
local individuals = require "figures.individuals"

local M = {}

M.load, M.is_key = chunks.load, chunks.is_key

-- "his mother was also hit": does "also" stand between the group and its trigger, or right before the one?
local function is_also(c, gi, v)
  for i = math.min(gi, v) - 1, math.max(gi, v) do
    if c[i] and (c[i].w == "also" or c[i].w == "too") then return true end
  end
  return false
end

--- Puts a figure: group at chunk gi, trigger at chunk v, the passage from chunk `from` to chunk `to` and the trigger.
local function emit(x, v, gi, value, maximum, from, to)
  local t, c, g = x.t, x.c, x.c[gi].g
  local record = { measure = c[v].v.measure, value = value, maximum = maximum, qualifier = g.qualifier, greatest = g.greatest,
    weak = g.weak and value < 2 or false, part = g.part, other = g.other and value == g.value or nil,
    first = t.f[math.min(c[from].first, c[v].first)], last = t.l[math.max(c[to].last, c[v].last)], at = t.f[c[gi].first] }
  if value == 1 and not maximum then record.one = individuals.describe(t, c, gi, is_also(c, gi, v)) end
  if not (g.named and record.measure == "protesters") then x.out[#x.out + 1] = record end   -- "Ann Lee and Ivo Kral, who marched" are no crowd
  c[gi].used = true
  return record
end

--- Puts a figure that no group gives: what the words from chunk `from` to chunk `to` say themselves.
local function emit_words(x, v, value, from, to, more)
  local t, c = x.t, x.c
  local record = more or {}
  record.measure, record.value = c[v].v.measure, value
  record.first, record.last, record.at = t.f[c[from].first], t.l[c[to].last], t.f[c[from].first]
  x.out[#x.out + 1] = record
end

local function emit_left(x, v, gi)
  local first, total, maximum = arguments.sum_left(x.c, gi)
  return emit(x, v, gi, total, maximum, first, gi)
end

local self_words = wordset "himself herself self themselves"
local SELF = 9 -- chunks from those who were killed to "himself"

-- "killed his wife and two sons, then himself", "kills 3 friends, self", "before turning the gun on himself": the chunk of "himself" behind chunk `from`
local between = wordset ", and then before & plus later turning the gun weapon rifle pistol on killing shooting killed shot fatally finally"

local function and_self(c, from)
  for i = from + 1, math.min(#c, from + SELF) do
    if self_words[c[i].w] then return i end
    if not (c[i].t == "," or between[c[i].w]) then return nil end
  end
  return nil
end

local function emit_right(x, v, right, whole)
  local last, total = arguments.sum_right(x.c, right, whole)
  local g, to = x.c[right].g, x.c[v].v.measure == "killed" and and_self(x.c, last)
  if to and not g.maximum and not g.weak then emit(x, v, right, total + 1, nil, right, to).with_self = true end
  return emit(x, v, right, total, g.maximum, right, last)
end

local form = {}

--- "she said of the wounded", "the missing": those themselves, and not what became of somebody before.
local function is_noun(c, v) return c[v - 1] ~= nil and c[v - 1].t == "W" and c[v - 1].w == "the" end

--- "accidentally shot himself": the one who shoots is the one who is hurt.
local function reflexive(x, v)
  local c = x.c
  if not (c[v + 1] and self_words[c[v + 1].w]) then return false end
  local gi = arguments.left(c, v)
  local one = gi and (c[gi].g.value == 1 or c[v + 1].w == "themselves")           -- "wounded three others and killed himself": one
  if one then emit(x, v, gi, c[gi].g.value, c[gi].g.maximum, gi, v + 1).by_self = true
  else emit_words(x, v, 1, v, v + 1, { by_self = true, weak = true }) end
  return true
end

--- Does a form of "be" stand right before chunk v? "was also badly"
local function under_be(c, v)
  local i = v - 1
  while c[i] and (c[i].t == "D" or c[i].t == "N") do i = i - 1 end
  return c[i] and c[i].t == "X" and chunks.be[c[i].w] or false
end

local moves = wordset [[rose rise rises risen rising climbed climb climbs climbing grew grow grows grown jumped jumps soared soars surged surges increased increases reached reaches
  hit hits stood stand stands fell falls fallen dropped drops topped tops passed passes exceeded exceeds exceed number numbered numbers]]
local told = wordset "killed injured wounded missing detained rescued arrested dead"

--- "deaths rose to 44", "injuries now stand at 90", "the injured exceed fifty", "rescued miners numbered 101": the count behind its noun.
local function is_moving(c, v)
  local i = v + 1
  if told[c[v].w] then
    if c[i] and c[i].t == "W" and chunks.is_people(c[i].w) then i = i + 1 elseif not is_noun(c, v) then return false end
  end
  local be = false
  while c[i] and (c[i].t == "X" or c[i].t == "D") and not chunks.modal[c[i].w] do
    be = be or chunks.be[c[i].w] or false
    i = i + 1
  end
  local g = be and is_noun(c, v) and told[c[v].w] and c[i] and c[i].t == "G" and c[i].g
  if g and g.bare and g.value > 1 then return true end           -- "the injured are 49"
  return c[i] and moves[c[i].w] or false
end

-- "15 of the dead were civilians": a part of them
local function some_of(x, v)
  local c = x.c
  local g = is_noun(c, v) and c[v - 2] and c[v - 2].w == "of" and c[v - 3] and c[v - 3].t == "G" and c[v - 3].g
  if not g or not g.bare or g.value < 2 or c[v].v.measure ~= "killed" then return false end
  emit(x, v, v - 3, g.value, g.maximum, v - 3, v).part = true
  return true
end

--- killed three people; three people were killed; three killed
function form.past(x, v)
  if reflexive(x, v) then return end
  local right = not under_be(x.c, v) and arguments.right(x.c, v)
  if right then return emit_right(x, v, right) end
  if is_moving(x.c, v) then return form.toll(x, v) end
  if some_of(x, v) or is_noun(x.c, v) then return end
  local gi, negated, passive = arguments.left(x.c, v)
  if gi and (not negated or x.c[gi].g.value == 0) then emit_left(x, v, gi).actor = not passive and not x.headline or nil end
end

--- claimed 12 lives; drove some 100,000 over the border
function form.around(x, v)
  local c = x.c
  local i = v + 1
  while c[i] and c[i].t == "D" do i = i + 1 end
  local g = c[i] and c[i].t == "G" and c[i].g
  if not g or g.weak or not chunks.tail_at(x.t, g.next, c[v].v.tail) then return end
  local record = emit(x, v, i, g.value, g.maximum, i, i)
  record.last = x.t.l[g.next + #c[v].v.tail - 1]
end

local multiple = { double = 2, triple = 3, quadruple = 4, quintuple = 5, sextuple = 6 }

--- "double murder", "triple fatal shooting": the number is in the word before.
function form.multiple(x, v)
  local p, pp = x.c[v - 1], x.c[v - 2]
  local value = p and (multiple[p.w] or p.w == "fatal" and pp and multiple[pp.w])
  if value then emit_words(x, v, value, v - 1, v) end
end

local charge = wordset "charge charges"

--- killing three people; not "charges of killing"
function form.ing(x, v)
  local p, pp = x.c[v - 1], x.c[v - 2]
  if p and (multiple[p.w] or p.w == "fatal") then return form.multiple(x, v) end
  if reflexive(x, v) or p and p.t == "P" and pp and charge[pp.w] then return end
  local right = arguments.right(x.c, v)
  if right then emit_right(x, v, right) end
end

--- "gunmen kill 12": a present form, with people counted behind it.
function form.base(x, v)
  local p = x.c[v - 1]
  if p and (p.w == "to" or p.t == "X") then return end
  local right = arguments.right(x.c, v)
  if right and not x.c[right].g.weak then emit_right(x, v, right).general = true end
end

--- "hit", "struck": only of people who were.
function form.passive(x, v)
  local gi, negated, passive = arguments.left(x.c, v, 2)
  if gi and passive and not negated and (x.c[gi].g.people or x.c[v].v.measure == "hospitalised") then form.past(x, v) end
end

local no_death = wordset "attempted attempt no"
local office = wordset "detectives detective unit squad investigators rate division bureau section"

--- "a deadly shooting", "charged with murder", "his death": somebody died, how many isn't said here.
function form.hint(x, v)
  local c = x.c
  local p, n = c[v - 1], c[v + 1]
  if p and multiple[p.w] then return form.multiple(x, v) end
  for i = v - 1, math.max(1, v - 3), -1 do
    if no_death[c[i].w] then return end
  end
  if n and office[n.w] then return end
  if c[v].w == "death" and not (p and (p.t == "G" or p.w == "his" or p.w == "her" or p.w:find("'s$"))) then return end
  emit_words(x, v, 1, v, v, { qualifier = "at least", weak = true })
end

--- "died one person", as a translating machine writes
local function behind(x, v)
  local r = x.c[v + 1]
  local g = r and r.t == "G" and r.g
  if not g or not g.people or g.definite or x.c[v].v.measure ~= "killed" then return end
  if g.value ~= 1 or r.w == "one" then emit(x, v, v + 1, g.value, g.maximum, v + 1, v + 1) end
end

--- three people died; not "expected to die", not "is survived by"
function form.self(x, v)
  local c = x.c
  local gi, negated, passive = arguments.left(c, v)
  if passive and c[v].w == "survived" or c[v].w == "die" and c[v - 1] and c[v - 1].w == "to" then return end
  if not gi then return behind(x, v) end
  if not negated or c[gi].g.value == 0 then emit_left(x, v, gi) end
end

--- three dead; left three people dead; three of them fatally; the missing 25 people; not "the dead man"
function form.state(x, v)
  local c = x.c
  local p, n = c[v - 1], c[v + 1]
  if is_moving(c, v) then return form.toll(x, v) end
  if some_of(x, v) then return end
  if is_noun(c, v) and n and n.t == "G" and n.g.value > 1 and not n.g.definite then return emit_right(x, v, v + 1) end
  if p and (p.w == "the" or p.w == "a") then return end
  if n and n.t == "G" and not (p and (p.t == "G" or n.g.value > 0 and p.t == "X")) then return end
  local fatally = c[v].w == "fatally"
  local gi, negated = arguments.left(c, v, fatally and 0 or 5)
  if not gi or negated and c[gi].g.value ~= 0 or fatally and not (c[gi].g.part or c[gi].g.bare) then return end
  if c[v].v.measure == "aboard" and c[gi].used then return end    -- "killing 18 on board"
  emit_left(x, v, gi)
end

local owner = wordset "his her their"

--- three deaths; no injuries
function form.count(x, v)
  local c = x.c
  local p, pp = c[v - 1], c[v - 2]
  if p and p.w == "no" then return emit_words(x, v, 0, v - 1, v) end
  if pp and pp.w == "no" and p.t == "W" then return emit_words(x, v, 0, v - 2, v) end
  local i = v - 1
  while c[i] and i > v - 3 and (c[i].t == "D" or c[i].t == "W" and not owner[c[i].w] and not c[i].w:find("'s$")) do i = i - 1 end
  local g = c[i] and c[i].t == "G" and c[i].g
  if not g and is_moving(c, v) then return form.toll(x, v) end
  if not g or not (g.bare or g.other) or c[v].v.measure == "injured" and g.value == 1 then return end
  emit(x, v, i, g.value, g.maximum, i, i)
end

--- the death of a woman and her son
form["of"] = function(x, v)
  local right = arguments.right(x.c, v)
  if right then emit_right(x, v, right, true) end
end

--- "to 768 …, from 590 a day earlier": the older number, from chunk i on
local function older(x, v, i)
  local c = x.c
  for j = i, math.min(#c, i + 11) do
    if c[j].t == "G" and c[j].g.bare and c[j - 1].w == "from" then
      local record = emit(x, v, j, c[j].g.value, c[j].g.maximum, j, j)
      record.first, record.last = x.t.f[c[j].first], x.t.l[c[j].last]
      return
    end
  end
end

local toward = wordset "at of to"
local beyond = wordset "exceed exceeds exceeded topped tops passed passes"

-- A number that is the toll itself, as a chunk that is no person
local function number_of(k) return k and k.t == "G" and not (k.g.pronoun or k.g.named or k.g.definite) and k.g or nil end

--- "revised the toll from 40 to 37": the chunk of the new number, when that at chunk i is the old one
local function newer(c, i)
  if c[i - 1].w ~= "from" then return nil end
  for j = i + 1, math.min(#c, i + 4) do
    if c[j - 1].w == "to" and number_of(c[j]) then return j end
  end
end

local REACH = 12 -- chunks from a toll to its number: "the toll of the fire in the harbour of Tarn has risen to 12"

--- the death toll rose to 12; from 590 to 768; put the crowd at 2,000; not "rose by 3"
function form.toll(x, v)
  local c, crowd = x.c, x.c[v].v.measure == "protesters"
  for i = v + 1, math.min(#c, v + REACH) do
    local k, p = c[i], c[i - 1].w
    if k.t == "B" and k.w ~= "as" and k.w ~= "since" and k.w ~= ":" then return end
    local g = number_of(k)
    if g and chunks.is_unit(x.t.w[g.next]) then g = nil end       -- "in the past five months"
    local new = g and newer(c, i)
    if new then
      emit(x, v, new, c[new].g.value, c[new].g.maximum, new, new)
      return older(x, v, i)
    end
    if g and p ~= "by" and (not crowd or toward[p]) then
      local rising = g.maximum and x.t.w[g.first] == "from"
      local record = emit(x, v, i, rising and g.maximum or g.value, not rising and g.maximum or nil, i, i)
      record.qualifier = record.qualifier or beyond[p] and "more than" or nil
      return older(x, v, i + 1)
    end
  end
end

local least = { protesters = 10, aboard = 5 }
local carrying = wordset "were was carrying carried transporting with had has"

-- "some 500 supporters", "230 detainees", whatever they do; but not "certified for 142 passengers"
local function counts_by_itself(c, i)
  local g, p = c[i].t == "G" and c[i].g, c[i - 1]
  if not g or not g.crowd or c[i].used or g.value < (least[g.crowd] or 2) or p and p.t == "I" then return false end
  return g.crowd ~= "aboard" or p ~= nil and carrying[p.w] or false
end

local state = { dead = "killed", killed = "killed", wounded = "injured", injured = "injured" }

local voting = wordset "vote votes voted voting voter voters register registers registered rolls roll ballot ballots list lists"
local AHEAD = 8 -- tokens behind "12,000 dead people" in which they vote

-- "12,000 dead people voted", "5,000 dead people on the register", "300 dead voters": names on a list, whom nothing killed
local function vote(t, g)
  for j = g.first, math.min(t.n, g.last + AHEAD) do
    if voting[t.w[j]] then return true end
  end
  return false
end

-- "31 dead civilians", whatever becomes of them: the measure
local function state_within(c, i)
  local g = c[i].t == "G" and not c[i].used and c[i].g
  if not g or not g.people or g.definite or g.value < 2 or g.named or vote(c.t, g) then return nil end
  for j = g.first, g.last - 1 do
    if state[c.t.w[j]] and c.t.w[g.last] ~= "players" then return state[c.t.w[j]] end
  end
end

--- Figures of people in one sentence of tokens: a list of { measure, value, maximum, qualifier, first, last, at (bytes), weak, by_self, part }.
function M.find(t, headline)
  local x = { t = t, c = chunks.of(t, headline), out = {}, headline = headline }
  local c = x.c
  c.t = t
  for v = 1, #c do
    if c[v].t == "V" then form[c[v].v.form](x, v) end
  end
  for i = 1, #c do
    local measure = state_within(c, i) or counts_by_itself(c, i) and c[i].g.crowd
    if measure then
      local g = c[i].g
      x.out[#x.out + 1] = { measure = measure, value = g.value, maximum = g.maximum, greatest = g.greatest, qualifier = g.qualifier,
        first = t.f[g.first], last = t.l[g.last], at = t.f[g.first] }
    end
  end
  return x.out
end

return M
