-- `annalist index CORPUS`

local console = require "annalist.console"

return {
  summary = "complete the full-text index, after load --no-index",
  usage = "CORPUS",
  examples = { "annalist index k.db" },
  options = { "quiet" },
  run = function(call)
    local sqlite = require "annalist.sqlite"
    sqlite.corpus(call.corpus, "read"):close() -- says what is wrong with the file, before it is written to
    local count = require("annalist.loader").index(call.corpus)
    console.note("%s: %d article%s indexed", call.corpus, count, count == 1 and "" or "s")
  end,
}
