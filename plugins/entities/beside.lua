-- What the words beside a name say of its kind: "the Nova Zora party", "the parties Alga, Birlik and Nur", "Governor al-Karim", names in one list.

local spans = require "entities.spans"
local titles = require "entities.titles"

local beside = {}

local LIST_SHARE, LIST_DOUBT = 0.6, 0.85 -- of a list's certainty in one kind, and the certainty of a name of another that gives in
local KINDS = { "organisation", "person", "place" }
local TITLED, HEADED = 0.7, 0.7 -- certainty of a name that the tagger found with less, behind a title or before a body's head
local TITLED_DOUBT = 0.9 -- a name behind a title is a person, if the tagger was less sure than this of something else

-- Between the names of a list: "Alga, Birlik (Unity) and the "Nur" party"
local LINKS = {}
for link in (", and ,and or ,or ,the andthe ,andthe &"):gmatch("%S+") do LINKS[link] = true end
local LINKING = { ["and"] = true, ["or"] = true, ["the"] = true }

--- Do only a comma or "and" stand between two names, and perhaps a gloss in brackets?
local function linked(s, left, right)
  if right.first - left.last > 40 or right.bound ~= left.bound then return false end
  local between = s:sub(left.last + 1, right.first - 1)
  if between == ", " or between == " and " then return true end
  local word = between:match("^[%s\"]*(%a+)")
  if word and not LINKING[word] then return false end -- most pairs
  return LINKS[between:gsub("%b()", ""):gsub("[%s\"“”‘’']", "")] == true
end

local function tell(span, kind)
  span.kind, span.score, span.told = kind, math.max(span.score, 0.9), true
end

--- The small words that follow a name, behind a closing quotation mark and a gloss in brackets; was there such a gloss?
local function words_after(s, last)
  local at = s:match("^[\"”]*%s?()", last + 1)
  local close = s:match("^%b()%s?()", at)
  local word, stop = s:match("^(%l+)()", close or at)
  return word, word and s:match("^%s(%l+)", stop), close ~= nil
end

--- The small word before a name, behind an opening quotation mark or a colon.
local function word_before(s, span)
  if not s:find("^[%s\"\128-\191]", span.first - 1) then return nil end
  return s:sub(math.max(span.bound, span.first - 25), span.first - 1):match("%f[%a](%l+):?%s+[\"“]*$")
end

--- "the opposition Nova Zora (New Dawn) party" is no person, however its name may sound.
local function heed_noun(s, span, known)
  if span.kind == "place" and span.score >= 0.8 then return end
  local bodies = known.bodies
  local noun, second, gloss = words_after(s, span.last)
  if noun and not (bodies.noun[noun] or bodies.firm[noun]) then noun = second end
  if not noun or not (bodies.noun[noun] or bodies.firm[noun]) then return end
  if bodies.firm[noun] and known.is_place(s:sub(span.first, span.last)) then return end
  local before = s:sub(math.max(span.bound, span.first - 25), span.first - 1)
  if gloss or before:find("%f[%a][Tt]he%s+[\"“]*$") or before:find("%f[%a][Tt]he%s+%l+%s+[\"“]*$") or before:find("%a['’]?s%s+[\"“]*$") then
    tell(span, "organisation")
  end
end

--- Where a name begins whose first word is of capitals and digits: "TV5" in "TV5 Monde".
local function numbered(s, span, before)
  if span.kind ~= "person" or span.score >= 0.95 or s:sub(span.first, span.last):find("%s") then return nil end
  local from = math.max(span.bound, span.first - 8, before and before.last + 1 or 1)
  local at = s:sub(from, span.first - 1):match("()%f[%w]%u[%u%-]*%d+%s$")
  return at and from + at - 1
end

--- The name behind a title is a person, "Governor al-Karim", whether the tagger took the title with it or not.
local function heed_title(s, span, known)
  if span.kind == "person" then
    if span.score >= TITLED or not (titles.strip(known.titles, s, span.first, span.last) > span.first
       or titles.before(known.titles, s, span.bound, span.first)) then return end
    span.score = TITLED
    return
  end
  if span.score >= TITLED_DOUBT or not s:find("^%s", span.first - 1) then return end
  local name = s:sub(span.first, span.last)
  if name:find("%s") or not name:find("%l") or s:find("^%s%u", span.last + 1) or known.is_place(name) then return end
  local title = titles.before(known.titles, s, span.bound, span.first)
  if title and title:find("^%u") then tell(span, "person") end
end

--- Several words with a capital of which the last makes a body of them are one, if the tagger only half thinks so: "US Geological Survey".
local function heed_head(s, span, known)
  local name = s:sub(span.first, span.last)
  local opening = span.kind == "person" and span.score < LIST_DOUBT and name:match("^(%u%a+)%s%u")
  if opening and spans.has_class(known.model, opening, "org_head") and not spans.has_class(known.model, opening, "given") then -- "Instituto Morelos"
    span.kind, span.score = "organisation", HEADED
  end
  if span.score >= HEADED or span.kind == "person" then return end
  local head = name:match("%s(%u%a+)$")
  if head and known.bodies.head[head] then span.kind, span.score = "organisation", HEADED end
end

--- Names of a list are mostly of one kind, "Alga, Birlik, Nur Zhol and Unity", and the word before or behind it may say which.
local function settle_list(s, list, from, to, known)
  local nouns = known.bodies.nouns
  local told = nouns[word_before(s, list[from])] or nouns[words_after(s, list[to].last)]
  if not told and to - from < 2 then return end
  local sums, total = { organisation = 0, person = 0, place = 0 }, 0
  for i = from, to do
    if told and (list[i].kind == "person" or list[i].score < LIST_DOUBT) then tell(list[i], "organisation") end
    sums[list[i].kind] = sums[list[i].kind] + list[i].score
    total = total + list[i].score
  end
  if to - from < 2 then return end
  for _, kind in ipairs(KINDS) do
    for i = from, to do
      local span = list[i]
      if sums[kind] > LIST_SHARE * total and span.kind ~= kind and span.score < LIST_DOUBT then span.kind = kind end
    end
  end
end

--- Settles what can be settled by the words beside each name of the list.
function beside.settle(s, list, known)
  for i, span in ipairs(list) do
    heed_noun(s, span, known)
    heed_title(s, span, known)
    heed_head(s, span, known)
    local start = numbered(s, span, list[i - 1])
    if start then
      span.first = start
      tell(span, "organisation")
    end
  end
  local from = 1
  while from <= #list do
    local to = from
    while list[to + 1] and linked(s, list[to], list[to + 1]) do to = to + 1 end
    settle_list(s, list, from, to, known)
    from = to + 1
  end
end

return beside
