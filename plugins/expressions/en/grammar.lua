-- The English grammar put together: which expression is tried before which, how days take times of day and phases
-- ("early", "the end of"), and by which first words an expression can be known at all.

local lpeg = require "lpeg"
local terminals = require "expressions.terminals"
local forms = require "expressions.forms"
local numbers = require "expressions.en.numbers"
local dates = require "expressions.en.dates"
local clocks = require "expressions.en.clock"
local durations = require "expressions.en.durations"
local periods = require "expressions.en.periods"

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
    local at = ((gap ^ -1 * P ",") ^ -1 * gap * (word "at|around|about|by" * gap) ^ -1 + gap * P "@" * gap)
    local function on_day(t)
        if not t.day or t.clock == false then return false end
        local form = t.day
        local tail = t.clock or t.part
        if tail then
            if form.type ~= "DATE" or (form.value and #form.value < 9 and form.form ~= "feast") then return false end
            form = forms.at(form, tail)
        end
        if t.mod then form.mod = t.mod end
        return form
    end
    local the_part = (word "the" * gap) ^ -1 * (word "early|late" * gap) ^ -1 * part
    local overnight = word "overnight" * Cc "TNI"
    rules.clock_day = Ct(named("clock", clock) * on * named("mod", word_phase) ^ -1 * named("day", day) * (gap * part / 0) ^ -1
        + named("part", the_part) * gap * word "of|on" * gap * named("day", day)
        + named("part", overnight) * gap * named("day", day)
        + named("part", overnight) * gap * word "into|to" * gap * named("day", day)) / on_day
    rules.day_clock = Ct(named("mod", word_phase) ^ -1 * named("day", day)
        * (at * named("clock", clock) + gap * named("part", part) * (at * named("clock", clock)) ^ -1
            + gap * word "overnight" * named("part", Cc "TNI") + gap * word "in|during" * gap * word "the" * gap * named("part", part)) ^ -1) / on_day
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
    rules.part_alone = Ct(word "the" * gap * (word "early|late|following|next|previous" * gap) ^ -1 * named("part", part)) / function(t)
        return forms.with(forms.shift("D", 0, nil, "previous"), { type = "TIME", clock = t.part, guard = "part" })
    end
    -- "7:15 p.m.", "at 10:30", "noon"
    rules.clock_alone = Ct(named("mod", word "about|around|approximately|shortly after|shortly before|just after|just before" * Cc "APPROX" * gap) ^ -1 * named("clock", C.sure)) / function(t)
        if not t.clock then return false end
        return forms.with(forms.shift("D", 0, nil, "previous"), { type = "TIME", clock = t.clock, mod = t.mod })
    end
    rules.clock_after = Ct(word "at|by|until|till|around|about|before|after|from" * gap * named("first", Cp()) * named("clock", C.strict)) / function(t)
        if not t.clock then return false end
        return forms.with(forms.shift("D", 0, nil, "previous"), { type = "TIME", clock = t.clock, first = t.first })
    end
end

-- "early March", "the end of 1990", "late last year", "earlier this month", "the beginning of the week"
local function phased(rules, word_phase, phase_of)
    local what = V "phase_of_what"
    rules.phased = Ct((word "the" * gap) ^ -1 * named("mod", word_phase) * named("what", what)
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

-- Words by which an expression may begin; of the commonest ("the", "a", "at") the word behind is looked at as well.
local function starters(L, words)
    local list = {}
    local function add(entries)
        for _, entry in ipairs(entries) do list[#list + 1] = entry:match "^[^ %-]+" end
    end
    for _, class in ipairs { "month", "month_short", "weekday", "weekdays", "weekday_short", "units", "tonight", "present", "present_adjective", "past", "past_adjective", "future",
        "frequency", "frequency_adjective", "small", "tens", "clock_word", "feast", "vague", "quantity_mod", "phase", "phase_of", "deictic", "ordinal" } do
        local kept = {}
        for _, w in ipairs(words[class]) do
            if not w:match "^the " and not w:match "^a " and not w:match "^in " and not w:match "^at " and not w:match "^of " and not w:match "^an " then kept[#kept + 1] = w end
        end
        add(kept)
    end
    add { "last", "next", "this", "past", "coming", "previous", "following", "preceding", "prior", "upcoming", "latest", "final", "every", "each", "half", "couple", "overnight",
        "year", "day", "decade", "week", "month", "hour", "today", "fiscal", "calendar", "all", "another", "sometime", "mid", "in the past", "at present", "q1", "q2", "q3", "q4",
        "these", "aged", "once", "twice", "shortly", "just", "night", "morning", "afternoon", "evening", "nineteen", "opening", "school", "initial", "remaining", "ensuing", "recent", "spring", "summer", "autumn", "fall", "winter", "cy18", "midnight", "pair", "lunchtime", "dawn", "dusk", "century" }
    -- second words of "the …", "a …"
    local second = {}
    local function add_second(entries)
        for _, entry in ipairs(entries) do second[#second + 1] = entry:match "^[^ %-]+" end
    end
    for _, class in ipairs { "unit", "units", "small", "tens", "ordinal", "part", "season", "phase", "decade", "vague", "vague_article", "feast", "scale" } do add_second(words[class]) end
    for _, class in ipairs { "past", "future", "present", "phase_of", "deictic", "quantity_mod" } do
        for _, w in ipairs(words[class]) do
            local behind = w:match "^%l+ (.+)$"
            if behind then add_second { behind } end
        end
    end
    add_second { "past", "last", "next", "first", "coming", "previous", "following", "preceding", "prior", "upcoming", "latest", "current", "same", "whole", "entire", "full", "fiscal", "calendar",
        "very", "most", "corresponding", "comparable", "like", "similar", "identical", "day", "end", "beginning", "start", "middle", "close", "early", "late", "mid", "couple", "pair", "half", "dozen", "hundred",
        "additional", "extra", "full", "solid", "final", "recent", "initial", "remaining", "ensuing", "intervening", "subsequent", "opening", "year", "school", "academic", "financial", "just", "trading", "business", "long", "closing", "nineties", "mid" }
    local little = word "the|a|an|its|their|his|her|our|my|your|that|these|those|at|by|until|till|around|about|before|after|from|in|of|over|under|up|as|some|no|not"
    local behind = terminals.any_of(second) + digit + terminals.apostrophe * digit
    -- "at 10:30", "about 20 years", "over the past year": for prepositions only what counts, or a time
    return (little * gap * behind + terminals.any_of(list) + digit * P(true) + terminals.apostrophe * digit)
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
    rules.clock = clock_refer.strict
    rules.part = clock_refer.part
    rules.day = choice(D, "numeric month_day") + M.week_day + D.day_of_month + D.feast + M.weekday + M.deictic + M.narrative_day
    local word_phase = L.phase * (gap + P "-") * (word "on|in" * gap) ^ -1
    timed(rules, L, clock_refer, word_phase)
    rules.phase_of_what = V "day" + choice(D, "month_year") + choice(M, "month_of_year step_month step_season relative narrative") + D.bare_month + choice(D, "quarter season decade year century")
        + Ct(P(true)) * M.at_hand / function(_, f) return f end
    phased(rules, word_phase, L.phase_of * gap)
    rules.expression = choice(E, "each times weekdays")
        + T.age
        + choice(D, "month_days")
        + V "part_of_day" + V "clock_day"
        + M.month_of_year + V "day_clock"
        + T.ago
        + V "phased"
        + choice(D, "numeric_month month_year nth_week nth_month quarters quarter season century decade year_range")
        + choice(M, "same_period year_ago year_quarter year_end to_date latest step_season step_month")
        + T.determined
        + choice(M, "past_period relative narrative loose_narrative")
        + T.all
        + T.adjective + T.plain
        + D.season_alone
        + V "clock_after" + V "clock_alone"
        + D.year + D.year_spoken
        + D.bare_month
        + E.frequency
        + V "part_alone" + V "overnight"
        + M.at_hand
        + T.bare_units
        + M.reference

    rules.starter = starters(L, words)
    local start_of_number = S "$#" + P "€" + P "£"
    local number = digit ^ 1 * (S ",." * digit ^ 1) ^ 0
    local word_run = letter * (letter + digit) ^ 0 * ((S "-'" + P "\226\128\153") * letter * (letter + digit) ^ 0) ^ 0
    rules.skip = start_of_number * gap ^ -1 * number + number * letter ^ 0 + word_run
    rules.hit = Ct(named("first", Cp()) * named("form", V "expression") * named("last", Cp()))
    rules.item = #V "starter" * V "hit" + V "skip"
    rules[1] = (1 - (letter + digit + start_of_number + terminals.apostrophe)) ^ 0 * (V "item" + 1)
    rules[1] = Ct(rules[1] ^ 0)
    return P(rules)
end

return grammar
