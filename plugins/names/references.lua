-- "the president", "the former customs official", "he": passages that name nobody and mean somebody. Only what is certain is taken: an office that
-- one person in the article holds and no other, a role that the article has given to one person, a pronoun where one person alone was named.

local unicode = require "annalist.text"
local sets = require "lib.sets"
local wordset = require "lib.wordset"

local lists = require "names.lists"

local references = {}

-- Nouns that are pieces of longer titles; alone they are no office ("minister" in "prime minister")
local WHOLE = { minister = { prime = "prime minister" } }

local WORDS_BETWEEN = 4

-- What an article says of its people: noun -> list of { root, first, words = set, former, name }, each person and wording once.
local function told(record)
  local by_noun = {}
  local function add(mention, noun, words, former, weak)
    by_noun[noun] = by_noun[noun] or {}
    table.insert(by_noun[noun], { noun = noun, root = mention.root, first = mention.first, words = words, former = former or false, weak = weak, name = mention.form.name })
  end
  for _, mention in ipairs(record.persons) do
    local title = mention.title
    for _, role in ipairs(mention.roles or {}) do
      if not role.kin and role.noun ~= nil then
        add(mention, role.head == "minister" and role.words.prime and "prime minister" or role.head, role.words, role.former, not role.noun)
      end
    end
    if title and title.singular then
      add(mention, title.singular == "premier" and "prime minister" or title.singular, title.words, title.former, false)
    end
  end
  return by_noun
end

-- Has a role words that make it another's, and that the passage does not say?
local function lesser(entry, far)
  for word in pairs(lists.lesser) do -- one of them is enough: the order is no matter
    if entry.words[word] and word ~= entry.noun then
      local said = false
      for _, other in ipairs(far) do
        said = said or other == word
      end
      if not said then
        return true
      end
    end
  end
  return false
end

local function all_within(words, set)
  for _, word in ipairs(words) do
    if not set[word] then
      return false
    end
  end
  return true
end

-- The one person whom a noun with its modifiers means, or nil: list entries that fit must be one root's.
-- `far`: words that only a role can tell ("customs" in "the customs chief").
local function meant(list, query)
  local found, named
  for _, entry in ipairs(list) do
    if entry.first < query.first or lists.sole_office[query.noun] or query.noun == "prime minister" then
      local agrees = query.former == entry.former or query.near or query.former and query.far[1] ~= nil
      local telling = not entry.weak or query.near or query.far[1] and sets.size(entry.words) == #query.far + 1
      if all_within(query.far, entry.words) and agrees and telling and not lesser(entry, query.far) then
        if found and found ~= entry.root then
          return nil
        end
        found, named = entry.root, entry
      elseif not query.far[1] and query.former == entry.former and found ~= entry.root and not entry.weak then
        return nil
      end
    end
  end
  return found, named
end

local RELATIVE = wordset "widow wife husband son daughter brother sister father mother cousin nephew niece"

