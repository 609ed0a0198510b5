-- Calendar dates in English: "October 6, 2020", "the 6th of October", "2020-10-06", "the third quarter of 1990",
-- "early March", "the 1980s". Every pattern captures one form (see forms.lua), or a list of forms with their places.

local lpeg = require "lpeg"
local calendar = require "lib.calendar"
local terminals = require "expressions.terminals"
local forms = require "expressions.forms"

local P, R, S, C, Cc, Cg, Cmt, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc, lpeg.Cg, lpeg.Cmt, lpeg.Cp, lpeg.Ct
local gap, digit, dash, word_end, word, letter = terminals.gap, terminals.digit, terminals.dash, terminals.word_end, terminals.word, terminals.letter

local function named(name, pattern) return Cg(pattern, name) end
local comma_gap = (gap ^ -1 * P ",") ^ -1 * gap
local function integer(s) return math.tointeger(tonumber(s)) end

local function century_of(year)
    if year >= 100 then return year end
    return year < 30 and 2000 + year or 1900 + year
end

local function day_form(t)
    if not t.d or t.d < 1 or t.d > 31 or (t.m and (t.m < 1 or t.m > 12)) then return false end
    return forms.with(forms.day(t.y, t.m, t.d), { weekday = t.wd })
end

local dates = {}

