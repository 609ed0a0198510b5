-- Where an article stands in time as it is read: for each expression the point from which its value is reckoned (the day of the article,
-- a date in the same sentence, or the date that the tale was last at), and the name under which its row says so.
-- Values themselves are resolve.lua's.

local resolve = require "timex.resolve"

local story = {}

local format = string.format
local quarter_of = resolve.quarter_of

-- ---------------------------------------------------------------- style

local told_years = 3          -- so many dates long before the article's own make a tale …
local long_ago = 50           -- a day, month or season so many years before the article weighs as much, if nothing speaks of the article's own days
local per_deictic = 2         -- … if they are more than so many times the "yesterday"s, "last week"s and bare weekdays
local days_near = 3           -- so many sentences back a day of the tale is still the one that a weekday belongs to
local hours_near = 7          -- so many days from the day named last the day of an hour may lie

-- Is this a tale told with its own dates (history, a life), rather than a day's news? Then a day without its year belongs to
-- the year that the tale is in, and "the month", "that winter", "on Sunday" are reckoned from there.
local function is_tale(expressions, published)
    local told, deictic, day, old, weekdays = 0, 0, nil, false, 0
    for _, form in ipairs(expressions) do
        local point = form.form == "full" and form.type ~= "DURATION" and resolve.point(form.value)
        if point then
            if not published or point.year < published.year - 1 then
                told = told + 1
                if point.number then day = form.ordinal end
                old = old or (point.number or point.month or point.season) and (not published or point.year < published.year - long_ago)
            end
        elseif form.form == "shift" and not form.base then
            deictic = deictic + 1
        elseif form.form == "partial" and not form.base and (form.value or ""):match "WXX" then
            weekdays = weekdays + 1
            -- "on 3 February 1813, a Wednesday": of the tale
            if not (day and form.ordinal and form.ordinal - day <= days_near) then deictic = deictic + 1 end
        end
    end
    if old and deictic + weekdays == 0 then return true end
    return told >= told_years and told > per_deictic * deictic
end

-- ---------------------------------------------------------------- anchors

-- What the tale was last at, at the grain that an expression needs. A day of another year than the one being told of is gone.
local function last_at(state, grain)
    local at = state[grain]
    if at and state.tale and state.any and at.year ~= state.any.year then return state.any end
    return at
end

local daily = { D = "day", W = "day", H = "day", Min = "day", S = "day", M = "month" }

-- "The bus fell late on Tuesday, police said on Wednesday. It had left at 8 p.m.": an hour is of the day that is told of, not of the telling.
local function hour_of(form, state)
    local at = state.event
    if not at or form.type ~= "TIME" or form.form ~= "shift" or form.shift ~= 0 or state.tale then return nil end
    if not form.ordinal or not at.ordinal or form.ordinal - at.ordinal > days_near then return nil end
    return math.abs(at.number - state.day.number) <= hours_near and at or nil
end

-- "They left on Wednesday evening … before dawn": the small hours behind an evening are the next day's. Returns that day.
local function small_hours_of(form, state)
    local evening = state.evening
    if not evening or form.type ~= "TIME" or form.form ~= "shift" or form.shift ~= 0 or form.base ~= "previous" then return nil end
    if not (form.clock or ""):match "^T0[0-5]" and form.clock ~= "TDA" then return nil end
    if not form.ordinal or not evening.ordinal or form.ordinal - evening.ordinal > days_near then return nil end
    -- of a night that isn't over when the article is written ("overnight") nobody tells the day after
    if state.published and state.published.number and evening.number == state.published.number then return nil end
    return resolve.point(resolve.shifted.D(evening, 1))
end

-- "the next day", "that winter", "by the end of the month" (in a tale)
local function previous_of(form, state)
    local grain = daily[form.unit]
    if form.form == "partial" then grain = form.value:match "WXX" and "day" or "month" end
    if grain == "month" and form.form == "partial" then return state.any end
    local event = hour_of(form, state)
    if event then return event end
    local at = grain and last_at(state, grain) or (form.unit ~= "D" or state.tale) and state.any
    return at or nil
end

