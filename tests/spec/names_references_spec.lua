-- Passages that name nobody and mean somebody: whom "the judge", "the former customs official" and "she" join, and when nobody.

local trial = require "annalist.trial"

-- passage -> name of the entity, for one article
local function references(text)
  local corpus <close> = trial.run { plugin = "names", jobs = 1, articles = { text } }
  local found = {}
  for row in corpus:sql [[select substr(cast(a.text as blob), r.first, r.last - r.first + 1) as passage, e.name, r.reason, r.score
      from name_reference r join article a using (article_id) join entity e using (entity_id) order by r.first]] do
    found[row.passage] = row.name
    assert.is_true(row.score > 0 and row.score <= 1 and #row.reason > 0)
  end
  return found
end

describe("a passage without a name", function()
  it("joins the only person of whom its role was said", function()
    local found = references [[The former customs official, Omar Hadi, was freed on Monday. Judge Anna Petrova had fined the mayor, Pavel Orlov.

The judge said that the customs official had paid. The mayor laughed.]]
    assert.equal("Anna Petrova", found["The judge"])
    assert.equal("Omar Hadi", found["the customs official"])
    assert.equal("Pavel Orlov", found["The mayor"])
  end)

  it("joins nobody when two are called so", function()
    local found = references "Judge Anna Petrova met Judge Pavel Orlov on Monday. The judge said nothing."
    assert.is_nil(found["The judge"])
  end)

  it("joins nobody when the noun says too little, or says it of another office", function()
    local found = references "Omar Hadi, a member of the port council, met Deputy Prime Minister Anna Petrova. The member left. The prime minister was not there."
    assert.is_nil(found["The member"])
    assert.is_nil(found["The prime minister"])
  end)

  it("tells the former holder from the holder", function()
    local found = references "President Anna Petrova met former President Omar Hadi on Monday. The former president wept; the president did not."
    assert.equal("Omar Hadi", found["The former president"])
    assert.equal("Anna Petrova", found["the president"])
  end)

  it("that is a pronoun joins the only person named before, and goes on with it", function()
    local found = references "Mayor Anna Petrova spoke in Alta on Monday. She promised new nets. She said that the harbour was safe."
    assert.equal("Anna Petrova", found["She"])
  end)

  it("that is a pronoun of the other sex, or after two people, joins nobody", function()
    assert.is_nil(references("Anna Petrova met Pavel Orlov in Alta. She left.")["She"])
    assert.is_nil(references("Mrs. Anna Petrova spoke in Alta on Monday. He left.")["He"])
  end)
end)
