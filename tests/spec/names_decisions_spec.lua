-- An analyst's decisions: how the file is read, what follows from it, what it may not say, and that every stage keeps to it.

local system = require "annalist.system"
local trial = require "annalist.trial"

package.path = system.join(system.plugins(), "?.lua") .. ";" .. system.join(system.plugins(), "?/init.lua") .. ";" .. package.path
local decisions = require "names.decisions"

local function key(name)
  return name:lower()
end

local function read(...)
  return decisions.read(table.concat({ ... }, "\n"), key)
end

local function fault(...)
  local ok, message = pcall(read, ...)
  assert.is_false(ok)
  return message
end

describe("a file of decisions", function()
  it("may be tab-separated or CSV, with a head line, comments, further columns and lines still to be decided", function()
    local list = read("verdict,name,other,score", "# the desk, in May", "same,Ada Bell,\"Bell, Ada\"", "not same\tAda Bell\tIda Bell\t0.4\tspelling 0.4",
      "?\tAda Bell\tEda Bell", "", "same\tIda Bell\tIda Ball\r")
    assert.equal(3, list.count)
    assert.is_true(list:joins("ada bell", "bell, ada"))
    assert.is_true(list:forbids("ida bell", "ada bell"))
    assert.is_false(list:forbids("eda bell", "ada bell"))
  end)

  it("holds for what follows from it", function()
    local list = read("same\tAda Bell\tA. Bell", "same\tA. Bell\tAda Ball", "not\tAda Ball\tIda Bell", "same\tIda Bell\tIda Ball")
    assert.is_true(list:joins("ada bell", "ada ball"))
    assert.is_true(list:forbids("ada bell", "ida ball"))
  end)

  it("that contradicts itself is told with both lines", function()
    local message = fault("same\tAda Bell\tA. Bell", "same\tA. Bell\tAda Ball", "", "not\tAda Bell\tAda Ball")
    assert.truthy(message:find("line 4 contradicts", 1, true))
    assert.truthy(message:find("line 1 (same: Ada Bell, A. Bell), line 2 (same: A. Bell, Ada Ball)", 1, true))
    message = fault("not\tAda Bell\tAda Ball", "same\tAda Bell\tA. Bell", "same\tA. Bell\tAda Ball")
    assert.truthy(message:find("line 3 contradicts", 1, true))
    assert.truthy(message:find("line 1 (not: Ada Bell, Ada Ball), line 2", 1, true))
    assert.is_nil(message:find("\n"))
  end)

  it("with a word that is no verdict is told with the line", function()
    assert.truthy(fault("same\tAda Bell\tA. Bell", "smae\tAda Bell\tIda Bell"):find("line 2", 1, true))
    assert.truthy(fault("same\tAda Bell"):find("line 1", 1, true))
  end)
end)

local ARTICLES = {
  "President Temirbek Dzhunusov met Prime Minister Leyla Osmanova on Monday. The Central Fishery Commission sat in Alta. Osmanova smiled.",
  "Prime Minister Leila Osmanova fell ill in Alta. The Central Fisheries Commission did not sit. Ruslan Beks brought flowers. Grandfather Beksultan wept.",
}

-- name of a mention -> set of entities
local function entities(lines)
  local path = os.tmpname()
  system.write(path, table.concat(lines, "\n"))
  local corpus <close> = trial.run { plugin = "names", articles = ARTICLES, set = { ["names.decisions"] = path }, jobs = 1 }
  os.remove(path)
  local found, reasons = {}, {}
  for row in corpus:sql "select m.name, me.entity_id, me.reason from mention_entity me join mention m using (mention_id)" do
    found[row.name], reasons[row.name] = row.entity_id, row.reason
  end
  return found, reasons
end

describe("the plugin names with decisions", function()
  it("keeps apart what would be one, persons and bodies", function()
    local free = entities {}
    assert.equal(free["Leyla Osmanova"], free["Leila Osmanova"])
    assert.equal(free["Central Fishery Commission"], free["Central Fisheries Commission"])
    local ruled = entities { "not\tLeyla Osmanova\tLeila Osmanova", "not\tCentral Fishery Commission\tCentral Fisheries Commission" }
    assert.not_equal(ruled["Leyla Osmanova"], ruled["Leila Osmanova"])
    assert.not_equal(ruled["Central Fishery Commission"], ruled["Central Fisheries Commission"])
  end)

  it("joins what would be two, and says that it was decided", function()
    local ruled, reasons = entities { "same\tRuslan Beks\tTemirbek Dzhunusov", "not\tLeyla Osmanova\tOsmanova" }
    assert.equal(ruled["Ruslan Beks"], ruled["Temirbek Dzhunusov"])
    assert.truthy(reasons["Ruslan Beks"]:find("decision", 1, true))
    assert.not_equal(ruled["Leyla Osmanova"], ruled["Osmanova"])
  end)

  it("fails with one clear line when they contradict one another", function()
    local path = os.tmpname()
    system.write(path, "same\tRuslan Beks\tTemirbek Dzhunusov\nnot\tTemirbek Dzhunusov\tRuslan Beks\n")
    local ok, message = pcall(trial.run, { plugin = "names", articles = ARTICLES, set = { ["names.decisions"] = path }, jobs = 1 })
    os.remove(path)
    assert.is_false(ok)
    assert.truthy(tostring(message):find("decisions, line 2 contradicts", 1, true))
  end)

  it("takes back the doubtful pairs as `annalist sql` writes them, once they are decided", function()
    local corpus <close> = trial.run { plugin = "names", jobs = 1, articles = {
      "Governor Omar Haddad slept in Alta on Monday.", "Prosecutor Omar Hamdad woke in Sundale on Tuesday." } }
    local lines = {}
    for row in corpus:sql [[select '?' as verdict, a.name, b.name as other, d.score, d.reason from name_doubt d
        join entity a on a.entity_id = d.entity_id join entity b on b.entity_id = d.other_id]] do
      lines[#lines + 1] = ("%s\t%s\t%s\t%s\t%s"):format(row.verdict, row.name, row.other, row.score, row.reason)
    end
    assert.is_true(#lines > 0)
    local list = decisions.read(table.concat(lines, "\n"), key)
    assert.equal(0, list.count)
    list = decisions.read((table.concat(lines, "\n"):gsub("^%?", "same")), key)
    assert.equal(1, list.count)
  end)
end)
