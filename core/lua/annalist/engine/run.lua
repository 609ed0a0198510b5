-- One step: which articles need work, a pool of workers that does it, rows into the corpus in article order, in one transaction.
-- The connection is closed while the pool is forked (see core/host/worker.h), and the parent alone writes.

local host = require "annalist.host"
local json = require "annalist.json"
local sqlite = require "annalist.sqlite"
local store = require "annalist.engine.store"
local system = require "annalist.system"
local text = require "annalist.text"

local run = {}

local queue_depth = 4            -- jobs that wait in a worker's socket while it works
local most_ahead = 512           -- articles that may be done before the one that is written next
local most_message = 1000
local most_bytes = 64 * 1024 * 1024

local function open(step, mode)
  return sqlite.corpus(step.corpus, mode)
end

-- A step's request, filled in by engine.lua: corpus, plugin, role, options, wants, jobs, force, output, limits, on_event, catalogue.

local function input_roles(step)
  local roles = {}
  for _, role in ipairs(step.plugin.declaration.needs) do roles[#roles + 1] = role end
  for _, role in ipairs(step.wants) do roles[#roles + 1] = role end
  return roles
end

-- Tables that the plugin may read, the record of loads and runs only by one that wants everything; those with article_id are marked, so that the article stage sees one article of them.
local function readable_tables(step, stage)
  local list = { "@article" }
  local function add(layouts)
    for _, layout in ipairs(layouts) do list[#list + 1] = (layout.has_article and "@" or "") .. layout.name end
  end
  for _, role in ipairs(input_roles(step)) do add(step.layouts_of[role] or {}) end
  if step.plugin.declaration.corpus then add(step.layouts) end
  for _, role in ipairs(stage == "corpus" and step.plugin.declaration.wants or {}) do
    if role == "*" then
      for _, name in ipairs { "source", "source_error", "run", "run_error" } do list[#list + 1] = name end
    end
  end
  return list
end

local function open_pool(step, stage, workers)
  local roles, tables = {}, {}
  for _, role in ipairs(input_roles(step)) do roles[role] = true end
  for index, layout in ipairs(step.layouts) do
    local columns = {}
    for i, column in ipairs(layout.columns) do columns[i] = { column.name, column.type .. (column.required and "!" or "") } end
    tables[index] = { name = layout.name, columns = columns }
  end
  local plugin = step.plugin
  return host.pool {
    home = system.home(), name = plugin.name, path = plugin.path, directory = plugin.directory, root = plugin.root,
    memory = step.memory, stage = stage, workers = workers, database = step.corpus,
    seconds = stage == "article" and step.article_seconds or step.corpus_seconds, load_seconds = step.corpus_seconds,
    tables = tables, readable = readable_tables(step, stage), role = step.role,
    newest = not step.all_versions, beside_articles = plugin.declaration.article and stage == "corpus",
    given = { options = step.options, files = step.option_files, roles = roles, catalogue = step.catalogue },
  }
end

-- Waits until the spawner has loaded the plugin. Returns nil, or why it couldn't.
local function await_load(step, pool)
  local words
  while true do
    local kind, slot, value, bytes = pool:wait(1)
    if kind == "L" then return nil end
    if kind == "F" then step.note_file(value) end
    if kind == "G" then step.on_event { kind = "log", plugin = step.plugin.name, message = value } end
    if kind == "X" then words = value end
    if kind == "E" then return bytes end
    -- Loading speaks over the first slot alone: that another one has closed may be seen before what was said there.
    if kind == "K" or kind == "Z" and slot == 1 then return words or "its process ended while it was loaded" end
    step.check_interrupt()
  end
end

-- Rows into tables -----------------------------------------------------------------------------------------

local Writer = {}
Writer.__index = Writer

local function new_writer(db, step)
  local self = setmetatable({ db = db, step = step, inserters = {}, counts = {}, rows = 0, next_key = {}, digests = {} }, Writer)
  for index, layout in ipairs(step.layouts) do
    self.inserters[index] = store.inserter(db, layout)
    self.counts[index] = #layout.columns
    self.next_key[index] = 0
  end
  self.upsert = db:prepare("insert into step (role, article_id, key, rows_sha256) values (?, ?, ?, ?) on conflict do update set key = excluded.key, rows_sha256 = excluded.rows_sha256")
  return self
end

-- Writes the encoded rows of one article; their keys count up from article_id * 2^20.
function Writer:article(article_id, bytes)
  local layouts, run_id, inserters = self.step.layouts, self.step.run_id, self.inserters
  host.rows(bytes, self.counts, article_id, function(index, key, ...)
    self.rows = self.rows + 1
    if layouts[index].key == "row_id" then
      inserters[index]:run(run_id, key, ...)
    else
      inserters[index]:run(run_id, ...)
    end
  end)
end

-- Writes rows of the corpus stage as they come; keys are 1, 2, 3 …, and a digest is kept for each article that rows belong to.
function Writer:corpus(bytes)
  local layouts, run_id, digests = self.step.layouts, self.step.run_id, self.digests
  host.rows(bytes, self.counts, 0, function(index, _, ...)
    local layout = layouts[index]
    self.rows = self.rows + 1
    local key = self.next_key[index] + 1
    self.next_key[index] = key
    if layout.key == "row_id" then
      self.inserters[index]:run(run_id, key, ...)
    else
      self.inserters[index]:run(run_id, ...)
    end
    local owner = layout.article_position and select(layout.article_position, ...) or 0
    local values, count = { layout.name, ... }, select("#", ...) + 1
    if layout.article_position then values[layout.article_position + 1] = 0 end -- the same rows under another number are the same
    for i = 2, count do values[i] = string.format("%q", values[i]) end -- the whole of a number, and nil apart from any text
    digests[owner] = system.sha256((digests[owner] or "") .. table.concat(values, "\0"))
  end)
end

function Writer:close()
  for _, inserter in ipairs(self.inserters) do inserter:close() end
  self.upsert:close()
end

-- The article stage ------------------------------------------------------------------------------------------

local function dirty_articles(db, step, everything)
  local whole, roles = {}, {}
  for _, role in ipairs(input_roles(step)) do
    roles[#roles + 1] = role
    local extent = step.whole_of[role]
    if extent == "role" then
      whole[#whole + 1] = store.role_digest(db, role)
    elseif extent == "corpus" then
      whole[#whole + 1] = db:value("select rows_sha256 from step where role = ? and article_id = 0", role) or ""
    end
  end
  local list, keys, total = {}, {}, 0
  for article_id, key, known in store.article_keys(db, step.role, roles, whole, step.all_versions) do
    total = total + 1
    if everything or key ~= known then
      list[#list + 1] = article_id
      keys[article_id] = key
    end
  end
  return list, keys, total
end
run.dirty_articles = dirty_articles

-- One line that every reader of the table can show: a plugin may raise whatever bytes it likes.
local function one_line(message)
  local line = text.sanitize(message:sub(1, most_message)):gsub("%c+", " ")
  return #message > most_message and line .. "…" or line
end

local function record_error(db, step, article_id, message)
  message = one_line(message)
  step.failures = step.failures + 1
  db:execute("insert into run_error (run_id, article_id, message) values (?, ?, ?)", step.run_id, article_id, message)
  step.on_event { kind = "error", plugin = step.plugin.name, article_id = article_id, message = message }
end

-- A process that ended without last words, as one that somebody killed: no line is known, but whose it was.
local function without_words(step, how)
  return string.format("%s: its process was %s", step.plugin.path:sub(#system.dirname(step.plugin.root) + 2), how)
end

-- Articles on their way: handed out in order, brought back in any order, written in order again. `results[id]`: rows as bytes, or { error = … }.
local Flight = {}
Flight.__index = Flight

local function new_flight(db, step, writer, list, keys, slots)
  local queues = {}
  for slot = 1, slots do queues[slot] = {} end
  return setmetatable({ db = db, step = step, writer = writer, list = list, keys = keys, slots = slots, queues = queues, results = {},
    handed = 0, written = 0, held = 0 }, Flight)
end

function Flight:hand_out(pool)
  for slot = 1, self.slots do
    local queue = self.queues[slot]
    while queue and #queue < queue_depth and self.handed < #self.list and self.handed - self.written < most_ahead and self.held < most_bytes do
      if not pool:send(slot, self.list[self.handed + 1]) then break end
      self.handed = self.handed + 1
      queue[#queue + 1] = self.list[self.handed]
    end
  end
end

function Flight:write_ready()
  local step, list, results = self.step, self.list, self.results
  while self.written < #list and results[list[self.written + 1]] do
    local article_id = list[self.written + 1]
    local result = results[article_id]
    results[article_id] = nil
    if type(result) == "string" then
      self.held = self.held - #result
      self.writer:article(article_id, result)
      self.writer.upsert:run(step.role, article_id, self.keys[article_id], system.sha256(result))
      step.done = step.done + 1
    else
      record_error(self.db, step, article_id, result.error)
    end
    self.written = self.written + 1
    step.on_event { kind = "progress", plugin = step.plugin.name, done = self.written, total = #list }
  end
end

function Flight:bring_back(slot, article_id, result)
  if self.queues[slot][1] == article_id then table.remove(self.queues[slot], 1) end
  self.results[article_id] = result
  if type(result) == "string" then self.held = self.held + #result end
  self:write_ready()
end

-- A worker that can't be started again: what it had is lost, and when it was the last one, all that was to come.
function Flight:lose(slot)
  for _, article_id in ipairs(self.queues[slot]) do self.results[article_id] = { error = "its worker could not be started again" } end
  self.queues[slot] = nil
  if not next(self.queues) then
    for index = self.handed + 1, #self.list do self.results[self.list[index]] = { error = "no worker was left" } end
    self.handed = #self.list
  end
  self:write_ready()
end

local function article_loop(db, step, pool, writer, list, keys, slots)
  local flight, words = new_flight(db, step, writer, list, keys, slots), {}
  while flight.written < #list do
    step.check_interrupt()
    flight:hand_out(pool)
    local kind, slot, value, bytes = pool:wait(1)
    if kind == "R" then
      flight:bring_back(slot, value, bytes)
    elseif kind == "E" then
      flight:bring_back(slot, value, { error = bytes })
    elseif kind == "X" then
      words[slot] = value
    elseif kind == "K" then -- the worker has died at the article that it had; its successor goes on with what is queued
      local article_id = flight.queues[slot][1]
      if article_id then flight:bring_back(slot, article_id, { error = words[slot] or without_words(step, value) }) end
      words[slot] = nil
    elseif kind == "Z" then
      flight:lose(slot)
    elseif kind == "F" then
      step.note_file(value)
    elseif kind == "G" then
      step.on_event { kind = "log", plugin = step.plugin.name, message = value }
    end
  end
end

local function forget_articles(db, step, list, everything)
  for _, layout in ipairs(step.layouts) do
    if everything then
      db:execute("delete from " .. store.quote(layout.name))
    elseif layout.has_article then
      local statement = db:prepare(string.format("delete from %s where article_id = ?", store.quote(layout.name)))
      for _, article_id in ipairs(list) do statement:run(article_id) end
      statement:close()
    end
  end
  if everything then
    db:execute("delete from step where role = ?", step.role)
    db:execute("delete from run_error where run_id = ?", step.run_id)
  else
    local step_rows = db:prepare("delete from step where role = ? and article_id = ?")
    local errors = db:prepare("delete from run_error where run_id = ? and article_id = ?")
    for _, article_id in ipairs(list) do
      step_rows:run(step.role, article_id)
      errors:run(step.run_id, article_id)
    end
    step_rows:close()
    errors:close()
    db:execute("delete from run_error where run_id = ? and article_id is null", step.run_id)
  end
end

--- Runs `work(db, …)` with a pool: forks first, opens the corpus afterwards, one transaction, everything closed whatever happens.
local function with_pool(step, stage, workers, work)
  local pool <close> = open_pool(step, stage, workers)
  local fault = await_load(step, pool)
  local db <close> = open(step, "write")
  local _ <close> = pool -- closed before the corpus is: while a worker reads, that can't become one single file again
  return db:transaction(function()
    return work(db, pool, fault)
  end)
end

function run.articles(step, list, keys, everything)
  local slots = math.max(1, math.min(step.jobs, #list))
  with_pool(step, "article", slots, function(db, pool, fault)
    forget_articles(db, step, list, everything)
    if fault then
      step.broken = one_line(fault)
      record_error(db, step, nil, fault)
    else
      local writer = new_writer(db, step)
      article_loop(db, step, pool, writer, list, keys, slots)
      writer:close()
      step.rows = step.rows + writer.rows
    end
    step.save(db, "running")
  end)
end

-- The corpus stage ---------------------------------------------------------------------------------------------

-- Tables that only the corpus stage fills are emptied before it; in those of a plugin with both stages (none of ours), its keys are the ones below 2^20.
local function forget_corpus_rows(db, step)
  local its_own = step.plugin.declaration.article and " where %s < 1048576" or ""
  for _, layout in ipairs(step.layouts) do
    db:execute("delete from " .. store.quote(layout.name) .. its_own:format(store.quote(layout.key)))
  end
  db:execute("delete from run_error where run_id = ? and article_id is null", step.run_id)
  if not step.plugin.declaration.article then db:execute("delete from step where role = ?", step.role) end
  db:execute("delete from step where role = ? and article_id = 0", step.role)
end

local function corpus_loop(step, pool, writer, files)
  local words
  if not pool:send(1, 0) then return "its worker could not be started" end
  while true do
    step.check_interrupt()
    local kind, _, value, bytes = pool:wait(1)
    if kind == "R" then return nil end
    if kind == "r" then writer:corpus(value) end
    if kind == "E" then return bytes end
    if kind == "X" then words = value end
    if kind == "K" or kind == "Z" then return words or without_words(step, kind == "K" and value or "gone") end
    if kind == "F" then step.note_file(value) end
    if kind == "G" then step.on_event { kind = "log", plugin = step.plugin.name, message = value } end
    if kind == "P" then step.on_event { kind = "progress", plugin = step.plugin.name, share = value } end
    if kind == "W" then
      local name, content = value:match("^([^\0]*)\0(.*)$")
      files[#files + 1] = { name = name, bytes = content }
    end
  end
end

-- The digests by which the steps after this one know whether its rows have changed.
local function save_digests(step, writer, key)
  local owners = {}
  for owner in pairs(writer.digests) do owners[#owners + 1] = owner end
  table.sort(owners)
  if step.plugin.declaration.article then -- the article stage has its own; the corpus stage is one digest
    local all = {}
    for index, owner in ipairs(owners) do all[index] = owner .. "=" .. writer.digests[owner] end
    writer.upsert:run(step.role, 0, key, system.sha256(table.concat(all, "\n")))
    return
  end
  for _, owner in ipairs(owners) do
    if owner ~= 0 then writer.upsert:run(step.role, owner, "", writer.digests[owner]) end
  end
  writer.upsert:run(step.role, 0, key, writer.digests[0] or "")
end

function run.corpus(step, key)
  local files, fault = {}, nil
  with_pool(step, "corpus", 1, function(db, pool, load_fault)
    forget_corpus_rows(db, step)
    fault = load_fault
    if not fault then
      db:execute("savepoint corpus_stage")
      local writer = new_writer(db, step)
      fault = corpus_loop(step, pool, writer, files)
      if not fault then
        save_digests(step, writer, key)
        step.rows = step.rows + writer.rows
      end
      writer:close()
      db:execute(fault and "rollback to corpus_stage; release corpus_stage" or "release corpus_stage")
    end
    if fault then
      step.broken = step.broken or one_line(fault)
      record_error(db, step, nil, fault)
    else
      step.write_files(files)
    end
    step.save(db, "running")
  end)
end

--- What the corpus stage of a step would be made from.
function run.corpus_key(db, step)
  local record = false
  for _, role in ipairs(step.plugin.declaration.wants) do record = record or role == "*" end
  local parts = { store.articles_digest(db, step.all_versions), json.encode(step.catalogue), record and store.record_digest(db, step.role) or "" }
  for _, role in ipairs(input_roles(step)) do parts[#parts + 1] = role .. "=" .. store.role_digest(db, role) end
  if step.plugin.declaration.article then
    local own = db:value("select count(*) || '/' || coalesce(group_concat(rows_sha256), '') from (select rows_sha256 from step where role = ? and article_id > 0 order by article_id)", step.role)
    parts[#parts + 1] = system.sha256(own)
  end
  return system.sha256(table.concat(parts, "\n"))
end

return run
