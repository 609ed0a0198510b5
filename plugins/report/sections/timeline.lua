-- Timeline: a drawing of how much is told of each day, then the events with their evidence.

local days = require "lib.days"
local digest = require "report.digest"
local escape = require "report.escape"
local parts = require "report.parts"
local passages = require "report.passages"
local text = require "annalist.text"

local html = escape.html

local MOST = 400     -- events shown
local EVIDENCE = 4   -- passages shown before the fold
local LIGHT, FEW = 0.2, 15 -- a day of which one article tells, below this share of the weightiest, is folded away, unless there are few
local DAY = 4        -- events of one day before the fold
local WIDTH, HEIGHT = 920, 120
local LABEL = 110    -- width of a day and year under the drawing

local function by_day(events)
  local list, at = {}, {}
  for _, event in ipairs(events) do
    if event.precision == "day" and event.background ~= 1 and days.number(event.date) then
      local bar = at[event.date]
      if not bar then
        bar = { date = event.date, number = days.number(event.date), sum = 0, event = event }
        at[event.date] = bar
        list[#list + 1] = bar
      end
      bar.sum = bar.sum + event.salience
    end
  end
  return list
end

-- Days far off the main time would squeeze it: the drawing covers the days that hold nearly all the weight
local function trim(bars)
  local total, low, high = 0, 1, #bars
  for _, bar in ipairs(bars) do total = total + bar.sum end
  local cut = 0
  while low < high and cut + bars[low].sum <= total * 0.03 do
    cut = cut + bars[low].sum
    low = low + 1
  end
  cut = 0
  while high > low and cut + bars[high].sum <= total * 0.03 do
    cut = cut + bars[high].sum
    high = high - 1
  end
  return { table.unpack(bars, low, high) }
end

local function drawing(events)
  local bars = trim(by_day(events))
  if #bars < 2 then return "" end
  local first, last, top = bars[1].number, bars[#bars].number, 0
  for _, bar in ipairs(bars) do top = math.max(top, bar.sum) end
  local step = WIDTH / (last - first + 1)
  local out = { ('<svg class="strip" viewBox="0 0 %d %d" role="img" aria-label="How much is told of each day, %s to %s">'):format(WIDTH, HEIGHT + 24,
    html(parts.date(bars[1].date)), html(parts.date(bars[#bars].date))) }
  local within_year = bars[1].date:sub(1, 4) == bars[#bars].date:sub(1, 4)
  for number = first, last, math.max(1, math.ceil((last - first + 1) / 8)) do
    local x, date = (number - first) * step, parts.date(days.iso(number))
    if within_year then date = date:gsub(" %d%d%d%d$", "") end
    local cut = x > WIDTH - LABEL
    out[#out + 1] = ('<line x1="%.1f" x2="%.1f" y1="0" y2="%d"/><text x="%.1f" y="%d"%s>%s</text>'):format(x, x, HEIGHT, cut and x - 2 or x + 2, HEIGHT + 16,
      cut and ' text-anchor="end"' or "", html(date))
  end
  for _, bar in ipairs(bars) do
    local height, width = math.max(2, bar.sum / top * (HEIGHT - 8)), math.max(1, math.min(40, step * 0.7))
    out[#out + 1] = ('<a href="#event-%d"><rect x="%.1f" y="%.1f" width="%.1f" height="%.1f"><title>%s: %s</title></rect></a>'):format(bar.event.event_id,
      (bar.number - first) * step + math.min(1, step * 0.1), HEIGHT - height, width, height, html(parts.date(bar.date)), html(bar.event.headline))
  end
  out[#out + 1] = "</svg>"
  return table.concat(out)
end

-- The headline says the first passage when it is its beginning
local function is_said(model, event)
  local row = event.evidence[1]
  local article = row and model.by_id[row.article_id]
  if not article then return true end
  local passage = text.normal_space(article.text:sub(row.first, row.last))
  local at = passage:find((event.headline:gsub("…$", "")), 1, true)
  return at ~= nil and at <= 6 -- the dot of a list, or a mark, may stand before it
end

-- The passages: those that the headline doesn't say already
local function evidence_of(model, event)
  local shown, more = {}, {}
  local from = is_said(model, event) and 2 or 1
  for i, row in ipairs(event.evidence) do
    local article = model.by_id[row.article_id]
    if article and i >= from then
      local line = ("<li>%s %s</li>"):format(parts.chip(article), parts.quote(model, row, "event", 0))
      if i <= EVIDENCE then shown[#shown + 1] = line else more[#more + 1] = line end
    end
  end
  local fold = #more > 0 and ("<details><summary>%d more</summary><ul>%s</ul></details>"):format(#more, table.concat(more)) or ""
  return (#shown > 0 and ("<ul>%s</ul>"):format(table.concat(shown)) or "") .. fold
end

-- The headline, with the words in it that give the day set apart
local function headline_of(event)
  local headline, words = event.headline, event.words
  local first, last = headline:find(words or "\0", 1, true)
  if not first then return html(headline) end
  return ('%s<em>%s</em>%s'):format(html(headline:sub(1, first - 1)), html(words), html(headline:sub(last + 1)))
end

local function event_item(model, event, strongest, same_day)
  local weight = strongest > 0 and math.max(4, math.floor(event.salience / strongest * 100)) or 4
  local when, sure = digest.when(model, event)
  local first = event.evidence[1]
  local article = first and model.by_id[first.article_id]
  local anchor = article and passages.note(article, first.first, first.last, "event")
  local planned = event.planned == 1 and '<span class="dim">planned:</span> ' or ""
  local headline = anchor and ('<a class="to" href="#%s">%s</a>'):format(anchor, headline_of(event)) or headline_of(event)
  local backing = event.articles > 1 and " " .. html(parts.count(event.articles, "article") .. ", " .. parts.origins(event.origins, event.named)) or ""
  return ([[<article class="event item%s%s" id="event-%d"><div class="when"><time datetime="%s"%s>%s</time><span class="weight" title="weight %.2f"><i style="width:%d%%"></i></span></div>
<div><h4>%s%s</h4><p class="tally">%s%s</p>%s</div></article>]]):format(event.background == 1 and " background" or "", same_day and " same" or "", event.event_id,
    html(event.date), sure and (' title="the day of the article is %s sure"'):format(sure) or "", html(when),
    event.salience, weight, planned, headline, article and parts.chip(article) or "", backing, evidence_of(model, event))
end

-- Events of one day: the weightiest, and all that several articles tell of; what one article adds is folded away
local function day_list(model, list, strongest)
  local shown, more = {}, {}
  for i, event in ipairs(list) do
    local out = (i <= DAY or event.articles > 1) and shown or more
    out[#out + 1] = event_item(model, event, strongest, #out > 0)
  end
  return table.concat(shown) .. (#more > 0 and ('<details class="rest"><summary>%d more of %s, each told by one article</summary>%s</details>'):format(#more,
    html(parts.date(list[1].date)), table.concat(more)) or "")
end

-- Days one below the other
local function events_list(model, list, strongest)
  local out, day = {}, {}
  for i, event in ipairs(list) do
    day[#day + 1] = event
    if not list[i + 1] or list[i + 1].date ~= event.date then
      out[#out + 1] = day_list(model, day, strongest)
      day = {}
    end
  end
  return '<div class="events">' .. table.concat(out) .. "</div>"
end

local function fold(title, list, body)
  if #list == 0 then return "" end
  return ('<details class="past"><summary>%s <span class="dim">%d</span></summary>%s</details>'):format(title, #list, body)
end

-- The events that are shown: the weightiest, in order of time
local function chosen(events)
  if #events <= MOST then return events end
  local list = {}
  for i, event in ipairs(events) do list[i] = event end
  table.sort(list, function(a, b)
    if a.salience ~= b.salience then return a.salience > b.salience end
    return a.event_id < b.event_id
  end)
  for i = #list, MOST + 1, -1 do list[i] = nil end
  table.sort(list, function(a, b)
    if a.date ~= b.date then return a.date < b.date end
    if a.salience ~= b.salience then return a.salience > b.salience end
    return a.event_id < b.event_id
  end)
  return list
end

return function(model)
  if not model.has.timeline then return nil end
  local list, past, now, light, strongest = chosen(model.events), {}, {}, {}, 0
  local weight_of, told_by = {}, {} -- of each day: its weightiest event, and how many articles tell of one
  for _, event in ipairs(list) do
    strongest = math.max(strongest, event.salience)
    weight_of[event.date] = math.max(weight_of[event.date] or 0, event.salience)
    told_by[event.date] = math.max(told_by[event.date] or 0, event.articles)
  end
  for _, event in ipairs(list) do
    local slight = told_by[event.date] == 1 and weight_of[event.date] < strongest * LIGHT and #list > FEW
    local out = event.background == 1 and past or slight and light or now
    out[#out + 1] = event
  end
  local body = drawing(list) .. events_list(model, now, strongest) .. fold("Days that one article tells of in passing", light, events_list(model, light, strongest))
    .. fold("History", past, events_list(model, past, strongest))
  if #list < #model.events then body = body .. ('<p class="dim">%d lighter events are in report.json.</p>'):format(#model.events - #list) end
  return parts.section("timeline", "Timeline",
    "What happened when, with the passages that say so; underlined is what gives the day. "
      .. "The bar is an event’s weight: how many tell of it, how prominently, from how many origins.", body, "Filter events")
end
