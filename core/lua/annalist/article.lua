-- An article as scripts see it: its columns as fields, its text read when it is first asked for, and its date as found by
-- `published`, or as declared where nothing looked at it yet.

local text = require "annalist.text"

local Article = { __name = "annalist.article" }
local methods = {}

local article = { methods = methods, columns = {
  "article_id", "source_id", "ordinal", "external_id", "sha256", "url", "outlet", "title", "author", "declared_date",
  "language", "body_first",
} }

Article.methods = methods
Article.fields = { "article_id", "date", "text", "path", table.unpack(article.columns) }

local corpora = setmetatable({}, { __mode = "k" }) -- article -> its corpus, not a field, so that printing stays short

local lazy = {}

function lazy.text(self)
  return corpora[self]:value("select text from article where article_id = ?", self.article_id)
end

function lazy.date(self)
  local corpus = corpora[self]
  if corpus:has_table("published") then
    local row = corpus:row("select date from published where article_id = ?", self.article_id)
    if row then return row.date end
  end
  return self.declared_date
end

function lazy.path(self)
  local row = corpora[self]:row("select path, member from source where source_id = ?", self.source_id)
  return row and (row.member and row.member ~= "" and row.path .. ":" .. row.member or row.path)
end

function Article.__index(self, name)
  if methods[name] then return methods[name] end
  local find = lazy[name]
  local value = find and find(self)
  if value ~= nil then rawset(self, name, value) end
  return value
end

function Article.__tostring(self)
  local about = {}
  about[#about + 1] = rawget(self, "outlet")
  about[#about + 1] = self.date
  return string.format("article %d: %s%s", self.article_id, rawget(self, "title") or "(no title)",
    #about > 0 and " (" .. table.concat(about, ", ") .. ")" or "")
end

--- An article's record, as read from the table, becomes an article.
function article.new(corpus, record)
  corpora[record] = corpus
  return setmetatable(record, Article)
end

--- True for what `article.new` returns.
function article.is(value)
  return getmetatable(value) == Article
end

--- The sentences, as a list of { first, last, text }: those of the plugin that split them, else by the rules of annalist.text.
function methods.sentences(self)
  local list = {}
  local corpus = corpora[self]
  if corpus:has_table("sentence") and corpus:has_rows("sentence", self.article_id) then
    for row in corpus:rows("sentence", { article_id = self.article_id }) do
      list[#list + 1] = { first = row.first, last = row.last, text = self.text:sub(row.first, row.last) }
    end
    return list
  end
  local starts, ends = text.sentences(self.text)
  for i = 1, #starts do
    list[i] = { first = starts[i], last = ends[i], text = self.text:sub(starts[i], ends[i]) }
  end
  return list
end

-- The byte of `s` at or after `position` (or before it, with step -1) at which a character begins.
local function character_start(s, position, step)
  while position > 1 and position <= #s and s:byte(position) & 0xC0 == 0x80 do position = position + step end
  return position
end

local Passage = { __name = "annalist.passage" }

function Passage.__tostring(self)
  return (self.before .. "[" .. self.text .. "]" .. self.after):gsub("%s+", " ")
end

--- Bytes `first` to `last`, with about `context` bytes (default 60) on either side, cut between characters.
function methods.passage(self, first, last, context)
  if math.type(first) ~= "integer" or math.type(last) ~= "integer" or first < 1 or last > #self.text or first > last + 1 then
    error(string.format("article %d has no bytes %s to %s", self.article_id, tostring(first), tostring(last)), 2)
  end
  context = context or 60
  local from = character_start(self.text, math.max(1, first - context), 1)
  local to = character_start(self.text, math.min(#self.text, last + context) + 1, -1) - 1
  return setmetatable({
    article_id = self.article_id, first = first, last = last, text = self.text:sub(first, last),
    before = self.text:sub(math.min(from, first), first - 1), after = self.text:sub(last + 1, math.max(to, last)),
  }, Passage)
end

--- This article's rows of a table, with filters as in `corpus:rows`.
function methods.rows(self, name, filters)
  local all = { article_id = self.article_id }
  for column, value in pairs(filters or {}) do all[column] = value end
  return corpora[self]:rows(name, all)
end

return article
