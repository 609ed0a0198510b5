-- The Gregorian calendar as plain arithmetic: day numbers, ISO weeks, months and the movable feasts.
-- It knows nothing of text and of no clock: what day it is today never enters here.
-- A day is a number (days since 1970-01-01, which is day 0), so that days can be added and compared.

local data = require "annalist.data"

local calendar = {}

local days = {}               -- the first days of feasts of other calendars: feast..year, a day number

--- Reads data/time/feasts.tsv; without it those feasts have no day.
function calendar.load()
    local found = {}
    for _, row in ipairs(data.table "time/feasts.tsv") do
        for date in row[2]:gmatch "%S+" do
            local key = row[1] .. date:sub(1, 4)
            -- a year of the moon is shorter: some feasts come twice in a year, of which the first is kept
            if not found[key] then found[key] = calendar.parse(date) end
        end
    end
    days = data.fixed(found)
end

local floor = math.floor

-- Day number of a date. Months may lie outside 1..12 (13 is January of the next year).
-- After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
function calendar.number(year, month, day)
    year = year + floor((month - 1) / 12)
    month = (month - 1) % 12 + 1
    if month <= 2 then year = year - 1 end
    local era = floor(year / 400)
    local year_of_era = year - era * 400
    local day_of_year = (153 * (month + (month > 2 and -3 or 9)) + 2) // 5 + day - 1
    local day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * 146097 + day_of_era - 719468
end

-- Year, month and day of a day number.
function calendar.date(number)
    local z = number + 719468
    local era = floor(z / 146097)
    local day_of_era = z - era * 146097
    local year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    local day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    local mp = (5 * day_of_year + 2) // 153
    local day = day_of_year - (153 * mp + 2) // 5 + 1
    local month = mp < 10 and mp + 3 or mp - 9
    local year = year_of_era + era * 400
    if month <= 2 then year = year + 1 end
    return year, month, day
end

function calendar.leap(year)
    return year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
end

local month_days = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

function calendar.days_in_month(year, month)
    if month == 2 and calendar.leap(year) then return 29 end
    return month_days[month]
end

-- Does such a day exist? A year, a month and a day, all integers.
function calendar.exists(year, month, day)
    return month >= 1 and month <= 12 and day >= 1 and day <= calendar.days_in_month(year, month)
end

-- 1 Monday .. 7 Sunday
function calendar.weekday(number)
    return (number + 3) % 7 + 1
end

-- ISO 8601 week: the year that the week belongs to, and its number.
function calendar.week(number)
    local thursday = number - calendar.weekday(number) + 4
    local year = calendar.date(thursday)
    return year, (thursday - calendar.number(year, 1, 1)) // 7 + 1
end

-- Day number of the Monday of an ISO week.
function calendar.monday(year, week)
    local fourth = calendar.number(year, 1, 4)
    return fourth - calendar.weekday(fourth) + 1 + (week - 1) * 7
end

-- "2020-10-06"; years before Christ are negative here and "BC0216-08-02" there.
function calendar.iso(number)
    local year, month, day = calendar.date(number)
    if year < 0 then return string.format("BC%04d-%02d-%02d", -year, month, day) end
    return string.format("%04d-%02d-%02d", year, month, day)
end

function calendar.iso_week(number)
    return string.format("%04d-W%02d", calendar.week(number))
end

-- The day number of "2020-10-06", also with a time behind it; nil for anything that is no full, existing day.
function calendar.parse(text)
    if not text then return nil end
    local year, month, day = text:match("^(%d%d%d%d)-(%d%d)-(%d%d)")
    if not year then return nil end
    year, month, day = tonumber(year), tonumber(month), tonumber(day)
    if not calendar.exists(year, month, day) then return nil end
    return calendar.number(year, month, day)
end

-- The n-th such weekday of a month; n = -1 is the last.
function calendar.nth_weekday(year, month, weekday, n)
    if n > 0 then
        local first = calendar.number(year, month, 1)
        return first + (weekday - calendar.weekday(first)) % 7 + (n - 1) * 7
    end
    local last = calendar.number(year, month, calendar.days_in_month(year, month))
    return last - (calendar.weekday(last) - weekday) % 7 + (n + 1) * 7
end

-- Easter Sunday of the western churches (Meeus, Jones and Butcher).
function calendar.easter(year)
    local a, b, c = year % 19, year // 100, year % 100
    local d, e, f = b // 4, b % 4, (b + 8) // 25
    local g = (b - f + 1) // 3
    local h = (19 * a + b - d - g + 15) % 30
    local i, k = c // 4, c % 4
    local l = (32 + 2 * e + 2 * i - h - k) % 7
    local m = (a + 11 * h + 22 * l) // 451
    local month = (h + l - 7 * m + 114) // 31
    return calendar.number(year, month, (h + l - 7 * m + 114) % 31 + 1)
end

-- Easter Sunday of the eastern churches, in the Gregorian calendar (good for 1900 to 2099).
function calendar.orthodox_easter(year)
    local d = (19 * (year % 19) + 15) % 30
    local e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    local month = (d + e + 114) // 31
    return calendar.number(year, month, (d + e + 114) % 31 + 1) + 13
end

-- The day number of a feast in a year. Rules: "12-25"; "11:4:4" the fourth Thursday of November, "5:1:-1" the last Monday of
-- May, "11:2:1+1" a day after the first Monday; "easter-2"; "orthodox+0"; "lunar+0" of data/time/feasts.tsv. nil for a rule that says nothing.
function calendar.feast(rule, year)
    local month, day = rule:match("^(%d%d)%-(%d%d)$")
    if month then return calendar.number(year, tonumber(month), tonumber(day)) end
    local m, weekday, n, shift = rule:match("^(%d+):(%d):(%-?%d)([+-]?%d*)$")
    if m then return calendar.nth_weekday(year, tonumber(m), tonumber(weekday), tonumber(n)) + (tonumber(shift) or 0) end
    local church, offset = rule:match("^(%l+)([+-]%d+)$")
    if church == "easter" then return calendar.easter(year) + tonumber(offset) end
    if church == "orthodox" then return calendar.orthodox_easter(year) + tonumber(offset) end
    local first = church and days[church .. year]
    return first and first + tonumber(offset) or nil
end

return calendar
