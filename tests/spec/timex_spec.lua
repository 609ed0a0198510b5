-- Time expressions: each case is a line of invented news with the day on which it appeared, and the expressions that must be read
-- from it, as { passage, type, value }. All of them and no others, unless the case says `among`. One corpus, one run.

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")
local timex = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "timex_workshop.lua")
local sqlite = require "annalist.sqlite"

-- 2021-03-02 was a Tuesday
local DAY = "2021-03-02"
local UNDATED = "The ferry sank on Tuesday. It was found yesterday, and on May 5 it was raised."

local cases = {
  -- the calendar
  { "reads dates in full, whatever their order", "The bridge fell on October 6, 2020, and was rebuilt by 14 Jan 2021.",
    { { "October 6, 2020", "DATE", "2020-10-06" }, { "14 Jan 2021", "DATE", "2021-01-14" } } },
  { "reads ordinals and weekdays beside a date", "HARBOUR TOWN (Agency - 08th October, 2020) The mayor spoke. It was Saturday, 04, May, 2024, he joked.",
    { { "08th October, 2020", "DATE", "2020-10-08" }, { "Saturday, 04, May, 2024", "DATE", "2024-05-04" } } },
  { "reads dates in figures", "Filed 2020-10-06, amended 11/23/2020, signed 23.12.2020.",
    { { "2020-10-06", "DATE", "2020-10-06" }, { "11/23/2020", "DATE", "2020-11-23" }, { "23.12.2020", "DATE", "2020-12-23" } } },
  { "parts a span of days into two dates", "The fair ran October 4-6 and drew crowds.",
    { { "October 4", "DATE", "2020-10-04" }, { "6", "DATE", "2020-10-06" } } },
  { "reads years, decades and centuries", "Built in 1934, it burnt in the 1980s and again in the '90s; its cellar is of the 17th century.",
    { { "1934", "DATE", "1934" }, { "the 1980s", "DATE", "198" }, { "the '90s", "DATE", "199" }, { "the 17th century", "DATE", "16" } } },
  { "reads spelled years", "He came in nineteen ninety-seven.", { { "nineteen ninety-seven", "DATE", "1997" } } },
  { "reads a span of years", "Between 2005 and 2010 the mine, shut in 1996-97, was flooded.",
    { { "2005", "DATE", "2005" }, { "2010", "DATE", "2010" }, { "1996", "DATE", "1996" }, { "97", "DATE", "1997" } } },
  { "reads quarters, halves and seasons", "Profit fell in the third quarter of 2019 but rose in summer 2020.",
    { { "the third quarter of 2019", "DATE", "2019-Q3" }, { "summer 2020", "DATE", "2020-SU" } } },
  { "knows feasts that move", "They met at Easter 2018, on Thanksgiving Day and on Christmas Eve 2019.",
    { { "Easter 2018", "DATE", "2018-04-01" }, { "Thanksgiving Day", "DATE", "2020-11-26" }, { "Christmas Eve 2019", "DATE", "2019-12-24" } } },
  { "takes no address, score or sum for a year", "Police went to the 1900 block of Elm Street, where 2000 people had paid $1995 each.", {} },

  -- from where the writer stands
  { "resolves days against the day of the article", "The council met today and will meet again tomorrow; it had not met yesterday.",
    { { "today", "DATE", "2021-03-02" }, { "tomorrow", "DATE", "2021-03-03" }, { "yesterday", "DATE", "2021-03-01" } } },
  { "puts a weekday behind us after a verb of the past", "The dam burst on Sunday, officials said.", { { "Sunday", "DATE", "2021-02-28" } } },
  { "puts a weekday ahead of us after a verb of the future", "The court will rule on Friday.", { { "Friday", "DATE", "2021-03-05" } } },
  { "is not led astray by a reporting verb behind", "Talks will resume on Thursday, the minister said.", { { "Thursday", "DATE", "2021-03-04" } } },
  { "puts a deadline ahead", "Firms were given until Friday.", { { "Friday", "DATE", "2021-03-05" } } },
  { "reads last and next", "Last week they struck; next month they vote. Last Friday was calm.",
    { { "Last week", "DATE", "2021-W08" }, { "next month", "DATE", "2021-04" }, { "Last Friday", "DATE", "2021-02-26" } } },
  { "chooses the year of a month by tense", "The law passed in December. It will take effect in June.",
    { { "December", "DATE", "2020-12" }, { "June", "DATE", "2021-06" } } },
  { "reads parts of the day", "Shots were heard last night, on Monday morning and on the evening of February 26.",
    { { "last night", "TIME", "2021-03-01TNI" }, { "Monday morning", "TIME", "2021-03-01TMO" }, { "the evening of February 26", "TIME", "2021-02-26TEV" } } },
  { "reads times with their day", "It struck at 9:40 p.m. on Monday; the siren came at noon Tuesday.",
    { { "9:40 p.m. on Monday", "TIME", "2021-03-01T21:40" }, { "noon Tuesday", "TIME", "2021-03-02T12:00" } } },
  { "reads overnight with its day", "Snow fell overnight Monday.", { { "overnight Monday", "TIME", "2021-03-01TNI" } } },
  { "reads early, mid and late", "Early last year and in late November prices rose; in mid-January they fell.",
    { { "Early last year", "DATE", "2020" }, { "late November", "DATE", "2020-11" }, { "mid-January", "DATE", "2021-01" } } },
  { "reads how long ago", "Two years ago the plant closed; ten days ago it reopened.",
    { { "Two years ago", "DATE", "2019" }, { "ten days ago", "DATE", "2021-02-20" } } },
  { "follows the story", "The strike began on June 3, 1998. Three days later it was over. The following month it began again.",
    { { "June 3, 1998", "DATE", "1998-06-03" }, { "Three days later", "DATE", "1998-06-06" }, { "The following month", "DATE", "1998-07" } } },
  { "takes a date in the sentence for the anchor of its weekday", "In a letter of September 28, 2016 he wrote that they had met on Sunday.",
    { { "September 28, 2016", "DATE", "2016-09-28" }, { "Sunday", "DATE", "2016-09-25" } } },
  { "takes a day of the sentence for the anchor of last Sunday", "On September 28 the minister spoke of the march of last Sunday.",
    { { "September 28", "DATE", "2020-09-28" }, { "last Sunday", "DATE", "2020-09-27" } } },
  { "tells history by its own years", "He was born in 1901 in the hills. In 1920 he enlisted. In March 1921 he was wounded, and in April he came home. He died in 1965.",
    { { "1901", "DATE", "1901" }, { "1920", "DATE", "1920" }, { "March 1921", "DATE", "1921-03" }, { "April", "DATE", "1921-04" }, { "1965", "DATE", "1965" } } },
  { "knows which quarter a business tells of", "In the third quarter the mill lost $3 million, against a profit a year earlier.",
    { { "the third quarter", "DATE", "2020-Q3" }, { "a year earlier", "DATE", "2019-Q3" } } },
  { "knows now, recently and the future", "It is now shut. It was recently sold, and the future is unclear.",
    { { "now", "DATE", "PRESENT_REF" }, { "recently", "DATE", "PAST_REF" }, { "the future", "DATE", "FUTURE_REF" } } },

  -- what is no date
  { "reads durations", "The march took three days. A ten-year plan was dropped within two and a half hours.",
    { { "three days", "DURATION", "P3D" }, { "ten-year", "DURATION", "P10Y" }, { "two and a half hours", "DURATION", "PT2H30M" } } },
  { "adds up a sentence", "She was given 11 years and two months.", { { "11 years and two months", "DURATION", "P11Y2M" } } },
  { "takes spans that end today for durations", "Over the past three years and in recent months it grew; for decades it had not.",
    { { "the past three years", "DURATION", "P3Y" }, { "recent months", "DURATION", "PXM" }, { "decades", "DURATION", "PXDE" } } },
  { "keeps modifiers of durations", "It lasted more than two hours.", { { "more than two hours", "DURATION", "PT2H" } } },
  { "reads sets", "He runs every Friday and swims twice a week; buses leave daily.",
    { { "every Friday", "SET", "XXXX-WXX-5" }, { "twice a week", "SET", "P1W" }, { "daily", "SET", "P1D" } } },
  { "takes no rate and no age for a date", "The 44-year-old, who earns $900 a week, is 44 years old.", {} },
  { "takes no common word for a month or a day", "They may march in the sun, said Jan Mar, who sat.", {} },
}

