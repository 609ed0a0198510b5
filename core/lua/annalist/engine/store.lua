-- The engine's side of the corpus file: result tables, the record of runs, and from what each article's rows were made (`step`).
-- Every function gets an open connection (annalist.sqlite). Knows no plugin's meaning.

local json = require "annalist.json"
local system = require "annalist.system"

local store = {}

local sha256 = system.sha256

--- A role's run_id: made from its name, so that it doesn't depend on what ran before.
function store.run_id(role)
  return tonumber(sha256("role " .. role):sub(1, 8), 16) & 0x7fffffff
end

local function quote(name)
  return '"' .. name:gsub('"', '""') .. '"'
end
store.quote = quote

-- Result tables ---------------------------------------------------------------------------------------

local sql_types = { integer = "INTEGER", number = "REAL", text = "TEXT" }

--- { name, columns, key = name of the primary key, has_article } of a declared table.
function store.layout(declared)
  local layout = { name = declared.name, columns = declared.columns, key = "row_id" }
  for _, column in ipairs(declared.columns) do
    if column.type == "id" then layout.key = column.name end
    if column.name == "article_id" then layout.has_article = true end
    if column.name == "first" then layout.has_span = true end
  end
  return layout
end

local function create_sql(layout)
  local columns = {}
  if layout.key == "row_id" then columns[1] = "row_id INTEGER PRIMARY KEY" end
  for _, column in ipairs(layout.columns) do
    columns[#columns + 1] = column.type == "id" and quote(column.name) .. " INTEGER PRIMARY KEY"
      or string.format("%s %s%s", quote(column.name), sql_types[column.type], column.required and " NOT NULL" or "")
  end
  columns[#columns + 1] = "run_id INTEGER NOT NULL"
  return string.format("CREATE TABLE %s (%s)", quote(layout.name), table.concat(columns, ", "))
end

--- Makes the table unless it is there in this very form; true when it had to be made anew.
function store.ensure_table(db, layout)
  local wanted = create_sql(layout)
  local have = db:value("select sql from sqlite_schema where type = 'table' and name = ?", layout.name)
  if have == wanted then return false end
  if have then db:execute("drop table " .. quote(layout.name)) end
  db:execute(wanted)
  if layout.has_article then
    db:execute(string.format("create index %s on %s (article_id%s)", quote(layout.name .. " by article"), quote(layout.name), layout.has_span and ", first" or ""))
  end
  return true
end

--- A statement that inserts one row; bound to run_id, key (if it is no column of its own), columns in order.
function store.inserter(db, layout)
  local names, marks = { "run_id" }, {}
  if layout.key == "row_id" then names[2] = "row_id" end
  for _, column in ipairs(layout.columns) do names[#names + 1] = quote(column.name) end
  for index = 1, #names do marks[index] = "?" end
  return db:prepare(string.format("insert into %s (%s) values (%s)", quote(layout.name), table.concat(names, ", "), table.concat(marks, ", ")))
end

-- The record of runs ---------------------------------------------------------------------------------------

function store.run(db, role)
  return db:row("select * from run where run_id = ?", store.run_id(role))
end

--- role → plugin of every role whose rows are in the corpus.
function store.present(db)
  local present = {}
  for row in db:rows("select role, plugin from run where status <> 'failed' order by run_id") do present[row.role] = row.plugin end
  return present
end

function store.save_run(db, run)
  db:execute([[insert into run (run_id, role, plugin, version, code_sha256, options, inputs_sha256, status, error, seconds, started, articles, rows, files, outputs)
    values (:run_id, :role, :plugin, :version, :code_sha256, :options, :inputs_sha256, :status, :error, :seconds, :started, :articles, :rows, :files, :outputs)
    on conflict (run_id) do update set role = excluded.role, plugin = excluded.plugin, version = excluded.version, code_sha256 = excluded.code_sha256,
      options = excluded.options, inputs_sha256 = excluded.inputs_sha256, status = excluded.status, error = excluded.error, seconds = excluded.seconds,
      started = excluded.started, articles = excluded.articles, rows = excluded.rows, files = excluded.files, outputs = excluded.outputs]], run)
end

--- The files that a run depends on, as { {path=, sha256=}, … }; nil when one of them has changed or is gone, or one that was looked for in vain
--- (its sha256 is "-") has come.
function store.unchanged_files(run)
  local files = run.files and json.decode(run.files)
  if not files then return nil end
  for _, file in ipairs(files) do
    local bytes = system.read(store.absolute_path(file.path))
    if (bytes and sha256(bytes) or "-") ~= file.sha256 then return nil end
  end
  return files
end

--- Paths below our own folder are kept relative to it, so that a corpus doesn't depend on where annalist lies.
function store.portable_path(path)
  local home = system.home()
  if path:sub(1, #home + 1) == home .. "/" then return path:sub(#home + 2) end
  return path
end

function store.absolute_path(path)
  return path:sub(1, 1) == "/" and path or system.join(system.home(), path)
end

-- What rows were made from ----------------------------------------------------------------------------------

-- All of an article that its rows may depend on, in one text. Its number in this corpus is no part of that: rows keep when corpora are merged.
-- (One call of printf: a chain of || would copy the text once for each link.)
local article_state
do
  local formats, values = { "%s", "%d", "%d" }, { "article.sha256", "body_first", "supersedes is not null" }
  for _, column in ipairs { "external_id", "url", "outlet", "title", "author", "declared_date", "language" } do
    formats[#formats + 1], values[#values + 1] = "%Q", "article." .. column
  end
  formats[#formats + 1], values[#values + 1] = "%s", "coalesce((select format from source where source.source_id = article.source_id), '')"
  article_state = string.format("printf('%s', %s)", table.concat(formats, "|"), table.concat(values, ", "))
end

-- A version of an article that a newer one has taken the place of.
local superseded = "article_id in (select supersedes from article where supersedes is not null)"

local function only_newest(all_versions)
  return all_versions and "" or " where article." .. superseded:gsub("^article_id in", "article_id not in")
end

--- Removes what was read from versions that a newer one has taken the place of.
function store.forget_superseded(db, role, run_id, layouts)
  if not db:value("select 1 from article where supersedes is not null limit 1") then return end
  for _, layout in ipairs(layouts) do
    if layout.has_article then db:execute(string.format("delete from %s where %s", quote(layout.name), superseded)) end
  end
  db:execute("delete from step where role = ? and " .. superseded, role)
  db:execute("delete from run_error where run_id = ? and " .. superseded, run_id)
end

--- How many articles there are to work on.
function store.count_articles(db, all_versions)
  return db:value("select count(*) from article" .. only_newest(all_versions))
end

--- One digest over all rows of a role, whatever stage they are from.
function store.role_digest(db, role)
  local pieces, digest = {}, ""
  for row in db:rows("select article_id, rows_sha256 from step where role = ? order by article_id", role) do
    pieces[#pieces + 1] = string.format("%d=%s", row.article_id, row.rows_sha256 or "")
    if #pieces == 1000 then
      digest, pieces = sha256(digest .. table.concat(pieces, "\n")), {}
    end
  end
  return sha256(digest .. table.concat(pieces, "\n"))
end

-- One digest over a column of texts.
local function rows_digest(db, sql, ...)
  local pieces, digest = {}, ""
  for row in db:rows(sql, ...) do
    pieces[#pieces + 1] = row.state
    if #pieces == 1000 then
      digest, pieces = sha256(digest .. table.concat(pieces, "\n")), {}
    end
  end
  return sha256(digest .. table.concat(pieces, "\n"))
end

--- One digest over all articles.
function store.articles_digest(db, all_versions)
  return rows_digest(db, "select article_id || '|' || " .. article_state .. " as state from article" .. only_newest(all_versions) .. " order by article_id")
end

-- What a plugin that wants everything sees of loads and of the runs of others (core/bind/context.c): table, columns, which, order.
local others = "run_id in (select run_id from run where role <> ?1)"
local record = {
  { "source", "source_id path member format bytes sha256 status error", "?1 = ?1", "source_id" },
  { "source_error", "source_id ordinal line message", "?1 = ?1", "source_id, ordinal" },
  { "run", "role plugin version options status error articles rows", others, "role" },
  { "run_error", "run_id article_id message", others, "run_id, article_id, message" },
}

--- One digest over all of that.
function store.record_digest(db, role)
  local parts = {}
  for index, part in ipairs(record) do
    local columns = part[2]:gsub("%S+", "quote(%0)"):gsub(" ", " || '|' || ")
    parts[index] = rows_digest(db, string.format("select %s as state from %s where %s order by %s", columns, part[1], part[3], part[4]), role)
  end
  return sha256(table.concat(parts, "\n"))
end

--- Iterates over the articles in order: article_id, key (what the rows of `role` would now be made from), and the key they were made from.
-- `roles`: the roles that are read, in order; `whole`: digests of those whose rows belong to no article.
function store.article_keys(db, role, roles, whole, all_versions)
  local columns, joins, parameters = { "article.article_id as article_id", article_state .. " as state", "own.key as known" }, {}, {}
  for index, other in ipairs(roles) do
    columns[#columns + 1] = string.format("s%d.rows_sha256 as d%d", index, index)
    joins[#joins + 1] = string.format("left join step s%d on s%d.role = ? and s%d.article_id = article.article_id", index, index, index)
    parameters[#parameters + 1] = other
  end
  joins[#joins + 1] = "left join step own on own.role = ? and own.article_id = article.article_id"
  parameters[#parameters + 1] = role
  local sql = string.format("select %s from article %s%s order by article.article_id", table.concat(columns, ", "), table.concat(joins, " "),
    only_newest(all_versions))
  local fixed = table.concat(whole, "|")
  local next_row, state, control, closing = db:rows(sql, table.unpack(parameters))
  return function()
    local row = next_row(state, control)
    if not row then return nil end
    local parts = { row.state }
    for index, other in ipairs(roles) do parts[#parts + 1] = other .. "=" .. (row["d" .. index] or "") end
    parts[#parts + 1] = fixed
    return row.article_id, sha256(table.concat(parts, "\n")), row.known
  end, nil, nil, closing
end

return store
