-- The digest: what a reader wants first, drawn from the model for every page alike. The main events, how many by the latest word, and who says how many
-- of what on which day.

local number_words = require "lib.number_words"
local parts = require "report.parts"
local text = require "annalist.text"
local voices = require "lib.speech.voices"

local digest = {}

function digest.load() number_words.load() end

-- An article's head, as a share of it and in bytes: what it tells further down, and nobody else tells, is no main event
local HEAD, LEAST = 0.35, 2000

-- What several articles of several origins tell comes before what one tells at length, and that before what one adds in its last lines.
local function weight(model, event)
  local row, w = event.evidence[1], event.salience * (event.articles + event.origins - 1)
  local article = event.articles == 1 and row and model.by_id[row.article_id]
  return article and row.first > math.max(HEAD * #article.text, LEAST) and w * 0.3 or w
end

--- The events that matter most, in order of time; one sentence that names two days is no two events.
function digest.main_events(model, most)
  local list, chosen, told = {}, {}, {}
  for _, event in ipairs(model.events) do
    if event.background ~= 1 and event.planned ~= 1 and event.precision == "day" then list[#list + 1] = { event = event, weight = weight(model, event) } end
  end
  table.sort(list, function(a, b)
    if a.weight ~= b.weight then return a.weight > b.weight end
    return a.event.event_id < b.event.event_id
  end)
  for _, entry in ipairs(list) do
    local event = entry.event
    local row = event.evidence[1]
    local key = row and row.article_id .. " " .. row.first
    if #chosen < most and not (key and told[key]) then
      chosen[#chosen + 1] = event
      if key then told[key] = true end
    end
  end
  table.sort(chosen, function(a, b)
    if a.date ~= b.date then return a.date < b.date end
    return a.event_id < b.event_id
  end)
  return chosen
end

local SINGLE = 2      -- people; so few may be a case that is told of ("the driver was killed"), and no count

-- Is this row a count? "Kevin Aro was killed" counts nobody, "one person was killed" does; and what a columnist makes of numbers is no count.
local function is_count(model, row)
  if model.by_id[row.article_id].genre == "opinion" then return false end
  if row.value > SINGLE then return true end
  local passage = model.by_id[row.article_id].text:sub(row.first, row.last)
  if passage:find("%d") then return true end
  for word in passage:gmatch("[%a-]+") do
    if number_words.of(word) then return true end
  end
  return false
end

digest.tolls = { "killed", "injured", "missing", "detained", "displaced" }

-- The level that most articles hand on, of those that count; among equals the latest, then the greatest
local function is_better(level, n, best, most)
  if not best or n ~= most then return not best or n > most end
  local a, b = level.last_day or "", best.last_day or ""
  if a ~= b then return a > b end
  return level.value > best.value
end

local function best_level(model, group)
  local best, most
  for _, level in ipairs(group.levels) do
    local seen, n = {}, 0
    for _, row in ipairs(level.rows) do
      if not seen[row.article_id] and is_count(model, row) then seen[row.article_id], n = true, n + 1 end
    end
    if level.value > 0 and n > 0 and is_better(level, n, best, most) then best, most = level, n end
  end
  return best
end

local function by_measure(model)
  local by = {}
  for _, group in ipairs(model.figures) do by[group.measure] = group end
  return by
end

--- How many: for each measure the difference that tells how the count grew, or the number that most articles give.
-- @return list of { measure, difference } or { measure, level }
function digest.how_many(model)
  local list, by = {}, by_measure(model)
  for _, measure in ipairs(digest.tolls) do
    local group, grown = by[measure], nil
    for _, d in ipairs(group and group.differences or {}) do
      if d.verdict == "update" and (not grown or #d.sides > #grown.sides) then grown = d end
    end
    local level = group and not grown and best_level(model, group) or nil
    if grown or level then list[#list + 1] = { measure = measure, difference = grown, level = level } end
  end
  return list
end

local DAYS, SOURCES, ROWS = 9, 10, 2      -- columns and rows of a table at most; sources from which it is worth one

-- The days of a table: those of which most is told, in order
local function days_of(rows)
  local list, count = {}, {}
  for _, told in ipairs(rows) do
    if not count[told.day] then list[#list + 1] = told.day end
    count[told.day] = (count[told.day] or 0) + 1
  end
  table.sort(list, function(a, b)
    if count[a] ~= count[b] then return count[a] > count[b] end
    return a < b
  end)
  local left = math.max(0, #list - DAYS)
  for i = #list, DAYS + 1, -1 do list[i] = nil end
  table.sort(list)
  return list, left
end

-- One number in a cell: told once, with the first row of each article that hands it on
local function add_number(cell, row)
  local key = table.concat({ row.value, row.maximum or "", row.qualifier or "", row.vague or "" }, " ")
  local entry = cell[key]
  if not entry then
    entry = { row = row, rows = {}, seen = {} }
    cell[key] = entry
    cell[#cell + 1] = entry
  end
  if not entry.seen[row.article_id] then
    entry.seen[row.article_id] = true
    entry.rows[#entry.rows + 1] = row
  end
end

-- Rows by who gives them, in order of their first day; then those that could be anybody ("officials"), and last those of whom nobody is named
local function by_source(rows, shown)
  local list, at = {}, {}
  for _, told in ipairs(rows) do
    local row, day = told.row, told.day
    if shown[day] then
      local who = row.giver or row.attributed_to
      local key = who and text.key(who) or ""
      local source = at[key]
      if not source then
        source = { name = who, cells = {}, first = #list, rank = not who and 3 or voices.key(who) and 1 or 2 }
        at[key] = source
        list[#list + 1] = source
      end
      source.cells[day] = source.cells[day] or {}
      add_number(source.cells[day], row)
    end
  end
  table.sort(list, function(a, b)
    if a.rank ~= b.rank then return a.rank < b.rank end
    return a.first < b.first
  end)
  return list
end

--- Who says how many: for each toll that several sources or several days tell of, a table of sources by days.
-- @return list of { measure, days, left (days left out), sources = { { name or nil, cells = { [day] = { { row, rows (one an article) } … } } } … }, more (sources left out) }
function digest.who_says(model)
  local list, by = {}, by_measure(model)
  for _, measure in ipairs(digest.tolls) do
    local rows = {}
    for _, row in ipairs(by[measure] and by[measure].rows or {}) do
      if row.as_of and #row.as_of >= 10 and row.value > 0 and is_count(model, row) then
        rows[#rows + 1] = { row = row, day = row.as_of:sub(1, 10) }
      end
    end
    local columns, left = days_of(rows)
    local shown = {}
    for _, day in ipairs(columns) do shown[day] = true end
    local sources = by_source(rows, shown)
    if #sources >= ROWS then
      local more, nobody = math.max(0, #sources - SOURCES), sources[#sources].rank == 3 and table.remove(sources) or nil
      for i = #sources, (nobody and SOURCES - 1 or SOURCES) + 1, -1 do sources[i] = nil end
      sources[#sources + 1] = nobody
      list[#list + 1] = { measure = measure, days = columns, left = left, sources = sources, more = more }
    end
  end
  return list
end

local UNSURE = 0.5      -- confidence of an article's day below which a day that leans on it is a perhaps

-- How sure the surest day of publication is on which an event's day hangs; nil when it hangs on none: "20 August" doesn't, "Tuesday" does
local function sureness(model, event)
  if event.words and event.words:find("%d") then return nil end
  local best
  for _, row in ipairs(event.evidence) do
    local article = model.by_id[row.article_id]
    local sure = article and article.published and article.published.confidence or 1
    if not best or sure > best then best = sure end
  end
  return best
end

--- An event's days as they are read, "perhaps 15 August 2019" when they hang on an uncertain day of publication; and then how sure that is, "15%".
function digest.when(model, event)
  local when, sure = parts.date(event.date) .. (event.end_date and " to " .. parts.date(event.end_date) or ""), sureness(model, event)
  if not sure or sure >= UNSURE then return when, nil end
  return "perhaps " .. when, ("%d%%"):format(math.floor(sure * 100 + 0.5))
end

--- Corrections that the differences tell of: the first thing to know of a number. No verdict is one; the words of the summary say it.
function digest.corrections(model)
  local list = {}
  for _, d in ipairs(model.discrepancies) do
    if d.verdict == "update" and d.summary:find("corrected", 1, true) then list[#list + 1] = d end
  end
  return list
end

--- A day for the head of a column, without its year where all are of one: "18 Aug"
function digest.short_day(day, columns)
  local s = parts.date(day)
  if columns[1]:sub(1, 4) == columns[#columns]:sub(1, 4) then s = s:gsub(" %d%d%d%d$", "") end
  return (s:gsub("(%a%a%a)%a+", "%1"))
end

return digest
