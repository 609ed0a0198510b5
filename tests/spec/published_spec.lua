-- Publication dates: a small corpus of invented news in which dates are declared rightly, wrongly or not at all, and what must be
-- found out about each. The weights come from data/, so only what any sound weighing must find is asked for.

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")
local sqlite = require "annalist.sqlite"
local system = require "annalist.system"

local ferry = "The ferry Halvorsen struck the pier at Lindesund harbour on Tuesday with 84 passengers aboard, the coast guard said. Captain Ingrid Solheim was unhurt. "
local mill = "A boiler burst at the Kestrel paper mill in Oxbow Falls on Friday evening, hurting foreman Dale Pruitt. "

local slide = "A landslide buried eleven houses at Brenmark in the Vesle valley on Sunday, and Mayor Gunhild Raknes asked for pumps. "

local strike = "Tram drivers at Wexholm walked out at noon over the new rota, and Sigrid Ovesen of the drivers' union spoke at the Corn Market depot. "

local articles = {
  declared = { declared = "2019-03-13", text = ferry .. "Divers will search the hull on Thursday. The harbour master, Nils Aakre, closed the north quay." },
  undated = { text = "LINDESUND — Divers searching the hull of the ferry Halvorsen found no crack on Thursday, two days after it struck the pier at Lindesund harbour on Tuesday. "
    .. "Captain Ingrid Solheim spoke to the coast guard. The harbour master, Nils Aakre, kept the north quay closed." },
  crawled = { declared = "2024-11-05", text = ferry .. "Harbour master Nils Aakre said the north quay at Lindesund was closed on Wednesday. Tickets bought until 15 March 2019 will be paid back." },
  machine = { declared = "1970-01-01", text = mill .. "It was the second such burst since June 2016, the union said." },
  line = { text = "Posted: Saturday, July 8, 2017 9:15 AM EDT\n\n" .. mill .. "Pruitt, 51, was taken to Oxbow Falls hospital." },
  ahead = { declared = "2011-02-03", text = "The Tarn valley railway, shut since the flood of May 2015, reopened in September 2016 after the council found the money. "
    .. "On 12 October 2016 the first train ran to Tarn, and by 20 October 2016 it had carried 900 people." },
  address = { url = "https://news.example/2018/04/19/tarn-bridge", text = "The Tarn bridge was painted green, to the delight of most." },
  crawl_line = { text = "Crews resume search after Brenmark landslide\n\nSaturday, 06, May, 2023\n\n" .. slide .. "Rescuers were called off on Monday night because of the rain. "
    .. "Some 40 men of the Brenmark fire brigade dug on Tuesday morning beside the Olsvik sawmill." },
  dated_line = { text = "Three missing in Brenmark landslide\n\nThursday, 19 September 2019\n\n" .. slide .. "On Tuesday a fourth body was found beside the Olsvik sawmill, and on Wednesday "
    .. "the Brenmark fire brigade sent its dogs home. The search ended on Thursday." },
  updated = { text = "Posted: Friday, March 3, 2017 10:40 PM EST Updated: Saturday, March 4, 2017 1:15 PM EST\n\nThe swimming hall at Garrow Point is shut, "
    .. "for its roof leaks, the parish council told the bathers." },
  number = { declared = "2016-06-22", text = "The shop of Aldo Ferrante, at 2084 Kiln Street, was robbed on Wednesday morning, police at Harrow Mills said. Witnesses may call (410) 555-2093." },
  told_today = { text = "The Brenmark fire brigade said today, Wednesday, that the landslide of Sunday in the Vesle valley, which buried eleven houses, had taken a fourth life. "
    .. "Mayor Gunhild Raknes will speak on Saturday." },
  -- A dateline behind a caption, sent by an agency on that day; of the years about its like only one has the 9th on a Thursday
  strike = { declared = "2019-05-10", text = strike .. "The walkout of Thursday left 40 trams in their sheds, said Ovesen." },
  wire = { text = "Trams stand idle at the Corn Market depot (photo by L. Brandt) WEXHOLM, May 9 (Nordline) - " .. strike
    .. "Commuters walked to work on Thursday, Ovesen said." },
  -- "a week after": the slide of 15 September is told of by the other articles
  week_after = { text = "A week after the landslide that buried eleven houses at Brenmark in the Vesle valley, the Brenmark fire brigade still pumps water beside the Olsvik sawmill, "
    .. "and Mayor Gunhild Raknes sleeps in the school." },
  stamp = { text = "Published: 01.01.1970\n\nDivers searching the hull of the ferry Halvorsen found a crack on Friday. It had struck the pier at Lindesund harbour on Tuesday. "
    .. "Captain Ingrid Solheim and harbour master Nils Aakre spoke to the coast guard." },
  -- its own address, as "share this story" links bear it, and a message of the day that it shows
  shared = { text = "Thieves took forty hives from the heath at Kolmarsund, and the beekeeper Hedda Vik grieves. Read or share this story: https://news.example/2018/06/07/hives" },
  message = { text = "A whale has come up the Tarn as far as the weir, and crowds stand on the bridge of Ostrand. It weighs two tons. "
    .. "It is heading for the lock! - Jorunn Dahl (@jorunn_dahl) August 14, 2018\n\nThe lock is shut, and the mayor asks for patience." },
  unknown = { text = "Few things please the people of the upper valley more than a walk to the old lime kilns, and few tire them less." },
}
local order = { "declared", "undated", "crawled", "machine", "line", "ahead", "address", "crawl_line", "dated_line", "updated", "number", "told_today", "strike", "wire", "week_after", "stamp", "shared", "message", "unknown" }

