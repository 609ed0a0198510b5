-- Spelling shifts learnt from the corpus itself. If two names are surely one person for other reasons, the steps that lead from one word to the other
-- happen in these sources: a step that several different pairs of words took becomes cheaper for all others, and the reason of a link that it
-- helped says so.

local matcher = require "lib.names.matcher"

local shifts = {}

local SURE = 1.5         -- points from which on a pair teaches
local PAIRS = 2          -- different pairs of words that must have taken a step of a known price
local STRANGE_PAIRS = 3  -- … and a step that no spelling is known for
local KNOWN = 0.6        -- price up to which a step is a known spelling
local CHEAPER = 0.4

-- The name of a step, whichever way it is taken
local function name_of(step)
  local from, to = step[1], step[2]
  if from > to then
    from, to = to, from
  end
  return from .. "\t" .. to, from, to
end

local function teach_words(world, x, y, lessons)
  local cost = world.forms:cost(x, y)
  if cost < 0.01 or cost > 0.35 then
    return
  end
  local _, steps = world.matcher.kernel:trace(x, y)
  for _, step in ipairs(steps) do
    local key, from, to = name_of(step)
    if from ~= to and step[3] >= 0.05 and step[3] <= 1 then
      local lesson = lessons.by_key[key]
      if not lesson then
        lesson = { key = key, from = from, to = to, price = step[3], words = {}, count = 0 }
        lessons.by_key[key] = lesson
        lessons.order[#lessons.order + 1] = lesson
      end
      local words = x < y and x .. " " .. y or y .. " " .. x
      if not lesson.words[words] then
        lesson.words[words] = true
        lesson.count = lesson.count + 1
      end
    end
  end
end

-- The words of two names that met one another
local function each_meeting(world, pair, visit)
  local a, b = pair.a.form, pair.b.form
  for _, link in ipairs(world.matcher:compare(a.name, b.name).links) do
    local x, y = a.all[link.a], b.all[link.b]
    if link.kind == "spelling" and link.a_count == 1 and link.b_count == 1 and x and y and x ~= y then
      visit(x, y)
    end
  end
end

--- A matcher with the shifts that the pairs (weighed, with points) teach; nil when there is nothing to learn. `world.learnt` keeps the lessons.
function shifts.learn(world, list)
  local lessons, extra = { by_key = {}, order = {} }, {}
  for _, pair in ipairs(list) do
    if pair.points >= SURE and not pair.hard then
      each_meeting(world, pair, function(x, y)
        teach_words(world, x, y, lessons)
      end)
    end
  end
  table.sort(lessons.order, function(a, b) return a.key < b.key end)
  world.learnt = {}
  for _, lesson in ipairs(lessons.order) do
    if lesson.count >= (lesson.price <= KNOWN and PAIRS or STRANGE_PAIRS) then
      extra[#extra + 1] = { lesson.from, lesson.to, math.max(3, math.floor(lesson.price * 100 * CHEAPER)) }
      world.learnt[lesson.key] = lesson
    end
  end
  return #extra > 0 and matcher.new(extra, world.knowledge) or nil
end

-- "^" and "$" are the ends of a word, and for a reader no letters
local function readable(piece)
  piece = piece:gsub("[%^$]", "")
  return piece == "" and "nothing" or piece
end

--- Which learnt shifts lie between the names of a pair, in words: ", with j~zh as in 3 other names here"; "" when none does.
function shifts.words(world, pair)
  local parts, seen = {}, {}
  if not world.learnt or not next(world.learnt) then
    return ""
  end
  each_meeting(world, pair, function(x, y)
    local _, steps = world.matcher.kernel:trace(x, y)
    for _, step in ipairs(steps) do
      local lesson = world.learnt[(name_of(step))]
      local own = lesson and lesson.words[x < y and x .. " " .. y or y .. " " .. x] and 1 or 0
      if lesson and lesson.count - own > 0 and not seen[lesson] then
        seen[lesson] = true
        parts[#parts + 1] = ("%s~%s as in %d other pair%s of names here"):format(readable(lesson.from), readable(lesson.to), lesson.count - own,
          lesson.count - own == 1 and "" or "s")
      end
    end
  end)
  return parts[1] and ", with " .. table.concat(parts, ", ") or ""
end

return shifts
