-- The pair scorer that `names`, `annalist match` and `annalist screen` share: two names in, 0..1 out, 0.5 being the cut.
-- Thin: the work is done by annalist.alignment with the knowledge of data/names/.

local alignment = require "annalist.alignment"
local text = require "annalist.text"
local knowledge = require "lib.names.knowledge"

local matcher = {}
matcher.__index = matcher

--- A matcher. `extra`: further spelling steps, as learnt from a corpus; `known`: knowledge.load's table, if it is at hand.
function matcher.new(extra, known)
  known = known or knowledge.load()
  if extra and #extra > 0 then
    local steps = table.move(known.steps, 1, #known.steps, 1, {})
    table.move(extra, 1, #extra, #steps + 1, steps)
    known = { letters = known.letters, steps = steps, words = known.words, weights = known.weights }
  end
  return setmetatable({ kernel = alignment.new(known) }, matcher)
end

-- Scripts without a letter table of ours. Chinese characters are parted, so that each is a token: 习近平 -> "xi jin ping".
local function spell_out(name)
  local parted = name:gsub("[\xe3-\xe9][\x80-\xbf][\x80-\xbf]", "%0 ")
  return (text.latin(parted))
end

--- A name in letters that the kernel can spell.
function matcher:spelled(name)
  return self.kernel:spells(name) and name or spell_out(name)
end

--- The score of two names: 0 different persons .. 1 one person.
function matcher:score(a, b)
  return self.kernel:score(a, b) or self.kernel:score(self:spelled(a), self:spelled(b)) or (a == b and 1 or 0)
end

--- Score, links and features; see annalist.alignment's `compare`.
function matcher:compare(a, b)
  return self.kernel:compare(self:spelled(a), self:spelled(b))
end

--- The same in numbers, without tables: score, cost between the family names, worst cost of other words that met, whether any met, model. `a` and `b` are
--- forms (lib.names.forms); `features` gets the features in the order of `annalist.alignment.features`.
function matcher:measure(a, b, features)
  local score, family, given, met, model = self.kernel:measure(a.name, b.name, a.family, b.family, features)
  if not score then
    return self.kernel:measure(self:spelled(a.name), self:spelled(b.name), a.family, b.family, features)
  end
  return score, family, given, met, model
end

return matcher
