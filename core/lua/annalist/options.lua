-- The call of a command: its arguments and options, read from one declaration, which also writes its `--help`.
--
-- A command file (`scripts/commands/NAME.lua`) returns
--   { summary = "…", usage = "CORPUS PLUGIN...", help = "paragraphs", examples = { "annalist run …" },
--     options = { "jobs", "format", { "since", value = "DATE", help = "…" } }, run = function(call) … end }
-- Words of `usage` become fields of `call` in small letters; "X..." is a list, "[X]" may be left out.
-- An option's name in `call` is written with "_" for "-". A fault of the caller is raised as one line without a position.

local nearest = require "annalist.nearest"

local options = {}

local formats = { "table", "json", "jsonl", "csv", "tsv", "markdown" }

-- Options that several commands share, so that they are called and described alike everywhere.
local shared = {
  set = { value = "PLUGIN.OPTION=VALUE", kind = "pair", help = "set an option of a plugin; may be repeated" },
  use = { value = "ROLE=PLUGIN", kind = "pair", help = "let this plugin fill the role; may be repeated" },
  plugin_path = { value = "DIR", list = true, help = "look for plugins here first; may be repeated" },
  jobs = { value = "N", kind = "integer", minimum = 1, help = "worker processes (default: all cores)" },
  force = { help = "do everything again, also what is already there" },
  dry_run = { help = "say what would be done, and do nothing" },
  strict = { help = "stop at the first failure" },
  quiet = { help = "no progress and no notes, only errors" },
  output = { short = "o", value = "PATH", help = "write to this file; it appears whole or not at all" },
  format = { value = "FORMAT", choices = formats, default = "table", help = "how rows are written" },
  article_seconds = { value = "N", kind = "number", minimum = 0.01, help = "seconds that one article may take in one plugin (default: 10)" },
  corpus_seconds = { value = "N", kind = "number", minimum = 0.01, help = "seconds that a plugin's corpus stage may take (default: 600)" },
  memory = { value = "SIZE", kind = "size", help = "memory that a plugin may use, such as 512M (default: 1G)" },
  all_versions = { help = "analyse also articles of which a newer version has been loaded" },
  help = { short = "h", help = "this page" },
}

options.formats = formats

local function flag_of(option)
  return "--" .. option.name:gsub("_", "-")
end

-- Values --------------------------------------------------------------------------------------------

local units = { [""] = 1, K = 1 << 10, M = 1 << 20, G = 1 << 30, T = 1 << 40 }

local readers = {}

function readers.text(word)
  return word
end

function readers.integer(word)
  return word:find("^%-?%d+$") and math.tointeger(tonumber(word)), "a whole number"
end

function readers.number(word)
  local number = word:find("^%-?[%d.]+$") and tonumber(word)
  return number, "a number"
end

-- "512M", "2G", "1073741824" -> bytes
function readers.size(word)
  local digits, unit = word:upper():match("^(%d+)([KMGT]?)I?B?$")
  return digits and math.tointeger(tonumber(digits)) * units[unit], "a size such as 512M"
end

-- "timex.hemisphere=south" -> "timex.hemisphere", "south"
function readers.pair(word)
  local key, value = word:match("^([^=]+)=(.*)$")
  return key and { key, value }, "two words with = between them"
end

local function read_value(option, word)
  local value, wanted = readers[option.kind or "text"](word)
  if not value then
    error(string.format("%s wants %s, not '%s'.", flag_of(option), wanted, word), 0)
  end
  if option.minimum and value < option.minimum then
    error(string.format("%s must be at least %s.", flag_of(option), option.minimum), 0)
  end
  if option.maximum and value > option.maximum then
    error(string.format("%s must be at most %s.", flag_of(option), option.maximum), 0)
  end
  for _, choice in ipairs(option.choices or {}) do
    if choice == value then return value end
  end
  if option.choices then
    error(string.format("%s is one of %s, not '%s'.%s", flag_of(option), table.concat(option.choices, ", "), word,
      nearest.hint(word, option.choices)), 0)
  end
  return value
end

local function store(call, option, word)
  if not option.value then
    call[option.name] = true
    return
  end
  local value = read_value(option, word)
  if option.kind == "pair" then
    call[option.name] = call[option.name] or {}
    call[option.name][value[1]] = value[2]
  elseif option.list then
    call[option.name] = call[option.name] or {}
    table.insert(call[option.name], value)
  else
    call[option.name] = value
  end
end

-- Declarations --------------------------------------------------------------------------------------

