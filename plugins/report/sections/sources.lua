-- Sources: every article with its date and how that date was found, or why a date was refused.

local escape = require "report.escape"
local parts = require "report.parts"

local html = escape.html

local function date_cells(model, article)
  local p = article.published
  if not p then return '<span class="dim">not looked for</span>', "" end
  local date = p.date and ("<b>%s</b>"):format(html(parts.day_of(p))) or '<b class="none">no date</b>'
  if p.confidence and p.date then
    local percent = math.floor(math.max(0, math.min(1, p.confidence)) * 100 + 0.5)
    date = date .. ('<br><span class="sure" title="%d%% sure"><i style="width:%d%%"></i></span> <span class="dim">%d%%</span>'):format(percent, percent, percent)
  end
  local how = html(p.method or "")
  local reason = p.reason and parts.sentence(p.reason) or ""
  if reason ~= "" then how = reason:find(p.method or "", 1, true) == 1 and html(reason) or how .. (how ~= "" and ": " or "") .. html(reason) end
  if p.refused then how = ('<s>%s</s> refused. '):format(html(p.refused)) .. how end
  if p.first then how = how .. parts.quote(model, { article_id = article.id, first = p.first, last = p.last }, "date", 40) end
  return date, how
end

-- What an article shares with others: whole, or passages
local function shared_cell(model, article)
  local out, seen = {}, {}
  local function add(row, label)
    local other = model.by_id[row.article_id == article.id and row.other_id or row.other_id == article.id and row.article_id or -1]
    if other and not seen[other.id .. label] then
      seen[other.id .. label] = true
      out[#out + 1] = label .. " " .. parts.chip(other)
    end
  end
  for _, row in ipairs(model.duplicates) do add(row, ("%d%% of its words with"):format(math.floor(row.similarity * 100 + 0.5))) end
  for _, row in ipairs(model.reuse) do add(row, "a passage with") end
  return table.concat(out, ", ")
end

return function(model)
  local rows = {}
  for i, article in ipairs(model.articles) do
    local date, how = date_cells(model, article)
    local link, shared = escape.link(article.url), shared_cell(model, article)
    local kind = article.genre and (' <span class="genre">%s</span>'):format(html(article.genre)) or ""
    rows[i] = {
      parts.chip(article),
      ('%s%s<br><span class="dim">%s%s</span>%s'):format(html(article.name), kind, html(article.file), link and (' · <a rel="noreferrer" href="%s">web</a>'):format(link) or "",
        shared ~= "" and '<br><span class="dim">shares ' .. shared .. "</span>" or ""),
      date, how, html(article.language or ""),
    }
  end
  local head = { "Article", "Title and file", "Published", "How the date was found", "Language" }
  return parts.section("sources", "Sources", "Each article, the day on which it appeared, how sure that is, and why.", parts.table(head, rows, "sources"), "Filter articles")
end
