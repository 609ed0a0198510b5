-- Quotations by speaker.

local escape = require "report.escape"
local parts = require "report.parts"

local html = escape.html

local SPEAKERS, EACH = 150, 40

local function quotation_item(model, q)
  local article = model.by_id[q.article_id]
  if not article then return "" end
  local date = article.published and article.published.date
  return ('<li><blockquote class="k-%s">%s</blockquote><p class="tally">%s %s%s%s</p></li>'):format(html(q.kind), parts.quote(model, q, "quotation", 0),
    parts.chip(article), html(q.kind), q.cue and q.cue ~= "" and ", “" .. html(q.cue) .. "”" or "", date and " · " .. html(parts.date(date)) or "")
end

local function group_item(model, group, open)
  local out, entity = {}, group.entity
  for i, q in ipairs(group.rows) do
    if i <= EACH then out[i] = quotation_item(model, q) end
  end
  local more = #group.rows > EACH and ('<p class="dim">%d more are in report.json.</p>'):format(#group.rows - EACH) or ""
  local about = entity and entity.description and entity.description ~= "" and (' <span class="dim">%s</span>'):format(html(entity.description)) or ""
  local name = entity and entity.shown and ('<a class="to" href="#entity-%d">%s</a>'):format(entity.id, html(group.speaker)) or html(group.speaker)
  return ('<details class="speaker item"%s><summary><b>%s</b>%s<span class="tally">%s</span></summary><ul class="quotes">%s</ul>%s</details>'):format(open and " open" or "",
    name, about, parts.count(#group.rows, "quotation"), table.concat(out), more)
end

return function(model)
  if not model.has.quotations then return nil end
  local out = {}
  for i, group in ipairs(model.quotations) do
    if i <= SPEAKERS then out[i] = group_item(model, group, i <= 10) end
  end
  local body = #out > 0 and table.concat(out) or '<p class="none">Nobody is quoted.</p>'
  if #model.quotations > SPEAKERS then body = body .. ('<p class="dim">%d more speakers are in report.json.</p>'):format(#model.quotations - SPEAKERS) end
  return parts.section("quotations", "Quotations", "Who said what: direct, indirect and mixed, by speaker.", body, "Filter quotations")
end
