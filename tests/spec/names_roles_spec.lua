-- What the sources call a person: phrases read off the text around a name, and the description that is made of them.

local trial = require "annalist.trial"
local system = require "annalist.system"

package.path = system.join(system.plugins(), "?.lua") .. ";" .. system.join(system.plugins(), "?/init.lua") .. ";" .. package.path
local roles = require("names.roles").new()
local description = require "names.description"

-- The roles before and behind [the name in brackets]
local function around(marked)
  local first = marked:find("[", 1, true)
  local last = marked:find("]", 1, true) - 2
  local text = marked:gsub("[%[%]]", "")
  local before, several = roles:before(text, 1, first, last)
  local behind = roles:behind(text, last)
  return before and before.text, behind and behind.text, several, before, behind
end

local before_the_name = {
  { "The former customs official, [Omar Hadi], was seen.", "former customs official" },
  { "NFB member [Ann Lee] said no.", "NFB member" },
  { "They arrested port authority spokesman [Ann Lee] again.", "port authority spokesman" },
  { "In came Special Envoy of the Chairman for Northern Affairs [Ann Lee] and sat down.", "Special Envoy of the Chairman for Northern Affairs" },
  { "The Secretary-General of the League of Ports, [Ann Lee], called for calm.", "Secretary-General of the League of Ports" },
  { "Alta School of Mines geologist and analyst [Ann Lee] wept.", "analyst" },
  { "The army released former prime minister [Ann Lee] at noon.", "former prime minister" },
  { "Rebels under General Omar Sadik jailed President [Ann Lee] at noon.", "President" },
  { "They saw the jailed president [Ann Lee] at noon.", "jailed president" },
  { "The husband of the mayor, [Omar Lee], left.", "husband of the mayor" },
  { "Then the commander of the Harbour Guard, [Omar Hadi], spoke.", "commander of the Harbour Guard" },
  { "Navy spokeswoman Capt. [Ann Lee] said so.", "Navy spokeswoman" },
  { "The deputy prosecutor, Mrs. [Ann Lee], declared that.", "deputy prosecutor" },
}

local behind_the_name = {
  { "[Ann Lee], a member of the port council, left.", "member of the port council" },
  { "[Ann Lee], leader of the Free Nets (Vaba) party, left.", "leader of the Free Nets party" },
  { "[Ann Lee], who heads the disaster agency, left.", "heads the disaster agency" },
  { "[Ann Lee], 44, the mayor of Alta, left.", "mayor of Alta" },
  { "[Ann Lee] was elected mayor of Alta on Monday.", "mayor of Alta" },
  { "[Ann Lee] is a doctor.", "doctor" },
  { "[Ann Lee] of the Audit Court said no.", "of the Audit Court" },
}

describe("a role in the text", function()
  for _, case in ipairs(before_the_name) do
    it("is read before a name: " .. case[2], function()
      assert.equal(case[2], (around(case[1])))
    end)
  end

  for _, case in ipairs(behind_the_name) do
    it("is read behind a name: " .. case[2], function()
      assert.equal(case[2], select(2, around(case[1])))
    end)
  end

  it("is not what only stands near", function()
    for _, marked in ipairs { "According to the spokesman, [Omar Hadi] left.", "The mayor thanked [Omar Hadi] for coming.", "[Omar Hadi], where rebels fought, is a town.",
      "[Omar Hadi], sacked the interior minister, the paper wrote.", "[Omar Hadi] was tired.", "[Omar Hadi] said that the mayor had left." } do
      local before, behind = around(marked)
      assert.is_nil(before or behind, marked)
    end
  end)

  it("tells a relative by the person whose he is", function()
    local _, _, _, role = around("Sadik's younger brother [Omar Sadik] came.")
    assert.same({ "brother", "Sadik" }, { role.kin.word, role.kin.possessor })
    _, _, _, role = around("The president's brother [Omar Sadik] came.")
    assert.same({ "brother", "president" }, { role.kin.word, role.kin.possessor })
  end)

  it("of several people is each one's", function()
    local text, _, several = around("Former ministers [Ann Lee] and Omar Hadi came.")
    assert.equal("Former minister", text)
    assert.is_true(several)
  end)
end)

