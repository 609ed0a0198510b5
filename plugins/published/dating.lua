-- Dates all articles: each for itself first, then in the light of those that tell of the same event and of the same matter, some rounds over,
-- so that a date can be handed on ("today, Tuesday" beside an article that puts the event on 6 October).

local calendar = require "lib.calendar"
local candidates = require "published.candidates"
local evidence = require "published.evidence"
local model = require "published.model"
local others = require "published.others"
local own = require "published.own"

local dating = {}

local abs, exp, floor, log, max, min = math.abs, math.exp, math.floor, math.log, math.max, math.min

local ROUNDS = 3
local HEARSAY = 0.5           -- what a day that was itself taken over from others is worth to the next
local LATE = 3                -- a declared day so close to another is not refuted by it: stories are put up late, and dated ahead
local WEEK = 7                -- days about the best one that are of its week
local BELIEFS = 4             -- of an article's possible days so many are handed on

local own_grounds = { "declared", "address", "link0", "said_line", "said_dateline", "said_byline", "said_free", "said_labelled", "said_updated", "said_timed" }

-- Of the other articles that declare a day the share that was found to be of another: a day of which a crawler's clock is known
-- to have been the source taints whoever else bears it. found may be nil (nothing is known yet).
local function refused(facts, choice)
    return choice and choice.day and choice.day ~= facts.declared and choice.confidence > 0.5 and abs(choice.day - facts.declared) > 7
end

local function declarations(all, found)
    local counts, elsewhere = {}, {}
    for i, facts in ipairs(all) do
        local day = facts.declared
        if day then
            counts[day] = (counts[day] or 0) + 1
            if found and refused(facts, found[i]) then elsewhere[day] = (elsewhere[day] or 0) + 1 end
        end
    end
    return function(facts, day, choice)
        local n, bad = (counts[day] or 1) - 1, elsewhere[day] or 0
        if facts.declared == day and refused(facts, choice) then bad = bad - 1 end
        return n > 0 and bad / n or 0, bad
    end
end

-- ---------------------------------------------------------------- the time of the corpus

local MONTH, REACH, SPREAD = 30, 24, 6      -- bins of days; so many bins about one count, falling off by so many

-- How the days of a corpus crowd about a day, as a log-ratio to nothing known; without what article i itself lends.
local function era_of(all, found)
    local bins, total, weights = {}, 0, {}
    for i, choice in ipairs(found) do
        if choice.day then
            local w = choice.confidence * (choice.own and 1 or HEARSAY) * (choice.day == all[i].declared and 0.5 or 1)
            local bin = floor(choice.day / MONTH)
            bins[bin], weights[i] = (bins[bin] or 0) + w, w
            total = total + w
        end
    end
    local scale, smooth = 0, {}
    for k = -REACH, REACH do scale = scale + exp(-abs(k) / SPREAD) end
    local function density(bin)
        if not smooth[bin] then
            local sum = 0
            for k = -REACH, REACH do sum = sum + (bins[bin + k] or 0) * exp(-abs(k) / SPREAD) / scale end
            smooth[bin] = sum
        end
        return smooth[bin]
    end
    return function(i, day)
        local bin, w = floor(day / MONTH), weights[i] or 0
        local here = density(bin)
        if w > 0 then
            local off = abs(bin - floor(found[i].day / MONTH))
            if off <= REACH then here = here - w * exp(-off / SPREAD) / scale end
        end
        local sure = min(1, total / 10)
        return log(1 - 0.9 * sure + 0.9 * sure * max(0, here) / (total - w + 1e-9) * 100)
    end
end

-- ---------------------------------------------------------------- one article

-- The same day of the month so many months after a day, or the month's last
local function months_after(day, months)
    local y, m, d = calendar.date(day)
    local all = y * 12 + m - 1 + months
    y, m = all // 12, all % 12 + 1
    return calendar.number(y, m, min(d, calendar.days_in_month(y, m)))
end

-- What is told months later: a neighbour that tells the news is seen as if it had appeared so many months after; of two that look back
-- equally far neither is moved. An article that tells the news learns no day from one that looks back.
local function moved(neighbours, months)
    local out = {}
    for k, n in ipairs(neighbours) do
        local by = months - (n.facts.later and n.facts.later.months or 0)
        if by == 0 or not n.day then
            out[k] = n
        else
            local copy, belief, told = {}, {}, {}
            for key, value in pairs(n) do copy[key] = value end
            for i, b in ipairs(n.belief) do belief[i] = { months_after(b[1], by), b[2] } end
            for day in pairs(n.told) do told[months_after(day, by)] = true end
            copy.day, copy.belief, copy.told = months_after(n.day, by), belief, told
            out[k] = copy
        end
    end
    return out
end

