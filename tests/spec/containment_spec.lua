-- CONTRACT section 3, promise 3: whatever a plugin does, it costs its own rows for that article and no others; the failure is
-- recorded with the article and the line, and nothing else is lost.

local text = require "annalist.text"
local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")

local texts = { "The first article is quiet.", "The second one is BAD and breaks things.", "The third article is quiet again." }

-- What a hostile plugin does when it meets the bad article; `line`: where the record must say it stood (0: any line).
local deeds = {
  { "loops for ever", "while true do end" },
  { "loops in an error handler", "xpcall(function() error('x') end, function() while true do end end)" },
  { "loops under pcall, again and again", "while true do pcall(function() while true do end end) end" },
  { "loops while it closes a variable", "do local x <close> = setmetatable({}, { __close = function() while true do end end }) end" },
  { "loops in the text of its error", "error(setmetatable({}, { __tostring = function() while true do end end }))" },
  { "fails in the text of its error", "error(setmetatable({}, { __tostring = function() error('again') end }))" },
  { "loops in a match-time capture", "require('lpeg').Cmt(1, function() while true do end end):match('x')" },
  { "loops in a comparison of sort", "table.sort({ 2, 1 }, function() while true do end end)" },
  { "loops in a chunk made by load", "load('while true do end')()" },
  { "loops in what load reads", "load(function() return ' ' end)" },
  { "loops in the frontiers of gsub", "local s = ('a '):rep(200000) while true do s:gsub('%f[%a].-%f[%A].-%f[%a]', '') end" },
  { "loops in a log", "while true do ctx:log('x') end" },
  { "loops in a coroutine", "local c = coroutine.wrap(function() while true do end end) c()" },
  { "loops in a coroutine within a coroutine", "coroutine.wrap(function() coroutine.wrap(function() while true do end end)() end)()" },
  { "backtracks in string.find", "local s = ('a'):rep(3000) s:find(('a*'):rep(20) .. 'b')" },
  { "eats memory at once", "local s = ('x'):rep(1 << 40)" },
  { "eats memory at once under pcall", "while true do pcall(string.rep, 'x', 200 << 20) end" },
  { "eats memory slowly", "local t = {} for i = 1, 1e12 do t[i] = { i } end" },
  { "eats memory slowly under pcall", "local t = {} while true do pcall(function() for i = 1, 1e12 do t[#t + 1] = { i } end end) end" },
  { "eats memory in a coroutine", "local t = {} coroutine.wrap(function() for i = 1, 1e12 do t[i] = ('x'):rep(1000) .. i end end)()" },
  { "eats memory by gsub", "local s = ('x'):rep(1e5) s:gsub('x', s)" },
  { "eats memory by table.move", "table.move(setmetatable({}, { __index = function(_, k) return k end }), 1, 1 << 40, 1, {})" },
  { "eats memory by utf8.char", "local t = {} for i = 1, 1e12 do t[i] = utf8.char(i % 0x7FFFFFFF, 0x7FFFFFFF) .. i end" },
  { "eats memory by captures", "require('lpeg').Ct(require('lpeg').C(1) ^ 0):match(('x'):rep(1 << 23))" },
  { "eats memory by rows", "for i = 1, 1e6 do ctx:emit('bad_row', { value = ('x'):rep(1 << 20) }) end" },
  { "recurses in coroutines", "local function f() return coroutine.wrap(f)() end f()" },
  { "recurses in the parser", "assert(load('return ' .. ('('):rep(1e5) .. '1' .. (')'):rep(1e5)))" },
  { "recurses without end", "local function f() return 1 + f() end f()" },
  { "recurses in an error handler", "local function f() error(f) end xpcall(f, f)  error('done')" },
  { "raises a text", "error('it is bad')" },
  { "raises a table", "error({ code = 5 })" },
  { "raises nil", "error(nil)" },
  { "raises bytes that are no text", "error('bad \\xff\\xfe bytes')" },
  { "raises lines and control characters", "error('a\\nb\\27[31mc')" },
  { "raises a very long text", "error(('x'):rep(1 << 20))" },
  { "raises a text that names another file", "error('other.lua:1: a lie', 0)" },
  { "raises a text without a line", "error('no line', 0)" },
  { "fails in a chunk made by load", "load('local x = nil + 1', '=/etc/passwd')()" },
  { "fails in a grammar of re", "require('re').compile('[[[')" },
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
  { "emits a row whose fields come from a metatable", "ctx:emit('bad_row', setmetatable({}, { __index = { value = 'sly' } }))" },
  { "emits a span that changes under the check", "local n = 0 ctx:emit('bad_row', setmetatable({}, { __index = function(_, k) n = n + 1 return (k == 'first' or k == 'last') and (n < 3 and 1 or 999) or nil end }))" },
  { "emits a number that is none", "ctx:emit('bad_row', { first = 0 / 0, last = 1 })" },
  { "emits a span that has no end", "ctx:emit('bad_row', { first = 1, last = math.huge })" },
  { "emits half of a surrogate pair", "ctx:emit('bad_row', { value = '\\xed\\xa0\\x80' })" },
  { "emits a row by positions", "ctx:emit('bad_row', { 'x' })" },
  { "emits a run of its own", "ctx:emit('bad_row', { run_id = 5 })" },
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
  { "changes a fixed table", "require('annalist.data').fixed({ a = 1 }).a = 2" },
  { "fixes a table that holds another", "require('annalist.data').fixed({ a = {} })" },
  { "changes the string library", "string.format = nil" },
  { "changes the string library by rawset", "rawset(string, 'format', 1)" },
  { "changes ctx by rawset", "rawset(ctx, 'emit', 1)" },
  { "moves values into a library", "table.move({ 1 }, 1, 1, 1, string)" },
  { "takes the globals' metatable", "setmetatable(_G, {})" },
  { "stops the collector", "collectgarbage('stop')" },
  { "looks at package.loaded", "return package.loaded" },
  { "asks os.time for a year that no clock has", "os.time { year = math.mininteger }" },
  { "sorts a list without end", "table.sort(setmetatable({}, { __len = function() return math.maxinteger end }))" },
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

-- All of them in one run over one corpus, with a quiet plugin in their midst: each must lose its own, and nothing else.
describe("A plugin that", function()
  local folder, summary, messages, rows
  local steps = {}

  setup(function()
    folder, messages, rows = workshop.folder(), {}, {}
    workshop.add(folder .. "/c.db", texts)
    workshop.simple(folder, "quiet", [[article = function(ctx, article) ctx:emit("quiet_row", { first = 1, last = 3, value = article.text:sub(1, 3) }) end]])
    local names = {}
    for index, deed in ipairs(deeds) do
      local name = "bad" .. index
      names[index] = name
      workshop.simple(folder, name, (string.format([[article = function(ctx, article)
    if article.text:find("BAD", 1, true) then
      ctx:emit("bad_row", { first = 1, last = 3, value = "before" })
      %s
    end
    ctx:emit("bad_row", { first = 1, last = 3, value = "fine" })
  end]], deed[2]):gsub("bad_row", name .. "_row")))
    end
    names[#names + 1] = "quiet"
    summary = workshop.run(folder, names)
    for _, step in ipairs(summary.steps) do steps[step.plugin] = step end
    for _, row in ipairs(workshop.all(folder, "select plugin, article_id, message from run_error join run using (run_id)")) do
      messages[row.plugin] = messages[row.plugin] or {}
      table.insert(messages[row.plugin], row)
    end
    for _, name in ipairs(names) do rows[name] = workshop.all(folder, "select article_id, value from " .. name .. "_row order by row_id") end
  end)
  teardown(function() workshop.clear(folder) end)

  for index, deed in ipairs(deeds) do
    it(deed[1] .. " loses that article's rows, and no others", function()
      local name = "bad" .. index
      assert.same({ { article_id = 1, value = "fine" }, { article_id = 3, value = "fine" } }, rows[name])
      assert.equal("partial", steps[name].status)
      assert.equal(1, #messages[name])
      assert.equal(2, messages[name][1].article_id)
      local message = messages[name][1].message
      assert.truthy(message:find("^[%w/-]*plugins/" .. name .. ".lua:%d+: "), message)
      assert.is_true(text.valid(message) and #message < 2000 and not message:find("%c"))
    end)
  end

  it("does any of this leaves all others whole", function()
    assert.equal("done", steps.quiet.status)
    assert.equal(3, #rows.quiet)
    assert.equal(#deeds, summary.failed)
  end)
end)

describe("A plugin that", function()
  local folder
  before_each(function()
    folder = workshop.folder()
    workshop.add(folder .. "/c.db", texts)
    workshop.simple(folder, "quiet", [[article = function(ctx, article) ctx:emit("quiet_row", { first = 1, last = 3, value = article.text:sub(1, 3) }) end]])
  end)
  after_each(function() workshop.clear(folder) end)

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

  it("writes files without end in its corpus stage loses that stage, and the record says so in one line", function()
    workshop.simple(folder, "bad", [[corpus = function(ctx) while true do ctx:write("x", ("x"):rep(20 << 20)) end end]])
    local summary = workshop.run(folder, { "bad", "quiet" }, { corpus_seconds = 60 })
    assert.truthy(summary.errors[1].message:find("bad.lua:%d+: write 'x': files of more than 64 MB"), summary.errors[1].message)
    assert.equal("done", summary.steps[2].status)
    assert.is_false(require("annalist.system").exists(folder .. "/out/x"))
  end)

  it("is stopped in the middle of a long message leaves its last words whole", function()
    workshop.simple(folder, "bad", [[corpus = function(ctx)
      local value = ("x"):rep(200000)
      while true do ctx:emit("bad_row", { article_id = 1, value = value }) end
    end]])
    local summary = workshop.run(folder, { "bad" }, { corpus_seconds = 0.5 })
    assert.truthy(summary.errors[1].message:find("^[%w/-]*plugins/bad.lua:%d+: took more than 0.5 s$"), summary.errors[1].message)
  end)

  it("emits more than a million rows can run again", function()
    workshop.simple(folder, "bad", [[corpus = function(ctx) for _ = 1, (1 << 20) + 5 do ctx:emit("bad_row", { article_id = 1 }) end end]])
    local limits = { corpus_seconds = 60, force = true }
    workshop.run(folder, { "bad" }, limits)
    assert.equal("done", workshop.run(folder, { "bad" }, limits).steps[1].status)
    assert.same({ { n = (1 << 20) + 5 } }, workshop.all(folder, "select count(*) as n from bad_row"))
  end)

  it("fills the table of another plugin is refused before it does", function()
    workshop.run(folder, { "quiet" })
    workshop.plugin(folder, "bad", [[return { name = "bad", version = 1, api = 1, summary = "a plugin of a test",
      results = { quiet_row = { { "article_id", "integer" }, { "first", "integer" }, { "last", "integer" }, { "value", "text" } } }, article = function() end }]])
    assert.has_error(function() workshop.run(folder, { "bad" }) end, "plugins quiet and bad both declare the table quiet_row")
    assert.equal(3, #workshop.all(folder, "select 1 from quiet_row"))
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