describe("a description", function()
  local function of(...)
    local counts = {}
    for i, text in ipairs { ... } do
      description.count(counts, text, i)
    end
    return description.of(counts)
  end

  it("is the fullest form of what most articles say", function()
    assert.equal("president of Norland", of("president", "President", "president of Norland"))
    assert.equal("U.S. President", of("US president", "U.S. President"))
  end)

  it("tells what is not the same besides", function()
    assert.equal("mayor; former judge", of("mayor", "mayor", "former judge"))
  end)

  local function described(...)
    local articles = {}
    for i, text in ipairs { ... } do
      articles[i] = { text = text }
    end
    local corpus <close> = trial.run { plugin = "names", jobs = 1, articles = articles }
    local list, entity = {}, {}
    for row in corpus:sql "select name, description from entity where kind = 'person'" do
      list[row.name] = row.description or ""
    end
    for row in corpus:sql "select m.name, me.entity_id from mention m join mention_entity me using (mention_id)" do
      entity[row.name] = row.entity_id
    end
    return list, entity
  end

  it("makes nobody the child of a woman whom \"his\" can't mean", function()
    local list = described "The wife of the mayor, Anna Petrova, was at home on Monday, while his son Pavel Orlov was held by the police. "
    assert.equal("wife of the mayor", list["Anna Petrova"])
    assert.falsy((list["Pavel Orlov"] or ""):find("Petrova", 1, true))
  end)

  it("leaves out the rank behind a role", function()
    local list = described "Army spokesman Colonel Pavel Orlov said on Monday that the port was open. "
    assert.falsy(list["Pavel Orlov"]:find("spokesman Col", 1, true))
  end)

  it("knows an office in other words, and a name with an h for a kh", function()
    local _, entity = described("Interior Minister Amina Hadri said on Monday that two houses fell. Prime Minister Samir Hadri was in Norland. ",
      "The minister of internal affairs Amina Khadri spoke on Monday. The premier Samir Khadri came back from Norland. ")
    assert.equal(entity["Amina Hadri"], entity["Amina Khadri"])
    assert.equal(entity["Samir Hadri"], entity["Samir Khadri"])
    assert.not_equal(entity["Samir Hadri"], entity["Amina Hadri"])
  end)

  it("is shared by a bare name and the one with a title before it", function()
    local corpus <close> = trial.run { plugin = "names", jobs = 1, articles = {
      { text = "Prime Minister Samir Hadri spoke in Alta on Monday. Interior Minister Amina Hadri was in Alta too. " },
      { text = "Prime Minister Hadri came to Alta on Tuesday. Hadri said that the houses would be built. Ms. Hadri was not in Alta. " } } }
    local list = {}
    for row in corpus:sql "select m.name, e.name as whom from mention m join mention_entity me using (mention_id) join entity e using (entity_id) order by m.mention_id" do
      list[#list + 1] = row.name == "Hadri" and row.whom or nil
    end
    assert.same({ "Samir Hadri", "Samir Hadri", "Amina Hadri" }, list)
  end)

  it("names the relative, and gives one role to each of a list", function()
    local corpus <close> = trial.run { plugin = "names", jobs = 1, articles = {
      "President Temir Dzhunusov spoke on Monday. His brother Marat Dzhunusov, a baker, was not there. Former ministers Anna Petrova and Pavel Orlov were. " } }
    local list = {}
    for row in corpus:sql "select name, description from entity where kind = 'person'" do
      list[row.name] = row.description
    end
    assert.truthy(list["Marat Dzhunusov"]:find("baker", 1, true))
    assert.equal("Former minister", list["Pavel Orlov"])
  end)

  it("is nobody else's of a list, no word of the sentence and no town's", function()
    local corpus <close> = trial.run { plugin = "names", jobs = 1, articles = {
      "On this occasion Minister of Ports Pavel Orlov, Deputy Commissioner Samir Hadri, and other officers were with him. In Vardis, a market vendor, Anna Petrova, 58, was shot, "
        .. "said San Pedro de Murcia director Dr. Luis Vega Paz on Monday." } }
    local list = {}
    for row in corpus:sql "select name, description from entity" do
      list[row.name] = row.description or ""
    end
    assert.equal("Minister of Ports", list["Pavel Orlov"])
    assert.truthy(list["Samir Hadri"]:find("Deputy Commissioner", 1, true))
    assert.equal("market vendor", list["Anna Petrova"])
    assert.is_true(list["Vardis"] == nil or list["Vardis"] == "")
    assert.equal("San Pedro de Murcia director", list["Luis Vega Paz"])
  end)
end)
