-- Where what was said begins and ends, given its cue: to the right of a verb, to the left of it, and the second part behind an
-- interrupting cue. A sentence is the tokens of reading.lua, W the small words of data/quotations/words.tsv; all bounds are token numbers.

local wordset = require "lib.wordset"
local phrase = require "lib.speech.phrase"

local M = {}

local closing = wordset ", - ; : ."                              -- kinds of tokens that end a phrase
local edge = wordset ", - :"
local may_come_before_that = wordset "after before as"           -- "said after the vote that …"
local not_skipped = wordset "only not never just"                -- "said only three came": part of what was said
local time_lead = wordset "on late early last this"
local time_unit = wordset "week month year"
local question = wordset "if whether what why how who when where which about"
local no_content = wordset "dead missing infected injured ill due and or but as when while after because before than so since"
local leads_clause = wordset "in on by under after if because at since with during for from"
local by_means = wordset "by in over via"
local leads_occasion = wordset "in at on during"
local joining = wordset "and but or while before"
local new_clause = wordset "and but while though although as"
local aside = wordset "citing referring adding"
local not_second = wordset [[who which where when although though while but as after before and with in because citing referring according using on at during]]

local function has_any(frames, letters)
  for letter in letters:gmatch(".") do
    if frames[letter] then return true end
  end
  return false
end

--- Looks for "that", a quotation or a colon behind the verb, past the person spoken to and the occasion. Returns the first token of
-- what was said, and which of them led to it.
local function after_that(s, k, flags, W, frames)
  local first = s.w[k]
  local object = frames.n and not frames.o and s.k[k] == "w" and first ~= "that"
    and not (W.preposition[first] or W.time[first] or phrase.adverb(s, k, W))
  for j = k, math.min(s.n, k + 16) do
    local kind, w = s.k[j], s.w[j]
    if kind == "w" then
      if w == "that" and object then return nil end             -- "declared a state of emergency that is to last …"
      if w == "that" then return j < s.n and j + 1 or nil, "that" end
      if flags[j] and j > k or W.subject[w] or W.auxiliary[w] then return nil end
      if W.stop[w] and not may_come_before_that[w] then return nil end
    elseif kind == "Q" then
      if s.q[j].last - s.q[j].first > 12 then return j, "quote" end
      return nil
    elseif kind == ":" then
      return j < s.n and j + 1 or nil, "colon"
    elseif kind == "," then
      if s.k[j + 1] == "Q" then return j + 1, "quote" end
      if s.w[j + 1] == "that" then return j + 2, "that" end
      return nil
    elseif closing[kind] then
      return nil
    end
  end
  return nil
end

--- Past "on Tuesday", "late Tuesday night", "repeatedly".
local function past_time(s, k, W)
  local j, moved = k, true
  while moved and j <= s.n do
    moved = false
    if s.k[j] == "w" and phrase.adverb(s, j, W) and not not_skipped[s.w[j]] then j, moved = j + 1, true end
    local w, n = s.w[j], s.w[j + 1]
    if s.k[j] == "w" and time_lead[w] and n and (W.time[n] or time_unit[n]) then
      j, moved = j + 2, true
    elseif s.k[j] == "w" and W.time[w] and (s.k[j + 1] ~= "w" or not W.preposition[n]) then
      j, moved = j + 1, true
    end
    if moved and s.k[j] == "w" and W.part[s.w[j]] then j = j + 1 end
  end
  return j
end

local outlet = wordset "news agency newspaper newspapers television radio channel network station website magazine tv broadcaster"

local function past_capitals(s, j, W)
  while j <= s.n and s.k[j] == "w" and s.c[j] and not W.subject[s.w[j]] do
    j = j + 1
    -- "told CNN's reporter": the noun behind the possessive too
    if s.w[j - 1]:find("'s$") and not s.c[j] and s.k[j] == "w" and not W.subject[s.w[j]] and not W.auxiliary[s.w[j]] then j = j + 1 end
  end
  while s.k[j] == "w" and outlet[s.w[j]] do j = j + 1 end        -- "told the KNN news agency"
  return j
