-- Amounts that are no people: money ("$700 million", "2 billion soms"), shares ("24.5 percent of the vote"), votes ("61 votes").

local data = require "annalist.data"
local numbers = require "figures.numbers"

local M = {}

local currency, before = {}, {}                                  -- word or sign -> code; those that stand before their number
local units = { percent = true, pct = true, cent = true, votes = true, ballots = true }

function M.load()
  currency, before = {}, {}
  for _, row in ipairs(data.table("figures/currencies.tsv")) do
    currency[row[1]] = row[2]
    before[row[1]] = row[3] == "before" and row[2] or nil
  end
end

local short = { m = 1e6, mn = 1e6, bn = 1e9, b = 1e9, k = 1e3, tn = 1e12 }

local function whole(x) return math.tointeger(x) or x end

--- Is this word (small letters) one of an amount? For a cheap look at a sentence before the work.
function M.is_key(w) return units[w] or currency[w] end

--- "$700 million", "US$ 3 million": a record and the token behind it.
local function signed(t, i)
  local value, j = numbers.plain(t, i + 1)
  if t.k[i + 1] == "n" and value then
    if t.k[j] == "w" and short[t.w[j]] and t.w[j] ~= "b" then value, j = whole(value * short[t.w[j]]), j + 1 end   -- "$4.15 m"
    local first = i > 1 and (t.w[i - 1] == "us" or t.w[i - 1] == "u.s") and t.l[i - 1] + 1 == t.f[i] and i - 1 or i
    return { measure = "money", value = value, unit = currency[t.w[i]], first = t.f[first], last = t.l[j - 1], at = t.f[i], before = first }, j
  end
  local digits, letters = (t.w[i + 1] or ""):match("^([%d.,]+)(%a+)$")           -- "$700m", "$2bn"
  value = digits and tonumber((digits:gsub(",", "")))
  if not value or not short[letters] then return nil end
  return { measure = "money", value = whole(value * short[letters]), unit = currency[t.w[i]], first = t.f[i], last = t.l[i + 1], at = t.f[i], before = i }, i + 2
end

--- "Rs 94 crore", "Rs. 5,000", "Rs10 lakh", "Rs2.5 billion": a code before its number, in one word with it or not.
local function coded(t, i)
  if before[t.w[i]] and t.k[i + 1] == "n" then return signed(t, i) end
  local code, digits = t.w[i]:match("^(%a+)(%d+)$")
  if not (code and before[code]) then return nil end
  local value, j = tonumber(digits), i + 1
  local joined = t.k[j] == "n" and t.f[j] == t.l[i] + 2 and "."   -- the point of a number in a word with letters is left out
  if not joined and t.k[j] == "," and t.k[j + 1] == "n" and t.f[j + 1] == t.l[i] + 2 then joined, j = "", j + 1 end
  if joined then value, j = tonumber(digits .. joined .. (t.w[j]:gsub(",", ""))) or value, j + 1 end
  value, j = numbers.times(t, value, j)
  return { measure = "money", value = value, unit = before[code], first = t.f[i], last = t.l[j - 1], at = t.f[i], before = i }, j
end

--- What the words behind a number make of it: measure, unit, the last of these words.
local function unit_behind(t, j)
  local w = t.w[j]
  if t.k[j] == "%" or w == "percent" or w == "pct" then return "percent", "percent", j end
  if w == "per" and t.w[j + 1] == "cent" then return "percent", "percent", j + 1 end
  if t.k[j] == "w" and currency[w] then return "money", currency[w], j end
  if w == "votes" or w == "ballots" then return "votes", nil, j end
  return nil
end

--- "24.5 percent of the vote", "2 billion soms", "61 votes": a record and the token behind the number.
local function measured(t, i)
  local q = numbers.quantity(t, i)
  local measure, unit, last = nil, nil, nil
  if q then measure, unit, last = unit_behind(t, q.next) end
  if not measure then return nil end
  if measure == "percent" and t.w[last + 1] == "of" then         -- "of the vote", "of those polled"
    local noun = last + 2
    if t.w[noun] == "the" or t.w[noun] == "all" then noun = noun + 1 end
    if t.k[noun] == "w" then last = noun end
  end
  return { measure = measure, value = q.value, maximum = q.maximum, qualifier = q.qualifier, unit = unit, first = t.f[q.first], last = t.l[last], at = t.f[q.first] }, q.next
end

--- "some $700 million", "more than $2bn"
local function qualify(t, r)
  for x = math.max(1, r.before - 3), r.before - 1 do
    local qualifier, next_token = numbers.qualifier(t, x)
    if qualifier and next_token == r.before then
      r.qualifier, r.first = qualifier, t.f[x]
      return
    end
  end
end

--- Money, per cent and votes in one sentence of tokens: the same records as casualties.find.
function M.find(t)
  local out, i = {}, 1
  while i <= t.n do
    local record, next_token
    if t.k[i] == "$" then record, next_token = signed(t, i)
    elseif t.k[i] == "w" then record, next_token = coded(t, i) end
    if not record and (t.k[i] == "n" or t.k[i] == "w") then record, next_token = measured(t, i) end
    if record and record.before then qualify(t, record) end
    out[#out + 1] = record
    i = record and math.max(next_token, i + 1) or i + 1
  end
  return out
end

return M
