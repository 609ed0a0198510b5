-- entities: who, which body, where, in invented news text.

local trial = require "annalist.trial"

--- Mentions of a text as "kind: name" or "kind: name < title", in order.
local function mentions(text)
  local corpus <close> = trial.run { plugin = "entities", articles = { text } }
  local list = {}
  for row in corpus:rows("mention") do
    list[#list + 1] = row.kind .. ": " .. row.name .. (row.title and " < " .. row.title or "")
  end
  return list
end

local function has(list, wanted)
  for _, item in ipairs(list) do if item == wanted then return true end end
  return false
end

describe("entities", function()
  it("gives the name alone and keeps the title beside it", function()
    local found = mentions("Prime Minister Daniel Okafor met UN spokesperson Maria Lindqvist in Nairobi on Tuesday.")
    assert.is_true(has(found, "person: Daniel Okafor < Prime Minister"))
    assert.is_true(has(found, "person: Maria Lindqvist < UN spokesperson"))
    assert.is_true(has(found, "place: Nairobi"))
  end)

  it("takes a word for people for a title where a name follows it", function()
    local found = mentions("Economist Maria Lindqvist doubts it. Dean Martin Holloway was in Nairobi on Tuesday, said Photographer John Ekwueme.")
    for _, wanted in ipairs { "person: Maria Lindqvist < Economist", "person: John Ekwueme < Photographer", "person: John Ekwueme < Photographer" } do
      assert.is_true(has(found, wanted), wanted .. " in " .. table.concat(found, "; "))
    end
  end)

  it("leaves off possessives and articles", function()
    local found = mentions("The Finance Ministry said Kenya's debt had grown. President Paul Hansen's office agreed.")
    assert.is_true(has(found, "place: Kenya"))
    assert.is_true(has(found, "person: Paul Hansen < President"))
    assert.is_true(has(found, "organisation: Finance Ministry"))
  end)

  it("takes an abbreviation that the text explains for what it stands for", function()
    local found = mentions("The National Grain Committee (NGC) met in Oslo on Monday. By evening NGC had no answer. Farmers wrote to NGC again.")
    local count = 0
    for _, item in ipairs(found) do if item == "organisation: NGC" then count = count + 1 end end
    assert.equal(3, count)
  end)

  it("knows a person again by the family name alone", function()
    local found = mentions("Minister Anders Holmgren resigned on Friday. Reporters waited all day. Holmgren said nothing. Nobody had seen Holmgren leave.")
    local count = 0
    for _, item in ipairs(found) do if item:find("^person: .*Holmgren") then count = count + 1 end end
    assert.equal(3, count)
  end)

  it("takes no people's name for a place", function()
    for _, item in ipairs(mentions("Kenyan and Norwegian officials signed the treaty. Most Norwegians were asleep.")) do
      assert.is_nil(item:find("Norwegian") or item:find("Kenyan"))
    end
  end)

  it("takes no place from pro-, anti- and their like", function()
    local found = mentions("Pro-Nairobi officials met in Nairobi. The anti-Moscow rally in Oslo drew hundreds, and pan-European leaders stayed away.")
    assert.same({ "place: Nairobi", "place: Oslo" }, found)
  end)

  it("takes the whole of a name that holds of", function()
    local found = mentions("The ship left the Gulf of Finland on Monday. She studied at the University of Leeds and lives in the Republic of Ireland.")
    for _, wanted in ipairs { "place: Gulf of Finland", "organisation: University of Leeds", "place: Republic of Ireland" } do
      assert.is_true(has(found, wanted), wanted .. " in " .. table.concat(found, "; "))
    end
  end)

  it("finds the long form of an abbreviation whole", function()
    local found = mentions("Farmers of the Union of River Towns and Villages (URTV) met in Oslo. The URTV said prices had fallen.")
    assert.is_true(has(found, "organisation: Union of River Towns and Villages"), table.concat(found, "; "))
  end)

  it("finds names whole that other tongues build otherwise", function()
    local found = mentions("President Talant Bey Osmonov met Prime Minister Ergash uulu Bakyt. Sheikh Hamad bin Khalifa al-Sabri and Lin Wei-chen stayed in Doha.")
    for _, wanted in ipairs { "person: Talant Bey Osmonov < President", "person: Ergash uulu Bakyt < Prime Minister",
      "person: Hamad bin Khalifa al-Sabri < Sheikh", "person: Lin Wei-chen" } do
      assert.is_true(has(found, wanted), wanted .. " in " .. table.concat(found, "; "))
    end
  end)

  it("takes for a party what the text calls one", function()
    local found = mentions("Maria Lopez of the opposition Altan Zhol (Golden Road) party spoke first. Altan Zhol has three seats.")
    assert.is_true(has(found, "organisation: Altan Zhol") and not has(found, "person: Altan Zhol"), table.concat(found, "; "))
  end)

  it("takes the name behind a title for a person's, particles and all", function()
    local found = mentions("Rain kept everybody at home on Monday, and the mayor sat next to Governor al-Marwani without a word. Reporters said Colonel bin Dawud had left.")
    assert.is_true(has(found, "person: al-Marwani < Governor"), table.concat(found, "; "))
    assert.is_true(has(found, "person: bin Dawud < Colonel"), table.concat(found, "; "))
  end)

  it("knows a person again by any tail of the full name", function()
    local found = mentions("Opposition candidate Albert Ndoma Assi spoke for an hour. \"We wait,\" Ndoma Assi told the crowd. Nobody answered Assi that night.")
    for _, wanted in ipairs { "person: Albert Ndoma Assi < Opposition candidate", "person: Ndoma Assi", "person: Assi" } do
      assert.is_true(has(found, wanted), wanted .. " in " .. table.concat(found, "; "))
    end
  end)

  it("knows a firm again by its short form", function()
    local found = mentions("The money came from the builder Samgang Construction, the court heard. Samgang's lawyer called it a loan. Prosecutors searched Samgang on Friday.")
    local count = 0
    for _, item in ipairs(found) do if item == "organisation: Samgang" then count = count + 1 end end
    assert.equal(2, count, table.concat(found, "; "))
  end)

  it("takes the long form of an abbreviation over possessives and hyphens", function()
    local found = mentions("He waited outside the Taewon Southern District Prosecutors' Office (TSDPO) and the National Anti-Bribery Bureau (NAB) for hours.")
    assert.is_true(has(found, "organisation: Taewon Southern District Prosecutors' Office"), table.concat(found, "; "))
    assert.is_true(has(found, "organisation: National Anti-Bribery Bureau"), table.concat(found, "; "))
  end)

  it("takes all of a body's name up to the word that makes it one", function()
    local found = mentions("The shaking was felt in two towns, according to the US Volcanological Survey, which sent word to a Coastal Weather Observatory team at night.")
    assert.is_true(has(found, "organisation: US Volcanological Survey"), table.concat(found, "; "))
  end)

  it("takes for parties what the word before their list calls so", function()
    local found = mentions("The parties Birlik, Alga Zhurt and Nur Bereke (Light of Plenty) refused to sign. He led Temir Kol (Iron Hand) party for years.")
    for _, wanted in ipairs { "organisation: Birlik", "organisation: Alga Zhurt", "organisation: Nur Bereke", "organisation: Temir Kol" } do
      assert.is_true(has(found, wanted), wanted .. " in " .. table.concat(found, "; "))
    end
  end)

  it("makes a channel's name whole that begins with a number", function()
    local found = mentions("\"He said nothing to me,\" Maria Lopez told TV7 Nova this week.")
    assert.is_false(has(found, "person: Nova"), table.concat(found, "; "))
  end)

  --- Asserts that a text has these mentions.
  local function finds(text, ...)
    local found = mentions(text)
    for _, wanted in ipairs { ... } do assert.is_true(has(found, wanted), wanted .. " in " .. table.concat(found, "; ")) end
  end

  it("keeps a body's name whole at \"and\", \"for\" and behind the name of a person or town", function()
    finds("The Peace and Security Council met the Fisheries and Aquaculture Agency on Monday. It wrote to the Union of Farmers and Herders.",
      "organisation: Peace and Security Council", "organisation: Fisheries and Aquaculture Agency", "organisation: Union of Farmers and Herders")
    finds("The Maria Lopez Foundation for the Visual Arts gave the money, as the mayor said on Tuesday. Kavala City Council took it.",
      "organisation: Maria Lopez Foundation for the Visual Arts", "organisation: Kavala City Council")
    finds("They met at the National Museum of the U.S. Air Force, and later the Museum of Ships was shown to them.",
      "organisation: National Museum of the U.S. Air Force", "organisation: Museum of Ships")
  end)

  it("joins no event to the body that stands before it", function()
    local found = mentions("The singer won twice at the MTV Video Music Awards, her agent told reporters.")
    assert.is_false(has(found, "organisation: MTV Video Music"), table.concat(found, "; "))
  end)

  it("keeps a person's name whole: nickname, Jr., Dean and Don, a family name that is a common word", function()
    finds("The club was led by William \"Buck\" Mensah Jr. in those years.", "person: William \"Buck\" Mensah Jr")
    finds("The pump was made by Dean Kirrin, and Sheriff Don Wright saw it. Dean Mary Halloran of the law school agreed.",
      "person: Dean Kirrin", "person: Don Wright < Sheriff", "person: Mary Halloran < Dean")
    finds("They tried to take down a film with the actor Tom Harbour from the site. The Harbour film is banned.", "person: Tom Harbour < actor", "person: Harbour")
  end)

  it("takes for the maker of a picture whatever name it is credited with", function()
    finds("The show opened in May and many came.\n\nThe queue before the gate. Video: Lalgarrin & Sibbeton.\n\nIt went on for weeks, the mayor said.",
      "person: Lalgarrin", "person: Sibbeton")
  end)

  it("tells a party in a foreign tongue by its meaning, by its list, and by what is said of it", function()
    finds("The council was formed by the KLP, Alga-Meken (Homeland), Tutun Virak (New Dawn), Vir Kol (Together) and Samandash (Modern), a lawyer said.",
      "organisation: Alga-Meken", "organisation: Tutun Virak", "organisation: Vir Kol", "organisation: Samandash")
    finds("Zora Lidra, a party close to the army, lost. Supporters of Zora Lidra marched.", "organisation: Zora Lidra")
    finds("Both Union Progressiste le Renouveau and Bloc Populaire are for it, he said.",
      "organisation: Union Progressiste le Renouveau", "organisation: Bloc Populaire")
  end)

  it("takes no candidate for a party because a party stands in brackets behind the name", function()
    finds("Ann Lee (Unity) and Maria Lopez (Green Dawn) won their seats. Peter Adu, a party veteran, lost.",
      "person: Ann Lee", "person: Maria Lopez", "person: Peter Adu")
  end)

  it("finds everybody in a list, and initials", function()
    local found = mentions("Among the detained are Maria Lopez, J. R. Hale, Tomas Novak and A. Ibraimov, members of the Green Dawn party, lawyer Ann Moyo said.")
    for _, wanted in ipairs { "person: Maria Lopez", "person: J. R. Hale", "person: Tomas Novak", "person: A. Ibraimov", "person: Ann Moyo < lawyer" } do
      assert.is_true(has(found, wanted), wanted .. " in " .. table.concat(found, "; "))
    end
  end)

  it("takes no word for a name because it begins a sentence or a headline", function()
    for _, item in ipairs(mentions("Last night the rain fell.\n\nLatest in National\n\nOpponents said little. Experts disagree. Hundreds marched.")) do
      assert.is_nil(item, item)
    end
  end)

  it("takes no ship for a person or a body", function()
    for text, ships in pairs {
      ["Three people drowned in Oslo when the MV Laila Rani sank. Police said Laila Rani had no licence."] = { "Laila Rani" },
      ["The fishing trawler Karim Hasan capsized on Monday. On Tuesday the Karim Hasan lay off Mombasa."] = { "Karim Hasan" },
      ["Officials sent two rescue vessels, the Rustam and the Hero, from Mombasa."] = { "Rustam", "Hero" },
      ['Locals said the Mombasa launch "Anna Holm" tilted in the wind. Then a wooden ferry, the Sinar Bulan, came.'] = { "Anna Holm", "Sinar Bulan" },
    } do
      local found = table.concat(mentions(text), "; ")
      for _, ship in ipairs(ships) do assert.is_nil(found:find(ship, 1, true), found) end
    end
    local found = mentions("Governor Laila Hassan boarded the ferry Laila Hassan in Oslo. The ferry's owner, Karim Odera, said he would launch Nova Holding in May.")
    assert.is_true(has(found, "person: Laila Hassan < Governor"), table.concat(found, "; "))
    assert.is_true(has(found, "person: Karim Odera"), table.concat(found, "; "))
  end)

  it("takes a foreign body's name and its meaning in brackets for one body each, and the abbreviation for another", function()
    local found = mentions("The Mouvement pour l'Avenir (Movement for Progress, MPG), in power since May, met the Ligue africaine (African League, LA). " ..
      "The Ligue pour l'Unité (Front for Unity, LPU) did too. The Otema (Economic Union of East Sea States, EUESS) sent nobody. Anders Holmgren (Rural Labour Party, RLP) voted against.")
    local list = table.concat(found, "; ")
    for _, wanted in ipairs { "Mouvement pour l'Avenir", "Movement for Progress", "Ligue africaine", "African League", "Ligue pour l'Unité", "Front for Unity", "Economic Union of East Sea States",
                              "EUESS", "Rural Labour Party" } do
      assert.is_true(has(found, "organisation: " .. wanted), wanted .. " in " .. list)
    end
    assert.is_true(has(found, "person: Anders Holmgren"), list)
    found = mentions("She spoke for the passengers' group Nagarik Sheba Samiti (Citizens' Service Association). Her group counts the dead.")
    assert.is_true(has(found, "organisation: Nagarik Sheba Samiti"), table.concat(found, "; "))
    assert.is_true(has(found, "organisation: Citizens' Service Association"), table.concat(found, "; "))
  end)

  it("takes the whole of a name up to the brackets that abbreviate it", function()
    local found = mentions("The Union of Free Teachers and Gardeners (UGTF) met in Alta on Monday. He led the Society of Quiet Weavers and Dyers (SDWQ) for years.")
    for _, wanted in ipairs { "Union of Free Teachers and Gardeners", "UGTF", "Society of Quiet Weavers and Dyers", "SDWQ" } do
      assert.is_true(has(found, "organisation: " .. wanted), wanted .. " in " .. table.concat(found, "; "))
    end
  end)

  it("keeps the small words of other tongues inside a body's name", function()
    local found = mentions("The Rassemblement pour la Paix won 12 seats on Sunday. The Frente por el Cambio and the Bund der Vertriebenen lost, and so did the Partido do Povo.")
    for _, wanted in ipairs { "Rassemblement pour la Paix", "Frente por el Cambio", "Bund der Vertriebenen", "Partido do Povo" } do
      assert.is_true(has(found, "organisation: " .. wanted), wanted .. " in " .. table.concat(found, "; "))
    end
  end)

  it("takes no woman with an age or a woman's second name for a body", function()
    for text, wanted in pairs {
      ["Noreen Akhter Begum, 44, mother of the missing child, fainted on the pier."] = "person: Noreen Akhter Begum",
      ["Neighbours brought Laila Khatun rice. Laila Khatun thanked them."] = "person: Laila Khatun",
      ["Sunita Devi, 31, mother of the missing child, fainted."] = "person: Sunita Devi",
    } do
      local found = mentions(text)
      assert.is_true(has(found, wanted), wanted .. " in " .. table.concat(found, "; "))
    end
  end)

  it("finds nothing in a text without names, and fails on none", function()
    assert.same({}, mentions("the rain fell all night and nobody slept."))
    assert.same({}, mentions("..."))
  end)
end)
