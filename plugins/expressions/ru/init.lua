-- Russian: the same shape as en/ (see there), without guards yet.

local grammar = require "expressions.ru.grammar"
local tense = require "expressions.ru.tense"

local russian = {}

-- knowledge(name) gives the rows of data/time/ru/NAME.tsv
function russian.build(knowledge)
    local rows = knowledge "lexicon"
    for _, row in ipairs(knowledge "holidays") do rows[#rows + 1] = { "feast", row[1], row[2] } end
    return { grammar = grammar.build(rows), guards = {}, direction = tense.build(knowledge "tense") }
end

return russian
