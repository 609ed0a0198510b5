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

-- How much of the content of two quotations is shared, 0 when they are no two renderings of one statement
local function content_shared(a, b)
  if a.article_id == b.article_id then return 0 end
  if a.published and b.published and math.abs(a.published - b.published) > APART then return 0 end
  local count = shared(a.terms, b.terms)
  local share = count / math.min(#a.terms, #b.terms)
  if count < LEAST or share < CONTENT then return 0 end
  local x, y = text.normal_space(text.fold(a.passage)), text.normal_space(text.fold(b.passage))
  if x:find(y, 1, true) or y:find(x, 1, true) or similarity.ratio(x, y) >= SAME then return 0 end
  return share
end

-- The quotation of each other article that is most like the first one
local function renderings_of(list, first, used)
  local best, order = {}, {}
  for j = first + 1, #list do
    local other = list[j]
    local share = used[j] and 0 or content_shared(list[first], other)
    if share > 0 then
      local known = best[other.article_id]
      if not known then order[#order + 1] = other.article_id end
      if not known or share > known.share then best[other.article_id] = { share = share, index = j } end
    end
  end
  local group = { list[first] }
  for _, id in ipairs(order) do
    group[#group + 1] = list[best[id].index]
    used[best[id].index] = true
  end
  return group
end

-- One report for each statement, with one rendering an article. All are like the first: a chain of likenesses is no statement
local function report_groups(list, report)
  local used = {}
  for i in ipairs(list) do
    if not used[i] then
      local group = renderings_of(list, i, used)
      if #group > 1 then report(group) end
    end
  end
end

-- The surname of a speaker in the spelling that all spellings share
local function surname(speaker) return text.skeleton(speaker):match("(%S+)$") or speaker end

-- Whom a quotation is of: an entity; or the only one whose surname it is; or the surname
local function speaker_keys(rows)
  local by_surname = {}
  for _, row in ipairs(rows) do
    if row.entity_id then
      local name = surname(row.speaker)
      if by_surname[name] == nil then by_surname[name] = row.entity_id elseif by_surname[name] ~= row.entity_id then by_surname[name] = false end
    end
  end
  return function(row)
    local name = surname(row.speaker)
    local entity = row.entity_id or by_surname[name]
    return entity and "entity " .. entity or name
  end
end

--- Finds statements that stand in several renderings.
-- @param read function(article_id) -> text
function renderings.find(ctx, read, published, report)
  local rows, speakers, order = {}, {}, {}
  for row in ctx:rows([[select q.article_id, q.first, q.last, q.speaker, e.entity_id, e.name from quotation q
      left join mention_entity m on m.mention_id = q.mention_id left join entity e on e.entity_id = m.entity_id
      where q.kind in ('direct', 'mixed') and q.speaker is not null order by q.article_id, q.first]]) do
    rows[#rows + 1] = row
  end
  local key_of = speaker_keys(rows)
  for _, row in ipairs(rows) do
    local key, passage = key_of(row), read(row.article_id):sub(row.first, row.last)
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
