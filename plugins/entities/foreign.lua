-- Bodies named in other tongues: the small words inside their names, "Mouvement pour la Paix", and what explains them in brackets:
-- "Ligue africaine (African League, AL)" is a body, its name in English, and its abbreviation.

local explained = require "entities.explained"
local joining = require "lib.names.joining"
local spans = require "entities.spans"
local titles = require "entities.titles"

local foreign = {}

local CAPITAL = "[%u\195-\223]" -- the first byte of a capital, and of small letters with accents too
local FOUND = 0.9  -- certainty of what is put together here
local SURELY = 0.9 -- a person tagged with this certainty is none of these

local function is_capital(word) return word:find("^%u") ~= nil or word:find("^\195[\128-\158]") ~= nil end

-- "l'Avenir", "d’Action"
local function is_elided(word) return word:find("^[ld]'" .. CAPITAL) ~= nil or word:find("^[ld]\u{2019}" .. CAPITAL) ~= nil end

--- Puts a body at first..last into the list, in the place of the names in it. False if a sure person's name would be cut or lost.
local function put(s, list, first, last, bound)
  local from = 1
  while list[from] and list[from].last < first do from = from + 1 end
  local to = from
  while list[to] and list[to].first <= last do
    local span = list[to]
    if span.first < first then first = span.first end
    if span.last > last then last = span.last end
    if span.kind == "person" and span.score > SURELY and s:sub(span.first, span.last):find("%s") then return false end
    to = to + 1
  end
  for _ = from, to - 1 do table.remove(list, from) end
  table.insert(list, from, { first = first, last = last, kind = "organisation", score = FOUND, bound = bound, told = true })
  return true
end

--- Where the name ends whose first word ends before byte `at`, if small words of another tongue are in it; else nil.
local function end_of_name(s, at)
  local stop
  while true do
    local word, following = s:match("^ ([^%s,;:.()\"“”]+)()", at)
    if not word then return stop end
    if is_elided(word) or (stop and is_capital(word)) then
      stop = following - 1
    elseif joining.foreign[word] then
      local more, after = s:match("^ ([^%s,;:.()\"“”]+)()", following)
      if more and joining.foreign[more] then more, after = s:match("^ ([^%s,;:.()\"“”]+)()", after) end
      if not more or not (is_capital(more) or is_elided(more)) then return stop end
      stop, following = after - 1, after
    else
      return stop
    end
    at = following
  end
end

--- Where the name begins that ends right before the bracket, and ends; nil if no small word or adjective of another tongue is in it.
local function name_before(s, bound, last, known)
  local at, start, strange, pending = last, nil, false, false
  while at >= bound do
    local first, word = s:sub(math.max(bound, at - 30), at):match("()([^%s,;:()\"“”]+)$")
    if not word then break end
    first = math.max(bound, at - 30) + first - 1
    if is_capital(word) and not (word == "The" or known.model:is(word, "time")) then
      start, strange = first, strange or pending
    elseif is_elided(word) then
      pending = true
    elseif start and joining.foreign[word] or (at == last and #word > 3 and word:find("^%l[%l\128-\255]+$") and not known.model:group(word)
           and not spans.has_class(known.model, word, "common")) then
      pending = true
    else
      break
    end
    if not s:find("^ ", first - 1) then break end
    at = first - 2
  end
  return strange and start or nil
end

--- Is every word of the gloss one of a name's: "Economic Union of East Sea States"?
local function is_name(gloss)
  local count = 0
  for word in gloss:gmatch("%S+") do
    count = count + 1
    if not (word:find("^%u") or joining.english[word]) then return false end
  end
  return count >= 2 and count <= 9
end

local function at_end(list, last)
  for _, span in ipairs(list) do
    if span.last == last then return span end
    if span.first > last then return nil end
  end
end

