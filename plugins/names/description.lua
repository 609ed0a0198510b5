-- What the sources call an entity, in a few clean phrases: the one that most articles give, in its fullest form, then others that say
-- something else ("president of Norland; former mayor"). Relatives are told with the name of the person whose they are.

local unicode = require "annalist.text"
local knowledge = require "lib.names.knowledge"
local sets = require "lib.sets"
local wordset = require "lib.wordset"

local description = {}

local MOST, LONGEST = 3, 110 -- phrases, and bytes of all of them

local EMPTY = wordset "the a an of in for and at to his her their its by on current then now new incumbent outgoing"

local short -- "gov" -> "governor"

local function short_titles()
  if not short then
    short = {}
    for _, row in ipairs(knowledge.rows "short_titles.tsv") do
      short[row[1]] = row[2]
    end
  end
  return short
end

-- The words by which two phrases are known to say the same
local function telling(text)
  local list = {}
  local lower = unicode.lower(text):gsub("%f[%a](%a)%.(%a)%.", "%1%2"):gsub("%a+", short_titles())
  for word in lower:gmatch("[%w\x80-\xff]+") do
    if not EMPTY[word] then
      list[#list + 1] = word
    end
  end
  table.sort(list)
  return list, table.concat(list, " ")
end

--- Counts a phrase for the entity's table `counts`, once an article.
function description.count(counts, text, article_id)
  local words, key = telling(text)
  if key == "" then
    return
  end
  local entry = counts[key]
  if not entry then
    entry = { key = key, words = words, count = 0, spelled = {} }
    counts[key] = entry
  end
  if entry.article ~= article_id then
    entry.article, entry.count = article_id, entry.count + 1
  end
  entry.spelled[text] = (entry.spelled[text] or 0) + 1
end

-- Are all words of x among those of y?
local function within(x, y)
  local has = {}
  for _, word in ipairs(y.words) do
    has[word] = true
  end
  for _, word in ipairs(x.words) do
    if not has[word] then
      return false
    end
  end
  return true
end

--- The phrases of `counts`, joined; nil when there are none.
function description.of(counts)
  local list = {}
  for _, entry in pairs(counts) do
    list[#list + 1] = entry
  end
  for _, entry in ipairs(list) do
    entry.weight = 0
    for _, other in ipairs(list) do
      if within(other, entry) then
        entry.weight = entry.weight + other.count
      end
    end
  end
  table.sort(list, function(a, b)
    if a.weight ~= b.weight then
      return a.weight > b.weight
    elseif a.count ~= b.count then
      return a.count > b.count
    elseif #a.words ~= #b.words then
      return #a.words < #b.words
    end
    return a.key < b.key
  end)
  local kept, length = {}, 0
  for _, entry in ipairs(list) do
    local new = #kept < MOST
    for _, other in ipairs(kept) do
      new = new and not within(entry, other.entry) and not within(other.entry, entry)
    end
    local text = new and sets.foremost(entry.spelled)
    if text and (#kept == 0 or length + #text + 2 <= LONGEST) then
      kept[#kept + 1] = { entry = entry, text = text }
      length = length + #text + 2
    end
  end
  local parts = {}
  for i, item in ipairs(kept) do
    parts[i] = item.text
  end
  return parts[1] and table.concat(parts, "; ") or nil
end

return description
