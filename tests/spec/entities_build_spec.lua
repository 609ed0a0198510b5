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

describe("titles of South Asia, Latin America and Africa", function()
  it("are no part of the name", function()
    finds("Lance Naik Rashid Mehmood and Sepoy Kashif Raza were buried on Friday. Havildar Tariq Jamil Khan said so. Ch. Bashir Tahir protested.",
      "person: Rashid Mehmood < Lance Naik", "person: Kashif Raza < Sepoy", "person: Tariq Jamil Khan < Havildar", "person: Bashir Tahir < Ch.")
    finds("Monseñor Julio Bracamonte prayed, and Licenciado Raúl Otero came. Alhaji Musa Dantata and Mallam Sani Bello gave rice.",
      "person: Julio Bracamonte < Monseñor", "person: Raúl Otero < Licenciado", "person: Musa Dantata < Alhaji", "person: Sani Bello < Mallam")
  end)

  it("... and show where a name begins", function()
    finds("SSP Naveed Akbar Rana arrested two men in Mirpur on Monday.", "person: Naveed Akbar Rana < SSP")
  end)
end)

describe("a post cut short before a body's abbreviation", function()
  it("is no person", function()
    local set, all = mentions("The meeting was attended by Ms Laila Noor, DG ORSB, and engineers of the army. MD WRTC sent his regrets.")
    assert.is_true(set["person: Laila Noor < Ms"], all)
    assert.is_nil(set["person: DG ORSB"], all)
    assert.is_nil(set["person: MD WRTC"], all)
    assert.is_true(set["organisation: ORSB"], all)
  end)
end)

describe("a nickname in single quotation marks", function()
  it("stands inside the name", function()
    finds("The head of the campaign, Jose Manuel 'Pepe' Salgado, left Lima on Monday.", "person: Jose Manuel 'Pepe' Salgado")
  end)
end)

describe("the first of two family names", function()
  it("is the person's although a town bears it too", function()
    local set, all = mentions("Mayor Ernesto Zamora Pinto won the vote on Sunday. Supporters of Zamora danced, and Zamora thanked them.")
    assert.is_true(set["person: Zamora"], all)
    assert.is_nil(set["place: Zamora"], all)
    set, all = mentions("Mayor Ernesto Zamora Pinto won the vote on Sunday. He then left for a holiday in Zamora.")
    assert.is_nil(set["person: Zamora"], all)
  end)
end)
