-- discrepancies: where articles differ about the same thing, and what kind of difference it is. A difference is typed before it is called a
-- conflict: most of them are a later count, a round number, another scope, an old figure, or another translation.

local ages = require "discrepancies.ages"
local claims = require "discrepancies.claims"
local corrections = require "discrepancies.corrections"
local dates = require "discrepancies.dates"
local estimates = require "discrepancies.estimates"
local renderings = require "discrepancies.renderings"
local roles = require "discrepancies.roles"
local series = require "discrepancies.series"
local shares = require "discrepancies.shares"
local stories = require "discrepancies.stories"
local tolls = require "discrepancies.tolls"
local days = require "lib.days"
local number_words = require "lib.number_words"
local origins = require "lib.origins"
local reading = require "lib.reading"
local terms = require "lib.terms"
local voices = require "lib.speech.voices"

-- Figures of one story, measure, unit and time, in order: { key parts…, claims }
local function groups_of(ctx, read, of, published, voice)
  local holder_of = shares.reader(ctx, read, voice)
  local groups, order, frequency = {}, {}, terms.frequency()
  for row in ctx:rows([[select article_id, first, last, measure, value, maximum, unit, qualifier, as_of, attributed_to from figure
      where value is not null order by article_id, first, last]]) do
    local story = of[row.article_id]
    if story then
      local claim = claims.new(row, { text = read(row.article_id) }, published[row.article_id], story)
      claim.published_iso = published[row.article_id] and days.iso(published[row.article_id])
      claim.terms = terms.of(claim.about)
      frequency:add(claim.terms)
      -- what happened long ago is compared across stories, with what else is told of that time
      local when = claim.history and "in " .. (row.as_of or "")
      local holder, name
      if row.measure == "percent" and not when then holder, name = holder_of(claim) end
      claim.by_holder = holder ~= nil and claim.who ~= nil and voice { article_id = row.article_id, first = row.first, last = row.last, speaker = claim.who } == holder
      local key = table.concat({ when or "story " .. story.number, row.measure, row.unit or "", holder or "" }, "\0")
      if not groups[key] then
        groups[key] = { measure = row.measure, when = when, holder = holder and (name and "Share of " .. name or "Turnout") }
        order[#order + 1] = key
      end
      table.insert(groups[key], claim)
    end
  end
  local list = {}
  for i, key in ipairs(order) do list[i] = groups[key] end
  for _, group in ipairs(list) do
    for _, claim in ipairs(group) do claim.vector = terms.vector(claim.terms, frequency) end
  end
  return list
end

local NEAR = 300 -- bytes between a number and the one that it is a part of

-- Does another number stand between the two, of which the part may be one? "47 are trapped. Fifty-nine came out, and 11 of them were hurt"
local function counts_between(s, whole, part)
  for number in s:sub(whole.last + 1, part.first - 1):gmatch("%w[%w,-]*") do
    local value = number_words.of(number)
    if value and value > part.value then return true end
  end
  return false
end

-- "590 people were hurt, around 150 of them remained in hospital": a part and its whole, though their measures differ
local function report_parts(groups, read, write)
  local by_article, order = {}, {}
  for _, group in ipairs(groups) do
    for _, claim in ipairs(group) do
      if not by_article[claim.article_id] then
        by_article[claim.article_id] = {}
        order[#order + 1] = claim.article_id
      end
      table.insert(by_article[claim.article_id], claim)
    end
  end
  table.sort(order)
  for _, id in ipairs(order) do
    local list = by_article[id]
    table.sort(list, function(a, b) return a.first < b.first or a.first == b.first and a.measure < b.measure end)
    for i, part in ipairs(list) do
      local whole = list[i - 1]
      if whole and part.words.part and whole.measure ~= part.measure and part.first - whole.last < NEAR and part.first > whole.last
        and part.day == whole.day and part.value <= whole.maximum and part.value >= 5 and (part.unit or "") == (whole.unit or "")
        and not counts_between(read(id), whole, part) then
        write("figure", whole.measure, "scope", ("%s %s; %s of them %s"):format(whole.label, whole.measure, part.label, part.measure), { whole, part })
      end
    end
  end
end

-- Writes one discrepancy and its sides, with the origin of each
local function writer(ctx, known, read)
  return function(kind, subject, verdict, summary, sides)
    local passages = {}
    for i, side in ipairs(sides) do
      passages[i] = { article_id = side.article_id, first = side.first, last = side.last, passage = read(side.article_id):sub(side.first, side.last) }
    end
    local _, origin = known:group(passages, true)
    local id = ctx:emit("discrepancy", { kind = kind, subject = subject, verdict = verdict, summary = summary })
    for i, side in ipairs(sides) do
      ctx:emit("discrepancy_side", { discrepancy_id = id, article_id = side.article_id, first = side.first, last = side.last,
        claim = side.label, as_of = side.as_of or side.day and days.iso(side.day) or nil, origin = origin[i] })
    end
  end
end

-- What may be counted in with a measure in one article and not in another: the dead among those who were shot, the missing among the dead
local COUNTED_IN = { injured = "killed", shot = "killed", hospitalised = "killed", casualties = "killed", killed = "missing", trapped = "rescued" }

-- function(measure) -> function(article_id) -> the article's numbers of what may be counted in with the measure
local function numbers_beside(groups)
  local by_article = {}
  for _, group in ipairs(groups) do
    for _, claim in ipairs(group) do
      by_article[claim.article_id] = by_article[claim.article_id] or {}
      table.insert(by_article[claim.article_id], claim)
    end
  end
  return function(measure)
    return function(article_id)
      local list = {}
      for _, claim in ipairs(by_article[article_id] or {}) do
        if claim.measure == COUNTED_IN[measure] and claim.value > 0 then list[#list + 1] = claim.value end
      end
      return list, COUNTED_IN[measure]
    end
  end
end

-- Whose count each claim of a group carries on
local function assign_series(group, known, office, read)
  local passages = {}
  for i, claim in ipairs(group) do
    passages[i] = { article_id = claim.article_id, first = claim.first, last = claim.last, passage = read(claim.article_id):sub(claim.first, claim.last) }
  end
  local _, origin = known:group(passages, true)
  series.assign(group, origin, office)
end

-- What is known of those who give numbers: the office of the entity that a source is
local function office_of(ctx, voice)
  local descriptions = {}
  for row in ctx:rows("select entity_id, description from entity where description is not null") do descriptions[row.entity_id] = row.description end
  return function(claim)
    local id = voice { article_id = claim.article_id, first = claim.first, last = claim.last, speaker = claim.who }
    return id and descriptions[id]
  end
end

local function compare_figures(ctx, group, beside, read, write)
  local kind = claims.kind(group.measure)
  local function report(verdict, sides, summary)
    if group.when then summary = summary .. " (" .. group.when .. ")" end
    write("figure", group.measure, verdict, summary, sides)
  end
  if group.holder then
    shares.compare(group, group.holder, report)
  elseif (kind == "toll" or kind == "state") and not group.when then
    tolls.compare(group.measure, kind, corrections.take(ctx, group, read, report), beside(group.measure), report)
  elseif #group <= 300 then -- of the past, as of any single fact, only what is told in like words is compared
    estimates.compare(group.when and "whole" or kind, group, report)
  end
end

return {
  name = "discrepancies", version = 1, api = 1,
  summary = "Figures, ages, dates, quotations and roles that differ between articles, and in what way",
  provides = "discrepancies",
  needs = { "figures", "entities", "names", "quotations", "duplicates", "published", "sentences", "timex" }, wants = { "layout" },
  options = {},
  results = {
    discrepancy = { { "discrepancy_id", "id" }, { "kind", "text!" }, { "subject", "text" }, { "verdict", "text!" }, { "summary", "text!" } },
    discrepancy_side = { { "discrepancy_id", "integer!" }, { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" },
      { "claim", "text" }, { "as_of", "text" }, { "origin", "text" } },
  },

  prepare = function(_)
    terms.load()
    origins.load()
    ages.load()
    claims.load()
    corrections.load()
    roles.load()
  end,

  corpus = function(ctx, corpus)
    local read, known = reading.texts(corpus), origins.new(ctx, corpus)
    local _, of, published = stories.build(ctx, corpus)
    local write = writer(ctx, known, read)
    local voice = voices.new(ctx, read)
    local groups = groups_of(ctx, read, of, published, voice)
    local beside = numbers_beside(groups)
    local office = office_of(ctx, voice)
    for _, group in ipairs(groups) do
      assign_series(group, known, office, read)
      compare_figures(ctx, group, beside, read, write)
    end
    report_parts(groups, read, write)
    dates.find(ctx, read, of, function(sides, summary) write("date", "date", "conflict", summary, sides) end)
    ages.find(ctx, read, of, published, function(subject, sides, summary) write("age", subject, "conflict", summary, sides) end)
    renderings.find(ctx, read, of, published, function(sides)
      for _, side in ipairs(sides) do
        side.label, side.day = side.passage:gsub("[%s,;]+$", ""), side.published
      end
      write("quotation", sides[1].speaker, "translation", ("One statement of %s in %d renderings"):format(sides[1].speaker, #sides), sides)
    end)
    roles.find(ctx, read, published, function(name, sides)
      local labels = {}
      for i, side in ipairs(sides) do
        labels[i], side.day = ("“%s”"):format(side.label), side.published
      end
      write("role", name, "role", ("%s is called %s"):format(name, table.concat(labels, " and ")), sides)
    end)
  end,
}
