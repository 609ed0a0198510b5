-- From a relative form and a point in time to a TIMEX3 value. Which point that is, story.lua decides. Knows forms and the
-- calendar, and no language. Years before Christ are negative: -480 is written BC0480.

local calendar = require "lib.calendar"

local resolve = {}

local format = string.format

-- A year as a value begins with it: 1998, BC0480; `by` 10 for its decade, 100 for its century.
local function year_text(year, by)
    by = by or 1
    return (year < 0 and "BC" or "") .. format(by == 1 and "%04d" or by == 10 and "%03d" or by == 100 and "%02d" or "%d", math.abs(year) // by)
end

-- ---------------------------------------------------------------- anchors

-- A point in time from an ISO value, as far as it is known: { year, month, number (of the day), value }; nil for "PAST_REF" and the like.
function resolve.point(value)
    if not value then return nil end
    local era, year = value:match "^(B?C?)(%d%d%d%d)"
    if not year then return nil end
    local point = { year = math.tointeger(tonumber(era .. year)) or -math.tointeger(tonumber(year)), value = value }
    local number = calendar.parse(value)
    if number then
        local _, month = calendar.date(number)
        point.number, point.month, point.value = number, month, value:sub(1, 10)
        return point
    end
    value = value:sub(#era + 1)
    if era == "BC" then
        local bc_month, bc_day = value:match "^%d+%-(%d%d)%-(%d%d)"
        if bc_day and calendar.exists(point.year, tonumber(bc_month), tonumber(bc_day)) then
            point.number = calendar.number(point.year, math.tointeger(tonumber(bc_month)), math.tointeger(tonumber(bc_day)))
        end
    end
    local month = tonumber(value:match "^%d%d%d%d%-(%d%d)")
    local week, weekend = value:match "^%d%d%d%d%-W(%d%d)(.*)"
    if month and month >= 1 and month <= 12 then
        point.month = math.tointeger(month)
    elseif week then
        local monday = calendar.monday(point.year, tonumber(week))
        local _, week_month = calendar.date(monday)
        point.month, point.monday = week_month, monday + (weekend == "-WE" and 5 or 0)
    end
    point.quarter = tonumber(value:match "^%d%d%d%d%-Q([1-4])")
    point.season = value:match "^%d%d%d%d%-(%u%u)$"
    return point
end

local function quarter_of(month) return (month + 2) // 3 end
resolve.quarter_of = quarter_of

-- ---------------------------------------------------------------- shifts

local shifted = {}

function shifted.D(point, count, tail)
    if not point.number then return year_text(point.year) .. (point.month and format("-%02d-XX", point.month) or "-XX-XX") end
    return calendar.iso(point.number + count) .. (tail or "")
end

function shifted.W(point, count, tail)
    local day = point.number or point.monday
    if not day then return year_text(point.year) .. "-WXX" end
    local weekday = tail and tail:match "^%-(%d)$"
    if weekday then return calendar.iso(day - calendar.weekday(day) + tonumber(weekday) + 7 * count) end
    return calendar.iso_week(day + 7 * count) .. (tail or "")
end

function shifted.M(point, count, tail)
    -- "two and a half years later", of a year: some time of the second year behind it
    if not point.month and math.abs(count) > 12 then return year_text(point.year + (count > 0 and count // 12 or -(-count // 12))) end
    if not point.month then return year_text(point.year) .. "-XX" end
    local months = point.year * 12 + point.month - 1 + count
    return year_text(months // 12) .. format("-%02d", months % 12 + 1) .. (tail or "")
end

function shifted.Q(point, count)
    local quarter = point.quarter or (point.month and quarter_of(point.month))
    if not quarter then return year_text(point.year) .. "-QX" end
    local quarters = point.year * 4 + quarter - 1 + count
    return year_text(quarters // 4) .. format("-Q%d", quarters % 4 + 1)
end

function shifted.Y(point, count, tail) return year_text(point.year + count) .. (tail or "") end
function shifted.DE(point, count) return year_text(point.year + 10 * count, 10) end
function shifted.CE(point, count) return year_text(point.year + 100 * count, 100) end
function shifted.ML(point, count) return year_text(point.year + 1000 * count, 1000) end
function shifted.H(point, count)
    if count == 0 then return shifted.D(point, 0) .. "TXX" end
    return shifted.D(point, 0) .. "TXX"
end
shifted.Min, shifted.S = shifted.H, shifted.H

local unknown = { D = "XXXX-XX-XX", W = "XXXX-WXX", M = "XXXX-XX", Q = "XXXX-QX", Y = "XXXX", DE = "XXX", CE = "XX", ML = "X", H = "XXXX-XX-XXTXX", Min = "XXXX-XX-XXTXX", S = "XXXX-XX-XXTXX" }

function resolve.shift(form, point)
    local value
    if point then
        value = shifted[form.unit](point, form.shift, form.tail)
    else
        value = unknown[form.unit] .. (form.unit ~= "W" and form.unit ~= "Q" and form.tail or (form.tail == "-WE" and "-WE") or "")
    end
    return value .. (form.clock or "")
end

-- ---------------------------------------------------------------- partial values

-- Of years about the anchor the one that lies nearest, where tense makes the wrong side farther away.
-- distance(year) is in days; penalties keep a doubtful tense from pushing a near date a year off.
local function nearest_year(year, direction, distance, against)
    local best, best_cost
    for candidate = year - 1, year + 1 do
        local d = distance(candidate)
        local cost = math.abs(d)
        if direction == "past" and d > 0 or direction == "future" and d < 0 then cost = cost + against end
        if not direction and d > 0 then cost = cost + 100 end
        if not best or cost < best_cost then best, best_cost = candidate, cost end
    end
    return best
end

-- "Friday, June 5": the weekday tells the year, among those about the anchor
local function fitting_year(form, point, month, day)
    if not form.weekday then return nil end
    for _, off in ipairs { 0, -1, 1, -2, 2 } do
        local year = point.year + off
        if calendar.exists(year, month, day) and calendar.weekday(calendar.number(year, month, day)) == form.weekday then return year end
    end
    return nil
end

-- A tale goes on in the year that it is in; from its last months to the first ones of the next ("In December 1812 … in January").
local function told_year(point, month)
    local now = point.month or point.season == "WI" and 12 or 0
    if now >= 10 and month <= 3 then return point.year + 1 end
    return point.year
end

local function month_day(form, point, month, day, rest, told)
    local year
    if told and not form.step then
        year = told_year(point, month)
    elseif not point.month then
        year = point.year
    else
        local at = point.number or calendar.number(point.year, point.month, 15)
        local function distance(y) return calendar.number(y, month, math.min(day, calendar.days_in_month(y, month))) - at end
        if form.step == -1 then
            year = distance(point.year) < 0 and point.year or point.year - 1
        elseif form.step == 1 or form.step == 2 then
            year = distance(point.year) > 0 and point.year or point.year + 1
        else
            year = fitting_year(form, point, month, day) or nearest_year(point.year, form.direction, distance, 150)
        end
    end
    return year_text(year) .. format("-%02d-%02d", month, day) .. rest
end

-- "on the 15th": of the month at hand, or of the one before or after by tense
local function day_alone(form, point, day, rest, told)
    local months = point.year * 12 + point.month - 1
    local own = point.number and not told and select(3, calendar.date(point.number))
    if own and form.direction == "past" and day > own then months = months - 1 end
    if own and form.direction == "future" and day < own then months = months + 1 end
    return year_text(months // 12) .. format("-%02d-%02d", months % 12 + 1, day) .. rest
end

local EARLY = 10              -- to this day of a month the one before it is "last month"

local function month_alone(form, point, month, rest, told)
    local year = point.year
    if told and not form.step then
        year = told_year(point, month)
    elseif point.month then
        if form.step == -1 then
            -- of the month just over one says "last month": "last February", in early March, is of the year before
            local just_over = point.month - month == 1 and point.number and select(3, calendar.date(point.number)) <= EARLY
            year = month < point.month and not just_over and year or year - 1
        elseif form.step == 1 or form.step == 2 then
            year = month > point.month and year or year + 1
        elseif form.step ~= 0 then
            year = nearest_year(year, form.direction, function(y) return ((y - point.year) * 12 + month - point.month) * 30 end, 200)
        end
    end
    return year_text(year) .. format("-%02d", month) .. rest
end

local function weekday(form, point, wanted, rest, told)
    local day = point.number
    if not day or form.direction == "any" then return nil end
    local own = calendar.weekday(day)
    local back, ahead = (own - wanted) % 7, (wanted - own) % 7
    local step = form.step
    if step == -1 then
        day = day - (back == 0 and 7 or back)
    elseif step == 1 or step == 2 then
        day = day + (ahead == 0 and 7 or ahead)
    elseif told and step ~= 0 or form.direction == "future" or (step == 0 and form.direction ~= "past") then
        day = day + ahead
    else
        day = day - back
    end
    return calendar.iso(day) .. rest
end

-- "over the weekend": before Saturday the one behind us, unless the sentence looks ahead
local function weekend(form, point)
    local day = point.number
    if not day then return nil end
    local workday = calendar.weekday(day) < 6
    if form.step == -1 or not form.step and form.direction ~= "future" and workday then day = day - 7 end
    if form.step == 1 then day = day + 7 end
    return calendar.iso_week(day) .. "-WE"
end

local season_months = { north = { SP = 3, SU = 6, FA = 9, WI = 12 }, south = { SP = 9, SU = 12, FA = 3, WI = 6 } }

local function season(form, point, code, hemisphere, rest, told)
    local start = season_months[hemisphere][code]
    local year = point.year
    -- a season is followed by what comes after it
    local now = point.month or point.season and (season_months[hemisphere][point.season] or nil)
    if told and now then
        if form.step == -1 then
            year = start < now and year or year - 1
        elseif form.step == 1 then
            year = start > now and year or year + 1
        elseif start == 12 and now <= 3 then
            year = year - 1
        elseif now - start >= 6 and form.step ~= 0 then
            year = year + 1
        end
    elseif told and form.step then
        year = year + form.step
    elseif point.month then
        -- the winter that began in December is named by that year's December, or by the next year's months
        local span = (point.month - start) % 12
        if form.step == -1 then
            year = (start < point.month and span > 2) and year or year - 1
            if start == 12 and point.month > 2 then year = point.year - 1 end
        elseif form.step == 1 then
            year = start > point.month and year or year + 1
        elseif form.step ~= 0 then
            year = nearest_year(year, form.direction, function(y) return ((y - point.year) * 12 + start + 1 - point.month) * 30 end, 120)
        end
    end
    return year_text(year) .. "-" .. code .. rest
end

function resolve.quarter(form, point, number, unit)
    local year = point.year
    if point.month then
        local now = unit == "Q" and quarter_of(point.month) or (point.month > 6 and 2 or 1)
        if number > now and not (form.direction == "future" or number == now + 1 and form.direction ~= "past") then year = year - 1 end
        if number < now and form.direction == "future" and now - number > 2 then year = year + 1 end
    end
    return format("%04d-%s%d", year, unit, number)
end

-- A partial value filled from a point; nil if that point doesn't say enough.
-- told: the point is where a tale stands, not the day of the one who tells.
function resolve.fill(form, point, hemisphere, told)
    local value = form.value
    if value == "XXXX-WXX-WE" then return weekend(form, point) end
    local wd, rest = value:match "^XXXX%-WXX%-(%d)(.*)$"
    if wd then return weekday(form, point, tonumber(wd), rest, told) end
    local day
    day, rest = value:match "^XXXX%-XX%-(%d%d)(.*)$"
    if day then return point.month and day_alone(form, point, math.tointeger(tonumber(day)), rest, told) end
    local month
    month, day, rest = value:match "^XXXX%-(%d%d)%-(%d%d)(.*)$"
    if month then return month_day(form, point, math.tointeger(tonumber(month)), math.tointeger(tonumber(day)), rest, told) end
    month, rest = value:match "^XXXX%-(%d%d)(.*)$"
    if month then return month_alone(form, point, math.tointeger(tonumber(month)), rest, told) end
    local unit, number = value:match "^XXXX%-([QH])(%d)$"
    if unit then return resolve.quarter(form, point, math.tointeger(tonumber(number)), unit) end
    local code
    code, rest = value:match "^XXXX%-(%u%u)(.*)$"
    if code then return season(form, point, code, hemisphere, rest, told) end
    return nil
end

-- told: as for fill
function resolve.feast(form, point, told)
    local year = tonumber(form.value)
    local clock = form.clock or ""
    if form.unit == "Y" and point then year = point.year + form.shift end
    local function dated(day)
        if form.unit == "W" then return calendar.iso_week(day) end
        -- a Monday's feast ends its weekend
        if form.unit == "WE" then return calendar.iso_week(calendar.weekday(day) == 1 and day - 1 or day) .. "-WE" end
        -- Ramadan: a month of its own, most of which lies in this one
        if form.unit == "M" then return calendar.iso(day + 14):sub(1, 7) end
        return calendar.iso(day + (form.unit ~= "Y" and form.shift or 0)) .. clock
    end
    if year then
        local day = calendar.feast(form.tail, math.tointeger(year))
        return day and dated(day) or form.value
    end
    if not point then return (form.tail:match "^%d%d%-%d%d$" and "XXXX-" .. form.tail or "XXXX-XX-XX") .. clock end
    local at = point.number or calendar.number(point.year, point.month or 7, 1)
    for y = point.year - 1, point.year + 1 do
        if not calendar.feast(form.tail, y) then return year_text(point.year) end
    end
    local function distance(y) return calendar.feast(form.tail, y) - at end
    if form.step == -1 then
        year = distance(point.year) < 0 and point.year or point.year - 1
    elseif form.step == 1 or form.direction == "ahead" and not told then
        year = distance(point.year) > 0 and point.year or point.year + 1
    elseif form.step == 0 or not point.month then
        year = point.year
    else
        year = nearest_year(point.year, form.direction, distance, 200)
    end
    return dated(calendar.feast(form.tail, year))
end

-- "the week of March 15", "the weekend of March 20": the day's week
function resolve.week(value, tail)
    local number = calendar.parse(value)
    return number and calendar.iso_week(number) .. (tail == "W-WE" and "-WE" or "") or value
end

-- "yesterday, Thursday": both are the Thursday that lies nearest to yesterday; nil when it isn't known when yesterday was.
function resolve.named(value, weekday_value)
    local number, wanted = calendar.parse(value), weekday_value:match "^XXXX%-WXX%-(%d)"
    if not number then return nil end
    return calendar.iso(number + (tonumber(wanted) - calendar.weekday(number) + 3) % 7 - 3) .. value:sub(11)
end

-- "a week from Friday": so many days behind a day that is known
function resolve.later(value, days)
    local number = calendar.parse(value)
    return number and calendar.iso(number + days) or value
end

resolve.shifted = shifted

return resolve
