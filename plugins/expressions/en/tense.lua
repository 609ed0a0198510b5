-- Past or future? Of the verbs about an expression the nearest in the same clause says where a weekday, a month or a
-- day without its year lies: "met Tuesday" behind, "will meet Tuesday" ahead. Reporting verbs count like any other.

local terminals = require "expressions.terminals"
local lpeg = require "lpeg"

local P, S, C, Cp, Ct, Cc = lpeg.P, lpeg.S, lpeg.C, lpeg.Cp, lpeg.Ct, lpeg.Cc

local tense = {}

-- rows: { "past" | "future" | "present", word }
function tense.build(rows)
    local words = { past = {}, future = {}, present = {} }
    for _, row in ipairs(rows) do
        if words[row[1]] then table.insert(words[row[1]], row[2]) end
    end
    local letter = terminals.letter
    local ed = C(letter ^ 1) / function(w) return #w > 4 and w:match "ed$" and "past" or false end
    local cue = terminals.any_of(words.future) * Cc "future" + terminals.any_of(words.past) * Cc "past" + terminals.any_of(words.present) * Cc "present"
    local item = Ct(Cp() * cue * Cp()) + Ct(Cp() * ed * Cp())
    local scan = Ct((item + (1 - letter)) ^ 0)

    -- Direction of the expression at first..last inside the sentence sentence_first..sentence_last: "past", "future" or nil.
    function tense.direction(text, sentence_first, sentence_last, first, last)
        local before = text:sub(math.max(sentence_first, first - 160), first - 1)
        local cues = scan:match(before)
        local left, left_distance
        for i = #cues, 1, -1 do
            if cues[i][2] then left, left_distance = cues[i][2], #before - cues[i][3] break end
        end
        local after = text:sub(last + 1, math.min(sentence_last, last + 80))
        local right, right_distance
        for _, c in ipairs(scan:match(after)) do
            if c[2] then right, right_distance = c[2], c[1] break end
        end
        if left and (not right or left_distance <= right_distance + 40) then
            return left ~= "present" and left or nil
        end
        if right and right ~= "present" then return right end
        return left and left ~= "present" and left or nil
    end
    return tense.direction
end

return tense
