-- The words by which attributions are found, from data/quotations/: verbs of saying with all their forms, phrases, nouns, small words.

local data = require "annalist.data"

local M = {}

local function set(list)
  local out = {}
  for word in list:gmatch("%S+") do out[word] = true end
  return out
end

local function split(list)
  local out = {}
  for word in list:gmatch("%S+") do out[#out + 1] = word end
  return out
end

--- The regular forms of a verb: base, s-form, past, ing-form.
local function forms(lemma, double)
  local stem = lemma
  if double then stem = lemma .. lemma:sub(-1) end
  local s, past, ing
  if lemma:find("[sxz]$") or lemma:find("[cs]h$") then s = lemma .. "es"
  elseif lemma:find("[^aeiou]y$") then s = lemma:sub(1, -2) .. "ies"
  else s = lemma .. "s" end
  if lemma:find("e$") then past, ing = lemma .. "d", lemma:sub(1, -2) .. "ing"
  elseif lemma:find("[^aeiou]y$") then past, ing = lemma:sub(1, -2) .. "ied", lemma .. "ing"
  else past, ing = stem .. "ed", stem .. "ing" end
  return { lemma, s, past, ing, past }
end

local tenses = { "base", "s", "past", "ing", "participle" }

--- form -> { lemma, frames = set of letters, tense, particles = { particle -> frames } or nil }
function M.load()
  local cues, by_lemma = {}, {}
  local function frames(letters)
    local out = {}
    for letter in letters:gmatch(".") do out[letter] = true end
    return out
  end
  for _, row in ipairs(data.table("quotations/verbs.tsv")) do
    local lemma, letters, irregular = row[1], row[2], row[3]
    local list = forms(lemma, irregular == "double")
    if irregular and irregular ~= "double" and irregular ~= "" then
      list = split(irregular)
      list[5] = list[5] or list[3]
    end
    for i = 1, 5 do
      local form = list[i]
      if not cues[form] or tenses[i] == "past" then cues[form] = { lemma = lemma, frames = frames(letters), tense = tenses[i] } end
      by_lemma[lemma] = by_lemma[lemma] or {}
      by_lemma[lemma][form] = true
    end
  end
  for _, row in ipairs(data.table("quotations/phrases.tsv")) do
    local lemma, particle, letters = row[1], row[2], row[3]
    local list = not by_lemma[lemma] and (row[4] and split(row[4]) or forms(lemma, false)) or nil
    for i, form in ipairs(list or {}) do
      cues[form] = cues[form] or { lemma = lemma, frames = {}, tense = tenses[i] }
    end
    for _, cue in pairs(cues) do                                -- order cannot matter: each entry is touched alone
      if cue.lemma == lemma then
        cue.particles = cue.particles or {}
        cue.particles[particle] = frames(letters)
      end
    end
  end
  local words = {}
  for _, name in ipairs { "words", "nouns" } do
    for _, row in ipairs(data.table("quotations/" .. name .. ".tsv")) do words[row[1]] = set(row[2]) end
  end
  return cues, words
end

return M
