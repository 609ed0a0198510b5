-- The first screen: what the corpus is, what was found in it, and what a reader should be careful about.

local escape = require "report.escape"
local parts = require "report.parts"
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

-- An article's head, as a share of it and in bytes: what it tells further down, and nobody else tells, is no main event
local HEAD, LEAST = 0.35, 2000

-- What several articles of several origins tell comes before what one tells at length, and that before what one adds in its last lines.
local function weight(model, event)
  local row, w = event.evidence[1], event.salience * (event.articles + event.origins - 1)
  local article = event.articles == 1 and row and model.by_id[row.article_id]
  return article and row.first > math.max(HEAD * #article.text, LEAST) and w * 0.3 or w
end

-- The events that matter most, in order of time; one sentence that names two days is no two events
local function main_events(model, most)
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

local function events_part(model)
  local out = {}
  for i, event in ipairs(main_events(model, 7)) do
    out[i] = ('<li><time datetime="%s">%s</time> <a href="#event-%d">%s</a> <span class="dim">%s</span></li>'):format(html(event.date), html(parts.date(event.date)), event.event_id,
      html(text.clip(event.headline, 170)), parts.count(event.articles, "article"))
  end
  if #out == 0 then return "" end
  return '<h3>What happened</h3><ol class="brief">' .. table.concat(out) .. "</ol>"
end

local tolls = { "killed", "injured", "missing", "detained", "displaced" }

-- How many: the count as it grew, or the number that most articles give
local function tolls_part(model)
  local out, by = {}, {}
  for _, group in ipairs(model.figures) do by[group.measure] = group end
  for _, measure in ipairs(tolls) do
    local group, best, grown = by[measure], nil, nil
    for _, level in ipairs(group and group.levels or {}) do
      if level.value > 0 and (not best or #level.articles > #best.articles) then best = level end
    end
    for _, d in ipairs(group and group.differences or {}) do
      if d.verdict == "update" and (not grown or #d.sides > #grown.sides) then grown = d end
    end
    if grown then
      out[#out + 1] = ('<li><b>%s</b>: <a href="#difference-%d">%s</a></li>'):format(html(measure), grown.discrepancy_id, html(parts.sentence(grown.summary)))
    elseif best then
      local before, number = parts.figure(best)
      out[#out + 1] = ('<li><b>%s</b>: <a href="#figures">%s%s</a> <span class="dim">%s</span></li>'):format(html(measure), html(before), html(number),
        html(parts.count(#best.articles, "article") .. (best.named and #best.articles > 1 and ", " .. parts.origins(#best.named, best.named, 3) or "")))
    end
  end
  return #out > 0 and '<h3>How many</h3><ul class="brief">' .. table.concat(out) .. "</ul>" or ""
end

local function careful_dates(model, add)
  local undated, inferred = {}, {}
  for _, article in ipairs(model.articles) do
    local p = article.published
    if p and p.refused then
      add(("%s gives its date as %s. Refused: %s. %s"):format(parts.chip(article), html(p.refused), html(parts.sentence(p.reason or p.method or "the text says otherwise")),
        p.date and "Taken instead: " .. html(parts.date(p.date)) .. "." or "No better date was found."))
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

local function careful(model)
  local out = {}
  local function add(s) out[#out + 1] = "<li>" .. s .. "</li>" end
  careful_dates(model, add)
  for _, d in ipairs(model.discrepancies) do
    if (d.verdict == "conflict" or d.verdict == "internal" or d.verdict == "stale") and #out < 14 then
      add(('<span class="verdict v-%s">%s</span> <a href="#difference-%d">%s</a>'):format(html(d.verdict), html(d.verdict), d.discrepancy_id,
        html((d.subject or d.kind) .. ": " .. parts.sentence(d.summary))))
    end
  end
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
  if #out == 0 then return "" end
  return '<h3>To be careful about</h3><ul class="brief careful">' .. table.concat(out) .. "</ul>"
end

return function(model)
  local low, high, dated = span_of(model)
  local period = not low and "none with a date" or low == high and "published " .. parts.date(low) or "published " .. parts.date(low) .. " to " .. parts.date(high)
  local lead = ("%s, %s; %d with a date. Every statement leads to the passage that it was read from."):format(parts.count(#model.articles, "article"), html(period), dated)
  return parts.section("overview", "Overview", lead, cards(model) .. '<div class="two"><div>' .. events_part(model) .. "</div><div>" .. tolls_part(model) .. careful(model) .. "</div></div>")
end
