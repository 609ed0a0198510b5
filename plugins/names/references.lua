-- "the president", "the former mayor", "he": passages that name nobody and mean somebody. Only what is certain is taken: an office that one
-- person in the article holds and no other, a pronoun after a sentence that names one person alone.

local references = {}

-- "the prime minister", "the Norlandic president", "the former mayor"; what follows must not be a name (then it is a title before it)
local OFFICES = { "president", "prime minister", "premier", "king", "queen", "pope", "chancellor", "emir", "sultan", "patriarch", "mayor", "governor", "speaker" }

-- Words that may stand between "the" and the office, besides a country's ("the Norlandic president"). "The almighty president" is a kind.
local BETWEEN = { former = true, current = true, outgoing = true, acting = true, interim = true, incumbent = true, new = true, ailing = true }

local function is_someone(between)
  local count = 0
  for word in between:gmatch("%a+") do
    count = count + 1
    if not BETWEEN[word] and not word:find("^%u") then
      return false
    end
  end
  return count <= 2
end

-- Who holds an office in this article: the only root, or nil. `former`: who held it.
local function holder(record, office, former)
  local found
  for _, mention in ipairs(record.persons) do
    local title = mention.title
    if title and title.singular == office and (title.former or false) == former then
      if found and found.root ~= mention.root then
        return nil
      end
      found = found or mention
    end
  end
  return found
end

-- Do several people hold it, one of them named without "former" elsewhere? Then "the former president" is still one, "the president" another.
local function each_office(text, visit)
  local lower = text:lower()
  for _, office in ipairs(OFFICES) do
    local at = 1
    while true do
      local first, last = lower:find(office, at, true)
      if not first then
        break
      end
      at = last + 1
      local behind = text:sub(last + 1, last + 2)
      local before = text:sub(math.max(1, first - 40), first - 1)
      local start, between = before:match("()[Tt]he ([%a ]*)$")
      local bounded = not behind:find("^[%w\x80-\xff-]") and not behind:find("^ %u")
      if start and bounded and before:sub(start - 1, start - 1):find("^[^%w]?$") then
        local former = between:find("former", 1, true) ~= nil
        if is_someone(between) and not lower:find("^ i?s? ?elected", last + 1) and not lower:find("^ that ", last + 1) then
          visit(office == "premier" and "prime minister" or office, former, first - (#before - start + 1), last)
        end
      end
    end
  end
end

-- Passages that are mentions already are left to them
local function overlaps(record, first, last)
  for _, list in ipairs { record.persons, record.groups } do
    for _, mention in ipairs(list) do
      if mention.first <= last and mention.last >= first then
        return true
      end
    end
  end
  return false
end

local PRONOUN = { He = "m", She = "f" }

-- The only person of each sentence: sentence number -> mention, or false when there are several
local function only_persons(record)
  local only = {}
  for _, mention in ipairs(record.persons) do
    local number = mention.sentence
    if only[number] == nil then
      only[number] = mention
    elseif only[number] and only[number].root ~= mention.root then
      only[number] = false
    end
  end
  return only
end

local function pronouns(record, text, sexes, add)
  local only = only_persons(record)
  for number = 2, #record.sentences do
    local sentence, before = record.sentences[number], only[number - 1]
    local word = text:sub(sentence, sentence + 3):match("^(%u%l+)[ ']")
    local sex = word and PRONOUN[word]
    if sex and before and (sexes[before.root] or sex) == sex then
      add(sentence, sentence + #word - 1, before.root, sexes[before.root] and 0.85 or 0.7,
        ("the only person named in the sentence before is %s"):format(before.form.name))
    end
  end
end

--- References of one article: list of { first, last, root, score, reason } in order. `sexes`: root -> "m" or "f".
function references.find(record, text, sexes)
  local list = {}
  local function add(first, last, root, score, reason)
    list[#list + 1] = { first = first, last = last, root = root, score = score, reason = reason }
  end
  each_office(text, function(office, former, first, last)
    local who = holder(record, office, former)
    if who and not overlaps(record, first, last) then
      add(first, last, who.root, former and 0.75 or 0.9, ("%s is the only %s%s in the article"):format(who.form.name, former and "former " or "", office))
    end
  end)
  pronouns(record, text, sexes, add)
  table.sort(list, function(a, b) return a.first < b.first end)
  return list
end

return references
