-- `annalist repl`: Lua, and SQL on a line that begins with select or with. One session holds an environment, the last corpus
-- opened, and the way from a line to what is printed. `terminal` edits lines; without a terminal lines come from the pipe.

local completion = require "annalist.completion"
local console = require "annalist.console"
local corpus = require "annalist.corpus"
local show = require "annalist.show"
local system = require "annalist.system"
local terminal = require "annalist.terminal"
local traceback = require "annalist.traceback"

local repl = {}

local prompt, continuation = "> ", ">> "

local welcome = [[
annalist %s. Lua, or SQL on a line that begins with select; Tab completes, Ctrl-C stops, Ctrl-D ends; help() says more.
]]

local help_text = [[
corpus            the open corpus, with its tables        corpus = annalist.open("k.db")
corpus:article(3)                                         an article's head; .text is all of it
corpus:articles{ outlet = "…", from = "2020-10" }         articles, filtered
corpus:search("state of emergency")                       hits in their context
corpus:rows("quotation", { article_id = 3 })              rows of any table
corpus:run("timeline")                                    run a plugin, and first what it needs
select name, kind from entity limit 5                     SQL, over several lines until it is complete with ;
=expr                                                     prints a value, as the expression alone does
annalist.text, annalist.similarity, annalist.json         functions on text; docs/api.md has them all
]]

-- The session --------------------------------------------------------------------------------------------

-- Ctrl-C must reach what runs in a coroutine too: C is told of each one that is resumed.
local function track_coroutines()
  local resume, create, status, close = terminal.resume, coroutine.create, coroutine.status, coroutine.close
  if coroutine.resume == resume then return end
  local function finish(co, ok, ...)
    if ok then return ... end
    if status(co) ~= "normal" then close(co) end
    error((...), 0)
  end
  coroutine.resume = resume -- luacheck: ignore 122
  function coroutine.wrap(f) -- luacheck: ignore 122
    local co = create(f)
    return function(...) return finish(co, resume(co, ...)) end
  end
end

