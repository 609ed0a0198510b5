-- What makes an event of the timeline, what is one event told twice, and what is only planned.

local trial = require "annalist.trial"

local function run(articles)
  return trial.run { plugin = "timeline", articles = articles, jobs = 1 }
end

local function on(corpus, date)
  local found = {}
  for event in corpus:rows("event") do
    if event.date == date then found[#found + 1] = event end
  end
  return found
end

local function headlines(corpus)
  local list = {}
  for event in corpus:rows("event") do list[#list + 1] = event.headline end
  return table.concat(list, "\n")
end

describe("events", function()
  it("give no day to what timex left open", function()
    local corpus <close> = run { { text = "Cement and water\n\nThe council, which meets on Thursday, has known of the cracks since the dam was built. The mayor says that nothing can be done." } }
    assert.equal("", headlines(corpus))
  end)

  it("are one though one article says burst and another gave way", function()
    local corpus <close> = run {
      { date = "2021-03-03", outlet = "Vell Courier", text = "Forty houses gone\n\nThe old Hollin Weir above Vell burst on Tuesday after three days of rain, the mayor said. Nobody was warned." },
      { date = "2021-03-04", outlet = "Orsa Times", text = "Six lost\n\nSix people were lost when the Hollin Weir of Vell gave way on Tuesday, and two are missing. Boats were brought from the coast." },
    }
    local list = on(corpus, "2021-03-02")
    assert.equal(1, #list)
    assert.equal(2, list[1].articles)
  end)

  it("take in the headline of their article, whatever its day", function()
    local corpus <close> = run {
      { date = "2021-03-06", text = "Harbour minister quits over lost ferry\n\nThe minister for harbours, Ivo Holm, resigned on Friday over the ferry that was lost in January. He gave no reason." },
    }
    assert.equal(0, #on(corpus, "2021-03-06"))
    assert.equal(1, #on(corpus, "2021-03-05"))
  end)

  it("are not made by labels, datelines, general truths, or what only bounds a time", function()
    local corpus <close> = run {
      { date = "2021-03-04", text = "Correction\n\nA wall does not fall in a night.\n\nORSA TOWN.\n\nIssued: 3 March 2021, 1800 hrs\n\nYesterday's figure was 47. "
        .. "The clinics of Orsa have treated 188 people since Monday. Schools in Vell remain closed until Saturday." },
    }
    assert.equal("", headlines(corpus))
  end)

  it("are not made by a day that somebody names in his own words", function()
    local corpus <close> = run {
      { date = "2021-03-04", text = "Night at the clinic\n\n\"We had no light until Tuesday and no water on Wednesday,\" the nurse Ida Berg told the paper in the yard of the old clinic of Vell." },
    }
    assert.equal(0, #on(corpus, "2021-03-02") + #on(corpus, "2021-03-03"))
  end)

  it("need more in common than a place and a day", function()
    local corpus <close> = run {
      { date = "2021-03-03", text = "Light again\n\nElectricity was restored to half of Upper Kolm on Tuesday evening, the works said." },
      { date = "2021-03-03", text = "Chairs\n\nThere were eighty chairs on the green of Upper Kolm on Tuesday, one for each of the drowned sailors." },
    }
    for _, event in ipairs(on(corpus, "2021-03-02")) do assert.equal(1, event.articles) end
  end)

  it("are planned where nothing else is told of them", function()
    local corpus <close> = run {
      { date = "2021-03-04", text = "Recount\n\nThe board of Vell agreed on Wednesday to recount two thousand sheets. The winner is to be sworn in on May 14." },
    }
    assert.equal(1, on(corpus, "2021-05-14")[1].planned)
    assert.equal(0, on(corpus, "2021-03-03")[1].planned)
  end)

  it("carry the clause of their own day, without a dateline", function()
    local corpus <close> = run {
      { date = "2021-03-07", text = "Numbers\n\nVELL: The warden counted nine hurt men at the old mill on Tuesday; the ministry spoke of thirty wounded sailors on Saturday." },
    }
    assert.truthy(on(corpus, "2021-03-02")[1].headline:find("^The warden[^;]*Tuesday%.$"), on(corpus, "2021-03-02")[1].headline)
    assert.truthy(on(corpus, "2021-03-06")[1].headline:find("^The ministry"), on(corpus, "2021-03-06")[1].headline)
  end)
end)
