-- Past or future in Russian: the nearest verb before an expression, past forms in -л, -ла, -ли (with -ся, -сь) by their ending,
-- words of the future by list.

local lpeg = require "lpeg"
local terminals = require "expressions.terminals"

local P, V, C, Ct, Cc = lpeg.P, lpeg.V, lpeg.C, lpeg.Ct, lpeg.Cc

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
    local scan = Ct((terminals.any_of(words.future) * Cc "future" + past + letter ^ 1 + (1 - letter) ^ 1) ^ 0)
    local soon = terminals.any_of(words.ahead)
    local ends_with = P { C(soon) * (1 - letter) ^ 0 * -P(1) + letter ^ 0 * (1 - letter) ^ 1 * V(1) }

    return function(text, sentence_first, sentence_last, first, last)
        local from = math.max(sentence_first, first - 240)
        -- not into the middle of a letter
        while from < first and (text:byte(from) or 0) >= 128 and text:byte(from) < 192 do from = from + 1 end
        local before = text:sub(from, first - 1)
        if ends_with:match(before:match "[^ ]* ?[^ ]*$") then return "future" end
        local after = text:sub(last + 1, math.min(sentence_last, last + 160))
        local function last_of(passage) local cues = scan:match(passage) return cues[#cues] end
        local function first_of(passage) return scan:match(passage)[1] end
        -- its own clause first: "выборы отменили, а в пятницу пройдёт суд"
        return last_of(before:match "^.*[,;](.*)$" or before) or first_of(after:match "^[^,;]*") or last_of(before) or first_of(after)
    end
end

return tense
