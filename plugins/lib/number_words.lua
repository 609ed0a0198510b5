-- Single words that are numbers: "112", "1,000", "nineteen", "fifty-nine". Longer phrases ("two hundred and six") are the business of `figures`.

local data = require "annalist.data"

local number_words = {}

local values = {}

--- Call in `prepare`.
function number_words.load()
  for _, row in ipairs(data.table("figures/numbers.tsv")) do values[row[1]] = tonumber(row[2]) end
end

--- The value of a word; nil if it is no number.
function number_words.of(word)
  word = word:lower()
  local ten, unit = word:match("^(%a+)-(%a+)$")
  return tonumber((word:gsub(",", ""))) or values[word] or values[ten] and values[unit] and values[ten] + values[unit] or nil
end

return number_words
