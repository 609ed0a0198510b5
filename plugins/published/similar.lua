-- Which articles may tell of the same event: those that share rare words. Words in one article alone say nothing, words in very
-- many neither; an article is looked up by its rarest words only, so that no article is held against all others.
-- And which are on the same matter: those that share the words that an article uses much and the corpus little.

local similar = {}

local KEYS = 120          -- rarest words of an article that are looked at
local NEIGHBOURS = 20
local CROWD = 12          -- the so-many-th neighbour is one of the crowd
local SPREAD = 0.15       -- so far above the crowd an article certainly tells of the same event
local RARE = 8            -- a word in so few articles is rare
local FEW, MANY = 2, 10   -- to share so few rare words is chance, so many is one event

local TOPICAL = 100       -- weightiest words of an article by which its matter is known
local MATTER = 40         -- so many articles on the matter
local COMMON, HUGE = 100, 800   -- a word in more than a fourth of the articles, and in more than COMMON, tells no matter apart; nor one in HUGE
local NEAR, FAR = 0.05, 0.2     -- so far above the crowd an article begins to be on the same event, and surely is
local CROWDED = 0.25            -- of a crowd that is itself on one event no more is asked

local word = "[%a\128-\255][%a\128-\255'%-]+"

-- Keys of a text, each once, in order, and how often each stands there: words of four bytes and more in small letters, numbers, pairs
-- of capitalised words.
local function words_of(text)
    local times, out = {}, {}
    local function take(w)
        if not times[w] then
            times[w] = 0
            out[#out + 1] = w
        end
        times[w] = times[w] + 1
    end
    for w in text:lower():gmatch(word) do if #w >= 4 then take(w) end end
    for w in text:gmatch "%d[%d,.]*%d" do take(w) end
    -- "East Fifth", "Adams County": two capitals in a row name more than either alone
    for a, b in text:gmatch "(%u[%a\128-\255'%-]+) %f[%u]([%a\128-\255'%-]+)" do take(a .. " " .. b) end
    return out, times
end

-- An index to which articles are added in order; after finish() it answers neighbours(i) and matter(i).
local Index = {}
Index.__index = Index

function similar.new()
    return setmetatable({ articles = {}, times = {}, ids = {}, frequency = {}, count = 0 }, Index)
end

function Index:add(text)
    local keys, times = {}, {}
    local words, counts = words_of(text)
    for _, w in ipairs(words) do
        local id = self.ids[w]
        if not id then
            self.count = self.count + 1
            id = self.count
            self.ids[w], self.frequency[id] = id, 0
        end
        self.frequency[id] = self.frequency[id] + 1
        keys[#keys + 1], times[#times + 1] = id, counts[w]
    end
    self.articles[#self.articles + 1], self.times[#self.times + 1] = keys, times
end

-- An article's keys that stand in another article too, but not in too many: the rarest of them.
local function rarest(keys, frequency, cap)
    local kept = {}
    for _, id in ipairs(keys) do
        local f = frequency[id]
        if f >= 2 and f <= cap then kept[#kept + 1] = id end
    end
    table.sort(kept, function(a, b)
        local fa, fb = frequency[a], frequency[b]
        if fa ~= fb then return fa < fb end
        return a < b
    end)
    for k = #kept, KEYS + 1, -1 do kept[k] = nil end
    return kept
end

-- The weightiest words of an article as a vector of length one: ids, and weights by id
local function topical(keys, times, frequency, n)
    local kept, weight = {}, {}
    local most = math.min(HUGE, math.max(COMMON, n / 4))
    for k, id in ipairs(keys) do
        local f = frequency[id]
        if f >= 2 and f <= most then
            kept[#kept + 1] = id
            weight[id] = (1 + math.log(times[k])) * math.log((n + 1) / f)
        end
    end
    table.sort(kept, function(a, b)
        if weight[a] ~= weight[b] then return weight[a] > weight[b] end
        return a < b
    end)
    local sum, out = 0, {}
    for k = #kept, TOPICAL + 1, -1 do kept[k] = nil end
    for _, id in ipairs(kept) do sum = sum + weight[id] * weight[id] end
    for k, id in ipairs(kept) do out[k] = weight[id] / math.sqrt(sum) end
    return kept, out
end

local function matter_index(articles, times, frequency)
    local postings, vectors = {}, {}
    for i, keys in ipairs(articles) do
        local ids, weights = topical(keys, times[i], frequency, #articles)
        vectors[i] = { ids, weights }
        for k, id in ipairs(ids) do
            local list = postings[id]
            if not list then
                list = {}
                postings[id] = list
            end
            list[#list + 1] = i
            list[#list + 1] = weights[k]
        end
    end
    return postings, vectors
end

-- Most alike first, then in order of article
local function nearer(a, b)
    if a[2] ~= b[2] then return a[2] > b[2] end
    return a[1] < b[1]
end

-- The articles on the matter of this one: list of { index, cosine, link }, the nearest first; link is how far it stands out, 0..1.
function Index:matter(i)
    local score, order, out = {}, {}, {}
    local ids, weights = self.vectors[i][1], self.vectors[i][2]
    for k, id in ipairs(ids) do
        local list, w = self.topical[id], weights[k]
        for p = 1, #list, 2 do
            local j = list[p]
            if not score[j] then score[j], order[#order + 1] = 0, j end
            score[j] = score[j] + w * list[p + 1]
        end
    end
    for _, j in ipairs(order) do
        if j ~= i and score[j] > 0.02 then out[#out + 1] = { j, score[j] } end
    end
    table.sort(out, nearer)
    local crowd = out[CROWD] and math.min(CROWDED, out[CROWD][2]) or 0.05
    for k = #out, MATTER + 1, -1 do out[k] = nil end
    for _, pair in ipairs(out) do pair[3] = math.max(0, math.min(1, (pair[2] - crowd - NEAR) / (FAR - NEAR))) end
    return out
end

function Index:finish()
    self.ids = nil
    local n = #self.articles
    self.topical, self.vectors = matter_index(self.articles, self.times, self.frequency)
    self.times = nil
    local cap = math.max(12, math.min(200, math.floor(3 * math.sqrt(n))))
    local weight, postings, norm = {}, {}, {}
    for i, keys in ipairs(self.articles) do
        local kept, sum = rarest(keys, self.frequency, cap), 0
        for _, id in ipairs(kept) do
            if not weight[id] then
                weight[id], postings[id] = math.log(n / self.frequency[id]) ^ 2, {}
            end
            table.insert(postings[id], i)
            sum = sum + weight[id] * weight[id]
        end
        norm[i], self.articles[i] = math.sqrt(sum), kept
    end
    self.weight, self.postings, self.norm = weight, postings, norm
end

-- The articles most like this one: list of { index, similarity, link }, the nearest first; link 0..1 is how far it stands out.
function Index:neighbours(i)
    local score, rare, order = {}, {}, {}
    for _, id in ipairs(self.articles[i]) do
        local w, one = self.weight[id] * self.weight[id], self.frequency[id] <= RARE and 1 or 0
        for _, j in ipairs(self.postings[id]) do
            if j ~= i then
                if not score[j] then score[j], rare[j] = 0, 0; order[#order + 1] = j end
                score[j], rare[j] = score[j] + w, rare[j] + one
            end
        end
    end
    local out = {}
    for _, j in ipairs(order) do
        local s = score[j] / (self.norm[i] * self.norm[j] + 1e-9)
        if s > 0.03 then out[#out + 1] = { j, s } end
    end
    table.sort(out, nearer)
    -- How far a neighbour stands out from the crowd says more than how alike it is: on one topic all are alike.
    local crowd = out[CROWD] and out[CROWD][2] or 0.05
    for k = #out, NEIGHBOURS + 1, -1 do out[k] = nil end
    for _, pair in ipairs(out) do
        local standing = math.max(0, math.min(1, (pair[2] - crowd) / SPREAD))
        pair[3] = standing * math.max(0, math.min(1, (rare[pair[1]] - FEW) / (MANY - FEW)))
    end
    return out
end

return similar
