-- entities: who, which body, where, in invented news text.

local trial = require "annalist.trial"

--- Mentions of a text as "kind: name" or "kind: name < title", in order.
local function mentions(text)
  local corpus <close> = trial.run { plugin = "entities", articles = { text } }
  local list = {}
  for row in corpus:rows("mention") do
    list[#list + 1] = row.kind .. ": " .. row.name .. (row.title and " < " .. row.title or "")
  end
  return list
end

local function has(list, wanted)
  for _, item in ipairs(list) do if item == wanted then return true end end
  return false
end

describe("entities", function()
  it("gives the name alone and keeps the title beside it", function()
    local found = mentions("Prime Minister Daniel Okafor met UN spokesperson Maria Lindqvist in Nairobi on Tuesday.")
    assert.is_true(has(found, "person: Daniel Okafor < Prime Minister"))
    assert.is_true(has(found, "person: Maria Lindqvist < UN spokesperson"))
    assert.is_true(has(found, "place: Nairobi"))
  end)

  it("leaves off possessives and articles", function()
    local found = mentions("The Finance Ministry said Kenya's debt had grown. President Paul Hansen's office agreed.")
    assert.is_true(has(found, "place: Kenya"))
    assert.is_true(has(found, "person: Paul Hansen < President"))
    assert.is_true(has(found, "organisation: Finance Ministry"))
  end)

  it("takes an abbreviation that the text explains for what it stands for", function()
    local found = mentions("The National Grain Committee (NGC) met in Oslo on Monday. By evening NGC had no answer. Farmers wrote to NGC again.")
    local count = 0
    for _, item in ipairs(found) do if item == "organisation: NGC" then count = count + 1 end end
    assert.equal(3, count)
  end)

  it("knows a person again by the family name alone", function()
    local found = mentions("Minister Anders Holmgren resigned on Friday. Reporters waited all day. Holmgren said nothing. Nobody had seen Holmgren leave.")
    local count = 0
    for _, item in ipairs(found) do if item:find("^person: .*Holmgren") then count = count + 1 end end
    assert.equal(3, count)
  end)

  it("takes no people's name for a place", function()
    for _, item in ipairs(mentions("Kenyan and Norwegian officials signed the treaty. Most Norwegians were asleep.")) do
      assert.is_nil(item:find("Norwegian") or item:find("Kenyan"))
    end
  end)

  it("finds nothing in a text without names, and fails on none", function()
    assert.same({}, mentions("the rain fell all night and nobody slept."))
    assert.same({}, mentions("..."))
  end)
end)
