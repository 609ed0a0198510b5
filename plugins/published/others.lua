-- What the other articles say for and against a day: those that tell of the same event, those on the same matter, all of the corpus.
-- Beliefs about their days come in with how sure they are; here they are made into named features of one article and one day.

local calendar = require "lib.calendar"
local own = require "published.own"

local others = {}

local abs, exp, log, max, min = math.abs, math.exp, math.log, math.max, math.min

local EVENT = 6                   -- so many articles on one event are looked at
local UNIFORM = 1 / 3000          -- a day of which nothing is known, among eight years of days

-- ---------------------------------------------------------------- one event

-- Articles on one event, told apart in days: half lie a day apart or less. Shares of a day at such a distance.
local event_kernel, EVENT_REACH, EVENT_FAR = {}, 30, UNIFORM / 4
for lag = 0, EVENT_REACH do
    local share = lag <= 7 and 0.012 or 0.002
    if lag == 0 then share = 0.33 elseif lag == 1 then share = 0.14 elseif lag == 2 then share = 0.05 elseif lag == 3 then share = 0.04 end
    event_kernel[lag], event_kernel[-lag] = share, share
end

-- How likely it is that two articles tell of one event, by how far the one stands out among the other's neighbours
local function same_event(link)
    return 0.9 * link
end

-- The dated articles on the same event
local function linked(neighbours)
    local list = {}
    for _, n in ipairs(neighbours) do
        if n.day and n.link > 0.1 and #list < EVENT then list[#list + 1] = n end
    end
    return list
end

-- The event's day by each linked article's belief; the strongest counts in full, the next ones support it.
local function event(f, day, on_event)
    local first, more = nil, 0
    for k, n in ipairs(on_event) do
        local share, told = same_event(n.link), 1
        local sum = 0
        for _, b in ipairs(n.belief) do
            sum = sum + b[2] * (event_kernel[day - b[1]] or EVENT_FAR)
            told = told - b[2]
        end
        local message = log((1 - share) + share * (sum / UNIFORM + max(0, told)))
        if k == 1 then first = message else more = more + message / k end
    end
    f.event = first
    if #on_event > 1 then f.event_more = more end
end

-- ---------------------------------------------------------------- weekday words of two articles on one event

-- Share of an article's words, if it is of `day`, that fall on days of which the other one tells too. Of what came after it the other one can't know.
local function share_told(facts, day, told, known_until)
    local hit, all = 0.5, 1
    for _, w in ipairs(facts.behind) do
        local at = day - own.lag(day, w)
        if at <= known_until then
            all = all + 1
            if told[at] then hit = hit + 1 end
        end
    end
    return hit / all
end

local function agreements(f, facts, day, on_event)
    local weight, agree, back, told = 0, 0, 0, nil
    for _, n in ipairs(on_event) do
        if n.confidence > 0.1 then
            local w = n.link * n.confidence
            weight = weight + w
            if abs(day - n.day) <= 14 then
                told = told or own.told(facts, day)
                agree = agree + w * share_told(facts, day, n.told, n.day)
                back = back + w * share_told(n.facts, n.day, told, day)
            end
        end
    end
    if weight > 0 then
        local sure = min(1, weight)
        f.agree, f.agree_back = sure * agree / weight, sure * back / weight
    end
end

