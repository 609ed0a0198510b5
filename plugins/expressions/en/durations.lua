-- Durations, ages and sets in English: "three days", "the past two years", "two years ago", "7 years and three months",
-- "five-year", "every Friday", "daily", "twice a week".

local lpeg = require "lpeg"
local terminals = require "expressions.terminals"
local forms = require "expressions.forms"

local P, S, Cc, Cg, Cp, Ct = lpeg.P, lpeg.S, lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Ct
local gap, dash, word = terminals.gap, terminals.dash, terminals.word
local hyphen = terminals.hyphen

local function named(name, pattern) return Cg(pattern, name) end

local durations = {}

-- Years and a half are years and months: TIMEX3 has no half of a year in "two and a half years".
local lower_unit = { Y = { 12, "M" }, Min = { 60, "S" }, H = { 60, "Min" }, D = { 24, "H" } }
local function split_half(n, unit)
    if n ~= "X" and n > 1 and n % 1 == 0.5 and lower_unit[unit] then
        return { { math.tointeger(n - 0.5), unit }, { lower_unit[unit][1] // 2, lower_unit[unit][2] } }
    end
    return { { n, unit } }
end

local function parts_of(t)
    if t.half_after then t.n = t.n + 0.5 end
    local parts = t.exact and { { t.n, t.unit } } or split_half(t.n, t.unit)
    if t.unit2 then parts[#parts + 1] = { t.n2, t.unit2 } end
    return parts
end

-- "two years ago", "three days later": how far, at which grain
local function moved(t, sign, base)
    local n, unit = t.n, t.unit
    if t.half_after then n = n == "X" and n or n + 0.5 end
    if n == "X" or base == "previous" and (unit == "H" or unit == "Min" or unit == "S") then
        -- "a few days later", "two hours earlier": how long, and "later" is left to the reader
        if base == "previous" then return forms.with(forms.duration(parts_of(t), t.mod), { last = t.amount_last - 1 }) end
        if unit == "Y" or unit == "DE" then
            return { type = "DATE", form = "full", value = sign < 0 and "PAST_REF" or "FUTURE_REF", mod = t.mod }
        end
        return { type = "DATE", form = "full", value = sign < 0 and "PAST_REF" or "FUTURE_REF", mod = t.mod }
    end
    local scale = { DE = { 10, "Y" }, CE = { 100, "Y" }, ML = { 1000, "Y" }, FN = { 2, "W" }, NI = { 1, "D" }, WE = { 1, "W" } }
    if scale[unit] then n, unit = n * scale[unit][1], scale[unit][2] end
    if n ~= math.floor(n) then
        if unit ~= "Y" then return { type = "DATE", form = "full", value = sign < 0 and "PAST_REF" or "FUTURE_REF" } end
        n, unit = math.floor(n * 12), "M"
    end
    n = math.tointeger(n)
    local form = forms.shift(unit, sign * n, nil, base)
    if n == 1 and unit == "Y" and base ~= "previous" then form.base = "quarter" end
    if n == 1 and unit == "Y" and base == "previous" and sign < 0 then form.base = "quarter-previous" end
    if unit == "H" or unit == "Min" or unit == "S" then form.type = "TIME" end
    return forms.with(form, { mod = t.mod })
end

-- "five-year", "day-long", "for years", "all week": units without a count of their own, or stuck to it
local function alone(L, out, hyphened)
    local long = (hyphen * word "long") ^ -1
    out.adjective = Ct(hyphened * long) / function(t) return forms.duration(parts_of(t), t.mod) end
        + Ct((named("unit", L.units) * named("n", Cc "X") + named("unit", L.unit) * named("n", Cc(1))) * hyphen * word "long") / function(t) return forms.duration(parts_of(t)) end
    -- "years", "months of talks", "for decades"
    out.bare_units = Ct(named("unit", L.units) * named("n", Cc "X")) / function(t)
        return forms.with(forms.duration(parts_of(t)), { guard = "units" })
    end
    out.all = Ct(word "all|the whole|the entire|a whole|a full|an entire|the full" * gap * named("unit", L.unit) * named("n", Cc(1))) / function(t)
        return forms.duration(parts_of(t))
    end
end

function durations.build(L, N)
    local out = {}
    local filler = L.filler / 0 * gap
    local unit_any = L.units + L.unit
    local point_five = (gap * word "and" * gap * word "a" * gap * word "half")
    local couple = word "couple of|couple|pair of" * Cc(2)
    local article_count = word "a|an|another" * gap * (couple + L.vague_article * (gap * word "of") ^ -1 / "X"
        + word "half-dozen|half dozen" * Cc(6) + word "dozen" * Cc(12) + word "hundred" * Cc(100) + word "thousand" * Cc(1000))
    local half_unit = word "half" * gap * word "a|an" * Cc(0.5) + word "half-a|half-an" * Cc(0.5) + word "a" * gap * word "half" * Cc(0.5)
    local one_article = word "a|an|another" * Cc(1)
    local article = named("article", Cc(true))
    local range_join = gap ^ -1 * dash * gap ^ -1 + gap * word "to|or" * gap
    local count_range = N.number * range_join * (N.number / 0)
    local count = article_count + half_unit + word "half a dozen" * Cc(6) + word "couple of" * Cc(2) + count_range + N.number + L.vague / "X"
    local mod = named("mod", L.quantity_mod + L.quantity_over * -(gap * word "the|these|this|those|its|his|her|their|past|last|next")) * gap
        * #(count / 0 + one_article / 0)

    -- number and unit: "three years", "7 years and three months", "a year and a half", "two and a half years"
    local second = (gap * word "and" * gap + P "," * gap) * named("n2", N.number) * gap * named("unit2", unit_any)
    local glued = named("n", N.number) * named("unit", L.units + L.unit + L.unit_glued)                 -- "3.5years"
    local amount = named("n", count) * named("half_after", point_five * Cc(true)) ^ -1 * gap * filler ^ -2 * named("unit", unit_any) * second ^ -1
        + article * named("n", one_article) * gap * filler ^ -1 * named("unit", L.unit - word "second") * (named("half_after", point_five * Cc(true)) + second) ^ -1
    local hyphened = named("n", N.number + couple + L.vague / "X") * (hyphen * named("unit", L.unit + L.units) + gap * named("unit", L.unit))

    -- "44-year-old", "44 years old", "aged 44": an age; timex has an option for them
    local years = hyphen * word "old|olds" + gap * word "old" + gap * word "of age"
    out.age = Ct(named("n", N.number) * (hyphen + gap) * named("unit", unit_any) * years + word "aged" * gap * named("n", N.number) * named("unit", Cc "Y")) / function(t)
        return forms.with(forms.duration { { t.n, t.unit } }, { form = "age" })
    end

    local ago = gap * (word "or so" * gap) ^ -1 * word "ago" + gap * word "back" * -(gap * word "to|in|from|on|at|into|home|and|up|with")
    local earlier = gap * word "earlier|previously|beforehand|prior"
        + gap * word "before" * #(gap ^ -1 * (S ".,;:)" + -P(1)))
    local later = gap * word "later|afterward|afterwards" + gap * word "on" * #(gap ^ -1 * S ".,;:)") + gap * word "after" * #(gap ^ -1 * S ".,;:)" + gap * word "that")
    local ahead = gap * word "from now|hence|from today" + (terminals.apostrophe * S "sS" ^ -1) * gap * word "time"
    local lead = mod ^ -1
    local unhyphened = -(hyphen * terminals.letter)
    -- "three-quarters of the voters", "more than a quarter of them": shares
    local share = lead * ((N.number + word "a") / 0) * (gap + hyphen) * word "quarter|quarters" * gap * word "of" * -(gap * word "growth|decline|losses|profits|recession")
    local noun = -share * lead * amount * named("amount_last", Cp())
    local whither = ago * Cc "ago" + earlier * Cc "earlier" + ahead * Cc "ahead" + later * Cc "later"
    local function told(t)
        if t.whither == "ago" then return moved(t, -1) end
        if t.whither == "earlier" then return moved(t, -1, "previous") end
        if t.whither == "ahead" then return moved(t, 1) end
        if t.whither == "later" then return moved(t, 1, "previous") end
        return forms.with(forms.duration(parts_of(t), t.mod), { guard = t.article and not t.mod and "rate" or t.n == "X" and "vague" or "programme", last = t.exactly and t.amount_last - 1 })
    end
    -- "three years", "three years ago", "3.5years": read once, whatever follows
    local exactly = (gap * word "to the day" * named("exactly", Cc(true))) ^ -1
    out.amount_alone = Ct(noun * (named("whither", whither) + exactly * unhyphened) + lead * glued * unhyphened) / told

    -- "the past three months", "the next few days", "recent months", "the first nine months"
    local which = L.which / 0
    local the = word "the|these|those|its|their|his|her|this|our|my|your" * gap
    -- "talks last two hours": a verb, unless a preposition or the head of a sentence makes it the determiner
    local verb = P "last" * -terminals.behind "in last|for last|over last|during last|within last|of last|from last|since last"
    local counted = Ct((mod ^ -1) * (the * (which * gap) ^ -1 + (which - verb) * gap) * named("n", count) * gap * filler ^ -1 * named("unit", L.units + L.unit))
    local loose = word "past|last|next|first|coming|previous|recent|latest|early|ensuing|final|intervening|following|subsequent|succeeding|opening|closing" * gap
    local uncounted = Ct((word "the" * gap) ^ -1 * loose * (word "few" * gap) ^ -1 * named("unit", L.units) * named("n", Cc "X"))
    out.determined = (counted + uncounted) / function(t)
        return forms.duration(parts_of(t), t.mod)
    end

    -- "the past three summers"
    out.seasons = Ct((the * (which * gap) ^ -1 + (which - verb) * gap) * count / 0 * gap * named("s", word "springs" * Cc "SP" + word "summers" * Cc "SU" + word "falls|autumns" * Cc "FA"
        + word "winters" * Cc "WI")) / function(t) return forms.set("XXXX-" .. t.s) end

    alone(L, out, -share * lead * hyphened)
    return out
end

function durations.sets(L, N, clock)
    local out = {}
    local each = word "every|each" * gap
    local other = word "other|second" * Cc(2) * gap
    local unit = L.unit + L.units
    local function repeated(n, u)
        if u == "WE" and n == 1 then return "XXXX-WXX-WE" end
        if u == "Q" and n ~= "X" then return forms.period { { 3 * n, "M" } } end
        return forms.period { { n, u } }
    end
    out.each = Ct(each * ((named("n", other + N.number * gap)) ^ -1) * named("unit", unit)) / function(t)
        return forms.set(repeated(t.n or 1, t.unit), "EVERY")
    end + Ct(each * named("day", L.weekday) * (gap * named("part", clock.part)) ^ -1) / function(t)
        return forms.set("XXXX-WXX-" .. t.day .. (t.part or ""), "EVERY")
    end + Ct(each * named("part", L.part)) / function(t) return forms.set("XXXX-XX-XXT" .. t.part, "EVERY")
    end + Ct(each * named("m", L.month)) / function(t) return forms.set(("XXXX-%02d"):format(t.m), "EVERY")
    end + Ct(each * named("s", L.season)) / function(t) return forms.set("XXXX-" .. t.s, "EVERY") end
    local on = terminals.behind "on |On |at |At "
    out.weekends = on * (word "weekends" * Cc "XXXX-WXX-WE" + word "weekdays" * Cc "XXXX-WXX-WD") / forms.set
    out.weekdays = Ct(named("day", L.weekdays) * -(P "'")) / function(t) return forms.set("XXXX-WXX-" .. t.day) end
        + Ct(named("day", L.weekday) * gap * named("part", word "mornings" * Cc "MO" + word "afternoons" * Cc "AF" + word "evenings" * Cc "EV" + word "nights" * Cc "NI"))
        / function(t) return forms.set("XXXX-WXX-" .. t.day .. "T" .. t.part) end
    out.frequency = L.frequency / function(v) return forms.with(forms.set(v), { guard = v == "P3M" and "annual" or "daily" }) end
        + L.frequency_adjective / function(v) return forms.with(forms.set(v), { guard = "annual" }) end
    -- "twice a week", "three times a year", "once per month"
    local times = word "once" * Cc(1) + word "twice" * Cc(2) + N.number * gap * word "times"
    out.times = Ct((named("freq", times) + word "one" * named("freq", Cc(1))) * gap * (word "a|an|per|each|every") * gap * named("unit", L.unit)) / function(t)
        return forms.set(forms.period { { 1, t.unit } }, nil, t.freq .. "X")
    end
    -- "twice daily"
    out.times_adverb = Ct(named("freq", times) * gap * named("value", L.frequency)) / function(t) return forms.set(t.value, nil, t.freq .. "X") end
    return out
end

return durations
