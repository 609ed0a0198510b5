-- How much each paragraph reads like the text of an article: one number, above zero when it does. The weights are set by hand
-- from what prose and page furniture are like in general; no text was fitted to them.

local parts = require "layout.parts"

local scores = {}

local find, sub, max, min = string.find, string.sub, math.max, math.min

-- What a standing phrase takes away, by kind and by where it stands
local CUES = {
  ["end"] = { line = 4, start = 2.5, ["end"] = 1, any = 1 },
  talk = { line = 5, start = 3.5, ["end"] = 1, any = 1 },
  teaser = { line = 4, start = 1.5, ["end"] = 1, any = 1 },
  markup = { line = 6, start = 3, ["end"] = 1.5, any = 3 },
  notice = { line = 4, start = 3, ["end"] = 3, any = 2 },
  byline = { line = 2, start = 0.5, ["end"] = 0.5, any = 0 },
  date = { line = 2, start = 0.7, ["end"] = 0, any = 0 },
  caption = { line = 1, start = 0.3, ["end"] = 0.2, any = 0.5 },
  invite = { line = 1, start = 0, ["end"] = 0, any = 0 },
  reader = { line = 3, start = 2, ["end"] = 2, any = 0 },
}

--- Reads like a sentence or more of running text: long enough, with function words, ended as sentences are.
function scores.is_prose(p)
  return #p.words >= 8 and p.share >= 0.2 and p.size >= 45 and p.separators < 3 and (p.ends or p.size >= 160)
end

-- A line about the site and the reader's rights instead of the news
function scores.is_notice(p)
  local n = #p.words
  if n <= 12 and find(p.text, "^\xC2\xA9") or n <= 8 and find(p.text, "^%([cC]%) ") then return true end      -- © 2019 Coastal News
  if n <= 40 and p.reader >= 0.12 and find(p.text, "^%([cC]%) ") then return true end      -- "(c) Coastal News. You are reading your last free story."
  local invites = p.cue == "invite" or (p.cue == "markup" or p.cue == "teaser") and p.cue_at == "start"
  if invites and p.reader >= 0.12 and n <= 40 then return true end      -- "Follow all our stories from the coast", "Sign up to our letter."
  if p.cue == "notice" and n <= 60 and p.notice >= 1.5 and p.notice / n >= 0.07 then return true end
  return n >= 4 and n <= 90 and p.notice >= 3 and p.notice / n >= 0.16
end

