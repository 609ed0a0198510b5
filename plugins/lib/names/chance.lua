-- How likely two names among many are one person's. The score of a pair takes one bearer for as likely as two; among all names of a corpus, or
-- of a list, two are far likelier, so every difference of spelling has to be made good by something else.

local alignment = require "annalist.alignment"

local chance = {}

function chance.logit(p)
  p = math.min(0.9995, math.max(0.0005, p))
  return math.log(p / (1 - p))
end

function chance.logistic(points)
  return 1 / (1 + math.exp(-points))
end

-- The place of each feature in the list that matcher:measure fills
local AT = {}
for i, name in ipairs(alignment.features) do
  AT[name] = i
end
chance.AT = AT

local CONFLICT, EXTRA, INITIAL, SHORT, UNMET, WORST = AT.conflict, AT.extra, AT.initial, AT.short, AT.family_unmet, AT.worst

--- Points (log-odds) that the differences of two names cost among many names; takes what matcher:measure gives.
function chance.strangeness(features, family, given, met_given)
  given = met_given and given or 0
  if family == 1 then -- the family names met other words: another order, or a name that one source leaves out
    family = features[WORST]
  end
  local points = math.min(2.5, 10 * math.max(0, family - 0.08) + 10 * math.max(0, given - 0.08))
  points = points + math.min(2, 15 * math.max(0, features[SHORT] - 0.04)) -- of short words every other is alike
  if features[INITIAL] > 0 and not met_given then -- "J. Bell" may be any of the Bells
    points = points + 2.5
  end
  if features[CONFLICT] > 0 then
    points = points + 2
  end
  if features[UNMET] > 0 and features[WORST] > 0.05 then
    points = points + 2
  end
  if features[INITIAL] > 0 and features[EXTRA] >= 0.5 then -- "Maria Bell" is not "David M. Bell"
    points = points + 2
  end
  return points + 0.5 * features[INITIAL]
end

return chance
