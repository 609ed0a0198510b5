-- A corpus as scripts, commands and the REPL see it: articles, rows, full-text search, and SQL.
-- Knows the tables of the corpus file by name, and nothing of what analyses put in theirs.

local article = require "annalist.article"
local nearest = require "annalist.nearest"
local rows = require "annalist.rows"
local selection = require "annalist.selection"
local sqlite = require "annalist.sqlite"

local Corpus = { __name = "annalist.corpus" }
local methods = {}
Corpus.__index = methods

local corpus = { methods = methods }

local databases = setmetatable({}, { __mode = "k" })

local function database(self)
  local db = databases[self]
  if not db then error(self.path .. ": this corpus is closed", 3) end
  return db
end

--- Opens a corpus file; `mode` is "read" (the default) or "write".
function corpus.open(path, mode)
  mode = mode or "read"
  if type(path) ~= "string" then
    error(string.format("annalist.open: the corpus file's name is a string, not %s (was the script given one?)", tostring(path)), 2)
  end
  if mode ~= "read" and mode ~= "write" then
    error(string.format("annalist.open: the mode is 'read' or 'write', not '%s'", tostring(mode)), 2)
  end
  local db = sqlite.corpus(path, mode)
  local self = setmetatable({ path = path, mode = mode }, Corpus)
  databases[self] = db
  return self
end

--- True for what `corpus.open` returns.
function corpus.is(value)
  return getmetatable(value) == Corpus
end

function Corpus.__tostring(self)
  return string.format("corpus %s%s", self.path, databases[self] and "" or " (closed)")
end

local after_close = setmetatable({}, { __mode = "k" })

--- Closes the file. Closing twice is no error.
function methods.close(self)
  local db, after = databases[self], after_close[self]
  databases[self], after_close[self] = nil, nil
  if db then db:close() end
  if after then after() end
end

--- Calls `f` when the corpus has been closed: how `annalist.trial` takes its folder away.
function corpus.on_close(self, f)
  after_close[self] = f
end

--- False after `close`.
function methods.is_open(self)
  return databases[self] ~= nil
end

Corpus.__close = methods.close
Corpus.__gc = methods.close

-- Articles ------------------------------------------------------------------------------------------------

--- Articles in the order in which they were loaded. Filters: see `selection.lua`.
function methods.articles(self, filters)
  local db = database(self)
  local names = table.concat(article.columns, ", ")
  local condition, parameters = selection.articles(self, filters or {})
  local step, cursor = db:rows(string.format("select %s from article where %s order by article_id", names, condition),
    parameters)
  return rows.new(function()
    local record = step(cursor)
    return record and article.new(self, record)
  end, article.columns, cursor)
end

--- One article by its id, or nil.
function methods.article(self, id)
  local record = database(self):row(
    string.format("select %s from article where article_id = ?", table.concat(article.columns, ", ")), id)
  return record and article.new(self, record)
end

--- How many articles there are, of those that the filters leave.
function methods.count(self, filters)
  local condition, parameters = selection.articles(self, filters or {})
  return database(self):value("select count(*) from article where " .. condition, parameters)
end

-- Tables ------------------------------------------------------------------------------------------------------

--- The names of all tables: those of the corpus first, then those that plugins filled.
function methods.tables(self)
  local list = {}
  for record in database(self):rows([[
      select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!'
        and name not like 'article!_search!_%' escape '!'
      order by case name when 'source' then 1 when 'article' then 2 when 'article_search' then 3 else 4 end, name]]) do
    list[#list + 1] = record.name
  end
  return list
end

--- True if there is such a table.
function methods.has_table(self, name)
  return database(self):value("select count(*) from sqlite_master where type in ('table', 'view') and name = ?", name) > 0
end

--- True if an article has rows in a table.
function methods.has_rows(self, name, article_id)
  return database(self):value(string.format("select exists(select 1 from %s where article_id = ?)",
    self:quoted(name)), article_id) == 1
end

--- The name of a table in SQL, or an error that names the nearest.
function methods.quoted(self, name)
  if not self:has_table(name) then
    local tables = self:tables()
    error(string.format("%s: there is no table '%s'.%s", self.path, tostring(name), nearest.hint(tostring(name), tables)), 0)
  end
  return '"' .. name:gsub('"', '""') .. '"'
end

--- The names of a table's columns.
function methods.columns(self, name)
  local list = {}
  self:quoted(name)
  for record in database(self):rows("select name from pragma_table_info(?)", name) do list[#list + 1] = record.name end
  return list
end

--- Rows of any table as records, by the primary key. `filters` holds values or lists of values by column;
--- `options.limit` and `options.order` ("value desc") as in SQL.
function methods.rows(self, name, filters, options)
  local db = database(self)
  local condition, parameters = selection.rows(self, name, filters or {})
  local columns = self:columns(name)
  local sql = string.format("select * from %s where %s order by %s", self:quoted(name), condition,
    selection.order(self, name, options and options.order))
  if options and options.limit then
    sql = string.format("%s limit %d", sql, options.limit)
  end
  local step, cursor = db:rows(sql, parameters)
  return rows.new(function() return step(cursor) end, columns, cursor)
end

-- Full text -----------------------------------------------------------------------------------------------------

--- Full-text hits, best articles first, each with its place and what stands around it. See `search.lua`.
function methods.search(self, query, options)
  return require("annalist.search").hits(self, query, options or {})
end

-- SQL ---------------------------------------------------------------------------------------------------------

--- The rows of a query with bound parameters, as records.
function methods.sql(self, sql, ...)
  local db = database(self)
  local columns = db:columns(sql)
  local step, cursor = db:rows(sql, ...)
  return rows.new(function() return step(cursor) end, columns, cursor)
end

--- The rows of a query as lists in the order of its columns, NULL as annalist.null. Columns may share a name here.
function methods.lists(self, sql, ...)
  local db = database(self)
  local columns = db:columns(sql)
  local step, cursor = db:list(sql, ...)
  return rows.new(function() return step(cursor) end, columns, cursor)
end

--- The first row of a query, or nil.
function methods.row(self, sql, ...)
  return database(self):row(sql, ...)
end

--- The first value of the first row, or nil.
function methods.value(self, sql, ...)
  return database(self):value(sql, ...)
end

--- Runs a statement that changes something; returns how many rows were changed.
function methods.execute(self, sql, ...)
  return database(self):execute(sql, ...)
end

--- A prepared statement, which closes itself.
function methods.prepare(self, sql)
  return database(self):prepare(sql)
end

--- Calls `f(corpus)` in a transaction: committed when it returns, taken back when it raises.
function methods.transaction(self, f)
  return database(self):transaction(function() return f(self) end)
end

-- Plugins ---------------------------------------------------------------------------------------------------------

--- Runs one plugin or several, and first what they need. Options as in `engine.run`; `options.set` sets their options.
--- The engine opens the file itself, and is alone in it meanwhile.
function methods.run(self, plugins, options)
  database(self)
  local settings = {}
  for name, value in pairs(options or {}) do settings[name] = value end
  settings.corpus = self.path
  settings.plugins = type(plugins) == "table" and plugins or { plugins }
  databases[self]:close()
  databases[self] = nil
  local ok, result = pcall(require("annalist.engine").run, settings)
  databases[self] = sqlite.corpus(self.path, self.mode)
  if not ok then error(result, 0) end
  return result
end

return corpus
