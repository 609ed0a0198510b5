-- Groups of people as the news counts them: "two male teenagers", "590 people", "a woman and her two children", "12 others",
-- "no one", "three of them", "a 6-year-old boy", "Ann Lee, 31,". A group is { value, maximum, qualifier, first, last, … }.

local data = require "annalist.data"
local wordset = require "lib.wordset"
local numbers = require "figures.numbers"

local M = {}

local singular, plural, crowd = {}, {}, {}

function M.load()
  singular, plural, crowd = {}, {}, {}
  for _, row in ipairs(data.table("figures/people.tsv")) do
    singular[row[1]] = true
    if row[2] and row[2] ~= "" then plural[row[2]] = true end
    if row[3] and row[3] ~= "" then crowd[row[1]], crowd[row[2]] = row[3], row[3] end
  end
end

--- "miners", "people": several of them.
function M.is_people(w) return plural[w] or false end

--- "protesters", "supporters", "detainees": the measure that a count of them is by itself.
function M.is_crowd(w) return crowd[w] end

-- words that are neither a modifier nor a noun for people
local closed = wordset [[the a an of in on at by to from with for after before during and or but was were is are be been has have had that who which
  when while as if than then so not will would could can may might also including into over under against about near between he she it they we i you
  him her them his their its our my where there because since until out up down off said says say told tell find finds identify identifies seek seeks
  search searches arrest arrests charge charges investigate investigates police year years month months week weeks day days hour hours minute minutes
  time times mile miles percent per a.m p.m am pm monday tuesday wednesday thursday friday saturday sunday january february march april may june july
  august september october november december]]
local possessive = wordset "his her their its our my"
local nobody = wordset "nobody none"

local function possessed(w) return possessive[w] or w:find("'s$") or w:find("’s$") end

--- Past ", 31,", "(31)", ", ages 14 and 16,", "aged 31" behind a noun or name.
local function past_age(t, i)
  local j = i
  if t.k[j] == "," and t.k[j + 1] == "n" and #t.w[j + 1] <= 2 and (t.k[j + 2] == "," or j + 2 > t.n or t.k[j + 2] == "." or t.k[j + 2] == ";") then
    return t.k[j + 2] == "," and j + 3 or j + 2
  elseif t.k[j] == "(" and t.k[j + 1] == "n" and t.k[j + 2] == ")" then
    return j + 3
  elseif t.k[j] == "," and t.w[j + 1] == "between" and t.w[j + 2] == "the" and t.w[j + 3] == "ages" then
    j = j + 4                                                    -- ", between the ages of 16 and 18,"
    while j <= t.n and (t.k[j] == "n" or t.k[j] == "-" or t.w[j] == "of" or t.w[j] == "and" or t.w[j] == "to") do j = j + 1 end
    return t.k[j] == "," and j + 1 or j
  elseif t.k[j] == "," and (t.w[j + 1] == "ages" or t.w[j + 1] == "aged" or t.w[j + 1] == "age") then
    j = j + 2
    while j <= t.n and (t.k[j] == "n" or t.w[j] == "and" or t.w[j] == "to" or t.k[j] == ",") do
      if t.k[j] == "," and t.k[j + 1] ~= "n" then return j + 1 end
      j = j + 1
    end
    return j
  elseif t.w[j] == "aged" and t.k[j + 1] == "n" then
    return j + 2
  end
  return i
end
M.past_age = past_age

