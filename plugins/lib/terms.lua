-- Terms: what a sentence is about, as word stems without the words that say nothing, and how like two sentences are by them.
-- Call terms.load() in `prepare`.

local text = require "annalist.text"
local data = require "annalist.data"
local memo = require "annalist.memo"
local wordset = require "lib.wordset"

local terms = {}

local stop = {}

--- Reads the list of empty words.
function terms.load()
  stop = wordset(table.concat(data.lines "words/stop.txt", " "))
end

-- "villages" and "village", "clashed" and "clash", "injuries" and "injury" are one; no more than that is asked of it
local function stem_of(word)
  if #word < 4 or word:find("%d") then return word end
  local w = word:gsub("'s$", ""):gsub("’s$", ""):gsub("'$", ""):gsub("’$", "")
  if w:find("ies$") and #w > 4 then
    w = w:sub(1, -4) .. "y"
  elseif w:find("sses$") or w:find("[sc]hes$") or w:find("xes$") then
    w = w:sub(1, -3)
  elseif w:find("[^suia]s$") or w:find("as$") then
    w = w:sub(1, -2)
  end
  local cut = w:match("^(.*[aeiouy].*)ing$") or w:match("^(.*[aeiouy].*[^e])ed$")
  if cut and #cut >= 3 then
    w = cut
    local last = w:sub(-1)
    if last == w:sub(-2, -2) and not last:find("[lsz]") then w = w:sub(1, -2) end
  end
  if #w > 4 and w:find("e$") then w = w:sub(1, -2) end
  return w
end

-- "" for a word that says nothing
terms.stem = memo(function(word)
  local folded = text.fold(word):gsub("’", "'")
  if stop[folded] or #folded < 2 and not folded:find("%d") then return "" end
  return stem_of(text.ascii(folded))
end)

--- The stems of a passage, in order, repeated as they are.
function terms.of(passage)
  local starts, ends = text.words(passage)
  local list, n, stem = {}, 0, terms.stem
  for i = 1, #starts do
    local s = stem(passage:sub(starts[i], ends[i]))
    if s ~= "" then
      n = n + 1
      list[n] = s
    end
  end
  return list
end

--- A counter of how many passages hold a term: frequency:add(list), frequency:weight(term) -> how telling it is.
-- @param others how many passages about other things to imagine beside them, so that a few articles about one thing do not find
-- the words that all of them share without meaning
function terms.frequency(others)
  local count, passages = {}, others or 0
  local frequency = {}
  function frequency:add(list)
    passages = passages + 1
    local seen = {}
    for _, term in ipairs(list) do
      if not seen[term] then
        seen[term] = true
        count[term] = (count[term] or 0) + 1
      end
    end
  end
  function frequency:weight(term)
    return math.log(1 + passages / (count[term] or 1))
  end
  return frequency
end

--- A vector of unit length: { terms = sorted list, weights = parallel list, at = term -> weight }.
-- `factor(term)`, if given, raises or lowers a term.
function terms.vector(list, frequency, factor)
  local at, order = {}, {}
  for _, term in ipairs(list) do
    if not at[term] then
      at[term] = 0
      order[#order + 1] = term
    end
    at[term] = at[term] + 1
  end
  table.sort(order)
  local sum, weights = 0, {}
  for i, term in ipairs(order) do
    local w = (1 + math.log(at[term])) * frequency:weight(term) * (factor and factor(term) or 1)
    weights[i] = w
    sum = sum + w * w
  end
  local length = sum > 0 and math.sqrt(sum) or 1
  for i, term in ipairs(order) do
    weights[i] = weights[i] / length
    at[term] = weights[i]
  end
  return { terms = order, weights = weights, at = at }
end

--- Cosine of two vectors of unit length.
function terms.cosine(a, b)
  if #a.terms > #b.terms then a, b = b, a end
  local sum, other = 0, b.at
  for i, term in ipairs(a.terms) do
    local w = other[term]
    if w then sum = sum + w * a.weights[i] end
  end
  return sum
end

--- A sum of vectors: total:add(vector, weight), total:cosine(vector).
function terms.total()
  local at, square = {}, 0
  local total = { at = at }
  function total:add(vector, weight)
    weight = weight or 1
    for i, term in ipairs(vector.terms) do
      local old = at[term] or 0
      local new = old + vector.weights[i] * weight
      at[term] = new
      square = square + new * new - old * old
    end
  end
  function total:cosine(vector)
    if square <= 0 then return 0 end
    local sum = 0
    for i, term in ipairs(vector.terms) do
      local w = at[term]
      if w then sum = sum + w * vector.weights[i] end
    end
    return sum / math.sqrt(square)
  end
  return total
end

return terms
