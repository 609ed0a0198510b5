-- The evidence for and against two full names being one person, as points (log-odds) with words.

local article = require "names.article"
local chance = require "lib.names.chance"
local namesakes = require "names.namesakes"

local evidence = {}

local logit = chance.logit
local AGES = 12 -- years between two ages that no two articles on one person's doings give

local function clash(a, b)
  return a and b and a ~= b
end

local function shared_office(a, b)
  local singular, others
  for _, office in ipairs(a.singular_list) do
    singular = singular or b.singular[office] and office
  end
  for _, office in ipairs(a.office_list) do
    others = others or b.offices[office] and office
  end
  return singular, others
end

-- Is any number in both lists? Both go upwards; the longer is searched by halves, for a president stands in half of all articles.
local function in_common(list_a, list_b)
  local short, long = list_a, list_b
  if #short > #long then
    short, long = long, short
  end
  local from, last = 1, #long
  for i = 1, #short do
    local x, upper = short[i], last
    while from < upper do
      local middle = (from + upper) // 2
      if long[middle] < x then
        from = middle + 1
      else
        upper = middle
      end
    end
    if long[from] == x then
      return true
    end
  end
  return false
end

-- "the president's son" and "the president"
local function kin_of_office(a, b)
  for _, office in ipairs(b.singular_list) do
    if a.kin_offices[office] and not a.singular[office] then
      return office
    end
  end
end

-- Is all of one name in the other but for the other's family name? "Karim Anwar", "Karim Anwar Bari"
local function without_family(short, long)
  if #short.words >= #long.words or #short.initials > 0 then
    return false
  end
  local has = {}
  for _, word in ipairs(long.words) do
    has[word] = true
  end
  for _, word in ipairs(short.words) do
    if not has[word] then
      return false
    end
    has[word] = nil
  end
  return has[long.family] == true
end

-- What it costs that the sources call them by other nouns: "Sepoy Karim Anwar" is not Secretary Karim Anwar Bari.
local function role_evidence(a, b, differ, words)
  local bare = (a.ranked or false) ~= (b.ranked or false) and (without_family(a.form, b.form) or without_family(b.form, a.form))
  if not (bare or differ) or not article.other_roles(a, b) then
    return 0
  end
  words[#words + 1] = bare and "other roles, and one without a family name" or "other roles"
  return bare and 4 or 1
end

local AT = chance.AT
local CONFLICT, SEX, GIVEN, PATRONYMIC, INITIAL = AT.conflict, AT.sex, AT.given_differs, AT.patronymic_differs, AT.initial_differs

local first_features, other_features = {}, {} -- filled anew for each pair

-- What two names have in common: score, cost of the family names, of the others, features, whether any of the others met, and whether the family names
-- are known from other people to be spellings of one: then they are compared with one in both names.
local function compare(world, a, b)
  local score, family, given, met_given = world.matcher:measure(a, b, first_features)
  if family > 0.12 and a.family ~= b.family and world.families:alike(a.family, b.family) then
    local words = {}
    for i, word in ipairs(a.all) do
      words[i] = word == a.family and b.family or word
    end
    local as_one = { name = table.concat(words, " "), family = b.family }
    local better = world.matcher:measure(as_one, b, other_features)
    if better > score then
      return better, 0.08, given, other_features, met_given, true
    end
  end
  return score, family, given, first_features, met_given, false
end

-- A chance spelling of a family name weighs no more than this when the given names agree: machine translation garbles without limit.
local GARBLED = -5

local function spelling_points(score, family, given, features, met_given)
  local points = logit(score) - chance.strangeness(features, family, given, met_given)
  if given < 0.12 and family < 0.5 and features[CONFLICT] == 0 then
    return math.max(points, GARBLED)
  end
  return points
end

local function office_evidence(a, b, given, rare, words)
  local singular, office = shared_office(a, b)
  if singular then
    words[#words + 1] = "both " .. singular
    return given < 0.06 and rare and 3 or 2
  elseif office then
    words[#words + 1] = "both " .. office
    return 0.8
  end
  return 0
end

local MOST_COMPANY, RARE = 2.5, 1.2 -- points that company, and a rare given name, bring at most
evidence.DOUBTFUL = -3.5             -- points from which on a pair is worth an analyst's look

local function company_evidence(world, a, b, words)
  local overlap, shared = world.context:overlap(a.articles, b.articles, a.key, b.key)
  if shared == 0 then
    return 0
  end
  words[#words + 1] = ("%d in common in company"):format(shared)
  return math.min(MOST_COMPANY - 0.5, 4 * overlap) + (shared >= 3 and 0.5 or 0)
end

--- How likely are nodes a and b one person? Returns points (more than 0: rather one), words, and whether anything speaks hard against it.
--- `world` has matcher, context, families, decisions, given_bearers(form).
function evidence.weigh(world, a, b)
  local form_a, form_b = a.form, b.form
  if world.decisions:forbids(form_a.key, form_b.key) then
    return -99, "kept apart by decision", true
  end
  if form_a.namesake ~= form_b.namesake then
    return -20, "a namesake, as an article says", true
  end
  if world:are_apart(form_a, form_b) then
    return -20, "two people in one article", true
  end
  local score, family, given, features, met_given, learnt = compare(world, form_a, form_b)
  if namesakes.other_ages(a, b, AGES) then
    return -20, "other age", true
  end
  if clash(a.sex, b.sex) or features[SEX] > 0 then
    return -20, "other sex", true
  end
  local points = spelling_points(score, family, given, features, met_given)
  local other_given = features[GIVEN] > 0 or features[PATRONYMIC] > 0 or given > 0.3 and features[CONFLICT] > 0
  if other_given and points < 0 then
    return math.min(points, -5), "other given name", true
  end
  if features[INITIAL] > 0 and #form_a.initials > 0 and #form_b.initials > 0 then
    return math.min(points, -3), "other middle initial", true
  end
  local words = { ("spelling %.2f"):format(score) }
  if learnt then
    words[1] = words[1] .. " with a family name that others here bear in both spellings"
  end
  local before = points
  local rare = given < 0.12 and world.given_bearers(form_a) <= 4
  points = points + office_evidence(a, b, given, rare, words)
  local relative_of = kin_of_office(a, b) or kin_of_office(b, a)
  if relative_of then
    points = points - 5
    words[#words + 1] = "one is a relative of the " .. relative_of
  end
  points = points - role_evidence(a, b, family > 0.08 or given > 0.08, words)
  if points + MOST_COMPANY + RARE < evidence.DOUBTFUL then -- whatever follows makes it no doubt even: most pairs end here
    return points, "unlike", false
  end
  if in_common(a.articles, b.articles) then -- two names side by side, and so of course in the same company
    points = points - 3
    words[#words + 1] = "both in one article"
  else
    points = points + company_evidence(world, a, b, words)
  end
  if rare and family < 0.5 and family > 0.1 and points > before then -- among few people every name is rare: something else must speak for it
    points = points + RARE
    words[#words + 1] = "rare given name"
  end
  -- company and office alone make nobody one person: the spelling must at least be possible
  if logit(score) < -1 and (given > 0.15 or family > 0.5) then
    points = math.min(points, -0.5)
  end
  return points, table.concat(words, ", "), false
end

return evidence
