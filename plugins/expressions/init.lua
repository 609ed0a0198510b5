-- expressions: temporal expressions as they stand in the text, with what they mean before the day of the article is known.
-- The grammar of a language is a folder here (en/, …), its words are data/time/LANGUAGE/*.tsv, and data/time/languages.txt names it.
-- `timex` resolves the rows.

local data = require "annalist.data"
local text = require "annalist.text"
local find = require "expressions.find"

local built = {}

local function knowledge_of(code)
    return function(name) return data.table("time/" .. code .. "/" .. name .. ".tsv") end
end

-- The declared language when there is a grammar for it; else what the text looks like, English when it is too short to say.
local function language_of(article)
    local declared = article.language and article.language:lower():match "^%a+"
    if declared and built[declared] then return built[declared] end
    if declared and declared ~= "und" and #declared == 2 then return nil end
    local code, confidence = text.language(article.text:sub(1, 4000))
    if built[code] then return built[code] end
    if not code or (confidence or 0) < 0.5 or #article.text < 200 then return built.en end
    return nil
end

return {
    name = "expressions", version = 1, api = 1,
    summary = "Temporal expressions as they stand in the text, in their relative form",
    provides = "expressions",
    needs = { "sentences" }, wants = {},
    results = {
        expression = {
            { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" },
            { "type", "text!" },         -- DATE TIME DURATION SET
            { "form", "text!" },         -- full partial shift feast age: see expressions/forms.lua
            { "value", "text" },         -- TIMEX3 value, with X where the anchor must say more
            { "unit", "text" }, { "shift", "integer" }, { "tail", "text" }, { "clock", "text" },
            { "step", "integer" }, { "base", "text" }, { "direction", "text" },     -- past, future; ahead of a feast, "by Christmas"; any, "on a Sunday"
            { "weekday", "integer" },   -- said beside a date: "Friday, June 5"
            { "mod", "text" }, { "quant", "text" }, { "freq", "text" },
            { "ordinal", "integer" },    -- of the sentence; none outside of sentences
            { "aside", "integer" },      -- 1: a date in brackets, that says nothing about where the text stands
            { "reported", "integer" },   -- 1: the day of the telling, "officials said on Wednesday", not of what is told
        },
    },

    prepare = function()
        for _, code in ipairs(data.lines "time/languages.txt") do
            built[code] = require("expressions." .. code).build(knowledge_of(code))
        end
    end,

    article = function(ctx, article)
        local language = language_of(article)
        if not language then return end
        local sentences = {}
        for row in ctx:rows "select first, last, ordinal from sentence order by first" do sentences[#sentences + 1] = row end
        for _, form in ipairs(find.expressions(language, article.text, sentences)) do
            form.guard, form.also = nil, nil
            ctx:emit("expression", form)
        end
    end,
}
