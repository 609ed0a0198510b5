-- scripts/examples and scripts/cluster, run as a user runs them, on the sample corpus.

local system = require "annalist.system"

local home, program = system.home(), system.program()
local articles = system.data() .. "/kyrgyzstan-2020/articles"

local function output(line)
  local pipe = assert(io.popen(line .. " 2>&1"))
  local text = pipe:read("a")
  local _, _, status = pipe:close()
  return text, status
end

describe("The scripts", function()
  local folder, corpus
  setup(function()
    folder = assert(system.temporary_directory())
    corpus = folder .. "/k.db"
    output(string.format("%s load --quiet %s %s", program, corpus, articles))
    output(string.format("%s run --quiet %s names figures timeline", program, corpus))
  end)
  teardown(function() os.execute("rm -rf '" .. folder .. "'") end)

  it("spellings.lua shows people that are written in several ways, with their articles", function()
    local text = output(string.format("%s %s/scripts/examples/spellings.lua %s", program, home, corpus))
    assert.truthy(text:find("\n  %S.- +%d+ times, articles %d"), text)
  end)

  it("counts.lua shows how a figure grew, with the words", function()
    local text = output(string.format("%s %s/scripts/examples/counts.lua %s injured", program, home, corpus))
    assert.truthy(text:find("2020%-10%-%d%d  [%a ]*%d+ +%[%d+%] "), text)
  end)

  it("say how they are called", function()
    for _, name in ipairs { "spellings", "counts" } do
      local text, status = output(string.format("%s %s/scripts/examples/%s.lua", program, home, name))
      assert.equal(2, status)
      assert.truthy(text:find("^usage: "))
    end
  end)

  it("that open no corpus say so in one line", function()
    local path = folder .. "/none.lua"
    local file = assert(io.open(path, "w"))
    file:write("local corpus <close> = annalist.open(arg[1])\n")
    file:close()
    local text, status = output(string.format("%s %s", program, path))
    assert.equal(2, status)
    assert.truthy(text:find("none.lua:1: annalist.open: the corpus file's name is a string, not nil", 1, true), text)
    assert.equal(1, select(2, text:gsub("\n", "")))
  end)

  it("shard cuts a corpus in parts whose union is analysed like the whole", function()
    local whole = folder .. "/sharded.db"
    local text, status = output(string.format("ANNALIST=%s %s/scripts/cluster/shard %s 3 timeline %s/*", program, home, whole, articles))
    assert.equal(0, status, text)
    local function days(file)
      local rows = output(string.format("%s sql %s 'select date, count(*) from event group by date order by date' --format csv", program, file))
      return rows
    end
    assert.equal(output(string.format("%s sql %s 'select count(*) from article' --format csv", program, corpus)),
      (output(string.format("%s sql %s 'select count(*) from article' --format csv", program, whole))))
    assert.truthy(days(whole):find("2020%-10%-06"))
    assert.truthy(text:find("sentences +cached"), text)
  end)
end)
