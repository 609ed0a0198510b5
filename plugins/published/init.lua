-- published: the day on which each article appeared. Declared dates, date lines, addresses, weekday words, what the text knows and does
-- not know yet, and the other articles on the same event are weighed against each other; a declared date that the text
-- refutes is refused, and the reason is kept.

local data = require "annalist.data"
local dating = require "published.dating"
local evidence = require "published.evidence"
local model = require "published.model"
local reading = require "published.corpus"
local verdict = require "published.verdict"

local weights

return {
    name = "published", version = 1, api = 1,
    summary = "The day on which each article appeared, with how sure that is and why",
    provides = "published",
    needs = { "expressions", "layout" }, wants = {},
    results = {
        published = {
            { "article_id", "integer!" }, { "date", "text" }, { "precision", "text" }, { "confidence", "number!" },
            { "method", "text!" },       -- declared, address, text, other articles, refused
            { "first", "integer" }, { "last", "integer" }, { "reason", "text" },
        },
    },

    prepare = function()
        evidence.load()
        weights = model.load(data.table "published/weights.tsv")
    end,

    corpus = function(ctx, corpus)
        local function query(sql) return ctx:rows(sql) end
        local all, near = reading.read(query, function() return corpus:articles() end)
        ctx:progress(0.5)
        local found = dating.run(all, near, weights)
        for i, facts in ipairs(all) do
            local row = verdict.row(facts, found[i])
            if row then
                row.article_id = facts.id
                row.confidence = math.floor(row.confidence * 1000 + 0.5) / 1000
                ctx:emit("published", row)
            end
        end
    end,
}
