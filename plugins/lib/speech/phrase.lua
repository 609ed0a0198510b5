-- Noun phrases and verb groups in a sentence of tokens (see reading.lua), told by small words alone: who is the subject of a verb of
-- saying, where its group of auxiliaries begins, which noun phrase follows it. No tagger: what isn't known to be something else is a noun.

local M = {}

local wordset = require "lib.wordset"

local as_pronoun = wordset "others some many all this both few most one"   -- "some say", "this shows"
local all_of = wordset "all some many"                           -- "all saying"
local counted = wordset "people some others many men women"
local counted_as = wordset "dead missing infected injured ill positive"
local present_be = wordset "is are be"

--- Does the word before rule a verb out? "the report", "his claims", "of criticism", "Ms. Lee's offer"
local function noun_by(s, i, tense, doubtful, W)
  local p, k = s.w[i - 1], s.k[i - 1]
  if k ~= "w" then
    if k == "n" then return doubtful and s.k[i + 1] == "w" and not W.determiner[s.w[i + 1]] end   -- "20 pledged delegates"
    return k == "$" or k == "%"
  end
  if tense == "ing" then return W.determiner[p] and not all_of[p] or p:find("'s$") ~= nil end
  if W.determiner[p] and not as_pronoun[p] or W.preposition[p] then return true end
  return p:find("'s?$") ~= nil and not W.contracted[p] or tense == "base" and present_be[p] or false
end

--- Forms of the present stand behind a fitting subject: "critics say", "she claims", but not "United States".
local function present_fits(s, i, tense, doubtful, W)
  local p, k = s.w[i - 1], s.k[i - 1]
  if k == "Q" and doubtful and not s.q[i - 1].stopped then return false end   -- rejects 'water bomb' claim
  if k ~= "w" then return k == "," or k == "Q" or k == "-" or k == ")" end
  local adverb = W.adverb[p] or p:find("ly$")
  if tense == "base" then
    local plural = p:find("[^s']s$") or W.speaker[p] or W.document[p] or W.subject[p] or W.relative[p] or counted[p] or W.auxiliary[p]
    return plural or not doubtful and (adverb or p == "and" or s.c[i - 1]) or false
  end
  if not doubtful then return true end
  local fits = s.c[i - 1] or s.w[i - 2] == "of" and W.speaker[s.w[i - 3]] or W.subject[p] or W.speaker[p] or W.document[p] or W.relative[p] or adverb or p == "and"
  return fits and s.w[i + 1] ~= "of"
end

--- Is token i a verb of saying here, and not the noun of the same spelling?
local function verb_here(s, i, cue, cues, W)
  local tense, doubtful = cue.tense, cue.frames.x or cue.particles and not next(cue.frames)
  local n = s.w[i + 1]
  if counted_as[n] and (counted[s.w[i - 1]] or (s.w[i - 1] or ""):find("s$")) then return false end -- "43 people confirmed dead"
  if doubtful and (tense == "base" or tense == "s") and n then   -- "mass protests erupted", "reports claim", "protests:"
    local verb = W.auxiliary[n] or n:find("ed$") or cues[n] and cues[n].tense == "base"
    if s.k[i + 1] == ":" or s.k[i + 1] == "w" and verb then return false end
  end
  if i > 1 then
    if s.c[i] and not s.capitals then return false end
    if s.w[i - 1] == "to" then return tense == "base" end
    if noun_by(s, i, tense, doubtful, W) then return false end
  end
  if tense == "base" or tense == "s" then return i > 1 and present_fits(s, i, tense, doubtful, W) end
  if tense ~= "ing" and s.w[i + 1] == "by" and not W.means[s.w[i + 2]] then return i > 1 and W.be[s.w[i - 1]] or false end   -- "said by telephone"
  return true
end

--- All cues of a sentence: flags[i] = the lexicon's entry where token i is a verb of saying.
function M.cues(s, cues, W)
  local flags = {}
  for i = 1, s.n do
    local cue = s.k[i] == "w" and cues[s.w[i]]
    if cue and verb_here(s, i, cue, cues, W) then flags[i] = cue end
  end
  return flags
