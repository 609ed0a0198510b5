-- Attributions of one sentence: what was said, by whom, by which cue. A sentence comes as tokens (reading.lua); what goes out are
-- ranges of tokens. The forms, with X for what was said and S for the speaker:
--   S said (that) X     S told O (that) X     S, <apposition>, said X     S said: X        (before)
--   X, S said           X, said S             “X,” S said, “Y”            X1, S said, X2   (after, interrupted)
--   according to S, X   X, according to S     S was quoted as saying X    as S put it, X
--   S praised X         S vowed to X          S accused X of …            ..., adding that X
--   S’s claim that X    calls for X           S: X (headlines)

local phrase = require "lib.speech.phrase"

local M = {}

local participle_heads = { who = true, which = true, where = true, when = true, ["although"] = true, ["though"] = true, ["while"] = true,
  ["but"] = true, ["as"] = true, ["after"] = true, ["before"] = true, ["and"] = true, ["with"] = true, ["in"] = true, ["because"] = true,
  ["citing"] = true, ["referring"] = true, ["according"] = true, ["using"] = true, ["on"] = true, ["at"] = true, ["during"] = true }

--- Looks for `that`, a quotation or a colon behind the verb, past the person spoken to and the occasion. Returns the first token of what was said.
local function after_that(s, k, flags, W, frames)
  local first = s.w[k]
  local object = frames.n and not frames.o and s.k[k] == "w" and first ~= "that" and not (W.preposition[first] or W.time[first] or phrase.adverb(s, k, W))
  for j = k, math.min(s.n, k + 16) do
    local kind, w = s.k[j], s.w[j]
    if kind == "w" then
      if w == "that" and object then return nil end             -- "declared a state of emergency that is to last …"
      if w == "that" then return j < s.n and j + 1 or nil, "that" end
      if flags[j] and j > k or W.subject[w] or W.auxiliary[w] then return nil end
      if W.stop[w] and w ~= "after" and w ~= "before" and w ~= "as" then return nil end
    elseif kind == "Q" then
      if s.q[j].last - s.q[j].first > 12 then return j, "quote" end
      return nil
    elseif kind == ":" then
      return j < s.n and j + 1 or nil, "colon"
    elseif kind == "," then
      if s.k[j + 1] == "Q" then return j + 1, "quote" end
      if s.w[j + 1] == "that" then return j + 2, "that" end
      return nil
    elseif kind == ";" or kind == "-" or kind == "." then
      return nil
    end
  end
  return nil
end

--- Past "on Tuesday", "Tuesday night", "in a statement".
local function past_time(s, k, W)
  local j = k
  local moved = true
  while moved and j <= s.n do
    moved = false
    if s.k[j] == "w" and phrase.adverb(s, j, W) and s.w[j] ~= "only" and s.w[j] ~= "not" and s.w[j] ~= "never" and s.w[j] ~= "just" then j, moved = j + 1, true end
    local w, n = s.w[j], s.w[j + 1]
    if s.k[j] == "w" and (w == "on" or w == "late" or w == "early" or w == "last" or w == "this") and n and (W.time[n] or n == "week" or n == "month" or n == "year") then
      j, moved = j + 2, true
    elseif s.k[j] == "w" and W.time[w] and s.k[j + 1] == "w" and not W.preposition[s.w[j + 1]] and not s.w[j]:find("'s$") then
      j, moved = j + 1, true
    end
    if moved and s.k[j] == "w" and W.part[s.w[j]] then j = j + 1 end
  end
  return j
end

