-- "There is no option --jbos. Did you mean --jobs?" The name in a list that a mistyped one most likely stands for.

local nearest = {}

-- A slip in one letter of three, or a name that was cut short, is still a slip; more than that is another word.
local function distance(name, candidate)
  local lower, other = name:lower(), candidate:lower()
  if #lower >= 2 and other:sub(1, #lower) == lower then return 0.5 end
  local far = require("annalist.similarity").damerau(lower, other)
  return lower:sub(1, 1) == other:sub(1, 1) and far or far + 0.25 -- the first letter is seldom the slip
end

--- The candidate nearest to `name`, or nil if none is near. Of two equally near ones the first in the list.
function nearest.find(name, candidates)
  local best, least = nil, math.max(1, #name // 3) + 0.3
  for _, candidate in ipairs(candidates) do
    local far = distance(name, candidate)
    if far < least then best, least = candidate, far end
  end
  return best
end

--- `Did you mean X?` with a leading space, or "" if nothing is near. `format` shows the name ("--%s").
function nearest.hint(name, candidates, format)
  local found = nearest.find(name, candidates)
  return found and " Did you mean " .. string.format(format or "%s", found) .. "?" or ""
end

return nearest
