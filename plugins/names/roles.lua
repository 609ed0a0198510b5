-- What the sources call a person: the phrase before a name ("former customs official", "UN spokesperson"), behind it (", a member of the port
-- council,", "who heads the customs service"), and what the sentence says ("was elected mayor"). Read from the text around one name, put in clean words.
-- A role is { text, head (its noun, small letters), words = set, kin = { word, possessor = "name" | "his" | "her" | office, place of the possessor's end } }.

local data = require "annalist.data"
local unicode = require "annalist.text"
local knowledge = require "lib.names.knowledge"
local wordset = require "lib.wordset"

local roles = {}
roles.__index = roles

local BEFORE, BEHIND = 150, 220 -- bytes that are looked at
local LONGEST = 75               -- bytes of a role

local DETERMINER = wordset "the a an his her their its whose this that"
local PREPOSITION = wordset "of for in at to on from with against under over by near between behind during after before since until about among inside outside"
local CHAIN = wordset "of for in at to the and on" -- words that may stand between a role's noun and its bearer: "head of the Bank of Norland"
local OWNER = { his = true, her = true }

-- Where an apposition ends
local STOPS = wordset("who whom about whose which that said says told was is were are had has have did does will would could should and but when while as where "
  .. "until since after before during yesterday today")
local HEADING = wordset "heads leads chairs runs commands headed led chaired ran commanded owns owned founded directs directed represents edits"
local COPULA = { " was elected ", " was appointed ", " was named ", " has been elected ", " has been appointed ", " has been named ", " has been ", " had been ",
  " has become ", " had become ", " will become ", " is now ", " is ", " was ", " became ", " becomes ", " remains " } -- the longer first

local function add_lines(into, name)
  for _, line in ipairs(data.lines(name)) do
    for word in line:gmatch("%S+") do
      into[word] = true
    end
  end
end

function roles.new()
  local self = setmetatable({ noun = {}, weak = {}, sex = {}, modifier = {}, stop = {}, people = {}, particle = {}, kin = {}, honorific = {}, rank = {} }, roles)
  for _, line in ipairs(data.lines "entities/titles.txt") do
    for phrase in line:gmatch("[^,]+") do
      local last = unicode.lower(phrase):match("([%w\x80-\xff'-]+)%.?%s*$")
      if last and #last > 3 then
        self.noun[last] = true
      end
    end
  end
  for _, row in ipairs(knowledge.rows "titles.tsv") do
    self.rank[row[1]] = row[2] == "honorific" or row[2] == "rank" or nil
    if row[2] == "honorific" then
      self.noun[row[1]], self.honorific[row[1]] = nil, true
    end
  end
  for _, row in ipairs(knowledge.rows "roles.tsv") do
    self.noun[row[1]], self.sex[row[1]] = true, row[2] ~= "" and row[2] or nil
    self.weak[row[1]] = row[3] ~= "" and row[3] ~= nil or nil
    self.kin[row[1]] = row[3] == "relation" or nil
  end
  for _, row in ipairs(knowledge.rows "kinship.tsv") do
    self.kin[row[1]], self.sex[row[1]] = true, row[2] and row[2] ~= "" and row[2] or nil
    self.noun[row[1]], self.weak[row[1]] = true, true
  end
  for _, line in ipairs(data.lines "entities/nationalities.txt") do
    for phrase in line:gmatch("[^,]+") do
      self.people[unicode.lower(phrase:match("^%s*(.-)%s*$"))] = true
    end
  end
  for _, row in ipairs(knowledge.rows "particles.tsv") do
    self.particle[row[1]] = row[4] == nil or row[4] == ""
  end
  add_lines(self.modifier, "names/role_modifiers.txt")
  add_lines(self.stop, "words/stop.txt")
  return self
end

-- "ministers" -> "minister" when that is a role
function roles:singular(word)
  local one = word:gsub("men$", "man")
  if one ~= word and self.noun[one] then
    return one
  end
  one = word:match("^(.+)ies$")
  if one and self.noun[one .. "y"] then
    return one .. "y"
  end
  one = word:match("^(.+)s$")
  return one and self.noun[one] and not self.noun[word] and one or nil
end

-- "on Monday", "in 2020": no part of a role
local function is_time(word, following)
  local text = following and following.text or ""
  return (word.lower == "on" or word.lower == "last" or word.lower == "in" or word.lower == "from") and (text:find("^%u%l+day$") or text:find("^%d%d%d%d"))
end

-- The noun that a word is, without "ex-" and the like; and whether it is one of several people's
function roles:noun_of(word)
  local plain = word:gsub("%.$", "")
  if self.noun[plain] then
    return plain, false
  end
  local tail = plain:match("^ex%-(.+)$") or plain:match("^vice%-(.+)$") or plain:match("^co%-(.+)$")
  if tail and self.noun[tail] then
    return tail, false
  end
  local one = self:singular(plain)
  if one then
    return one, true
  end
end

local function is_capital(word)
  return word:find("^%u") ~= nil or word:find("^[\xc3-\xd0][\x80-\xbf]") ~= nil and unicode.lower(word) ~= word
end

-- Words of a passage: { text, lower, comma = a comma behind it, owner = "'s" behind it }, with their places.
local function words_of(passage, from)
  local list = {}
  for start, word, stop in passage:gmatch("()(%S+)()") do
    local plain = word:gsub(",$", ""):gsub("^[\"'\x80-\xbf\xe2]*", "")
    local owner = plain:match("^(.-)'s$") or plain:match("^(.-)\xe2\x80\x99s$")
    list[#list + 1] = { text = owner or plain, lower = unicode.lower(owner or plain), comma = word:find(",$") ~= nil, owner = owner ~= nil,
      first = from + start - 1, last = from + stop - 2 }
  end
  return list
end

local function make(self, text, head, kin)
  text = text:gsub("^other ", ""):gsub("^same ", ""):gsub("^now ", ""):gsub("^then ", ""):gsub("%s*%b()", ""):gsub("%s+", " "):gsub("[%s,'\"]+$", ""):gsub("^[%s,'\"]+", "")
  if #text < 3 or #text > LONGEST or text:find("[\"\n]") or text:find("\xe2\x80[\x9c\x9d]") then
    return nil
  end
  local words = {}
  for word in unicode.lower(text):gmatch("[%w\x80-\xff]+") do
    words[word] = true
  end
  return { text = text, head = head, words = words, kin = kin,
    weak = self.weak[head], noun = self.noun[head] and not self.weak[head] or false, sex = self.sex[head], former = words.former or words.ex or nil }
end

-- "released": a verb, unless it stands behind a determiner ("the jailed judge") or is known to go with roles
local function is_verb(self, words, i)
  return words[i].lower:find("%l%led$") and not self.modifier[words[i].lower] and not (i > 1 and DETERMINER[words[i - 1].lower])
end

-- May the word at `i` be part of the role that goes on behind it? `loose`: a determiner was seen further left.
local function modifies(self, words, i, loose)
  local word = words[i]
  if word.lower:find("%l%led$") and not loose and i > 1 and not (words[i - 1].comma or PREPOSITION[words[i - 1].lower]) then
    return false -- "officers ousted President Ann Lee", but "the ousted president"
  end
  if word.comma or word.owner or DETERMINER[word.lower] or PREPOSITION[word.lower] or is_verb(self, words, i) then
    return false
  elseif self.modifier[word.lower] or self.people[word.lower] or word.text:find("^%u[%u.]+$") then
    return true
  elseif self.stop[word.lower] or self.honorific[word.lower:gsub("%.$", "")] then
    return false
  end
  if loose and words[i + 1] and is_capital(words[i + 1].text) and not is_capital(word.text) and not word.lower:find("ed$") and not word.lower:find("ing$")
    and not self.noun[word.lower] then
    return false -- "on this occasion Minister Ann Lee"
  end
  local head_is_capital = is_capital(words[#words].text)
  return is_capital(word.text) and (i > 1 or head_is_capital) or loose or self.noun[word.lower] and i > 1
end

-- Is there a determiner or an owner a few words before word `i`, with nothing between that ends a phrase?
local function determined(self, words, i)
  for k = i, math.max(1, i - 5), -1 do
    local word = words[k]
    if DETERMINER[word.lower] or word.owner then
      return k
    elseif word.comma or PREPOSITION[word.lower] or self.stop[word.lower] or is_verb(self, words, k) then
      return nil
    end
  end
end

-- The first word of the role whose noun is word `at`; nothing that ends before byte `name_end`, where another's name ends, is part of it.
local function begin(self, words, at, name_end)
  local start, determiner = at, determined(self, words, at - 1)
  while start > 1 do
    if words[start - 1].first <= name_end then
      break
    elseif modifies(self, words, start - 1, determiner ~= nil) then
      start = start - 1
    elseif words[start - 1].lower == "of" and start > 2 and is_capital(words[start].text) and is_capital(words[start - 2].text) then
      start = start - 2 -- "London School of Economics analyst"
    elseif self.particle[words[start - 1].lower] and start > 2 and is_capital(words[start].text) and is_capital(words[start - 2].text)
      and not (words[start - 2].comma or words[start - 2].owner) and words[start - 2].first > name_end then
      start = start - 2 -- "San Pedro de Macoris director"
    else
      break
    end
  end
  return start, start > 1 and (DETERMINER[words[start - 1].lower] or words[start - 1].owner) and words[start - 1] or nil
end

-- "The wife of the president, Ann Lee," is not the president, "the chief of the Port Guard, Ann Lee," no guard: the noun that the phrase of word `at`
-- belongs to, and where its own phrase begins.
local function owner_noun(self, words, at, start, name_end)
  local owner
  while start > 2 do
    local k = start - 1
    while k > 1 and DETERMINER[words[k].lower] do
      k = k - 1
    end
    local joins = k > 1 and CHAIN[words[k].lower] and not DETERMINER[words[k].lower] and words[k].lower ~= "and"
    if not joins or words[k - 1].comma or words[k - 1].owner or words[k - 1].first <= name_end or not self:noun_of(words[k - 1].lower) then
      break
    end
    at = k - 1
    start, owner = begin(self, words, at, name_end)
  end
  return at, start, owner
end

-- "Representative of the Chairman for Norland": the noun furthest left of such a chain
local function leftmost(self, words, at)
  local found = at
  for i = at - 1, math.max(1, at - 6), -1 do
    local lower = words[i].lower
    if words[i].comma or words[i].owner then
      break
    elseif self:noun_of(lower) and CHAIN[words[i + 1].lower] and words[i + 1].lower ~= "and" and is_capital(words[i].text) then
      found = i
    elseif not CHAIN[lower] and not is_capital(words[i].text) then
      break
    end
  end
  return found
end

-- The noun of the role before a name: its number, or nil. Without a comma what stands between them must be capitals: "Head of the Bank of Norland Ann Lee".
local function find_noun(self, words, comma)
  if self:noun_of(words[#words].lower) then
    return #words
  end
  for i = #words - 1, math.max(1, #words - 9), -1 do
    local word = words[i]
    if word.comma then
      return nil
    elseif self:noun_of(word.lower) and CHAIN[words[i + 1].lower] and not word.owner then
      return (comma or is_capital(word.text)) and leftmost(self, words, i) or nil
    elseif not comma and not is_capital(word.text) and not CHAIN[word.lower] then
      return nil
    elseif comma and self.stop[word.lower] and not CHAIN[word.lower] then
      return nil
    end
  end
end

local function kin_of(self, head, owner, words, text)
  if not self.kin[head] then
    return nil
  end
  local one = head:gsub("s$", "")
  head = self.kin[one] and one or head
  local chain = text:find(head .. " of ", 1, true)
  if owner and OWNER[owner.lower] then
    return { word = head, possessor = owner.lower, at = owner.first }
  elseif owner and owner.owner then
    return { word = head, possessor = owner.text, at = owner.last }
  end
  return { word = head, possessor = chain and "of" or nil, at = words[1].first }
end

-- "army spokesman Col.", "the chief prosecutor, Ms.": the rank or honorific behind a role is not part of it.
local function drop_rank(self, words)
  local n = #words
  if n > 1 and self.rank[words[n].lower:gsub("%.$", "")] and not words[n].comma and self:noun_of(words[n - 1].lower) then
    words[n] = nil
  end
end

--- The role that stands before byte `first` in the sentence that begins at `bound`: role or nil, and whether it is several people's.
--- `name_end`: the last byte of another person's name that stands before (0: none).
function roles:before(text, bound, first, last, name_end)
  local from = math.max(bound, first - BEFORE)
  local head = text:sub(from, first - 1)
  if not head:find("[ ,] ?$") then
    return nil
  end
  local cut = head:find("[^\n;:!?()%[%]\"]*$")
  head = head:sub(cut)
  local words = words_of(head, from + cut - 1)
  if #words == 0 then
    return nil
  end
  drop_rank(self, words)
  local comma = words[#words].comma
  if comma and not text:find("^[,.]", last + 1) then
    return nil
  end
  words[#words].comma = false
  local at = find_noun(self, words, comma)
  if not at then
    return nil
  end
  local noun, several = self:noun_of(words[at].lower)
  local start, owner = begin(self, words, at, name_end or 0)
  if comma then
    local upper, lead, whose = owner_noun(self, words, at, start, name_end or 0)
    if upper ~= at then
      at, start, owner = upper, lead, whose
      noun, several = self:noun_of(words[at].lower)
    end
  end
  if comma and not owner and start > 1 and not words[start - 1].comma then
    return nil
  end
  local kin = kin_of(self, noun, owner, words, head)
  local phrase = text:sub(words[start].first, words[#words].last)
  if several then
    phrase = phrase:gsub("^(.*)" .. words[at].text:gsub("%p", "%%%0"), function(lead) return lead .. words[at].text:gsub("men$", "man"):gsub("ies$", "y"):gsub("s$", "") end)
  end
  return make(self, phrase, noun, kin), several
end

-- The noun of a phrase that begins with its modifiers: "member of the council" -> "member". Number of its word, or nil.
local function first_noun(self, words)
  local found
  for i = 1, math.min(#words, 9) do
    local word = words[i]
    if PREPOSITION[word.lower] then
      break
    end
    if self:noun_of(word.lower) then
      found = i
    end
    if word.comma then
      break
    end
  end
  return found
end

-- What an apposition or a predicate says, from its first word on: "a member of the port council who fled" -> role
local function phrase_role(self, passage, from, needs_noun)
  passage = passage:gsub("%b()", function(s) return (" "):rep(#s) end)
  local stop = passage:find("[,;:.\n\"()%[%]]") or #passage + 1
  local abbreviation = passage:sub(1, stop):find("%f[%a]%u%.$") -- "U.S."
  if abbreviation then
    stop = passage:find("[,;:\n\"()]", stop + 1) or #passage + 1
  end
  local words = words_of(passage:sub(1, stop - 1), from)
  for i, word in ipairs(words) do
    if i > 1 and is_time(word, words[i + 1]) or i > 1 and STOPS[word.lower] and not (word.lower == "and" and words[i + 1] and (is_capital(words[i + 1].text) or self:noun_of(words[i + 1].lower))) then
      for k = #words, i, -1 do
        words[k] = nil
      end
      break
    end
  end
  local start, owner = 1, nil
  if #words > 1 and (DETERMINER[words[1].lower] or words[1].owner) then
    start, owner = 2, words[1]
  elseif #words > 2 and words[1].lower == "the" and words[2].owner then
    start, owner = 3, words[2]
  end
  if words[2] and words[2].owner and owner and owner.lower == "the" then
    start, owner = 3, words[2]
  end
  if #words < start then
    return nil
  end
  local rest = table.move(words, start, #words, 1, {})
  local one_of = rest[1].lower == "one" and rest[2] and rest[2].lower == "of"
  local noun = first_noun(self, one_of and table.move(rest, 3, #rest, 1, {}) or rest)
  if not noun and needs_noun then
    return nil
  end
  local head = noun and self:noun_of(rest[(one_of and 2 or 0) + noun].lower) or rest[#rest].lower
  local whole = passage:sub(rest[1].first - from + 1, rest[#rest].last - from + 1)
  return make(self, whole, head, kin_of(self, head, owner, words, whole)), owner
end

-- The words at the beginning that are written large: "Audit Court said" -> "Audit Court"
local function capitals(passage)
  local list = {}
  for word in passage:gmatch("%S+") do
    if not is_capital(word) then
      break
    end
    list[#list + 1] = word
  end
  return table.concat(list, " ")
end

-- "Minister Ann Lee, Deputy Commissioner Omar Hadi and others": what stands behind the comma is the next person of a list.
local function next_in_list(self, apposition)
  local phrase = apposition:match("^(%u[%a%-]+ [%u][^,.;:()]*)")
  if not phrase then
    return false
  end
  local words, last = words_of(phrase, 1), nil
  for i, word in ipairs(words) do
    if not is_capital(word.text) then
      if not CHAIN[word.lower] or i == #words then
        break
      end
    elseif self:noun_of(word.lower) or self.rank[word.lower] then
      last = i
    end
  end
  local one, two = words[last and last + 1 or 0], words[last and last + 2 or 0]
  return one ~= nil and two ~= nil and is_capital(one.text) and is_capital(two.text) and not self:noun_of(one.lower)
end

--- The role that stands behind byte `last`, or nil.
function roles:behind(text, last)
  local tail = text:sub(last + 1, last + BEHIND):match("^[^\n]*")
  local from = last + 1
  local skipped = tail:match("^ ?%b()()") or tail:match("^, %d%d()")
  if skipped then
    tail, from = tail:sub(skipped), from + skipped - 1
  end
  local body = tail:match("^ of the (%u[%w\x80-\xff'-]+[ %u%l\x80-\xff'-]*)")
  if body then
    return make(self, "of the " .. (body:match("^[%u%l\x80-\xff' -]- party%f[%A]") or capitals(body)), "of")
  end
  if tail:find("^, who %l+") then
    local verb, rest = tail:match("^, who (%l+) (.+)$")
    if HEADING[verb] then
      local whole = rest:match("^[^,.;:]+")
      return make(self, verb .. " " .. whole, verb)
    elseif verb == "is" or verb == "was" or verb == "became" then
      local role = phrase_role(self, rest, from, true)
      if role and verb == "was" and not role.former then -- "who was governor until Monday"
        role = make(self, "former " .. role.text, role.head, role.kin)
      end
      return role
    end
    return nil
  end
  local apposition = tail:match("^, (.+)$")
  if apposition then
    local closed = apposition:find("^[^,.;:()]*%b()[^,.;:()]*[,.;]") or apposition:find("^[^,.;:()]+[,.;]") or apposition:find("^[^,.;:()]+ who ")
    local role, owner = phrase_role(self, apposition, from + 2, true)
    local first = apposition:match("^[%w-]+")
    local opens = first and (self.modifier[first:lower()] or self:noun_of(first:lower()) or self.people[first:lower()] or apposition:find("^one of "))
    return role and closed and (owner or opens) and not next_in_list(self, apposition) and role or nil
  end
  for _, verb in ipairs(COPULA) do
    if tail:sub(1, #verb) == verb then
      local rest = tail:sub(#verb + 1)
      local role, owner = phrase_role(self, rest, from + #verb, true)
      local first = rest:match("^[%a-]+")
      if role and (owner and not OWNER[owner.lower] and owner.lower ~= "whose" or not owner and first and (self.modifier[first:lower()] or self.noun[first:lower()])
          and verb:find("ed $") or not owner and verb:find("beca?ome?s? ") and first and self.noun[first:lower()]) then
        return role
      end
      return nil
    end
  end
end

return roles
