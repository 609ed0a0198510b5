-- The words of an article as numbers: a 64-bit hash a word, so that runs of words are compared without strings.

local text = require "annalist.text"

local words = {}

local find, byte = string.find, string.byte

-- Hashes of words met before. Emptied when it has grown: it only saves time.
local memory, remembered = {}, 0
local LIMIT = 100000

-- FNV-1a over the bytes, then mixed so that the low bits are as good as the high ones
local function hash(word)
  local known = memory[word]
  if known then return known end
  local h = -3750763034362895579
  for i = 1, #word do h = (h ~ byte(word, i)) * 1099511628211 end
  h = (h ~ (h >> 32)) * -7046029254386353131
  h = h ~ (h >> 29)
  if remembered >= LIMIT then memory, remembered = {}, 0 end
  memory[word], remembered = h, remembered + 1
  return h
end

-- A letter or a digit: ASCII, or a byte of a longer character. Dashes and curly marks (U+2000..206F, « » and the like) part words;
-- they are made spaces of the same number of bytes, so that positions hold.
local function plain(s)
  return (s:gsub("\xE2[\x80\x81][\x80-\xBF]", "   "):gsub("\xC2[\x80-\xBF]", "  "))
end

--- Words of the given spans of a text.
-- @return { n, hashes, starts, ends }
function words.read(s, spans)
  local document = { n = 0, hashes = {}, starts = {}, ends = {} }
  local hashes, starts, ends, n = document.hashes, document.starts, document.ends, 0
  for _, span in ipairs(spans) do
    local passage = plain(s:sub(span.first, span.last))
    local at = 1
    while true do
      local first, last = find(passage, "[%w\128-\255]+", at)
      if not first then break end
      n = n + 1
      hashes[n] = hash(text.fold(passage:sub(first, last)))
      starts[n], ends[n] = span.first + first - 1, span.first + last - 1
      at = last + 1
    end
  end
  document.n = n
  return document
end

local MULTIPLIER = -7070675565921424023

--- Hashes of all runs of k words; shingles[i] begins with word i.
function words.shingles(document, k)
  local hashes, shingles = document.hashes, {}
  local power = 1
  for _ = 1, k do power = power * MULTIPLIER end
  local h = 0
  for i = 1, document.n do
    h = h * MULTIPLIER + hashes[i]
    if i > k then h = h - hashes[i - k] * power end
    if i >= k then
      local mixed = (h ~ (h >> 31)) * -4658895280553007687
      shingles[i - k + 1] = mixed ~ (mixed >> 30)
    end
  end
  return shingles
end

return words