end

--- The person spoken to, from token k: "CNN", "the newspaper", "reporters in Ohio". Returns the token after it.
local function past_addressee(s, k, W)
  local j = k
  if s.k[j] ~= "w" then return j end
  if W.object[s.w[j]] or W.subject[s.w[j]] then return j + 1 end
  if W.determiner[s.w[j]] or s.w[j]:find("'s$") then j = j + 1 end
  if s.c[j] then return past_capitals(s, j, W) end
  local n = 0
  while j <= s.n and s.k[j] == "w" and n < 3 do
    local w = s.w[j]
    local later = n > 0 and (W.determiner[w] or s.c[j])
    if later or W.subject[w] or W.stop[w] or W.preposition[w] or W.time[w] or w == "there" or W.auxiliary[w] then break end
    j, n = j + 1, n + 1
    if w:find("s$") and w ~= "this" then break end
  end
  if j <= s.n and s.w[j] == "in" and s.k[j + 1] == "w" and s.c[j + 1] then
    j = j + 1
    while j <= s.n and s.k[j] == "w" and s.c[j] do j = j + 1 end
  end
  return j
end

--- "said in June he would": a clause behind a preposition, known by its pronoun.
local function behind_occasion(s, k, flags, W)
  local w = s.w[k]
  if not leads_clause[w] then return nil end
  for j = k + 2, math.min(s.n, k + 12) do
    if s.k[j] ~= "w" and s.k[j] ~= "n" then return nil end
    if W.subject[s.w[j]] then return leads_occasion[w] and j or k end
    if flags[j] then return nil end
  end
  return nil
end

--- A quotation was found behind the verb: does what was said begin with it, or before? "called the bill “a farce”", "vowed to “fight on”"
local function before_quote(s, k, start, W, frames)
  local w = s.w[k]
  if frames.i and s.w[start - 1] == "to" then return start - 1, "infinitive" end
  local occasion = frames.o or W.preposition[w] or W.time[w] or phrase.adverb(s, k, W) or w == "as"
  if not occasion or (frames.n and not frames.c and not W.preposition[w]) then return nil end
  return start, "quote"
end

local bounding = wordset "over under around between above"

--- "said at least 20 people had died", "said over 300 came": a preposition that only bounds a number begins what was said.
local function bounds_number(s, k)
  local w, n = s.w[k], s.w[k + 1]
  if w == "at" then return n == "least" or n == "most" end
  if w == "up" then return n == "to" and s.k[k + 2] == "n" end
  return bounding[w] and s.k[k + 1] == "n" or false
end

--- The plain forms: neither "that" nor a quotation follows. Token k stands behind the verb, its particle and the person spoken to.
local function plain_start(s, k, cue, frames, flags, W)
  local kind, w = s.k[k], s.w[k]
  if k > s.n or kind == "," or kind == "-" or kind == ";" or kind == ")" then return nil end
  if kind == ":" then return k < s.n and k + 1 or nil, "colon" end
  if kind == "Q" then return k, "quote" end
  if kind == "w" then
    if w == "to" then return frames.i and k or nil, "infinitive" end
    if frames.c and bounds_number(s, k) then return k, "clause" end
    if W.preposition[w] and w ~= "about" or no_content[w] then
      local start = frames.c and behind_occasion(s, k, flags, W)
      return start or nil, "clause"
    end
    if w == "which" then return nil end
  end
  local asking = cue.lemma == "ask" and not question[w]
  if frames.c and not asking then return k, "clause" end
  if frames.n then return k, "noun" end
  return nil
end