-- Dates a corpus: the folder it is in, and the rows by the articles' names
local function date_all(named, names)
  local folder, rows = workshop.folder(), {}
  do
    local corpus <close> = sqlite.corpus(folder .. "/c.db", "create")
    for _, name in ipairs(names) do
      local a = named[name]
      corpus:execute("insert into source (path, status) values (?, 'loaded')", name)
      corpus:execute("insert into article (source_id, ordinal, external_id, sha256, text, body_first, language, declared_date, url) values (?, 1, ?, ?, ?, 1, 'en', ?, ?)",
        corpus:last_id(), name, system.sha256(a.text), a.text, a.declared, a.url)
    end
  end
  local result = workshop.run(folder, { "timex" }, { article_seconds = 5, corpus_seconds = 20, memory = 256 << 20 })
  assert(result.failed == 0, result.errors[1] and result.errors[1].message)
  for _, row in ipairs(workshop.all(folder, "select external_id, published.* from published join article using (article_id)")) do rows[row.external_id] = row end
  return folder, rows
end

describe("published", function()
  local folder, rows

  setup(function() folder, rows = date_all(articles, order) end)
  teardown(function() workshop.clear(folder) end)

  local function about(name)
    local row = rows[name] or {}
    return ("%s: %s, confidence %s, by %s: %s"):format(name, row.date, row.confidence, row.method, row.reason)
  end

  it("takes the weekday that a text calls today", function()
    assert.equal("2019-09-18", rows.told_today and rows.told_today.date, about "told_today")
  end)

  it("keeps a declared date that nothing refutes", function()
    assert(rows.declared and rows.declared.date == "2019-03-13" and rows.declared.method == "declared", about "declared")
    assert(rows.declared.confidence > 0.6, about "declared")
  end)
  it("dates an article by another on the same event, and by its weekdays", function()
    assert(rows.undated and rows.undated.date == "2019-03-14", about "undated")
  end)
  it("refuses the date that a machine writes when it knows none, and says why", function()
    assert(rows.machine and rows.machine.date ~= "1970-01-01" and rows.machine.reason:find("1970-01-01", 1, true), about "machine")
  end)
  it("refuses a date of years later than all that the text and its like tell of", function()
    assert(rows.crawled and rows.crawled.date ~= "2024-11-05" and rows.crawled.reason:find("2024-11-05", 1, true), about "crawled")
  end)
  it("refuses a date before days that the text knows of", function()
    assert(rows.ahead and rows.ahead.date ~= "2011-02-03", about "ahead")
  end)
  it("reads a date line, and shows the passage", function()
    assert(rows.line and rows.line.date == "2017-07-08" and rows.line.confidence > 0.8, about "line")
    assert(articles.line.text:sub(rows.line.first, rows.line.last):find("July 8, 2017", 1, true))
  end)
  it("takes no crawler's date line for that of a story whose weekdays belie it", function()
    assert(rows.dated_line and rows.dated_line.date == "2019-09-19", about "dated_line")
    assert(rows.crawl_line and rows.crawl_line.date == "2019-09-17", about "crawl_line")
  end)
  it("takes the day of posting, not that of an update", function()
    assert(rows.updated and rows.updated.date == "2017-03-03", about "updated")
  end)
  it("takes no house and no telephone for a year to come", function()
    assert(rows.number and rows.number.date == "2016-06-22" and rows.number.method == "declared", about "number")
  end)
  it("reads an agency's dateline behind a caption, in the year in which its weekday fits", function()
    assert(rows.wire and rows.wire.date == "2019-05-09", about "wire")
  end)
  it("counts the days that have passed since an event of which the others tell", function()
    assert(rows.week_after and rows.week_after.date, about "week_after")
    assert(rows.week_after.date >= "2019-09-20" and rows.week_after.date <= "2019-09-24", about "week_after")
  end)
  it("believes no date line of a day that machines write when they know none", function()
    assert(rows.stamp and rows.stamp.date == "2019-03-15", about "stamp")
  end)
  it("takes the day in a story's own address, and shows it", function()
    assert(rows.shared and rows.shared.date == "2018-06-07" and rows.shared.method == "text", about "shared")
    assert.equal("2018/06/07", articles.shared.text:sub(rows.shared.first, rows.shared.last))
  end)
  it("takes the day of a message that the article shows", function()
    assert(rows.message and rows.message.date == "2018-08-14", about "message")
  end)
  it("gives no date where nothing can be known", function()
    assert(not rows.unknown or not rows.unknown.date, about "unknown")
  end)
  it("lets timex resolve against what was found out", function()
    local row = workshop.all(folder, [[select timex.* from timex join article using (article_id) where external_id = 'line' and type = 'TIME' and value like '%TEV']])[1]
    assert(row and row.value == "2017-07-07TEV", row and row.value)
  end)
end)

