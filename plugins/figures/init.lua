-- Figures with their dates and sources: killed, injured, detained, missing, displaced, protesters, votes, money, per cent.
-- Reads sentences, timex and mentions, emits table figure. People are counted in casualties.lua, other amounts in amounts.lua;
-- here the figures of one article are weighed against each other, dated, and given to whoever stated them.

local data = require "annalist.data"
local days = require "lib.days"
local tokens = require "lib.tokens"
local origins = require "lib.origins"
local lexicon = require "lib.speech.lexicon"
local numbers = require "figures.numbers"
local groups = require "figures.groups"
local casualties = require "figures.casualties"
local individuals = require "figures.individuals"
local weighing = require "figures.weighing"
local amounts = require "figures.amounts"
local ellipsis = require "figures.ellipsis"
local labels = require "figures.labels"
local sources = require "figures.sources"

local cues, words
local summed, ills                                               -- "this year", "on average"; "virus", "epidemic"

local function prepare()
  cues, words = lexicon.load()
  summed, ills = data.lines("figures/statistics.txt"), data.lines("figures/illness.txt")
  origins.load()
  numbers.load()
  groups.load()
  casualties.load()
  individuals.load()
  amounts.load()
end

--- Does the sentence hold a word by which people are counted, or an amount?
local function promising(lower)
  local people, other = false, lower:find("[%%$]") or lower:find("€", 1, true) or lower:find("£", 1, true) or false
  for w in lower:gmatch("%a+") do
    people = people or casualties.is_key(w) or labels.is_key(w)
    other = other or amounts.is_key(w)
  end
  return people, other
end

--- Tokens of a sentence in the shape that the rules read: k kinds, w small letters, c capital, f first, l last byte. Quotation marks
-- and the stops of abbreviations and initials ("Sgt. Ann Lee") are left out.
local function token_table(text, first, last, lower)
  local k, f, l, n = tokens.scan(text, first, last)
  local t = { k = {}, w = {}, c = {}, f = {}, l = {}, n = 0 }
  local m = 0
  local shift = first - 1
  for i = 1, n do
    local kind = k[i]
    if kind ~= "m" and not (kind == "." and i < n and i > 1 and k[i - 1] == "w" and l[i - 1] + 1 == f[i]) then
      m = m + 1
      t.k[m], t.f[m], t.l[m] = kind, f[i], l[i]
      t.w[m] = lower:sub(f[i] - shift, l[i] - shift)
      if kind == "w" then
        local byte = text:byte(f[i])
        t.c[m] = byte >= 65 and byte <= 90 or byte >= 195 and byte <= 223
      end
    end
  end
  t.n = m
  return t
end

--- Is the sentence a headline or caption: a paragraph of its own without a full stop?
local function is_headline(text, s)
  local after = text:sub(s.last + 1, s.last + 1)
  return (after == "\n" or after == "" or after == "\r") and not text:sub(s.last, s.last):find("[.?!\"]") and s.last - s.first < 140
end

local NEAR_BY = 16 -- bytes from a number to "by Sunday evening"

local earlier = { ["earlier"] = true, ["before"] = true, ["ago"] = true }

local counted = { figure = true, toll = true, count = true, number = true, tally = true, total = true }

-- Is the expression the day of a count, and not of what happened? "by Sunday evening", "as of 1200 hrs, 20 Aug", "yesterday's figure was 47",
-- "up from 87 on Tuesday"
local function dates_count(text, sentence, row, e)
  local lead = text:sub(math.max(sentence.first, e.first - 24), e.first - 1):lower()
  if lead:find("%f[%a]as of %A*%l*%A*$") or lead:find("%f[%a]by the %l+ of $") then return true end
  local owned = text:sub(e.first, math.min(sentence.last, e.last + 14)):lower():match("['\226\128\153]+s%s+(%l+)")
  if counted[owned or ""] then return true end
  if e.first <= row.last then return false end
  if lead:find("%f[%a]by $") then return e.first - row.last <= NEAR_BY end
  local before = text:sub(math.max(sentence.first, row.first - 14), math.max(sentence.first, row.at) - 1):lower()
  return e.first - row.last <= 5 and (before:find("%f[%a]from $") or before:find("%f[%a]compared %l+ $")) ~= nil
