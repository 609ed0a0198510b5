-- Titles and roles before and after a name: what office they say, which sex, and what a reader would be told about the bearer.
-- "former Prime Minister" -> office { prime minister }, former; "Mrs" -> sex f; ", a spokesman for the port authority," -> a description.

local knowledge = require "lib.names.knowledge"
local text = require "annalist.text"
local wordset = require "lib.wordset"

local lists = require "names.lists"

local titles = {}
titles.__index = titles

-- Words of a title that say nothing about who it is
local EMPTY = wordset [[the a an of in for and at to his her their its former ex late then new newly current acting interim incoming outgoing
  deputy vice senior longtime self proclaimed elected appointed]]

function titles.new()
  local self = setmetatable({ known = {}, kind = {}, sex = {}, parsed = {}, relative = {}, wordings = knowledge.rows "offices.tsv" }, titles)
  for _, row in ipairs(knowledge.rows "titles.tsv") do
    self.known[row[1]] = true
    self.kind[row[1]] = row[2]
    self.sex[row[1]] = row[3] ~= "" and row[3] or nil
  end
  for _, row in ipairs(knowledge.rows "kinship.tsv") do
    self.relative[row[1]] = true
  end
  return self
end

local function words_of(s)
  local list = {}
  for word in text.lower(s):gmatch("[%w\x80-\xff]+") do
    list[#list + 1] = word
  end
  return list
end

-- "spokesman Col." -> "spokesman": the rank behind a role is left out of what a reader is told.
local function without_rank(self, phrase)
  local lead, last = phrase:match("^(.*%l) (%S+)$")
  local kind = last and self.kind[text.lower(last):gsub("%.$", "")]
  local before = lead and self.kind[text.lower(lead:match("%S+$"))]
  return (kind == "rank" or kind == "honorific") and before ~= "rank" and without_rank(self, lead) or phrase
end

-- "minister of internal affairs" -> "interior minister": one wording of an office, so that two sources can be seen to say the same.
local function usual_wording(self, title)
  local plain = " " .. table.concat(words_of(title), " ") .. " "
  for _, row in ipairs(self.wordings) do
    plain = plain:gsub(" " .. row[1] .. " ", " " .. row[2] .. " ")
  end
  return plain
end

--- What a title says: { sex, former, offices = { word… } (sorted), singular, text }.
function titles:read(title)
  local known = self.parsed[title]
  if known then
    return known
  end
  local words, seen = words_of(usual_wording(self, title)), {}
  local result = { offices = {}, ranks = {}, words = {}, text = without_rank(self, (text.normal_space(title):gsub("[,%s]+$", ""))) }
  for i, word in ipairs(words) do
    local kind = self.kind[word]
    result.words[word] = true
    result.sex = result.sex or self.sex[word]
    result.former = result.former or word == "former" or word == "ex"
    if self.relative[word] and #words == 1 and title:find("^%l") then
      result.kin = true -- "his brother Paul"; "Brother Paul" is a monk
    elseif not EMPTY[word] and kind ~= "honorific" and not seen[word] and (#word > 2 or word == "mp") then
      seen[word] = true
      result.offices[#result.offices + 1] = word
      if kind == "rank" then
        result.ranks[#result.ranks + 1] = word
      end
    end
    local before = words[i - 1]
    if lists.sole_office[word] and before ~= "vice" and before ~= "deputy" or word == "minister" and before == "prime" then
      result.singular = word == "minister" and "prime minister" or word
    end
  end
  table.sort(result.offices)
  self.parsed[title] = result
  return result
end

--- An office, and what an honorific beside it says of the sex: "the chief prosecutor, Ms. Ann Lee". `honorific` may be nil.
function titles:with_office(honorific, office)
  local result = self:read(office)
  if not (honorific and honorific.sex) or result.sex then
    return result
  end
  local key = honorific.sex .. "\0" .. office
  if not self.parsed[key] then
    local copy = {}
    for name, value in pairs(result) do
      copy[name] = value
    end
    copy.sex = honorific.sex
    self.parsed[key] = copy
  end
  return self.parsed[key]
end

--- The title that stands right before byte `first`, if the mention has none of its own: "Lt. Gen. Omar Sadik" -> "Lt. Gen.".
function titles:before(article_text, first)
  local from = math.max(1, first - 48)
  local head = article_text:sub(from, first - 1)
  if not head:find("[%w.] ?$") or head:find("%l%l%l%l%l%. ?$") then -- the end of a sentence, not of "Gen."
    return nil
  end
  head = head:match("[^\n;:,!?\"()]*$")
  local words = {}
  for start, word in head:gmatch("()([%w'\x80-\xff]+)") do
    words[#words + 1] = { start = start, text = text.lower(word) }
  end
  local best
  for n = 1, math.min(4, #words) do
    local parts = {}
    for i = #words - n + 1, #words do
      parts[#parts + 1] = words[i].text
    end
    local phrase = table.concat(parts, " ")
    if self.known[phrase] then
      best = n
    elseif best and n > best + 1 then
      break
    end
  end
  if not best then
    return nil
  end
  local former = words[#words - best]
  if former and (former.text == "former" or former.text == "ex") then
    best = best + 1
  end
  return (head:sub(words[#words - best + 1].start):gsub("%s+$", ""))
end

-- "a man who died" is no role
local CLAUSE = wordset "who whose which that was were is are be been died said says has had have did do does will would and"

local function is_clause(role)
  for word in role:gmatch("%a+") do
    if CLAUSE[word] then
      return word ~= "who" or not role:find("^who %l+s ")
    end
  end
  return false
end

--- What stands behind the name of an organisation or place between commas: ", a weekly of the harbour workers," -> "weekly of the harbour workers".
--- Only "a …" counts: "According to the Times, the court …" says nothing about the Times.
function titles.after(article_text, last)
  local role, behind = article_text:sub(last + 1, last + 140):match("^, an? (%l[^,.;:\n()\"]+)()[,.]")
  if role and article_text:find("^, %u", last + behind) then -- "In Alta, a baker, Ann Lee, was shot": the role is hers
    return nil
  end
  return role and #role > 3 and #role <= 90 and not is_clause(role) and role or nil
end

return titles
