-- What stands about the text by its form and place alone: letterheads and numbers of documents, the paper and the department over a headline, credits under
-- the last paragraph, the clock before each entry of a live report. Runs before the article is sought, so that none of these is taken for its headline.

local parts = require "layout.parts"
local passages = require "lib.passages"
local scores = require "layout.scores"

local margins = {}

local find = string.find

local STAMPS, SENTENCES = 3, 0.6      -- entries that begin with a clock from which they are a row; share of them that are sentences in a live report

local function is_sentence(s) return #s >= 30 and find(s, "[.!?][\"')]?$") ~= nil or find(s, "[.!?]\xE2\x80\x9D$") ~= nil end

-- "2:18 Horse runs through the market": minutes and seconds, of a video
local function is_length(s)
  local minutes, seconds = s:match "^(%d):(%d%d)%f[%s]"
  return minutes ~= nil and not s:find("^%d:%d%d ?[aApP]%.?[mM]") and tonumber(seconds) % 5 ~= 0
end

--- In a live report the clock before each entry becomes a passage of its own: "19:45 The mayor has been brought …". A row of videos with their
-- lengths is marked as what leads to other stories.
-- @return the list of paragraphs, cut
function margins.cut_stamps(paragraphs, known)
  local at, n, sentences, lengths = {}, 0, 0, 0
  for i, p in ipairs(paragraphs) do
    at[i] = find(p.text, "^%d") and parts.after_clock(p.text, known.date_words)
    if at[i] then
      local following = paragraphs[i + 1]
      local alone = at[i] > #p.text and following and following.text
      n = n + 1
      sentences = sentences + (is_sentence(alone or p.text:sub(at[i])) and 1 or 0)
      lengths = lengths + (is_length(p.text) and 1 or 0)
    end
  end
  if n < STAMPS then return paragraphs end
  if sentences < SENTENCES * n then
    for i, p in ipairs(paragraphs) do
      if lengths * 2 >= n and at[i] and not is_sentence(p.text) then p.kind = p.kind or "teaser" end
    end
    return paragraphs
  end
  local list = {}
  for i, p in ipairs(paragraphs) do
    if at[i] then
      local stamp = p.text:sub(1, at[i] - 1):gsub("[%s|:-]+$", "")
      list[#list + 1] = { first = p.first, last = p.first + #stamp - 1, text = stamp, blank = p.blank, kind = "date" }
      if at[i] <= #p.text then list[#list + 1] = { first = p.first + at[i] - 1, last = p.last, text = p.text:sub(at[i]), blank = 0 } end
    else
      list[#list + 1] = p
    end
  end
  return list
end

local function holds(words, set)
  for i = 1, #words do
    if set[words[i]] then return true end
  end
  return false
end

local LETTERHEAD, OUTLET, SECTION = 8, 10, 6      -- words of the longest line
local SMALL = 3                                  -- small words ("of", "for the") in it

-- "GOVERNMENT OF TARN", "NATIONAL HARBOUR AUTHORITY"
local function is_letterhead(p, known)
  local capitals = p.text:upper() == p.text and p.text:lower() ~= p.text
  return capitals and not p.ends and #p.words >= 2 and #p.words <= LETTERHEAD and p.function_words <= SMALL and not find(p.text, "[%d:]") and holds(p.words, known.issuer_words)
end

-- "The Coastal Courier", "Press Bureau of Tarn", "The Harbour Monitor Report"
local function is_outlet(p, known)
  return not p.ends and not p.cue and not p.heads and #p.words >= 2 and #p.words <= OUTLET and p.capitals == 1 and p.function_words <= SMALL and not find(p.text, "[%d:]")
    and holds(p.words, known.issuer_words)
end

-- "Opinion", "THE WINDVANE / Opinion": one of its parts is a department of a paper
local function is_section(p, known)
  if p.ends or #p.words > SECTION or find(p.text, "%d") then return false end
  local line = p.text:gsub(" ?[/|] ?", "\0"):gsub(" %- ", "\0"):gsub(" \xC2\xB7 ", "\0"):gsub(" \xE2\x80[\x93\x94\xA2] ", "\0")
  for part in line:gmatch("[^%z]+") do
    if known.section_words[passages.key(part)] then return true end
  end
  return false
end

-- A line whose paper is told by what comes next: the day, or a paragraph with its dateline
local function opens_text(p)
  return p.kind == "date" or p.kind == "dateline" or parts.is_dateline(p.text) or parts.after_dateline(p.text) ~= nil or parts.after_place(p.text) ~= nil
end

local HEAD, TOP = 12, 4      -- paragraphs over the text that are looked at, in which a letterhead stands

-- The first paragraph of prose, or of what a document counts: "1. Casualties (confirmed): 64 dead."
local function text_begins(paragraphs)
  for i = 1, math.min(#paragraphs, HEAD) do
    local p = paragraphs[i]
    if scores.is_prose(p) or p.ends and #p.words >= 8 then return i end
  end
  return math.min(#paragraphs, HEAD) + 1
end

local function mark_head(paragraphs, known)
  local start = text_begins(paragraphs)
  local free = 0      -- lines that are left for a headline
  for i = 1, start - 1 do
    if not paragraphs[i].kind then free = free + 1 end
  end
  for i = 1, start - 1 do
    local p = paragraphs[i]
    local kind
    if p.kind then kind = nil
    elseif p.heads == "release" or parts.is_reference(p.text) then kind = "markup"
    elseif free < 2 then kind = nil
    elseif i <= TOP and is_letterhead(p, known) then kind = "byline"
    elseif i > 1 and paragraphs[i + 1] and is_outlet(p, known) and opens_text(paragraphs[i + 1]) then kind = "byline"
    elseif i + 1 < start and is_section(p, known) then kind = "markup" end
    if kind then p.kind, free, p.section = kind, free - 1, kind == "markup" and not p.heads end
  end
end

-- Under a paragraph and over none: "Interline / Agence du Nord", "Reuters"
local function mark_credits(paragraphs, known)
  for i = 2, #paragraphs do
    local p, before, after = paragraphs[i], paragraphs[i - 1], paragraphs[i + 1]
    if not p.kind and p.cue ~= "notice" and #p.words <= 8 and before.ends and #before.words >= 8 and not (after and scores.is_prose(after)) then
      if known.agencies[p.key] or parts.is_credit_row(p.text) and not holds(p.words, known.section_words) then p.kind = "byline" end
    end
  end
end

--- Marks what can be told before the article is found; the paragraphs are measured.
function margins.mark(paragraphs, known)
  mark_head(paragraphs, known)
  mark_credits(paragraphs, known)
end

return margins
