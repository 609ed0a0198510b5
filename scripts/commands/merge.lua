-- `annalist merge OUT CORPUS...`

local console = require "annalist.console"
local system = require "annalist.system"

return {
  summary = "join corpora that were loaded and run apart",
  usage = "OUT CORPUS...",
  help = [[
Articles come in the order of the corpora, each once. What plugins found article by article comes along; what they found over
a whole corpus is made anew by the next `annalist run OUT …`. The result does not depend on how the merging is grouped.]],
  examples = { "annalist merge all.db shard-1.db shard-2.db", "annalist run all.db report -o out" },
  options = { { "force", help = "replace OUT if it is there" }, "quiet" },
  run = function(call)
    if system.exists(call.out) and not call.force then
      error(string.format("%s: is there already; --force replaces it", call.out), 0)
    end
    for _, path in ipairs(call.corpus) do
      if system.exists(path) and system.exists(call.out) and system.absolute(path) == system.absolute(call.out) then
        error(string.format("%s: can't be an input and the output", path), 0)
      end
    end
    local articles = require("annalist.merging").merge(call.out, call.corpus, console.progress)
    console.clear_progress()
    console.note("%s: %d article%s", call.out, articles, articles == 1 and "" or "s")
  end,
}
