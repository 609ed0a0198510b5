-- Attributions of one sentence: what was said, by whom, by which cue. A sentence comes as tokens (reading.lua); what goes out are
-- ranges of tokens. The forms, with X for what was said and S for the speaker:
--   S said (that) X     S told O (that) X     S, <apposition>, said X     S said: X        (before)
--   X, S said           X, said S             “X,” S said, “Y”            X1, S said, X2   (after, interrupted)
--   according to S, X   X, according to S     as S put it, X
--   S praised X         S vowed to X          S accused X of …            ..., adding that X
--   S’s claim that X    S’s calls for X       S: X (headlines)

local wordset = require "lib.wordset"
local phrase = require "lib.speech.phrase"
local content = require "lib.speech.content"
local sources = require "lib.speech.sources"

local M = {}

local edge = wordset ", - :"

local function put(out, s, c, a, b, how)
  if not a or not b then return end
  while a < b and edge[s.k[a]] do a = a + 1 end
  while b > a and edge[s.k[b]] do b = b - 1 end
  if b < a or s.k[a] == "," then return end
  out[#out + 1] = { a = a, b = b, c = c, how = how }
end

local function according(s, c, list, out, W)
  local a = c.subject_last + 1
  if c.at <= 2 then                                              -- According to S, X
    if s.k[a] == "," then put(out, s, c, a + 1, content.right_end(s, a + 1, "clause", list, c, W), "clause") end
    return
  end
  local e = c.at - 1
  if s.k[e] == "," or s.k[e] == "-" then e = e - 1 end
  for _, other in ipairs(list) do                                -- “X,” S said, according to a paper: S's words
    if other.at < c.at and content.quoted_left(s, (other.subject_first or other.group) - 1) then return end
  end
  if s.k[e] == "w" and W.auxiliary[s.w[e]] then e = e - 1 end    -- "That's according to"
  put(out, s, c, content.left_start(s, e), e, "left")
  if e <= 5 then put(out, s, c, content.second_part(s, c.subject_last, e, false, W)) end
end

--- X stands before the cue, and perhaps goes on behind it (from token `after` on).
local function left(out, s, c, e, after, quoted, W)
  put(out, s, c, content.left_start(s, e), e, "left")
  local a, b = content.second_part(s, after, e, quoted, W)
  put(out, s, c, a, b, "second")
end

--- Where the words begin that "as S had announced" behind token e is said of: "According to the mission 44 came, not | 47, as the council had said".
-- The last clause only, where it stands against the one before or another source has that one; else nil.
local function last_clause(s, c, e, list)
  local another = false
  for _, other in ipairs(list) do another = another or other.at < c.at and other ~= c end
  for i = e - 1, 2, -1 do
    if s.k[i] == "," then
      local a = i + 1
      if s.w[a] == "and" and s.w[a + 1] == "not" then a = a + 1 end
      if s.w[a] == "not" then return s.w[a + 1] == "of" and a + 2 or a + 1 end
      return another and i + 1 or nil
    end
  end
end

--- as S put it, X; X, as S put it
local function as_said(out, s, c, e, list, W)
  if c.passive then return end                                   -- "as a second death was reported"
  local comma = c.at + 1
  while comma <= s.n and s.k[comma] ~= "," do comma = comma + 1 end
  if e <= 2 and comma < s.n then put(out, s, c, comma + 1, content.right_end(s, comma + 1, "clause", list, c, W), "clause") end
  if e > 3 and (s.k[e - 1] == "," or s.k[e - 1] == "Q") then put(out, s, c, last_clause(s, c, e - 1, list) or content.left_start(s, e - 1), e - 1, "left") end
end

--- "While saying that it rained, he went out": the speaker stands behind the comma. Returns where what was said ends.
local function speaker_behind(s, c, start, last, flags, W)
  for j = start + 1, math.min(last + 1, s.n) do
    local n = s.w[j + 1]
    if s.k[j] == "," and s.k[j + 1] == "w" and (W.subject[n] or s.c[j + 1] or W.determiner[n]) then
      local a, b = sources.main_subject(s, flags, W, s.n + 1, j + 1)
      if not a then return last end
      c.subject_first, c.subject_last = a, b
      return j - 1
    end
  end
  return last
end

local function holds_quotation(s, a, b)
  for j = a, b do
    if s.k[j] == "Q" and s.q[j].last - s.q[j].first > 10 then return true end
  end
  return false
end

--- Does a..b hold a verb of its own, as far as small words and endings tell? "Wrote a letter to the mayor" reports nothing.
local function is_clause(s, a, b, flags, W)
  for j = a, b do
    local w = s.w[j]
    if s.k[j] == "Q" or s.k[j] == "w" and (W.auxiliary[w] or W.contracted[w] or W.subject[w] or W.past[w] or flags[j]
      or j > a + 1 and (w:find("ed$") or w:find("[^su]s$") and not W.possessive[w])) then return true end
  end
  return false
end

--- "ordered him", "dismissed the minister": somebody to whom a thing is done, and nothing that is said.
local function is_person(s, a, b, frames, W)
  if a == b then return W.object[s.w[a]] or W.subject[s.w[a]] end
  if not frames.p then return false end
  for j = a, b do
    if s.w[j] == "as" then return false end
  end
  local n = W.determiner[s.w[a]] and a + 1 or a
  return W.object[s.w[a]] or s.c[n] or W.speaker[s.w[n]] or W.speaker[s.w[n + 1]]
end

--- X stands behind the verb.
local function right(out, s, c, start, how, list, flags, W)
  if c.modal and how == "noun" then return end                   -- "would welcome a visit" reports nothing
  if (how == "noun" or how == "clause") and s.headline and c.tense == "past" and not c.subject_first then return end   -- “La Mar” declared winner
  if how == "quote" and c.passive and not c.cue.frames.o then return end
  if not c.subject_first and not c.passive and not s.headline and c.how ~= "participle" then return end
  local last = content.right_end(s, start, how, list, c, W)
  local p = s.w[c.group - 1]
  if c.how == "participle" and c.at <= 3 and (not p or W.stop[p] or W.preposition[p]) then last = speaker_behind(s, c, start, last, flags, W) end
  if how == "clause" and c.cue.frames.v and not is_clause(s, start, last, flags, W) then return end
  if how == "noun" then                -- "quoted a guard as saying that …": what is said stands behind "saying"
    for j = start, last - 1 do
      if s.w[j] == "as" and (s.w[j + 1] == "saying" or s.w[j + 1] == "telling") then return end
    end
  end
  if how == "noun" and is_person(s, start, last, c.cue.frames, W) then return end
  if c.cue.frames.m and not holds_quotation(s, start, last) then return end
  put(out, s, c, start, last, how)
end

--- One verb's attribution.
local function verb(s, c, list, out, flags, W)
  local i, frames = c.at, phrase.frames(s, c.at, c.cue)
  if c.unsaid then return end                                    -- "refused to say"
  local speech = frames.q or frames.c
  if c.how == "inverted" then return left(out, s, c, c.group - 1, c.subject_last, content.quoted_left(s, c.group - 1) ~= nil, W) end
  local paper = false                                            -- a poll, a report: what it shows is what it says
  for j = c.subject_first or 1, c.subject_last or 0 do paper = paper or W.document[s.w[j]] end
  local start, how = content.right_start(s, i, c.cue, W, flags, c.passive, paper)
  local before = c.subject_first and not c.inherit and c.how ~= "relative" and c.subject_first or c.group
  local e = before - 1
  local quote = not c.inherit and c.how ~= "relative" and content.quoted_left(s, e)
  if quote and start and quote > 1 and s.q[quote].last - s.q[quote].first < 25 then quote = nil end   -- On “Morning Music,” the host asked …
  if quote and speech and (c.subject_first or not start) and how ~= "that" then return left(out, s, c, e, i, true, W) end
  if s.w[e] == "as" and speech and not start and c.subject_first then return as_said(out, s, c, e, list, W) end
  if start then return right(out, s, c, start, how, list, flags, W) end
  local plain = c.subject_first and not c.passive and (c.how == "plain" or c.how == "apposition")
  if plain and e > 1 and (frames.c or frames.t) and (s.k[e] == "," or s.k[e] == "-")
    and not content.is_opening(s, content.left_start(s, e), e, flags, W) then
    left(out, s, c, e, i, false, W)
  end
end

local own = wordset "its their"

--- Whose claim: "Senator Ann Lee's claim"; "the union withdrew its claim that". Nothing without a possessive.
local function owner(s, i, flags, W)
  local p = s.w[i - 1]
  if i == 1 or s.k[i - 1] ~= "w" or not (p:find("'s?$") or W.possessive[p]) then return nil end
  if own[p] then
    local a, b = sources.main_subject(s, flags, W, i - 1)
    if a and b < i - 1 then return a, b end
  end
  local a = i - 1
  while a > 1 and s.k[a - 1] == "w" and s.c[a - 1] do a = a - 1 end
  return a, i - 1
end

local told_by = wordset "of on for about against to"
local told_until = wordset "and by at during"

--- The last token of the noun phrase behind "attacks on": up to a verb, a clause, a sign.
local function told_end(s, i, flags, W)
  local b = i + 1
  while b < s.n do
    local k, w = s.k[b + 1], s.w[b + 1]
    if k ~= "w" and k ~= "n" and k ~= "Q" or flags[b + 1] or W.auxiliary[w] or W.stop[w] or W.time[w] then break end
    if b > i + 3 and told_until[w] then break end
    b = b + 1
  end
  return b
end

--- Nouns of saying: "the claim that X", "his attacks on X".
local function nouns(s, out, flags, W)
  for i = 2, s.n - 2 do
    local w, n = s.w[i], s.k[i] == "w" and s.k[i + 1] == "w" and s.w[i + 1]
    local clause = n == "that" and W.claim[w]
    local phrased = n and told_by[n] and W.telling[w] and not flags[i] and not s.c[i]
      and not (w == "account" and s.c[i + 2])                    -- "in her account of X"
    if clause or phrased then
      local c = { at = i, group = i, kind = "noun", how = "noun" }
      c.subject_first, c.subject_last = owner(s, i, flags, W)
      if clause then
        local b = i + 2
        while b < s.n and s.k[b + 1] ~= "," and s.k[b + 1] ~= ";" and s.k[b + 1] ~= "-" do b = b + 1 end
        put(out, s, c, i + 2, b, "that")
      elseif c.subject_first then
        put(out, s, c, n == "to" and i + 1 or i + 2, told_end(s, i, flags, W), "noun")
      end
    end
  end
end

--- S: X, in headlines. Nobody's words: "Photo: a flooded street", "The quay: boats after the storm (Agency)".
local function headline(s, out, flags, W)
  if W.label[s.w[1]] or s.k[s.n] == ")" then return end
  for i = 1, math.min(s.n - 1, 6) do
    if s.k[i] == ":" then
      if i == 1 or not s.c[1] or W.story[s.w[i - 1]] then return end   -- "Kolm Flood: …" names what the news is about
      local c = { at = i, group = i, kind = "headline", how = "headline", subject_first = 1, subject_last = i - 1 }
      return put(out, s, c, i + 1, s.n, "headline")
    end
    local w = s.w[i]
    if s.k[i] ~= "w" or flags[i] or not (s.c[i] or W.speaker[w] or W.document[w] or W.title[w] or w == "of") then return end
  end
end

--- All attributions of sentence s: a list of { a, b (tokens of what was said), c (the cue: at, kind, subject_first, subject_last), how }.
function M.find(s, cues, W)
  local flags = phrase.cues(s, cues, W)
  local out, list = {}, sources.collect(s, flags, W)
  for _, c in ipairs(list) do
    if c.kind == "according" then according(s, c, list, out, W) else verb(s, c, list, out, flags, W) end
  end
  nouns(s, out, flags, W)
  if s.headline then headline(s, out, flags, W) end
  return out
end

return M
