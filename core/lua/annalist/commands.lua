-- The commands that there are: `scripts/commands/NAME.lua` of the house, and `commands/NAME.lua` in the user's own folder.
-- Ours come first, so that a user's file can add a command, but not put another meaning under a name in our manual.

local system = require "annalist.system"

local commands = {}

-- The overview lists them in the order of work; whatever else there is follows by name.
local order = {
  "load", "run", "repl", "sql", "search", "info", "plugins", "new", "check", "test", "match", "screen", "merge", "index", "help",
}

local function folders()
  local user = system.user()
  return { system.join(system.scripts(), "commands"), user and system.join(user, "commands") }
end

--- The file of a command, or nil.
function commands.path(name)
  if not name:find("^%l[%w_-]*$") then return nil end
  for _, folder in ipairs(folders()) do
    local path = system.join(folder, name .. ".lua")
    if system.exists(path) then return path end
  end
end

--- The names of all commands, in the order of the overview.
function commands.names()
  local found, names = {}, {}
  for _, folder in ipairs(folders()) do
    if system.is_directory(folder) then
      for _, file in ipairs(system.list(folder)) do
        local name = file:match("^(.+)%.lua$")
        if name and not found[name] then
          found[name] = true
          names[#names + 1] = name
        end
      end
    end
  end
  table.sort(names)
  local sorted, placed = {}, {}
  for _, name in ipairs(order) do
    if found[name] then
      sorted[#sorted + 1], placed[name] = name, true
    end
  end
  for _, name in ipairs(names) do
    if not placed[name] then sorted[#sorted + 1] = name end
  end
  return sorted
end

--- The declaration of a command, checked for what the help page needs.
function commands.load(name)
  local path = commands.path(name)
  local chunk, message = loadfile(path, "t")
  if not chunk then error(message, 0) end
  local command = chunk()
  if type(command) ~= "table" or type(command.run) ~= "function" then
    error(path .. ": a command file returns a table with a function 'run'", 0)
  end
  command.name = name
  command.summary = command.summary or "(no summary)"
  command.examples = command.examples or { "annalist " .. name }
  return command
end

--- What `annalist help` prints.
function commands.overview()
  local lines, rows, widest = {}, {}, 0
  for _, name in ipairs(commands.names()) do
    local ok, command = pcall(commands.load, name)
    local head = "annalist " .. name .. (ok and command.usage and " " .. command.usage or "")
    rows[#rows + 1] = { head, ok and command.summary or "(faulty: " .. tostring(command) .. ")" }
    widest = math.max(widest, #head)
  end
  rows[#rows + 1] = { "annalist SCRIPT.lua [ARG...]", "run a script; `-e CODE` runs one line" }
  lines[#lines + 1] = "annalist: an embedded scripting host for news analysis\n"
  for _, row in ipairs(rows) do
    lines[#lines + 1] = string.format("  %-" .. widest .. "s  %s", row[1], row[2])
  end
  lines[#lines + 1] = "\n`annalist help COMMAND` or `annalist COMMAND --help` says more. `annalist --version` names the version."
  return table.concat(lines, "\n") .. "\n"
end

return commands
