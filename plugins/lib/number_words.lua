-- Single words that are numbers: "112", "1,000", "nineteen", "fifty-nine". Longer phrases ("two hundred and six") are the business of `figures`.

local data = require "annalist.data"
local text = require "annalist.text"

local number_words = {}

local values, vague = {}, {}

--- Call in `prepare`.
function number_words.load()
  for _, row in ipairs(data.table("figures/numbers.tsv")) do
    values[row[1]] = tonumber(row[2])
    vague[row[1]] = row[3] == "vague" or nil
  end
end

--- The value of a word; nil if it is no number.
function number_words.of(word)
  word = word:lower()
  local ten, unit = word:match("^(%a+)-(%a+)$")
  return tonumber((word:gsub(",", ""))) or values[word] or values[ten] and values[unit] and values[ten] + values[unit] or nil
end

--- The words by which only the size of a number is told: "dozens", "hundreds of thousands", "several"; nil where the passage has an exact number.
function number_words.vague(passage)
  if passage:find("%d") then return nil end
  local folded, found = text.fold(passage), nil
  for word in folded:gmatch("%a+") do
    if values[word] and not vague[word] then return nil end
    if vague[word] and not found then found = word end
  end
  return folded:match("%f[%a](%a+s of thousands)%f[%A]") or found
end

-- "a 26-year-old man", "Ann Lee, 31,", "aged 40": numbers that count nobody
local AGES = { "%w+%-%a+%-old%w*", "%d+ years? old", "aged? %d+", ", %d%d?%f[^%d],", ", %d%d?$", "%(%d%d?%)" }

--- Does the passage count to `value`, and not only name or describe whom it speaks of? "one of the men" counts nobody, nor does "Ann Lee, 31, and her son".
function number_words.counts(passage, value)
  local s = text.fold(passage)
  for _, age in ipairs(AGES) do s = s:gsub(age, " ") end
  for word, after in s:gmatch("(%w[%w,.-]*)()") do
    local n = word ~= "both" and number_words.of((word:gsub("[,.]+$", "")))
    if n and (value == 1 and n == 1 and not s:find("^%s+of%f[%A]", after) or value ~= 1 and n > 1 or n == value and n == 0) then return true end
  end
  if value == 0 then return s:find("%f[%a]no%f[%A]") ~= nil or s:find("%f[%a]nobody%f[%A]") ~= nil end
  return value == 1 and s:find("%f[%a]single%f[%A]") ~= nil
end

return number_words
