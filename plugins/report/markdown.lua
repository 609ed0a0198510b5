-- The same report as Markdown, to be read as plain text or pasted elsewhere. Articles are named by number; passages are quoted.

local digest = require "report.digest"
local escape = require "report.escape"
local parts = require "report.parts"
local text = require "annalist.text"

local md = escape.markdown

local DAY = 5 -- events of one day, beside those that several articles tell of

local markdown = {}

local function passage(model, row, most)
  local article = model.by_id[row.article_id]
  if not article or not row.first then return "" end
  return escape.inline(text.clip(text.normal_space(article.text:sub(row.first, row.last)), most or 300))
end

local function number_of(model, id)
  local article = model.by_id[id]
  return article and ("[%d]"):format(article.number) or ""
end

local function sources(model, add)
  add "## Sources\n"
  for _, article in ipairs(model.articles) do
    local p = article.published
    local how = p and md((p.method or "") .. (p.reason and ": " .. parts.sentence(p.reason) or "")) .. (p.refused and "; refused: " .. md(p.refused) or "")
    local sure = parts.sure(p)
    add(("%d. **%s**%s – %s%s%s"):format(article.number, md(article.name), (article.outlet and ", " .. md(article.outlet) or "") .. (article.genre and " *(" .. article.genre .. ")*" or ""),
      parts.day_of(p), sure and ", " .. sure .. " sure" or "", how and " (" .. how .. ")" or ""))
    if article.page_date then add(("   bears the date %s, which was not taken for the article’s"):format(parts.date(article.page_date.value))) end
    add(("   %s"):format(md(article.file)))
  end
end

local function backing(count, origins, named)
  return parts.count(count, "article") .. (count > 1 and origins and ", " .. md(parts.origins(origins, named)) or "")
end

