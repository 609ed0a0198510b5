-- Whom a speaker is: family names that two people bear, pronouns, offices, interviews and live blogs. With the persons and bodies of `entities`.

local trial = require "annalist.trial"

-- Per article: what was said -> the name of the mention that it is given to, or false for nobody's mention; and what must not be found
local cases = {
  { "keeps two ministers of one family name apart by who has just spoken", [[
Riot police fired at a crowd in Halm on Tuesday. Interior Minister Rodrigo Lind said that 87 people were hurt.

The defence minister, General Edgar Lind Solar, said that the troops would stay in barracks. "The army does not count votes," Lind said.]],
    { ["The army does not count votes,"] = "Edgar Lind Solar" } },
  { "names nobody where two bear a name and nothing decides", [[
Interior Minister Rodrigo Lind met General Edgar Lind on Monday, and both left without a word.

"We shall keep the peace," Lind said.]],
    { ["We shall keep the peace,"] = false } },
  { "knows the younger of two by who spoke before", [[
Police said that they were looking for the builder of the wall, Osman Kuller. His son, lawmaker Fikret Kuller, denied that he had fled. "He is at home," the younger Kuller told reporters.]],
    { ["he had fled"] = "Fikret Kuller", ["He is at home,"] = "Fikret Kuller" } },
  { "gives 'which he said' to the one whom the sentence is about", [[
General Omar Lund put the number of sailors at 900. A port official gave a figure of 1,400, which he said included fishermen.]],
    { ["included fishermen"] = false } },
  { "gives 'he' behind a minister without a name to the minister", [[
The chief prosecutor, Maria Estrada, said two shells had been found. The minister had said on Wednesday that his soldiers carried none; on Friday he said that "one platoon did".]],
    { ["one platoon did"] = false } },
  { "lets an aide be an aide", "General Omar Lund left for Halm. A Lund aide said that the quay would be closed.", { ["the quay would be closed"] = false } },
  { "finds the only person named so far for 'he'", [[
Old Abel Quist had got up when he heard, he says, "the sound of a train, and there is no train in Halm".]],
    { ["the sound of a train, and there is no train in Halm"] = "Abel Quist" } },
  { "reads an office with its body before a name", [[
Director-General of the Harbour Board Anna Kaufmann said that two piers were lost. A lawyer of President Ivo Berg said that the wall was old.]],
    { ["the wall was old"] = false } },
  { "reads an interview", [[
"I signed the papers in one night"

Dr Lena Fort has run the clinic in Halm since 2014. She talked to Rita Moss of the weekly Echo.

Echo: How many people did the clinic receive in those days?

Dr Fort: The living or the dead? We treated 16 people until this morning. Two died when the lamps went out, and we could do nothing.

Echo: The river board says that seven have died.

Dr Fort: (sighs) I don't dispute it. Many families never came to us, they buried their dead on the hill, which is our custom.

(The interview has been shortened.)]],
    { ["The living or the dead? We treated 16 people until this morning. Two died when the lamps went out, and we could do nothing."] = "Lena Fort",
      ["I don't dispute it. Many families never came to us, they buried their dead on the hill, which is our custom."] = "Lena Fort" } },
  { "reads questions and answers under their letters", [[
Talk with Paul Brandt, who built the wall of Halm.

Q: When did the wall fall into the river, and who saw it first?

A: It fell at night. We heard it from the mill and ran to the bridge with our lamps.]],
    { ["It fell at night. We heard it from the mill and ran to the bridge with our lamps."] = "Paul Brandt" } },
  { "does not reach over the entries of a live blog", [[
LIVE: Halm storm - latest updates

19:45 Karl Berg has been brought to the police station, our reporter Hanna Moss says. A crowd of some 300 is outside.

18:20 Nobody knows how many boats are lost. "Not one is left," he says.

14:05 Minister Riko Lund tells Halm TV he will not step down. "Did I build the wall with these hands?" he asks.]],
    { ["Not one is left,"] = false, ["Did I build the wall with these hands?"] = "Riko Lund", ["he will not step down"] = "Riko Lund" },
    { "latest updates" } },
  { "takes no label, no scare quotes and no address for speech", [[
The river has fallen

The old lock had been opened by the then "prime warden" of the province, Ida Moss, three years ago, and no boat was lost.

TAGS: Ida Moss, locks, boats

Contact: press@halm.example]],
    {}, { "prime warden", "Ida Moss, locks, boats", "press@halm.example" } },
}

describe("speakers of quotations", function()
  local said = {}

  setup(function()
    local articles = {}
    for i, case in ipairs(cases) do articles[i] = case[2] end
    local corpus <close> = trial.run { plugin = "quotations", articles = articles, jobs = 1 }
    local texts, names = {}, {}
    for row in corpus:rows("article") do texts[row.article_id] = row.text end
    for row in corpus:rows("mention") do names[row.mention_id] = row.name end
    for row in corpus:rows("quotation") do
      said[row.article_id] = said[row.article_id] or {}
      local words = texts[row.article_id]:sub(row.first, row.last)
      said[row.article_id][words] = row.mention_id and names[row.mention_id] or false
    end
  end)

  for i, case in ipairs(cases) do
    it(case[1], function()
      local found = said[i] or {}
      local list = {}
      for words, name in pairs(found) do list[#list + 1] = ("%s: %s"):format(tostring(name), words) end
      table.sort(list)
      for words, name in pairs(case[3]) do
        assert(found[words] ~= nil, ("not found: %s\namong:\n%s"):format(words, table.concat(list, "\n")))
        assert.are.equal(name, found[words])
      end
      for _, words in ipairs(case[4] or {}) do assert(found[words] == nil, "found: " .. words) end
    end)
  end
end)
