-- Single persons of whom an article tells one by one, known again by what is said of them: age, name, sex, child or adult, whose relative.
-- "A boy of 15 was shot … Ivo Kral, 15, died" is one, "his mother was also hit" is another. Knows groups and chunks, no measures and no weighing.

local data = require "annalist.data"
local wordset = require "lib.wordset"
local number_words = require "lib.number_words"

local M = {}

local traits, relatives = {}, {}

function M.load()
  number_words.load()
  traits, relatives = {}, {}
  for _, row in ipairs(data.table("figures/traits.tsv")) do
    traits[row[1]] = { sex = row[2] ~= "-" and row[2] or nil, age = row[3] ~= "-" and row[3] or nil }
  end
  for _, row in ipairs(data.table("names/kinship.tsv")) do relatives[row[1]] = row[2] ~= "" and row[2] or true end
end

local NEW = wordset "another second third fourth fifth sixth other fellow"       -- "a second victim"
local CHILD, ADULT = 14, 20 -- a child is no older than the first, a man or woman no younger than the second but for some years of doubt
local BACK = 500            -- bytes over which "the boy" points back
local NEAR = 200            -- and "he"
local KEPT = 24             -- persons told of last among whom one is sought, so that a long list of the dead costs no more a name

local function put_noun(d, w)
  local trait, kin = traits[w], relatives[w]
  if kin then d.kin = w end
  d.sex = trait and trait.sex or kin and kin ~= true and kin or d.sex
  d.class = trait and trait.age or d.class
end

-- The age that token i tells: "19-year-old", "six-month-old", ", 31,", "(31)", "aged 31", "3 year old"
local function age_at(t, i)
  local k, w, before, after = t.k[i], t.w[i], t.k[i - 1], t.w[i + 1]
  if k == "a" or k == "w" and w:find("%-old$") then
    local number, unit = w:match("^(%w+)[^%w]+(%a+)")
    local years = number and number_words.of(number)
    if not years or not (unit == "year" or unit == "month" or unit == "week" or unit == "day") then return nil end
    return unit == "year" and years or 0
  end
  if k ~= "n" or #w > 2 then return nil end
  if after == "year" or after == "years" then return tonumber(w) end
  if after == "month" or after == "months" then return 0 end
  local set_off = before == "," and (t.k[i + 1] == "," or i == t.n or t.k[i + 1] == ".") or before == "(" and t.k[i + 1] == ")"
  return (set_off or t.w[i - 1] == "aged" or t.w[i - 1] == "age") and tonumber(w) or nil
end

-- The last token of the name of a person that begins at token i, or nil
local function name_end(t, i)
  local byte = t.persons and t.persons[t.f[i]]
  if not byte then return nil end
  local j = i
  while j < t.n and t.l[j] < byte do j = j + 1 end
  return j
end

-- Reads tokens i to last into d. A name with "'s" is that of whose relative somebody is: "Kral's mother".
local function read(d, t, i, last)
  while i <= last do
    local j = name_end(t, i)
    if j and not (t.w[j]:find("['’]s$") or t.w[j + 1] == "'s") then
      for x = i, j do
        if #t.w[x] > 2 then d.names[#d.names + 1] = t.w[x]:gsub("['’]s$", "") end
      end
    elseif not j then
      d.age = d.age or age_at(t, i)
      d.fresh = d.fresh or NEW[t.w[i]] or false
      if t.k[i] == "w" then put_noun(d, t.w[i]) end
    end
    i = (j or i) + 1
  end
end

local function is_bare(t, g) return (t.k[g.first] == "n" or t.w[g.first] == "one") and t.w[g.first + 1] ~= "year" end