local function numbers_of(model, rows)
  local seen, refs = {}, {}
  for _, row in ipairs(rows) do
    if not seen[row.article_id] then
      seen[row.article_id] = true
      refs[#refs + 1] = number_of(model, row.article_id)
    end
  end
  return table.concat(refs, " ")
end

-- A table of sources by days
local function who_says(model, add, t)
  local line, rule = { "**" .. md(t.measure) .. "**" }, { "---" }
  for i, day in ipairs(t.days) do line[i + 1], rule[i + 1] = digest.short_day(day, t.days), "---" end
  add(("\n| %s |\n| %s |"):format(table.concat(line, " | "), table.concat(rule, " | ")))
  for _, source in ipairs(t.sources) do
    local cells = { source.name and md(text.clip(source.name, 60)) or "*no source named*" }
    for _, day in ipairs(t.days) do
      local numbers = {}
      for k, entry in ipairs(source.cells[day] or {}) do
        local before, number = parts.figure(entry.row)
        numbers[k] = md(before .. number) .. " " .. numbers_of(model, entry.rows)
      end
      cells[#cells + 1] = table.concat(numbers, ", ")
    end
    add(("| %s |"):format(table.concat(cells, " | ")))
  end
end

local function overview(model, add)
  local events, tolls, corrections = digest.main_events(model, 7), digest.how_many(model), digest.corrections(model)
  if #events + #tolls + #corrections == 0 then return end
  add "## Overview\n"
  for _, d in ipairs(corrections) do add(("- **corrected**, %s: %s"):format(md(d.subject or d.kind), md(parts.sentence(d.summary)))) end
  for _, event in ipairs(events) do
    local when, sure = digest.when(model, event)
    add(("- %s%s: %s %s"):format(when, sure and " (" .. sure .. " sure)" or "", md(text.clip(event.headline, 170)), numbers_of(model, event.evidence)))
  end
  for _, toll in ipairs(tolls) do
    if toll.difference then add(("- **%s**: %s"):format(md(toll.measure), md(parts.sentence(toll.difference.summary))))
    else
      local before, number = parts.figure(toll.level)
      add(("- **%s**: %s (%s)"):format(md(toll.measure), md(before .. number), backing(#toll.level.articles, toll.level.named and #toll.level.named, toll.level.named)))
    end
  end
  local tables = digest.who_says(model)
  if #tables > 0 then add "\n### Who says how many" end
  for _, t in ipairs(tables) do who_says(model, add, t) end
  add ""
end

local function timeline(model, add)
  if not model.has.timeline then return end
  add "\n## Timeline\n"
  local day, of_day, left = nil, 0, 0
  local function close()
    if left > 0 then add(("- %d more of %s, each told by one article, are in report.json"):format(left, parts.date(day))) end
  end
  for _, event in ipairs(model.events) do
    if event.date ~= day then
      close()
      day, of_day, left = event.date, 0, 0
    end
    of_day = of_day + 1
    if of_day > DAY and event.articles == 1 then
      left = left + 1
      goto continue
    end
    local when, sure = digest.when(model, event)
    local marks = (event.background == 1 and " *(history)*" or event.planned == 1 and " *(planned)*" or "") .. (sure and " *(" .. sure .. " sure)*" or "")
    add(("- **%s**%s %s %s (%s)"):format(when, marks, md(event.headline), numbers_of(model, event.evidence), backing(event.articles, event.origins, event.named)))
    for i, row in ipairs(event.evidence) do
      if i > 1 and i <= 4 then add(("  - %s “%s”"):format(number_of(model, row.article_id), passage(model, row, 200))) end
    end
    ::continue::
  end
  close()
end

local function figures(model, add)
  if not model.has.figures or #model.figures == 0 then return end
  add "\n## Figures\n"
  for _, group in ipairs(model.figures) do
    add(("- **%s**"):format(md(group.measure)))
    for _, level in ipairs(group.levels) do
      local before, number, unit = parts.figure(level)
      local facts = {}
      if level.first_day then facts[#facts + 1] = "as of " .. parts.days(level.first_day, level.last_day) end
      if #level.givers > 0 then facts[#facts + 1] = "given by " .. md(table.concat(level.givers, "; ")) end
      facts[#facts + 1] = backing(#level.articles, level.named and #level.named, level.named)
      add(("  - %s**%s**%s %s (%s): “%s”"):format(md(before), md(number), md(unit), numbers_of(model, level.rows), table.concat(facts, "; "), passage(model, level.rows[1], 200)))
    end
  end
end

local function discrepancies(model, add)
  if not model.has.discrepancies then return end
  add "\n## Where articles differ\n"
  if #model.discrepancies == 0 then add "No differences were found." end
  for _, d in ipairs(model.discrepancies) do
    add(("- **%s**, %s: %s"):format(md(d.verdict), md(d.subject or d.kind), md(parts.sentence(d.summary))))
    for _, side in ipairs(d.sides) do
      local facts = (side.as_of and ", as of " .. parts.date(side.as_of) or "") .. (side.origin and ", from " .. md(side.origin) or "")
      local said = d.kind == "quotation" and facts:gsub("^, ", "") or md(side.claim or "") .. facts -- a quotation is its own claim
      add(("  - %s %s: “%s”"):format(number_of(model, side.article_id), said, passage(model, side, d.kind == "quotation" and 600 or 200)))
    end
  end
end

local function entities(model, add)
  if not model.has.names then return end
  add "\n## People, organisations, places\n"
  if #model.entities == 0 then add "Nobody is named." end
  for _, entity in ipairs(model.entities) do
    local names, seen = {}, {}
    for _, s in ipairs(entity.spellings) do
      seen[s.name] = seen[s.name] or {}
      if #seen[s.name] == 0 then names[#names + 1] = s.name end
      table.insert(seen[s.name], number_of(model, s.article_id))
    end
    for i, name in ipairs(names) do names[i] = md(name) .. " " .. table.concat(seen[name]) end
    add(("- **%s** (%s)%s: %s"):format(md(entity.name), md(entity.kind), entity.description and entity.description ~= "" and ", " .. md(entity.description) or "", table.concat(names, "; ")))
  end
end

-- Pairs that may be one and may be two: for the reader to decide
local function doubts(model, add)
  if #model.doubts == 0 then return end
  add "\n### Perhaps the same\n"
  for _, d in ipairs(model.doubts) do
    add(("- %s and %s: %d%% likely%s"):format(md(d.a.name), md(d.b.name), math.floor(d.score * 100 + 0.5), d.reason and d.reason ~= "" and " (" .. md(d.reason) .. ")" or ""))
  end
end

local function quotations(model, add)
  if not model.has.quotations then return end
  add "\n## Quotations\n"
  if model.said == 0 then add "Nobody is quoted." end
  for _, group in ipairs(model.quotations) do
    if group.count > 0 then add(("- **%s**"):format(md(group.speaker))) end
    for _, q in ipairs(group.rows) do
      if not q.slight then
        local speaker = q.entity and q.speaker and not q.entity.name:find(q.speaker, 1, true) and ", " .. md(q.speaker) or ""
        local cue = q.kind ~= "direct" and q.cue and q.cue ~= "" and (" (“%s”)"):format(md(q.cue)) or ""
        add(("  - %s %s%s%s: “%s”%s"):format(number_of(model, q.article_id), md(q.kind), cue, speaker, passage(model, q, 600),
          q.difference and (" (told in %s, see above)"):format(parts.count(#q.difference.sides, "rendering")) or ""))
      end
    end
  end
end

local function others(model, add)
  for _, other in ipairs(model.others) do
    add(("\n## %s\n\n%s\n"):format(md(other.table), md(other.summary or "")))
    for _, row in ipairs(other.rows) do
      local cells = {}
      for _, column in ipairs(other.columns) do
        if row[column] ~= nil and column ~= "first" and column ~= "last" then
          cells[#cells + 1] = column == "article_id" and number_of(model, row[column]) or md(column) .. ": " .. md(row[column])
        end
      end
      if other.has.article_id and row.first and row.last then cells[#cells + 1] = "“" .. passage(model, row, 200) .. "”" end
      add("- " .. table.concat(cells, ", "))
    end
  end
end

-- What ran, and what failed: said at the end, as in the page
local function method(model, add)
  add "\n## How this was made\n"
  add "By annalist, by rules and small models, without a reader’s judgement: a reading of these articles, not of the world.\n"
  for _, source in ipairs(model.sources) do
    if source.status == "failed" then add(("- Could not be read: %s – %s"):format(md(source.path or ""), md(source.error or ""))) end
  end
  for _, p in ipairs(model.plugins) do
    if p.status ~= "done" and p.status ~= "cached" then add(("- %s: %s; some of what it would have found is missing"):format(md(p.plugin), md(p.status))) end
  end
  for i, e in ipairs(model.errors) do
    if i <= 200 then add(("- %s failed%s: %s"):format(md(e.plugin), e.article_id and " on " .. number_of(model, e.article_id) or "", md(e.message))) end
  end
end

--- The whole report as a string.
function markdown.build(model, title)
  local out = { "# " .. md(title) .. "\n" }
  local function add(line) out[#out + 1] = line end
  add(("%s. Numbers in brackets are articles, in the order of Sources.\n"):format(parts.count(#model.articles, "article")))
  overview(model, add)
  sources(model, add)
  timeline(model, add)
  discrepancies(model, add)
  figures(model, add)
  entities(model, add)
  doubts(model, add)
  quotations(model, add)
  others(model, add)
  method(model, add)
  return table.concat(out, "\n") .. "\n"
end

return markdown