end

--- The date as of which a figure holds. The day on which people were killed is not that date: it is the day of the report, unless the
-- text goes back by more than ten days ("in 2010"), or says "a day earlier" or "as of".
local function as_of(text, row, sentence, expressions, published)
  local best, distance
  for _, e in ipairs(expressions) do
    -- an hour is of a count only where that is said: "as of 1200 hrs, 20 August"; what happened has its own
    if e.first >= sentence.first and e.last <= sentence.last and (e.type == "DATE" or dates_count(text, sentence, row, e)) then
      local d = e.first > row.last and e.first - row.last or row.first > e.last and row.first - e.last or 0
      if not distance or d < distance then best, distance = e, d end
    end
  end
  if not best then return published, false end
  local value = best.value:match("^%d%d%d%d[%d%-]*") or ""
  value = value:match("^%d%d%d%d%-%d%d%-%d%d") or value:match("^%d%d%d%d%-%d%d") or value:match("^%d%d%d%d") or ""
  if value == "" then return published, false end
  local phrase = text:sub(best.first, best.last):lower()
  if #value == 4 and not phrase:find("%d") and not phrase:find("year") then return published, false end   -- "two thousand" people
  local lead = text:sub(math.max(sentence.first, best.first - 7), best.first - 1):lower()
  local back = earlier[phrase:match("(%a+)$") or ""]
  if row.ellipsis and back and best.last < row.first and not text:sub(best.last, row.first):find("[,;.]") then return value, false end   -- "a week ago it spoke of three"
  local day, today = days.number(value), published and days.number(published)
  if distance <= 2 and back or lead:find("as of $") or day and dates_count(text, sentence, row, best) then return value, false end
  if best.last < row.first and text:sub(best.last + 1, row.last):find("^, and wh[io]") then return published, false end   -- "safe in March, and which killed 69"
  if not published then return value, #value < 10 end
  if day and today then
    if today - day > 10 then return value, true end
    return published, false
  end
  if #value < 10 and value ~= published:sub(1, #value) then return value, true end
  if #value == 4 then return value, true end                    -- "so far this year": a count of many events
  return published, false
end

-- Is the number told within the headline of some other article? 'In a report headlined "Toll rises to 34", we …'
local function in_headline(text, sentence, row)
  local lead = text:sub(sentence.first, row.first - 1)
  return lead:find("%f[%a]headlined[%s,]+[\"\226][^\"\157]*$") ~= nil or lead:find("titled[%s,]+[\"\226][^\"\157]*$") ~= nil
end

local function holds(text, phrases)
  local lower = text:lower()
  for _, phrase in ipairs(phrases) do
    if lower:find(phrase, 1, true) then return true end
  end
  return false
end

-- Where one clause ends and another one says something else: "120 died last year, while four were killed on Monday"
local turns = { ";", ", while ", ", but ", ", compared " }

--- Does the clause in which a figure stands speak of many events at once, not of one?
local function is_statistic(text, s, row)
  local sentence = text:sub(s.first, s.last)
  if not holds(sentence, summed) then return false end
  local at, stop = row.first - s.first + 1, row.last - s.first + 1
  local first, last = 1, #sentence
  for _, turn in ipairs(turns) do
    local from, to = sentence:find(turn, 1, true)
    while from do
      if to < at then first = math.max(first, to) elseif from > stop then last = math.min(last, from) end
      from, to = sentence:find(turn, to + 1, true)
    end
  end
  return holds(sentence:sub(first, last), summed)
end

