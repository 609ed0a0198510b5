-- Names: pairs scored by the same evidence that the plugin uses, and who is whom in small corpora of invented news.

local system = require "annalist.system"
local trial = require "annalist.trial"

package.path = system.join(system.plugins(), "?.lua") .. ";" .. package.path
local matcher = require("lib.names.matcher").new()

local one_person = {
  { "Jevgenij Petrow", "Yevgeni Petrov", "romanised by a German and by an English paper" },
  { "Aleksandr Czernyszewski", "Alexander Chernyshevsky", "romanised by a Polish paper" },
  { "Vitālijs Kuzņecovs", "Vitaly Kuznetsov", "with a Latvian ending" },
  { "Мусо Рахимов", "Muso Rakhimov", "in Cyrillic" },
  { "Mukhtar Dzhaksybekov", "Muhtar Jaksybekov", "with Turkic letters in two guises" },
  { "Abdel Karim al-Haddad", "Abdulkarim Haddad", "written together, without the article" },
  { "Orlova, Natalia", "Natalya Orlova", "in the order of a register" },
  { "N. Orlova", "Natalya Orlova", "with an initial" },
  { "Bill Harrow", "William Harrow", "by a pet form" },
  { "Gov. Teresa Marquez", "Teresa Márquez", "with a title and without an accent" },
  { "Mikhail Ivanovich Sorokin", "Mikhail Sorokin", "without the patronymic" },
  { "عبد الفتاح السنوسي", "Abdel Fattah al-Senussi", "in Arabic letters, which leave vowels out" },
  { "قاسم سلیمانی", "Qassem Soleimani", "in Persian letters" },
  { "Mohammad Faruk Ahsan", "Md. Faruk Ahsan", "with the given name cut short, as in South Asia" },
  { "Muh. Yusran Hakim", "Muhammad Yusran Hakim", "with the given name cut short, as in Indonesia" },
  { "Cheikh Tidiane Bâ", "Sheikh Tijani Bah", "romanised by a French and by an English paper" },
  { "Fatimetou Mint Soueilem", "Fatima Bint Suwaylim", "with a daughter's word in two guises" },
  { "Sidi Ould Zoubir", "Sidi Weld Zubayr", "with a son's word in two guises" },
  { "Djamel Chaouch", "Jamal Shawsh", "with French dj, ch and aou" },
  { "Shah Kamal Talukdar", "Shahkamal Talukder", "with words written together" },
  { "Rejaul Bari Mojumder", "Rezaul Bari Majumdar", "with Bengali j for z" },
  { "KP Bhattarai", "Kamal Prasad Bhattarai", "with two initials written together" },
  { "Cheng Xuemei", "Ch'eng Hsueh-mei", "in an older romanisation of Chinese" },
}

local two_persons = {
  { "Timur Karabekov", "Ruslan Karabekov", "brothers" },
  { "Ivan Sokolov", "Ivana Sokolova", "a man and a woman" },
  { "Pavel Morozov", "Pavel Mironenko", "the same given name" },
  { "Anton Petrov", "Anton Petrosyan", "surnames with other endings" },
  { "Sergei Ivanovich Volkov", "Sergei Petrovich Volkov", "other patronymics" },
  { "Omar al-Tikriti", "Omar al-Mosuli", "other places of origin" },
  { "Md. Rafiqul Bari", "Md. Shafiqul Bari", "brothers with an abbreviated name in common" },
  { "Amadou Kessane", "Mamadou Kessane", "Ahmed and Mohamed" },
  { "Mariem Mint Soueilem", "Salma Mint Soueilem", "sisters" },
  { "Sidi Ould Zoubir", "Sidi Ould Tolba", "sons of other fathers" },
  { "Salman bin Omar al-Haddad", "Omar bin Salman al-Haddad", "a father and his son" },
  { "Rokeya Begum", "Shamsun Begum", "women with an honorific in common" },
  { "عمر السنوسي", "عمر سليمان", "namesakes in Arabic letters" },
  { "Lee Sang-woo", "Lee Sang-wook", "Koreans of whom one has a consonant more" },
}

