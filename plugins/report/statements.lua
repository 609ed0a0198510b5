-- Statements: what the model says of events, differences, figures and quotations, and how many independent origins stand behind each.

local text = require "annalist.text"
local days = require "lib.days"
local number_words = require "lib.number_words"
local reading = require "lib.reading"
local origins = require "lib.origins"
local voices = require "lib.speech.voices"

local statements = {}

function statements.load()
  origins.load()
  number_words.load()
end

-- The independent origins of a set of passages: each a name, or the article that tells it by itself
local function origins_of(self, rows)
  if not self.known then return nil end
  local passages = {}
  for i, row in ipairs(rows) do
    passages[i] = { article_id = row.article_id, first = row.first, last = row.last, passage = self.by_id[row.article_id].text:sub(row.first, row.last) }
  end
  local _, named = self.known:group(passages)
  local list, seen = {}, {}
  for _, name in ipairs(named) do
    if not seen[name] then
      seen[name] = true
      list[#list + 1] = self.by_id[math.tointeger(tonumber(name:match("^article (%d+)$") or "")) or 0] or name
    end
  end
  return list
end

local function articles_of(rows)
  local list, seen = {}, {}
  for _, row in ipairs(rows) do
    if not seen[row.article_id] then
      seen[row.article_id] = true
      list[#list + 1] = row.article_id
    end
  end
  return list
end

-- Words of the first passage that give the event's day: what a reader looks for in it
local function read_dates(self, ctx)
  local at = {}
  for _, event in ipairs(self.events) do
    local row = event.evidence[1]
    if row then
      at[row.article_id] = at[row.article_id] or {}
      table.insert(at[row.article_id], event)
    end
  end
  for row in ctx:rows("select article_id, first, last, value from timex where type in ('DATE', 'TIME') and value is not null order by article_id, first") do
    for _, event in ipairs(at[row.article_id] or {}) do
      local evidence = event.evidence[1]
      local same = row.value:sub(1, #event.date) == event.date or row.value:find("^XXXX")
      if same and not event.words and row.first >= evidence.first and row.last <= evidence.last then
        event.words = text.normal_space(self.by_id[row.article_id].text:sub(row.first, row.last))
      end
    end
  end
end

local function read_events(self, ctx)
  if not self.has.timeline then return end
  local by_id = {}
  for row in ctx:rows("select * from event order by date, salience desc, event_id") do
    row.evidence = {}
    by_id[row.event_id] = row
    self.events[#self.events + 1] = row
  end
  for row in ctx:rows("select event_id, article_id, first, last from event_evidence order by rowid") do
    if by_id[row.event_id] and self.by_id[row.article_id] then table.insert(by_id[row.event_id].evidence, row) end
  end
  if self.has.timex then read_dates(self, ctx) end
  for _, event in ipairs(self.events) do event.named = origins_of(self, event.evidence) end
end

local verdict_order = { conflict = 1, internal = 2, stale = 3, update = 4, scope = 5, rounding = 6, role = 7, translation = 8 }

-- An origin that is only the article itself names nothing
local function own_origin(origin) return origin and not origin:find("^article %d+$") and origin or nil end

local function read_discrepancies(self, ctx)
  if not self.has.discrepancies then return end
  local by_id = {}
  for row in ctx:rows("select discrepancy_id, kind, subject, verdict, summary from discrepancy order by discrepancy_id") do
    row.sides = {}
    by_id[row.discrepancy_id] = row
    self.discrepancies[#self.discrepancies + 1] = row
  end
  for row in ctx:rows("select discrepancy_id, article_id, first, last, claim, as_of, origin from discrepancy_side order by rowid") do
    row.origin = own_origin(row.origin)
    if by_id[row.discrepancy_id] then table.insert(by_id[row.discrepancy_id].sides, row) end
  end
  table.sort(self.discrepancies, function(a, b)
    local x, y = verdict_order[a.verdict] or 9, verdict_order[b.verdict] or 9
    if x ~= y then return x < y end
    return a.discrepancy_id < b.discrepancy_id
  end)
end

-- Rows in groups by a key, groups in order of their first row
local function grouped(rows, key_of, make)
  local list, at = {}, {}
  for _, row in ipairs(rows) do
    local key = key_of(row)
    if not at[key] then
      at[key] = make(row)
      at[key].rows = {}
      list[#list + 1] = at[key]
    end
    table.insert(at[key].rows, row)
  end
  return list
end

-- Small numbers are met again by chance: they are one only when they are told of days that lie so near. Value from which a gap is allowed, and days
local gaps = { { 20, math.huge }, { 3, 30 }, { 0, 3 } }

local function near(level, row)
  local most
  for _, gap in ipairs(gaps) do
    if level.value >= gap[1] then
      most = gap[2]
      break
    end
  end
  if not most or most == math.huge then return true end
  local a, b = days.number(level.last_day or ""), days.number(row.as_of or "")
  if not a or not b then return level.last_day == row.as_of end
  return math.abs(a - b) <= most
end

-- One number of one measure, however many articles hand it on: who gives it, of which days, and from how many origins
local function levels_of(self, rows)
  local levels, at = {}, {}
  for _, row in ipairs(rows) do -- in order of their days
    row.vague = number_words.vague(self.by_id[row.article_id].text:sub(row.first, row.last))
    local key = table.concat({ row.value, row.maximum or "", row.unit or "", (row.as_of or ""):sub(1, 4), row.vague or "" }, " ")
    local level = at[key]
    if not level or not near(level, row) then
      level = { value = row.value, maximum = row.maximum, unit = row.unit, qualifier = row.qualifier, vague = row.vague, first_day = row.as_of, rows = {} }
      levels[#levels + 1], at[key] = level, level
    end
    level.last_day = row.as_of
    level.rows[#level.rows + 1] = row
  end
  for _, level in ipairs(levels) do
    local givers, seen = {}, {}
    for _, row in ipairs(level.rows) do
      if row.qualifier ~= level.qualifier then level.qualifier = nil end
      local who = row.giver or row.attributed_to
      if who and not seen[text.key(who)] then
        seen[text.key(who)] = true
        givers[#givers + 1] = who
      end
    end
    level.givers, level.articles, level.named = givers, articles_of(level.rows), origins_of(self, level.rows)
  end
  return levels
end

-- "Figures of PEHA (71 dead …)": in brackets behind a name the number is that one's
local function is_of_another(s, at) return s:sub(math.max(1, at - 60), at - 1):find("%u%w+ %([^()\n]*$") ~= nil end

-- The one organisation of the corpus that a name stands for: a list or a label ("ORMA: 64 dead") has often no mention of it
local function bodies_by_name(self)
  local by = {}
  for _, entity in ipairs(self.entities) do
    for _, spelling in ipairs(entity.kind == "organisation" and entity.spellings or {}) do
      local key = text.key(spelling.name)
      if by[key] == nil then by[key] = entity.name elseif by[key] ~= entity.name then by[key] = false end
    end
  end
  return by
end

local function read_figures(self, ctx, voice)
  if not self.has.figures then return end
  local bodies = bodies_by_name(self)
  local rows = reading.rows(ctx, [[select article_id, first, last, measure, value, maximum, unit, qualifier, as_of, attributed_to from figure
      order by measure, as_of is null, as_of, article_id, first]])
  for _, row in ipairs(rows) do
    if row.attributed_to and voice then
      local _, name = voice { article_id = row.article_id, first = row.first, last = row.last, speaker = row.attributed_to }
      row.giver = bodies[text.key((row.attributed_to:gsub("^[Tt]he ", "")))] or name
    elseif not row.attributed_to and self.known and not is_of_another(self.by_id[row.article_id].text, row.first) then
      -- a document's own figures are those of the body whose letterhead it bears
      row.giver = (self.known.articles[row.article_id] or {}).issuer
    end
  end
  self.figures = grouped(rows, function(row) return row.measure end, function(row) return { measure = row.measure } end)
  for _, group in ipairs(self.figures) do
    group.levels, group.articles, group.differences = levels_of(self, group.rows), #articles_of(group.rows), {}
    for _, d in ipairs(self.discrepancies) do
      if d.kind == "figure" and d.subject == group.measure then table.insert(group.differences, d) end
    end
  end
  table.sort(self.figures, function(a, b)
    if a.articles ~= b.articles then return a.articles > b.articles end
    if #a.rows ~= #b.rows then return #a.rows > #b.rows end
    return a.measure < b.measure
  end)
end

local FEW = 4 -- words

-- What the sections leave out, and report.json holds: a quotation inside another of the same speaker says nothing new (one of somebody else
-- does: "he said that the ministry denied it"), and a few words in the article's own voice are no statement ("urged calm", "citing the ministry")
local function mark_slight(self, rows)
  for i, row in ipairs(rows) do
    local words = row.kind == "indirect" and select(2, self.by_id[row.article_id].text:sub(row.first, row.last):gsub("%S+", "")) or nil
    if words and words <= FEW then row.slight = true end
    for j = i - 1, math.max(1, i - 4), -1 do
      local other = rows[j]
      if other.article_id == row.article_id and other.first <= row.first and other.last >= row.last and not other.slight then row.slight = true end
    end
  end
end

-- Which difference tells the same statement in other words
local function mark_renderings(self, rows)
  local sides = {}
  for _, d in ipairs(self.discrepancies) do
    for _, side in ipairs(d.kind == "quotation" and d.sides or {}) do
      sides[side.article_id] = sides[side.article_id] or {}
      table.insert(sides[side.article_id], { side = side, difference = d })
    end
  end
  for _, row in ipairs(rows) do
    for _, s in ipairs(sides[row.article_id] or {}) do
      if not row.difference and s.side.first <= row.last and s.side.last >= row.first then row.difference = s.difference end
    end
  end
end

local function read_quotations(self, ctx, voice)
  if not self.has.quotations then return end
  local by_id = {}
  for _, entity in ipairs(self.entities) do by_id[entity.id] = entity end
  local rows = reading.rows(ctx, "select article_id, first, last, kind, speaker, mention_id, cue from quotation order by article_id, first, last desc")
  for _, row in ipairs(rows) do row.entity = voice and by_id[voice(row)] or nil end
  mark_renderings(self, rows)
  self.quotations = grouped(rows,
    function(row) return row.entity and "entity " .. row.entity.id or "speaker " .. text.key(row.speaker or "") end,
    function(row) return { speaker = row.entity and row.entity.name or row.speaker or "(nobody named)", entity = row.entity } end)
  self.said = 0
  for i, group in ipairs(self.quotations) do
    group.order = i
    mark_slight(self, group.rows)
    group.count = 0
    for _, row in ipairs(group.rows) do group.count = group.count + (row.slight and 0 or 1) end
    self.said = self.said + (group.count > 0 and 1 or 0)
  end
  table.sort(self.quotations, function(a, b)
    if (a.entity ~= nil) ~= (b.entity ~= nil) then return a.entity ~= nil end
    if a.count ~= b.count then return a.count > b.count end
    return a.order < b.order
  end)
end

--- Reads them into the model.
function statements.read(self, ctx, corpus)
  self.known = self.has.duplicates and origins.new(ctx, corpus) or nil
  local function read(id) return self.by_id[id].text end
  local voice = self.has.names and self.has.entities and voices.new(ctx, read) or nil
  read_events(self, ctx)
  read_discrepancies(self, ctx)
  read_figures(self, ctx, voice)
  read_quotations(self, ctx, voice)
  self.known = nil
end

return statements
