-- Fits the weights by which the blocks of a page are scored: annalist scripts/train/extract.lua BLOCKS GOLD.json [--only PART/PARTS] [-o HEADER]
--
-- BLOCKS is what build/page_blocks prints (`make build/page_blocks`, then build/page_blocks PAGES/*.html > BLOCKS). GOLD.json: name of a page without its
-- ending -> { articleBody = … }. A block is of the article when most of its runs of four words stand there. One logistic model, fitted by Newton's
-- method with an L2 penalty; short lines above the text (headline, byline, date) are not asked for, since people differ over them.
-- `--only 1/2` learns from the first half of the pages by a sum over their names, so that the other can judge.

local json = require "annalist.json"

local PENALTY, ROUNDS = 2.0, 25
local COMMENTS = "!@#$%^&*()"      -- in some gold what readers said follows this mark: no part of the article

-- The words of a text: letters, digits and whatever is not ASCII
local function words_of(text)
  local words = {}
  for word in text:gmatch("[%w_\128-\255]+") do words[#words + 1] = word end
  return words
end

local function runs_of(words)
  local runs = {}
  for i = 1, math.max(1, #words - 3) do runs[i] = table.concat(words, " ", i, math.min(i + 3, #words)) end
  return runs
end

local function gold_of(body)
  local mark = body:find(COMMENTS, 1, true)
  if mark then body = body:sub(1, mark - 1) end
  local gold = { runs = {}, lines = {} }
  for _, run in ipairs(runs_of(words_of(body))) do gold.runs[run] = true end
  for line in body:gmatch("[^\n]+") do gold.lines[table.concat(words_of(line), " ")] = true end
  return gold
end

local function is_article(text, gold)
  local words = words_of(text)
  if #words == 0 then return false end
  if #words < 4 then return gold.lines[table.concat(words, " ")] == true end
  local hits, runs = 0, runs_of(words)
  for _, run in ipairs(runs) do
    if gold.runs[run] then hits = hits + 1 end
  end
  return hits * 2 > #runs
end

local function features_of(list)
  local x = {}
  for number in list:gmatch("%S+") do x[#x + 1] = tonumber(number) end
  return x
end

--- Pages with a gold: list of lists of { features, label = 0|1, weight }.
local function read_pages(path, golds)
  local pages, page, gold = {}, nil, nil
  for line in io.lines(path) do
    local name = line:match("^page (.*)$")
    if name then
      local known = golds[(name:gsub("%.html?$", ""))]
      gold = known and gold_of(known.articleBody)
      page = { name = name }
      if gold then pages[#pages + 1] = page end
    elseif gold then
      local words, features, text = line:match("^(%d+)\t([^\t]*)\t(.*)$")
      if words then
        page[#page + 1] = { features = features_of(features), label = is_article(text, gold) and 1 or 0, words = tonumber(words), long = #text >= 60 }
      end
    end
  end
  return pages
end

-- A page counts much the same whatever its length, a block by its words; lines above the first paragraph not at all.
local function weigh(page)
  local first = #page + 1
  for i, block in ipairs(page) do
    if block.label == 1 and block.long then
      first = i
      break
    end
  end
  for i, block in ipairs(page) do
    block.weight = math.min(3, 0.3 + block.words / 15) / (1 + #page / 150)
    if i < first and not block.long and (block.label == 1 or first - i <= 8) then block.weight = 0 end
  end
end

-- Solves A x = b in place (Gauss with partial pivoting).
local function solve(A, b)
  local n = #b
  for i = 1, n do
    local pivot = i
    for r = i + 1, n do
      if math.abs(A[r][i]) > math.abs(A[pivot][i]) then pivot = r end
    end
    A[i], A[pivot], b[i], b[pivot] = A[pivot], A[i], b[pivot], b[i]
    for r = i + 1, n do
      local f = A[r][i] / A[i][i]
      for c = i, f ~= 0 and n or 0 do A[r][c] = A[r][c] - f * A[i][c] end
      b[r] = b[r] - f * b[i]
    end
  end
  for i = n, 1, -1 do
    for c = i + 1, n do b[i] = b[i] - A[i][c] * b[c] end
    b[i] = b[i] / A[i][i]
  end
  return b
end

local function probability(w, x)
  local sum = 0
  for i = 1, #w do sum = sum + w[i] * x[i] end
  return 1 / (1 + math.exp(-math.max(-30, math.min(30, sum))))
end

-- Adds what one block says to the gradient and to the upper half of the matrix
local function add_example(A, g, w, block)
  local x, p = block.features, probability(w, block.features)
  local h, e = block.weight * p * (1 - p), block.weight * (block.label - p)
  for i = 1, #w do
    if x[i] ~= 0 then
      g[i] = g[i] + e * x[i]
      local row, hx = A[i], h * x[i]
      for j = i, #w do row[j] = row[j] + hx * x[j] end
    end
  end
end

local function fit(pages, count)
  local w = {}
  for i = 1, count do w[i] = 0 end
  for _ = 1, ROUNDS do
    local A, g, largest = {}, {}, 0
    for i = 1, count do
      A[i], g[i] = {}, -PENALTY * w[i]
      for j = 1, count do A[i][j] = i == j and PENALTY or 0 end
    end
    for _, page in ipairs(pages) do
      for _, block in ipairs(page) do
        if block.weight > 0 then add_example(A, g, w, block) end
      end
    end
    for i = 2, count do
      for j = 1, i - 1 do A[i][j] = A[j][i] end
    end
    local step = solve(A, g)
    for i = 1, count do
      w[i] = w[i] + step[i]
      largest = math.max(largest, math.abs(step[i]))
    end
    if largest < 1e-5 then break end
  end
  return w
end

-- Share of the weight of blocks that the model puts on the right side
local function right_share(w, pages)
  local right, all = 0, 0
  for _, page in ipairs(pages) do
    for _, block in ipairs(page) do
      all = all + block.weight
      if (probability(w, block.features) > 0.5) == (block.label == 1) then right = right + block.weight end
    end
  end
  return all > 0 and 100 * right / all or 0
end

local function part_of(name, parts)
  local sum = 7
  for i = 1, #name do sum = (sum * 31 + name:byte(i)) % 1000003 end
  return sum % parts + 1
end

local function split(pages, part, parts)
  local mine, others = {}, {}
  for _, page in ipairs(pages) do
    local list = (not part or part_of(page.name, parts) == part) and mine or others
    list[#list + 1] = page
  end
  return mine, others
end

local HEADER = [[
/* Weights of the features of a block, in the order of `Feature`. Made by scripts/train/extract.lua; not to be edited. */
#ifndef ANNALIST_CORPUS_EXTRACT_WEIGHTS_H
#define ANNALIST_CORPUS_EXTRACT_WEIGHTS_H

static const double feature_weights[FEATURES] = {
    %s
};

#endif
]]

