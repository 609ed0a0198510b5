-- What can be seen in one paragraph alone: its length, how dense it is in function words, how it ends, whether it looks
-- like a link, which standing phrase it begins with. No decision is taken here.

local lpeg = require "lpeg"
local parts = require "layout.parts"
local passages = require "lib.passages"

local B, P, R, S, Cc, Cp, Ct = lpeg.B, lpeg.P, lpeg.R, lpeg.S, lpeg.Cc, lpeg.Cp, lpeg.Ct

local features = {}

local byte, find, gmatch, sub = string.byte, string.find, string.gmatch, string.sub

local LOOK = 240            -- bytes in which the share of capitals can be told
local CUE_WORDS = 5        -- the longest standing phrase, in words
local LONGEST_WITH_CUES = 400

-- The longer words of a line, as whether each begins with a capital: Latin, Greek or Cyrillic
local word_byte = R("09", "AZ", "az", "\128\255") + P "'"
local capital = R "AZ" + P "\xC3" * R "\x80\x9E" + P "\xD0" * R "\x80\xAF" + P "\xCE" * R "\x91\xA9"
local long = word_byte * word_byte * word_byte * word_byte
local longer_words = Ct(((#long * -R "09" * (#capital * Cc(true) + Cc(false)) * word_byte ^ 1 + word_byte ^ 1) + (1 - word_byte) ^ 1) ^ 0)

-- "The owner …", 'The owner …', «Der Besitzer …»: a capital comes first, behind quotation marks perhaps
local opening = S "\"'" + P "\xE2\x80" * S "\x98\x9C\x9E" + P "\xC2\xAB" * P "\xC2\xA0" ^ -1
local begins_high = opening ^ 0 * capital

-- Share of the longer words that begin with a capital: "Council Seeks New Harbour Master" has all of them
local function capital_share(s)
  local words, capitals = longer_words:match(s), 0
  for i = 1, #words do
    if words[i] then capitals = capitals + 1 end
  end
  return #words > 0 and capitals / #words or 0
end

local TAIL = 40      -- bytes in which the end of a line can be told

-- Ends as a sentence does, quotation marks and brackets aside: said." word.) gone… (no: an ellipsis is a cut-off teaser)
local function ends_sentence(s)
  if find(s, "[%w ]%w$", -2) then return false end      -- the commonest ends first: "harbour", "harbour."
  if find(s, "%w[.]$", -2) then return true end
  if find(s, "%.%.%.$") or find(s, "\xE2\x80\xA6$") or find(s, "%.%.%. ?%p$") then return false end
  local bare = s:gsub("\xE2\x80[\x99\x9D]$", ""):gsub("\xC2\xBB$", ""):gsub("[\"'%)%]%s]+$", "")
  return find(bare, "[.!?:;]$") ~= nil or find(bare, "[.!?]\xE2\x80[\x99\x9D]?[\"']*$") ~= nil or find(bare, "\xE3\x80\x82$") ~= nil
    or find(bare, "\xD8\x9F$") ~= nil or find(s, "[.!?]%s*%b()$") ~= nil
end

-- Signs that a line holds or not, each found in one walk: bytes that can't begin the sign are passed over together.
local digit, alnum = R "09", R("09", "AZ", "az")

local function search(heads, sign)
  local other = (1 - heads) ^ 0
  return other * ((heads - sign) * other) ^ 0 * sign * Cc(true)
end

local holds = {
  digit = search(digit, digit),
  clock = search(P ":", B(digit) * P ":" * digit * digit),      -- 21:30
  address = search(S "hw@", P "http" * P "s" ^ -1 * P "://" + P "www." * alnum + B(alnum) * P "@" * alnum ^ 1 * P "." * alnum),
  quoted = search(S "\"'\xC2\xE2", P '"' + P "''" + P "\xE2\x80" * S "\x9C\x9D" + P "\xC2" * S "\xAB\xBB"),
}

-- A function that counts a sign in a line
local function counter(heads, sign)
  local other = (1 - heads) ^ 0
  local all = Ct(other * ((sign * Cp() + heads) * other) ^ 0)
  return function(s) return #all:match(s) end
end

local digits_in = counter(digit, digit)
-- The separators of menus and paths: a | b, Home » World, ©
local separators = counter(S "|>\xC2\xE2", S "|>" + P "\xC2" * S "\xBB\xA9" + P "\xE2\x80\xBA")

-- The kind of the standing phrase in this line, and where it stands
local function cue_of(words, cues, s)
  if #s > LONGEST_WITH_CUES or #words == 0 then return nil end
  local label = cues.heads.label[words[1]] and parts.label(s)
  if label then
    local kind = cues.label[passages.key(label)]
    if kind then return kind, "start", #passages.words(label) end
  end
  local whole = #words <= CUE_WORDS + 1 and table.concat(words, " ")
  if whole and cues.line[whole] then return cues.line[whole], "line" end
  for n = cues.heads.start[words[1]] and math.min(CUE_WORDS, #words) or 0, 1, -1 do
    local kind = cues.start[table.concat(words, " ", 1, n)]
    if kind then return kind, "start", n end
  end
  for n = cues.heads["end"][words[#words]] and math.min(CUE_WORDS, #words) or 0, 1, -1 do
    local kind = cues["end"][table.concat(words, " ", #words - n + 1)]
    if kind then return kind, "end", n end
  end
  for i = 1, #words do
    for n = 2, cues.heads.any[words[i]] and math.min(CUE_WORDS, #words - i + 1) or 0 do
      local kind = cues.any[table.concat(words, " ", i, i + n - 1)]
      if kind then return kind, "any", n end
    end
  end
end

local function words_of(key)
  local words = {}
  for word in gmatch(key, "[^ ]+") do words[#words + 1] = word end
  return words
end

local HEADS = { headline = true, document = true, note = true, release = true }

--- Measure one paragraph; the fields are added to it.
function features.measure(p, known)
  local s = p.text
  p.size = #s
  p.words = passages.words(s)
  p.key = table.concat(p.words, " ")
  p.pattern = holds.digit:match(p.key) and p.key:gsub("%d+", "0") or p.key
  p.digits = digits_in(s) / p.size
  p.capitals = capital_share(sub(s, 1, LOOK))
  p.high = begins_high:match(s) ~= nil
  p.ends = ends_sentence(sub(s, -TAIL))
  local tail = sub(s, -3)
  p.cut = tail == "..." or tail == "\xE2\x80\xA6"
  p.item = find(s, "^[%*%-] ?%S") ~= nil or find(s, "^\xE2\x80\xA2") ~= nil or find(s, "^\xC2\xB7") ~= nil
  p.separators = separators(s)
  p.cue, p.cue_at, p.cue_length = cue_of(p.pattern == p.key and p.words or words_of(p.pattern), known.cues, s)
  if HEADS[p.cue] then      -- what they head is the article: no sign of a page's furniture
    p.heads, p.cue, p.cue_at = p.cue, nil, nil
  end
  p.address = holds.address:match(s) ~= nil
  p.clock = holds.clock:match(s) ~= nil
  local notice, reader = 0, 0
  for i = 1, #p.words do
    notice = notice + (known.notice_words[p.words[i]] or 0)
    if known.reader_words[p.words[i]] then reader = reader + 1 end
  end
  p.notice = notice
  p.quoted = holds.quoted:match(s) ~= nil
  p.reader = not p.quoted and #p.words > 0 and reader / #p.words or 0
  return p
end

local NINE = byte "9"

-- The content words of a paragraph, each once, cut to a stem that "protests" and "protesters" share
local function stems_of(words, language)
  local stems, seen = {}, {}
  for i = 1, #words do
    local word = words[i]
    if #word >= 4 and not language.words[word] and byte(word) > NINE then      -- a word of a key begins with a letter or a digit
      local stem = sub(word, 1, 6)
      if not seen[stem] then
        seen[stem] = true
        stems[#stems + 1] = stem
      end
    end
  end
  return stems
end

local SAMPLE, PLAIN = 400, 0.3      -- words; a share that leaves no doubt
local KNOWN = 0.12      -- a text with a smaller share of any language's function words is in a language that we don't know

--- The language of a page is the one whose function words it holds most of; all paragraphs are then measured by it. In an unknown
-- language words in small letters stand for them: titles and menus have fewer.
function features.function_words(paragraphs, known)
  local sample = {}
  for _, p in ipairs(paragraphs) do
    if #p.words >= 5 then table.move(p.words, 1, #p.words, #sample + 1, sample) end
    if #sample > SAMPLE then break end
  end
  local best, most = known.languages[1], -1
  for _, language in ipairs(known.languages) do
    local hits = 0
    for i = 1, #sample do
      if language.words[sample[i]] then hits = hits + 1 end
    end
    if hits > most then best, most = language, hits end
    if hits > PLAIN * #sample then break end
  end
  for _, p in ipairs(paragraphs) do
    local hits = 0
    for i = 1, #p.words do
      if best.words[p.words[i]] then hits = hits + 1 end
    end
    p.function_words = hits
    p.stems = stems_of(p.words, best)
    p.share = #p.words > 0 and hits / #p.words or 0
  end
  if most < KNOWN * #sample then
    for _, p in ipairs(paragraphs) do p.share = math.max(0, 0.36 - 0.3 * p.capitals) end
    return nil
  end
  return best
end

--- Is this line made of nothing but a date, a time and the words about them? "Friday, 09, April, 2021", "Posted 3 hours ago"
function features.is_date(p, known)
  if #p.words == 0 or #p.words > 16 or not find(p.key, "%d") then return false end
  if find(p.text, "%.$") and not find(p.text, "[mM]%.$") then return false end      -- "100 days."
  local named, others = false, 0
  for i = 1, #p.words do
    local word = p.words[i]
    if known.date_words[word] then named = true
    elseif not find(word, "^%d+%a?%a?$") and not find(word, "^%d%d%d%d%d%d%d%dt%d+") then others = others + 1 end
  end
  if others > 0 or not named and #p.words > 8 then return false end      -- a row of figures: 12/31/19 12/31/20 …
  return named or find(sub(p.text, 1, 40), "%d%d?%d?%d?[./-]%d%d?[./-]%d%d") ~= nil
end

--- Is it a date under a label, whatever stands behind it in brackets: "Issued: 4 June 2019, 1800 hrs (covers 2-4 June)"?
function features.is_labelled_date(p, known)
  if p.cue ~= "date" or p.cue_at ~= "start" or p.size > 100 then return false end
  local bare = p.text:gsub("^[^:]*:", ""):gsub("%s*%b()$", "")
  local words = passages.words(bare)
  return features.is_date({ text = bare, key = table.concat(words, " "), words = words }, known)
end

--- Is one part of a short line such a date? "October 10th, 2020 · Fort Hale · from our correspondent"
function features.holds_date(p, known)
  if p.size > 100 or p.ends or not find(p.key, "%d") then return false end
  local line = p.text:gsub(" [|/-] ", "\0"):gsub(" \xC2\xB7 ", "\0"):gsub(" \xE2\x80[\x93\x94\xA2] ", "\0")
  if not find(line, "%z") then return false end
  local dated = false
  for part in gmatch(line, "[^%z]+") do
    local words = passages.words(part)
    local piece = { text = part, key = table.concat(words, " "), words = words }
    if #piece.words > 6 then return false end
    dated = dated or features.is_date(piece, known)
  end
  return dated
end

local PLACED = 80      -- bytes of the longest place with a date

-- Does a day of the month stand here, "May 24", "Friday 20 October", and no more than a date? "Day 3" is none
local function is_day(s, known)
  local words = passages.words(s)
  local piece = { text = s, key = table.concat(words, " "), words = words }
  if not features.is_date(piece, known) or not find(piece.key, "%f[%w]%d%d?%l?%l?%f[^%w]") then return false end
  for i = 1, #words do
    if known.calendar_words[words[i]] then return true end
  end
  return false
end

--- Is this short line a place, or the paper's name, with a day: "Fort Hale, May 24", "Coastal News, Friday 20 October 2017"?
function features.is_placed_date(p, known)
  if p.size > PLACED or p.cue == "byline" or not find(p.key, "%d") then return false end
  local line = p.text:gsub("[%s.:]+$", "")
  for at in gmatch(line, "(),") do
    local place = sub(line, 1, at - 1)
    if find(place, "%d") then return false end
    if is_day(sub(line, at + 1), known) then return parts.is_place(place) end
  end
  return false
end

return features
