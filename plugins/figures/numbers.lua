-- Numbers as news tells them: "1,211", "6.5 million", "two dozen", "no fewer than twenty-one", "between 10 and 15", "hundreds".

local data = require "annalist.data"

local M = {}

local words, before, after = {}, {}, {}

--- Phrases by their first word, longest first: { word -> list of { words…, value = … } }.
local function index(list)
  for _, entries in pairs(list) do table.sort(entries, function(a, b) return #a > #b end) end
  return list
end

local function add(list, phrase, value)
  local entry = { value = value }
  for word in phrase:gmatch("%S+") do entry[#entry + 1] = word end
  list[entry[1]] = list[entry[1]] or {}
  table.insert(list[entry[1]], entry)
end

function M.load()
  words, before, after = {}, {}, {}
  for _, row in ipairs(data.table("figures/numbers.tsv")) do words[row[1]] = { value = tonumber(row[2]), kind = row[3], greatest = tonumber(row[4]) } end
  for _, row in ipairs(data.table("figures/qualifiers.tsv")) do add(row[3] == "after" and after or before, row[1], row[2]) end
  index(before)
  index(after)
end

local function phrase_at(list, t, i)
  local entries = list[t.w[i]]
  for e = 1, entries and #entries or 0 do
    local entry, fits = entries[e], true
    for x = 2, #entry do
      if t.w[i + x - 1] ~= entry[x] then fits = false break end
    end
    if fits then return entry.value, i + #entry end
  end
  return nil, i
end

--- "twenty-one" -> 21
local function hyphened(w)
  if not w:find("-", 1, true) then return nil end
  local ten, unit = w:match("^(%a+)%-(%a+)$")
  local a, b = words[ten], words[unit]
  if a and b and a.kind == "ten" and b.kind == "unit" then return a.value + b.value end
end

local function digits(s)
  if s:find(",") and not s:find("^%d%d?%d?,%d%d%d") then return nil end
  local value = tonumber((s:gsub(",", "")))
  return value and math.tointeger(value) or value
end

-- 1.1 times 100,000 is a whole number, though not to the machine
local function whole(value)
  local near = math.floor(value + 0.5)
  return math.abs(value - near) <= 1e-9 * math.abs(value) and math.tointeger(near) or value
end

--- A plain number at token i: value, next token, the greatest that it may mean where only the size is told ("dozens": 99). "a dozen", "half a million", "two hundred and six", "1.5 million".
local function plain(t, i)
  local k, w = t.k[i], t.w[i]
  local value, j = nil, i
  if k == "n" then
    value, j = digits(t.w[i]), i + 1
  elseif k == "w" then
    local word = words[w]
    if word and word.kind == "vague" then
      if w == "few" or w == "couple" or w == "pair" or w == "handful" then return nil, i end
      j = i + 1
      if t.w[j] == "of" then                                    -- "hundreds of thousands of"
        local more = words[t.w[j + 1]]
        if more and more.kind == "vague" and more.value >= 1000 then return more.value * word.value // 2, t.w[j + 2] == "of" and j + 3 or j + 2, (word.greatest or word.value) * more.value // 2 end
        j = j + 1
      end
      return word.value, j, word.greatest or word.value
    elseif word and word.kind ~= "multiplier" then value, j = word.value, i + 1
    elseif hyphened(w) then value, j = hyphened(w), i + 1
    elseif w == "half" and t.w[i + 1] == "a" and words[t.w[i + 2]] and words[t.w[i + 2]].kind == "multiplier" then
      return words[t.w[i + 2]].value // 2, i + 3
    elseif w == "a" then
      local n = words[t.w[i + 1]]
      if n and n.kind == "multiplier" then value, j = 1, i + 1
      elseif n and n.kind == "vague" and (t.w[i + 1] == "few" or t.w[i + 2] == "of") then
        local times = words[t.w[i + 2]]
        if times and times.kind == "multiplier" then return n.value * times.value, i + 3, n.value * times.value end
        return n.value, t.w[i + 2] == "of" and i + 3 or i + 2, n.value
      end
    end
  end
  if not value then return nil, i end
  while t.k[j] == "w" do
    local m = words[t.w[j]] or words[t.w[j]:match("^(%l+llion)%-") or ""]        -- "$26 billion-a-year"
    if m and m.kind == "multiplier" then
      value, j = whole(value * m.value), j + 1
    elseif (t.w[j] == "and" or m) and value >= 100 and value % 100 == 0 and k == "w" then
      local at = t.w[j] == "and" and j + 1 or j
      local rest, next_token = plain(t, at)
      if rest and rest < 100 and t.k[at] == "w" then value, j = value + rest, next_token end
      break
    elseif m and m.kind == "unit" and words[w] and words[w].kind == "ten" and j == i + 1 and m.value < 10 and m.value > 0 then
      value, j = value + m.value, j + 1
    else
      break
    end
  end
  return value, j
end
M.plain = plain

--- A value times the multipliers from token j on: the value and the token behind them.
function M.times(t, value, j)
  while t.k[j] == "w" and words[t.w[j]] and words[t.w[j]].kind == "multiplier" do
    value, j = whole(value * words[t.w[j]].value), j + 1
  end
  return value, j
end

--- A qualifier that begins at token i ("more than"), and the token after it.
function M.qualifier(t, i) return phrase_at(before, t, i) end

local quantity_starts = { between = true, from = true, the = true, another = true, all = true, these = true, those = true, half = true, a = true }

--- Four bare digits from 1900 to 2099, which are a year unless people are counted by them.
function M.is_year(t, i)
  return t.k[i] == "n" and t.w[i]:find("^%d%d%d%d$") and t.w[i] >= "1900" and t.w[i] < "2100"
end

--- Can a quantity begin with this word?
function M.may_begin(w) return words[w] or before[w] or w == "half" or hyphened(w) end

--- The quantity at token i: { value, maximum, qualifier, first, next } or nil.
function M.quantity(t, i)
  local start = t.w[i]
  if not start then return nil end
  if t.k[i] ~= "n" and not (words[start] or before[start] or quantity_starts[start] or start:find("-", 1, true)) then return nil end
  local qualifier, j = phrase_at(before, t, i)
  local between = t.w[j] == "between" or (t.w[j] == "from" and "from")
  local at = between and j + 1 or j
  if not qualifier and not between and t.k[at] == "w" and (t.w[at] == "the" or t.w[at] == "another" or t.w[at] == "all" or t.w[at] == "these" or t.w[at] == "those") then at = at + 1 end
  local value, n, greatest = plain(t, at)
  if not value then return nil end
  local maximum
  if t.w[n] == "to" or t.w[n] == "or" or (t.k[n] == "-" and t.k[n + 1] == "n") or (between and t.w[n] == "and") then
    local high, m = plain(t, n + 1)
    if high and high > value and not (between == "from" and t.w[n] ~= "to") then
      local base = digits(t.w[n + 1])                            -- "15-20 million": 15 million
      if base and base > value and base < high and n == at + 1 and t.k[at] == "n" then value = math.tointeger(value * high / base) or value end
      maximum, n = high, m
    end
  end
  if between and not maximum then return nil end
  local tail, m = phrase_at(after, t, n)
  if tail then qualifier, n = tail, m
  elseif t.w[n] == "+" and t.l[n - 1] + 1 == t.f[n] then qualifier, n = "at least", n + 1 end     -- "20+ injured"
  if greatest and not qualifier then qualifier = "about" end
  return { value = value, maximum = maximum, greatest = greatest and greatest > value and not maximum and greatest or nil, qualifier = qualifier, first = i, at = at, next = n }
end

return M
