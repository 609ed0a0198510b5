-- A plugin made by `annalist new`: well by the contract, with a test that passes, and run like any other.

local system = require "annalist.system"
local trial = require "annalist.trial"

describe("annalist new", function()
  local folder, remove
  setup(function()
    folder, remove = trial.folder()
    system.write(system.join(folder, "a.txt"), "Turnout fell to 43 percent, the commission said. In 2015 it was 61.5%.")
  end)
  teardown(function() remove() end)

  local function call(line)
    return trial.shell(folder, line)
  end

  it("writes a plugin that holds the contract, its test, and says what to do next", function()
    local status, out, err = call "annalist new shares --plugin-path mine"
    assert.are.equal(0, status, err)
    assert.are.equal("mine/shares/init.lua\nmine/shares/shares_spec.lua\n", out)
    assert.matches("annalist check", err)
    assert.are.equal(0, (call "annalist check mine/shares"))
    status, out = call "annalist test mine/shares/shares_spec.lua"
    assert.are.equal(0, status, out)
    assert.matches("\n?3 passed, 0 failed\n$", out)
  end)

  it("runs, and its rows stand in its table", function()
    local status, _, err = call "annalist load k.db a.txt && annalist run k.db shares --plugin-path mine"
    assert.are.equal(0, status, err)
    local _, out = call "annalist sql k.db 'select value from shares order by first' --format csv"
    assert.are.equal("value\r\n43\r\n61.5\r\n", out)
    status, out = call "annalist plugins shares --plugin-path mine"
    assert.are.equal(0, status)
    assert.matches("minimum%s+number, default 0", out)
  end)

  it("goes to the user's own folder when none is named, and is found there", function()
    local status, _, err = call "export XDG_CONFIG_HOME=$PWD/config; annalist new shares && annalist run k.db shares"
    assert.are.equal(0, status, err)
    assert.is_true(system.exists(system.join(folder, "config/annalist/plugins/shares/init.lua")))
  end)

  it("refuses a name that can't be one, and overwrites nothing", function()
    assert.are.equal(2, (call "annalist new Shares --plugin-path mine"))
    assert.are.equal(2, (call "annalist new ../shares --plugin-path mine"))
    assert.are.equal(2, (call "annalist new shares --plugin-path mine"))
  end)

  it("is told apart from one that breaks the contract, all faults at once", function()
    system.mkdir(system.join(folder, "mine/broken"))
    system.write(system.join(folder, "mine/broken/init.lua"), 'return { name = "broken", version = "one", api = 1, article = function() end }')
    local status, out = call "annalist check mine/broken mine/shares"
    assert.are.equal(1, status)
    assert.matches("mine/broken/init.lua: version", out)
    assert.matches("mine/broken/init.lua: summary", out)
    assert.matches("mine/shares/init.lua: well", out)
  end)
end)