--- The person spoken to, from token k: "CNN", "the newspaper", "reporters in Ohio". Returns the token after it.
local function past_addressee(s, k, W)
  local j = k
  if s.k[j] ~= "w" then return j end
  if W.object[s.w[j]] or W.subject[s.w[j]] then return j + 1 end
  if W.determiner[s.w[j]] or s.w[j]:find("'s$") then j = j + 1 end
  if s.c[j] then
    while j <= s.n and s.k[j] == "w" and s.c[j] and not W.subject[s.w[j]] do
      j = j + 1
      if s.w[j - 1]:find("'s$") and not s.c[j] and s.k[j] == "w" and not W.subject[s.w[j]] and not W.auxiliary[s.w[j]] then j = j + 1 end
    end
    return j
  end
  local n = 0
  while j <= s.n and s.k[j] == "w" and n < 3 do
    local w = s.w[j]
    if W.subject[w] or (W.determiner[w] and n > 0) or W.stop[w] or W.preposition[w] or W.time[w] or (s.c[j] and n > 0) or w == "to" or w == "there" or W.auxiliary[w] then break end
    j, n = j + 1, n + 1
    if w:find("s$") and w ~= "this" then break end
  end
  if j <= s.n and s.w[j] == "in" and s.k[j + 1] == "w" and s.c[j + 1] then
    j = j + 1
    while j <= s.n and s.k[j] == "w" and s.c[j] do j = j + 1 end
  end
  return j
end

local function letters(set, list)
  for c in list:gmatch(".") do if set[c] then return true end end
  return false
end

local question = { ["if"] = true, whether = true, what = true, why = true, how = true, who = true, when = true, where = true, which = true, about = true }

--- Where what was said begins to the right of verb i; nil if nothing follows it. Second value: how it was told.
local function right_start(s, i, cue, W, flags, passive, paper)
  local frames, k = cue.frames, i + 1
  if cue.particles and s.k[k] == "w" and cue.particles[s.w[k]] then
    frames = cue.particles[s.w[k]]
    k = k + 1
  elseif not next(frames) then
    return nil
  end
  if passive and not frames.o then return nil end
  if k > s.n then return nil end
  local start, how = after_that(s, k, flags, W, frames)
  if start and how == "quote" and start > k and s.k[start - 1] ~= "," then
    -- "called the bill “a farce”", "said the town is “lost”": what was said begins before the mark
    local w = s.w[k]
    if frames.i and s.w[start - 1] == "to" then return start - 1, "infinitive", frames end
    if not (frames.o or W.preposition[w] or W.time[w] or phrase.adverb(s, k, W) or w == "as") or (frames.n and not frames.c and not W.preposition[w]) then start = nil end
  end
  if start and (how ~= "that" or letters(frames, "ctoq")) then return start, how, frames end
  if frames.r and not frames.n and not paper then return nil end
  if frames.r and paper and s.k[k] == "w" and not W.preposition[s.w[k]] and not W.stop[s.w[k]] then return k, "clause", frames end
  k = past_time(s, k, W)
  if frames.o and not passive then
    local after = past_addressee(s, k, W)
    if not frames.i and not frames.n then k = after
    elseif after <= s.n and s.w[after] == "to" and frames.i then return k, "infinitive", frames end
  end
  k = past_time(s, k, W)
  local kind, w = s.k[k], s.w[k]
  if k > s.n or kind == "," or kind == "-" or kind == ";" or kind == ")" then return nil end
  if kind == ":" then return k < s.n and k + 1 or nil, "colon", frames end
  if kind == "Q" then return k, "quote", frames end
  if kind == "w" then
    if w == "to" then return frames.i and k or nil, "infinitive", frames end
    if w == "as" and (cue.lemma == "quote" or cue.lemma == "describe") then return nil end
    if W.preposition[w] and w ~= "about" or w == "and" or w == "or" or w == "but" or w == "as" or w == "when" or w == "while" or w == "after" or w == "because" or w == "before" or w == "than" or w == "so" or w == "since" then
      if letters(frames, "c") and (w == "in" or w == "on" or w == "by" or w == "under" or w == "after" or w == "if" or w == "because" or w == "at" or w == "since" or w == "with" or w == "during" or w == "for" or w == "from") then
        -- "said in June he would": a pronoun or a comma-free clause with an auxiliary further on
        for j = k + 2, math.min(s.n, k + 12) do
          if s.k[j] ~= "w" and s.k[j] ~= "n" then break end
          if W.subject[s.w[j]] then return (w == "in" or w == "at" or w == "during" or w == "on") and j or k, "clause", frames end
          if flags[j] then break end
        end
      end
      return nil
    end
    if W.relative[w] and w == "which" then return nil end
  end
  local asking = cue.lemma == "ask" and not question[w or ""]
  if letters(frames, "c") and not asking then return k, "clause", frames end
  if frames.n then return k, "noun", frames end
  return nil
