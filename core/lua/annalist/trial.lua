-- Tries a plugin on articles that a test writes: a corpus in a temporary folder, loaded, run, and gone when it is closed.
--   local corpus <close> = trial.run { plugin = "timex", articles = { "It rained on Monday.", { text = "…", date = "2021-03-04" } } }
--   for row in corpus:rows("timex") do … end

local json = require "annalist.json"
local corpus = require "annalist.corpus"
local system = require "annalist.system"

local trial = {}

local fields = { "id", "text", "title", "date", "url", "outlet", "author", "language" }

local function record(given)
  if type(given) == "string" then given = { text = given } end
  local list = {}
  for _, name in ipairs(fields) do list[name] = given[name] end
  return json.encode(json.object(list))
end

-- Removes only what trial.folder made, by the one tool that never follows a link out of it.
local function remove_folder(folder)
  assert(folder:find("/annalist%-%w+$"), folder)
  os.execute("rm -rf --one-file-system -- '" .. folder:gsub("'", "'\\''") .. "'")
end

--- A new temporary folder, and a function that removes it with all that is in it.
function trial.folder()
  local folder = system.temporary_directory()
  return folder, function()
    if system.exists(folder) then remove_folder(folder) end
  end
end

--- Loads the articles (texts, or records with text, title, date, outlet, …) into a new corpus and opens it for writing.
--- Closing it removes it.
function trial.corpus(articles)
  local folder, remove = trial.folder()
  local lines = {}
  for i, given in ipairs(articles) do lines[i] = record(given) .. "\n" end
  local source, path = system.join(folder, "articles.jsonl"), system.join(folder, "trial.db")
  system.write(source, table.concat(lines))
  local loaded = require("annalist.loading").load(path, { source }, {})
  if loaded.failed > 0 then
    remove()
    error("the articles of this test can't be loaded", 2)
  end
  local opened = corpus.open(path, "write")
  corpus.on_close(opened, remove)
  return opened
end

--- Loads the articles, runs `plugin` (a name, or a list) and what it needs, and returns the open corpus.
--- `paths` are folders with plugins; `set`, `use`, `jobs`, `output` and the limits as for `corpus:run`.
--- What the run returned is in `corpus.result`. A run with faults raises the first of them, unless `faults = true`.
function trial.run(settings)
  local opened = trial.corpus(settings.articles)
  local options = {}
  for name, value in pairs(settings) do options[name] = value end
  options.articles, options.plugin, options.faults = nil, nil, nil
  local ok, result = pcall(opened.run, opened, settings.plugin, options)
  if ok and #result.errors > 0 and not settings.faults then
    ok, result = false, string.format("%s: %s", result.errors[1].plugin, result.errors[1].message)
  end
  if not ok then
    opened:close()
    error(result, 0)
  end
  opened.result = result
  return opened
end

local program

-- The folder of the program that runs now, wherever it was built.
local function program_folder()
  if program then return program end
  local pipe <close> = assert(io.popen "readlink /proc/$PPID/exe")
  program = system.dirname(pipe:read("l"))
  return program
end

local function quote(word)
  return "'" .. word:gsub("'", "'\\''") .. "'"
end

--- Runs a line of shell in a folder, where `annalist` is this program and the user's own folder is empty.
--- `input` (may be nil) is its standard input. Returns the exit status, standard output, standard error.
function trial.shell(folder, line, input)
  local out, remove = trial.folder()
  system.write(system.join(out, "in"), input or "")
  local command = string.format("cd %s && PATH=%s:$PATH XDG_CONFIG_HOME=%s sh -c %s <%s/in >%s/out 2>%s/err", quote(folder),
    quote(program_folder()), quote(system.join(out, "config")), quote(line), out, out, out)
  local _, how, status = os.execute(command)
  local written, complaints = system.read(system.join(out, "out")), system.read(system.join(out, "err"))
  remove()
  return how == "exit" and status or 128 + status, written, complaints
end

return trial
