-- Dates all articles: each for itself first, then in the light of those that tell of the same event, twice over, so that
-- a date can be handed on ("today, Tuesday" beside an article that puts the event on 6 October).

local candidates = require "published.candidates"
local model = require "published.model"

local dating = {}

local ROUNDS = 3
local HEARSAY = 0.5

local own_grounds = { "declared", "address", "said_line", "said_dateline", "said_byline", "said_head_free", "said_head_bound", "said_tail_free", "said_labelled", "said_timed" }

-- Of the other articles that declare a day the share that was found to be of another: a day of which a crawler's clock is known
-- to have been the source taints whoever else bears it. found may be nil (nothing is known yet).
local function declarations(all, found)
    local counts, elsewhere = {}, {}
    for i, facts in ipairs(all) do
        local day = facts.declared
        if day then
            counts[day] = (counts[day] or 0) + 1
            local other = found and found[i]
            if other and other.day and other.day ~= day and other.confidence > 0.5 and math.abs(other.day - day) > 7 then
                elsewhere[day] = (elsewhere[day] or 0) + 1
            end
        end
    end
    return function(day, choice)
        local n, bad = (counts[day] or 1) - 1, elsewhere[day] or 0
        if choice and choice.day and choice.day ~= day and choice.confidence > 0.5 and math.abs(choice.day - day) > 7 then bad = bad - 1 end
        return n > 0 and bad / n or 0, bad
    end
end

-- Candidates of one article with their features; the last entry is "none".
function dating.options(facts, neighbours, tainted)
    local days = candidates.list(facts, neighbours)
    local list = {}
    for i, day in ipairs(days) do list[i] = candidates.features(facts, day, neighbours, tainted) end
    list[#list + 1] = candidates.nothing(facts, neighbours)
    return days, list
end

-- The best day: { day, confidence, declared = probability of the declared day, features }
function dating.choose(facts, days, list, weights)
    local p = model.probabilities(weights, list)
    local best, declared
    for i, day in ipairs(days) do
        if not best or p[i] > p[best] then best = i end
        if day == facts.declared then declared = p[i] end
    end
    if not best then return { confidence = 0, none = 1 } end
    return { day = days[best], confidence = p[best], declared = declared, features = list[best], none = p[#p] }
end

-- Neighbours of article i with what they were dated to last
local function neighbours_of(i, all, found, near)
    local out = {}
    for _, pair in ipairs(near[i]) do
        local j, similarity = pair[1], pair[2]
        local other = found[j]
        -- a day that was itself taken over from others is hearsay
        local confidence = other.own and other.confidence or other.confidence * HEARSAY
        out[#out + 1] = { facts = all[j], similarity = similarity, link = pair[3], day = other.day, confidence = confidence, told = other.told or {} }
    end
    return out
end

-- One round: every article from what the others were found to be before.
local function round(all, found, near, weights)
    local out, declared = {}, declarations(all, found)
    for i, facts in ipairs(all) do
        local neighbours = found and neighbours_of(i, all, found, near) or {}
        local before = found and found[i]
        local days, list = dating.options(facts, neighbours, function(day) return declared(day, before) end)
        local choice = dating.choose(facts, days, list, weights)
        if choice.day and choice.confidence >= 0.2 then
            choice.told = candidates.told_days(facts, choice.day)
            for _, name in ipairs(own_grounds) do choice.own = choice.own or choice.features[name] ~= nil end
        else
            choice.day, choice.weak = nil, choice.day
        end
        choice.neighbours = neighbours
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

dating.declarations, dating.neighbours_of, dating.round = declarations, neighbours_of, round
return dating
