-- discrepancies: each case is a few short articles of invented news, with the differences that must be found and how each is typed.
-- Stand-ins take the place of the analyses before it, so that only this plugin is on trial: figures are written as "[killed 12 about]twelve people[/]".

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")
local sqlite = require "annalist.sqlite"

-- A plugin that fills tables of a role from marks in the text
local stand_in = [[
return { name = %q, version = 1, api = 1, summary = "stand-in", provides = %q, needs = {}, results = { %s },
  %s }
]]

local tables = {
  sentences = {
    sentence = { "article_id integer!", "first integer!", "last integer!", "ordinal integer" },
  },
  timex = {
    timex = { "article_id integer!", "first integer!", "last integer!", "type text", "value text", "anchor text" },
  },
  layout = {
    block = { "article_id integer!", "first integer!", "last integer!", "kind text" },
  },
  duplicates = {
    duplicate = { "article_id integer!", "other_id integer!", "similarity number" },
    reuse = { "article_id integer!", "first integer!", "last integer!", "other_id integer!", "other_first integer!", "other_last integer!" },
  },
  published = {
    published = { "article_id integer!", "date text", "precision text", "confidence number", "method text", "first integer", "last integer", "reason text" },
  },
  figures = {
    figure = { "article_id integer!", "first integer!", "last integer!", "measure text", "value number", "maximum number", "unit text", "qualifier text", "as_of text", "attributed_to text" },
  },
  quotations = {
    quotation = { "article_id integer!", "first integer!", "last integer!", "kind text", "speaker text", "mention_id integer", "cue text" },
  },
  entities = {
    mention = { "mention_id id", "article_id integer!", "first integer!", "last integer!", "kind text", "name text", "title text" },
  },
  names = {
    entity = { "entity_id id", "kind text", "name text", "description text" },
    mention_entity = { "mention_id integer!", "entity_id integer!", "score number", "reason text" },
  },
}

