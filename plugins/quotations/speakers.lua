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
function M.memory(mentions) return { last = nil, mentions = #mentions > 0 } end

--- Notes a speaker who is no pronoun.
function M.note(memory, speaker, paragraph)
  local person = speaker.kind == "person" or not memory.mentions and speaker.text:find("%u")
  if not person and not gender_of(speaker.text) then return end
  local g = gender_of(speaker.text)
  memory.last = { text = speaker.text, mention_id = speaker.mention_id, gender = g, paragraph = paragraph, person = speaker.kind == nil or speaker.kind == "person" }
end

--- For "he" and "she": the last speaker, if he stands at most two paragraphs back, may be a person, and isn't known to be the other sex.
function M.resolve(memory, pronoun, paragraph)
  local m = memory.last
  if not m or (pronoun ~= "he" and pronoun ~= "she") or not m.person or paragraph - m.paragraph > 2 then return nil end
  local g = gender[pronoun]
  if m.gender and m.gender ~= g then return nil end
  m.gender, m.paragraph = g, paragraph
  return m
end

return M
