-- What is known about names, read from data/names/ and put in the form that annalist.alignment takes. Loaded once, in `prepare`.
-- Knows the files and their columns; knows nothing of scores.

local alignment = require "annalist.alignment"
local data = require "annalist.data"
local text = require "annalist.text"

local knowledge = {}

local FLAG = alignment.flags

--- The rows of a knowledge file as lists of columns.
local function rows(name)
  return data.table("names/" .. name)
end
knowledge.rows = rows

-- Alphabets whose letters each have a spelling of their own; other scripts go through text.latin before they come here.
local RANGES = { { 0xc0, 0x24f }, { 0x250, 0x2af }, { 0x370, 0x3ff }, { 0x400, 0x52f }, { 0x1e00, 0x1eff } }

local function letters()
  local list, seen = {}, {}
  local function add(letter, spelling)
    if utf8.len(letter) ~= 1 or seen[letter] then
      return
    end
    seen[letter] = true
    list[#list + 1] = { utf8.codepoint(letter), spelling }
  end
  for _, row in ipairs(rows "letters.tsv") do
    add(row[1], row[2])
    add(text.upper(row[1]), row[2])
  end
  for _, range in ipairs(RANGES) do
    for code = range[1], range[2] do
      local letter = utf8.char(code)
      local spelling = text.ascii(letter):lower()
      if spelling == letter or spelling:find("[^a-z]") then
        spelling = text.latin(letter):lower():gsub("[^a-z]", "")
      end
      if spelling ~= "" and #spelling < 7 then
        add(letter, spelling)
      end
    end
  end
  return list
end

local function steps()
  local list = {}
  for _, row in ipairs(rows "spellings.tsv") do
    list[#list + 1] = { row[1], row[2], math.tointeger(tonumber(row[3])) or error("spellings.tsv: no cost for " .. row[1]) }
  end
  return list
end

-- A word of several parts is told as a phrase, and its first part must know that a phrase may begin with it.
local function add_phrase(words, phrase, flags, group)
  words[#words + 1] = { phrase, flags, group }
  local first = phrase:match("^(%S+) ")
  if first then
    words[#words + 1] = { first, FLAG.phrase, 0 }
  end
end

local SEX = { m = FLAG.male, f = FLAG.female, b = 0 }
local ENDING = { s = FLAG.surname, p = FLAG.patronymic, b = FLAG.surname | FLAG.patronymic, g = FLAG.given }

-- Particles before a father's name count as patronymics of their own
local DESCENT = { son = FLAG.patronymic, daughter = FLAG.patronymic | FLAG.female, f = FLAG.female }

local function add_endings(words, group)
  local classes = {}
  for _, row in ipairs(rows "endings.tsv") do
    if not classes[row[2]] then
      group = group + 1
      classes[row[2]] = group
    end
    words[#words + 1] = { "-" .. row[1], (ENDING[row[3]] or 0) | (SEX[row[4]] or 0), classes[row[2]] }
  end
  return group
end

--- All words with their flags and groups.
local function words()
  local list, group = {}, 0
  for _, row in ipairs(rows "given.tsv") do
    group = group + 1
    for word in row[2]:gmatch("%S+") do
      list[#list + 1] = { word, FLAG.given | SEX[row[1]], group }
    end
  end
  for _, row in ipairs(rows "particles.tsv") do
    list[#list + 1] = { row[1], FLAG.particle | (DESCENT[row[3]] or 0), 0 }
  end
  for _, row in ipairs(rows "titles.tsv") do
    add_phrase(list, row[1], FLAG.title, 0)
  end
  for _, row in ipairs(rows "suffixes.tsv") do
    list[#list + 1] = { row[1], FLAG.suffix, 0 }
  end
  for _, row in ipairs(rows "surnames_first.tsv") do
    list[#list + 1] = { row[1], FLAG.family_first | FLAG.common, 0 }
  end
  for _, row in ipairs(rows "common.tsv") do
    list[#list + 1] = { row[1], FLAG.common, 0 }
  end
  for _, row in ipairs(rows "organisations.tsv") do
    list[#list + 1] = { row[1], FLAG.organisation, 0 }
  end
  for _, row in ipairs(rows "legal.tsv") do
    group = group + 1
    for form in row[2]:gmatch("[^;]+") do
      add_phrase(list, form:match("^%s*(.-)%s*$"), FLAG.legal, group)
    end
  end
  add_endings(list, group)
  return list
end

--- Weights as the trainer wrote them: model TAB feature TAB weight.
local function weights()
  local models = {}
  for _, row in ipairs(rows "weights.tsv") do
    models[row[1]] = models[row[1]] or {}
    models[row[1]][row[2]] = tonumber(row[3])
  end
  return models
end

--- Everything that alignment.new takes. `extra` steps (a list of { a, b, cost }) are added behind the known ones and override them.
function knowledge.load(extra)
  local all = { letters = letters(), steps = steps(), words = words(), weights = weights() }
  for _, step in ipairs(extra or {}) do
    all.steps[#all.steps + 1] = step
  end
  return all
end

return knowledge
