-- Fits the weights of `published` to a corpus whose articles' true days are known, and prints data/published/weights.tsv.
--   ./annalist scripts/train/published.lua CORPUS GOLD.jsonl [CORPUS GOLD.jsonl …] > data/published/weights.tsv
--   ./annalist scripts/train/published.lua --held CORPUS GOLD.jsonl     each half of the kit dated by weights fitted to the other, as JSONL
--   ./annalist scripts/train/published.lua --last CORPUS GOLD.jsonl …   the last corpus dated by weights fitted to those before it, as JSONL
--   ./annalist scripts/train/published.lua --more CORPUS GOLD.jsonl …   fits only features that have no weight yet, all others stay as they are
-- CORPUS has been through `annalist run CORPUS expressions`; GOLD has a line an article: {"id": external_id, "date": "2020-10-06", …}.

local data = require "annalist.data"
local system = require "annalist.system"
local sqlite = require "annalist.sqlite"
package.path = system.plugins() .. "/?.lua;" .. package.path
local calendar = require "lib.calendar"
local dating = require "published.dating"
local evidence = require "published.evidence"
local model = require "published.model"
local reading = require "published.corpus"
local verdict = require "published.verdict"

-- A corpus with its true days: { all, near, truth = { day of article i or nil } }
local function open(corpus_path, gold_path)
    local db = sqlite.open(corpus_path)
    local true_day, truth, cluster_of, cluster, ids = {}, {}, {}, {}, {}
    for line in assert(system.read(gold_path)):gmatch "[^\n]+" do
        local id, date = line:match '"id": *"([^"]*)"', line:match '"date": *"(%d%d%d%d%-%d%d%-%d%d)'
        if id and date then true_day[id], cluster_of[id] = calendar.parse(date), line:match '"cluster": *"([^"]*)"' end
    end
    local count = 0
    local function articles()
        return coroutine.wrap(function()
            for article in db:rows "select * from article order by article_id" do
                count = count + 1
                local id = article.external_id or ""
                truth[count], cluster[count], ids[count] = true_day[id], cluster_of[id], id
                coroutine.yield(article)
            end
        end)
    end
    local all, near = reading.read(function(sql) return db:rows(sql) end, articles)
    return { all = all, near = near, truth = truth, cluster = cluster, ids = ids }
end

-- Features are numbered as they are met
local Numbers = {}
Numbers.__index = Numbers

function Numbers:of(name)
    local id = self.ids[name]
    if not id then
        id = #self.names + 1
        self.names[id], self.ids[name] = name, id
    end
    return id
end

