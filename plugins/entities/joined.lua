-- Names that the tagger cut, put together again: "Brampton | City Council", "Institute of Arts | and Sciences", "the Peace and | Security
-- Council", "Ann Lee | Foundation for the Poor", "William | "Buck" May". What joins the parts is a word that makes a body's name, or a word of
-- the same build on both sides of "and". Knows spans and the model's lists, no votes.

local spans = require "entities.spans"
local wordset = require "lib.wordset"

local joined = {}

local WORD = "[%u\195-\223][%w\128-\225\227-\255'&-]*" -- a capitalised word; byte 226 begins quotation marks and dashes
local JOINED = 0.8 -- certainty of a name put together by rule
local SURE = 0.9   -- a name tagged with this certainty is not swallowed by one of another kind

local SUFFIX = wordset "Jr Sr Jr. Sr. II III IV"

-- First bytes of what can join the parts of a body's name: "and", "&", "for", "of"
local LINKS = {}
for letter in ("a&fo"):gmatch(".") do LINKS[letter:byte()] = true end
local SPACE, COMMA = (" "):byte(), (","):byte()

--- May the word stand inside a body's name for what the body is about, "Sciences", "Agriculture"? A common word, no name of a person or place.
local function is_field(known, word)
  if #word < 4 or known.bodies.head[word] or known.titles.phrases[word:lower()] then return false end
  if not known.model:group(word) and not known.model:group((word:gsub("s$", ""))) then return false end -- "Herders"
  return not known.model:is(word, "org_head", "place", "time", "title", "people")
end

--- Does the word make a body of the capitalised words before it? Behind a person's name fewer do.
local function is_head(known, word, person)
  if known.bodies.head[word] or known.heads[word] == "organisation" or known.bodies["for"][word] then return true end
  return not person and not known.bodies.loose[word] and spans.has_class(known.model, word, "org_head")
end

--- Where the longest run of capitalised words ends that follows byte `last` and has a body's head as its last word; nil if there is none.
local function head_after(s, last, known, person)
  local at, stop = last + 1, nil
  while true do
    local word, following = s:match("^ (" .. WORD .. ")()", at)
    if not word then return stop end
    if stop and at == stop + 1 and spans.has_class(known.model, word, "event") then return nil end -- "… Music Awards"
    local bare = word:gsub("'s?$", "")
    if is_head(known, bare, person) then stop = at + #bare end
    if bare ~= word then return stop end
    at = following
  end
end



--- What follows a body's name and belongs to it: "and Sciences", "for Rural Studies", "of Public Safety". The last byte, or nil.
local function field_after(s, span, known)
  local last = span.last
  if not LINKS[s:byte(last + 2)] then return nil end -- most names
  local name = s:sub(span.first, last)
  local final = name:match("(%S+)$")
  local before = name:match("(%S+)%s%S+$")
  if before == "of" or before == "for" or before == "the" then -- "Institute of Arts | and Sciences"
    local word, stop = s:match("^ and (" .. WORD .. ")()", last + 1)
    if not word then
      word, stop = s:match("^ & (" .. WORD .. ")()", last + 1)
    end
    if word and is_field(known, final) and is_field(known, word) and not s:find("^ %u", stop) then return stop - 1 end
    return nil
  end
  if known.bodies["for"][final] or known.heads[final] == "organisation" then
    local link, stop = s:match("^ (%l%l%l?) ()", last + 1)
    if not (link == "of" or (link == "for" and known.bodies["for"][final])) then return nil end
    stop = s:match("^the ()", stop) or stop
    local word, ended = s:match("^(" .. WORD .. ")()", stop)
    if not word or (link == "of" and not is_field(known, word)) then return nil end
    while true do
      local more = s:match("^ " .. WORD .. "()", ended)
      if not more then
        local both, after = s:match("^ and (" .. WORD .. ")()", ended)
        more = both and is_field(known, both) and after or nil
      end
      if not more then break end
      ended = more
    end
    local text = s:sub(last + 1, ended - 1)
    return last + #text:gsub("['’]s$", "")
  end
end

