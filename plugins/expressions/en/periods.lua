-- Days and periods that are named from where the writer stands: "today", "last week", "this year's", "the following month",
-- "on Tuesday", "the quarter", "recently".

local lpeg = require "lpeg"
local terminals = require "expressions.terminals"
local forms = require "expressions.forms"

local P, S, V, Cc, Cg, Ct = lpeg.P, lpeg.S, lpeg.V, lpeg.Cc, lpeg.Cg, lpeg.Ct
local gap, word = terminals.gap, terminals.word
local hyphen = terminals.hyphen

local function named(name, pattern) return Cg(pattern, name) end

local periods = {}

-- A unit moved by a count: weekends and parts of the day hang on a week or a day.
local function shifted(unit, count, base)
    if unit == "WE" and base then return forms.shift("W", count, "-WE", base) end
    if unit == "WE" then return { type = "DATE", form = "partial", value = "XXXX-WXX-WE", step = count } end
    if unit == "FN" then return forms.shift("W", 2 * count, nil, base) end
    if unit == "NI" then return forms.with(forms.shift("D", count, nil, base), { type = "TIME", clock = "TNI" }) end
    if unit == "DE" or unit == "CE" or unit == "ML" then return forms.shift(unit, count, nil, base) end
    local form = forms.shift(unit, count, nil, base)
    if unit == "H" or unit == "Min" or unit == "S" then form.type = "TIME" end
    return form
end

local function days(L, N, clock, out)
    out.deictic = (L.deictic / function(v) return tonumber(v:match ":(.*)") end) / function(n)
        return forms.with(forms.shift("D", math.tointeger(n)), { guard = n == 0 and "today" or nil })
    end
    local weekday = L.weekday + L.weekday_bare * P "." ^ -1
    local step = word "last|past|this past" * Cc(-1) + word "next" * Cc(1) + word "this coming|this upcoming|upcoming|coming" * Cc(2) + word "this" * Cc(0)
        + word "the previous|the preceding|the prior" * Cc(-3) + word "the following|the next|following" * Cc(3) + word "the same|that same|that" * Cc(4)
    out.weekday = Ct((named("step", step) * gap) ^ -1 * named("d", weekday)) / function(t)
        local form = forms.weekday(t.d, t.step)
        if t.step and (t.step == 3 or t.step == -3 or t.step == 4) then form.base, form.step = "previous", t.step == 4 and 0 or t.step // 3 end
        return form
    end
    -- "Wednesday next week", "next week Wednesday", "tuesday of last week"
    local week = word "last|previous" * Cc(-1) + word "next|following" * Cc(1) + word "this" * Cc(0)
    local in_week = named("d", weekday) * (gap * named("part", clock.part)) ^ -1 * gap * (word "of|in" * gap) ^ -1 * named("step", week) * gap * word "week"
        + named("step", week) * gap * word "week" * gap ^ -1 * P "-" ^ -1 * gap ^ -1 * (word "on" * gap) ^ -1 * named("d", L.weekday)
    out.week_day = Ct(in_week) / function(t)
        local form = forms.shift("W", t.step, "-" .. t.d)
        return t.part and forms.at(form, t.part) or form
    end
    -- "the next day", "the following day", "the day before", "that day", "the same day"
    out.narrative_day = Ct(word "the" * gap * (word "very" * gap) ^ -1 * (word "next|following" * named("n", Cc(1)) + word "previous|preceding" * named("n", Cc(-1))) * gap * word "day")
        / function(t) return forms.shift("D", t.n, nil, "previous") end
        + word "the" * gap * word "day" * gap * word "before" * -(gap * word "the|a|he|she|they|his|her|its|it") * Cc(0) / function() return forms.shift("D", -1, nil, "previous") end
        + word "the" * gap * word "day" * gap * word "after" * -(gap * word "the|a|he|she|they|his|her|its|it") * Cc(0) / function() return forms.shift("D", 1, nil, "previous") end
        + word "the same|that same|that|the very same" * gap * word "day" * Cc(0) / function() return forms.shift("D", 0, nil, "previous") end
end

