-- Past or future in Russian: the nearest verb before an expression, past forms in -л, -ла, -ли (with -ся, -сь) by their ending,
-- words of the future by list.

local lpeg = require "lpeg"
local cues = require "expressions.cues"
local terminals = require "expressions.terminals"

local P, S, V, C, Cp, Ct, Cc = lpeg.P, lpeg.S, lpeg.V, lpeg.C, lpeg.Cp, lpeg.Ct, lpeg.Cc

local tense = {}

-- rows: { "future" | "ahead", word }
function tense.build(rows)
    local words = { future = {}, ahead = {} }
    for _, row in ipairs(rows) do
        if words[row[1]] then table.insert(words[row[1]], row[2]) end
    end
    local letter, word_end = terminals.letter, terminals.word_end
    local ending = P "л" * (P "а" + P "о" + P "и") ^ -1 * (P "ся" + P "сь") ^ -1 * word_end
    local one = (P "\208" + P "\209") * P(1)
    local past = one - ending
    past = past * past * past ^ 0 * ending * Cc "past"
    local pattern = Ct((Cp() * (terminals.any_of(words.future) * Cc "future" + past + S ",;" * Cc(cues.BREAK)) + letter ^ 1 + (1 - letter - S ",;") ^ 1) ^ 0)
    local soon = terminals.any_of(words.ahead)
    local ends_with = P { C(soon) * (1 - letter) ^ 0 * -P(1) + letter ^ 0 * (1 - letter) ^ 1 * V(1) }

    -- "до пятницы": ahead, whatever the verb
    local function beside(text, from, _, first)
        local short = text:sub(math.max(from, first - 60), first - 1)
        return ends_with:match(short:match "[^ ]* ?[^ ]*$") and "future" or nil
    end
    return { cues = pattern, beside = beside, before = 240, behind = 160 }
end

return tense
