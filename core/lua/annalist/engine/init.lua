-- The engine: discover, check, plan, run. A run is a build: a step works only on what has changed since its rows were made, and ends in
-- the same bytes as a run from nothing. See docs/internals.md.

local declaration = require "annalist.engine.declaration"
local discover = require "annalist.engine.discover"
local json = require "annalist.json"
local plan = require "annalist.engine.plan"
local run = require "annalist.engine.run"
local sqlite = require "annalist.sqlite"
local store = require "annalist.engine.store"
local system = require "annalist.system"
local versions = require "annalist.versions"

local engine = {}

--- All plugins with their states. options: { paths }
function engine.discover(options)
  return discover.all((options or {}).paths)
end

--- Holds one plugin (a file, a folder, or a name) against the contract: its faults as lines, and its declaration if there are none.
function engine.check(path, paths)
  if not path:find("/", 1, true) and not system.exists(path) then
    for _, plugin in ipairs(discover.all(paths)) do
      if plugin.name == path and plugin.state ~= "shadowed" then return plugin.faults or {}, plugin.declaration, plugin end
    end
  end
  local plugin, message = discover.inspect(path)
  if not plugin then error(message, 0) end
  return plugin.faults or {}, plugin.declaration, plugin
end

local function present_roles(corpus)
  local db <close> = sqlite.corpus(corpus, "read")
  return store.present(db)
end

-- What the steps share and each of them knows.
local function prepare_steps(request)
  local present = request.corpus and present_roles(request.corpus) or {}
  local steps, registry = plan.make { plugins = request.plugins, use = request.use, set = request.set, paths = request.paths, present = present }
  local layouts_of, whole_of = {}, {}
  for index, step in ipairs(steps) do
    local declared = step.plugin.declaration
    step.index, step.of = index, #steps
    step.layouts = {}
    local both = declared.article and declared.corpus
    for position, result in ipairs(declared.tables) do
      local layout = store.layout(result)
      for column, each in ipairs(layout.columns) do
        if each.name == "article_id" then layout.article_position = column end
      end
      step.layouts[position] = layout
      if not layout.has_article then whole_of[step.role] = "role" end
    end
    if both and not whole_of[step.role] then whole_of[step.role] = "corpus" end
    layouts_of[step.role] = step.layouts
    step.layouts_of, step.whole_of = layouts_of, whole_of
    step.run_id = store.run_id(step.role)
  end
  return steps, registry
end

--- The plan alone: list of { plugin, role, options, wants }, needs first. Raises one line for a fault of the user.
function engine.plan(request)
  return (prepare_steps(request))
end

-- What ctx:tables() shows: every role that this step can read, in order of the plan.
local function catalogue(steps, step, states)
  local readable, list = {}, {}
  for _, role in ipairs(step.plugin.declaration.needs) do readable[role] = true end
  for _, role in ipairs(step.wants) do readable[role] = true end
  for _, other in ipairs(steps) do
    if readable[other.role] then
      for _, layout in ipairs(other.layouts) do
        local columns = {}
        for index, column in ipairs(layout.columns) do columns[index] = { name = column.name, type = column.type } end
        list[#list + 1] = { role = other.role, plugin = other.plugin.name, version = other.plugin.declaration.version, summary = other.plugin.declaration.summary,
          origin = other.plugin.origin, status = states[other.role], table = layout.name, key = layout.key, columns = columns }
      end
    end
  end
  return list
end

local function check_interrupt()
  if system.interrupted() then error("interrupted", 0) end
end

-- Where files go when nobody says: beside the corpus, "flood.db" → "flood-report".
local function default_output(corpus)
  return (corpus:gsub("%.%w+$", "")) .. "-report"
end

local function outputs_are_there(step, outputs)
  for _, output in ipairs(outputs or {}) do
    local bytes = system.read(system.join(step.output, output.name))
    if not bytes or system.sha256(bytes) ~= output.sha256 then return false end
  end
  return true
end

local function make_folder(path)
  local made, message = system.mkdir(path)
  if not made then error(string.format("the output folder can't be made: %s; name another with -o", message), 0) end
end

