-- Series: whose count a claim carries on. What authorities say one after the other, and what is told without a source, is the running count of a story;
-- who counts for himself (the opposition, a doctor, a rights group) has a count of his own, which goes beside it. And what numbers of one series do
-- when they fall: a count that may shrink, or an earlier number taken back.

local data = require "annalist.data"
local text = require "annalist.text"
local origins_of = require "lib.origins"
local voices = require "lib.speech.voices"

local series = {}

local sources, corrections = {}, {}

local LEAST = 0.34 -- no toll is corrected to less than this share of it; what is smaller counts something else
local NEAR = 12    -- claims before and behind one, in order of their places, among which its rival stands

-- "counted twice" as it is looked for between blanks
local function phrases(name, classes)
  local list = {}
  for _, row in ipairs(data.table(name)) do
    if classes[row[2]] then list[#list + 1] = { phrase = " " .. row[1] .. " ", class = row[2] } end
  end
  return list
end

function series.load()
  sources = phrases("discrepancies/sources.tsv", { authority = true, own = true, site = true })
  corrections = phrases("discrepancies/corrections.tsv", { down = true, any = true })
end

local function plain(s) return " " .. text.fold(s):gsub("['’]s%f[%W]", ""):gsub("[%p%s]+", " ") .. " " end

local function class_of(s, list, first)
  local words, found = plain((s:gsub("[Dd]octor%s+(%u)", "%1"))), nil -- "Doctor Ann Lee, the health minister": his title
  for _, row in ipairs(list) do
    if words:find(row.phrase, 1, true) then
      if row.class == first then return first end
      if not found or row.class == "site" then found = row.class end
    end
  end
  return found
end

-- Do two claims of one article stand against each other, as of one day and by two sources?
local function stand_apart(a, b)
  return a.article_id == b.article_id and a.day == b.day and a.source ~= b.source and a.value ~= b.value and not a.vague and not b.vague
    and not (a.words.part or b.words.part) and math.min(a.value, b.value) >= math.max(a.value, b.value) * LEAST
end

-- Sources whose numbers stand in more than one article: they keep a count
local function counting(list)
  local first, many = {}, {}
  for _, claim in ipairs(list) do
    local source = claim.source
    if source then
      if first[source] and first[source] ~= claim.article_id then many[source] = true end
      first[source] = first[source] or claim.article_id
    end
  end
  return many
end

-- A source of which nothing is known counts for itself if it keeps a count and was once set against an authority: "The ministry said 104. Open Gate
-- put it at 211."
local function set_apart(list)
  local own, many = {}, counting(list)
  for i, a in ipairs(list) do
    for j = math.max(1, i - NEAR), a.class == "unknown" and many[a.source] and math.min(#list, i + NEAR) or 0 do
      if list[j].class == "authority" and stand_apart(a, list[j]) then own[a.source] = true end
    end
  end
  for _, claim in ipairs(list) do
    if claim.class == "unknown" and own[claim.source] then claim.series = claim.source end
  end
end

--- Sets claim.series ("" for the running count) and claim.source, the origin of a claim whose source is named.
-- @param origins names of the claims' origins, in their order
-- @param office function(claim) -> what is known of the one who gives the number, or nil
function series.assign(list, origins, office)
  for i, claim in ipairs(list) do
    claim.source = claim.who and origins[i] or nil
    local class = claim.who and class_of(claim.who .. " " .. (office(claim) or ""), sources, "own")
    claim.series = (class == "own" or class == "site") and origins[i] or ""
    claim.site = class == "site"
    claim.named = claim.who ~= nil and voices.key(claim.who) ~= nil -- not "officials"
    claim.class = class or claim.named and not origins_of.is_agency(claim.who) and "unknown" or nil
  end
  set_apart(list)
end

--- Is an earlier number taken back in this sentence? "down" when it was too high, "any", or nil.
function series.correction(sentence) return class_of(sentence, corrections, "down") end

--- Does claim b take the place of a, which was greater? A count that may shrink does, a toll only when it is said, or by the same source.
-- @param kind "toll" or "state" (see data/discrepancies/measures.tsv)
function series.falls(a, b, kind)
  if b.value >= a.value or b.value <= 0 or b.vague or b.words.part ~= a.words.part then return false end
  local from, to = a.day or a.published, b.day or b.published
  if b.took == a.value and not (from and to and to < from) then return true end           -- "lowered from 71 to 66": whoever says so says which is the later
  if not from or not to or to <= from then return false end
  if kind == "state" then return true end
  return b.value >= a.value * LEAST and (b.corrected ~= nil or a.source ~= nil and a.source == b.source)
end

return series
