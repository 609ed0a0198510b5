-- From an article's sentences to what the rules for attributions read: paragraphs of sentences of tokens, where a quotation between
-- its marks is one token "Q". Sentence ends inside a quotation don't count, and "Why?" he asked is one sentence.

local tokens = require "lib.tokens"
local marks = require "lib.speech.marks"

local M = {}

-- No sentence of news is longer than so many tokens; what is longer is a list or a table, and is cut, so that work stays in proportion.
local LONGEST = 300

--- Sentence rows of one paragraph each: no line break lies between them.
local function paragraphs(text, rows)
  local list, group = {}, nil
  for i = 1, #rows do
    local row = rows[i]
    local gap = group and text:sub(group.last + 1, row.first - 1)
    if group and not gap:find("\n", 1, true) then
      group.last = math.max(group.last, row.last)
      group.starts[row.first] = true
    else
      group = { first = row.first, last = row.last, starts = { [row.first] = true } }
      list[#list + 1] = group
    end
  end
  return list
end

--- Where the text of a paragraph begins that a live blog's clock opens: "14:05 Ann Lee says …", "9.40am: Police …"; else nil.
local function behind_clock(s)
  local at = s:match("^%d%d?[:.h]%d%d%s?()")
  if not at then return nil end
  at = s:match("^[ap]%.?m%.?()", at) or at
  at = s:match("^%s?%u%u%uT?()%f[^%w]", at) or at
  at = s:match("^%s*[-–—:|]*%s*()", at)
  return s:find("^[%u\"'“‘\195]", at) and at or nil
end

--- One token list of a paragraph, quotations folded.
local function fold(text, p, quotes)
  local kinds, firsts, lasts, n = tokens.scan(text, p.entry or p.first, p.last)
  local k, f, l, w, c, q, m = {}, {}, {}, {}, {}, {}, 0
  local next_quote, i = 1, 1
  while i <= n do
    local quote = quotes[next_quote]
    if quote and firsts[i] >= quote.open then
      m = m + 1
      k[m], f[m], l[m], w[m], q[m] = "Q", quote.open, quote.close, "", quote
      while i <= n and firsts[i] <= quote.close do i = i + 1 end
      next_quote = next_quote + 1
    else
      local kind = kinds[i]
      if kind == ":" and kinds[i - 1] == "n" and kinds[i + 1] == "n" and lasts[i - 1] + 1 == firsts[i] and lasts[i] + 1 == firsts[i + 1] and k[m] == "n" then
        l[m] = lasts[i + 1]                                      -- "2:50" is one number
        w[m] = text:sub(f[m], l[m])
        i = i + 1
      elseif kind ~= "m" then
        m = m + 1
        local word = text:sub(firsts[i], lasts[i])
        k[m], f[m], l[m] = kind, firsts[i], lasts[i]
        w[m] = word:find("^%u%u+$") and word or word:lower():gsub("’", "'")     -- "WHO" and "US" are no small words
        c[m] = word:find("^[A-Z\195-\223]") ~= nil
      end
      i = i + 1
    end
  end
  return { k = k, f = f, l = l, w = w, c = c, q = q, n = m }
end

--- After a quotation: do the next tokens name who asked? (“Why?” Mr. Lee asked.)
local function asker(t, i, is_cue)
  for j = i, math.min(i + 7, t.n) do
    local kind = t.k[j]
    if kind == "w" then
      if is_cue(t.w[j]) then return j > i or not t.c[j] end
    elseif kind ~= "." or t.l[j - 1] + 1 ~= t.f[j] then
      return false
    end
  end
  return false
end

local function ends_inside(text, quote) return text:find("^[.?!]", quote.last) ~= nil or text:sub(quote.last - 2, quote.last) == "…" end

--- Where sentences begin, as token indices.
local function cut(text, t, p, is_cue)
  local starts = {}
  local row = p.starts
  for i = 1, t.n do
    local from = i == 1 and p.first or t.l[i - 1] + 1
    local fresh = i == 1 or i - starts[#starts] >= LONGEST
    if not fresh then
      if t.k[i - 1] == "Q" then
        local quote = t.q[i - 1]
        if ends_inside(text, quote) and quote.closed then
          local dash = t.k[i] == "-" or t.k[i] == ","
          fresh = not dash and (t.c[i] or t.k[i] == "Q" or t.k[i] == "n") and not asker(t, i, is_cue)
        elseif not quote.closed and t.c[i] and not asker(t, i, is_cue) then
          fresh = true
        end
      else
        for at = from, t.f[i] do
          if row[at] then fresh = true break end
        end
        if fresh and t.k[i - 1] ~= "." and t.k[i - 1] ~= ")" and t.k[i] ~= "Q" and not t.c[i] then fresh = false end
      end
    end
    if fresh then starts[#starts + 1] = i end
  end
  return starts
end

--- One sentence: tokens a..b of t, full stops of abbreviations joined to their words, the closing stop left out.
local function sentence(t, a, b)
  local s = { k = {}, f = {}, l = {}, w = {}, c = {}, q = {}, n = 0 }
  for i = a, b do
    if t.k[i] == "." and i < b and s.n > 0 and t.k[i - 1] == "w" and t.f[i] == t.l[i - 1] + 1 then
      s.l[s.n] = t.l[i]
    elseif not (t.k[i] == "." and i == b) then
      local n = s.n + 1
      s.n, s.k[n], s.f[n], s.l[n], s.w[n], s.c[n], s.q[n] = n, t.k[i], t.f[i], t.l[i], t.w[i], t.c[i], t.q[i]
    else
      s.stop = t.l[i]
    end
  end
  return s
end

--- Does every word begin with a capital, as headlines do ("Mayor Says Bridge Will Close"), and is the first in capitals, as in a dateline?
local function looks(text, s)
  local capitals, all = 0, 0
  for i = 1, s.n do
    if s.k[i] == "w" and s.l[i] - s.f[i] > 2 then
      all = all + 1
      if s.c[i] then capitals = capitals + 1 end
    end
  end
  s.capitals = all >= 3 and capitals >= 0.8 * all
  s.upper = s.n > 2 and s.k[1] == "w" and s.l[1] - s.f[1] > 1 and not text:sub(s.f[1], s.l[1]):find("%l")
  return s
end

--- A quotation that was never closed may hold its own cue at the end: “We were there, Ms. Lee told reporters. It ends at that comma.
local function give_back_cue(text, quote, is_cue)
  local s = text:sub(quote.first, quote.last)
  local comma = s:find(",[^,]*$")
  if not comma then return end
  local words, cue = 0, false
  for word in s:sub(comma + 1):gmatch("[%a\128-\255']+") do
    words, cue = words + 1, cue or is_cue(word)
  end
  if cue and words >= 2 and words <= 8 then quote.last, quote.close = quote.first + comma - 2, quote.first + comma - 1 end
end

--- The paragraphs of an article: a list of { first, last, sentences, entry = where it begins behind a clock }; a sentence has arrays k f l w c q and n.
function M.read(text, rows, is_cue)
  local list = paragraphs(text, rows)
  for i = 1, #list do
    local p, following = list[i], list[i + 1]
    local s = text:sub(p.first, p.last)
    local entry = behind_clock(s)
    p.entry = entry and p.first + entry - 1 or ("\n" .. text:sub(math.max(1, p.first - 16), p.first - 1)):find("\n%d%d?[:.h]%d%d[^%w\n]*$") and p.first or nil
    local quotes = s:find("[\"'«»`\226]") and marks.pairs(s, following ~= nil and marks.begins(text:sub(following.first, following.first + 8))) or {}
    local shift = p.first - 1
    for j = 1, #quotes do
      local quote = quotes[j]
      quote.open, quote.first, quote.last, quote.close = quote.open + shift, quote.first + shift, quote.last + shift, quote.close + shift
      if not quote.closed and quote.last == p.last then give_back_cue(text, quote, is_cue) end
      quote.stopped = ends_inside(text, quote) or text:sub(quote.last, quote.last) == ","
    end
    local t = fold(text, p, quotes)
    local starts = cut(text, t, p, is_cue)
    p.sentences, p.quotes = {}, quotes
    for j = 1, #starts do
      local last = (starts[j + 1] or t.n + 1) - 1
      p.sentences[j] = looks(text, sentence(t, starts[j], last))
    end
  end
  return list
end

return M
