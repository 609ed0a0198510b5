-- The English grammar put together: which expression is tried before which, and how days take times of day and phases
-- ("early", "the end of").

local lpeg = require "lpeg"
local terminals = require "expressions.terminals"
local forms = require "expressions.forms"
local scanner = require "expressions.scanner"
local numbers = require "expressions.en.numbers"
local dates = require "expressions.en.dates"
local clocks = require "expressions.en.clock"
local durations = require "expressions.en.durations"
local periods = require "expressions.en.periods"
local beside = require "expressions.en.beside"
local starters = require "expressions.en.starters"

local P, R, S, V, Cc, Cg, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.V, lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Ct
local gap, word, digit, letter = terminals.gap, terminals.word, terminals.digit, terminals.letter

local function named(name, pattern) return Cg(pattern, name) end

local grammar = {}

-- A table of patterns whose uses refer to a rule of the grammar instead of copying it.
local function as_rules(patterns, prefix, rules)
    local names = {}
    for name in pairs(patterns) do names[#names + 1] = name end
    table.sort(names)
    local refer = {}
    for _, name in ipairs(names) do
        if lpeg.type(patterns[name]) then
            rules[prefix .. name] = patterns[name]
            refer[name] = V(prefix .. name)
        end
    end
    return refer
end

local function choice(from, list)
    local result
    for name in list:gmatch "%S+" do
        assert(from[name], name)
        result = result and result + from[name] or from[name]
    end
    return result
end

-- "Tuesday at 9 p.m.", "9 a.m. EST Tuesday", "Monday morning", "the night of Oct. 6", "late Tuesday", "overnight Tuesday"
local function timed(rules, L, C, word_phase)
    local day, clock, part = V "day", V "clock", V "part"
    local on = (gap * word "on|of" * gap + gap ^ -1 * P "," * gap ^ -1 * (word "on" * gap) ^ -1 + gap)
    local at = (gap * P "@" * gap + (gap ^ -1 * P ",") ^ -1 * gap * (word "at|around|about|by" * gap) ^ -1)
    local function on_day(t)
        if not t.day or t.clock == false then return false end
        local form = t.day
        local tail = t.clock or t.part
        -- "at 2:41 on the afternoon of 7 May"
        local hour = t.of and t.clock and tonumber(t.clock:match "^T(%d%d)")
        if hour and hour > 0 and hour < 12 and (t.of == "TAF" or t.of == "TEV" or t.of == "TNI" and hour > 5) then tail = ("T%02d"):format(math.tointeger(hour) + 12) .. t.clock:sub(4) end
        if tail then
            if form.type ~= "DATE" or (form.value and #form.value < 9 and form.form ~= "feast") then return false end
            form = forms.at(form, tail)
        end
        if t.mod then form.mod = t.mod end
        return form
    end
    local the_part = (word "the" * gap) ^ -1 * (word "early|late" * gap) ^ -1 * part
    local overnight = word "overnight" * Cc "TNI"
    -- "the early hours of Thursday morning", "mid-afternoon yesterday"
    local small_hours = word "the" * gap * word "early|small|wee|first|predawn|pre-dawn" * gap * word "hours" * Cc "TMO"
    local middle = #(word "mid" + word "midmorning|midafternoon") * part
    local on_part = gap * word "on|in|of" * gap * word "the" * gap * named("of", part) * gap * word "of|on" * gap
    rules.clock_day = Ct(named("clock", clock) * (on_part + on) * named("mod", word_phase) ^ -1 * named("day", day) * (gap * part / 0) ^ -1
        + named("part", word "the" * gap * word "night" * Cc "TNI") * gap * word "of|from" * gap * named("day", V "D_night_days")
        + named("part", the_part) * gap * word "of|on" * gap * named("day", day + V "D_numbered_day")
        + named("part", small_hours) * gap * (word "of|on" * gap) ^ -1 * named("day", day) * (gap * part / 0) ^ -1
        + named("part", middle) * gap * (word "on" * gap) ^ -1 * named("day", day)
        + named("part", overnight) * gap * named("day", day)
        + named("part", overnight) * gap * word "into|to" * gap * named("day", day)) / on_day
    rules.day_clock = Ct(named("mod", word_phase) ^ -1 * named("day", day)
        * (at * named("clock", clock) + gap * named("part", part) * (at * named("clock", clock)) ^ -1
            + gap * word "overnight" * named("part", Cc "TNI") + gap * named("part", word "am|a.m." * Cc "TMO" + word "pm|p.m." * Cc "TAF")
                + gap * word "in|during" * gap * word "the" * gap * named("part", part)) ^ -1) / on_day
    -- "1200 hrs, 20 Aug"
    rules.hours_day = Ct(named("clock", C.hours) * (gap ^ -1 * P ",") ^ -1 * gap * (word "on" * gap) ^ -1 * named("day", day)) / on_day
    -- "9-11 a.m.", "between 9 and 11 a.m. on Monday": the first hour takes its half of the day, and its day, from the second
    local to = gap ^ -1 * terminals.dash * gap ^ -1 + gap * word "to|and|until|till" * gap
    rules.clock_range = Ct(named("h", C.hour) * (P ":" * named("min", lpeg.C(R "05" * digit))) ^ -1 * named("last1", Cp()) * to * named("first2", Cp())
        * #C.meridian * (named("form", V "clock_day") + named("clock", C.meridian)) * named("last2", Cp())) / function(t)
        if t.h > 12 or not (t.form or t.clock) then return false end
        local two = t.form or forms.with(forms.shift("D", 0, nil, "previous"), { type = "TIME", clock = t.clock })
        local later, minutes = (two.clock or two.value):match "T(%d%d)(:?%d*)$"
        if not later then return false end
        local half, h = tonumber(later) >= 12 and 12 or 0, t.h % 12
        h = h + half <= tonumber(later) and h + half or (h + half + 12) % 24
        local first = ("T%02d%s"):format(math.tointeger(h), t.min and ":" .. t.min or minutes ~= "" and ":00" or "")
        local one = {}
        for field, value in pairs(two) do one[field] = value end
        if two.clock then one.clock = first else one.value = two.value:gsub("T[%d:]+$", first) end
        one.last, two.first, two.last, one.also = t.last1 - 1, t.first2, t.last2 - 1, two
        return one
    end
    -- "this morning", "last night", "8am this morning", "tonight at 7", "10, tonight"
    local which = word "this|later this|earlier this" * Cc(0) + word "last" * Cc(-1)
    local function of_part(t)
        if t.clock == false then return false end
        local tail = t.clock or t.part
        local h = t.hour
        if h then
            if h < 12 and (t.part == "TNI" or t.part == "TEV" or t.part == "TAF") then h = h + 12 end
            tail = ("T%02d"):format(h)
        end
        local form = forms.shift("D", t.n or 0)
        form.type, form.clock, form.mod = "TIME", tail, t.mod
        return form
    end
    local parted = (named("n", which) * gap * named("part", part) + L.tonight * named("part", Cc "TNI") / 0 * named("part", Cc "TNI"))
    rules.part_of_day = Ct(named("mod", word_phase) ^ -1 * parted * (at * named("clock", clock)) ^ -1
        + named("clock", clock) * (gap ^ -1 * P "," * gap ^ -1 + gap) * parted
        + named("hour", C.hour) * gap ^ -1 * P "," * gap ^ -1 * parted) / of_part
    rules.overnight = overnight / function(tail) return forms.with(forms.shift("D", 0, nil), { type = "TIME", clock = tail, guard = "night" }) end
    -- "the morning", "the next morning", "that evening", "the same night": of the day that the story is at
    local step = word "following|next" * Cc(1) + word "previous|preceding" * Cc(-1) + word "early|late|same|very same" * Cc(0)
    -- "the night of the storm": of a day that only the storm tells
    local of_event = #(gap * word "of" * gap * word "the|this|that|his|her|its|their|our|my" * gap * letter) * Cc(true)
    rules.part_alone = Ct((word "the" * gap * (named("n", step) * gap) ^ -1 + word "that" * gap * (word "same|very" * gap) ^ -1 + #small_hours * P "")
        * (named("part", part) + named("part", small_hours)) * named("of", of_event) ^ -1) / function(t)
        return forms.with(forms.shift("D", t.n or 0, nil, t.of and not t.n and "event" or "previous"), { type = "TIME", clock = t.part, guard = "part" })
    end
    -- "7:15 p.m.", "at 10:30", "noon"
    local nearly = word "about|around|approximately|shortly after|shortly before|just after|just before" * Cc "APPROX" * gap
    rules.clock_alone = Ct(named("mod", nearly) ^ -1 * named("clock", C.sure)) / function(t)
        if not t.clock then return false end
        return forms.with(forms.shift("D", 0, nil, "previous"), { type = "TIME", clock = t.clock, mod = t.mod, guard = "clock" })
    end
    -- "at dawn", "by nightfall"; but "at night" is a habit
    local brief = #word "dawn|daybreak|sunrise|first light|dusk|sunset|nightfall|twilight" * part
    rules.clock_to = C.to_hour / function(value)
        return value and forms.with(forms.shift("D", 0, nil, "previous"), { type = "TIME", clock = value })
    end
    rules.clock_after = Ct(word "at|by|until|till|around|about|before|after|from" * gap * named("first", Cp()) * named("mod", word "around|about|approximately|roughly" * Cc "APPROX" * gap) ^ -1
        * (named("form", V "clock_day") + named("clock", C.strict) + named("clock", C.bare_military) + named("clock", brief)
            + named("clock", C.pointed_alone) * named("pointed", Cc(true)))) / function(t)
        if t.form then return forms.with(t.form, { first = t.first, mod = t.mod or t.form.mod }) end
        if not t.clock then return false end
        return forms.with(forms.shift("D", 0, nil, "previous"), { type = "TIME", clock = t.clock, mod = t.mod, first = t.first, guard = t.pointed and "pointed" or nil })
    end
end

-- "a week from Friday", "two weeks from March 4", "Friday week"
local function from_days(rules, N, M)
    local span = word "day|days" * Cc(1) + word "week|weeks" * Cc(7) + word "fortnight|fortnights" * Cc(14)
    local stop = #(gap ^ -1 * (S ".,;:!?)" + -P(1)) + gap * word "and|but|at|in|on|when|to|for|after|before|because|as")
    rules.from_day = Ct((word "a|one" * named("n", Cc(1)) + named("n", N.number)) * gap * named("span", span) * gap * word "from" * gap
        * named("day", V "D_month_day" + M.weekday + M.deictic)
        + named("day", M.weekday) * gap * named("span", word "week" * Cc(7) + word "fortnight" * Cc(14)) * named("n", Cc(1)) * stop) / function(t)
        local days = math.tointeger(t.n * t.span)
        local form = t.day
        if not days or not form or form.base then return false end
        if form.form == "shift" then return forms.with(form, { shift = form.shift + days }) end
        if form.form == "partial" and form.value:find "WXX" then form.step = form.step or 2 end
        return forms.with(form, { tail = ("+%d"):format(days) })
    end
end

-- "early March", "the end of 1990", "late last year", "earlier this month", "the beginning of the week"
local function phased(rules, word_phase, phase_of)
    local what = V "phase_of_what"
    -- "the first half of March" is its early part; of a year it is a half (see dates)
    local half = word "the" * gap * (word "first" * Cc "START" + word "second|latter|last" * Cc "END") * gap * word "half" * gap * word "of" * gap
    rules.phased = Ct(named("mod", half) * named("what", V "D_month_year" + V "D_bare_month")
        + (word "the" * gap) ^ -1 * named("mod", word_phase) * named("what", what)
        + named("mod", phase_of) * (word "the" * gap * #(V "D_month_year" + V "D_bare_month")) ^ -1 * named("what", what)
        + named("mod", word "sometime|some time" * gap * (word "in" * gap) ^ -1 * Cc "") * named("what", what)) / function(t)
        if not t.what then return false end
        local mod = t.mod
        if mod == "BEFORE" then mod = "START" elseif mod == "AFTER" then mod = "END" elseif mod == "" then mod = nil end
        local form = forms.with(t.what, { mod = mod })
        form.guard = form.guard ~= "at_hand" and form.guard or nil
        return form
    end
end

-- The rule of the first of the classes { pattern of its words, rule } that the word at hand is in, else `other`.
local function by_first(classes, other)
    local result = other
    for i = #classes, 1, -1 do result = #classes[i][1] * V(classes[i][2]) + -classes[i][1] * result end
    return result
end

-- Which expressions are tried, in which order, by the word at hand: rules.expression.
local function ordered(rules, words, L, D, M, T, E, B)
    -- A name of a month or a day, a digit, and "the" can begin only some of the expressions: most of the work is saved by asking first.
    rules.named = V "lone_weekday" + choice(B, "weekday_last weekday_hours") + V "from_day" + choice(D, "month_days") + choice(M, "month_of_year part_of_told")
        + E.weekdays + V "day_clock" + choice(D, "month_year bare_month")
    rules.counted = choice(D, "years_before month_days") + B.weekdays_ago + V "clock_range" + V "clock_day" + V "day_clock" + T.age + E.times + T.amount_alone
        + V "part_of_day" + choice(D, "year_range numeric_month month_year nth_week nth_month quarter century decade iso_week") + T.adjective
        + V "clock_alone" + choice(D, "year_era year year_old year_early")
    rules.defined = choice(B, "eve day_beside before_last weekday_of_month week_of_month") + M.week_of + M.month_of + V "clock_day" + V "day_clock" + V "phased"
        + choice(D, "nth_week nth_month decade century quarters quarter season")
        + choice(M, "part_of_told same_period year_ago year_quarter latest step_season step_day step_month")
        + T.determined + T.seasons
        + choice(M, "past_period relative narrative beside around")
        + T.all + D.season_alone + choice(D, "year year_early year_spoken") + V "part_alone" + M.at_hand + M.reference
    -- "the week", "the morning": fewer, by the second word
    rules.defined_unit = choice(B, "day_beside before_last") + M.week_of + M.month_of + V "clock_day" + V "day_clock" + choice(M, "year_ago beside around")
        + choice(D, "year year_early year_spoken") + V "part_alone" + M.at_hand + M.reference
    rules.defined_part = V "clock_day" + V "day_clock" + V "part_alone" + M.reference
    -- "this", "about": what they can begin
    rules.this = B.this_time + V "part_of_day" + V "day_clock" + D.quarter + choice(M, "same_period year_end step_season step_month") + T.determined + choice(M, "past_period relative")
    rules.measure = T.amount_alone + T.determined + T.adjective + V "clock_alone" + V "clock_after"
    -- "at", "until": what can stand behind such a word only. "six", "twenty": a number that counts or dates something
    rules.placed = M.reference_adverb + B.this_time + V "season_after" + D.nth_day + V "clock_after" + M.reference
    rules.spelled = V "clock_to" + B.weekdays_ago + E.times + E.times_adverb + T.age + D.month_days + V "part_of_day" + V "clock_day" + V "day_clock" + T.amount_alone
        + choice(D, "month_year nth_week nth_month quarter century") + T.determined + T.adjective + V "clock_alone" + choice(D, "year_era year_spoken")
    rules.worded = M.reference_adverb + choice(B, "this_time most eve") + V "clock_to" + M.some_day + E.weekends + E.each + E.times + E.times_adverb
        + V "season_after" + D.nth_day + #word "a" * V "from_day"
        + T.age
        + choice(D, "month_days")
        + V "part_of_day" + V "clock_day"
        + V "day_clock"
        + T.amount_alone
        + V "phased"
        + V "part_alone"
        + choice(D, "month_year nth_week nth_month quarters quarter season decade century")
        + D.iso_week
        + choice(M, "part_of_told same_period year_ago year_end to_date step_season step_day step_month")
        + T.determined + T.seasons
        + choice(M, "past_period relative narrative loose_narrative")
        + T.all
        + T.adjective
        + V "clock_after" + V "clock_alone"
        + choice(D, "year_era year year_spoken")
        + E.frequency
        + V "overnight"
        + D.season_alone
        + T.bare_units
        + M.reference
    local name = terminals.any_of(words.month) + terminals.any_of(words.month_short) + terminals.any_of(words.weekday) + terminals.any_of(words.weekdays) + terminals.any_of(words.weekday_short)
    -- The commonest are known by one look at what stands behind: a year alone ("2015."), a number and its unit ("12 years", "five-day").
    local unit = terminals.any_of(words.units) + terminals.any_of(words.unit)
    local figure = digit ^ 1 * (P "," * digit * digit * digit) ^ 0 * -(S ".,:/" * digit)
    local spelled = terminals.any_of(words.small) + terminals.any_of(words.tens)
    local placing = -word "at least|at most" * word "at|by|until|till|before|after|from|in|since|during|throughout|of|on|to"
    local year = (P "1" * R "59" + P "20") * digit * digit * (S ",.;)" * (S " \n" + -P(1))
        + gap * word "and|but|when|while|in|at|by|with|as|after|before|he|she|it|they|the|that|which|was|were|had|for|on|from")
    rules.measured = V "hours_day" + V "from_day" + M.some_day + T.age + T.amount_alone + T.adjective
    local the_unit = word "the" * gap * (terminals.any_of(words.unit) + terminals.any_of(words.units) - word "second|seconds")
    local the_part = word "the" * gap * terminals.any_of(words.part)
    local measuring = word "about|around|roughly|approximately|nearly|almost|more than|less than|fewer than|over|under"
    rules.the = #the_unit * V "defined_unit" + -the_unit * (#the_part * V "defined_part" + -the_part * V "defined")
    rules.expression = #digit * (#year * D.year + #(figure * (gap + terminals.hyphen) * unit) * V "measured" + V "counted")
        + #(spelled * (gap + terminals.hyphen) * unit) * (V "measured" + V "worded")
        + -digit * by_first({ { placing, "placed" }, { spelled, "spelled" }, { name, "named" }, { word "the", "the" }, { word "this", "this" }, { measuring, "measure" } }, V "worded")
end

function grammar.build(rows)
    local rules = {}
    local lexicon = terminals.lexicon(rows)
    local words = lexicon.words
    lexicon.words = nil
    local L = as_rules(lexicon, "L_", rules)
    local N = as_rules(numbers.build(L), "N_", rules)
    local C = clocks.build(L, N)
    local clock_refer = as_rules(C, "C_", rules)
    local D = as_rules(dates.build(L, N), "D_", rules)
    local T = as_rules(durations.build(L, N), "T_", rules)
    local E = as_rules(durations.sets(L, N, clock_refer), "E_", rules)
    local M = as_rules(periods.build(L, N, clock_refer, D.month), "M_", rules)
    local B = as_rules(beside.build(L, N, M, clock_refer, D.month), "B_", rules)
    rules.clock = clock_refer.strict
    rules.part = clock_refer.part
    -- "on Monday the talks": most days of the week stand alone, and one look at what is behind them spares all that begins with such a day
    local behind_day = (gap ^ -1 * P "," * gap ^ -1 + gap) * (digit + S "-@" + word "the|this|last|next|previous|following|of|in|on|at|around|about|by|during|overnight|am|pm|a.m.|p.m.|week|fortnight"
        + terminals.any_of(words.ordinal) + terminals.any_of(words.month) + terminals.any_of(words.month_short) + terminals.any_of(words.month_lower)
        + terminals.any_of(words.tens) + terminals.any_of(words.small) + terminals.any_of(words.part) + terminals.any_of(words.clock_word)
        + word "mornings|afternoons|evenings|nights|half|a|quarter") + gap ^ -1 * P "-" + terminals.apostrophe * S "sS" * gap * word "early|small|wee|first|predawn|pre-dawn"
    rules.lone_weekday = #(L.weekday / 0 * -behind_day) * M.weekday
    rules.day = V "lone_weekday" + choice(D, "weekday_numeric numeric month_day") + M.week_day + D.day_of_month + D.feast + M.weekday + M.deictic + M.narrative_day
    local word_phase = L.phase * (gap + P "-") * (word "on|in" * gap) ^ -1
    timed(rules, L, clock_refer, word_phase)
    from_days(rules, N, M)
    rules.phase_of_what = V "day" + choice(D, "month_year") + choice(M, "part_of_told month_of_year step_month step_season relative narrative")
        + D.bare_month + choice(D, "quarter season decade year century")
        + Ct(P(true)) * M.at_hand / function(_, f) return f end
    phased(rules, word_phase, L.phase_of * gap)
    -- "in spring", "by summer" (but "in spring training"): a season without an article, where the sentence goes on after it
    local goes_on = -(gap * letter) + #(gap * word "and|or|but|when|as|he|she|it|they|we|the|a|to|for|with|after|before|at|on|in|because|while|that|if|until|than|is|was|were|had|has|will")
    rules.season_after = Ct(word "in|by|until|till|since|during|throughout|of" * gap * named("first", Cp()) * (named("form", D.season) + named("s", L.season) * goes_on)) / function(t)
        return forms.with(t.form or forms.part_of_year(nil, t.s), { first = t.first })
    end
    ordered(rules, words, L, D, M, T, E, B)
    local triggers, starter, followers = starters.build(words)
    for rule, pattern in pairs(followers) do rules[rule] = pattern end
    rules.starter = starter
    return scanner.over(rules, triggers), rules
end

return grammar
