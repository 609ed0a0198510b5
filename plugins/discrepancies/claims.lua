-- Claims: figure rows made comparable: what number, how exact, when, about whom. And what two numbers have to do with each other.

local data = require "annalist.data"
local days = require "lib.days"
local number_words = require "lib.number_words"
local text = require "annalist.text"
local series = require "discrepancies.series"

local claims = {}

local SENTENCE = 200 -- bytes before and behind a number in which its sentence is looked for

local kinds, scope = {}, {}

function claims.load()
  series.load()
  for _, row in ipairs(data.table("discrepancies/measures.tsv")) do kinds[row[1]] = row[2] end
  scope = data.table("discrepancies/scope.tsv")
  number_words.load()
end

function claims.kind(measure) return kinds[measure] or "whole" end

-- "about" leaves both sides open, "more than" the upper, "less than" the lower
local open = {
  about = "both", almost = "both", around = "both", some = "both", nearly = "both", approximately = "both", roughly = "both", estimated = "both",
  ["at least"] = "up", ["more than"] = "up", over = "up", ["not less than"] = "up",
  ["less than"] = "down", ["fewer than"] = "down", ["up to"] = "down", ["at most"] = "down",
}

-- 1200 has two telling digits, 1211 four
local function telling_digits(value)
  if value ~= math.floor(value) then return #tostring(value):gsub("%.", "") end
  local s = ("%d"):format(math.tointeger(value) or 0):gsub("0+$", "")
  return #s
end

local function number_text(value)
  if value == math.floor(value) and math.abs(value) < 1e15 then return ("%d"):format(math.tointeger(value)) end
  return ("%.10g"):format(value)
end

