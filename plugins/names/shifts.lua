-- Spelling shifts learnt from the corpus itself. If two names are surely one person for other reasons, the steps that lead from one family
-- name to the other happen in these sources; a step that two different pairs of names took becomes cheaper for all.

local matcher = require "lib.names.matcher"

local shifts = {}

local SURE = 1.5   -- points from which on a pair teaches
local PAIRS = 2    -- different pairs of words that must have taken a step
local CHEAPER = 0.4

local function teach(world, pair, seen, order)
  local x, y = pair.a.form.family, pair.b.form.family
  local cost = world.forms:cost(x, y)
  if cost < 0.03 or cost > 0.35 then
    return
  end
  local _, steps = world.matcher.kernel:trace(x, y)
  for _, step in ipairs(steps) do
    local from, to, price = step[1], step[2], step[3]
    if from > to then
      from, to = to, from
    end
    if from ~= to and price >= 0.08 and price <= 0.6 then
      local key = from .. "\t" .. to
      if not seen[key] then
        seen[key] = { from = from, to = to, price = price, words = {}, count = 0 }
        order[#order + 1] = key
      end
      local words = x < y and x .. " " .. y or y .. " " .. x
      if not seen[key].words[words] then
        seen[key].words[words] = true
        seen[key].count = seen[key].count + 1
      end
    end
  end
end

--- A matcher with the shifts that the pairs (weighed, with points) teach; nil when there is nothing to learn.
function shifts.learn(world, list)
  local seen, order, extra = {}, {}, {}
  for _, pair in ipairs(list) do
    if pair.points >= SURE and not pair.hard then
      teach(world, pair, seen, order)
    end
  end
  table.sort(order)
  for _, key in ipairs(order) do
    local step = seen[key]
    if step.count >= PAIRS then
      extra[#extra + 1] = { step.from, step.to, math.max(3, math.floor(step.price * 100 * CHEAPER)) }
    end
  end
  world.learnt = extra
  return #extra > 0 and matcher.new(extra, world.knowledge) or nil
end

return shifts
