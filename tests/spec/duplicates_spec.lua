-- duplicates: near-copies and reused passages, on invented news text.

local trial = require "annalist.trial"

local AGENCY = "The ministry of transport said on Wednesday that the bridge over the river Senn would stay closed for at least six weeks, because "
  .. "engineers had found cracks in two of its pillars and did not want to risk the lives of those who cross it every day on their way to work."

local function paper(opening, ending) return opening .. "\n\n" .. AGENCY .. "\n\n" .. ending end

local FIRST = paper("Drivers in the east of the capital must take the ferry or a long way round.",
  "The mayor promised more buses." .. " He asked the drivers for their patience and thanked the fire service for its quick work on Tuesday night.")
local SECOND = paper("A closed bridge angers the people of a whole quarter, and nobody can tell them how long their journey to the hospital will take.",
  "Shops near the bridge fear for their customers, since few will walk through the rain to buy bread that they find elsewhere.")

local function rows(articles, table_name, options)
  local corpus <close> = trial.run { plugin = "duplicates", articles = articles, set = options }
  local list, texts = {}, {}
  for article in corpus:articles() do texts[article.article_id] = article.text end
  for row in corpus:rows(table_name) do list[#list + 1] = row end
  return list, texts
end

describe("duplicates", function()
  it("finds an agency's passage in two papers, byte for byte", function()
    local list, texts = rows({ FIRST, SECOND }, "reuse")
    assert.equal(1, #list)
    local row = list[1]
    assert.equal(AGENCY:sub(1, -2), texts[row.article_id]:sub(row.first, row.last))
    assert.equal(AGENCY:sub(1, -2), texts[row.other_id]:sub(row.other_first, row.other_last))
  end)

  it("does not call two articles duplicates for one common passage", function()
    assert.equal(0, #rows({ FIRST, SECOND }, "duplicate"))
  end)

  it("finds an article that comes again with a few words changed", function()
    local list = rows({ FIRST, (FIRST:gsub("six weeks", "eight weeks")) }, "duplicate")
    assert.equal(1, #list)
    assert.is_true(list[1].similarity > 0.7 and list[1].similarity < 1)
  end)

  it("takes no notice of punctuation, case and line ends", function()
    local again = FIRST:upper():gsub(",", ";"):gsub("\n\n", "\n\n\n")
    local list = rows({ FIRST, again }, "duplicate")
    assert.equal(1, list[1].similarity)
  end)

  it("leaves a passage of fewer than twenty words alone, unless told otherwise", function()
    local short = "the engineers had found cracks in two of its pillars and closed the bridge to all"
    local a = "On Monday morning, after a long night with little sleep, " .. short .. ". Many went by boat."
    local b = "As the council heard from its experts at noon, " .. short .. ". Buses drive through the old town."
    assert.equal(0, #rows({ a, b }, "reuse"))
    assert.equal(1, #rows({ a, b }, "reuse", { ["duplicates.words"] = 12 }))
  end)

  it("says each pair once, the later article first", function()
    local list = rows({ FIRST, (FIRST:gsub("six", "nine")), (FIRST:gsub("six", "ten")) }, "duplicate")
    assert.equal(3, #list)
    for _, row in ipairs(list) do assert.is_true(row.article_id > row.other_id) end
  end)
end)
