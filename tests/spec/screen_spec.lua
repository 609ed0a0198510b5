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

  it("says what to run when no names have been found yet", function()
    local empty <close> = trial.corpus { "It rained." }
    local text, code = call(("screen '%s' -"):format(empty.path), "name\nX Y\n")
    assert.equal(2, code)
    assert.truthy(text:find("annalist run", 1, true))
  end)
end)
