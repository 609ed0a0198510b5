-- Interviews as they are printed: paragraphs that begin with who speaks ("Dr Fort: We had no light.", "Q: When?"). What stands behind the label is
-- that one's words. A few lines with labels make no interview: two labels must come back.

local M = {}

local LEAST = 4     -- paragraphs with a label
local WORDS = 5     -- words of a label

local asked = { Q = true, A = true, Question = true, Answer = true }

-- The label at the head of a paragraph, and the byte behind its colon: "Dr Fort", "ECHO", "Q"
local function label_of(s, W)
  local label, from = s:match("^[*_\"“]*(%u[^:\n]-)[*_]*:[*_]*%s+()")
  if not label or #label > 48 or label:find("[%d,;!?\"“”]") then return nil end
  local words = 0
  for word in label:gmatch("%S+") do
    local folded = word:lower()
    words = words + 1
    if words > WORDS or W.label[folded] or W.time[folded] or not (word:find("^[%u\128-\255]") or #word <= 3) then return nil end
  end
  return label, from
end

-- Behind "(laughs) ", before closing white space, within marks that hold all of it
local function bounds(text, first, last)
  local aside = text:sub(first, last):match("^%b()%s*()")
  if aside then first = first + aside - 1 end
  local inner = text:sub(first, last)
  for open, close in pairs { ['"'] = '"', ["“"] = "”" } do          -- one of them at most fits
    if #inner > #open + #close and inner:sub(1, #open) == open and inner:sub(-#close) == close and not inner:sub(#open + 1, -#close - 1):find('["“”]') then
      return first + #open, last - #close
    end
  end
  return first, last
end

--- Reads who speaks in which paragraph.
-- @param paragraphs list of { first, last }
-- @param W small words of data/quotations/
-- @return map of paragraph number -> { first, last (what is said), label_first, label_last, label }, or nil where it is no interview
function M.read(text, paragraphs, W)
  local found, count, labels, total, from, to = {}, {}, 0, 0, nil, nil
  for n, p in ipairs(paragraphs) do
    local s = text:sub(p.first, p.last)
    local label, start = label_of(s, W)
    if label and start <= #s then
      local at = s:find(label, 1, true)
      found[n] = { label = label, label_first = p.first + at - 1, label_last = p.first + at + #label - 2 }
      found[n].first, found[n].last = bounds(text, p.first + start - 1, p.last)
      count[label] = (count[label] or 0) + 1
      if count[label] == 2 then labels = labels + 1 end
      total, from, to = total + 1, from or n, n
    end
  end
  local questions = count.Q and count.A or count.Question and count.Answer
  if not (questions or labels >= 2 and total >= LEAST) or total * 2 < to - from + 1 then return nil end
  local map, open = {}, nil
  for n = from, to do
    local x, p = found[n], paragraphs[n]
    if x and (count[x.label] >= 2 or asked[x.label]) then
      map[n], open = x, x
    elseif open and not text:find("^[(%[]", p.first) then           -- the answer goes on
      local first, last = bounds(text, p.first, p.last)
      map[n] = { label = open.label, label_first = open.label_first, label_last = open.label_last, first = first, last = last }
    end
  end
  map.from = from
  return map
end

return M
