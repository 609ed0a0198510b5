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
  unknown = { text = "Few things please the people of the upper valley more than a walk to the old lime kilns, and few tire them less." },
}
local order = { "declared", "undated", "crawled", "machine", "line", "ahead", "address", "crawl_line", "dated_line", "updated", "number", "told_today", "strike", "wire", "week_after", "stamp", "unknown" }

describe("published", function()
  local folder, rows

  setup(function()
    folder = workshop.folder()
    do
      local corpus <close> = sqlite.corpus(folder .. "/c.db", "create")
      for _, name in ipairs(order) do
        local a = articles[name]
        corpus:execute("insert into source (path, status) values (?, 'loaded')", name)
        corpus:execute("insert into article (source_id, ordinal, external_id, sha256, text, body_first, language, declared_date, url) values (?, 1, ?, ?, ?, 1, 'en', ?, ?)",
          corpus:last_id(), name, system.sha256(a.text), a.text, a.declared, a.url)
      end
    end
    local result = workshop.run(folder, { "timex" }, { article_seconds = 5, corpus_seconds = 20, memory = 256 << 20 })
    assert(result.failed == 0, result.errors[1] and result.errors[1].message)
    rows = {}
    for _, row in ipairs(workshop.all(folder, "select external_id, published.* from published join article using (article_id)")) do rows[row.external_id] = row end
  end)
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
  it("gives no date where nothing can be known", function()
    assert(not rows.unknown or not rows.unknown.date, about "unknown")
  end)
  it("lets timex resolve against what was found out", function()
    local row = workshop.all(folder, [[select timex.* from timex join article using (article_id) where external_id = 'line' and type = 'TIME' and value like '%TEV']])[1]
    assert(row and row.value == "2017-07-07TEV", row and row.value)
  end)
end)
