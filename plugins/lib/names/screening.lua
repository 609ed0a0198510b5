-- A watch list against the names of a corpus. The corpus's names are put under keys once; each listed name then looks only at those that
-- share a key with it, so the work grows with the list and not with list times corpus.

local ages = require "lib.ages"
local chance = require "lib.names.chance"
local explain = require "lib.names.explain"
local forms = require "lib.names.forms"
local keys = require "lib.names.keys"

local screening = {}
screening.__index = screening

local SINGLE = 0.05  -- one word alone must be spelled nearly alike
local CROWD = 3000   -- names under one key that are looked at

--- `found`: list of { name, kind, entity_id, mentions, mention_id } as they stand in the corpus.
function screening.new(matcher, found)
  local self = setmetatable({ matcher = matcher, forms = forms.new(matcher), index = {}, single = {}, memory = {}, features = {} }, screening)
  for _, item in ipairs(found) do
    item.form = self.forms:of(item.name)
    if item.form.full then
      for _, key in ipairs(keys.of(item.form)) do
        self.index[key] = self.index[key] or {}
        table.insert(self.index[key], item)
      end
    else
      local key = keys.skeleton(item.form.words[1] or "")
      self.single[key] = self.single[key] or {}
      table.insert(self.single[key], item)
    end
  end
  return self
end

local function fits(entry, item)
  return item.kind ~= "place" and (not entry.kind or entry.kind == item.kind)
end

-- The score of a listed name and a found one, among as many names as there are.
local function among_many(self, form, item, score)
  local _, family, given, met, model = self.matcher:measure(form, item.form, self.features)
  if model == "organisation" or given == 0 and family == 0 then
    return score
  end
  return chance.logistic(chance.logit(score) - chance.strangeness(self.features, family, given, met))
end

local function look(self, entry, name, floor, best)
  local form = self.forms:of(name)
  self.forms.by_name[name] = nil -- a list is long, and each name is asked for once
  local lists, single = {}, not form.full
  if single then
    lists[1] = form.words[1] and #form.words[1] > 2 and self.single[keys.skeleton(form.words[1])] or {}
  else
    for i, key in ipairs(keys.of(form)) do
      lists[i] = self.index[key] or {}
    end
  end
  local seen = {}
  for _, list in ipairs(lists) do
    for i = 1, math.min(#list, CROWD) do
      local item = list[i]
      if not seen[item] and fits(entry, item) then
        seen[item] = true
        local near = not single or self.forms:cost(form.words[1], item.form.words[1]) <= SINGLE
        local score = near and self.matcher:score(name, item.name) or 0
        if score >= floor and not single then
          score = among_many(self, form, item, score)
        end
        local id = item.entity_id or item.name
        if score >= floor and (not best[id] or score > best[id].score) then
          best[id] = { item = item, score = score, alias = name, id = id }
        end
      end
    end
  end
end

-- The first and the last year in which the bearer of a name can have been born, by the age or year of birth that stands there.
local function years_in_text(text, first, last, written)
  local year = ages.born(text, last)
  if year then
    return year, year
  end
  local age = ages.at_name(text, first, last)
  if age and written then
    return written - age - 1, written - age
  end
end

local SLACK, ANOTHER = 1, 4 -- years by which ages in the news are off; from which on it is another person
local BELOW = 0.3           -- the score that another person has at most

-- How many years lie between the birth that the text tells of and the nearest one that the list gives (0: they agree), and the text's years in
-- words; nil when one of them is silent.
local function birth_gap(entry, place)
  local from, to = years_in_text(place.text, place.first, place.last, place.year)
  if not from or #entry.births == 0 then
    return nil
  end
  local gap
  for _, birth in ipairs(entry.births) do
    local listed = tonumber(tostring(birth):match("([12]%d%d%d)"))
    if listed then
      gap = math.min(gap or math.huge, math.max(0, from - listed, listed - to))
    end
  end
  return gap, from == to and ("born %d"):format(from) or ("born %d or %d"):format(from, to)
end

-- The place where text and list agree best on the birth: { gap, told, place }, or nil
local function best_birth(entry, places)
  local best
  for _, place in ipairs(places) do
    local gap, told = birth_gap(entry, place)
    if gap and (not best or gap < best.gap) then
      best = { gap = gap, told = told, place = place }
    end
  end
  return best
end

-- What the year of birth makes of a hit
local function weigh_birth(hit, birth)
  local points, words = chance.logit(hit.score), "year of birth differs by one"
  if birth.gap == 0 then
    points, words = points + 1.5, "year of birth agrees"
  elseif birth.gap > SLACK and birth.gap < ANOTHER then
    points, words = points - 2, ("year of birth differs by %d"):format(birth.gap)
  elseif birth.gap >= ANOTHER then
    points, words = math.min(points - 3, chance.logit(BELOW)), ("CONTRADICTED: other year of birth, %d years apart"):format(birth.gap)
  end
  hit.score = chance.logistic(points)
  hit.reason = ("%s; %s (%s in the text)"):format(hit.reason, words, birth.told)
  hit.passage = birth.place
end

--- Hits of one list entry, best first: list of { item, score, alias, reason, passage = the place }. `places(item)` gives the item's places in
--- texts as a list of { text, first, last, year, article_id }; with a second argument also those where the bearer has another name.
function screening:hits(entry, floor, places)
  local best, list = {}, {}
  for _, name in ipairs(entry.names) do
    look(self, entry, name, floor, best)
  end
  for _, hit in pairs(best) do
    list[#list + 1] = hit
  end
  local kept = {}
  for _, hit in ipairs(list) do
    local stands = places(hit.item, #entry.births > 0)
    local birth = best_birth(entry, stands)
    hit.passage = stands[1]
    hit.reason = explain.pair(self.matcher, hit.alias, hit.item.name)
    if birth then
      weigh_birth(hit, birth)
    end
    if hit.score >= floor then
      kept[#kept + 1] = hit
    end
  end
  table.sort(kept, function(a, b)
    if a.score ~= b.score then
      return a.score > b.score
    end
    return a.item.mention_id < b.item.mention_id
  end)
  return kept
end

return screening
