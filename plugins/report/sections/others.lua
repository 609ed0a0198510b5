-- Tables of plugins that this report has never heard of: one section each, the columns as they are, passages linked where there are any.

local escape = require "report.escape"
local parts = require "report.parts"

local html = escape.html

local hidden = { first = true, last = true }

-- "risk_word" -> "Risk word"
local function title_of(name) return (name:gsub("_", " "):gsub("^%l", string.upper)) end

local function cell(model, row, column)
  local value = row[column]
  if value == nil then return "" end
  if column == "article_id" or column == "other_id" then
    local article = model.by_id[value]
    return article and parts.chip(article) or html(value)
  end
  if math.type(value) == "float" then value = ("%.4g"):format(value) end
  return html(value)
end

local function section_of(model, other, id)
  local passage = other.has.article_id and other.has.first and other.has.last
  local head, shown, rows = {}, {}, {}
  for _, column in ipairs(other.columns) do
    if not (passage and hidden[column]) then
      shown[#shown + 1] = column
      head[#head + 1] = column == "article_id" and "article" or (column:gsub("_", " "))
    end
  end
  if passage then head[#head + 1] = "passage" end
  for i, row in ipairs(other.rows) do
    local cells = {}
    for k, column in ipairs(shown) do cells[k] = cell(model, row, column) end
    if passage then cells[#cells + 1] = parts.quote(model, row, "other", 60) end
    rows[i] = cells
  end
  local summary = other.summary and other.summary ~= "" and html((other.summary:gsub("%.?$", "."))) .. " " or ""
  local note = ("%sPlugin %s, %s."):format(summary, html(other.plugin), parts.count(other.total, "row"))
  local more = other.total > #other.rows and ('<p class="dim">%d more rows are in the corpus.</p>'):format(other.total - #other.rows) or ""
  return parts.section(id, title_of(other.table), note, parts.table(head, rows, "other") .. more, "Filter rows")
end

return function(model)
  local out = {}
  for i, other in ipairs(model.others) do
    local id = "other-" .. i
    out[i] = { id = id, title = title_of(other.table), count = other.total, html = section_of(model, other, id) }
  end
  return out
end
