-- A name that is a person in one article and an organisation in another is one of the two all over the corpus: the kind with the better evidence, unless
-- titles say that there are both. "Norlin" beside "Norlin Shipping" is the firm; "Hadi" beside "General Omar Hadi" is the man.

local reading = require "names.reading"

local kinds = {}

local CLEAR = 3   -- points of a kind that is surely meant somewhere: such mentions stay
local TOWN = 3    -- points from which on what stands beside a name makes a town of it
local WEIGHT = { title = 3, role = 2, bearer = 2, longer = 2 }
local MOST = 6    -- points that longer names bring at most

local function entry_of(votes, key)
  local entry = votes[key]
  if not entry then
    entry = { person = 0, organisation = 0, place = 0, clear = 0, bearers = 0, longer = 0, as_place = 0, as_person = 0 }
    votes[key] = entry
  end
  return entry
end

-- Votes of one mention for its own name, and for the shorter names that it is the long form of
local function vote(votes, seen, mention)
  local kind, form = mention.kind, mention.form
  local entry = entry_of(votes, form.key)
  entry.as_place = entry.as_place + (mention.as_place or 0)
  entry.as_person = entry.as_person + (mention.as_person or 0)
  if kind == "place" then
    entry.place = entry.place + 1
    return
  end
  local title = mention.title
  local personal = title and not title.kin or mention.kin or false
  entry[kind] = entry[kind] + 1 + (personal and WEIGHT.title or 0) + (mention.roles and WEIGHT.role or 0)
  if kind == "person" and (title and title.sex or personal) then
    entry.clear = entry.clear + WEIGHT.title
  end
  if seen[form] or #form.words < 2 then
    return
  end
  seen[form] = true
  entry.full = entry.full or kind == "person" and form.full
  if kind == "person" and form.full then
    for _, word in ipairs(form.words) do
      if word == form.family or word == form.words[#form.words - 1] and #form.words > 2 then -- "Rojas" of "Alberto Rojas Vega"
        local family = entry_of(votes, word)
        family.bearers = family.bearers + WEIGHT.bearer
      end
    end
  elseif kind == "organisation" then
    local head = entry_of(votes, form.words[1])
    head.longer = head.longer + WEIGHT.longer
  end
end

-- The kind that all mentions of a name are; nil when it is one of both, or nothing tells.
local function decide(entry)
  if entry.person == 0 or entry.organisation == 0 then
    return entry.person > 0 and entry.clear == 0 and entry.longer > 0 and entry.bearers == 0 and "organisation"
      or entry.organisation > 0 and entry.longer == 0 and entry.bearers >= WEIGHT.bearer and "person" or nil
  end
  local person = entry.person + math.min(MOST, entry.bearers)
  local organisation = entry.organisation + math.min(MOST, entry.longer)
  if organisation > person and entry.clear < CLEAR then
    return "organisation"
  elseif person > organisation and entry.longer == 0 then
    return "person"
  end
end

-- "Shah Kamal Bari" is a place in one line and the owner in all others.
local function person_elsewhere(entry)
  return entry.place > 0 and entry.full and entry.person > entry.place
end

-- Taken for a person, but "in Sarhad Bala", "the village of Sarhad Bala": a town, where nothing that people do is told of it.
local function is_town(entry)
  local personal = entry.as_person + entry.clear + math.min(MOST, entry.bearers)
  return entry.person > 0 and entry.as_place + entry.place >= TOWN and entry.as_place > 2 * personal and entry.as_place >= entry.person
end

-- Taken for a place, but it is what a person of the corpus is called, and nothing that is told of it is told of places.
local function is_bearer(entry)
  return entry.place > 0 and entry.person + entry.bearers > entry.place and entry.as_place == 0 and entry.bearers > 0 and entry.longer == 0
end

-- A firm of one word that is taken for a place no more often than for a firm, and has a longer name, is no place.
local function no_place(entry)
  return entry.place > 0 and entry.longer > 0 and entry.organisation >= entry.place and entry.clear == 0 and entry.bearers == 0
end

local function in_order(a, b)
  return a.first < b.first
end

-- Puts the mentions of one article under the kinds that were decided.
local function move(record, decided, places)
  local persons, groups, moved = {}, {}, false
  for _, list in ipairs { record.persons, record.groups } do
    for _, mention in ipairs(list) do
      local kind = (mention.kind == "place" and places or decided)[mention.form.key]
      if kind and kind ~= mention.kind then
        moved = true
        reading.of_kind(kind, mention)
        mention.title = nil
        mention.roles = kind ~= "place" and mention.roles or nil
      end
      local to = mention.kind == "person" and persons or groups
      to[#to + 1] = mention
    end
  end
  if not moved then
    return
  end
  table.sort(persons, in_order)
  table.sort(groups, in_order)
  record.persons, record.groups, record.others = persons, groups, {}
  for i, mention in ipairs(groups) do
    record.others[i] = mention.kind .. " " .. mention.form.key
  end
end

-- Names that an analyst says are one are of one kind: the commoner one of all of them.
local function decide_by_analyst(articles, decisions, decided, places)
  local counts, any = {}, false
  for _, record in ipairs(articles) do
    for _, list in ipairs { record.persons, record.groups } do
      for _, mention in ipairs(list) do
        if decisions.known[mention.form.key] then
          local set = decisions:set_of(mention.form.key)
          local entry = counts[set] or { person = 0, organisation = 0, place = 0, keys = {} }
          counts[set] = entry
          entry[mention.kind] = entry[mention.kind] + 1
          entry.keys[mention.form.key] = true
        end
      end
    end
  end
  for _, entry in pairs(counts) do -- each by itself: the order is no matter
    local kind = entry.organisation >= entry.place and "organisation" or "place"
    kind = entry.person >= entry.organisation + entry.place and "person" or kind
    if entry.person > 0 and entry.person < entry.person + entry.organisation + entry.place then
      any = true
      for key in pairs(entry.keys) do
        decided[key], places[key] = kind, kind
      end
    end
  end
  return any
end

--- Settles the kinds of persons and organisations over all articles; what `decisions` (names.decisions) join is of one kind.
function kinds.settle(articles, decisions)
  local votes, seen, decided, places, any = {}, {}, {}, {}, false
  for _, record in ipairs(articles) do
    for _, list in ipairs { record.persons, record.groups } do
      for _, mention in ipairs(list) do
        vote(votes, seen, mention)
      end
    end
  end
  for key, entry in pairs(votes) do -- each by itself: the order is no matter
    decided[key] = decide(entry)
    if is_town(entry) then
      decided[key] = "place"
    else
      places[key] = no_place(entry) and "organisation" or (person_elsewhere(entry) or is_bearer(entry)) and "person" or nil
    end
    any = any or decided[key] ~= nil or places[key] ~= nil
  end
  if decisions and decisions.count > 0 then
    any = decide_by_analyst(articles, decisions, decided, places) or any
  end
  for _, record in ipairs(any and articles or {}) do
    move(record, decided, places)
  end
end

return kinds
