-- Which plugins there are: every folder is looked through, every plugin's table is read in a sandboxed process of its own, and
-- each gets a state (ready, shadowed, faulty, disabled) with its reason. Runs no article.

local declaration = require "annalist.engine.declaration"
local host = require "annalist.host"
local system = require "annalist.system"

local discover = {}

local load_seconds, load_memory = 5, 1 << 30 -- a table is read, and nothing worked on

--- The folders, in the order in which they win: --plugin-path, the user's own, ours.
local function roots(paths)
  local list = {}
  for _, path in ipairs(paths or {}) do
    if not system.is_directory(path) then error(string.format("--plugin-path %s: there is no such folder", path), 0) end
    list[#list + 1] = { path = system.absolute(path), origin = "path" }
  end
  local user = system.user()
  if user then list[#list + 1] = { path = system.join(user, "plugins"), origin = "user" } end
  list[#list + 1] = { path = system.plugins(), origin = "bundled" }
  return list
end

-- NAME.lua, or NAME/init.lua. Nothing else in the folder is a plugin; lib/ is for modules.
local function find(root)
  local found = {}
  for _, entry in ipairs(system.list(root.path) or {}) do
    local path = system.join(root.path, entry)
    local name = entry:match("^([%w_-]+)%.lua$")
    if name and not system.is_directory(path) then
      found[#found + 1] = { name = name, path = path, root = root.path, origin = root.origin }
    elseif entry ~= "lib" and entry:match("^[%w_-]+$") and system.exists(system.join(path, "init.lua")) then
      found[#found + 1] = { name = entry, path = system.join(path, "init.lua"), directory = path, root = root.path, origin = root.origin }
    end
  end
  return found
end

-- Opens the process that reads a plugin's table.
local function open(plugin)
  return host.pool {
    home = system.home(), name = plugin.name, path = plugin.path, directory = plugin.directory, root = plugin.root,
    memory = load_memory, stage = "inspect", workers = 1, load_seconds = load_seconds, given = {},
  }
end

-- Waits for what it says; fills plugin.state, reason, faults, declaration.
local function read(plugin, pool)
  local message
  for _ = 1, 200 do
    local kind, _, value, text = pool:wait(0.5)
    if kind == "L" then
      plugin.faults = declaration.faults(value, plugin.name)
      if #plugin.faults == 0 then
        plugin.declaration = declaration.normal(value)
        plugin.state = "ready"
      end
      break
    elseif kind == "E" then
      plugin.faults = { text }
      break
    elseif kind == "X" then
      message = value
    elseif kind == "Z" then
      plugin.faults = { message or "its process ended without a word" }
      break
    end
  end
  pool:close()
  if not plugin.declaration then
    plugin.faults = plugin.faults or { "did not answer" }
    plugin.state = "faulty"
    plugin.reason = table.concat(plugin.faults, "; ")
  end
end

local function disabled_names()
  local names = {}
  local user = system.user()
  for line in (user and system.read(system.join(user, "disabled")) or ""):gmatch("[^\r\n]+") do
    local name = line:match("^%s*([%w_-]+)%s*$")
    if name then names[name] = true end
  end
  return names
end

--- Reads one file or folder that need not lie in a plugin folder.
function discover.inspect(path)
  local absolute = system.absolute(path)
  local directory
  if system.is_directory(absolute) then
    directory, absolute = absolute, system.join(absolute, "init.lua")
  elseif system.basename(absolute) == "init.lua" then
    directory = system.dirname(absolute)
  end
  if not system.exists(absolute) then return nil, string.format("%s: no such plugin", path) end
  local plugin = { path = absolute, directory = directory, origin = "path" }
  plugin.name = system.basename(directory or absolute):gsub("%.lua$", "")
  plugin.root = system.dirname(directory or absolute)
  read(plugin, open(plugin))
  return plugin
end

--- All plugins, in the order of their names, the one that wins before those that it shadows.
function discover.all(paths)
  local list, disabled = {}, disabled_names()
  for rank, root in ipairs(roots(paths)) do
    for _, plugin in ipairs(find(root)) do
      plugin.rank = rank
      list[#list + 1] = plugin
    end
  end
  table.sort(list, function(a, b)
    if a.name ~= b.name then return a.name < b.name end
    if a.rank ~= b.rank then return a.rank < b.rank end
    return a.path < b.path
  end)
  local pools, winners = {}, {}
  for index, plugin in ipairs(list) do
    if disabled[plugin.name] then
      plugin.state, plugin.reason = "disabled", "named in " .. system.join(system.user(), "disabled")
    elseif winners[plugin.name] then
      plugin.state, plugin.reason = "shadowed", "by " .. winners[plugin.name].path
    else
      winners[plugin.name] = plugin
      pools[index] = open(plugin)
    end
  end
  for index, plugin in ipairs(list) do
    if pools[index] then read(plugin, pools[index]) end
  end
  return list
end

return discover