--- What is told of the one person that the group at chunk gi is; nil for a mere number ("1 dead"). `also`: the sentence says that he was so too.
function M.describe(t, c, gi, also)
  local g = c[gi].g
  local first = g.first
  local d = { names = {}, at = t.f[first], pronoun = g.pronoun or false, definite = t.w[first] == "the" or t.w[first] == "this", also = also }
  if g.pronoun then
    d.sex = (t.w[first] == "he" or t.w[first] == "him") and "m" or "f"
    return d
  end
  local before = c[gi - 2]
  local named = c[gi - 1] and c[gi - 1].t == "," and before and before.t == "G" and before.g.named and before.g or nil
  if named then read(d, t, named.first, named.last) end          -- "Ann Lee, a 31-year-old nurse, was"
  read(d, t, first, g.next - 1)
  local j = t.k[g.next] == "," and g.next + 1 or g.next          -- "a 31-year-old nurse, Ann Lee,"
  local last = not named and #d.names == 0 and name_end(t, j)
  if last then read(d, t, j, last) end
  if is_bare(t, g) and not d.age and #d.names == 0 then return nil end
  return d
end

local function share_name(a, b)
  for _, x in ipairs(a) do
    for _, y in ipairs(b) do
      if x == y then return true end
    end
  end
  return false
end

-- A child, and a man or woman by word or age
local function is_child_beside(a, b) return a.class == "child" and (b.class == "adult" or b.age ~= nil and b.age >= ADULT) or a.class == "adult" and b.age ~= nil and b.age <= CHILD end

-- Are two descriptions those of one person? true, false, or nil when either may be
local function same(a, b)
  if a.sex and b.sex and a.sex ~= b.sex then return false end
  if a.age and b.age and a.age ~= b.age then return false end
  if is_child_beside(a, b) or is_child_beside(b, a) then return false end
  if #a.names > 0 and #b.names > 0 then
    if not share_name(a.names, b.names) then return false end
    return #a.names == 1 or #b.names == 1 or a.names[1] == b.names[1]
  end
  if a.age and b.age then return true end
  return nil
end

--- Are two persons surely two? By what is told of them, by a sentence that tells of both, or because one is "another" and "also".
function M.apart(a, b)
  return same(a, b) == false or a.beside and a.beside[b] or b.beside and b.beside[a] or (a.fresh or a.also) and a.at - b.at <= BACK or false
end

-- What is said of him now is added to what was known
local function learn(person, d)
  for _, key in ipairs { "age", "sex", "class", "kin" } do person[key] = person[key] or d[key] end
  for _, name in ipairs(d.names) do
    if not share_name(person.names, { name }) then person.names[#person.names + 1] = name end
  end
  person.last, person.sentence = d.at, d.sentence
end

-- Are they told of in one sentence as two? "A man was killed and an officer was hurt"
local function side_by_side(p, d) return p.sentence == d.sentence and not d.pronoun and not d.definite end

-- The person of the list whom a description means, or nil. The second value: it points back ("he", "the boy"), but to whom can't be told.
local function find(list, d)
  local back, least = d.pronoun or d.definite, math.max(1, #list - KEPT)
  if not d.pronoun then
    for i = #list, least, -1 do
      if same(list[i], d) then return list[i] end
    end
  end
  if d.fresh or d.also and not back then return nil end
  local found
  for pass = 1, back and 1 or 2 do                               -- who was hurt is rather one who was hurt before than one who died
    for i = #list, least, -1 do
      local p = list[i]
      local fits = same(p, d) == nil and (not back or d.at - p.last <= (d.pronoun and NEAR or BACK)) and (back or pass == 2 or (p.dead or false) == d.died)
      if fits and not (p.fresh and #d.names > 0) and (not d.kin or p.kin == d.kin) and not side_by_side(p, d) then
        if not back then return p end
        if found then return nil, true end
        found = p
      end
    end
  end
  return found, d.pronoun
end

--- Puts the description among the persons of an article, in the order of its text: the person, or nil where "he" may be anybody.
function M.put(list, d)
  local person, lost = find(list, d)
  for i = math.max(1, #list - KEPT), #list do
    local p = list[i]
    if p.last == d.at then return p end                           -- "another man was shot and killed": one and the same words
    if not person and side_by_side(p, d) then
      d.beside = d.beside or {}
      d.beside[p] = true
    end
  end
  if person then
    learn(person, d)
  elseif not lost then
    person = d
    d.last = d.at
    list[#list + 1] = d
  end
  return person
end

return M
