-- The days on which an article may have appeared: those that its own text, its address and its declared date name, and those
-- around which the articles like it lie. What speaks for each is weighed in own.lua and others.lua.

local calendar = require "lib.calendar"
local evidence = require "published.evidence"

local candidates = {}

local max, min = math.max, math.min

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

local YEARS_BACK = 6              -- "the right day in a later year" is looked for so many years back
local MONTH_DAYS = 8              -- of a text's days without a year so many are tried
local LIKE = 10                   -- so many articles on the same matter lend the week about them
-- What is less alike is on another matter. A declared day is held against more: it has to stand up to rivals.
local LIKENESS, RIVAL = 0.08, 0.05

local function from_declared(add, facts, neighbours)
    local declared = facts.declared
    if not declared then return end
    if not evidence.defaults[declared] and not candidates.refuted(facts, declared) then add(declared) end
    add(swapped(declared))
    if not (facts.latest or #facts.month_days > 0 or #neighbours > 0) then return end
    local y, m, d = calendar.date(declared)
    for back = 1, YEARS_BACK do
        if calendar.exists(y - back, m, d) then add(calendar.number(y - back, m, d)) end
    end
end

-- Years in which a day without a year may lie: the latest that the text names and the one after it, and those of the articles on the same matter.
local function years_of(facts, neighbours)
    local latest = facts.copyright
    for _, y in ipairs(facts.years) do if y < 2100 then latest = max(latest or y, y) end end
    for _, mention in ipairs(facts.days) do latest = max(latest or 0, (calendar.date(mention.day))) end
    local seen, out = {}, {}
    local function add(y)
        if not seen[y] then
            seen[y] = true
            out[#out + 1] = y
        end
    end
    if latest then add(latest) add(latest + 1) end
    for _, n in ipairs(neighbours) do
        if #out < 6 and n.day and n.confidence > 0.3 then add((calendar.date(n.day))) end
    end
    return out
end

-- The dated articles most alike
local function most_alike(facts, neighbours)
    local list, least = {}, facts.declared and RIVAL or LIKENESS
    for _, n in ipairs(neighbours) do
        if n.day and n.confidence > 0.1 and n.cosine > least then list[#list + 1] = n end
    end
    table.sort(list, function(a, b)
        local wa, wb = a.cosine * a.confidence, b.cosine * b.confidence
        if wa ~= wb then return wa > wb end
        return a.facts.id < b.facts.id
    end)
    for k = #list, LIKE + 1, -1 do list[k] = nil end
    return list
end

-- later: the neighbours as they are seen by an article that looks back on what they tell, or nil.
-- facts: evidence.read; neighbours: { { facts, similarity, link, day, confidence, … } … } (day may be nil), those that lend most first
function candidates.list(facts, neighbours, later)
    local seen, out = {}, {}
    local function add(day)
        if day and not seen[day] then
            seen[day] = true
            out[#out + 1] = day
        end
    end
    local function around(day, from, to)
        for k = from, to do add(day + k) end
    end
    add(facts.address)
    from_declared(add, facts, neighbours)
    for _, mention in ipairs(facts.days) do around(mention.day, 0, 2) end
    for _, link in ipairs(facts.links) do around(link, 0, 2) end
    for _, n in ipairs(neighbours) do
        if n.day and n.confidence > 0.1 and n.link * n.confidence > 0.05 then around(n.day, -3, 6) end
    end
    for _, n in ipairs(most_alike(facts, neighbours)) do around(n.day, -7, 7) end
    for _, n in ipairs(later and most_alike(facts, later) or {}) do around(n.day, -7, 7) end
    if #facts.month_days > 0 then
        local years = years_of(facts, neighbours)
        for i = 1, min(MONTH_DAYS, #facts.month_days) do
            local md = facts.month_days[i]
            for _, y in ipairs(years) do
                if calendar.exists(y, md.month, md.day) then around(calendar.number(y, md.month, md.day), 0, 2) end
            end
        end
    end
    table.sort(out)
    return out
end

return candidates
