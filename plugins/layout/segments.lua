-- Which run of paragraphs is the article? Each paragraph has a score (above zero: reads like the text of an article), and the
-- cheapest way is sought through four states: before the article, in it, in a gap of it (a box of links, an
-- advertisement), and after it. After Pasternack and Roth (2009), "Extracting article text from the web with maximum
-- subsequence segmentation", with gaps and with lines that close the article.

local segments = {}

local BEFORE, IN, GAP, AFTER = 1, 2, 3, 4
local ENTER_GAP, LEAVE_GAP, GAP_LINE, CLOSED = 1.6, 1.6, 0.12, 7.0
local NEVER = -1e9

local function better(best, from, value, state)
  if value > best then return value, state end
  return best, from
end

--- @param scores list of numbers   @param closes list of numbers 0..1: how surely the article has ended before this paragraph
-- @return list of booleans: in the article or not
function segments.find(scores, closes)
  local n = #scores
  local previous = { 0, NEVER, NEVER, NEVER }
  local back = {}
  for i = 1, n do
    local s, toll = scores[i], CLOSED * (closes[i] or 0)
    local now, from = { NEVER, NEVER, NEVER, NEVER }, {}
    now[BEFORE], from[BEFORE] = previous[BEFORE] - toll, BEFORE
    local value, state = better(NEVER, IN, previous[BEFORE] + s - toll, BEFORE)
    value, state = better(value, state, previous[IN] + s - toll, IN)
    value, state = better(value, state, previous[GAP] + s - LEAVE_GAP - toll, GAP)
    now[IN], from[IN] = value, state
    value, state = better(NEVER, GAP, previous[IN] - ENTER_GAP - GAP_LINE - toll, IN)
    value, state = better(value, state, previous[GAP] - GAP_LINE - toll, GAP)
    now[GAP], from[GAP] = value, state
    value, state = better(NEVER, AFTER, previous[AFTER], AFTER)
    value, state = better(value, state, previous[IN], IN)
    now[AFTER], from[AFTER] = value, state
    previous, back[i] = now, from
  end
  local state = BEFORE
  if previous[IN] >= previous[state] then state = IN end
  if previous[AFTER] > previous[state] then state = AFTER end
  local inside = {}
  for i = n, 1, -1 do
    inside[i] = state == IN
    state = back[i][state]
  end
  return inside
end

return segments
