-- Abbreviations that no article defines: "KPW" in one article is the Kestrel Port Works of another, if no other body of the corpus has these initials.

local abbreviations = {}

local LEAST = 3 -- letters from which on initials say enough

local function put(meanings, letters, base)
  if #letters >= LEAST then
    meanings[letters] = (meanings[letters] == nil or meanings[letters] == base) and base or false
  end
end

--- Initials of all bodies of the corpus: letters -> the base of the only one that has them.
function abbreviations.initials(articles)
  local meanings, seen = {}, {}
  for _, record in ipairs(articles) do
    for _, mention in ipairs(record.groups) do
      local form = mention.form
      if mention.kind == "organisation" and not mention.short and #form.all >= LEAST and not seen[form.key] then
        seen[form.key] = true
        local all, telling = {}, {}
        for i, word in ipairs(form.all) do
          all[i] = word:sub(1, 1)
        end
        for i, word in ipairs(form.words) do
          telling[i] = word:sub(1, 1)
        end
        put(meanings, table.concat(all), mention.base)
        if #telling ~= #all then
          put(meanings, table.concat(telling), mention.base)
        end
      end
    end
  end
  return meanings
end

return abbreviations
