-- Renderings: one statement quoted in different words, as happens when each paper translates it anew. The same speaker, about the same day,
-- much the same content, other words.

local text = require "annalist.text"
local similarity = require "annalist.similarity"
local terms = require "lib.terms"

local renderings = {}

local APART = 2      -- days between two reports of one statement
local CONTENT = 0.3  -- share of telling words in common
local LEAST = 3      -- telling words in common
local SAME = 0.85    -- likeness of letters from which it is the same rendering

-- Telling words that two quotations share, by stem or by spelling ("resign", "resignation")
local function shared(a, b)
  local count, used = 0, {}
  for _, x in ipairs(a) do
    for j, y in ipairs(b) do
      if not used[j] and (x == y or (#x >= 5 and #y >= 5 and x:sub(1, 5) == y:sub(1, 5))) then
        used[j] = true
        count = count + 1
        break
      end
    end
  end
  return count
end

local function distinct(list)
  local seen, out = {}, {}
  for _, term in ipairs(list) do
    if not seen[term] then
      seen[term] = true
      out[#out + 1] = term
    end
  end
  return out
end

local function one_statement(a, b)
  if a.article_id == b.article_id then return false end
  if a.published and b.published and math.abs(a.published - b.published) > APART then return false end
  local count = shared(a.terms, b.terms)
  if count < LEAST or count / math.min(#a.terms, #b.terms) < CONTENT then return false end
  local x, y = text.normal_space(text.fold(a.passage)), text.normal_space(text.fold(b.passage))
  if x:find(y, 1, true) or y:find(x, 1, true) then return false end
  return similarity.ratio(x, y) < SAME
end

-- One report for each statement, with every rendering once
local function report_groups(list, report)
  local parent = {}
  local function root(i)
    while parent[i] ~= i do i = parent[i] end
    return i
  end
  for i in ipairs(list) do parent[i] = i end
  for i = 1, #list do
    for j = i + 1, #list do
      if root(i) ~= root(j) and one_statement(list[i], list[j]) then parent[math.max(root(i), root(j))] = math.min(root(i), root(j)) end
    end
  end
  local groups, order = {}, {}
  for i, q in ipairs(list) do
    local r = root(i)
    if not groups[r] then
      groups[r] = {}
      order[#order + 1] = r
    end
    table.insert(groups[r], q)
  end
  for _, r in ipairs(order) do
    if #groups[r] > 1 then report(groups[r]) end
  end
end

--- Finds statements that stand in several renderings.
-- @param read function(article_id) -> text
function renderings.find(ctx, read, published, report)
  local speakers, order = {}, {}
  for row in ctx:rows([[select q.article_id, q.first, q.last, q.speaker, e.entity_id, e.name from quotation q
      left join mention_entity m on m.mention_id = q.mention_id left join entity e on e.entity_id = m.entity_id
      where q.kind in ('direct', 'mixed') and q.speaker is not null order by q.article_id, q.first]]) do
    local key = row.entity_id and "entity " .. row.entity_id or text.skeleton(row.speaker):match("(%S+)$") or row.speaker
    local passage = read(row.article_id):sub(row.first, row.last)
    local q = { article_id = row.article_id, first = row.first, last = row.last, passage = passage, terms = distinct(terms.of(passage)),
      published = published[row.article_id], speaker = row.name or row.speaker }
    if #q.terms >= LEAST then
      if not speakers[key] then
        speakers[key] = {}
        order[#order + 1] = key
      end
      table.insert(speakers[key], q)
    end
  end
  for _, key in ipairs(order) do
    if #speakers[key] <= 400 then report_groups(speakers[key], report) end
  end
end

return renderings
