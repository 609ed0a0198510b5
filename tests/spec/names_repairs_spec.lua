-- Names whose ends are a word off, and what an entity is called: invented news.

local trial = require "annalist.trial"

local function people(...)
  local corpus <close> = trial.run { plugin = "names", articles = { ... }, jobs = 1 }
  local list = {}
  for row in corpus:sql "select name from entity where kind = 'person' order by name" do
    list[#list + 1] = row.name
  end
  return table.concat(list, "; "), list
end

describe("names", function()
  it("that begin with a given name cut short are whole, and end no sentence", function()
    local all = people("Deputy Commissioner Md. Rejaul Bari spoke in Halborg. Smt. Kamala Devi and Mohd. Faisal Rahim came.", "Rezaul Bari, the deputy commissioner, left Halborg.")
    assert.is_nil((" " .. all .. ";"):find(" Mo?h?d;"), all)
    assert.truthy(all:find("Faisal Rahim", 1, true), all)
    assert.equal(3, select(2, all:gsub("[^;]+", "")), all)
  end)

  it("may begin with a word that is a title elsewhere", function()
    local all = people("The owner, Shah Kamal Talukder, hid in Halborg. Shah Kamal Talukder was found on Monday.", "Police in Halborg freed Shahkamal Talukdar.")
    assert.equal("Shah Kamal Talukder", all:gsub("Shahkamal Talukdar", "Shah Kamal Talukder"))
  end)

  it("do not begin with what a minister is minister for", function()
    local corpus <close> = trial.run { plugin = "names", jobs = 1, articles = {
      "State Minister for Shipping Omar Faruk Ahsan spoke in Halborg.", "Omar Faruk Ahsan, the state minister for shipping, left Halborg." } }
    assert.equal("Omar Faruk Ahsan", corpus:value "select group_concat(name, '; ') from entity where kind = 'person'")
  end)

  it("are a person's where an age stands behind them", function()
    local all = people("Nasreen Akhter Begum, 31, mother of two, waited in Halborg.")
    assert.equal("Nasreen Akhter Begum", all)
  end)
end)

describe("an entity", function()
  it("is called by its fullest common form", function()
    assert.equal("Paul Anton Kessane", (people("Minister Paul Anton Kessane spoke in Alta.", "Minister Paul Kessane left Alta.", "Minister Paul Kessane is in Alta.")))
  end)

  it("joins its short names through a longer one that bears them all", function()
    assert.equal(1, #select(2, people("Mayor Omar Basri Hadi spoke in Alta.", "Mayor Omaar Hadi left Alta.", "Mayor Omar Basry was in Alta.")))
  end)
end)
