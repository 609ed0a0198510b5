-- Relatives and namesakes: the president's son is not the president, and whom an article says to be two stay two.

local trial = require "annalist.trial"

-- passages in order of articles -> "text@article" and the n-th of a text in an article as "text@article#n": name of the entity
local function bearers(...)
  local corpus <close> = trial.run { plugin = "names", articles = { ... }, jobs = 1 }
  local found, count = {}, {}
  for row in corpus:sql [[select substr(cast(a.text as blob), m.first, m.last - m.first + 1) as text, m.article_id, e.name as entity, me.reason
      from mention m join article a using (article_id) join mention_entity me using (mention_id) join entity e using (entity_id) order by m.mention_id]] do
    local key = row.text .. "@" .. row.article_id
    count[key] = (count[key] or 0) + 1
    found[key .. "#" .. count[key]] = row.entity
  end
  return found
end

describe("relatives", function()
  it("do not hold the office of those whose relatives they are", function()
    local e = bearers("Captain Jonas Verhoff, brother of the president, was promoted in Alta on Thursday. President Verhoff signed the order. President Verhoff left.",
      "President Willem Verhoff dismissed the cabinet in Alta on Friday.")
    assert.equal("Jonas Verhoff", e["Jonas Verhoff@1#1"])
    assert.equal("Willem Verhoff", e["Verhoff@1#1"])
    assert.equal("Willem Verhoff", e["Verhoff@1#2"])
  end)

  it("... however the kinship is said", function()
    for _, words in ipairs { "The president's son, Captain Jonas Verhoff, spoke in Alta.", "Captain Jonas Verhoff, nephew of the head of state, spoke in Alta." } do
      local e = bearers(words .. " President Verhoff was silent.", "President Willem Verhoff stayed in Alta.")
      assert.equal("Willem Verhoff", e["Verhoff@1#1"], words)
    end
  end)

  it("seldom go by the family name that another in the article bears", function()
    local e = bearers("President Willem Verhoff spoke in Alta. His son, Captain Jonas Verhoff, stood by him. Verhoff was declared winner on Sunday, and President Verhoff thanked all.")
    assert.equal("Willem Verhoff", e["Verhoff@1#1"])
    assert.equal("Willem Verhoff", e["Verhoff@1#2"])
  end)

  it("... and who holds another office is meant all the same where nobody else bears the name", function()
    local e = bearers("General Jonas Verhoff took the oath in Alta. President Verhoff then spoke to the army.")
    assert.equal("Jonas Verhoff", e["Verhoff@1#1"])
  end)

  it("bear the family name, but are not the one whom the article names so elsewhere", function()
    local e = bearers("Minister Paul Kessane spoke in Alta. Kessane's brother Victor, a trader, was freed. He is not to be mistaken for Victor Kessane, secretary general of the Lagoon Party.",
      "Victor Kessane, secretary general of the Lagoon Party, spoke in Alta.")
    assert.equal("Victor", e["Victor@1#1"])
    assert.equal("Victor Kessane", e["Victor Kessane@1#1"])
    assert.equal("Victor Kessane", e["Victor Kessane@2#1"])
  end)
end)

describe("people of whom the text says that they are not related, or not the same", function()
  for _, words in ipairs { "Viktor Kessane (no relation) was silent.", "Viktor Kessane, who is not related to the minister, was silent.", "His namesake Viktor Kessane was silent.",
    "She is not to be confused with Viktor Kessane.", "Viktor Kessane, no relative of the minister, was silent." } do
    it("stay two: " .. words, function()
      local e = bearers("Minister Victor Kessane spoke in Alta. " .. words)
      assert.equal("Victor Kessane", e["Victor Kessane@1#1"])
      assert.equal("Viktor Kessane", e["Viktor Kessane@1#1"])
    end)
  end

  it("unless the words are said of somebody else", function()
    local e = bearers("Minister Victor Kessane spoke in Alta. The harbour is not to be confused with the port. Viktor Kessane was silent.")
    assert.equal(e["Victor Kessane@1#1"], e["Viktor Kessane@1#1"])
  end)
end)
