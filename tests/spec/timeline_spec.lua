-- timeline: events of days, their evidence and weight, what is history, and how origins are counted.

local trial = require "annalist.trial"

local function run(articles)
  return trial.run { plugin = "timeline", articles = articles, jobs = 1 }
end

local function events(corpus)
  local list = {}
  for row in corpus:rows("event") do list[#list + 1] = row end
  return list
end

local function on(list, date)
  local found = {}
  for _, event in ipairs(list) do
    if event.date == date then found[#found + 1] = event end
  end
  return found
end

local flood = {
  { date = "2021-03-03", outlet = "Vell Courier", text = "Bridge of Vell falls\n\n"
    .. "The old stone bridge of Vell fell into the river Orsa on Tuesday, March 2, 2021, after days of rain. Engineers had warned of cracks for years." },
  { date = "2021-03-04", outlet = "Orsa Times", text = "Vell mourns its bridge\n\nThe stone bridge of Vell fell into the river on March 2, 2021. "
    .. "In June 1998 a flood had carried away the mill of the town and its two weirs. The mayor will speak on March 9, 2021." },
}

describe("timeline", function()
  it("puts what two articles tell of one day into one event", function()
    local corpus <close> = run(flood)
    local list = on(events(corpus), "2021-03-02")
    assert.equal(1, #list)
    assert.equal(2, list[1].articles)
    assert.equal(2, list[1].origins)
    assert.equal(0, list[1].background)
    assert.equal("day", list[1].precision)
    assert.truthy(list[1].headline:find("bridge of Vell fell", 1, true))
  end)

  it("leads every event back to bytes of an article", function()
    local corpus <close> = run(flood)
    local count, seen = 0, {}
    for row in corpus:rows("event_evidence") do
      count = count + 1
      seen[row.event_id] = true
      assert.is_true(row.first >= 1 and row.last >= row.first)
    end
    for _, event in ipairs(events(corpus)) do assert.is_true(seen[event.event_id]) end
    assert.is_true(count >= 3)
  end)

  it("knows history from news", function()
    local corpus <close> = run(flood)
    local list = on(events(corpus), "1998-06")
    assert.equal(1, #list)
    assert.equal(1, list[1].background)
    assert.equal("month", list[1].precision)
  end)

  it("counts articles that hand on one agency as one origin", function()
    local corpus <close> = run {
      { date = "2021-03-03", outlet = "Vell Courier", text = "VELL, March 3 (Reuters) - "
        .. "The stone bridge of Vell fell into the river Orsa on Tuesday, March 2, 2021, police said.\n\nNobody was on it." },
      { date = "2021-03-03", outlet = "Orsa Times", text = "Bridge falls\n\n"
        .. "The bridge of Vell fell into the river Orsa on March 2, 2021, Reuters reported. It was three hundred years old and made of stone." },
    }
    local list = on(events(corpus), "2021-03-02")
    assert.equal(2, list[1].articles)
    assert.equal(1, list[1].origins)
  end)

  it("gives a day more weight the more articles tell of it", function()
    local corpus <close> = run(flood)
    local list = events(corpus)
    local bridge, speech = on(list, "2021-03-02")[1], on(list, "2021-03-09")[1]
    assert.is_true(bridge.salience > speech.salience)
  end)

  it("calls an event by its name where sentences only place it by its day", function()
    local corpus <close> = run {
      { date = "2021-03-03", outlet = "Vell Courier", text = "Council meets\n\nThe council of Vell met on Wednesday to speak of Sunday's disputed mayoral election, and broke up after an hour." },
      { date = "2021-03-04", outlet = "Orsa Times", text = "Streets full\n\nStudents sat down before the town hall when the count of Sunday's mayoral election was read out, witnesses told the paper." },
    }
    local list = on(events(corpus), "2021-02-28")
    assert.equal(1, #list)
    assert.equal(2, list[1].articles)
    assert.truthy(list[1].headline:find("^Sunday's [%a ]*mayoral election$"), list[1].headline)
  end)

  it("heads no event with a mark that isn't closed, nor with the dot of a list", function()
    local corpus <close> = run {
      { date = "2021-03-03", outlet = "Vell Courier", text = "Mayor speaks\n\n“On Monday the water came over the wall. We had no time,” the mayor of Vell said.\n\n• Two houses fell on Tuesday in the lower town of Orsa." },
    }
    for _, event in ipairs(events(corpus)) do
      assert.falsy(event.headline:find("^•"), event.headline)
      assert.is_true(not event.headline:find("^“") or event.headline:find("”", 1, true) ~= nil, event.headline)
    end
  end)

  it("takes the stamp of a page and a dateline for no event", function()
    local corpus <close> = run {
      { date = "2021-03-03", outlet = "Vell Courier", text = "Dam holds\n\nThe dam above Vell held on Tuesday night, engineers found.\n\nThe village of Orsa lies four miles below it.\n\n"
        .. "Reporters of the paper walked along it. Page last updated at 07:48 GMT, Wednesday, 3 March 2021 with more pictures of the village." },
    }
    for _, event in ipairs(on(events(corpus), "2021-03-03")) do assert.falsy(event.headline:find("updated", 1, true), event.headline) end
    assert.truthy(on(events(corpus), "2021-03-02")[1].headline:find("dam above Vell held", 1, true))
  end)

  it("heads no event with words that somebody is quoted with, with a look back, or with a stamp", function()
    local corpus <close> = run {
      { date = "2021-03-03", outlet = "Vell Courier", text = "ORSA DISPATCH\n\nThe dam above Vell broke on Tuesday night and flooded forty houses of the lower town, the mayor said.\n\n"
        .. "“We ran because we heard the water. On Tuesday nobody in our street slept at all, and nobody came to help.” The baker Ivo Holm said so.\n\nIt had spoken of thirty houses on Tuesday." },
    }
    local list = events(corpus)
    assert.equal(1, #on(list, "2021-03-02"))
    assert.truthy(on(list, "2021-03-02")[1].headline:find("dam above Vell broke", 1, true))
    for _, event in ipairs(list) do assert.falsy(event.headline:find("DISPATCH", 1, true) or event.headline:find("^[“W]"), event.headline) end
  end)

  it("takes no byline, no dateline and no name in common for evidence", function()
    local corpus <close> = run {
      { date = "2021-03-03", text = "Night of fire above Orsa\n\nBy our reporter in Orsa\n\nOrsa, March 3\n\nFlames reached the roofs of Orsa on Wednesday and drove out sixty families." },
      { date = "2021-03-03", text = "Who is Marta Holm?\n\nMarta Holm, 57, was born in Orsa and trained as a forester.\n\nMarta Holm was charged with arson on Wednesday at the court of Orsa." },
    }
    for row in corpus:sql "select text, e.first, e.last from event_evidence e join article using (article_id)" do
      local passage = row.text:sub(row.first, row.last)
      assert.falsy(passage:find("^By our") or passage:find("^Orsa, March") or passage:find("was born"), passage)
    end
  end)

  it("knows a thing by the day behind it, and that two names of it are one", function()
    local corpus <close> = run {
      { date = "2021-03-08", text = "Trial opens\n\nA week after the failed strike of March 2, the union's leader Ivo Holm was charged on Monday together with twenty others." },
      { date = "2021-03-05", text = "Port quiet\n\nThe port of Vell lay still on Friday, and nobody spoke of Tuesday's strike in its canteen." },
    }
    local list = on(events(corpus), "2021-03-02")
    assert.equal(1, #list)
    assert.equal(2, list[1].articles)
    assert.truthy(list[1].headline == "Tuesday's strike" or list[1].headline == "The failed strike of March 2", list[1].headline)
  end)

  it("puts a title to what the article's first sentence tells, on whatever day it fell", function()
    local corpus <close> = run {
      { date = "2021-03-04", text = "Landslide buries farms above Orsa\n\nA landslide buried four farms above Orsa late on Tuesday, March 2, 2021, after a week of rain, officials said on Thursday." },
    }
    local list = events(corpus)
    assert.equal(1, #list)
    assert.equal("2021-03-02", list[1].date)
  end)

  it("gives each day of a sentence its own clause", function()
    local corpus <close> = run {
      { date = "2021-03-07", text = "Search ends\n\nForty bodies had been found by Friday evening and two more were carried ashore by fishermen on Saturday off Tarn." },
    }
    assert.equal("Forty bodies had been found by Friday evening.", on(events(corpus), "2021-03-05")[1].headline)
    assert.equal("Two more were carried ashore by fishermen on Saturday off Tarn.", on(events(corpus), "2021-03-06")[1].headline)
  end)

  it("makes no event of a day in an aside", function()
    local corpus <close> = run {
      { date = "2021-03-04", text = "Mourning declared\n\nThe premier, who came back from Geneva on Tuesday, declared three days of mourning on Wednesday in the square of Vell." },
    }
    assert.equal(0, #on(events(corpus), "2021-03-02"))
    assert.equal(1, #on(events(corpus), "2021-03-03"))
  end)

  it("makes no event of a day that only says who acts, where that day has its own", function()
    local corpus <close> = run {
      { date = "2021-03-04", text = "Prisoners freed\n\nWorkers who rejected the count of the vote on Tuesday stormed the jail of Vell on Wednesday and freed nine prisoners." },
      { date = "2021-03-03", text = "Vote held\n\nTwo million citizens of Arvia voted on Tuesday for a new parliament and a new president." },
    }
    for _, event in ipairs(on(events(corpus), "2021-03-02")) do assert.falsy(event.headline:find("rejected", 1, true), event.headline) end
  end)
end)
