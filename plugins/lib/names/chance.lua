-- How likely two names among many are one person's. The score of a pair takes one bearer for as likely as two; among all names of a corpus, or
-- of a list, two are far likelier, so every difference of spelling has to be made good by something else.

local chance = {}

function chance.logit(p)
  p = math.min(0.9995, math.max(0.0005, p))
  return math.log(p / (1 - p))
end

function chance.logistic(points)
  return 1 / (1 + math.exp(-points))
end

--- The cost between the family names, the worst cost among the other linked words (1 when none is linked), and whether any was. `a` and `b`
--- are forms (lib.names.forms).
function chance.word_costs(comparison, a, b)
  local family, given, met_given = 1, 0, false
  for _, link in ipairs(comparison.links) do
    local x, y = a.all[link.a], b.all[link.b]
    if x == a.family and y == b.family then
      family = link.cost
    elseif link.kind ~= "initial" then
      given, met_given = math.max(given, link.cost), true
    end
  end
  return family, met_given and given or 1, met_given
end

--- Points (log-odds) that the differences of two names cost among many names. `met_given`: a word besides the family name was met.
function chance.strangeness(comparison, family, given, met_given)
  local features = comparison.features
  given = met_given and given or 0
  if family == 1 then -- the family names met other words: another order, or a name that one source leaves out
    family = features.worst
  end
  local points = math.min(2.5, 10 * math.max(0, family - 0.08) + 10 * math.max(0, given - 0.08))
  points = points + math.min(2, 15 * math.max(0, features.short - 0.04)) -- of short words every other is alike
  if features.initial > 0 and not met_given then -- "J. Bell" may be any of the Bells
    points = points + 2.5
  end
  if features.conflict > 0 then
    points = points + 2
  end
  if features.family_unmet > 0 and features.worst > 0.05 then
    points = points + 2
  end
  if features.initial > 0 and features.extra >= 0.5 then -- "Maria Bell" is not "David M. Bell"
    points = points + 2
  end
  return points + 0.5 * features.initial
end

return chance
