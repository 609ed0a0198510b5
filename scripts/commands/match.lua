-- `annalist match [FILE]`: two names a line in, a score a line out.

local console = require "annalist.console"
local output = require "annalist.output"
local system = require "annalist.system"

-- The scorer lives with the plugins, because the plugin `names` uses the same one.
local function load_matcher()
  package.path = system.join(system.plugins(), "?.lua") .. ";" .. package.path
  return require "lib.names.matcher", require "lib.names.explain"
end

local BLOCK = 65536 -- bytes that are read at once; what remains of the last line is read with them

return {
  summary = "score name pairs: two tab-separated names a line in, score 0..1 out",
  usage = "[FILE]",
  help = [[
Each line of FILE (or standard input, or -) holds two names with a tab between them; further columns are ignored. Each line of the
result is a score: 0 surely two persons or organisations, 1 surely one. From 0.5 on it is more likely one than two.
A line without two names has the score 0.]],
  examples = {
    "annalist match pairs.tsv > scores.txt",
    "printf 'Jevgenij Petrow\\tYevgeni Petrov\\n' | annalist match --explain",
  },
  options = {
    { "explain", help = "the two names before the score, and after it what agrees and what doesn't" },
    "output",
  },
  run = function(call)
    local matchers, explain = load_matcher()
    local matcher = matchers.new()
    local source = io.stdin
    if call.file and call.file ~= "-" then
      local message
      source, message = io.open(call.file, "rb")
      if not source then
        error(message, 0)
      end
    end
    local write, finish = output.open(call.output)
    local any, pairs_seen = false, false
    if call.explain then
      for line in source:lines() do
        local a, b = line:match("^([^\t]+)\t([^\t\r]+)")
        any, pairs_seen = true, pairs_seen or a ~= nil
        write(("%s\t%s\t%.4f\t%s\n"):format(a or line, b or "", a and matcher:score(a, b) or 0, a and (explain.pair(matcher, a, b)) or ""))
      end
    else
      local function other(a, b)
        return matcher:score(a, b)
      end
      while true do
        local block, rest = source:read(BLOCK, "L")
        if not block then
          break
        end
        any, pairs_seen = true, pairs_seen or block:find("\t", 1, true) ~= nil
        write(matcher.kernel:score_lines(block .. (rest or ""), other))
      end
    end
    if source ~= io.stdin then
      source:close()
    end
    finish()
    if any and not pairs_seen then
      console.note("%s: no line has two names with a tab between them", call.file and call.file ~= "-" and call.file or "standard input")
    end
  end,
}
