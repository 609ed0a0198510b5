-- What Tab offers in the REPL: globals, fields, methods; plugins in a string; tables and columns on a line of SQL, and after
-- `rows("`. Looking never calls the user's code: fields are read raw, and only our own `__index` tables are followed.

local completion = {}

local keywords = {
  "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or",
  "repeat", "return", "then", "true", "until", "while",
}

local sql_keywords = {
  "select", "from", "where", "group by", "order by", "limit", "join", "left join", "using", "count", "distinct", "having",
  "like", "between", "is null", "is not null", "desc", "with", "substr", "length", "lower", "group_concat",
}

-- Lua ---------------------------------------------------------------------------------------------------

-- The value of `a.b.c` or `a["b"]`-free chains, read without calling anything; nil where that can't be told.
local function value_of(chain, globals)
  local value = globals
  for name in chain:gmatch("[%a_][%w_]*") do
    if type(value) == "string" then value = string end
    local meta = getmetatable(value)
    local found
    if type(value) == "table" then found = rawget(value, name) end
    if found == nil and type(meta) == "table" and type(meta.__index) == "table" then found = rawget(meta.__index, name) end
    if found == nil and value == rawget(globals, "annalist") then found = value[name] end -- loads its parts when asked
    value = found
    if value == nil then return nil end
  end
  return value
end

local function add_fields(names, value, callable_only)
  local function add(from)
    for name, field in pairs(from) do
      if type(name) == "string" and name:find("^[%a_][%w_]*$") and not name:find("^__")
        and (not callable_only or type(field) == "function") then
        names[name] = true
      end
    end
  end
  if type(value) == "string" then add(string) end
  if type(value) == "table" then add(value) end
  local meta = type(value) ~= "string" and getmetatable(value)
  if type(meta) == "table" then
    if type(meta.__index) == "table" then add(meta.__index) end
    -- articles and the like name their methods, since their __index is a function
    if type(meta.methods) == "table" then add(meta.methods) end
    if type(meta.fields) == "table" and not callable_only then
      for _, name in ipairs(meta.fields) do names[name] = true end
    end
  end
end

local function lua_names(line, session)
  local chain, separator, prefix = line:match("([%a_][%w_%.]*)([%.:])([%w_]*)$")
  local names = {}
  if chain then
    local value = value_of(chain, session.globals)
    if value == nil then return names, prefix end
    add_fields(names, value, separator == ":")
    if value == rawget(session.globals, "annalist") then
      for _, part in ipairs { "text", "similarity", "json" } do names[part] = true end
    end
    return names, prefix
  end
  prefix = line:match("[%a_][%w_]*$") or ""
  add_fields(names, session.globals)
  for _, word in ipairs(keywords) do names[word] = true end
  return names, prefix
end

-- Strings and SQL ----------------------------------------------------------------------------------------

local function corpus_names(session)
  local names = {}
  local opened = session.corpus()
  if not opened then return names end
  for _, name in ipairs(opened:tables()) do
    names[name] = true
    for _, column in ipairs(opened:columns(name)) do names[column] = true end
  end
  return names
end

-- `from quotation q where q.sp` -> the columns of that table alone
local function qualified(line, session)
  local alias, prefix = line:match("([%a_][%w_]*)%.([%w_]*)$")
  local opened = alias and session.corpus()
  if not opened then return nil end
  local table_name = opened:has_table(alias) and alias
  local plain = line:gsub("%s+[aA][sS]%s+", " ")
  for name, after in plain:gmatch("%f[%w_]([%a_][%w_]*)()") do
    if plain:match("^%s+([%a_][%w_]*)", after) == alias and opened:has_table(name) then table_name = name end
  end
  local names = {}
  for _, column in ipairs(table_name and opened:columns(table_name) or {}) do names[column] = true end
  return names, prefix
end

local function sql_names(line, session)
  local names, prefix = qualified(line, session)
  if names then return names, prefix end
  names = corpus_names(session)
  for _, word in ipairs(sql_keywords) do names[word] = true end
  return names, line:match("[%a_][%w_]*$") or ""
end

-- Within an open string: tables after `rows("`, plugins after `run(` and `run{`, else both.
local function string_names(line, session)
  local prefix = line:match("[%w_%-]*$")
  local before = line:sub(1, #line - #prefix - 1)
  local names = {}
  if not before:find("run[%({%s][^()]*$") then
    local opened = session.corpus()
    for _, name in ipairs(opened and opened:tables() or {}) do names[name] = true end
  end
  if not before:find("rows%s*%(?%s*$") then
    for _, name in ipairs(session.plugins()) do names[name] = true end
  end
  return names, prefix
end

local function in_string(line)
  local plain = line:gsub("\\.", "")
  local quote
  for mark in plain:gmatch("[\"']") do
    if not quote then quote = mark elseif quote == mark then quote = nil end
  end
  return quote ~= nil
end

-- The answer ---------------------------------------------------------------------------------------------

local function matching(names, prefix)
  local list = {}
  for name in pairs(names) do
    if name:sub(1, #prefix) == prefix then list[#list + 1] = name end
  end
  table.sort(list)
  return list
end

local function shared_beginning(list)
  local first, last = list[1], list[#list]
  local length = 0
  while length < #first and first:byte(length + 1) == last:byte(length + 1) do length = length + 1 end
  return first:sub(1, length)
end

-- Candidates in columns, as `ls` has them.
local function layout(list, width)
  local widest = 0
  for _, name in ipairs(list) do widest = math.max(widest, #name) end
  local across = math.max(1, width // (widest + 2))
  local lines = {}
  local high = (#list + across - 1) // across
  for row = 1, high do
    local cells = {}
    for column = 0, across - 1 do
      local name = list[column * high + row]
      if name then cells[#cells + 1] = name .. (" "):rep(widest - #name) end
    end
    lines[row] = table.concat(cells, "  "):gsub("%s+$", "")
  end
  return table.concat(lines, "\n") .. "\n"
end

local most = 150

--- All names that could stand where the line ends, and the beginning that is there already.
function completion.candidates(line, session)
  local names, prefix
  if session.is_sql(line) then
    names, prefix = sql_names(line, session)
  elseif in_string(line) then
    names, prefix = string_names(line, session)
  else
    names, prefix = lua_names(line, session)
  end
  return matching(names, prefix or ""), prefix or ""
end

--- What to insert at the end of `line`, and the candidates as lines to show if there are several. For `terminal.open`.
function completion.complete(line, session, width)
  if not line:find("%S") then return "  " end -- Tab at the beginning of a line indents
  local list, prefix = completion.candidates(line, session)
  if #list == 0 then return nil end
  if #list == 1 then return list[1]:sub(#prefix + 1) end
  local shared = shared_beginning(list)
  if #shared > #prefix then return shared:sub(#prefix + 1) end
  if #list > most then return nil, string.format("(%d possibilities)\n", #list) end
  return nil, layout(list, width)
end

return completion
