-- What the words beside a name say of its kind: "the Nova Zora party", "the parties Alga, Birlik and Nur", "Governor al-Karim", names in one list.

local explained = require "entities.explained"
local spans = require "entities.spans"
local titles = require "entities.titles"
local wordset = require "lib.wordset"

local beside = {}

local LIST_SHARE, LIST_DOUBT = 0.6, 0.85 -- of a list's certainty in one kind, and the certainty of a name of another that gives in
local KINDS = { "organisation", "person", "place" }
local SURELY = 0.95        -- and of a person's that what stands beside it makes a body's
local TITLED, HEADED = 0.7, 0.7 -- certainty of a name that the tagger found with less, behind a title or before a body's head
local TITLED_DOUBT = 0.9 -- a name behind a title is a person, if the tagger was less sure than this of something else

local SPACE, COMMA, QUOTE, HIGH, BRACKET, LAST_OF, LAST_THE = (" "):byte(), (","):byte(), ('"'):byte(), ("”"):byte(), ("("):byte(), ("f"):byte(), ("e"):byte()

-- Between the names of a list: "Alga, Birlik (Unity) and the "Nur" party"
local LINKS = wordset ", and ,and or ,or ,the andthe ,andthe &"
local LINKING = wordset "and or the"

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
  local behind, letter = s:byte(span.last + 1, span.last + 2)
  if behind ~= SPACE and behind ~= QUOTE and behind ~= HIGH then return end
  local noun, second, gloss
  if behind == SPACE and letter and letter >= 97 and letter <= 122 then -- most names
    noun, second = s:match("^ (%l+) ?(%l*)", span.last + 1)
  else
    noun, second, gloss = words_after(s, span.last)
  end
  if noun and not (bodies.noun[noun] or bodies.firm[noun]) then noun = second end
  if not noun or not (bodies.noun[noun] or bodies.firm[noun]) then return end
  if bodies.firm[noun] and known.is_place(s:sub(span.first, span.last)) then return end
  local before = s:sub(math.max(span.bound, span.first - 25), span.first - 1)
  if gloss or before:find("%f[%a][Tt]he%s+[\"“]*$") or before:find("%f[%a][Tt]he%s+%l+%s+[\"“]*$") or before:find("%a['’]?s%s+[\"“]*$") then
    tell(span, "organisation")
  end
end

--- Is the name surely built like a person's: does it begin with a given name, or stand behind a title?
local function has_person_build(s, span, known)
  local one = s:match("^%S+", span.first)
  return spans.has_class(known.model, one, "given") or one:find("%.") ~= nil or titles.before(known.titles, s, span.bound, span.first) ~= nil
end

-- What follows the word for what a name is, if that is not a part of a longer one: "a party close to", but "a party veteran"
local SAID = wordset "of that which with in led close linked loyal seen founded run based allied for widely backed to from known"
local OWNERS = wordset "his her their its the a an whose"

--- Do all words of the gloss in brackets mean something, "Nova Zora (New Dawn)"? A party behind a candidate, "Ann Lee (Unity)", has a given name before it.
local function has_gloss(s, span, known)
  local gloss = s:match("^[\"”]? %([\"“]?(%u[%a ]+)[\"”]?%)", span.last + 1)
  if not gloss or #gloss > 40 then return false end
  for word in gloss:gmatch("%a+") do
    if #word > 3 and word:find("%l") and (known.model:group(word:lower()) or spans.has_class(known.model, word, "common")) then return true end
  end
  return false
end

--- What is said of a name that a person's is not: the party that it is, its leader, its meaning.
local function heed_body(s, span, known)
  if span.kind ~= "person" or span.told then return end
  local behind, mark = s:byte(span.last + 1, span.last + 2)
  local left = s:byte(span.first - 2)
  if not (behind == COMMA or behind == QUOTE or behind == HIGH or mark == BRACKET or left == LAST_OF or left == LAST_THE) then return end -- most names
  if s:find("^[\"”]?,? %u", span.last + 1) then return end
  local name = s:sub(span.first, span.last)
  local noun, following = s:match("^[\"”]?, an? (%l+) ?(%l*)", span.last + 1)
  local before = s:sub(math.max(span.bound, span.first - 30), span.first - 1)
  local post = before:match("%f[%a]([%a-]+) of [\"“]*$") or before:match("%f[%a]([%a-]+) of the [\"“]*$")
  if known.bodies.noun[noun] and SAID[following] then return tell(span, "organisation") end
  if span.score >= 0.98 then return end
  local body = known.bodies.noun[noun] or known.bodies.noun[following] or known.bodies.post[post] or (name:find("%s") and has_gloss(s, span, known))
  if body and not has_person_build(s, span, known) then tell(span, "organisation") end
end

--- "His aide, Kunda Zholdu, wrote": what a word for a person announces between commas is one.
local function heed_apposition(s, span, known)
  if s:byte(span.last + 1) ~= COMMA or s:byte(span.first - 2) ~= COMMA or span.kind == "person" or span.told or span.score >= 0.9 then return end
  local name = s:sub(span.first, span.last)
  if not name:find("^%u%l+ %u%l+$") or known.bodies.head[name:match("%S+$")] or known.bodies.opening[name:match("^%S+")] then return end
  local owner, word = s:sub(math.max(span.bound, span.first - 30), span.first - 1):match("%f[%a](%a+) (%l+), $")
  if owner and OWNERS[owner:lower()] and titles.is_for_people(known, word) then tell(span, "person") end
