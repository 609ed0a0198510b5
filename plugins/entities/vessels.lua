-- Ships are no persons, bodies or places, however they are called: "MV Laila Rani", "the ferry Anna Holm", "two tugs, the Rustam and the Hero".
-- What bears a ship's name elsewhere in the article goes too, unless a title stands before it.

local titles = require "entities.titles"
local wordset = require "lib.wordset"

local vessels = {}

local VERBS = { launch = true, ship = true } -- "the firms launch Nova", "will ship Nova"
local AUXILIARY = wordset "will would can could may might must should did does do to not and or"

local OPENING = { [""] = true, ['"'] = true, ["“"] = true, ["'"] = true, ["‘"] = true } -- marks before a name
local SURELY = 0.97 -- a name tagged with this certainty needs the letters, or its own ship word, before it

--- Has the ship word at the end of `before` an article, with two words between at most: "the wooden ferry", "a 40-metre ferry"?
local function has_article(before, word)
  local rest = before:sub(1, #before - #word)
  for _ = 1, 3 do
    local one
    rest, one = rest:match("^(.-)([%w'’-]+) $")
    if not one then return false end
    local small = one:lower()
    if small == "the" or small == "a" or small == "an" then return true end
    if AUXILIARY[small] or (VERBS[word] and small:find("s$")) then return false end
  end
  return false
end

--- Does this text of one sentence, which ends right before a name, say that a ship's name follows? `whole`: it begins with the sentence.
local function announces(before, whole, known)
  local ship, ships = known.beside.ship, known.beside.ships
  local rest, mark = before:match("^(.-)([^%s%w%.,;:()]*)$")
  rest = rest:gsub("%s+$", "")
  local word = rest:match("([%a/.]+)$")
  if not word or not OPENING[mark] then return false end
  if known.beside.ship_letters[word] then return not rest:find("%d%s*%a+$") end -- "8 KM"
  if ship[word] then return mark ~= "" or has_article(rest, word) end
  if whole and rest == word then return ship[word:lower()] == true and not VERBS[word:lower()] end -- "Ferry Anna Holm sinks"
  if word ~= "the" then return false end
  local one = rest:match("(%l+), the$")
  if ship[one] or ships[one] then return true end
  local several = rest:match("(%l+), the %u[%w -]* and the$") or rest:match("(%l+), the %u[%w -]*, the$") or rest:match("(%l+), the %u[%w ,-]*,? and the$")
  return ships[several] == true
end

local SPACE, LAST_THE, COMMA, LAST_AND = (" "):byte(), ("e"):byte(), (","):byte(), ("d"):byte()

--- May a ship's name begin here? A quick look at the word before, or at the letters that the name begins with.
local function may_be(s, span, known)
  local first = span.first
  local second = s:byte(first + 1)
  if second and second < 91 and s:find("^[%u./]+%s+%u", first) then return true end
  if first == span.bound then return false end
  local before = s:byte(first - 1)
  if before ~= SPACE then return before > 127 or before == 34 or before == 39 end
  if s:byte(first - 2) == LAST_THE and s:byte(first - 5) == SPACE then
    local mark = s:byte(first - 6)
    return mark == COMMA or mark == LAST_AND
  end
  local word = s:sub(first - 12, first - 2):match("[%a/.]+$")
  local ship = known.beside.ship
  return word ~= nil and (ship[word] or known.beside.ship_letters[word] or ship[word:lower()]) == true
end

--- The list without ships.
function vessels.leave_out(s, list, known)
  local ships, names
  for i, span in ipairs(list) do
    local look = may_be(s, span, known) -- at few names
    local before = look and s:sub(math.max(span.bound, span.first - 60), span.first - 1)
    local prefix, name
    if look then prefix, name = s:sub(span.first, span.last):match("^([%u./]+)%s+(%u.*)$") end
    if not known.beside.ship_letters[prefix or ""] then name = nil end
    if name or look and announces(before, span.first - 60 <= span.bound, known) and not (span.kind == "place" and span.score >= SURELY)
      and not (span.kind == "person" and titles.strip(known.titles, s, span.first, span.last) > span.first) then
      ships, names = ships or {}, names or {}
      ships[i] = true
      if span.kind ~= "place" then names[name or s:sub(span.first, span.last)] = true end
    end
  end
  if not ships then return list end
  local kept = {}
  for i, span in ipairs(list) do
    local named = names[s:sub(span.first, span.last)] and not titles.before(known.titles, s, span.bound, span.first)
    if not (ships[i] or named) then kept[#kept + 1] = span end
  end
  return kept
end

return vessels