-- "On September 28 he spoke of the march of last Sunday": that Sunday before the 28th
local function sentence_of(form, state)
    local near, published = state.sentence, state.published
    if not near or near.ordinal ~= form.ordinal or not near.point.number then return nil end
    if form.form ~= "partial" or form.base or not form.value:match "^XXXX%-WXX" then return nil end
    local far = not published or not published.number or math.abs(near.point.number - published.number) > 6
    return far and (near.year or form.step == -1) and near.point or nil
end

-- The point of one expression, the name of its kind, and whether it is where a tale stands.
local function anchor_of(form, state)
    local published = state.published
    -- "the night of the storm": when that was, the story may have said anywhere; only the sentence itself is sure
    if form.base == "event" and not state.tale then
        local at = state.event
        return at and at.ordinal == form.ordinal and at or nil, "text", true
    end
    local next_day = small_hours_of(form, state)
    if next_day then return next_day, "text", true end
    if form.base == "previous" or form.base == "event" or form.tail == "after" or form.tail == "same" or form.base == "near" and state.tale then
        local previous = previous_of(form, state)
        if previous then return previous, "text", true end
        return published, state.name
    end
    local near = (not state.tale or form.step) and sentence_of(form, state)
    if near then return near, "sentence" end
    -- "on the 15th": of the month that was named a moment ago
    local named = (form.value or ""):match "^XXXX%-XX%-%d" and state.month
    if named and state.tale and state.any and named.year ~= state.any.year then named = nil end
    if named and (form.ordinal or 0) - (named.ordinal or 0) <= days_near then return named, "text", true end
    if (form.form == "partial" or form.form == "feast") and not form.step then
        if state.tale and not form.base then
            local at = state.any or state.first
            if (form.value or ""):match "WXX" then
                -- "on Saturday": of the week that is told of, if that was a moment ago
                at = last_at(state, "day")
                if at and not (at.number and (form.ordinal or 0) - (at.ordinal or 0) <= days_near) then at = nil end
            end
            if at then return at, "text", true end
        end
        -- "in 1998 … in May": the year stands in the sentence, or nobody knows the day of the article
        local year = state.explicit
        -- "in 2019 … will fall by autumn": not the same year
        if year and published and form.direction == "future" and year.point.year < published.year then year = nil end
        if year and not form.weekday and not (form.value or ""):match "WXX" and (not published or year.ordinal and year.ordinal == form.ordinal) then
            return { year = year.point.year, value = year.point.value }, "text"
        end
    end
    if state.tale and not published then return state.any, "text", true end
    return published, state.name
end

-- ---------------------------------------------------------------- business quarters

local sentences_near = 5      -- so far back a business quarter is still the one being told of

local function business_quarter(form, state)
    local known = state.quarter
    if known and form.ordinal and known.ordinal and form.ordinal - known.ordinal > sentences_near then known = nil end
    return known and known.point
end

-- "a year earlier" among third quarters is a third quarter; "the quarter" is the one being told of, or the last that is over.
local function by_quarter(form, state)
    local published = state.published
    local known = business_quarter(form, state)
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
        local at = known and known.year or tonumber(resolve.quarter({}, point, math.tointeger(tonumber(named)), "Q"):sub(1, 4))
        return format("%04d-Q%s", at - 1, named), point
    end
    if form.unit == "Q" then
        -- "the quarter ended Sept. 30": the one that the month before it lies in
        local ended = form.tail == "ended" and state.ahead
        if ended then return format("%04d-Q%d", ended.month == 1 and ended.year - 1 or ended.year, quarter_of((ended.month - 2) % 12 + 1)), published end
        if known then return resolve.shifted.Q(known, form.shift), known end
        if published and published.month then return resolve.shifted.Q(published, form.shift - 1), published end
        return "XXXX-QX"
    end
    if known then return resolve.shifted.Q(known, 4 * form.shift), known end
    local point = published
    if form.base == "quarter-previous" and state.any then point = state.any end
    return resolve.shift(form, point), point
end

-- ---------------------------------------------------------------- one article

