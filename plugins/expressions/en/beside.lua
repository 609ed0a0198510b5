-- Days that are named by another day or by their place in a month: "the eve of May 9", "the day after Christmas", "the last Sunday in March",
-- "the first week of April", "two Sundays ago", "Tuesday last", "this time last year"; and habits: "most nights".

local lpeg = require "lpeg"
local calendar = require "lib.calendar"
local terminals = require "expressions.terminals"
local forms = require "expressions.forms"

local P, S, V, Cc, Cg, Ct = lpeg.P, lpeg.S, lpeg.V, lpeg.Cc, lpeg.Cg, lpeg.Ct
local gap, word = terminals.gap, terminals.word

local function named(name, pattern) return Cg(pattern, name) end

local beside = {}

-- What ends an expression: a mark, or a word with which the sentence goes on.
local goes_on = #(gap ^ -1 * (S ".,;:!?)" + -P(1)) + gap * word "and|but|at|in|on|when|to|for|he|she|it|they|we|the|was|were|had|that|as|with|after|before|while")

local function days_off(t) return forms.days_off(t.day, t.n) end

local function by_day(M, out)
    local day = (word "the" * gap) ^ -1 * named("day", V "D_numeric" + V "D_month_day" + V "D_feast" + M.weekday + M.deictic)
    -- "on the eve of the May 9 parade"
    out.eve = Ct((word "the" * gap) ^ -1 * word "eve" * gap * word "of" * named("n", Cc(-1)) * gap * day) / days_off
    -- "the day after Christmas"
    out.day_beside = Ct(word "the" * gap * word "day" * gap * named("n", word "before" * Cc(-1) + word "after" * Cc(1)) * gap * day) / days_off
        -- "the same day last week"
        + Ct(word "the same day" * gap * named("n", word "last" * Cc(-7) + word "next" * Cc(7)) * gap * word "week") / function(t) return forms.shift("D", t.n) end
    -- "the week before last"
    local unit = word "week" * Cc "W" + word "weekend" * Cc "WE" + word "month" * Cc "M" + word "year" * Cc "Y" + word "night" * Cc "NI"
    out.before_last = Ct(word "the" * gap * named("unit", unit) * gap * named("n", word "before last" * Cc(-2) + word "after next" * Cc(2))) / function(t)
        if t.unit == "NI" then return forms.with(forms.shift("D", t.n), { type = "TIME", clock = "TNI" }) end
        return forms.shift(t.unit == "WE" and "W" or t.unit, t.n, t.unit == "WE" and "-WE" or nil)
    end
end

local function by_month(L, N, month, out)
    local year = ((gap ^ -1 * P ",") ^ -1 * gap * (word "of" * gap) ^ -1 * named("y", N.year)) ^ -1
    local of_month = gap * word "of|in" * gap * named("m", month) * year
    local which = word "the" * gap * named("n", N.ordinal + word "last" * Cc(-1))
    -- "the last Sunday in March", "the second weekend of May"
    out.weekday_of_month = Ct(which * gap * (named("d", L.weekday) + word "weekend" * named("unit", Cc "WE")) * of_month) / function(t)
        if t.n > 5 then return false end
        return forms.with(forms.feast(("%d:%d:%d"):format(t.m, t.d or 6, t.n), t.y), { unit = t.unit })
    end
    -- "the first week of April" is the one that its 4th lies in, "the last week" that of the last day but three
    out.week_of_month = Ct(which * gap * named("unit", word "week" * Cc "W" + word "day" * Cc "D") * of_month) / function(t)
        local days = calendar.days_in_month(t.y or 2001, t.m)
        local day = t.unit == "D" and (t.n == -1 and days or t.n) or t.n == -1 and days - 3 or 7 * t.n - 3
        if day < 1 or day > days then return false end
        return forms.with(forms.day(t.y, t.m, day), { tail = t.unit == "W" and "W" or nil })
    end
end

local function by_weekday(L, N, clock, out)
    -- "two Sundays ago", "three Fridays from now"
    out.weekdays_ago = Ct(named("n", N.number) * gap * named("d", L.weekdays) * gap * named("step", word "ago|back" * Cc(-1) + word "from now|hence" * Cc(1))) / function(t)
        if math.type(t.n) ~= "integer" or t.n < 1 or t.n > 50 then return false end
        return forms.with(forms.weekday(t.d, t.step), { tail = t.n > 1 and ("%+d"):format(t.step * 7 * (t.n - 1)) or nil })
    end
    -- "Tuesday last", "Friday's early hours"
    out.weekday_last = Ct(named("d", L.weekday) * gap * word "last" * goes_on) / function(t) return forms.weekday(t.d, -1) end
    local small_hours = word "early|small|wee|first|predawn|pre-dawn" * gap * word "hours" * Cc "TMO"
    out.weekday_hours = Ct(named("d", L.weekday) * terminals.apostrophe * S "sS" * gap * named("part", small_hours)) / function(t)
        return forms.at(forms.weekday(t.d), t.part)
    end
    -- "this time last year"
    local unit = word "year" * Cc { "M", 12 } + word "month" * Cc { "M", 1 } + word "week" * Cc { "D", 7 }
    out.this_time = Ct((word "at" * gap) ^ -1 * word "this time" * gap * named("n", word "last" * Cc(-1) + word "next" * Cc(1)) * gap * named("unit", unit)) / function(t)
        return forms.shift(t.unit[1], t.n * t.unit[2])
    end
    -- "most nights", "most Fridays"
    local habit = named("value", word "days" * Cc "P1D" + word "weeks" * Cc "P1W" + word "months" * Cc "P1M" + word "years" * Cc "P1Y" + word "weekends" * Cc "XXXX-WXX-WE"
        + word "nights" * Cc "XXXX-XX-XXTNI" + word "mornings" * Cc "XXXX-XX-XXTMO" + word "afternoons" * Cc "XXXX-XX-XXTAF" + word "evenings" * Cc "XXXX-XX-XXTEV")
        + named("d", L.weekdays) * (gap * named("part", clock.part)) ^ -1
    out.most = Ct(word "most" * gap * habit) / function(t)
        return forms.set(t.value or ("XXXX-WXX-%d%s"):format(t.d, t.part or ""), "MOST")
    end
end

function beside.build(L, N, M, clock, month)
    local out = {}
    by_day(M, out)
    by_month(L, N, month, out)
    by_weekday(L, N, clock, out)
    return out
end

return beside
