-- The cues of a sentence with their speakers: verbs of saying and "according to", in order of position. A speaker is a range of tokens;
-- it is handed on to verbs that share it ("said A and added B", ", noting that C").

local phrase = require "lib.speech.phrase"

local M = {}

--- Can a..b speak, behind a verb that may have it as its object? Not in "“La Mar” declared winner", "Mayor visits quay, announces 50 crowns for each".
local function can_speak(s, a, b, frames, W)
  if not frames.n then return true end
  local someone = false
  for i = a, b do
    if s.k[i] == "n" or s.k[i] == "$" or s.w[i]:find("%d") then return false end
    someone = someone or s.c[i] or W.speaker[s.w[i]] or W.title[s.w[i]] or W.determiner[s.w[i]] or W.subject[s.w[i]] or W.possessive[s.w[i]]
  end
  return someone
end

--- The subject behind the verb: "…," said Mr. Kim, who … . Only after a quotation or a comma.
local function inverted(s, i, group, flags, W)
  local p, cue = s.k[group - 1], flags[i]
  local frames, verb_end = phrase.frames(s, i, cue)
  if p ~= "Q" and (p ~= "," and p ~= "-" or frames.o) then return nil end
  if not (frames.q or frames.c) or cue.tense == "ing" or cue.tense == "base" then return nil end
  if frames.a and (group ~= 2 or p ~= "Q") then return nil end   -- “We are calm,” assured Ann Lee: nobody else can be meant
  i = verb_end
  if s.k[i + 1] == "w" and W.time[s.w[i + 1]] then i = i + 1 end -- "…, reported today the minister Ann Lee"
  if s.k[i + 1] ~= "w" then return nil end
  local b = phrase.noun_phrase_right(s, i + 1, flags, W)
  if not b then return nil end
  if W.object[s.w[i + 1]] and not W.subject[s.w[i + 1]] then return nil end
  if not can_speak(s, i + 1, b, frames, W) then return nil end
  local comma = b + 2                                            -- "…," said his spokeswoman, Ann Lee.
  while comma <= s.n and s.k[comma] == "w" and s.c[comma] do comma = comma + 1 end
  if comma > s.n or s.k[comma] == "," or s.k[comma] == "(" then b = phrase.with_name(s, i + 1, b, comma, W) end
  if p ~= "Q" and s.k[group - 2] ~= "Q" then
    -- only a comma before it: the phrase must be a name or a role, and end what stands there
    local named = s.c[i + 1]
    for x = i + 1, b do named = named or s.c[x] or W.speaker[s.w[x]] end
    local n, w = s.k[b + 1], s.w[b + 1]
    local ends = b == s.n or n == "," or n == "." or n == "(" or W.relative[w] or W.preposition[w]
    if not (named and ends) then return nil end
  end
  return i + 1, b
end

--- "The paper quoted a guard as saying": the guard.
local function quoted_as(s, i, flags)
  for j = i - 2, math.max(1, i - 12), -1 do
    local w = s.k[j] == "w" and s.w[j] or ""
    if w == "quoted" or w == "quotes" or w == "cited" or w == "quoting" or w == "citing" then return j + 1 <= i - 2 and j + 1 or nil, i - 2 end
    if flags[j] then return nil end
  end
  return nil
end

--- A participle's own subject ("with polls showing"), or that it has the one of the main verb (", calling it a farce").
local function participle(s, i, flags, W, c)
  c.how = "participle"
  if i == 1 then return nil end
  local w = s.w[i - 1]
  if w == "as" and quoted_as(s, i, flags) then return quoted_as(s, i, flags) end
  local joined = W.preposition[w] or W.stop[w] or w == "and"
  if s.k[i - 1] == "w" and not joined then return phrase.noun_phrase_left(s, i - 1, flags, W) end
  c.inherit = i > 2 and (s.k[i - 1] == "," or joined) or nil
  return nil
end

local function verb_cue(s, i, flags, W)
  local cue = flags[i]
  local group, passive, infinitive, modal = phrase.group(s, i, flags, W)
  local c = { at = i, group = group, cue = cue, tense = cue.tense, passive = passive, kind = "verb", modal = modal }
  local a, b = inverted(s, i, group, flags, W)
  if a then
    c.how = "inverted"
  elseif cue.tense == "ing" and group == i and not (i > 1 and W.contracted[s.w[i - 1]]) then
    a, b = participle(s, i, flags, W, c)
  elseif infinitive then
    c.how, c.inherit = "infinitive", true
    c.unsaid = group > 2 and W.unsaid[s.w[group - 2]] or nil
  else
    a, b, c.how = phrase.subject(s, group, flags, W)
    if c.how == "none" and s.headline and s.k[group - 1] == "," and cue.tense == "s" then c.how = "shared" end   -- "Mayor visits quay, announces …"
    c.inherit = c.how == "shared" or nil
  end
  c.subject_first, c.subject_last = a, b
  return c
end

