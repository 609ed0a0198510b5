-- What `annalist run` shows: one progress line while it works, and at the end one line a plugin and what failed.

local console = require "annalist.console"
local corpus = require "annalist.corpus"
local formats = require "annalist.formats"
local printable = require "annalist.printable"
local system = require "annalist.system"

local run_report = {}

local shown_errors = 20

-- "timex  120 of 400 (30 %)", "timeline  40 %", "[3 of 9] timex"
local function describe(event)
  if event.total and event.total > 0 and event.done then
    return string.format("%s  %d of %d (%d %%)", event.plugin, event.done, event.total, 100 * event.done // event.total)
  elseif event.share then
    return string.format("%s  %.0f %%", event.plugin, 100 * event.share)
  end
  return event.index and string.format("[%d of %d] %s", event.index, event.of, event.plugin) or event.plugin or ""
end

--- The `on_event` of engine.run: draws the progress line, passes on what plugins log.
function run_report.progress()
  local last = 0
  return function(event)
    if event.kind == "error" then return end -- listed at the end
    if event.kind == "log" then
      console.note("%s: %s", event.plugin or "?", printable.text(event.message or ""))
      return
    end
    local now = system.clock()
    if now - last < 0.1 then return end
    last = now
    console.progress(describe(event))
  end
end

-- "article 12 (articles/akipress-0412.txt)", from the corpus
local function name_articles(path, errors)
  local ok, opened = pcall(corpus.open, path)
  if not ok then return function(id) return id and "article " .. id end end
  local names = {}
  for i = 1, math.min(#errors, shown_errors) do
    local id = errors[i].article_id
    local found = id and id ~= 0 and opened:article(id)
    if found then names[id] = string.format("article %d (%s)", id, found.path or found.title or "?") end
  end
  opened:close()
  return function(id) return id and id ~= 0 and (names[id] or "article " .. id) end
end

local function list_errors(settings, errors)
  if #errors == 0 then return end
  local name = name_articles(settings.corpus, errors)
  for i = 1, math.min(#errors, shown_errors) do
    local one = errors[i]
    local place = name(one.article_id)
    console.complain(string.format("%s: %s%s", one.plugin, place and place .. ": " or "",
      formats.one_line(tostring(one.message))))
  end
  if #errors > shown_errors then
    console.complain(string.format("… %d more; see: annalist sql %s 'select * from run_error'", #errors - shown_errors,
      settings.corpus))
  end
end

local columns = { "plugin", "status", "articles", "ran", "cached", "failed", "rows", "seconds" }

local function summary(steps)
  local records = {}
  for i, step in ipairs(steps) do
    local record = {}
    for _, name in ipairs(columns) do record[name] = step[name] end
    record.seconds = step.seconds and string.format("%.2f", step.seconds)
    records[i] = record
  end
  formats.write_records("table", columns, records, console.write, console.width())
end

local function plan(steps)
  formats.write_records("table", { "plugin", "role", "status", "articles", "ran", "reason" }, steps, console.write, console.width())
end

--- Prints the end of a run; returns the exit status.
function run_report.finish(settings, result)
  if settings.dry_run then
    plan(result.steps)
    return 0
  end
  list_errors(settings, result.errors or {})
  summary(result.steps)
  for _, path in ipairs(result.files or {}) do console.write(path, "\n") end
  if #result.steps > 0 and result.steps[1].articles == 0 then
    console.note("%s: holds no articles; load some first: annalist load %s PATH...", settings.corpus, settings.corpus)
  end
  local failed = (result.failed or 0) > 0 or #(result.errors or {}) > 0
  for _, step in ipairs(result.steps) do failed = failed or step.status == "failed" or step.status == "partial" end
  return failed and 1 or 0
end

return run_report
