-- Who speaks: the noun phrase as it stands in the text, the mention that lies in it, and for "he" or "she" the last speaker who fits.

local M = {}

local gender = { he = "m", she = "f", mr = "m", mrs = "f", ms = "f", miss = "f", sir = "m", lord = "m", lady = "f", king = "m", queen = "f",
  spokesman = "m", spokeswoman = "f", chairman = "m", chairwoman = "f", father = "m", mother = "f", brother = "m", sister = "f",
  son = "m", daughter = "f", husband = "m", wife = "f", man = "m", woman = "f", congressman = "m", congresswoman = "f", his = "m", her = "f",
  policeman = "m", policewoman = "f", businessman = "m", businesswoman = "f", boy = "m", girl = "f", prince = "m", princess = "f" }

local pronouns = { he = true, she = true, they = true, it = true, i = true, we = true, you = true, who = true, which = true }

local possessive = { him = "he", his = "he", her = "she", their = "they", its = "it" }

--- The words of a speaker: a pronoun in its bare form ("he's" is "he"), else nil.
function M.pronoun(text)
  local bare = text:lower():gsub("’", "'"):gsub("'.*$", "")
  bare = possessive[bare] or bare
  return pronouns[bare] and bare or nil
end

-- Prepositions that begin no speaker, as "at least one guard" and "about forty people" do
local leads_off = { with = true, of = true, from = true, by = true, on = true, to = true, into = true, through = true, during = true, within = true, without = true, via = true }

-- Single words that stand before a verb of saying and are no noun
local no_noun = { clear = true, likely = true, unlikely = true, ill = true, kept = true, heard = true, made = true, held = true, found = true, left = true, seen = true,
  known = true, taken = true, given = true, able = true, ready = true, free = true, set = true, quick = true, careful = true, reluctant = true }

local months = { january = true, february = true, march = true, april = true, may = true, june = true, july = true, august = true, september = true,
  october = true, november = true, december = true }

--- Can these words be somebody who speaks? Not "kept", "clear", nor the "August" of "August 23".
-- @param after the byte behind them
function M.is_someone(text, after, W)
  local first, rest = text:match("^(%S+)%s*(.*)$")
  local word = first:lower():gsub("’", "'")
  if leads_off[word] then return false end
  if rest ~= "" then return true end
  if months[word] then return not after:find("^%s*[%d-]") end
  if first:find("^[%u\128-\255]") then return not W.determiner[word] or W.speaker[word] ~= nil or W.possessive[word] ~= nil end
  if word == "the" or word == "a" or word == "an" or word == "no" or W.auxiliary[word] or W.stop[word] or no_noun[word] then return false end
  return not (word:find("ed$") or word:find("ly$")) or W.speaker[word] ~= nil
end

local function gender_of(text)
  local found
  for word in text:lower():gmatch("%a+") do
    local g = gender[word]
    if g then found = found and found ~= g and "?" or found or g end
  end
  return found ~= "?" and found or nil
end

local function last_word(s) return s:match("([%a\128-\255]+)[^%a\128-\255]*$") end

-- Between a name and what goes on behind it without being more of the phrase: ", the mayor", " of Iowa", " (left)"
local behind_name = { ["of"] = true, ["in"] = true, ["from"] = true, ["for"] = true, ["at"] = true, ["and"] = true, ["who"] = true, ["on"] = true, ["with"] = true, ["told"] = true }

-- Does one of these words stand in the phrase?
local function holds(s, words)
  for word in s:lower():gmatch("[%a\128-\255]+") do
    if words[word] then return true end
  end
  return false
end

-- "Minister for Works ", "Director-General of the Harbour Board ": the office of the one whose name follows
local function is_office(lead, W)
  local head, rest = lead:match("^(.-)%s+%f[%a]for%s+(.*)$")
  local other, behind = lead:match("^(.-)%s+%f[%a]of%s+(.*)$")
  if not head or other and #other < #head then head, rest = other, behind end
  if not head or not (W.title[(last_word(head) or ""):lower()] or W.human[(last_word(head) or ""):lower()]) then return false end
  if W.voice[(last_word(head) or ""):lower()] or not head:find("^%u") and not head:find("%s%u%S*$") then return false end
  local proper = false
  for word in rest:gmatch("%S+") do
    local folded = word:lower():gsub("[.,]+$", "")
    if word:find("^%u") then
      if W.title[folded] then return proper end
      proper = true
    elseif folded ~= "the" and folded ~= "and" and folded ~= "of" then return false end
  end
  return proper
end

