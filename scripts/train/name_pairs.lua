-- Makes labelled name pairs to train the name scorer on: annalist scripts/train/name_pairs.lua [COUNT] > generated.tsv
--
-- Names are put together from data/names/given.tsv and surnames.tsv; one bearer's two names differ as sources differ (spelling by the prices
-- of spellings.tsv, initials, middle initials, order, titles, typing slips), two bearers' names as people differ who are taken for one another
-- (namesakes by given name, kin, neighbours in the alphabet). Seeded, so that the same pairs come out each time.

package.path = "plugins/?.lua;" .. package.path

local knowledge = require "lib.names.knowledge"
local matcher = require "lib.names.matcher"
local text = require "annalist.text"

math.randomseed(20, 24)

local function pick(list)
  return list[math.random(#list)]
end

local function chance(p)
  return math.random() < p
end

local function words(s)
  local list = {}
  for word in s:gmatch("%S+") do
    list[#list + 1] = (word:gsub("de%-", "de "):gsub("van%-den%-", "van den "))
  end
  return list
end

local givens, languages, steps = {}, {}, {}
for _, row in ipairs(knowledge.rows "given.tsv") do
  givens[#givens + 1] = { sex = row[1], names = words(row[2]) }
end
for _, row in ipairs(knowledge.rows "surnames.tsv") do
  languages[#languages + 1] = { name = row[1], names = words(row[2]) }
end
for _, row in ipairs(knowledge.rows "spellings.tsv") do
  if tonumber(row[3]) <= 15 and not row[1]:find("[%^]") and row[1] ~= "" then
    steps[#steps + 1] = { row[1], row[2] }
    steps[#steps + 1] = { row[2], row[1] }
  end
end

local CYRILLIC = { Russian = true, Ukrainian = true, Turkic = true }
local WAYS = { "ru-ru_Latn/BGN", "Cyrillic-Latin; Latin-ASCII", "Russian-Latin/BGN" }

-- "Хохлов" as some paper would write it
local function romanise(name, language)
  if not CYRILLIC[language] then
    return name
  end
  local ok, spelled = pcall(text.transliterate, name, pick(WAYS))
  return ok and (spelled:gsub("[^%a\x80-\xff]", "")) or text.latin(name)
end

local function capital(word)
  return (word:gsub("^%l", string.upper):gsub(" %l", string.upper))
end

-- Another spelling of a word: up to two steps of a low price
local function respell(word)
  local folded = text.ascii(word):lower()
  for _ = 1, math.random(2) do
    for _ = 1, 40 do
      local step = pick(steps)
      local from = step[1]:gsub("%$", "")
      local to = step[2]:gsub("%$", "")
      local anchored = step[1]:find("%$") or step[2]:find("%$")
      local at = anchored and (folded:sub(-#from) == from and #from > 0 and #folded - #from + 1) or not anchored and folded:find(from, 2, true)
      if at and #from > 0 then
        folded = folded:sub(1, at - 1) .. to .. folded:sub(at + #from)
        break
      end
    end
  end
  return capital(folded)
end

-- A slip of the keyboard in the middle of a word
local function slip(word)
  word = text.ascii(word)
  if #word < 6 then
    return word
  end
  local at = math.random(3, #word - 2)
  local kind = math.random(3)
  if kind == 1 then
    return word:sub(1, at - 1) .. word:sub(at + 1)
  elseif kind == 2 then
    return word:sub(1, at) .. word:sub(at)
  end
  return word:sub(1, at - 1) .. word:sub(at + 1, at + 1) .. word:sub(at, at) .. word:sub(at + 2)
end

local function new_person(language, sex)
  language = language or pick(languages)
  local given
  repeat
    given = pick(givens)
  until not sex or given.sex == sex
  return { language = language, given = given, first = capital(pick(given.names)), family = romanise(pick(language.names), language.name),
    middle = capital(pick(pick(givens).names)) }
end

local function with(person, changes)
  local other = {}
  for key, value in pairs(person) do
    other[key] = value
  end
  for key, value in pairs(changes) do
    other[key] = value
  end
  return other
end

-- The name in one of the forms that sources give
local function write(person)
  local r = math.random()
  local first, family = person.first, person.family
  if r < 0.10 then
    return first .. " " .. person.middle:sub(1, 1) .. ". " .. family
  elseif r < 0.14 then
    return first .. " " .. person.middle .. " " .. family
  elseif r < 0.20 then
    return first:sub(1, 1) .. ". " .. family
  elseif r < 0.24 then
    return family .. ", " .. first
  elseif r < 0.28 then
    return family .. " " .. first
  elseif r < 0.32 then
    return pick { "Mr. ", "Dr. ", "President ", "Gen. ", "Minister " } .. first .. " " .. family
  elseif r < 0.34 then
    return first .. " " .. family:upper()
  end
  return first .. " " .. family
end

local function same(person)
  local other = with(person, {})
  if chance(0.45) then
    other.family = respell(person.family)
  elseif chance(0.3) then
    other.family = slip(person.family)
  end
  if chance(0.25) then
    other.first = respell(person.first)
  elseif chance(0.2) then
    other.first = capital(pick(person.given.names))
  end
  return other
end

local OTHERS = {
  given = function(person) -- the same given name
    return with(person, { family = romanise(pick(person.language.names), person.language.name), middle = capital(pick(pick(givens).names)) })
  end,
  kin = function(person) -- the same family name
    local given = pick(givens)
    return with(person, { given = given, first = capital(pick(given.names)), middle = capital(pick(pick(givens).names)) })
  end,
  neighbour = function(person) -- a family name with the same beginning
    local start = text.ascii(person.family):sub(1, 2)
    for _ = 1, 200 do
      local language = pick(languages)
      local family = romanise(pick(language.names), language.name)
      if text.ascii(family):sub(1, 2) == start and family ~= person.family then
        return with(person, { family = family, middle = capital(pick(pick(givens).names)) })
      end
    end
  end,
  any = function()
    return new_person()
  end,
  short = function(person) -- kin whose given names look alike: Ron, Rob
    for _ = 1, 400 do
      local given = pick(givens)
      local first = capital(pick(given.names))
      if given ~= person.given and #first < 6 and first:sub(1, 1) == person.first:sub(1, 1) then
        return with(person, { given = given, first = first, middle = capital(pick(pick(givens).names)) })
      end
    end
  end,
  middle = function(person) -- father and son
    return with(person, { middle = capital(pick(pick(givens).names)) })
  end,
}
local KINDS = { "given", "given", "kin", "kin", "neighbour", "any", "short", "middle" }

local function with_middle(person)
  return person.first .. " " .. person.middle:sub(1, chance(0.7) and 1 or -1) .. " " .. person.family
end

local scorer = matcher.new()

-- Chinese and Korean names: one syllable more or less is another person, one syllable in another system is not.
local syllables = { f = {}, g = {} }
for _, row in ipairs(knowledge.rows "syllables.tsv") do
  for _, list in pairs(syllables) do
    list[row[1]] = list[row[1]] or {}
  end
  table.insert(syllables[row[2]][row[1]], words(row[3]))
end

local function eastern_name(language)
  return { language = language, family = pick(syllables.f[language]), first = pick(syllables.g[language]), second = chance(0.9) and pick(syllables.g[language]) or nil }
end

-- A spelling of a syllable: the first, or with `free` any
local function spelled(syllable, free)
  return free and pick(syllable) or syllable[1]
end

local function write_eastern(name, free)
  local family, first = capital(spelled(name.family, free)), spelled(name.first, free)
  local second = name.second and spelled(name.second, free)
  local given = capital(first)
  if second then
    local r = math.random()
    given = name.language == "Chinese" and r < 0.6 and given .. second or r < 0.8 and given .. "-" .. second or given .. " " .. capital(second)
  end
  return chance(0.15) and given .. " " .. family or family .. " " .. given
end

-- Of some syllables the one that is written most alike: "wook" for "woo"
local function neighbour_of(syllable, list)
  local best, least
  for _ = 1, 15 do
    local other = pick(list)
    local distance = other ~= syllable and scorer.kernel:distance(syllable[1], other[1])
    if distance and (not best or distance < least) then
      best, least = other, distance
    end
  end
  return best
end

local function eastern_pair()
  local language = pick { "Chinese", "Korean" }
  local one = eastern_name(language)
  if chance(0.5) then
    return "1\tgenerated/eastern-same", write_eastern(one), write_eastern(one, chance(0.6))
  end
  local other = with(one, {})
  local part = pick { "first", "second", "second", "family" }
  local list = part == "family" and syllables.f[language] or syllables.g[language]
  other[part] = chance(0.7) and one[part] and neighbour_of(one[part], list) or pick(list)
  for _, x in ipairs(other[part]) do
    for _, y in ipairs(one[part] or {}) do
      if x == y then -- in some system the same
        return nil
      end
    end
  end
  return "0\tgenerated/eastern", write_eastern(one), write_eastern(other, chance(0.15))
end

-- The strangers who look most alike to the weights as they are: of many pairs the one with the highest score.
local function look_alikes()
  local best, a, b
  for _ = 1, 80 do
    local x, y = new_person(), new_person()
    local m, n = write(x), write(y)
    if chance(0.3) then -- a family name that is another's given name: "Norman Williams" and "William N. Gates"
      x.family = pick { y.first .. "s", y.first }
      m, n = x.first .. " " .. x.family, y.first .. " " .. x.first:sub(1, 1) .. ". " .. y.family
    end
    local score = scorer:score(m, n)
    local apart = x.given ~= y.given or text.ascii(x.family):sub(1, 3) ~= text.ascii(y.family):sub(1, 3)
    if apart and not (m:find("^%u%. ") or n:find("^%u%. ")) and (not best or score > best) then
      best, a, b = score, m, n
    end
  end
  return a, b
end

local EASTERN = 0.12 -- share of Chinese and Korean pairs
local count = tonumber(arg[1]) or 4000
local made = 0
while made < count do
  local person = new_person()
  local kind, one, two
  if chance(EASTERN) then
    kind, one, two = eastern_pair()
  end
  if kind then
    io.write(kind, "\t", one, "\t", two, "\n")
    made = made + 1
  elseif chance(0.5) then
    io.write("1\tgenerated/same\t", write(person), "\t", write(same(person)), "\n")
    made = made + 1
  elseif chance(0.12) then
    io.write("0\tgenerated/look-alikes\t", table.concat({ look_alikes() }, "\t"), "\n")
    made = made + 1
  else
    kind = pick(KINDS)
    local other = OTHERS[kind](person)
    local different = other and (other.given ~= person.given or other.family ~= person.family)
    if kind == "middle" and other.middle:sub(1, 1) ~= person.middle:sub(1, 1) then
      io.write("0\tgenerated/middle\t", with_middle(person), "\t", with_middle(other), "\n")
      made = made + 1
    elseif different and not (text.ascii(other.family):sub(1, 4) == text.ascii(person.family):sub(1, 4) and other.given == person.given) then
      local a, b = write(person), write(other)
      if kind ~= "kin" and kind ~= "short" or not (a:find("^%u%. ") or b:find("^%u%. ")) then -- "J. Bell" may be either
        io.write("0\tgenerated/", kind, "\t", a, "\t", b, "\n")
        made = made + 1
      end
    end
  end
end
