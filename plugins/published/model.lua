-- What features are worth: a conditional logit over an article's candidate days and "none of them". The weights are numbers in
-- data/published/weights.tsv; the sum over the candidates is one, so a share reads as a probability.

local model = {}

local exp, floor = math.exp, math.floor

-- rows { stage, feature, weight } -> { alone = { feature = weight }, together = … }
function model.load(rows)
    local weights = { alone = {}, together = {} }
    for _, row in ipairs(rows) do
        if weights[row[1]] then weights[row[1]][row[2]] = tonumber(row[3]) end
    end
    return weights
end

-- Terms are summed as whole millionths: the sum is then the same in whatever order a table hands out its keys.
local function score(weights, features)
    local sum = 0
    for name, value in pairs(features) do
        local weight = weights[name]
        if weight then sum = sum + floor(weight * value * 1e6) end
    end
    return sum / 1e6
end

-- Probabilities of a list of feature tables; the last is "none".
function model.probabilities(weights, list)
    local scores, highest = {}, -math.huge
    for i, features in ipairs(list) do
        scores[i] = score(weights, features)
        if scores[i] > highest then highest = scores[i] end
    end
    local sum = 0
    for i, s in ipairs(scores) do
        scores[i] = exp(s - highest)
        sum = sum + scores[i]
    end
    for i = 1, #scores do scores[i] = scores[i] / sum end
    return scores
end

return model
