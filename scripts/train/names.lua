-- Fits the weights of the name scorer: annalist scripts/train/names.lua PAIRS.tsv... [--hold N] [-o data/names/weights.tsv]
--
-- PAIRS.tsv: label (1 one bearer, 0 two) TAB kind TAB name TAB name. One logistic model for persons, one for single words, one for
-- organisations, each fitted by Newton's method with an L2 penalty. Every N-th line (2 if not told) is held out and only judged.
-- With --all nothing is held out for the weights that are written; the figures shown are of the held-out part all the same.

package.path = "plugins/?.lua;" .. package.path

local alignment = require "annalist.alignment"
local knowledge = require "lib.names.knowledge"
local matcher = require "lib.names.matcher"

local PENALTY = 1.0
local MODELS = { "person", "word", "organisation" }

local function read_pairs(path)
  local list = {}
  for line in io.lines(path) do
    local label, kind, a, b = line:match("^([01])\t([^\t]*)\t([^\t]*)\t([^\t]*)$")
    if label then
      list[#list + 1] = { label = tonumber(label), kind = kind, a = a, b = b }
    end
  end
  return list
end

--- Solves A x = b in place (Gauss with partial pivoting).
local function solve(A, b)
  local n = #b
  for i = 1, n do
    local pivot = i
    for r = i + 1, n do
      if math.abs(A[r][i]) > math.abs(A[pivot][i]) then
        pivot = r
      end
    end
    A[i], A[pivot], b[i], b[pivot] = A[pivot], A[i], b[pivot], b[i]
    for r = i + 1, n do
      local f = A[r][i] / A[i][i]
      if f ~= 0 then
        for c = i, n do
          A[r][c] = A[r][c] - f * A[i][c]
        end
        b[r] = b[r] - f * b[i]
      end
    end
  end
  for i = n, 1, -1 do
    for c = i + 1, n do
      b[i] = b[i] - A[i][c] * b[c]
    end
    b[i] = b[i] / A[i][i]
  end
  return b
end

local function sigmoid(x)
  return 1 / (1 + math.exp(-x))
end

local function dot(w, f)
  local sum = 0
  for i = 1, #f do
    sum = sum + w[i] * f[i]
  end
  return sum
end

--- Weights of a logistic model over examples { features = list, label = 0|1, weight = number }.
local function fit(examples, count, penalty)
  local w = {}
  for i = 1, count do
    w[i] = 0
  end
  for _ = 1, 15 do
    local A, g = {}, {}
    for i = 1, count do
      A[i], g[i] = {}, -(i == 1 and 0.01 or penalty) * w[i]
      for j = 1, count do
        A[i][j] = i == j and (i == 1 and 0.01 or penalty) or 0
      end
    end
    for _, example in ipairs(examples) do
      local f = example.features
      local p = sigmoid(dot(w, f))
      local h, e = example.weight * p * (1 - p), example.weight * (example.label - p)
      for i = 1, count do
        local fi = f[i]
        if fi ~= 0 then
          g[i] = g[i] + e * fi
          local row = A[i]
          for j = 1, count do
            row[j] = row[j] + h * fi * f[j]
          end
        end
      end
    end
    local step, largest = solve(A, g), 0
    for i = 1, count do
      w[i] = w[i] + step[i]
      largest = math.max(largest, math.abs(step[i]))
    end
    if largest < 1e-6 then
      break
    end
  end
  return w
end

--- Best F1, its threshold, F1 at 0.5 and the area under the curve.
local function figures(list)
  table.sort(list, function(x, y) return x.score > y.score end)
  local positives, tp, at_cut, n_cut, best, threshold = 0, 0, 0, 0, 0, 0
  for _, x in ipairs(list) do
    positives = positives + x.label
  end
  local negatives = #list - positives
  local area, above = 0, 0
  for i, x in ipairs(list) do
    tp = tp + x.label
    if x.label == 1 then
      above = above + 1
    else
      area = area + above
    end
    if x.score >= 0.5 then
      at_cut, n_cut = tp, i
    end
    local f = 2 * tp / (i + positives)
    if f > best then
      best, threshold = f, x.score
    end
  end
  return best, threshold, 2 * at_cut / (n_cut + positives), area / math.max(1, positives * negatives)
end

local function report(title, list)
  local sets = { all = list }
  local order = { "all" }
  for _, x in ipairs(list) do
    local set = x.kind:match("^[^/]*")
    if not sets[set] then
      sets[set] = {}
      order[#order + 1] = set
    end
    table.insert(sets[set], x)
  end
  print(title)
  for _, set in ipairs(order) do
    local best, threshold, cut, area = figures(table.move(sets[set], 1, #sets[set], 1, {}))
    print(("  %-14s %5d pairs  best F1 %.3f at %.3f  at 0.5 %.3f  AUC %.3f"):format(set, #sets[set], best, threshold, cut, area))
  end
end

local function train(examples)
  local weights = {}
  for _, model in ipairs(MODELS) do
    local mine = {}
    for _, example in ipairs(examples) do
      if example.model == model then
        mine[#mine + 1] = example
      end
    end
    weights[model] = fit(mine, #alignment.features, PENALTY)
  end
  return weights
end

local function judge(weights, examples)
  local list = {}
  for i, example in ipairs(examples) do
    list[i] = { score = sigmoid(dot(weights[example.model], example.features)), label = example.label, kind = example.kind }
  end
  return list
end

local function write(path, weights)
  local file = assert(io.open(path, "w"))
  file:write("# Weights of the name scorer: model TAB feature TAB weight. Made by scripts/train/names.lua; numbers only, no text of the pairs.\n")
  for _, model in ipairs(MODELS) do
    for i, name in ipairs(alignment.features) do
      file:write(("%s\t%s\t%.4f\n"):format(model, name, weights[model][i]))
    end
  end
  file:close()
end

local function main(arguments)
  local files, hold, output, all = {}, 2, nil, false
  local i = 1
  while arguments[i] do
    if arguments[i] == "--hold" then
      i = i + 1
      hold = tonumber(arguments[i])
    elseif arguments[i] == "-o" then
      i = i + 1
      output = arguments[i]
    elseif arguments[i] == "--all" then
      all = true
    else
      files[#files + 1] = arguments[i]
    end
    i = i + 1
  end
  local known = knowledge.load()
  local scorer = matcher.new(nil, known)
  local kept, held, everything = {}, {}, {}
  for _, path in ipairs(files) do
    for n, pair in ipairs(read_pairs(path)) do
      pair.model, pair.features = scorer.kernel:features(scorer:spelled(pair.a), scorer:spelled(pair.b))
      pair.weight = 1
      local side = n % hold == 0 and held or kept
      side[#side + 1] = pair
      everything[#everything + 1] = pair
    end
  end
  local weights, other = train(kept), train(held)
  report("fitted on", judge(weights, kept))
  report("held out", judge(weights, held))
  report("the other way round", judge(other, kept))
  if output then
    write(output, all and train(everything) or weights)
  end
end

main(arg)
