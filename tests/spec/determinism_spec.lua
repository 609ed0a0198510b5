-- CONTRACT section 3, promises 1 and 2: the same input gives the same bytes, and a run after a change ends where a run from nothing would.

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")
local system = require "annalist.system"

local function texts(count, salt)
  local list = {}
  for index = 1, count do
    list[index] = string.format("Article %d of the %s batch. %s went to the harbour on day %d.", index, salt or "first", ("Ann Bob Cid Dee Eve"):match("%a+", index % 16 + 1), index % 7)
  end
  return list
end

-- A plugin that does all it can to let order, chance, clocks and addresses reach its rows.
local leaky = [[
local seen, count, last = {}, 0, nil
local cache = {}
article = function(ctx, article)
    count = count + 1
    seen[article.article_id] = true
    local known = 0
    for _ in pairs(seen) do known = known + 1 end
    local names = {}
    for name in pairs({ zeta = 1, alpha = 2, mid = 3, [3] = 1, [1] = 1, [true] = 1 }) do names[#names + 1] = tostring(name) end
    local first = next({ q = 1, b = 2, k = 3 })
    local list = {}
    for i = 1, 300 do list[i] = { key = i % 3, at = i } end
    table.sort(list, function(a, b) return a.key < b.key end)
    ctx:emit("leaky_row", { first = 1, last = 2, value = table.concat({ count, known, tostring(last), table.concat(names, ","), first, list[1].at, list[300].at,
      tostring({}), tostring(print_missing), string.format("%s", function() end), ctx:random(1000000), math.random(1000000) }, " ") })
    last = article.article_id
end]]

local function leaky_plugin(folder)
  workshop.plugin(folder, "leaky", [[
local print_missing
local seen, count, last = {}, 0, nil
return { name = "leaky", version = 1, api = 1, summary = "a plugin of a test",
  results = { leaky_row = { { "article_id", "integer" }, { "first", "integer" }, { "last", "integer" }, { "value", "text" } } },
  ]] .. leaky:gsub("^.-article = ", "article = ") .. "}\n")
end

-- A chain of three: words (article), totals (corpus, reads words), share (article, reads words and totals).
local function chain(folder, limit)
  workshop.plugin(folder, "words", [[
local rules = require "lib.rules"
return { name = "words", version = 1, api = 1, summary = "capitalised words", options = { longest = { type = "integer", default = 20, min = 1, help = "characters" } },
  results = { word = { { "word_id", "id" }, { "article_id", "integer" }, { "first", "integer" }, { "last", "integer" }, { "word", "text" } } },
  article = function(ctx, article)
    for first, word, behind in article.text:gmatch("()(" .. rules.pattern .. ")()") do
      if #word <= ctx:option("longest") then ctx:emit("word", { first = first, last = behind - 1, word = word }) end
    end
  end }]])
  assert(system.mkdir(folder .. "/plugins/lib"))
  assert(system.write(folder .. "/plugins/lib/rules.lua", "return { pattern = '" .. (limit or "%u%l+") .. "' }"))
  workshop.plugin(folder, "totals", [[
return { name = "totals", version = 1, api = 1, summary = "how often each word stands", needs = { "words" },
  results = { total = { { "total_id", "id" }, { "word", "text" }, { "count", "integer" } } },
  corpus = function(ctx)
    for row in ctx:rows("select word, count(*) as n from word group by word order by word") do ctx:emit("total", { word = row.word, count = row.n }) end
  end }]])
  workshop.plugin(folder, "share", [[
return { name = "share", version = 1, api = 1, summary = "rare words of an article", needs = { "words", "totals" },
  results = { rare = { { "article_id", "integer" }, { "word_id", "integer" }, { "first", "integer" }, { "last", "integer" }, { "of", "integer" } } },
  article = function(ctx, article)
    for row in ctx:rows("select word.word_id, first, last, count from word join total using (word) order by word_id") do
      ctx:emit("rare", { word_id = row.word_id, first = row.first, last = row.last, of = row.count })
    end
  end }]])
end

local function by_name(summary)
  local steps = {}
  for _, step in ipairs(summary.steps) do steps[step.plugin] = step end
  return steps
end

describe("The same input", function()
  local folder, other
  before_each(function() folder, other = workshop.folder(), workshop.folder() end)
  after_each(function() workshop.clear(folder) workshop.clear(other) end)

  it("gives the same bytes with one job and with sixteen", function()
    for _, each in ipairs { folder, other } do
      workshop.add(each .. "/c.db", texts(60))
      leaky_plugin(each)
      chain(each)
    end
    workshop.run(folder, { "leaky", "share" }, { jobs = 1 })
    workshop.run(other, { "leaky", "share" }, { jobs = 16 })
    assert.equal(60, #workshop.all(folder, "select 1 from leaky_row"))
    assert.is_nil(workshop.difference(workshop.dump(folder), workshop.dump(other)))
  end)

  it("gives the same rows in whatever order plugins were asked for", function()
    for _, each in ipairs { folder, other } do
      workshop.add(each .. "/c.db", texts(9))
      leaky_plugin(each)
      chain(each)
    end
    workshop.run(folder, { "share", "leaky" })
    workshop.run(other, { "leaky" })
    workshop.run(other, { "words" })
    workshop.run(other, { "share" })
    assert.is_nil(workshop.difference(workshop.dump(folder), workshop.dump(other)))
  end)
end)

describe("A run after a change", function()
  local folder, other
  before_each(function()
    folder, other = workshop.folder(), workshop.folder()
    workshop.add(folder .. "/c.db", texts(20))
    chain(folder)
    workshop.run(folder, { "share" })
  end)
  after_each(function() workshop.clear(folder) workshop.clear(other) end)

  local function from_nothing(more, pattern, added)
    workshop.add(other .. "/c.db", texts(20))
    if added then workshop.add(other .. "/c.db", added) end
    chain(other, pattern)
    workshop.run(other, { "share" }, more)
    return workshop.dump(other)
  end

  it("does nothing when nothing has changed", function()
    local before = workshop.dump(folder)
    local steps = by_name(workshop.run(folder, { "share" }))
    for _, name in ipairs { "words", "totals", "share" } do assert.equal("cached", steps[name].status) end
    assert.equal(0, steps.words.ran)
    assert.equal(before, workshop.dump(folder))
  end)

  it("does one article's work for one article more", function()
    workshop.add(folder .. "/c.db", { "Zadar has a new harbour." })
    local steps = by_name(workshop.run(folder, { "share" }))
    assert.equal(1, steps.words.ran)
    assert.equal(20, steps.words.cached)
    assert.is_nil(workshop.difference(from_nothing(nil, nil, { "Zadar has a new harbour." }), workshop.dump(folder)))
  end)

  it("reads the newest version of an article, and the older ones when it is told to", function()
    workshop.add(folder .. "/c.db", { "Zadar has a new harbour." })
    do
      local db <close> = require("annalist.sqlite").corpus(folder .. "/c.db", "write")
      db:execute("update article set supersedes = 3 where article_id = 21")
    end
    local steps = by_name(workshop.run(folder, { "share" }))
    assert.equal(1, steps.words.ran)
    assert.equal(20, steps.words.articles)
    assert.equal(0, #workshop.all(folder, "select 1 from word where article_id = 3"))
    assert.equal(0, #workshop.all(folder, "select 1 from rare where article_id = 3"))
    assert.same({ { count = 19 } }, workshop.all(folder, "select count from total where word = 'Article'"))
    workshop.run(folder, { "share" }, { all_versions = true })
    assert.same({ { count = 20 } }, workshop.all(folder, "select count from total where word = 'Article'"))
  end)

  it("runs again what a changed option touches", function()
    local steps = by_name(workshop.run(folder, { "share" }, { set = { ["words.longest"] = "3" } }))
    assert.equal(20, steps.words.ran)
    assert.equal("other options", steps.words.reason)
    assert.is_nil(workshop.difference(from_nothing { set = { ["words.longest"] = "3" } }, workshop.dump(folder)))
  end)

  it("runs again what a changed line in a loaded module touches", function()
    assert(system.write(folder .. "/plugins/lib/rules.lua", "return { pattern = '%l+' }"))
    local steps = by_name(workshop.run(folder, { "share" }))
    assert.equal("changed code", steps.words.reason)
    assert.equal("done", steps.totals.status)
    assert.is_nil(workshop.difference(from_nothing(nil, "%l+"), workshop.dump(folder)))
  end)

  it("stops where the rows came out the same", function()
    local code = system.read(folder .. "/plugins/lib/rules.lua")
    assert(system.write(folder .. "/plugins/lib/rules.lua", code .. " -- a comment"))
    local steps = by_name(workshop.run(folder, { "share" }))
    assert.equal(20, steps.words.ran)
    assert.equal("cached", steps.totals.status)
    assert.equal("cached", steps.share.status)
  end)

  it("gives a role that another plugin takes over the rows of that plugin alone", function()
    workshop.plugin(folder, "shout", [[
return { name = "shout", version = 1, api = 1, summary = "other words", provides = "words",
  results = { word = { { "word_id", "id" }, { "article_id", "integer" }, { "first", "integer" }, { "last", "integer" }, { "word", "text" } } },
  article = function(ctx, article) ctx:emit("word", { first = 1, last = 7, word = article.text:sub(1, 7) }) end }]])
    workshop.run(folder, { "share" }, { use = { words = "shout" } })
    assert.equal(20, #workshop.all(folder, "select 1 from word"))
    assert.same({ { word = "Article", count = 20 } }, workshop.all(folder, "select word, count from total"))
    workshop.run(folder, { "share" }, { use = { words = "words" } })
    assert.is_nil(workshop.difference(from_nothing(), workshop.dump(folder)))
  end)

  it("says in a dry run what it would do, and does not do it", function()
    workshop.add(folder .. "/c.db", { "Zadar has a new harbour." })
    local before = workshop.dump(folder)
    local steps = by_name(workshop.run(folder, { "share" }, { dry_run = true }))
    assert.equal("would run", steps.words.status)
    assert.equal(1, steps.words.ran)
    assert.equal(before, workshop.dump(folder))
  end)
end)
