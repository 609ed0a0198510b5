-- `annalist plugins [NAME]`: what there is, in which state and why; or one plugin's manual.

local console = require "annalist.console"
local formats = require "annalist.formats"
local manual = require "annalist.plugin_manual"
local nearest = require "annalist.nearest"

local function list(found, format)
  local records = {}
  for i, plugin in ipairs(found) do
    local declaration = plugin.declaration or {}
    records[i] = {
      name = plugin.name, state = plugin.state, origin = plugin.origin, version = declaration.version,
      role = declaration.provides or declaration.name, summary = plugin.reason or declaration.summary,
    }
    if format ~= "table" then
      records[i].summary, records[i].reason, records[i].path = declaration.summary, plugin.reason, plugin.path
    end
  end
  local columns = { "name", "role", "version", "origin", "state", "summary" }
  if format ~= "table" then table.move({ "reason", "path" }, 1, 2, #columns + 1, columns) end
  formats.write_records(format, columns, records, console.write, console.width())
end

local function find(found, name)
  local names, best = {}, nil
  for i, plugin in ipairs(found) do
    names[i] = plugin.name
    if plugin.name == name and (not best or best.state == "shadowed") then best = plugin end
  end
  if not best then error(string.format("there is no plugin '%s'.%s `annalist plugins` lists them", name, nearest.hint(name, names)), 0) end
  return best
end

return {
  summary = "what there is and in which state, or one plugin's manual",
  usage = "[NAME]",
  help = [[
Plugins are looked for in --plugin-path, in the user's own folder, and among ours; the first of a name is used, the others are
shadowed. A faulty plugin is listed with its fault; `annalist check` says all of them.]],
  examples = { "annalist plugins", "annalist plugins timex" },
  options = { "plugin_path", "format" },
  run = function(call)
    local found = require("annalist.engine").discover { paths = call.plugin_path }
    if call.name then
      console.write(manual.text(find(found, call.name)))
    else
      list(found, call.format)
    end
  end,
}
