-- The model: everything that the report says, read once from the corpus, in the order in which it is shown. The pages (HTML, Markdown, JSON)
-- only differ in how they print it. A role that did not run leaves its part empty and its name out of model.has.

local text = require "annalist.text"
local days = require "lib.days"
local reading = require "lib.reading"
local genre = require "report.genre"
local statements = require "report.statements"

local model = {}

-- Roles that have a section of their own; any other role's tables are shown as they are
local own = {
  layout = true, furniture = true, sentences = true, duplicates = true, expressions = true, timex = true, published = true, entities = true, names = true,
  quotations = true, figures = true, discrepancies = true, timeline = true, report = true,
}

-- "valley-post.txt" of a path; for an archive, the member's name
local function file_name(source)
  return (source.member or source.path or ""):match("([^/]+)/*$") or ""
end

-- What an article is called: its title as given, else the longest of its title blocks (a paper's name above it is shorter), else the first
-- line of what it tells: a page's date or a mark of its furniture names nothing. A title that is only the first line of the text was given by nobody.
local function name_of(article, titles, beginnings, issuers)
  local name, block, beginning = article.title, titles[article.article_id], beginnings[article.article_id]
  local given = name and name ~= "" and (article.body_first > 1 or not block)
  if not given and block then
    name = article.text:sub(block.first, block.last)
    local issuer = issuers[article.article_id] -- "Correction" and "PUBLIC STATEMENT" name no article; with who issued it they do
    if issuer and not name:find("%s%S+%s+%S") then name = name .. " – " .. article.text:sub(issuer.first, issuer.last) end
  end
  if not given and not block and beginning then name = article.text:sub(beginning.first, beginning.last):match("^%s*([^\r\n]+)") end
  if not name or name == "" then name = article.text:match("^%s*([^\r\n]+)") or "article " .. article.article_id end
  return text.clip(text.normal_space(name), 120)
end

local function read_articles(self, ctx, corpus)
  local titles, beginnings, issuers, sources, source_of, in_file = {}, {}, {}, {}, {}, {}
  if self.has.layout then
    for row in ctx:rows("select article_id, min(first) as first, last from block where kind in ('heading', 'body') group by article_id") do beginnings[row.article_id] = row end
    for row in ctx:rows([[select b.article_id, b.first, b.last from block b where b.kind = 'byline'
        and b.first < (select min(c.first) from block c where c.article_id = b.article_id and c.kind = 'body') order by b.article_id, b.first desc]]) do issuers[row.article_id] = row end
    for row in ctx:rows("select article_id, first, last from block where kind = 'title' order by article_id, last - first, first desc") do titles[row.article_id] = row end
  end
  for row in ctx:rows("select source_id, path, member, format, bytes, status, error from source order by source_id") do
    sources[row.source_id] = row
    self.sources[#self.sources + 1] = row
  end
  for row in ctx:rows("select article_id, source_id from article") do source_of[row.article_id] = row.source_id end
  for article in corpus:articles() do
    local source = sources[source_of[article.article_id]] or {}
    local code = article.language
    if not code or code == "" then code = text.language(article.text:sub(1, 4000)) end
    local entry = {
      id = article.article_id, number = #self.articles + 1, text = article.text, name = name_of(article, titles, beginnings, issuers), outlet = article.outlet ~= "" and article.outlet or nil,
      author = article.author, url = article.url, external_id = article.external_id, declared = article.declared_date, file = file_name(source),
      language = code, passages = {}, blocks = {},
    }
    self.articles[entry.number] = entry
    self.by_id[entry.id] = entry
    in_file[entry.file] = (in_file[entry.file] or 0) + 1
  end
  for _, entry in ipairs(self.articles) do entry.file_is_shared = in_file[entry.file] > 1 end
end

local function read_published(self, ctx)
  if not self.has.published then return end
  for row in ctx:rows("select article_id, date, precision, confidence, method, first, last, reason from published order by article_id") do
    local article = self.by_id[row.article_id]
    if article then
      article.published = row
      row.reason = row.reason and row.reason:gsub("%f[%a]article (%d+)", function(id) -- in a report articles go by their number
        local other = self.by_id[math.tointeger(tonumber(id))]
        return other and "article " .. other.number or nil
      end)
      local declared = article.declared and article.declared:match("^%d%d%d%d%-%d%d%-%d%d")
      row.refused = declared ~= nil and (row.date == nil or row.date:sub(1, #declared) ~= declared) and article.declared or nil
    end
  end
end

local function read_blocks(self, ctx)
  if not self.has.layout then return end
  for row in ctx:rows("select article_id, first, last, kind from block order by article_id, first") do
    local article = self.by_id[row.article_id]
    if article then article.blocks[#article.blocks + 1] = row end
  end
  for _, article in ipairs(self.articles) do article.genre = genre.of(article) end
end

local FAR = 3 -- days between the date on a page and the article's own, from which the reader is told that it was not taken

-- A date that stands by itself on the page and is not the article's: the day of the crawl, of the print
local function read_page_dates(self, ctx)
  if not (self.has.layout and self.has.timex) then return end
  for row in ctx:rows([[select t.article_id, t.first, t.last, t.value from timex t join block b on b.article_id = t.article_id and t.first between b.first and b.last
      where b.kind = 'date' and t.type in ('DATE', 'TIME') order by t.article_id, t.first]]) do
    local article = self.by_id[row.article_id]
    local p = article and article.published
    local taken, page = days.number((p and p.date or ""):sub(1, 10)), days.number((row.value or ""):sub(1, 10))
    if taken and page and math.abs(taken - page) > FAR and not article.page_date then article.page_date = row end
  end
end

local function read_duplicates(self, ctx)
  if not self.has.duplicates then return end
  self.duplicates = reading.rows(ctx, "select article_id, other_id, similarity from duplicate order by article_id, other_id")
  self.reuse = reading.rows(ctx, "select article_id, first, last, other_id, other_first, other_last from reuse order by article_id, first, other_id")
end

-- Spellings of an entity in each article, with how often and where first
local function spellings_of(mentions)
  local list, at = {}, {}
  for _, m in ipairs(mentions) do
    local key = m.article_id .. "\0" .. m.name
    local entry = at[key]
    if not entry then
      entry = { article_id = m.article_id, name = m.name, first = m.first, last = m.last, count = 0, reasons = {}, seen = {} }
      at[key] = entry
      list[#list + 1] = entry
    end
    entry.count = entry.count + 1
    if m.reason and m.reason ~= "" and not entry.seen[m.reason] then
      entry.seen[m.reason] = true
      entry.reasons[#entry.reasons + 1] = m.reason
    end
  end
  return list
end

local function count_distinct(list, field)
  local seen, n = {}, 0
  for _, row in ipairs(list) do
    if not seen[row[field]] then
      seen[row[field]] = true
      n = n + 1
    end
  end
  return n
end

local function by_weight(a, b)
  if a.articles ~= b.articles then return a.articles > b.articles end
  if a.count ~= b.count then return a.count > b.count end
  if a.name ~= b.name then return a.name < b.name end
  return a.id < b.id
end

local function read_entities(self, ctx)
  if not (self.has.names and self.has.entities) then return end
  local by_id = {}
  for row in ctx:rows("select entity_id, kind, name, description from entity order by entity_id") do
    by_id[row.entity_id] = { id = row.entity_id, kind = row.kind, name = row.name, description = row.description, mentions = {} }
    self.entities[#self.entities + 1] = by_id[row.entity_id]
  end
  for row in ctx:rows([[select e.entity_id, e.mention_id, e.score, e.reason, m.article_id, m.first, m.last, m.name, m.title from mention_entity e
      join mention m on m.mention_id = e.mention_id order by m.article_id, m.first]]) do
    local entity = by_id[row.entity_id]
    if entity then
      entity.mentions[#entity.mentions + 1] = row
      self.entity_of[row.mention_id] = entity
    end
  end
  for _, entity in ipairs(self.entities) do
    entity.count, entity.articles = #entity.mentions, count_distinct(entity.mentions, "article_id")
    entity.spellings = spellings_of(entity.mentions)
    entity.forms = count_distinct(entity.spellings, "name")
  end
  table.sort(self.entities, by_weight)
  if self.tables.name_doubt then -- pairs that `names` leaves to a reader
    for row in ctx:rows("select entity_id, other_id, score, reason from name_doubt order by score desc, entity_id, other_id") do
      local a, b = by_id[row.entity_id], by_id[row.other_id]
      if a and b then self.doubts[#self.doubts + 1] = { a = a, b = b, score = row.score, reason = row.reason } end
    end
  end
end

local function quoted(name) return '"' .. name:gsub('"', '""') .. '"' end

-- Tables of roles that this report has never heard of: shown as they are, passages linked
local function read_others(self, ctx, most)
  for _, entry in ipairs(self.catalogue) do
    if not own[entry.role] then
      local columns, names, has = {}, {}, {}
      for i, column in ipairs(entry.columns) do
        columns[i], names[i], has[column.name] = column.name, quoted(column.name), true
      end
      local total = 0
      for row in ctx:rows(("select count(*) as n from %s"):format(quoted(entry.table))) do total = row.n end
      local sql = ("select %s from %s order by rowid limit %d"):format(table.concat(names, ", "), quoted(entry.table), most)
      self.others[#self.others + 1] = { role = entry.role, plugin = entry.plugin, summary = entry.summary, table = entry.table, columns = columns, has = has,
        total = total, rows = reading.rows(ctx, sql) }
    end
  end
end

local function read_record(self, ctx)
  for row in ctx:rows("select role, plugin, version, status from run where role <> 'report' order by role") do self.plugins[#self.plugins + 1] = row end
  self.errors = reading.rows(ctx, [[select r.plugin, e.article_id, e.message from run_error e join run r on r.run_id = e.run_id
      where r.role <> 'report' order by r.role, e.article_id, e.message]])
end

--- Reads the corpus.
-- @param most how many rows of one foreign table are shown
function model.read(ctx, corpus, most)
  local self = {
    has = {}, catalogue = ctx:tables(), sources = {}, articles = {}, by_id = {}, entities = {}, entity_of = {}, events = {}, discrepancies = {}, figures = {},
    quotations = {}, said = 0, duplicates = {}, reuse = {}, others = {}, plugins = {}, errors = {}, doubts = {}, tables = {},
  }
  for _, entry in ipairs(self.catalogue) do
    self.has[entry.role] = ctx:has(entry.role) or nil
    self.tables[entry.table] = self.has[entry.role]
  end
  for _, read in ipairs { read_articles, read_published, read_blocks, read_page_dates, read_duplicates, read_entities } do read(self, ctx, corpus) end
  statements.read(self, ctx, corpus)
  read_others(self, ctx, most)
  read_record(self, ctx)
  return self
end

return model