end

--- What may follow the verb at i: its frames, or those of the verb with the particle behind it ("pointed out"); and that particle's token.
function M.frames(s, i, cue)
  local own = cue.particles and s.k[i + 1] == "w" and cue.particles[s.w[i + 1]]
  if own then return own, i + 1 end
  return cue.frames, i
end

--- "later", "repeatedly", "Similarly," at a sentence's head; "Emily" is none.
local function adverb(s, j, W)
  local w = s.w[j]
  return W.adverb[w] or #w > 4 and w:find("ly$") and (not s.c[j] or j == 1 and s.k[2] == ",") and not W.lyname[w]
end
M.adverb = adverb

--- The first token of the verb's group ("has also repeatedly said"), and whether it is passive, an infinitive ("to say"), under a modal ("would say").
function M.group(s, i, flags, W)
  local j, passive, infinitive, modal = i, false, false, false
  while j > 1 and s.k[j - 1] == "w" and (W.auxiliary[s.w[j - 1]] or adverb(s, j - 1, W)) do
    j = j - 1
    local w = s.w[j]
    if W.be[w] and flags[i].tense ~= "ing" then passive = true end
    if W.modal[w] then modal = true end
  end
  if j > 1 and s.w[j - 1] == "to" then infinitive = true end
  if j > 1 and W.contracted[s.w[j - 1]] and W.be[s.w[j - 1]] and flags[i].tense == "past" then passive = true end
  return j, passive, infinitive, modal
end

local function skip_bracket_left(s, i)
  while i > 1 and s.k[i] ~= "(" do i = i - 1 end
  return i - 1
end

--- Leading words that are no part of a noun phrase: conjunctions, adverbs, "On Tuesday", "In a statement".
local function without_lead(s, a, b, W)
  while a < b and s.k[a] == "s" do a = a + 1 end                -- "• Opposition parties"
  if a < b and s.w[a]:find("ing$") and s.k[a] == "w" and W.determiner[s.w[a + 1]] then a = a + 1 end   -- "examining a video"
  while a < b and s.k[a] == "w" and (W.lead[s.w[a]] or (adverb(s, a, W) and s.w[a] ~= "only") or W.time[s.w[a]] and not s.w[a + 1]:find("^night$")) do a = a + 1 end
  if a < b and s.k[a] == "w" and W.preposition[s.w[a]] and s.w[a] ~= "of" then
    for p = a + 2, b do
      local before = s.w[p - 1]
      local starts = W.determiner[s.w[p]] or W.subject[s.w[p]] or (s.c[p] and not s.c[p - 1] and s.k[p - 1] == "w")
        or (W.time[before] and s.k[p] == "w")
      if starts and not W.preposition[before] and not W.determiner[before] and not before:find("'s$") and before ~= "and" then return p, b end
    end
  end
  return a, b
end

--- The noun phrase that ends at token b, going left; nil if there is none.
function M.noun_phrase_left(s, b, flags, W)
  local a = b + 1
  while a > 1 do
    local i = a - 1
    local k, w = s.k[i], s.w[i]
    if k == "w" then
      if W.subject[w] or W.contracted[w] then
        if i == b or a > b then a = i end
        break
      end
      if W.stop[w] or W.auxiliary[w] or flags[i] or W.relative[w] then break end
      if (w == "and") and (a > b or i == 1 or s.k[i - 1] ~= "w") then break end
      local owns = w == "her" and a <= b and (i == 1 or s.k[i - 1] ~= "w" or W.stop[s.w[i - 1]] or s.w[i - 1] == "and") -- "Her husband said"
      if W.object[w] and w ~= "it" and w ~= "you" and not owns and not (s.c[i] and s.c[i + 1]) then break end -- "Me Ida Berg" is a lawyer
      a = i
    elseif k == "n" or k == "o" or k == "a" or k == "$" or k == "%" or k == "s" then
      a = i
    elseif k == ")" and i < b + 1 then
      local j = skip_bracket_left(s, i)
      if j < 1 then break end
      a = j + 1
    elseif k == "-" and i > 1 and s.l[i - 1] + 1 == s.f[i] and s.l[i] + 1 == s.f[i + 1] then
      a = i
    else
      break
    end
  end
  if a > b then return nil end
  a, b = without_lead(s, a, b, W)
  while b > a and s.k[b] == "w" and (adverb(s, b, W) or W.time[s.w[b]] or W.part[s.w[b]]) do b = b - 1 end
  if b > a and (s.w[b] == "on" or s.w[b] == "late" or s.w[b] == "early") then b = b - 1 end      -- "Ms. Lee on Tuesday urged"
  if a == b and (W.preposition[s.w[a]] or W.stop[s.w[a]] or (adverb(s, a, W))) then return nil end
  if s.k[a] == "w" and W.time[s.w[a]] and a == b then return nil end
  return a, b
