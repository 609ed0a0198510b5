-- `annalist run CORPUS PLUGIN...`, or with a batch file in the place of plugins.

local batch = require "annalist.batch"
local console = require "annalist.console"
local report = require "annalist.run_report"

local function settings_of(call)
  return {
    corpus = call.corpus, plugins = call.plugin, use = call.use, set = call.set, paths = call.plugin_path,
    jobs = call.jobs, force = call.force, dry_run = call.dry_run, strict = call.strict, output = call.output,
    article_seconds = call.article_seconds, corpus_seconds = call.corpus_seconds, memory = call.memory,
    all_versions = call.all_versions,
  }
end

return {
  summary = "run plugins, and first all that they need",
  usage = "CORPUS [PLUGIN...]",
  help = [[
What is there already and still holds is not done again. Ends with one line a plugin, and the paths of the files written.

In the place of the plugins, or of corpus and plugins, there can be a batch file: a Lua file that returns
{ corpus=…, load={…}, plugins={…}, options={ ["PLUGIN.OPTION"]=VALUE }, use={ ROLE=PLUGIN }, output=… }.
Paths in it are seen from its folder. Options of the command line come after those of the file.]],
  examples = {
    "annalist run k.db report -o out",
    "annalist run k.db timex --jobs 2 --set timex.hemisphere=south",
    "annalist run k.db report --dry-run",
  },
  options = { "set", "use", "plugin_path", "jobs", "force", "dry_run", "strict", "quiet",
    { "output", value = "DIR", help = "the folder for files, such as those of report (default: CORPUS-report)" }, "article_seconds", "corpus_seconds",
    "memory", "all_versions" },
  run = function(call)
    local settings = settings_of(call)
    local failed_sources = batch.apply(settings)
    if not settings.corpus or #settings.plugins == 0 then
      error("run: PLUGIN is missing. Usage: annalist run CORPUS PLUGIN...   See: annalist plugins", 0)
    end
    local engine = require "annalist.engine"
    settings.on_event = report.progress()
    local result = engine.run(settings)
    console.clear_progress()
    return math.max(report.finish(settings, result), failed_sources > 0 and 1 or 0)
  end,
}