local function value_of(form, state, hemisphere)
    if form.form == "full" or form.form == "age" then return form.value end
    if form.base == "quarter" or form.base == "quarter-previous" then
        local value, point = by_quarter(form, state)
        return value, point and (point == state.published and state.name or "text"), point
    end
    local point, name, told = anchor_of(form, state)
    if form.form == "shift" then return resolve.shift(form, point), point and name, point end
    if form.form == "feast" then
        local value, said = resolve.feast(form, point, told), form.value ~= "XXXX"
        return value, not said and point and name or nil, not said and point or nil
    end
    local filled = point and resolve.fill(form, point, hemisphere, told)
    if filled then return filled, name, point end
    return form.value
end

-- What the tale is at after this expression.
local function remember(state, form, value)
    if form.type ~= "DATE" and form.type ~= "TIME" then return end
    local point = resolve.point(value)
    if not point then return end
    -- "(1811-1814)" behind a name is an aside
    if form.aside and state.any then return end
    point.ordinal = form.ordinal
    -- what was said of the evening last; another day ends it
    local clock = value:match "T(.+)$"
    local late = clock and (clock:match "^EV" or clock:match "^NI" or clock:match "^1[89]" or clock:match "^2[0-3]")
    if point.number and not form.reported and not form.possessive then state.evening = late and point or nil end
    -- "Sunday's vote" says which vote; the day that is told of stays what it was
    if point.number and not (form.possessive and state.day) then state.day = point end
    if point.number and not form.possessive and not form.dateline and not form.reported then state.event = point end
    if point.month then state.month = point end
    -- "a year earlier" speaks of another year, but the tale goes on in this one
    local yearly = form.base == "quarter" or form.base == "quarter-previous"
    if not yearly then state.any = point end
    local known, published = state.quarter, state.published
    local ahead = point.quarter and published and published.month and point.year * 4 + point.quarter >= published.year * 4 + quarter_of(published.month)
    if point.quarter and not yearly and not ahead and not (known and point.year < known.point.year) then
        state.quarter = { point = point, ordinal = form.ordinal }
    end
    if form.form == "full" then
        state.explicit = { point = point, ordinal = form.ordinal }
        if point.number then state.sentence = { point = point, ordinal = form.ordinal, year = true } end
    elseif point.number and form.form == "partial" and form.value:match "^XXXX%-%d" then
        state.sentence = { point = point, ordinal = form.ordinal }
    end
end

-- The first date with its year: what a tale's first "on 3 June" can be reckoned from.
local function first_date(expressions)
    for _, form in ipairs(expressions) do
        local point = form.form == "full" and form.type ~= "DURATION" and resolve.point(form.value)
        if point then return { year = point.year, value = point.value } end
    end
    return nil
end

-- expressions: rows of one article in order; published: its date as ISO text or nil; news: it has a dateline; named: what rows call that date.
-- Returns for every expression { value, anchor } in the same order; anchor is "published 2020-10-06", "text …", "sentence …" or nil.
function story.resolve(expressions, published, hemisphere, news, named)
    local point = resolve.point(published)
    local state = { published = point, name = named or "published", tale = not news and is_tale(expressions, point) }
    if state.tale then state.first = first_date(expressions) end
    local out = {}
    for i, form in ipairs(expressions) do
        local behind = expressions[i + 1]
        state.ahead = form.tail == "ended" and behind and behind.type == "DATE" and resolve.point(value_of(behind, state, hemisphere or "north")) or nil
        if state.ahead and not state.ahead.month then state.ahead = nil end
        local value, name, anchor = value_of(form, state, hemisphere or "north")
        if behind and behind.tail == "same" then
            local same = resolve.named(value, behind.value)
            if same then value = same else behind.tail = nil end
        end
        -- "a week from Friday", "the eve of May 9"
        local days = form.form ~= "shift" and form.form ~= "feast" and (form.tail or ""):match "^[+-]%d+$"
        if days then value = resolve.later(value, math.tointeger(tonumber(days))) end
        remember(state, form, value)
        if form.tail == "W" or form.tail == "W-WE" then value = resolve.week(value, form.tail) end
        out[i] = { value = value, anchor = name and anchor and name .. " " .. anchor.value or nil }
    end
    return out
end

return story
