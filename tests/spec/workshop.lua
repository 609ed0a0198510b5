-- What specs of the engine share: a folder of their own, a small corpus made of given texts, plugins written on the spot, and runs.

local engine = require "annalist.engine"
local sqlite = require "annalist.sqlite"
local system = require "annalist.system"

local workshop = {}

--- A folder that is removed by workshop.clear.
function workshop.folder()
  local path = assert(system.temporary_directory())
  assert(system.mkdir(path .. "/plugins"))
  return path
end

function workshop.clear(path)
  os.execute("rm -rf '" .. path .. "'")
end

--- Adds articles to a corpus file (made if it isn't there).
function workshop.add(corpus, texts)
  local db <close> = sqlite.corpus(corpus, "create")
  for _, text in ipairs(texts) do
    db:execute("insert into source (path, status) values (?, 'loaded')", "text " .. #text)
    db:execute("insert into article (source_id, ordinal, sha256, text, body_first, language) values (?, 1, ?, ?, 1, 'en')", db:last_id(), system.sha256(text), text)
  end
end

function workshop.plugin(folder, name, code)
  assert(system.write(folder .. "/plugins/" .. name .. ".lua", code))
end

--- A plugin that emits one row an article, with what must hold around it left to `body`.
function workshop.simple(folder, name, body, more)
  workshop.plugin(folder, name, string.format([[
%s
return {
  name = %q, version = 1, api = 1, summary = "a plugin of a test",
  results = { %s = { { "article_id", "integer" }, { "first", "integer" }, { "last", "integer" }, { "value", "text" } } },
  %s
}
]], more or "", name, name .. "_row", body))
end

function workshop.run(folder, plugins, more)
  local request = { corpus = folder .. "/c.db", plugins = plugins, paths = { folder .. "/plugins" }, jobs = 2, article_seconds = 0.3, corpus_seconds = 2,
    memory = 64 << 20, output = folder .. "/out" }
  for key, value in pairs(more or {}) do request[key] = value end
  return engine.run(request)
end

function workshop.all(folder, sql, ...)
  local db <close> = sqlite.open(folder .. "/c.db", "read")
  return db:all(sql, ...)
end

local clocks = { seconds = true, started = true, mtime_ns = true, ctime_ns = true }

--- Every table as text, clock columns left out: two corpora are the same when this is.
function workshop.dump(folder, file)
  local db <close> = sqlite.open(file or folder .. "/c.db", "read")
  local lines = {}
  for _, entry in ipairs(db:all("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not like 'article_search%' order by name")) do
    local columns = {}
    for _, column in ipairs(db:all("select name from pragma_table_info(?)", entry.name)) do
      if not clocks[column.name] then columns[#columns + 1] = 'quote("' .. column.name .. '")' end
    end
    lines[#lines + 1] = "table " .. entry.name
    for row in db:rows(string.format("select %s as line from %s", table.concat(columns, " || '|' || "), entry.name)) do lines[#lines + 1] = row.line end
  end
  return (table.concat(lines, "\n"):gsub(folder:gsub("%p", "%%%0"), "FOLDER"))
end

--- The first lines in which two dumps differ; nil when they don't.
function workshop.difference(a, b)
  local other = b:gmatch("[^\n]+")
  for line in a:gmatch("[^\n]+") do
    local beside = other()
    if line ~= beside then return line .. "\n" .. tostring(beside) end
  end
  return other()
end

return workshop