-- An option's features as two arrays, in the order of their names
local function compiled(numbers, features)
    local names, ids, values = {}, {}, {}
    for name in pairs(features) do names[#names + 1] = name end
    table.sort(names)
    for i, name in ipairs(names) do ids[i], values[i] = numbers:of(name), features[name] end
    return { ids, values }
end

local exp = math.exp

-- Adds one case's gradient.
local function add_gradient(gradient, weights, list, right)
    local scores, highest, sum = {}, -math.huge, 0
    for i = 1, #list do
        local ids, values, score = list[i][1], list[i][2], 0
        for k = 1, #ids do score = score + weights[ids[k]] * values[k] end
        scores[i] = score
        if score > highest then highest = score end
    end
    for i = 1, #list do
        scores[i] = exp(scores[i] - highest)
        sum = sum + scores[i]
    end
    for i = 1, #list do
        local error = (i == right and 1 or 0) - scores[i] / sum
        if error > 1e-5 or error < -1e-5 then
            local ids, values = list[i][1], list[i][2]
            for k = 1, #ids do gradient[ids[k]] = gradient[ids[k]] + error * values[k] end
        end
    end
end

local PENALTY, PASSES, RATE = 4, 60, 0.15
local CAUTIOUS = 12               -- the penalty where the rest stays as it is

-- What is held before any article was seen, so that a small kit can't unlearn it: a date line says when, an address too, a text that
-- knows of later days was not written before them.
local PRIOR = {
    declared = 5, undeclared = -0.5, other_year = 2, other_order = 2, address = 5,
    said = 0.5, said_line = 2, said_dateline = 2, said_byline = 2, said_head = 1.5, said_tail = 1.5, said_free = 2, said_timed = 2.5, said_weekday = 1,
    said_labelled = 2, said_updated = 1, said_top = 1, said_twice = 1, said_named = 0.5, said_far_weekday = -4,
    beyond1 = -1, beyond2 = -2, beyond3 = -4, gap1 = 0.5, gap4 = -1, gap5 = -1.5, no_horizon = -0.5, copyright = 1, copyright_old = -1.5, copyright_new = -0.5,
    dated_head0 = 2, dated_head1 = 2, dated_head2 = 0.3, weekday_fits = 1, weekday_refutes = -2, past_ahead = -1, coming_behind = -1,
    date_behind1 = 0.5, date_behind2 = 0.5, date_behind3 = 0.3,
    least_lag0 = 2, least_lag1 = 0.9, least_lag2 = -0.5, least_lag3 = -0.8, least_lag4 = -1.5, first_lag0 = 0.3, first_far = -1,
    lag0_late = -0.4, lag0_early = 0.4, lag1_late = 0.3, told_lag0 = 0.7, told_lag2 = -0.7, owner_lag0 = -0.7,
    today_named = 0.6, today_refutes = -5,
    dateline_year = 3, dateline_off = -4, dateline_after_line = -2, dateline_after_wire = -2,
    dated_wire0 = 1, dated_wire1 = -1, head_named = 1, head_unnamed = -0.7, outside = -0.5, lead1 = 0.3, lead5 = -0.3,
    told_elapsed = 3, told_last_week = 1.5, close = 0.3, shared = 0.4, unshared = -0.5, later = -0.5, before1 = -0.5, before2 = -1.5,
    event = 0.7, event_more = 0.1, agree = 1.5, agree_back = 0.5, still_0 = 0.5, crowd = 0.4, era = 0.5, told_mean = 1.5, told_ago = 1,
    declared_tainted = -2, declared_taints2 = -1, declared_beyond = -2, declared_lag = 0.5, declared_far = -2,
    said_message = 1.5, message_before = 0.5, message_ahead = -2, link0 = 2.5, link1 = 1, link_ahead = -2,
    weekend1 = 0.5, weekend3 = -0.5, yesterday_lag0 = -0.7, yesterday_lag1 = -0.5,
    none = 4.5, none_declared = -0.5, none_linked = -1, none_narrow = 0.3,
}

-- What one outlet's habit would teach wrongly (a paper prints the day after its datelines, an agency or a site on the day itself), and what
-- a kit has too seldom to teach; what is all but certain is a rule, and is kept as it is
local RULE = 1000
local FIRM = { dated_head0 = 30, dated_head1 = 30, told_elapsed = 10, today_named = RULE, today_refutes = RULE,
    dateline_year = RULE, dateline_off = RULE, dateline_after_line = RULE, dateline_after_wire = RULE }

-- Conditional logit by Adam over all cases at once, with a quadratic penalty towards what was held before; cases: { options, index of the right one }
-- kept: features whose weight is not to be moved
local function fit(cases, numbers, kept)
    local penalty = kept and CAUTIOUS or PENALTY
    local weights, prior, first, second, gradient = {}, {}, {}, {}, {}
    for id, name in ipairs(numbers.names) do
        prior[id] = kept and kept[name] or PRIOR[name] or 0
        weights[id], first[id], second[id] = prior[id], 0, 0
    end
    for pass = 1, PASSES do
        for id = 1, #weights do gradient[id] = -penalty * (kept and kept[numbers.names[id]] and RULE or FIRM[numbers.names[id]] or 1) * (weights[id] - prior[id]) end
        for _, case in ipairs(cases) do add_gradient(gradient, weights, case[1], case[2]) end
        local rate = RATE * (1 - pass / (PASSES + 1))
        for id = 1, #weights do
            first[id] = 0.9 * first[id] + 0.1 * gradient[id]
            second[id] = 0.99 * second[id] + 0.01 * gradient[id] ^ 2
            weights[id] = weights[id] + rate * first[id] / (1 - 0.9 ^ pass) / (math.sqrt(second[id] / (1 - 0.99 ^ pass)) + 1e-9)
        end
    end
    local out = {}
    for id, name in ipairs(numbers.names) do out[name] = weights[id] end
    return out
end

-- Cases of a corpus as they stand after a round (found), or before any
local function add_cases(cases, numbers, corpus, found, use)
    local known = dating.knowledge(corpus.all, found)
    for i, facts in ipairs(corpus.all) do
        local truth = corpus.truth[i]
        if truth and (not use or use(corpus, i)) then
            local neighbours = found and dating.neighbours_of(i, corpus.all, found, corpus.near) or {}
            local days, list = dating.options(i, facts, neighbours, known, found and found[i])
            local right = #list
            for k, day in ipairs(days) do if day == truth then right = k end end
            for k, features in ipairs(list) do list[k] = compiled(numbers, features) end
            cases[#cases + 1] = { list, right }
        end
    end
end

local ROUNDS = 3

-- use(corpus, i): may article i be learnt from?
local function learn(corpora, use)
    local weights, found = { together = {} }, {}
    local function stage(name)
        local cases, numbers = {}, setmetatable({ names = {}, ids = {} }, Numbers)
        for k, corpus in ipairs(corpora) do add_cases(cases, numbers, corpus, found[k], use) end
        weights[name] = fit(cases, numbers)
    end
    stage "alone"
    for k, corpus in ipairs(corpora) do found[k] = dating.round(corpus.all, nil, corpus.near, weights.alone) end
    for _ = 1, ROUNDS do
        stage "together"
        for k, corpus in ipairs(corpora) do found[k] = dating.run(corpus.all, corpus.near, weights, 1) end
    end
    return weights
end

-- What was not known when the weights were fitted last, learnt from the articles of which the true day is among those weighed
local function learn_more(corpora, weights)
    local numbers, cases = setmetatable({ names = {}, ids = {} }, Numbers), {}
    for _, corpus in ipairs(corpora) do add_cases(cases, numbers, corpus, dating.run(corpus.all, corpus.near, weights)) end
    local told = {}
    for _, case in ipairs(cases) do if case[2] < #case[1] then told[#told + 1] = case end end
    for name, weight in pairs(fit(told, numbers, weights.together)) do
        if not weights.together[name] then weights.together[name] = weight end
    end
    return weights
end

-- ---------------------------------------------------------------- held out

-- Halves of a kit by cluster, so that no event is learnt from and judged on
local function half(corpus, i) return tonumber(system.sha256("half " .. (corpus.cluster[i] or corpus.ids[i])):sub(1, 2), 16) % 2 end

-- The articles of a corpus that use(corpus, i) names, dated by weights that were not learnt from them
local function judge(corpus, weights, use)
    local found = dating.run(corpus.all, corpus.near, weights)
    for i, facts in ipairs(corpus.all) do
        if use(corpus, i) then
            local row = verdict.row(facts, found[i]) or {}
            print(('{"id": "%s", "date": %s, "confidence": %.3f}'):format(corpus.ids[i], row.date and '"' .. row.date .. '"' or "null", row.confidence or 0))
        end
    end
end

local function write(weights)
    print "# Weights of the features by which `published` weighs an article's possible days: stage, feature, weight (log-odds)."
    print "# Begun by hand, moved by the figures of measuring kits: ./annalist scripts/train/published.lua CORPUS GOLD.jsonl."
    print "# No text is kept, and no feature is a word of a text. Licence: CC0."
    for _, stage in ipairs { "alone", "together" } do
        local names = {}
        for name, value in pairs(weights[stage]) do if math.abs(value) >= 0.05 then names[#names + 1] = name end end
        table.sort(names)
        for _, name in ipairs(names) do print(("%s\t%s\t%.1f"):format(stage, name, weights[stage][name])) end
    end
end

evidence.load()
local mode, paths, corpora = arg[1]:match "^%-%-(%a+)$", {}, {}
for i = mode and 2 or 1, #arg do paths[#paths + 1] = arg[i] end
for i = 1, #paths - 1, 2 do corpora[#corpora + 1] = open(paths[i], paths[i + 1]) end
if mode == "held" then
    for which = 0, 1 do
        local weights = learn(corpora, function(corpus, i) return half(corpus, i) ~= which end)
        for _, corpus in ipairs(corpora) do judge(corpus, weights, function(c, i) return half(c, i) == which end) end
    end
elseif mode == "more" then
    write(learn_more(corpora, model.load(data.table "published/weights.tsv")))
elseif mode == "last" then
    local last = table.remove(corpora)
    judge(last, learn(corpora), function() return true end)
else
    write(learn(corpora))
end
