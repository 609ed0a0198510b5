-- From relative forms to TIMEX3 values: one article's expressions, in order, against the day of the article, the date that
-- stands in the same sentence, or the date that the story was last at. Knows forms and the calendar, and no language.

local calendar = require "lib.calendar"

local resolve = {}

local format = string.format

-- ---------------------------------------------------------------- anchors

-- A point in time from an ISO value, as far as it is known: { year, month, number (of the day), value }; nil for "PAST_REF" and the like.
function resolve.point(value)
    if not value then return nil end
    local year = tonumber(value:match "^(%d%d%d%d)")
    if not year then return nil end
    local point = { year = math.tointeger(year), value = value }
    local number = calendar.parse(value)
    if number then
        local _, month = calendar.date(number)
        point.number, point.month, point.value = number, month, value:sub(1, 10)
        return point
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
    return point
end

local function quarter_of(month) return (month + 2) // 3 end

-- ---------------------------------------------------------------- shifts

local shifted = {}

function shifted.D(point, count, tail)
    if not point.number then return point.month and format("%04d-%02d-XX", point.year, point.month) or format("%04d-XX-XX", point.year) end
    return calendar.iso(point.number + count) .. (tail or "")
end

function shifted.W(point, count, tail)
    local day = point.number or point.monday
    if not day then return format("%04d-WXX", point.year) end
    local weekday = tail and tail:match "^%-(%d)$"
    if weekday then return calendar.iso(day - calendar.weekday(day) + tonumber(weekday) + 7 * count) end
    return calendar.iso_week(day + 7 * count) .. (tail or "")
end