local function units(L, N, out)
    local step = word "this|the current|current" * named("n", Cc(0)) + word "last" * named("n", Cc(-1)) + word "next" * named("n", Cc(1))
        + word "this coming|the coming|coming|the upcoming|upcoming" * named("n", Cc(1))
    local fiscal = (word "fiscal|calendar|working|work|business|school|academic|financial" * gap) ^ -1
    local unit = named("unit", L.unit - word "second|minute") * -(hyphen * terminals.letter)
    local year_unit = fiscal * unit + word "workweek" * named("unit", Cc "W")
    out.relative = Ct(step * gap * year_unit) / function(t)
        if t.unit == "NI" and t.n == 0 then return forms.with(forms.shift("D", 0), { type = "TIME", clock = "TNI" }) end
        return forms.with(shifted(t.unit, t.n), { guard = "title" })
    end
    -- "over the past year", "for the last week": how long, up to now
    out.past_period = Ct((word "the last" + (word "the" * gap) ^ -1 * word "past|this past|latest") * gap * unit) / function(t)
        return forms.duration { { 1, t.unit } }
    end
    -- "the previous year", "the following month", "that year", "the same period"
    local narrative = word "the" * gap * (word "previous|preceding|prior" * named("n", Cc(-1)) + word "following|next|subsequent|ensuing" * named("n", Cc(1)))
        + word "previous|following" * named("n", Cc(0)) * P(false)
        + word "that|that same|the same" * named("n", Cc(0))
    out.narrative = Ct(narrative * gap * fiscal * unit) / function(t) return shifted(t.unit, t.n, "previous") end
    -- "in the days ahead", "the weeks that followed", "the months before the vote": how long
    local around = gap * (word "ahead|afterward|afterwards|afterwards|that followed|to come|since|before|after|leading up to|following|preceding|prior to|thereafter|between")
    out.around = Ct(word "the" * gap * named("unit", L.units) * #around * (gap * word "ahead|to come") ^ -1) / function(t) return forms.duration { { "X", t.unit } } end
    -- "the week of March 15", "the week ending February 20", "the month of May"
    local of = gap * (word "of" + word "ending|ended|beginning|starting|commencing" * (gap * word "on") ^ -1) * gap
    out.week_of = Ct(word "the" * gap * (word "week" + word "weekend" * named("tail", Cc "W-WE")) * of * named("day", V "D_month_day" + V "D_numeric")) / function(t)
        local day = t.day
        if not day or day.form ~= "full" and day.form ~= "partial" then return false end
        return forms.with(day, { tail = t.tail or "W" })
    end
    out.month_of = word "the" * gap * word "month" * gap * word "of" * gap * (V "D_month_year" + V "D_bare_month")
    -- "the week before", "the year after": of the date that the story is at, unless something follows ("the year before he died")
    local stop = #(gap ^ -1 * (S ".,;:)" + P "\226\128\148" + -P(1)) + gap * word "and|but|in|at|on|when")
    local aside = gap * (word "before|earlier" * named("n", Cc(-1)) + word "after|later" * named("n", Cc(1))) * stop
    out.beside = Ct(word "the" * gap * unit * aside) / function(t) return shifted(t.unit, t.n, "previous") end
    out.loose_narrative = Ct((word "previous|preceding|prior" * named("n", Cc(-1)) + word "following" * named("n", Cc(1))) * gap * fiscal * unit)
        / function(t) return shifted(t.unit, t.n, "previous") end
    -- "the week", "the quarter", "the year": what lies at hand
    local ended = #(gap * word "ended|ending|to end") * Cc(true)
    out.at_hand = Ct(word "the" * gap * (named("fiscal", word "fiscal|full|calendar") * gap) ^ -1 * unit * named("ended", ended) ^ -1) / function(t)
        local form
        -- "for the year ended March 31": a span of accounts
        if t.ended and t.unit == "Y" then return forms.duration { { 1, "Y" } } end
        if t.unit == "Q" then form = forms.shift("Q", 0, t.ended and "ended" or nil, "quarter") else form = shifted(t.unit, 0) end
        if t.unit == "WE" then form.step = nil elseif t.unit ~= "Q" then form.base = "near" end
        return forms.with(form, { guard = "at_hand" })
    end
    -- "the latest quarter", "the most recent fiscal year"
    out.latest = Ct(word "the" * gap * word "latest|most recent|just-ended|recent" * gap * fiscal * (unit + word "period" * named("unit", Cc "Q"))) / function(t)
        if t.unit == "Q" then return forms.shift("Q", 0, nil, "quarter") end
        return shifted(t.unit, t.unit == "Y" and -1 or 0)
    end
    -- "the year-ago quarter", "year-earlier", "the corresponding period last year", "the 1988 quarter"
    local year_ago = word "year" * (hyphen + gap) * word "ago|earlier|before" + word "year-ago|year-earlier"
    local period = (word "fiscal" * gap) ^ -1 * (named("q", N.ordinal) * (gap + hyphen) * word "quarter" + word "quarter" * named("q", Cc(false)) + word "period")
    local function year_ago_form(t)
        if t.q and t.q <= 4 then return { type = "DATE", form = "partial", value = "XXXX-Q" .. t.q, step = -1, base = "quarter" } end
        if t.q == false then return forms.shift("Q", -4, nil, "quarter") end
        return forms.shift("Y", -1, nil, "quarter")
    end
    local comparable = (word "comparable|corresponding|same|like|similar" * gap) ^ -1
    out.year_ago = Ct(word "the|a" * gap * comparable * year_ago * gap * period + year_ago * gap * period + year_ago
        + word "the" * gap * comparable * period * gap * word "a" * gap * year_ago) / year_ago_form
    local like = word "corresponding|same|comparable|like|similar|identical" * gap
    out.same_period = Ct(word "the" * gap * like * (word "year-earlier|year-ago" * gap) ^ -1 * (word "period|quarter|three months|time") * gap
        * (word "of|in|a" * gap) ^ -1 * (word "last year|year ago|year earlier" + word "the" * gap * word "previous|prior" * gap * word "year")) / year_ago_form
        + Ct(word "last year" * terminals.apostrophe * S "sS" * gap * (word "quarter|period" + word "same" * gap * word "quarter|period")) / year_ago_form
        + word "this year" * terminals.apostrophe * S "sS" * gap * word "quarter|period" * Cc(0) / function() return forms.shift("Q", 0, nil, "quarter") end
    out.year_quarter = Ct(word "the" * gap * named("y", N.year_digits) * gap * word "quarter|period") / function(t)
        return { type = "DATE", form = "partial", value = ("%04d-QX"):format(t.y), base = "quarter" }
    end
    -- "by year-end" is a day of accounts, "at the year end" a stretch of time
    out.year_end = Ct((named("n", word "this" * Cc(0) + word "last" * Cc(-1) + word "next" * Cc(1)) * gap) ^ -1
        * word "year" * (hyphen * named("day", Cc "-12-31") + terminals.apostrophe * S "sS" * gap + gap) * word "end") / function(t)
        return forms.with(forms.shift("Y", t.n or 0, t.day), { mod = "END" })
    end
    out.to_date = word "year-to-date|year to date" * Cc(0) / function() return forms.shift("Y", 0) end
end

-- "last spring", "this fall", "last April", "next January"
local function named_periods(L, N, month, out)
    local step = word "last|this past|past" * Cc(-1) + word "next|this coming|coming" * Cc(1) + word "this" * Cc(0)
    -- "that winter", "the following spring", "the same June": of the date that the story is at
    local told = word "that same|that|the same" * Cc(0) + word "the following|the next|the ensuing|the coming" * Cc(1) + word "the previous|the preceding|the prior" * Cc(-1)
    local stepped = named("step", word "the coming" * Cc(1)) + named("told", told) + named("step", step)
    local function of_step(form, t)
        if t.told then form.base = "previous" end
        return forms.with(form, { step = t.told or t.step })
    end
    out.step_season = Ct(stepped * gap * named("s", L.season)) / function(t) return of_step(forms.part_of_year(nil, t.s), t) end
    out.step_month = Ct(stepped * gap * named("m", month)) * -(gap * terminals.digit * terminals.digit ^ -1 * -terminals.digit) / function(t)
        return of_step(forms.month(nil, t.m), t)
    end
    -- "the following May 15"
    out.step_day = Ct(named("told", told) * gap * (named("m", month) * gap * named("d", N.day) + named("d", N.day) * gap * (word "of" * gap) ^ -1 * named("m", month))) / function(t)
        if t.d > 31 then return false end
        return of_step(forms.day(nil, t.m, t.d), t)
    end
    -- "the autumn of the same year", "in March of the following year", "the spring of that year"
    local told_year = word "that same|that|the same" * Cc(0) + word "the following|the next" * Cc(1) + word "the previous|the preceding" * Cc(-1)
    out.part_of_told = Ct((word "the" * gap) ^ -1 * (named("s", L.season) + named("m", month) * (gap * named("d", N.day)) ^ -1 + named("d", N.day) * gap * (word "of" * gap) ^ -1 * named("m", month))
        * gap * (word "of|in" * gap) ^ -1 * named("n", told_year) * gap * word "year") / function(t)
        if t.d and t.d > 31 then return false end
        return forms.shift("Y", t.n, t.s and "-" .. t.s or t.d and ("-%02d-%02d"):format(t.m, t.d) or ("-%02d"):format(t.m), "previous")
    end
    -- "March this year", "in March of last year"
    local relative = word "this" * Cc(0) + word "last" * Cc(-1) + word "next" * Cc(1)
    out.month_of_year = Ct(named("m", month) * (gap * named("d", N.day)) ^ -1 * (P "," ^ -1) * gap * (word "of|in" * gap) ^ -1 * named("n", relative) * gap * word "year") / function(t)
        return forms.shift("Y", t.n, t.d and ("-%02d-%02d"):format(t.m, t.d) or ("-%02d"):format(t.m))
    end
end

-- "now", "currently", "recently", "in the future"
local function references(L, out)
    -- "may one day return"; elsewhere "one day" is how long
    local may = terminals.behind "will |would |could |should |may |might "
    out.some_day = (word "someday|some day" + may * word "one day") / function() return forms.ref "FUTURE_REF" end
    out.reference_adverb = (L.present + L.past) / function(v) return forms.with(forms.ref(v), { guard = "reference" }) end
    out.reference = (L.present + L.past + L.future) / function(v) return forms.with(forms.ref(v), { guard = "reference" }) end
        + (L.present_adjective + L.past_adjective) / function(v) return forms.with(forms.ref(v), { guard = "adjective" }) end
end

function periods.build(L, N, clock, month)
    local out = {}
    days(L, N, clock, out)
    units(L, N, out)
    named_periods(L, N, month, out)
    references(L, out)
    return out
end

return periods
