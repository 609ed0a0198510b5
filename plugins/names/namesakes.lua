-- Two people of one name, or of names that are nearly one: what an article says that tells them apart. "His father, also Omar Hadi", "a woman with a
-- similar name", other ages, "Sheikh Karim Bari of the Relief Trust. Karim Bari, the schoolteacher, …", "the younger Hadi".

local knowledge = require "lib.names.knowledge"
local wordset = require "lib.wordset"

local namesakes = {}

local KIN, CHILD, PARENT

local function load_words()
  KIN = {}
  for _, row in ipairs(knowledge.rows "kinship.tsv") do
    KIN[row[1]] = true
  end
  CHILD = wordset "son daughter grandson granddaughter nephew niece stepson stepdaughter son-in-law daughter-in-law"
  PARENT = wordset "father mother grandfather grandmother uncle aunt father-in-law mother-in-law"
end

local OWNER = wordset "his her their whose s"

--- What the words before a name say: "also" for "his father, also Omar Hadi"; which generation he is of ("younger", "elder") by kinship
--- ("his son, the lawmaker Omar Hadi") or in so many words ("the younger Hadi"); and whether it is in so many words.
function namesakes.before(text, first)
  if not KIN then
    load_words()
  end
  local head = text:sub(math.max(1, first - 60), first - 1):match("[^\n.;:!?\"]*$")
  local said = head:match("%f[%a][Tt]he (%l+) $")
  if said == "younger" or said == "elder" or said == "older" then
    return false, said == "younger" and "younger" or "elder", true
  end
  local also = head:match("(%l[%l-]*), also $") or head:match("(%l[%l-]*), also named $") or head:match("(%l[%l-]*), also called $")
  if also and KIN[also] then
    return true, CHILD[also] and "younger" or PARENT[also] and "elder" or nil, false
  end
  local owner, word, rest = head:match("%f[%a](%l+) ([%l-]+)(,? ?[%l ]*)$") -- "his son", "the builder's son, lawmaker"
  if not (KIN[word] and rest) then
    owner, word, rest = head:match("(%a+) ([%l-]+)(, [%a ]*)$")
  end
  if word and KIN[word] and #rest < 30 and OWNER[owner:lower()] then
    return false, CHILD[word] and "younger" or PARENT[word] and "elder" or nil, false
  end
  return false, nil, false
end

--- Of which generation the role of a relative is: "son of the builder", "elder brother of the minister".
function namesakes.generation(role)
  if not KIN then
    load_words()
  end
  local kin = role.kin
  if not kin then
    return nil
  elseif CHILD[kin.word] then
    return "younger"
  elseif PARENT[kin.word] then
    return "elder"
  end
  return role.words.younger and "younger" or (role.words.elder or role.words.older) and "elder" or nil
end

local OLDER = 3 -- years by which two ages of one person may differ within an article

--- Are both chains' ages told, and they can't be one person's?
function namesakes.other_ages(a, b, by)
  return a.years and b.years and math.abs(a.years - b.years) > (by or OLDER) or false
end

local function same_words(a, b)
  for word in pairs(a.words) do
    if #word > 3 and b.words[word] then
      return true
    end
  end
  return false
end

-- Do the roles of one mention say nothing of the other's?
local function other_roles(x, y)
  for _, a in ipairs(x.roles) do
    for _, b in ipairs(y.roles) do
      if a.head == b.head or a.kin or b.kin or same_words(a, b) then
        return false
      end
    end
  end
  return true
end

--- Is a person introduced whose like has just been introduced by another role? "Sheikh Karim Bari of the Relief Trust. Karim Bari, the schoolteacher,".
function namesakes.introduced_twice(a, b)
  for _, x in ipairs(a.mentions) do
    for _, y in ipairs(x.roles and x.form.full and b.mentions or {}) do
      if y.roles and y.form.full and x.sentence ~= 0 and math.abs(x.sentence - y.sentence) == 1 and other_roles(x, y) then
        return true
      end
    end
  end
  return false
end

--- Does an article tell the people of two chains apart by their ages or by how it introduces them?
function namesakes.are_told_apart(a, b)
  return namesakes.other_ages(a, b) or namesakes.introduced_twice(a, b)
end

--- Points for a bare name's meaning one of whom it is said that he is "the younger" or "the elder" of the name. `bearer`: a chain or a cluster.
function namesakes.generation_points(mention, bearer)
  if not mention.told_generation then
    return 0
  elseif bearer.generation then
    return bearer.generation == mention.generation and 3 or -5
  end
  return mention.generation == "younger" and -4 or 0
end

-- Does some name of the article so far hold all words of this one?
local function stands_before(persons, mention, contains)
  for _, other in ipairs(persons) do
    if other == mention then
      return false
    elseif other.form.full and contains(other.form, mention.form) then
      return true
    end
  end
  return false
end

--- Gives whoever an article tells apart from a bearer of the very name ("his father, also Omar Hadi") a name of his own. `contains(a, b)`: are all words
--- of form b in form a?
function namesakes.part(forms, articles, contains)
  for _, record in ipairs(articles) do
    for _, mention in ipairs(record.persons) do
      if mention.distinct and mention.form.full and stands_before(record.persons, mention, contains) then
        mention.form = forms:namesake(mention.form, record.id)
      end
    end
  end
end

return namesakes