function shifted.M(point, count, tail)
    if not point.month then return format("%04d-XX", point.year) end
    local months = point.year * 12 + point.month - 1 + count
    return format("%04d-%02d", months // 12, months % 12 + 1) .. (tail or "")
end

function shifted.Q(point, count)
    local quarter = point.quarter or (point.month and quarter_of(point.month))
    if not quarter then return format("%04d-QX", point.year) end
    local quarters = point.year * 4 + quarter - 1 + count
    return format("%04d-Q%d", quarters // 4, quarters % 4 + 1)
end

function shifted.Y(point, count, tail) return format("%04d", point.year + count) .. (tail or "") end
function shifted.DE(point, count) return format("%03d", point.year // 10 + count) end
function shifted.CE(point, count) return format("%02d", point.year // 100 + count) end
function shifted.ML(point, count) return format("%01d", point.year // 1000 + count) end
function shifted.H(point, count)
    if count == 0 then return shifted.D(point, 0) .. "TXX" end
    return shifted.D(point, 0) .. "TXX"
end
shifted.Min, shifted.S = shifted.H, shifted.H

local unknown = { D = "XXXX-XX-XX", W = "XXXX-WXX", M = "XXXX-XX", Q = "XXXX-QX", Y = "XXXX", DE = "XXX", CE = "XX", ML = "X", H = "XXXX-XX-XXTXX", Min = "XXXX-XX-XXTXX", S = "XXXX-XX-XXTXX" }

local function shift(form, point)
    local value
    if point then
        value = shifted[form.unit](point, form.shift, form.tail)
    else
        value = unknown[form.unit] .. (form.unit ~= "W" and form.tail or (form.tail == "-WE" and "-WE") or "")
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

local function month_day(form, point, month, day, rest)
    local year
    if not point.month then
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
    return format("%04d-%02d-%02d", year, month, day) .. rest
end

local function month_alone(form, point, month, rest)
    local year = point.year
    if point.month then
        if form.step == -1 then
            year = month < point.month and year or year - 1
        elseif form.step == 1 or form.step == 2 then
            year = month > point.month and year or year + 1
        elseif form.step ~= 0 then
            year = nearest_year(year, form.direction, function(y) return ((y - point.year) * 12 + month - point.month) * 30 end, 200)
        end
    end
    return format("%04d-%02d", year, month) .. rest
end

local function weekday(form, point, wanted, rest)
    local day = point.number
    if not day then return nil end
    local own = calendar.weekday(day)
    local back, ahead = (own - wanted) % 7, (wanted - own) % 7
    local step = form.step
    if step == -1 then
        day = day - (back == 0 and 7 or back)
    elseif step == 1 or step == 2 then
        day = day + (ahead == 0 and 7 or ahead)
    elseif form.direction == "future" or (step == 0 and form.direction ~= "past") then
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
    if form.step == -1 or form.step ~= 0 and form.direction ~= "future" and workday then day = day - 7 end
    if form.step == 1 then day = day + 7 end
    return calendar.iso_week(day) .. "-WE"
end

local season_months = { north = { SP = 3, SU = 6, FA = 9, WI = 12 }, south = { SP = 9, SU = 12, FA = 3, WI = 6 } }

local function season(form, point, code, hemisphere, rest)
    local start = season_months[hemisphere][code]
    local year = point.year
    if point.month then
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
    return format("%04d-%s", year, code) .. rest
end

local function quarter(form, point, number, unit)
    local year = point.year
    if point.month then
        local now = unit == "Q" and quarter_of(point.month) or (point.month > 6 and 2 or 1)
        if number > now and not (form.direction == "future" or number == now + 1 and form.direction ~= "past") then year = year - 1 end
        if number < now and form.direction == "future" and now - number > 2 then year = year + 1 end
    end
    return format("%04d-%s%d", year, unit, number)
end

-- A partial value filled from a point; nil if that point doesn't say enough.
local function fill(form, point, hemisphere)
    local value = form.value
    if value == "XXXX-WXX-WE" then return weekend(form, point) end
    local wd, rest = value:match "^XXXX%-WXX%-(%d)(.*)$"
    if wd then return weekday(form, point, tonumber(wd), rest) end
    local day
    day, rest = value:match "^XXXX%-XX%-(%d%d)(.*)$"
    if day then return point.month and format("%04d-%02d-%s", point.year, point.month, day) .. rest end
    local month
    month, day, rest = value:match "^XXXX%-(%d%d)%-(%d%d)(.*)$"
    if month then return month_day(form, point, math.tointeger(tonumber(month)), math.tointeger(tonumber(day)), rest) end
    month, rest = value:match "^XXXX%-(%d%d)(.*)$"
    if month then return month_alone(form, point, math.tointeger(tonumber(month)), rest) end
    local unit, number = value:match "^XXXX%-([QH])(%d)$"
    if unit then return quarter(form, point, math.tointeger(tonumber(number)), unit) end
    local code
    code, rest = value:match "^XXXX%-(%u%u)(.*)$"
    if code then return season(form, point, code, hemisphere, rest) end
    return nil
end

local function feast(form, point)
    local year = tonumber(form.value)
    local clock = form.clock or ""
    if form.unit == "Y" and point then year = point.year + form.shift end
    if year then
        local day = calendar.feast(form.tail, math.tointeger(year))
        return day and calendar.iso(day) .. clock
    end
    if not point then return (form.tail:match "^%d%d%-%d%d$" and "XXXX-" .. form.tail or "XXXX-XX-XX") .. clock end
    local at = point.number or calendar.number(point.year, point.month or 7, 1)
    local function distance(y) return calendar.feast(form.tail, y) - at end
    if form.step == -1 then
        year = distance(point.year) < 0 and point.year or point.year - 1
    elseif form.step == 1 then
        year = distance(point.year) > 0 and point.year or point.year + 1
    elseif form.step == 0 then
        year = point.year
    else
        year = nearest_year(point.year, form.direction, distance, 150)
    end
    return calendar.iso(calendar.feast(form.tail, year)) .. clock
end

-- ---------------------------------------------------------------- one article

local sentences_near = 5      -- so far back a business quarter is still the one being told of

-- The anchor of one expression ("on September 28 he spoke of the march of last Sunday": that Sunday before the 28th): a point, and the name under which a row says so.
local function anchor_of(form, story)
    local published = story.published
    if form.base == "previous" then
        local unit = form.unit
        local previous = (form.form == "partial" or unit == "D" or unit == "W" or unit == "H" or unit == "Min" or unit == "S") and story.day
            or (unit == "M" and story.month) or (unit ~= "D" and story.any)
        if previous then return previous, "text" end
        return published, "published"
    end
    local near = story.sentence
    if near and near.ordinal == form.ordinal and near.point.number and (not published or not published.number or math.abs(near.point.number - published.number) > 6)
        and form.form == "partial" and form.value:match "^XXXX%-WXX" and (near.year or form.step == -1) then
        return near.point, "sentence"
    end
    if (form.form == "partial" or form.form == "feast") and not form.step and not form.weekday and not (form.value or ""):match "WXX" then
        local year = story.explicit
        if year and (story.narrative or year.ordinal and year.ordinal == form.ordinal) then return { year = year.point.year, value = year.point.value }, "text" end
    end
    if story.narrative and not published then return story.any, "text" end
    return published, "published"
end

local function business_quarter(form, story)
    local known = story.quarter
    if known and form.ordinal and known.ordinal and form.ordinal - known.ordinal > sentences_near then known = nil end
    return known and known.point
end

-- "a year earlier" among third quarters is a third quarter; "the quarter" is the one being told of, or the last that is over.
local function by_quarter(form, story)
    local published = story.published
    local known = business_quarter(form, story)
    local year = form.form == "partial" and form.value:match "^(%d%d%d%d)%-QX"
    if year then
        local number = known and known.quarter
        if number then return year .. "-Q" .. number, known end
        if published and published.month then return year .. "-Q" .. ((quarter_of(published.month) - 2) % 4 + 1), published end
        return year .. "-QX"
    end
    local named = form.form == "partial" and form.value:match "^XXXX%-Q(%d)"
    if named then
        local point = known or published
        if not point then return form.value end
        local at = known and known.year or tonumber(quarter({}, point, math.tointeger(tonumber(named)), "Q"):sub(1, 4))
        return format("%04d-Q%s", at - 1, named), point
    end
    if form.unit == "Q" then
        if known then return shifted.Q(known, form.shift), known end
        if published and published.month then return shifted.Q(published, form.shift - 1), published end
        return "XXXX-QX"
    end
    if known then return shifted.Q(known, 4 * form.shift), known end
    local point = published
    if form.base == "quarter-previous" and story.any then point = story.any end
    return shift(form, point), point
end

local function value_of(form, story, hemisphere)
    if form.form == "full" or form.form == "age" then return form.value end
    if form.base == "quarter" or form.base == "quarter-previous" then
        local value, point = by_quarter(form, story)
        return value, point and (point == story.published and "published" or "text"), point
    end
    local point, name = anchor_of(form, story)
    if form.form == "shift" then return shift(form, point), point and name, point end
    if form.form == "feast" then return feast(form, point), point and name, point end
    if not point then return form.value end
    local filled = fill(form, point, hemisphere)
    if filled then return filled, name, point end
    return form.value
end

local function remember(story, form, value)
    if form.type ~= "DATE" and form.type ~= "TIME" then return end
    local point = resolve.point(value)
    if not point then return end
    point.ordinal = form.ordinal
    if point.number then story.day = point end
    if point.month then story.month = point end
    -- "a year earlier" speaks of another year, but the tale goes on in this one
    local yearly = form.base == "quarter" or form.base == "quarter-previous"
    if not yearly then story.any = point end
    local known = story.quarter
    local published = story.published
    local ahead = point.quarter and published and published.month and point.year * 4 + point.quarter >= published.year * 4 + quarter_of(published.month)
    if point.quarter and not yearly and not ahead and not (known and point.year < known.point.year) then
        story.quarter = { point = point, ordinal = form.ordinal }
    end
    if form.form == "full" then
        story.explicit = { point = point, ordinal = form.ordinal }
        if point.number then story.sentence = { point = point, ordinal = form.ordinal, year = true } end
    elseif point.number and form.form == "partial" and form.value:match "^XXXX%-%d" then
        story.sentence = { point = point, ordinal = form.ordinal }
    end
end

-- Is this a tale told with its own years (history, a life), rather than a day's news? Then a month without its year belongs
-- to the year that was named last.
local function is_narrative(expressions, published)
    local told, deictic = 0, 0
    for _, form in ipairs(expressions) do
        if form.form == "full" and form.type == "DATE" then
            local year = tonumber((form.value or ""):match "^(%d%d%d%d)")
            if year and (not published or math.abs(year - published.year) > 1) then told = told + 1 end
        elseif form.form == "shift" and form.base ~= "previous" or (form.form == "partial" and (form.value or ""):match "WXX") then
            deictic = deictic + 1
        end
    end
    return told >= 4 and told > 2 * deictic
end

-- expressions: rows of one article in order; published: its date as ISO text or nil.
-- Returns for every expression { value, anchor } in the same order; anchor is "published 2020-10-06", "text …", "sentence …" or nil.
function resolve.article(expressions, published, hemisphere)
    local point = resolve.point(published)
    local story = { published = point, narrative = is_narrative(expressions, point) }
    local out = {}
    for i, form in ipairs(expressions) do
        local value, name, anchor = value_of(form, story, hemisphere or "north")
        out[i] = { value = value, anchor = name and anchor and name .. " " .. anchor.value or nil }
        remember(story, form, value)
    end
    return out
end

return resolve
