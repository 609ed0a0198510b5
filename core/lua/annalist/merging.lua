-- Joins corpora that were loaded and run apart (`annalist merge`): shards of one corpus on several machines, say.
--
-- Articles keep their order, input by input; one that an earlier input holds already (same sha256) is taken once. Sources and
-- articles are numbered anew without gaps, so that merge(merge(a, b), c) and merge(a, merge(b, c)) are the same. Rows of the
-- article stage come along with their ids; rows of the corpus stage don't, since they speak of a corpus that is no more: the
-- next `annalist run` makes them, and finds the article stage done.

local sqlite = require "annalist.sqlite"
local store = require "annalist.engine.store"
local system = require "annalist.system"

local merging = {}

-- Rows of the article stage have the key article_id * 2^20 + n (docs/internals.md).
local shift = 20
local first_article_key = 1 << shift

local core_tables = { source = true, source_error = true, file_time = true, article = true, indexed = true, run = true, run_error = true, step = true }

local function quoted(name)
  return '"' .. name:gsub('"', '""') .. '"'
end

local function columns_of(db, schema, name)
  local list = {}
  for row in db:rows(string.format("select name, pk, type from pragma_table_info(?, '%s') order by cid", schema), name) do
    list[#list + 1] = row
  end
  return list
end

local function common_columns(db, name)
  local here, list = {}, {}
  for _, column in ipairs(columns_of(db, "main", name)) do here[column.name] = true end
  for _, column in ipairs(columns_of(db, "shard", name)) do
    if here[column.name] then list[#list + 1] = column.name end
  end
  return list
end

-- Sources and articles ------------------------------------------------------------------------------------

-- temp.source_map and temp.article_map: old number in the shard -> number in the output.
local function map_sources(db)
  local columns = common_columns(db, "source")
  local same, names = {}, {}
  for _, name in ipairs(columns) do
    if name ~= "source_id" then
      same[#same + 1] = string.format("m.%s is s.%s", quoted(name), quoted(name))
      names[#names + 1] = quoted(name)
    end
  end
  db:execute("delete from temp.source_map")
  local list = table.concat(names, ", ")
  local next_id = db:value("select coalesce(max(source_id), 0) from main.source")
  for row in db:rows("select source_id from shard.source order by source_id") do
    local known = db:value(string.format(
      "select m.source_id from main.source m, shard.source s where s.source_id = ? and %s order by 1 limit 1",
      table.concat(same, " and ")), row.source_id)
    if not known then
      next_id = next_id + 1
      known = next_id
      db:execute(string.format("insert into main.source (source_id, %s) select ?, %s from shard.source where source_id = ?",
        list, list), known, row.source_id)
      db:execute([[insert into main.source_error (source_id, ordinal, line, message)
        select ?, ordinal, line, message from shard.source_error where source_id = ?]], known, row.source_id)
    end
    db:execute("insert into temp.source_map values (?, ?)", row.source_id, known)
  end
  if #columns_of(db, "shard", "file_time") > 0 then -- none in a corpus of an older annalist
    db:execute [[insert or ignore into main.file_time (source_id, mtime_ns, ctime_ns)
      select m.new, t.mtime_ns, t.ctime_ns from shard.file_time t join temp.source_map m on m.old = t.source_id]]
  end
end

local function map_articles(db)
  db:execute("delete from temp.article_map")
  -- What is there already, in the output or earlier in this shard, maps to the first of its kind and brings no rows.
  db:execute([[
    insert into temp.article_map (old, new, fresh)
    select s.article_id, (select min(m.article_id) from main.article m where m.sha256 = s.sha256), 0
    from shard.article s where s.sha256 in (select sha256 from main.article)]])
  db:execute([[
    insert into temp.article_map (old, new, fresh)
    select article_id, (select coalesce(max(article_id), 0) from main.article) + row_number() over (order by article_id), 1
    from shard.article a
    where article_id not in (select old from temp.article_map)
      and article_id = (select min(b.article_id) from shard.article b where b.sha256 = a.sha256)]])
  db:execute([[
    insert into temp.article_map (old, new, fresh)
    select a.article_id, m.new, 0 from shard.article a
    join shard.article b on b.sha256 = a.sha256 join temp.article_map m on m.old = b.article_id and m.fresh
    where a.article_id not in (select old from temp.article_map)]])
end

local function copy_articles(db)
  local names, values = {}, {}
  for _, name in ipairs(common_columns(db, "article")) do
    names[#names + 1] = quoted(name)
    if name == "article_id" then
      values[#values + 1] = "m.new"
    elseif name == "source_id" then
      values[#values + 1] = "(select new from temp.source_map where old = a.source_id)"
    elseif name == "supersedes" then
      values[#values + 1] = "(select new from temp.article_map where old = a.supersedes)"
    else
      values[#values + 1] = "a." .. quoted(name)
    end
  end
  db:execute(string.format([[insert into main.article (%s) select %s from shard.article a
    join temp.article_map m on m.old = a.article_id and m.fresh order by m.new]],
    table.concat(names, ", "), table.concat(values, ", ")))
end

-- Rows of analyses --------------------------------------------------------------------------------------------

local function result_tables(db)
  local list = {}
  for row in db:rows([[select name, sql from shard.sqlite_master where type = 'table' and sql is not null
      and name not like 'sqlite!_%' escape '!' and name not like 'article!_search%' escape '!' order by name]]) do
    if not core_tables[row.name] then list[#list + 1] = row end
  end
  return list
end

-- The names of id columns: mention_id, event_id, … A column of that name in another table points there.
local function id_columns(db, tables)
  local names = {}
  for _, one in ipairs(tables) do
    for _, column in ipairs(columns_of(db, "shard", one.name)) do
      if column.pk == 1 and column.name:find("_id$") then names[column.name] = true end
    end
  end
  names.article_id = nil
  return names
end

local function create_table(db, one, path)
  local there = db:value("select sql from main.sqlite_master where type = 'table' and name = ?", one.name)
  if not there then
    db:execute(one.sql)
    for index in db:rows("select sql from shard.sqlite_master where type = 'index' and tbl_name = ? and sql is not null", one.name) do
      db:execute(index.sql)
    end
  elseif there ~= one.sql then
    error(string.format("%s: its table %s has other columns than in the corpora before it; run the same version of the plugin over all of them",
      path, one.name), 0)
  end
end

-- A key of the article stage in its new place: the article's new number above, the count within it below.
local function moved_key(column)
  return string.format("((select new from temp.article_map where old = (%s >> %d)) << %d) | (%s & %d)", column, shift, shift,
    column, first_article_key - 1)
end

local function copy_rows(db, one, ids)
  local names, values, has_article = {}, {}, false
  for _, column in ipairs(columns_of(db, "shard", one.name)) do
    local name = "r." .. quoted(column.name)
    names[#names + 1] = quoted(column.name)
    if column.name == "article_id" then
      has_article = true
      values[#values + 1] = "m.new"
    elseif column.pk == 1 or ids[column.name] then
      values[#values + 1] = string.format("case when %s >= %d then %s else %s end", name, first_article_key, moved_key(name), name)
    else
      values[#values + 1] = name
    end
  end
  if not has_article then return end
  db:execute(string.format([[insert into main.%s (%s) select %s from shard.%s r
    join temp.article_map m on m.old = r.article_id and m.fresh where r.rowid >= %d and r.rowid >> %d = r.article_id order by r.rowid]],
    quoted(one.name), table.concat(names, ", "), table.concat(values, ", "), quoted(one.name), first_article_key, shift))
end

-- Runs of the article stage, the first of each role; how much they did is counted from what has come together. A step with an
-- article and without a key only says what a corpus stage wrote about that article.
local function copy_runs(db)
  local names = {}
  for _, name in ipairs(common_columns(db, "run")) do names[#names + 1] = quoted(name) end
  local list = table.concat(names, ", ")
  db:execute(string.format([[insert or ignore into main.run (%s) select %s from shard.run
    where role in (select role from shard.step where article_id > 0 and key <> '') order by run_id]], list, list))
  db:execute([[insert into main.run_error (run_id, article_id, message)
    select e.run_id, m.new, e.message from shard.run_error e join temp.article_map m on m.old = e.article_id and m.fresh
    where e.run_id in (select run_id from main.run) order by e.rowid]])
  db:execute([[insert into main.step (role, article_id, key, rows_sha256)
    select s.role, m.new, s.key, s.rows_sha256 from shard.step s join temp.article_map m on m.old = s.article_id and m.fresh
    where s.key <> '' order by s.role, m.new]])
end

local function take(db, path)
  local checked <close> = sqlite.corpus(path, "read") -- says what is wrong with the file, if anything is
  checked:close()
  db:execute("attach database ? as shard", path)
  local ok, fault = pcall(db.transaction, db, function()
    local tables = result_tables(db)
    local ids = id_columns(db, tables)
    map_sources(db)
    map_articles(db)
    copy_articles(db)
    for _, one in ipairs(tables) do
      create_table(db, one, path)
      copy_rows(db, one, ids)
    end
    copy_runs(db)
  end)
  db:execute("detach database shard")
  if not ok then error(fault, 0) end
end

-- What the record of a run says of all its rows and articles, as if they had been read here.
local function recount_runs(db)
  local rows = {}
  for row in db:rows("select name from sqlite_schema where type = 'table' and name in (select m.name from sqlite_schema m, pragma_table_info(m.name) c where c.name = 'run_id')") do
    if not core_tables[row.name] then
      for count in db:rows("select run_id, count(*) as n from " .. quoted(row.name) .. " group by run_id") do
        rows[count.run_id] = (rows[count.run_id] or 0) + count.n
      end
    end
  end
  local inputs = store.articles_digest(db, false)
  for _, run in ipairs(db:all("select run_id from run")) do
    local fault = db:value("select message from run_error where run_id = ? order by article_id is not null, article_id limit 1", run.run_id)
    db:execute([[update run set articles = (select count(*) from step where step.role = run.role and step.article_id > 0)
      + (select count(distinct article_id) from run_error where run_error.run_id = run.run_id),
      rows = ?, inputs_sha256 = ?, status = ?, error = ? where run_id = ?]], rows[run.run_id] or 0, inputs, fault and "partial" or "done", fault, run.run_id)
  end
end

local function finish(db)
  db:transaction(function()
    db:execute("insert into article_search (article_search) values ('rebuild')")
    db:execute("update indexed set article_id = (select coalesce(max(article_id), 0) from article)")
    recount_runs(db)
  end)
end

--- Joins the corpora at `paths` into a new file at `out`, which appears when it is complete. `progress(path)` is called for
--- each. Returns how many articles the output holds.
function merging.merge(out, paths, progress)
  local temporary = out .. ".part"
  for _, ending in ipairs { "", "-wal", "-shm", "-journal" } do system.remove(temporary .. ending) end
  local db = sqlite.corpus(temporary, "create")
  local ok, result = pcall(function()
    db:execute("create temp table source_map (old integer primary key, new integer not null)")
    db:execute("create temp table article_map (old integer primary key, new integer not null, fresh integer not null)")
    for _, path in ipairs(paths) do
      progress(path)
      take(db, path)
    end
    finish(db)
    return db:value("select count(*) from article")
  end)
  db:close()
  if not ok then
    for _, ending in ipairs { "", "-wal", "-shm", "-journal" } do system.remove(temporary .. ending) end
    error(result, 0)
  end
  local renamed, message = system.rename(temporary, out)
  if not renamed then error(message, 0) end
  return result
end

return merging
