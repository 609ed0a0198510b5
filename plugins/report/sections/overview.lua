-- The first screen: what the corpus is, what was found in it, and what a reader should be careful about.

local digest = require "report.digest"
local escape = require "report.escape"
local parts = require "report.parts"
local passages = require "report.passages"
local text = require "annalist.text"

local html = escape.html

local function span_of(model)
  local low, high, dated = nil, nil, 0
  for _, article in ipairs(model.articles) do
    local date = article.published and article.published.date
    if date then
      dated = dated + 1
      local day = date:sub(1, 10)
      if not low or day < low then low = day end
      if not high or day > high then high = day end
    end
  end
  return low, high, dated
end

local function card(number, label, target)
  return ('<a class="card" href="#%s"><b>%s</b><span>%s</span></a>'):format(target, number, html(label))
end

local function outlets_of(model)
  local n, seen = 0, {}
  for _, article in ipairs(model.articles) do
    if article.outlet and not seen[article.outlet] then
      seen[article.outlet] = true
      n = n + 1
    end
  end
  return n
end

local function cards(model)
  local out, outlets, people, conflicts, said = {}, outlets_of(model), 0, 0, 0
  for _, entity in ipairs(model.entities) do people = people + (entity.kind == "person" and 1 or 0) end
  for _, d in ipairs(model.discrepancies) do conflicts = conflicts + ((d.verdict == "conflict" or d.verdict == "internal") and 1 or 0) end
  for _, group in ipairs(model.quotations) do said = said + group.count end
  out[#out + 1] = card(#model.articles, outlets > 1 and ("articles of %d outlets"):format(outlets) or #model.articles == 1 and "article" or "articles", "sources")
  if model.has.names then out[#out + 1] = card(people, people == 1 and "person" or "people", "entities") end
  if model.has.timeline then out[#out + 1] = card(#model.events, #model.events == 1 and "event" or "events", "timeline") end
  if model.has.discrepancies then
    out[#out + 1] = card(#model.discrepancies, (#model.discrepancies == 1 and "difference" or "differences") .. ", " .. parts.count(conflicts, "conflict"), "discrepancies")
  end
  if model.has.quotations then out[#out + 1] = card(said, said == 1 and "quotation" or "quotations", "quotations") end
  return '<div class="cards">' .. table.concat(out) .. "</div>"
end

local function events_part(model)
  local out = {}
  for i, event in ipairs(digest.main_events(model, 7)) do
    local when = digest.when(model, event)
    out[i] = ('<li><time datetime="%s">%s</time> <a href="#event-%d">%s</a> <span class="dim">%s</span></li>'):format(html(event.date), html(when), event.event_id,
      html(text.clip(event.headline, 170)), parts.count(event.articles, "article"))
  end
  if #out == 0 then return "" end
  return '<h3>What happened</h3><ol class="brief">' .. table.concat(out) .. "</ol>"
end

-- How many: the count as it grew, or the number that most articles give
local function tolls_part(model)
  local out = {}
  for i, toll in ipairs(digest.how_many(model)) do
    local d, level = toll.difference, toll.level
    if d then
      out[i] = ('<li><b>%s</b>: <a href="#difference-%d">%s</a></li>'):format(html(toll.measure), d.discrepancy_id, html(parts.sentence(d.summary)))
    else
      local before, number = parts.figure(level)
      out[i] = ('<li><b>%s</b>: <a href="#figures">%s%s</a> <span class="dim">%s</span></li>'):format(html(toll.measure), html(before), html(number),
        html(parts.count(#level.articles, "article") .. (level.named and #level.articles > 1 and ", " .. parts.origins(#level.named, level.named, 3) or "")))
    end
  end
  return #out > 0 and '<h3>How many</h3><ul class="brief">' .. table.concat(out) .. "</ul>" or ""
end

local CHIPS = 4 -- articles named beside a number

-- One number of a table with the articles that give it; each leads to its passage
local function number_link(model, entry)
  local before, number = parts.figure(entry.row)
  local out = { parts.link(model, entry.row, "figure", before .. number) }
  for i, row in ipairs(entry.rows) do
    local article = model.by_id[row.article_id]
    if i <= CHIPS then out[#out + 1] = parts.number_chip(article, passages.note(article, row.first, row.last, "figure")) end
  end
  if #entry.rows > CHIPS then out[#out + 1] = ('<span class="dim">+%d</span>'):format(#entry.rows - CHIPS) end
  return '<span class="number">' .. table.concat(out, " ") .. "</span>"
end

local function who_table(model, t)
  local head, rows = { t.measure }, {}
  for i, day in ipairs(t.days) do head[i + 1] = digest.short_day(day, t.days) end
  for i, source in ipairs(t.sources) do
    local cells = { source.name and html(text.clip(source.name, 60)) or '<span class="dim">no source named</span>' }
    for _, day in ipairs(t.days) do
      local numbers = {}
      for k, entry in ipairs(source.cells[day] or {}) do numbers[k] = number_link(model, entry) end
      cells[#cells + 1] = table.concat(numbers)
    end
    rows[i] = cells
  end
  local rest = {}
  if t.more > 0 then rest[1] = parts.count(t.more, "more source") end
  if t.left > 0 then rest[#rest + 1] = parts.count(t.left, "more day") end
  return parts.table(head, rows, "who") .. (#rest > 0 and ('<p class="dim">%s: see <a href="#figures">figures</a>.</p>'):format(table.concat(rest, ", ")) or "")
end

-- Who says how many, and for which day
local function who_part(model)
  local out = {}
  for i, t in ipairs(digest.who_says(model)) do out[i] = who_table(model, t) end
  if #out == 0 then return "" end
  return '<h3>Who says how many</h3><p class="lead">Each source a line, each day a column; a number leads to its words.</p><div class="whos">' .. table.concat(out) .. "</div>"
end

-- "Gives its date as …" of an article whose declared date `published` refused: why, and what was taken on which grounds
local function refused(article, p)
  local reason = p.reason or p.method or "the text says otherwise"
  local grounds, why = reason:match "^(.-);? ?declared [^,]*, which is not believed: (.*)$"
  local taken = p.date and "Taken instead: " .. parts.date(p.date) .. (grounds and grounds ~= "" and " (" .. parts.sentence(grounds) .. ")" or "") .. "."
  return ("%s gives its date as %s, which is not believed: %s. %s"):format(parts.chip(article), html(parts.sentence(p.refused)), html(parts.sentence(why or reason)),
    html(taken or "No better date was found."))
end

local function careful_dates(model, add)
  local undated, inferred = {}, {}
  for _, article in ipairs(model.articles) do
    local p = article.published
    if p and p.refused then
      add(refused(article, p))
    elseif article.page_date then
      add(("%s bears the date %s, which is not the article’s: %s was taken (%s)."):format(parts.chip(article),
        parts.link(model, { article_id = article.id, first = article.page_date.first, last = article.page_date.last }, "date", parts.date(article.page_date.value)),
        html(parts.day_of(p)), html(parts.sentence(p.reason or p.method or ""))))
    elseif model.has.published and not (p and p.date) then
      undated[#undated + 1] = parts.chip(article)
    elseif p and p.date and p.method == "other articles" then
      inferred[#inferred + 1] = parts.chip(article)
    end
  end
  if #inferred > 0 then
    add("Dated only by what other articles say of the same events: " .. table.concat(inferred, " ", 1, math.min(#inferred, 12))
      .. (#inferred > 12 and (" and %d more"):format(#inferred - 12) or ""))
  end
  if #undated > 0 then
    add("Without a date: " .. table.concat(undated, " ", 1, math.min(#undated, 12)) .. (#undated > 12 and (" and %d more"):format(#undated - 12) or ""))
  end
end

local function list_of(title, items)
  if #items == 0 then return "" end
  return ('<h3>%s</h3><ul class="brief careful"><li>%s</li></ul>'):format(title, table.concat(items, "</li><li>"))
end

local DIFFERENCES = 10 -- named on the first screen

-- Corrections first, then what can't all be right
local function careful_numbers(model)
  local out = {}
  local function add(s) out[#out + 1] = s end
  local corrected = {}
  for _, d in ipairs(digest.corrections(model)) do
    corrected[d] = true
    add(('<span class="verdict v-update">corrected</span> <a href="#difference-%d">%s</a>'):format(d.discrepancy_id, html((d.subject or d.kind) .. ": " .. parts.sentence(d.summary))))
  end
  local left = 0
  for _, d in ipairs(model.discrepancies) do
    if not corrected[d] and (d.verdict == "conflict" or d.verdict == "internal" or d.verdict == "stale") then
      left = left + (#out < DIFFERENCES and 0 or 1)
      if left == 0 then add(('<span class="verdict v-%s">%s</span> <a href="#difference-%d">%s</a>'):format(html(d.verdict), html(d.verdict), d.discrepancy_id,
        html((d.subject or d.kind) .. ": " .. parts.sentence(d.summary)))) end
    end
  end
  if left > 0 then add(('<a href="#discrepancies">%d more</a>'):format(left)) end
  return list_of("To be careful about", out)
end

-- Days that were not believed or only found out, names that may be one, sources and plugins that failed
local function careful_sources(model)
  local out = {}
  local function add(s) out[#out + 1] = s end
  careful_dates(model, add)
  if #model.doubts > 0 then
    add(('%s may be one or two: see <a href="#doubts">perhaps the same</a>.'):format(parts.count(#model.doubts, "pair of names", "pairs of names")))
  end
  if #model.duplicates > 0 then add(parts.count(#model.duplicates, "pair") .. " of articles are nearly the same; they count as one origin.") end
  for _, source in ipairs(model.sources) do
    if source.status == "failed" and #out < 40 then add("Could not be read: " .. html(source.path or "") .. " – " .. html(source.error or "")) end
  end
  for _, p in ipairs(model.plugins) do
    if p.status == "failed" then add(("The plugin %s failed; what it would have found is missing (<a href=\"#method\">why</a>)."):format(html(p.plugin))) end
  end
  if #model.errors > 0 then
    add(('%s of plugins on single articles; what they would have found is missing (<a href="#method">list</a>).'):format(parts.count(#model.errors, "failure")))
  end
  return list_of("Dates and sources to be careful about", out)
end

return function(model)
  local low, high, dated = span_of(model)
  local period = not low and "none with a date" or low == high and "published " .. parts.date(low) or "published " .. parts.date(low) .. " to " .. parts.date(high)
  local lead = ("%s, %s; %d with a date. Every statement leads to the passage that it was read from."):format(parts.count(#model.articles, "article"), html(period), dated)
  local first = ('<div class="two"><div>%s</div><div>%s%s</div></div>'):format(events_part(model), tolls_part(model), careful_numbers(model))
  return parts.section("overview", "Overview", lead, cards(model) .. first .. who_part(model) .. careful_sources(model))
end
