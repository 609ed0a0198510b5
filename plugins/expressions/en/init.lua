-- English: knowledge files of this language, its grammar, its guards, and its sense of past and future.
-- Every language is a folder of this shape: build(knowledge) -> { scan, guards, tense, joins, beside }.

local grammar = require "expressions.en.grammar"
local guards = require "expressions.en.guards"
local tense = require "expressions.en.tense"

local english = {}

-- What may stand between two dates that belong together (and may share a year): a span between them, or just both of them.
local joins = {}
for _, between in ipairs { "-", "\226\128\147", "\226\128\148", "to", "until", "till", "through", "to the", "until the" } do
    joins[between], joins[" " .. between .. " "] = "span", "span"
end
for _, between in ipairs { "and", "or", "into", "and into", "and on", "or on", "and ended on" } do joins[" " .. between .. " "] = "both" end

-- What may stand between a day and its name: "yesterday, Thursday".
local beside = {}
for _, between in ipairs { " ", ", ", " (", ", on ", " i.e. ", ", i.e. ", " (i.e. ", " that is ", ", that is, ", ", that is " } do beside[between] = true end

-- knowledge(name) gives the rows of data/time/en/NAME.tsv
function english.build(knowledge)
    local rows = knowledge "lexicon"
    for _, row in ipairs(knowledge "holidays") do rows[#rows + 1] = { "feast", row[1], row[2] } end
    return { scan = grammar.build(rows), guards = guards, tense = tense.build(knowledge "tense"), joins = joins, beside = beside }
end

return english
