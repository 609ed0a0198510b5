-- The days on which an article may have appeared, and what speaks for and against each of them, as named features.
-- A feature is a number about one article and one day; what it is worth is the model's business.

local calendar = require "lib.calendar"

local candidates = {}

local abs, min, max = math.abs, math.min, math.max

-- Days that a machine writes when it knows none
local defaults = {}
for _, iso in ipairs { "1970-01-01", "1970-01-02", "1969-12-31", "2000-01-01", "1900-01-01", "1980-01-01", "1999-11-30" } do defaults[calendar.parse(iso)] = true end
candidates.defaults = defaults

local function swapped(day)
    local y, m, d = calendar.date(day)
    if d <= 12 and d ~= m and calendar.exists(y, d, m) then return calendar.number(y, d, m) end
    return nil
end

-- Does the text tell of days long after this one? One such may be misread, two refute it.
local SOON = 60
function candidates.refuted(facts, day)
    local beyond = 0
    for _, known in ipairs(facts.known) do if known > day + SOON then beyond = beyond + 1 end end
    return beyond >= 2
end

-- ---------------------------------------------------------------- which days

-- facts: evidence.read; neighbours: { { facts, similarity, link, day, confidence, told } … } (day may be nil)
function candidates.list(facts, neighbours)
    local seen, out = {}, {}
    local function add(day)
        if day and not seen[day] then
            seen[day] = true
            out[#out + 1] = day
        end
    end
    local declared = facts.declared
    if declared and not defaults[declared] and not candidates.refuted(facts, declared) then add(declared) end
    add(facts.address)
    if facts.declared then
        add(swapped(facts.declared))
        local y, m, d = calendar.date(facts.declared)
        if facts.latest or #facts.month_days > 0 or #neighbours > 0 then
            for back = 1, 6 do
                if calendar.exists(y - back, m, d) then add(calendar.number(y - back, m, d)) end
            end
        end
    end
    local latest_year = facts.copyright
    for _, y in ipairs(facts.years) do if y < 2100 then latest_year = max(latest_year or y, y) end end
    for _, mention in ipairs(facts.days) do
        add(mention.day)
        add(mention.day + 1)
        add(mention.day + 2)
        local y = calendar.date(mention.day)
        latest_year = max(latest_year or y, y)
    end
    local years = {}
    if latest_year then years = { latest_year, latest_year + 1 } end
    for _, n in ipairs(neighbours) do
        if n.day and n.confidence * (0.15 + n.link) > 0.05 then
            for k = -3, 6 do add(n.day + k) end
        end
    end
    for i = 1, min(8, #facts.month_days) do
        local md = facts.month_days[i]
        for _, y in ipairs(years) do
            if calendar.exists(y, md.month, md.day) then
                local day = calendar.number(y, md.month, md.day)
                for k = 0, 2 do add(day + k) end
            end
        end
    end
    table.sort(out)
    return out
end

-- ---------------------------------------------------------------- what speaks for a day

-- Distance in days from a day to the nearest such month and day, negative when that lies behind.
local function nearest(day, month, wanted)
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

local function bucket(features, name, value, edges)
    for i, edge in ipairs(edges) do
        if value <= edge then features[name .. i] = 1 return end
    end
    features[name .. (#edges + 1)] = 1
end

local function own_dates(f, facts, day)
    local own = 0
    if facts.declared == day then f.declared = 1 end
    if facts.declared and facts.declared ~= day then
        f.undeclared = 1
        local _, m, d = calendar.date(day)
        local _, dm, dd = calendar.date(facts.declared)
        if m == dm and d == dd then f.other_year = 1 end
    end
    if facts.address == day then f.address = 1 end
    for _, mention in ipairs(facts.days) do
        local off = day - mention.day
        if off == 0 then
            local name = "said_" .. mention.place
            if mention.place == "inside" or mention.place == "head" or mention.place == "tail" then name = name .. (mention.free and "_free" or "_bound") end
            f[name] = 1
            if mention.timed and mention.place ~= "inside" then f.said_timed = 1 end
            if mention.labelled then f.said_labelled = 1 end
            if mention.place ~= "inside" and mention.place ~= "tail" then own = own + 1 end
            if mention.weekday and mention.place ~= "inside" then f.said_weekday = 1 end
        elseif off == 1 or off == 2 then
            f["said_before" .. off .. (mention.free and "_free" or "_bound")] = 1
        end
    end
    -- a date line and a dateline that agree
    if own >= 2 then f.said_twice = 1 end
end

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
            bucket(f, "gap", gap, { 0, 3, 14, 60, 200, 400, 1000 })
        end
    else
        f.no_horizon = 1
    end
    if facts.copyright then
        local y = calendar.date(day)
        if facts.copyright == y then f.copyright = 1 elseif facts.copyright < y then f.copyright_old = 1 else f.copyright_new = 1 end
    end
end

local function partial_dates(f, facts, day)
    local closest, ok, bad
    for _, md in ipairs(facts.month_days) do
        local off = nearest(day, md.month, md.day)
        if not closest or abs(off) < abs(closest) then closest = off end
        if md.weekday and off ~= 400 then
            if calendar.weekday(day + off) == md.weekday then ok = (ok or 0) + 1 else bad = (bad or 0) + 1 end
        end
    end
    if closest then
        local name = closest > 0 and "date_ahead" or "date_behind"
        bucket(f, name, abs(closest), { 0, 1, 3, 14, 45, 100 })
    end
    if ok then f.weekday_fits = 1 end
    if bad then f.weekday_refutes = min(bad, 2) end
end

local function weekdays(f, facts, day)
    local own = calendar.weekday(day)
    local n = #facts.behind
    if n > 0 then
        local counts = {}
        for _, w in ipairs(facts.behind) do
            local lag = (own - w.weekday) % 7
            counts[lag] = (counts[lag] or 0) + 1
        end
        for lag = 0, 6 do if counts[lag] then f["lag" .. lag] = counts[lag] / n end end
        local first = (own - facts.behind[1].weekday) % 7
        f["first_lag" .. min(first, 4)] = 1
        for lag = 0, 6 do
            if counts[lag] then f["least_lag" .. min(lag, 4)] = 1 break end
        end
    end
    if #facts.ahead > 0 then
        local least
        for _, w in ipairs(facts.ahead) do
            local lag = (w.weekday - own) % 7
            least = min(least or 9, lag)
        end
        f["ahead" .. min(least, 4)] = 1
    end
    if facts.today > 0 and n > 0 and f.lag0 then f.today_lag0 = 1 end
    if facts.yesterday > 0 and f.lag1 then f.yesterday_lag1 = 1 end
    if facts.yesterday > 0 and f.lag0 then f.yesterday_lag0 = 1 end
end

-- Days that a dated article tells of: its weekday words put on the calendar, its days in full, itself.
function candidates.told_days(facts, day)
    local told = { [day] = true }
    local own = calendar.weekday(day)
    for _, w in ipairs(facts.behind) do told[day - (own - w.weekday) % 7] = true end
    for _, m in ipairs(facts.days) do told[m.day] = true end
    for _, md in ipairs(facts.month_days) do
        local off = nearest(day, md.month, md.day)
        if off ~= 400 then told[day + off] = true end
    end
    return told
end

-- The dated neighbour that stands out most; later ones count only if they lend more.
local function strongest(neighbours)
    local best, weight
    for _, n in ipairs(neighbours) do
        if n.day then
            local w = n.confidence * (n.link + 0.2 * n.similarity)
            if not weight or w > weight then best, weight = n, w end
        end
    end
    return best, weight or 0
end

-- What this article tells of can't lie before the event that both tell of.
local function after_event(f, facts, day, best, link)
    local own, least, event = calendar.weekday(day), 7, nil
    for back = 0, 6 do if best.told[best.day - back] then event = best.day - back end end
    local before, within = 0, 0
    for _, w in ipairs(facts.behind) do
        local lag = (own - w.weekday) % 7
        least = min(least, lag)
        if event and day - lag < event then before = before + 1 elseif event and day - lag <= best.day then within = within + 1 end
    end
    f["linked_lag" .. min(least, 4)] = link
    f.before_event, f.within_event = before / #facts.behind, within / #facts.behind
    f.linked_before_event = link * f.before_event
end

-- Where the articles on the same matter crowd in time: those that are more alike count more, those nearer in time more.
local function crowd(f, day, neighbours)
    local here, all = 0, 0
    for _, n in ipairs(neighbours) do
        if n.day then
            local weight = n.similarity * n.similarity * n.confidence
            all = all + weight
            here = here + weight * math.exp(-abs(day - n.day) / 1.5)
        end
    end
    if all > 0 then f.crowd = math.log(0.02 + here / all) end
end

-- When the articles on one matter lie close together in time and this day lies far from them, how close: 0..1.
local function far_from_burst(day, neighbours)
    local days = {}
    for _, n in ipairs(neighbours) do
        if n.day and n.confidence > 0.4 then days[#days + 1] = n.day end
    end
    if #days < 3 then return nil end
    table.sort(days)
    local middle = days[(#days + 1) // 2]
    if abs(day - middle) < 100 then return nil end
    local close = 0
    for _, d in ipairs(days) do if abs(d - middle) <= 45 then close = close + 1 end end
    return close / #days * min(1, #days / 6)
end

-- The last day that an article tells of when its weekday words are counted on from the event that a dated one tells of too:
-- "shot on Friday … died on Saturday" beside an article of that Friday is of that Saturday, or a little later.
local function chain(f, facts, day, neighbours)
    for i = 1, min(4, #neighbours) do
        local n = neighbours[i]
        if n.day and n.link > 0.1 then
            local last = n.chain
            if not last then
                local event = n.day
                for back = 0, 6 do if n.told[n.day - back] then event = n.day - back end end
                last = #facts.behind > 0 and event or n.day
                local own = calendar.weekday(event)
                for _, w in ipairs(facts.behind) do last = max(last, event + (w.weekday - own) % 7) end
                n.chain = last
            end
            local weight, off = n.link * n.confidence, day - last
            local slot = off == 0 and "chain0" or off == 1 and "chain1" or off == 2 and "chain2" or off == -1 and "chain_1"
            if slot then f[slot] = max(f[slot] or 0, weight) end
        end
    end
end

local function beside_strongest(f, facts, day, neighbours)
    local best = strongest(neighbours)
    if not best then return end
    local off, link = day - best.day, best.link * best.confidence
    local slot = off < -1 and off >= -7 and "before" or off == -1 and "_1" or off >= 0 and off <= 3 and tostring(off) or off > 3 and off <= 7 and "week" or off > 7 and off <= 30 and "month"
    if not slot then return end
    f["beside_" .. slot] = 0.3
    f["linked_" .. slot] = link
    if #facts.behind == 0 then
        f["still_" .. slot] = link
    elseif off <= 7 and off >= -7 then
        after_event(f, facts, day, best, link)
    end
end

local function others(f, facts, day, neighbours)
    local by_distance = { 0, 0, 0, 0 }
    local earlier, later, total, near = 0, 0, 0, 0
    local own = calendar.weekday(day)
    local told = {}
    for _, n in ipairs(neighbours) do
        if n.day then
            local weight = (n.link + 0.2 * n.similarity) * n.confidence
            local off = abs(day - n.day)
            local slot = off == 0 and 1 or off == 1 and 2 or off <= 3 and 3 or off <= 7 and 4
            if slot then by_distance[slot] = max(by_distance[slot], weight) end
            total = total + weight
            if off <= 7 then near = near + weight end
            if n.day < day - 30 then earlier = max(earlier, weight) elseif n.day > day + 30 then later = max(later, weight) end
            if off <= 14 then
                for k, w in ipairs(facts.behind) do
                    if n.told[day - (own - w.weekday) % 7] then told[k] = max(told[k] or 0, weight) end
                end
            end
            if off <= 30 then
                for _, m in ipairs(facts.month_days) do
                    local d = nearest(day, m.month, m.day)
                    if d ~= 400 and n.told[day + d] then f.same_day_told = max(f.same_day_told or 0, weight) end
                end
            end
        end
    end
    for i, v in ipairs(by_distance) do
        if v > 0 then
            f["other" .. (i - 1)] = v
            f["other_any" .. (i - 1)] = 0.3
        end
    end
    if earlier > 0 then f.others_earlier = earlier end
    if later > 0 then f.others_later = later end
    local agree = 0
    for k = 1, #facts.behind do agree = agree + (told[k] or 0) end
    if agree > 0 then f.others_agree = agree / #facts.behind end
    if total > 0 then f.others_near = near / total; f.others_mass = (near / total) * min(1, total) end
    beside_strongest(f, facts, day, neighbours)
    crowd(f, day, neighbours)
    chain(f, facts, day, neighbours)
end

-- Articles that declare the very same day bear no witness to it: one crawler's clock may have dated them all.
local function independent(facts, neighbours)
    local out = {}
    for _, n in ipairs(neighbours) do
        if n.facts.declared ~= facts.declared or n.day ~= facts.declared then out[#out + 1] = n end
    end
    return out
end

-- tainted(day): of the other articles that declare that day, the share found to be of another day, and their number
function candidates.features(facts, day, neighbours, tainted)
    local f = {}
    if facts.declared == day then neighbours = independent(facts, neighbours) end
    own_dates(f, facts, day)
    horizon(f, facts, day)
    partial_dates(f, facts, day)
    weekdays(f, facts, day)
    if f.declared then
        local share, number = tainted(day)
        if number > 0 then
            f.declared_tainted = share
            bucket(f, "declared_taints", number, { 1, 3 })
        end
        if f.gap6 or f.gap7 or f.gap8 then f.declared_stale = 1 end
        if f.no_horizon then f.declared_alone = 1 end
    end
    others(f, facts, day, neighbours)
    if f.declared then
        f.declared_others_earlier, f.declared_others_later = f.others_earlier, f.others_later
        f.declared_others_near = f.others_mass
        f.declared_far_from_burst = far_from_burst(day, neighbours)
    end
    return f
end

-- What is known whatever the day: weights of these make "none of them" likelier or less.
function candidates.nothing(facts, neighbours)
    local f = { none = 1 }
    if facts.declared then f.none_declared = 1 end
    if facts.declared and defaults[facts.declared] then f.none_default = 1 end
    if #facts.days > 0 then f.none_days = 1 end
    local best, weight = strongest(neighbours)
    f.none_others = weight
    if best then f.none_neighbour = 1 end
    if weight > 0.7 then f.none_linked3 = 1 elseif weight > 0.4 then f.none_linked2 = 1 elseif weight > 0.2 then f.none_linked1 = 1 end
    return f
end

return candidates
