-- CONTRACT section 3, promise 5: killed at any moment, the corpus opens again, holds all that was committed, and the next run
-- ends in the same bytes as one that nobody disturbed.

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")
local sqlite = require "annalist.sqlite"
local system = require "annalist.system"

local function write_articles(folder, count)
  local lines = {}
  for index = 1, count do
    lines[index] = string.format('{"id": "a%d", "date": "2021-03-%02d", "title": "Flood %d", "text": "The river Ister rose again on Monday. %s"}',
      index, index % 28 + 1, index, ("Mayor Ana Petrova said that %d houses were evacuated. "):format(index):rep(20))
  end
  assert(system.write(folder .. "/a.jsonl", table.concat(lines, "\n") .. "\n"))
end

local slow_plugin = [[
return { name = "slow", version = 1, api = 1, summary = "a plugin of a test", needs = { "sentences" },
  results = { slow_row = { { "article_id", "integer" }, { "first", "integer" }, { "last", "integer" }, { "value", "text" } } },
  article = function(ctx, article)
    local n = 0
    for i = 1, 200000 do n = n + i % 7 end
    for first, word, behind in article.text:gmatch("()(%u%l+)()") do ctx:emit("slow_row", { first = first, last = behind - 1, value = word .. n }) end
  end,
  corpus = function(ctx) for i = 1, 50 do ctx:emit("slow_row", { article_id = i, value = "total" }) end end }]]

local function command(folder, words)
  return string.format("%s %s --plugin-path %s/plugins >%s/log 2>&1", system.program(), words, folder, folder)
end

local function load_words(folder) return string.format("load %s/c.db %s/a.jsonl", folder, folder) end
local function run_words(folder) return string.format("run %s/c.db slow", folder) end

local function execute(folder, words)
  local _, kind, status = os.execute((command(folder, words):gsub(" %-%-plugin%-path %S+", words:find("^load") and "" or "%0")))
  return kind, status
end

-- Runs a command and kills it, and all that it started, after some milliseconds.
local function kill_after(folder, words, milliseconds)
  local line = command(folder, words):gsub(" %-%-plugin%-path %S+", words:find("^load") and "" or "%0")
  os.execute(string.format("exec 2>/dev/null; timeout --signal=KILL %.3f sh -c 'exec %s'", milliseconds / 1000, line))
end

local function opens(folder)
  if not system.exists(folder .. "/c.db") then return true end
  local ok, db = pcall(sqlite.open, folder .. "/c.db", "read")
  if not ok then return false, db end
  local fine = db:value("pragma integrity_check")
  db:close()
  return fine == "ok", fine
end

describe("Killed at any moment", function()
  local undisturbed, folder
  setup(function()
    undisturbed, folder = workshop.folder(), workshop.folder()
    for _, each in ipairs { undisturbed, folder } do
      write_articles(each, 300)
      workshop.plugin(each, "slow", slow_plugin)
    end
    execute(undisturbed, load_words(undisturbed))
    execute(undisturbed, run_words(undisturbed))
  end)
  teardown(function()
    workshop.clear(undisturbed)
    workshop.clear(folder)
  end)

  it("a load leaves a corpus that opens, and the next load completes it", function()
    local seed = 12345
    for _ = 1, 10 do
      seed = (seed * 1103515245 + 12345) % 2147483648
      kill_after(folder, load_words(folder), 5 + seed % 120)
      local fine, why = opens(folder)
      assert.is_true(fine, why)
    end
    execute(folder, load_words(folder))
    local db <close> = sqlite.open(folder .. "/c.db", "read")
    assert.equal(300, db:value("select count(*) from article"))
  end)

  it("a run leaves a corpus that opens, and the next run ends where an undisturbed one does", function()
    execute(folder, load_words(folder))
    local seed = 54321
    for _ = 1, 10 do
      seed = (seed * 1103515245 + 12345) % 2147483648
      kill_after(folder, run_words(folder), 20 + seed % 700)
      local fine, why = opens(folder)
      assert.is_true(fine, why)
      local db <close> = sqlite.open(folder .. "/c.db", "read")
      assert.equal(300, db:value("select count(*) from article"))
    end
    local _, status = execute(folder, run_words(folder))
    assert.equal(0, status, system.read(folder .. "/log"))
    assert.is_nil(workshop.difference(workshop.dump(undisturbed), workshop.dump(folder)))
  end)

  it("a worker costs the article that it had, and no more", function()
    local place = workshop.folder()
    workshop.add(place .. "/c.db", { "One.", "Two.", "Three." })
    workshop.simple(place, "bad", [[article = function(ctx, article)
      if article.text == "Two." then local lpeg = require "lpeg" local p = lpeg.P(true) for i = 1, 1e6 do p = p * lpeg.P("x") ^ -1 end p:match(("x"):rep(1e6)) end
      ctx:emit("bad_row", { first = 1, last = 2 })
    end]])
    workshop.run(place, { "bad" })
    assert.equal(2, #workshop.all(place, "select 1 from bad_row"))
    assert.equal(2, workshop.all(place, "select article_id from run_error")[1].article_id)
    workshop.clear(place)
  end)
end)
