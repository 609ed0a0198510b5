-- Texts made to slow down whoever reads them: a megabyte of "Monday ", of "1.1.1.1", of dates that never end. Twice the text may take about twice the
-- time (ratio under 2.6), in sentences and in expressions of time of each language; and the whole run, with default limits, loses no article.

local directory = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
local workshop = dofile(directory .. "workshop.lua")
local timex = dofile(directory .. "timex_workshop.lua")
local system = require "annalist.system"
local data = require "annalist.data"
local text = require "annalist.text"

local english = { "Monday ", "by Monday ", "May ", "1.1.1.1", "1.1.1.", "a.B", "9", "1,111,", "March 4, 5, 6, 7, ", "4, 5, 6 and 7 March, ", "two years and two years and ",
  "from from from ", "between 9 and ", "9-11 ", "a week from ", "the night of 5 to ", "the eve of ", "on the 3rd and ", "2020.10.", "twenty ", "hundred thousand ", "half past ", "the same ",
  "the year ended ", "announced ", "will be ", "(Monday ", "Monday and ", "Easter ", "3/4 ", "'", "\xE2\x80\x99", "$ ", "..", "?!", ".) ", "\n ", "half past half past ", "Q1 ", "2020-W" }
local russian = { "понедельник ", "6 октября ", "с 4 на 5 ", "двадцать ", "в ", "раз в ", "через ", "XX ", "был ", "январь 2020 " }

local function clock(f)
  local best
  for _ = 1, 2 do
    collectgarbage()
    local start = os.clock()
    f()
    local spent = os.clock() - start
    if not best or spent < best then best = spent end
  end
  return best
end

-- f is given the piece over and over, as often as fits into 15 and into 30 KB. A machine with other things to do gets a second and a third chance.
local function assert_linear(what, piece, f)
  local once, twice = piece:rep(15000 // #piece), piece:rep(30000 // #piece)
  local short, long
  for _ = 1, 3 do
    short, long = clock(function() f(once) end), clock(function() f(twice) end)
    -- what takes less than 20 ms is fast, whatever the clock makes of it
    if long < 0.02 or long / short < 2.6 then break end
  end
  assert(long < 0.02 or long / short < 2.6, ("%s, %q: %.3f s, then %.3f s for twice as much"):format(what, piece, short, long))
  assert(long < 0.5, ("%s, %q: %.3f s for 30 KB"):format(what, piece, long))
end

describe("texts made to slow", function()
  local before = package.path
  setup(function() package.path = system.plugins() .. "/?.lua;" .. system.plugins() .. "/?/init.lua;" .. before end)
  teardown(function() package.path = before end)

  it("take linear time in sentences", function()
    local boundaries = require "sentences.boundaries"
    local known = boundaries.load()
    for _, piece in ipairs(english) do
      assert_linear("text.sentences", piece, function(s) text.sentences(s) end)
      assert_linear("sentences", piece, function(s) boundaries.split(s:gsub("%s", " "), text.sentences, known) end)
    end
    assert_linear("marks in a row", "?!", function(s) text.sentences(s .. " 5") end)
  end)

  for _, entry in ipairs { { "en", english }, { "ru", russian } } do
    local code, pieces = entry[1], entry[2]
    it("take linear time in expressions of " .. code, function()
      local find, story = require "expressions.find", require "timex.story"
      local language = require("expressions." .. code).build(function(name) return data.table("time/" .. code .. "/" .. name .. ".tsv") end)
      for _, piece in ipairs(pieces) do
        assert_linear("expressions", piece, function(s)
          story.resolve(find.expressions(language, s, { { first = 1, last = #s, ordinal = 1 } }), "2021-03-02", "north")
        end)
      end
    end)
  end

  it("lose no article of a megabyte", function()
    local folder <close> = setmetatable({ path = workshop.folder() }, { __close = function(self) workshop.clear(self.path) end })
    local texts = {}
    for i, piece in ipairs { "Monday ", "1.1.1.1", "March 4, 5, 6, 7, ", "two years and two years and ", "from from from " } do texts[i] = { piece:rep(1000000 // #piece), "2021-03-02" } end
    local result = timex.run(folder.path, texts, "en", "large.db", nil, { article_seconds = 10, memory = 1 << 30 })
    assert.are.equal(0, result.failed, result.errors[1] and result.errors[1].message)
  end)
end)
