-- CONTRACT section 3, promise 2, by chance: whatever is loaded, changed, broken, mended and run in whatever order, the corpus ends as a run
-- from nothing over the same articles ends. The changes come from a seed, so that a failure comes again; ANNALIST_ROUNDS asks for more of them.

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")
local sqlite = require "annalist.sqlite"
local system = require "annalist.system"

local rounds = tonumber(os.getenv "ANNALIST_ROUNDS") or 5
local everything = { "digest", "both", "rank" }

-- The plugins, each of another kind; what can change in their code stands in `state`.
local function write_plugins(folder, state)
  assert(system.mkdir(folder .. "/plugins/lib"))
  assert(system.write(folder .. "/plugins/lib/rules.lua",
    string.format("return { pattern = '%s', bob = %s, tiny = %s } -- %d", state.pattern, state.bob, state.tiny, state.comment)))
  workshop.plugin(folder, "words", string.format([[
local rules = require "lib.rules"
return { name = "words", version = %d, api = 1, summary = "capitalised words", options = { longest = { type = "integer", default = 20, help = "characters" } },
  results = { word = { { "word_id", "id" }, { "article_id", "integer" }, { "first", "integer" }, { "last", "integer" }, { "word", "text" }, { "weight", "number" } } },
  article = function(ctx, article)
    if article.text:find("day %d", 1, true) then error("a bad day") end
    for first, word, behind in article.text:gmatch("()(" .. rules.pattern .. ")()") do
      if #word <= ctx:option("longest") then
        ctx:emit("word", { first = first, last = behind - 1, word = word ~= "Bob" and word or rules.bob, weight = #word / 3 + rules.tiny })
      end
    end
  end }]], state.version, state.bad_day))
  workshop.plugin(folder, "shout", [[
return { name = "shout", version = 1, api = 1, summary = "other words", provides = "words",
  results = { word = { { "word_id", "id" }, { "article_id", "integer" }, { "first", "integer" }, { "last", "integer" }, { "word", "text" }, { "weight", "number" } },
    extra = { { "article_id", "integer" } } },
  article = function(ctx, article) ctx:emit("word", { first = 1, last = 3, word = article.text:sub(1, 3) }) ctx:emit("extra", {}) end }]])
  workshop.plugin(folder, "totals", string.format([[
return { name = "totals", version = 1, api = 1, summary = "how often each word stands", needs = { "words" },
  options = { least = { type = "integer", default = 1, help = "times" } },
  results = { total = { { "total_id", "id" }, { "word", "text" }, { "count", "integer" }, { "weight", "number" } } },
  corpus = function(ctx)
    if %s then error("no totals") end
    for row in ctx:rows("select word, count(*) as count, sum(weight) as weight from word group by word having count(*) >= ? order by word", ctx:option("least")) do
      ctx:emit("total", row)
    end
  end }]], state.no_totals))
  workshop.plugin(folder, "rank", [[
return { name = "rank", version = 1, api = 1, summary = "rows of articles from a corpus stage", needs = { "words" },
  results = { rank = { { "article_id", "integer" }, { "words", "integer" }, { "note", "text" } } },
  corpus = function(ctx)
    for row in ctx:rows("select article_id, count(*) as n from word group by article_id order by n desc, article_id") do
      ctx:emit("rank", { article_id = row.article_id, words = row.n // 3, note = row.n % 2 == 0 and "-" or nil })
    end
  end }]])
  workshop.plugin(folder, "both", [[
return { name = "both", version = 1, api = 1, summary = "both stages", needs = { "words" },
  results = { own = { { "article_id", "integer" }, { "n", "integer" } }, most = { { "n", "integer" } } },
  article = function(ctx) for row in ctx:rows("select count(*) as n from word") do ctx:emit("own", row) end end,
  corpus = function(ctx) for row in ctx:rows("select max(n) as n from own") do ctx:emit("most", row) end end }]])
  workshop.plugin(folder, "share", [[
return { name = "share", version = 1, api = 1, summary = "an article's words with what is known of them", needs = { "words", "totals" }, wants = { "rank", "both" },
  results = { rare = { { "article_id", "integer" }, { "word_id", "integer" }, { "first", "integer" }, { "last", "integer" }, { "of", "integer" },
    { "weight", "number" }, { "seen", "text" } } },
  article = function(ctx)
    local seen = ""
    if ctx:has("rank") then for row in ctx:rows("select words, note from rank") do seen = seen .. row.words .. tostring(row.note) end end
    if ctx:has("both") then for row in ctx:rows("select own.n as a, most.n as b from own, most") do seen = seen .. row.a .. "/" .. row.b end end
    for row in ctx:rows("select word_id, first, last, count, word.weight as weight from word join total using (word) order by word_id") do
      ctx:emit("rare", { word_id = row.word_id, first = row.first, last = row.last, of = row.count, weight = row.weight, seen = seen })
    end
  end }]])
  workshop.plugin(folder, "digest", [[
return { name = "digest", version = 1, api = 1, summary = "all that a report can see", needs = { "share" }, wants = { "*" }, results = { said = { { "what", "text" } } },
  corpus = function(ctx, corpus)
    local lines = { tostring(corpus.count) }
    for _, t in ipairs(ctx:tables()) do
      for row in ctx:rows("select count(*) as n from " .. t.table) do lines[#lines + 1] = table.concat({ t.role, t.plugin, t.version, t.status, t.table, row.n }, " ") end
    end
    for _, sql in ipairs { "select * from run", "select * from run_error", "select * from source", "select * from source_error" } do
      for row in ctx:rows(sql) do
        for name, value in pairs(row) do lines[#lines + 1] = name .. "=" .. tostring(value) end
      end
    end
    for _, line in ipairs(lines) do ctx:emit("said", { what = line }) end
    ctx:write("digest.txt", table.concat(lines, "\n"))
  end }]])
end

-- What can happen between two runs. Each gets the world, and a number by chance.
local changes = {
  function(world) world.add(1 + world.chance(3)) end,
  function(world) world.state.pattern = ({ "%u%l+", "%l+", "%u%l%l+" })[world.chance(3)] end,
  function(world) world.state.bob = ({ "'Rob'", "nil", "'-'" })[world.chance(3)] end,
  function(world) world.state.tiny = ({ "0", "1e-15", "1e-13" })[world.chance(3)] end,
  function(world) world.state.comment = world.chance(3) end,
  function(world) world.state.version = world.chance(2) end,
  function(world) world.state.bad_day = world.chance(12) end,
  function(world) world.state.no_totals = tostring(world.chance(3) == 1) end,
  function(world) world.set["words.longest"] = ({ "3", "20" })[world.chance(2)] end,
  function(world) world.set["totals.least"] = ({ "1", "3", "900" })[world.chance(3)] end,
  function(world) world.use.words = ({ "shout", "words" })[world.chance(2)] end,
  function(world) world.correct(world.chance(#world.texts)) end,
}
local selections = { { "words" }, { "totals" }, { "share" }, { "rank" }, { "both" }, { "digest" }, { "share", "both" }, { "digest", "rank" }, everything }

local function new_world(folder, seed)
  local world = { state = { pattern = "%u%l+", bob = "'Rob'", tiny = "0", comment = 0, version = 1, bad_day = 99, no_totals = "false" },
    set = {}, use = {}, texts = {}, corrected = {} }
  function world.chance(n)
    seed = (seed * 1103515245 + 12345) % 2147483648
    return (seed >> 8) % n + 1
  end
  local function text()
    local sentences = {}
    for i = 1, 3 + world.chance(8) do
      sentences[i] = string.format("%s went to the harbour on day %d.", ({ "Ann", "Bob", "Cid", "Dee", "Zadar" })[world.chance(5)], world.chance(9))
    end
    return string.format("Number %d. %s", #world.texts + 1, table.concat(sentences, " "))
  end
  local function put(new)
    workshop.add(folder .. "/c.db", { new })
    world.texts[#world.texts + 1] = new
  end
  function world.add(count) for _ = 1, count do put(text()) end end
  function world.correct(old)
    if world.corrected[old] then return end
    put(world.texts[old] .. " (Corrected.)")
    world.corrected[old] = #world.texts
    local db <close> = sqlite.corpus(folder .. "/c.db", "write")
    db:execute("update article set supersedes = ? where article_id = ?", old, #world.texts)
  end
  function world.run(where, plugins, more)
    local request = { set = {}, use = world.use, article_seconds = 10, jobs = world.chance(4) }
    for name, value in pairs(world.set) do
      if not (name:find("^words") and world.use.words == "shout") then request.set[name] = value end
    end
    for name, value in pairs(more or {}) do request[name] = value end
    workshop.run(where, plugins, request)
  end
  return world
end

describe("Changes in any order", function()
  for round = 1, rounds do
    it("end where a run from nothing ends, round " .. round, function()
      local folder, other = workshop.folder(), workshop.folder()
      finally(function() workshop.clear(folder) workshop.clear(other) end)
      local world = new_world(folder, round * 7919)
      world.add(4)
      for _ = 1, 3 + world.chance(6) do
        changes[world.chance(#changes)](world)
        write_plugins(folder, world.state)
        if world.chance(3) > 1 then world.run(folder, selections[world.chance(#selections)], { force = world.chance(6) == 1 }) end
      end
      write_plugins(folder, world.state)
      world.run(folder, everything)
      workshop.add(other .. "/c.db", world.texts)
      do
        local db <close> = sqlite.corpus(other .. "/c.db", "write")
        for old, new in pairs(world.corrected) do db:execute("update article set supersedes = ? where article_id = ?", old, new) end
      end
      write_plugins(other, world.state)
      world.run(other, everything)
      assert.is_nil(workshop.difference(workshop.dump(other), workshop.dump(folder)))
      assert.equal(system.read(other .. "/out/digest.txt"), system.read(folder .. "/out/digest.txt"))
    end)
  end
end)
