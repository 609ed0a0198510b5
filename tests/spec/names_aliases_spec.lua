-- Other names that a text gives a person or a body. Invented news text.

local trial = require "annalist.trial"

-- passages in order of articles: "text@article" -> name of the entity
local function bearers(...)
  local corpus <close> = trial.run { plugin = "names", articles = { ... }, jobs = 1 }
  local found = {}
  for row in corpus:sql [[select substr(cast(a.text as blob), m.first, m.last - m.first + 1) as text, m.article_id, e.name
      from mention m join article a using (article_id) join mention_entity me using (mention_id) join entity e using (entity_id) order by m.mention_id]] do
    found[row.text .. "@" .. row.article_id] = row.name
  end
  return found
end

describe("another name", function()
  it("is the person's of whom an article says that she is called so", function()
    for _, words in ipairs { "known to her followers as Madre Luz,", "nicknamed Madre Luz,", "also known as \"Madre Luz\"," } do
      local e = bearers("Carmen Rojas Vidal spoke in Lima on Monday. Ms Rojas, " .. words .. " said she would sleep in the square.",
        "Who is Madre Luz? Voters in Lima asked it on Tuesday. Supporters of Madre Luz danced.")
      assert.equal("Carmen Rojas Vidal", e["Madre Luz@2"], words)
    end
  end)

  it("... and nobody's where it is said of two", function()
    local e = bearers("Carmen Rojas Vidal, known as Madre Luz, spoke in Lima on Monday.", "Teresa Campos Neri, known as Madre Luz, spoke in Quito on Monday.",
      "Supporters of Madre Luz danced in Cuenca on Friday, said Luis Paz.")
    assert.not_equal("Carmen Rojas Vidal", e["Madre Luz@3"])
  end)

  it("in quotation marks stands inside the name", function()
    local e = bearers("The head of the campaign, Jose Manuel 'Pepe' Salgado, left Lima on Monday.", "Campaign chief Pepe Salgado came back to Lima. Salgado was tired.")
    assert.equal(e["Jose Manuel 'Pepe' Salgado@1"], e["Pepe Salgado@2"])
    assert.equal(e["Pepe Salgado@2"], e["Salgado@2"])
  end)
end)

describe("a body", function()
  it("is the one with these initials where there is one only", function()
    local e = bearers("The deputy mayor told Kestrel News Agency in Alta that the bridge was closed.", "The bridge is closed, the mayor told the KNA news agency in Alta on Monday.")
    assert.equal(e["Kestrel News Agency@1"], e["KNA@2"])
  end)

  it("... and is known by the abbreviation of another language", function()
    local e = bearers("The Organization of American States (OAS) sent observers to Alta.", "Observers of the OEA arrived in Alta on Tuesday. The OEA said nothing.")
    assert.equal(e["OAS@1"], e["OEA@2"])
  end)

  it("... and as a court or a tribunal", function()
    local e = bearers("The Supreme Audit Tribunal met in Alta on Monday.", "The Supreme Audit Court met in Alta, officials said on Monday.")
    assert.equal(e["Supreme Audit Tribunal@1"], e["Supreme Audit Court@2"])
  end)
end)
