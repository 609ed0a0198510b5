-- What features are worth: a conditional logit over an article's candidate days and "none of them". The weights are numbers in
-- data/published/weights.tsv; the sum over the candidates is one, so a share reads as a probability.

local model = {}

local exp = math.exp

-- rows { stage, feature, weight } -> { alone = { feature = weight }, together = … }
function model.load(rows)
    local weights = { alone = {}, together = {} }
    for _, row in ipairs(rows) do
        if weights[row[1]] then weights[row[1]][row[2]] = tonumber(row[3]) end
    end
    return weights
end

-- Features sum in a fixed order, so that the last bit of a score never depends on where a key lay in a table.
local function score(weights, features)
    local names = {}
    for name in pairs(features) do names[#names + 1] = name end
    table.sort(names)
    local sum = 0
    for _, name in ipairs(names) do sum = sum + (weights[name] or 0) * features[name] end
    return sum
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
