-- Family names of several parts with small words between them, cut by the tagger: "Alberto Ruiz | de la | Torre", "Ana Rojas | y Salinas",
-- "Paulo Nunes | da | Rocha Filho". In English text a person's name and "de" or "da" go on to the next name. Knows spans and the list of particles.

local data = require "annalist.data"

local surnames = {}

local CAPITAL = "[%u\195-\223][%w\128-\225\227-\255'-]*" -- a capitalised word; byte 226 begins quotation marks and dashes
local SPACE = (" "):byte()

-- Languages whose particles stand between a person's names
local LANGUAGES = { "French", "Spanish", "Portuguese", "Italian", "Dutch", "German" }

--- The particles of those languages, and the first bytes of them.
function surnames.load()
  local words, letters = {}, {}
  for _, row in ipairs(data.table("names/particles.tsv")) do
    for _, language in ipairs(LANGUAGES) do
      if row[2]:find(language, 1, true) and row[4] ~= "two" and row[1] ~= "ten" then
        words[row[1]], letters[row[1]:byte()] = true, true
      end
    end
  end
  letters[("y"):byte()], letters[("e"):byte()], letters[("v"):byte()] = true, true, true
  return { words = data.fixed(words), letters = data.fixed(letters) }
end

--- Where the particles end that begin right behind byte `last`; the last of them. "viuda de" and "viúva de" are some, "y" and "e" too.
local function particles_after(s, last, particles)
  local at, final = last + 1, nil
  for _ = 1, 3 do
    local word, stop = s:match("^ ([%l\195\160-\191]+)()", at)
    if not word or not (particles[word] or word == "y" or word == "e" or word == "viuda" or word == "viúva") then break end
    at, final = stop, word
  end
  return final and at, final
end

--- The last byte of a person's name with the family names that small words join to it, or nil.
local function reach(s, list, i, known)
  local span = list[i]
  local following = list[i + 1]
  local at, particle = particles_after(s, span.last, known.surnames.words)
  if not at or s:byte(at) ~= SPACE or particle == "viuda" or particle == "viúva" then return nil end
  local word, stop = s:match("^ (" .. CAPITAL .. ")()", at)
  if not word then return nil end
  if particle == "y" or particle == "e" then -- two people, if the second has a given name
    if known.model:is(word, "given") or not s:find(" ", span.first, true) or s:find(" ", span.first, true) > span.last then return nil end
  end
  local last = stop - 1
  if following and following.first <= last then
    if following.first <= span.last or (following.kind == "organisation" and following.last > last) then return nil end
    if following.kind ~= "place" then last = math.max(last, following.last) end
  end
  return last - (s:sub(at, last):match("['’]s$") and #s:sub(at, last):match("['’]+s$") or 0)
end

--- Puts such names together; `list` is in order and stays so.
function surnames.complete(s, list, known)
  local letters = known.surnames.letters
  local i = 1
  while i <= #list do
    local span = list[i]
    if span.kind == "person" and s:byte(span.last + 1) == SPACE and letters[s:byte(span.last + 2)] then
      local last = reach(s, list, i, known)
      while last and last > span.last do
        while list[i + 1] and list[i + 1].first <= last do table.remove(list, i + 1) end
        span.last, span.score = last, math.max(span.score, 0.8)
        last = reach(s, list, i, known)
      end
    end
    i = i + 1
  end
end

return surnames
