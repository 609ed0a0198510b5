-- Filters of scripts as SQL: which articles, and which rows of a table. Values are always bound, names always checked.

local nearest = require "annalist.nearest"

local selection = {}

local article_filters = {
  "article_id", "date", "from", "to", "outlet", "language", "title", "author", "url", "external_id", "source", "text", "with",
}

-- A condition in the making: its parts and the parameters by name (:p1, :p2, …).
local function condition()
  local parts, parameters, count = {}, {}, 0
  local self = {}

  function self.bind(value)
    count = count + 1
    parameters["p" .. count] = value
    return ":p" .. count
  end

  function self.add(format, ...)
    parts[#parts + 1] = string.format(format, ...)
  end

  function self.finish()
    return #parts > 0 and table.concat(parts, " and ") or "1", parameters
  end

  return self
end

-- "column = value", or "column in (…)" for a list; annalist.null finds NULL.
local function add_value(where, column, value)
  local null = require("annalist.sqlite").null
  if value == null then
    where.add("%s is null", column)
  elseif type(value) == "table" then
    local places = {}
    for i, one in ipairs(value) do places[i] = where.bind(one) end
    where.add("%s in (%s)", column, table.concat(places, ", "))
  else
    where.add("%s = %s", column, where.bind(value))
  end
end

local function date_column(corpus)
  if not corpus:has_table("published") then return "article.declared_date" end
  return "(case when exists (select 1 from published p where p.article_id = article.article_id) then "
    .. "(select p.date from published p where p.article_id = article.article_id) else article.declared_date end)"
end

-- Dates are as long as what is known. "2020" lies between 2020-10-05 and 2020-10-09 as far as anyone can say, and stays in.
local function add_dates(where, corpus, filters)
  local date = date_column(corpus)
  if filters.date then
    local place = where.bind(filters.date)
    where.add("substr(%s, 1, length(%s)) = %s", date, place, place)
  end
  for _, side in ipairs { { "from", ">=" }, { "to", "<=" } } do
    local value = filters[side[1]]
    if value then
      local place = where.bind(value)
      where.add("substr(%s, 1, min(length(%s), length(%s))) %s substr(%s, 1, min(length(%s), length(%s)))",
        date, date, place, side[2], place, date, place)
    end
  end
end

-- with = "timex", with = { "timex", "quotation" } or with = { figure = { measure = "killed" } }
local function add_with(where, corpus, wanted)
  if type(wanted) ~= "table" then wanted = { wanted } end
  local names = {}
  for key, value in pairs(wanted) do
    names[#names + 1] = type(key) == "number" and { value, {} } or { key, value }
  end
  table.sort(names, function(a, b) return a[1] < b[1] end)
  for _, pair in ipairs(names) do
    local inner = selection.row_condition(where, corpus, pair[1], pair[2])
    where.add("exists (select 1 from %s r where r.article_id = article.article_id%s)", corpus:quoted(pair[1]), inner)
  end
end

local function check_names(filters, known, what)
  for name in pairs(filters) do
    local found = false
    for _, one in ipairs(known) do found = found or one == name end
    if not found then
      error(string.format("there is no %s '%s'.%s", what, tostring(name), nearest.hint(tostring(name), known)), 0)
    end
  end
end

--- The condition on `article` for `corpus:articles`:
--- date (a day, month or year), from, to, text (full-text query), with (tables), source (path), and columns by value or list.
function selection.articles(corpus, filters)
  check_names(filters, article_filters, "filter")
  local where = condition()
  for _, column in ipairs { "article_id", "outlet", "language", "title", "author", "url", "external_id" } do
    if filters[column] ~= nil then add_value(where, "article." .. column, filters[column]) end
  end
  add_dates(where, corpus, filters)
  if filters.source then
    where.add("article.source_id in (select source_id from source where path = %s)", where.bind(filters.source))
  end
  if filters.text then
    local query = require("annalist.search").query(corpus, filters.text)
    where.add("article.article_id in (select rowid from article_search where article_search match %s)", where.bind(query))
  end
  if filters.with then add_with(where, corpus, filters.with) end
  return where.finish()
end

--- " and r.kind = :p1 …" for the filters on the columns of a table that goes by the name `r`.
function selection.row_condition(where, corpus, name, filters)
  local columns = corpus:columns(name)
  check_names(filters, columns, "column of " .. name)
  local before = condition()
  before.bind = where.bind
  for _, column in ipairs(columns) do
    if filters[column] ~= nil then add_value(before, 'r."' .. column .. '"', filters[column]) end
  end
  local text = before.finish()
  return text == "1" and "" or " and " .. text
end

--- The condition and the parameters for `corpus:rows`.
function selection.rows(corpus, name, filters)
  local columns = corpus:columns(name)
  check_names(filters, columns, "column of " .. name)
  local where = condition()
  for _, column in ipairs(columns) do
    if filters[column] ~= nil then add_value(where, '"' .. column .. '"', filters[column]) end
  end
  return where.finish()
end

--- "value desc" or "outlet, title" with every name checked; without a wish the order of the primary key.
function selection.order(corpus, name, wish)
  if not wish then return corpus:value("select wr from pragma_table_list(?) limit 1", name) == 1 and "1" or "rowid" end
  local columns, parts = corpus:columns(name), {}
  for term in wish:gmatch("[^,]+") do
    local column, direction = term:lower():match("^%s*([%w_]+)%s*(%l*)%s*$")
    if not column or direction ~= "" and direction ~= "asc" and direction ~= "desc" then
      error(string.format("'%s' is no order; write a column, and desc behind it if you like", term), 0)
    end
    check_names({ [column] = true }, columns, "column of " .. name)
    parts[#parts + 1] = string.format('"%s" %s', column, direction)
  end
  return table.concat(parts, ", ")
end

return selection
