-- Abbreviations that the text explains: "Central Water Board (CWB)". The long form is one name, whole, whatever the tagger made of it.

local joining = require "lib.names.joining"

local explained = {}

function explained.is_acronym(name) return #name >= 2 and #name <= 8 and name:find("^%u[%u%d&.]*%u%.?$") ~= nil end

--- Do these capitals begin the words of the name, in order? "CWB" and "Central Water Board"
function explained.stands_for(acronym, name)
  local letters = {}
  for initial in name:gmatch("%f[%w]%u") do letters[#letters + 1] = initial end
  local initials = table.concat(letters)
  acronym = acronym:gsub("%.", "")
  return #acronym >= 2 and (initials == acronym or initials:sub(1, #acronym) == acronym or initials:sub(-#acronym) == acronym)
end

--- The abbreviation in brackets right after a name: "CWB" after "Central Water Board (CWB)".
function explained.after(s, span)
  local acronym = s:match("^%s*%([\"\128-\255]*(%u[%u%d&.]+)[\"\128-\255]*%s*%)", span.last + 1)
  if acronym and explained.stands_for(acronym, s:sub(span.first, span.last)) then return acronym end
end

--- Where the words begin, right before byte `last`, whose first letters are these: "Union of River Towns" for "URT". nil if they aren't.
-- Small words count for nothing, and the second half of "Anti-Corruption" may.
local function long_form(s, bound, last, letters)
  local from = math.max(bound, last - 120)
  local before = s:sub(from, last)
  local left, at = #letters, #before
  while left > 0 do
    local start, word = before:sub(1, at):match("()([^%s%-(,;:\"“”]+)[%s%-]*$")
    if not start then return nil end
    if word:sub(1, 1) == letters:sub(left, left) then left = left - 1
    elseif not joining.is_small(word) and before:sub(start - 1, start - 1) ~= "-" then return nil end
    at = start - 1
    if left == 0 then return from + start - 1 end
  end
end

--- Does a word of the passage make a body of it?
local function has_head(s, first, last, heads)
  for word in s:sub(first, last):gmatch("%u%a+") do if heads[word] then return true end end
  return false
end

--- The kind of a long form, by the spans in it and that of its abbreviation; nil if nothing says that it is a name, or if it has a span already.
local function kind_of(s, inside, short, first, last, known)
  local kind = short and (short.kind == "place" and "place" or "organisation")
  for _, span in ipairs(inside) do
    if span.first <= first and span.last >= last then return nil end
    if span.first < first or span.last > last then return nil end
    if span.kind == "organisation" then kind = "organisation" end
  end
  if has_head(s, first, last, known.bodies.head) then kind = "organisation" end
  return kind
end

--- Makes the long form before the bracket at `bracket` one name, if it is one; `at` is behind the abbreviation. Returns where in the list it got to.
local function complete_one(s, list, near, bracket, acronym, at, known, bounds)
  local letters = acronym:gsub("[^%w]", "")
  local last = s:find("^%s", bracket - 1) and bracket - 2 or bracket - 1
  local bound = #letters >= 2 and #letters <= 8 and not known.no_names[acronym] and last > 0 and bounds(last, last)
  local first = bound and long_form(s, bound, last, letters)
  if not first then return near end
  while near <= #list and list[near].last < first do near = near + 1 end
  local inside, short, n = {}, nil, near
  while n <= #list and list[n].first < at do
    if list[n].first <= last then inside[#inside + 1] = list[n] elseif list[n].last == at - 1 then short = list[n] end
    n = n + 1
  end
  local kind = kind_of(s, inside, short, first, last, known)
  if kind then
    for _ = 1, #inside do table.remove(list, near) end
    table.insert(list, near, { first = first, last = last, kind = kind, score = 0.95, bound = bound, told = true })
  end
  return near
end

--- Makes each long form one name. `list` is in order and stays so; bounds(first, last) is where a passage's sentence begins.
function explained.complete(s, list, known, bounds)
  local near, bracket = 1, s:find("(", 1, true)
  while bracket do
    local acronym, at = s:match("^[\"\128-\255]*(%u[%u%d&.]*%u)%.?()[\"\128-\255]*%s*%)", bracket + 1)
    if acronym then near = complete_one(s, list, near, bracket, acronym, at, known, bounds) end
    bracket = s:find("(", bracket + 1, true)
  end
end

return explained
