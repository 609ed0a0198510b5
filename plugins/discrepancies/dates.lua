-- Dates: the same happening told of two days. Only days that are written out ("March 2", not "on Tuesday") are held against each other, in sentences
-- of two articles that say nearly the same in the same numbers.

local terms = require "lib.terms"
local days = require "lib.days"

local dates = {}

local APART = 10   -- days: further apart, it may have happened twice
local ALIKE = 0.62
local LEAST = 5    -- telling words in common

-- Sentences with one day in them that is written out: { article_id, first, last, day, label, vector, numbers }
local function read_sentences(ctx, read, of, frequency)
  local list = {}
  local last_key
  for row in ctx:rows([[select s.article_id, s.first, s.last, t.value, t.first as said_first, t.last as said_last from sentence s
      join timex t on t.article_id = s.article_id and t.first between s.first and s.last
      where t.type = 'DATE' order by s.article_id, s.first, t.first]]) do
    local key = row.article_id .. ":" .. row.first
    if key == last_key then
      list[#list].several = true -- two expressions: which of them is meant can't be told
    elseif of[row.article_id] then
      local text = read(row.article_id)
      local said, day = text:sub(row.said_first, row.said_last), row.value:match("^%d%d%d%d%-%d%d%-%d%d")
      local entry = { article_id = row.article_id, first = row.said_first, last = row.said_last, story = of[row.article_id].number, label = day,
        day = day and (said:find("%a%a%.? %d") or said:find("%d%a* %a%a%a")) and days.number(day) or nil, words = {}, numbers = {} }
      for _, term in ipairs(terms.of(text:sub(row.first, row.said_first - 1) .. " " .. text:sub(row.said_last + 1, row.last))) do
        if term:find("^%d") then entry.numbers[#entry.numbers + 1] = term else entry.words[#entry.words + 1] = term end
      end
      table.sort(entry.numbers)
      entry.numbers = table.concat(entry.numbers, " ")
      frequency:add(entry.words)
      list[#list + 1] = entry
      last_key = key
    end
  end
  return list
end

local function shared(a, b)
  local n = 0
  for _, term in ipairs(a.vector.terms) do n = n + (b.vector.at[term] and 1 or 0) end
  return n
end

--- Finds happenings that are told of two days. report(sides, summary)
function dates.find(ctx, read, of, report)
  local frequency, index = terms.frequency(300), {}
  local list = read_sentences(ctx, read, of, frequency)
  for n, s in ipairs(list) do
    if s.day and not s.several and #s.words >= LEAST then
      s.vector = terms.vector(s.words, frequency)
      local tried = {}
      for _, term in ipairs(s.vector.terms) do
        local key = s.story .. " " .. term
        for _, other in ipairs(index[key] or {}) do
          local o = list[other]
          if not tried[other] and o.article_id ~= s.article_id and o.day ~= s.day and math.abs(o.day - s.day) <= APART and o.numbers == s.numbers then
            tried[other] = true
            if shared(o, s) >= LEAST and terms.cosine(o.vector, s.vector) >= ALIKE then
              report({ o, s }, ("The same is told of %s and of %s"):format(o.label, s.label))
            end
          end
        end
        index[key] = index[key] or {}
        if #index[key] < 500 then table.insert(index[key], n) end
      end
    end
  end
end

return dates