--- Where what was said begins to the right of verb i; nil if nothing follows it. Second value: how it was told ("that", "quote",
-- "colon", "infinitive", "clause", "noun"). `paper`: the subject is a poll, a report or the like.
function M.right_start(s, i, cue, W, flags, passive, paper)
  local frames, verb_end = phrase.frames(s, i, cue)
  local k = verb_end + 1
  if verb_end == i and not next(frames) then return nil end
  if passive and not frames.o or k > s.n then return nil end
  local start, how = after_that(s, k, flags, W, frames)
  if how == "quote" and start > k and s.k[start - 1] ~= "," then start, how = before_quote(s, k, start, W, frames) end
  if start and (how ~= "that" or has_any(frames, "ctoq")) then return start, how end
  if frames.r and not frames.n and not paper then return nil end
  if frames.r and paper and s.k[k] == "w" and not W.preposition[s.w[k]] and not W.stop[s.w[k]] then return k, "clause" end
  k = past_time(s, k, W)
  if frames.o and not passive then
    local after = past_addressee(s, k, W)
    if not frames.i and not frames.n then k = after
    elseif after <= s.n and s.w[after] == "to" and frames.i then return k, "infinitive"
    elseif frames.i and by_means[s.w[after]] and s.w[after + 2] == "to" then return after + 2, "infinitive" end -- "ordered him by telephone to stay"
  end
  return plain_start(s, past_time(s, k, W), cue, frames, flags, W)
end

--- The end that a later cue c sets to what was said from a on, or nil: "…, according to", "… and added", "…, but Ms. Lee said".
local function cut_by(s, a, c)
  local v = c.group
  local p = s.k[v - 1] == "w" and s.w[v - 1] or s.k[v - 1]
  if c.kind == "according" then
    return v - 1 > a and (s.k[v - 1] == "," and v - 2 or v - 1) or nil
  elseif c.how == "shared" or c.tense == "ing" and (p == "," or p == "-" or p == "and" or p == "while" or p == "before") then
    local e = v - 1
    if s.w[e] == "then" then e = e - 1 end
    if joining[s.w[e]] then e = e - 1 end
    if s.k[e] == "," or s.k[e] == "-" then e = e - 1 end
    return e >= a and e or nil
  elseif c.subject_first and c.how ~= "relative" then
    local e = c.subject_first - 1
    if e > a and new_clause[s.w[e]] and s.k[e - 1] == "," then return e - 2 end
    if e > a and s.k[e] == ";" then return e - 1 end
  end
  return nil
end

--- Does what was said end before token j (a comma, a dash …)?
local function ends_before(s, j, b, how, inside)
  local kind, n = s.k[j], s.w[j + 1]
  if kind == ";" then return true end
  if how == "noun" and edge[kind] then                           -- "praised the plan, which …" but "his friends, Ann and Ivo"
    local goes_on = kind == "," and (s.k[j + 1] == "n" or s.c[j + 1])
    if not goes_on then return true end
  end
  if kind == "," and s.k[j + 1] == "w" and aside[n] then return true end
  if kind == "-" and how ~= "quote" and not inside then          -- a dash without its fellow
    for x = j + 1, b do
      if s.k[x] == "-" then return false end
    end
    return true
  end
  return false
end

--- "Those who rejected the result | managed to free him": the token before the main clause's verb, after a relative clause without a comma.
local function main_verb(s, a, how, self, W)
  if how ~= "noun" or self.how ~= "relative" then return nil end
  for j = a + 2, s.n - 1 do
    local w, before, after = s.w[j], s.w[j - 1], s.w[j + 1]
    if s.k[j] == "," then return nil end
    local finite = s.k[j] == "w" and s.k[j + 1] == "w" and s.k[j - 1] ~= "-"
      and (W.auxiliary[w] or W.past[w] or w:find("ed$") and not s.c[j] and (after == "to" or W.determiner[after] or W.object[after] or s.c[j + 1]))
    if finite and not (W.determiner[before] or W.preposition[before] or W.stop[before] or W.relative[before] or before == "and" or before:find("ly$")) then return j - 1 end
  end
  return nil
end

