-- Differences side by side, and every figure by measure.

local escape = require "report.escape"
local parts = require "report.parts"

local html = escape.html

local MOST = 300 -- differences, and figures of one measure

local meaning = {
  conflict = "both can’t be right", internal = "one article is at odds with itself", update = "a later number", rounding = "one number, made round",
  scope = "different things are counted", role = "an office is told differently", translation = "one statement, in different words", stale = "an old number told again",
}

local function side(model, row, kind)
  local article = model.by_id[row.article_id]
  if not article then return "" end
  local facts, claim = {}, row.claim or ""
  if row.as_of then facts[#facts + 1] = "as of " .. html(parts.date(row.as_of)) end
  if row.origin then facts[#facts + 1] = "from " .. html(row.origin) end
  local long = #claim > 60 or kind == "quotation"
  return ('<div class="side%s" style="%s">%s%s<p class="tally">%s</p>%s</div>'):format(long and " words" or "", parts.colour(article), parts.chip(article),
    long and "" or ('<p class="claim">%s</p>'):format(html(claim)), table.concat(facts, " · "), parts.quote(model, row, "figure", long and 0 or 110))
end

local function item(model, d)
  local sides = {}
  for i, row in ipairs(d.sides) do sides[i] = side(model, row, d.kind) end
  return ('<article class="difference item" id="difference-%d"><h4><span class="verdict v-%s" title="%s">%s</span> %s</h4><p>%s</p><div class="sides">%s</div></article>'):format(
    d.discrepancy_id, html(d.verdict), html(meaning[d.verdict] or ""), html(d.verdict), html(d.subject or d.kind), html(parts.sentence(d.summary)), table.concat(sides))
end

local function legend(model)
  local count, order, out = {}, {}, {}
  for _, d in ipairs(model.discrepancies) do
    if not count[d.verdict] then
      count[d.verdict] = 0
      order[#order + 1] = d.verdict
    end
    count[d.verdict] = count[d.verdict] + 1
  end
  for i, verdict in ipairs(order) do
    out[i] = ('<li><span class="verdict v-%s">%s</span> %d <span class="dim">%s</span></li>'):format(html(verdict), html(verdict), count[verdict], meaning[verdict] or "")
  end
  return '<ul class="legend">' .. table.concat(out) .. "</ul>"
end

local function differences(model)
  if not model.has.discrepancies then return nil end
  local out = {}
  for i, d in ipairs(model.discrepancies) do
    if i <= MOST then out[i] = item(model, d) end
  end
  local body = #out > 0 and legend(model) .. table.concat(out) or '<p class="none">No differences were found.</p>'
  if #model.discrepancies > MOST then body = body .. ('<p class="dim">%d more are in report.json.</p>'):format(#model.discrepancies - MOST) end
  return parts.section("discrepancies", "Where articles differ", "Each difference is typed before it is called a conflict: most are a later count, a round number, or another scope.",
    body, "Filter differences")
end

local PASSAGES = 3 -- of one number, before the fold

-- The passages of one number: an article's first one each, the rest folded
local function passages_of(model, level)
  local shown, more = {}, {}
  for _, row in ipairs(level.rows) do
    local article = model.by_id[row.article_id]
    if article then
      local line = ("<li>%s %s</li>"):format(parts.chip(article), parts.quote(model, row, "figure", 70))
      if #shown < PASSAGES then shown[#shown + 1] = line else more[#more + 1] = line end
    end
  end
  return ('<ul class="said">%s</ul>'):format(table.concat(shown))
    .. (#more > 0 and ('<details><summary>%d more</summary><ul class="said">%s</ul></details>'):format(#more, table.concat(more)) or "")
end

local function level_rows(model, levels)
  local rows = {}
  for i, level in ipairs(levels) do
    if i > MOST then break end
    local before, number, unit = parts.figure(level)
    local givers = {}
    for k, who in ipairs(level.givers) do givers[k] = html(who) end
    local backing = parts.count(#level.articles, "article") .. (level.named and #level.articles > 1 and ", " .. parts.origins(#level.named, level.named) or "")
    rows[i] = { ("%s<b>%s</b>%s"):format(html(before), html(number), html(unit)), html(parts.days(level.first_day, level.last_day)), table.concat(givers, "; "),
      html(backing), passages_of(model, level) }
  end
  return rows
end

local CASES = 3 -- single cases of a measure from which they are folded

-- What is counted, and apart from it the single cases: one or two people, told of by one article
local function parted(levels)
  local counts, cases = {}, {}
  for _, level in ipairs(levels) do
    local list = level.value <= 2 and #level.articles == 1 and cases or counts
    list[#list + 1] = level
  end
  if #cases <= CASES or #counts == 0 then return levels, {} end
  return counts, cases
end

local head = { "Figure", "As of", "Given by", "Told by", "Passages" }

local function tables(model, group)
  local counts, cases = parted(group.levels)
  local out = parts.table(head, level_rows(model, counts), "figures")
  if #cases > 0 then
    out = out .. ('<details class="cases"><summary>Single cases <span class="dim">%d</span></summary>%s</details>'):format(#cases,
      parts.table(head, level_rows(model, cases), "figures"))
  end
  return out
end

-- The differences of a measure, named beside its numbers
local function badges(group)
  local out = {}
  for i, d in ipairs(group.differences) do
    if i <= 6 then out[i] = (' <a class="verdict v-%s" href="#difference-%d" title="%s">%s</a>'):format(html(d.verdict), d.discrepancy_id, html(d.summary), html(d.verdict)) end
  end
  return table.concat(out)
end

local function figures(model)
  if not model.has.figures or #model.figures == 0 then return nil end
  local out = {}
  for i, group in ipairs(model.figures) do
    local open = i <= 6 and (group.articles > 1 or i <= 2)
    out[i] = ('<details class="measure"%s><summary><b>%s</b> <span class="dim">%s</span>%s</summary>%s%s</details>'):format(open and " open" or "", html(group.measure),
      html(parts.count(#group.levels, "number") .. " in " .. parts.count(group.articles, "article")), badges(group),
      tables(model, group),
      #group.levels > MOST and ('<p class="dim">%d more are in report.json.</p>'):format(#group.levels - MOST) or "")
  end
  return parts.section("figures", "Figures", "Every number side by side: of which days, who gives it, how many articles hand it on, and from how many independent origins.",
    table.concat(out), "Filter figures")
end

return { differences = differences, figures = figures }
