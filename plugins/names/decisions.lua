-- An analyst's own decisions, which stand above all evidence: a line "same TAB name TAB name" or "not TAB name TAB name".
-- Commas serve instead of tabs, words after # are comments. Names are compared as folded words, so "Žanna Ivers" is "Zanna Ivers".

local decisions = {}
decisions.__index = decisions

local SAME = { same = true, yes = true, ["1"] = true, positive = true }
local APART = { ["not"] = true, no = true, different = true, ["0"] = true, negative = true, ["not same"] = true }

local function pair_key(a, b)
  return a < b and a .. "\0" .. b or b .. "\0" .. a
end

--- Reads the file's text. `key_of(name)` gives the key under which a name is known.
function decisions.read(content, key_of)
  local self = setmetatable({ same = {}, apart = {}, count = 0 }, decisions)
  for line in (content or ""):gmatch("[^\r\n]+") do
    line = line:gsub("%s*#.*$", "")
    local verdict, a, b = line:match("^%s*([^\t]-)%s*\t%s*([^\t]-)%s*\t%s*([^\t]-)%s*$")
    if not verdict then
      verdict, a, b = line:match("^%s*([^,]-)%s*,%s*([^,]-)%s*,%s*([^,]-)%s*$")
    end
    verdict = verdict and verdict:lower()
    if verdict and a ~= "" and b ~= "" and (SAME[verdict] or APART[verdict]) then
      local x, y = key_of(a), key_of(b)
      self.count = self.count + 1
      if SAME[verdict] then
        self.same[#self.same + 1] = { x, y }
      else
        self.apart[pair_key(x, y)] = true
      end
    end
  end
  return self
end

--- Did the analyst say that these two are different?
function decisions:forbids(a, b)
  return self.count > 0 and self.apart[pair_key(a, b)] or false
end

return decisions
