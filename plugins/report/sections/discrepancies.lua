-- Differences side by side, and every figure by measure.

local escape = require "report.escape"
local parts = require "report.parts"

local html = escape.html

local MOST = 300 -- differences, and figures of one measure

local meaning = {
  conflict = "both can’t be right", internal = "one article is at odds with itself", update = "a later number", rounding = "one number, made round",
  scope = "different things are counted", role = "an office is told differently", translation = "one statement, in different words", stale = "an old number told again",
}

local function side(model, row)
  local article = model.by_id[row.article_id]
  if not article then return "" end
  local facts, claim = {}, row.claim or ""
  if row.as_of then facts[#facts + 1] = "as of " .. html(parts.date(row.as_of)) end
  if row.origin then facts[#facts + 1] = "from " .. html(row.origin) end
  local long = #claim > 60
  return ('<div class="side" style="%s">%s%s<p class="tally">%s</p>%s</div>'):format(parts.colour(article), parts.chip(article),
    long and "" or ('<p class="claim">%s</p>'):format(html(claim)), table.concat(facts, " · "), parts.quote(model, row, "figure", long and 0 or 110))
end

local function item(model, d)
  local sides = {}
  for i, row in ipairs(d.sides) do sides[i] = side(model, row) end
  return ('<article class="difference item" id="difference-%d"><h4><span class="verdict v-%s" title="%s">%s</span> %s</h4><p>%s</p><div class="sides">%s</div></article>'):format(
    d.discrepancy_id, html(d.verdict), html(meaning[d.verdict] or ""), html(d.verdict), html(d.subject or d.kind), html(d.summary), table.concat(sides))
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

-- 1211 -> "1,211"
local function number(x)
  if x == nil then return "" end
  if x ~= math.floor(x) or math.abs(x) >= 1e15 then return ("%.10g"):format(x) end
  local s, out = ("%d"):format(math.tointeger(math.abs(x))), {}
  while #s > 3 do
    table.insert(out, 1, s:sub(-3))
    s = s:sub(1, -4)
  end
  table.insert(out, 1, s)
  return (x < 0 and "-" or "") .. table.concat(out, ",")
end

local function figure_rows(model, group)
  local rows = {}
  for i, f in ipairs(group.rows) do
    if i > MOST then break end
    local article = model.by_id[f.article_id]
    local claim = (f.qualifier and f.qualifier ~= "exactly" and html(f.qualifier) .. " " or "") .. "<b>" .. number(f.value)
      .. (f.maximum and f.maximum ~= f.value and "–" .. number(f.maximum) or "") .. "</b>" .. (f.unit and f.unit ~= "people" and " " .. html(f.unit) or "")
    rows[i] = { claim, f.as_of and html(parts.date(f.as_of)) or "", html(f.attributed_to or ""), article and parts.chip(article) or "", parts.quote(model, f, "figure", 70) }
  end
  return rows
end

local function figures(model)
  if not model.has.figures or #model.figures == 0 then return nil end
  local out = {}
  for i, group in ipairs(model.figures) do
    out[i] = ('<details class="measure"%s><summary><b>%s</b> <span class="dim">%d</span></summary>%s%s</details>'):format(i <= 4 and " open" or "", html(group.measure), #group.rows,
      parts.table({ "Figure", "As of", "Said by", "Article", "Passage" }, figure_rows(model, group), "figures"),
      #group.rows > MOST and ('<p class="dim">%d more are in report.json.</p>'):format(#group.rows - MOST) or "")
  end
  return parts.section("figures", "Figures", "Every number with its measure, its day and who gives it, in order of time.", table.concat(out), "Filter figures")
end

return { differences = differences, figures = figures }
