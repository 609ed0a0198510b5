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

-- The articles that share rare words and those on one matter as one list { index, similarity, link, cosine }, the former first. Rare words
-- alone make no event, words used much make one less surely without them.
local RARELY = 0.6
local function together(event, matter)
    local at = {}
    for k, pair in ipairs(event) do
        at[pair[1]] = k
        pair[3], pair[4], pair.rare = 0, 0, pair[3]
    end
    for _, pair in ipairs(matter) do
        local k, link = at[pair[1]], pair[3]
        if k then
            event[k][3], event[k][4] = link * (RARELY + (1 - RARELY) * event[k].rare), pair[2]
        else
            event[#event + 1] = { pair[1], 0, RARELY * link, pair[2] }
        end
    end
    return event
end

-- query(sql) gives an iterator of records; articles() an iterator of articles in order.
-- Returns facts by index, near[i] (neighbours with how near they are).
function reading.read(query, articles)
    local expressions = grouped(query [[select article_id, first, last, type, form, value, unit, shift, tail, step, base, direction, weekday, clock from expression
        where type in ('DATE', 'TIME', 'DURATION') order by article_id, first]])
    local blocks = grouped(query "select article_id, first, last, kind from block where kind in ('date', 'dateline', 'byline', 'teaser') order by article_id, first")
    local all, index = {}, similar.new()
    for article in articles() do
        all[#all + 1] = evidence.read(article, expressions(article.article_id), blocks(article.article_id))
        index:add(article.text)
    end
    index:finish()
    local near = {}
    for i = 1, #all do near[i] = together(index:neighbours(i), index:matter(i)) end
    return all, near
end

return reading
