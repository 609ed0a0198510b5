-- Reads a corpus once, in order of article: each article's facts, and the index of articles that are alike.

local evidence = require "published.evidence"
local similar = require "published.similar"

local reading = {}

-- Rows of a query ordered by article, handed out article by article. The three are what a generic "for" goes by.
local function grouped(step, state, row)
    local function rows()
        row = step(state, row)
        return row
    end
    local pending = rows()
    return function(id)
        local out = {}
        while pending and pending.article_id < id do pending = rows() end
        while pending and pending.article_id == id do
            out[#out + 1] = pending
            pending = rows()
        end
        return out
    end
end

-- query(sql) gives an iterator of records; articles() an iterator of articles in order.
-- Returns facts by index, near[i] (neighbours with similarity).
function reading.read(query, articles)
    local expressions = grouped(query [[select article_id, first, last, type, form, value, unit, shift, tail, step, base, direction, weekday, clock from expression
        where type in ('DATE', 'TIME') order by article_id, first]])
    local blocks = grouped(query "select article_id, first, last, kind from block where kind in ('date', 'dateline', 'byline', 'teaser') order by article_id, first")
    local all, index = {}, similar.new()
    for article in articles() do
        all[#all + 1] = evidence.read(article, expressions(article.article_id), blocks(article.article_id))
        index:add(article.text)
    end
    index:finish()
    local near = {}
    for i = 1, #all do near[i] = index:neighbours(i) end
    return all, near
end

return reading
