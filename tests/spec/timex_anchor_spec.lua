-- From which day an article's words are reckoned when `published` put another day in the place of the declared one and isn't sure of it:
-- the one that the article's own dates fit. Forms as `expressions` gives them.

local system = require "annalist.system"
package.path = system.plugins() .. "/?.lua;" .. system.plugins() .. "/?/init.lua;" .. package.path
local anchor = require "timex.anchor"

local DECLARED = "2011-10-08"
local doubtful = { date = "2010-08-07", confidence = 0.4, method = "other articles" }

local function full(value) return { form = "full", type = "DATE", value = value } end
local function partial(value, more) return { form = "partial", type = "DATE", value = value, step = more } end
local last_year = { form = "shift", type = "DATE", unit = "Y", shift = -1 }

describe("the day from which timex reckons", function()
  local function choose(row, expressions) return { anchor.choose(row, 0.2, DECLARED, expressions) } end

  it("is the day that published found, where the words say nothing else", function()
    assert.are.same({ "2010-08-07", "published" }, choose(doubtful, { partial "XXXX-WXX-1" }))
  end)
  it("is the declared day when the story is told with its year, as of the year before", function()
    assert.are.same({ DECLARED, "declared" }, choose(doubtful, { last_year, full "2010-08-07" }))
  end)
  it("is the declared day when the days named lie about it", function()
    assert.are.same({ DECLARED, "declared" }, choose(doubtful, { partial "XXXX-02-11", partial("XXXX-08", -1), partial "XXXX-10-06" }))
  end)
  it("is what published found when that is sure", function()
    local sure = { date = "2010-08-07", confidence = 0.8, method = "other articles" }
    assert.are.same({ "2010-08-07", "published" }, choose(sure, { last_year, full "2010-08-07" }))
  end)
  it("is none where published only guesses and the words say nothing", function()
    local guess = { date = "2010-08-07", confidence = 0.1, method = "other articles" }
    assert.are.same({ nil, "published" }, choose(guess, { partial "XXXX-WXX-1" }))
    assert.are.same({ DECLARED, "declared" }, choose(guess, { last_year, full "2010-08-07" }))
  end)
end)
