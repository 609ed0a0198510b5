-- `require "annalist"`: what scripts, `-e` and the REPL have. Every function here is in docs/api/ with an example.

local annalist = {}

local parts = {
  text = "annalist.text",
  similarity = "annalist.similarity",
  json = "annalist.json",
}

annalist.null = require("annalist.sqlite").null
annalist.version = require("annalist.system").version or "0.1.0"

--- Opens a corpus; `mode` is "read" (the default) or "write".
function annalist.open(path, mode)
  return require("annalist.corpus").open(path, mode)
end

--- Prints any value readably, as the REPL does.
function annalist.show(value)
  local console = require "annalist.console"
  require("annalist.show").print(value, console.write, console.width())
end

-- The parts are loaded when they are first used, so that a small script starts at once.
return setmetatable(annalist, {
  __index = function(self, name)
    if not parts[name] then return nil end
    local part = require(parts[name])
    rawset(self, name, part)
    return part
  end,
})