--- Do the capitals begin the words of the gloss, in whatever order the other tongue has them: "LA" and "African League"?
local function stands_for(acronym, gloss)
  if explained.stands_for(acronym, gloss) then return true end
  local letters, initials = {}, {}
  for letter in acronym:gmatch("%u") do letters[#letters + 1] = letter end
  for initial in gloss:gmatch("%f[%w]%u") do initials[#initials + 1] = initial end
  table.sort(letters)
  table.sort(initials)
  return table.concat(letters) == table.concat(initials)
end

--- Has the tagger found a body in the gloss first..last and another that is the abbreviation?
local function are_bodies(list, first, last, stop)
  local short = at_end(list, stop)
  if not short or short.kind ~= "organisation" then return false end
  for _, span in ipairs(list) do
    if span.first >= first and span.last <= last and span.kind == "organisation" then return true end
  end
  return false
end

--- The body before the bracket whose meaning stands in it.
local function settle_outer(s, list, last, sure, known, bounds)
  local bound = bounds(last, last)
  if not bound then return end
  local span = at_end(list, last)
  local start = name_before(s, bound, last, known)
  if start and not (span and span.kind == "person" and span.first <= start) then return put(s, list, start, last, bound) end
  if not span then -- "the Otema (Economic Union of East Sea States, EUESS)"
    local word = s:sub(math.max(bound, last - 30), last):match("%f[^%s]([^%s]+)$")
    if sure and word and is_capital(word) and #word > 3 and not known.model:group(word) and not s:find("%u%S* $", last - #word - 1) then
      put(s, list, last - #word + 1, last, bound)
    end
    return
  end
  local one, two = s:match("^(%S+) (%S+)", span.first)
  if span.kind == "person" and two then
    local noun = s:sub(math.max(bound, span.first - 25), span.first - 1):match("%f[%a](%l+) [\"“]?$")
    local told = noun and (known.bodies.noun[noun] or known.bodies.firm[noun] or known.bodies.head[noun:gsub("^%l", string.upper)])
    if not told and (not sure or span.score > SURELY or spans.has_class(known.model, one, "given")) then return end
    if titles.before(known.titles, s, span.bound, span.first) then return end
  elseif span.kind ~= "organisation" and (not sure or known.is_place(s:sub(span.first, span.last))) then
    return
  end
  span.kind, span.score, span.told = "organisation", math.max(span.score, FOUND), true
end

--- Makes one name of the gloss behind the bracket, if it is a body's, and of what it explains.
local function settle_gloss(s, list, bracket, known, bounds)
  local stop = s:match("^%u[^()\n;]+()%)", bracket + 1)
  if not stop or stop - bracket > 120 then return end
  local inside = s:sub(bracket + 1, stop - 1)
  local gloss, acronym = inside:match("^(.-), (%u[%u%d&.]+)$")
  gloss = gloss or inside
  if gloss:find("[,:]") or not is_name(gloss) then return end
  local sure = acronym and (stands_for(acronym, gloss) or are_bodies(list, bracket + 1, bracket + #gloss, stop - 1))
  if not sure and not known.bodies.head[gloss:match("%S+$")] then return end
  local bound = bounds(bracket + 1, bracket + #gloss)
  if not bound or not put(s, list, bracket + 1, bracket + #gloss, bound) then return end
  if sure then put(s, list, stop - #acronym, stop - 1, bound) end
  local last = bracket - 2
  if s:find("^[\"']", last) then last = last - 1 elseif s:find("^”", last - 2) then last = last - 3 end
  if last > 0 and s:find("^[%w\128-\255]", last) then
    settle_outer(s, list, last, sure, known, bounds)
  end
end

--- The body of which the tagger has found the beginning, up to the bracket: "Democratic Party | of Norland (DPN)".
local function complete_cut(list, s, bracket)
  local at = #list
  while at > 0 and list[at].last >= bracket do at = at - 1 end
  local span = list[at]
  if span and span.kind == "organisation" and joining.stop(s, span.last) == bracket - 2 then span.last = bracket - 2 end
end

--- Puts such names together. `list` is in order and stays so; `capitals` are those of tagger.capitals(s).
function foreign.complete(s, list, capitals, known, bounds)
  local opening = known.bodies.opening
  local ended = 0
  for i, first in ipairs(capitals.firsts) do
    local word = capitals.words[i]
    if opening[word] and first > ended then
      local stop = end_of_name(s, first + #word)
      local bound = stop and bounds(first, stop)
      if bound then
        put(s, list, first, stop, bound)
        ended = stop
      end
    end
  end
  local bracket = s:find(" (", 1, true)
  while bracket do
    settle_gloss(s, list, bracket + 1, known, bounds)
    complete_cut(list, s, bracket + 1)
    bracket = s:find(" (", bracket + 1, true)
  end
end

return foreign
