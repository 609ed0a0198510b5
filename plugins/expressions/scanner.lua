-- The walk over a text, the same for every language: at each word that can begin an expression the grammar is tried, and what is
-- no expression is stepped over a word at a time. Each byte is passed once, but for what a grammar's own, bounded rules look at.

local lpeg = require "lpeg"
local terminals = require "expressions.terminals"

local P, R, S, V, Cg, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.V, lpeg.Cg, lpeg.Cp, lpeg.Ct

local scanner = {}

-- rules: an LPeg grammar with `starter` (no captures) and `expression` (captures one form); it gets the rules of the walk.
-- The pattern that comes out captures a list of { first, last (one behind), form }.
function scanner.over(rules)
    local gap, digit = terminals.gap, terminals.digit
    -- Bytes past ASCII belong to words, but for C2 and E2 (no-break space, dashes, quotation marks).
    local start = R("az", "AZ", "\195\225", "\227\244")
    local word_byte = R("az", "AZ", "09", "\128\193", "\195\225", "\227\255")
    local joint = (S "-'" + P "\226\128\153") * #start
    local other = R "\0\255" - start - R "09" - S "$'\226\194"
    local skip = start * word_byte ^ 0 * (joint * word_byte ^ 0) ^ 0
        + P "$" * gap ^ -1 * (digit ^ 1 * (S ",." * digit ^ 1) ^ 0) ^ -1
        + digit ^ 1 * (S ",." * digit ^ 1) ^ 0 * word_byte ^ 0
        + S "\194\226" * R "\128\191" ^ 0
        + P(1)
    rules.hit = Ct(Cg(Cp(), "first") * Cg(V "expression", "form") * Cg(Cp(), "last"))
    local starter = rules.starter
    rules.starter = nil
    rules[1] = Ct((#starter * V "hit" + skip * other ^ 0) ^ 0)
    return P(rules)
end

return scanner
