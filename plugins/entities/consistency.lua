-- What is surely a person in one sentence is one in the next: the article as a whole decides over what a sentence leaves open.
-- Every mention votes for the kind of its name with the tagger's certainty; a full name votes for its family name too; an
-- abbreviation that the text explains, "Central Water Board (CWB)", is of its long form's kind. Then names of the article that
-- stand untagged elsewhere are added.

local spans = require "entities.spans"

local consistency = {}

local SURE = 0.8        -- a name tagged with this certainty is looked for in the rest of the article
local CLEAR = 1.25      -- so many times more votes overrule a mention's own kind
local DOUBT = { person = 0.6, organisation = 0.5, place = 0.5 } -- fewer votes than these, and a name is left out
local LIST_SHARE, LIST_DOUBT = 0.6, 0.85 -- of a list's certainty in one kind, and the certainty of a name of another that gives in
local KINDS = { "organisation", "person", "place" }

local function is_acronym(name) return #name >= 2 and #name <= 8 and name:find("^%u[%u%d&.]*%u%.?$") ~= nil end

local function vote(ballots, name, kind, weight)
  local ballot = ballots[name]
  if not ballot then
    ballot = { organisation = 0, person = 0, place = 0, best = 0, count = 0 }
    ballots[name] = ballot
    ballots[#ballots + 1] = name
  end
  ballot[kind] = ballot[kind] + weight
  ballot.count = ballot.count + 1
  if weight > ballot.best then ballot.best = weight end
end

local function winner(ballot)
  local best = KINDS[1]
  for i = 2, #KINDS do
    if ballot[KINDS[i]] > ballot[best] then best = KINDS[i] end
  end
  return best
end

--- Do these capitals begin the words of the name, in order? "CWB" and "Central Water Board"
local function stands_for(acronym, name)
  local letters = {}
  for initial in name:gmatch("%f[%w]%u") do letters[#letters + 1] = initial end
  local initials = table.concat(letters)
  acronym = acronym:gsub("%.", "")
  return #acronym >= 2 and (initials == acronym or initials:sub(1, #acronym) == acronym or initials:sub(-#acronym) == acronym)
end

--- The abbreviation in brackets right after a name, with its place: "Central Water Board (CWB)".
local function explained(s, span)
  local first, acronym, stop = s:match("^%s*%(%s*[\"“]?()(%u[%u%d&.]+)()[\"”]?%s*%)", span.last + 1)
  if first and stands_for(acronym, s:sub(span.first, span.last)) then return first, acronym, stop - 1 end
end

local SMALL_WORDS = {}
for word in ("of the and for on in at to de la del di da do des du e y et und & von der"):gmatch("%S+") do SMALL_WORDS[word] = true end

--- Where the words begin, right before byte `last`, whose first letters are these: "Union of River Towns" for "URT". nil if they aren't.
local function long_form(s, bound, last, acronym)
  local letters = acronym:gsub("[^%w]", "")
  local from = math.max(bound, last - 120)
  local before = s:sub(from, last)
  local left, at = #letters, #before
  while left > 0 do
    local start, word = before:sub(1, at):match("()([^%s%-(,;:\"“”]+)[%s%-]*$")
    if not start then return nil end
    local first = word:sub(1, 1)
    if first == letters:sub(left, left) then left = left - 1
    elseif not SMALL_WORDS[word] then return nil end
    at = start - 1
    if left == 0 then return from + start - 1 end
  end
end

--- "Union of River Towns (URT)": where the tagger took the short form for a name, the long form is one, whole and of the same kind.
local function complete_explained(s, list)
  local added = {}
  for _, span in ipairs(list) do
    local name = s:sub(span.first, span.last)
    local open = s:sub(span.bound, span.first - 1):match("()%s*%([\"“]?$")
    local last = open and is_acronym(name) and span.bound + open - 2
    local first = last and long_form(s, span.bound, last, name)
    if first then added[#added + 1] = { first = first, last = last, kind = span.kind, score = span.score, bound = span.bound } end
  end
  if #added == 0 then return list end
  local kept, n = {}, 1
  for _, span in ipairs(list) do
    while added[n] and added[n].last < span.first do n = n + 1 end
    local long = added[n]
    if long and span.first <= long.last then -- the tagger's own span of it
      if span.first >= long.first and span.last <= long.last and (span.first > long.first or span.last < long.last) then
        if not long.put then kept[#kept + 1] = long end
      else
        kept[#kept + 1] = span
      end
      long.put = true
    else
      kept[#kept + 1] = span
    end
  end
  for _, long in ipairs(added) do if not long.put then kept[#kept + 1] = long end end
  table.sort(kept, function(a, b) return a.first < b.first end)
  return kept
end

local function collect(s, list)
  local ballots, families = {}, {}
  for _, span in ipairs(list) do
    local name = s:sub(span.first, span.last)
    span.name = name
    vote(ballots, name, span.kind, span.score)
    if span.told then ballots[name].told = span.kind end
    if span.kind == "person" and span.score > 0.5 then
      local family = name:match("[%s](%S+)$")
      if family and not family:find("^%u?%.$") and not families[name] then
        families[name] = true
        families[family] = (families[family] or 0) + span.score
      end
    end
    local _, acronym = explained(s, span)
    if acronym then vote(ballots, acronym, span.kind, 3) end
  end
  return ballots, families
end

local function relabel(list, ballots, families)
  for _, span in ipairs(list) do
    local ballot = ballots[span.name]
    local own = ballot[span.kind]
    local best = winner(ballot)
    if ballot.told then -- the text says what it is
      span.kind = ballot.told
      ballot[span.kind] = math.max(ballot[span.kind], ballot.best)
    elseif best ~= span.kind and ballot[best] > CLEAR * own and (span.score < 0.97 or is_acronym(span.name)) then span.kind = best end
    local family = families[span.name]
    if type(family) == "number" and span.kind ~= "person" and span.score < 0.9 and family + ballot.person > CLEAR * ballot[span.kind] then
      span.kind = "person"
    end
  end
end

-- Nouns that make an organisation of the name before them: "the Nova Zora opposition party"
local PARTIES = {}
for word in ("party movement bloc faction militia newspaper agency channel website band"):gmatch("%S+") do PARTIES[word] = true end

--- "the opposition Nova Zora (New Dawn) party" is no person, however its name may sound.
local function heed_nouns(s, list)
  for _, span in ipairs(list) do
    if span.kind == "person" or (span.kind == "place" and span.score < 0.8) then
      local after = s:sub(span.last + 1, span.last + 60):gsub("^[\"”]", ""):gsub("^%s*%b()", "")
      local noun = after:match("^%s+(%l+)")
      if noun and not PARTIES[noun] then noun = after:match("^%s+%l+%s+(%l+)") end
      if noun and PARTIES[noun] then
        local before = s:sub(math.max(span.bound, span.first - 25), span.first - 1)
        if before:find("%f[%a][Tt]he%s+[\"“]*$") or before:find("%f[%a][Tt]he%s+%l+%s+[\"“]*$") then
          span.kind, span.score, span.told = "organisation", math.max(span.score, 0.9), true
        end
      end
    end
  end
end

-- Between the names of a list: "Alga, Birlik (Unity) and the "Nur" party"
local LINKS = {}
for link in (", and ,and or ,or ,the andthe ,andthe &"):gmatch("%S+") do LINKS[link] = true end

--- Do only a comma or "and" stand between two names, and perhaps a gloss in brackets?
local function linked(s, left, right)
  if right.first - left.last > 40 or right.bound ~= left.bound then return false end
  local between = s:sub(left.last + 1, right.first - 1):gsub("%b()", ""):gsub("[%s\"“”‘’']", "")
  return LINKS[between] == true
end

--- The names of one list are mostly of one kind: "Alga, Birlik, Nur Zhol and Unity" are parties, if most of them surely are.
local function settle_lists(s, list)
  local from = 1
  while from <= #list do
    local to = from
    while list[to + 1] and linked(s, list[to], list[to + 1]) do to = to + 1 end
    if to - from >= 2 then
      local sums, total = { organisation = 0, person = 0, place = 0 }, 0
      for i = from, to do
        sums[list[i].kind] = sums[list[i].kind] + list[i].score
        total = total + list[i].score
      end
      for _, kind in ipairs(KINDS) do
        for i = from, to do
          local span = list[i]
          if sums[kind] > LIST_SHARE * total and span.kind ~= kind and span.score < LIST_DOUBT then span.kind = kind end
        end
      end
    end
    from = to + 1
  end
end

--- Is the passage a word or words of its own? Not part of a longer word, nor hyphened to one.
local function stands_alone(s, first, last)
  if first > 1 and s:find("^[%w\128-\255'’]", first - 1) and not s:find("^[\"“‘ ]", first - 1) then
    local before = s:sub(math.max(1, first - 3), first - 1)
    if not (before == "\xe2\x80\x9c" or before == "\xe2\x80\x98" or before == "\xe2\x80\x94" or before == "\xe2\x80\x93") then return false end
  end
  if s:find("^[%w\128-\255]", last + 1) then
    local after = s:sub(last + 1, last + 3)
    if not (after == "\xe2\x80\x99" or after == "\xe2\x80\x9d" or after == "\xe2\x80\x94" or after == "\xe2\x80\x93") then return false end
  end
  return true
end

--- Does a capitalised word touch the passage, so that it may be part of a longer name that the tagger left out?
local function in_longer_name(s, first, last)
  return s:find("^%s%u", last + 1) ~= nil or s:find("^%-%u", last + 1) ~= nil
    or (first > 2 and s:find("^[%a]%s", first - 2) ~= nil and s:sub(math.max(1, first - 25), first - 2):find("%u[%l\128-\255]+$") ~= nil)
end

--- Does the text write this as a word in small letters: "hill" beside "Anna Hill"?
local function stands_small(s, word)
  local at = 1
  while true do
    local first, last = s:find(word, at, true)
    if not first then return false end
    if not s:find("^%a", first - 1) and not s:find("^%a", last + 1) then return true end
    at = last + 1
  end
end

-- A run of letters and digits from a capital on; byte 226 begins quotation marks and dashes, which part words: “Hall’s”
local RUN = "()([%u\192-\225\227-\255][%w\128-\225\227-\255]*)"

--- Names worth looking for in the rest of the article, by their first run of letters: { name, kind, score, careful }.
local function wanted_names(s, list, ballots, families)
  local wanted, known = {}, {}
  local function want(name, kind, score, careful)
    local _, key = name:match("^" .. RUN)
    if not key or known[name] then return end
    known[name] = true
    wanted[key] = wanted[key] or {}
    table.insert(wanted[key], { name = name, kind = kind, score = score, careful = careful })
  end
  for _, name in ipairs(ballots) do
    local ballot = ballots[name]
    local kind = winner(ballot)
    local several = name:find("%s") ~= nil
    if #name > 2 and ballot[kind] >= SURE * 0.999 and (several or ballot.best >= SURE or ballot[kind] >= 1.5) then
      want(name, kind, 0.7, not (is_acronym(name) or several))
    elseif is_acronym(name) and ballot[kind] >= 0.6 then
      want(name, kind, 0.6, false)
    end
  end
  for _, span in ipairs(list) do
    local family = span.kind == "person" and span.name:match("%s(%S+)$")
    if family and type(families[family]) == "number" and families[family] >= SURE and #family > 3 and not known[family]
       and family:find("^%u[%l\128-\255]") and not stands_small(s, family:lower()) then
      want(family, "person", 0.6, true)
    end
  end
  for _, names in pairs(wanted) do -- each list for itself, so their order is of no matter
    table.sort(names, function(a, b) return #a.name > #b.name or (#a.name == #b.name and a.name < b.name) end)
  end
  return wanted
end

--- Adds the names that stand untagged elsewhere, in one walk over the article.
local function add_missing(s, list, ballots, families, bounds)
  local wanted = wanted_names(s, list, ballots, families)
  if not next(wanted) then return end
  local count, near, ended = #list, 1, 0 -- mentions so far; the one that the walk stands before; where the last added one ended
  local function free(first, last)
    while near <= count and list[near].last < first do near = near + 1 end
    return first > ended and (near > count or list[near].first > last)
  end
  for first, key in s:gmatch(RUN) do
    local entries = wanted[key]
    for k = 1, entries and #entries or 0 do
      local entry = entries[k]
      local last = first + #entry.name - 1
      if free(first, last) and s:sub(first, last) == entry.name and stands_alone(s, first, last) and not spans.is_adjective(s, first, last)
         and not (entry.careful and in_longer_name(s, first, last)) then
        local bound = bounds(first, last)
        if bound then
          list[#list + 1] = { first = first, last = last, kind = entry.kind, score = entry.score, bound = bound, name = entry.name }
          ended = last
          break
        end
      end
    end
  end
end

--- Leaves out names that were uncertain and that nothing else in the article speaks for.
local function drop_doubtful(list, ballots, families)
  local kept = {}
  for _, span in ipairs(list) do
    local votes = ballots[span.name][span.kind]
    local family = families[span.name]
    if span.kind == "person" and type(family) == "number" then votes = votes + family end
    if votes >= DOUBT[span.kind] then kept[#kept + 1] = span end
  end
  return kept
end

--- Settles kinds and adds what was missed. bounds(first, last) is the first byte of the sentence that holds a passage, or nil.
function consistency.settle(s, list, bounds)
  list = complete_explained(s, list)
  heed_nouns(s, list)
  settle_lists(s, list)
  local ballots, families = collect(s, list)
  relabel(list, ballots, families)
  list = drop_doubtful(list, ballots, families)
  add_missing(s, list, ballots, families, bounds)
  table.sort(list, function(a, b) return a.first < b.first end)
  return list
end

return consistency
