-- Shares of a vote: whose they are, and where articles tell one candidate's differently. Invented news, the whole chain of plugins.

local trial = require "annalist.trial"

-- "verdict: summary" of the differences about per cent of these articles
local function found(...)
  local corpus <close> = trial.run { plugin = "discrepancies", articles = { ... }, jobs = 1 }
  local list = {}
  for row in corpus:sql "select verdict, summary from discrepancy where subject = 'percent' order by discrepancy_id" do list[#list + 1] = row.verdict .. ": " .. row.summary end
  return list
end

local first = "SELDA, March 2, 2021 - The Election Commission of Norland said on Tuesday that Pavel Norrin had won the election with 52.1 percent against 44.8 percent for Ivo Kral.\n\n"

describe("a candidate's share", function()
  it("is made round", function()
    assert.same({ "rounding: Share of Pavel Norrin: 52.1 percent is handed on as 52 percent" },
      found(first, "SELDA, March 2, 2021 - The commission announced the victory of Pavel Norrin in the Norland election with 52 percent of the vote. Ivo Kral was silent."))
  end)

  it("is in conflict with what the candidate claims for himself", function()
    local list = found(first, "SELDA, March 3, 2021 - Ivo Kral rejected the result that the Election Commission of Norland gave, and said on Wednesday "
      .. "that Pavel Norrin had not won the election. \"We were robbed,\" Kral said. He claimed victory with 54 percent of the votes. Pavel Norrin was silent.")
    assert.equal(1, #list)
    assert.truthy(list[1]:find("^conflict: Share of Ivo Kral: 44.8 percent .- against 54 percent"), list[1])
  end)

  it("is updated by a later count", function()
    local list = found(first, "SELDA, March 8, 2021 - The high court of Norland upheld the result of the election on Monday. Judge Lena Ost put Pavel Norrin's share at 51.4 percent and Ivo Kral's at 45.3 percent.")
    assert.equal(2, #list)
    assert.truthy(list[1]:find("^update: Share of Pavel Norrin: 52.1 percent .-, 6 days later 51.4 percent"), list[1])
    assert.truthy(list[2]:find("^update: Share of Ivo Kral: 44.8 percent .-, 6 days later 45.3 percent"), list[2])
  end)

  it("is compared for turnout too", function()
    local list = found(first .. "Turnout in the election was 61.3 percent, it said. Observers put turnout at 48 percent.")
    assert.equal(1, #list)
    assert.truthy(list[1]:find("^conflict: Turnout: 61.3 percent .-against 48 percent"), list[1])
  end)

  it("is no turnout", function()
    assert.same({}, found(first, "SELDA, March 2, 2021 - Pavel Norrin won the election in Norland on a turnout of 61 percent. Ivo Kral was silent."))
  end)
end)
