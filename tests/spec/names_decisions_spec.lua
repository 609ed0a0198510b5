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
  return ("%s:%d: %s"):format(message.file, message.line, message.message)
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
    assert.truthy(message:find("decisions:4: this contradicts", 1, true))
    assert.truthy(message:find("line 1 (same: Ada Bell, A. Bell), line 2 (same: A. Bell, Ada Ball)", 1, true))
    message = fault("not\tAda Bell\tAda Ball", "same\tAda Bell\tA. Bell", "same\tA. Bell\tAda Ball")
    assert.truthy(message:find("decisions:3: this contradicts", 1, true))
    assert.truthy(message:find("line 1 (not: Ada Bell, Ada Ball), line 2", 1, true))
    assert.is_nil(message:find("\n"))
  end)

  it("with a word that is no verdict is told with the line", function()
    assert.truthy(fault("same\tAda Bell\tA. Bell", "smae\tAda Bell\tIda Bell"):find("decisions:2: 'smae' is no verdict", 1, true))
    assert.truthy(fault("same\tAda Bell"):find("decisions:1: two names are needed", 1, true))
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
    assert.truthy(tostring(message):find(path .. ":2: this contradicts", 1, true))
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

  -- runs over two articles of one president and his cousin; returns the entity of each name, and what was told
  local function decided(articles, ...)
    local path = os.tmpname()
    system.write(path, table.concat({ ... }, "\n"))
    local told = {}
    local corpus <close> = trial.run { plugin = "names", articles = articles, set = { ["names.decisions"] = path }, jobs = 1,
      on_event = function(event) told[#told + 1] = event.kind == "log" and event.message or nil end }
    os.remove(path)
    local found = {}
    for row in corpus:sql "select m.name, e.entity_id, e.kind from mention_entity me join mention m using (mention_id) join entity e using (entity_id)" do
      found[row.name] = row.entity_id
    end
    return found, told, path
  end

  it("adds to a cluster and takes nobody out of it", function()
    local articles = { "Colonel Ahmed Ould Zoubir spoke in Tarfa.", "Colonel Ahmad Weld Zubayr left Tarfa.", "They blame Colonel Ahmed Ould Mohamed Lemine of Tarfa." }
    local found = decided(articles, "same\tAhmed Ould Zoubir\tAhmed Ould Mohamed Lemine")
    assert.equal(found["Ahmed Ould Zoubir"], found["Ahmad Weld Zubayr"])
    assert.equal(found["Ahmed Ould Zoubir"], found["Ahmed Ould Mohamed Lemine"])
  end)

  it("tells of names that no article has, with file and line", function()
    local _, told, path = decided(ARTICLES, "same\tRuslan Beks\tTemirbek Dzhunusov", "", "not\tLeyla Osmanowa\tNobody Atall")
    assert.equal(2, #told)
    assert.truthy(told[1]:find(path .. ":3: no article here has the name 'Leyla Osmanowa'", 1, true))
    assert.truthy(told[1]:find("it may be 'Leyla Osmanova' here", 1, true) or told[1]:find("it may be 'Leila Osmanova' here", 1, true))
  end)

  it("stands above kinds", function()
    local found = decided({ "Norlin said on Monday that it would sue. Norlin Shipping closed. Mayor Paul Norlin spoke in Alta. Karl Vantor spoke in Alta." },
      "same\tKarl Vantor\tNorlin Shipping")
    assert.equal(found["Karl Vantor"], found["Norlin Shipping"])
  end)
end)