end

--- "Laila Nur Begum", "Laila Tasnim, 31, a mother": a given name with a woman's second name or an age names no body, unless it is one's in full.
local function heed_woman(s, span, known)
  if span.kind ~= "organisation" or span.told then return end
  local second = known.beside.second_name[s:sub(math.max(span.first, span.last - 7), span.last):match("%a+$") or ""]
  if not (second or (s:byte(span.last + 1) == COMMA and s:find("^ %d%d,", span.last + 2))) then return end -- most names
  local name = s:sub(span.first, span.last)
  local one, final = name:match("^(%u%l+) [%u%l ]-(%u%l+)$")
  if not one or known.bodies.head[final] or s:find("^ %u", span.last + 1) then return end
  if spans.has_class(known.model, one, "given") or (second and name:find(" %u%l+ ")) then tell(span, "person") end
end

--- "a student from Norland": a place of the lists behind a word of place is no person.
local function heed_place(s, span, known)
  if span.kind ~= "person" then return end
  if s:byte(span.last + 1) == COMMA and s:find("^ %u", span.last + 2) and known.is_place(s:sub(span.first, span.last)) then
    local stop = s:match("^, %u[^,.\n]-()%s%u%l+ %u%l+", span.last + 1) -- "Corps Commander Tarnol, Major General Ali Reza"
    if stop and known.titles.ends[s:sub(span.last + 3, stop - 1):match("%S+$")] and titles.before(known.titles, s, span.bound, span.first) then tell(span, "place") end
  end
  if span.score >= 0.95 or (s:find(" ", span.first, true) or span.last) < span.last then return end
  local before = s:sub(math.max(span.bound, span.first - 6), span.first - 1)
  if (before:find("%f[%a]from $") or before:find("%f[%a]in $") or before:find("%f[%a]near $")) and known.is_place(s:sub(span.first, span.last)) then span.kind = "place" end
end

--- Where a name begins whose first word is of capitals and digits: "TV5" in "TV5 Monde".
local function numbered(s, span, before)
  if span.kind ~= "person" or span.score >= 0.95 or s:sub(span.first, span.last):find("%s") then return nil end
  local from = math.max(span.bound, span.first - 8, before and before.last + 1 or 1)
  local at = s:sub(from, span.first - 1):match("()%f[%w]%u[%u%-]*%d+%s$")
  return at and from + at - 1
end

-- A name of capitals alone: "DG ORSB"
local CAPITALS = "^(%u+)%s(%u[%u%d&]+)$"

--- "DG ORSB": the director general of a body, not a person of that name.
local function heed_post(s, span, known)
  local second = s:byte(span.first + 1)
  if not second or second < 65 or second > 90 or span.last - span.first > 12 then return end -- most names
  local post, body = s:sub(span.first, span.last):match(CAPITALS)
  if post and known.beside.post[post] and explained.is_acronym(body) then
    span.first = span.last - #body + 1
    tell(span, "organisation")
  end
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
local function heed_head(s, span, known, before)
  local name = s:sub(span.first, span.last)
  if span.kind == "person" and span.score < SURELY then -- "Instituto Morelos"
    local opening = name:match("^(%u[%a\128-\255]+)%s%u")
    if not known.bodies.opening[opening] then
      local from = math.max(span.bound, span.first - 20, before and before.last + 1 or 1)
      local at, word = s:sub(from, span.first - 1):match("()%f[%w\128-\255](%u[%a\128-\255]+)%s$")
      opening = known.bodies.opening[word] and word
      if opening then span.first = from + at - 1 end
    end
    if opening then span.kind, span.score = "organisation", HEADED end
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
  local sums, total, known_bodies = { organisation = 0, person = 0, place = 0 }, 0, 0
  for i = from, to do
    if list[i].told and list[i].kind == "organisation" then known_bodies = known_bodies + 1 end
    if told and (list[i].kind == "person" or list[i].score < LIST_DOUBT) then tell(list[i], "organisation") end
    sums[list[i].kind] = sums[list[i].kind] + list[i].score
    total = total + list[i].score
  end
  if to - from < 2 then return end
  for i = from, to do
    if known_bodies >= 2 and list[i].kind == "person" and not has_person_build(s, list[i], known) then tell(list[i], "organisation") end
  end
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
    heed_body(s, span, known)
    heed_apposition(s, span, known)
    heed_woman(s, span, known)
    heed_post(s, span, known)
    heed_place(s, span, known)
    heed_title(s, span, known)
    heed_head(s, span, known, list[i - 1])
    local start = numbered(s, span, list[i - 1])
    if start then
      span.first = start
      tell(span, "organisation")
    end
  end
  local outer = list -- without what stands in brackets behind a name
  for i, span in ipairs(list) do
    local gloss = i > 1 and s:byte(span.first - 1) == BRACKET
    if gloss and outer == list then outer = table.move(list, 1, i - 1, 1, {}) end
    if not gloss and outer ~= list then outer[#outer + 1] = span end
  end
  local from = 1
  while from <= #outer do
    local to = from
    while outer[to + 1] and linked(s, outer[to], outer[to + 1]) do to = to + 1 end
    settle_list(s, outer, from, to, known)
    from = to + 1
  end
end

return beside
