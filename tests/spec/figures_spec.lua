-- Figures: each case is a small article of invented news, and the figures that must be read from it. One corpus, one run.
-- A wanted figure is { measure, value, other columns that must agree }; `only` lists the measures of which there may be no others.

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")
local sqlite = require "annalist.sqlite"

local cases = {
  { "counts people before and after the verb", "A landslide killed three people near Alta on Sunday. Twelve others were injured.",
    { { "killed", 3 }, { "injured", 12 } } },
  { "parts two counts in one sentence", "One person died and 12 others were hurt when the roof of a market hall fell in.",
    { { "killed", 1 }, { "injured", 12 } } },
  { "adds up those who stand side by side", "The fire tore through a farmhouse overnight, killing a woman and her two children.",
    { { "killed", 3 } }, only = { "killed" } },
  { "reads that nobody was hurt", "The train left its tracks outside Brno. No one was hurt, the railway said.",
    { { "injured", 0 } }, only = { "injured" } },
  { "counts a single man without a number", "A guard was shot dead at the gate of the mint on Friday night.",
    { { "killed", 1 } } },
  { "takes those who were shot for injured, less the dead", "Five men were shot, three of them fatally, in a bar near the port, police said.",
    { { "killed", 3 }, { "injured", 2 } } },
  { "knows a total from its part", "Forty-one miners, including two apprentices, were killed in the blast.",
    { { "killed", 41 } }, only = { "killed" } },
  { "reads dozens and hundreds with their qualifiers", "At least two dozen people were injured and more than 1,500 were detained.",
    { { "injured", 24, qualifier = "at least" }, { "detained", 1500, qualifier = "more than" } } },
  { "reads ranges", "Between 10 and 15 sailors were missing after the storm, the navy said.",
    { { "missing", 10, maximum = 15 } } },
  { "reads a toll that rises", "The death toll rose to 212 on Tuesday, from 180 a day earlier.",
    { { "killed", 212 }, { "killed", 180 } } },
  { "reads a count behind its noun, however it is put", "Deaths from the storm climbed. Deaths rose to 44, and the number of people killed in Tarn has risen to 46. The body count reached 57.",
    { { "killed", 44 }, { "killed", 46 }, { "killed", 57 } } },
  { "tells the new toll from the one that it takes the place of", "The mayor's office lowered the death toll from 40 to 37 on Tuesday.",
    { { "killed", 37 }, { "killed", 40 } } },
  { "gives a number within marks to the one before the verb", [[A nurse at the port's clinic, Rosa Lund, put the number of dead at "surely above sixty".]],
    { { "killed", 60, qualifier = "more than", attributed_to = "A nurse at the port's clinic" } } },
  { "reads who says that at least so many died", "Opposition supporters said at least 20 people had died. Miners' leaders said over 30 were injured.",
    { { "killed", 20, qualifier = "at least", attributed_to = "Opposition supporters" }, { "injured", 30, qualifier = "more than", attributed_to = "Miners' leaders" } } },
  { "does not take who hands the news on for who counts", "At least 58 sailors died, reported yesterday the minister of the interior Lena Holt, citing the agency Interline.",
    { { "killed", 58, attributed_to = "the minister of the interior Lena Holt" } } },
  { "gives a number to the one who changes it", "As officials lowered the death toll in the Korsk mine fire to 21 on Monday, a nurses' group, Open Pit, spoke of 55 dead.",
    { { "killed", 21, attributed_to = "officials" }, { "killed", 55 } } },
  { "finds the number of a toll that stands far off", "The death toll from the fire in the harbour of old Korsk rose to 23, and 31 miners were trapped.",
    { { "killed", 23 }, { "trapped", 31 } } },
  { "does not take ages, hours or addresses for counts", "Joan Ritter, 54, was killed around 7:30 p.m. in the 1200 block of Mill Road.",
    { { "killed", 1 } }, only = { "killed" } },
  { "does not count who was not hurt", "The driver was not injured, and his two passengers were not hurt.", {}, only = { "injured", "killed" } },
  { "counts those who came to protest", "About 3,000 people gathered before the courthouse. Organisers put the crowd at 10,000.",
    { { "protesters", 3000, qualifier = "about" }, { "protesters", 10000 } } },
  { "reads headlines without articles", "Woman shot, two boys hurt in Lakeside market\n\nPolice in Lakeside asked witnesses to come forward after an evening of violence at the market.",
    { { "injured", 2 } } },
  { "reads one who hurts himself", "The teenager told doctors that he had accidentally shot himself in the foot. A 16-year-old boy was hospitalized.",
    { { "hospitalised", 1 } } },
  { "reads money, shares and votes", "The bank lost some $2.4 billion. The motion won 61 votes, or 51 percent of the chamber.",
    { { "money", 2400000000, unit = "USD", qualifier = "about" }, { "votes", 61 }, { "percent", 51 } } },
  { "reads a second count of what was counted before", "At least 4,000 people stood on the square, the police said. Organisers spoke of more than 6,000. The mayor said so.",
    { { "protesters", 4000 }, { "protesters", 6000, qualifier = "more than", attributed_to = "Organisers" } } },
  { "does not take two who are named for a crowd", "Supporters cheered the leaders. Ann Lee and Ivo Kral, who marched to the square on Monday, spoke last.", {}, only = { "protesters" } },
  { "gives a number to the one who counts in its own clause", [[Some 300 supporters waited outside, police said; his own staff put the crowd at "not less than two thousand".]],
    { { "protesters", 300, attributed_to = "police" }, { "protesters", 2000, attributed_to = "his own staff" } } },
  { "gives a number to the one whom an agency cites", "Forty villagers were injured, the Interline agency reported, citing the country's Health Ministry.",
    { { "injured", 40, attributed_to = "Health Ministry" } } },
  { "lets a second clause with its own source end what the first one says", "Guards put the number of dead at 14; the miners' union says 19 people were killed.",
    { { "killed", 14, attributed_to = "Guards" }, { "killed", 19, attributed_to = "the miners' union" } } },
  { "does so at a comma too", "Guards put the number of dead at 14, while the miners' union says 19 people were killed.",
    { { "killed", 14, attributed_to = "Guards" }, { "killed", 19, attributed_to = "the miners' union" } } },
  { "gives a number to the one who counted it, named or not", "The number of dead rose to nine, the harbour office said. It counted 53 injured. Colonel Ivo Kral of the rescue troops came late. Sixty people were rescued, he said.",
    { { "injured", 53, attributed_to = "the harbour office" }, { "rescued", 60 } } },
  { "finds who is meant by he in the sentence before", "Divers brought up 19 bodies, said Colonel Ivo Kral of the rescue troops. Fifty people were rescued and 37 were still missing, he said.",
    { { "rescued", 50, attributed_to = "Colonel Ivo Kral of the rescue troops" }, { "missing", 37, attributed_to = "Colonel Ivo Kral of the rescue troops" } } },
  { "finds her who put a number in the sentence before", "Said Ivo Kral of the port: 25 sailors were missing. Captain Lena Ost of the coast guard, however, put the number of dead at 36. She said two bodies had been carried home.",
    { { "killed", 36 }, { "killed", 2, attributed_to = "Captain Lena Ost of the coast guard" } } },
  { "gives the count in a paper to whoever made it", "Twelve people died, according to a last tally that the harbour office published on Monday. Thirty were injured, a bulletin by the coast guard said.",
    { { "killed", 12, attributed_to = "the harbour office" }, { "injured", 30, attributed_to = "the coast guard" } } },
  { "gives nothing to a phrase that begins with a preposition", "The dig was ended on Saturday, with 43 people confirmed dead and 12 still unaccounted for, an old miner said.",
    { { "missing", 12, attributed_to = "an old miner" } } },
  { "reads a count by who was hurt, dead or saved", "Rescued miners numbered 101. The injured exceed fifty. The missing number 25. The list is of three dead in the ranks of the guard.",
    { { "rescued", 101 }, { "injured", 50, qualifier = "more than" }, { "missing", 25 }, { "killed", 3 } } },
  { "reads those who are looked for, not found or saved", "Rescuers searched for 11 miners. More than eighty persons are still not found. Boats saved 31 people. Sixteen others are without news.",
    { { "missing", 11 }, { "missing", 80, qualifier = "more than" }, { "rescued", 31 }, { "missing", 16 } }, only = { "rescued" } },
  { "reads a count behind its article", "The envoy said that the number of dead is 34 and the missing 25 people.", { { "killed", 34 }, { "missing", 25 } } },
  { "reads the fallen and those who are held", "The league mourns 13 martyrs. Eleven marchers fell by the bullets of the guard. It demands the release of 230 detainees, and 78 suspects were being held.",
    { { "killed", 13, attributed_to = "The league" }, { "killed", 11 }, { "detained", 230, attributed_to = "The league" }, { "detained", 78 } }, only = { "protesters" } },
  { "reads a second count in the same sentence", "Guards said about 400 people took part, while organisers spoke of more than 2,000. The clinic counted 40 injured; nurses spoke of 70.",
    { { "protesters", 400 }, { "protesters", 2000, qualifier = "more than", attributed_to = "organisers" }, { "injured", 40, attributed_to = "The clinic" },
      { "injured", 70, attributed_to = "nurses" } } },
  { "reads an earlier count told for comparison, as of its day", "The cabinet said that twelve people died; three days ago it spoke of three.",
    { { "killed", 12, attributed_to = "The cabinet" }, { "killed", 3, attributed_to = "The cabinet", as_of = "2021-02-27" } } },
  { "reads what a rally drew", "The march drew some 3,000 people, the guard said. The union's leader, Ann Lee, spoke of 15,000. A crowd of 700 stood at the gate.",
    { { "protesters", 3000 }, { "protesters", 15000 }, { "protesters", 700 } } },
  { "reads a part of the dead, those told of by their state, and a count of one kind", "Fifteen of the dead were pilots. The league counted 31 dead sailors. Elders put the number of civilian dead at 35. The injured are 49.",
    { { "killed", 15 }, { "killed", 31, attributed_to = "The league" }, { "killed", 35, attributed_to = "Elders" }, { "injured", 49 } } },
  { "does not take the people for the dead themselves, nor months for people", "She spoke of the four miners killed in May. The number of miners injured has grown in the past five months.",
    { { "killed", 4 } }, only = { "killed", "injured" } },
  { "reads a second crowd with at alone", "The guard put the crowd at 5,000, the union's office at 40,000. Some 300 widows blocked the road; the union spoke of 900.",
    { { "protesters", 5000 }, { "protesters", 40000, attributed_to = "the union's office" }, { "protesters", 300 }, { "protesters", 900 } } },
  { "tells the new cases of a day from all of them", "The clinic reported 330 new fever cases. The number of cases rose to 2,480. The blast killed two, trapping 47 underground.",
    { { "new cases", 330 }, { "infected", 2480 }, { "trapped", 47 } }, only = { "infected" } },
  { "counts those aboard, not how many a ship may take", "The barge was carrying about 200 passengers. Survivors said that more than 300 people were on board. It was licensed to carry 142.",
    { { "aboard", 200, qualifier = "about" }, { "aboard", 300, qualifier = "more than", attributed_to = "Survivors" } }, only = { "aboard" } },
  { "makes one of two kinds neither", "The union has counted 61 dead and missing. The official number is 55. Forty people were killed or injured.",
    { { "dead or missing", 61, attributed_to = "The union" }, { "dead or missing", 55 }, { "casualties", 40 } }, only = { "killed", "injured", "missing" } },
  { "does not take the wounded of whom somebody speaks for one", '"Every one of them is my brother," she said of the wounded.', {}, only = { "injured" } },
  { "gives a number of which only the size is told its range", "Dozens were injured and hundreds of people were detained.",
    { { "injured", 24, maximum = 99 }, { "detained", 200, maximum = 999 } } },
  { "reads what a number should have been", "On Friday we gave the number of the dead as 47. It should have been 41.\n\nWe wrote that eleven miners were admitted to the Vell clinic. The correct number is 17.",
    { { "killed", 47 }, { "killed", 41 }, { "hospitalised", 11 }, { "hospitalised", 17 } } },
  { "passes over the number in a headline that is told of", 'In a report headlined "Death toll rises to 34 in mine blast", we gave a wrong name.', {}, only = { "killed" } },
  { "counts one who is told of twice in a breath once", "He is accused of killing a forest guard killed in a raid.", { { "killed", 1 } }, once = "killed" },
  { "says who states a figure", "Eighteen villagers were killed, according to the Interior Ministry. Rescue worker Ida Holm said 30 were injured.",
    { { "killed", 18, attributed_to = "the Interior Ministry" }, { "injured", 30, attributed_to = "Ida Holm" } } },
  { "leaves figures of the past with their date", "Three people were killed on Monday. In 1998 a flood in the same valley killed 45 people.",
    { { "killed", 3, as_of = "2021-03-02" }, { "killed", 45, as_of = "1998" } } },
  { "dates a figure by the day of the report", "Three climbers were found dead on Mount Orla on Sunday, the mountain rescue said on Tuesday.",
    { { "killed", 3, as_of = "2021-03-02" } } },
  { "reads what a translating machine writes", "According to the ministry of the health, died four persons, and 60 were wounded.",
    { { "killed", 4 }, { "injured", 60 } } },
  { "reads double and triple crimes", "A double murder has shaken the village of Tarn.", { { "killed", 2 } } },
  { "reads words that stand around the people", "The flood claimed 12 lives and drove some 8,000 people from their homes. The mayor drove home at dawn.",
    { { "killed", 12 }, { "displaced", 8000, qualifier = "about" } }, only = { "killed", "displaced" } },
  { "gives both ends of a range their multiplier", "Floods of that kind have displaced 15 to 20 million people.", { { "displaced", 15000000, maximum = 20000000 } } },
  { "adds up a list that a total announces only once", "Three passengers, a nurse, a driver and a boy, were injured in the crash.", { { "injured", 3 } }, only = { "injured" } },
  { "does not take people in hospital for injured where the news is of a disease", "The virus has reached the coast. Forty villagers were hospitalized in Elmar.",
    { { "hospitalised", 40 } }, only = { "injured" } },
  { "does not take two thousand for a year", "Organisers put the crowd at not less than two thousand.", { { "protesters", 2000, qualifier = "at least", as_of = "2021-03-02" } } },
  { "counts the displaced and the rescued", "Some 20,000 residents were evacuated and 14 hikers were rescued.",
    { { "displaced", 20000, qualifier = "about" }, { "rescued", 14 } } },
  { "counts peoples by their names", "Shells killed 12 Palestinians and hurt 30 Kyrgyz. At least 14 Uzbeks died at the border.",
    { { "killed", 12 }, { "injured", 30 }, { "killed", 14, qualifier = "at least" } } },
  { "counts those of whom somebody was one", "The pilot was one of four people hit by gunfire on the quay.", { { "injured", 4 } } },
  { "adds one who kills himself to those whom he killed", "A clerk killed his wife and two sons before shooting himself in Tarn.", { { "killed", 3 }, { "killed", 4 } } },
  { "counts one where he hurt others and killed himself", "A clerk wounded three others and then killed himself.", { { "injured", 3 }, { "killed", 1 } }, only = { "killed" } },
  { "finds the one before an aside", "One sailor, later identified as Ida Holm, 25, of Tarn, was pronounced dead at the pier.", { { "killed", 1 } } },
  { "takes ages for no number of people", "Four other sailors, between the ages of 16-18, were also injured in the blast.", { { "injured", 4 } }, only = { "injured" } },
  { "gives no plural number to one who is dead", "A guard who shot 4, including two pilots, is killed by police.", { { "killed", 1 } }, only = { "killed" } },
  { "reads what a relative clause counts", "Three men involved in the brawl that also injured seven others have left the country.", { { "injured", 7 } } },
  { "adds up a list of bodies that is a subject", "The bodies of a cook, a nurse and a boy were found in the cellar.", { { "killed", 3 } } },
  { "does not count an hour", "A sailor was wounded in a shooting around 9:30 p.m. near the port.", {}, only = { "shot" } },
  { "counts nobody who has died among the hurt", "A 3-year-old boy was critically injured in the fire in Vell. The boy, 3, died on Tuesday, doctors said.", { { "killed", 1 } }, only = { "injured" } },
  { "counts one who was shot beside the dead", "A girl, 7, was shot and killed in Vell. Her uncle, 31, was also shot in the leg.", { { "killed", 1 }, { "injured", 1 } } },
  { "counts nobody twice who is first described and then named", "A 15-year-old boy was shot in the back in Vell. Ivo Kral, 15, died at dawn.", { { "killed", 1 } }, only = { "injured" } },
  { "counts a company by its number", "The rebels shot down a plane over Tarn, killing its crew of five. A family of four was hurt on the ground.", { { "killed", 5 }, { "injured", 4 } } },
  { "reads a plus behind a number", "20+ injured in bus crash near Vell", { { "injured", 20, qualifier = "at least" } } },
  { "counts the dead of a ship for no people aboard", "The ferry, carrying 45 passengers, burned out, killing 18 on board.", { { "killed", 18 }, { "aboard", 45 } }, only = { "aboard" } },
  { "reads who is treated in several hospitals", "Some 50 people were being treated in three hospitals of Vell.", { { "hospitalised", 50, qualifier = "about" } } },
  { "takes no fire that claims lives for who says so", "The fire claimed the lives of 12 sailors, and a second one claimed 14 lives.", { { "killed", 12 }, { "killed", 14 } }, nobody = true },
  { "knows a count of many events from that of one in the next clause", "Last year 120 people died in such accidents, while 4 were killed on Monday.", { { "killed", 4, as_of = "2021-03-02" } } },
  { "counts the one beside whom others were hit", "The pastor was preaching when he and eight others were shot dead.", { { "killed", 9 } } },
  { "reads who turned to doctors", "During the night 590 citizens turned to doctors in Vell.", { { "injured", 590 } } },
  { "reads lakh and crore as multipliers", "More than 1.5 lakh people were displaced in Orsa. Two lakh residents were evacuated. The bridge cost Rs 94 crore, the road Rs2.5 billion, the gate Rs10,000.",
    { { "displaced", 150000, qualifier = "more than" }, { "displaced", 200000 }, { "money", 940000000, unit = "INR" }, { "money", 2500000000, unit = "INR" }, { "money", 10000, unit = "INR" } } },
  { "reads 1.1 lakh as a whole number", "Some 1.1 lakh villagers were made homeless.", { { "displaced", 110000 } } },
  { "reads a second number of another kind", "The guild put the number of injured at 211 and of detained at 290. The count of the wounded stood at 119 on Monday and of the detained at 214.",
    { { "injured", 211, attributed_to = "The guild" }, { "detained", 290, attributed_to = "The guild" }, { "injured", 119 }, { "detained", 214 } }, only = { "injured", "detained" } },
  { "reads a list", "Losses (confirmed): Deaths 64 (male 29, female 35). Injured 139. Missing 97.\n\nDisplaced: 9,200 persons in 11 camps.\n\nRescued - 12",
    { { "killed", 64 }, { "injured", 139 }, { "missing", 97 }, { "displaced", 9200 }, { "rescued", 12 } }, only = { "killed", "injured", "missing" } },
  { "takes no more than for a maximum, and no dead people who vote for a toll", "There were no more than 87 people injured. She says that 12,000 dead people voted and 300 dead women are on the register.",
    { { "injured", 87, qualifier = "up to" } }, only = { "killed" } },
  { "gives a number behind a name and a colon to the one who is named", "18:20 ORMA: 64 dead, 139 injured.\n\n12:15 JUST IN - Police: 71 bodies recovered.\n\nCasualties: 15 dead.",
    { { "killed", 64, attributed_to = "ORMA" }, { "injured", 139, attributed_to = "ORMA" }, { "killed", 71, attributed_to = "Police" }, { "killed", 15 } } },
  { "reads who else counts a crowd", "Guards put the crowd at 6,000. Organisers said that it was 25,000.", { { "protesters", 6000, attributed_to = "Guards" }, { "protesters", 25000, attributed_to = "Organisers" } } },
  { "reads two counts of a crowd that have no noun", "Crowds filled the square; guards say 6,000, organisers 25,000. They held a rally that guards said drew 3,000 people.",
    { { "protesters", 6000, attributed_to = "guards" }, { "protesters", 25000, attributed_to = "organisers" }, { "protesters", 3000 } } },
  { "reads a second source with of or at alone", "The governor speaks of 87 injured, clinics of 142. On Monday her office put the number of injured since the strike began at 133, and Open Gate at 302.",
    { { "injured", 87, attributed_to = "The governor" }, { "injured", 142, attributed_to = "clinics" }, { "injured", 133, attributed_to = "her office" }, { "injured", 302, attributed_to = "Open Gate" } } },
  { "reads who was treated", "The clinics have treated 188 people since Monday, said Ida Holm. The ministry raised its count of injured to 121.", { { "hospitalised", 188 }, { "injured", 121 } } },
  { "reads who was moved and who lives in camps", "Fourteen thousand individuals have been shifted to tents. Ost put the number of displaced at about 9,000. A clerk gave a figure of 15,000. Some 13,800 people remain in camps. "
    .. "Helicopters lifted 186 people from roofs.",
    { { "displaced", 14000 }, { "displaced", 9000, attributed_to = "Ost" }, { "displaced", 15000 }, { "displaced", 13800 }, { "rescued", 186 } } },
  { "dates a count by the day that is said to be its own", "Divers had brought up 31 bodies by Sunday evening. Monday's figure was 29. ORMA had 71 deaths as of 1200 hrs, 27 February 2021.",
    { { "killed", 29, as_of = "2021-03-01" }, { "killed", 71, as_of = "2021-02-27" } } },
  { "does not date a count by what another clause tells of", "The dam, certified as safe in May 2020, and which killed 69 people, is gone. In May 2019, a flood killed 30 people.",
    { { "killed", 69, as_of = "2021-03-02" }, { "killed", 30, as_of = "2019-05" } } },
  { "takes her whom the sentence before is about for she", 'The guard said that 12 people were hurt. "Go home," Ivo Kral said. Tribunal president Una Vane resigned. She said that 40 people had been detained.',
    { { "injured", 12, attributed_to = "The guard" }, { "detained", 40, attributed_to = "Una Vane" } } },
}

describe("figures", function()
  local folder, db

  setup(function()
    folder = workshop.folder()
    workshop.plugin(folder, "no_entities", [[return { name = "no_entities", version = 1, api = 1, summary = "one name", provides = "entities", needs = { "sentences" },
      results = { mention = { { "mention_id", "id" }, { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "kind", "text" }, { "name", "text" }, { "title", "text" } } },
      article = function(ctx, article)
        for a, b in article.text:gmatch("()Una Vane()") do ctx:emit("mention", { first = a, last = b - 1, kind = "person", name = "Una Vane" }) end
      end }]])
    workshop.plugin(folder, "fixed_day", [[return { name = "fixed_day", version = 1, api = 1, summary = "one day for all", provides = "published", needs = { "sentences" },
      results = { published = { { "article_id", "integer!" }, { "date", "text" }, { "precision", "text" }, { "confidence", "number" }, { "method", "text" }, { "first", "integer" }, { "last", "integer" }, { "reason", "text" } } },
      article = function(ctx) ctx:emit("published", { date = "2021-03-02", precision = "day", confidence = 1, method = "text", reason = "a test" }) end }]])
    local texts = {}
    for i, case in ipairs(cases) do texts[i] = case[2] end
    workshop.add(folder .. "/c.db", texts)
    local result = workshop.run(folder, { "figures" }, { use = { entities = "no_entities", published = "fixed_day" }, article_seconds = 5, corpus_seconds = 20, memory = 256 << 20 })
    assert(result.failed == 0, result.errors[1] and result.errors[1].message)
    db = sqlite.open(folder .. "/c.db", "read")
  end)
  teardown(function()
    if db then db:close() end
    workshop.clear(folder)
  end)

  for i, case in ipairs(cases) do
    it(case[1], function()
      local found = db:all([[select figure.*, substr(cast(text as blob), first, last - first + 1) as passage from figure join article using (article_id)
        where text = ? order by first]], cases[i][2])
      local shown = {}
      for n, r in ipairs(found) do shown[n] = ("%s %s %s %s %s | %s"):format(r.measure, r.value, tostring(r.qualifier), tostring(r.as_of), tostring(r.attributed_to), r.passage) end
      shown = table.concat(shown, "\n")
      local wanted = {}
      for _, want in ipairs(case[3]) do
        local hit
        for _, r in ipairs(found) do
          if r.measure == want[1] and r.value == want[2] then
            local agrees = true
            for key, value in pairs(want) do
              if type(key) == "string" then agrees = agrees and (r[key] == value or key == "attributed_to" and r[key] and r[key]:find(value, 1, true) ~= nil) end
            end
            hit = hit or agrees
          end
        end
        assert(hit, ("no %s %s as wanted among:\n%s"):format(want[1], want[2], shown))
        wanted[want[1] .. want[2]] = true
      end
      for _, r in ipairs(case.nobody and found or {}) do assert.is_nil(r.attributed_to) end
      if case.once then
        local n = 0
        for _, r in ipairs(found) do n = n + (r.measure == case.once and 1 or 0) end
        assert(n == 1, "more than one row among:\n" .. shown)
      end
      for _, measure in ipairs(case.only or {}) do
        for _, r in ipairs(found) do
          if r.measure == measure then assert(wanted[measure .. math.tointeger(r.value)], "unwanted among:\n" .. shown) end
        end
      end
    end)
  end
end)
