-- What a plugin's table must say: every fault of a declaration, found at once. Works on the table as it came back from the
-- sandbox, in which functions have become `true`. Knows no file and no database.

local nearest = require "annalist.nearest"

local declaration = {}

local reserved = { article = true, source = true, source_error = true, run = true, run_error = true, step = true, indexed = true, article_search = true,
  meta = true }
local column_types = { integer = true, number = true, text = true, id = true }
local option_types = { string = true, integer = true, number = true, boolean = true, file = true }
local fields = { "name", "version", "api", "summary", "description", "author", "license", "provides", "needs", "wants", "options", "results", "prepare", "article", "corpus" }
local option_fields = { "type", "default", "choices", "min", "max", "help" }
local is_field, is_option_field = {}, {}
for _, name in ipairs(fields) do is_field[name] = true end
for _, name in ipairs(option_fields) do is_option_field[name] = true end

local function sorted_keys(record)
  local keys = {}
  for key in pairs(record) do keys[#keys + 1] = tostring(key) end
  table.sort(keys)
  return keys
end

local function is_name(value)
  return type(value) == "string" and value:match("^[a-z][a-z0-9_]*$") ~= nil
end

local function check_names(faults, field, list, extra)
  if type(list) ~= "table" then
    faults[#faults + 1] = string.format("%s is a list of roles, not a %s", field, type(list))
    return
  end
  for index, role in ipairs(list) do
    if not is_name(role) and role ~= extra then
      faults[#faults + 1] = string.format("%s[%d] is no role: %s", field, index, tostring(role))
    end
  end
end

--- Does a value (already of Lua type) fit an option's schema? Returns nil, or what is wrong.
function declaration.option_fault(option, value)
  local kind = option.type
  if kind == "integer" and math.type(value) ~= "integer" then return "is an integer" end
  if kind == "number" and type(value) ~= "number" then return "is a number" end
  if kind == "boolean" and type(value) ~= "boolean" then return "is true or false" end
  if (kind == "string" or kind == "file") and type(value) ~= "string" then return "is a text" end
  if option.min and value < option.min then return string.format("is at least %s", option.min) end
  if option.max and value > option.max then return string.format("is at most %s", option.max) end
  if option.choices then
    for _, choice in ipairs(option.choices) do
      if choice == value then return nil end
    end
    local shown = {}
    for index, choice in ipairs(option.choices) do shown[index] = tostring(choice) end
    return "is one of " .. table.concat(shown, ", ")
  end
  return nil
end

local function check_option(faults, name, option)
  local where = "options." .. name
  if not is_name(name) then faults[#faults + 1] = where .. ": a name has small letters, digits and _" end
  if type(option) ~= "table" then
    faults[#faults + 1] = where .. " is a table { type=, default=, help= }"
    return
  end
  for _, key in ipairs(sorted_keys(option)) do
    if not is_option_field[key] then
      faults[#faults + 1] = string.format("%s.%s is no field of an option.%s", where, key, nearest.hint(key, option_fields))
    end
  end
  if not option_types[option.type] then
    faults[#faults + 1] = where .. ".type is string, integer, number, boolean or file"
    return
  end
  if option.default == nil then
    faults[#faults + 1] = where .. ".default is missing"
  else
    local fault = declaration.option_fault(option, option.default)
    if fault and not (option.type == "file" and option.default == "") then
      faults[#faults + 1] = string.format("%s.default %s", where, fault)
    end
  end
  if type(option.help) ~= "string" then faults[#faults + 1] = where .. ".help is missing" end
end

--- "integer!" → "integer", true
function declaration.column_type(text)
  local kind, mark = tostring(text):match("^(%l+)(!?)$")
  return column_types[kind] and kind or nil, mark == "!"
end

local function check_table(faults, name, columns, has_article)
  local where = "results." .. name
  if not is_name(name) then faults[#faults + 1] = where .. ": a table's name has small letters, digits and _" end
  if reserved[name] or name:match("^sqlite") or name:match("^article_") or name:match("^source_") or name:match("^run_error") then faults[#faults + 1] = where .. ": this table is the corpus's own" end
  if type(columns) ~= "table" or #columns == 0 then
    faults[#faults + 1] = where .. " is a list of columns { \"name\", \"type\" }"
    return
  end
  local seen, ids = {}, 0
  for index, column in ipairs(columns) do
    local column_name = type(column) == "table" and column[1]
    if not is_name(column_name) then
      faults[#faults + 1] = string.format("%s[%d] is a pair { \"name\", \"type\" } with a name of small letters, digits and _", where, index)
    else
      local kind = declaration.column_type(column[2])
      if not kind then
        faults[#faults + 1] = string.format("%s.%s: type is integer, number, text or id, not %s", where, column_name, tostring(column[2]))
      end
      if kind == "id" then ids = ids + 1 end
      if column_name == "run_id" or column_name == "row_id" then
        faults[#faults + 1] = string.format("%s.%s is filled in by the engine: leave it out", where, column_name)
      end
      if seen[column_name] then faults[#faults + 1] = string.format("%s.%s stands twice", where, column_name) end
      seen[column_name] = true
    end
  end
  if ids > 1 then faults[#faults + 1] = where .. " has more than one column of type id" end
  if #columns > 60 then faults[#faults + 1] = where .. " has more than 60 columns" end
  if (seen.first == nil) ~= (seen.last == nil) then faults[#faults + 1] = where .. " has one of first and last, but not the other" end
  if seen.first and not seen.article_id then faults[#faults + 1] = where .. " has first and last, but no article_id: a passage is of an article" end
  if has_article == "only" and not seen.article_id then
    faults[#faults + 1] = where .. " has no article_id: rows of the article stage belong to an article"
  end
end

--- All faults of a plugin's table, as lines. `name` is what its file or folder is called.
function declaration.faults(plugin, name)
  local faults = {}
  local function fault(...) faults[#faults + 1] = string.format(...) end
  for _, key in ipairs(sorted_keys(plugin)) do
    if not is_field[key] then fault("%s is no field of a plugin.%s", key, nearest.hint(key, fields)) end
  end
  if plugin.name ~= name then fault("name is %s, but the file or folder is called '%s'", plugin.name and "'" .. tostring(plugin.name) .. "'" or "missing", name) end
  if not is_name(name) then fault("'%s': a plugin's name has small letters, digits and _", name) end
  if math.type(plugin.version) ~= "integer" then fault("version is an integer: raise it when rows change their meaning") end
  if plugin.api ~= 1 then fault("api is %s; this annalist knows api = 1", tostring(plugin.api)) end
  if type(plugin.summary) ~= "string" or plugin.summary == "" then fault("summary is missing: one line for `annalist plugins`") end
  if plugin.provides ~= nil and not is_name(plugin.provides) then fault("provides is a role: small letters, digits and _") end
  check_names(faults, "needs", plugin.needs or {})
  check_names(faults, "wants", plugin.wants or {}, "*")
  for _, stage in ipairs { "prepare", "article", "corpus" } do
    if plugin[stage] ~= nil and plugin[stage] ~= true then fault("%s is a function", stage) end
  end
  if not plugin.article and not plugin.corpus then fault("has neither article nor corpus: nothing to run") end
  if plugin.options ~= nil and type(plugin.options) ~= "table" then
    fault("options is a table")
  else
    for _, option in ipairs(sorted_keys(plugin.options or {})) do check_option(faults, option, plugin.options[option]) end
  end
  if plugin.results ~= nil and type(plugin.results) ~= "table" then
    fault("results is a table of tables")
  else
    for _, result in ipairs(sorted_keys(plugin.results or {})) do
      check_table(faults, result, plugin.results[result], not plugin.corpus and "only" or nil)
    end
  end
  return faults
end

--- The declaration in one form: lists and names filled in, result tables in the order of their names.
function declaration.normal(plugin)
  local normal = {
    name = plugin.name, version = plugin.version, api = plugin.api, summary = plugin.summary, description = plugin.description,
    provides = plugin.provides or plugin.name, needs = plugin.needs or {}, wants = plugin.wants or {},
    options = plugin.options or {}, article = plugin.article, corpus = plugin.corpus, prepare = plugin.prepare,
    results = plugin.results or {}, tables = {},
  }
  for _, name in ipairs(sorted_keys(plugin.results or {})) do
    local columns = {}
    for index, column in ipairs(plugin.results[name]) do
      local kind, required = declaration.column_type(column[2])
      columns[index] = { name = column[1], type = kind, required = required, declared = column[2] }
    end
    normal.tables[#normal.tables + 1] = { name = name, columns = columns }
  end
  return normal
end


return declaration
