-- What corpus stages read again and again: the rows of a table by article, and the texts of articles without keeping all of them.

local reading = {}

--- Rows of a query as a list.
function reading.rows(ctx, sql, ...)
  local list = {}
  for row in ctx:rows(sql, ...) do list[#list + 1] = row end
  return list
end

--- Rows of a query that has article_id, as lists by article, in the order of the query.
function reading.rows_by_article(ctx, sql, ...)
  local map = {}
  for row in ctx:rows(sql, ...) do
    local list = map[row.article_id]
    if not list then
      list = {}
      map[row.article_id] = list
    end
    list[#list + 1] = row
  end
  return map
end

local KEPT = 400 -- texts

--- A function that gives an article's text by its id; the last few hundred are kept.
function reading.texts(corpus)
  local kept, ring, at = {}, {}, 0
  return function(id)
    local text = kept[id]
    if not text then
      text = corpus:article(id).text
      at = at % KEPT + 1
      if ring[at] then kept[ring[at]] = nil end
      ring[at], kept[id] = id, text
    end
    return text
  end
end

return reading
