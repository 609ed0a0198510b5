-- The walk over a text, the same for every language: where a word stands that can begin an expression the grammar is tried, and goes on
-- behind what it found, or behind the word. Each byte is passed once, but for what a grammar's own, bounded rules look at.

local lpeg = require "lpeg"

local P, V, Cp = lpeg.P, lpeg.V, lpeg.Cp

local scanner = {}

-- rules: an LPeg grammar with `starter` (no captures) and `expression` (captures one form, or false for what is none but may not be
-- read again); triggers: annalist.text.triggers with every word that a starter begins with.
-- Returns an iterator over a text: first byte, form, first byte behind it.
function scanner.over(rules, triggers)
    rules[1] = #rules.starter * V "expression" * Cp()
    rules.starter = nil
    local grammar = P(rules)
    return function(text)
        local at, behind = 1, false
        return function()
            while true do
                local first = triggers:find(text, at, behind)
                if not first then return nil end
                local form, after = grammar:match(text, first)
                at, behind = after or first, not after
                if form then return first, form, after end
            end
        end
    end
end

return scanner
