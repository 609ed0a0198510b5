-- Spelling shifts that a corpus teaches: what joined three people surely helps with the fourth, and the reason says so.

local system = require "annalist.system"

package.path = system.join(system.plugins(), "?.lua") .. ";" .. system.join(system.plugins(), "?/init.lua") .. ";" .. package.path
local forms = require "lib.names.forms"
local knowledge = require "lib.names.knowledge"
local matcher = require "lib.names.matcher"
local shifts = require "names.shifts"

-- One paper writes sh as x: three people who are known again by other evidence
local TAUGHT = { { "Omar Shavarin", "Omar Xavarin" }, { "Temir Shokanov", "Temir Xokanov" }, { "Leyla Shandieva", "Leyla Xandieva" } }

local function new_world()
  local known = knowledge.load()
  local world = { knowledge = known, matcher = matcher.new(nil, known) }
  world.forms = forms.new(world.matcher)
  return world
end

local function pairs_of(world, list, points)
  local result = {}
  for i, names in ipairs(list) do
    result[i] = { a = { form = world.forms:of(names[1]) }, b = { form = world.forms:of(names[2]) }, points = points }
  end
  return result
end

describe("a shift that a corpus teaches", function()
  it("makes the same step cheaper for names that nobody has taught", function()
    local world = new_world()
    local before = world.matcher:score("Pavel Shumalin", "Pavel Xumalin")
    local learnt = assert(shifts.learn(world, pairs_of(world, TAUGHT, 2)))
    assert.is_true(learnt:score("Pavel Shumalin", "Pavel Xumalin") > before)
    assert.is_true(learnt.kernel:distance("shumalin", "xumalin") < world.matcher.kernel:distance("shumalin", "xumalin"))
  end)

  it("is named in the reason, with the number of pairs that taught it", function()
    local world = new_world()
    world.matcher = shifts.learn(world, pairs_of(world, TAUGHT, 2))
    local fourth = pairs_of(world, { { "Pavel Shumalin", "Pavel Xumalin" } }, 1)[1]
    assert.equal(", with sh~x as in 3 other pairs of names here", shifts.words(world, fourth))
    assert.equal("", shifts.words(world, pairs_of(world, { { "Pavel Orlin", "Pavel Orlyn" } }, 1)[1]))
  end)

  it("is not learnt from one pair, nor from pairs that are unsure", function()
    local world = new_world()
    assert.is_nil(shifts.learn(world, pairs_of(world, { TAUGHT[1] }, 2)))
    assert.is_nil(shifts.learn(world, pairs_of(world, TAUGHT, 0.5)))
  end)
end)
