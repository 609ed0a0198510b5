-- entities: where a name begins and ends, and what no person is: family names with small words, ranks, offices, towns. Invented news text.

local trial = require "annalist.trial"

--- Mentions of a text as "kind: name" or "kind: name < title": a set, and all of them as text.
local function mentions(text)
  local corpus <close> = trial.run { plugin = "entities", articles = { text } }
  local set, list = {}, {}
  for row in corpus:rows("mention") do
    list[#list + 1] = row.kind .. ": " .. row.name .. (row.title and " < " .. row.title or "")
    set[list[#list]] = true
  end
  return set, table.concat(list, "; ")
end

local function finds(text, ...)
  local set, all = mentions(text)
  for _, wanted in ipairs { ... } do assert.is_true(set[wanted], wanted .. " in " .. all) end
end

describe("family names with small words", function()
  it("are whole", function()
    finds("Senator Alberto Rojas de la Vega met Justice Inés Lagos del Prado and Paulo Nunes da Rocha Filho in Lima.",
      "person: Alberto Rojas de la Vega < Senator", "person: Inés Lagos del Prado < Justice", "person: Paulo Nunes da Rocha Filho")
    finds("Deputy Ana Campos y Salinas voted against it, Elena Paz viuda de Campos said on Monday.", "person: Ana Campos y Salinas < Deputy",
      "person: Elena Paz viuda de Campos")
  end)

  it("... also where they stand alone", function()
    finds("Justice Inés Lagos del Prado spoke in Lima. \"I said it twice,\" Lagos del Prado said.", "person: Lagos del Prado")
  end)

  it("... and two people remain two", function()
    finds("Teresa Moro y Luis Campos stayed in Lima on Friday.", "person: Teresa Moro", "person: Luis Campos")
  end)
end)