-- A dam and a strike, with days declared by some; what the others say of their own day without a year must be read.
local dam = "The Ruvenga dam above Mbessi burst its spillway, and engineer Tobias Nkwelle had the sluice at Camp Orlu opened for 3,000 villagers. "

local undated = {
  dam_first = { declared = "2018-04-24", text = dam .. "Water reached Mbessi market on Tuesday, the prefect Alima Dossou said on Tuesday." },
  dam_second = { declared = "2018-04-26", text = dam .. "Divers looked for the lost sluice gate on Thursday. The prefect Alima Dossou thanked Camp Orlu." },
  dam_last = { declared = "2018-04-30", text = dam .. "The prefect Alima Dossou went to Camp Orlu on Monday, six days after the burst." },
  -- Sunday the 29th; others are of the days about it
  dateline = { text = "Mbessi's dam engineer says he warned of the spillway\n\nMBESSI, April 29 - The engineer Tobias Nkwelle said on Sunday that he had warned of the Ruvenga dam. "
    .. "The prefect Alima Dossou asked him on Saturday for his letters, and Camp Orlu waited. Nkwelle was heard on Friday." },
  agency = { text = "MBESSI, Apr 26 (Corvo Press) - " .. dam .. "The prefect Alima Dossou sent boats on Wednesday." },
  own_line = { text = "The long night of Camp Orlu\n\nBy Celeste Amadi\nMbessi, April 30\n\nThe engineer Tobias Nkwelle has not slept since the Ruvenga dam burst its spillway. "
    .. "On Friday he was heard by the prefect Alima Dossou, who will speak again on Thursday. In 2009 he had mended the sluice." },
  this_morning = { text = "Night of fear below the Ruvenga dam\n\nThis Wednesday morning, the water has gone down in Mbessi after the flood of Tuesday evening. The engineer Tobias Nkwelle, of Camp Orlu, says that the spillway will hold. "
    .. "The prefect Alima Dossou called the villagers to a prayer on Friday." },
  yesterday = { text = "The prefect Alima Dossou yesterday Thursday visited Camp Orlu, which the Ruvenga dam had flooded. The engineer Tobias Nkwelle showed her the spillway. "
    .. "Earlier on Wednesday she was in Mbessi. The sluice is to be mended by next Wednesday." },
  counted = { text = "The road to Camp Orlu was opened on Friday, three days after the Ruvenga dam burst its spillway.\n\nThe prefect Alima Dossou drove to Mbessi on Wednesday and again on Thursday. "
    .. "The engineer Tobias Nkwelle said on Thursday that the sluice would hold. Buses to Mbessi run on Sunday." },
  overnight = { text = "The engineer Tobias Nkwelle asked the people of Camp Orlu to leave after the water had gone on rising at the Ruvenga dam overnight Wednesday.\n\n"
    .. "The prefect Alima Dossou said that boats were on the way to Mbessi. The water came down on the evening of Tuesday, and went on overnight Wednesday." },
  -- a stranger's clock
  late = { declared = "2020-02-08", text = dam .. "The prefect Alima Dossou heard of it on Tuesday morning in Mbessi, where a wall fell." },
}
local undated_order = { "dam_first", "dam_second", "dam_last", "dateline", "agency", "own_line", "this_morning", "yesterday", "counted", "late", "overnight" }