-- So many months after what its neighbours tell an article is, and their middle; nil when it looks back on something else, or when they themselves
-- lie years apart.
local CROWD, MOST, ABOUT = 8, 0.7, 60
local function looks_back(facts, neighbours)
    local best = facts.later and others.strongest(neighbours)
    if not best then return nil end
    local near, all, heads = 0, 0, {}
    for _, n in ipairs(neighbours) do
        if n.day and #heads < CROWD and not n.facts.later then
            local w = n.confidence * (n.link + 0.2 * n.similarity)
            all = all + w
            if abs(n.day - best.day) <= ABOUT then near = near + w end
            heads[#heads + 1] = n.facts.head
        end
    end
    if all == 0 or near < MOST * all then return nil end
    local of, known = facts.later.of or {}, 0
    for _, word in ipairs(of) do
        for _, head in ipairs(heads) do
            if head:find(word, 1, true) then
                known = known + 1
                break
            end
        end
    end
    if 2 * known < #of then return nil end
    return facts.later.months, best.day
end

-- Candidates of one article with their features; the last entry is "none". known: { tainted, era } of the corpus so far, era may be nil
function dating.options(i, facts, neighbours, known, before)
    local months, event = looks_back(facts, neighbours)
    local later = months and moved(neighbours, months)
    local days, list = candidates.list(facts, neighbours, later), {}
    local function views(from)
        return { all = others.view(from), strict = facts.declared and others.view(others.independent(facts, from)) }
    end
    local now, then_ = views(neighbours), later and views(later)
    local turn = months and event + 15 * months        -- the middle of the time that has passed
    local function tainted(day) return known.tainted(facts, day, before) end
    for k, day in ipairs(days) do
        local f = {}
        local after = turn and day >= turn
        local view = after and then_ or now
        own.features(f, facts, day)
        local off = after and day - months_after(day, -months) or 0
        local era = known.era and function(at) return known.era(i, at - off) end
        others.features(f, facts, day, day == facts.declared and view.strict or view.all, tainted, era)
        if turn and not after then f.too_soon = 1 end
        list[k] = f
    end
    local nothing = { none = 1 }
    if facts.declared then nothing.none_declared = 1 end
    if facts.declared and evidence.defaults[facts.declared] then nothing.none_default = 1 end
    if #facts.days > 0 then nothing.none_days = 1 end
    others.nothing(nothing, now.all)
    list[#list + 1] = nothing
    return days, list
end

-- The best day: { day, confidence, about = probability of the week about it, declared = probability of the declared day, near_declared = of it and the days about it, features, belief }
function dating.choose(facts, days, list, weights)
    local p = model.probabilities(weights, list)
    local best, declared, near
    local order = {}
    for i, day in ipairs(days) do
        order[i] = i
        if not best or p[i] > p[best] then best = i end
        if day == facts.declared then declared = p[i] end
        if facts.declared and abs(day - facts.declared) <= LATE then near = (near or 0) + p[i] end
    end
    if not best then return { confidence = 0, none = 1, belief = {} } end
    table.sort(order, function(a, b)
        if p[a] ~= p[b] then return p[a] > p[b] end
        return a < b
    end)
    local belief, about = {}, 0
    for k = 1, min(BELIEFS, #order) do belief[k] = { days[order[k]], p[order[k]] } end
    for i, day in ipairs(days) do if abs(day - days[best]) <= WEEK then about = about + p[i] end end
    return { day = days[best], confidence = p[best], about = about, declared = declared, near_declared = near, features = list[best], none = p[#p], belief = belief }
end

-- What an article lends to others, once a round: how sure its day is, and its belief
local function lent(choice)
    if not choice.lent then
        local worth, belief = choice.own and 1 or HEARSAY, {}
        for k, b in ipairs(choice.belief) do belief[k] = { b[1], b[2] * worth } end
        choice.lent = { confidence = choice.confidence * worth, belief = belief, told = choice.told or {} }
    end
    return choice.lent
end

-- Neighbours of article i with what they were dated to last
local function neighbours_of(i, all, found, near)
    local out, clocks = {}, {}
    for _, pair in ipairs(near[i]) do
        local j = pair[1]
        local other, declared = found[j], all[j].declared
        local hindsight = all[j].later and not all[i].later
        if declared and declared == other.day then clocks[declared] = (clocks[declared] or 0) + 1 end
        local from = lent(other)
        out[#out + 1] = { facts = all[j], similarity = pair[2], link = pair[3], cosine = pair[4], day = not hindsight and other.day or nil, confidence = from.confidence,
            belief = from.belief, told = from.told, own = other.own }
    end
    -- articles that declare one and the same day are one witness
    for _, n in ipairs(out) do n.alike = n.day and n.day == n.facts.declared and clocks[n.day] or 1 end
    return out
end

-- ---------------------------------------------------------------- all articles

local function knowledge(all, found)
    return { tainted = declarations(all, found), era = found and era_of(all, found) }
end

-- One round: every article from what the others were found to be before.
local function round(all, found, near, weights)
    local out, known = {}, knowledge(all, found)
    for i, facts in ipairs(all) do
        local neighbours = found and neighbours_of(i, all, found, near) or {}
        local days, list = dating.options(i, facts, neighbours, known, found and found[i])
        local choice = dating.choose(facts, days, list, weights)
        if choice.day and choice.confidence >= 0.1 then
            choice.told = own.told(facts, choice.day)
            for _, name in ipairs(own_grounds) do choice.own = choice.own or choice.features[name] ~= nil end
        else
            choice.day, choice.weak = nil, choice.day
        end
        choice.neighbours, choice.back = neighbours, looks_back(facts, neighbours) ~= nil
        out[i] = choice
    end
    return out
end

-- all: facts in order of article; near[i]: neighbours of article i.
function dating.run(all, near, weights, rounds)
    local found = round(all, nil, near, weights.alone)
    for _ = 1, rounds or ROUNDS do found = round(all, found, near, weights.together) end
    return found
end

dating.knowledge, dating.neighbours_of, dating.round = knowledge, neighbours_of, round
return dating
