-- Discover, check, plan: which plugins there are, what is wrong with one, and in which order they run.

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")
local engine = require "annalist.engine"
local system = require "annalist.system"

local function module(name, more)
  return string.format([[return { name = %q, version = 1, api = 1, summary = "a plugin of a test", %s }]], name, more)
end

describe("Plugins", function()
  local folder
  before_each(function()
    folder = workshop.folder()
    workshop.add(folder .. "/c.db", { "One article." })
  end)
  after_each(function() workshop.clear(folder) end)

  local function plugin(name, more) workshop.plugin(folder, name, module(name, more)) end

  local function found(name)
    for _, each in ipairs(engine.discover { paths = { folder .. "/plugins" } }) do
      if each.name == name then return each end
    end
  end

  local function refusal(plugins, more)
    local ok, message = pcall(workshop.run, folder, plugins, more)
    assert.is_false(ok)
    return message
  end

  it("are files NAME.lua and folders with init.lua, and nothing else", function()
    plugin("one", "article = function() end")
    assert(system.mkdir(folder .. "/plugins/two"))
    assert(system.write(folder .. "/plugins/two/init.lua", module("two", "article = function() end")))
    assert(system.mkdir(folder .. "/plugins/lib"))
    assert(system.write(folder .. "/plugins/lib/init.lua", "error('a module is no plugin')"))
    assert(system.write(folder .. "/plugins/notes.txt", "x"))
    assert.equal("ready", found("one").state)
    assert.equal("ready", found("two").state)
    assert.is_nil(found("lib"))
    assert.is_nil(found("notes"))
  end)

  it("of a nearer folder shadow ours, and it is said", function()
    plugin("timex", "article = function() end")
    local states = {}
    for _, each in ipairs(engine.discover { paths = { folder .. "/plugins" } }) do
      if each.name == "timex" then states[#states + 1] = each.state .. " " .. (each.reason or "") end
    end
    assert.equal("ready ", states[1])
    assert.truthy(states[2]:find("^shadowed by .*/plugins/timex%.lua$"))
  end)

  it("that are faulty are told all their faults at once", function()
    workshop.plugin(folder, "sick", [[return { name = "sic", version = "one", api = 2, provides = "Sick Role", needs = "words",
      options = { depth = { type = "int", default = 1 }, size = { type = "integer", default = 9, max = 5, help = "x" } },
      results = { article = { { "first", "integer" } }, Bad = {}, row = { { "a", "integr" }, { "a", "text" }, { "run_id", "integer" } } }, artcle = 1 }]])
    local faults = table.concat(engine.check(folder .. "/plugins/sick.lua"), "\n")
    for _, expected in ipairs { "artcle is no field of a plugin%. Did you mean article%?", "name is 'sic'", "version is an integer", "api is 2", "summary is missing",
      "provides is a role", "needs is a list", "neither article nor corpus", "options.depth.type", "options.size.default is at most 5",
      "results.article: this table is the corpus's own", "results.Bad", "results.row.a: type is", "results.row.a stands twice", "results.row.run_id is filled in",
      "one of first and last" } do
      assert.truthy(faults:find(expected), expected .. " in\n" .. faults)
    end
  end)

  it("that fail to load are faulty with file and line, and don't hinder others", function()
    workshop.plugin(folder, "broken", "local x = \n\n return }")
    plugin("fine", "article = function() end")
    assert.equal("faulty", found("broken").state)
    assert.truthy(found("broken").reason:find("broken.lua:3:"))
    assert.equal("done", workshop.run(folder, { "fine" }).steps[1].status)
    assert.truthy(refusal({ "broken" }):find("broken.lua"))
  end)

  it("run after what they need, and a circle is printed as a chain", function()
    plugin("a", "needs = { 'b' }, article = function() end")
    plugin("b", "needs = { 'c' }, article = function() end")
    plugin("c", "article = function() end")
    local order = {}
    for _, step in ipairs(engine.plan { plugins = { "a" }, paths = { folder .. "/plugins" } }) do order[#order + 1] = step.plugin.name end
    assert.same({ "c", "b", "a" }, order)
    plugin("c", "needs = { 'a' }, article = function() end")
    assert.truthy(refusal({ "a" }):find("a → b → c → a", 1, true))
  end)

  it("that are only wanted come first when they are selected, or already in the corpus", function()
    plugin("a", "wants = { 'b' }, corpus = function(ctx) ctx:log(tostring(ctx:has('b'))) end")
    plugin("b", "results = { bs = { { 'article_id', 'integer' } } }, article = function(ctx) ctx:emit('bs', {}) end")
    local logs = {}
    local function note(event) if event.kind == "log" then logs[#logs + 1] = event.message end end
    workshop.run(folder, { "a" }, { on_event = note })
    workshop.run(folder, { "a", "b" }, { on_event = note })
    workshop.run(folder, { "a" }, { on_event = note, force = true })
    assert.same({ "false", "true", "true" }, logs)
  end)

  it("that are unknown are answered with the nearest name", function()
    assert.truthy(refusal({ "timx" }):find("Did you mean timex?", 1, true))
    plugin("a", "needs = { 'sentnces' }, article = function() end")
    assert.truthy(refusal({ "a" }):find("a needs the role sentnces, and no plugin provides it. Did you mean sentences?", 1, true))
  end)

  it("refuse options that are unknown, of another type, or out of range", function()
    plugin("a", [[options = { depth = { type = "integer", default = 2, min = 1, max = 5, help = "how deep" }, mode = { type = "string", default = "x", choices = { "x", "y" }, help = "h" } },
      article = function() end]])
    assert.truthy(refusal({ "a" }, { set = { ["a.dept"] = "3" } }):find("has no option 'dept'. Did you mean depth?", 1, true))
    assert.truthy(refusal({ "a" }, { set = { ["a.depth"] = "three" } }):find("it is an integer, and 'three' is not", 1, true))
    assert.truthy(refusal({ "a" }, { set = { ["a.depth"] = "9" } }):find("it is at most 5", 1, true))
    assert.truthy(refusal({ "a" }, { set = { ["a.mode"] = "z" } }):find("is one of x, y", 1, true))
    assert.truthy(refusal({ "a" }, { set = { depth = "1" } }):find("write PLUGIN.OPTION=VALUE", 1, true))
    assert.equal("done", workshop.run(folder, { "a" }, { set = { ["a.depth"] = "3" } }).steps[1].status)
  end)

  it("get a file's content for an option of type file, and run again when it changes", function()
    workshop.simple(folder, "a", [[options = { list = { type = "file", default = "", help = "a list" } },
      article = function(ctx, article) ctx:emit("a_row", { first = 1, last = 1, value = ctx:option("list") }) end]])
    assert(system.write(folder .. "/list.txt", "first"))
    workshop.run(folder, { "a" }, { set = { ["a.list"] = folder .. "/list.txt" } })
    assert.equal("first", workshop.all(folder, "select value from a_row")[1].value)
    assert(system.write(folder .. "/list.txt", "second"))
    workshop.run(folder, { "a" }, { set = { ["a.list"] = folder .. "/list.txt" } })
    assert.equal("second", workshop.all(folder, "select value from a_row")[1].value)
    assert.truthy(refusal({ "a" }, { set = { ["a.list"] = folder .. "/none.txt" } }):find("none.txt", 1, true))
  end)

  it("that fill one role must be chosen between", function()
    plugin("a", "provides = 'words', article = function() end")
    plugin("b", "provides = 'words', article = function() end")
    assert.truthy(refusal({ "words" }):find("(a, b): say which with --use words=PLUGIN", 1, true))
    assert.equal("b", workshop.run(folder, { "words" }, { use = { words = "b" } }).steps[1].plugin)
    assert.truthy(refusal({ "words" }, { use = { words = "timex" } }):find("plugin timex fills the role timex, not words", 1, true))
  end)

  it("can't fill one table twice", function()
    plugin("a", "results = { same = { { 'article_id', 'integer' } } }, article = function() end")
    plugin("b", "results = { same = { { 'article_id', 'integer' } } }, article = function() end")
    assert.truthy(refusal({ "a", "b" }):find("plugins a and b both declare the table same", 1, true))
  end)

  it("write files that are there when the run ends, and again when somebody removed them", function()
    plugin("a", "corpus = function(ctx) ctx:write('sub/page.html', '<p>x') end")
    local summary = workshop.run(folder, { "a" })
    assert.equal("<p>x", system.read(summary.files[1]))
    assert.equal("cached", workshop.run(folder, { "a" }).steps[1].status)
    assert(system.remove(summary.files[1]))
    assert.equal("done", workshop.run(folder, { "a" }).steps[1].status)
    assert.equal("<p>x", system.read(summary.files[1]))
    plugin("b", "corpus = function(ctx) ctx:write('../escape.txt', 'x') end")
    assert.equal("failed", workshop.run(folder, { "b" }).steps[1].status)
    assert.is_false(system.exists(folder .. "/escape.txt"))
  end)

  it("see in ctx:tables what can be read", function()
    plugin("a", "results = { remarks = { { 'article_id', 'integer' }, { 'note', 'text' } } }, article = function(ctx) ctx:emit('remarks', { note = 'n' }) end")
    plugin("b", [[wants = { "*" }, results = { bs = { { "line", "text" } } }, corpus = function(ctx)
      for _, each in ipairs(ctx:tables()) do ctx:emit("bs", { line = each.role .. " " .. each.table .. " " .. #each.columns }) end
      for row in ctx:rows("select note from " .. ctx:tables()[1].table) do ctx:emit("bs", { line = row.note }) end
    end]])
    workshop.run(folder, { "a", "b" })
    assert.same({ { line = "a remarks 2" }, { line = "n" } }, workshop.all(folder, "select line from bs order by row_id"))
  end)
end)

describe("Every bundled plugin", function()
  for _, each in ipairs(engine.discover {}) do
    if each.origin == "bundled" then
      it(each.name .. " keeps the contract", function()
        assert.same({}, each.faults)
      end)
    end
  end
end)
