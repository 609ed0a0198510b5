-- Numbers as English newspapers write them, in digits and in words. Each pattern captures one number.

local lpeg = require "lpeg"
local terminals = require "expressions.terminals"

local P, R, S, C, Cc, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc, lpeg.Ct
local gap, digit, hyphen, word_end = terminals.gap, terminals.digit, terminals.hyphen, terminals.word_end

local numbers = {}

-- Value of a row of number words: { 2, 100, 4 } is 204, { 20, 4 } is 24, { 2, 1000, 15 } is 2015.
local function sum(values)
    local total, group = 0, 0
    for _, v in ipairs(values) do
        if v == 100 then
            group = math.max(group, 1) * 100
        elseif v >= 1000 then
            total, group = total + math.max(group, 1) * v, 0
        else
            group = group + v
        end
    end
    return total + group
end

-- What may follow a year of four figures that would be a count otherwise: "in 1348 and", but not "in 1348 homes".
local following_words = "and|but|when|while|as|he|she|it|they|we|the|a|an|to|for|with|of|after|before|at|on|in|by|that|which|who|was|were|had|until|\z
    through|under|from|his|her|its|their|because|or|than"

local fractions = { ["½"] = 0.5, ["¼"] = 0.25, ["¾"] = 0.75, ["1/2"] = 0.5, ["1/4"] = 0.25, ["3/4"] = 0.75, ["1/3"] = 0.33, ["2/3"] = 0.67 }

-- lexicon: classes small (0..19), tens, scale (hundred, thousand), ordinal, month…
function numbers.build(lexicon)
    local n = {}

    -- "24", "1,500", "3.5", "2 1/2", "½"
    local plain = digit ^ 1 * (P "," * digit * digit * digit) ^ 0
    local fraction = P "½" + "¼" + "¾" + (S "13" * P "/" * S "24" + P "1/3" + P "2/3") * -digit
    n.digits = C(plain) / function(s) return math.tointeger(tonumber((s:gsub(",", "")))) end
    local decimal = C(plain * P "." * digit ^ 1) / function(s) return tonumber((s:gsub(",", ""))) end
    local mixed = n.digits * (gap + hyphen) * (C(fraction) / fractions) / function(a, b) return a + b end
    local written = decimal + mixed + C(fraction) / fractions + n.digits

    -- "twenty-four", "one hundred and five", "two thousand"
    local link = hyphen + gap * (terminals.word "and" * gap) ^ -1
    local tens = lexicon.tens * ((hyphen + gap) * lexicon.small) ^ -1
    local unit = tens + lexicon.small
    -- bounded, so that a page of number words costs no more than its length
    local hundreds = unit * gap * lexicon.scale * (gap * lexicon.scale) ^ -2 * (link * unit * (gap * lexicon.scale) ^ -2) ^ -5
    n.words = Ct(hundreds + unit) / sum
    n.number = written + n.words

    -- "3rd", "third", "twenty-first"
    local suffix = (S "sS" * S "tT" + S "nN" * S "dD" + S "rR" * S "dD" + S "tT" * S "hH")
    local tens_ordinal = lexicon.tens * (hyphen + gap) * lexicon.ordinal / function(a, b) return a + b end
    n.ordinal = n.digits * suffix * word_end + tens_ordinal + lexicon.ordinal

    -- Day of a month: "6", "06", "6th", "sixth", "twenty-fifth"; spelled without ordinal: "January twenty five".
    local two = C(S "12" * digit + P "3" * S "01" + P "0" ^ -1 * R "19") / function(s) return math.tointeger(tonumber(s)) end
    n.day_digits = two * -digit
    n.day = two * (suffix * word_end + -(digit + R("az", "AZ"))) + tens_ordinal + lexicon.ordinal
    n.day_ordinal = two * suffix * word_end + tens_ordinal + lexicon.ordinal
    n.day_words = tens / function(a, b) return a + (b or 0) end + lexicon.small

    -- Years: "1998", "'98", "nineteen ninety-seven", "two thousand and fifteen"
    n.year_digits = C((P "1" * S "56789" + P "20" + P "21") * digit * digit) / function(s) return math.tointeger(tonumber(s)) end * -digit
    n.year_short = terminals.apostrophe * C(digit * digit) * -(digit + R("az", "AZ"))
        / function(s) local y = math.tointeger(tonumber(s)) return y < 30 and 2000 + y or 1900 + y end
    local spoken = C(terminals.word "sixteen|seventeen|eighteen|nineteen|twenty") * gap
        * ((terminals.word "hundred" * gap * (terminals.word "and" * gap) ^ -1) ^ -1 * (tens / function(a, b) return a + (b or 0) end + lexicon.small))
    local spoken_values = { sixteen = 1600, seventeen = 1700, eighteen = 1800, nineteen = 1900, twenty = 2000 }
    n.year_words = spoken / function(c, v) return v > 9 and spoken_values[c:lower()] + v or false end
        + terminals.word "two" * gap * terminals.word "thousand" * ((gap * terminals.word "and") ^ -1 * gap * n.words + Cc(0))
        / function(v) return v < 100 and 2000 + v or false end
    -- "480 BC", "AD 43", "79 CE": years before Christ are negative here
    local few = C(R "19" * digit ^ -3) / function(s) return math.tointeger(tonumber(s)) end * -(digit + S ",.:" * digit)
    local before = gap ^ -1 * terminals.any_of { "BC", "BCE", "B.C.", "B.C.E." }
    local since = gap ^ -1 * terminals.any_of { "AD", "CE", "A.D.", "C.E." }
    n.year_era = few * before / function(y) return -y end + few * since + terminals.any_of { "AD", "A.D." } * gap * few
    n.before = before
    n.few = few
    -- "1066", "1348": of the middle ages, unless it counts something
    local plain_word = terminals.word(following_words)
    n.year_old = C(P "1" * R "04" * digit * digit) / function(s) return math.tointeger(tonumber(s)) end * -(digit + S ",.:" * digit + S "%" + P "\194\176")
        * (#(gap * (R "AZ" + plain_word)) + -(gap ^ -1 * (digit + terminals.letter + S "-$")))
    n.year = n.year_era + n.year_digits + n.year_short + n.year_words
    return n
end

return numbers
