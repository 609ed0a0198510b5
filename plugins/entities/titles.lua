-- Titles and roles before a person's name: "UN spokesperson Ann Lee", "former Prime Minister John Hall".
-- The title is no part of the name: what the tagger took for one is given back, and what stands before the name is read off.

local data = require "annalist.data"
local text = require "annalist.text"

local spans = require "entities.spans"

local titles = {}

local LONGEST = 5 -- words of the longest title in the list
-- Kin and clergy share words; in small letters they are kin, and no title: "his brother Paul", "Brother Paul"
local KIN = { father = true, brother = true, sister = true, uncle = true, aunt = true }

-- Groups of the model whose words say what somebody is: "Economist Ann Lee"
local ROLES = { ["noun.person"] = true, ["noun.worker"] = true, ["noun.leader"] = true }

--- Reads the lists: titles, and the peoples' names that may stand before one ("Kenyan President"). `model` knows words for people.
function titles.load(model)
  local beside = spans.classes "beside.tsv"
  local known = { phrases = {}, peoples = {}, model = model, modifier = beside.modifier, given_too = beside.given_too,
    starts = {}, ends = {} } -- the first and last words of titles, small and with a capital
  local function read(name, into)
    for _, line in ipairs(data.lines(name)) do
      for entry in line:gmatch("[^,]+") do into[text.lower(entry:match("^%s*(.-)%s*$"))] = true end
    end
  end
  read("entities/titles.txt", known.phrases)
  read("entities/nationalities.txt", known.peoples)
  for phrase in pairs(known.phrases) do
    local from, to = phrase:match("^%S+"), phrase:match("%S+$")
    known.starts[from], known.ends[to] = true, true
    known.starts[from:gsub("^%l", string.upper)], known.ends[to:gsub("^%l", string.upper)] = true, true
    if #to <= 4 then known.ends[to:upper()] = true end -- "SSP"
  end
  for _, list in ipairs { "phrases", "peoples", "starts", "ends" } do known[list] = data.fixed(known[list]) end
  return known
end

--- Words of s in [first, last] with their places, oldest first; only those that stand together with nothing but space between.
local function words_before(s, first, last)
  local words, at = {}, last
  while #words < 12 and at >= first do
    local stop = at
    while stop >= first and s:find("^%s", stop) do stop = stop - 1 end
    if stop < first or (stop == at and #words > 0) then break end
    local start = stop
    while start > first and not s:find("^[%s,;:()\"“”%[%]!?/]", start - 1) do start = start - 1 end
    local word = s:sub(start, stop)
    if not word:find("^[%w\128-\255]") then break end
    table.insert(words, 1, { text = word, lower = text.lower(word), first = start, last = stop })
    at = start - 1
  end
  return words
end

--- Is the small word one for people: "aide", "brother"?
function titles.is_for_people(known, word)
  return ROLES[known.model:group(word)] == true or spans.has_class(known.model, word, "person_noun")
end

--- Is the word one for people, set with a capital before a name as a title is: "Economist" in "Economist Ann Lee"? "Dean Martin" is nobody's title.
local function is_role(known, word, following)
  return word:find("^%u%l*[^%us]$") ~= nil and ROLES[known.model:group(word)] == true and not spans.has_class(known.model, word, "given")
    and (spans.has_class(known.model, following, "given") or following:find("^%u%.") ~= nil)
end

--- How many words that end at number `n` are a title of the list: "prime minister" 2.
local function title_length(known, words, n)
  for length = math.min(LONGEST, n), 1, -1 do
    local parts = {}
    for i = n - length + 1, n do parts[#parts + 1] = words[i].lower end
    local phrase = table.concat(parts, " ")
    if known.phrases[phrase] and not (KIN[phrase] and words[n].text == phrase) then return length end
  end
  return 0
end

--- Is this whole text a title ("Professor") or a people's name ("Kenyan"), and so no name of a person or place? A body may be named
-- as its people are ("Democrats"), but not by the adjective.
function titles.is_bare(known, name, kind)
  local lower = text.lower(name)
  if kind == "organisation" then return known.peoples[lower] == true and not lower:find("s$") end
  return known.phrases[lower] or known.peoples[lower] or false
end

--- The title that ends right before byte `first`, in the sentence that begins at `bound`: its text, or nil.
function titles.before(known, s, bound, first)
  if not s:find("^%s", first - 1) then return nil end
  local last_word = s:sub(math.max(bound, first - 24), first - 1):match("([^%s,;:()\"“”%[%]!?/]+)%s+$")
  if not last_word or not (known.ends[last_word] or last_word:find("^[%u\128-\255]")) then return nil end -- most names
  local words = words_before(s, math.max(bound, first - 90), first - 1)
  local n, found = #words, false
  while n > 0 do
    local length = title_length(known, words, n)
    if length == 0 and n == #words and is_role(known, words[n].text, s:match("^%S+", first)) then length = 1 end
    if length > 0 then
      n, found = n - length, true
    elseif found and known.modifier[words[n].lower:gsub("^ex%-.*$", "ex")] then
      n = n - 1
    elseif found and (known.peoples[words[n].lower] or words[n].text:find("^%u[%u.]+$")) then
      n = n - 1 -- "Kenyan", "UN"
      break
    else
      break
    end
  end
  if not found then return nil end
  return (s:sub(words[n + 1].first, words[#words].last):gsub("%s+", " "))
end

--- Where the name begins in a person's span that begins with titles: "General Suleiman" at "Suleiman"; first itself if it has none.
function titles.strip(known, s, first, last)
  local given = not s:find("^%S+%s", first) and s:sub(first - 5, first - 1):match("%f[%a](%a+)%s$")
  if given and known.given_too[given] then return first - #given - 1 end
  local one, two, more = s:sub(first, last):match("^(%S+)%s+(%S+)()")
  if known.given_too[one] and more > last - first then return first end
  if not one or not (known.starts[one] or known.starts[text.lower(one)] or is_role(known, one, two)) then return first end -- most names
  local words = {}
  for start, word, stop in s:sub(first, last):gmatch("()(%S+)()") do
    words[#words + 1] = { text = word, lower = text.lower(word), first = first + start - 1, last = first + stop - 2 }
  end
  local at = 1
  while at < #words do
    local length = 0
    for n = math.min(LONGEST, #words - at), 1, -1 do
      local parts = {}
      for i = at, at + n - 1 do parts[#parts + 1] = words[i].lower end
      if known.phrases[table.concat(parts, " ")] then length = n break end
    end
    if length == 0 and at + 1 < #words and is_role(known, words[at].text, words[at + 1].text) then length = 1 end
    if length == 0 then break end
    at = at + length
  end
  return words[at] and words[at].first or first
end

return titles