describe("the score of two names", function()
  for _, case in ipairs(one_person) do
    it("holds for one person a name " .. case[3], function()
      assert.is_true(matcher:score(case[1], case[2]) >= 0.5, case[1] .. " / " .. case[2] .. ": " .. matcher:score(case[1], case[2]))
    end)
  end

  for _, case in ipairs(two_persons) do
    it("keeps apart " .. case[3], function()
      assert.is_true(matcher:score(case[1], case[2]) < 0.5, case[1] .. " / " .. case[2] .. ": " .. matcher:score(case[1], case[2]))
    end)
  end

  it("is the same in both directions, and within 0 and 1", function()
    for _, list in ipairs { one_person, two_persons } do
      for _, case in ipairs(list) do
        local score = matcher:score(case[1], case[2])
        assert.is_true(score >= 0 and score <= 1)
        assert.is_true(math.abs(score - matcher:score(case[2], case[1])) < 0.02, case[1])
      end
    end
  end)

  it("knows legal forms of companies, in any language and place", function()
    assert.is_true(matcher:score("Norlin Shipping Ltd", "Norlin Shipping Limited") >= 0.5)
    assert.is_true(matcher:score("OAO Severnaya Neft", "Severnaya Neft JSC") >= 0.5)
    assert.is_true(matcher:score("Norlin Shipping Ltd", "Harlow Insurance Ltd") < 0.5)
  end)

  it("takes another number for another body, and another form of a word for the same", function()
    assert.is_true(matcher:score("Northern Star Shipping 1 Ltd", "Northern Star Shipping 2 Ltd") < 0.5)
    assert.is_true(matcher:score("Central Elections Commission", "Central Election Commission") >= 0.5)
    assert.is_true(matcher:score("Central Electoral Commission", "Central Election Commission") > matcher:score("Central Fishery Commission", "Central Election Commission"))
  end)

  it("never fails, whatever bytes it is given", function()
    for _, name in ipairs { "", " ", "\xff\xfe", "42", "--", "'", ("x"):rep(5000), "李 小龙", "عبد الله", "\xe0\xa4", "A B C D E F G H I J K L M N O P" } do
      local score = matcher:score(name, "Anna Bell")
      assert.is_true(score >= 0 and score <= 1, name)
    end
  end)
end)

