-- What layout knows about languages and the habits of news pages, read from data/layout/ once, before workers start.

local data = require "annalist.data"
local passages = require "lib.passages"

local knowledge = {}

local function lines_of(name)
  local lines = {}
  for line in data.read(name):gmatch("[^\n]+") do
    if line:sub(1, 1) ~= "#" then lines[#lines + 1] = line end
  end
  return lines
end

-- "en<TAB>the a an …" -> { { code = "en", words = set } … } in the file's order
local function function_words()
  local languages = {}
  for _, line in ipairs(lines_of("layout/function_words.txt")) do
    local code, words = line:match("^(%S+)\t(.*)$")
    local set = {}
    for word in words:gmatch("%S+") do set[word] = true end
    languages[#languages + 1] = { code = code, words = set }
  end
  return languages
end

-- "end<TAB>start<TAB>related articles" -> cues.start["related articles"] = "end", and cues.heads.start["related"]: the word by which a
-- phrase is found (the last one of a phrase that ends a line)
local function cues()
  local found = { line = {}, start = {}, ["end"] = {}, any = {}, label = {}, heads = { line = {}, start = {}, ["end"] = {}, any = {}, label = {} } }
  for _, line in ipairs(lines_of("layout/cues.tsv")) do
    local kind, where, phrase = line:match("^(%S+)\t(%S+)\t(.+)$")
    local key = passages.pattern_key(phrase)
    found[where][key] = kind
    found.heads[where][key:match(where == "end" and "[^ ]+$" or "^[^ ]+")] = true
  end
  return found
end

local function word_set(name, set)
  set = set or {}
  for _, line in ipairs(lines_of(name)) do
    for word in line:gmatch("%S+") do set[passages.key(word)] = true end
  end
  return set
end

-- News agencies as they sign, under their keys
local function agencies()
  local set = {}
  for _, row in ipairs(data.table "origins/agencies.tsv") do set[passages.key(row[1])] = true end
  return set
end

local function notice_words()
  local weights = {}
  for _, line in ipairs(lines_of("layout/notice_words.tsv")) do
    local word, weight = line:match("^(%S+)\t(%S+)$")
    weights[word] = tonumber(weight)
  end
  return weights
end

--- All of it, as one table that nobody changes afterwards.
function knowledge.load()
  local calendar_words = word_set "layout/calendar_words.txt"
  local date_words = word_set("layout/date_words.txt", word_set "layout/calendar_words.txt")
  return { languages = function_words(), cues = cues(), notice_words = notice_words(), calendar_words = calendar_words, date_words = date_words,
    reader_words = word_set "layout/reader_words.txt", issuer_words = word_set("layout/issuer_words.txt", word_set "layout/outlet_words.txt"), section_words = word_set "layout/section_words.txt",
    agencies = agencies() }
end

return knowledge
