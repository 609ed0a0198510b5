-- The evidence for and against two full names being one person, as points (log-odds) with words.

local evidence = {}

local function logit(p)
  p = math.min(0.9995, math.max(0.0005, p))
  return math.log(p / (1 - p))
end

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

-- The worst cost among linked words besides the family name, and the family name's cost; 1 where a word is not met at all.
local function word_costs(comparison, a, b)
  local family, given, met_given = 1, 0, false
  for _, link in ipairs(comparison.links) do
    local x, y = a.all[link.a], b.all[link.b]
    if x == a.family and y == b.family then
      family = link.cost
    elseif link.kind ~= "initial" then
      given, met_given = math.max(given, link.cost), true
    end
  end
  return family, met_given and given or 1
end

local function in_common(list_a, list_b)
  local seen = {}
  for _, x in ipairs(list_a) do
    seen[x] = true
  end
  for _, x in ipairs(list_b) do
    if seen[x] then
      return true
    end
  end
  return false
end

--- How likely are nodes a and b one person? Returns points (more than 0: rather one), words, and whether anything speaks hard against it.
--- `world` has matcher, context, given_bearers (nodes with that given name), forms.
function evidence.weigh(world, a, b)
  local form_a, form_b = a.form, b.form
  local comparison = world.matcher:compare(form_a.name, form_b.name)
  local features = comparison.features
  local points = logit(comparison.score)
  local words = { ("spelling %.2f"):format(comparison.score) }
  if world.decisions:forbids(form_a.key, form_b.key) then
    return -99, "kept apart by decision", true
  end
  if clash(a.sex, b.sex) or features.sex > 0 then
    return -20, "other sex", true
  end
  local family, given = word_costs(comparison, form_a, form_b)
  local other_given = features.given_differs > 0 or features.patronymic_differs > 0 or given > 0.3 and features.conflict > 0
  if other_given and points < 0 then
    return math.min(points, -5), "other given name", true
  end
  if in_common(a.articles, b.articles) then
    points = points - 3
    words[#words + 1] = "both in one article"
  end
  local singular, office = shared_office(a, b)
  if singular then
    points = points + 2
    words[#words + 1] = "both " .. singular
  elseif office then
    points = points + 0.8
    words[#words + 1] = "both " .. office
  end
  local overlap, shared = world.context:overlap(a.articles, b.articles, { [form_a.key] = true, [form_b.key] = true })
  if shared > 0 then
    points = points + math.min(2, 4 * overlap) + (shared >= 3 and 0.5 or 0)
    words[#words + 1] = ("%d in common in company"):format(shared)
  end
  if given < 0.12 and family < 0.4 and family > 0.1 then
    local bearers = world.given_bearers(form_a)
    if bearers <= 3 then
      points = points + 1.2
      words[#words + 1] = "rare given name"
    end
  end
  -- company and office alone make nobody one person: the spelling must at least be possible
  if logit(comparison.score) < -1 and (given > 0.15 or family > 0.4) then
    points = math.min(points, -0.5)
  end
  return points, table.concat(words, ", "), false
end

return evidence
