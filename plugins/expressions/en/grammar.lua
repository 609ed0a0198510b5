-- The English grammar put together: which expression is tried before which, how days take times of day and phases
-- ("early", "the end of"), and by which first words an expression can be known at all.

local lpeg = require "lpeg"
local terminals = require "expressions.terminals"
local forms = require "expressions.forms"
local scanner = require "expressions.scanner"
local numbers = require "expressions.en.numbers"
local dates = require "expressions.en.dates"
local clocks = require "expressions.en.clock"
local durations = require "expressions.en.durations"
local periods = require "expressions.en.periods"

local P, S, V, Cc, Cg, Cp, Ct = lpeg.P, lpeg.S, lpeg.V, lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Ct
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
    local nearly = word "about|around|approximately|shortly after|shortly before|just after|just before" * Cc "APPROX" * gap
    rules.clock_alone = Ct(named("mod", nearly) ^ -1 * named("clock", C.sure)) / function(t)
        if not t.clock then return false end
        return forms.with(forms.shift("D", 0, nil, "previous"), { type = "TIME", clock = t.clock, mod = t.mod, guard = "clock" })
    end
    rules.clock_after = Ct(word "at|by|until|till|around|about|before|after|from" * gap * named("first", Cp()) * (named("form", V "clock_day") + named("clock", C.strict))) / function(t)
        if t.form then return forms.with(t.form, { first = t.first }) end
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

-- First words of entries, without those that begin with an article or a preposition (these are known by their second word).
local prepositions = { the = true, a = true, an = true, ["in"] = true, at = true, of = true }

