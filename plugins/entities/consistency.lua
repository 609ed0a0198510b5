-- What is surely a person in one sentence is one in the next: the article as a whole decides over what a sentence leaves open.
-- Every mention votes for the kind of its name with the tagger's certainty; a full name votes for its family name too; an
-- abbreviation that the text explains, "Central Water Board (CWB)", is of its long form's kind. Then names of the article that
-- stand untagged elsewhere are added.

local beside = require "entities.beside"
local explained = require "entities.explained"
local foreign = require "entities.foreign"
local joined = require "entities.joined"
local spans = require "entities.spans"
local surnames = require "entities.surnames"
local surroundings = require "lib.names.surroundings"
local tagger = require "annalist.tagger"
local titles = require "entities.titles"
local untagged = require "entities.untagged"
local vessels = require "entities.vessels"
local wordset = require "lib.wordset"

local consistency = {}

local SURE = 0.8        -- a name tagged with this certainty is looked for in the rest of the article
local CLEAR = 1.25      -- so many times more votes overrule a mention's own kind
local DOUBT = { person = 0.6, organisation = 0.5, place = 0.5 } -- fewer votes than these, and a name is left out
local KINDS = { "organisation", "person", "place" }

local is_acronym = explained.is_acronym

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

--- The shorter forms of a full name: its tails, "Dara Moyo" and "Moyo" of "Albert Dara Moyo", a particle with what it goes before, and
-- its heads of two words or more.
local function short_forms(name)
  local forms, starts = {}, {}
  for at in name:gmatch("%s()%S") do starts[#starts + 1] = at end
  for i, at in ipairs(starts) do
    local tail = name:sub(at)
    if not tail:find("^%u?%.") and not tail:find("^%S+%.$") then forms[#forms + 1] = tail end
    local word = i > 1 and name:match("^%S+", starts[i - 1])
    if i > 1 and word:find("^%u") and not word:find("%.$") then forms[#forms + 1] = name:sub(1, at - 2) end
  end
  return forms
end

--- The first of two family names: "Rojas" of "Alberto Rojas Vega". nil if there is none.
local function first_surname(name)
  local word, final = name:match("^%S+ .-(%S+) (%S+)$")
  return word and #word > 3 and final:find("^[%u\195]") and word:find("^[%u\195]") and not word:find("%.") and word or nil
end

-- Behind these a name is a place's
local LOCATIVES = wordset "in at near from to into outside around across through toward towards"

--- Does any mention of this name stand as that of a place: "in Rojas", "the town of Rojas"?
local function stands_as_place(s, list, name)
  for _, span in ipairs(list) do
    if span.name == name then
      local before = s:sub(math.max(span.bound, span.first - 12), span.first - 1)
      if LOCATIVES[before:match("(%a+) $")] or before:find(" of $") then return true end
    end
  end
  return false
end

--- The short form of a firm's name: "Karvel" of "Karvel Construction". nil if it has none.
local function firm_of(name, known)
  local short, trade = name:match("^(%u%S*)%s(%u%S+)$")
  if short and known.bodies.trade[trade] and not known.titles.peoples[short:lower()] and not known.is_place(short) then return short end
end

--- ballots: votes by name; parts: for the short form of a person's full name, how sure the full ones are; firms: the same of firms; inner: of first
-- family names that stand before a second one.
local function collect(s, list, known)
  local ballots, parts, firms, inner = {}, {}, {}, {}
  for _, span in ipairs(list) do
    local name = s:sub(span.first, span.last)
    span.name = name
    vote(ballots, name, span.kind, span.score)
    if span.told then ballots[name].told = span.kind end
    if not ballots[name].forms and span.kind == "person" and span.score > 0.5 and name:find("%s") then
      local forms = short_forms(name)
      ballots[name].forms = forms
      for _, form in ipairs(forms) do parts[form] = (parts[form] or 0) + span.score end
      local first = first_surname(name)
      if first then inner[first] = (inner[first] or 0) + span.score end
    elseif span.kind == "organisation" and span.score > 0.5 then
      local short = ballots[name].short
      if short == nil then short = firm_of(name, known) or false end
      ballots[name].short = short
      if short then firms[short] = math.max(firms[short] or 0, span.score) end
    end
    local acronym = explained.after(s, span)
    if acronym then vote(ballots, acronym, span.kind, 3) end
  end
  return ballots, parts, firms, inner
end

local function relabel(s, list, ballots, parts, firms, inner, known)
  for _, span in ipairs(list) do
    local ballot = ballots[span.name]
    local own = ballot[span.kind]
    local best = winner(ballot)
    if ballot.told then -- the text says what it is
      span.kind = ballot.told
      ballot[span.kind] = math.max(ballot[span.kind], ballot.best)
    elseif best ~= span.kind and ballot[best] > CLEAR * own and (span.score < 0.97 or is_acronym(span.name)) then span.kind = best end
    local whole = parts[span.name] or inner[span.name]
    if whole and span.kind == "place" and whole >= SURE and not ballot.told and not s:find("^[Tt]he%s", span.first - 4) and not stands_as_place(s, list, span.name) then
      span.kind = "person"
    elseif whole and span.kind ~= "person" and not ballot.told and span.score < 0.97 then
      local surely = whole >= SURE and not known.is_place(span.name) and not s:find("^[Tt]he%s", span.first - 4)
      if surely or (span.score < 0.9 and whole + ballot.person > CLEAR * ballot[span.kind]) then span.kind = "person" end
    end
    local firm = firms[span.name]
    if firm and not whole and span.score < 0.97 then
      span.kind, ballot.told = "organisation", "organisation"
      ballot.organisation = math.max(ballot.organisation, ballot.best, firm)
    end
  end
end

local SPACE, NEWLINE, COLON = (" "):byte(), ("\n"):byte(), (":"):byte()

local TOWN, SURELY = 3, 0.99 -- points that make a town of a name, and certainty of a person whom they don't

--- Can the name be a town's: behind "in" or "of", or at the head of a paragraph?
local function may_be_town(s, span)
  local before = s:byte(span.first - 1)
  if before == SPACE then
    local word = s:sub(math.max(1, span.first - 9), span.first - 1):match("(%l+) $")
    return LOCATIVES[word] or word == "of"
  end
  return (before == NEWLINE or not before) and (s:byte(span.last + 1) == COLON or s:find("^ %(", span.last + 1))
end

--- "from Sarhad Bala, the district headquarters", "SARHAD BALA:": a town, if nothing that people do is told of it in the article.
local function find_towns(s, list, ballots, known)
  local points
  for _, span in ipairs(list) do
    if span.kind == "person" and span.score < SURELY and may_be_town(s, span) and not ballots[span.name].told then
      local place = surroundings.weigh(s, span.first, span.last)
      if place > 0 and not spans.has_class(known.model, span.name:match("^%S+"), "given") then
        points = points or {}
        points[span.name] = (points[span.name] or 0) + place
      end
    end
  end
  if not points then return end
  for _, span in ipairs(list) do
    if points[span.name] then
      local _, person = surroundings.weigh(s, span.first, span.last)
      if person > 0 or titles.before(known.titles, s, span.bound, span.first) then points[span.name] = -100 end
    end
  end
  for _, span in ipairs(list) do
    if span.kind == "person" and (points[span.name] or 0) >= TOWN then
      span.kind = "place"
      ballots[span.name].place = ballots[span.name].person
    end
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

local function longest_first(a, b) return #a.name > #b.name or (#a.name == #b.name and a.name < b.name) end

--- Names worth looking for in the rest of the article, by their first run of letters: { name, kind, score, careful }.
local function wanted_names(s, list, ballots, parts)
  local wanted, known = {}, {}
  local function want(name, kind, score, careful)
    local at, key = name:match(untagged.RUN)
    if not key or known[name] then return end
    known[name] = true
    local entries = wanted[key] or {}
    wanted[key] = entries
    entries[#entries + 1] = { name = name, kind = kind, score = score, careful = careful, before = at - 1 }
  end
  for _, name in ipairs(ballots) do
    local ballot = ballots[name]
    local kind = ballot.told or winner(ballot)
    local several = name:find("%s") ~= nil
    if #name > 2 and ballot[kind] >= SURE * 0.999 and (several or ballot.best >= SURE or ballot[kind] >= 1.5) then
      want(name, kind, 0.7, not (is_acronym(name) or several))
    elseif is_acronym(name) and ballot[kind] >= 0.6 then
      want(name, kind, 0.6, false)
    end
  end
  for _, span in ipairs(list) do
    local firm = span.kind == "organisation" and ballots[span.name].short
    if firm and not parts[firm] and not stands_small(s, firm:lower()) then want(firm, "organisation", 0.6, true) end
    local forms = span.kind == "person" and ballots[span.name].forms
    for i = 1, forms and #forms or 0 do
      local form = forms[i]
      if parts[form] and parts[form] >= SURE and #form > 3 and not known[form] and form:find("[%u\195-\223][%l\128-\255]")
         and (form:find("%s") or not stands_small(s, form:lower())) then
        want(form, "person", 0.6, true)
      end
    end
  end
  for _, names in pairs(wanted) do -- each list for itself, so their order is of no matter
    if names[2] then table.sort(names, longest_first) end
  end
  return wanted
end

--- Adds the names that stand untagged elsewhere, in one walk over the article.
local function add_missing(s, list, capitals, ballots, parts, bounds)
  local wanted = wanted_names(s, list, ballots, parts)
  if not next(wanted) then return end
  local count, near, ended = #list, 1, 0 -- mentions so far; the one that the walk stands before; where the last added one ended
  local function free(first, last)
    while near <= count and list[near].last < first do near = near + 1 end
    return first > ended and (near > count or list[near].first > last)
  end
  local words = capitals.words
  for i, at in ipairs(capitals.firsts) do
    local entries = wanted[words[i]]
    for k = 1, entries and #entries or 0 do
      local entry = entries[k]
      local first = at - entry.before
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
local function drop_doubtful(list, ballots, parts)
  local kept = {}
  for _, span in ipairs(list) do
    local votes = ballots[span.name][span.kind]
    if span.kind == "person" then votes = votes + (parts[span.name] or 0) end
    if votes >= DOUBT[span.kind] then kept[#kept + 1] = span end
  end
  return kept
end

local function by_place(a, b) return a.first < b.first end

--- Settles kinds and adds what was missed. bounds(first, last) is the first byte of the sentence that holds a passage, or nil.
function consistency.settle(s, list, known, bounds)
  local capitals = {}
  capitals.firsts, capitals.words, capitals.befores = tagger.capitals(s)
  explained.complete(s, list, known, bounds)
  list = untagged.add(s, list, capitals, known, bounds)
  list = joined.complete(s, list, known, untagged.is_headline)
  surnames.complete(s, list, known)
  foreign.complete(s, list, capitals, known, bounds)
  list = vessels.leave_out(s, list, known)
  beside.settle(s, list, known)
  local ballots, parts, firms, inner = collect(s, list, known)
  relabel(s, list, ballots, parts, firms, inner, known)
  find_towns(s, list, ballots, known)
  list = drop_doubtful(list, ballots, parts)
  add_missing(s, list, capitals, ballots, parts, bounds)
  table.sort(list, by_place)
  return list
end

return consistency
