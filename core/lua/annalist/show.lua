-- How a value prints itself in the REPL: rows as aligned columns, an article as its head, a long list as its first rows and
-- a count, tables with their keys in order. Everything ends with a newline and fits the terminal.

local article = require "annalist.article"
local corpus = require "annalist.corpus"
local formats = require "annalist.formats"
local printable = require "annalist.printable"
local rows = require "annalist.rows"
local text = require "annalist.text"

local show = {}

local first_rows = 20     -- of a list or of rows
local longest_text = 4000 -- bytes of a string at the top
local deepest = 4

local function clip(line, width)
  return width and text.clip(line, width) or line
end

-- Text as it is, but nothing in it can steer the terminal.
local function safe(s)
  if not utf8.len(s) then s = text.sanitize(s) end
  return printable.text(s)
end

show.safe = safe

-- Tables ----------------------------------------------------------------------------------------------

local function key_order(a, b)
  if type(a) == type(b) and (type(a) == "number" or type(a) == "string") then return a < b end
  return type(a) == "number" or type(b) ~= "number" and tostring(a) < tostring(b)
end

local function sorted_keys(value)
  local keys = {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys, key_order)
  return keys
end

local describe

local function describe_key(key)
  if type(key) == "string" and key:find("^[%a_][%w_]*$") then return key end
  return "[" .. describe(key, deepest) .. "]"
end