end

--- The last token of what was said, from token a on: mostly the sentence's end, but before another cue that shares the speaker,
-- ", adding that", ", according to", and for noun phrases before a comma or another verb.
local function right_end(s, a, how, list, self, W)
  local b = s.n
  for _, c in ipairs(list) do
    if c.at > a and c ~= self then
      local v = c.group
      local p = s.k[v - 1] == "w" and s.w[v - 1] or s.k[v - 1]
      if c.kind == "according" then
        if v - 1 > a then b = math.min(b, s.k[v - 1] == "," and v - 2 or v - 1) break end
      elseif c.how == "shared" or (c.tense == "ing" and (p == "," or p == "and" or p == "while" or p == "before" or p == "-")) then
        local e = v - 1
        if s.w[e] == "then" then e = e - 1 end
        if s.w[e] == "and" or s.w[e] == "but" or s.w[e] == "or" or s.w[e] == "while" or s.w[e] == "before" then e = e - 1 end
        if s.k[e] == "," or s.k[e] == "-" then e = e - 1 end
        if e >= a then b = math.min(b, e) break end
      elseif c.subject_first and c.how ~= "relative" then
        local e = c.subject_first - 1
        if e > a and (s.w[e] == "and" or s.w[e] == "but" or s.w[e] == "while" or s.w[e] == "though" or s.w[e] == "although" or s.w[e] == "as") and s.k[e - 1] == "," then
          b = math.min(b, e - 2)
          break
        elseif e > a and s.k[e] == ";" then
          b = math.min(b, e - 1)
          break
        end
      end
    end
  end
  for j = a + 1, b do
    if s.k[j] == ";" then b = j - 1 break end
    if how == "noun" and (s.k[j] == "," or s.k[j] == "-" or s.k[j] == ":") then
      local n = s.w[j + 1]
      if not (s.k[j] == "," and (s.k[j + 1] == "n" or s.c[j + 1])) or n == "but" then b = j - 1 break end
    end
    if s.k[j] == "," and s.k[j + 1] == "w" then
      local n = s.w[j + 1]
      if n == "citing" or n == "referring" or n == "adding" then b = j - 1 break end
    end
    if s.k[j] == "-" and how ~= "quote" then
      local closing
      for x = j + 1, b do if s.k[x] == "-" then closing = true break end end
      if not closing then b = j - 1 break end
    end
  end
  while b > a and (s.k[b] == "," or s.k[b] == "-" or s.k[b] == ":" or s.k[b] == "(") do b = b - 1 end
  return b
end

--- Where what was said begins to the left of token e: the sentence's start, or after a colon, a semicolon or an earlier cue's share.
local function left_start(s, e)
  local a = 1
  for i = 2, math.min(6, e - 1) do                              -- "WASHINGTON (AP) — The plan …"
    if s.k[i] == "-" and s.c[1] and s.w[1] and s.upper and s.l[i - 1] + 1 < s.f[i] then a = i + 1 break end
  end
  for i = e, 1, -1 do
    if s.k[i] == ";" then a = math.max(a, i + 1) break end
    if s.k[i] == ":" and s.k[i + 1] == "Q" then a = i + 1 break end
    if s.k[i] == "," and s.k[i + 1] == "Q" and i > 1 then a = i + 1 break end
  end
  if a < e and s.k[a] == "w" and (s.w[a] == "but" or s.w[a] == "and") and a == 1 and s.k[e] ~= "Q" then a = a + 1 end
  return a
