-- `annalist info [CORPUS]`

local console = require "annalist.console"
local corpus_info = require "annalist.corpus_info"
local json = require "annalist.json"
local system = require "annalist.system"
local versions = require "annalist.versions"

local function program()
  return {
    versions = versions, home = system.home(), user = system.user(), processors = system.processors(),
  }
end

return {
  summary = "what the corpus holds, what ran over it, versions of all parts",
  usage = "[CORPUS]",
  help = [[
Sources that failed are named. A path that was not there stays recorded as failed (table source); once something has been loaded
after it, it is only counted, as `no such file`.]],
  examples = { "annalist info", "annalist info k.db", "annalist info k.db --json" },
  options = { { "json", help = "one JSON object" } },
  run = function(call)
    local about = program()
    local info = call.corpus and corpus_info.read(call.corpus)
    if call.json then
      about.versions = json.object()
      for _, pair in ipairs(versions) do about.versions[pair[1]] = pair[2] end
      about.corpus = info
      console.write(json.encode(about, { indent = 2 }), "\n")
      return 0
    end
    if info then
      corpus_info.write(info, console.write, console.width())
      return 0
    end
    for _, pair in ipairs(versions) do console.write(string.format("%-10s %s\n", pair[1], pair[2])) end
    console.write(string.format("%-10s %s\n%-10s %s\n%-10s %d\n", "home", about.home, "user", about.user or "none", "processors",
      about.processors))
  end,
}