-- The declaration of a role's tables, as Lua
local function declared(role)
  local out = {}
  for name, columns in pairs(tables[role]) do
    local list = {}
    for i, column in ipairs(columns) do list[i] = ("{ %q, %q }"):format(column:match("^(%S+) (%S+)$")) end
    out[#out + 1] = ("%s = { %s }"):format(name, table.concat(list, ", "))
  end
  table.sort(out)
  return table.concat(out, ", ")
end

local bodies = {
  published = [[article = function(ctx, article)
    ctx:emit("published", { date = article.text:match("DAY (%S+)"), precision = "day", confidence = 1, method = "given" }) end]],
  figures = [[article = function(ctx, article)
    local s, at = article.text, 1
    while true do
      local a, b, measure, value, rest = s:find("{(%a+) (%d+)([^{}|]*)|", at)
      if not a then break end
      local stop = s:find("}", b, true)
      ctx:emit("figure", { first = b + 1, last = stop - 1, measure = measure, value = tonumber(value), qualifier = rest:match("q=([%a ]+)"),
        as_of = rest:match("on=([%d-]+)") or s:match("DAY (%S+)"), attributed_to = rest:match("by=([%a ]+)") })
      at = stop
    end end]],
  sentences = [[article = function(ctx, article)
    local n = 0
    for a, b in article.text:gmatch("()[^.]+()%.") do
      n = n + 1
      ctx:emit("sentence", { first = a, last = b, ordinal = n })
    end end]],
  timex = [[article = function(ctx, article)
    for a, day, b in article.text:gmatch("()March (%d)()") do
      ctx:emit("timex", { first = a, last = b - 1, type = "DATE", value = "2021-03-0" .. day })
    end end]],
  quotations = [[article = function(ctx, article)
    for a, speaker, b in article.text:gmatch("()“[^”]+” said (%u%a+)()") do
      local first = a + 3
      local last = article.text:find("”", a, true) - 1
      ctx:emit("quotation", { first = first, last = last, kind = "direct", speaker = speaker, cue = "said" })
    end end]],
}

describe("discrepancies", function()
  local folder

  local function found(texts)
    folder = workshop.folder()
    local use = {}
    for role in pairs(tables) do
      local name = "given_" .. role
      local body = bodies[role] or (role == "names" or role == "duplicates") and "corpus = function() end," or "article = function() end,"
      workshop.plugin(folder, name, stand_in:format(name, role, declared(role), body))
      use[role] = name
    end
    workshop.add(folder .. "/c.db", texts)
    local summary = workshop.run(folder, { "discrepancies" }, { use = use, corpus_seconds = 20, article_seconds = 5 })
    assert.same({}, summary.errors)
    local db <close> = sqlite.open(folder .. "/c.db", "read")
    local list = db:all("select discrepancy_id, kind, subject, verdict, summary from discrepancy order by discrepancy_id")
    for _, row in ipairs(list) do
      row.sides = db:all("select article_id, claim, as_of, origin from discrepancy_side where discrepancy_id = ? order by rowid", row.discrepancy_id)
    end
    workshop.clear(folder)
    return list
  end

  local story = "A flood swept through the river town of Vell in the province of Orsa, and the bridge of Vell fell. "

  it("calls a later, larger count an update", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 12|12 people died}.", "DAY 2021-03-04 " .. story .. "{killed 31|31 people died}." }
    assert.equal(1, #list)
    assert.equal("update", list[1].verdict)
    assert.same({ "12", "31" }, { list[1].sides[1].claim, list[1].sides[2].claim })
    assert.equal("The count of killed grows from 12 to 31 over 2 days", list[1].summary)
  end)

  it("calls a round number rounding, whichever comes first", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{injured 590|590 people were hurt}.", "DAY 2021-03-02 " .. story .. "{injured 600 q=about|about 600 people were hurt}." }
    assert.equal(1, #list)
    assert.equal("rounding", list[1].verdict)
    assert.equal("about 600", list[1].sides[2].claim)
  end)

  it("calls an old number told again stale", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 12|12 people died}.", "DAY 2021-03-04 " .. story .. "{killed 31|31 people died}.",
      "DAY 2021-03-06 " .. story .. "{killed 12|12 people died}." }
    local verdicts = {}
    for i, row in ipairs(list) do verdicts[i] = row.verdict end
    assert.same({ "update", "stale" }, verdicts)
  end)

  it("calls two numbers of one day a conflict", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 12|12 people died}.", "DAY 2021-03-02 " .. story .. "{killed 17|17 people died}." }
    assert.equal(1, #list)
    assert.equal("conflict", list[1].verdict)
  end)

  it("takes a corrected number out of the growth, and calls it corrected", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 12|12 people died}.", "DAY 2021-03-05 " .. story .. "{killed 43|43 people died}.",
      "DAY 2021-03-06 " .. story .. "A report gave the dead as {killed 47|47 dead}. It should have been {killed 41|41}." }
    assert.equal(2, #list)
    assert.equal("The count of killed is corrected from 47 to 41", list[1].summary)
    assert.equal("update", list[1].verdict)
    assert.equal("The count of killed grows from 12 to 43 over 3 days", list[2].summary)
  end)

  it("reads a correction in other words, and takes the wrong number back where it was told", function()
    local list = found { "DAY 2021-03-03 " .. story .. "{killed 47|47 people died}.",
      "DAY 2021-03-06 Correction\n\n" .. story .. "On March 3 we said that {killed 47|47 people died}. The correct number is {killed 41|41}.",
      "DAY 2021-03-08 " .. story .. "{killed 43 q=at least|At least 43 people died}." }
    assert.equal(2, #list)
    assert.equal("The count of killed is corrected from 47 to 41", list[1].summary)
    assert.equal(1, list[1].sides[1].article_id)
    assert.equal("The count of killed grows from 41 to at least 43 over 5 days", list[2].summary)
  end)

  it("drops a number that is only said to be wrong", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 12|12 people died}.",
      "DAY 2021-03-03 " .. story .. "An earlier version of this article wrongly said that {killed 19|19 people died}." }
    assert.same({}, list)
  end)

  it("takes what is lowered from one number to another for an update, on the same day too, and no charity's count for the old number", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 47|47 people died}.", "DAY 2021-03-05 " .. story .. "{killed 71|71 people died}.",
      "DAY 2021-03-05 " .. story .. "The office lowered its {killed 66 by=the rescue office|toll from 71 to 66}. {killed 78 by=Vell Charity Trust|78 bodies} were washed." }
    assert.equal(2, #list)
    assert.equal("The count of killed grows from 47 to 71, then is corrected to 66 over 3 days", list[1].summary)
    assert.equal("conflict", list[2].verdict)
    assert.equal("78 (Vell Charity Trust) against 66 (the rescue office) at the same time", list[2].summary)
  end)

  it("gives one who was set against an authority a count of his own", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{injured 87 by=the ministry|87 people were hurt}.",
      "DAY 2021-03-03 " .. story .. "{injured 104 by=the ministry|104 people were hurt}. {injured 211 by=Open Gate|211 were hurt}.",
      "DAY 2021-03-06 " .. story .. "{injured 133 by=the ministry|133 people were hurt}.", "DAY 2021-03-06 " .. story .. "{injured 302 by=Open Gate|302 people were hurt}." }
    local told = {}
    for _, row in ipairs(list) do told[row.summary] = row.verdict end
    assert.equal("update", told["The count of injured grows from 87 to 104 and 133 over 4 days"])
    assert.equal("update", told["The count of injured by Open Gate grows from 211 to 302 over 3 days"])
    assert.equal("conflict", told["302 (Open Gate) against 133 (the ministry) at the same time"])
  end)

  it("does not take what doctors say for a correction", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 12 by=the rescue ministry|12 people died}. The number was {killed 31 by=doctors|31}." }
    assert.equal("conflict", list[1].verdict)
  end)

  it("lets two authorities differ in one article, though the head has the smaller number", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 19 by=officials|19 people died}. " .. ("The river was brown and fast. "):rep(20)
      .. "{killed 19 by=the fire service|19 people died}. {killed 21 by=harbour police|21 people died}." }
    assert.equal(1, #list)
    assert.equal("conflict", list[1].verdict)
    assert.equal("19 (the fire service) against 21 (harbour police) in one article", list[1].summary)
  end)

  it("compares no number of which only the size is told as an exact one", function()
    assert.same({}, found { "DAY 2021-03-02 " .. story .. "{missing 24 q=about|Dozens are missing}.", "DAY 2021-03-03 " .. story .. "{missing 25|25 people are missing}." })
    local list = found { "DAY 2021-03-02 " .. story .. "{protesters 2000 by=organisers|thousands of people}, {protesters 300 by=police|300 people}." }
    assert.equal("thousands (organisers) against 300 (police)", list[1].summary)
  end)

  it("hands no number on before it was told, and takes no lower bound for a greater number made round", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{injured 200 q=more than|more than 200 people were hurt}.", "DAY 2021-03-04 " .. story .. "{injured 230|230 people were hurt}." }
    assert.equal("update", list[1].verdict)
    list = found { "DAY 2021-03-02 " .. story .. "{injured 100 q=almost|Almost 100 people were hurt}.", "DAY 2021-03-03 " .. story .. "{injured 101|101 people were hurt}." }
    assert.equal("almost 100, then more exactly 101", list[1].summary)
    list = found { "DAY 2021-03-02 " .. story .. "{injured 47|47 people were hurt}.", "DAY 2021-03-02 " .. story .. "{injured 43 q=at least|At least 43 people were hurt}." }
    assert.equal("conflict", list[1].verdict)
  end)

  it("compares no number that only an age, a list of names or a part of others gives", function()
    assert.same({}, found { "DAY 2021-03-02 " .. story .. "{injured 6|Six people were hurt}.", "DAY 2021-03-03 " .. story .. "{injured 1|A 26-year-old cook was hurt}." })
    assert.same({}, found { "DAY 2021-03-02 " .. story .. "{killed 4|Four people died}.", "DAY 2021-03-02 " .. story .. "{killed 3|Ann Lee, 31, Ivo Kral and Ida Holm were found dead}." })
    assert.same({}, found { "DAY 2021-03-02 " .. story .. "{killed 4|Four people died}.", "DAY 2021-03-02 " .. story .. "{killed 1|one of the men killed}." })
  end)

  it("finds no difference where one article counts the dead among those who were shot", function()
    assert.same({}, found { "DAY 2021-03-02 " .. story .. "{injured 6|Six people were shot}.",
      "DAY 2021-03-02 " .. story .. "{killed 1|One man died} and {injured 5|five others were wounded}." })
  end)

  it("lets a round lower bound leave room", function()
    assert.same({}, found { "DAY 2021-03-02 " .. story .. "{injured 18|18 people were hurt}.", "DAY 2021-03-02 " .. story .. "{injured 12 q=more than|More than a dozen people were hurt}." })
  end)

  it("shows what other articles say the same as one side of a conflict", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 7|Seven people died}.", "DAY 2021-03-02 " .. story .. "{killed 9|Nine people died}.",
      "DAY 2021-03-02 " .. story .. "{killed 9|nine people were dead}." }
    assert.equal("conflict", list[1].verdict)
    assert.equal(3, #list[1].sides)
  end)

  it("calls it a scope where a hospital counts fewer than the authorities, and a conflict where it counts more", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 9 by=the health ministry|nine people died}.", "DAY 2021-03-02 " .. story .. "{killed 7 by=a hospital source|seven people died}." }
    assert.equal("scope", list[1].verdict)
    list = found { "DAY 2021-03-02 " .. story .. "{killed 7 by=the health ministry|seven people died}.", "DAY 2021-03-02 " .. story .. "{killed 9 by=a hospital source|nine people died}." }
    assert.equal("conflict", list[1].verdict)
  end)

  it("compares people aboard of one vehicle", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{aboard 130 by=the owner|130 people were aboard}.", "DAY 2021-03-02 " .. story .. "{aboard 200|200 people were aboard}." }
    assert.equal("conflict", list[1].verdict)
    assert.same({}, found { "DAY 2021-03-02 " .. story .. "{aboard 40|40 passengers were in the bus}. In the lorry {aboard 5|five miners were riding}.",
      "DAY 2021-03-02 " .. story .. "{aboard 12|Twelve sailors were on the tug}." })
  end)

  it("lets a rival's number of missing fall", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{missing 80 by=survivors|80 people are missing}.", "DAY 2021-03-04 " .. story .. "{missing 25 by=the rescue ministry|25 people are missing}." }
    assert.equal(1, #list)
    assert.equal("update", list[1].verdict)
  end)

  it("knows officers of an army from those of the police", function()
    local list = found { "DAY 2021-03-02 " .. story .. "The coup failed, and {detained 62|62 soldiers were arrested}.",
      "DAY 2021-03-03 " .. story .. "The army is calm after the coup. {detained 60 q=about|About 60 officers were arrested}." }
    assert.equal(1, #list)
    assert.equal("rounding", list[1].verdict)
  end)

  it("takes no number for a part of one that stands before another", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{trapped 47|47 men are trapped}. Fifty-nine came out, and {hospitalised 11|11 of them lie in hospital}." }
    assert.same({}, list)
    list = found { "DAY 2021-03-02 " .. story .. "{trapped 47|47 men were trapped}, and {hospitalised 11|11 of them lie in hospital}." }
    assert.equal("scope", list[1].verdict)
  end)

  it("leaves out what was counted at another place, and what came on top", function()
    assert.same({}, found { "DAY 2021-03-02 " .. story .. "{killed 12|12 people died}.", "DAY 2021-03-02 " .. story .. "In a separate slide {killed 8|8 people died}." })
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 9|9 more bodies} made it {killed 15|15 dead}." }
    assert.same({}, list)
  end)

  it("keeps two crowds of one article apart", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{protesters 400 by=police|400 people} marched, {protesters 2000 by=organisers|2,000} they say. "
      .. "{protesters 3000 by=police|3,000 people} rallied. {protesters 15000 by=organisers|15,000} came." }
    assert.equal(2, #list)
    assert.equal("400 (police) against 2000 (organisers)", list[1].summary)
    assert.equal("3000 (police) against 15000 (organisers)", list[2].summary)
  end)

  it("compares how many were aboard, on whatever day it is told", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{aboard 130 by=the owner|130 passengers}.", "DAY 2021-03-07 " .. story .. "{aboard 200 q=more than; by=survivors|more than 200 passengers}." }
    assert.equal("130 (the owner) against more than 200 (survivors)", list[1].summary)
  end)

  it("calls a count that may shrink an update when it falls", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{missing 80 by=the rescue ministry|80 people were missing}.", "DAY 2021-03-05 " .. story .. "{missing 14|14 people are missing}." }
    assert.equal(1, #list)
    assert.equal("update", list[1].verdict)
    assert.equal("The count of missing falls from 80 to 14 over 3 days", list[1].summary)
  end)

  it("knows a toll that is corrected from one that is disputed", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 12|12 people died}.", "DAY 2021-03-04 " .. story .. "{killed 31|31 people died}.",
      "DAY 2021-03-05 " .. story .. "The mayor said {killed 29|29 people died}, since some names had been counted twice." }
    assert.equal(1, #list)
    assert.equal("update", list[1].verdict)
    assert.equal("The count of killed grows from 12 to 31, then is corrected to 29 over 3 days", list[1].summary)
    list = found { "DAY 2021-03-04 " .. story .. "{killed 31|31 people died}.", "DAY 2021-03-05 " .. story .. "{killed 24|24 people died}." }
    assert.equal("conflict", list[1].verdict)
  end)

  it("lets the same source take its number back, in one article too", function()
    local list = found { "DAY 2021-03-04 " .. story .. "{killed 31 by=the health ministry|31 people died}.",
      "DAY 2021-03-06 " .. story .. "{killed 27 by=the health ministry|27 people died}." }
    assert.equal("The count of killed falls from 31 to 27 over 2 days", list[1].summary)
    list = found { "DAY 2021-03-04 " .. story .. "Officials lowered the toll from {killed 31|31} to {killed 27|27 dead}." }
    assert.equal(1, #list)
    assert.equal("update", list[1].verdict)
    assert.equal("The count of killed is corrected from 31 to 27", list[1].summary)
  end)

  it("keeps the count of one who counts for himself out of the growth of another", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 12 by=the rescue ministry|12 people died}.",
      "DAY 2021-03-04 " .. story .. "{killed 31 by=the rescue ministry|31 people died}. A surgeon spoke of {killed 80 q=more than; by=a surgeon|more than eighty}.",
      "DAY 2021-03-06 " .. story .. "{killed 44 by=police|44 people died}." }
    assert.equal(2, #list)
    assert.equal("The count of killed grows from 12 to 31 and 44 over 4 days", list[1].summary)
    assert.equal("conflict", list[2].verdict)
    assert.equal("more than 80 (a surgeon) against 31 (the rescue ministry) at the same time", list[2].summary)
    assert.same({ "2021-03-04", "2021-03-04" }, { list[2].sides[1].as_of, list[2].sides[2].as_of })
  end)

  it("calls far greater numbers of a rival a conflict, though both are lower bounds", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 4 q=at least; by=the rescue ministry|At least 4 people died}. " ..
      "{killed 30 q=at least; by=opposition supporters|At least 30 people died}." }
    assert.equal(1, #list)
    assert.equal("conflict", list[1].verdict)
  end)

  it("knows that soldiers are not civilians", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 12|12 soldiers died}.", "DAY 2021-03-02 " .. story .. "{killed 17|17 civilians died}." }
    assert.equal("scope", list[1].verdict)
  end)

  it("lets police and organisers differ about a crowd within one article, and names both as origins", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{protesters 4000 by=police|4,000 people} came, {protesters 9000 by=organisers|9,000 people} came." }
    assert.equal("conflict", list[1].verdict)
    assert.same({ "police", "organisers" }, { list[1].sides[1].origin, list[1].sides[2].origin })
  end)

  it("does not compare figures of different stories", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 12|12 people died}.",
      "DAY 2021-03-03 A passenger train left its rails near Marn, two hundred miles off, when a signal failed in dense fog. {killed 17|17 people died}." }
    assert.same({}, list)
  end)

  it("does not hold today's flood against the flood of another year", function()
    local list = found { "DAY 2021-03-02 " .. story .. "{killed 12|12 people died}. In 1998 another flood {killed 45 on=1998|killed 45 people}." }
    assert.same({}, list)
  end)

  it("finds one statement in two renderings", function()
    local list = found { "DAY 2021-03-02 " .. story .. "“We will never let the river take our children and our houses again” said Orlan.",
      "DAY 2021-03-02 " .. story .. "“Never more shall the river be allowed to take from us houses and children” said Orlan." }
    assert.equal(1, #list)
    assert.equal("translation", list[1].verdict)
    assert.equal("quotation", list[1].kind)
  end)

  it("knows a rendering by its words in another order, some days later too", function()
    local list = found { "DAY 2021-03-02 " .. story .. "“The boats arrived with empty tanks, two nights too late” said Orlan.",
      "DAY 2021-03-07 " .. story .. "“Arrived are the boats with tanks empty, with the delay of two nights” said Orlan." }
    assert.equal(1, #list)
    assert.equal("translation", list[1].verdict)
  end)

  it("knows a rendering of the same day by the order of its words", function()
    local list = found { "DAY 2021-03-02 " .. story .. "“We will not rest until the last farmer has his field” said Orlan.",
      "DAY 2021-03-02 " .. story .. "“We shall not sleep until every farmer has got a field” said Orlan." }
    assert.equal(1, #list)
    assert.equal("translation", list[1].verdict)
  end)

  it("does not take a denial for a rendering of what it denies", function()
    assert.same({}, found { "DAY 2021-03-02 " .. story .. "“We want bread, not stones” said Orlan.", "DAY 2021-03-04 " .. story .. "“We wanted bread, we were given stones” said Orlan." })
  end)

  it("pairs renderings sentence by sentence, and calls one in the same words none", function()
    local list = found { "DAY 2021-03-02 " .. story .. "“The harbour bridge must be opened again before winter.” said Orlan. “Let every village send two of its young men to the dam,” said Orlan.",
      "DAY 2021-03-02 " .. story .. "“The harbour bridge must be opened again before winter. Two young men of every village shall be sent to work at the dam,” said Orlan." }
    assert.equal(1, #list)
    assert.equal("Let every village send two of its young men to the dam", list[1].sides[1].claim)
    assert.equal("Two young men of every village shall be sent to work at the dam", list[1].sides[2].claim)
  end)

  it("finds one happening told of two days", function()
    local list = found { "DAY 2021-03-05 " .. story .. "The stone bridge near the mill gave way on March 2 after heavy rain.",
      "DAY 2021-03-05 " .. story .. "The old stone bridge near the mill gave way on March 3 after heavy rain." }
    assert.equal(1, #list)
    assert.equal("date", list[1].kind)
    assert.same({ "2021-03-02", "2021-03-03" }, { list[1].sides[1].claim, list[1].sides[2].claim })
  end)

  it("says nothing when all agree", function()
    assert.same({}, found { "DAY 2021-03-02 " .. story .. "{killed 12|12 people died}.", "DAY 2021-03-03 " .. story .. "{killed 12|twelve people died}." })
  end)
end)
