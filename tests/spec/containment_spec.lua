-- CONTRACT section 3, promise 3: whatever a plugin does, it costs its own rows for that article and no others; the failure is
-- recorded with the article and the line, and nothing else is lost.

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")

local texts = { "The first article is quiet.", "The second one is BAD and breaks things.", "The third article is quiet again." }

-- What a hostile plugin does when it meets the bad article; `line`: where the record must say it stood (0: any line).
local deeds = {
  { "loops for ever", "while true do end" },
  { "loops in an error handler", "xpcall(function() error('x') end, function() while true do end end)" },
  { "loops under pcall, again and again", "while true do pcall(function() while true do end end) end" },
  { "loops in a coroutine", "local c = coroutine.wrap(function() while true do end end) c()" },
  { "loops in a coroutine within a coroutine", "coroutine.wrap(function() coroutine.wrap(function() while true do end end)() end)()" },
  { "backtracks in string.find", "local s = ('a'):rep(3000) s:find(('a*'):rep(20) .. 'b')" },
  { "eats memory at once", "local s = ('x'):rep(1 << 40)" },
  { "eats memory at once under pcall", "while true do pcall(string.rep, 'x', 200 << 20) end" },
  { "eats memory slowly", "local t = {} for i = 1, 1e12 do t[i] = { i } end" },
  { "eats memory slowly under pcall", "local t = {} while true do pcall(function() for i = 1, 1e12 do t[#t + 1] = { i } end end) end" },
  { "eats memory in a coroutine", "local t = {} coroutine.wrap(function() for i = 1, 1e12 do t[i] = ('x'):rep(1000) .. i end end)()" },
  { "recurses without end", "local function f() return 1 + f() end f()" },
  { "recurses in an error handler", "local function f() error(f) end xpcall(f, f)  error('done')" },
  { "raises a text", "error('it is bad')" },
  { "raises a table", "error({ code = 5 })" },
  { "raises nil", "error(nil)" },
  { "raises a userdata", "error(require('lpeg').P('x'))" },
  { "calls nil", "local x; x()" },
  { "emits to an unknown table", "ctx:emit('elsewhere', { value = 'x' })" },
  { "emits to another plugin's table", "ctx:emit('quiet_row', { value = 'x' })" },
  { "emits an unknown column", "ctx:emit('bad_row', { colour = 'x' })" },
  { "emits a wrong type", "ctx:emit('bad_row', { value = {} })" },
  { "emits a number as text", "ctx:emit('bad_row', { value = 12 })" },
  { "emits a fraction as integer", "ctx:emit('bad_row', { first = 1.5, last = 2 })" },
  { "emits a span that begins before the text", "ctx:emit('bad_row', { first = 0, last = 2 })" },
  { "emits a span that ends behind the text", "ctx:emit('bad_row', { first = 1, last = #article.text + 1 })" },
  { "emits a span that runs backwards", "ctx:emit('bad_row', { first = 5, last = 4 })" },
  { "emits half a span", "ctx:emit('bad_row', { first = 5 })" },
  { "emits for another article", "ctx:emit('bad_row', { article_id = 1, first = 1, last = 2 })" },
  { "emits bytes that are no text", "ctx:emit('bad_row', { value = '\\xff\\xfe' })" },
  { "swallows the fault of an emit", "pcall(ctx.emit, ctx, 'bad_row', { first = 0, last = 2 })" },
  { "emits a row that is no table", "ctx:emit('bad_row', 'x')" },
  { "writes a global", "leak = 1" },
  { "writes into the globals' table", "_G.leak = 1" },
  { "writes a global by rawset", "rawset(_G, 'leak', 1)" },
  { "reads an undefined global", "local x = lek" },
  { "reaches for debug", "debug.sethook()" },
  { "requires debug", "require 'debug'" },
  { "requires io", "require 'io'" },
  { "requires a module of the host", "require 'annalist.sqlite'" },
  { "requires a path that climbs out", "require '...core.lua.annalist.init'" },
  { "reads knowledge outside of data", "require('annalist.data').read('../README.md')" },
  { "changes the string library", "string.format = nil" },
  { "changes the string library by rawset", "rawset(string, 'format', 1)" },
  { "changes string's metatable", "getmetatable('').__index = {}" },
  { "calls os.exit", "os.exit(0)" },
  { "asks the clock", "os.time()" },
  { "opens a file", "io.open('/etc/passwd')" },
  { "loads bytecode", "assert(load('\\27Lua', 'x', 'b'))" },
  { "loads bytecode as text", "assert(load('\\27Lua'))" },
  { "dumps bytecode", "string.dump(function() end)" },
  { "loads a file", "dofile('/etc/passwd')" },
  { "sets a finaliser", "setmetatable({}, { __gc = function() end })" },
  { "makes a weak table", "setmetatable({}, { __mode = 'k' })" },
  { "shows an address", "string.format('%p', {})" },
  { "writes to the corpus by SQL", "for _ in ctx:rows('delete from article') do end" },
  { "attaches another file", "for _ in ctx:rows([[attach '/tmp/x.db' as x]]) do end" },
  { "asks SQL for chance", "for _ in ctx:rows('select random()') do end" },
  { "sets a pragma", "for _ in ctx:rows('pragma user_version = 9') do end" },
  { "reads a table that it did not declare", "for _ in ctx:rows('select * from quiet_row') do end" },
  { "reads the record of runs", "for _ in ctx:rows('select * from run') do end" },
  { "names the database to see other articles", "for _ in ctx:rows('select * from main.article') do end" },
  { "writes a file in the article stage", "ctx:write('x.txt', 'x')" },
  { "changes ctx", "ctx.emit = nil ctx.foo = 1" },
  { "asks for an option that it did not declare", "ctx:option('colour')" },
  { "loops in SQL", "for _ in ctx:rows('with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c') do end" },
  { "crashes by a monstrous pattern", "local lpeg = require 'lpeg' local p = lpeg.P('a') for i = 1, 60000 do p = p + lpeg.P('b' .. i) end p:match(('b'):rep(10))" },
  { "overflows the stack of a pattern", "local lpeg = require 'lpeg' lpeg.setmaxstack(1 << 30) lpeg.P({ 'x' * lpeg.V(1) * 'x' + 'x' }):match(('x'):rep(1 << 22)) error('gone')" },
}