local function plugin_names()
  local found, engine = pcall(require, "annalist.engine")
  local names = {}
  for _, plugin in ipairs(found and engine.discover {} or {}) do names[#names + 1] = plugin.name end
  return names
end

function repl.is_sql(text)
  local word = text:match("^%s*(%a+)%f[^%a]")
  word = word and word:lower()
  -- `with` and `select` are no words of Lua, but may be names in it: `select("#", …)`, `with = 3`
  return (word == "select" or word == "with") and not text:find("^%s*%a+%s*[%.=:,%[]")
    and not text:find("^%s*%a+%(") or false
end

--- A session around an environment. `path` may be nil.
function repl.session(path, mode)
  track_coroutines()
  local globals = _G
  globals.annalist = require "annalist"
  local session = { globals = globals, is_sql = repl.is_sql }

  function session.corpus()
    local value = rawget(globals, "corpus")
    return corpus.is(value) and value:is_open() and value or nil
  end

  local plugins
  function session.plugins()
    plugins = plugins or plugin_names()
    return plugins
  end

  globals.help = function() console.write(help_text) end
  if path then globals.corpus = corpus.open(path, mode) end
  return session
end

-- From a line to what is printed ---------------------------------------------------------------------------

local function print_values(values)
  for i = 1, values.n do
    show.print(values[i], console.write, console.width() or 200)
  end
end

local function run_sql(session, sql)
  local opened = session.corpus()
  if not opened then error('no corpus is open; open one: corpus = annalist.open("k.db")', 0) end
  local rows <close> = opened:lists((sql:gsub(";%s*$", "")))
  local list, total = {}, 0
  for row in rows do
    total = total + 1
    if total <= 200 then list[total] = row end
  end
  show.lists(list, rows.columns, console.write, console.width() or 200, total, 200)
end

-- An incomplete chunk is one whose error is at its very end (lua.c knows it the same way).
local function is_incomplete(message)
  return message:find("<eof>[\"']?$") ~= nil
end

-- SQLite says itself when a statement ends too early. A quotation mark that is open it calls a strange token.
local function sql_is_incomplete(session, sql)
  local opened = session.corpus()
  if not opened or sql:find(";%s*$") then return false end
  local ok, message = pcall(opened.prepare, opened, sql)
  return not ok and (message:find("incomplete input", 1, true) or message:find("unrecognized token: [\"']['\"]")) ~= nil
end

--- Reads one input: returns a function that runs it, or nil and "more" if lines are missing, or nil and a message.
function repl.compile(session, text)
  if repl.is_sql(text) then
    if sql_is_incomplete(session, text) then return nil, "more" end
    return function() run_sql(session, text) end
  end
  local expression = text:match("^%s*=(.*)$")
  local chunk = load("return " .. (expression or text), "=stdin", "t", session.globals)
  if chunk then
    return function()
      local values = table.pack(chunk())
      if expression or values.n > 1 or values[1] ~= nil then print_values(values) end
    end
  end
  local message
  chunk, message = load(expression and "return " .. expression or text, "=stdin", "t", session.globals)
  if chunk then return chunk end
  if is_incomplete(message) then return nil, "more" end
  return nil, message
end

--- Runs an input; a fault is printed with a short traceback, and the session goes on. Returns false after a fault.
function repl.execute(run)
  local ok, fault = terminal.interruptible(run, traceback.handler)
  if ok then return true end
  if fault == console.broken_pipe then error(fault, 0) end
  io.stdout:flush()
  console.clear_progress()
  local text = traceback.text(fault)
  if type(fault) == "table" and not fault.places then text = "error: " .. show.describe(fault) end
  io.stderr:write(show.safe(text), "\n")
  return false
end

-- The loop ---------------------------------------------------------------------------------------------------

-- Reads lines with `read(prompt)` until they make an input. Returns the input, its text; nil at the end; false after Ctrl-C.
local function read_input(session, read)
  local line, reason = read(prompt)
  if not line then
    if reason == "interrupted" then return false end
    return nil
  end
  local text = line
  while true do
    local run, message = repl.compile(session, text)
    if run or message ~= "more" then return run or message, text end
    line, reason = read(continuation)
    if not line then
      if reason == "interrupted" then return false end
      if repl.is_sql(text) then text = text .. ";" end
      run, message = repl.compile(session, text)
      return run or message == "more" and "the input ends within a statement" or message, text
    end
    if line == "" and repl.is_sql(text) then return repl.compile(session, text .. "\n;"), text end
    text = text .. "\n" .. line
  end
end

local function take(input)
  if type(input) == "function" then return repl.execute(input) end
  io.stdout:flush()
  io.stderr:write(show.safe(input), "\n")
  return false
end

local function run_piped(session)
  local all_well = true
  local function read() return io.read("l") end
  while true do
    local input, text = read_input(session, read)
    if input == nil then break end
    if text:find("%S") then all_well = take(input) and all_well end
    io.stdout:flush()
  end
  return all_well and 0 or 1
end

local function run_terminal(session)
  local folder = system.user()
  local kept = folder and system.mkdir(folder) and system.is_directory(folder)
  local editor <close> = terminal.open {
    history = kept and system.join(folder, "history") or nil,
    complete = function(line) return completion.complete(line, session, console.width() or 80) end,
  }
  local function read(shown) return editor:read(shown) end
  io.stderr:write(string.format(welcome, require("annalist").version))
  if session.corpus() then show.print(session.corpus(), console.write, console.width()) end
  while true do
    io.stdout:flush()
    local input, text = read_input(session, read)
    if input == nil then break end
    if input == false then
      console.write("\n")
    elseif text:find("%S") then
      editor:remember(text)
      take(input)
    end
  end
  console.write("\n")
  return 0
end

--- Runs until the end of input. Returns the exit status: from a pipe 1 if something in it failed.
function repl.run(path, mode)
  local session = repl.session(path, mode)
  if system.is_terminal(0) and system.is_terminal(1) then return run_terminal(session) end
  return run_piped(session)
end

return repl
