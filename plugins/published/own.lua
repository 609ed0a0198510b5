-- What an article's own text, address and declared date say for and against a day, as named features. A feature is a number about one
-- article and one day; what it is worth is the model's business. Knows no other article.

local calendar = require "lib.calendar"

local own = {}

local abs, min = math.abs, math.min

-- The feature name1, name2 … of the first edge that holds the value
local function bucket(features, name, value, edges)
    for i, edge in ipairs(edges) do
        if value <= edge then features[name .. i] = 1 return end
    end
    features[name .. (#edges + 1)] = 1
end

-- Distance in days from a day to the nearest such month and day, negative when that lies behind.
function own.nearest(day, month, wanted)
    local y = calendar.date(day)
    local best
    for year = y - 1, y + 1 do
        if calendar.exists(year, month, wanted) then
            local off = calendar.number(year, month, wanted) - day
            if not best or abs(off) < abs(best) then best = off end
        end
    end
    return best or 400
end

-- How many days before `day` a weekday word points: 0..6, a week for "last Friday" said on a Friday
function own.lag(day, word)
    local lag = (calendar.weekday(day) - word.weekday) % 7
    return lag == 0 and word.strict and 7 or lag
end

-- ---------------------------------------------------------------- days in full

local function declared_date(f, facts, day)
    if not facts.declared then return end
    if facts.declared == day then f.declared = 1 return end
    f.undeclared = 1
    local _, m, d = calendar.date(day)
    local _, dm, dd = calendar.date(facts.declared)
    if m == dm and d == dd then f.other_year = 1 end
    if m == dd and d == dm then f.other_order = 1 end
end

local function said(f, facts, day)
    local places = 0
    for _, mention in ipairs(facts.days) do
        if day == mention.day then
            f.said = 1
            if mention.place ~= "inside" then
                f["said_" .. mention.place] = 1
                if mention.free then f.said_free = 1 end
                if mention.timed then f.said_timed = 1 end
                if mention.weekday then f.said_weekday = 1 end
                if mention.place ~= "tail" then places = places + 1 end
            end
            if mention.message then f.said_message = 1 end
            if mention.label then f[mention.label == "posted" and "said_labelled" or "said_updated"] = 1 end
            if mention.top then f.said_top = 1 end
            -- "on Tuesday … October 6, 2020", which was a Tuesday
            for _, w in ipairs(facts.behind) do if w.weekday == calendar.weekday(day) then f.said_named = 1 end end
        end
    end
    for _, mention in ipairs(facts.days) do
        if mention.day == day - 1 and mention.message then f.message_before = 1 end
        if mention.message and mention.day > day and mention.day <= day + 31 then f.message_ahead = 1 end
    end
    for _, link in ipairs(facts.links) do
        local off = day - link
        if off == 0 then f.link0 = 1 elseif off == 1 then f.link1 = 1 elseif off < 0 and off > -400 then f.link_ahead = 1 end
    end
    -- a date line and a dateline that agree
    if places >= 2 then f.said_twice = 1 end
end

-- ---------------------------------------------------------------- what the text knows, and what it does not know yet

local function horizon(f, facts, day)
    if facts.latest then
        local gap = day - facts.latest
        if gap < -400 then
            f.beyond3 = 1
        elseif gap < -31 then
            f.beyond2 = 1
        elseif gap < 0 then
            f.beyond1 = 1
        else
            bucket(f, "gap", gap, { 3, 31, 400, 1200 })
        end
    else
        f.no_horizon = 1
    end
    if facts.copyright then
        local y = calendar.date(day)
        if facts.copyright == y then f.copyright = 1 elseif facts.copyright < y then f.copyright_old = 1 else f.copyright_new = 1 end
    end
end

-- "LIMA, Oct. 4 —" at the head, so many days before; "on Saturday" in such a text tells in which year the 4th was a Saturday.
local function dated_head(f, facts, day, md, off)
    f["dated_head" .. -off] = 1
    if md.wire then f["dated_wire" .. -off] = 1 end
    if #facts.behind == 0 then return end
    local named = false
    for _, w in ipairs(facts.behind) do named = named or w.weekday == calendar.weekday(day + off) end
    f[named and "head_named" or "head_unnamed"] = 1
end

-- Days without a year: told as past they lie behind, as coming ahead; at the head they may be the article's own ("LIMA, Oct. 4 —").
local function month_days(f, facts, day)
    local behind, ok, bad
    for _, md in ipairs(facts.month_days) do
        local off = own.nearest(day, md.month, md.day)
        if off ~= 400 then
            if md.weekday then
                if calendar.weekday(day + off) == md.weekday then ok = 1 else bad = (bad or 0) + 1 end
            end
            if md.own and off <= 0 and off >= -2 then dated_head(f, facts, day, md, off) end
            if md.direction == "past" and off > 0 then
                f.past_ahead = 1
            elseif md.direction == "future" then
                if off < 0 then f.coming_behind = 1 end
            elseif off <= 0 then
                behind = min(behind or 999, -off)
            end
        end
    end
    if behind then bucket(f, "date_behind", behind, { 0, 1, 3, 14, 60 }) end
    if ok then f.weekday_fits = 1 end
    if bad then f.weekday_refutes = min(bad, 2) end
end

-- Weekday words told as past: most articles name the day on which they appear, or the one before it.
local function weekdays(f, facts, day)
    if #facts.behind == 0 then return end
    local least, hours, told, owner = 9, nil, 9, 9
    for _, w in ipairs(facts.behind) do
        local lag = own.lag(day, w)
        if lag < least then least, hours = lag, w.hours end
        if w.manner == "told" then told = min(told, lag) elseif w.manner == "owner" then owner = min(owner, lag) end
    end
    if told < 9 then f["told_lag" .. min(told, 2)] = 1 end
    if owner < 9 then f["owner_lag" .. min(owner, 2)] = 1 end
    f["least_lag" .. min(least, 4)] = 1
    -- the day named first is that of the news, what follows is often background
    local first = own.lag(day, facts.behind[1])
    if first == 0 then f.first_lag0 = 1 elseif first >= 3 then f.first_far = 1 end
    -- what happened late in the evening is in the paper of the next day
    if hours and least <= 1 then f["lag" .. least .. "_" .. hours] = 1 end
    -- "shot on Friday … at about 11 p.m."
    if least <= 1 and not hours and facts.hours then f["clock" .. least .. "_" .. facts.hours] = 1 end
    local near = min(least, 2)
    -- a paper that says "yesterday" seldom names that day, or its own, by the weekday
    if facts.calls_yesterday then f["yesterday_lag" .. near] = 1 end
    for _, name in ipairs(facts.stages) do f[name .. near] = 1 end
    if f.declared then
        if least >= 3 then f.declared_far_weekday = 1 end
        local close = 0
        for _, w in ipairs(facts.behind) do if own.lag(day, w) <= 1 then close = close + 1 end end
        f.declared_lag = close / #facts.behind
    end
end

-- "This Thursday (13)": the weekday and the day of the month leave few days of a year on which it can be said.
local SIGHT = 10
local function numbered(f, facts, day)
    for _, n in ipairs(facts.numbered) do
        local off
        for at = -SIGHT, SIGHT do
            if calendar.weekday(day + at) == n.weekday and select(3, calendar.date(day + at)) == n.day then off = at end
        end
        if not off then
            f.numbered_refutes = 1
        elseif n.this and off <= 0 and off >= -1 then
            f["numbered" .. -off] = 1
        end
    end
end

-- Weekday words told as to come: the nearest is most often tomorrow's or the day after it, and lies no week behind what has been.
local function ahead(f, facts, day)
    if #facts.ahead == 0 then return end
    local lead, lag = 9, 9
    for _, w in ipairs(facts.ahead) do lead = min(lead, (w.weekday - calendar.weekday(day)) % 7) end
    for _, w in ipairs(facts.behind) do lag = min(lag, own.lag(day, w)) end
    f["lead" .. min(lead, 5)] = 1
    if lag + lead > 7 then f.outside = 1 end
end

-- Days of rest have less news; "over the weekend" is said on Monday.
local rest = { [6] = "saturday", [7] = "sunday" }
local function week(f, facts, day)
    local weekday = calendar.weekday(day)
    local told = facts.week_told
    if told and (weekday - told.last) % 7 + told.span >= 7 then f.list_broken = 1 end
    if rest[weekday] then f["on_" .. rest[weekday]] = 1 end
    if facts.weekend then f["weekend" .. (weekday >= 6 and weekday or min(weekday, 3))] = 1 end
end

-- Adds to f what speaks for the article's being of `day`.
function own.features(f, facts, day)
    declared_date(f, facts, day)
    if facts.address == day then f.address = 1 end
    said(f, facts, day)
    horizon(f, facts, day)
    month_days(f, facts, day)
    weekdays(f, facts, day)
    ahead(f, facts, day)
    numbered(f, facts, day)
    week(f, facts, day)
    if facts.today_named then f[facts.today_named.weekday == calendar.weekday(day) and "today_named" or "today_refutes"] = 1 end
    -- a date line of a Saturday over a story that knows Tuesday, and no day after it, is that of a crawl or of another story
    if f.said and #facts.behind > 1 and (f.least_lag3 or f.least_lag4) then f.said_far_weekday = 1 end
    if f.declared and (f.beyond2 or f.beyond3) then f.declared_beyond = 1 end
end

-- Days that an article tells of if it is of `day`: its weekday words put on the calendar, its days in full, itself.
function own.told(facts, day)
    local told = { [day] = true }
    for _, w in ipairs(facts.behind) do told[day - own.lag(day, w)] = true end
    for _, m in ipairs(facts.days) do told[m.day] = true end
    for _, md in ipairs(facts.month_days) do
        local off = own.nearest(day, md.month, md.day)
        if off ~= 400 then told[day + off] = true end
    end
    if facts.yesterday > 0 then told[day - 1] = true end
    return told
end

return own
