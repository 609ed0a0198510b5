-- Who said what: each case is a small article of invented news and what must be found in it. One corpus, one run for all of them.

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")
local sqlite = require "annalist.sqlite"

local cases = {
  { "finds direct speech before and after its cue",
    [["The bridge is closed," said Marta Olsen, the mayor. "Nobody may cross it before Friday."]],
    { { "The bridge is closed", "Marta Olsen", "direct" }, { "Nobody may cross it before Friday", "Marta Olsen", "direct" } } },
  { "finds both parts of a quotation that its cue interrupts",
    [["We waited for the ferry," he told the Daily Post, "until the last light went out."]],
    { { "We waited for the ferry", "he", "direct" }, { "until the last light went out", "he", "direct" } } },
  { "reads curly marks, guillemets, German marks and two single ones",
    "“The dam holds,” engineer Paul Brandt said.\n\n«The dam is old,» said Lena Fort.\n\n„The dam leaks“, said Ivo Kral.\n\n''The dam is safe enough,'' said Ms. Tanner.",
    { { "The dam holds", "Paul Brandt", "direct" }, { "The dam is old", "Lena Fort", "direct" }, { "The dam leaks", "Ivo Kral", "direct" }, { "The dam is safe enough", "Ms. Tanner", "direct" } } },
  { "does not take a few words in a sentence about something else for speech",
    [[They played "Winter Roads." The band, whose first record was called "Harbour Lights," split up over "new money" in May.]], {} },
  { "takes the name that follows an office for the speaker",
    "Meanwhile, the Secretary-General of the Lake Council, Anna Doriel, called on all sides to return to the table.",
    { { "all sides to return to the table", "Anna Doriel", "indirect" } } },
  { "takes the name behind an office that somebody has for the speaker",
    [[The league's board chairman, Per Holm, called the vote "a palace affair". Arvia's harbour minister, Ana Lima, said that the pier was closed. The union's secretary, Rosa Lind, "strongly condemned" the raid.]],
    { { "the vote \"a palace affair\"", "Per Holm", "mixed" }, { "the pier was closed", "Ana Lima", "indirect" }, { "strongly condemned", "Rosa Lind", "direct" } } },
  { "takes no label for a speaker", "Photo: a flooded street in the old town (Interline)\n\nVideo: boats tow the ferry home", {} },
  { "ends a speaker before his verb, though it is an irregular one", "Supporters of the two losers took to the streets on Monday, demanding that the vote be held again.",
    { { "the vote be held again", "Supporters of the two losers", "indirect" } } },
  { "reads marks with spaces on both their sides", [[Ida Berg told the council that " the bridge is closed " and left. The council was " deeply sorry " for it.]],
    { { [[" the bridge is closed " and left]], "Ida Berg", "mixed" } } },
  { "gives a quotation behind a semicolon to its own clause", [[Some 300 men stood outside, police said; the organisers put the crowd at "not less than two thousand".]],
    { { "not less than two thousand", "the organisers", "direct" } } },
  { "says nothing of who a month or a participle is", "August 23 - The rebels overrun the old fort, mocking the flag on its tower. The buses came late, and kept calling for drivers.", {} },
  { "ends a thing rejected where the main clause goes on", "Villagers who rejected the plan for a quarry by the lake managed to stop the diggers, which had come from the north.",
    { { "the plan for a quarry by the lake", "Villagers", "indirect" } } },
  { "takes no letter that is written and no film that shows things for speech",
    "Ida Berg wrote a long letter to the harbour board. Police looked at a film that showed two boats in the fog. The captain wrote that the film was old.",
    { { "the film was old", "captain", "indirect" } } },
  { "drops a lost source at the end", "She said guards had been told to hold back and did not stop the crowd, according to",
    { { "guards had been told to hold back and did not stop the crowd", "She", "indirect" } } },
  { "keeps whose husband speaks", "Her husband said the boat was sold in May.", { { "the boat was sold in May", "Her husband", "indirect" } } },
  { "finds the speaker in an apposition behind what was said", "Omar Lund was taken from his house at dawn, his wife, Greta Lund, told the Harbour Post.",
    { { "Omar Lund was taken from his house at dawn", "his wife, Greta Lund", "indirect" } } },
  { "takes a name behind the office for the source", "According to the spokesman of the port, Sidi Halvar, the pier is to be closed.",
    { { "the pier is to be closed", "Sidi Halvar", "indirect" } } },
  { "gives what a paper quotes to whom it quotes", "The paper quoted a night guard as saying that the gate stood open.",
    { { "the gate stood open", "a night guard", "indirect" } } },
  { "takes no search called off, people confirmed dead, quoted headline or summoned man for speech",
    "Norland called off the search on Saturday, with 43 people confirmed dead. We regret the headline \"Ferry lost with all hands\". The minister dismissed him.", {} },
  { "reads an order past the way it was given", "Captain Lund ordered him by radio to drop the anchor.",
    { { "to drop the anchor", "Captain Lund", "indirect" } } },
  { "bears with a closing mark turned the wrong way",
    "“Last night the harbour was taken by force, “the statement said.",
    { { "Last night the harbour was taken by force", "the statement", "direct" } } },
  { "goes on over paragraphs whose marks are opened again",
    "“The strike began at dawn and spread to every mine,” said Jonas Beck, a union man. “We had no choice.\n\n“By noon the roads were full of people.”",
    { { "The strike began at dawn and spread to every mine", "Jonas Beck", "direct" }, { "By noon the roads were full of people", "Jonas Beck", "direct" } } },
  { "keeps a question and the one who asked it together",
    [["Who will pay for the roof?" Mrs. Lindqvist asked. Nobody answered.]],
    { { "Who will pay for the roof?", "Mrs. Lindqvist", "direct" } } },
  { "finds a clause with that and one without",
    "The ministry said that the vaccine would arrive in March. Dr. Amina Said said the clinics were ready.",
    { { "the vaccine would arrive in March", "The ministry", "indirect" }, { "the clinics were ready", "Dr. Amina Said", "indirect" } } },
  { "finds what stands before its speaker",
    "The river has fallen by two metres since Sunday, the water board said.",
    { { "The river has fallen by two metres since Sunday", "the water board", "indirect" } } },
  { "reads past the person spoken to and the occasion",
    "Foreign Minister Ana Duarte told reporters in Lisbon on Monday that the treaty was dead.",
    { { "the treaty was dead", "Ana Duarte", "indirect" } } },
  { "finds the subject behind an apposition and a relative clause",
    "Peter Hale, a spokesman for the port authority, said two cranes had fallen. The captain, who left the ship last, said the fire began in the hold.",
    { { "two cranes had fallen", "Peter Hale", "indirect" }, { "the fire began in the hold", "captain", "indirect" } } },
  { "keeps a role without a name as it stands",
    "A spokesman for the ministry said the border would stay open.",
    { { "the border would stay open", "A spokesman for the ministry", "indirect" } } },
  { "finds according to, at the start and at the end",
    "According to the Coast Guard, three boats are missing. The search was called off at dusk, according to a naval officer.",
    { { "three boats are missing", "the Coast Guard", "indirect" }, { "The search was called off at dusk", "a naval officer", "indirect" } } },
  { "takes a clause with a quoted part as mixed",
    [[Senator Ruth Carver said that the budget was "a house of cards" and would fall by spring.]],
    { { [[the budget was "a house of cards" and would fall by spring]], "Ruth Carver", "mixed" } } },
  { "parts what one speaker said with two verbs",
    "The union rejected the offer on Friday and said the strike would go on, adding that talks could resume in May.",
    { { "the strike would go on", "The union", "indirect" }, { "talks could resume in May", "The union", "indirect" } } },
  { "finds vows, accusations and praise",
    "The governor vowed to rebuild the school. Opposition leader Dan Weir accused the cabinet of hiding the report.",
    { { "to rebuild the school", "The governor", "indirect" }, { "the cabinet of hiding the report", "Dan Weir", "indirect" } } },
  { "does not take nouns for verbs",
    "The report claims of two insurers were filed late. His demands and the offers of others lay on the table.", {} },
  { "does not take a book's title for speech",
    [[She keeps a copy of "The Winter Road Home" on her desk all year.]], {} },
  { "does not take the one who is told for the one who tells",
    [["We want the dam gone," Ida Berg, a member of the Green Valley party, told News Network on Friday.]],
    { { "We want the dam gone", "Ida Berg", "direct" } } },
  { "ends a quotation without a closing mark before its cue",
    "“The council was formed by six parties and two unions, Bersin told reporters.",
    { { "The council was formed by six parties and two unions", "Bersin", "direct" } } },
  { "finds the speaker behind an opening participle",
    "While saying that the talks had failed, Minister Olav Strand left the door open.",
    { { "the talks had failed", "Olav Strand", "indirect" } } },
  { "does not report what somebody would not say", "The envoy refused to say whether a deal was near.", {} },
  { "gives he and she to the last speaker",
    [[Prime Minister Olga Brenner said the vote would be held in June. "There will be no delay," she said.]],
    { { "There will be no delay", "Olga Brenner", "direct" } } },
  { "hears what is said by telephone", [["We had one tide. Some had none," Brandt said by telephone from Halm, the county seat. "Two piers are gone."]],
    { { "We had one tide. Some had none", "Brandt", "direct" }, { "Two piers are gone", "Brandt", "direct" } } },
  { "reads the verbs of translated news", [["Here nobody crosses," manifested Lima. "It will not reopen," sustained the engineer Brandt. "We are calm," assured Ivo Kral. ]]
    .. [["The wall stands," the harbour master pointed out. "There is no vote," signalled Rosa Berg. The army sustained heavy losses.]],
    { { "Here nobody crosses", "Lima", "direct" }, { "It will not reopen", "the engineer Brandt", "direct" }, { "We are calm", "Ivo Kral", "direct" },
      { "The wall stands", "the harbour master", "direct" }, { "There is no vote", "Rosa Berg", "direct" } } },
  { "takes only the last clause for what had been announced", "According to the mission, 44 percent voted, not 47, as the council had announced on Sunday.",
    { { "44 percent voted, not 47", "the mission", "indirect" }, { "47", "the council", "indirect" } } },
  { "finds the name behind an office behind the verb", "The board raised its count to 12 later, said its spokesman, Brigadier Karl Berg (retd).",
    { { "The board raised its count to 12 later", "Karl Berg", "indirect" } } },
  { "takes a relative's name for the speaker, with what he is between them", "His son, lawmaker Per Lund, denied that he had fled. His brother, ex-minister Ivo Lund, under whom it was built, said that he would come.",
    { { "he had fled", "Per Lund", "indirect" }, { "he would come", "Ivo Lund", "indirect" } } },
  { "knows a name behind a span of time for the subject", [[Within an hour Rosa Berg, the interior minister, who is not related to the general, said that "whoever swore should obey".]],
    { { "whoever swore should obey", "Rosa Berg", "direct" } } },
  { "gives a second clause to its own subject", "The river ministry has denied the claim, and the port's water board, HWB, told The Echo that there is no lock.",
    { { "the claim", "The river ministry", "indirect" }, { "there is no lock", "the port's water board", "indirect" } } },
  { "gives its statement to whom it belongs", "The union withdrew on Monday its statement that the reporter had died.", { { "the reporter had died", "The union", "indirect" } } },
  { "takes no report in the passive for a speaker's", "The quay was closed at noon as a second wreck was reported.", {} },
  { "takes no object in a headline for a speaker", "Mayor visits Halm, announces 50 crowns for each family", { { "50 crowns for each family", "Mayor", "indirect" } } },
  { "takes no winner that was declared for a speaker", [[Halm's "La Mar" declared winner after recount]], {} },
  { "reads past the kind of agency that is told", "The mayor told the KNN news agency that the lock was shut.", { { "the lock was shut", "The mayor", "indirect" } } },
}

describe("quotations", function()
  local folder, db

  setup(function()
    folder = workshop.folder()
    workshop.plugin(folder, "no_entities", [[return { name = "no_entities", version = 1, api = 1, summary = "no mentions", provides = "entities", needs = { "sentences" },
      results = { mention = { { "mention_id", "id" }, { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "kind", "text" }, { "name", "text" }, { "title", "text" } } },
      article = function() end }]])
    local texts = {}
    for i, case in ipairs(cases) do texts[i] = case[2] end
    workshop.add(folder .. "/c.db", texts)
    local result = workshop.run(folder, { "quotations" }, { use = { entities = "no_entities" }, article_seconds = 5, corpus_seconds = 20 })
    assert(result.failed == 0, result.errors[1] and result.errors[1].message)
    db = sqlite.open(folder .. "/c.db", "read")
  end)
  teardown(function()
    if db then db:close() end
    workshop.clear(folder)
  end)

  local function rows(i)
    return db:all([[select kind, speaker, substr(cast(text as blob), first, last - first + 1) as said from quotation join article using (article_id)
      where text = ? order by first]], cases[i][2])
  end

  for i, case in ipairs(cases) do
    it(case[1], function()
      local found = rows(i)
      local shown = {}
      for n, r in ipairs(found) do shown[n] = ("%s | %s | %s"):format(r.kind, tostring(r.speaker), r.said) end
      shown = table.concat(shown, "\n")
      for _, want in ipairs(case[3]) do
        local hit
        for _, r in ipairs(found) do
          local said = r.said:gsub("[%s.,]+$", "")
          if said == want[1] or said == want[1]:gsub("[?.]$", "") or r.said == want[1] then hit = r end
        end
        assert(hit, ("not found: %s\namong:\n%s"):format(want[1], shown))
        assert.are.equal(want[3], hit.kind)
        assert(hit.speaker and hit.speaker:find(want[2], 1, true), ("speaker %s, not %s, of: %s"):format(tostring(hit.speaker), want[2], want[1]))
      end
      if #case[3] == 0 then assert.are.equal("", shown) end
    end)
  end
end)

-- Who is meant by a speaker: the mention in his words, and the entity behind it (lib/speech/voices.lua). A stand-in knows the names by heart.
describe("the speaker of a quotation", function()
  local folder, db

  local names = [[{ { "Orlan Bek", "person" }, { "Bek", "person" }, { "Mira Sol", "person" }, { "Delvia", "place" }, { "Harbour Party", "organisation" },
    { "Ministry of Roads", "organisation" }, { "Interline", "organisation" } }]]
  local texts = {
    [["We stay," said a student from Delvia. Observers for the Harbour Party said the count was slow. The Delvia police said one street was shut.]],
    [[A spokesman for the Ministry of Roads said the tunnel was safe. The Interline news agency said two lorries were stuck.]],
    [[A statement from Orlan Bek's office said the road would open. Work began at once.

"Every bridge has been looked at," the statement said.]],
    [[President Orlan Bek left the city on Monday. The president said the talks were over. Mira Sol said she was glad. "Delvia is calm," the Belmont president said.]],
    [[The roads are safe, the ministry of roads said. The ministry said more would be built.]],
  }

  setup(function()
    folder = workshop.folder()
    workshop.plugin(folder, "known", "local names = " .. names .. [[

return { name = "known", version = 1, api = 1, summary = "names by heart", provides = "entities", needs = { "sentences" },
  results = { mention = { { "mention_id", "id" }, { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "kind", "text" }, { "name", "text" }, { "title", "text" } } },
  article = function(ctx, article)
    local at = 1
    while at <= #article.text do
      local best
      for _, n in ipairs(names) do
        local first, last = article.text:find(n[1], at, true)
        if first and (not best or first < best.first) then best = { first = first, last = last, kind = n[2], name = n[1] } end
      end
      if not best then return end
      ctx:emit("mention", best)
      at = best.last + 1
    end
  end }]])
    workshop.plugin(folder, "who", [[
return { name = "who", version = 1, api = 1, summary = "one entity a name", provides = "names", needs = { "entities", "sentences" },
  results = { entity = { { "entity_id", "id" }, { "kind", "text" }, { "name", "text" }, { "description", "text" } },
    mention_entity = { { "mention_id", "integer!" }, { "entity_id", "integer!" }, { "score", "number" }, { "reason", "text" } },
    name_reference = { { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "entity_id", "integer!" } } },
  corpus = function(ctx, corpus)
    local ids = {}
    for m in ctx:rows("select mention_id, kind, name from mention order by mention_id") do
      ids[m.name] = ids[m.name] or ctx:emit("entity", { kind = m.kind, name = m.name })
      ctx:emit("mention_entity", { mention_id = m.mention_id, entity_id = ids[m.name] })
    end
    for article in corpus:articles() do
      local first, last = article.text:find("The president", 1, true)
      if first then ctx:emit("name_reference", { article_id = article.article_id, first = first, last = last, entity_id = ids["Orlan Bek"] }) end
    end
  end }]])
    workshop.plugin(folder, "probe", [[
local voices = require "lib.speech.voices"
local reading = require "lib.reading"
return { name = "probe", version = 1, api = 1, summary = "who speaks", needs = { "quotations", "names", "entities" },
  results = { voice = { { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "name", "text" } } },
  prepare = function() voices.load() end,
  corpus = function(ctx, corpus)
    local voice = voices.new(ctx, reading.texts(corpus))
    for row in ctx:rows("select article_id, first, last, speaker, mention_id from quotation order by article_id, first") do
      local _, name = voice(row)
      ctx:emit("voice", { article_id = row.article_id, first = row.first, last = row.last, name = name })
    end
  end }]])
    workshop.add(folder .. "/c.db", texts)
    local result = workshop.run(folder, { "probe" }, { use = { entities = "known", names = "who" }, article_seconds = 5, corpus_seconds = 20 })
    assert(result.failed == 0, result.errors[1] and result.errors[1].message)
    db = sqlite.open(folder .. "/c.db", "read")
  end)
  teardown(function()
    if db then db:close() end
    workshop.clear(folder)
  end)

  local function voice(said)
    local row = db:row("select name from voice join article using (article_id) where cast(substr(cast(text as blob), first, last - first + 1) as text) like ?", "%" .. said .. "%")
    assert(row, "not found: " .. said)
    return row.name
  end

  it("is nobody who is only named to say more of him", function()
    assert.is_nil(voice("We stay"))
    assert.is_nil(voice("one street was shut"))
  end)
  it("is the one for whom somebody speaks", function()
    assert.are.equal("Ministry of Roads", voice("the tunnel was safe"))
    assert.are.equal("Harbour Party", voice("the count was slow"))
    assert.are.equal("Interline", voice("two lorries were stuck"))
  end)
  it("is the one whose statement it was", function()
    assert.are.equal("Orlan Bek", voice("the road would open"))
    assert.are.equal("Orlan Bek", voice("Every bridge"))
  end)
  it("is the one whom the article means by his office", function()
    assert.are.equal("Orlan Bek", voice("the talks were over"))
    assert.are.equal("Orlan Bek", voice("Delvia is calm"))
    assert.are.equal("Ministry of Roads", voice("The roads are safe"))
  end)
end)

describe("words said by her", function()
  local function speaker(text)
    local corpus <close> = require "annalist.trial".run { plugin = "quotations", articles = { text }, jobs = 1 }
    return corpus:value "select speaker from quotation where kind = 'direct'"
  end

  it("are the subject's of the sentence before, and not those of whoever is named next", function()
    local after = "\n\nMinister Olga Brandt promised help. She said the families would be paid."
    assert.equal("Ida Berg", speaker("Ida Berg, 29, held a photograph of her daughter Mia. \"I held her hand,\" she said." .. after))
    assert.equal("Greta Holm", speaker("A neighbour, Greta Holm, brought soup. \"Nobody slept,\" she said." .. after))
  end)

  it("stay hers where it is anybody's guess who she is", function()
    assert.equal("she", speaker "Ida Berg and Greta Holm brought soup. \"Nobody slept,\" she said.\n\nMinister Olga Brandt promised help.")
  end)
end)