--- Does the main clause stand behind this cue, so that what was said ends at its comma? "While she said it rained, he …", "Lee, who said so, …"
local function clause_end(s, a, self, W)
  local relative = self.how == "relative"
  local fronted = s.k[1] == "w" and W.stop[s.w[1]] and s.w[1] ~= "that" or relative and W.preposition[s.w[1]]
  if not relative and not fronted then return nil end
  for j = 2, self.at do
    if fronted and s.k[j] == "," then fronted = false end
  end
  for j = a + 2, s.n - 1 do
    local n = s.w[j + 1]
    if s.k[j] == "," and s.k[j + 1] == "w" and (relative or fronted and (W.subject[n] or s.c[j + 1] or W.determiner[n])) then return j - 1 end
  end
  return nil
end

--- The last token of what was said, from token a on: mostly the sentence's end.
function M.right_end(s, a, how, list, self, W)
  if s.k[a] == "Q" and s.q[a].stopped then                       -- yelled “You lie!” at the president
    while s.k[a + 1] == "Q" do a = a + 1 end
    return a
  end
  local b = main_verb(s, a, how, self, W) or clause_end(s, a, self, W) or s.n
  for _, c in ipairs(list) do
    local cut = c.at > a and c ~= self and cut_by(s, a, c)
    if cut then
      b = math.min(b, cut)
      break
    end
  end
  local inside = false                                           -- between two dashes
  for j = a + 1, b do
    if ends_before(s, j, b, how, inside) then
      b = j - 1
      break
    end
    if s.k[j] == "-" then inside = not inside end
  end
  if b > a + 2 and s.w[b] == "to" and s.w[b - 1] == "according" then b = b - 2 end -- whom it was according to is lost
  while b > a and (edge[s.k[b]] or s.k[b] == "(") do b = b - 1 end
  return b
end

--- Where what was said begins to the left of token e: the sentence's start, after a dateline, a colon, or a semicolon.
function M.left_start(s, e)
  local a = 1
  for i = 2, math.min(6, e - 1) do                               -- "WASHINGTON (AP) — The plan …"
    if s.k[i] == "-" and s.c[1] and s.upper and s.l[i - 1] + 1 < s.f[i] then
      a = i + 1
      break
    end
  end
  for i = e, 1, -1 do
    if s.k[i] == ";" then return math.max(a, i + 1) end
    if s.k[i + 1] == "Q" and (s.k[i] == ":" or s.k[i] == "," and i > 1) then return i + 1 end
  end
  if a == 1 and e > 1 and (s.w[1] == "but" or s.w[1] == "and") and s.k[e] ~= "Q" then a = 2 end
  return a
end

--- A second part behind an interrupting cue that ends at token i: “X,” he said, “Y”; The plan, he said, would fail.
function M.second_part(s, i, e, quoted, W)
  local j = i + 1
  while j <= s.n and s.k[j] ~= "Q" and (not closing[s.k[j]] or s.k[j] == ";") do j = j + 1 end
  local n = s.k[j] == "Q" and j or j + 1
  if n > s.n then return nil end
  if quoted then
    if s.k[n] == "Q" then return n, s.n end
    if s.k[n + 1] == "Q" then return n + 1, s.n end
    return nil
  end
  local w = s.w[n]
  if s.k[j] ~= "," or s.k[n] ~= "w" or s.c[n] then return nil end
  if not_second[w] and e > 4 or w:find("ing$") then return nil end
  if W.auxiliary[w] or e <= 5 then return n, s.n end
  return nil
end

--- Are tokens a..e but an opening phrase: "On Tuesday, at the old camp,"?
function M.is_opening(s, a, e, flags, W)
  if s.k[a] ~= "w" or not (W.preposition[s.w[a]] or W.stop[s.w[a]]) then return false end
  for i = a, e do
    local w = s.w[i]
    if s.k[i] == "Q" or s.k[i] == "w" and (W.auxiliary[w] or W.subject[w] or W.contracted[w] or flags[i] or w:find("ed$")) then return false end
  end
  return true
end

--- Does a quotation stand right before the speaker, at token e or before its comma? Returns its token.
function M.quoted_left(s, e)
  if e < 1 then return nil end
  if s.k[e] == "Q" then return e end
  return (s.k[e] == "," or s.k[e] == "-") and s.k[e - 1] == "Q" and e - 1 or nil
end

return M
