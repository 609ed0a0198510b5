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
  local before, within, gap, after = 0, NEVER, NEVER, NEVER      -- the best value of a way that ends in each state
  local to_within, to_gap, to_after = {}, {}, {}                 -- the state from which it came to each paragraph
  for i = 1, n do
    local s, toll = scores[i], CLOSED * (closes[i] or 0)
    local value, state = better(NEVER, IN, before + s - toll, BEFORE)
    value, state = better(value, state, within + s - toll, IN)
    local now_within
    now_within, to_within[i] = better(value, state, gap + s - LEAVE_GAP - toll, GAP)
    value, state = better(NEVER, GAP, within - ENTER_GAP - GAP_LINE - toll, IN)
    local now_gap
    now_gap, to_gap[i] = better(value, state, gap - GAP_LINE - toll, GAP)
    value, state = better(NEVER, AFTER, after, AFTER)
    after, to_after[i] = better(value, state, within, IN)
    before, within, gap = before - toll, now_within, now_gap
  end
  local back = { [IN] = to_within, [GAP] = to_gap, [AFTER] = to_after }
  local state, best = BEFORE, before
  if within >= best then state, best = IN, within end
  if after > best then state = AFTER end
  local inside = {}
  for i = n, 1, -1 do
    inside[i] = state == IN
    if state ~= BEFORE then state = back[state][i] end
  end
  return inside
end

return segments
