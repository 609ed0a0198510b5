-- What stands right beside a name says whether it is a town's or a person's: "in Sarhad Bala", "the village of Sarhad Bala", "SARHAD BALA:" before a
-- report, against "Mr Bala", "Bala said". For whoever finds names and whoever is handed them. Knows text alone.

local data = require "annalist.data"

local surroundings = { classes = {} }

--- Call in `prepare`.
function surroundings.load()
  for _, record in ipairs(data.table "names/surroundings.tsv") do
    local set = surroundings.classes[record[1]] or {}
    for word in record[2]:gmatch("[^,]+") do
      set[word:match("^%s*(.-)%s*$")] = tonumber(record[3]) or 1
    end
    surroundings.classes[record[1]] = set
  end
end

-- "SARHAD BALA:", "SARHAD BALA (APN) --", "Sarhad Bala, June 3 (APN) -" at the head of a paragraph
local function is_dateline(text, first, last)
  if first > 1 and text:byte(first - 1) ~= 10 then
    return false
  end
  local capitals = not text:sub(first, last):find("%l")
  local tail = text:sub(last + 1, last + 60)
  return capitals and (tail:find("^: ") or tail:find("^ ?%(%u") or tail:find("^ [-\xe2]") or tail:find("^, %u")) ~= nil
    or tail:find("^, %u%l+%.? %d+ %(%u") ~= nil or tail:find("^ %(%u%a+%) [-\xe2]") ~= nil
end

--- Points for the name at first..last of a text being a place's, and for its being a person's.
function surroundings.weigh(text, first, last)
  local classes = surroundings.classes
  local place, person = 0, 0
  local head = text:sub(math.max(1, first - 40), first - 1)
  local word = head:match("(%a+) $")
  local lower = word and word:lower()
  if lower == "of" then
    local noun = head:match("(%a+) of $")
    place = place + (noun and classes.town_of[noun:lower()] or 0)
  elseif lower then
    place = place + (classes.before[lower] or 0)
    person = person + (classes.honorific[word] or 0)
  end
  if is_dateline(text, first, last) then
    place = place + 3
  end
  local tail = text:sub(last + 1, last + 60)
  local behind = tail:match("^ (%l+)")
  if behind then
    place = place + (classes.town_behind[behind] or 0)
    person = person + (place < 2 and classes.verb[behind] or 0) -- "the people of Sarhad Bala said"
  end
  local noun = tail:match("^, the %l+ (%l+)") or tail:match("^, an? %l+ (%l+)")
  local one = tail:match("^, the (%l+)") or tail:match("^, an? (%l+)")
  place = place + math.max(classes.town_of[noun] or 0, classes.town_of[one] or 0)
  if tail:find("^, %d%d?,") then
    person = person + 3
  end
  return place, person
end

return surroundings