--- Where a body's name begins whose first half stands before "and": "the Peace and | Security Council". nil if nowhere.
local function field_before(s, span, known)
  if s:byte(span.first - 2) ~= 100 or not s:find("^ and ", span.first - 5) then return nil end -- "d" of "and"
  local name = s:sub(span.first, span.last)
  local one, final = name:match("^(%S+).-(%S+)$")
  if not one or one == final or not is_head(known, final) or not is_field(known, one) then return nil end
  local from = math.max(span.bound, span.first - 40)
  local at, word = s:sub(from, span.first - 1):match("()%f[%S](%u%S+) and $")
  if not at or not is_field(known, word) then return nil end
  at = from + at - 1
  local article = s:sub(math.max(span.bound, at - 30), at - 1)
  local people = article:match("(%S+) $")
  if article:find("%f[%a][Tt]he $") then return at end
  if people and known.titles.peoples[people:lower()] then return at - #people - 1 end
  return nil
end

--- The last byte of a person's name with what follows it: "Jr.", or a nickname and the rest of the name.
local function person_after(s, span)
  local last = span.last
  if not s:find("^,? ['\"\226JSI]", last + 1) then return nil end -- most names
  local suffix, stop = s:match("^,? (%u[%a]+%.?)()", last + 1)
  if suffix and SUFFIX[suffix] then return stop - 1 end
  local more = s:match("^ [\"“][^\"“”%s]+[\"”] " .. WORD .. "()", last + 1) or s:match("^ [\"“]%u[^\"“”%s]+ [^\"“”%s]+[\"”] " .. WORD .. "()", last + 1)
    or s:match("^ '%u[%w\128-\225\227-\255]+' " .. WORD .. "()", last + 1) or s:match("^ ‘%u[%w\128-\225\227-\255]+’ " .. WORD .. "()", last + 1)
  if more then return last + #s:sub(last + 1, more - 1):gsub("['’]s$", "") end
end

--- How far the span reaches with what belongs to it, and whether that makes it a body.
local function reach(s, span, known)
  local behind = s:byte(span.last + 1)
  if behind ~= SPACE and behind ~= COMMA then return nil end -- most names
  if s:find("^ %u", span.last + 1) then
    local stop = head_after(s, span.last, known, span.kind == "person")
    if stop then return stop, true end
  end
  if span.kind == "person" then return person_after(s, span) end
  if span.kind == "organisation" then
    local stop = field_after(s, span, known)
    return stop, stop ~= nil
  end
end

--- The last byte of the name together with the bodies that begin in it; nil if it would swallow a sure person.
local function whole(list, i, stop)
  local n = i + 1
  while list[n] and list[n].first <= stop do
    if list[n].kind == "person" and list[n].score > SURE then return nil end
    if list[n].last > stop then
      if list[n].kind ~= "organisation" then return nil end
      stop = list[n].last
    end
    n = n + 1
  end
  return stop
end

--- The last byte of the name after "of" that ends the body's name: "National Museum | of the | River Navy".
local function named_after(s, span, following, known)
  if not following or following.first > span.last + 10 or following.first < span.last + 5 or following.kind == "person" then return nil end
  local between = s:sub(span.last + 1, following.first - 1)
  if between ~= " of " and between ~= " of the " then return nil end
  local final = s:sub(span.first, span.last):match("(%S+)$")
  return known.heads[final] == "organisation" and final ~= "Party" and following.last or nil
end

--- The list with cut names whole. `is_headline(s, bound)` tells sentences set in capitals, in which capitals join nothing.
function joined.complete(s, list, known, is_headline)
  local kept, i = {}, 1
  while i <= #list do
    local span, passed = list[i], i
    while true do
      local stop, body = reach(s, span, known)
      if not stop and span.kind == "organisation" then stop, body = named_after(s, span, list[passed + 1], known), true end
      stop = stop and stop > span.last and whole(list, passed, stop)
      if not stop or is_headline(s, span.bound) then break end
      span.last = stop
      if body then span.kind, span.score = "organisation", math.max(span.score, JOINED) end
      while list[passed + 1] and list[passed + 1].first <= stop do passed = passed + 1 end
    end
    if span.kind == "organisation" then
      local start = field_before(s, span, known)
      if start then
        while kept[1] and kept[#kept].first >= start do kept[#kept] = nil end
        if not (kept[1] and kept[#kept].last >= start) then span.first = start end
      end
    end
    kept[#kept + 1] = span
    i = passed + 1
  end
  return kept
end

return joined
