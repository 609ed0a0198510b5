-- Stories: articles that tell of the same events, by names and words and by how near they were published. Only figures of one story are compared.

local terms = require "lib.terms"
local days = require "lib.days"

local stories = {}

local HEAD = 1800   -- bytes of an article that are read for this: news tells what it is about at once
local OTHERS = 300  -- passages about other things, see terms.frequency
local SAME = 0.18   -- likeness to a story's centre from which an article belongs to it
local APART = 14    -- days between an article and the story's last one
local TOP = 24      -- an article's most telling terms, under which stories are found

-- The most telling terms of a vector
local function top(vector)
  local order = {}
  for i in ipairs(vector.terms) do order[i] = i end
  table.sort(order, function(a, b)
    if vector.weights[a] ~= vector.weights[b] then return vector.weights[a] > vector.weights[b] end
    return a < b
  end)
  local list = {}
  for i = 1, math.min(TOP, #order) do list[i] = vector.terms[order[i]] end
  return list
end

local function near(story, day)
  return not day or not story.last or day >= story.first - APART and day <= story.last + APART
end

-- The story that an article fits best, among those that share a telling term with it
local function best_story(list, index, article, keys)
  local tried, best, likeness = {}, nil, SAME
  for _, key in ipairs(keys) do
    for _, n in ipairs(index[key] or {}) do
      if not tried[n] then
        tried[n] = true
        if near(list[n], article.day) then
          local c = list[n].total:cosine(article.vector)
          if c > likeness then best, likeness = list[n], c end
        end
      end
    end
  end
  return best
end

local function put(story, article)
  story.articles[#story.articles + 1] = article.article_id
  story.total:add(article.vector, 1)
  if article.day then
    story.first = math.min(story.first or article.day, article.day)
    story.last = math.max(story.last or article.day, article.day)
  end
end

-- Who and where: entities named in the part that is read, as terms of their own, so that one person in two spellings is one term
local function entities_of(ctx)
  local map = {}
  for row in ctx:rows([[select m.article_id, e.entity_id from mention m join mention_entity e on e.mention_id = m.mention_id
      where m.first <= ? order by m.article_id, m.first]], HEAD) do
    local list = map[row.article_id]
    if not list then
      list = {}
      map[row.article_id] = list
    end
    list[#list + 1] = "entity " .. row.entity_id
    list[#list + 1] = "entity " .. row.entity_id
  end
  return map
end

--- Sorts the articles into stories.
-- @return list of { number, articles = { article_id … }, first, last (days) }, and a map of article_id to its story
function stories.build(ctx, corpus)
  local published, all, frequency = {}, {}, terms.frequency(OTHERS)
  for row in ctx:rows("select article_id, date from published where date is not null") do published[row.article_id] = days.number(row.date) end
  local entities = entities_of(ctx)
  for article in corpus:articles() do
    local list = {}
    for _, term in ipairs(terms.of(article.text:sub(1, HEAD))) do
      if not term:find("^%d") then list[#list + 1] = term end -- a number in common means nothing
    end
    for _, key in ipairs(entities[article.article_id] or {}) do list[#list + 1] = key end
    frequency:add(list)
    all[#all + 1] = { article_id = article.article_id, day = published[article.article_id], list = list }
  end
  for _, article in ipairs(all) do
    article.vector, article.list = terms.vector(article.list, frequency), nil
  end
  table.sort(all, function(a, b) -- by day, undated ones last
    local x, y = a.day or math.huge, b.day or math.huge
    if x ~= y then return x < y end
    return a.article_id < b.article_id
  end)
  local list, index, of = {}, {}, {}
  for _, article in ipairs(all) do
    local keys = top(article.vector)
    local story = best_story(list, index, article, keys)
    if not story then
      story = { number = #list + 1, articles = {}, total = terms.total(), keyed = {} }
      list[story.number] = story
    end
    put(story, article)
    of[article.article_id] = story
    for _, key in ipairs(keys) do
      if not story.keyed[key] then
        story.keyed[key] = true
        index[key] = index[key] or {}
        table.insert(index[key], story.number)
      end
    end
  end
  return list, of, published
end

return stories
