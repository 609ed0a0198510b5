-- Amounts that are no people: money ("$700 million", "2 billion soms"), shares ("24.5 percent of the vote"), votes ("61 votes").

local data = require "annalist.data"
local numbers = require "figures.numbers"

local M = {}

local currency = {}
local units = { percent = true, pct = true, cent = true, votes = true, ballots = true }

function M.load()
  currency = {}
  for _, row in ipairs(data.table("figures/currencies.tsv")) do currency[row[1]] = row[2] end
end

local short = { m = 1e6, mn = 1e6, bn = 1e9, b = 1e9, k = 1e3, tn = 1e12 }

local function whole(x) return math.tointeger(x) or x end

--- Is this word (small letters) one of an amount? For a cheap look at a sentence before the work.
function M.is_key(w) return units[w] or currency[w] end

--- Money, per cent and votes in one sentence of tokens: the same records as casualties.find.
function M.find(t)
  local out, i = {}, 1
  while i <= t.n do
    local k = t.k[i]
    local step = 1
    if k == "$" and t.k[i + 1] == "n" then
      local value, j = numbers.plain(t, i + 1)
      if value then
        local first = i > 1 and (t.w[i - 1] == "us" or t.w[i - 1] == "u.s") and t.l[i - 1] + 1 == t.f[i] and i - 1 or i
        out[#out + 1] = { measure = "money", value = value, unit = currency[t.w[i]], first = t.f[first], last = t.l[j - 1], at = t.f[i], before = first }
        step = j - i
      end
    elseif k == "$" and t.k[i + 1] == "w" and t.w[i + 1]:find("^%d") then     -- "$700m", "$2bn"
      local digits, letters = t.w[i + 1]:match("^([%d.,]+)(%a+)$")
      local value = digits and tonumber((digits:gsub(",", "")))
      if value and short[letters] then
        out[#out + 1] = { measure = "money", value = whole(value * short[letters]), unit = currency[t.w[i]], first = t.f[i], last = t.l[i + 1], at = t.f[i], before = i }
        step = 2
      end
    elseif k == "n" or k == "w" then
      local q = numbers.quantity(t, i)
      if q then
        local j = q.next
        local n = t.w[j]
        local record
        if t.k[j] == "%" or n == "percent" or n == "pct" then record = { measure = "percent", last = j }
        elseif n == "per" and t.w[j + 1] == "cent" then record = { measure = "percent", last = j + 1 }
        elseif t.k[j] == "w" and currency[n] then record = { measure = "money", last = j, unit = currency[n] }
        elseif n == "votes" or n == "ballots" then record = { measure = "votes", last = j } end
        if record then
          if record.measure == "percent" then
            record.unit = "percent"
            local x = record.last + 1
            if t.w[x] == "of" then                              -- "of the vote", "of those polled"
              local y = x + 1
              if t.w[y] == "the" or t.w[y] == "all" then y = y + 1 end
              if t.k[y] == "w" then record.last = y end
            end
          end
          record.value, record.maximum, record.qualifier = q.value, q.maximum, q.qualifier
          record.first, record.at, record.last = t.f[q.first], t.f[q.first], t.l[record.last]
          out[#out + 1] = record
          step = j - i
        elseif q.next > i + 1 then
          step = 1
        end
      end
    end
    i = i + math.max(step, 1)
  end
  for _, r in ipairs(out) do
    if r.before and not r.qualifier then                        -- "some $700 million", "more than $2bn"
      for x = math.max(1, r.before - 3), r.before - 1 do
        local qualifier, next_token = numbers.qualifier(t, x)
        if qualifier and next_token == r.before then
          r.qualifier, r.first = qualifier, t.f[x]
          break
        end
      end
    end
    r.before = nil
  end
  return out
end

return M
