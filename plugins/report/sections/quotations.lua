-- Quotations by speaker.

local escape = require "report.escape"
local parts = require "report.parts"

local html = escape.html

local SPEAKERS, EACH = 150, 40

local function quotation_item(model, q)
  local article = model.by_id[q.article_id]
  if not article then return "" end
  local date, facts = article.published and article.published.date, {}
  if q.entity and q.speaker and not q.entity.name:find(q.speaker, 1, true) then facts[#facts + 1] = html(q.speaker) end
  if q.cue and q.cue ~= "" then facts[#facts + 1] = "“" .. html(q.cue) .. "”" end
  if date then facts[#facts + 1] = html(parts.date(date)) end
  local d = q.difference
  local paired = d and (' <a class="verdict v-%s" href="#difference-%d">told in %s</a>'):format(html(d.verdict), d.discrepancy_id, parts.count(#d.sides, "rendering")) or ""
  return ('<li><blockquote class="k-%s">%s</blockquote><p class="tally">%s %s%s</p></li>'):format(html(q.kind), parts.quote(model, q, "quotation", 0),
    parts.chip(article), table.concat(facts, " · "), paired)
end

local function group_item(model, group, open)
  local out, entity = {}, group.entity
  for _, q in ipairs(group.rows) do
    if not q.slight and #out < EACH then out[#out + 1] = quotation_item(model, q) end
  end
  local more = group.count > EACH and ('<p class="dim">%d more are in report.json.</p>'):format(group.count - EACH) or ""
  local about = entity and entity.description and entity.description ~= "" and (' <span class="dim">%s</span>'):format(html(entity.description)) or ""
  local name = entity and entity.shown and ('<a class="to" href="#entity-%d">%s</a>'):format(entity.id, html(group.speaker)) or html(group.speaker)
  return ('<details class="speaker item"%s><summary><b>%s</b>%s<span class="tally">%s</span></summary><ul class="quotes">%s</ul>%s</details>'):format(open and " open" or "",
    name, about, parts.count(group.count, "quotation"), table.concat(out), more)
end

return function(model)
  if not model.has.quotations then return nil end
  local known, unnamed, shown = {}, {}, 0
  for _, group in ipairs(model.quotations) do
    if group.count > 0 and shown < SPEAKERS then
      local list = group.entity and known or unnamed
      list[#list + 1] = group_item(model, group, shown < 10)
      shown = shown + 1
    end
  end
  local body = shown == 0 and '<p class="none">Nobody is quoted.</p>' or table.concat(known)
  if #unnamed > 0 then body = body .. '<h3>Speakers who are not named</h3>' .. table.concat(unnamed) end
  if model.said > shown then body = body .. ('<p class="dim">%d more speakers are in report.json.</p>'):format(model.said - shown) end
  return parts.section("quotations", "Quotations", "Who said what, by speaker. In marks: the speaker’s own words as quoted; in italics: told in the article’s words, or only partly in his. "
    .. "What is told in four words or fewer is left to report.json.",
    body, "Filter quotations")
end