local function heads(into, entries)
    for _, entry in ipairs(entries) do
        local first = entry:match "^[^ %-]+"
        if not prepositions[first] then into[#into + 1] = first end
    end
end

-- Second words: "the past" is known by "past".
local function seconds(into, entries)
    for _, entry in ipairs(entries) do
        local second = entry:match "^%l+ ([^ %-]+)"
        if second and not prepositions[second] then into[#into + 1] = second end
    end
end

local function words_of(list)
    local out = {}
    for w in list:gmatch "%S+" do out[#out + 1] = w end
    return out
end

-- What an expression may begin with, so that of a text's words only few are tried against the grammar. Of the commonest
-- ("the", "a", "at", numbers) the word behind is looked at as well.
local function starters(words)
    local first, after_article, after_number = {}, {}, {}
    for _, class in ipairs(words_of [[month month_short weekday weekdays weekday_short season tonight present present_adjective past past_adjective future frequency frequency_adjective
        units clock_word feast vague phase phase_of deictic ordinal]]) do heads(first, words[class]) end
    for _, w in ipairs(words_of [[last next this past coming previous following preceding prior upcoming latest final every each half overnight couple year day decade fiscal calendar all another
        sometime aged once twice shortly just q1 q2 q3 q4 opening school initial remaining ensuing week month hour quarter century night pair]]) do first[#first + 1] = w end

    for _, class in ipairs(words_of "unit units small tens ordinal part season phase decade vague vague_article feast scale phase_of") do heads(after_article, words[class]) end
    for _, class in ipairs(words_of "past future present phase_of deictic quantity_mod") do seconds(after_article, words[class]) end
    for _, w in ipairs(words_of [[past last next first coming previous following preceding prior upcoming latest current same whole entire full fiscal calendar very most corresponding comparable like
        similar identical couple pair half additional extra solid final recent initial remaining ensuing intervening subsequent opening year school academic financial just trading business long
        closing mid more quick short]]) do after_article[#after_article + 1] = w end

    for _, class in ipairs(words_of "unit units month month_short small tens unit_glued ordinal") do heads(after_number, words[class]) end
    for _, w in ipairs(words_of [[hundred thousand couple p am pm o'clock times day trading business working calendar fiscal
        school consecutive straight full whole solid more additional long short successive         gmt utc hours q half st nd rd th this last tonight]]) do after_number[#after_number + 1] = w end

    local second = terminals.any_of(after_article)
    local number_word = terminals.any_of(words.small) + terminals.any_of(words.tens)
    local plain = terminals.any_of(after_number)
    local months = terminals.any_of(words.month) + terminals.any_of(words.month_short)
    local figure = digit ^ 1 + terminals.any_of(words.small) + terminals.any_of(words.tens)
    local behind_number = plain + word "of" * gap * (months + word "the") + word "in" * gap * word "the" * gap * terminals.any_of(words.part)
        + word "to|or|and" * gap * figure * (gap + terminals.hyphen) ^ -1 * (plain + months) + word "and" * gap * word "a" * gap * word "half"
        + word "a" * gap * terminals.any_of(words.unit) + P "a" * terminals.word_end
    local digits = digit ^ 1 * (P "," * digit ^ 1) ^ 0 * (P "." * digit ^ 1) ^ -1
    local number = (P "1" * S "56789" + P "2" * S "01") * digit * digit * -digit
        + digit ^ 1 * S ":/-." * (digit + letter) + P "20" * digit ^ 6
        + digits * ((gap + terminals.dash) ^ -1 * (behind_number + digit * S "/0123456789" + P "½" + terminals.apostrophe) + (gap ^ -1 * P "," * gap ^ -1 * letter))
        + number_word * (gap + terminals.hyphen) * behind_number
        + terminals.apostrophe * digit * digit
        + P "½"
    local article = word "the|a|an|its|their|his|her|our|my|your|that|these|those" * gap * (second + digit + terminals.apostrophe * digit)
    local modifier = (terminals.any_of(words.quantity_mod) + terminals.any_of(words.quantity_over)) * gap
        * (number + word "a|an|the|half|last|next|past" * gap * second + terminals.any_of(words.vague))
    local clock = word "at|by|until|till|around|about|before|after|from" * gap * (digit + number_word + terminals.any_of(words.clock_word))
    local adverb = word "at" * gap * word "present|the moment" + word "of late"
    -- Most words can't begin anything: they are ruled out by one look, before these are tried one after the other.
    local any = words_of "the a an its their his her our my your that these those at by until till around about before after from of"
    for _, class in ipairs(words_of "small tens quantity_mod quantity_over") do
        for _, entry in ipairs(words[class]) do any[#any + 1] = entry:match "^[^ %-]+" end
    end
    table.move(first, 1, #first, #any + 1, any)
    local possible = #digit + terminals.apostrophe + P "½" + terminals.any_of(any)
    return #possible * (article + modifier + clock + adverb + number + terminals.any_of(first))
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
    -- A name of a month or a day, a digit, and "the" can begin only some of the expressions: most of the work is saved by asking first.
    rules.named = choice(D, "month_days") + M.month_of_year + E.weekdays + V "day_clock" + choice(D, "month_year bare_month")
    rules.counted = choice(D, "month_days") + V "clock_day" + V "day_clock" + T.age + E.times + T.amount_alone
        + V "part_of_day" + choice(D, "year_range numeric_month month_year nth_week nth_month quarter century decade") + T.adjective
        + V "clock_alone" + D.year
    rules.defined = V "clock_day" + V "day_clock" + V "phased"
        + choice(D, "nth_week nth_month quarters quarter season century decade")
        + choice(M, "same_period year_ago year_quarter latest")
        + T.determined
        + choice(M, "past_period relative narrative")
        + T.all + D.season_alone + D.year + V "part_alone" + M.at_hand + M.reference
    rules.worded = E.each + E.times
        + T.age
        + choice(D, "month_days")
        + V "part_of_day" + V "clock_day"
        + V "day_clock"
        + T.amount_alone
        + V "phased"
        + choice(D, "month_year nth_week nth_month quarters quarter season decade century")
        + choice(M, "same_period year_ago year_end to_date step_season step_month")
        + T.determined
        + choice(M, "past_period relative narrative loose_narrative")
        + T.all
        + T.adjective
        + V "clock_after" + V "clock_alone"
        + D.year + D.year_spoken
        + E.frequency
        + V "overnight"
        + D.season_alone
        + T.bare_units
        + M.reference
    local name = terminals.any_of(words.month) + terminals.any_of(words.month_short) + terminals.any_of(words.weekday) + terminals.any_of(words.weekdays) + terminals.any_of(words.weekday_short)
    rules.expression = #digit * V "counted" + -digit * (#name * V "named" + -name * (#(word "the") * V "defined" + -word "the" * V "worded"))

    rules.starter = starters(words)
    return scanner.over(rules), rules
end

return grammar