describe("timex", function()
  local folder, db

  setup(function()
    folder = workshop.folder()
    local texts = { { UNDATED } }
    for _, case in ipairs(cases) do texts[#texts + 1] = { case[2], DAY } end
    local result = timex.run(folder, texts, "en")
    assert(result.failed == 0, result.errors[1] and result.errors[1].message)
    db = sqlite.open(folder .. "/c.db", "read")
  end)
  teardown(function()
    if db then db:close() end
    workshop.clear(folder)
  end)

  local function read(text) return timex.read(db, text) end

  for _, case in ipairs(cases) do
    it(case[1], function()
      local wrong = timex.differs(read(case[2]), case[3])
      assert(not wrong, wrong)
    end)
  end

  it("says against what a value was resolved", function()
    assert.are.equal("published 2021-03-02", read("The dam burst on Sunday, officials said.")[1].anchor)
    assert.are.equal("sentence 2016-09-28", read("In a letter of September 28, 2016 he wrote that they had met on Sunday.")[2].anchor)
    assert.is_nil(read("Built in 1934, it burnt in the 1980s and again in the '90s; its cellar is of the 17th century.")[1].anchor)
  end)

  it("leaves an X for what nobody can know", function()
    local rows = read(UNDATED)
    assert.are.same({ "XXXX-WXX-2", "XXXX-XX-XX", "XXXX-05-05" }, { rows[1].value, rows[2].value, rows[3].value })
  end)

  it("makes rows of ages when asked", function()
    local result = workshop.run(folder, { "timex" }, { use = { published = "fixed_day" }, set = { ["timex.ages"] = "true" } })
    assert.are.equal(0, result.failed)
    local rows = read "The 44-year-old, who earns $900 a week, is 44 years old."
    assert.are.same({ "P44Y", "P44Y" }, { rows[1] and rows[1].value, rows[2] and rows[2].value })
  end)

  -- 64 KB of each, and a quarter of a megabyte of weekdays: a rule that looked back or ahead without bound would take minutes.
  it("takes no longer than its length for text made to slow it", function()
    local list = { ("Monday Monday "):rep(18725) }
    for _, piece in ipairs { "the past ", "one hundred and ", "about ", "12 ", "May ", "late ", "the first ", "of of ", "2020-", "October 4-6 to ", "between 2005 and ", "the night of ",
      "a year and a half ", "(1811-", "264 to ", "the second half of the ", "will be ", "of the same year ", "3/4 ", "a quarter to ", "a", "é", "'" } do
      list[#list + 1] = piece:rep(65536 // #piece)
    end
    local texts = {}
    for i, text in ipairs(list) do texts[i] = { text, DAY } end
    local result = timex.run(folder, texts, "en", "slow.db")
    assert.are.equal(0, result.failed, result.errors[1] and result.errors[1].message)
  end)
end)