-- Days to which an article's weekday words point if it is of `day`, each once
local function placed(facts, day)
    local seen, out = {}, {}
    for _, w in ipairs(facts.behind) do
        local at = day - own.lag(day, w)
        if not seen[at] then
            seen[at] = true
            out[#out + 1] = at
        end
    end
    return out
end

-- Of the articles on one event that are surely so: the first day that they tell of, the last on which they appeared, how sure it is
local SURE = 0.25
local function span_of(on_event)
    local span = { first = math.huge, last = -math.huge, weight = 0 }
    for _, n in ipairs(on_event) do
        local w = n.link * n.confidence
        if w > 0.1 then span.weight, span.last = max(span.weight, w), max(span.last, n.day) end
        if w > SURE then for _, at in ipairs(placed(n.facts, n.day)) do span.first = min(span.first, at) end end
    end
    return span
end

-- Day by day: how many do both tell of, does this article tell of days before all that the others tell of, or of none but later ones?
local function shared_days(f, facts, day, on_event, span)
    if span.weight == 0 or abs(day - span.last) > 21 then return end
    local mine = placed(facts, day)
    if #mine == 0 then return end
    local shared, later = 0, true
    for _, at in ipairs(mine) do
        local told = 0
        for _, n in ipairs(on_event) do if n.told[at] then told = max(told, n.link * n.confidence) end end
        shared = shared + told
        if at <= span.last then later = false end
        if at == span.first - 1 then f.before1 = span.weight elseif at < span.first - 1 and span.first < math.huge then f.before2 = span.weight end
    end
    f.shared = min(2, shared)
    if shared == 0 then f.unshared = span.weight end
    if later then f.later = span.weight end
end

-- The dated neighbour that stands out most
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
others.strongest = strongest

-- Without weekday words an article is most often of the same day as the other.
local function still(f, facts, day, best)
    if best and #facts.behind == 0 and day == best.day then f.still_0 = best.link * best.confidence end
end

-- ---------------------------------------------------------------- one matter

-- Articles on one matter crowd in time, on some within days, on some within years. How wide is learnt from the neighbours themselves: each
-- width is weighed by how well the neighbours' days foretell one another.
local WIDTHS = { 1.5, 6, 25, 120, 600 }

local kernels = {}
for i, width in ipairs(WIDTHS) do
    local kernel, sum = {}, 0
    local reach = math.floor(width * 6)
    for lag = 0, reach do
        kernel[lag] = exp(-lag / width)
        sum = sum + kernel[lag] * (lag == 0 and 1 or 2)
    end
    for lag = 0, reach do kernel[lag] = kernel[lag] / sum end
    kernels[i] = kernel
end

-- The shares of the widths, by how well each foretells every one of the days from the others; two days alone tell little, one tells nothing.
-- lists: for each of the days the weights of the articles of that day.
local function width_shares(days, weights, lists, total, count)
    local fit, highest, sum = {}, -math.huge, 0
    for k, kernel in ipairs(kernels) do
        local likelihood = 0
        for i, day in ipairs(days) do
            local here = 0
            for j, other in ipairs(days) do here = here + weights[j] * (kernel[abs(day - other)] or 0) end
            for _, w in ipairs(lists[i]) do
                likelihood = likelihood + w / total * log(UNIFORM / 5 + max(0, here - w * kernel[0]) / (total - w + 1e-12))
            end
        end
        fit[k] = count > 1 and likelihood * min(count, 8) or 0
        highest = max(highest, fit[k])
    end
    for k = 1, #fit do
        fit[k] = exp(fit[k] - highest)
        sum = sum + fit[k]
    end
    for k = 1, #fit do fit[k] = fit[k] / sum end
    return fit
end

-- The crowd of an article's dated neighbours: their days, each once, with weights, and the shares of the widths. nil when there are none.
local ALIKE = 0.15                -- a crowd of which none is so alike is less sure to be on the same matter
local LEAST = 0.06                -- what has less than that of the greatest weight is left out
local function crowd_weight(n)
    return n.day and n.confidence > 0.15 and n.confidence * n.cosine ^ 2 / n.alike or 0
end

function others.crowd(neighbours)
    local days, weights, lists, at, total, count, most, alike = {}, {}, {}, {}, 0, 0, 0, 0
    for _, n in ipairs(neighbours) do
        local w = crowd_weight(n)
        if w > 0 then most, alike = max(most, w), max(alike, n.cosine) end
    end
    for _, n in ipairs(neighbours) do
        local w = crowd_weight(n)
        if w > 0 and w >= LEAST * most then
            local k = at[n.day]
            if not k then
                k = #days + 1
                at[n.day], days[k], weights[k], lists[k] = k, n.day, 0, {}
            end
            weights[k] = weights[k] + w
            table.insert(lists[k], w)
            total, count = total + w, count + 1
        end
    end
    if total == 0 then return nil end
    return { days = days, weights = weights, total = total, shares = width_shares(days, weights, lists, total, count),
        mass = 0.97 * min(1, count / 5) * min(1, alike / ALIKE), by_lag = {} }
end

-- Of how much each day of the crowd makes a day so far from it likely
local function at_lag(crowd, lag)
    local here, shares = 0, crowd.shares
    for k = 1, #shares do
        local share = kernels[k][lag]
        if share then here = here + shares[k] * share end
    end
    crowd.by_lag[lag] = here
    return here
end

-- How sure it is that a day lies out of the crowd's reach, 0..1
local function out_of_reach(crowd, day)
    local nearest, share = math.huge, 0
    for _, other in ipairs(crowd.days) do nearest = min(nearest, abs(day - other)) end
    for k, width in ipairs(WIDTHS) do if nearest > 5 * width then share = share + crowd.shares[k] end end
    return crowd.mass * share
end

-- What share of the most alike lies close about a day: a story's words change from day to day
local CLOSE = 3
local close = {}
for lag = 0, 6 * CLOSE do close[lag] = exp(-lag / CLOSE) end

-- How dense the crowd is about a day, and how much of it is close
local function density_at(crowd, day)
    local density, sum = 0, 0
    local weights, by_lag = crowd.weights, crowd.by_lag
    for i, other in ipairs(crowd.days) do
        local lag, w = abs(day - other), weights[i]
        density = density + w * (by_lag[lag] or at_lag(crowd, lag))
        local near = close[lag]
        if near then sum = sum + w * near end
    end
    return density / crowd.total, sum / crowd.total
end

local function matter(f, day, crowd)
    if not crowd then return end
    local density, closeness = density_at(crowd, day)
    f.crowd = log((1 - crowd.mass) + crowd.mass * density / UNIFORM)
    f.close = crowd.mass * log(0.02 + closeness)
end

-- How many of the articles on one matter tell of a day, of those that appeared on it or soon after: the days of its events stand out.
-- Gives the share and the weight of those that could have told of it.
local SOON_AFTER = 10
function others.told(neighbours)
    local list = {}
    for _, n in ipairs(neighbours) do
        if n.day and n.confidence > 0.2 and max(n.similarity, n.cosine) > 0.05 then list[#list + 1] = n end
    end
    if #list == 0 then return nil end
    local seen = {}
    return function(day)
        if not seen[day] then
            local told, all = 0, 0
            for _, n in ipairs(list) do
                if n.day >= day and n.day <= day + SOON_AFTER then
                    local w = n.confidence * max(n.similarity, n.cosine)
                    all = all + w
                    if n.told[day] then told = told + w end
                end
            end
            seen[day] = { told, all }
        end
        return seen[day][1], seen[day][2]
    end
end

local UNTOLD = 0.2                 -- what is given for a day of which none of them could have told

-- Do the days that this article's words point to stand out?
local function standing_out(f, facts, day, told)
    local sum, all, words = 0, 0, #facts.behind + #facts.ago
    local function point(at, apart)
        local here, of = told(at)
        if not apart then sum, all = sum + here, all + of end
        return (here + 0.02) / (of + 0.1)
    end
    for _, w in ipairs(facts.behind) do point(day - own.lag(day, w)) end
    for _, e in ipairs(facts.elapsed) do
        local best = 0
        -- "on Friday, two days after": that Friday is most often the article's own day
        local lag = e.from and own.lag(day, e.from) or 0
        for slack = -e.slack, e.slack do best = max(best, point(day - lag - e.days + slack, true) * 0.7 ^ (lag + abs(slack))) end
        f.told_elapsed = max(f.told_elapsed or 0, best)
        -- the longer ago, the fewer days there are on which it can be said
        if e.days > 7 then f.told_long_elapsed = max(f.told_long_elapsed or 0, best - UNTOLD) end
    end
    if facts.weeks_back > 0 then
        local monday, best = day - calendar.weekday(day) - 6, 0
        for at = monday, monday + 6 do best = max(best, point(at, true)) end
        f.told_last_week = best
    end
    for _, ago in ipairs(facts.ago) do f.told_ago = max(f.told_ago or 0, point(day - ago)) end
    if facts.yesterday > 0 then
        words = words + 1
        point(day - 1)
    end
    if words > 0 then f.told_mean = (sum + 0.02) / (all + 0.1) end
end

-- ---------------------------------------------------------------- a dateline without a year

-- The year of a dateline ("LIMA, Oct. 4 -") is that in which the articles like it lie about that day; those that are dated on grounds of their own
-- say so, and none of them alone. Where they do, the article is of that day or the next one, and hardly of any other.
local ABOUT, ALIKE_ENOUGH, ENOUGH = 60, 0.2, 0.3
local STALE = 7                   -- what declares a day may put up a dispatch of some days ago
local function dateline(f, facts, day, neighbours)
    local md = facts.dateline
    if not md or not md.dateline then return end
    local about, all = 0, 0
    for _, n in ipairs(neighbours) do
        local alike = max(n.link, n.cosine)
        if n.day and n.own and alike > ALIKE_ENOUGH then
            local w = n.confidence * alike
            all = all + w
            if abs(n.day - day) <= ABOUT then about = about + w end
        end
    end
    local sure, off = min(1, all / ENOUGH), own.nearest(day, md.month, md.day)
    if off == 0 or off == -1 then
        f.dateline_year = about / max(all, ENOUGH)
        if off == -1 and md.dateline ~= "paper" then f["dateline_after_" .. md.dateline] = sure end
    elseif not (f.declared and off < 0 and off >= -STALE) then
        f.dateline_off = sure
    end
end

-- ---------------------------------------------------------------- all of it

-- A declared date is judged by articles that have grounds of their own (what was taken over from it would only echo it), and that don't declare
-- the very same day: one crawler's clock may have dated them all.
function others.independent(facts, neighbours)
    local out = {}
    for _, n in ipairs(neighbours) do
        if n.own and (n.facts.declared ~= facts.declared or n.day ~= facts.declared) then out[#out + 1] = n end
    end
    return out
end

-- What a set of neighbours says together, whatever the day
function others.view(neighbours)
    local on_event = linked(neighbours)
    return { neighbours = neighbours, on_event = on_event, span = span_of(on_event), best = strongest(neighbours), crowd = others.crowd(neighbours),
        told = others.told(neighbours) }
end

-- tainted(day): of the other articles that declare that day, the share found to be of another day, and their number; era(day): how
-- the days of the corpus crowd about it
function others.features(f, facts, day, view, tainted, era)
    if #view.neighbours > 0 then
        if #view.on_event > 0 then
            event(f, day, view.on_event)
            agreements(f, facts, day, view.on_event)
            shared_days(f, facts, day, view.on_event, view.span)
        end
        still(f, facts, day, view.best)
        matter(f, day, view.crowd)
        dateline(f, facts, day, view.neighbours)
        if view.told then standing_out(f, facts, day, view.told) end
    end
    if era then f.era = era(day) end
    if f.declared then
        local share, number = tainted(day)
        if number > 0 then
            f.declared_tainted = share
            f[number >= 3 and "declared_taints2" or "declared_taints1"] = 1
        end
        f.declared_event = f.event
        if view.crowd then f.declared_far = out_of_reach(view.crowd, day) end
    end
end

-- What is known whatever the day: weights of these make "none of them" likelier or less.
function others.nothing(f, view)
    local best, weight = strongest(view.neighbours)
    if best then f.none_linked = weight end
    local crowd = view.crowd
    if crowd then f.none_narrow = crowd.mass * (crowd.shares[1] + crowd.shares[2] + 0.5 * crowd.shares[3]) end
end

return others
