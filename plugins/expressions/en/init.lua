-- English: knowledge files of this language, its grammar, its guards, and its sense of past and future.
-- Every language is a folder of this shape: build(knowledge) -> { grammar, guards, direction }.

local grammar = require "expressions.en.grammar"
local guards = require "expressions.en.guards"
local tense = require "expressions.en.tense"

local english = {}

-- knowledge(name) gives the rows of data/time/en/NAME.tsv
function english.build(knowledge)
    local rows = knowledge "lexicon"
    for _, row in ipairs(knowledge "holidays") do rows[#rows + 1] = { "feast", row[1], row[2] } end
    return { grammar = grammar.build(rows), guards = guards, direction = tense.build(knowledge "tense") }
end

return english