local function shape(p)
  local s = -1.4 + 1.25 * min(p.size, 260) / 80
  if #p.words >= 5 then s = s + max(-1.6, min(1.4, (p.share - 0.24) * 8)) end
  if p.ends then s = s + (#p.words >= 4 and 0.9 or 0.2) else s = s - 0.5 end
  if #p.words <= 3 and not p.ends then s = s - 0.8 end
  if p.capitals > 0.65 and #p.words >= 4 and not p.ends then s = s - 0.8 end
  if find(p.text, "^[\"'(]") or find(p.text, "^\xE2\x80[\x98\x9C]") then s = s + 0.3 end
  return s
end

local function blemishes(p)
  local s = 0
  s = s - min(p.separators, 4) * 0.9
  if p.cut then s = s - 1.2 end
  if p.item and not p.ends then s = s - 0.9 end
  if p.clock and p.size < 120 then s = s - 0.8 end
  if p.address and p.size < 200 then s = s - 1.2 end
  local cue = p.cue and CUES[p.cue]
  if cue and (p.cue_at ~= "start" or p.size < 140) then s = s - cue[p.cue_at] end
  if scores.is_notice(p) then s = s - 3.5 end
  if p.reader > 0.12 then s = s - min(3, (p.reader - 0.12) * 14) * (p.size < 320 and 1 or 0.4) end
  return s
end

-- Signs that the text was taken from a web page with all that stood on it: menus, standing phrases, lines of many articles
local FEW_SIGNS = 2

local function furnishings(paragraphs)
  local n = 0
  for _, p in ipairs(paragraphs) do
    if p.separators >= 2 or p.cue and p.cue ~= "date" and p.cue ~= "byline" and p.cue_at ~= "any" and p.size < 90 and not p.ends
      or p.size < 100 and p.seen >= 3 and p.digits < 0.1 then n = n + 1 end
  end
  return n
end

--- Score all paragraphs.
-- @return list of numbers, and how many signs of page furniture the text has
function scores.all(paragraphs)
  local prose, whole = 0, 1
  for _, p in ipairs(paragraphs) do
    p.prose = scores.is_prose(p)
    whole = whole + p.size
    if p.prose then prose = prose + p.size end
  end
  -- In a text that is nearly all prose, or that has no furniture at all, a short line is a heading or a line of a table; on a page
  -- of menus it is one more menu
  local clean = prose / whole
  local signs = furnishings(paragraphs)
  local trust = (clean - 0.5) * 1.6 + math.max(0, 2 - 0.8 * signs)
  local list = {}
  for i, p in ipairs(paragraphs) do
    local s = shape(p) + blemishes(p) + trust
    if signs > 4 and p.size < 60 and not p.quoted then s = s - 0.5 end
    if signs <= 2 and p.digits >= 0.15 then s = s + 1.5 end
    local seen = p.seen
    local sentence = p.ends and #p.words >= 5 and p.share >= 0.2      -- "The cause is not known yet."
    if seen > 1 then s = s - (p.prose and 1 or sentence and 0.5 or 1.5) * min(3, seen / 2) end
    if p.kind or parts.is_markup(p.text) then s = -1.2 end
    list[i] = s
  end
  return list, signs
end

-- Speaks against a line as part of a list within the article
local function is_foreign(p)
  local harmless = p.cue == "byline" or p.cue == "caption" or p.cue == "date" or p.cue == "invite"
  return p.cue ~= nil and p.cue_at ~= "any" and not harmless or p.separators >= 2 or p.cut or p.reader > 0.2 or p.seen >= 3 or parts.is_markup(p.text)
    or scores.is_notice(p)
end

-- One short line between paragraphs of prose that speaks to the reader is a heading: "Your first five minutes"
local function is_heading_between(paragraphs, inside, i)
  local p, before, after = paragraphs[i], paragraphs[i - 1], paragraphs[i + 1]
  return after ~= nil and before.prose and after.prose and inside[i + 1] and (p.cue == nil or p.cue == "invite") and p.separators == 0 and p.seen < 3 and #p.words >= 2
    and p.size < 80 and not p.item and not p.address and not p.cut and not scores.is_notice(p)
end

-- Lines of a list between lines of the same list: "• A tool to see your page as others would"
local function is_within_list(paragraphs, inside, first, stop)
  if stop > #paragraphs or not (inside[first - 1] and paragraphs[first - 1].item and inside[stop] and paragraphs[stop].item) then return false end
  for i = first, stop - 1 do
    local p = paragraphs[i]
    if not p.item or p.kind or p.address or p.seen >= 3 or p.cut then return false end
  end
  return true
end

--- Short gaps between prose are the article's own lists, verses and headings, unless one of their lines speaks against it.
function scores.bridge(paragraphs, inside)
  local i, n = 1, #paragraphs
  while i <= n do
    if not inside[i] and i > 1 and inside[i - 1] then
      local stop, foreign = i, false
      while stop <= n and not inside[stop] do
        foreign = foreign or is_foreign(paragraphs[stop])
        stop = stop + 1
      end
      if foreign and stop - i == 1 and is_heading_between(paragraphs, inside, i) then foreign = false end
      local own = stop <= n and not foreign and stop - i <= 12 and scores.near_prose(paragraphs, inside, stop)
      if own or is_within_list(paragraphs, inside, i, stop) then
        for j = i, stop - 1 do inside[j] = true end
      end
      i = stop
    else
      i = i + 1
    end
  end
end

--- Does prose follow at once or after one heading?
function scores.near_prose(paragraphs, inside, i)
  for j = i, min(i + 1, #paragraphs) do
    if inside[j] and paragraphs[j].prose then return true end
  end
  return false
end

--- A text with hardly a sign of furniture is kept whole: tables, lists and short lines are its own. Lines after the last prose are
-- kept only when they are few or full of figures.
function scores.keep_plain(paragraphs, inside, signs)
  if signs > FEW_SIGNS then return end
  local last = 0
  for i in ipairs(paragraphs) do
    if inside[i] then last = i end
  end
  local after = #paragraphs - last
  local rows = true      -- of a table that goes on
  for i, p in ipairs(paragraphs) do
    rows = rows and (i <= last or p.digits >= 0.1)
    local told = p.digits >= 0.1 and (signs == 0 or rows or find(p.key, "[%a\128-\255]") ~= nil)      -- "Injured: 74"; not a lone "50486"
    local own = i <= last or last == 0 or signs == 0 and after <= 2 and p.separators == 0 or told
    if own and not p.kind and (signs == 0 or not is_foreign(p)) and not parts.is_markup(p.text) then inside[i] = true end
  end
end

--- A heading with nothing under it is none: links to other stories after the last paragraph, when more that isn't the article follows.
function scores.drop_last_headings(paragraphs, inside)
  local n = #paragraphs
  if inside[n] or paragraphs[n].kind then return end
  local last, prose = 0, false
  for i, p in ipairs(paragraphs) do
    if inside[i] and p.prose and p.ends then last, prose = i, true end
  end
  if not prose then return end
  for i = last + 1, #paragraphs do
    local p = paragraphs[i]
    if p.ends and not find(p.text, ":$") or p.item or p.digits >= 0.1 or parts.has_credit(p.text) then return end
  end
  for i = last + 1, #paragraphs do
    if #paragraphs[i].words >= 4 or paragraphs[i].ends then inside[i] = false end
  end
end

-- "FORT HALE, Jan 15 (Agency): The army …" at the head of a paragraph; a place alone may head a section
local function has_dateline(p)
  local at = p.prose and parts.after_dateline(p.text)
  return at and find(sub(p.text, 1, at - 1), "[%d(]") ~= nil
end

local POINTER = 0.3      -- "Read also: the tower of Varn is sold" often stands between paragraphs

--- How surely the article has ended before each paragraph: "Related articles" after some prose, "12 comments" more so; the headline over a second
-- dateline begins another story of the agency.
function scores.closes(paragraphs)
  local closes, seen, dated = {}, 0, false
  for i, p in ipairs(paragraphs) do
    closes[i] = 0
    if seen >= 300 and p.size < 90 and (p.cue_at == "line" or p.cue_at == "start") and not p.ends then
      if p.cue == "end" then closes[i] = find(p.text, ":%s") and POINTER or 1 elseif p.cue == "talk" then closes[i] = 3 end
    elseif seen >= 300 and p.cue == "talk" and p.cue_at == "start" and parts.is_counted(p.text) then      -- "3 comments - Ann: The mayor is right."
      closes[i] = 3
    end
    if not p.kind and has_dateline(p) then
      local head = paragraphs[i - 1]
      if dated and seen >= 300 and not head.prose and not head.ends then closes[i - 1] = math.max(closes[i - 1], 1) end
      dated = true
    end
    if p.prose and not p.kind then seen = seen + p.size end
  end
  return closes
end

local NEXT, AT_HOME = 10, 0.4      -- paragraphs; share of content words that the article holds already

--- A box of links within the article doesn't close it: when paragraphs of prose that follow at once speak of the article's own things.
function scores.reopen(paragraphs, closes)
  for i, p in ipairs(paragraphs) do
    if closes[i] == 1 and p.cue == "end" then
      local n = 0
      for j = i + 1, min(i + NEXT, #paragraphs) do
        local q = paragraphs[j]
        if closes[j] > 0 then break end
        if q.prose and q.ends and q.size >= 70 and (q.overlap or 0) >= AT_HOME then n = n + 1 end
      end
      if n >= 2 then closes[i] = 0.15 end
    end
  end
end

local TAIL, TALK = 0.25, 0.3      -- share of the text that may stand under a line that closes it, under one that opens the comments
local LONG_INVITATION = 9         -- words: "See how much of the harbour's money went into the new wall" invites nobody to another page

--- All of a text that was cut by its markup already, but for a tail under a line that closes it ("About the author").
function scores.keep_cut(paragraphs)
  local inside, closes, all, after = {}, scores.closes(paragraphs), 0, 0
  for i, p in ipairs(paragraphs) do
    inside[i], all = true, all + p.size
    if p.cue == "invite" and #p.words >= LONG_INVITATION then p.cue = nil end
  end
  local cut
  for i = #paragraphs, 1, -1 do
    after = after + paragraphs[i].size
    if closes[i] > 0 and after <= (closes[i] > 1 and TALK or TAIL) * all then cut = i end
  end
  for i = cut or #paragraphs + 1, #paragraphs do inside[i] = false end
  return inside
end

return scores
