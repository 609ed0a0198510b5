-- Voices: whose words a quotation is, or who gives a figure, as an entity of `names`. A speaker that names somebody has his mention; "the president",
-- "he", "the ministry of health" or "the commission" are led to the one whom the article means by it, where that is clear.

local data = require "annalist.data"
local text = require "annalist.text"
local reading = require "lib.reading"
local wordset = require "lib.wordset"

local voices = {}

local vague = {}

--- Call in `prepare`.
function voices.load()
  vague = wordset(table.concat(data.lines "origins/vague.txt", " "))
end

local empty = {
  mr = true, mrs = true, ms = true, dr = true, the = true, of = true, ["for"] = true, ["and"] = true, a = true, an = true, ["in"] = true, s = true,
  country = true, countrys = true, its = true,
}

--- The key under which a source is counted: its telling words in order of the alphabet, so that "Health Ministry" and
-- "the ministry of health" are one. nil when it could be anybody.
function voices.key(name)
  local list, telling = {}, false
  for word in text.key((name:gsub("'s%f[%W]", ""):gsub("’s%f[%W]", ""))):gmatch("%S+") do
    if not empty[word] then
      list[#list + 1] = word
      if not vague[word] then telling = true end
    end
  end
  if not telling or #list > 6 or name:find("%d") then return nil end -- "911 people" are no source
  table.sort(list)
  return table.concat(list, " ")
end

local pronoun = { he = true, she = true, they = true, it = true }
local articles = { the = true, a = true, an = true, his = true, her = true, its = true, their = true, this = true }

-- One word for those who speak for others
local function plain(key)
  return key and (key:gsub("spokes%a+", "spokesman"))
end

-- "the Norlandic president", "President" -> "president": the office without article and country; nil for what has more in it
local function office(phrase)
  local words = {}
  for word in phrase:gmatch("%S+") do words[#words + 1] = word end
  if #words > 6 or phrase:find("[,()]") then return nil end
  local kept = {}
  for i, word in ipairs(words) do
    local folded = text.fold(word)
    if not articles[folded] and (i == #words or not word:find("^%u") or folded == "prime" or folded == "vice") then kept[#kept + 1] = folded end
  end
  return #kept > 0 and plain(table.concat(kept, " ")) or nil
end

-- The word that says what an organisation is: "commission" of "Central Election Commission", "committee" of "State Committee for Security"
local function sort_of(name)
  local head = name:match("^(.-)%s+of%s") or name:match("^(.-)%s+for%s") or name:match("^(.-)%s+on%s") or name
  return text.fold(head:match("(%S+)%s*$") or head)
end

local AMBIGUOUS = {}
local function note(map, key, id)
  if not key then return end
  if map[key] == nil then map[key] = id elseif map[key] ~= id then map[key] = AMBIGUOUS end
end

local function sure(id) return id ~= AMBIGUOUS and id or nil end

local NEAR, AFTER = 300, 120 -- bytes between what was said and the pronoun that says who spoke

-- What one article means by its offices, pronouns and kinds of bodies: rows of references, and of mentions with a title or of bodies
local function meanings(references, mentions, s, of_mention)
  local m = { offices = {}, pronouns = {}, sorts = {}, people = {} }
  for _, row in ipairs(references or {}) do
    local phrase = s:sub(row.first, row.last)
    if pronoun[text.fold(phrase)] then m.pronouns[row.first] = row.entity_id
    else note(m.offices, office(phrase), row.entity_id) end
  end
  for _, row in ipairs(mentions or {}) do
    local id = of_mention[row.mention_id]
    if id and row.kind == "person" then
      m.people[#m.people + 1] = { written = s:sub(row.first, row.last), id = id }
      if row.title then note(m.offices, office(row.title), id) end                                 -- "Foreign Minister" is "the minister"
      if row.title then note(m.offices, plain(text.fold(row.title)), id) end                       -- and "the foreign minister"
    elseif id and row.name:find(" ") then
      note(m.sorts, sort_of(row.name), id)
    end
  end
  return m
end

-- Where the pronoun stands that says who spoke: behind what was said in its sentence ("…," she said), else before it (She said …). The nearest
-- of its kind, be it known whom it means or not.
local function place_of(s, row, folded)
  local behind = s:sub(row.last + 1, row.last + AFTER):match("^[^\n]*") -- a new paragraph is another one's
  local at = (behind .. " "):find("%f[%a]" .. folded .. "%f[%A]")
  local ends = behind:find("[.!?]") or #behind + 1
  if at and at < ends then return row.last + at end
  local start, found = math.max(1, row.first - NEAR), nil
  local before = text.fold(s:sub(start, row.first - 1))
  if #before == row.first - start then
    for place in (" " .. before):gmatch("()%f[%a]" .. folded .. "%f[%A]") do found = start + place - 2 end
  end
  return found
end

local function by_pronoun(m, row, folded, s)
  local place = place_of(s, row, folded)
  return place and m.pronouns[place]
end

local another = { of = true, ["for"] = true, to = true, with = true, by = true, ["and"] = true, from = true, about = true }

local goes_on = { of = true, ["in"] = true, from = true, at = true, who = true, ["and"] = true }

-- Is the name but the word before another: "a Lena Ost aide"? What goes on behind a name of its own is marked off
local function leads_on(said, last)
  local word = said:match("^%s+(%l+)", last + 1)
  return word ~= nil and not goes_on[word]
end

-- The person whose name stands in the phrase as its own: "Police Superintendent Lena Ost", not "the lawyer of Lena Ost", "Lena Ost's lawyer", "a Lena Ost aide"
local function person_in(m, said)
  local best, length
  for _, p in ipairs(m.people) do
    local first, last = said:find(p.written, 1, true)
    local whole = first and not leads_on(said, last) and not (first > 1 and said:find("^%w", first - 1))
    if whole and not another[said:sub(1, first - 1):match("(%a+)%s+$") or ""] and not said:find("^['’%w]", last + 1) then
      if not best or #p.written > length then best, length = p.id, #p.written end
    end
  end
  return best
end

local LEAST = 2 -- telling words by which a body is known though its country is left out: "the inland shipping authority"

-- Bodies by the words of their names: id under a key that leaves up to two words out and keeps the last word of the name, where only one has it
local function shortened(organisations)
  local list = {}
  for i, o in ipairs(organisations) do
    local words = {}
    for word in o.key:gmatch("%S+") do words[word] = true end
    list[i] = { id = o.id, words = words, count = select(2, o.key:gsub("%S+", "")), sort = sort_of(o.name) }
  end
  return function(said)
    if said:find("%u") and not said:find("^%u[%l%s]*$") then return nil end
    local key, sort = voices.key(said), sort_of(said)
    local count = key and select(2, key:gsub("%S+", "")) or 0
    if count <= LEAST then return nil end
    local found
    for _, o in ipairs(list) do
      local fits = o.sort == sort and o.count > count and o.count <= count + 2
      for word in (fits and key or ""):gmatch("%S+") do fits = fits and o.words[word] or false end
      if fits then
        if found and found ~= o.id then return nil end
        found = o.id
      end
    end
    return found
  end
end

--- Reads who is who; needs the roles `entities` and `names`.
-- @param read function(article_id) -> text
-- @return function(row with article_id, first, last, speaker, mention_id) -> entity_id, its name; or nil
function voices.new(ctx, read)
  local names, of_mention, organisations, bodies, cache, referring = {}, {}, {}, {}, {}, false
  for _, entry in ipairs(ctx:tables()) do referring = referring or entry.table == "name_reference" end -- another plugin may not have it
  for row in ctx:rows([[select e.entity_id, e.kind, e.name, count(m.mention_id) as mentions from entity e left join mention_entity m on m.entity_id = e.entity_id
      group by e.entity_id order by mentions desc, e.entity_id]]) do
    names[row.entity_id] = row.name
    local key = row.kind == "organisation" and voices.key(row.name)
    if key then bodies[#bodies + 1] = { id = row.entity_id, key = key, name = row.name } end
    if key and not organisations[key] then organisations[key] = row.entity_id end -- of two bodies by one name the one that is told of most
  end
  for row in ctx:rows("select mention_id, entity_id from mention_entity") do of_mention[row.mention_id] = row.entity_id end
  local references = referring and reading.rows_by_article(ctx, "select article_id, first, last, entity_id from name_reference order by article_id, first") or {}
  local mentions = reading.rows_by_article(ctx, [[select article_id, mention_id, kind, title, name, first, last from mention
      where kind in ('person', 'organisation') order by article_id, first]])
  local by_words = shortened(bodies)
  local function find(row)
    if row.mention_id and of_mention[row.mention_id] then return of_mention[row.mention_id] end
    local said = row.speaker
    if not said or said == "" then return nil end
    cache[row.article_id] = cache[row.article_id]
      or meanings(references[row.article_id], mentions[row.article_id], read(row.article_id), of_mention)
    local m, folded = cache[row.article_id], text.fold(said)
    if pronoun[folded] then return by_pronoun(m, row, folded, read(row.article_id)) end
    local id = sure(m.offices[office(said) or ""]) or person_in(m, said)
    if id then return id end
    local lead, sort = folded:match("^(%a+) (%S+)$")
    if lead == "the" and not said:match("^%S+ (%S)"):find("%u") then id = sure(m.sorts[sort]) end
    if id then return id end
    local owned = said:match("^%u[^%s']*'s%s+(.+)$") or said:match("^%u[^%s’]*’s%s+(.+)$")   -- "Delvia's Health Ministry"
    return organisations[voices.key(said) or ""] or owned and organisations[voices.key(owned) or ""] or by_words(said)
  end
  return function(row)
    local id = find(row)
    if id then return id, names[id] end
  end
end

return voices
