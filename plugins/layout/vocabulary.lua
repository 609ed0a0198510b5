-- The words of the article's core against the words of a paragraph: a teaser of another story speaks of other things.

local text = require "annalist.text"

local vocabulary = {}

local find = string.find

--- Share of a paragraph's content words that stand in the core; `own`: it is counted in the core itself.
function vocabulary.overlap(p, counts, own)
  local shared, stems = 0, p.stems
  for i = 1, #stems do
    if (counts[stems[i]] or 0) > (own and 1 or 0) then shared = shared + 1 end
  end
  return #stems > 0 and shared / #stems or 0, #stems
end

--- In how many paragraphs of the core each stem stands.
function vocabulary.count(paragraphs, inside)
  local counts, size = {}, 0
  for i, p in ipairs(paragraphs) do
    if inside[i] and p.prose then
      size = size + 1
      for _, stem in ipairs(p.stems) do counts[stem] = (counts[stem] or 0) + 1 end
    end
  end
  return counts, size
end

--- Lower the scores of paragraphs that share few words with the core, the more the farther from it they stand.
function vocabulary.weigh(paragraphs, scores, inside)
  local counts, size = vocabulary.count(paragraphs, inside)
  if size < 4 then return counts end
  for i, p in ipairs(paragraphs) do
    local overlap, content = vocabulary.overlap(p, counts, inside[i] and p.prose)
    p.overlap = overlap
    if content >= 4 then
      local pull = (overlap - 0.14) * 5
      if inside[i] then pull = math.max(-0.8, math.min(0.5, pull)) else pull = math.max(-1.5, math.min(0.6, pull)) end
      scores[i] = scores[i] + pull
    end
  end
  return counts
end

local TAIL, CORE = 3, 4        -- paragraphs
local STRANGE = 0.5            -- share of the core's own overlap below which a tail is about other things
local WEAK = 0.4
local CANDIDATES, MANY, FEW = 24, 1000, 3      -- places to cut; in a text of many paragraphs fewer, since each costs a reading

-- Mean overlap of the prose in first..last with the words counted; `own`: these paragraphs were counted themselves
local function mean_overlap(paragraphs, inside, first, last, counts, own)
  local sum, n = 0, 0
  for i = first, last do
    local p = paragraphs[i]
    if inside[i] and #p.words >= 5 then
      local overlap, content = vocabulary.overlap(p, counts, own and p.prose)
      if content >= 4 then sum, n = sum + overlap, n + 1 end
    end
  end
  return n > 0 and sum / n or 0, n
end

local PAIRS, LONGEST_ROW = 3, 150

-- Do headlines with a sentence or two under each, by turns, fill the text from paragraph i to its end? `all`: with the lines that are outside
-- already, up to one that is plainly the page's own
local function is_row_of_teasers(paragraphs, inside, i, all)
  if #paragraphs - i > LONGEST_ROW then return false end
  local pairs_, lines, head = 0, 0, false
  for j = i, #paragraphs do
    local p = paragraphs[j]
    if not inside[j] and p.cue_at == "line" and lines > 3 then break end
    if (all or inside[j]) and not p.kind then
      local headline = not p.prose and #p.words >= 3 and p.size < 100 and (not p.ends or find(p.text, "%?$") ~= nil)
      if head and not headline and p.size >= 50 and p.size < 350 then pairs_ = pairs_ + 1 end
      head, lines = headline, lines + 1
      if lines == 1 and not headline then return false end
    end
  end
  return pairs_ >= PAIRS and pairs_ * 2 >= 0.8 * lines
end

-- Can the article have ended just before paragraph i: with a byline, a standing heading, a date, a short line in another writing? 1: yes; less
-- for any short heading, which must be followed by a tail that is stranger still
local function closes_before(paragraphs, inside, i, script)
  local p = paragraphs[i - 1]
  if inside[i] and inside[i - 1] and p.prose and not paragraphs[i].prose and (is_row_of_teasers(paragraphs, inside, i, false) or is_row_of_teasers(paragraphs, inside, i, true)) then
    return 1
  end
  if p.cue == "end" or p.cue == "talk" or p.cue == "byline" and p.size < 80 or p.kind ~= nil then return 1 end
  if p.ends or #p.words == 0 or #p.words > 5 or p.digits > 0 then return nil end
  return text.script(p.text) ~= script and 1 or p.function_words == 0 and WEAK or nil
