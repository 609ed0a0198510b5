-- Russian, a first version: dates, weekdays, parts of the day, periods, durations, sets and times as news writes them. The cases
-- of each word stand in data/time/ru/lexicon.tsv; spans leave the preposition out ("в [прошлом году]").

local lpeg = require "lpeg"
local text = require "annalist.text"
local terminals = require "expressions.terminals"
local forms = require "expressions.forms"
local scanner = require "expressions.scanner"

local P, R, S, V, C, Cc, Cg, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.V, lpeg.C, lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Ct
local gap, digit, dash, word = terminals.gap, terminals.digit, terminals.dash, terminals.word

local function named(name, pattern) return Cg(pattern, name) end
local function integer(s) return math.tointeger(tonumber(s)) end

local grammar = {}

-- "3", "1,5", "двадцать пять", "полтора"
local function numbers(L)
    local digits = C(digit ^ 1) / integer
    local decimal = C(digit ^ 1 * P "," * digit ^ 1) / function(s) return tonumber((s:gsub(",", "."))) end
    local words = L.tens * (gap * L.small) ^ -1 / function(a, b) return a + (b or 0) end + L.small
    return decimal + digits + L.hundred * (gap * words) ^ -1 / function(a, b) return a + (b or 0) end + words + L.half
end

-- "6 октября 2020 года", "4-6 октября", "06.10.2020", "октябрь 2020 года", "2020 год", "1990-е", "XX век"
local function dates(L, rules)
    local year_word = word "гг|г" * P "." ^ -1 + word "год|года|году|годом|годов|годы|годах|годам|годами"
    local year4 = C((P "1" * S "56789" + P "20") * digit * digit) / integer * -digit
    local year = year4 * (gap * year_word) ^ -1
    local month = L.month_genitive + L.month_short * P "." ^ -1
    local day = C(S "12" * digit + P "3" * S "01" + P "0" ^ -1 * R "19") / integer * -digit * (P "-" * word "го|е|ого") ^ -1
    local lead = (named("wd", L.weekday) * (gap ^ -1 * P "," * gap ^ -1 + gap)) ^ -1
    local relative_year = named("rel", L.step) * gap * word "года|году"
    local function date(t)
        if t.d > 31 then return false end
        if t.rel then return forms.shift("Y", t.rel, ("-%02d-%02d"):format(t.m, t.d)) end
        return forms.with(forms.day(t.y, t.m, t.d), { weekday = t.wd })
    end
    rules.month_day = Ct(lead * named("d", day) * gap * named("m", month) * (gap * (named("y", year) + relative_year)) ^ -1) / date
    local join = gap ^ -1 * dash * gap ^ -1 + gap * word "и|по" * gap
    local ends = named("last1", Cp()) * join * named("first2", Cp())
    rules.month_days = Ct(named("d", day) * ends * named("d2", day) * gap * named("m", month) * (gap * named("y", year)) ^ -1 * named("last2", Cp())) / function(t)
        if t.d >= t.d2 or t.d2 > 31 then return false end
        local one, two = forms.day(t.y, t.m, t.d), forms.day(t.y, t.m, t.d2)
        one.last, two.first, two.last, one.also = t.last1 - 1, t.first2, t.last2 - 1, two
        return one
    end
    local two, y4 = C(digit * digit ^ -1) / integer, C((P "19" + P "20") * digit * digit) / integer
    rules.numeric = (Ct(named("d", two) * P "." * named("m", two) * P "." * named("y", y4) * -digit) + Ct(named("y", y4) * P "-" * named("m", two) * P "-" * named("d", two) * -digit)) / function(t)
        return t.m >= 1 and t.m <= 12 and t.d >= 1 and t.d <= 31 and forms.day(t.y, t.m, t.d)
    end
    local any_month = L.month_alone + L.month_genitive
    rules.month_year = Ct(named("m", any_month) * gap * (named("y", year) + relative_year)) / function(t)
        if t.rel then return forms.shift("Y", t.rel, ("-%02d"):format(t.m)) end
        return forms.month(t.y, t.m)
    end
    rules.bare_month = Ct(named("m", any_month)) / function(t) return forms.month(nil, t.m) end
    rules.quarter = Ct(named("n", L.ordinal) * gap * word "квартал|квартала|квартале|кварталом" * (gap * (named("y", year) + relative_year)) ^ -1) / function(t)
        if t.rel then return forms.shift("Y", t.rel, "-Q" .. t.n) end
        return forms.part_of_year(t.y, "Q" .. t.n)
    end
    rules.season = Ct(named("s", L.season) * gap * (named("y", year) + relative_year)) / function(t)
        if t.rel then return forms.shift("Y", t.rel, "-" .. t.s) end
        return forms.part_of_year(t.y, t.s)
    end + Ct(named("step", L.step) * gap * named("s", L.season)) / function(t) return forms.with(forms.part_of_year(nil, t.s), { step = t.step }) end
    rules.decade = C(P "1" * S "6789" * digit + P "20" * digit) * P "0-" * word "х|е" * (gap * word "годов|годы|годах|гг") ^ -1 / function(v) return forms.full(v) end
        + C(R "29") * P "0-" * word "х|е" * gap * word "годов|годы|годах|гг" / function(v) return forms.full("19" .. v) end
    local roman = { XV = 15, XVI = 16, XVII = 17, XVIII = 18, XIX = 19, XX = 20, XXI = 21 }
    rules.century = C(P "X" ^ 1 * S "IVX" ^ 0) * gap * word "век|века|веке|веков|столетия|столетие|столетии" / function(v) return roman[v] and forms.full(("%02d"):format(roman[v] - 1)) end
    -- "в первой половине 2020 года"
    rules.half = Ct(named("n", word "первая|первой|первую" * Cc(1) + word "вторая|второй|вторую" * Cc(2)) * gap * word "половина|половине|половину|половины" * gap
        * (named("y", year) + relative_year)) / function(t)
            if t.rel then return forms.shift("Y", t.rel, "-H" .. t.n) end
            return forms.part_of_year(t.y, "H" .. t.n)
        end
    -- "в 2005-2010 годах", "в 1813 и 1814 годах"
    rules.years = Ct(named("y", year4) * named("last1", Cp()) * (gap ^ -1 * dash * gap ^ -1 + gap * word "и|по|до|или" * gap) * named("first2", Cp()) * named("y2", year4) * gap * year_word
        * named("last2", Cp())) / function(t)
            local from, to = forms.year(t.y), forms.year(t.y2)
            from.last, to.first, to.last, from.also = t.last1 - 1, t.first2, t.last2 - 1, to
            return from
        end
    -- "ночь с 4 на 5 октября": one night, named by its first day
    rules.night_days = Ct(named("d", day) * (gap ^ -1 * dash * gap ^ -1 + gap * word "на" * gap) * (day / 0) * gap * named("m", month) * (gap * named("y", year)) ^ -1) / date
    rules.year = year4 * gap * year_word / forms.year + year4 * P "-" * word "м|го|й" * (gap * year_word) ^ -1 / forms.year
    rules.feast = Ct(named("rule", L.feast) * (gap * named("y", year)) ^ -1) / function(t) return forms.feast(t.rule, t.y) end