local function write(path, w)
  local numbers = {}
  for i = 1, #w do numbers[i] = ("%.2f"):format(w[i]) end
  local rows = {}
  for i = 1, #numbers, 10 do rows[#rows + 1] = table.concat(numbers, ", ", i, math.min(i + 9, #numbers)) end
  local file = assert(io.open(path, "w"))
  file:write((HEADER:gsub("%%s", (table.concat(rows, ",\n    ")))))
  file:close()
end

local function main(arguments)
  local files, output, part, parts = {}, nil, nil, nil
  local i = 1
  while arguments[i] do
    if arguments[i] == "-o" then
      i, output = i + 1, arguments[i + 1]
    elseif arguments[i] == "--only" then
      i, part, parts = i + 1, arguments[i + 1]:match("^(%d+)/(%d+)$")
    else
      files[#files + 1] = arguments[i]
    end
    i = i + 1
  end
  assert(#files == 2, "usage: annalist scripts/train/extract.lua BLOCKS GOLD.json [--only PART/PARTS] [-o HEADER]")
  local gold = assert(io.open(files[2]))
  local pages = read_pages(files[1], json.decode(gold:read("a")))
  gold:close()
  for _, page in ipairs(pages) do weigh(page) end
  local mine, others = split(pages, tonumber(part), tonumber(parts))
  local w = fit(mine, #pages[1][1].features)
  print(("%d pages learned from: %.1f %% of the weight of their blocks right; %d others: %.1f %%"):format(#mine, right_share(w, mine), #others, right_share(w, others)))
  for j = 1, #w do io.write(("%.2f "):format(w[j])) end
  print()
  if output then write(output, w) end
end

main(arg)
