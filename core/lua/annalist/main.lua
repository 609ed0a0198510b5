-- Where a call of `annalist` arrives: finds the command or the script, runs it, and turns what happens into an exit status.
--   0 all well; 1 done, but something in it failed; 2 the call is wrong, or nothing could be done.

local console = require "annalist.console"
local nearest = require "annalist.nearest"
local options = require "annalist.options"
local system = require "annalist.system"
local terminal = require "annalist.terminal"
local traceback = require "annalist.traceback"

local commands = require "annalist.commands"

-- Scripts ---------------------------------------------------------------------------------------------

local function print_checked(...)
  local cells = table.pack(...)
  for i = 1, cells.n do cells[i] = tostring(cells[i]) end
  console.write(table.concat(cells, "\t"), "\n")
end

-- `print` goes through the console, so that a script whose reader went away ends instead of printing for nobody.
local function run_chunk(chunk, words)
  _G.arg = words
  _G.print = print_checked
  _G.annalist = require "annalist"
  local status = chunk(table.unpack(words))
  return math.type(status) == "integer" and status or 0
end

local function run_script(args)
  local path = args[1]
  if not system.exists(path) then
    error(string.format("%s: there is no such script", path), 0)
  end
  local chunk, message = loadfile(path)
  if not chunk then error(message, 0) end
  local words = table.move(args, 2, #args, 1, { [0] = path })
  return run_chunk(chunk, words)
end

-- `-e` prints what the line returns, be it an expression or a chunk that ends in `return`.
local function run_line(args)
  local code = args[2]
  if not code then error("-e wants a line of Lua: annalist -e 'print(1 + 1)'", 0) end
  local chunk, message = load("return " .. code, "=-e")
  if not chunk then chunk, message = load(code, "=-e") end
  if not chunk then error(message, 0) end
  return run_chunk(function(...)
    local values = table.pack(chunk(...))
    for i = 1, values.n do
      if values.n > 1 or values[i] ~= nil then
        require("annalist.show").print(values[i], console.write, console.width())
      end
    end
  end, table.move(args, 3, #args, 1, { [0] = "-e" }))
end

-- Commands ----------------------------------------------------------------------------------------------

local function run_command(name, args)
  local command = commands.load(name)
  local call = options.read(command, table.move(args, 2, #args, 1, {}))
  if call.help then
    console.write(options.help(command))
    return 0
  end
  if call.quiet then console.be_quiet() end
  return command.run(call) or 0
end

local function unknown(word)
  if word:find("^%-") then
    error(string.format("there is no option %s.%s See: annalist help", word,
      nearest.hint(word, { "--version", "--help", "-e" })), 0)
  end
  error(string.format("there is no command '%s'.%s See: annalist help", word, nearest.hint(word, commands.names())), 0)
end

local function is_script(word)
  return word:find("%.lua$") or word:find("/", 1, true) and system.exists(word) and not system.is_directory(word)
end

local function dispatch(args)
  local word = args[1]
  if word == nil then
    io.stderr:write(commands.overview())
    return 2
  elseif word == "--version" or word == "-v" then
    console.write("annalist ", require("annalist").version, "\n")
    return 0
  elseif word == "--help" or word == "-h" then
    console.write(commands.overview())
    return 0
  elseif word == "-e" then
    return run_line(args)
  elseif commands.path(word) then
    return run_command(word, args)
  elseif is_script(word) then
    return run_script(args)
  end
  unknown(word)
end

-- Faults of the caller are raised without a position and fit one line; anything with a position is a fault in code, and
-- then the way there is worth having.
local function complain(fault)
  if type(fault) == "table" and fault.places then
    local in_code = fault.message:find("^[^\n]-%.lua:%d+:") or fault.message:find('^%[string "') or fault.message:find("^%-e:%d+:")
    console.complain(in_code and traceback.text(fault) or fault.message)
  else
    console.complain(tostring(fault))
  end
end

local function run(args)
  local status = dispatch(args)
  console.clear_progress()
  console.flush()
  return status
end

--- Called by core/main.c with the words after the program's name; returns the exit status.
return function(...)
  local args = { ... }
  local ok, result = terminal.interruptible(function() return run(args) end, traceback.handler)
  if ok then return result end
  console.clear_progress()
  if result == console.broken_pipe then return 0 end
  pcall(console.flush)
  complain(result)
  return 2
end
