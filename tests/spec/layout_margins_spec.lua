-- layout: what stands about the text of an article: labels before headlines, letterheads, credits, readers' words, the clocks of a live report.

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "layout_workshop.lua")
local run, run_page, kind_of = workshop.run, workshop.run_page, workshop.kind_of

local FIRST = "The harbour council of Port Ellery voted on Tuesday to close the old fish market after inspectors found cracks in its roof."
local SECOND = '"We could not wait until the winter storms," said Marta Oduya, who has led the council since 2019, after the vote.'
local THIRD = "About forty traders will move to a hall near the railway station, where the council has promised them two months without rent."
local BODY = table.concat({ FIRST, SECOND, THIRD }, "\n\n")

describe("layout, about the text", function()
  it("takes a headline under a label, or that ends in who says so, for the title", function()
    for _, title in ipairs { "BREAKING: Trader hurt in market hall dies, union says", "LIVE: Port Ellery market closure", "JUST IN - Old fish market to close", "ÚLTIMA HORA: Cierra el mercado viejo de pescado" } do
      assert.equal("title", kind_of(run(title .. "\n\nPublished: March 13, 2019 3:05 pm\n\n" .. BODY), title), title)
    end
  end)

  it("knows readers' words on one line with their count", function()
    local list = run_page("<html><body><article><h1>Fish market to close in Port Ellery</h1><p>" .. FIRST .. "</p><p>" .. SECOND .. "</p><p>" .. THIRD
      .. "</p><p>3 comments &mdash; <b>Old Ben</b>: The mayor goes next week. 50 hurt in my street and no one writes about it!</p></article></body></html>")
    assert.equal("teaser", kind_of(list, "3 comments"))
    assert.equal("body", kind_of(list, "About forty"))
    list = run_page("<html><body><article><h1>Fish market to close in Port Ellery</h1><p>" .. FIRST .. "</p><p>" .. SECOND .. "</p><p>" .. THIRD
      .. "</p><p>3 comments on the plan were read aloud at the meeting, the clerk of the council said on Friday.</p></article></body></html>")
    assert.equal("body", kind_of(list, "3 comments"))
  end)

  it("keeps the last sentence with an agency's credit, and the credit apart from it", function()
    local list = run(BODY .. "\n\nPolice put the number of customers who had come to say farewell at 600. (Interline)\n\nLatest in World\nNine hurt in tram crash\nVolcano wakes up again")
    assert.equal("body", kind_of(list, "Police put the number"))
    assert.equal("byline", kind_of(list, "(Interline)"))
    list = run(BODY .. "\n\nPolice put the number of customers who had come to say farewell at 600. - Reuters")
    assert.equal("byline", kind_of(list, "- Reuters"))
  end)

  it("knows lines that credit agencies", function()
    for _, credit in ipairs { "— With inputs from KNA", "Interline / Agence du Nord", "Reuters", "Additional reporting by Ann Lomax", "Con información de Interline" } do
      assert.equal("byline", kind_of(run("Fish market to close\n\n" .. BODY .. "\n\n" .. credit), credit), credit)
    end
  end)

  it("knows the paper's credit over the dateline, and the department over the headline", function()
    local list = run("Fish market to close\n\nThe Harbour Monitor Report\n\nPORT ELLERY - " .. BODY)
    assert.equal("byline", kind_of(list, "The Harbour Monitor"))
    assert.equal("title", kind_of(list, "Fish market"))
    list = run("Fish market to close\n\nPress Bureau of Tarn\nPort Ellery, Aug 20\n\n" .. BODY)
    assert.equal("byline", kind_of(list, "Press Bureau"))
    list = run("THE WINDVANE / Opinion\n\nThe roof that needed a rest\n\nBy Ann Lomax\n\n" .. BODY)
    assert.equal("markup", kind_of(list, "THE WINDVANE"))
    assert.equal("title", kind_of(list, "The roof that"))
    list = run("Fish market to close\n\nBY AGENCIES\nPUBLISHED : 17 Mar 2019 at 05:10\nNEWSPAPER SECTION: WORLD\n\n" .. BODY .. "\n\nTAGS: Port Ellery | market | fish")
    assert.equal("markup", kind_of(list, "NEWSPAPER SECTION"))
    assert.equal("markup", kind_of(list, "TAGS:"))
  end)

  it("keeps a heading of the article that names a body", function()
    local list = run("Fish market to close\n\n" .. FIRST .. "\n\nWhat the Harbour Authority knew\n\n" .. SECOND .. "\n\n" .. THIRD)
    assert.equal("heading", kind_of(list, "What the Harbour"))
  end)

  it("reads a report with its letterhead: issuer, title, day", function()
    local list = run("GOVERNMENT OF TARN\nNATIONAL HARBOUR AUTHORITY\nSituation Report No. 3 - Storm Surge, District Ellery (NE)\nIssued: 20 August 2019, 1800 hrs (covers 18-20 Aug)\n\n"
      .. "1. Casualties (confirmed): Deaths 4 (male 2, female 2). Injured 13. Missing 9.\n2. Damage: houses fully damaged 140; partially damaged 204; bridges 7; roads 38 km.\n\n"
      .. "The chairman of the authority led the meeting of all departments, which was attended by the chief of the police.\n\nFor information: Control Room, Port Ellery. Tel. 051-0000000")
    assert.equal("byline", kind_of(list, "GOVERNMENT OF"))
    assert.equal("byline", kind_of(list, "NATIONAL HARBOUR"))
    assert.equal("title", kind_of(list, "Situation Report"))
    assert.equal("date", kind_of(list, "Issued:"))
    assert.equal("body", kind_of(list, "1. Casualties"))
    assert.equal("notice", kind_of(list, "For information"))
  end)

  it("reads a release and a correction: number, paper, what it is", function()
    local list = run("Port Ellery - August 19, 2019\nNo PR-148/2019-X\n\n" .. BODY)
    assert.equal("markup", kind_of(list, "No PR-148"))
    list = run("Correction\n\nThe Coastal Courier\nAugust 22, 2019\n\nAn article on Monday about the fish market said that the hall has room for four hundred traders. It has room for forty. We regret the error.")
    assert.equal("title", kind_of(list, "Correction"))
    assert.equal("byline", kind_of(list, "The Coastal Courier"))
  end)

  it("knows the paper's last words to its readers, also translated", function()
    local list = run("Fish market to close\n\n" .. BODY .. "\n\nRelate note: The mayor celebrates with drums\n\nReceive in your mail the most important news\n\n(c) Coastal Briefing. You are reading your last free article this month.")
    assert.equal("teaser", kind_of(list, "Relate note"))
    assert.equal("notice", kind_of(list, "Receive in your"))
    assert.equal("notice", kind_of(list, "(c) Coastal"))
  end)

  it("finds datelines whose day comes first, and a place in capitals alone", function()
    for dateline, text in pairs { ["11 of March. -"] = "11 of March. - " .. BODY, ["Port Ellery, 11 de marzo de 2019 (Interline).-"] = "Port Ellery, 11 de marzo de 2019 (Interline).- " .. BODY,
      ["PORT ELLERY:"] = "PORT ELLERY: " .. BODY, ["PORT ELLERY."] = "PORT ELLERY. " .. BODY } do
      local list = run(text)
      assert.equal("dateline", kind_of(list, dateline), dateline)
      assert.equal("body", kind_of(list, "The harbour council"))
    end
  end)

  it("takes no number with a dash for a dateline", function()
    local text = "5 Loaves - The baker of Port Ellery gives as many away on every day of the week before the winter storms begin."
    assert.equal("body", kind_of(run(text .. "\n\n" .. BODY), "5 Loaves"))
    assert.equal("body", kind_of(run("5 Must-Pack things for a trip to the harbour, as its own people tell it to the guests of the town." .. "\n\n" .. BODY), "5 Must"))
  end)

  it("takes no speaker and no body by its initials for a dateline", function()
    local list = run("WINDVANE: How many traders come to the hall on a day in winter, and who pays for the coal?\n\nMrs Oduya: Forty, and they pay for it themselves, as they have always done.\n\n"
      .. "WINDVANE: And what will become of the old market and of its clock when all of them have gone?\n\nMrs Oduya: That is for the council to say, and it has not said it.")
    assert.equal("body", kind_of(list, "WINDVANE: How many"))
    list = run("PEHA: four traders hurt when part of the roof fell, and the hall is closed for the week.\n\nThe Port Ellery Harbour Authority (PEHA) counts only those who went to a doctor, it said.")
    assert.equal("body", kind_of(list, "PEHA: four"))
  end)

  it("keeps the clocks of a live report apart from its sentences", function()
    local list = run("LIVE: Port Ellery market closure\n\n21:10 We are closing the page for tonight. What we know: forty traders must leave the hall.\n\n"
      .. "19.45 GMT - Marta Oduya has come out of the town hall, our reporter says. A crowd of some 300 is outside.\n\n8:20 p.m. ET: PEHA: the roof has cracks in four places. The authority will publish its report.")
    assert.same({ "date", "21:10" }, { list[2][1], list[2][2] })
    assert.same({ "date", "19.45 GMT" }, { list[4][1], list[4][2] })
    assert.same({ "body", "Marta Oduya has come" }, { list[5][1], list[5][2]:sub(1, 20) })
    assert.same({ "date", "8:20 p.m. ET" }, { list[6][1], list[6][2] })
    assert.equal("body", kind_of(list, "PEHA: the roof"))
  end)

  it("takes a row of videos with their lengths for other stories", function()
    local list = run("Fish market to close\n\n" .. BODY .. "\n\n2:18 Horse runs through the market of Tarn\n\n1:52 Owner of a tavern chases a thief\n\n0:39 Police look into a fire at the quay\n\n3:37 Vell beats Orsa in the last minute")
    for _, line in ipairs { "2:18", "1:52", "0:39", "3:37" } do assert.equal("teaser", kind_of(list, line)) end
    list = run("Programme of the harbour fair\n\n" .. BODY .. "\n\n9:30 Opening by the mayor\n\n10:00 Race of the rowing boats\n\n11:30 Prizes for the fishermen\n\n" .. THIRD:gsub("forty", "fifty"))
    assert.not_equal("teaser", kind_of(list, "9:30"))
  end)

  it("leaves a clock that only one paragraph begins with in its sentence", function()
    assert.equal("body", kind_of(run("19:45 Tuesday night was the hour of the vote, and nobody had gone home. " .. BODY), "19:45 Tuesday"))
  end)

  it("takes a picture's text with its credit behind a dash for a caption", function()
    local list = run(FIRST .. "\n\nMarta Oduya is seen before the old market on Tuesday. — Photo by Ann Lomax\n\n" .. SECOND .. "\n\n" .. THIRD)
    assert.equal("caption", kind_of(list, "Marta Oduya is seen"))
  end)
end)
