-- timex: every temporal expression as TIMEX3, resolved against the day of its article, the date in its sentence, or the date
-- that the story was last at. The rows say against which; without any, values keep their X ("XXXX-WXX-2").

local calendar = require "lib.calendar"
local anchor = require "timex.anchor"
local story = require "timex.story"

local READ = [[select first, last, type, form, value, unit, shift, tail, clock, step, base, direction, weekday, mod, quant, freq, ordinal, aside, reported
    from expression order by first, last]]

-- What is known of the article's day.
local function published_row(ctx)
    local best
    for row in ctx:rows "select date, confidence, method from published where date is not null order by confidence desc, date limit 1" do best = row end
    return best
end

return {
    name = "timex", version = 1, api = 1,
    summary = "Temporal expressions, found and normalised as TIMEX3",
    provides = "timex",
    needs = { "expressions", "published", "layout" }, wants = {},
    options = {
        hemisphere = { type = "string", default = "north", choices = { "north", "south" }, help = "which months are summer" },
        ages = { type = "boolean", default = false, help = "ages (\"44-year-old\") as durations" },
        confidence = { type = "number", default = 0.2, min = 0, max = 1, help = "least confidence of a publication date that was found out and is used as anchor" },
    },
    results = {
        timex = {
            { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" },
            { "type", "text!" }, { "value", "text!" }, { "mod", "text" }, { "quant", "text" }, { "freq", "text" },
            { "anchor", "text" },        -- "published 2020-10-06", "declared 2020-10-06" (doubted by `published`, not by the text), "text 1998", "sentence 2020-09-28"; none if the words say all
        },
    },

    prepare = function() calendar.load() end,

    article = function(ctx, article)
        local expressions = {}
        for row in ctx:rows(READ) do
            row.possessive = article.text:find("^['\226]\128?\153?s", row.last + 1) ~= nil
            expressions[#expressions + 1] = row
        end
        local day, name = anchor.choose(published_row(ctx), ctx:option "confidence", article.declared_date, expressions)
        -- a dateline is the mark of news: no tale of old times has one; its date is the day of the telling
        local news = false
        for block in ctx:rows "select first, last from block where kind = 'dateline'" do
            news = true
            for _, row in ipairs(expressions) do row.dateline = row.dateline or row.first >= block.first and row.last <= block.last end
        end
        for i, found in ipairs(story.resolve(expressions, day, ctx:option "hemisphere", news, name)) do
            local form = expressions[i]
            if form.form ~= "age" or ctx:option "ages" then
                ctx:emit("timex", {
                    first = form.first, last = form.last, type = form.type, value = found.value, mod = form.mod,
                    quant = form.quant, freq = form.freq, anchor = found.anchor,
                })
            end
        end
    end,
}
