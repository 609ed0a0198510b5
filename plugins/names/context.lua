-- Company: who and what is named together. Each article has a bag of keys (persons, places, organisations); two names that move in the same
-- company are likelier one. Rare company tells more than frequent (idf), and only the first articles of a name are looked at.

local context = {}
context.__index = context

local LOOK = 24 -- articles of one name that are looked at

function context.new()
  return setmetatable({ bags = {}, frequency = {}, articles = 0 }, context)
end

--- Tells the keys of an article (a list without repetition).
function context:add(article_id, bag)
  self.bags[article_id] = bag
  self.articles = self.articles + 1
  for _, key in ipairs(bag) do
    self.frequency[key] = (self.frequency[key] or 0) + 1
  end
end

local function gather(self, articles, without)
  local weights, norm = {}, 0
  local order = {}
  for i = 1, math.min(#articles, LOOK) do
    for _, key in ipairs(self.bags[articles[i]] or {}) do
      if not without[key] then
        if not weights[key] then
          weights[key] = 0
          order[#order + 1] = key
        end
        weights[key] = weights[key] + 1
      end
    end
  end
  for _, key in ipairs(order) do
    local idf = math.log(1 + self.articles / self.frequency[key])
    weights[key] = math.log(1 + weights[key]) * idf
    norm = norm + weights[key] ^ 2
  end
  return weights, math.sqrt(norm), order
end

--- 0 no company in common .. 1 the same company. `without`: keys that don't count (the names themselves).
function context:overlap(articles_a, articles_b, without)
  local a, norm_a, order = gather(self, articles_a, without)
  local b, norm_b = gather(self, articles_b, without)
  if norm_a == 0 or norm_b == 0 then
    return 0, 0
  end
  local sum, shared = 0, 0
  for _, key in ipairs(order) do
    if b[key] then
      sum = sum + a[key] * b[key]
      shared = shared + 1
    end
  end
  return sum / (norm_a * norm_b), shared
end

return context