-- name of the entity -> its mentions' names joined; articles are texts
local function entities(articles, settings)
  local corpus <close> = trial.run { plugin = "names", articles = articles, set = settings, jobs = 1 }
  local list = {}
  for row in corpus:sql [[select e.entity_id, e.name, e.description, m.name as mention, me.score, me.reason, m.article_id
      from mention_entity me join mention m using (mention_id) join entity e using (entity_id) order by m.mention_id]] do
    list[#list + 1] = row
  end
  local doubts = {}
  for row in corpus:rows "name_doubt" do
    doubts[#doubts + 1] = row
  end
  local references = {}
  for row in corpus:rows "name_reference" do
    references[#references + 1] = row
  end
  return list, doubts, references
end

local function entity_of(list, article, name)
  for _, row in ipairs(list) do
    if row.article_id == article and row.mention == name then
      return row.entity_id, row
    end
  end
  error(("'%s' was not found in article %d"):format(name, article), 2)
end

local FIRST = [[President Temirbek Dzhunusov addressed the nation on Monday.

Dzhunusov said that the harbour would be closed. His brother Marat Dzhunusov, a member of the port council, was not there.

President Dzhunusov left for Sundale on Tuesday with Prime Minister Leyla Osmanova. The prime minister did not speak.]]

local SECOND = [[SUNDALE - President Temirbek Junusov met Prime Minister Leila Osmanova at the harbour.

Junusov promised an inquiry. He will speak to the nation again, his office said. Marat Junusov was seen at the gate.]]

local list, references

describe("the plugin names", function()
  setup(function()
    local _
    list, _, references = entities { FIRST, SECOND }
  end)

  it("knows a person again who is spelled otherwise in another article", function()
    assert.equal(entity_of(list, 1, "Temirbek Dzhunusov"), entity_of(list, 2, "Temirbek Junusov"))
    assert.equal(entity_of(list, 1, "Leyla Osmanova"), entity_of(list, 2, "Leila Osmanova"))
  end)

  it("keeps brothers apart in all their spellings", function()
    assert.not_equal(entity_of(list, 1, "Temirbek Dzhunusov"), entity_of(list, 1, "Marat Dzhunusov"))
    assert.not_equal(entity_of(list, 2, "Temirbek Junusov"), entity_of(list, 2, "Marat Junusov"))
    assert.equal(entity_of(list, 1, "Marat Dzhunusov"), entity_of(list, 2, "Marat Junusov"))
  end)

  it("gives a bare name to the bearer whose title it has", function()
    local bare = entity_of(list, 1, "Dzhunusov")
    assert.equal(entity_of(list, 1, "Temirbek Dzhunusov"), bare)
  end)

  it("describes a person by the role that the sources give", function()
    local _, row = entity_of(list, 1, "Temirbek Dzhunusov")
    assert.truthy(row.description:lower():find "president")
    _, row = entity_of(list, 1, "Marat Dzhunusov")
    assert.truthy(row.description:find "member of the port council")
  end)

  it("says for each link why", function()
    for _, row in ipairs(list) do
      assert.is_true(#row.reason > 0 and row.score > 0 and row.score <= 1)
    end
  end)

  it("finds whom an office means where one person holds it", function()
    local found
    for _, row in ipairs(references) do
      found = found or row.article_id == 1 and row
    end
    assert.equal(entity_of(list, 1, "Leyla Osmanova"), found.entity_id)
  end)

  it("keeps to an analyst's decision that two are different", function()
    local path = os.tmpname()
    system.write(path, "# a ruling of the desk\nnot\tLeyla Osmanova\tLeila Osmanova\n")
    local ruled = entities({ FIRST, SECOND }, { ["names.decisions"] = path })
    os.remove(path)
    assert.not_equal(entity_of(ruled, 1, "Leyla Osmanova"), entity_of(ruled, 2, "Leila Osmanova"))
  end)

  it("keeps to an analyst's decision that two are one", function()
    local path = os.tmpname()
    system.write(path, "same\tMarat Junusov\tTemirbek Junusov\n")
    local ruled = entities({ FIRST, SECOND }, { ["names.decisions"] = path })
    os.remove(path)
    assert.equal(entity_of(ruled, 2, "Marat Junusov"), entity_of(ruled, 2, "Temirbek Junusov"))
  end)

  it("joins an abbreviation to what the text says it stands for", function()
    local found = entities { "The Northern Fisheries Board (NFB) met in Alta on Friday. The NFB said that nets would be burnt.",
      "Officials of the Northern Fisheries Board visited Alta." }
    assert.equal(entity_of(found, 1, "Northern Fisheries Board"), entity_of(found, 1, "NFB"))
    assert.equal(entity_of(found, 1, "Northern Fisheries Board"), entity_of(found, 2, "Northern Fisheries Board"))
  end)
end)

local context = require "names.context"
local references_of = require "names.references"

describe("the parts of names", function()
  it("count company by rarity", function()
    local company = context.new()
    company:add(1, { "ada", "king", "zed" })
    company:add(2, { "ada", "king" })
    company:add(3, { "king", "omar" })
    local one, two, three = { 1 }, { 2 }, { 3 }
    assert.is_true((company:overlap(one, two)) > (company:overlap(one, three)))
    assert.equal(0, (company:overlap(two, { 4 })))
  end)

  it("leave a pronoun alone after a sentence with two people", function()
    local form = { name = "X" }
    local record = { persons = { { first = 1, last = 3, sentence = 1, root = 1, form = form }, { first = 9, last = 11, sentence = 1, root = 2, form = form } },
      groups = {}, sentences = { 1, 22 } }
    local text = "Ada met Bob at noon. She left by the back."
    assert.equal(0, #references_of.find(record, text, { [1] = "f", [2] = "m" }))
    table.remove(record.persons)
    assert.equal(1, #references_of.find(record, text, { [1] = "f" }))
    assert.equal(0, #references_of.find(record, text, { [1] = "m" }))
  end)
end)
