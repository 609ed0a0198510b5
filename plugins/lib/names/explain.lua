-- A comparison of two names in words: "petrow ~ petrov (spelling 0.01); only right: k". For people who must judge a score.

local explain = {}

local FACTS = { "sex", "given_differs", "ending_differs", "patronymic_differs", "feminine" }
local IN_WORDS = { sex = "other sex", given_differs = "other given name", ending_differs = "other kind of ending",
  patronymic_differs = "other patronymic", feminine = "one ending is a woman's" }

--- What agrees and what doesn't between names `a` and `b` under a matcher (lib.names.matcher).
function explain.pair(matcher, a, b)
  local comparison = matcher:compare(a, b)
  local tokens = { (matcher.kernel:tokens(matcher:spelled(a))), (matcher.kernel:tokens(matcher:spelled(b))) }
  local parts, met = {}, { {}, {} }
  local function joined(side, first, count)
    local words = {}
    for i = first, first + count - 1 do
      words[#words + 1], met[side][i] = tokens[side][i].text, true
    end
    return table.concat(words, " ")
  end
  for _, link in ipairs(comparison.links) do
    local x, y = joined(1, link.a, link.a_count), joined(2, link.b, link.b_count)
    parts[#parts + 1] = link.cost == 0 and x == y and x or ("%s ~ %s (%s %.2f)"):format(x, y, link.kind, link.cost)
  end
  for side = 1, 2 do
    for i, token in ipairs(tokens[side]) do
      if not met[side][i] and token.weight > 0.2 then
        parts[#parts + 1] = (side == 1 and "only left: " or "only right: ") .. token.text
      end
    end
  end
  for _, name in ipairs(FACTS) do
    if comparison.features[name] > 0 then
      parts[#parts + 1] = IN_WORDS[name]
    end
  end
  return table.concat(parts, "; "), comparison.score
end

return explain