end

--- A second part behind an interrupting cue: “X,” he said, “Y”; The plan, he said, would fail.
local function second_part(s, i, e, quoted, W)
  local j = i + 1
  while j <= s.n and s.k[j] ~= "," and s.k[j] ~= "-" and s.k[j] ~= ":" and s.k[j] ~= "Q" and s.k[j] ~= "." do j = j + 1 end
  if j > s.n then return nil end
  local n = s.k[j] == "Q" and j or j + 1
  if n > s.n then return nil end
  if quoted then
    for x = n, math.min(n + 1, s.n) do
      if s.k[x] == "Q" then return x, s.n end
    end
    return nil
  end
  if s.k[j] ~= "," or s.k[n] ~= "w" or s.c[n] then return nil end
  local w = s.w[n]
  if participle_heads[w] and not (e <= 4) or w:find("ing$") and not W.auxiliary[w] then return nil end
  if W.auxiliary[w] or e <= 5 then return n, s.n end
  return nil
end

local function quoted_left(s, e)
  if s.k[e] == "Q" then return true end
  return (s.k[e] == "," or s.k[e] == "-") and e > 1 and s.k[e - 1] == "Q"
end

--- The subject behind the verb: "…," said Mr. Kim, who … . Only after a quotation or a comma.
local function inverted(s, i, group, flags, W)
  local p = s.k[group - 1]
  if p ~= "Q" and p ~= "," and p ~= "-" then return nil end
  local cue = flags[i]
  if not (cue.frames.q or cue.frames.c) or cue.tense == "ing" or cue.tense == "base" or i + 1 > s.n then return nil end
  if s.k[i + 1] ~= "w" then return nil end
  local b = phrase.noun_phrase_right(s, i + 1, flags, W)
  if not b then return nil end
  if W.object[s.w[i + 1]] and not W.subject[s.w[i + 1]] then return nil end
  local comma = b + 2                                            -- "…," said his spokeswoman, Ann Lee.
  while comma <= s.n and s.k[comma] == "w" and s.c[comma] do comma = comma + 1 end
  if comma > s.n or s.k[comma] == "," then b = phrase.with_name(s, i + 1, b, comma) end
  if p ~= "Q" and not (s.k[group - 2] == "Q") then
    -- only a comma before it: the phrase must be a name or a role, and end what stands there
    local named = s.c[i + 1]
    for x = i + 1, b do if s.c[x] or W.speaker[s.w[x]] then named = true end end
    local ends = b == s.n or s.k[b + 1] == "," or W.relative[s.w[b + 1]] or s.k[b + 1] == "." or W.preposition[s.w[b + 1]]
    if not (named and ends) then return nil end
  end
  return i + 1, b
end

