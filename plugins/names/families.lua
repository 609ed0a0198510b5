-- Family names that are spellings of one, as learnt from people who were known again by other evidence: once one bearer has been found
-- under both spellings, the spellings count as one for his relatives too.

local families = {}
families.__index = families

local NEAR = 0.12 -- cost below which two spellings need no teaching
local FAR = 0.5   -- cost above which two names are two (people marry)

function families.new(forms)
  return setmetatable({ forms = forms, of = {}, any = false }, families)
end

--- Learns from the clusters: the family names of one cluster's members.
function families:learn(members_of, nodes)
  self.of, self.any = {}, false
  for _, members in ipairs(members_of) do
    local words, seen = {}, {}
    for _, id in ipairs(members) do
      local word = nodes[id].form.family
      if not seen[word] then
        seen[word] = true
        words[#words + 1] = word
      end
    end
    for _, x in ipairs(words) do
      for _, y in ipairs(words) do
        local cost = x ~= y and self.forms:cost(x, y) or 0
        if cost > NEAR and cost < FAR then
          self.of[x] = self.of[x] or {}
          table.insert(self.of[x], y)
          self.any = true
        end
      end
    end
  end
  return self.any
end

local function reaches(self, x, y)
  for _, other in ipairs(self.of[x] or {}) do
    if self.forms:cost(other, y) <= NEAR or self.forms.is_stem(other, y) then
      return true
    end
  end
  return false
end

--- Is one known as a spelling of the other, or of a near spelling of it?
function families:alike(x, y)
  return self.any and (reaches(self, x, y) or reaches(self, y, x))
end

return families
