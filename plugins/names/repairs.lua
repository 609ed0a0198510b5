-- Mentions whose ends are a word off, put right before anybody asks who is meant: "Mohd" and "Faisal Rahim" are one name, in "Minister for Ports
-- Omar Ahsan" the ports are none of it, and the Shah of "Shah Kamal Ahsan" is no monarch. The passages stay as they are: only the names change.

local data = require "annalist.data"
local unicode = require "annalist.text"
local joining = require "lib.names.joining"
local wordset = require "lib.wordset"

local glosses = require "names.glosses"
local lists = require "names.lists"

local repairs = {}

local TITLE_NAMES -- words that are titles in one country and names in another

local function is_title_name(word)
  if not TITLE_NAMES then
    TITLE_NAMES = wordset(table.concat(data.lines "names/title_names.txt", " "))
  end
  return TITLE_NAMES[unicode.lower(word)] or false
end

local function words_in(name)
  return select(2, name:gsub("%S+", ""))
end

-- "Md", "Sk", "Kh": a given name cut short has no vowel, apart from the commonest
local function is_cut_short(name)
  local plain = name:gsub("%.$", "")
  return lists.cut_short[plain] or #plain >= 2 and #plain <= 4 and plain:find("^%u%l+$") and not plain:lower():find("[aeiouy]")
end

-- "Mohd" before ". Faisal Rahim"; "Alhaj Shah" before "Alam Bari", for whom Shah was taken to be a title.
local function join_next(text, row, following)
  if row.kind ~= "person" or not following or following.kind ~= "person" then
    return
  end
  local gap = text:sub(row.last + 1, following.first - 1)
  local own = text:sub(row.first, row.last)
  if is_cut_short(own) and (gap == ". " or gap == " ") then
    row.name = own:gsub("%.$", "") .. ". " .. following.name
    following.name, row.title, following.title = row.name, row.title or following.title, row.title or following.title
    following.begins = row.first
  elseif gap == " " and words_in(own) == 2 and is_title_name(own:match("%S+$")) then
    row.name = own:match("%S+$") .. " " .. following.name
    following.name, following.title, following.begins = row.name, nil, row.last + 1 - #own:match("%S+$")
  end
end

-- "Shah Kamal Ahsan", but "the Shah Reza Kamal": with a determiner it is a title.
local function add_title_name(text, row)
  local head, word = text:sub(math.max(1, row.first - 40), row.first - 1):match("^(.-)(%u%l+) $")
  if word and words_in(row.name) >= 2 and is_title_name(word) and not head:lower():find("%f[%a]the $") and not row.begins then
    row.name, row.begins = word .. " " .. row.name, row.first - #word - 1
    row.title = row.title and row.title ~= word and row.title:gsub("%s*" .. word .. "$", "") or nil
  end
end

-- "Minister for Ports Omar Ahsan": what the office is for is a plain English word.
local function drop_portfolio(text, row)
  local head = text:sub(math.max(1, row.first - 30), row.first - 1)
  if not (head:find("inister f?or $") or head:find("inister of $") or head:find("ecretary for $") or head:find("ecretary of $")) then
    return
  end
  local name, begins = row.name, row.first
  while words_in(name) >= 3 do
    local first, gap, rest = name:match("^(%S+)(%s+)(.+)$")
    if not glosses.is_english(unicode.lower(first)) then
      break
    end
    name, begins = rest, begins + #first + #gap
  end
  if name ~= row.name then
    row.name, row.begins = name, begins
  end
end

-- "Nasreen Akhter, 31, mother of …" has an age, so she is no organisation.
local function has_age(text, row, forms)
  return text:find("^, %d%d?,? [^%d]", row.last + 1) and words_in(row.name) >= 2 and (forms:of(row.name).tokens[1] or {}).given
end

-- "(Rally for Unity, RPU)", "(Rally for Unity)": the whole of what explains a name in brackets; "Union pour la Paix (": the whole of what is explained.
local function whole_gloss(text, row)
  if row.kind ~= "organisation" then
    return
  end
  local begins, in_brackets = joining.start(text, row.first, row.last)
  if begins < row.first then
    row.name, row.begins = text:sub(begins, row.first - 1) .. row.name, begins
  end
  row.in_brackets = in_brackets or nil
  local ends = joining.stop(text, row.last)
  if ends > row.last then
    row.name, row.ends = row.name .. text:sub(row.last + 1, ends), ends
  end
end

--- Puts the rows of one article (persons, organisations, places by their places in the text) right; a row may get `begins` and `ends`, the
--- bytes where its name begins and ends if these are not `first` and `last`, and `in_brackets`.
function repairs.apply(text, rows, forms)
  for i, row in ipairs(rows) do
    if row.kind ~= "person" and has_age(text, row, forms) then
      row.kind = "person"
    end
    whole_gloss(text, row)
    if row.kind == "person" then
      add_title_name(text, row)
      drop_portfolio(text, row)
      join_next(text, row, rows[i + 1])
    end
  end
end

return repairs
