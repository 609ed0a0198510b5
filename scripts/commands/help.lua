-- `annalist help [COMMAND]`

local commands = require "annalist.commands"
local console = require "annalist.console"
local nearest = require "annalist.nearest"
local options = require "annalist.options"

return {
  summary = "what there is to call, or how one command is called",
  usage = "[COMMAND]",
  examples = { "annalist help run" },
  run = function(call)
    if not call.command then
      console.write(commands.overview())
      return 0
    end
    if not commands.path(call.command) then
      error(string.format("there is no command '%s'.%s See: annalist help", call.command, nearest.hint(call.command, commands.names())), 0)
    end
    console.write(options.help(commands.load(call.command)))
  end,
}
