-- timeline: what happened when. Sentences are anchored to days (anchors), sorted into events (clusters), and weighed: an event matters by how
-- many articles tell of it, how prominently, how soon after, and from how many independent origins.

local text = require "annalist.text"
local actions = require "timeline.actions"
local anchors = require "timeline.anchors"
local clauses = require "timeline.clauses"
local clusters = require "timeline.clusters"
local slight = require "timeline.slight"
local telling = require "timeline.telling"
local weights = require "timeline.weights"
local origins = require "lib.origins"
local reading = require "lib.reading"
local terms = require "lib.terms"
local wordset = require "lib.wordset"

local HEADLINE = 240 -- characters
local BARE = 4       -- words of a label that is evidence of nothing: "11 of March."
local OTHERS = 300   -- passages about other things, see terms.frequency

-- Entities by article, where they are named: one person in two spellings is one term
local function read_entities(ctx)
  if not (ctx:has("entities") and ctx:has("names")) then return {} end
  return reading.rows_by_article(ctx, [[select m.article_id, m.first, m.last, e.entity_id from mention m join mention_entity e on e.mention_id = m.mention_id
      order by m.article_id, m.first]])
end

-- When something was is the day's matter, and makes no two sentences alike
local time_words = wordset [[monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
  today yesterday tomorrow day week month year morning afternoon evening night noon midnight dawn hour minute]]
local when = {}