describe("A plugin that", function()
  local folder
  before_each(function()
    folder = workshop.folder()
    workshop.add(folder .. "/c.db", texts)
    workshop.simple(folder, "quiet", [[article = function(ctx, article) ctx:emit("quiet_row", { first = 1, last = 3, value = article.text:sub(1, 3) }) end]])
  end)
  after_each(function() workshop.clear(folder) end)

  for _, deed in ipairs(deeds) do
    it(deed[1] .. " loses that article's rows, and no others", function()
      workshop.simple(folder, "bad", string.format([[article = function(ctx, article)
    if article.text:find("BAD", 1, true) then
      ctx:emit("bad_row", { first = 1, last = 3, value = "before" })
      %s
    end
    ctx:emit("bad_row", { first = 1, last = 3, value = "fine" })
  end]], deed[2]))
      local summary = workshop.run(folder, { "bad", "quiet" })
      assert.same({ { article_id = 1 }, { article_id = 3 } }, workshop.all(folder, "select article_id from bad_row order by row_id"))
      assert.equal(3, #workshop.all(folder, "select 1 from quiet_row"))
      local errors = workshop.all(folder, "select article_id, message from run_error")
      assert.equal(1, #errors)
      assert.equal(2, errors[1].article_id)
      assert.truthy(errors[1].message:find("bad.lua:%d+: "), errors[1].message)
      assert.equal(1, summary.failed)
      assert.equal("partial", summary.steps[1].status)
      assert.equal("done", summary.steps[2].status)
    end)
  end

  it("loops in its corpus stage loses that stage, and the others go on", function()
    workshop.simple(folder, "bad", [[corpus = function(ctx)
      ctx:emit("bad_row", { article_id = 1, first = 1, last = 2, value = "x" })
      while true do end
    end]])
    local summary = workshop.run(folder, { "bad", "quiet" }, { corpus_seconds = 0.3 })
    assert.equal(0, #workshop.all(folder, "select 1 from bad_row"))
    assert.equal(3, #workshop.all(folder, "select 1 from quiet_row"))
    assert.truthy(workshop.all(folder, "select message from run_error")[1].message:find("bad.lua:%d+: took more than 0.3 s"))
    assert.equal("failed", summary.steps[1].status)
  end)

  it("loops while it is loaded is faulty, and does not hold up the others", function()
    workshop.plugin(folder, "bad", "local t = {} for i = 1, 1e12 do t[i] = {} end return {}")
    local summary = workshop.run(folder, { "quiet" })
    assert.equal("done", summary.steps[1].status)
  end)

  it("fails in prepare loses its rows, with the line", function()
    workshop.simple(folder, "bad", [[prepare = function() local x = nil; return x.y end, article = function() end]])
    local summary = workshop.run(folder, { "bad", "quiet" })
    assert.equal("failed", summary.steps[1].status)
    assert.truthy(summary.errors[1].message:find("bad.lua:%d+: "))
    assert.equal(3, #workshop.all(folder, "select 1 from quiet_row"))
  end)

  it("fails is tried again by the next run", function()
    workshop.simple(folder, "bad", [[article = function() error("always") end]])
    workshop.run(folder, { "bad" })
    local again = workshop.run(folder, { "bad" })
    assert.equal(3, again.steps[1].ran)
    assert.equal(3, #workshop.all(folder, "select 1 from run_error"))
  end)
end)
