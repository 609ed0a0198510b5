-- Where sentences end within one paragraph: the breaks of the Unicode rules, joined again after abbreviations, initials and before
-- words in small letters, and parted where a translator or a web page lost the space ("… were injured.The protesters …").

local lpeg = require "lpeg"
local data = require "annalist.data"

local P, R, S = lpeg.P, lpeg.R, lpeg.S

local boundaries = {}

local find, sub = string.find, string.sub

--- The abbreviations of data/sentences/: word -> "open", "either" or "number".
function boundaries.load()
  local known = {}
  for _, row in ipairs(data.table "sentences/abbreviations.tsv") do
    for word in row[2]:gmatch("%S+") do known[word] = row[1] end
  end
  return known
end

-- A quotation mark or bracket that closes, as bytes at the end of a piece
local function without_closers(s)
  local before
  repeat
    before = s
    s = s:gsub("[\"')%]%s]+$", ""):gsub("\xE2\x80[\x99\x9D]$", ""):gsub("\xC2\xBB$", "")
  until s == before
  return s
end

-- Does the left piece end in something whose full stop is no end? "Gen.", "J.", "U.S." before a name or a figure
local function ends_open(left, right, known)
  if find(left, "[\"')]%s*$") or not find(left, "%.%s*$") then return false end
  local word = left:match("([%w\128-\255.]+)%.%s*$")
  if not word then return false end
  if find(word, "^%u$") or find(word, "^\xD0[\x80-\xAF]$") then                    -- an initial
    return find(right, "^%u") ~= nil or find(right, "^\xD0") ~= nil
  end
  local class = known[word:lower()]
  if not class then return false end
  -- "… in the U.S. The minister …": a new sentence when a word follows that often begins one
  if class == "either" or find(word, "%.") then
    return not find(right, "^The ") and not find(right, "^In ") and not find(right, "^He ") and not find(right, "^It ")
      and not find(right, "^A ") and not find(right, "^But ") and not find(right, "^They ") and not find(right, "^[\"\xE2]")
  end
  if class == "number" then return find(right, "^%d") ~= nil end
  return true
end

local function opens_small(right)
  return find(right, "^%l") ~= nil or find(right, "^\xD0[\xB0-\xBF]") ~= nil or find(right, "^\xD1[\x80-\x9F]") ~= nil
end

-- Nothing but marks: a quotation mark left over by the break
local function is_rest(piece) return not find(piece, "[%w\128-\255]") or find(piece, "^\xE2\x80[\x99\x9D]%s*$") ~= nil end

-- "injured.The", "said.”He": a full stop between a small letter and a capitalised word, without a space
local GLUED = { "%l%l[.!?]()%u%l", "%l%l[.!?][\"')]()%u%l", "%l%l[.!?]\xE2\x80[\x99\x9D]()%u%l", "%l%l[.!?]()\xE2\x80\x9C%u", "%d%%?%.()%u%l%l" }

-- What all of these have: a mark with a capital, or with an opening quotation mark, close behind it. Few sentences hold one.
local mark = S ".!?"
local other = (1 - mark) ^ 0
local closing = S "\"')" + P "\xE2\x80" * S "\x99\x9D"
local sign = mark * closing ^ -1 * (R "AZ" + P "\xE2\x80\x9C")
local may_be_glued = other * ((mark - sign) * other) ^ 0 * sign

local function glued(s, first, last)
  local cuts, piece = {}, sub(s, first, last)
  if not may_be_glued:match(piece) then return cuts end
  for _, pattern in ipairs(GLUED) do
    local at = 1
    while true do
      local start, _, cut = find(piece, pattern, at)
      if not start then break end
      -- an address or a file name has no space about it for long: "Example.Com/News"
      if not find(piece, "^%u%l*[./@]%S", cut) then cuts[#cuts + 1] = first + cut - 1 end
      at = cut
    end
  end
  table.sort(cuts)
  return cuts
end

-- Is the break within "Example.Com/News"?
local function in_address(s, at)
  return find(s, "^%S", at - 1) ~= nil and find(s, "^%w+[./@]%S", at) ~= nil
end

local function trimmed(s, first, last)
  while first <= last and find(s, "^%s", first) do first = first + 1 end
  while last >= first and find(s, "^%s", last) do last = last - 1 end
  return first, last
end

local LEFT = 200      -- bytes before a break that are looked at

-- Break points of the Unicode rules that hold: positions of the first byte of each sentence
local function starts_of(s, break_up, known)
  local starts = break_up(s)
  local kept = { 1 }
  for i = 2, #starts do
    local at = starts[i]
    local left, right = sub(s, math.max(kept[#kept], at - LEFT), at - 1), sub(s, at, at + 40)
    local rest = sub(s, at, (starts[i + 1] or #s + 1) - 1)
    local joined = ends_open(left, right, known) or opens_small(right) or in_address(s, at) or is_rest(rest) or not find(without_closers(left), "[%.!?:;\xA6]$")
    if find(left, "^%s*%d+[.)]%s*$") or find(left, "^%s*[%*%-]%s*$") or is_rest(left) then joined = true end      -- "1. ", a bullet
    if not joined then kept[#kept + 1] = at end
  end
  return kept
end

--- Sentences of one paragraph.
-- @param break_up text.sentences   @return list of { first, last } in bytes of s
function boundaries.split(s, break_up, known)
  local kept = starts_of(s, break_up, known)
  local spans = {}
  for i = 1, #kept do
    local first, last = kept[i], (kept[i + 1] or #s + 1) - 1
    for _, cut in ipairs(glued(s, first, last)) do
      local a, b = trimmed(s, first, cut - 1)
      if a <= b then spans[#spans + 1] = { a, b } end
      first = cut
    end
    local a, b = trimmed(s, first, last)
    if a <= b then spans[#spans + 1] = { a, b } end
  end
  return spans
end

return boundaries
