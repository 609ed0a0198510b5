-- Towns are no persons and persons no towns: one kind a name all over the corpus, by what stands beside it.

local trial = require "annalist.trial"

-- kind of the entity of each passage: "text@article" -> kind
local function kinds(...)
  local corpus <close> = trial.run { plugin = "names", articles = { ... }, jobs = 1 }
  local found = {}
  for row in corpus:sql [[select substr(cast(a.text as blob), m.first, m.last - m.first + 1) as text, m.article_id, e.kind, e.name
      from mention m join article a using (article_id) join mention_entity me using (mention_id) join entity e using (entity_id) order by m.mention_id]] do
    found[row.text .. "@" .. row.article_id] = row.kind
  end
  return found
end

describe("a town with a name like a person's", function()
  it("is a place in all articles", function()
    local k = kinds("SARHAD BASHIR: Rescuers reached the valley on Monday, officials said. Two schools in Sarhad Bashir were damaged.",
      "The minister flew to the town of Sarhad Bashir on Tuesday. Residents of Sarhad Bashir shouted at him.",
      "Soldiers set up a hospital at Sarhad Bashir and left.")
    for key, kind in pairs(k) do
      if key:find("Bashir") or key:find("BASHIR") then assert.equal("place", kind, key) end
    end
    assert.is_not_nil(k["Sarhad Bashir@2"])
  end)

  it("... and a person of whom things are told stays one", function()
    local k = kinds("Letters from Karim Bashir, the town engineer, were read in Alta on Monday. Karim Bashir said that he was proud. In Karim Bashir they lost a friend.")
    assert.equal("person", k["Karim Bashir@1"])
  end)
end)

describe("a person called as a town is", function()
  it("is the person where nothing says place", function()
    local k = kinds("Mayor Ernesto Zamora Pinto won the vote in Lima on Sunday. Zamora thanked all.", "Supporters of Zamora danced until morning.")
    assert.equal("person", k["Zamora@1"])
    assert.is_true(k["Zamora@2"] == nil or k["Zamora@2"] == "person")
  end)
end)