-- Words before a noun back to "the": the place of "the" and the words, or nil.
local function back_to_the(text, first)
  local head = text:sub(math.max(1, first - 60), first - 1)
  local start, between = head:match(".*()%f[%w][Tt]he ([%w' -]*)$")
  if not start then
    return nil
  end
  local words = {}
  for word in between:gmatch("%S+") do
    words[#words + 1] = word
  end
  if #words > WORDS_BETWEEN then
    return nil
  end
  if RELATIVE[head:sub(1, start - 1):match("(%a+) of $") or ""] then -- "widow of the former president": which one is not said
    return nil
  end
  return first - (#head - start + 1), words
end

-- What the words between say: { far = telling words, former }, or nil when one of them is of another kind.
local function read_between(words, role_words, people)
  local query = { far = {}, former = false, people = false }
  for _, word in ipairs(words) do
    local lower = unicode.lower(word)
    if lower == "former" or lower == "ex" then
      query.former = true
    elseif lists.passing[lower] then
      query.mild = true
    elseif role_words[lower] then
      query.far[#query.far + 1] = lower
      query.near = query.near or not people(word) -- "customs" tells one official from another, "Norlandic" does not
    elseif not people(word) then
      return nil
    end
  end
  return query
end

-- May a passage end here? Not before a name ("the president Omarov"), an apposition ("the judge, Ann Lee"), or a narrower sense ("the head of the bank").
local function ends_here(text, last)
  local tail = text:sub(last + 1, last + 24)
  return not tail:find("^[%w\x80-\xff-]") and not tail:find("^ %u") and not tail:find("^, %u%l") and not tail:find("^ of ") and not tail:find("^ for ")
    and not tail:find("^ [ie][sl]?[- ]?elect") and not tail:find("^ that ") and not tail:find("^ who ") and not tail:find("^'s? office")
end

-- Passages that are mentions already are left to them, and what is said right behind a name ("Ann Lee, the judge") is its role.
local function overlaps(record, first, last)
  for _, list in ipairs { record.persons, record.groups } do
    for _, mention in ipairs(list) do
      if mention.first <= last and mention.last >= first - 2 and mention.kind == "person" then
        return true
      end
    end
  end
  return false
end

local function words_of_all(by_noun)
  local set = {}
  for _, list in pairs(by_noun) do
    for _, entry in ipairs(list) do
      sets.add(set, entry.words)
    end
  end
  return set
end

-- A country's or place's word between "the" and the noun: "the Norlandic president"
local function is_place_word(word)
  return word:find("^%u") ~= nil
end

local function descriptions(record, text, add)
  local by_noun = told(record)
  if not next(by_noun) then
    return
  end
  local role_words = words_of_all(by_noun)
  for start, word, stop in text:gmatch("()(%a[%a'-]*)()") do
    local noun = unicode.lower(word)
    local long = WHOLE[noun] and WHOLE[noun][unicode.lower(text:sub(math.max(1, start - 6), start - 2)):match("%a+$") or ""]
    local list = by_noun[long or noun]
    local first, words = nil, nil
    if list and ends_here(text, stop - 1) then
      first, words = back_to_the(text, start)
    end
    if first then
      if long then
        words[#words] = nil
      end
      local query = read_between(words, role_words, is_place_word)
      if query then
        query.noun, query.first = long or noun, first
        local root, entry = meant(list, query)
        if root and not overlaps(record, first, stop - 1) then
          add(first, stop - 1, root, (query.former ~= entry.former or query.mild) and 0.75 or 0.9,
            ("%s is the only %s in the article"):format(entry.name, text:sub(first + 4, stop - 1)))
        end
      end
    end
  end
end

-- Persons of each sentence: number -> the only mention, or false when there are several
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

local SUBJECT = 40 -- bytes of a sentence within which its subject is named

-- One pronoun at byte `start` of a sentence. `here`: what is known of the sentence.
local function one_pronoun(here, start, word, sex, sexes, add)
  local first, own, passed, before = here.first + start - 1, here.own, here.passed, here.before
  local function fits(mention)
    return (sexes[mention.root] or sex) == sex
  end
  if start == 1 and passed and fits(passed) then
    here.carried = own == nil and passed or nil
    add(first, first + #word - 1, passed.root, sexes[passed.root] and 0.85 or 0.7,
      passed == before and ("the only person named in the sentence before is %s"):format(passed.form.name)
        or ("the sentences before speak of %s alone"):format(passed.form.name))
  elseif start > 1 and own and own.first < first and own.first - here.first <= SUBJECT and not own.kin and not here.asked and fits(own)
    and sexes[own.root] and (before == nil or before and before.root == own.root) then
    add(first, first + #word - 1, own.root, 0.8, ("%s is the only person named in the sentence"):format(own.form.name))
  end
end

local PRONOUNS = { { "%f[%w]()([Hh]e)%f[%W]", "m" }, { "%f[%w]()([Ss]he)%f[%W]", "f" } }

-- A pronoun that begins a sentence means the only person of the sentence before, or who was meant there by a pronoun that began it; one further
-- on means the only person named so far in its own sentence, when the sentence before names nobody else.
local function pronouns(record, text, sexes, add)
  local only, carried = only_persons(record), nil
  for number = 1, #record.sentences do
    local before = only[number - 1]
    local here = { first = record.sentences[number], own = only[number], before = before, passed = before or before == nil and carried or nil }
    local sentence = text:sub(here.first, (record.sentences[number + 1] or #text + 1) - 1)
    here.asked = (sentence:find("^[\"' ]*Asked ") or sentence:find("^[\"' ]*When asked ")) ~= nil -- "Asked whether Orlov had paid, he laughed": another one
    for _, pronoun in ipairs(PRONOUNS) do
      for start, word in sentence:gmatch(pronoun[1]) do
        one_pronoun(here, start, word, pronoun[2], sexes, add)
      end
    end
    carried = here.carried
  end
end

--- References of one article: list of { first, last, root, score, reason } in order. `sexes`: root -> "m" or "f".
function references.find(record, text, sexes)
  local list, taken = {}, {}
  local function add(first, last, root, score, reason)
    if not taken[first] then
      taken[first] = true
      list[#list + 1] = { first = first, last = last, root = root, score = score, reason = reason }
    end
  end
  descriptions(record, text, add)
  pronouns(record, text, sexes, add)
  table.sort(list, function(a, b) return a.first < b.first end)
  return list
end

return references
