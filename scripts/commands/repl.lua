-- `annalist repl [CORPUS]`

return {
  summary = "explore: Lua, and SQL on a line that begins with select",
  usage = "[CORPUS]",
  help = [[
The corpus is the global `corpus`; `annalist` is the script API (docs/api.md). A value prints itself; Tab completes; Ctrl-C
stops what runs and keeps the session. History is kept in the user's own folder. In a pipe there is no prompt.]],
  examples = { "annalist repl k.db", "echo 'select count(*) from article' | annalist repl k.db" },
  options = { { "write", help = "open the corpus for writing, so that corpus:run and corpus:execute work" } },
  run = function(call)
    return require("annalist.repl").run(call.corpus, call.write and "write" or "read")
  end,
}
