-- Ages and offices: as a passage gives them, and where articles of one story contradict each other. Invented news, the whole chain of plugins.

local trial = require "annalist.trial"
local system = require "annalist.system"

package.path = system.join(system.plugins(), "?.lua") .. ";" .. package.path
local ages = require "lib.ages"

local function read(s)
  local list = {}
  for i, age in ipairs(ages.within(s, 1, #s)) do list[i] = ("%d-%d %s"):format(age.from, age.to, s:sub(age.first, age.last)) end
  return list
end

describe("ages in a passage", function()
  setup(ages.load)

  it("are read in all the news's ways", function()
    assert.same({ "19-19 19 years old" }, read "The dead man was 19 years old.")
    assert.same({ "21-21 Twenty-one-year-old" }, read "Twenty-one-year-old students came.")
    assert.same({ "30-115 of age over 30" }, read "a man of age over 30 years")
    assert.same({ "30-35 between the ages of 30 and 35" }, read "a man between the ages of 30 and 35 died")
    assert.same({ "36-39 in his late thirties", "40-49 in their 40s" }, read "a man in his late thirties, two in their 40s")
    assert.same({ "20-30 aged 20 to 30", "44-44 aged 44" }, read "women aged 20 to 30, a man aged 44")
  end)

  it("are no ages where nobody can be so old, or nothing is said of years", function()
    assert.same({}, read "a 300-year-old mill, between 3 and 5 boats, aged care, a village of age and beauty")
  end)
end)

-- kind -> summary of the discrepancies of these articles; the first line of each is its date
local function found(...)
  local corpus <close> = trial.run { plugin = "discrepancies", articles = { ... }, jobs = 1 }
  local list = {}
  for row in corpus:sql "select kind, summary from discrepancy where kind in ('age', 'role') order by discrepancy_id" do list[#list + 1] = row.kind .. ": " .. row.summary end
  return list
end

local first = "SELDA, March 2, 2021 - Fighting broke out at the harbour of Selda on Tuesday after guards closed the fish market. "
local second = "SELDA, March 3, 2021 - The harbour of Selda was quiet on Wednesday after the fighting at the closed fish market. "

describe("ages told differently", function()
  it("are a conflict for the one dead whom nobody names", function()
    assert.same({ "age: The age of the dead man is given as 19 and “of age over 30”" },
      found(first .. "One man was killed and 40 people were injured, doctors said. The dead man was 19 years old.",
        second .. "One person was killed, 40 were injured. The man who died was of age over 30 years, the police said."))
  end)

  it("are none where more than one died", function()
    assert.same({}, found(first .. "Two men were killed. One dead man was 19 years old.", second .. "Two people were killed. A man of 45 years of age died in hospital."))
  end)

  it("are a conflict for somebody with a name, but not for a birthday in between", function()
    local list = found(first .. "Among the wounded was Pavel Norrin, 47, a baker.", second .. "Pavel Norrin, 41, a baker, left the hospital.")
    assert.same({ "age: The age of Pavel Norrin is given as 47 and 41" }, list)
    assert.same({}, found(first .. "Among the wounded was Pavel Norrin, 47, a baker.", second .. "Pavel Norrin, 19, a pupil, left the hospital."))
    list = found(first .. "The baker sat there with a picture of her six-year-old daughter Milla Norrin. The ten-year-old girl's father Ivo Kral said nothing.",
      second .. "Milla Norrin, 7, was found alive. Ivo Kral, 41, a carpenter, carried her home.")
    assert.same({ "age: The age of Milla Norrin is given as 6 and 7" }, list)
    assert.same({}, found(first .. "Among the wounded was Pavel Norrin, 47, a baker.",
      "SELDA, November 3, 2021 - The harbour of Selda opens its fish market again. Pavel Norrin, 48, a baker, was there after the fighting."))
  end)
end)

describe("an office", function()
  it("is read behind as, and behind an appointment", function()
    assert.same({ "role: Pavel Norrin is called “acting harbour minister” and “harbour minister”" },
      found(first .. "The council confirmed Pavel Norrin as acting harbour minister. He spoke to the fishermen.",
        second .. "Pavel Norrin, whose appointment as harbour minister the council has signed, spoke to the fishermen."))
  end)
end)