end

-- The token behind which an office may stand: an article, or whose office it is ("the union's")
local function role_from(s, a, b, W)
  local from = W.determiner[s.w[a]] and a or nil
  for i = a, b - 1 do
    if s.w[i]:find("'s$") then from = i end
  end
  return from
end

-- A phrase that tells an office or a trade: "the mayor of Lagos", "Brazil's health minister", not "the Lagos Times"
local function is_role(s, a, b, W)
  local from = role_from(s, a, b, W)
  if not from then return false end
  for i = from + 1, b do
    local w = s.w[i]
    if w == "of" then return false end
    if W.title[w] or W.speaker[w] or W.title[w:match("^%a+") or ""] then return true end   -- "the secretary-general"
  end
  return false
end

--- "His spokeswoman, Ann Lee, said": a role goes together with the name that follows it.
function M.with_name(s, a, b, comma, W)
  for i = math.max(a, 2), b do
    if s.c[i] and not is_role(s, a, b, W) then return b end
  end
  if s.k[b + 1] ~= "," or b + 2 >= comma then return b end
  local i = b + 2
  while i < comma and i < b + 6 and s.k[i] == "w" and not s.c[i] and (W.title[s.w[i]:match("(%a+)$") or ""] or W.speaker[s.w[i]] or s.w[i]:find("-", 1, true)) do i = i + 1 end
  local name = i                                                 -- "his brother, ex-prime minister Ivo Lund"
  while i < comma and s.k[i] == "w" and s.c[i] do i = i + 1 end
  local ended = i == comma or name > b + 2 and s.k[i] == ","
  return ended and i > name and (i > b + 3) and i - 1 or b
end

local span = wordset "minute minutes hour hours day days week weeks month months year years later"

--- The token behind "Within an hour", where a name goes on without a comma: "Within an hour Ivo Lund, the mayor, said".
local function past_span(s, a, b, W)
  if s.k[a] ~= "w" or not W.preposition[s.w[a]] then return a end
  for i = a + 1, math.min(a + 4, b - 1) do
    if span[s.w[i]] and s.c[i + 1] then return i + 1 end
  end
  return a
end

local opens_clause = wordset "that but while as"

