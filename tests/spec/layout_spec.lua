-- layout: what each line of an article is, on invented news with the mess that crawlers leave.

local trial = require "annalist.trial"
local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "layout_workshop.lua")
local blocks, run, run_page, kind_of = workshop.blocks, workshop.run, workshop.run_page, workshop.kind_of

local BODY = [[
The harbour council of Port Ellery voted on Tuesday to close the old fish market after inspectors found cracks in its roof.

"We could not wait until the winter storms," said Marta Oduya, who has led the council since 2019, after the vote.

About forty traders will move to a hall near the railway station, where the council has promised them two months without rent.

The traders say that the hall is too far from the quay, and that their customers will not follow them across the river.]]

describe("layout", function()
  it("keeps every paragraph of plain prose as body", function()
    local list = run(BODY)
    assert.equal(4, #list)
    for _, block in ipairs(list) do assert.equal("body", block[1]) end
  end)

  it("never puts a byte into two blocks", function()
    local last = 0
    for _, block in ipairs(run("[ad_1]\n\ndate 2021-03-02 " .. BODY .. "\n\nLatest in Region\n")) do
      assert.is_true(block[3] > last)
      last = block[4]
    end
  end)

  it("takes a crawler's date stamp from the first sentence", function()
    local list = run("date 2021-03-02 " .. BODY)
    assert.same({ "date", "date 2021-03-02" }, { list[1][1], list[1][2] })
    assert.equal("body", list[2][1])
    assert.equal("The harbour", list[2][2]:sub(1, 11))
  end)

  it("knows a page's date line, a left-over marker and a heading of teasers", function()
    local list = run("Monday, 05, August, 2024\n\n[ad_1]\n\n" .. BODY .. "\n\nLatest in Region\n\n[ad_2]")
    assert.equal("date", kind_of(list, "Monday"))
    assert.equal("markup", kind_of(list, "[ad_1]"))
    assert.equal("teaser", kind_of(list, "Latest in"))
    assert.equal("markup", kind_of(list, "[ad_2]"))
  end)

  it("parts an agency's dateline from the sentence after it", function()
    local list = run("PORT ELLERY, March 2 (Coastal News Agency) - " .. BODY)
    assert.same({ "dateline", "PORT ELLERY, March 2 (Coastal News Agency) -" }, { list[1][1], list[1][2] })
    assert.equal("The harbour", list[2][2]:sub(1, 11))
  end)

  it("knows a dateline that stands on a line of its own", function()
    assert.equal("dateline", kind_of(run("PORT ELLERY, March 2 (Agency) --\n\n" .. BODY), "PORT"))
  end)

  it("takes a place or the paper's name with a day, above the text, for a dateline and never for the title", function()
    for _, line in ipairs { "Port Ellery, May 24", "Port Ellery, Isle of Tarn, Friday 20 October 2017", "Coastal News, May 22, 2021", "Port Ellery, le 3 mars 2021:" } do
      local list = run("'They left us the rain': how a market closed\n\nBy Ann Lomax\n\n" .. line .. "\n\n" .. BODY)
      assert.equal("dateline", kind_of(list, line), line)
      assert.equal("title", kind_of(list, "'They left"), line)
    end
    assert.equal("byline", kind_of(run("Fish market to close\n\nBy Ann Lomax, 3 March 2021\n\n" .. BODY), "By Ann"))
    for _, line in ipairs { "Harbour Strike, Day 3", "Fish Market, 14 Traders", "Port Ellery, Again" } do
      assert.equal("title", kind_of(run(line .. "\n\n" .. BODY), line), line)
    end
    assert.not_equal("dateline", kind_of(run(BODY .. "\n\nPort Ellery, May 24\n\n" .. BODY:gsub("council", "board")), "Port Ellery, May"))
  end)

  it("takes a headline for the title whose longer words are all small, and no line of a poem", function()
    for _, headline in ipairs { "Six hurt as market roof falls", "'We lost it all': traders and the end of a market", "\u{201C}No rent\u{201D}, says the council to traders" } do
      assert.equal("title", kind_of(run(headline .. "\n\n" .. BODY), headline), headline)
    end
    assert.not_equal("title", kind_of(run("I went to the market by the river,\n\n" .. BODY), "I went"))
  end)

  it("takes no figure or clause with a dash for a dateline", function()
    for _, first in ipairs { "The council voted 12-3 against the plan of the mayor to sell the hall.", "NOTE: The hall stays closed on Monday and Tuesday of this week." } do
      assert.is_nil(kind_of(run(first .. "\n\n" .. BODY), "dateline"))
      assert.not_equal("dateline", run(first .. "\n\n" .. BODY)[1][1])
    end
  end)

  it("finds byline, caption, heading and notice", function()
    local list = run("By Ann Lomax and Piet Visser\n\n" .. BODY .. "\n\nThe fish market before its closure (Coastal News)\n\nA long quarrel\n\n"
      .. "The market was built in 1931 and was repaired twice, the last time with money from the national lottery.\n\n"
      .. "No part of this material may be reproduced or republished on other websites without the written permission of Coastal News.")
    assert.equal("byline", kind_of(list, "By Ann"))
    assert.equal("caption", kind_of(list, "The fish market before"))
    assert.equal("heading", kind_of(list, "A long quarrel"))
    assert.equal("notice", kind_of(list, "No part"))
  end)

  it("keeps one of two equal captions and of a summary that its paragraph repeats", function()
    local summary = "The harbour council of Port Ellery voted on Tuesday to close the old fish market after inspectors found cracks in its roof"
    local list = run(summary .. "\n\n" .. BODY .. "\n\nMarta Oduya in the hall\n\nMarta Oduya in the hall\n\nShe said that the vote was final.")
    assert.same({ "duplicate", "body" }, { list[1][1], list[2][1] })
    local kinds = {}
    for _, block in ipairs(list) do
      if block[2] == "Marta Oduya in the hall" then kinds[#kinds + 1] = block[1] end
    end
    assert.same({ "caption", "duplicate" }, kinds)
  end)

  it("drops teasers of other stories after the end, by their words", function()
    local list = run(BODY .. "\n\nAuthor: Coastal News\n\n"
      .. "Rocket with two tourists returns from orbit.\n\nThe capsule landed in a desert after four days, its maker said.\n\n"
      .. "Film festival opens with a comedy.\n\nActors walked along a red carpet while fans shouted their names.\n\n"
      .. "Scientists count penguins from space.\n\nPictures taken by satellites show colonies that nobody knew.")
    assert.equal("body", kind_of(list, "The traders say"))
    for _, beginning in ipairs { "Rocket", "The capsule", "Film", "Actors", "Scientists", "Pictures" } do
      assert.equal("teaser", kind_of(list, beginning), beginning)
    end
  end)

  it("finds the article between menus and readers' comments", function()
    local list = run("Home | News | Sport | Weather\n\n• Region\n\n• Business\n\n• Arts\n\nSubscribe to our newsletter\n\nFish market to close\n\n" .. BODY
      .. "\n\nPrint this page\n\nEmail to a friend\n\n12 Comments\n\nseagull7 says:\n\nI always bought my fish there, what a pity, they should have repaired it.\n\n"
      .. "Reply\n\nMore News\n\n• Bridge toll to rise\n\n• School wins prize\n\n© 2021 Coastal News. All rights reserved. Terms of use | Privacy policy")
    for _, block in ipairs(list) do
      local kept = block[1] == "title" or block[1] == "body" or block[1] == "heading" or block[1] == "caption"
      assert.equal(BODY:find(block[2], 1, true) ~= nil or block[2] == "Fish market to close", kept, block[1] .. ": " .. block[2])
    end
  end)

  it("finds the headline under the paper's name, its departments and the date", function()
    local list = run("Coastal News | Region\n\nHOME REGION SPORT ARTS\n\nFish market to close after cracks are found\n\nMarch 3rd, 2021 · Port Ellery · from our correspondent\n\n" .. BODY)
    assert.equal("markup", kind_of(list, "Coastal News"))
    assert.equal("markup", kind_of(list, "HOME"))
    assert.equal("title", kind_of(list, "Fish market"))
    assert.equal("date", kind_of(list, "March 3rd"))
    assert.equal("body", kind_of(list, "The harbour"))
  end)

  it("takes headings with nothing under them for links to other stories", function()
    local list = run(BODY .. "\n\nAlso interesting:\n\nFerry to run every hour from the spring on\n\nSchool wins prize for its garden of herbs\n\nImprint | Data protection")
    assert.equal("body", kind_of(list, "The traders"))
    assert.equal("teaser", kind_of(list, "Ferry to run"))
    assert.equal("teaser", kind_of(list, "School wins"))
  end)

  it("drops menus above the headline, in whatever language", function()
    local list = run("Noticias del Puerto\n\nBolsa y Mercados\n\nDeportes\n\nSociedad\n\nSubscribe to our newsletter\n\nHome | News\n\nFish market of Port Ellery to close\n\n" .. BODY)
    assert.equal("title", kind_of(list, "Fish market"))
    for _, beginning in ipairs { "Noticias", "Bolsa", "Deportes", "Sociedad" } do assert.equal("markup", kind_of(list, beginning), beginning) end
  end)

  it("drops the paper's own lines under the text, when they share no word with it", function()
    local list = run("Subscribe to our newsletter\n\n" .. BODY .. "\n\nLocal Leader\n\nPrinted in the works of the\n\nLantern Group.\n\nIt is read in every house of the valley.\n\nKnock and come in.")
    assert.equal("body", kind_of(list, "The traders"))
    for _, beginning in ipairs { "Local Leader", "Lantern", "It is read", "Knock" } do
      assert.is_true(kind_of(list, beginning) == "teaser" or kind_of(list, beginning) == "markup", beginning)
    end
  end)

  it("keeps a heading between paragraphs that speaks to the reader", function()
    local list = run("Home | News | Sport\n\nPrint this page\n\nEmail to a friend\n\n" .. BODY .. "\n\nYour next fish\n\n"
      .. "Those who want to buy fish in the meantime will find the boats at the old quay, where the council has put up tents for the summer.")
    assert.equal("heading", kind_of(list, "Your next fish"))
  end)

  it("knows what a company says of its marks for a notice", function()
    local list = run(BODY .. "\n\n(c) 2021 Ellery Boats, Inc.\n\nEllery and Seabreeze are registered trademarks of Ellery Boats, Inc.")
    assert.equal("notice", kind_of(list, "(c) 2021"))
    assert.equal("notice", kind_of(list, "Ellery and"))
  end)

  it("knows a byline with an initial, and one that ends in a post", function()
    assert.equal("byline", kind_of(run("By Ann B. Lomax, Coastal News\n\n" .. BODY), "By Ann"))
    assert.equal("byline", kind_of(run("Piet Visser, Sports Writer\n\n" .. BODY), "Piet"))
  end)

  it("knows a byline that names a post instead of a person", function()
    for _, line in ipairs { "By Staff and wire reports", "By our reporter in Port Ellery", "Our Correspondent, Port Ellery", "From our correspondents", "Staff and agencies", "De notre correspondante à Port Ellery" } do
      local list = run("Fish market to close\n\n" .. line .. "\n\n" .. BODY)
      assert.equal("byline", kind_of(list, line), line)
      assert.equal("title", kind_of(list, "Fish market"), line)
    end
    assert.equal("heading", kind_of(run(BODY .. "\n\nBy the old quay\n\n" .. BODY:gsub("council", "board")), "By the old"))
  end)

  it("takes a name with a town for a byline between headline and text, and nowhere else", function()
    local list = run("Fish market to close\n\nMarta Oduya, Fort Hale\n\n" .. BODY .. "\n\nAnn Lomax, Fort Hale\n\nThe council of Fort Hale has offered help with the roof, its chair said on Friday.")
    assert.equal("byline", kind_of(list, "Marta Oduya"))
    assert.not_equal("byline", kind_of(list, "Ann Lomax"))
    list = run("Fish market to close\n\nBy Ann Lomax\n\nCracked Roof, Lost Rents\n\n" .. BODY)
    assert.equal("heading", kind_of(list, "Cracked"))
  end)

  it("takes a source in brackets for a byline and not for a picture's credit", function()
    assert.equal("byline", kind_of(run(BODY .. "\n\n(Source: Agencies)"), "(Source"))
  end)

  it("knows a pointer to another story by its label, long or ended like a sentence", function()
    for _, label in ipairs { "To read also", "Read also", "On the same subject", "Siehe auch", "Смотрите также" } do
      local line = label .. ": The council of Varn has sold its tower to a company from the north, which will keep the bells."
      local list = run(BODY .. "\n\n" .. line .. "\n\n[ad_2]")
      assert.equal("teaser", kind_of(list, label), label)
      assert.equal("body", kind_of(list, "The traders say"))
    end
    assert.equal("teaser", kind_of(run(BODY .. "\n\nTo read also: our letters from the quay\n\n[ad_2]"), "To read"))
    assert.equal("body", kind_of(run(BODY .. "\n\nRelated questions remain: the council has not said who pays for the roof of the market."), "Related"))
  end)

  it("goes on with the article below a pointer to another story", function()
    local list = run("Home | News | Sport\n\nPrint this page\n\nShare\n\nFish market to close\n\n" .. BODY .. "\n\nRead also: our letters from the quay\n\n"
      .. "Engineers blamed salt, which had eaten the bolts of the roof for decades while the council looked at the paint.\n\n"
      .. "A firm from Varn is to send a report on the market in June, and its fee of 40,000 crowns comes from a national fund.\n\n"
      .. "Opposition members left early, calling the vote a farce and asking a judge for a delay.")
    assert.equal("teaser", kind_of(list, "Read also"))
    assert.equal("body", kind_of(list, "Engineers"))
    assert.equal("body", kind_of(list, "Opposition"))
  end)

  it("takes the press contact of a statement for a notice", function()
    for _, line in ipairs { "Press contact: Mrs Marta Oduya, head of the council", "Media enquiries: Ann Lomax, the harbour council of Port Ellery, at the old quay, on every day of the week." } do
      assert.equal("notice", kind_of(run("Statement of the harbour council\n\n" .. BODY .. "\n\n" .. line), line), line)
    end
  end)

  it("believes what a page's markup has cut, and reads the kinds of its lines", function()
    local paragraphs = BODY:gsub("\n\n", "</p><p>")
    local page = "<html><head><title>Fish market to close</title></head><body><ul><li><a href=1>Home</a></li></ul><article><h1>Fish market to close</h1><p>" .. paragraphs
      .. "</p><h3>Your questions</h3><ul><li>Where is it?</li><li>What does it cost you?</li></ul><p>All of this was answered by the council in the meeting on Thursday evening.</p>"
      .. "<p>Copyright 2021 Coastal News. All rights reserved.</p></article></body></html>"
    local list = run_page(page)
    assert.equal("title", kind_of(list, "Fish market to close"))
    assert.equal("heading", kind_of(list, "Your questions"))
    assert.equal("body", kind_of(list, "• What does it cost"))
    assert.equal("body", kind_of(list, "All of this"))
    assert.is_true(kind_of(list, "Copyright") == nil or kind_of(list, "Copyright") == "notice")
  end)

  it("keeps in a page's own cut what would be a double or an invitation in a text without markup", function()
    local said = "<p>They count the boats again. They will come back on Friday, the traders said to the council.</p>"
    local list = run_page("<html><head><title>Fish market to close</title></head><body><article><h1>Fish market to close</h1><p>" .. BODY:gsub("\n\n", "</p><p>")
      .. "</p><p>They will come back on Friday, the traders said to the council.</p>" .. said .. said
      .. "<p>See how much of the harbour's money went into the new hall and its roof, and learn why.</p><p>Read more about our club and our letters.</p></article></body></html>")
    assert.equal("body", kind_of(list, "They will come back"))
    assert.equal("body", list[#list - 3][1])
    assert.equal("body", list[#list - 2][1])
    assert.equal("body", kind_of(list, "See how much"))
    assert.equal("notice", kind_of(list, "Read more about"))
  end)

  it("knows the small print of a sign-up for a notice", function()
    local list = run(BODY .. "\n\nBy entering your email address you agree to our terms of service and privacy policy.\n\nThe council meets again in May, its chair said.")
    assert.equal("notice", kind_of(list, "By entering"))
    assert.equal("body", kind_of(list, "The council meets again"))
  end)

  it("drops a row of headlines with a sentence under each at the end, and keeps headings over the article's own paragraphs", function()
    local teasers = "\n\nSeven ways to store your photographs\n\nFor decades people kept albums; now a small disk in a drawer will hold all of a family's pictures for good."
      .. "\n\nWhy a printer breaks in January\n\nPaper takes up water in winter, engineers of a large maker found, and that is bad for the rollers within."
      .. "\n\nIs your keyboard clean?\n\nA new study of offices shows how many crumbs fall between the letters in the course of a single year."
    local list = run(BODY .. teasers)
    assert.equal("body", kind_of(list, "The traders say"))
    assert.equal("teaser", kind_of(list, "Seven ways"))
    assert.equal("teaser", kind_of(list, "A new study of offices"))
    local own = "\n\nWhere is the new hall?\n\nThe hall near the railway station has room for forty traders of fish and for the customers of the market."
      .. "\n\nWho pays the rent?\n\nThe council of Port Ellery pays the rent of the traders for two months; after that they pay it themselves."
      .. "\n\nWhat becomes of the roof?\n\nInspectors will look at the cracks in the roof of the old market again before the winter storms, the council said."
    list = run(BODY .. own)
    assert.equal("body", kind_of(list, "Inspectors will look"))
  end)

  it("ends an agency's story where a headline and another dateline follow", function()
    local list = run("Fish market to close\n\nPORT ELLERY, Oct 5 (Agency): " .. BODY
      .. "\n\nCavalry marks its sixtieth day\n\nFORT HALE, Oct 5 (Agency): The cavalry on Monday held its sixtieth parade, with a wreath for the dead of all its wars."
      .. "\n\nCourt allows the races\n\nFORT HALE, Oct 5 (Agency): The highest court lifted the ban on horse races in the streets of two towns of the plain.")
    assert.equal("body", kind_of(list, "The traders say"))
    assert.not_equal("body", kind_of(list, "FORT HALE"))
    assert.not_equal("heading", kind_of(list, "Cavalry marks"))
  end)

  it("keeps a line of a list that speaks to the reader, between others of the list", function()
    local list = run(BODY .. "\n\nThe council promises:\n\n\u{2022} Lists of the traders who will move to the hall near the station, and of those who stay behind at the quay.\n\n\u{2022} Search for our stories and links\n\n"
      .. "\u{2022} Benches for the older customers of the market, and a roof over them for the months of rain.\n\nThe first of these will be ready in the spring, a spokesman of the council said.\n\nNext\n\nShare\n\nPrint")
    assert.equal("body", kind_of(list, "\u{2022} Search for our stories"))
  end)

  it("keeps the lead between the headline and the byline", function()
    local list = run("Home\n\nWorld\n\nSport\n\nFish market to close in Port Ellery\n\nForty traders must leave the old hall because of cracks in its roof.\n\nShare\n\nBy Ann Lomax\n\nCoast | Harbours | Fish\n\n"
      .. "5 October 2020\n\nPrint\n\nE-mail this story\n\nText size\n\n" .. BODY)
    assert.equal("body", kind_of(list, "Forty traders must"))
    assert.equal("title", kind_of(list, "Fish market to close"))
  end)

  it("takes a lone number under the list of most read stories for no row of a table", function()
    local list = run(BODY .. "\n\nMost Popular Stories\n\nA new lamp for the lighthouse\n\n50486\n\nWhales in the basin\n\n37948\n\nAll of it is printed on paper from the woods of the north.\n\nNewsroom")
    assert.not_equal("body", kind_of(list, "50486"))
  end)

  it("takes a headline that the loader put first for the title", function()
    local corpus <close> = trial.run { plugin = "layout", articles = { { title = "Fish market to close", text = BODY } } }
    local list = blocks(corpus)
    assert.same({ "title", "Fish market to close" }, { list[1][1], list[1][2] })
    assert.equal("body", list[2][1])
  end)

  it("keeps a table of results whole", function()
    local list = run("Quarter ended in March, in thousands\n\nNet 311,000 vs 298,000\n\nSales 21.7 mln vs 20.4 mln\n\nNine months\n\nNet 904,000 vs 877,000")
    for _, block in ipairs(list) do assert.is_true(block[1] == "body" or block[1] == "heading" or block[1] == "title", block[2]) end
  end)

  it("reads a paragraph that is broken by hand as one block", function()
    local list = run("The harbour council of Port Ellery voted on Tuesday to close\nthe old fish market after inspectors found cracks in\nits roof, a spokesman said.\n"
      .. "    About forty traders will move to a hall near the railway\nstation, where the council has promised them two months\nwithout rent.\n")
    assert.equal(2, #list)
    assert.equal("    About", "    " .. list[2][2]:sub(1, 5))
  end)

  it("counts every line as the article's with keep=all", function()
    for _, block in ipairs(run("[ad_1]\n\nMonday, 05, August, 2024\n\n" .. BODY .. "\n\nLatest in Region", { ["layout.keep"] = "all" })) do
      assert.is_true(block[1] == "title" or block[1] == "heading" or block[1] == "body" or block[1] == "caption" or block[1] == "dateline", block[1])
    end
  end)

  it("reads a language whose function words it doesn't know", function()
    local list = run("Vestu palna koriso tandem alukani morte silvano pergu.\n\nKalo brindi savonu, metra polgani huvesi tarnu kolpe dersi ano.\n\nTirvo samla kongu desti aluri.")
    for _, block in ipairs(list) do assert.equal("body", block[1]) end
  end)

  it("has no block for a text of white space", function()
    assert.equal(0, #run("x") - 1)
  end)

  it("takes a picture's text and its credit for captions", function()
    local list = run((BODY:gsub("\n\nAbout forty", "\n\nPhoto: The market stood empty on Monday while men from the council looked at the roof, one by one.\n\n(Interline)\n\nAbout forty")))
    assert.equal("caption", kind_of(list, "Photo: The market"))
    assert.equal("caption", kind_of(list, "(Interline)"))
    assert.equal("body", kind_of(list, "About forty"))
  end)

  it("takes the short lines under 'Read also' for teasers, up to the end or to left-over markup", function()
    local tail = "\n\nRead also\nCouncil of Varn sells its tower\nIs the price of ferry tickets too high?\nA singer from Tarn wins the cup"
    for _, text in ipairs { BODY .. tail, BODY .. tail .. "\n[ad_2]" } do
      local list = run(text)
      for _, line in ipairs { "Council of Varn", "Is the price", "A singer" } do assert.equal("teaser", kind_of(list, line), line) end
      assert.equal("body", kind_of(list, "The traders say"))
    end
  end)
end)

describe("furniture", function()
  local function article(i)
    local topics = { "ferry", "bakery", "library", "stadium", "orchard" }
    return { text = "Coastal News, your paper since 1911\n\nThe " .. topics[i] .. " of Port Ellery was closed on Monday after number " .. i .. " of its workers had asked for a rise."
      .. "\n\nThe owner of the " .. topics[i] .. " said that he would talk to all of them before the end of the week number " .. i .. ".\n\nCall our newsroom at any hour of the day" }
  end

  it("lists the lines that stand in several articles", function()
    local corpus <close> = trial.run { plugin = "furniture", articles = { article(1), article(2), article(3), article(4) } }
    local lines = {}
    for row in corpus:rows("furniture") do lines[#lines + 1] = row end
    assert.equal(8, #lines)
    assert.equal(4, lines[1].articles)
  end)

  it("does not count copies of one article", function()
    local list = {}
    for i = 1, 4 do list[i] = { id = "copy" .. i, text = article(1).text .. "\n\nCopy " .. i } end
    local corpus <close> = trial.run { plugin = "furniture", articles = list }
    for row in corpus:rows("furniture") do error("a copied article is no furniture: " .. row.first) end
  end)

  it("makes layout drop the paper's own line", function()
    local corpus <close> = trial.run { plugin = "layout", articles = { article(1), article(2), article(3), article(4) } }
    for row in corpus:rows("block") do
      if row.first == 1 then assert.equal("markup", row.kind) end
    end
  end)
end)