local function describe_table(value, depth, seen)
  if seen[value] then return "(above)" end
  if depth >= deepest then return "{…}" end
  seen[value] = true
  local parts, length = {}, #value
  for i = 1, math.min(length, first_rows) do parts[i] = describe(value[i], depth + 1, seen) end
  if length > first_rows then parts[#parts + 1] = string.format("… %d more", length - first_rows) end
  local others = 0
  for _, key in ipairs(sorted_keys(value)) do
    if not (math.type(key) == "integer" and key >= 1 and key <= length) then
      others = others + 1
      if others <= 2 * first_rows then
        parts[#parts + 1] = describe_key(key) .. " = " .. describe(value[key], depth + 1, seen)
      end
    end
  end
  if others > 2 * first_rows then parts[#parts + 1] = string.format("… %d more", others - 2 * first_rows) end
  seen[value] = nil
  if #parts == 0 then return "{}" end
  local line = "{ " .. table.concat(parts, ", ") .. " }"
  if text.width(line) <= 76 - 2 * depth and not line:find("\n") then return line end
  local indent = ("  "):rep(depth + 1)
  return "{\n" .. indent .. table.concat(parts, ",\n" .. indent) .. "\n" .. ("  "):rep(depth) .. "}"
end

-- A string within a table: one line, in quotation marks.
local function describe_string(s)
  local line = formats.one_line(s)
  return '"' .. text.clip(line, 60):gsub('"', '\\"') .. '"'
end

function describe(value, depth, seen)
  depth, seen = depth or 0, seen or {}
  local kind = type(value)
  if kind == "string" then
    return describe_string(value)
  elseif kind == "table" then
    local meta = getmetatable(value)
    if meta and meta.__tostring then return formats.one_line(tostring(value)) end
    return describe_table(value, depth, seen)
  elseif value == require("annalist.json").null then
    return "null"
  end
  return tostring(value)
end

--- A value on one line or several, without a newline at the end.
show.describe = describe

-- Rows ----------------------------------------------------------------------------------------------------

local first_columns = { article_id = 1, source_id = 2, first = 3, last = 4 }

-- Columns of records whose order nobody told us: ids and places first, the rest by name.
local function guess_columns(list)
  local seen, columns = {}, {}
  for i = 1, math.min(#list, 100) do
    for key in pairs(list[i]) do
      if type(key) == "string" and not seen[key] then
        seen[key] = true
        columns[#columns + 1] = key
      end
    end
  end
  table.sort(columns, function(a, b)
    local x, y = first_columns[a] or 9, first_columns[b] or 9
    if x ~= y then return x < y end
    return a < b
  end)
  return columns
end

local function is_record(value)
  if type(value) ~= "table" or #value > 0 then return false end
  local key = next(value)
  return type(key) == "string"
end

local function is_record_list(value)
  if #value == 0 then return false end
  for i = 1, math.min(#value, 50) do
    if not is_record(value[i]) then return false end
    for _, cell in pairs(value[i]) do
      if type(cell) == "table" then return false end
    end
  end
  return true
end

-- What an article's line in a list shows.
local article_columns = { "article_id", "date", "outlet", "language", "title" }

local function cells_of(record, columns)
  local row = {}
  for i, name in ipairs(columns) do row[i] = record[name] end
  return row
end

local function print_records(records, columns, total, write, width, most)
  most = most or first_rows
  if #records == 0 then
    write("(no rows)\n")
    return
  end
  if article.is(records[1]) then columns = article_columns end
  columns = columns or guess_columns(records)
  local writer = formats.writer("table", columns, write, width or 200)
  for i = 1, math.min(#records, most) do writer.row(cells_of(records[i], columns)) end
  writer.finish()
  if total > most then
    write(string.format("… %d more (%d in all)\n", total - most, total))
  elseif total > 1 then
    write(string.format("(%s)\n", printable.count(total, "row")))
  end
end

-- Rows still to come are counted without keeping them.
local function print_rows(value, write, width)
  local head = {}
  while #head < first_rows do
    local row = value()
    if row == nil then break end
    head[#head + 1] = row
  end
  local total = #head + (#head == first_rows and value:count() or 0)
  print_records(head, value.columns, total, write, width)
end

--- Rows that are lists in the order of `columns`: at most `most` of `total`.
function show.lists(list, columns, write, width, total, most)
  local writer = formats.writer("table", columns, write, width)
  for i = 1, math.min(#list, most) do writer.row(list[i]) end
  writer.finish()
  write(total > most and string.format("… %d more (%d in all)\n", total - most, total) or
    string.format("(%s)\n", printable.count(total, "row")))
end

-- Articles and corpora ----------------------------------------------------------------------------------------

local function print_article(value, write, width)
  write(clip(formats.one_line(tostring(value)), width), "\n")
  for _, name in ipairs { "author", "language", "url", "path" } do
    if value[name] then write(clip(string.format("  %-9s %s", name, formats.one_line(value[name])), width), "\n") end
  end
  local body = value.text or ""
  write(clip(string.format("  %-9s %s", "text", formats.one_line(body:sub(1, 400))), width or 200), "\n")
  write(string.format("  %d bytes, %d words\n", #body, #text.words(body)))
end

local function print_corpus(value, write, width)
  write(clip(tostring(value), width), "\n")
  local ok, names = pcall(value.tables, value)
  if not ok then return end
  for _, name in ipairs(names) do
    write(clip(string.format("  %-18s %8d rows", name,
      value:value(string.format('select count(*) from "%s"', name:gsub('"', '""')))), width), "\n")
  end
end

local function print_table(value, write, width)
  local meta = getmetatable(value)
  if rows.is(value) then
    print_rows(value, write, width)
  elseif article.is(value) then
    print_article(value, write, width)
  elseif corpus.is(value) then
    print_corpus(value, write, width)
  elseif meta and meta.columns then
    print_records(value, meta.columns, #value, write, width)
  elseif article.is(value[1]) then
    print_records(value, article_columns, #value, write, width)
  elseif meta and meta.__tostring then
    write(safe(tostring(value)), "\n")
  elseif is_record_list(value) then
    print_records(value, nil, #value, write, width)
  else
    write(describe(value), "\n")
    if #value > first_rows then write(string.format("(%d in all)\n", #value)) end
  end
end

--- Prints any value with `write(...)`, in at most `width` columns if given.
function show.print(value, write, width)
  if type(value) == "string" then
    local shown = #value > longest_text and value:sub(1, longest_text):gsub("[\192-\255][\128-\191]*$", "") or value
    write(safe(shown), "\n")
    if #value > longest_text then write(string.format("… %d bytes in all\n", #value)) end
  elseif type(value) == "table" then
    print_table(value, write, width)
  else
    write(describe(value), "\n")
  end
end

return show
