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

local function gender_of(text)
  local found
  for word in text:lower():gmatch("%a+") do
    local g = gender[word]
    if g then found = found and found ~= g and "?" or found or g end
  end
  return found ~= "?" and found or nil
end

--- The mention that names the speaker of a span: the first person in it, else the first organisation or place.
function M.mention(mentions, first, last)
  local best
  for i = 1, #mentions do
    local m = mentions[i]
    if m.first > last then break end
    if m.last <= last and m.first >= first then
      if m.kind == "person" then return m end
      best = best or m
    end
  end
  return best
end

--- A memory of who spoke, to resolve pronouns by.
function M.memory(mentions) return { last = nil, mentions = #mentions > 0, quotes = {} } end

--- Notes a speaker who is no pronoun.
function M.note(memory, speaker, paragraph)
  local person = speaker.kind == "person" or not memory.mentions and speaker.text:find("%u")
  if not person and not gender_of(speaker.text) then return end
  local g = gender_of(speaker.text)
  memory.last = { text = speaker.text, mention_id = speaker.mention_id, gender = g, paragraph = paragraph, person = speaker.kind == nil or speaker.kind == "person" }
end

local function quoted(quotes, m)
  for i = #quotes, 1, -1 do
    if quotes[i].first <= m.first and quotes[i].last >= m.last then return true end
    if quotes[i].last < m.first then return false end
  end
  return false
end

--- The last person named before a byte, outside quotations.
local function last_person(mentions, quotes, position)
  for i = #mentions, 1, -1 do
    local m = mentions[i]
    if m.last < position and m.kind == "person" and not quoted(quotes, m) then return m end
  end
end

--- Is the mention the subject of one of the two sentences before a byte? It stands at the sentence's head, behind a title at most.
local function subject_before(article, m, position)
  for i = #article.sentences, 1, -1 do
    local s = article.sentences[i]
    if s.first <= m.first and s.last >= m.last then
      local later = article.sentences[i + 2]
      local lead = article.text:sub(s.first, m.first - 1)
      return s.last < position and (not later or later.last >= position)
        and not (" " .. lead):find("[%s(]%l")
    end
  end
  return false
end

--- For "he" and "she" at a byte: the last speaker, if he stands at most two paragraphs back, isn't known to be the other sex, and nobody
-- else was named since; or whoever was named last, as the subject of the sentence before. Else nil.
function M.resolve(memory, pronoun, paragraph, position, article)
  local g = gender[pronoun]
  if pronoun ~= "he" and pronoun ~= "she" then return nil end
  local m = memory.last
  local near = last_person(article.mentions, memory.quotes, position)
  local recent = m and m.person and paragraph - m.paragraph <= 2
  if recent and (not near or m.text:find(near.name:match("(%S+)$"), 1, true)) then
    if m.gender and m.gender ~= g then return nil end
    m.gender, m.paragraph = g, paragraph
    return m
  end
  local known = near and gender_of(near.title or "")
  if near and subject_before(article, near, position) and (not known or known == g) then
    memory.last = { text = near.name, mention_id = near.mention_id, gender = g, paragraph = paragraph, person = true }
    return memory.last
  end
  return nil
end

return M
