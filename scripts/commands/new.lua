-- `annalist new NAME`: a plugin and its spec from the template.

local console = require "annalist.console"
local system = require "annalist.system"

-- "rain-fall" can't be a table; `annalist check` says the same of a plugin.
local function check_name(name)
  if not name:find("^%l[%l%d_]*$") then
    error(string.format("'%s': a plugin's name has small letters, digits and _, and begins with a letter", name), 0)
  end
  for _, plugin in ipairs(require("annalist.engine").discover {}) do
    if plugin.name == name and plugin.origin == "bundled" then
      console.note("There is a bundled plugin %s; the new one will take its place where it is found first.", name)
    end
  end
end

local function write_from_template(template, name, path)
  local text = assert(system.read(system.join(system.scripts(), "templates/" .. template)))
  local written = text:gsub("%f[%w_]NAME%f[^%w_]", name):gsub("NAME_spec", name .. "_spec")
  local ok, message = system.write(path, written)
  if not ok then error(message, 0) end
end

return {
  summary = "a new plugin with its test, from the template",
  usage = "NAME",
  help = [[
Writes NAME/init.lua and NAME/NAME_spec.lua into --plugin-path DIR, or into the user's own plugin folder. The plugin works as it
is, finds percentages, and shows up in a report; put your own analysis in its place.]],
  examples = { "annalist new prices", "annalist new prices --plugin-path my-plugins" },
  options = { "plugin_path", "quiet" },
  run = function(call)
    check_name(call.name)
    local user = system.user()
    local root = call.plugin_path and call.plugin_path[1] or user and system.join(user, "plugins")
    if not root then error("there is no folder of your own ($HOME is not set): say where with --plugin-path DIR", 0) end
    local folder = system.join(root, call.name)
    if system.exists(folder) then error(folder .. ": is there already", 0) end
    local ok, message = system.mkdir(folder)
    if not ok then error(string.format("the folder can't be made: %s; say where with --plugin-path DIR", message), 0) end
    local plugin, spec = system.join(folder, "init.lua"), system.join(folder, call.name .. "_spec.lua")
    write_from_template("plugin.lua", call.name, plugin)
    write_from_template("plugin_spec.lua", call.name, spec)
    console.write(plugin, "\n", spec, "\n")
    local where = call.plugin_path and " --plugin-path " .. root or ""
    console.note([[

Next:
  annalist check %s
  annalist test %s
  annalist run CORPUS %s report -o out%s]], folder, spec, call.name, where)
  end,
}
