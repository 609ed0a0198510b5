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

-- Does the text's year of birth agree with one that the list gives? true, false, or nil when one of them is silent; and the text's years in words
local function birth_evidence(entry, place)
  local from, to = years_in_text(place.text, place.first, place.last, place.year)
  if not from or #entry.births == 0 then
    return nil
  end
  local told = from == to and ("born %d"):format(from) or ("born %d or %d"):format(from, to)
  for _, birth in ipairs(entry.births) do
    local listed = tonumber(tostring(birth):match("([12]%d%d%d)"))
    if listed and listed >= from and listed <= to then
      return true, told
    end
  end
  return false, told
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
    local born, told
    local stands = places(hit.item, #entry.births > 0)
    hit.passage = stands[1]
    for _, place in ipairs(stands) do
      local agrees, years = birth_evidence(entry, place)
      if agrees ~= nil then
        born, told, hit.passage = agrees, years, place
        break
      end
    end
    hit.reason = explain.pair(self.matcher, hit.alias, hit.item.name)
    if born ~= nil then
      hit.score = chance.logistic(chance.logit(hit.score) + (born and 1.5 or -3))
      hit.reason = hit.reason .. (born and "; year of birth agrees" or "; other year of birth") .. (" (%s in the text)"):format(told)
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