--- The sentences of all paragraphs in which a figure stands, for a quotation may hold more than one, and of the paragraph before it, where "he" is named.
local function paragraphs_of(text, rows, sentences)
  local wanted, list = {}, {}
  for _, r in ipairs(rows) do wanted[r.sentence.first] = true end
  local from, before, listed = 1, 1, true
  for i = 1, #sentences do
    local after = sentences[i + 1]
    if not after or text:sub(sentences[i].last + 1, after.first - 1):find("\n", 1, true) then
      local any = false
      for j = from, i do any = any or wanted[sentences[j].first] end
      if any then
        for j = listed and from or before, i do list[#list + 1] = sentences[j] end
      end
      from, before, listed = i + 1, from, any
    end
  end
  return list
end

-- One number told twice in a breath: "accused of killing an officer killed in a raid"
local function is_repeated(r, p)
  return p and p.measure == r.measure and p.value == r.value and (p.maximum or p.value) == (r.maximum or r.value) and r.first <= p.last
end

local not_people = { percent = true, money = true, votes = true }

-- In order of their places
local function emit_rows(ctx, rows)
  table.sort(rows, function(x, y)
    if x.first ~= y.first then return x.first < y.first end
    if x.last ~= y.last then return x.last < y.last end
    if x.measure ~= y.measure then return x.measure < y.measure end
    return x.value < y.value
  end)
  local last_row
  for _, r in ipairs(rows) do
    if not is_repeated(r, last_row) then
      last_row = r
      ctx:emit("figure", { first = r.first, last = r.last, measure = r.measure, value = r.value, maximum = r.maximum or r.greatest,
        unit = r.unit or not_people[r.measure] == nil and "people" or nil, qualifier = r.qualifier, as_of = r.as_of, attributed_to = r.attributed_to })
    end
  end
end

local function article(ctx, a)
  local text, rows, expressions, published = a.text, {}, {}, nil
  for row in ctx:rows("select first, last, value, type from timex where type = 'DATE' or type = 'TIME' and value like '____-__-__T%' order by first") do expressions[#expressions + 1] = row end
  local persons, others, organisations = {}, {}, {}             -- first byte -> last byte of names
  for m in ctx:rows("select first, last, kind from mention order by first, last") do
    if m.kind == "person" then persons[m.first] = m.last else others[m.first] = m.last end
    if m.kind == "organisation" then organisations[m.first] = m.last end
  end
  for row in ctx:rows("select date from published") do published = row.date end
  published = published or a.declared_date
  published = published and published:match("^%d%d%d%d[%d%-]*")
  local sentences, before = {}, nil                              -- figures of people in the sentence before
  for s in ctx:rows("select first, last from sentence order by first") do
    sentences[#sentences + 1] = s
    local lower = text:sub(s.first, s.last):lower()
    local people, other = promising(lower)
    local t = (people or other) and token_table(text, s.first, s.last, lower)
    local found = other and amounts.find(t) or {}
    if people then
      t.persons, t.others = persons, others
      for _, r in ipairs(casualties.find(t, is_headline(text, s))) do found[#found + 1] = r end
      labels.add(t, found)
      ellipsis.crowds(t, found)
    end
    if #found == 0 and before and before.sentence.last + 3 >= s.first then
      found = ellipsis.find(t or token_table(text, s.first, s.last, lower), before)
    elseif people and #found > 0 then
      found[#found + 1] = ellipsis.beside(t, found)
    end
    before = people and #found > 0 and found or nil
    if before then before.sentence = s end
    for _, r in ipairs(found) do
      r.sentence = s
      r.as_of, r.background = as_of(text, r, s, expressions, published)
      if not r.background and is_statistic(text, s, r) then
        r.background = true
        r.as_of = r.as_of and r.as_of:sub(1, 4)
      end
      if not in_headline(text, s, r) then rows[#rows + 1] = r end
    end
  end
  if #rows == 0 then return end
  rows = weighing.weigh(rows, holds(text, ills))
  sources.attribute(text, rows, paragraphs_of(text, rows, sentences), { persons = persons, organisations = organisations }, cues, words)
  emit_rows(ctx, rows)
end

return {
  name = "figures", version = 1, api = 1,
  summary = "Figures with their dates and sources: killed, injured, detained, protesters, money, per cent",
  needs = { "sentences", "timex", "entities", "published" },
  results = { figure = { { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "measure", "text!" }, { "value", "number!" },
    { "maximum", "number" }, { "unit", "text" }, { "qualifier", "text" }, { "as_of", "text" }, { "attributed_to", "text" } } },
  prepare = prepare,
  article = article,
}
