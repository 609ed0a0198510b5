-- Full-text search with every hit in its context: one record a place, best articles first.

local printable = require "annalist.printable"
local rows = require "annalist.rows"
local text = require "annalist.text"

local search = {}

-- Marks round a hit. They can't stand in a search result otherwise: what holds them is dropped below as a place.
local opening, closing = "\1\2", "\2\1"

-- `don't`, `U.S.` and `C++` are no valid FTS5 queries; each word in quotation marks is.
local function quote_words(query)
  local words = {}
  for word in query:gmatch("%S+") do words[#words + 1] = '"' .. word:gsub('"', "") .. '"' end
  return table.concat(words, " ")
end

local function is_valid(corpus, query)
  local ok, message = pcall(corpus.value, corpus,
    "select rowid from article_search where article_search match ? limit 1", query)
  if not ok and tostring(message):find("no such table", 1, true) then
    error(string.format("%s has no full-text index. Make one: annalist index %s", corpus.path, corpus.path), 0)
  end
  return ok
end

--- A query that SQLite takes: as it was given (words, "phrases", AND, OR, NOT, NEAR(…), prefix*), else word by word.
function search.query(corpus, query)
  if query:find("%S") == nil then error("the query is empty", 0) end
  if is_valid(corpus, query) then return query end
  local quoted = quote_words(query)
  if is_valid(corpus, quoted) then return quoted end
  error("full-text search can't read this query: " .. query, 0)
end

-- Places of the hits in the text itself, from a copy with marks.
local function places(marked)
  local list, removed, position = {}, 0, 1
  while true do
    local first, last = marked:find(opening, position, true)
    if not first then return list end
    local stop, stop_last = marked:find(closing, last + 1, true)
    if not stop then return list end
    list[#list + 1] = { first = first - removed, last = stop - #opening - removed - 1 }
    removed = removed + #opening + #closing
    position = stop_last + 1
  end
end

-- The end of `s`, as long as fits into so many columns.
local function clip_left(s, columns)
  for position in s:gmatch("()[\0-\127\194-\244]") do
    local rest = s:sub(position)
    if text.width(rest) <= columns then return rest end
  end
  return ""
end

-- About `columns` columns on either side of a hit, on one line.
local function context(body, place, columns)
  local before = body:sub(math.max(1, place.first - columns * 4), place.first - 1):gsub("^[\128-\191]+", "")
  local after = body:sub(place.last + 1, place.last + columns * 4):gsub("[\194-\244][\128-\191]*$", function(tail)
    return utf8.len(tail) and tail or ""
  end)
  before, after = printable.line(before), printable.line(after)
  if text.width(after) > columns then after = text.clip(after, columns) end
  return clip_left(before, columns), printable.line(body:sub(place.first, place.last)), after
end

local columns = { "article_id", "outlet", "date", "title", "first", "last", "before", "match", "after" }

-- The hits of one article, as records.
local function article_hits(corpus, record, width)
  local article = corpus:article(record.article_id)
  local list = {}
  for _, place in ipairs(places(record.marked or "")) do
    local before, match, after = context(article.text, place, width)
    list[#list + 1] = {
      article_id = article.article_id, outlet = article.outlet, date = article.date, title = article.title,
      first = place.first, last = place.last, before = before, match = match, after = after,
    }
  end
  if #list == 0 then -- the title alone has it
    list[1] = { article_id = article.article_id, outlet = article.outlet, date = article.date, title = article.title,
      before = "", match = printable.line(article.title or ""), after = "" }
  end
  return list
end

--- Hits as rows: article_id, outlet, date, title, first, last, before, match, after.
--- `options.limit` is the greatest number of hits (default: all), `options.context` the columns on either side (40).
function search.hits(corpus, query, options)
  local width, limit = options.context or 40, options.limit or math.maxinteger
  local found = corpus:sql([[
    select rowid as article_id, highlight(article_search, 1, :opening, :closing) as marked
    from article_search where article_search match :query order by rank, rowid]],
    { opening = opening, closing = closing, query = search.query(corpus, query) })
  local waiting, place, given = {}, 1, 0
  return rows.new(function()
    if given >= limit then return nil end
    while not waiting[place] do
      local record = found()
      if not record then return nil end
      waiting, place = article_hits(corpus, record, width), 1
    end
    given, place = given + 1, place + 1
    return waiting[place - 1]
  end, columns, found)
end

return search
