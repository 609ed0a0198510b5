-- `annalist test [SPEC...]`: busted inside the host.

local console = require "annalist.console"

return {
  summary = "run busted specs inside the host",
  usage = "[SPEC...]",
  help = [[
SPEC is a file, or a folder of files that end in _spec.lua; without any our own tests/spec is run. A spec can require
everything that a script can. The last line is `N passed, N failed`; exit status 1 if any failed.]],
  examples = { "annalist test", "annalist test tests/spec/json_spec.lua --filter integers" },
  options = { { "filter", value = "PATTERN", help = "only tests whose sentence matches this Lua pattern" } },
  run = function(call)
    local passed, failed = require("annalist.testing").run(call.spec, call.filter)
    console.write(string.format("%d passed, %d failed\n", passed, failed))
    return failed > 0 and 1 or 0
  end,
}
