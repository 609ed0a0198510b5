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

  -- What a plugin keeps between its articles, and what it then makes of it in each: all must see it as prepare left it.
  local keepers = {
    { "a counter", "local n = 0", "n = n + 1 value = n" },
    { "a cache", "local cache = {}", "cache[#cache + 1] = true value = #cache" },
    { "a new key of a large table", "local t = {} for i = 1, 200 do t['k' .. i] = i end",
      "t['x' .. article.article_id] = 1 value = 0 for _ in pairs(t) do value = value + 1 end" },
    { "a changed value of a large table", "local t = {} for i = 1, 200 do t['k' .. i] = i end", "t.k7 = t.k7 + 1 value = t.k7" },
    { "a changed value of a huge table", "local t = {} for i = 1, 30000 do t[i] = i end", "t[7] = t[7] + 1 value = t[7]" },
    { "a record in a large table", "local t = {} for i = 1, 200 do t['k' .. i] = { n = 0 } end", "t.k7.n = t.k7.n + 1 value = t.k7.n" },
    { "a record in a huge table", "local t = {} for i = 1, 30000 do t[i] = { n = 0 } end", "t[7].n = t[7].n + 1 value = t[7].n" },
    { "a table nested too deep to follow", "local t = { n = 0 } local inner = t for _ = 1, 500 do t = { t } end", "inner.n = inner.n + 1 value = inner.n" },
    { "a table that is a key", "local t = { [{ n = 0 }] = true }", "local k = next(t) k.n = k.n + 1 value = k.n" },
    { "a metatable", "local t = setmetatable({}, { __index = { n = 0 } })", "local m = getmetatable(t).__index m.n = m.n + 1 value = m.n" },
    { "a coroutine", "local c = coroutine.wrap(function() for n = 1, 1e6 do coroutine.yield(n) end end)", "value = c()" },
    { "the words that an iterator has still to give", "local words = ('1 2 3 4 5 6 7 8 9 '):rep(9):gmatch('%d')", "value = tonumber(words())" },
    { "the pairs that an iterator has still to give", "local t = {} for i = 1, 60 do t[i] = i end local step = pairs(t)", "value = step()" },
    { "the variables of a pattern's function", "local lpeg = require 'lpeg' local p do local n = 0 p = lpeg.Cmt('', function(_, i) n = n + 1 return i, n end) end",
      "value = p:match('')" },
    { "the limit of a pattern's stack", "local lpeg = require 'lpeg' local p = lpeg.P { 'x' * lpeg.V(1) * 'x' + 'x' }",
      "if article.article_id % 3 == 0 then lpeg.setmaxstack(5000) end value = pcall(p.match, p, ('x'):rep(999)) and 1 or 0" },
    { "the metatable of patterns", "local lpeg = require 'lpeg'", "local m = getmetatable(lpeg.P(1)) or { n = -1 } m.n = (m.n or 0) + 1 value = m.n" },
    { "the variables of a chunk made by load", "local f = load('local n = 0 return function() n = n + 1 return n end')()", "value = f()" },
    { "where next stands in a table", "local t = { a = 1, b = 2 }", "next(t) t.ba = 3 value = next(t, 'b') == 'ba' and 1 or 0" },
  }
  it("shows no key that depends on other articles", function()
    workshop.add(folder .. "/c.db", texts(2))
    chain(folder)
    workshop.plugin(folder, "nosy", [[
return { name = "nosy", version = 1, api = 1, summary = "a plugin of a test", needs = { "share" }, results = { nosy = { { "article_id", "integer" } } },
  article = function(ctx) for _ in ctx:rows("select row_id from rare") do ctx:emit("nosy", {}) end end }]])
    local summary = workshop.run(folder, { "nosy" })
    assert.truthy(summary.errors[1].message:find("no such column: row_id", 1, true))
  end)

  it("gives the same bytes whatever a plugin keeps", function()
    local names = {}
    for index, keeper in ipairs(keepers) do
      names[index] = "keeper" .. index
      for _, each in ipairs { folder, other } do
        workshop.plugin(each, names[index], string.format([[
%s
return { name = %q, version = 1, api = 1, summary = "a plugin of a test", results = { %s = { { "article_id", "integer" }, { "value", "integer!" } } },
  article = function(ctx, article)
    local value
    %s
    ctx:emit(%q, { value = value })
  end }]], keeper[2], names[index], "kept" .. index, keeper[3], "kept" .. index))
      end
    end
    for jobs, each in pairs { folder, [3] = other } do
      workshop.add(each .. "/c.db", texts(24))
      assert.same({}, workshop.run(each, names, { jobs = jobs }).errors)
    end
    for index, keeper in ipairs(keepers) do
      local sql = "select * from kept" .. index .. " order by row_id"
      local rows = workshop.all(folder, sql)
      assert.equal(24, #rows, keeper[1])
      assert.same(rows, workshop.all(other, sql), keeper[1])
    end
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

  it("runs again what a module that now comes before another touches", function()
    assert(system.mkdir(folder .. "/plugins/lib/rules"))
    assert(system.rename(folder .. "/plugins/lib/rules.lua", folder .. "/plugins/lib/rules/init.lua"))
    workshop.run(folder, { "share" })
    assert(system.write(folder .. "/plugins/lib/rules.lua", "return { pattern = '%l+' }"))
    assert.equal("changed code", by_name(workshop.run(folder, { "share" })).words.reason)
    assert.same({ { n = 0 } }, workshop.all(folder, "select count(*) as n from word where word glob '[A-Z]*'"))
  end)

  it("runs again what another version of the program has made", function()
    do
      local db <close> = require("annalist.sqlite").corpus(folder .. "/c.db", "write")
      db:execute("update run set code_sha256 = 'of another time' where role = 'totals'")
    end
    local steps = by_name(workshop.run(folder, { "share" }))
    assert.equal("cached", steps.words.status)
    assert.equal("made by another annalist", steps.totals.reason)
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
