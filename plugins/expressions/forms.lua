-- What an expression means before anybody knows the day of its article: the relative form, one shape for every language.
--
--   type   DATE TIME DURATION SET
--   form   full     value says all                                    "October 6, 2020"
--          partial  value has X where the anchor must say more        "on Tuesday" XXXX-WXX-2, "in March" XXXX-03
--          age      "44-year-old": a duration, of which timex makes rows only when asked
--          shift    the anchor moved by `shift` units, cut to `unit`,
--                   `tail` put behind                                 "last week" W -1, "this year's third quarter" Y 0 -Q3
--            (a partial weekday has "after": the next such day after the one before it, "Monday to Friday"; "same": the day before it,
--            "today, Friday"; "+7", "-1": so many days off; a feast has these in `shift`)
--            (a quarter has "ended": by the day that is named behind it)
--   mod    START MID END APPROX MORE_THAN LESS_THAN EQUAL_OR_MORE EQUAL_OR_LESS BEFORE AFTER ON_OR_AFTER
--   base   published  the day of the article (if nothing is said)
--          previous   the date that the story was last at             "the following month", "two days later"
--          near       the day of the article, or what a tale is at   "the end of the year"
--          event      the day of what it names, if the sentence says it  "the night of the storm"
--          quarter    the business quarter that is being told of      "a year earlier" among third quarters
--   step   for partial: -1 the one before ("last Friday"), 1 the one after, 0 the one at hand, nil by tense

local forms = {}

local two = "%02d"

function forms.full(value, kind)
    return { type = kind or "DATE", form = "full", value = value }
end

-- A year in letters of TIMEX3: 1998, BC0480 for the year -480, or XXXX when nobody says.
local function year_text(year)
    if not year then return "XXXX" end
    return year < 0 and string.format("BC%04d", -year) or string.format("%04d", year)
end

function forms.day(year, month, day)
    return { type = "DATE", form = year and "full" or "partial", value = year_text(year) .. "-" .. two:format(month) .. "-" .. two:format(day) }
end

function forms.month(year, month)
    return { type = "DATE", form = year and "full" or "partial", value = year_text(year) .. "-" .. two:format(month) }
end

-- code: SP SU FA WI, Q1..Q4, H1 H2
function forms.part_of_year(year, code)
    return { type = "DATE", form = year and "full" or "partial", value = year_text(year) .. "-" .. code }
end

function forms.year(year)
    return { type = "DATE", form = "full", value = year_text(year) }
end

function forms.weekday(number, step)
    return { type = "DATE", form = "partial", value = "XXXX-WXX-" .. number, step = step }
end

-- A feast: its rule is resolved when the year is known.
function forms.feast(rule, year, step)
    local month = rule:match "^(.*):month$"
    return { type = "DATE", form = "feast", value = year and year_text(year) or "XXXX", tail = month and month .. "+0" or rule, unit = month and "M" or nil, step = step }
end

function forms.shift(unit, count, tail, base)
    return { type = "DATE", form = "shift", unit = unit, shift = count, tail = tail, base = base }
end

function forms.ref(value)
    return { type = "DATE", form = "full", value = value }
end

local function count_text(n)
    if n == "X" then return "X" end
    if math.type(n) == "integer" then return tostring(n) end
    if n == math.floor(n) then return string.format("%d", n) end
    return (string.format("%.2f", n):gsub("0+$", ""))
end

local time_unit = { S = "S", Min = "M", H = "H" }
local plain_unit = { D = "D", W = "W", M = "M", Q = "Q", Y = "Y", WE = "WE" }
local multiple = { FN = { 2, "W" }, DE = { 10, "Y" }, CE = { 100, "Y" }, ML = { 1000, "Y" }, NI = { 1, "D" } }
local vague = { FN = "PXW", DE = "PXDE", CE = "PXCE", ML = "PXML", NI = "PXD" }

-- TIMEX3 value of parts { { count, unit }, … }: "7 years and three months" is P7Y3M, "a minute and a half" PT1M30S.
function forms.period(parts)
    local date, time = "", ""
    for _, part in ipairs(parts) do
        local n, unit = part[1], part[2]
        if multiple[unit] then
            if n == "X" then return vague[unit] end
            n, unit = n * multiple[unit][1], multiple[unit][2]
        end
        if time_unit[unit] then
            time = time .. count_text(n) .. time_unit[unit]
        else
            date = date .. count_text(n) .. plain_unit[unit]
        end
    end
    return "P" .. date .. (time ~= "" and "T" .. time or "")
end

function forms.duration(parts, mod)
    return { type = "DURATION", form = "full", value = forms.period(parts), mod = mod }
end

function forms.set(value, quant, freq)
    return { type = "SET", form = "full", value = value, quant = quant, freq = freq }
end

-- A time of day on top of a day: "T21:00", "TNI". Without a day, the article's own.
function forms.at(day, clock)
    local out = {}
    for k, v in pairs(day) do out[k] = v end
    out.type = "TIME"
    if day.form == "shift" or day.form == "feast" then out.clock = clock else out.value = day.value .. clock end
    return out
end

-- So many days behind (or before) a day that a form names, "the day after Christmas"; false when it names no day.
function forms.days_off(form, days)
    if not form or form.type ~= "DATE" or form.base or days ~= math.floor(days) then return false end
    days = math.tointeger(days)
    if form.form == "feast" then
        if form.unit then return false end
        form.shift = days
    elseif form.form == "shift" then
        if form.unit ~= "D" then return false end
        form.shift = form.shift + days
    else
        local value = form.value
        if form.tail or not (value:find "^%w+%-%w%w%-%d%d$" or value:find "^XXXX%-WXX%-%d$") then return false end
        form.tail = ("%+d"):format(days)
    end
    return form
end

function forms.with(form, fields)
    for k, v in pairs(fields) do form[k] = v end
    return form
end

return forms
