-- What NAME finds, in sentences that a newspaper could have printed. Run it with: annalist test FOLDER/NAME_spec.lua

local trial = require "annalist.trial"

local folder = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."

-- The rows of NAME over articles of ours.
local function rows(articles, set)
  local corpus <close> = trial.run { plugin = "NAME", paths = { folder .. "/.." }, articles = articles, set = set }
  return corpus:rows("NAME"):all()
end

describe("NAME", function()
  it("finds a percentage and its place", function()
    local text = "Prices rose by 12.5 percent in October, the bank said."
    local found = rows { text }
    assert.are.equal(1, #found)
    assert.are.equal(12.5, found[1].value)
    assert.are.equal("12.5 percent", text:sub(found[1].first, found[1].last))
  end)

  it("finds none where a number counts something else", function()
    assert.are.equal(0, #rows { "The council met 3 times, and 14 members spoke." })
  end)

  it("leaves out what is smaller than its option says", function()
    local found = rows({ "Turnout was 48%, and 2 % of the votes were spoilt." }, { ["NAME.minimum"] = 10 })
    assert.are.equal(1, #found)
    assert.are.equal(48, found[1].value)
  end)
end)
