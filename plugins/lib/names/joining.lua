-- Names of bodies of which a reader has found a part, made whole by the words around them: "Union pour la Paix (Union for Peace, UPP)". For
-- whoever finds names and whoever is handed them (any plugin may fill the role `entities`). Knows text alone. Call joining.load() in `prepare`.

local data = require "annalist.data"

local joining = {
  english = {}, foreign = {}, -- small words inside names of bodies, English ones and others
}

function joining.load()
  for _, row in ipairs(data.table "names/joining_words.tsv") do
    local set = row[2] == "English" and joining.english or joining.foreign
    set[row[1]] = true
  end
end

--- Is it a small word that joins the parts of a body's name, of whatever language?
function joining.is_small(word) return (joining.english[word] or joining.foreign[word]) == true end

local MOST = 7 -- words that are added to what was found

-- Are these words, large or joining ones, those of a name? "Economic Community of", "pour l'Unité"
local function are_of_name(words)
  local count = 0
  for word in words:gmatch("%S+") do
    count = count + 1
    if count > MOST or not (joining.is_small(word) or word:find("^%u") or word:find("^[ld]['\xe2]") or word:find("^\xc3")) then return false end
  end
  return true
end

--- The whole name in brackets whose end is at first..last: the byte where it begins, and is it in brackets at all?
-- "Unity" in "(Rally for Unity, RPU)" begins at "Rally".
function joining.start(text, first, last)
  local behind = text:sub(last + 1, last + 60)
  if not (behind:find("^%)") or behind:find("^, %u[%u%.]+%)")) then return first, false end
  local opens, lead = text:sub(math.max(1, first - 70), first - 1):match("()%((%u[^()\n,;]*)$")
  if lead and are_of_name(lead) then first = first - #lead end
  return first, opens ~= nil or text:sub(first - 1, first - 1) == "("
end

--- The byte where the whole name ends that has something in brackets behind it: that of "Paix" for "Union" in "Union pour la Paix (".
function joining.stop(text, last)
  local rest = text:sub(last + 1, last + 60):match("^( [^()\n,;:.]+) %(")
  return rest and rest:find("%u") and are_of_name(rest) and last + #rest or last
end

return joining
