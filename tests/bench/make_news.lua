-- make_news.lua MEGABYTES OUT.jsonl: news with names that nobody bears, from the invented articles that the entities model is trained
-- beside (scripts/train): twelve of them make an article, nine of the twelve with common nouns in place of names. A quarter of the size
-- is made, and used four times in other company. So a megabyte has about as many names (9,000) as one of real news, and nearly as many different words.

local home = arg[0]:match("^(.*)/tests/bench/[^/]+$") or "."
package.path = home .. "/scripts/train/?.lua;" .. package.path
local invented = require "invented"
local size, out = tonumber(arg[1]) * 1000000, assert(io.open(arg[2], "w"))

local ESCAPES = { ["\\"] = "\\\\", ['"'] = '\\"', ["\n"] = "\\n" }
invented.load(home)

local NOUNS = { P = "the neighbour", L = "the town", C = "the country", R = "the river", O = "the committee", B = "the company" }

--- An invented article with common nouns in place of the names.
local function plain(parts)
  local sentences = {}
  for i, part in ipairs(parts) do
    local pieces, from = {}, 1
    for k = 1, #part[2] do
      pieces[#pieces + 1] = part[1]:sub(from, part[2][k] - 1)
      pieces[#pieces + 1] = NOUNS[({ person = "P", place = k % 2 == 0 and "L" or "R", organisation = k % 2 == 0 and "O" or "B" })[part[4][k]]]
      from = part[3][k] + 1
    end
    sentences[i] = table.concat(pieces) .. part[1]:sub(from)
  end
  return table.concat(sentences, " ")
end

local stock, stocked = {}, 0
while stocked < size / 4 do
  for n, parts in ipairs(invented.articles(home, 1)) do
    local sentences = {}
    for i, part in ipairs(parts) do sentences[i] = part[1] end
    stock[#stock + 1] = n % 4 == 0 and table.concat(sentences, " ") or plain(parts)
    stocked = stocked + #stock[#stock]
  end
end

local number, pieces = 0, {}
for round = 1, 4 do
  for i = 1, #stock do
    pieces[#pieces + 1] = stock[(i * (2 * round - 1)) % #stock + 1]
    if #pieces == 12 then
      number = number + 1
      out:write(('{"id":"%d","text":"%s"}\n'):format(number, (table.concat(pieces, "\n"):gsub('[\\"\n]', ESCAPES))))
      pieces = {}
    end
  end
end
out:close()