end

-- The writing of the longest paragraph: "Latn", "Cyrl", …
local function script_of(paragraphs)
  local longest = paragraphs[1]
  for _, p in ipairs(paragraphs) do
    if p.size > longest.size then longest = p end
  end
  return text.script(longest.text)
end

-- Paragraphs of prose in first..last that share as many words with those counted as the core does with itself
local function at_home(paragraphs, inside, first, last, counts, usual)
  local n = 0
  for i = first, last do
    local p = paragraphs[i]
    if inside[i] and p.prose and vocabulary.overlap(p, counts, false) >= usual then n = n + 1 end
  end
  return n
end

-- Bytes of what is inside in first..last, and how many paragraphs
local function bytes_of(paragraphs, inside, first, last)
  local bytes, n = 0, 0
  for i = first, last do
    if inside[i] then bytes, n = bytes + paragraphs[i].size, n + 1 end
  end
  return bytes, n
end

-- Teasers are short, and seldom more than the article itself
local function is_small(paragraphs, inside, cut)
  local bytes, n = bytes_of(paragraphs, inside, cut, #paragraphs)
  return n > 0 and bytes / n < 220 and bytes < 1.5 * bytes_of(paragraphs, inside, 1, cut - 1)
end

-- Enough prose before the cut and enough lines behind it to compare their words? Asked first, since it costs little.
local function is_long_enough(paragraphs, inside, cut)
  local size, lines = 0, 0
  for i, p in ipairs(paragraphs) do
    if inside[i] then
      if i < cut then size = size + (p.prose and 1 or 0)
      elseif #p.words >= 5 and #p.stems >= 4 then lines = lines + 1 end
    end
  end
  return size >= CORE and lines >= TAIL
end

-- Does what stands from the cut on speak of other things than what stands before it?
local function is_strange(paragraphs, inside, cut, closed)
  local before = table.move(inside, 1, cut - 1, 1, {})
  local counts = vocabulary.count(paragraphs, before)
  local tail = mean_overlap(paragraphs, inside, cut, #paragraphs, counts, false)
  local usual = mean_overlap(paragraphs, inside, 1, cut - 1, counts, true)
  return tail < STRANGE * closed * usual and at_home(paragraphs, inside, cut, #paragraphs, counts, usual) < 2
end

--- Teasers of other stories at the end: at least three paragraphs that share few words with the article before them, after a line that
-- can close an article.
function vocabulary.drop_tail(paragraphs, inside)
  local tried, script = 0, script_of(paragraphs)
  for cut = #paragraphs, 2, -1 do
    local closed = closes_before(paragraphs, inside, cut, script)
    if closed and is_small(paragraphs, inside, cut) then
      tried = tried + 1
      if tried > (#paragraphs > MANY and FEW or CANDIDATES) then break end
      if is_long_enough(paragraphs, inside, cut) and is_strange(paragraphs, inside, cut, closed) then
        for i = cut, #paragraphs do inside[i] = false end
        local heading = paragraphs[cut - 1]
        if not heading.kind and not heading.prose and heading.cue ~= "byline" then inside[cut - 1] = false end
      end
    end
  end
end

local ROW, SHORT, FAR = 4, 80, 0.2      -- lines, bytes, share of content words that the article holds
local LONG_ROW, NEARER = 7, 0.3        -- in a longer row a common word or two ("news", "local") may be shared

--- Short lines at the end, four and more, that share hardly a word with the article: the imprint, the paper's own words to its readers. `plain`:
-- the text has no other sign of a page; then only a long row with sentences in it, since an article may end with a list of names.
function vocabulary.drop_last_row(paragraphs, inside, plain)
  local first, shared, lines, stems, sentences = nil, 0, 0, 0, 0
  for i = #paragraphs, 1, -1 do
    local p = paragraphs[i]
    if inside[i] and not p.kind then
      if p.size >= SHORT or p.digits >= 0.1 or p.item or p.quoted then break end
      first, lines, shared, stems = i, lines + 1, shared + (p.overlap or 0) * #p.stems, stems + #p.stems
      sentences = sentences + (p.ends and 1 or 0)
    end
  end
  if plain and (lines < LONG_ROW or sentences < 0.4 * lines) then return end
  if lines < ROW or shared >= (lines < LONG_ROW and FAR or NEARER) * stems then return end
  for i = first, #paragraphs do inside[i] = false end
end

return vocabulary
