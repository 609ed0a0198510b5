-- Renderings: one statement quoted in different words, as happens when each paper translates it anew. The same speaker, about the same day,
-- much the same content, other words.

local text = require "annalist.text"
local similarity = require "annalist.similarity"
local reading = require "lib.reading"
local terms = require "lib.terms"
local voices = require "lib.speech.voices"

local renderings = {}

local APART = 2      -- days between two reports of one statement
local WEEK, MOST_OF = 6, 0.6 -- days up to which a statement may be told again, and the share of telling words that it takes then
local UNSURE = 0.5   -- confidence of a date below which it keeps no two reports apart
local CONTENT = 0.3  -- share of telling words in common
local LEAST = 3      -- telling words in common
local BRIEF = 0.4    -- the share for one word less, where both name the same person or body
local SAME_DAY, HALF, WORDS = 1, 0.5, 5 -- days, share of words, and words for a sentence that is known by the order of its words
local MOST = 800     -- sentences of one speaker that are compared
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

-- Do two quotations name somebody in common, however they spell him?
local function names_shared(a, b)
  for id in pairs(a.named) do -- order can't show
    if b.named[id] then return true end
  end
  return false
end

-- The share of the shorter sentence's words, small ones too, that stand in the longer one in the same order
local function in_order(a, b)
  local last = {}
  for j = 0, #b do last[j] = 0 end
  for i = 1, #a do
    local diagonal = 0
    for j = 1, #b do
      local above = last[j]
      last[j] = a[i] == b[j] and diagonal + 1 or math.max(above, last[j - 1])
      diagonal = above
    end
  end
  return last[#b] / math.min(#a, #b)
end

local negations = { "not", "no", "never", "nobody", "nothing", "none", "neither", "cannot", "without" }

-- "We want bread, not stones" is no rendering of "We wanted bread and were given stones"
local function negates(q)
  if q.negates == nil then
    q.negates = q.folded:find("n['’]t%f[%A]") ~= nil
    for _, word in ipairs(negations) do q.negates = q.negates or q.folded:find("%f[%a]" .. word .. "%f[%A]") ~= nil end
  end
  return q.negates
end

-- One sentence put in other words on the same day: few of its telling words are the same, but they and the small ones come in the same order
local function alike_in_order(a, b, gap, count, share)
  return gap <= SAME_DAY and count >= LEAST - 1 and share >= HALF and math.min(#a.words, #b.words) >= WORDS and in_order(a.words, b.words) >= HALF
end

-- How much of the content of two sentences is shared: 0 when they are no two renderings of one statement, above 1 when they are one rendering
local function content_shared(a, b)
  if a.article_id == b.article_id or not (a.person and b.person) and a.story ~= b.story then return 0 end   -- "police" of two stories are no one speaker
  local gap = a.published and b.published and math.abs(a.published - b.published) or 0
  local unsure = a.unsure or b.unsure
  if gap > WEEK and not unsure then return 0 end
  local count = shared(a.terms, b.terms)
  local share = count / math.min(#a.terms, #b.terms)
  if gap > APART and (share < MOST_OF or count <= LEAST) then return 0 end
  if count <= LEAST and negates(a) ~= negates(b) then return 0 end
  local brief = names_shared(a, b) and count >= LEAST - 1 and share >= BRIEF or alike_in_order(a, b, unsure and 0 or gap, count, share)
  if not brief and (count < LEAST or share < CONTENT) then return 0 end
  local x, y = a.folded, b.folded
  if x:find(y, 1, true) or y:find(x, 1, true) or similarity.ratio(x, y) >= SAME then return 1 + share end
  return share
end

-- All pairs that share content, the most alike first
local function pairs_of(list)
  local out = {}
  for i = 1, #list do
    for j = i + 1, #list do
      local share = content_shared(list[i], list[j])
      if share > 0 then out[#out + 1] = { i = i, j = j, share = share + in_order(list[i].words, list[j].words) } end
    end
  end
  table.sort(out, function(a, b)
    if a.share ~= b.share then return a.share > b.share end
    if a.i ~= b.i then return a.i < b.i end
    return a.j < b.j
  end)
  return out
end

-- Sentences that say one thing, one an article. All are like the first of them: a chain of likenesses is no statement
local function statements(list)
  local of, groups = {}, {}
  local function join(group, n)
    if group.articles[list[n].article_id] then return end
    if group[1] and content_shared(list[group[1]], list[n]) == 0 then return end
    group[#group + 1] = n
    group.articles[list[n].article_id] = true
    of[n] = group
  end
  for _, pair in ipairs(pairs_of(list)) do
    local a, b = of[pair.i], of[pair.j]
    if not a and not b then
      local group = { articles = {} }
      groups[#groups + 1] = group
      join(group, pair.i)
      join(group, pair.j)
    elseif not a or not b then
      join(a or b, a and pair.j or pair.i)
    end
  end
  for _, group in ipairs(groups) do table.sort(group) end
  table.sort(groups, function(x, y) return x[1] < y[1] end)
  return groups
end

-- One report for each statement that is told in different words: one side a rendering, the article that printed it first
local function report_groups(list, report)
  for _, group in ipairs(statements(list)) do
    local sides = {}
    for _, n in ipairs(group) do
      local known = false
      for _, side in ipairs(sides) do known = known or content_shared(side, list[n]) > 1 end
      if not known then sides[#sides + 1] = list[n] end
    end
    if #sides > 1 then report(sides) end
  end
end

-- The surname of a speaker in the spelling that all spellings share
local function surname(speaker) return text.skeleton(speaker):match("(%S+)$") or speaker end

-- Whom a quotation is of: an entity; or the only one whose surname it is; or the surname
local function speaker_keys(rows)
  local by_surname = {}
  for _, row in ipairs(rows) do
    if row.entity_id then
      local name = surname(row.name)
      if by_surname[name] == nil then by_surname[name] = row.entity_id elseif by_surname[name] ~= row.entity_id then by_surname[name] = false end
    end
  end
  return function(row)
    local name = surname(row.speaker)
    local entity = row.entity_id or by_surname[name]
    return entity and "entity " .. entity or name
  end
end

-- Who and what is named in an article, as terms: one person in two spellings is one
local function read_named(ctx)
  return reading.rows_by_article(ctx, [[select m.article_id, m.first, m.last, e.entity_id from mention m join mention_entity e on e.mention_id = m.mention_id
      order by m.article_id, m.first]])
end

-- All words of a folded passage, by their first letters: an ending more or less is no other word
local function words_of(folded)
  local list = {}
  for word in folded:gmatch("[^%s%p]+") do list[#list + 1] = word:sub(1, 6) end
  return list
end

-- What is compared: a quotation's sentences, each by itself, for one paper prints them in one piece and another in three
local function statements_of(row, s, named, published, unsure, story)
  local list, passage = {}, s:sub(row.first, row.last)
  local starts, ends = text.sentences(passage)
  for i, from in ipairs(starts) do
    local first, last = row.first + from - 1, row.first + ends[i] - 1
    local q = { article_id = row.article_id, first = first, last = last, passage = s:sub(first, last), published = published[row.article_id],
      unsure = unsure[row.article_id], speaker = row.name or row.speaker, person = row.person, story = story, named = {} }
    q.folded = text.normal_space(text.fold(q.passage)):gsub("^%p+", ""):gsub("%p+$", "")
    q.words = words_of(q.folded)
    local plain, at = {}, first
    for _, m in ipairs(named or {}) do
      if m.first >= at and m.last <= last then
        q.named[m.entity_id] = true
        plain[#plain + 1] = s:sub(at, m.first - 1)
        at = m.last + 1
      end
    end
    plain[#plain + 1] = s:sub(at, last)
    q.terms = terms.of(table.concat(plain, " "))
    for _, m in ipairs(named or {}) do
      if m.first >= first and m.last <= last then q.terms[#q.terms + 1] = "entity " .. m.entity_id end
    end
    q.terms = distinct(q.terms)
    if #q.terms >= LEAST then list[#list + 1] = q end
  end
  return list
end

--- Finds statements that stand in several renderings.
-- @param read function(article_id) -> text
-- @param of article_id -> story
function renderings.find(ctx, read, of, published, report)
  local persons = {}
  for row in ctx:rows("select entity_id from entity where kind = 'person'") do persons[row.entity_id] = true end
  local rows, speakers, order, named = {}, {}, {}, read_named(ctx)
  local voice, unsure = voices.new(ctx, read), {}
  for row in ctx:rows("select article_id from published where confidence < ?", UNSURE) do unsure[row.article_id] = true end
  for row in ctx:rows([[select article_id, first, last, speaker, mention_id from quotation
      where kind in ('direct', 'mixed') and speaker is not null order by article_id, first]]) do
    row.entity_id, row.name = voice(row)
    row.person = row.entity_id and persons[row.entity_id] or false
    rows[#rows + 1] = row
  end
  local key_of = speaker_keys(rows)
  for _, row in ipairs(rows) do
    local key = key_of(row)
    for _, q in ipairs(statements_of(row, read(row.article_id), named[row.article_id], published, unsure, of[row.article_id])) do
      if not speakers[key] then
        speakers[key] = {}
        order[#order + 1] = key
      end
      table.insert(speakers[key], q)
    end
  end
  for _, key in ipairs(order) do
    if #speakers[key] <= MOST then report_groups(speakers[key], report) end
  end
end

return renderings