--- Cues of the sentence with their subjects: a list in order of position.
local function collect(s, flags, W)
  local list, speaker = {}, nil
  for i = 1, s.n do
    if flags[i] then
      local cue = flags[i]
      local group, passive, negated, infinitive, modal = phrase.group(s, i, flags, W)
      local c = { at = i, group = group, cue = cue, tense = cue.tense, passive = passive, kind = "verb", negated = negated, infinitive = infinitive, modal = modal }
      local a, b = inverted(s, i, group, flags, W)
      if a then c.how = "inverted"
      elseif cue.tense == "ing" and not (s.w[group - 1] and W.contracted[s.w[group - 1]]) and group == i then
        c.how = "participle"
        if i > 1 and s.k[i - 1] == "w" and not W.preposition[s.w[i - 1]] and not W.stop[s.w[i - 1]] and s.w[i - 1] ~= "and" then
          a, b = phrase.noun_phrase_left(s, i - 1, flags, W)    -- "with polls showing", "campaign acknowledging"
        elseif i > 2 and (s.k[i - 1] == "," or W.preposition[s.w[i - 1]] or W.stop[s.w[i - 1]] or s.w[i - 1] == "and") then
          c.inherit = true
        end
      else
        a, b, c.how = phrase.subject(s, group, flags, W)
        if infinitive then a, b, c.how, c.inherit = nil, nil, "infinitive", true end
        if c.how == "shared" then c.inherit = true end
      end
      c.subject_first, c.subject_last = a, b
      list[#list + 1] = c
    elseif s.w[i] == "according" and s.w[i + 1] == "to" and i + 2 <= s.n then
      local b = i + 2
      while b <= s.n and s.k[b] ~= "," and s.k[b] ~= ";" and s.k[b] ~= "Q" and s.k[b] ~= ":" and not (s.k[b] == "w" and (W.relative[s.w[b]] or s.w[b] == "and" and W.subject[s.w[b + 1]])) do b = b + 1 end
      if b > i + 2 then list[#list + 1] = { at = i, group = i, kind = "according", subject_first = i + 2, subject_last = b - 1, how = "according" } end
    end
  end
  -- speakers handed on: "X said A and added B", ", noting that C"
  local last_first, last_last
  for _, c in ipairs(list) do
    local own = c.kind ~= "verb" or next(c.cue.frames) ~= nil    -- "the strike would go on" speaks for nobody
    if c.subject_first and c.how ~= "relative" and own then last_first, last_last = c.subject_first, c.subject_last
    elseif not c.subject_first and c.inherit then
      c.subject_first, c.subject_last = last_first, last_last
      if not last_first and (c.how == "participle" or c.how == "shared" or c.how == "infinitive") then
        c.subject_first, c.subject_last = M.main_subject(s, flags, W, c.group)
      end
    end
  end
  return list
end

--- The sentence's own subject, for a participle whose main verb is none of saying: "Smith left the room, calling it a farce".
function M.main_subject(s, flags, W, before, from)
  local a = from or 1
  while a < before do
    local w = s.w[a]
    if s.k[a] == "w" and (W.preposition[w] or W.stop[w] or flags[a] and flags[a].tense == "ing") and not (w == "what") then
      while a < before and s.k[a] ~= "," do a = a + 1 end       -- an opening phrase: "After the vote, "
      a = a + 1
    elseif s.k[a] == "," or s.k[a] == "Q" or s.k[a] == "w" and (phrase.adverb(s, a, W) or W.lead[w] or W.time[w]) then
      a = a + 1
    else
      break
    end
  end
  if a >= before then return nil end
  local b = a
  while b < before and (s.k[b] == "w" or s.k[b] == "n") and not W.auxiliary[s.w[b]] and not flags[b] and not W.stop[s.w[b]] do
    if W.subject[s.w[b]] then return b, b end
    if b > a and s.c[b - 1] and not s.c[b] and s.w[b] ~= "of" and s.w[b] ~= "and" and s.w[b] ~= "the" then break end
    if b > a and (s.w[b]:find("ed$") or W.preposition[s.w[b]] and s.w[b] ~= "of" and s.w[b] ~= "for") then break end
    b = b + 1
  end
  if b == a then return nil end
  return a, b - 1
end

local function put(out, s, c, a, b, how)
  if not a or not b or b < a then return end
  while a < b and (s.k[a] == "," or s.k[a] == "-" or s.k[a] == ":") do a = a + 1 end
  while b > a and (s.k[b] == "," or s.k[b] == "-" or s.k[b] == ":") do b = b - 1 end
  if b < a or s.k[a] == "," then return end
  out[#out + 1] = { a = a, b = b, c = c, how = how }
end

local function according(s, c, list, out, W)
  local a = c.subject_last + 1
  if c.at <= 2 then                                             -- According to S, X
    if s.k[a] == "," then put(out, s, c, a + 1, right_end(s, a + 1, "clause", list, c, W), "clause") end
    return
  end
  local e = c.at - 1
  if s.k[e] == "," or s.k[e] == "-" then e = e - 1 end
  if s.k[e] == "w" and W.auxiliary[s.w[e]] then e = e - 1 end   -- "That's according to"
  put(out, s, c, left_start(s, e), e, "left")
  if s.k[a] == "," and e <= 5 and s.k[a + 1] == "w" and not participle_heads[s.w[a + 1]] then put(out, s, c, a + 1, s.n, "right") end
end

--- Are tokens a..e but an opening phrase: "On Tuesday, at the old camp,"?
local function opening(s, a, e, flags, W)
  if s.k[a] ~= "w" or not (W.preposition[s.w[a]] or W.stop[s.w[a]]) then return false end
  for i = a, e do
    if s.k[i] == "Q" or s.k[i] == "w" and (W.auxiliary[s.w[i]] or W.subject[s.w[i]] or W.contracted[s.w[i]] or flags[i] or s.w[i]:find("ed$")) then return false end
  end
  return true
end

--- One verb's attribution.
local function verb(s, c, list, out, flags, W)
  local i, cue = c.at, c.cue
  if c.how == "inverted" then
    local e = c.group - 1
    put(out, s, c, left_start(s, e), e, "left")
    local a, b = second_part(s, c.subject_last, e, quoted_left(s, e), W)
    put(out, s, c, a, b, "second")
    return
  end
  local paper = false                                            -- a poll, a report: what it shows is what it says
  for j = c.subject_first or 1, c.subject_last or 0 do paper = paper or W.document[s.w[j]] end
  local start, how, frames = right_start(s, i, cue, W, flags, c.passive, paper)
  local first = c.subject_first and c.how ~= "shared" and not c.inherit and c.subject_first or c.group
  if c.how == "relative" then first = c.group end
  local e = first - 1
  local quote = e >= 1 and quoted_left(s, e) and (s.k[e] == "Q" and e or e - 1)
  if quote and start and quote > 1 and s.q[quote].last - s.q[quote].first < 25 then quote = nil end   -- On "Morning Music," the host asked …
  local left_quote = quote and c.how ~= "relative" and not c.inherit
  local frames_q = cue.frames.q or cue.frames.c
  if left_quote and frames_q and (c.subject_first or start == nil) and not (start and how == "that") then
    put(out, s, c, left_start(s, e), e, "left")
    local a, b = second_part(s, i, e, true, W)
    put(out, s, c, a, b, "second")
    return
  end
  if e >= 1 and s.w[e] == "as" and frames_q and not start and c.subject_first then   -- as S put it, X
    local comma = i + 1
    while comma <= s.n and s.k[comma] ~= "," do comma = comma + 1 end
    if e <= 2 and comma < s.n then put(out, s, c, comma + 1, right_end(s, comma + 1, "clause", list, c, W), "clause") end
    if e > 3 then put(out, s, c, left_start(s, e - 1), e - 1, "left") end
    return
  end
  if start then
    if c.modal and how == "noun" then return end                -- "would welcome a visit" reports nothing
    if how == "quote" and c.passive and not cue.frames.o then return end
    if not c.subject_first and not c.passive and not s.headline and c.how ~= "participle" then return end
    local last = right_end(s, start, how, list, c, W)
    if c.how == "participle" and c.at <= 3 and (c.group == 1 or W.stop[s.w[c.group - 1]] or W.preposition[s.w[c.group - 1]]) then
      -- "While saying that it rained, he went out": the speaker stands behind the comma
      for j = start + 1, last do
        if s.k[j] == "," and s.k[j + 1] == "w" and (W.subject[s.w[j + 1]] or s.c[j + 1] or W.determiner[s.w[j + 1]]) then
          local x, y = M.main_subject(s, flags, W, s.n + 1, j + 1)
          if x then c.subject_first, c.subject_last, last = x, y, j - 1 end
          break
        end
      end
    end
    if cue.frames.m then
      local quoted = false
      for j = start, last do quoted = quoted or s.k[j] == "Q" and s.q[j].last - s.q[j].first > 10 end
      if not quoted then return end
    end
    put(out, s, c, start, last, how)
    return
  end
  if e > 1 and (cue.frames.c or cue.frames.t) and c.subject_first and (c.how == "plain" or c.how == "apposition") and (s.k[e] == "," or s.k[e] == "-") and not c.passive then
    local a = left_start(s, e)
    if opening(s, a, e, flags, W) then return end
    put(out, s, c, a, e, "left")
    local x, y = second_part(s, i, e, false, W)
    put(out, s, c, x, y, "second")
  end
end

--- Whose claim: "Senator Ann Lee's claim".
local function owner(s, i)
  local a = i - 1
  while a > 1 and s.k[a - 1] == "w" and s.c[a - 1] do a = a - 1 end
  return a, i - 1
end

local told_by = { of = true, on = true, ["for"] = true, about = true, against = true, to = true }

--- Nouns of saying: "his claim that X", "allegations of X".
local function nouns(s, out, flags, W)
  for i = 1, s.n - 2 do
    if s.k[i] == "w" and W.claim[s.w[i]] and s.k[i + 1] == "w" and s.w[i + 1] == "that" and i > 1 then
      local c = { at = i, group = i, kind = "noun", how = "noun" }
      local p = s.w[i - 1]
      if s.k[i - 1] == "w" and p:find("'s?$") then c.subject_first, c.subject_last = owner(s, i) end
      local b = i + 2
      while b < s.n and s.k[b + 1] ~= "," and s.k[b + 1] ~= ";" and s.k[b + 1] ~= "-" do b = b + 1 end
      put(out, s, c, i + 2, b, "that")
    elseif s.k[i] == "w" and W.telling[s.w[i]] and not flags[i] and told_by[s.w[i + 1]] and i > 1 and s.k[i - 1] == "w" and not s.c[i]
      and (s.w[i - 1]:find("'s?$") or W.possessive[s.w[i - 1]]) then
      local c = { at = i, group = i, kind = "noun", how = "noun" }
      c.subject_first, c.subject_last = owner(s, i)
      local b = i + 1
      while b < s.n and (s.k[b + 1] == "w" or s.k[b + 1] == "n" or s.k[b + 1] == "Q") and not flags[b + 1] and not W.auxiliary[s.w[b + 1]] and not W.stop[s.w[b + 1]] and not W.time[s.w[b + 1]]
        and not (b > i + 3 and (s.w[b + 1] == "and" or s.w[b + 1] == "by" or s.w[b + 1] == "at" or s.w[b + 1] == "during")) do b = b + 1 end
      if s.w[i + 1] == "to" then put(out, s, c, i + 1, b, "noun") else put(out, s, c, i + 2, b, "noun") end
    end
  end
end

--- S: X, in headlines and captions without a full stop.
local function headline(s, out, flags, W)
  for i = 2, math.min(s.n - 1, 6) do
    if s.k[i] == ":" then
      local plain = s.c[1]
      for j = 1, i - 1 do
        local known = s.c[j] or W.speaker[s.w[j]] or W.document[s.w[j]] or W.title[s.w[j]] or s.w[j] == "of"
        if flags[j] or s.k[j] ~= "w" or not known then plain = false end
      end
      if plain then
        local c = { at = i, group = i, kind = "headline", how = "headline", subject_first = 1, subject_last = i - 1 }
        put(out, s, c, i + 1, s.n, "headline")
      end
      return
    end
  end
end

--- All attributions of sentence s: a list of { a, b (tokens of what was said), c (the cue: at, kind, subject_first, subject_last), how }.
function M.find(s, cues, W)
  local flags, any = phrase.cues(s, cues, W)
  local out = {}
  local list = collect(s, flags, W)
  for _, c in ipairs(list) do
    if c.kind == "according" then according(s, c, list, out, W) else verb(s, c, list, out, flags, W) end
  end
  nouns(s, out, flags, W)
  if s.headline then headline(s, out, flags, W) end
  return out, any
end

return M