-- Stems and entities of a sentence; and which stems are no part of a name: two sentences that share a name alone tell of two things
local function terms_of(article, first, last, entities)
  local passage, told = article.text:sub(first, last), {}
  local list = {}
  for _, term in ipairs(terms.of(passage)) do
    if not when[term] then list[#list + 1], told[term] = term, true end
  end
  local names = {}
  for at, name in passage:gmatch("()%f[%a](%u[%w\128-\255]*)") do
    local term = terms.stem(name)
    if passage:find("^%S ", at - 2) then told[term], names[term] = nil, not when[term] and term ~= "" or nil end
  end
  for _, e in ipairs(entities or {}) do
    if e.first >= first and e.first <= last then
      list[#list + 1] = "entity " .. e.entity_id
      for _, term in ipairs(terms.of(article.text:sub(e.first, e.last))) do told[term] = nil end
    end
  end
  return list, told, names
end

-- Words at which the phrase behind "Sunday's" ends
local ends = {}
for word in ("after before in on at to by that which who and but was were is are has have had with for from as when while said says led left could should"):gmatch("%a+") do
  ends[word] = true
end

-- What a day has that is no event: "yesterday's figure", "Monday's paper", "the day of Monday"
local dull = wordset [[figure figures number numbers count toll total edition issue paper newspaper column article report update headline headlines weather forecast price prices
  day night morning evening afternoon week date end beginning eve]]

-- "Sunday's parliamentary election" of a sentence that tells of something else; nil when no such phrase stands there
local function named_by_day(passage, anchor)
  local from, to = anchor.said_first - anchor.first + 1, anchor.said_last - anchor.first + 1
  local rest = passage:sub(to + 1)
  local mark = rest:match("^'s%f[^%w]") or rest:match("^’s") or (passage:sub(to - 1, to) == "'s" and "")
  if not mark then
    local thing = anchors.thing_of({ first = 1, said_first = from, said_last = to }, passage)
    return thing and not dull[thing:match("(%a+)$")] and ("%s of %s"):format(thing, passage:sub(from, to))
  end
  local words = {}
  for space, word, sign in rest:sub(#mark + 1):gmatch("(%s+)([^%s,;:.!?]+)([,;:.!?]?)") do
    if ends[word] or space:find("\n", 1, true) then break end
    words[#words + 1] = word
    if sign ~= "" then break end
  end
  if #words == 0 or #words > 6 or dull[words[#words]:lower()] then return nil, dull[(words[#words] or ""):lower()] end
  return passage:sub(from, to) .. mark .. " " .. table.concat(words, " ")
end

-- Is what stands there only to come: a day after the article's, or words of a plan about its own day or about none?
local function is_planned(anchor, passage)
  if anchor.day and anchor.published and anchor.day > anchor.published then return true end
  local open = not anchor.strong or anchor.day == anchor.published
  return open and telling.is_planned(passage, anchor.strong and anchor.said_first - anchor.first + 1 or nil, anchor.title)
end

-- Terms and vectors of all anchors
local function read_vectors(ctx, corpus, list)
  local frequency, by_article, entities, is_slight = terms.frequency(OTHERS), {}, read_entities(ctx), slight.new(ctx)
  for _, anchor in ipairs(list) do
    by_article[anchor.article_id] = by_article[anchor.article_id] or {}
    table.insert(by_article[anchor.article_id], anchor)
  end
  for article in corpus:articles() do
    local at, last, told, names
    for _, anchor in ipairs(by_article[article.article_id] or {}) do
      local passage = article.text:sub(anchor.first, anchor.last)
      anchor.empty = passage:find("©", 1, true) ~= nil or slight.is_imprint(anchor, passage)
      if at ~= anchor.first then -- a sentence with two days is read once
        last, told, names = terms_of(article, anchor.first, anchor.last, entities[article.article_id])
        at = anchor.first
        frequency:add(last)
      end
      anchor.terms, anchor.told, anchor.names = last, told, names
      if anchors.is_stamp(anchor, article.text) then anchor.strong = false end
      anchor.slight = is_slight(anchor, article)
      anchor.leans = slight.leans(passage)
      anchor.oblique = anchor.strong and anchors.is_oblique(anchor, article.text)
      local named, nothing
      if anchor.oblique then named, nothing = named_by_day(passage, anchor) end
      anchor.named = named
      if nothing then anchor.oblique = "bound" end
      anchor.actions = actions.of(anchor.named or passage)
      anchor.label = not anchor.named and telling.is_label(passage)
      anchor.empty = anchor.empty or anchor.label and select(2, passage:gsub("%S+", "")) <= BARE
      anchor.news = not anchor.label and telling.is_news(passage, anchor.title)
      anchor.planned = is_planned(anchor, passage)
      if anchor.named then anchor.terms = terms.of(anchor.named) end -- "Sunday's election" is one event, whatever else is told of it
    end
  end
  for i = #list, 1, -1 do
    if list[i].empty then table.remove(list, i) end -- "© 2016 Vell Media": whose the text is, and since when
  end
  for _, anchor in ipairs(list) do
    anchor.vector = terms.vector(anchor.terms, frequency)
    anchor.length = #anchor.terms
    anchor.terms = nil
  end
end

-- A quotation mark that is opened and not closed, the dot of a list
local function headline_of(passage, anchor)
  local s = anchor.named or anchor.clause or passage
  s = text.normal_space(s):gsub("^•%s*", ""):gsub("^[*–-]%s+", "")
  if s:find("^“") and not s:find("”", 1, true) then s = s:sub(#"“" + 1) end
  if s:find('^"') and not s:find('"', 2, true) then s = s:sub(2) end
  s = s:gsub("^%u%u[%u .'-]+[:.–—-] +(%u)", "%1")                 -- "ORSA: Police …": where the report is from
  if anchor.named then s = s:gsub("^%l", string.upper) end
  return text.clip(s, HEADLINE)
end

local FAIR = 0.5 -- share of the best sentence's score that one must have to head an event in its place, where it keeps to the event's day

-- The sentence that heads an event: the best, or a good one that names no other day and tells what has happened
local function head_of(evidence)
  local first = evidence[1]
  for _, anchor in ipairs(evidence) do
    if anchor.score < FAIR * first.score then break end
    if (anchor.among == 1 or anchor.named) and not (anchor.planned or anchor.label or anchor.slight) then return anchor end
  end
  return first
end

-- Is nothing told but that it is to come?
local function only_planned(evidence)
  for _, anchor in ipairs(evidence) do
    if not (anchor.planned or anchor.slight) then return 0 end
  end
  return 1
end

-- One event's row, its evidence best first. A sentence stands once, though it may name the day twice.
local function event_of(bucket, cluster, centre, reader, known)
  local evidence = weights.rank(cluster, centre)
  local articles, count, salience, passages = {}, 0, 0, {}
  for i, anchor in ipairs(evidence) do
    salience = salience + anchor.weight
    if not articles[anchor.article_id] then
      articles[anchor.article_id] = true
      count = count + 1
    end
    passages[i] = { article_id = anchor.article_id, first = anchor.first, last = anchor.last, passage = reader(anchor.article_id):sub(anchor.first, anchor.last) }
  end
  local independent = known:group(passages)
  local precision = #bucket.key == 10 and "day" or #bucket.key == 7 and "month" or "year"
  return {
    date = bucket.key, precision = precision, salience = weights.round(salience * weights.independence(independent)),
    articles = count, origins = independent, background = weights.is_background(bucket.key, evidence) and 1 or 0, planned = only_planned(evidence),
  }, passages, head_of(evidence)
end

-- Events that one sentence heads: each gets its own clause, or the one that the sentence tells in passing is dropped, when nothing else is told of it
local function part_events(all, reader)
  local heads, order = {}, {}
  for _, e in ipairs(all) do
    local key = e.head.article_id .. ":" .. e.head.first
    if e.head.said_first and not e.head.named then
      if not heads[key] then
        heads[key] = {}
        order[#order + 1] = key
      end
      table.insert(heads[key], e)
    end
  end
  for _, key in ipairs(order) do
    local list, anchors_of, kept = heads[key], {}, 0
    if #list > 1 then
      for i, e in ipairs(list) do
        anchors_of[i] = e.head
        if not e.head.oblique then kept = kept + 1 end
      end
      clauses.part(anchors_of, reader(list[1].head.article_id))
      for _, e in ipairs(list) do e.dropped = kept > 0 and e.head.oblique and not e.head.clause and #e.passages == 1 end
    end
  end
end

-- "In 2009" is said of much that makes no event: a year is kept when several articles tell the same of it, a month also as history
local function is_worth(event)
  return event.precision == "day" or event.articles > 1 or (event.background == 1 and event.precision == "month")
end

return {
  name = "timeline", version = 1, api = 1,
  summary = "Events by day, with their evidence, weight and number of independent origins",
  provides = "timeline",
  needs = { "timex", "published", "sentences", "duplicates" }, wants = { "layout", "entities", "names", "figures", "quotations" },
  options = {
    least = { type = "number", default = 0, min = 0, max = 1000, help = "least salience of an event that is kept" },
    confidence = { type = "number", default = 0.2, min = 0, max = 1, help = "least confidence of a publication date that was found out and is used, as in timex" },
  },
  results = {
    event = { { "event_id", "id" }, { "date", "text!" }, { "end_date", "text" }, { "precision", "text!" }, { "headline", "text!" }, { "salience", "number!" },
      { "articles", "integer!" }, { "origins", "integer!" }, { "background", "integer!" }, { "planned", "integer!" } },
    event_evidence = { { "event_id", "integer!" }, { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" } },
  },

  prepare = function(_)
    terms.load()
    telling.load()
    actions.load()
    for word in pairs(time_words) do when[terms.stem(word)] = true end -- a set: order can't show
    origins.load()
  end,

  corpus = function(ctx, corpus)
    local list, published = anchors.read(ctx, ctx:option("confidence"))
    local known, reader, least = origins.new(ctx, corpus), reading.texts(corpus), ctx:option("least")
    clauses.drop_reports(list, reader)
    read_vectors(ctx, corpus, list)
    weights.assign(list, published)
    local all = {}
    for _, bucket in ipairs(clusters.build(list)) do
      local centre, events = weights.centre(bucket), {}
      for i, cluster in ipairs(bucket) do
        local event, passages, head = event_of(bucket, cluster, centre, reader, known)
        events[i] = { event = event, passages = passages, head = head, order = i }
      end
      table.sort(events, function(a, b)
        if a.event.salience ~= b.event.salience then return a.event.salience > b.event.salience end
        return a.order < b.order
      end)
      local told = false                                         -- does any sentence tell of this time itself?
      for _, e in ipairs(events) do told = told or not e.head.oblique or e.head.named end
      for _, e in ipairs(events) do
        e.aside = told and e.head.oblique and not e.head.named and #e.passages == 1 -- "those who rejected Sunday's vote freed …" is no event of Sunday
        if e.event.salience >= least and is_worth(e.event) then all[#all + 1] = e end
      end
    end
    part_events(all, reader)
    for _, e in ipairs(all) do
      if not (e.dropped or e.aside and not e.head.clause) then
        e.event.headline = headline_of(clauses.own(reader(e.head.article_id):sub(e.head.first, e.head.last), e.head), e.head)
        local id = ctx:emit("event", e.event)
        for _, p in ipairs(e.passages) do ctx:emit("event_evidence", { event_id = id, article_id = p.article_id, first = p.first, last = p.last }) end
      end
    end
  end,
}