--- The subject's own head when commas close right before the verb: "Dean, the former governor of Vermont, said".
-- Returns the noun phrase before the first of these commas.
local function before_apposition(s, comma, flags, W)
  local start, joined = 1, nil
  for i = comma - 1, 1, -1 do
    if s.w[i] == "and" and s.k[i - 1] == "," then joined = i + 1 end
    local k, w = s.k[i], s.w[i]
    local verb = flags[i] and not (i > 1 and W.relative[s.w[i - 1]])
    local clause = k == "w" and opens_clause[w] and i < comma - 1 and s.k[i - 1] ~= "Q"
    if k == "Q" or k == ";" or k == ":" or verb or clause then
      start = verb and joined or i + 1                           -- "denied it, and the port's union, the ULP, told"
      break
    end
  end
  local a = start
  while a < comma do
    while a < comma and (s.k[a] == "," or s.k[a] == "-") do a = a + 1 end
    local b = a
    while b < comma and s.k[b] ~= "," and s.k[b] ~= "-" and s.k[b] ~= "(" do b = b + 1 end
    b = b - 1
    a = past_span(s, a, b, W)
    local first = s.w[a]
    if b >= a and b + 1 < comma and (s.k[a] == "w" or s.k[a] == "a") and not W.preposition[first] and not W.time[first] and not W.stop[first]
      and not W.lead[first] and not (first:find("ing$") and not s.c[a]) and not adverb(s, a, W) and not flags[a] then
      local x, y = M.noun_phrase_left(s, b, flags, W)
      local clause = x and x > a and W.auxiliary[s.w[x - 1]]        -- "Lee was taken from home, his wife, Ida, said"
      local dated = s.k[b] == "n" and b > a and s.c[b - 1] and s.k[b + 2] == "n"     -- "in the harbour on March 2, 2021, Ann Lee, the mayor, said"
      if x and not clause and not dated then return x, M.with_name(s, x, y, comma, W) end
    end
    a = b + 1
    while a < comma and s.k[a] ~= "," and s.k[a] ~= "-" do a = a + 1 end
  end
  return nil
end

--- The subject of the verb group that begins at token v: first, last, how ("plain", "apposition", "relative", "shared" with an earlier verb).
function M.subject(s, v, flags, W)
  local i = v - 1
  if i < 1 then return nil, nil, "none" end
  local k, w = s.k[i], s.w[i]
  if k == "w" and (W.relative[w] or w == "that") and i > 1 then
    local e = i - 1
    if s.k[e] == "," then e = e - 1 end
    local a, b = M.noun_phrase_left(s, e, flags, W)
    return a, b, "relative"
  end
  if k == "w" and (w == "and" or w == "but" or w == "or" or w == "then") then return nil, nil, "shared" end
  if k == "," or k == "-" or k == ")" then
    if k == ")" then
      local j = skip_bracket_left(s, i)
      if j >= 1 then
        local a, b = M.noun_phrase_left(s, j, flags, W)
        if a then return a, b, "plain" end
      end
    end
    local a, b = before_apposition(s, i, flags, W)
    return a, b, a and "apposition" or "none"
  end
  local a, b = M.noun_phrase_left(s, i, flags, W)
  if a and a > 2 and s.k[a - 1] == "w" and W.relative[s.w[a - 1]] and not s.c[a] and not W.determiner[s.w[a]] and not W.subject[s.w[a]] then
    local x, y = M.noun_phrase_left(s, s.k[a - 2] == "," and a - 3 or a - 2, flags, W)   -- "lawmakers who met in the hotel confirmed"
    if x then return x, y, "apposition" end
  end
  return a, b, a and "plain" or "none"
end

--- The noun phrase that begins at token a, going right: "said Gov. Branstad of Iowa, who …". Returns its last token, or nil.
function M.noun_phrase_right(s, a, flags, W)
  local i, named = a, false
  while i <= s.n do
    local k, w = s.k[i], s.w[i]
    if k == "w" then
      if W.stop[w] or W.relative[w] or flags[i] or W.time[w] then break end
      if W.subject[w] then if i == a then return i end break end
      if W.auxiliary[w] then return nil end
      if i > a and W.preposition[w] and w ~= "of" and (named or s.c[i - 1] or w == "on" or w == "during") and w ~= "for" then break end
      if adverb(s, i, W) and i > a then break end
      if s.c[i] then named = true end
    elseif k == "(" and i > a then
      break
    elseif k ~= "n" and k ~= "o" and k ~= "a" and k ~= "s" and k ~= "$" then
      break
    end
    i = i + 1
  end
  if i == a then return nil end
  if i - 1 == a and s.k[a] == "w" and (W.preposition[s.w[a]] or adverb(s, a, W) or W.determiner[s.w[a]] and not W.speaker[s.w[a]]) then return nil end
  if W.preposition[s.w[a]] then return nil end
  return i - 1
end

return M