local function fill_step(step, request, steps, states, on_event)
  step.all_versions = request.all_versions
  step.corpus, step.force, step.output = request.corpus, request.force, request.output or default_output(request.corpus)
  step.jobs = math.min(request.jobs or system.processors(), 200)
  step.article_seconds, step.corpus_seconds = request.article_seconds or 10, request.corpus_seconds or 600
  step.memory = request.memory or 1 << 30
  step.on_event, step.check_interrupt = on_event, check_interrupt
  step.catalogue = catalogue(steps, step, states)
  step.failures, step.rows, step.done, step.written = 0, 0, 0, {}
  step.options_text = json.encode(json.object(step.options))
  local files, seen = {}, {}
  step.files = files
  function step.note_file(line)
    local sha256, path = line:match("^([%x-]+)\n(.*)$")
    path = store.portable_path(path)
    if not seen[path] then
      seen[path] = true
      files[#files + 1] = { path = path, sha256 = sha256 }
    end
  end
  function step.write_files(list)
    for _, file in ipairs(list) do
      local path = system.join(step.output, file.name)
      make_folder(system.dirname(path))
      local written, message = system.write(path, file.bytes)
      if not written then error("the output can't be written: " .. message, 0) end
      step.written[#step.written + 1] = { name = file.name, sha256 = system.sha256(file.bytes), path = path }
    end
  end
end

-- Over the files as they lie below the plugin's folder or ours: the same code elsewhere is the same code. The program is code as well.
local function code_digest(step, files)
  local lines, root = {}, step.plugin.root .. "/"
  for _, part in ipairs(versions) do lines[#lines + 1] = part[1] .. " " .. part[2] end
  for _, file in ipairs(files) do
    local path = file.path:sub(1, #root) == root and "plugins/" .. file.path:sub(#root + 1) or file.path
    if file.sha256 ~= "-" then lines[#lines + 1] = path .. "=" .. file.sha256 end
  end
  table.sort(lines)
  return system.sha256(table.concat(lines, "\n"))
end

local function save_function(step, started, clock)
  return function(db, status)
    table.sort(step.files, function(a, b) return a.path < b.path end)
    local outputs = {}
    for index, file in ipairs(step.written) do outputs[index] = json.object { name = file.name, sha256 = file.sha256 } end
    local files = {}
    for index, file in ipairs(step.files) do files[index] = json.object(file) end
    local rows = 0
    for _, layout in ipairs(step.layouts) do rows = rows + db:value("select count(*) from " .. store.quote(layout.name)) end
    local errors = db:value("select count(*) from run_error where run_id = ?", step.run_id)
    local first_error = db:value("select message from run_error where run_id = ? order by article_id is not null, article_id limit 1", step.run_id)
    store.save_run(db, {
      run_id = step.run_id, role = step.role, plugin = step.plugin.name, version = tostring(step.plugin.declaration.version),
      code_sha256 = code_digest(step, step.files), options = step.options_text, inputs_sha256 = step.inputs_sha256 or "",
      status = status ~= "done" and status or step.broken and "failed" or errors > 0 and "partial" or "done", error = first_error,
      seconds = system.clock() - clock, started = started, articles = step.total or 0, rows = rows,
      files = json.encode(json.array(files)), outputs = json.encode(json.array(outputs)),
    })
  end
end

-- Why a step must do everything anew; nil when only what changed is to be done.
local function reason_for_all(step, previous)
  if step.force then return "--force" end
  if not previous then return "never ran" end
  if previous.plugin ~= step.plugin.name then return "the role was filled by " .. previous.plugin end
  if previous.version ~= tostring(step.plugin.declaration.version) then return "another version" end
  if previous.options ~= step.options_text then return "other options" end
  local files = store.unchanged_files(previous)
  if not files or #files == 0 then return "changed code" end
  local is_main = false
  for _, file in ipairs(files) do is_main = is_main or store.absolute_path(file.path) == step.plugin.path end
  if not is_main then return "changed code" end
  if code_digest(step, files) ~= previous.code_sha256 then return "made by another annalist" end
  return nil, files
end

-- Drops the tables of a plugin whose place in a role another one takes.
local function drop_foreign_tables(db, step, previous, steps_registry)
  if not previous or previous.plugin == step.plugin.name then return end
  local other = steps_registry[previous.plugin]
  for _, declared in ipairs(other and other.declaration and other.declaration.tables or {}) do
    local mine = false
    for _, layout in ipairs(step.layouts) do mine = mine or layout.name == declared.name end
    if not mine then db:execute("drop table if exists " .. store.quote(declared.name)) end
  end
end

-- Looks at what a step has to do: returns reason for all, list of dirty articles, their keys, whether the corpus stage must run.
local function look(db, step)
  local previous = store.run(db, step.role)
  local reason, files = reason_for_all(step, previous)
  local fresh = false
  for _, layout in ipairs(step.layouts) do fresh = store.ensure_table(db, layout) or fresh end
  if fresh and not reason then reason = "a table has another form" end
  step.previous = previous
  if files and not reason then
    for _, file in ipairs(files) do step.note_file(file.sha256 .. "\n" .. store.absolute_path(file.path)) end
  end
  local list, keys = {}, {}
  if step.plugin.declaration.article then
    list, keys, step.total = run.dirty_articles(db, step, reason ~= nil)
  else
    step.total = store.count_articles(db, step.all_versions)
  end
  return reason, list, keys
end

local function corpus_stage_due(db, step, reason)
  local key = run.corpus_key(db, step)
  local known = db:value("select key from step where role = ? and article_id = 0", step.role)
  if reason or key ~= known then return key end
  local outputs = step.previous and step.previous.outputs and json.decode(step.previous.outputs) or {}
  if not outputs_are_there(step, outputs) then return key end
  step.written = {}
  for index, output in ipairs(outputs) do
    step.written[index] = { name = output.name, sha256 = output.sha256, path = system.join(step.output, output.name) }
  end
  return nil
end

local function run_step(step, by_name)
  local started, clock = system.now(), system.clock()
  step.save = save_function(step, started, clock)
  local reason, list, keys
  local is_new = false
  do
    local db <close> = sqlite.corpus(step.corpus, "write")
    db:transaction(function()
      local before = store.run(db, step.role)
      is_new = before == nil or before.status == "running" -- killed after its last row, before its record was closed
      reason, list, keys = look(db, step)
      if not step.all_versions then store.forget_superseded(db, step.role, step.run_id, step.layouts) end
      drop_foreign_tables(db, step, step.previous, by_name)
      if reason then db:execute("delete from step where role = ? and article_id = 0", step.role) end
      step.inputs_sha256 = store.articles_digest(db, step.all_versions)
    end)
  end
  local worked = is_new or reason ~= nil
  step.ran = #list
  if #list > 0 or (reason and step.plugin.declaration.article) then
    worked = true
    run.articles(step, list, keys, reason ~= nil)
  end
  if step.plugin.declaration.corpus and not step.broken then
    local key
    do
      local db <close> = sqlite.corpus(step.corpus, "write")
      key = corpus_stage_due(db, step, reason)
    end
    if key then
      worked = true
      step.ran_corpus = true
      run.corpus(step, key)
    end
  end
  local errors
  do
    local db <close> = sqlite.corpus(step.corpus, "write")
    if worked then db:transaction(function() step.save(db, "done") end) end
    errors = db:value("select count(*) from run_error where run_id = ?", step.run_id)
  end
  local status = step.broken and "failed" or errors > 0 and "partial" or worked and "done" or "cached"
  return { plugin = step.plugin.name, role = step.role, status = status, articles = step.total, ran = step.ran, corpus_stage = step.ran_corpus or false,
    cached = step.plugin.declaration.article and step.total - step.ran or nil, failed = step.failures, rows = step.rows,
    seconds = system.clock() - clock, error = step.broken, reason = reason, files = step.written }
end

-- What would be done: the steps whose inputs will change are said to be so, since their own work can't be known before.
local function dry_run(steps)
  local result, changing, states = {}, {}, {}
  for _, step in ipairs(steps) do
    local db <close> = sqlite.open(step.corpus, "read")
    local previous = store.run(db, step.role)
    step.previous, step.catalogue = previous, catalogue(steps, step, states)
    states[step.role] = previous and previous.status
    local reason = reason_for_all(step, previous)
    local upstream = false
    for _, role in ipairs(step.plugin.declaration.needs) do upstream = upstream or changing[role] end
    for _, role in ipairs(step.wants) do upstream = upstream or changing[role] end
    local total = store.count_articles(db, step.all_versions)
    local ran = total
    if not reason and step.plugin.declaration.article then ran = #run.dirty_articles(db, step, false) end
    if not step.plugin.declaration.article then ran = 0 end
    local due = not reason and step.plugin.declaration.corpus and corpus_stage_due(db, step, nil) ~= nil
    local works = reason ~= nil or ran > 0 or due
    changing[step.role] = works or upstream
    result[#result + 1] = { plugin = step.plugin.name, role = step.role, status = works and "would run" or upstream and "may run" or "cached",
      articles = total, ran = ran, corpus_stage = step.plugin.declaration.corpus and (due or reason ~= nil) or false, failed = 0, rows = 0, seconds = 0,
      reason = reason or (due and ran == 0 and "its inputs have changed") or upstream and "a role that it reads will change" or nil, files = {} }
  end
  return { steps = result, errors = {}, files = {}, failed = 0, dry_run = true }
end

--- Runs plugins and what they need. request: see docs/internals.md. → { steps, errors, files, failed }
function engine.run(request)
  local steps, registry = prepare_steps(request)
  local states, by_name = {}, registry.by_name
  local summary = { steps = {}, errors = {}, files = {}, failed = 0 }
  local function on_event(event)
    if event.kind == "error" then
      summary.errors[#summary.errors + 1] = { plugin = event.plugin, article_id = event.article_id, message = event.message }
    end
    if request.on_event then request.on_event(event) end
  end
  for _, step in ipairs(steps) do fill_step(step, request, steps, states, on_event) end
  if request.dry_run then return dry_run(steps) end
  if request.output then make_folder(request.output) end -- before the work of hours, not after it
  for _, step in ipairs(steps) do
    check_interrupt()
    step.catalogue = catalogue(steps, step, states)
    on_event { kind = "step", plugin = step.plugin.name, index = step.index, of = step.of }
    local result = run_step(step, by_name)
    states[step.role] = result.status == "cached" and "done" or result.status
    summary.steps[#summary.steps + 1] = result
    summary.failed = summary.failed + result.failed
    for _, file in ipairs(result.files) do summary.files[#summary.files + 1] = file.path end
    on_event { kind = "step_done", plugin = step.plugin.name, index = step.index, of = step.of, result = result }
    if request.strict and result.failed > 0 then break end
  end
  return summary
end

engine.declaration = declaration

return engine
