-- Fits the weights of `published` to a corpus whose articles' true days are known, and prints data/published/weights.tsv.
--   ./annalist tests/accuracy/fit_published.lua CORPUS GOLD.jsonl [ROUNDS] > data/published/weights.tsv
-- CORPUS has been through `annalist run CORPUS expressions`; GOLD has a line an article: {"id": external_id, "date": "2020-10-06", …}.

local system = require "annalist.system"
local sqlite = require "annalist.sqlite"
package.path = system.plugins() .. "/?.lua;" .. package.path
local calendar = require "lib.calendar"
local dating = require "published.dating"
local model = require "published.model"
local reading = require "published.corpus"

local corpus_path, gold_path, rounds = arg[1], arg[2], tonumber(arg[3]) or 2
local db = sqlite.open(corpus_path)

local true_day = {}
for line in assert(system.read(gold_path)):gmatch "[^\n]+" do
    local id, date = line:match '"id": *"([^"]*)"', line:match '"date": *"(%d%d%d%d%-%d%d%-%d%d)"'
    if id and date then true_day[id] = calendar.parse(date) end
end

local external = {}
local function articles()
    return coroutine.wrap(function()
        for article in db:rows "select * from article order by article_id" do
            external[#external + 1] = article.external_id or ""
            coroutine.yield(article)
        end
    end)
end
local all, near = reading.read(function(sql) return db:rows(sql) end, articles)
local shared = dating.declarations(all)

-- Conditional logit by AdaGrad with a quadratic penalty; cases: { list of features, index of the right one }
local function fit(cases, penalty, epochs)
    local weights, squares = {}, {}
    for _ = 1, epochs do
        for _, case in ipairs(cases) do
            local list, right = case[1], case[2]
            local p = model.probabilities(weights, list)
            local gradient, names = {}, {}
            for i, features in ipairs(list) do
                local error = (i == right and 1 or 0) - p[i]
                if math.abs(error) > 1e-4 then
                    for name, value in pairs(features) do
                        if not gradient[name] then gradient[name] = 0; names[#names + 1] = name end
                        gradient[name] = gradient[name] + error * value
                    end
                end
            end
            table.sort(names)
            for _, name in ipairs(names) do
                local g = gradient[name] - penalty * (weights[name] or 0)
                squares[name] = (squares[name] or 1) + g * g
                weights[name] = (weights[name] or 0) + 0.3 * g / math.sqrt(squares[name])
            end
        end
    end
    return weights
end

local function cases_of(found)
    local cases = {}
    for i, facts in ipairs(all) do
        local truth = true_day[external[i]]
        if truth then
            local neighbours = found and dating.neighbours_of(i, all, found, near) or {}
            local days, list = dating.options(facts, neighbours, shared)
            local right = #list
            for k, day in ipairs(days) do if day == truth then right = k end end
            cases[#cases + 1] = { list, right }
        end
    end
    return cases
end

local weights = { together = {} }
weights.alone = fit(cases_of(nil), 0.002, 80)
local found = dating.round(all, nil, near, shared, weights.alone)
for _ = 1, rounds do
    weights.together = fit(cases_of(found), 0.002, 80)
    found = dating.run(all, near, weights, 1)
end

print "# Weights of the features by which `published` weighs an article's possible days: stage, feature, weight."
print "# Made by: ./annalist tests/accuracy/fit_published.lua CORPUS GOLD.jsonl (fitted to measured figures only; no text is kept). Licence: CC0."
for _, stage in ipairs { "alone", "together" } do
    local names = {}
    for name in pairs(weights[stage]) do names[#names + 1] = name end
    table.sort(names)
    for _, name in ipairs(names) do print(("%s\t%s\t%.3f"):format(stage, name, weights[stage][name])) end
end
