-- sentences: where sentences end, on invented news text.

local trial = require "annalist.trial"

local function sentences(text)
  local corpus <close> = trial.run { plugin = "sentences", articles = { text } }
  local list, full = {}, nil
  for article in corpus:articles() do full = article.text end
  for row in corpus:rows("sentence") do list[#list + 1] = full:sub(row.first, row.last) end
  return list
end

describe("sentences", function()
  it("ends a sentence neither after a title nor after an initial nor after an abbreviation of a country", function()
    assert.same({ "Gen. J. Moyo met Dr. Okafor in the U.S. Embassy on Monday.", "They spoke for an hour." },
      sentences("Gen. J. Moyo met Dr. Okafor in the U.S. Embassy on Monday. They spoke for an hour."))
  end)

  it("parts sentences that lost the space between them", function()
    assert.same({ "Nine people were injured.", "The protesters left the square at noon." },
      sentences("Nine people were injured.The protesters left the square at noon."))
  end)

  it("keeps an address in one piece", function()
    assert.same({ "The list is on Example.Com/News and in the town hall of Port Ellery." },
      sentences("The list is on Example.Com/News and in the town hall of Port Ellery."))
  end)

  it("keeps the words after a quotation with it", function()
    assert.same({ '"Will they come?" asked the mayor of Port Ellery on Friday.', "Nobody knew." },
      sentences('"Will they come?" asked the mayor of Port Ellery on Friday. Nobody knew.'))
  end)

  it("leaves a closing mark with its sentence", function()
    assert.same({ "“The bridge is safe.”", "She then left the room without another word to the reporters." },
      sentences("“The bridge is safe.” She then left the room without another word to the reporters."))
  end)

  it("never crosses a paragraph", function()
    assert.same({ "The council of Port Ellery will meet on Tuesday to hear the engineers and", "The mayor was told of it by telephone on Monday evening." },
      sentences("The council of Port Ellery will meet on Tuesday to hear the engineers and\n\nThe mayor was told of it by telephone on Monday evening."))
  end)

  it("reads across the line ends of a text broken by hand", function()
    assert.same({ "The harbour council voted on Tuesday to close\nthe old fish market after inspectors had found\ncracks in its roof.", "Traders were\nangry about it." },
      sentences("The harbour council voted on Tuesday to close\nthe old fish market after inspectors had found\ncracks in its roof. Traders were\nangry about it.\n"))
  end)

  it("gives a heading and each item of a list their own sentence", function()
    assert.same({ "What is known so far", "• Two people were hurt by falling stones near the old market.", "• The road to the station stays closed until the weekend.",
        "The council will meet again on Thursday to hear what the engineers have found." },
      sentences("What is known so far\n\n• Two people were hurt by falling stones near the old market.\n\n• The road to the station stays closed until the weekend.\n\n"
        .. "The council will meet again on Thursday to hear what the engineers have found."))
  end)

  it("numbers the sentences of an article and leaves furniture out", function()
    local corpus <close> = trial.run { plugin = "sentences", articles = { "[ad_1]\n\nThe ferry sank in calm water on Monday morning. All passengers were saved by fishermen.\n\n[ad_2]" } }
    local ordinals = {}
    for row in corpus:rows("sentence") do ordinals[#ordinals + 1] = row.ordinal end
    assert.same({ 1, 2 }, ordinals)
  end)
end)
