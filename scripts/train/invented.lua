-- Invented training text: the sentences of sentences.txt with names put into their slots. Half of the names come from the
-- gazetteers, the others are made up by joining halves of two of them, so that the model learns from what stands about a name.
-- Deterministic: its own random numbers, from a fixed seed.

local lexicon = require "lexicon"

local invented = {}

local state = 20201006
local function random(n)
  state = (state * 6364136223846793005 + 1442695040888963407) & 0x7fffffffffffffff
  return (state >> 24) % n + 1
end
local function pick(list) return list[random(#list)] end
local function chance(percent) return random(100) <= percent end

local function words(list) local t = {} for w in list:gmatch("[^,]+") do t[#t + 1] = w:match("^%s*(.-)%s*$") end return t end

local lists                -- gazetteers
local vocabulary = {}      -- words.tsv

local function characters(s) local t = {} for c in s:gmatch(utf8.charpattern) do t[#t + 1] = c end return t end

--- A name that nobody bears: the first half of one and the second half of another.
local function made_up(list)
  for _ = 1, 20 do
    local a, b = pick(list), pick(list)
    if not a:find("[%s%-'.]") and not b:find("[%s%-'.]") then
      local x, y = characters(a), characters(b)
      if #x >= 4 and #y >= 4 then
        return table.concat(x, "", 1, (#x + 1) // 2) .. table.concat(y, "", (#y + 1) // 2 + 1, #y)
      end
    end
  end
  return pick(list)
end

local function family()
  if chance(4) then return pick(lists.single_places) end -- "Jack London"
  local name = chance(45) and made_up(lists.surnames) or pick(lists.surnames)
  if chance(3) then name = name .. "-" .. pick(lists.surnames) end
  if chance(5) then
    local particle = pick(vocabulary.particles)
    name = (particle:find("[%-c]$") and particle or particle .. " ") .. name
  end
  return name
end

local function given()
  return chance(45) and made_up(lists.given) or pick(lists.given)
end

--- Forms of names that translated news keeps: "Abu Karim", "Samir al-Hadi", "Omar bin Saif", "Nurlan Bey Asanov", "Talant uulu Bakyt".
local function foreign_person(g, p)
  local form = random(7)
  if form == 1 then return "Abu " .. g, "Abu " .. g, g end
  if form == 2 then
    local house = pick { "al-", "al-", "Al-", "el-", "Al ", "ul-" } .. p
    return g .. " " .. house, house, g
  end
  if form == 3 then return g .. pick { " bin ", " ibn ", " Abu ", " Ould ", " abdel-" } .. p, p, g end
  if form == 4 then return g .. pick { " Bey ", " bey ", " Beg ", " Khan ", " Pasha ", " Agha " } .. p, p, g end
  if form == 5 then return p .. pick { " uulu ", " kyzy ", " ogly ", " Uulu " } .. g, p .. " uulu " .. g, g end
  if form == 6 then return g .. " " .. given() .. pick { "ovich", "evich", "ovna", "evna" } .. " " .. p, p, g end
  return g .. " " .. p .. " " .. made_up(lists.surnames), p, g -- "Ana Reyes Montalvo"
end

local make = {}

function make.P()
  local g, p = given(), family()
  local form = random(100)
  if form > 72 and form <= 78 then return foreign_person(g, p) end
  if form <= 78 then return g .. " " .. p, p, g end
  if form <= 83 then return g .. " " .. string.char(64 + random(26)) .. ". " .. p, p, g end
  if form <= 86 then return string.char(64 + random(26)) .. ". " .. p, p, g end
  if form <= 90 then return g .. " " .. given() .. " " .. p, p, g end
  if form <= 92 then return string.char(64 + random(26)) .. "." .. string.char(64 + random(26)) .. ". " .. p, p, g end
  if form <= 96 then -- family name first: "Lee Cheuk-yan"
    local short = pick(lists.short)
    local last = pick(lists.short_given) .. "-" .. pick(lists.short_given):lower()
    return short .. " " .. last, short, last
  end
  if form == 97 then return g, g, g end
  if form == 98 then return foreign_person(g, p) end
  return p, p, g
end

function make.L()
  local r = random(100)
  if r <= 45 then return pick(lists.cities) end
  if r <= 82 then return made_up(lists.single_places) end
  if r <= 85 then
    local head = pick { "al-", "Al-", "el-", "Tell ", "Tal ", "Deir ", "Khan ", "Beit ", "Kafr ", "Bab al-", "Ras al-", "Umm ", "Abu ", "Wadi ",
      "Ain ", "Jabal ", "Kara-", "Ak-", "Staro", "Novo", "Nizhny ", "Ban ", "Phnom ", "Ouled " }
    return head .. made_up(lists.single_places)
  end
  if r <= 90 then return made_up(lists.single_places) .. pick { "abad", "burg", "ville", "ton", "sk", "grad", "kent", "stan", "pur", "ham", "berg", "town" } end
  return pick { "New ", "San ", "Santa ", "St. ", "Port ", "Fort ", "El ", "North ", "Upper ", "Bad " } .. made_up(lists.single_places)
end

function make.C() return pick(lists.countries) end

function make.R()
  local r = random(100)
  local base = chance(50) and pick(lists.single_places) or made_up(lists.surnames)
  if r <= 55 then return base .. " " .. pick(vocabulary.region_tails) end
  if r <= 70 then return pick(vocabulary.directions) .. " " .. base end
  if r <= 80 then return pick { "Lake ", "Mount ", "Cape ", "Gulf of " } .. base end
  return pick(lists.regions)
end

local function initials(name)
  local letters = {}
  for word in name:gmatch("%S+") do
    local c = word:match("^%u")
    if c then letters[#letters + 1] = c end
  end
  return #letters > 1 and table.concat(letters) or string.char(64 + random(26), 64 + random(26), 64 + random(26))
end

function make.O()
  local r = random(100)
  local name
  if r <= 22 then name = pick(lists.organisations)
  elseif r <= 40 then name = pick(vocabulary.first) .. " " .. pick(vocabulary.heads)
  elseif r <= 55 then name = pick(vocabulary.heads) .. " of " .. pick(vocabulary.of)
  elseif r <= 68 then name = pick(vocabulary.first) .. " " .. pick(vocabulary.of) .. " " .. pick(vocabulary.heads)
  elseif r <= 74 then name = pick(vocabulary.first) .. " " .. pick(vocabulary.heads) .. " for " .. pick(vocabulary.of)
  elseif r <= 80 then name = make.L() .. " " .. pick(vocabulary.heads)
  elseif r <= 84 then name = "University of " .. make.L()
  elseif r <= 88 then name = pick(vocabulary.of) .. " " .. pick(vocabulary.heads)
  elseif r <= 92 then name = made_up(lists.surnames) .. " " .. pick(vocabulary.heads)
  elseif r <= 96 then name = make.L() .. " " .. pick { "United", "City", "FC", "Rovers", "Athletic", "Tigers", "Wanderers", "Dynamo" }
  else name = string.char(64 + random(26), 64 + random(26), 64 + random(26)) .. (chance(40) and string.char(64 + random(26)) or "") end
  return name, initials(name)
end

function make.B()
  local r = random(100)
  if r <= 25 then return pick(lists.organisations) end
  local base = chance(60) and made_up(lists.surnames) or pick(lists.surnames)
  if r <= 45 then return base end
  return base .. " " .. pick(vocabulary.company)
end

--- A party's name in its own tongue: "Nova Alianza", "Yeni Halk-Dal".
local function foreign_party()
  local name = pick(vocabulary.party_foreign)
  if chance(30) then name = made_up(lists.single_places) end
  for _ = 1, random(3) - 1 do
    local word = chance(70) and pick(vocabulary.party_foreign) or made_up(lists.single_places)
    name = name .. (chance(25) and "-" or " ") .. word
  end
  return name
end

function make.U()
  local r = random(100)
  if r <= 20 then return pick(vocabulary.party) .. " " .. pick(vocabulary.party_heads) end
  if r <= 35 then return pick(vocabulary.party) .. " " .. made_up(lists.single_places) end
  if r <= 45 then return made_up(lists.given) end
  if r <= 57 then return string.char(64 + random(26), 64 + random(26), 64 + random(26)) end
  if r <= 68 then return pick(vocabulary.party) .. " " .. pick(vocabulary.party) .. " " .. pick(vocabulary.party_heads) end
  if r <= 90 then return foreign_party() end
  return made_up(lists.surnames) .. " " .. made_up(lists.surnames)
end

--- An armed group: "Jaish al-Nurad", "Saroman Liberation Army", "the Karvel Brigade".
function make.J()
  local r = random(100)
  local base = chance(40) and made_up(lists.given) or made_up(lists.single_places)
  if r <= 15 then return pick(lists.armed) end
  if r <= 35 then return pick { "Jaish al-", "Jaysh al-", "Ahrar al-", "Ansar al-", "Harakat al-", "Jund al-", "Liwa al-", "Katibat al-",
    "Hizb al-", "Jabhat al-", "Lashkar-e-", "Jamaat ", "Saraya " } .. base end
  if r <= 55 then
    local who = chance(50) and pick(lists.adjectives) or base
    return who .. " " .. pick { "Liberation Army", "Liberation Front", "People's Army", "Democratic Forces", "National Army", "Resistance Front",
      "Islamic Movement", "Defence Force", "Free Army", "Salvation Front", "Revolutionary Front", "Independence Army", "Protection Units", "Volunteer Corps" }
  end
  if r <= 70 then return base .. " " .. pick { "Brigade", "Brigades", "Battalion", "Front", "Movement", "Militia", "Army", "Martyrs Brigade", "Division", "Group", "Network", "Regiment" } end
  if r <= 85 then return string.char(64 + random(26), 64 + random(26), 64 + random(26)) .. (chance(30) and string.char(64 + random(26)) or "") end
  if r <= 92 then return pick { "al-", "Al-", "" } .. base end
  return pick { "Front", "Movement", "Army", "Union", "Alliance" } .. pick { " for the Liberation of ", " of ", " for " } .. (chance(50) and base or pick(vocabulary.of))
end

--- A body of the state: "Ministry of Health", "National Migration Agency", "State Committee for Energy".
function make.K()
  local r = random(100)
  if r <= 40 then return pick(vocabulary.state) end
  if r <= 45 then return pick(vocabulary.of) .. " " .. make.C() end
  if r <= 52 then
    return pick(vocabulary.heads) .. pick { " for ", " on ", " for the " } .. pick(vocabulary.of) .. pick { " of ", " and ", " in ", "-" } .. pick(vocabulary.of)
  end
  if r <= 60 then return pick(vocabulary.first) .. " " .. pick(vocabulary.state) end
  if r <= 72 then return "Ministry of " .. pick(vocabulary.of) .. (chance(25) and " and " .. pick(vocabulary.of) or "") end
  if r <= 84 then return pick(vocabulary.first) .. " " .. pick { "Committee", "Commission", "Agency", "Service" } .. " " .. pick { "for ", "of ", "on " } .. pick(vocabulary.of) end
  return pick(vocabulary.first) .. " " .. pick(vocabulary.of) .. " " .. pick(vocabulary.heads)
end

--- A museum, hospital or school that acts; as a site it is make.F.
function make.V()
  local r = random(100)
  if r <= 15 then return "University of " .. make.L() end
  if r <= 25 then return "National " .. pick { "Museum", "Gallery", "Library", "Theatre", "University", "Academy" } .. " of " .. (chance(50) and make.C() or pick(vocabulary.of)) end
  local base = chance(50) and make.L() or chance(50) and made_up(lists.surnames) or pick(lists.surnames)
  return base .. " " .. pick(vocabulary.institutions)
end

function make.M()
  local r = random(100)
  if r <= 35 then return pick(lists.organisations) end
  if r <= 75 then return (chance(50) and make.L() or made_up(lists.surnames)) .. " " .. pick(vocabulary.media) end
  if r <= 85 then return made_up(lists.single_places) .. pick { ".com", ".org", "FM", "TV", "24" } end
  return made_up(lists.single_places)
end

function make.F()
  local r = random(100)
  local base = r <= 40 and pick(lists.surnames) or r <= 60 and made_up(lists.surnames) or r <= 80 and make.L() or pick(vocabulary.first)
  if chance(12) then return given() .. " " .. family() .. " " .. pick(vocabulary.facilities) end
  return base .. " " .. pick(vocabulary.facilities)
end

function make.S()
  local r = random(100)
  if r <= 45 then return make.L() .. " " .. pick(vocabulary.teams) end
  if r <= 60 then return pick(vocabulary.teams) end
  if r <= 90 then return make.L() .. " " .. pick(vocabulary.clubs) end
  return pick(vocabulary.clubs) .. " " .. make.L()
end

function make.H()
  local r = random(100)
  if r <= 45 then return made_up(lists.single_places) end
  if r <= 60 then return made_up(lists.surnames) end
  if r <= 70 then return "The " .. pick(vocabulary.works) .. "s" end
  if r <= 80 then return pick(vocabulary.works) .. " " .. pick(vocabulary.works) end
  if r <= 88 then return made_up(lists.surnames) .. " " .. pick { "Records", "Music", "Games", "Films", "Soft", "Brothers", "Entertainment" } end
  return string.char(64 + random(26), 64 + random(26)) .. (chance(60) and string.char(64 + random(26)) or "")
end

--- A unit of an army: "41st Rifle Brigade".
function make.Q()
  local n = random(199)
  local ending = (n // 10 % 10 ~= 1) and ({ "st", "nd", "rd" })[n % 10] or "th"
  local head = pick { "Division", "Brigade", "Regiment", "Battalion", "Squadron", "Army", "Corps", "Fleet", "Wing" }
  local middle = chance(70) and pick { "Infantry ", "Rifle ", "Cavalry ", "Armoured ", "Airborne ", "Guards ", "Artillery ", "Fighter ", "Marine ", "Engineer " } or ""
  if chance(25) then return make.L() .. " " .. middle .. head end
  return n .. ending .. " " .. middle .. head
end

-- Of no kind: text of the slot, never labelled
local plain = {
  N = function() return pick(lists.adjectives) end,
  Ns = function() return pick(lists.peoples) end,
  T = function() return pick(vocabulary.titles) end,
  D = function() return pick(vocabulary.days) end,
  m = function() return pick(vocabulary.months) end,
  W = function()
    local r = random(100)
    if r <= 30 then return pick(vocabulary.works) end
    if r <= 50 then return pick(vocabulary.works) .. " of " .. pick(vocabulary.works) end
    if r <= 65 then return "The " .. pick(vocabulary.works) end
    if r <= 75 then return made_up(lists.single_places) end
    if r <= 85 then return pick(vocabulary.works) .. " " .. pick { "in", "on", "for", "Without", "and" } .. " " .. pick(vocabulary.works) end
    return pick { "My", "Our", "No", "Last", "First", "Every", "Lost", "Broken" } .. " " .. pick(vocabulary.works)
  end,
  X = function()
    local r = random(100)
    if r <= 40 then return pick(vocabulary.things) end
    if r <= 65 then return made_up(lists.single_places) end
    if r <= 80 then return pick(vocabulary.things) .. " " .. random(99) end
    return string.char(64 + random(26)) .. "-" .. random(99)
  end,
  Z = function()
    if chance(40) then return pick(vocabulary.short_forms) end
    return string.char(64 + random(26), 64 + random(26)) .. (chance(70) and string.char(64 + random(26)) or "") .. (chance(15) and "-" .. random(20) or "")
  end,
  n = function() return chance(50) and tostring(random(99)) or tostring(1900 + random(125)) end,
  E = function()
    local r = random(100)
    if r <= 40 then return made_up(lists.single_places) .. " " .. pick(vocabulary.events) end
    if r <= 60 then return pick(vocabulary.first) .. " " .. pick(vocabulary.of) .. " " .. pick(vocabulary.events) end
    if r <= 80 then return pick(vocabulary.works) .. " of " .. pick(vocabulary.works) end
    return "The " .. pick(vocabulary.works) .. " " .. pick { "and the", "in the", "on" } .. " " .. pick(vocabulary.works)
  end,
}

local KINDS = { P = "person", L = "place", C = "place", R = "place",
  O = "organisation", B = "organisation", U = "organisation", M = "organisation", F = "place", S = "organisation", H = "organisation",
  K = "organisation", V = "organisation", Q = "organisation", J = "organisation" }

--- One sentence with its slots filled: { text, starts, ends, kinds }. `names` keeps what each slot of the article stands for.
local function fill(sentence, names)
  local pieces, starts, ends, kinds, at = {}, {}, {}, {}, 0
  local function put(s)
    pieces[#pieces + 1] = s
    at = at + #s
  end
  local from = 1
  local capitals = not sentence:gsub("{.-}", ""):find("%l") and sentence:find("%u%u%u")
  for open, letter, number, close in sentence:gmatch("(){(%a+)(%d*)}()") do
    put(sentence:sub(from, open - 1))
    local value
    local slot = letter .. number
    if plain[letter] then
      value = plain[letter]()
      if chance(4) then value = value:lower() end
    else
      local big = letter:upper()
      if big == "G" then big = "P" elseif big == "A" then big = "O" end
      local key = big .. number
      if not names[key] then names[key] = { make[big]() } end
      local forms = names[key]
      value = (letter == "p" or letter == "A") and forms[2] or letter == "g" and forms[3] or forms[1]
      assert(value, slot)
      if capitals then value = value:upper() end
      starts[#starts + 1], ends[#ends + 1], kinds[#kinds + 1] = at + 1, at + #value, KINDS[big]
    end
    put(value)
    from = close
  end
  put(sentence:sub(from))
  return { table.concat(pieces), starts, ends, kinds }
end

local function select_words(list, test)
  local t = {}
  for _, w in ipairs(list) do if test(w) then t[#t + 1] = w end end
  return t
end

--- The part of a file of comma-separated lists that stands under a comment line with this heading.
local function section(path, heading)
  local t, inside = {}, false
  for line in io.lines(path) do
    if line:match("^#") then inside = line:find(heading, 1, true) ~= nil
    elseif inside then for _, w in ipairs(words(line)) do t[#t + 1] = w end end
  end
  return t
end

local function read_vocabulary(path)
  for line in io.lines(path) do
    local name, list = line:match("^([%l_]+)\t(.+)$")
    if name then vocabulary[name] = words(list) end
  end
end

local function read_lists(data)
  local folder = data .. "/entities/"
  local places = lexicon.entries(folder .. "places.txt")
  local peoples = lexicon.entries(folder .. "nationalities.txt")
  lists = {
    given = lexicon.entries(folder .. "given_names.txt"), surnames = lexicon.entries(folder .. "surnames.txt"),
    organisations = lexicon.entries(folder .. "organisations.txt"),
    single_places = select_words(places, function(w) return w:match("^%u[%l\128-\255]+$") and #w > 3 end),
    armed = section(folder .. "organisations.txt", "Armed groups"),
    countries = section(folder .. "places.txt", "Countries"), regions = section(folder .. "places.txt", "Continents"),
    peoples = select_words(peoples, function(w) return w:match("^%u%l+s$") and not w:match("ss$") end),
    adjectives = select_words(peoples, function(w) return w:match("^%u%l+$") and not w:match("s$") end),
    short_given = select_words(section(folder .. "given_names.txt", "East and South-East"), function(w) return w:match("^%u%l+$") and #w <= 5 end),
    short = select_words(section(folder .. "surnames.txt", "East and South-East"), function(w) return w:match("^%u%l+$") and #w <= 5 end),
  }
  lists.cities = section(folder .. "places.txt", "Cities")
  for _, w in ipairs(section(folder .. "places.txt", "Capitals")) do lists.cities[#lists.cities + 1] = w end
end

--- Reads the gazetteers that names are made of; call it first.
function invented.load(home)
  read_vocabulary(home .. "/scripts/train/words.tsv")
  read_lists(home .. "/data")
end

--- `rounds` fillings of every article: lists of parts as bio.document takes them.
function invented.articles(home, rounds)
  local articles = {}
  for _ = 1, rounds do
    for line in io.lines(home .. "/scripts/train/sentences.txt") do
      if not line:match("^#") then
        local names, parts = {}, {}
        for sentence in (line .. " | "):gmatch("(.-) | ") do parts[#parts + 1] = fill(sentence, names) end
        articles[#articles + 1] = parts
      end
    end
  end
  return articles
end

--- Another person's name of the same build: each part of it stands for the same new part all through the article.
local function another_person(name, parts)
  local n, count = 0, select(2, name:gsub("%S+", ""))
  return (name:gsub("%S+", function(part)
    n = n + 1
    if part:find("^%u%.") or not part:find("^%u") or #part < 3 then return part end
    if not parts[part] then parts[part] = n == count and family():match("(%S+)$") or (given():gsub("%s", "")) end
    return parts[part]
  end))
end

local function another(name, kind, names)
  if kind == "person" then return another_person(name, names) end
  if names[name] then return names[name] end
  local other
  if kind == "place" then
    other = names.countries[name] and make.C() or chance(75) and make.L() or make.R()
  elseif name:find("^%u%u+$") then
    other = string.char(64 + random(26), 64 + random(26), 64 + random(26))
  elseif name:find("%s") then
    other = make.O()
  else
    other = chance(50) and made_up(lists.surnames) or make.B()
  end
  names[name] = other
  return other
end

--- A sentence of a training set with other names in place of its own; `names` holds what stands for what in this article.
function invented.rename(part, names)
  if not names.countries then
    names.countries = {}
    for _, country in ipairs(lists.countries) do names.countries[country] = true end
  end
  local pieces, starts, ends, at, from = {}, {}, {}, 0, 1
  for i = 1, #part[2] do
    local between = part[1]:sub(from, part[2][i] - 1)
    local name = part[1]:sub(part[2][i], part[3][i])
    local other = another(name, part[4][i], names)
    if name == name:upper() and name:find("%u%u%u%u%u") then other = other:upper() end
    pieces[#pieces + 1], pieces[#pieces + 2] = between, other
    starts[i], ends[i] = at + #between + 1, at + #between + #other
    at = ends[i]
    from = part[3][i] + 1
  end
  pieces[#pieces + 1] = part[1]:sub(from)
  return { table.concat(pieces), starts, ends, part[4] }
end

return invented
