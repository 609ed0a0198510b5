-- `annalist check PLUGIN...`: every fault of a declaration at once.

local console = require "annalist.console"
local nearest = require "annalist.nearest"
local system = require "annalist.system"

-- A path, or the name of a plugin that is found as `run` would find it.
local function path_of(word, found)
  if word:find("/", 1, true) or word:find("%.lua$") then
    if not system.exists(word) then error(word .. ": there is no such file", 0) end
    if system.is_directory(word) then return system.join(word, "init.lua") end
    return word
  end
  local names = {}
  for i, plugin in ipairs(found) do
    names[i] = plugin.name
    if plugin.name == word and plugin.state ~= "shadowed" then return plugin.path end
  end
  error(string.format("there is no plugin '%s'.%s `annalist plugins` lists them", word, nearest.hint(word, names)), 0)
end

return {
  summary = "hold a plugin against the contract without a corpus",
  usage = "PLUGIN...",
  help = "PLUGIN is a name, a file or a folder. All faults are listed at once; exit status 1 if there is any.",
  examples = { "annalist check timex", "annalist check plugins/timex" },
  options = { "plugin_path", "quiet" },
  run = function(call)
    local engine = require "annalist.engine"
    local found = engine.discover { paths = call.plugin_path }
    local faulty = false
    for _, word in ipairs(call.plugin) do
      local path = path_of(word, found)
      local faults, declaration = engine.check(path)
      for _, fault in ipairs(faults) do console.write(path, ": ", fault, "\n") end
      if #faults == 0 and not call.quiet then
        console.write(string.format("%s: well (%s, version %s)\n", path, declaration and declaration.name or word,
          tostring(declaration and declaration.version or "?")))
      end
      faulty = faulty or #faults > 0
    end
    return faulty and 1 or 0
  end,
}
