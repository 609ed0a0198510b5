-- The sets of words of data/names/words.tsv, each under the name of its class: lists.sole_office.mayor is true. Filled once, in `prepare`.

local knowledge = require "lib.names.knowledge"
local wordset = require "lib.wordset"

local lists = {}

function lists.load()
  for _, row in ipairs(knowledge.rows "words.tsv") do
    lists[row[1]] = wordset(row[2])
  end
end

return lists