-- numbers that count no people: "around 4 p.m.", "12 miles", "10 times"
local measured = wordset [[a.m p.m am pm feet foot miles mile yards meters metres kilometers kilometres km inches hours hour minutes minute days day weeks week
  months month years year times time percent blocks block rounds round shots counts count degrees pounds p.m. a.m. o'clock seconds]]

--- Is this word (small letters) one for hours, months, miles and the like?
function M.is_unit(w) return measured[w] or false end

--- Is the number at token i an age? "between the ages of 21 and 58", "aged 14 to 16"
local function of_age(t, i)
  for j = i - 1, math.max(1, i - 5), -1 do
    local w = t.w[j]
    if w == "ages" or w == "aged" or w == "age" then return true end
    if not (t.k[j] == "n" or w == "and" or w == "to" or w == "of" or w == "between" or w == "from" or t.k[j] == "," or t.k[j] == "-") then return false end
  end
  return false
end

--- The head noun after modifiers, from token j: index of the last noun for people, whether plural. "unidentified Kenyan police officers".
local function head(t, j, is_trigger)
  local i, found, many = j, nil, nil
  while i <= t.n and i < j + 7 do
    local w = t.w[i]
    if t.k[i] == "a" then
      if w:find("old") then found, many = i, w:find("olds$") ~= nil
      elseif w:find("year$") and t.w[i + 1] == "old" then
        found, many, i = i + 1, false, i + 1
      end
    elseif t.k[i] == "," then
      if found or i == j or t.k[i + 1] ~= "w" or i > j + 1 then break end
    elseif t.k[i] ~= "w" then
      if not (t.k[i] == "n" and t.w[i + 1] == "year" or t.k[i] == "-") then break end
    elseif plural[w] or w == "others" or (w == "police" and not found and plural[t.w[i + 1]]) then
      found, many = i, true
    elseif singular[w] then
      found, many = i, false
    elseif (w == "victims'" or closed[w] and not (w == "year" or w == "police")) then
      break
    elseif found then
      break
    elseif is_trigger(i) and not (plural[t.w[i + 1]] or singular[t.w[i + 1]]) then
      break
    elseif w:find("'s$") or w:find("’s$") then
      break
    end
    i = i + 1
  end
  return found, many
end

local function partitive(t, j)
  if t.w[j] ~= "of" then return nil end
  local w = t.w[j + 1]
  if (w == "the" or possessive[w or ""] or w == "those") and numbers.plain(t, j + 2) then return nil, true end   -- "one of the three wounded"
  if w == "them" or w == "whom" or w == "those" then return j + 1 end
  if w == "the" or possessive[w or ""] then
    local h = head(t, j + 2, function() return false end)
    return h
  end
  return nil
end

local function group(q, first, last, next_token, more)
  local g = { value = q.value, maximum = q.maximum, greatest = q.greatest, qualifier = q.qualifier, first = first, last = last, next = next_token }
  for key, value in pairs(more) do g[key] = value end
  return g
end

--- Past a name that stands right behind a noun for its bearer: "officer Ann Lee", "25-year-old Ann Lee".
local function past_name(t, h)
  local j = h
  while t.k[j + 1] == "w" and t.c[j + 1] and not closed[t.w[j + 1]] and j < h + 4 do j = j + 1 end
  return j
end

--- The last token of the name that begins at token i: a mention of a person, or two and more words with capitals that are no other mention.
local function name_at(t, i)
  local byte = t.persons and t.persons[t.f[i]]
  if byte then
    local j = i
    while j < t.n and t.l[j] < byte do j = j + 1 end
    return j
  end
  if t.others and t.others[t.f[i]] then return nil end
  local j = i
  while j <= t.n and t.k[j] == "w" and t.c[j] and j < i + 5 and not closed[t.w[j]] and not singular[t.w[j]] and not plural[t.w[j]] do j = j + 1 end
  if j - i < 2 then return nil end
  if t.w[j] == "jr" or t.w[j] == "sr" then j = j + 1 end
  return j - 1
end

local starters = wordset "a an the another no he she him her his its their our my nobody none all these those between from"

--- Can a group begin at token i? (A cheap look before the work.)
function M.may_begin(t, i)
  local k, w = t.k[i], t.w[i]
  return k == "n" or k == "a" or k == "w" and (t.c[i] or starters[w] or numbers.may_begin(w) or w:byte(-1) == 115 and possessed(w))
end

--- "no one", "nobody", "no other passengers"
local function none_at(t, i, is_trigger)
  local w, n = t.w[i], t.w[i + 1]
  if nobody[w] then return group({ value = 0 }, i, i, i + 1, { people = true }) end
  if w ~= "no" then return nil end
  if n == "one" or plural[n] or singular[n] then return group({ value = 0 }, i, i + 1, i + 2, { people = true }) end
  local h, many = head(t, i + 1, is_trigger)
  if h and (many or singular[t.w[h]]) then return group({ value = 0 }, i, h, h + 1, { people = true }) end
  return nil
end

--- Is this number no count of people: an hour, a distance, an age?
local function counts_nothing(t, i, q)
  local j = q.next
  if of_age(t, q.at) or t.w[j] == "more" and measured[t.w[j + 1]] then return true end
  if t.k[q.at] ~= "n" then return false end
  if t.k[j] == ":" and t.k[j + 1] == "n" or measured[t.w[j]] then return true end
  return t.k[i] == "n" and t.k[i - 1] == "," and t.k[j] == "," and q.value < 110 and j == i + 1     -- ", 21,": an age
end

-- Peoples and believers, by their capital and their ending: "12 Palestinians", "30 Chinese"
local function is_people(t, j)
  local w = t.w[j]
  if not (t.k[j] == "w" and t.c[j] and #w > 3) or closed[w] or t.c[j + 1] and t.k[j + 1] == "w" then return false end
  return w:find("[^s']s$") ~= nil or w:find("ese$") ~= nil
end

--- A group that begins with a number: "two male teenagers", "three of them", "12 others", a bare "590".
local function counted_at(t, i, q, is_trigger)
  local w, j = t.w[i], q.next
  if (t.w[j] == "year" or t.w[j] == "month") and t.w[j + 1] == "old" then                          -- "2 year old girl"
    local h = head(t, j + 2, is_trigger) or j + 1
    return group({ value = 1 }, i, h, past_age(t, h + 1), { people = true })
  end
  if counts_nothing(t, i, q) then return nil end
  if t.k[j] == "w" and t.c[j] and numbers.may_begin(t.w[j]) then return group(q, i, j - 1, j, { bare = true }) end  -- "Image 4 of 5 Two children"
  local h, many = head(t, j, is_trigger)
  if h and (many or q.value == 1 or t.k[h] == "a") then
    local other = t.w[j] == "other" or t.w[j] == "others" or t.w[h] == "others"
    return group(q, i, h, past_age(t, h + 1), { people = true, crowd = crowd[t.w[h]], weak = w == "both", other = other, part = partitive(t, h + 1) })
  end
  if q.value > 1 and is_people(t, j) then return group(q, i, j, j + 1, { people = true, part = partitive(t, j + 1) }) end
  local part, inner = partitive(t, j)
  if inner then return nil end
  if part then return group(q, i, part, part + 1, { people = true, part = true }) end
  if t.w[j] == "more" or t.w[j] == "others" then return group(q, i, j, j + 1, { people = true, other = true }) end
  if numbers.is_year(t, q.at) or q.value ~= math.floor(q.value) then return nil end
  return group(q, i, j - 1, j, { bare = true, weak = w == "both" })
end

local companies = wordset "crew family group team party household squad patrol"

-- "its crew of five", "a family of four", "the group of nine miners": those whom the number counts
local function company_at(t, i, is_trigger)
  local j = i + 1
  if t.k[j] == "w" and not companies[t.w[j]] then j = j + 1 end    -- "a young family of four"
  local q = companies[t.w[j]] and t.w[j + 1] == "of" and numbers.quantity(t, j + 2)
  if not q or q.value < 2 then return nil end
  local h, many = head(t, q.next, is_trigger)
  if not (h and many) then h = q.next - 1 end
  return group(q, i, h, past_age(t, h + 1), { people = true })
end

local several = { couple = 2, couples = 2, duo = 2, trio = 3 }     -- nouns for more than one person

--- One person, from token i, whose noun is sought from token `from` on.
local function one_at(t, i, from, is_trigger, headline, more)
  local h, many = head(t, from, is_trigger)
  if not h or many then return nil end
  local value = several[t.w[h]] or 1
  if not headline then h = past_name(t, h) end
  return group({ value = value }, i, h, past_age(t, h + 1), more)
end

--- "her two children", "the driver", "his wife"
local function definite_at(t, i, is_trigger)
  local own = possessed(t.w[i]) and numbers.quantity(t, i + 1)
  if own then
    local h, many = head(t, own.next, is_trigger)
    if h and many then return group(own, i, h, past_age(t, h + 1), { people = true }) end
  end
  return one_at(t, i, i + 1, is_trigger, false, { people = true, weak = t.w[i] == "the", definite = true })
end

--- The group at token i, or nil. `headline`: nouns may stand without an article ("Woman shot", "Boy, 7, hurt").
function M.at(t, i, is_trigger, headline)
  local k, w = t.k[i], t.w[i]
  local none = k == "w" and none_at(t, i, is_trigger)
  if none then return none end
  local q = (k == "n" or k == "w") and numbers.quantity(t, i)
  if q then return counted_at(t, i, q, is_trigger) end
  if k == "a" and (w:find("old") or w:find("year$") and t.w[i + 1] == "old") then
    return one_at(t, i, i, is_trigger, headline, { people = true, weak = t.w[i - 1] == "the" })
  end
  if k ~= "w" then return nil end
  local company = (w == "a" or w == "an" or w == "the" or possessed(w)) and company_at(t, i, is_trigger)
  if company then return company end
  if w == "a" or w == "an" or w == "another" then
    local one = one_at(t, i, i + 1, is_trigger, headline, { people = true, other = w == "another" })
    local alone = w == "another" and (t.w[i + 1] == "in" or t.w[i + 1] == "was" or is_trigger(i + 1))   -- "another in critical condition"
    return one or alone and group({ value = 1 }, i, i, i + 1, { people = true, other = true }) or nil
  end
  if w == "the" or possessed(w) then
    local one = definite_at(t, i, is_trigger)
    if one or w ~= "her" then return one end
  end
  local object = w == "him" or w == "her" and (t.k[i + 1] ~= "w" or closed[t.w[i + 1]])
  if w == "he" or w == "she" or object then
    return group({ value = 1 }, i, i, i + 1, { people = true, weak = true, pronoun = true, object = object or nil })
  end
  if is_trigger(i) then return nil end
  if headline and not closed[w] then
    local h, many = head(t, i, is_trigger)
    if h and not many and h <= i + 4 then return group({ value = 1 }, i, h, past_age(t, h + 1), { people = true }) end
  end
  local last = t.c[i] and name_at(t, i)
  return last and group({ value = 1 }, i, last, past_age(t, last + 1), { people = true, weak = true, named = true }) or nil
end

return M