describe("published, of articles that name their day without a year", function()
  local folder, rows

  setup(function() folder, rows = date_all(undated, undated_order) end)
  teardown(function() workshop.clear(folder) end)

  local function is(name, date, confidence)
    local row = rows[name] or {}
    assert(row.date == date and row.confidence >= confidence, ("%s: %s, confidence %s, by %s: %s"):format(name, row.date, row.confidence, row.method, row.reason))
  end

  it("takes the day of a dateline before the weekdays of other articles", function()
    is("dateline", "2018-04-29", 0.8)
    is("agency", "2018-04-26", 0.8)
  end)
  it("says so in plain words, and shows the passage", function()
    for name, words in pairs { dateline = "April 29", agency = "Apr 26", own_line = "April 30", yesterday = "yesterday Thursday" } do
      assert.equal(words, undated[name].text:sub(rows[name].first, rows[name].last))
    end
    assert(rows.dateline.reason:find "^date line; the year is that of article %d$", rows.dateline.reason)
    assert(rows.yesterday.reason:find ", and the text calls Thursday yesterday$", rows.yesterday.reason)
    assert(rows.late.reason:find "^declared 2020%-02%-08, which is not believed: article %d tells of the same event on 2018%-04%-%d%d$", rows.late.reason)
  end)
  it("takes a place and a day under the author's name", function() is("own_line", "2018-04-30", 0.8) end)
  it("takes 'this Wednesday morning' before a Friday that is to come", function() is("this_morning", "2018-04-25", 0.6) end)
  it("counts from the weekday that is called yesterday", function() is("yesterday", "2018-04-27", 0.6) end)
  it("takes a night of which the day is named for neither its start nor its end", function() is("overnight", "2018-04-25", 0.3) end)
  it("counts the days since an event from the weekday beside them", function() is("counted", "2018-04-27", 0.3) end)
end)

-- A bridge that fell on Saturday 9 June 2018, told of by days that are known, and what looks back on it.
local bridge = "The footbridge over the Orlica at Dunavec fell with 30 pilgrims on it, and mayor Zuzana Halmi had the ferry of Petrik brought. "

