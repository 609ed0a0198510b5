-- English: knowledge files of this language, its grammar, its guards, and its sense of past and future.
-- Every language is a folder of this shape: build(knowledge) -> { grammar, guards, direction, joins }.

local grammar = require "expressions.en.grammar"
local guards = require "expressions.en.guards"
local tense = require "expressions.en.tense"

local english = {}

-- What may stand between two dates that share one year.
local joins = {}
for _, between in ipairs { "-", "\226\128\147", "\226\128\148", "to", "and", "until", "till", "through", "or", "into", "and ended on", "to the", "and on", "until the" } do
    joins[between], joins[" " .. between .. " "] = true, true
end

-- knowledge(name) gives the rows of data/time/en/NAME.tsv
function english.build(knowledge)
    local rows = knowledge "lexicon"
    for _, row in ipairs(knowledge "holidays") do rows[#rows + 1] = { "feast", row[1], row[2] } end
    return { grammar = grammar.build(rows), guards = guards, direction = tense.build(knowledge "tense"), joins = joins }
end

return english
