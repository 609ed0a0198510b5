-- `annalist match` and `annalist screen`: from files to lines, as a user calls them.

local system = require "annalist.system"
local trial = require "annalist.trial"

package.path = system.join(system.plugins(), "?.lua") .. ";" .. package.path
local watchlist = require "lib.names.watchlist"
local json = require "annalist.json"

local program = system.program()

local function call(arguments, input)
  local path, out = os.tmpname(), os.tmpname()
  system.write(path, input or "")
  local _, _, code = os.execute(("'%s' %s < '%s' > '%s' 2>&1"):format(program, arguments, path, out))
  local text = system.read(out)
  os.remove(path)
  os.remove(out)
  return text, code
end

local function lines(text)
  local at = text:gmatch "([^\n]*)\n"
  return function() return at() end
end

local function entries(text)
  local list = {}
  for entry in watchlist.entries(lines(text), json.decode) do
    list[#list + 1] = entry
  end
  return list
end

describe("annalist match", function()
  it("writes a score for each line, in order, also for lines that hold no pair", function()
    local text, code = call("match", "Ada Korhonen\tKorhonen, Ada\nnonsense\n\nAda Korhonen\tPeter Bell\n")
    assert.equal(0, code)
    local scores = {}
    for line in text:gmatch "[^\n]+" do
      scores[#scores + 1] = tonumber(line)
    end
    assert.equal(4, #scores)
    assert.is_true(scores[1] >= 0.5 and scores[2] == 0 and scores[3] == 0 and scores[4] < 0.5)
  end)

  it("says with --explain what agrees and what does not", function()
    local text = call("match --explain", "Ada Korhonen\tAda Lindqvist\n")
    assert.truthy(text:find("^Ada Korhonen\tAda Lindqvist\t0%.%d+\tada; "))
    assert.truthy(text:find("only right: lindqvist", 1, true))
  end)

  it("reads the last line without a line end, and Windows line ends", function()
    local text = call("match", "Ada Korhonen\tAda Korhonen\r\nAda Korhonen\tAda Korhonen")
    local first, second = text:match "^(%S+)\n(%S+)\n$"
    assert.equal(first, second)
  end)
end)

describe("a watch list", function()
  it("is read from CSV with any order of columns and quoted fields", function()
    local list = entries 'id,aliases,name,birth_date\n7,"Orlov, M.;""Misha"" Orlov",Mikhail Orlov,1960-02-01\n'
    assert.equal(1, #list)
    assert.same({ "Mikhail Orlov", "Orlov, M.", '"Misha" Orlov' }, list[1].names)
    assert.same({ "1960-02-01" }, list[1].births)
    assert.equal("7", list[1].id)
  end)

  it("is read from family and given names, with semicolons between the fields", function()
    local list = entries "Surname;First name;Date of birth\r\nOrlov;Mikhail;1960\r\n"
    assert.equal("Mikhail Orlov", list[1].name)
  end)

  it("may call the names by many a word, but not by none", function()
    for _, head in ipairs { "full_name", "Full Name", "Person", "NAME", "entity_name" } do
      assert.equal("Ada Korhonen", entries(head .. ",born\nAda Korhonen,1977\n")[1].name, head)
    end
    assert.equal("Ada Korhonen", entries("Ada Korhonen\nMikhail Orlov\n")[1].name)
    local ok, message = pcall(entries, "foo,bar\nAda Korhonen,1977\n")
    assert.is_false(ok)
    assert.truthy(message:find("list:1: none of the columns foo, bar holds names", 1, true))
  end)

  it("is read from FollowTheMoney lines, of which only those with names count", function()
    local list = entries([[{"id":"a","schema":"Person","caption":"Mikhail Orlov","properties":{"alias":["Misha Orlov"],"birthDate":["1960"]}}
{"id":"b","schema":"Address","properties":{"full":["1 Mole Street"]}}
{"id":"c","schema":"Company","properties":{"name":["Norlin Shipping Ltd"]}}
]])
    assert.equal(2, #list)
    assert.same({ "Mikhail Orlov", "Misha Orlov" }, list[1].names)
    assert.equal("organisation", list[2].kind)
  end)

  it("may have no head line", function()
    local list = entries "Mikhail Orlov\nAda Korhonen\n"
    assert.equal(2, #list)
  end)

  it("is empty when the file is", function()
    assert.equal(0, #entries "")
  end)
end)

describe("annalist screen", function()
  local corpus, hits

  setup(function()
    corpus = trial.run { plugin = "names", jobs = 1, articles = { { date = "2020-05-04",
      text = "The banker Mikhail Orlov, 60, was seen in Sundale on Monday. Norlin Shipping Ltd denied that Mr Orlov had been its guest." } } }
    local path = os.tmpname()
    system.write(path, "id,schema,name,aliases,birth_date\n1,Person,ORLOV Mikhaïl,,1960-03-01\n2,Person,Mikhail Orlov,,1931\n3,Person,Pavel Orlov,,\n")
    local text = call(("screen '%s' '%s' --format jsonl"):format(corpus.path, path))
    os.remove(path)
    hits = {}
    for line in text:gmatch "[^\n]+" do
      hits[#hits + 1] = json.decode(line)
    end
  end)

  teardown(function()
    corpus:close()
  end)

  it("finds the listed under another spelling, with passage and reason", function()
    assert.equal("1", hits[1].list_id)
    assert.equal("Mikhail Orlov", hits[1].found)
    assert.truthy(hits[1].passage:find("[Mikhail Orlov]", 1, true))
    assert.truthy(hits[1].reason:find("year of birth agrees", 1, true))
  end)

  it("gives less to who was born in another year, and nothing to a namesake of the family", function()
    for _, hit in ipairs(hits) do
      assert.is_true(hit.list_id ~= "3")
      assert.is_true(hit.list_id ~= "2" or hit.score < hits[1].score)
    end
  end)

  it("counts an age back from the article's date, also where the person has another name", function()
    local aged <close> = trial.run { plugin = "names", jobs = 1, articles = {
      { date = "2021-03-01", text = "Ada Korhonen was elected mayor of Alta. Korhonen, 44, is the first woman in the post." },
      { date = "2021-03-02", text = "The 61-year-old Mikhail Orlov was seen in Sundale. Yesterday Pavel Lindqvist (30) was seen there, too." } } }
    local path = os.tmpname()
    system.write(path, "name;birth_date\nAda Korhonen;1977-01\nAda Korhonen;1931\nMikhail Orlov;1959-11-30\nMikhail Orlov;1962\nPavel Lindqvist;1991\n")
    local scores, reasons = {}, {}
    for line in call(("screen '%s' '%s' --format jsonl --score 0"):format(aged.path, path)):gmatch "[^\n]+" do
      local hit = json.decode(line)
      scores[tonumber(hit.list_id)], reasons[tonumber(hit.list_id)] = hit.score, hit.reason
    end
    os.remove(path)
    assert.truthy(reasons[2]:find("year of birth agrees (born 1976 or 1977 in the text)", 1, true))
    assert.truthy(reasons[3]:find("other year of birth", 1, true))
    assert.is_true(scores[2] > scores[3])
    assert.truthy(reasons[4]:find("year of birth agrees", 1, true))
    assert.truthy(reasons[5]:find("year of birth differs by 2", 1, true))
    assert.is_true(scores[3] <= 0.3 and reasons[3]:find("CONTRADICTED", 1, true) ~= nil)
    assert.is_true(scores[5] < scores[4])
    assert.truthy(reasons[6]:find("year of birth agrees", 1, true))
  end)

  it("takes the simple CSV and the entities of sanction lists as they come, names in other letters too", function()
    local path, out = os.tmpname(), {}
    system.write(path, '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails","dataset","first_seen","last_seen","last_change"\n'
      .. '"Q1","Person","ОРЛОВ Михаил","Orlov, Mikhail Petrovich","1960-03-01","xx","1 Mole Street, ""Alta""","","Order 1; Order 2","","","Made","2020","2021","2021"\n')
    for line in call(("screen '%s' '%s' --format jsonl"):format(corpus.path, path)):gmatch "[^\n]+" do
      out[#out + 1] = json.decode(line)
    end
    system.write(path, [[{"id":"N1","schema":"Person","caption":"Михаил Орлов","properties":{"name":["Михаил Орлов"],"birthDate":["1960"]},"datasets":["made"],"target":true}
{"id":"N2","schema":"Sanction","properties":{"authority":["Made"]}}
{"id":"N3","schema":"Company","caption":"Norlin Shipping Limited","properties":{"name":["Norlin Shipping Limited"]}}
]])
    for line in call(("screen '%s' '%s' --format jsonl"):format(corpus.path, path)):gmatch "[^\n]+" do
      out[#out + 1] = json.decode(line)
    end
    os.remove(path)
    assert.equal("Mikhail Orlov", out[1].found)
    assert.equal("N1", out[2].list_id)
    assert.equal("Mikhail Orlov", out[2].found)
    assert.equal("N3", out[3].list_id)
    assert.truthy(out[3].passage:find("[Norlin Shipping", 1, true))
  end)

  it("does not take the father for the son, in Arabic letters either", function()
    local family <close> = trial.run { plugin = "names", jobs = 1, articles = { "Mohamed Lemine Ould Zoubir met his son, Ahmed Ould Zoubir, in Tarfa." } }
    local path, found = os.tmpname(), {}
    system.write(path, "name\nأحمد ولد زبير\nمحمد الأمين ولد زبير\n")
    for line in call(("screen '%s' '%s' --format jsonl"):format(family.path, path)):gmatch "[^\n]+" do
      local hit = json.decode(line)
      found[#found + 1] = hit.list_id .. " " .. hit.found
    end
    os.remove(path)
    assert.same({ "2 Ahmed Ould Zoubir", "3 Mohamed Lemine Ould Zoubir" }, found)
  end)

  it("says what to run when no names have been found yet", function()
    local empty <close> = trial.corpus { "It rained." }
    local text, code = call(("screen '%s' -"):format(empty.path), "name\nX Y\n")
    assert.equal(2, code)
    assert.truthy(text:find("annalist run", 1, true))
  end)
end)
