-- Russian: the same shape as en/ (see there), without guards yet.

local grammar = require "expressions.ru.grammar"
local tense = require "expressions.ru.tense"

local russian = {}

-- What may stand between two dates that belong together (and may share a year): see en/.
local joins = {}
for _, between in ipairs { "-", "\226\128\147", "\226\128\148", "по", "до" } do joins[between], joins[" " .. between .. " "] = "span", "span" end
for _, between in ipairs { "и", "или", "и в", "или в" } do joins[" " .. between .. " "] = "both" end

-- What may stand between a day and its name: see en/.
local beside = { [" "] = true, [", "] = true, [" ("] = true, [" в "] = true, [", в "] = true, [" во "] = true, [", во "] = true }

-- knowledge(name) gives the rows of data/time/ru/NAME.tsv
function russian.build(knowledge)
    local rows = knowledge "lexicon"
    for _, row in ipairs(knowledge "holidays") do rows[#rows + 1] = { "feast", row[1], row[2] } end
    return { scan = grammar.build(rows), guards = {}, tense = tense.build(knowledge "tense"), joins = joins, beside = beside }
end

return russian