end

-- "вчера вечером", "в понедельник утром", "в ночь на 6 октября", "в 15:30", "в 9 часов утра", "сегодня в полдень"
local function times(L, rules, number)
    local minutes = P ":" * named("min", C(R "05" * digit))
    local half = word "утра|ночи" * Cc "a" + word "вечера|дня" * Cc "p"
    local clock = Ct(named("h", C(digit * digit ^ -1) / integer) * minutes * -digit * (gap * word "мск|по московскому времени|по местному времени") ^ -1
        + named("h", number) * (gap * word "час|часа|часов") ^ -1 * gap * named("half", half)) / function(t)
            local h = t.h
            if h > 24 then return false end
            if t.half == "p" and h < 12 then h = h + 12 end
            return ("T%02d:%s"):format(h, t.min or "00")
        end + L.clock_word / function(v) return "T" .. v end
    local part = L.part / function(v) return "T" .. v end
    local day = V "day"
    local function on_day(t)
        if not t.day or t.clock == false then return false end
        local tail = t.clock or t.part
        return tail and forms.at(t.day, tail) or t.day
    end
    local at = gap * (word "в|около|к" * gap) ^ -1
    rules.day = V "numeric" + V "month_day" + V "feast" + V "weekday" + V "deictic"
    rules.day_clock = Ct(named("day", day) * (at * named("clock", clock) + gap * named("part", part) * (at * named("clock", clock)) ^ -1) ^ -1) / on_day
    rules.clock_day = Ct(#word "ночь|ночью" * named("part", part) * gap * (word "с|со|на" * gap) ^ -1 * named("day", V "night_days")) / on_day
        + Ct(named("part", part) * gap * (word "в|на|со|с" * gap) ^ -1 * named("day", day)) / on_day
        + Ct(named("clock", clock) * gap * (word "в" * gap) ^ -1 * named("day", day)) / on_day
    rules.clock_alone = clock / function(v) return v and forms.with(forms.shift("D", 0, nil, "previous"), { type = "TIME", clock = v }) end
    rules.this_part = Ct(named("n", L.step) * gap * named("part", part)) / function(t)
        return forms.with(forms.shift("D", t.n), { type = "TIME", clock = t.part })
    end
    -- "накануне 9 мая"
    rules.eve = Ct(word "накануне" * gap * named("day", day)) / function(t) return forms.days_off(t.day, -1) end
    rules.deictic = L.deictic / function(n) return forms.shift("D", n) end
    rules.weekday = Ct((named("step", L.step) * gap) ^ -1 * named("d", L.weekday)) / function(t) return forms.weekday(t.d, t.step) end
end

-- "на прошлой неделе", "два дня назад", "через неделю", "последние три года", "в течение месяца", "каждый день"
local function periods(L, rules, number)
    local unit = L.unit
    rules.relative = Ct(named("n", L.step) * gap * named("unit", unit)) / function(t)
        local form = forms.shift(t.unit, t.n)
        if t.unit == "H" or t.unit == "Min" or t.unit == "S" then return false end
        return form
    end
    local mod = (named("mod", L.quantity_mod) * gap) ^ -1
    local count = number + L.vague / "X"
    local amount = named("n", count) * gap * named("unit", unit) * (gap * word "и" * gap * named("n2", number) * gap * named("unit2", unit)) ^ -1
    local one = named("unit", unit) * named("n", Cc(1))
    local function duration(t)
        -- "1814 годах" without its preposition is no age of the world
        if t.unit == "Y" and t.n ~= "X" and t.n >= 1000 then return false end
        local parts = { { t.n, t.unit } }
        if t.unit2 then parts[2] = { t.n2, t.unit2 } end
        return forms.duration(parts, t.mod)
    end
    local function moved(sign, base)
        return function(t)
            if t.n == "X" or math.type(t.n) ~= "integer" then return { type = "DATE", form = "full", value = sign < 0 and "PAST_REF" or "FUTURE_REF" } end
            local form = forms.shift(t.unit, sign * t.n, nil, base)
            if t.unit == "H" or t.unit == "Min" or t.unit == "S" then form.type = "TIME" end
            return form
        end
    end
    rules.ago = Ct(mod * (amount + one) * gap * word "назад|тому назад") / moved(-1)
        + Ct((amount + one) * gap * word "спустя") / moved(1, "previous")
        + Ct(word "спустя" * gap * (amount + one)) / moved(1, "previous")
        + Ct(word "через" * gap * (amount + one)) / moved(1)
    rules.determined = Ct(word "последние|последних|последний|последнюю|последнего|минувшие|минувших|ближайшие|ближайших|предстоящие|первые|первых" * gap * (amount + one)) / duration
    rules.whole = Ct(L.whole / 0 * gap * one) / duration
    -- "в течение недели", "за год"
    rules.during = Ct(word "в течение|на протяжении|за" * gap * named("first", Cp()) * one) / function(t) return forms.with(duration(t), { first = t.first }) end
    rules.plain = Ct(mod * amount) / duration
    rules.set = Ct(L.each / 0 * gap * named("unit", unit)) / function(t) return forms.set(forms.period { { 1, t.unit } }, "EVERY") end
        + Ct(L.each / 0 * gap * named("d", L.weekday)) / function(t) return forms.set("XXXX-WXX-" .. t.d, "EVERY") end
        + Ct(word "по" * gap * named("first", Cp()) * named("d", L.weekdays)) / function(t) return forms.with(forms.set("XXXX-WXX-" .. t.d), { first = t.first }) end
        + Ct((named("freq", number) * gap * word "раз|раза" + word "раз" * named("freq", Cc(1))) * gap * word "в" * gap * named("unit", unit)) / function(t)
            return forms.set(forms.period { { 1, t.unit } }, nil, t.freq .. "X")
        end
        + L.frequency / function(v) return forms.set(v) end
    rules.phased = Ct(named("mod", L.phase) * gap * named("what", V "what")) / function(t) return t.what and forms.with(t.what, { mod = t.mod }) end
    rules.what = V "month_year" + V "bare_month" + V "year" + V "decade" + V "century" + V "relative"
    local counted = gap * (L.unit + L.season + L.part + L.weekday + L.month_alone) / 0
    rules.reference = (L.present + (L.past + L.future) * -counted) / function(v) return forms.ref(v) end
end

-- Where the walk stops: a preposition only before certain words, and the numbers of centuries.
local function triggers_of(first, follow)
    local out = {}
    for _, w in ipairs(first) do
        out[#out + 1] = { w:match "^[^ %-]+", (w == "в" or w == "на" or w == "по" or w == "за") and follow or nil }
    end
    for w in ("X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI"):gmatch "%S+" do out[#out + 1] = { w } end
    return text.triggers(out)
end

function grammar.build(rows)
    local rules = {}
    local lexicon = terminals.lexicon(rows)
    local words = lexicon.words
    lexicon.words = nil
    local L = {}
    for name, pattern in pairs(lexicon) do
        rules["L_" .. name] = pattern
        L[name] = V("L_" .. name)
    end
    rules.number = numbers(L)
    local number = V "number"
    dates(L, rules)
    times(L, rules, number)
    periods(L, rules, number)
    -- "44-летний", "44-летнего": an age
    rules.age = C(digit ^ 1) * P "-лет" * terminals.letter ^ 1 / function(n) return forms.with(forms.duration { { integer(n), "Y" } }, { form = "age" }) end
    rules.expression = V "age" + V "eve" + V "set" + V "month_days" + V "clock_day" + V "day_clock" + V "ago" + V "years" + V "month_year" + V "quarter" + V "half"
        + V "season" + V "decade" + V "century" + V "year"
        + V "phased" + V "this_part" + V "relative" + V "determined" + V "whole" + V "during" + V "clock_alone" + V "plain" + V "bare_month" + V "reference"
    local first = {}
    for _, class in ipairs { "month_alone", "month_genitive", "weekday", "season", "unit", "part", "clock_word", "small", "tens", "hundred", "half", "vague", "ordinal", "deictic", "present", "past",
        "future", "step", "frequency", "each", "phase", "quantity_mod", "whole", "feast" } do
        for _, entry in ipairs(words[class]) do first[#first + 1] = entry:match "^%S+" end
    end
    local others = "последние последних последний последнюю последнего минувшие минувших ближайшие ближайших предстоящие первые первых через спустя раз накануне по за в на"
    for w in others:gmatch "%S+" do first[#first + 1] = w end
    local preposition = word "в|на|по|за"
    local follow = {}
    for w in ("настоящее наши последнее прошлом ближайшее ближайшем будущем данный течение протяжении"):gmatch "%S+" do follow[#follow + 1] = w end
    for _, class in ipairs { "weekdays", "unit" } do
        for _, entry in ipairs(words[class]) do follow[#follow + 1] = entry end
    end
    rules.starter = digit + P "X" + preposition * gap * terminals.any_of(follow) + (terminals.any_of(first) - preposition)
    return scanner.over(rules, triggers_of(first, follow)), rules
end

return grammar
