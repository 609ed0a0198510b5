-- People, organisations and places: each with all its spellings by source, and why the spellings are taken to be one.

local escape = require "report.escape"
local parts = require "report.parts"
local passages = require "report.passages"

local html = escape.html

local MOST = 250 -- of a kind
local OPEN = 12  -- shown unfolded
local LINE = 12  -- articles named in a line

local kinds = { { "person", "People" }, { "organisation", "Organisations" }, { "place", "Places" } }

local function by_article(entity)
  local list, at = {}, {}
  for _, s in ipairs(entity.spellings) do
    local group = at[s.article_id]
    if not group then
      group = { article_id = s.article_id }
      at[s.article_id] = group
      list[#list + 1] = group
    end
    group[#group + 1] = s
  end
  return list
end

-- Why the spellings are one: each reason once, with the spelling that it was given for
local function reasons_of(entity)
  local out, seen = {}, {}
  for _, s in ipairs(entity.spellings) do
    for _, reason in ipairs(s.reasons) do
      if not seen[reason] and #out < 8 then
        seen[reason] = true
        out[#out + 1] = ("<li>%s: %s</li>"):format(html(s.name), html(reason))
      end
    end
  end
  if #out == 0 or entity.count < 2 then return "" end
  return '<details class="why"><summary>Why these are one</summary><ul>' .. table.concat(out) .. "</ul></details>"
end

local function entity_card(model, entity, open)
  entity.shown = true
  local rows = {}
  for i, group in ipairs(by_article(entity)) do
    local article, names = model.by_id[group.article_id], {}
    for k, s in ipairs(group) do
      names[k] = parts.link(model, s, "name", s.name) .. (s.count > 1 and (' <span class="dim">×%d</span>'):format(s.count) or "")
    end
    rows[i] = ("<tr><td>%s</td><td>%s</td></tr>"):format(article and parts.chip(article) or "", table.concat(names, ", "))
  end
  local about = entity.description and entity.description ~= "" and (' <span class="dim">%s</span>'):format(html(entity.description)) or ""
  return ('<details class="entity item" id="entity-%d"%s><summary><b>%s</b>%s<span class="tally">%s · %s%s</span></summary><table class="plain">%s</table>%s</details>'):format(
    entity.id, open and " open" or "", html(entity.name), about, parts.count(entity.articles, "article"), parts.count(entity.count, "mention"),
    entity.forms > 1 and " · " .. parts.count(entity.forms, "spelling") or "", table.concat(rows), reasons_of(entity))
end

-- One spelling: a line, with the articles in which it stands
local function entity_line(model, entity)
  entity.shown = true
  local chips, first = {}, entity.spellings[1]
  for i, s in ipairs(entity.spellings) do
    local article = model.by_id[s.article_id]
    local anchor = article and passages.note(article, s.first, s.last, "name")
    if anchor and i <= LINE then chips[#chips + 1] = parts.number_chip(article, anchor) end
  end
  local more = #entity.spellings > LINE and (' <span class="dim">+%d</span>'):format(#entity.spellings - LINE) or ""
  local about = entity.description and entity.description ~= "" and (' <span class="dim">%s</span>'):format(html(entity.description)) or ""
  return ('<div class="line item" id="entity-%d">%s%s %s%s</div>'):format(entity.id, first and parts.link(model, first, "name", entity.name) or html(entity.name), about,
    table.concat(chips, " "), more)
end

local function kind_part(model, kind, title)
  local cards, lines, total = {}, {}, 0
  for _, entity in ipairs(model.entities) do
    if entity.kind == kind then
      total = total + 1
      if total <= MOST and entity.forms > 1 then cards[#cards + 1] = entity_card(model, entity, #cards < OPEN and kind == "person")
      elseif total <= MOST then lines[#lines + 1] = entity_line(model, entity) end
    end
  end
  if total == 0 then return "" end
  local rest = total > MOST and ('<p class="dim">and %d more, in report.json</p>'):format(total - MOST) or ""
  local body = #cards > 0 and ('<div class="kinds">%s</div>'):format(table.concat(cards)) or ""
  if #lines > 0 then body = body .. (#cards > 0 and '<p class="tally">In one spelling everywhere:</p>' or "") .. ('<div class="lines">%s</div>'):format(table.concat(lines)) end
  return ('<div class="kind"><h3 id="entities-%s">%s <span class="dim">%d</span></h3>%s%s</div>'):format(kind, title, total, body, rest)
end

-- Pairs that may be one and may be two: for the reader to decide
local function doubts_part(model)
  local rows = {}
  local function name(entity) return entity.shown and ('<a class="to" href="#entity-%d">%s</a>'):format(entity.id, html(entity.name)) or html(entity.name) end
  for i, d in ipairs(model.doubts) do
    if i > MOST then break end
    rows[i] = { name(d.a), name(d.b), ("%d%%"):format(math.floor(d.score * 100 + 0.5)), html(d.reason or "") }
  end
  if #rows == 0 then return "" end
  return '<h3 id="doubts">Perhaps the same</h3><p class="lead">Close calls that were left apart.</p>' .. parts.table({ "One", "The other", "Likely", "Why" }, rows, "narrow")
end

return function(model)
  if not model.has.names then return nil end
  local out = {}
  for i, kind in ipairs(kinds) do out[i] = kind_part(model, kind[1], kind[2]) end
  local body = table.concat(out) .. doubts_part(model)
  if body == "" then body = '<p class="none">Nobody is named.</p>' end
  return parts.section("entities", "People, organisations, places", "Who and what is named, in every spelling, source by source.", body, "Filter names")
end
