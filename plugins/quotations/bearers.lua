-- Family names that two people of an article bear: "Berg said", where General Ivo Berg and Minister Rosa Berg are both named. Whose
-- title it is, who has just spoken, who alone is named in the paragraph or before it decides; else nobody is meant for sure.

local text = require "annalist.text"

local M = {}

local function words_of(name)
  local list, set = {}, {}
  for word in text.fold(name):gmatch("[^%s.,]+") do list[#list + 1], set[word] = word, true end
  return list, set
end

-- Is one of the names the other with words left out? "Rosa Berg", "Rosa Berg de Kral"
local function same(a, b)
  local short, long = a, b
  if #short.words > #long.words then short, long = long, short end
  for _, word in ipairs(short.words) do
    if not long.set[word] then return false end
  end
  return true
end

-- People with a given name who bear this family name: a list of { words, set, mentions }
local function bearers(mentions, family)
  local list = {}
  for _, m in ipairs(mentions) do
    if m.kind == "person" and m.name:find(" ", 1, true) then
      local words, set = words_of(m.name)
      if set[family] and words[1] ~= family and #words > 1 then
        local one = { words = words, set = set, mentions = { m } }
        local known
        for _, other in ipairs(list) do known = known or same(other, one) and other end
        if known then
          table.insert(known.mentions, m)
          if #words > #known.words then known.words, known.set = words, set end
        else
          list[#list + 1] = one
        end
      end
    end
  end
  return list
end

local function last_word(s) return s and text.fold(s):match("(%a+)%.?%s*$") end

-- The only one of a list for whom fits() holds
local function only(list, fits)
  local found
  for _, one in ipairs(list) do
    if fits(one) then
      if found then return nil end
      found = one
    end
  end
  return found
end

local function nearest_before(one, position)
  local best
  for _, m in ipairs(one.mentions) do
    if m.last < position then best = m end
  end
  return best
end

--- The first mention of the only person whose family name ends a label, "Dr Fort"; nil where there is none or two.
function M.named(mentions, label)
  local list = bearers(mentions, last_word(label) or "")
  return #list == 1 and list[1].mentions[1] or nil
end

--- The mention that a family name means, for a speaker's mention of one word.
-- @param from where its paragraph begins
-- @param last the last speaker, { mention_id, paragraph }
-- @return the mention itself where one person bears the name; the bearer's, where two do and something decides; else nil
function M.of(mentions, m, from, last, paragraph)
  if m.kind ~= "person" or m.name:find(" ", 1, true) then return m end
  local list = bearers(mentions, text.fold(m.name))
  if #list < 2 then return m end
  local spoke = last and last.mention_id and paragraph - last.paragraph <= 2 and only(list, function(one)
    for _, x in ipairs(one.mentions) do
      if x.mention_id == last.mention_id then return true end
    end
    return false
  end)
  local title = last_word(m.title)
  local titled = title and title ~= "mr" and title ~= "mrs" and title ~= "ms" and only(list, function(one)
    for _, x in ipairs(one.mentions) do
      if last_word(x.title) == title then return true end
    end
    return false
  end)
  local named = only(list, function(one)
    local x = nearest_before(one, m.first)
    return x ~= nil and x.first >= from
  end)
  local known = {}
  for _, one in ipairs(list) do
    if nearest_before(one, m.first) then known[#known + 1] = one end
  end
  local one = titled or spoke or named or #known < 2 and (known[1] or list[1]) -- a headline's name is of the one who is told of first
  return one and (nearest_before(one, m.first) or one.mentions[1]) or nil
end

return M
