-- Times of day in English: "10 p.m.", "10:30", "noon", "8 o'clock", "4 in the morning", and words for parts of the day.
-- The patterns capture the tail of a TIMEX3 value: "T22:00", "TNI".

local lpeg = require "lpeg"
local terminals = require "expressions.terminals"

local P, R, S, C, Cg, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cg, lpeg.Ct
local gap, digit, word_end, word = terminals.gap, terminals.digit, terminals.word_end, terminals.word

local clock = {}

local function named(name, pattern) return Cg(pattern, name) end
local function integer(s) return math.tointeger(tonumber(s)) end

local function time_text(t)
    local hour, half = t.h, t.half and t.half:lower():sub(1, 1)
    if hour > 24 or (half and hour > 12 and t.half) then return false end
    if half == "p" and hour < 12 then hour = hour + 12 elseif half == "a" and hour == 12 then hour = 0 end
    local out = ("T%02d"):format(hour)
    if t.min then
        if integer(t.min) > 59 then return false end
        out = out .. ":" .. t.min
    elseif t.half and t.dotted then
        out = out .. ":00"
    end
    if t.sec then out = out .. ":" .. t.sec end
    return out
end

function clock.build(L, N)
    local out = {}
    local hour = C(R "01" * digit + P "2" * R "04" + digit * -digit) / integer
    local minutes = S ":." * named("min", C(R "05" * digit)) * (P ":" * named("sec", C(R "05" * digit))) ^ -1
    local half = named("half", C(S "aApP")) * (P "." * gap ^ -1 * S "mM" * (P ".") ^ -1 * named("dotted", lpeg.Cc(true)) + S "mM" * word_end)
    local bare_half = named("half", C(S "ap")) * word_end
    -- "GMT", "Eastern Time", "Kabul time"
    local zone = gap * (P "(" ^ -1) * (L.zone / 0 + R "AZ" * R "az" ^ 1 * gap * word "time")
    local stop = -(digit + P ":" * digit)
    local meridian = Ct(named("h", hour) * minutes ^ -1 * ((gap + P "-") ^ -1 * half + bare_half)) / time_text
    local spoken = Ct(named("h", N.words) * ((gap + P "-") * named("min", word "thirty" / "30" + word "fifteen" / "15" + word "forty-five" / "45")) ^ -1 * gap * half) / time_text
    -- "13:00", "22:15:30", "8.30" only with am/pm
    local full = Ct(named("h", C(R "01" * digit + P "2" * R "03" + digit) / integer) * P ":" * named("min", C(R "05" * digit)) * (P ":" * named("sec", C(R "05" * digit))) ^ -1) * stop / time_text
    local military = C((R "01" * digit + P "2" * R "03") * P ":" ^ -1 * R "05" * digit) * #(gap * (word "GMT|UTC|hours|hrs")) * -digit / function(s) return "T" .. s:sub(1, 2) .. ":" .. s:sub(-2) end
        * ((gap * word "hours|hrs") ^ -1)
    out.hours = C((R "01" * digit + P "2" * R "03") * P ":" ^ -1 * R "05" * digit) * gap * word "hours|hrs" / function(t) return "T" .. t:sub(1, 2) .. ":" .. t:sub(-2) end
    local oclock = (N.words + hour) * gap * P "o" * terminals.apostrophe * P "clock" * word_end / function(h) return h <= 24 and ("T%02d:00"):format(h) or false end
    -- midnight ends its day ("midnight Friday"), but what comes "shortly after midnight" belongs to the new one
    local past_midnight = terminals.behind "after midnight|past midnight|since midnight"
    local names = (L.clock_word * past_midnight / function(v) return v == "24:00" and "T00:00" or "T" .. v end) + L.clock_word / function(v) return "T" .. v end
    -- "half past nine", "a quarter to six", "ten minutes past 4 p.m."
    local amount = word "half" * lpeg.Cc(30) + (word "a" * gap) ^ -1 * word "quarter" * lpeg.Cc(15) + N.number * gap * word "minutes"
    local to_hour = Ct(named("by", amount) * gap * named("to", word "past|after" * lpeg.Cc(1) + word "to|before" * lpeg.Cc(-1))
        * gap * named("h", N.words + hour) * -(gap * word "years|months|weeks|days|hours|minutes")
        * (gap * half) ^ -1) / function(t)
        if t.h > 12 or t.by > 59 then return false end
        local minute = t.to > 0 and t.by or 60 - t.by
        t.h, t.min = t.to > 0 and t.h or (t.h - 2) % 12 + 1, ("%02d"):format(math.tointeger(minute))
        return time_text(t)
    end
    local in_part = Ct(named("h", hour + N.words) * minutes ^ -1 * (gap * P "o" * terminals.apostrophe * P "clock") ^ -1 * gap * word "in" * gap * word "the" * gap
        * named("half", word "morning" * lpeg.Cc "a" + word "afternoon|evening" * lpeg.Cc "p") * named("dotted", lpeg.Cc(true))) / time_text
    -- "14.27 BST": a point only before a zone
    local pointed = Ct(named("h", C(R "01" * digit + P "2" * R "03" + digit) / integer) * P "." * named("min", C(R "05" * digit))) / time_text * zone
    -- "at 18.00": what ends there, or goes on as a day does, is no sum
    out.pointed_alone = Ct(named("h", C(R "01" * digit + P "2" * R "03") / integer) * P "." * named("min", C(R "05" * digit))) / time_text
        * #(gap ^ -1 * (S ",;:)" + P "." * -digit + -P(1)) + gap * word "on|in|local|and|until|till|when|for|the|he|she|they|it|with|after|before|from|hours|but|as" + gap * L.weekday)
    out.strict = pointed + (in_part + meridian + spoken + oclock + names + military + full + to_hour) * zone ^ -1
    -- needs a word like "at" before it, or a zone behind
    out.loose = full * zone ^ -1
    out.to_hour = to_hour
    -- "at 0530": with a nought that no sum has
    out.bare_military = C(P "0" * digit * R "05" * digit) * -digit / function(s) return "T" .. s:sub(1, 2) .. ":" .. s:sub(3, 4) end
    out.sure = (in_part + meridian + spoken + oclock + names + military) * zone ^ -1 + full * zone
    out.meridian = meridian
    out.hour = (hour + N.words) * -(digit)
    out.part = L.part / function(v) return "T" .. v end
    return out
end

return clock
