-- Bodies known again: by glosses and abbreviations in brackets, and without the words that a source leaves out. Invented news.

local trial = require "annalist.trial"

-- name as it stands in an article -> entity
local function bodies(...)
  local corpus <close> = trial.run { plugin = "names", articles = { ... }, jobs = 1 }
  local found = {}
  for row in corpus:sql "select m.name, me.entity_id from mention m join mention_entity me using (mention_id) where m.kind = 'organisation'" do
    found[row.name] = row.entity_id
  end
  return found
end

describe("a body is known again", function()
  it("by an abbreviation in other letters that stands behind its gloss in brackets", function()
    local e = bodies("The Organisation africaine du Commerce (African Trade Organisation, OAC) sent a letter to Norland on Monday.",
      "The African Trade Organisation was silent.", "The OAC was silent, the Norland Trade Union said.")
    assert.is_not_nil(e["OAC"])
    assert.equal(e["African Trade Organisation"], e["OAC"])
  end)

  it("by an abbreviation that the text tells behind a comma", function()
    local e = bodies("The State Fisheries Committee, or GKR, sat in Alta on Monday. The GKR was silent on Tuesday.")
    assert.equal(e["State Fisheries Committee"], e["GKR"])
  end)

  it("by the whole of its gloss, also where only its end was found", function()
    local corpus <close> = trial.run { plugin = "names", jobs = 1, articles = {
      "Minister Ann Lee wrote to the Kalyan Samity (Passengers' Welfare Association) on Monday." } }
    assert.equal(0, corpus:value "select count(*) from entity where name = 'Welfare Association'")
  end)

  it("without its place, or words such as national, where the corpus has one such body", function()
    local e = bodies("The Norland Inland Waterways Authority opened a port in Norland. The Independent National Electoral Commission of Norland spoke.",
      "The Inland Waterways Authority closed a port in Norland.")
    assert.equal(e["Norland Inland Waterways Authority"], e["Inland Waterways Authority"])
  end)

  it("but not where the corpus has two of them", function()
    local e = bodies("The Norland Inland Waterways Authority met the Sundale Inland Waterways Authority between Norland and Sundale.",
      "The Inland Waterways Authority closed a port between Norland and Sundale.")
    assert.not_equal(e["Norland Inland Waterways Authority"], e["Inland Waterways Authority"])
    assert.not_equal(e["Norland Inland Waterways Authority"], e["Sundale Inland Waterways Authority"])
  end)
end)
