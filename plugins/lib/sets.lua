-- Sets ({ key = true }) and counts ({ key = number }) whose keys are strings, asked in ways that no order of a hash can show.

local sets = {}

--- Every key of `from` is in `into` too.
function sets.add(into, from)
  for key in pairs(from) do
    into[key] = true
  end
end

--- The keys in order.
function sets.keys(set)
  local list = {}
  for key in pairs(set) do
    list[#list + 1] = key
  end
  table.sort(list)
  return list
end

--- Have they a key in common?
function sets.meet(a, b)
  for key in pairs(a) do
    if b[key] then
      return true
    end
  end
  return false
end

--- How many keys?
function sets.size(set)
  local n = 0
  for _ in pairs(set) do
    n = n + 1
  end
  return n
end

--- The most frequent key of a table of counts, of equals the longer and then the alphabetically first one; nil when there is none.
function sets.foremost(counts)
  local best
  for key, n in pairs(counts) do
    if not best or n > counts[best] or n == counts[best] and (#key > #best or #key == #best and key < best) then
      best = key
    end
  end
  return best
end

return sets
