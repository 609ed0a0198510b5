-- The day from which an article's words are reckoned: the day on which it appeared, as `published` found it. Where `published` put another day in
-- the place of the declared one and is not sure of it, the article's own dates say which of the two they fit. Knows no language.

local calendar = require "lib.calendar"

local anchor = {}

local SURE = 0.7              -- a day that was found out with so much confidence stands
local NEAR = 7                -- days between two dates that make no difference worth a doubt
local CLEAR = 2               -- by so much (a log-odds) the words must fit the declared day better
local OWN_YEAR = 150          -- a day so near, of the year in which one writes, is seldom given its year
local FAR = 60                -- news names days of about so many days before and after

local function nearest(number, month, day)
    local year = calendar.date(number)
    local best
    for y = year - 1, year + 1 do
        local off = math.abs(calendar.number(y, month, math.min(day, calendar.days_in_month(y, month))) - number)
        if not best or off < best then best = off end
    end
    return best
end

local function integer(s) return s and math.tointeger(tonumber(s)) end

-- How ill one expression fits an article of that day: what it costs, 0 when it says nothing. last_year: the article says "last year".
local function misfit(form, number, last_year)
    local value = form.value or ""
    local year, month = calendar.date(number)
    local full = form.form == "full" and not form.dateline and calendar.parse(value)
    if full then
        local named = calendar.date(full)
        if last_year and named == year - 1 then return -1 end
        return math.abs(full - number) <= OWN_YEAR and named == year and 1 or 0
    end
    if form.form ~= "partial" then return 0 end
    local m, d = value:match "^XXXX%-(%d%d)%-(%d%d)"
    if m and integer(m) <= 12 then
        if form.weekday and calendar.exists(year, integer(m), integer(d)) and calendar.weekday(calendar.number(year, integer(m), integer(d))) ~= form.weekday then return 2 end
        return nearest(number, integer(m), integer(d)) / FAR
    end
    -- "last August", in August
    m = value:match "^XXXX%-(%d%d)$"
    return m and form.step == -1 and integer(m) == month and 1 or 0
end

-- published: the row of `published`, or nil; least: with less confidence it is no anchor; declared: what the article declares; expressions: its rows.
-- Returns a date or nil, and the name under which rows say it.
function anchor.choose(published, least, declared, expressions)
    if not published then return nil, "published" end
    local believed = (published.method == "declared" or (published.confidence or 0) >= least) and published.date or nil
    local found, other = calendar.parse(published.date), calendar.parse(declared)
    if published.method == "declared" or (published.confidence or 0) >= SURE or not found or not other or math.abs(found - other) <= NEAR then
        return believed, "published"
    end
    local balance, last_year = 0, false
    for _, form in ipairs(expressions) do last_year = last_year or form.form == "shift" and form.unit == "Y" and form.shift == -1 and not form.base end
    for _, form in ipairs(expressions) do balance = balance + misfit(form, found, last_year) - misfit(form, other, last_year) end
    if balance >= CLEAR then return declared, "declared" end
    return believed, "published"
end

return anchor
