-- Fits the weights of `published` to a corpus whose articles' true days are known, and prints data/published/weights.tsv.
--   ./annalist scripts/train/published.lua CORPUS GOLD.jsonl [CORPUS GOLD.jsonl …] > data/published/weights.tsv
-- CORPUS has been through `annalist run CORPUS expressions`; GOLD has a line an article: {"id": external_id, "date": "2020-10-06", …}.

local system = require "annalist.system"
local sqlite = require "annalist.sqlite"
package.path = system.plugins() .. "/?.lua;" .. package.path
local calendar = require "lib.calendar"
local dating = require "published.dating"
local reading = require "published.corpus"

-- A corpus with its true days: { all, near, truth = { day of article i or nil } }
local function open(corpus_path, gold_path)
    local db = sqlite.open(corpus_path)
    local true_day, truth = {}, {}
    for line in assert(system.read(gold_path)):gmatch "[^\n]+" do
        local id, date = line:match '"id": *"([^"]*)"', line:match '"date": *"(%d%d%d%d%-%d%d%-%d%d)'
        if id and date then true_day[id] = calendar.parse(date) end
    end
    local count = 0
    local function articles()
        return coroutine.wrap(function()
            for article in db:rows "select * from article order by article_id" do
                count = count + 1
                truth[count] = true_day[article.external_id or ""]
                coroutine.yield(article)
            end
        end)
    end
    local all, near = reading.read(function(sql) return db:rows(sql) end, articles)
    return { all = all, near = near, truth = truth }
end

-- An option's features as two arrays in the order of their names
local function compiled(features)
    local names, values = {}, {}
    for name in pairs(features) do names[#names + 1] = name end
    table.sort(names)
    for i, name in ipairs(names) do values[i] = features[name] end
    return { names, values }
end

local function shares(weights, list)
    local out, highest, sum = {}, -math.huge, 0
    for i, option in ipairs(list) do
        local score, values = 0, option[2]
        for k, name in ipairs(option[1]) do score = score + (weights[name] or 0) * values[k] end
        out[i], highest = score, math.max(highest, score)
    end
    for i, score in ipairs(out) do out[i] = math.exp(score - highest); sum = sum + out[i] end
    for i = 1, #out do out[i] = out[i] / sum end
    return out
end

local PENALTY, EPOCHS, RATE = 0.005, 40, 0.2

-- What is held before any article was seen, so that a small kit can't unlearn it: a date line says when, an address too, a text that
-- knows of later days was not written before them.
local PRIOR = {
    declared = 3, address = 3, said_line = 2, said_dateline = 4, said_byline = 2, said_twice = 2, said_timed = 2,
    said_labelled = 2, said_head_free = 1.5, said_tail_free = 1, said_weekday = 1, weekday_fits = 1, weekday_refutes = -1.5,
    beyond2 = -2, beyond3 = -3, others_agree = 1, linked_0 = 1, linked_1 = 0.5, declared_others_earlier = -2, crowd = 0.5,
}

-- Conditional logit by AdaGrad with a quadratic penalty; cases: { options, index of the right one }
local function fit(cases)
    local weights, squares = {}, {}
    for name, value in pairs(PRIOR) do weights[name] = value end
    for _ = 1, EPOCHS do
        for _, case in ipairs(cases) do
            local list, right = case[1], case[2]
            local p, gradient, names = shares(weights, list), {}, {}
            for i, option in ipairs(list) do
                local error = (i == right and 1 or 0) - p[i]
                if math.abs(error) > 1e-4 then
                    for k, name in ipairs(option[1]) do
                        if not gradient[name] then gradient[name] = 0; names[#names + 1] = name end
                        gradient[name] = gradient[name] + error * option[2][k]
                    end
                end
            end
            for _, name in ipairs(names) do
                local g = gradient[name] - PENALTY * ((weights[name] or 0) - (PRIOR[name] or 0))
                squares[name] = (squares[name] or 1) + g * g
                weights[name] = (weights[name] or 0) + RATE * g / math.sqrt(squares[name])
            end
        end
    end
    return weights
end

-- Cases of a corpus as they stand after a round (found), or before any
local function add_cases(cases, corpus, found)
    local declared = dating.declarations(corpus.all, found)
    for i, facts in ipairs(corpus.all) do
        local truth = corpus.truth[i]
        if truth then
            local neighbours = found and dating.neighbours_of(i, corpus.all, found, corpus.near) or {}
            local days, list = dating.options(facts, neighbours, function(day) return declared(day, found and found[i]) end)
            local right = #list
            for k, day in ipairs(days) do if day == truth then right = k end end
            for k, features in ipairs(list) do list[k] = compiled(features) end
            cases[#cases + 1] = { list, right }
        end
    end
end

local ROUNDS = 3
local corpora = {}
for i = 1, #arg - 1, 2 do corpora[#corpora + 1] = open(arg[i], arg[i + 1]) end

local weights, found = { together = {} }, {}
local function learn(stage)
    local cases = {}
    for k, corpus in ipairs(corpora) do add_cases(cases, corpus, found[k]) end
    weights[stage] = fit(cases)
end
learn "alone"
for k, corpus in ipairs(corpora) do found[k] = dating.round(corpus.all, nil, corpus.near, weights.alone) end
for _ = 1, ROUNDS do
    learn "together"
    for k, corpus in ipairs(corpora) do found[k] = dating.run(corpus.all, corpus.near, weights, 1) end
end

print "# Weights of the features by which `published` weighs an article's possible days: stage, feature, weight."
print "# Made by: ./annalist scripts/train/published.lua CORPUS GOLD.jsonl (fitted to measured figures only; no text is kept). Licence: CC0."
for _, stage in ipairs { "alone", "together" } do
    local names = {}
    for name in pairs(weights[stage]) do names[#names + 1] = name end
    table.sort(names)
    for _, name in ipairs(names) do print(("%s\t%s\t%.3f"):format(stage, name, weights[stage][name])) end
end
