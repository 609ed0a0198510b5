-- Namesakes, two family names, the elder and the younger: who is meant where several bear a name. Invented news text.

local trial = require "annalist.trial"

-- passages in order of articles: "text@article#n", the n-th of a text in an article -> id of the entity and its name; and the doubtful pairs
local function bearers(...)
  local corpus <close> = trial.run { plugin = "names", articles = { ... }, jobs = 1 }
  local found, count, names, doubts = {}, {}, {}, {}
  for row in corpus:sql [[select substr(cast(a.text as blob), m.first, m.last - m.first + 1) as text, m.article_id, e.entity_id as id, e.name
      from mention m join article a using (article_id) join mention_entity me using (mention_id) join entity e using (entity_id) order by m.mention_id]] do
    local key = row.text .. "@" .. row.article_id
    count[key] = (count[key] or 0) + 1
    found[key .. "#" .. count[key]], names[row.id] = row.id, row.name
  end
  for row in corpus:sql "select reason from name_doubt" do
    doubts[#doubts + 1] = row.reason
  end
  return setmetatable(found, { __index = function(_, key) error("no mention " .. key) end }), names, table.concat(doubts, "\n")
end

describe("two family names without a given name", function()
  local first = "Interior Minister Alberto Rojas de la Vega spoke in Alta on Monday. Rojas de la Vega denied the charge."
  it("are the person's who bears one of them, or both", function()
    local e = bearers(first, "Minister Rojas de la Vega resigned in Alta on Tuesday, officials said.", "Interior Minister Alberto Rojas left Alta on Friday.")
    assert.equal(e["Alberto Rojas de la Vega@1#1"], e["Rojas de la Vega@1#1"])
    assert.equal(e["Alberto Rojas de la Vega@1#1"], e["Rojas de la Vega@2#1"])
    assert.equal(e["Alberto Rojas de la Vega@1#1"], e["Alberto Rojas@3#1"])
  end)

  it("... and who is called by both is not meant by one of them where another bears it", function()
    local e = bearers(first .. " The defence minister, General Edgar Rojas Pinto, said troops would stay in barracks. \"The army obeys,\" Rojas said.")
    assert.equal(e["Edgar Rojas Pinto@1#1"], e["Rojas@1#1"])
  end)
end)

describe("namesakes", function()
  it("are two where one is the other's father", function()
    local e = bearers("Omar Hadi Benali builds bridges in Alta. He was four when his father, also Omar Hadi, was killed in 1968. The elder Hadi had been minister.",
      "Omar Hadi, an engineer, opened a bridge in Alta on Monday.")
    assert.not_equal(e["Omar Hadi Benali@1#1"], e["Omar Hadi@1#1"])
    assert.equal(e["Omar Hadi@1#1"], e["Hadi@1#1"])
    assert.not_equal(e["Omar Hadi@1#1"], e["Omar Hadi@2#1"])
  end)

  it("... where the text says that the names are alike, or gives other ages", function()
    for _, words in ipairs { "A woman with a similar name, Leila Navaro, died on the same day.", "Leila Navaro, 78, died on the same day." } do
      local e, _, doubts = bearers("Reporter Leila Navarro, 31, was shot in Alta on Monday, her union said. Navarro is stable. " .. words, "Reporter Leila Navarro left hospital in Alta.")
      assert.not_equal(e["Leila Navarro@1#1"], e["Leila Navaro@1#1"], words)
      assert.equal(e["Leila Navarro@1#1"], e["Leila Navarro@2#1"], words)
      assert.equal("", doubts)
    end
  end)

  it("... where one is introduced right after the other, as somebody else", function()
    local e = bearers("Prayers were led by Hafiz Karim Bari of the Relief Trust. Karim Bari, the schoolteacher who lost his wife, stood in the last row.")
    assert.not_equal(e["Hafiz Karim Bari@1#1"], e["Karim Bari@1#1"])
  end)

  it("... where one has a rank and common names alone, and the other an office and a family name", function()
    local e, _, doubts = bearers("Sepoy Muhammad Anwar and Havildar Tariq Jamil drowned near Mirpur on Monday, the army said.",
      "Deputy Commissioner Muhammad Anwar Sandhu told reporters in Mirpur that rescue work went on.")
    assert.not_equal(e["Muhammad Anwar@1#1"], e["Muhammad Anwar Sandhu@2#1"])
    assert.is_truthy(doubts:find("Muhammad Anwar Sandhu", 1, true), "offered as doubtful")
  end)
end)

describe("a family name", function()
  it("is the son's behind 'the younger'", function()
    local e = bearers("Police looked for the builder Karim Hadi. His son, lawmaker Waleed Hadi, denied it. \"He is at home,\" the younger Hadi told reporters in Alta.",
      "The court blamed the builder Karim Hadi and his son Waleed. The younger Hadi was arrested in Alta on Monday.")
    assert.equal(e["Waleed Hadi@1#1"], e["Hadi@1#1"])
    assert.equal(e["Waleed Hadi@1#1"], e["Hadi@2#1"])
  end)

  it("is the general's behind a rank, in an interview with another", function()
    local e = bearers("General Omar Verhoff, the chairman of the National Relief Agency, spoke in Alta on Monday.",
      "Dr Ruth Verhoff runs the hospital in Alta, far from the National Relief Agency. Dr Verhoff said that 38 patients were saved. General Verhoff said that the hospital had coped well. Dr Verhoff laughed.")
    assert.equal(e["Omar Verhoff@1#1"], e["Verhoff@2#2"])
    assert.equal(e["Ruth Verhoff@2#1"], e["Verhoff@2#3"])
  end)
end)
