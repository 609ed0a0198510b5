-- What a corpus holds and what ran over it, as one record, and that record as text. `annalist info`.

local corpus = require "annalist.corpus"
local formats = require "annalist.formats"
local json = require "annalist.json"
local printable = require "annalist.printable"
local system = require "annalist.system"

local corpus_info = {}

local shown_faults = 20

local function counts(opened, sql)
  local list = json.array()
  for row in opened:sql(sql) do list[#list + 1] = row end
  return list
end

local function tables(opened)
  local list = json.array()
  for _, name in ipairs(opened:tables()) do
    if name ~= "indexed" and name ~= "step" and name ~= "article_search" then
      list[#list + 1] = { name = name, rows = opened:value("select count(*) from " .. opened:quoted(name)) }
    end
  end
  return list
end

local function dates(opened)
  local source = opened:has_table("published") and "select date from published where date is not null"
    or "select declared_date as date from article where declared_date is not null"
  return opened:row(string.format("select min(substr(date, 1, 10)) as first, max(substr(date, 1, 10)) as last, count(*) as known from (%s)",
    source))
end

-- A path that was not there, and after which something was loaded, was mistyped: it stays recorded, but is nothing to see to.
local mistyped = "status = 'failed' and error = 'no such file or folder' and source_id < "
  .. "(select coalesce(max(source_id), 0) from source where status in ('loaded', 'partial'))"

--- The record of a corpus file.
function corpus_info.read(path)
  local opened <close> = corpus.open(path)
  local found = dates(opened)
  return {
    path = path,
    bytes = system.stat(path).size,
    articles = opened:count(),
    indexed = opened:value("select article_id from indexed"),
    last_article = opened:value("select coalesce(max(article_id), 0) from article"),
    first_date = found.first or json.null, last_date = found.last or json.null, dated = found.known,
    sources = counts(opened, "select status, count(*) as sources from source group by 1 order by 1"),
    languages = counts(opened,
      "select coalesce(language, 'unknown') as language, count(*) as articles from article group by 1 order by 2 desc, 1 limit 12"),
    outlets = counts(opened,
      "select coalesce(outlet, 'unknown') as outlet, count(*) as articles from article group by 1 order by 2 desc, 1 limit 12"),
    failed_sources = counts(opened,
      string.format("select path, member, error, %s as mistyped from source where status = 'failed' order by mistyped, source_id limit %d", mistyped, shown_faults)),
    mistyped_sources = opened:value("select count(*) from source where " .. mistyped),
    runs = counts(opened, [[select plugin, role, version, status, articles, rows, seconds, started, error from run
      order by started, run_id]]),
    errors = counts(opened, "select r.plugin, e.article_id, e.message from run_error e left join run r using (run_id) "
      .. "order by r.plugin, e.article_id limit " .. shown_faults),
    tables = tables(opened),
  }
end

local function listed(list, name, count)
  local parts = {}
  for i, row in ipairs(list) do parts[i] = string.format("%s %d", formats.one_line(row[name]), row[count]) end
  return #parts > 0 and table.concat(parts, ", ") or "none"
end

-- "loaded 10, failed 1, no such file 2"
local function told_sources(info)
  local list, mistyped_ones = {}, info.mistyped_sources
  for _, row in ipairs(info.sources) do
    local number = row.status == "failed" and row.sources - mistyped_ones or row.sources
    if number > 0 then list[#list + 1] = { status = row.status, sources = number } end
  end
  if mistyped_ones > 0 then list[#list + 1] = { status = "no such file", sources = mistyped_ones } end
  return listed(list, "status", "sources")
end

local function write_head(info, write)
  write(string.format("%s: %s, %s\n", info.path, printable.size(info.bytes), printable.count(info.articles, "article")))
  write("  sources    ", told_sources(info), "\n")
  if info.first_date ~= json.null then
    write(string.format("  dates      %s to %s (%d of %d articles)\n", info.first_date, info.last_date, info.dated, info.articles))
  end
  write("  languages  ", listed(info.languages, "language", "articles"), "\n")
  write("  outlets    ", listed(info.outlets, "outlet", "articles"), "\n")
  if info.indexed < info.last_article then
    write(string.format("  full text  reaches article %d of %d; complete it: annalist index %s\n", info.indexed, info.last_article, info.path))
  end
end

--- The record as text for people.
function corpus_info.write(info, write, width)
  write_head(info, write)
  for _, source in ipairs(info.failed_sources) do
    if source.mistyped ~= 1 then
      write(string.format("  failed     %s%s: %s\n", source.path, source.member and ":" .. source.member or "",
        formats.one_line(source.error or "?")))
    end
  end
  if #info.runs > 0 then
    write("\n")
    local records = {}
    for i, run in ipairs(info.runs) do
      records[i] = { plugin = run.plugin, role = run.role, version = run.version, status = run.status, articles = run.articles,
        rows = run.rows, seconds = run.seconds and string.format("%.2f", run.seconds), started = run.started }
    end
    formats.write_records("table", { "plugin", "role", "version", "status", "articles", "rows", "seconds", "started" }, records,
      write, width)
  end
  for i, one in ipairs(info.errors) do
    write(i == 1 and "\n" or "", string.format("%s: %s%s\n", one.plugin or "?",
      one.article_id and one.article_id ~= 0 and "article " .. one.article_id .. ": " or "", formats.one_line(one.message)))
  end
  write("\n")
  formats.write_records("table", { "name", "rows" }, info.tables, write, width)
end

return corpus_info