local function declared_options(command)
  local list = {}
  for _, given in ipairs(command.options or {}) do
    local option = {}
    local name = type(given) == "string" and given or given[1]
    for key, value in pairs(shared[name] or {}) do option[key] = value end
    if type(given) == "table" then
      for key, value in pairs(given) do option[key] = value end
    end
    option.name = name
    list[#list + 1] = option
  end
  local help = { name = "help" }
  for key, value in pairs(shared.help) do help[key] = value end
  list[#list + 1] = help
  return list
end

-- "OUT CORPUS..." -> { {name="out", word="OUT"}, {name="corpus", word="CORPUS", many=true} }
local function declared_arguments(command)
  local list = {}
  for word in (command.usage or ""):gmatch("%S+") do
    local name = word:match("%u[%u_]*")
    if name then
      list[#list + 1] = {
        name = name:lower(), word = name, optional = word:find("[", 1, true) ~= nil,
        many = word:find("...", 1, true) ~= nil,
      }
    end
  end
  return list
end

-- Reading a call --------------------------------------------------------------------------------------

local function unknown_option(name, command_name, list, word)
  local flags = {}
  for i, option in ipairs(list) do flags[i] = flag_of(option) end
  error(string.format("%s: there is no option %s.%s See: annalist %s --help", command_name, word,
    nearest.hint(name, flags), command_name), 0)
end

local function find_option(list, word)
  for _, option in ipairs(list) do
    if word == flag_of(option) or option.short and word == "-" .. option.short then return option end
  end
end

-- One option at args[i]: stores it in `call`, returns the index of the next word.
local function read_option(command_name, list, call, args, i)
  local word = args[i]
  local name, attached = word:match("^(%-%-[^=]+)=(.*)$")
  if not name and not word:find("^%-%-") and #word > 2 then
    name, attached = word:sub(1, 2), word:sub(3)
  end
  local option = find_option(list, name or word)
  if not option then unknown_option(name or word, command_name, list, name or word) end
  if not option.value then
    if attached then error(string.format("%s takes no value.", flag_of(option)), 0) end
    store(call, option)
    return i + 1
  elseif attached then
    store(call, option, attached)
    return i + 1
  elseif args[i + 1] == nil then
    error(string.format("%s wants a value: %s %s", flag_of(option), flag_of(option), option.value), 0)
  end
  store(call, option, args[i + 1])
  return i + 2
end

local function wrong_argument(command, argument, what)
  error(string.format("%s: %s is %s. Usage: annalist %s %s", command.name, argument.word, what, command.name, command.usage), 0)
end

local function place_arguments(command, call, words)
  local place = 1
  for _, argument in ipairs(declared_arguments(command)) do
    if argument.many then
      call[argument.name] = table.move(words, place, #words, 1, {})
      if #call[argument.name] == 0 and not argument.optional then wrong_argument(command, argument, "missing") end
      while words[place] do -- "" is what an unset variable of the shell leaves
        if words[place] == "" then wrong_argument(command, argument, "empty") end
        place = place + 1
      end
    else
      call[argument.name] = words[place]
      if not words[place] and not argument.optional then wrong_argument(command, argument, "missing") end
      if words[place] == "" then wrong_argument(command, argument, "empty") end
      place = place + 1
    end
  end
  if words[place] then
    error(string.format("%s: '%s' is one word too many. Usage: annalist %s %s", command.name, words[place],
      command.name, command.usage or ""), 0)
  end
end

--- Reads the words after the command's name into a table. Raises one line if the call is wrong.
function options.read(command, args)
  local list = declared_options(command)
  local call, words = {}, {}
  local i, reading = 1, true
  while args[i] do
    local word = args[i]
    if reading and word == "--" then
      reading, i = false, i + 1
    elseif reading and word:find("^%-.") and not word:find("^%-%d") then
      i = read_option(command.name, list, call, args, i)
      if call.help then return call end
    else
      words[#words + 1], i = word, i + 1
    end
  end
  place_arguments(command, call, words)
  for _, option in ipairs(list) do
    if call[option.name] == nil then call[option.name] = option.default end
  end
  return call
end

-- The help page ---------------------------------------------------------------------------------------

local function option_lines(list)
  local lines, widest = {}, 0
  for i, option in ipairs(list) do
    local head = (option.short and "-" .. option.short .. ", " or "") .. flag_of(option)
      .. (option.value and " " .. option.value or "")
    lines[i] = { head, option.help or "" }
    if option.choices then
      lines[i][2] = string.format("%s: %s", lines[i][2], table.concat(option.choices, ", "))
    end
    if option.default ~= nil then
      lines[i][2] = string.format("%s (default: %s)", lines[i][2], tostring(option.default))
    end
    widest = math.max(widest, #head)
  end
  for i, line in ipairs(lines) do
    lines[i] = string.format("  %-" .. widest .. "s  %s", line[1], line[2])
  end
  return lines
end

--- The text of `annalist NAME --help`.
function options.help(command)
  local parts = {
    string.format("annalist %s%s", command.name, command.usage and " " .. command.usage or ""),
    "  " .. command.summary,
  }
  if command.help then
    parts[#parts + 1] = "\n" .. command.help:gsub("^\n", ""):gsub("%s+$", "")
  end
  parts[#parts + 1] = "\nOptions"
  for _, line in ipairs(option_lines(declared_options(command))) do parts[#parts + 1] = line end
  parts[#parts + 1] = #command.examples > 1 and "\nExamples" or "\nExample"
  for _, example in ipairs(command.examples) do parts[#parts + 1] = "    " .. example end
  return table.concat(parts, "\n") .. "\n"
end

return options