-- Groups that are named beside each other ("four women and a man") count together, and one that is only included ("three people, among
-- them an officer") doesn't say whom the number counts
local function counted_in(passage)
  local folded = text.fold(passage)
  return folded:match("^(.-)%f[%a]including%f[%A]") or folded:match("^(.-)%f[%a]among%f[%A]") or folded
end

local armed = { "army", "soldier", "soldiers", "troops", "barracks", "military", "coup", "mutiny", "garrison", "regiment", "battalion" }

local function count_of(folded, words)
  local n = 0
  for _, word in ipairs(words) do
    for _ in folded:gmatch("%f[%w]" .. word .. "%f[%W]") do n = n + 1 end
  end
  return n
end

-- Whom an article means by "officers": those of the police, or of an army of which it says more
local function officers_of(s)
  local folded = text.fold(s)
  return count_of(folded, armed) > count_of(folded, { "police", "policeman", "policemen", "sheriff" }) and "soldiers" or "police"
end

local function words_about(passage, about, officers)
  local folded = " " .. counted_in(passage) .. " "
  local wide = " " .. text.fold(about) .. " "
  local found = { groups = {} }
  for _, row in ipairs(scope) do
    local class, pattern = row[2], "%f[%w]" .. row[1]:gsub("%p", "%%%0") .. "%f[%W]"
    if class == "group" then
      if folded:find(pattern) then
        local group = row[3] == "officers" and (wide:find("%f[%w]police officer") and "police" or officers()) or row[3]
        if next(found.groups) and not found.groups[group] then found.mixed = true end
        found.groups[group] = true
      end
    elseif (class == "part" and folded or wide):find(pattern) then
      found[class] = true
    end
  end
  if found.mixed or found.groups.women and folded:find("%f[%a]m[ea]n%f[%A]") or found.groups.children and folded:find("%f[%a]adults?%f[%A]") then found.groups = {} end
  return found
end

-- "from 71 to 66", "to 66 from 71", "66, down from 71": the number whose place that of a claim takes in its own sentence, or nil
local CHANGES = { "%f[%w]from%s+([%w,-]+)%s+to%s+([%w,-]+)", "%f[%w]to%s+([%w,-]+)%s+from%s+([%w,-]+)", "([%w,-]+),?%s+down%s+from%s+([%w,-]+)", "([%w,-]+),?%s+up%s+from%s+([%w,-]+)" }

local function taken_from(sentence, value)
  for i, form in ipairs(CHANGES) do
    for a, b in sentence:gmatch(form) do
      local old, new = number_words.of((a:gsub(",$", ""))), number_words.of((b:gsub(",$", "")))
      if i > 1 then old, new = new, old end
      if new == value and old and old ~= new then return old end
    end
  end
end

--- Makes a claim of a row of `figure`.
-- @param row the row, `article` with text, `published` its day as a number or nil, `story`
function claims.new(row, article, published, story)
  local s = article.text
  local claim = {
    article_id = row.article_id, first = row.first, last = row.last, measure = row.measure, value = row.value, maximum = row.maximum or row.value,
    qualifier = row.qualifier, unit = row.unit, who = row.attributed_to, published = published, story = story,
  }
  if claim.maximum < claim.value then claim.maximum = claim.value end
  claim.open = open[row.qualifier or ""]
  claim.digits = telling_digits(claim.value)
  claim.as_of = row.as_of
  claim.day = row.as_of and days.number(row.as_of) or nil
  local year = row.as_of and row.as_of:match("^%d%d%d%d")
  if claim.day then
    claim.history = published ~= nil and published - claim.day > 21 and (not story.first or claim.day < story.first - 10)
  elseif year then
    local from = published and days.iso(published):sub(1, #row.as_of)
    claim.history = from == nil or row.as_of < from
  end
  claim.day = claim.day or (not row.as_of and published) or nil
  claim.passage = s:sub(row.first, row.last)
  local before, after = s:sub(math.max(1, row.first - 60), row.first - 1), s:sub(row.last + 1, row.last + 60)
  before = before:match("[^.!?\n]*$")
  after = after:match("^[^.!?\n]*")
  claim.about = before .. claim.passage .. after
  local sentence = s:sub(math.max(1, row.first - SENTENCE), row.first - 1):match("[^.!?\n]*$") .. claim.passage .. s:sub(row.last + 1, row.last + SENTENCE):match("^[^.!?\n]*")
  claim.corrected, claim.took = series.correction(sentence), taken_from(sentence, claim.value)
  claim.words = words_about(claim.passage .. after:sub(1, 12), claim.about, function()
    article.officers = article.officers or officers_of(s)
    return article.officers
  end)
  if claim.measure == "detained" then claim.words.groups.suspects = nil end -- whoever is held is one
  claim.vague = number_words.vague(claim.passage)
  claim.counted = claim.vague ~= nil or number_words.counts(claim.passage, claim.value)
  claim.position = row.first
  local label = number_text(claim.value)
  if claim.maximum > claim.value then label = label .. " to " .. number_text(claim.maximum) end
  if claim.vague then claim.label = claim.vague
  else claim.label = (row.qualifier and row.qualifier ~= "exactly" and row.qualifier .. " " or "") .. label .. (row.unit and row.unit ~= "people" and " " .. row.unit or "") end
  return claim
end

--- Do two claims say the same number? Of one of which only the size is told ("dozens"), whatever may be meant by it.
function claims.equal(a, b)
  if a.vague or b.vague then return a.value <= b.maximum and b.value <= a.maximum end
  return a.value == b.value and a.maximum == b.maximum
end

--- May one be the other, rounded? "about 600" and 590, "more than 1,200" and 1,211, "15 to 20" and 17, 1,000 and 1,012.
function claims.rounded(a, b)
  if claims.equal(a, b) then return false end
  if a.digits > b.digits or (a.digits == b.digits and not a.open and b.open) then a, b = b, a end -- a is the rounder
  if a.maximum > a.value then return b.value >= a.value and b.value <= a.maximum end
  if b.maximum > b.value then return false end
  local x, y = a.value, b.value
  if x <= 0 or y <= 0 then return false end
  local gap = math.abs(x - y) / math.max(x, y)
  if a.open == "both" then return gap <= (a.digits < b.digits and 0.12 or 0.1) and (a.digits < b.digits or gap <= 0.05) end
  local round = a.digits < b.digits or x % 5 == 0 -- nobody makes 47 round by "at least 43"
  if a.open == "up" then return y > x and gap <= 0.15 and round end
  if a.open == "down" then return y < x and gap <= 0.15 and round end
  return x >= 100 and a.digits < b.digits and gap <= 0.03
end

--- Do they count different people, or one a part of what the other counts? Returns why, or nil.
function claims.scope(a, b)
  local group_a, group_b
  for _, row in ipairs(scope) do -- the list's order, so that the same group is named each time
    if row[2] == "group" then
      local g = row[3]
      if a.words.groups[g] and not b.words.groups[g] then group_a = group_a or g end
      if b.words.groups[g] and not a.words.groups[g] then group_b = group_b or g end
    end
  end
  if group_a or group_b then
    return ("one counts %s, the other %s"):format(group_a or "all", group_b or "all")
  end
  if a.words.part ~= b.words.part then return "one is a part of the other" end
  local low, high = a, b
  if low.value > high.value then low, high = high, low end
  if high.words.since and not low.words.since and low.value < high.value / 2 then return "one counts since the beginning, the other a single occasion" end
  return nil
end

return claims