-- "October 6, 2020", "Friday, 09, April, 2021", "6 Oct", "the Fourth of July" (feasts aside)
local function written(L, N, out)
    local month = L.month + L.month_short * P "." ^ -1
    -- beside a number also "14 nov 2023"
    local beside = month + L.month_lower * P "." ^ -1
    local weekday = (word "this coming|this upcoming" * gap) ^ -1 * (L.weekday + L.weekday_short * P "." ^ -1) * (gap ^ -1 * P "," * gap ^ -1 + gap) * (word "the" * gap) ^ -1
    local lead = named("wd", weekday) ^ -1
    -- a number behind the day that makes it something else: "May 6,500", "June 3-2 win", "Oct. 6:30"
    local clean = -(P "," * digit * digit * digit) - S ":%" * digit - P "." * digit
    local comma = gap ^ -1 * P "," * gap ^ -1
    local year = named("y", N.year + N.year_old)
    local year_tail = ((comma + gap) * (word "of|in" * gap) ^ -1 * (word "the" * gap * word "year" * gap) ^ -1 * year) ^ -1
    out.month = month

    local month_first = lead * named("m", beside) * (gap * word "the" * gap + gap + P "-" * #digit) * named("d", N.day) * clean
    -- chat: "January twenty five nineteen eighty six" needs its year
    local spelled = named("m", month) * gap * named("d", N.day_words) * (comma + gap) * named("y", N.year_words)
        + named("d", N.day_words) * gap * named("m", month) * (comma + gap) * named("y", N.year_words)
    local day_first = lead * (word "the" * gap * #(digit + L.ordinal + L.tens)) ^ -1 * named("d", N.day)
        * (comma + gap * word "day" * gap * word "of" * gap + gap * word "of" * gap + gap + P "-") * named("m", beside)
    out.month_day = Ct(spelled) / day_form
        + Ct(month_first * year_tail) / day_form
        + Ct(day_first * (comma_gap * word "of" * gap * year + (comma + gap + P "-") * (word "in" * gap) ^ -1 * year) ^ -1) / day_form

    -- "October 4-6", "October 4, 5 and 6, 2020", "4-6 October", "4, 5 and 6 October": two days or more, each a row of its own
    local join = gap ^ -1 * (dash + P "/") * gap ^ -1 + gap * word "to|and|through|until|or" * gap + comma * (word "and" * gap) ^ -1
    local function item(day) return Ct(named("first", Cp()) * named("d", day) * named("last", Cp())) end
    local digits = N.day_digits * (word "st|nd|rd|th") ^ -1
    local other = join * item(digits * -(R("az", "AZ") + digit) * clean * -(gap * month))
    local range = lead * named("m", month) * gap * item(N.day) * other * other ^ -9 * year_tail
    local range_first = item(digits) * join * (item(digits) * join) ^ -9 * item(N.day) * (gap * word "of") ^ -1 * gap * named("m", month) * year_tail
    out.month_days = Ct((range + range_first) * named("ends", Cp())) / function(t)
        if t[1].d >= t[2].d then return false end
        local one, last
        for i, day in ipairs(t) do
            if i > 1 and day.d <= t[i - 1].d or day.d > 31 then break end
            local form = forms.day(t.y, t.m, day.d)
            form.first, form.last = day.first, i == #t and t.ends - 1 or day.last - 1
            if last then last.also = form else one, form.first = form, nil end
            last = form
        end
        return one
    end

    -- "(the night of) 12-13 February 1814", "February 12/13": one night, named by its first day
    local over = gap ^ -1 * (dash + P "/") * gap ^ -1 + gap * word "to|and" * gap
    local next_day = N.day_digits * (word "st|nd|rd|th") ^ -1 / 0
    out.night_days = Ct((word "from" * gap) ^ -1 * named("d", N.day_digits * (word "st|nd|rd|th") ^ -1) * over * next_day * gap * (word "of" * gap) ^ -1 * named("m", month) * year_tail
        + named("m", month) * gap * named("d", N.day_digits) * over * next_day * -(gap * month) * year_tail) / day_form

    -- "on the 15th": a day of the month at hand, where no noun follows ("on the 15th floor")
    local noun = gap * letter - gap * word "the|he|she|it|they|and|a|an|his|her|its|their|at|in|of|with|after|when|for|to|by|was|were|but|from|near|we"
    out.nth_day = Ct(word "on|by|until|till|since|from|to" * gap * named("first", Cp() * word "the" * gap) * named("d", N.day_digits * (P "st" + "nd" + "rd" + "th") * word_end)
        * -noun * -(gap * word "of")) / function(t)
            return { type = "DATE", form = "partial", value = ("XXXX-XX-%02d"):format(t.d), first = t.first }
        end

    -- "the morning of the 7th"
    out.numbered_day = word "the" * gap * N.day_ordinal * -noun * -(gap * word "of") / function(d)
        return d <= 31 and { type = "DATE", form = "partial", value = ("XXXX-XX-%02d"):format(d) }
    end

    -- "October 2020", "Oct. of 1987", "2017 april", "Dec-2018"
    out.month_year = Ct(named("m", beside) * (comma + gap * word "of|in" * gap + gap + S "-/") * year) / function(t) return t.y and forms.month(t.y, t.m) end
        + Ct(year * gap * named("m", month)) / function(t) return t.y and forms.month(t.y, t.m) end
    -- "October's", "in Oct."; "may", "march" only with a capital (the lexicon says so)
    out.bare_month = Ct(named("m", L.month + L.month_short * P ".")) / function(t)
        return forms.with(forms.month(nil, t.m), { guard = t.m == 3 and "march" or nil })
    end
    -- "Monday 21", "tuesday the eleventh": the weekday says no more than the day
    local closed = #(S ".,;:)?!\n" + gap * (word "at|of|in" + digit + N.words * gap * S "ap") + -P(1))
    out.day_of_month = (weekday / 0) * N.day_ordinal * closed / function(d) return { type = "DATE", form = "partial", value = ("XXXX-XX-%02d"):format(d) } end
end

-- "2020-10-06", "10/06/2020", "23.04.2022", "20201006", "2020/Oct/23"
local function numeric(L, N, out)
    local y4, two = C((P "1" * S "6789" + P "20" + P "21") * digit * digit) / integer, C(digit * digit ^ -1) / integer
    local exact = C(digit * digit) / integer
    local clean = -digit - S ".-/:" * digit
    local month = L.month + L.month_short + L.month_lower
    local weekday = (L.weekday + L.weekday_short * P "." ^ -1) / 0 * (gap ^ -1 * P "," * gap ^ -1 + gap)
    local stamp = P "T" * named("clock", C(digit * digit * ":" * digit * digit * (P ":" * digit * digit) ^ -1)) * P "Z" ^ -1
    local iso = Ct(named("y", y4) * P "-" * named("m", two) * P "-" * named("d", two) * stamp ^ -1 * clean)
        + Ct(named("y", y4) * P "/" * named("m", two) * P "/" * named("d", two) * clean)
        + Ct(named("y", y4) * P "." * named("m", exact) * P "." * named("d", exact) * clean)
        + Ct(named("y", C((P "19" + P "20") * digit * digit) / integer) * named("m", C(P "0" * R "19" + P "1" * R "02") / integer) * named("d", C(S "012" * digit + P "3" * S "01") / integer) * clean)
        + Ct(named("y", y4) * gap * named("m", exact) * gap * named("d", exact) * clean)
        + Ct(named("y", y4) * S "-/" * named("m", month) * S "-/" * named("d", two) * clean)
        + Ct(named("y", y4) * S "-/" * named("d", two) * S "-/" * named("m", month))
        + Ct(named("m", month) * P "-" * named("y", y4) * P "-" * named("d", two) * clean)
        + Ct(named("d", two) * S "-/" * named("m", month) * S "-/" * named("y", y4) * clean)
        + Ct(named("m", month) * S "-/" * named("d", two) * S "-/" * named("y", y4) * clean)
        + Ct(named("d", two) * P "-" * named("y", y4) * P "-" * named("m", month))
    local function either(sep_, year, order)
        return Ct(named("a", two) * P(sep_) * named("b", two) * P(sep_) * named("y", year) * named("order", Cc(order)) * clean)
    end
    local year = y4 + exact
    local slashes = either("/", year, "month") + either("-", y4, "month") + either(".", year, "day")
    local function checked(t)
        if t.a then
            t.m, t.d = t.a, t.b
            if t.order == "day" or t.m > 12 then t.m, t.d = t.d, t.m end
            t.y = century_of(t.y)
        end
        local form = day_form(t)
        if form and t.clock then return forms.at(form, "T" .. t.clock) end
        return form
    end
    -- "2020-W41", "2020-W41-3", "week 41 of 2020"
    local week = C(R "05" * digit) / integer * -digit
    out.iso_week = Ct((named("y", y4) * P "-W" * named("w", week) * (P "-" * named("d", C(R "17") / integer) * -digit) ^ -1)
        + word "week" * gap * named("w", two) * gap * word "of|in" * gap * named("y", y4)) / function(t)
        if t.w < 1 or t.w > 53 then return false end
        return forms.full(t.d and calendar.iso(calendar.monday(t.y, t.w) + t.d - 1) or ("%04d-W%02d"):format(t.y, t.w))
    end
    local month_only = Ct(named("y", y4) * S "-/" * named("m", two) * clean) + Ct(named("m", two) * S "-/" * named("y", y4) * clean)
    out.numeric = (iso + slashes) / checked
    out.weekday_numeric = weekday * (iso + slashes) / checked
    out.numeric_month = month_only / function(t) return t.m >= 1 and t.m <= 12 and forms.month(t.y, t.m) or false end
end

-- "1998", "fiscal 1990", "the year 2000", "1996-97", "the 1980s", "the '90s", "the nineties", "the 20th century"
local function years(L, N, out)
    local head = (word "fiscal|calendar|calendar year|fiscal year|the year|the year of|the fiscal year|the calendar year|year|school year" * gap) ^ -1
    local money = S "$%" + P "€" + P "£"
    -- "1800 block of Main Street", "2000 people", "1600 hours"
    local counted = gap * (L.counted / 0 + P "%")
    out.year = head * N.year_digits * -(P "," * digit + P "." * digit + S "/:" * digit + money) * -(R("az", "AZ")) * -counted / forms.year
    -- "in the year 843", "in 843": before the year 1000 only where a year is sure
    local early = C(R "19" * digit * digit) / integer * -(digit + S ",.:" * digit)
    out.year_early = word "the year|year" * gap * early * -counted / forms.year
        + terminals.behind "in |In |since |Since |until |Until " * early * #(S ".,;:)" + gap * word "the|he|she|they|his|her|and") / function(y)
            return forms.with(forms.year(y), { guard = "early_year" })
        end
    out.year_old = N.year_old / function(y) return forms.with(forms.year(y), { guard = "old_year" }) end
    out.year_era = N.year_era / forms.year
    -- "264-241 BC", "from 264 to 241 BC": both before Christ
    out.years_before = Ct(named("y", N.few) * named("last1", Cp()) * (gap ^ -1 * dash * gap ^ -1 + gap * word "to|and|until" * gap) * named("first2", Cp())
        * named("y2", N.few) * N.before * named("last2", Cp())) / function(t)
        if t.y <= t.y2 then return false end
        local one, two = forms.year(-t.y), forms.year(-t.y2)
        one.last, two.first, two.last, one.also = t.last1 - 1, t.first2, t.last2 - 1, two
        return one
    end
    out.year_spoken = (word "the year" * gap) ^ -1 * N.year_words / function(y) return y and forms.year(y) or false end
    -- "1996-97", "2005-06" (the year after), "2005-2010"; but "2020-10" is a month
    local later = Cmt(C(digit * digit * digit * digit) * dash * C(digit * digit * (digit * digit) ^ -1) * -digit, function(_, _, from, to)
        local first, second = integer(from), integer(to)
        if #to == 2 then second = first - first % 100 + second end
        return second > first and (#to == 4 or second % 100 > 12 or second == first + 1)
    end)
    out.year_range = Ct(#(P "1" * S "56789" + P "20") * #later * named("y", C(digit * digit * digit * digit) / integer) * named("last1", Cp()) * dash * named("first2", Cp())
        * named("y2", C(digit ^ -4) / integer) * named("last2", Cp())) / function(t)
        local second = t.y2 < 100 and t.y - t.y % 100 + t.y2 or t.y2
        local one, two = forms.year(t.y), forms.year(second)
        one.last, two.first, two.last, one.also = t.last1 - 1, t.first2, t.last2 - 1, two
        return one
    end
    local the = (word "the" * gap) ^ -1
    local phase = L.phase * (gap + P "-")
    -- "the 1860s"; "the 1700s" are a century
    local numeric_decade = C((P "1" * S "3456789" + P "20") * digit) * P "0" * terminals.apostrophe ^ -1 * S "sS" * word_end
        / function(d) return d:match "^(1%d)0$" or d end
        + terminals.apostrophe * C(R "29") * P "0" * S "sS" * word_end / function(d) return "19" .. d end
    local spoken = L.decade / function(d) return "19" .. (d // 10) end
    -- "the last half of the '80s"
    local half = word "first|early" * Cc "START" + word "second|last|latter" * Cc "END"
    local of_half = named("mod", half * gap * word "half|part|years" * gap * word "of") * gap
    local function phased(t) return forms.with(forms.full(t.v), { mod = t.mod }) end
    out.decade = Ct(the * (of_half * the) ^ -1 * named("mod", phase) ^ -1 * named("v", numeric_decade)) / phased
        + Ct((the * of_half) ^ -1 * word "the" * gap * named("mod", phase) ^ -1 * named("v", spoken)) / phased
    out.century = Ct(the * (of_half * the) ^ -1 * named("mod", phase) ^ -1 * named("n", N.ordinal) * (gap + P "-") * word "century|centuries" * named("bc", N.before * Cc(true)) ^ -1
        * (gap * word "AD|A.D.|CE") ^ -1) / function(t) return forms.with(forms.full((t.bc and "BC%02d" or "%02d"):format(t.n - 1)), { mod = t.mod }) end
end

-- "the third quarter of 1990", "last year's first quarter", "1988 third-quarter", "Q3 2020", "the second half", "summer 1998"
local function parts(L, N, out)
    local unit = word "quarter" * Cc "Q" + word "half" * Cc "H"
    local relative = word "this" * Cc(0) + word "last" * Cc(-1) + word "next" * Cc(1)
    local year_relative = named("rel", relative) * gap * word "year"
    local the = word "the" * gap
    local fiscal = (word "fiscal|latest|current|just-ended|recent" * gap) ^ -1
    local of_year = gap * (word "of" * gap) ^ -1 * (word "fiscal" * gap) ^ -1 * (named("y", N.year) + year_relative)
        + gap * word "of" * gap * word "the" * gap * word "year" * named("rel", Cc(0)) * named("near", Cc(true)) * -(gap * word "to|ended|ending|before|after|that|in")
    local possessive = terminals.apostrophe * S "sS"
    local function build(t)
        if t.n > (t.u == "Q" and 4 or 2) then return false end
        local code = t.u .. math.tointeger(t.n)
        if t.rel then return forms.shift("Y", t.rel, "-" .. code, t.near and "near" or nil) end
        return forms.part_of_year(t.y, code)
    end
    local words = (named("n", N.ordinal) * (gap * (terminals.word "fiscal" * gap) ^ -1 + P "-") + word "fiscal-" * named("n", N.ordinal) * gap) * named("u", unit)
        + word "last|latter" * gap * word "half" * #of_year * named("n", Cc(2)) * named("u", Cc "H")
    local before = (named("y", N.year) * possessive ^ -1 + year_relative * possessive) * gap * fiscal * words
    local quarters = the ^ -1 * before + (the ^ -1 * fiscal * words * of_year)
        + the * fiscal * named("n", N.ordinal) * gap * named("u", unit) * -(gap * word "of" * gap * word "the" * gap * word "(game|match)")
        + fiscal * words
    local short = named("u", S "qQ" * Cc "Q") * named("n", C(R "14") / integer) * word_end * (gap * named("y", N.year)) ^ -1
        + named("n", C(R "14") / integer) * named("u", P "Q" * Cc "Q") * word_end * (gap * named("y", N.year)) ^ -1
    out.quarter = Ct(quarters + short) / build
    -- "first two quarters of 1990" is its first half
    out.quarters = Ct((the) ^ -1 * named("w", word "first" * Cc "1" + word "last|final" * Cc "2") * gap * word "two" * gap * word "quarters" * of_year)
        / function(t) if t.rel then return forms.shift("Y", t.rel, "-H" .. t.w) end return forms.part_of_year(t.y, "H" .. t.w) end

    local season = named("s", L.season)
    out.season = Ct(the ^ -1 * named("mod", L.phase * (gap + P "-")) ^ -1 * season
        * (comma_gap * (word "of|in" * gap) ^ -1) * (named("y", N.year + N.year_old) * ((dash + P "/") * digit ^ 2 * -digit) ^ -1 + year_relative)) / function(t)
        local form = t.rel and forms.shift("Y", t.rel, "-" .. t.s) or forms.part_of_year(t.y, t.s)
        return forms.with(form, { mod = t.mod })
    end
    out.season_alone = Ct(word "the" * gap * named("mod", L.phase * (gap + P "-")) ^ -1 * season + named("mod", L.phase * (gap + P "-")) * season)
        / function(t) return forms.with(forms.part_of_year(nil, t.s), { mod = t.mod, guard = t.s == "FA" and "fall" or nil }) end
    out.nth_week = Ct(the ^ -1 * named("n", N.ordinal + word "last" * Cc(-1)) * gap * word "week" * gap * word "of|in" * gap * named("y", N.year)) / function(t)
        if t.n == -1 then t.n = 52 end
        return forms.full(("%04d-W%02d"):format(t.y, t.n))
    end
    out.nth_month = Ct(the ^ -1 * named("n", N.ordinal) * gap * word "month" * gap * word "of" * gap * (named("y", N.year) + year_relative)) / function(t)
        if t.n > 12 then return false end
        return t.rel and forms.shift("Y", t.rel, ("-%02d"):format(t.n)) or forms.month(t.y, t.n)
    end
end

-- "Christmas Eve", "last Thanksgiving", "Easter 2018", "Independence Day of this year"
local function feasts(L, N, out)
    local step = word "last|previous|this past" * Cc(-1) + word "next|following|this coming" * Cc(1) + word "this" * Cc(0)
    local relative = word "this" * Cc(0) + word "last" * Cc(-1) + word "next" * Cc(1)
    local tail = (comma_gap * (word "of|in" * gap) ^ -1) * (named("y", N.year) + named("rel", relative) * gap * word "year")
    local week = gap * (word "week" * Cc "W" + word "weekend" * Cc "WE")
    local of_year = named("rel", relative) * gap * word "year" * terminals.apostrophe * S "sS" * gap
    out.feast = Ct((of_year + named("step", step) * gap) ^ -1 * named("rule", L.feast) * named("week", week) ^ -1 * tail ^ -1) / function(t)
        local form = forms.feast(t.rule, t.y, t.step)
        form.unit = t.week or form.unit
        if t.rel then form.shift, form.unit = t.rel, "Y" end
        return form
    end
end

function dates.build(L, N)
    local out = {}
    written(L, N, out)
    numeric(L, N, out)
    years(L, N, out)
    parts(L, N, out)
    feasts(L, N, out)
    return out
end

return dates
