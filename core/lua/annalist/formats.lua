-- Rows in six formats: an aligned table for people; JSON, JSON lines, CSV (RFC 4180), TSV and Markdown for programs and notes.
-- A row is a list in the order of `columns`; NULL is `annalist.null` or nil. Rows are written as they come, and only a table
-- waits for the first few hundred, to know how wide its columns are.

local json = require "annalist.json"
local printable = require "annalist.printable"
local text = require "annalist.text"

local formats = { names = require("annalist.options").formats }

local null = json.null
local sampled = 300 -- rows that settle the widths of a table
local widest = 60   -- columns that a cell may take when the terminal is too narrow for all
local gap = "  "

local function is_null(value)
  return value == nil or value == null
end

local function plain(value)
  if is_null(value) then return "" end
  if math.type(value) == "float" then return string.format("%.14g", value) end
  return tostring(value)
end

local function valid(value)
  if type(value) == "string" and not utf8.len(value) then return (text.sanitize(value)) end
  return value
end

-- JSON ----------------------------------------------------------------------------------------------

local function json_value(value)
  if type(value) == "number" and (value ~= value or value == math.huge or value == -math.huge) then return "null" end
  return json.encode(valid(value))
end

local function json_record(columns, row)
  local parts = {}
  for i, name in ipairs(columns) do
    parts[i] = json.encode(name) .. ":" .. json_value(row[i])
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

local function json_writer(columns, write)
  local before = "[\n"
  return {
    row = function(row)
      write(before, json_record(columns, row))
      before = ",\n"
    end,
    finish = function()
      write(before == "[\n" and "[]\n" or "\n]\n")
    end,
  }
end

local function jsonl_writer(columns, write)
  return {
    row = function(row) write(json_record(columns, row), "\n") end,
    finish = function() end,
  }
end

-- CSV and TSV -------------------------------------------------------------------------------------------

-- NULL is nothing at all, an empty text is `""`, so that the two can be told apart.
local function csv_cell(value)
  if is_null(value) then return "" end
  local cell = plain(value)
  if cell == "" or cell:find('[",\r\n]') or cell:find("^%s") or cell:find("%s$") then
    return '"' .. cell:gsub('"', '""') .. '"'
  end
  return cell
end

local tsv_escapes = { ["\t"] = "\\t", ["\n"] = "\\n", ["\r"] = "\\r", ["\\"] = "\\\\" }

local function tsv_cell(value)
  if is_null(value) then return "\\N" end
  return (plain(value):gsub("[\t\n\r\\]", tsv_escapes))
end

local function separated_writer(cell, separator, line_end)
  return function(columns, write)
    local function line(row)
      local cells = {}
      for i = 1, #columns do cells[i] = cell(row[i]) end
      write(table.concat(cells, separator), line_end)
    end
    line(columns)
    return { row = line, finish = function() end }
  end
end

-- Markdown ----------------------------------------------------------------------------------------------

local function markdown_cell(value)
  local cell = plain(valid(value)):gsub("[\\`*_{}%[%]<>|#~]", "\\%0"):gsub("\r?\n", "<br>")
  return printable.line(cell)
end

local function markdown_writer(columns, write)
  local function line(row)
    local cells = {}
    for i = 1, #columns do cells[i] = markdown_cell(row[i]) end
    write("| ", table.concat(cells, " | "), " |\n")
  end
  line(columns)
  write("|", (" --- |"):rep(#columns), "\n")
  return { row = line, finish = function() end }
end

-- Tables ------------------------------------------------------------------------------------------------

local function table_cell(value)
  return printable.line(plain(valid(value)))
end

formats.one_line = table_cell

-- Takes columns from the widest until all fit into `available`; none gets narrower than its share.
local function fit(widths, available)
  local total = (#widths - 1) * #gap
  for _, width in ipairs(widths) do total = total + width end
  while total > available do
    local most = 1
    for i = 2, #widths do
      if widths[i] > widths[most] then most = i end
    end
    if widths[most] <= 4 then return end
    widths[most] = widths[most] - 1
    total = total - 1
  end
end

local function measure(columns, rows, limit)
  local widths, numeric = {}, {}
  for i, name in ipairs(columns) do
    widths[i], numeric[i] = text.width(name), #rows > 0
    for _, row in ipairs(rows) do
      widths[i] = math.max(widths[i], text.width(row.cells[i]))
      if not is_null(row[i]) and type(row[i]) ~= "number" then numeric[i] = false end
    end
  end
  if limit then
    fit(widths, limit)
  else
    for i = 1, #widths do widths[i] = math.min(widths[i], 4 * widest) end
  end
  return widths, numeric
end

local function pad(cell, width, right)
  local blanks = (" "):rep(width - text.width(cell))
  return right and blanks .. cell or cell .. blanks
end

local function table_writer(columns, write, limit)
  local held, widths, numeric = {}, nil, nil

  local function line(cells, is_head)
    local parts = {}
    for i = 1, #columns do
      local cell = limit and text.clip(cells[i], widths[i]) or cells[i]
      parts[i] = pad(cell, widths[i], numeric[i] and not is_head)
    end
    write((table.concat(parts, gap):gsub("%s+$", "")), "\n")
  end

  local function release()
    widths, numeric = measure(columns, held, limit)
    local heads, rules = {}, {}
    for i, name in ipairs(columns) do
      heads[i] = numeric[i] and pad(text.clip(name, widths[i]), widths[i], true) or name
      rules[i] = ("-"):rep(widths[i])
    end
    line(heads, true)
    line(rules, true)
    for _, row in ipairs(held) do line(row.cells) end
    held = nil
  end

  return {
    row = function(row)
      local cells = {}
      for i = 1, #columns do cells[i] = table_cell(row[i]) end
      if not held then return line(cells) end
      local kept = { cells = cells }
      for i = 1, #columns do kept[i] = row[i] end
      held[#held + 1] = kept
      if #held >= sampled then release() end
    end,
    finish = function()
      if held then release() end
    end,
  }
end

-- The face ------------------------------------------------------------------------------------------------

local writers = {
  table = table_writer,
  json = json_writer,
  jsonl = jsonl_writer,
  csv = separated_writer(csv_cell, ",", "\r\n"),
  tsv = separated_writer(tsv_cell, "\t", "\n"),
  markdown = markdown_writer,
}

--- A writer for rows: `writer.row(list)`, then `writer.finish()`. `write(...)` takes the bytes; `width` is the terminal's
--- width, to which only a table is cut.
function formats.writer(format, columns, write, width)
  return writers[format](columns, write, width)
end

--- Writes all rows of an iterator that gives one list a call. Returns how many there were.
function formats.write(format, columns, rows, write, width)
  local writer = formats.writer(format, columns, write, width)
  local count = 0
  for row in rows do
    writer.row(row)
    count = count + 1
  end
  writer.finish()
  return count
end

--- Writes a list of records, with the columns in the order given.
function formats.write_records(format, columns, records, write, width)
  local writer = formats.writer(format, columns, write, width)
  for _, record in ipairs(records) do
    local row = {}
    for i, name in ipairs(columns) do row[i] = record[name] end
    writer.row(row)
  end
  writer.finish()
end

return formats
