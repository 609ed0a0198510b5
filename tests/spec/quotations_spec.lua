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
