-- Telling: does a sentence tell of something that happened, does it only announce it, or is it a label, a dateline, a credit, a general truth?
-- By small words and the forms of verbs (data/timeline/verbs.txt). Call telling.load() in `prepare`.

local data = require "annalist.data"
local wordset = require "lib.wordset"

local telling = {}

local verbs = {}

function telling.load()
  verbs = wordset(table.concat(data.lines "timeline/verbs.txt", " "))
end

local SHORT = 6 -- words of a sentence that may be no more than a label

local past = wordset "was were had did"
local present = wordset "is are am has have be been"

-- Does a verb stand in it, as far as forms go? In capitals and names nothing is looked for.
local function has_verb(s)
  for lead, word in s:gmatch("(.?)%f[%a\128-\255']([%a\128-\255']+)") do
    local folded = word:lower()
    if verbs[folded] and (word:find("^%l") or lead ~= "") then return true end
    if word:find("^%l+ed$") and #word > 4 then return true end
  end
  return false
end

-- Is something told as past? "has begun", "fell", "was seen"
local function is_past(s)
  for word in s:gmatch("%f[%a']%l[%a']*") do
    if past[word] or word == "has" or word == "have" or verbs[word] and not present[word] and not word:find("s$") or word:find("ed$") and #word > 4 then return true end
  end
  return false
end

--- Is it a line that tells of nothing: "HALM CITY.", "Issued: 20 August, 1800 hrs", "11 of March.", "Our men have documented:"?
function telling.is_label(s)
  if s:find(":%W*$") then return true end
  if s:find("^%u%l+:%s") and not has_verb(s) then return true end
  local _, words = s:gsub("%S+", "")
  if words > SHORT and s:find("[.!?…]%W*$") then return false end
  return not has_verb(s)
end

local self = wordset "i we my our"

--- Does an undated sentence at the head of an article tell its news? Not "A dam does not fall in a night.", "I went to visit the mill."
-- @param title it is the headline, which has its news in the present
function telling.is_news(s, title)
  if telling.is_label(s) or self[(s:match("^[\"“'‘]?(%a+)%s") or ""):lower()] then return false end
  if s:find("^%d%d?[:.]%d%d%s") then return false end              -- an entry of a live blog that says no more
  if title then return not (s:find("^%u%u+:") or s:find("%?%W*$")) end
  return is_past(s)
end

-- "is to start", "are expected to", "will be held", "scheduled for", "would be produced"
local modal = wordset "will shall would"
local intended = wordset "expected due scheduled set slated planned bound likely supposed meant poised"

--- Is what the sentence tells only planned, promised or forecast? By the words before the day, or of the whole where no day stands in it.
-- @param upto byte of s where its day begins, or nil
-- @param title it is a headline: "Mayor to resign"
function telling.is_planned(s, upto, title)
  local head = title and s:match("^(.-) to %l")
  if head and not has_verb(head) then return true end
  local lead = " " .. (upto and s:sub(1, upto - 1) or s):gsub("[\"“][^\"”]*[\"”]", " "):lower() .. " "
  local clause = lead:match("[;:]([^;:]*)$") or lead
  if clause:find("%f[%a]until%s*$") or clause:find("%f[%a]till%s*$") then return true end
  for word, after in clause:gmatch("%f[%a](%a+)%s+(%a*)") do
    if modal[word] or intended[word] and (after == "to" or after == "for" or after == "on") then return true end
  end
  return clause:find("%f[%a]is to %l") ~= nil or clause:find("%f[%a]are to %l") ~= nil or clause:find("%f[%a]was to %l") ~= nil or clause:find("%f[%a]were to %l") ~= nil
    or clause:find("%f[%a]forecasts? ") ~= nil or clause:find("%f[%a]plans? to ") ~= nil
end

return telling