--- "according to the Coast Guard": up to a comma, or what follows as a clause.
local function according_cue(s, i, W)
  local b = i + 2
  while b <= s.n do
    local k, w = s.k[b], s.w[b]
    if k == "," or k == ";" or k == "Q" or k == ":" or k == "w" and (W.relative[w] or w == "and" and W.subject[s.w[b + 1]]) then break end
    b = b + 1
  end
  if b == i + 2 then return nil end
  local last, comma = b - 1, b + 1                               -- "according to the spokesman of the port, Ivo Lind, …"
  while s.k[b] == "," and comma <= s.n and s.k[comma] == "w" and s.c[comma] do comma = comma + 1 end
  if s.k[b] == "," and (comma > s.n or s.k[comma] == ",") then last = phrase.with_name(s, i + 2, last, comma, W) end
  return { at = i, group = i, kind = "according", how = "according", subject_first = i + 2, subject_last = last }
end

--- "Radio host Ivo Lind": does a name follow within three words, and no verb or preposition before it?
local function name_ahead(s, b, W)
  for i = b, math.min(b + 3, s.n) do
    local w = s.w[i]
    if s.k[i] ~= "w" or W.preposition[w] or W.auxiliary[w] or W.stop[w] or w:find("ed$") then return false end
    if i > b and s.c[i] then return true end
  end
  return false
end

--- The sentence's own subject from token `from` on, past opening phrases; for verbs that share it and stand behind others than of saying:
-- "Smith left the room, calling it a farce".
function M.main_subject(s, flags, W, before, from)
  local a = from or 1
  while a < before do
    local k, w = s.k[a], s.w[a]
    if k == "w" and w ~= "what" and (W.preposition[w] or W.stop[w] or flags[a] and flags[a].tense == "ing") then
      while a < before and s.k[a] ~= "," do a = a + 1 end        -- "After the vote, "
      a = a + 1
    elseif k == "," or k == "Q" or k == "w" and (phrase.adverb(s, a, W) or W.lead[w] or W.time[w]) then
      a = a + 1
    else
      break
    end
  end
  local b = a
  while b < before and (s.k[b] == "w" or s.k[b] == "n") and not flags[b] do
    local w = s.w[b]
    if W.auxiliary[w] or W.stop[w] then break end
    if W.subject[w] then return b, b end
    if b > a then
      local inner = b == a + 2 and W.determiner[s.w[a]] and W.speaker[w]         -- "The Norland union of miners"
      inner = inner or b == a + 1 and name_ahead(s, b, W) or w == "of" or w == "and" or w == "the" or b == a + 1 and (W.determiner[s.w[a]] or W.speaker[w] or W.title[w])
      inner = inner or s.w[b - 1]:find("'s$")                      -- "The union's secretary"
      if s.c[b - 1] and not s.c[b] and not inner then break end
      if s.headline and not s.c[b] and w:find("[^s']s$") and (s.c[b + 1] or W.determiner[s.w[b + 1]] or W.preposition[s.w[b + 1]]) then break end   -- "Mayor visits Halm"
      if w:find("ed$") or W.past[w] or W.preposition[w] and w ~= "of" and w ~= "for" then break end
    end
    b = b + 1
  end
  if b <= a then return nil end
  b = b - 1
  local comma = b + 2                                            -- "The union's secretary, Ann Lee, “strongly condemned” the raid"
  while comma < before and s.k[comma] == "w" and s.c[comma] do comma = comma + 1 end
  if s.k[b + 1] == "," and s.k[comma] == "," then b = phrase.with_name(s, a, b, comma, W) end
  return a, b
end

local expletive = { it = true, there = true }
local shares = { participle = true, shared = true, infinitive = true }

--- Speakers handed on from cue to cue.
local function hand_on(s, list, flags, W)
  local first, last
  for _, c in ipairs(list) do
    local frames = c.kind == "verb" and phrase.frames(s, c.at, c.cue)
    local own = not frames or next(c.cue.frames) or frames.c or frames.n            -- "the strike would go on" speaks for nobody
    if c.subject_first and c.how ~= "relative" and own then
      first, last = c.subject_first, c.subject_last
    elseif not c.subject_first and c.inherit then
      c.subject_first, c.subject_last = first, last
      if not first and shares[c.how] then
        local a, b = M.main_subject(s, flags, W, c.group)
        if a and not (c.how == "infinitive" and expletive[s.w[a]]) then c.subject_first, c.subject_last = a, b end   -- "It is too early to say"
      end
    end
  end
end

--- Cues of the sentence: a list of { at, group (first token of the verb's group), kind, how, cue, tense, passive, modal, subject_first, subject_last }.
function M.collect(s, flags, W)
  local list = {}
  for i = 1, s.n do
    if flags[i] then
      list[#list + 1] = verb_cue(s, i, flags, W)
    elseif s.w[i] == "according" and s.w[i + 1] == "to" and i + 2 <= s.n then
      list[#list + 1] = according_cue(s, i, W)
    end
  end
  hand_on(s, list, flags, W)
  return list
end

return M