-- "Ministry of Harbours spokesman Lt ", title "spokesman Lt": not "a lawyer of President "
local function is_titled(before, title, W)
  local lead = before:gsub("%s+$", "")
  if not title or #lead <= #title or lead:sub(-#title) ~= title then return false end
  local word = lead:sub(1, -#title - 1):match("(%S+)%s+$")
  return word ~= nil and word:find("^%u") ~= nil and not W.determiner[word:lower()] and holds(title, W.human)
end

-- Is the mention who speaks, or does it only say more of who speaks? "a student from Osh" is not Osh, and "the Lagos police" not Lagos; but who speaks
-- for somebody ("a spokesman for the ministry", "the president's office") gives that one's words.
local function is_head(text, m, first, last, W)
  local before, after = text:sub(first, m.first - 1), text:sub(m.last + 1, last)
  if m.kind == "person" and (is_office(before, W) or is_titled(before, m.title, W)) then before = "" end
  local voiced = holds(before, W.voice) or m.kind == "organisation" and holds(before, W.delegate)
  local lead = before:match("([^,]*)$")                            -- what stands before the last comma says who it is
  for word in lead:lower():gmatch("[%a\128-\255]+") do
    if behind_name[word] or word == "to" or word == "by" then
      if not voiced then return false end
      break
    end
  end
  local rest = after:gsub("^'s?", ""):gsub("^’s?", "")
  local word = rest:match("^%s+([%a\128-\255]+)")
  if not word or W.honorific[word:lower()] and not rest:find("^%s+%a+%s+%a") then return true end   -- "Ann Lee", "Ann Lee, the mayor", "Ann Lee sahiba"
  if behind_name[word:lower()] and rest == after then return true end
  local phrase = rest:match("^[^,]*")
  if m.kind == "place" then return false end                       -- "the Lagos police"
  if m.kind == "organisation" and rest == after and W.body[(last_word(phrase) or ""):lower()] then return true end   -- "the Interpress news agency"
  return W.voice[(last_word(phrase:match("^(.-)%s+of%s") or phrase) or ""):lower()] == true
end

--- The mention that names the speaker of a span: the first person in it, else the first organisation or place.
-- @param W small words of data/quotations/
function M.mention(text, mentions, first, last, W)
  local best
  for i = 1, #mentions do
    local m = mentions[i]
    if m.first > last then break end
    if m.last <= last and m.first >= first and is_head(text, m, first, last, W) then
      if m.kind == "person" then return m end
      best = best or m
    end
  end
  return best
end

--- A memory of who spoke, to resolve pronouns by. Nobody before the byte `floor` is meant: there another entry of a live blog stands.
function M.memory(mentions) return { last = nil, mentions = #mentions > 0, quotes = {}, papers = {}, floor = 1 } end

--- Is it one human being without a name: "The minister", "a port official", "the director of the mill"?
function M.is_human(phrase, W)
  local head = phrase:match("^(.-)%s+of%s") or phrase:match("^(.-)%s+for%s") or phrase:match("^(.-)%s+in%s") or phrase:match("^(.-)%s+at%s") or phrase:match("^(.-),") or phrase
  local first = head:lower():match("^%a+")
  return (first == "the" or first == "a" or first == "an" or W.possessive[first or ""] ~= nil) and W.human[(last_word(head) or ""):lower()] ~= nil
end

--- Notes a speaker who is no pronoun.
-- @param position the byte where he is named as the speaker
function M.note(memory, speaker, paragraph, position, W)
  local person = speaker.kind == "person" or not memory.mentions and speaker.text:find("%u")
  local g = gender_of(speaker.text)
  local titled = not speaker.kind and W.human[(speaker.text:match("^%u%l+") or ""):lower()] and speaker.text:find(" %u")   -- "Minister for Works Ivo Berg"
  if not person and not g and not titled and (speaker.mention_id or not M.is_human(speaker.text, W)) then return end
  memory.last = { text = speaker.text, mention_id = speaker.mention_id, gender = g, paragraph = paragraph, position = position,
    person = speaker.kind == nil or speaker.kind == "person" }
end

-- "the statement", "his letter": a paper that has been told of before
local function paper(text, W)
  local lead, noun = text:lower():match("^(%a+) (%a+)$")
  return lead and (lead == "the" or lead == "his" or lead == "her" or lead == "its" or lead == "their") and W.paper[noun] and noun or nil
end

local REACH = 8 -- paragraphs for which a paper is remembered

--- Notes whose paper is told of: "a statement from Ann Lee's office said", "Ann Lee said in a statement".
-- @param sentence the text of the sentence that has the speaker
function M.note_paper(memory, speaker, sentence, paragraph, W)
  if not speaker.mention_id then return end
  for noun in sentence:lower():gmatch("%a+") do
    if W.paper[noun] then memory.papers[noun] = { mention_id = speaker.mention_id, kind = speaker.kind, paragraph = paragraph } end
  end
end

local function quoted(quotes, m)
  for i = #quotes, 1, -1 do
    if quotes[i].first <= m.first and quotes[i].last >= m.last then return true end
    if quotes[i].last < m.first then return false end
  end
  return false
end

--- The last person named before a byte, outside quotations and not before an entry of a live blog.
local function last_person(mentions, quotes, position, floor)
  for i = #mentions, 1, -1 do
    local m = mentions[i]
    if m.first < floor then return nil end
    if m.last < position and m.kind == "person" and not quoted(quotes, m) then return m end
  end
end

-- Nothing before the name, a title, or what he is: "Mayor", "A neighbour, "
local function heads_sentence(lead)
  return not (" " .. lead):find("[%s(]%l") or lead:find("^An? [%l -]+, $") ~= nil or lead:find("^The [%l -]+, $") ~= nil
end

--- Is the mention the subject of one of the two sentences before a byte? It stands at the sentence's head, behind a title at most.
local function subject_before(article, m, position)
  for i = #article.sentences, 1, -1 do
    local s = article.sentences[i]
    if s.first <= m.first and s.last >= m.last then
      local later = article.sentences[i + 2]
      return s.last < position and (not later or later.last >= position) and heads_sentence(article.text:sub(s.first, m.first - 1))
    end
  end
  return false
end

--- The person at the head of the sentence before, in the same paragraph: "Ann Lee held her daughter Ida. “She is alive,” she said."
local function subject_of_last(article, position)
  local before
  for _, s in ipairs(article.sentences) do
    if s.last >= position then break end
    before = s
  end
  if not before or article.text:sub(before.last + 1, position - 1):find("\n") then return nil end
  local subject
  for _, m in ipairs(article.mentions) do
    if m.first > before.last then break end
    if m.first >= before.first and m.kind == "person" then
      if subject then
        if article.text:sub(subject.last + 1, m.first - 1):find("^,? and ") then return nil end  -- "Ann Lee and Ida Berg came"
      elseif heads_sentence(article.text:sub(before.first, m.first - 1)) then subject = m
      else return nil end
    end
  end
  return subject
end

--- The only person whom the text has named before a byte, outside quotations; nil where there are two.
function M.only_person(mentions, quotes, position, floor)
  local found
  for _, m in ipairs(mentions) do
    if m.last >= position then break end
    if m.first >= floor and m.kind == "person" and not quoted(quotes, m) then
      if found and not (found.name:find(m.name:match("(%S+)$"), 1, true) or m.name:find(found.name:match("(%S+)$"), 1, true)) then return nil end
      if not found or #m.name > #found.name then found = m end
    end
  end
  return found
end

--- For "he" and "she" at a byte: the last speaker, if he stands at most two paragraphs back, isn't known to be the other sex, and nobody
-- else was named since; or whoever was named last, as the subject of the sentence before; or the only person named so far. Else nil.
function M.resolve(memory, pronoun, paragraph, position, article)
  local g = gender[pronoun]
  if pronoun ~= "he" and pronoun ~= "she" then return nil end
  local m = memory.last
  local near = last_person(article.mentions, memory.quotes, position, memory.floor)
  local recent = m and m.person and paragraph - m.paragraph <= 2
  if recent and (not near or near.first < (m.position or 0) or m.text:find(near.name:match("(%S+)$"), 1, true)) then
    if m.gender and m.gender ~= g then return nil end
    m.gender, m.paragraph = g, paragraph
    return m
  end
  if not (near and subject_before(article, near, position)) then
    near = subject_of_last(article, position) or not m and M.only_person(article.mentions, memory.quotes, position, memory.floor) or nil
  end
  local known = near and gender_of(near.title or "")
  if near and (not known or known == g) then
    memory.last = { text = near.name, mention_id = near.mention_id, gender = g, paragraph = paragraph, position = position, person = true }
    return memory.last
  end
  return nil
end

--- Whose paper speaks: the speaker with the mention of the one who issued it, or the speaker as given. "his chancellery", "her spokesman": the one
-- whom the pronoun means.
function M.issuer(memory, speaker, paragraph, W, position)
  if speaker.mention_id then return speaker end
  local owner = (" " .. speaker.text:lower() .. " "):match("%A(his)%A") or (" " .. speaker.text:lower() .. " "):match("%A(her)%A")
  if owner and holds(speaker.text, W.voice) then
    local m = M.resolve(memory, possessive[owner], paragraph, position, memory.article)
    return m and { text = speaker.text, mention_id = m.mention_id, kind = "person" } or speaker
  end
  local noun = paper(speaker.text, W)
  local known = noun and memory.papers[noun]
  if not known or paragraph - known.paragraph > REACH then return speaker end
  known.paragraph = paragraph
  return { text = speaker.text, mention_id = known.mention_id, kind = known.kind }
end

return M
