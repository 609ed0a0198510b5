-- Company: who and what is named together. Each article has a bag of keys (persons, places, organisations); two names that move in the same
-- company are likelier one. Rare company tells more than frequent (idf), and only the first articles of a name are looked at.

local context = {}
context.__index = context

local LOOK = 8      -- articles of one name that are looked at
local KEPT = 8000   -- companies that are kept in memory; then all are forgotten

function context.new()
  return setmetatable({ bags = {}, frequency = {}, articles = 0, memory = {}, kept = 0 }, context)
end

--- Tells the keys of an article (a list without repetition). All articles are told before the first question.
function context:add(article_id, bag)
  self.bags[article_id] = bag
  self.articles = self.articles + 1
  for _, key in ipairs(bag) do
    self.frequency[key] = (self.frequency[key] or 0) + 1
  end
end

-- The company of a list of articles: weights by key, keys in order, sum of squares.
local function gather(self, articles)
  local known = self.memory[articles]
  if known and known.length == #articles then
    return known
  end
  local weights, order, norm = {}, {}, 0
  for i = 1, math.min(#articles, LOOK) do
    for _, key in ipairs(self.bags[articles[i]] or {}) do
      if not weights[key] then
        weights[key] = 0
        order[#order + 1] = key
      end
      weights[key] = weights[key] + 1
    end
  end
  for _, key in ipairs(order) do
    local weight = math.log(1 + weights[key]) * math.log(1 + self.articles / self.frequency[key])
    weights[key] = weight
    norm = norm + weight * weight
  end
  if self.kept >= KEPT then
    self.memory, self.kept = {}, 0
  end
  known = { weights = weights, order = order, norm = norm, length = #articles }
  self.memory[articles], self.kept = known, self.kept + 1
  return known
end

--- Cosine of two companies (0 none in common .. 1 the same), and how many keys they share. The same list of articles should be the same
--- table each time. `x` and `y` are keys that don't count: the names themselves.
function context:overlap(articles_a, articles_b, x, y)
  local a, b = gather(self, articles_a), gather(self, articles_b)
  if #b.order < #a.order then
    a, b = b, a
  end
  local sum, shared, of_b = 0, 0, b.weights
  for _, key in ipairs(a.order) do
    local weight = of_b[key]
    if weight and key ~= x and key ~= y then
      sum = sum + a.weights[key] * weight
      shared = shared + 1
    end
  end
  if shared == 0 then
    return 0, 0
  end
  local norm = a.norm * b.norm
  return sum / math.sqrt(norm), shared
end

return context