local looking_back = {
  first = { declared = "2018-06-10", text = bridge .. "It gave way on Saturday evening, the mayor said on Sunday." },
  second = { declared = "2018-06-11", text = bridge .. "Divers went down on Monday. The engineer Imre Sabol said that the cables had rusted since Saturday's rain." },
  third = { declared = "2018-06-12", text = bridge .. "The engineer Imre Sabol was heard on Tuesday. The bridge had fallen on Saturday." },
  -- Sunday, a year later: once with its day and once without
  year = { text = "One year on, Dunavec still has no bridge\n\nThirty chairs stood by the Orlica on Sunday, for those who were on the footbridge of Dunavec when it fell on this day last year. "
    .. "Mayor Zuzana Halmi spoke, and the ferry of Petrik lay still. The engineer Imre Sabol, who was sentenced in January, was not there. On November 20 a court had heard him." },
  declared = { declared = "2019-06-09", text = "A year after the footbridge fell, Dunavec remembers\n\nThe bells of Dunavec rang on Sunday for the pilgrims who fell into the Orlica with the footbridge. "
    .. "Mayor Zuzana Halmi and the engineer Imre Sabol threw wreaths from the ferry of Petrik." },
  -- an anniversary of another thing
  other = { text = "Five years on from the great storm, the mayor of Dunavec, Zuzana Halmi, has other cares: the footbridge over the Orlica fell on Saturday, and the ferry of Petrik runs day and night. "
    .. "The engineer Imre Sabol came on Monday." },
  numbered = { text = "\"The cables sang,\" says the ferryman of Petrik\n\nThe ferryman, who fished nine pilgrims from the Orlica when the footbridge of Dunavec fell, spoke to us this Wednesday (13) at his house. "
    .. "Mayor Zuzana Halmi had thanked him on Monday. The engineer Imre Sabol stayed away." },
  namely = { text = "The ferry of Petrik carries all Dunavec since the footbridge over the Orlica fell, said the mayor Zuzana Halmi. The engineer Imre Sabol will be heard tomorrow i.e. Thursday. "
    .. "He had been asked for his papers on Monday." },
  listed = { text = "The week in which the footbridge of Dunavec fell into the Orlica\n\nTuesday: The engineer Imre Sabol asks for new cables.\nThursday: Mayor Zuzana Halmi says there is no money."
    .. "\nFriday: It rains.\nSaturday: The bridge falls with 30 pilgrims.\nSunday: The ferry of Petrik brings the divers.\n\nImre Sabol hopes for the dead of the night to be few." },
  counted = { text = "Dunavec has a bridge again\n\nPioneers of the army laid a footbridge over the Orlica, nine days after the old one fell with its pilgrims. "
    .. "Mayor Zuzana Halmi was the first to cross, and the ferry of Petrik went home. The engineer Imre Sabol looked on." },
}
local looking_back_order = { "first", "second", "third", "year", "declared", "other", "numbered", "namely", "counted", "listed" }

describe("published, of articles that look back", function()
  local folder, rows

  setup(function() folder, rows = date_all(looking_back, looking_back_order) end)
  teardown(function() workshop.clear(folder) end)

  local function is(name, date)
    local row = rows[name] or {}
    assert(row.date == date, ("%s: %s, confidence %s, by %s: %s"):format(name, row.date, row.confidence, row.method, row.reason))
  end

  it("puts 'on this day last year' a year after the event", function() is("year", "2019-06-09") end)
  it("believes a declared day a year after the event, where the text says that a year has passed", function()
    is("declared", "2019-06-09")
    assert.equal("declared", rows.declared.method)
  end)
  it("leaves the articles of the event where they are", function()
    is("first", "2018-06-10")
    is("second", "2018-06-11")
    is("third", "2018-06-12")
  end)
  it("takes no other anniversary for that of the event", function() is("other", "2018-06-11") end)
  it("takes a weekday with the number of its day", function() is("numbered", "2018-06-13") end)
  it("counts back from the weekday that tomorrow is", function() is("namely", "2018-06-13") end)
  it("takes a list of days for one week that is over", function()
    local day = rows.listed.date
    assert(day == "2018-06-10" or day == "2018-06-11", day)
  end)
  it("counts the days since an event, more than a week, on from that event", function() is("counted", "2018-06-18") end)
end)
