-- The command line: what a call prints, where, and with which exit status.

local json = require "annalist.json"
local system = require "annalist.system"
local trial = require "annalist.trial"

describe("the command line", function()
  local folder, remove

  setup(function()
    folder, remove = trial.folder()
    system.write(system.join(folder, "news.jsonl"), table.concat {
      json.encode { text = "The dam at Orla held through the night, the water board said.", title = "Dam holds", date = "2022-03-01",
        outlet = "Orla Post", language = "en" }, "\n",
      json.encode { text = "Engineers opened two gates of the dam on Wednesday.", title = "Gates open", date = "2022-03-02",
        outlet = "Orla Post", language = "en" }, "\n",
    })
    assert.are.equal(0, (trial.shell(folder, "annalist load k.db news.jsonl")))
  end)

  teardown(function() remove() end)

  local function call(line, input)
    return trial.shell(folder, line, input)
  end

  it("lists every command of the contract, and shows each one's page with an example", function()
    local status, out = call "annalist help"
    assert.are.equal(0, status)
    for _, name in ipairs { "load", "run", "repl", "sql", "search", "info", "plugins", "new", "check", "test", "merge", "index", "help" } do
      assert.matches("annalist " .. name .. "[ %[]", out)
      local fine, page = call("annalist " .. name .. " --help")
      assert.are.equal(0, fine, name)
      assert.matches("\nExamples?\n    %S", page)
      assert.are.equal(page, select(2, call("annalist help " .. name)))
    end
  end)

  it("names the nearest command or option, and ends with 2", function()
    for line, words in pairs {
      ["annalist serach k.db dam"] = "Did you mean search?",
      ["annalist hepl"] = "Did you mean help?",
      ["annalist run k.db sentences --jbos 2"] = "Did you mean %-%-jobs?",
      ["annalist sql k.db 'select 1' --format jsno"] = "Did you mean json?",
      ["annalist --verison"] = "Did you mean %-%-version?",
      ["annalist help serach"] = "Did you mean search?",
      ["annalist run k.db sentence"] = "sentences",
      ["annalist plugins sentense"] = "Did you mean sentences?",
    } do
      local status, out, err = call(line)
      assert.are.equal(2, status, line)
      assert.are.equal("", out)
      assert.matches(words, err)
      assert.are.equal(1, select(2, err:gsub("\n", "")), "one line: " .. err)
    end
  end)

  it("says what is missing, too much, or no number", function()
    for line, words in pairs {
      ["annalist sql k.db"] = "QUERY is missing",
      ["annalist sql k.db 'select 1' more"] = "one word too many",
      ["annalist run k.db sentences --jobs two"] = "whole number",
      ["annalist run k.db sentences --jobs 0"] = "at least 1",
      ["annalist run k.db sentences --memory much"] = "a size such as 512M",
      ["annalist run k.db sentences --set x"] = "two words with = between them",
      ["annalist run k.db sentences --jobs"] = "wants a value",
      ["annalist sql k.db 'select 1' --format"] = "wants a value",
      ["annalist run k.db sentences --force=yes"] = "takes no value",
    } do
      local status, _, err = call(line)
      assert.are.equal(2, status, line)
      assert.matches(words, err)
    end
  end)

  it("ends with 2 and one line when the corpus is missing or none", function()
    for _, line in ipairs { "sql nowhere.db 'select 1'", "info nowhere.db", "run nowhere.db sentences", "search news.jsonl dam",
      "index nowhere.db", "merge out.db nowhere.db", "repl nowhere.db" } do
      local status, out, err = call("annalist " .. line)
      assert.are.equal(2, status, line)
      assert.are.equal("", out)
      assert.matches("^annalist: [^\n]+\n$", err)
    end
    assert.is_false(system.exists(system.join(folder, "nowhere.db")))
    assert.is_false(system.exists(system.join(folder, "out.db")))
  end)

  it("answers a query in the format asked for, and can't change the corpus", function()
    local _, out = call "annalist sql k.db 'select article_id, title from article' --format jsonl"
    assert.are.equal('{"article_id":1,"title":"Dam holds"}\n{"article_id":2,"title":"Gates open"}\n', out)
    local status = call "annalist sql k.db 'delete from article'"
    assert.are.equal(2, status)
    assert.are.equal("1\n", (select(2, call "echo 'select 1' | annalist sql k.db - --format csv"):gsub("^1\r\n", ""):gsub("\r", "")))
  end)

  it("writes a result to a file, which is not there when it fails", function()
    assert.are.equal(0, (call "annalist sql k.db 'select 7 as n' --format csv -o n.csv"))
    assert.are.equal("n\r\n7\r\n", system.read(system.join(folder, "n.csv")))
    assert.are.equal(2, (call "annalist sql k.db 'selec 7' -o bad.csv"))
    assert.is_false(system.exists(system.join(folder, "bad.csv")))
  end)

  it("shows each hit of a search in its context", function()
    local _, out = call "annalist search k.db dam"
    assert.matches("%[dam%] at Orla held", out)
    local _, lines = out:gsub("\n", "")
    assert.are.equal(3, lines)
    local status, nothing, err = call "annalist search k.db volcano"
    assert.are.equal(0, status)
    assert.are.equal("", nothing)
    assert.matches("no hits", err)
    assert.are.equal(0, (call [[annalist search k.db "Orla's \"dam"]]))
  end)

  it("runs a plugin, and the second time nothing", function()
    local status, out, err = call "annalist run k.db sentences"
    assert.are.equal(0, status, err)
    assert.matches("sentences%s+done%s+2%s+2", out)
    assert.matches("sentences%s+cached%s+2%s+0%s+2", (select(2, call "annalist run k.db sentences")))
  end)

  it("takes a batch file in the place of words", function()
    system.write(system.join(folder, "batch.lua"),
      [[return { corpus = "b.db", load = { "news.jsonl" }, plugins = { "sentences" } }]])
    local status, out, err = call "cd / && annalist run $OLDPWD/batch.lua"
    assert.are.equal(0, status, err)
    assert.matches("sentences%s+done%s+2", out)
    system.write(system.join(folder, "wrong.lua"), [[return { plugin = { "sentences" } }]])
    local refused, _, words = call "annalist run k.db wrong.lua"
    assert.are.equal(2, refused)
    assert.matches("Did you mean plugins?", words)
  end)

  it("ends with 1 when a source can't be read, and names it", function()
    local status, _, err = call "annalist load k.db news.jsonl missing.txt"
    assert.are.equal(1, status)
    assert.matches("missing%.txt", err)
  end)

  it("stops naming a mistyped path in info once the right one is loaded, and keeps it recorded", function()
    assert.are.equal(2, (call "annalist load typo.db nwes.jsonl"))
    assert.matches("failed     nwes%.jsonl: no such file or folder", select(2, call "annalist info typo.db"))
    assert.are.equal(0, (call "annalist load typo.db news.jsonl"))
    local _, out = call "annalist info typo.db"
    assert.matches("sources    loaded 1, no such file 1\n", out)
    assert.is_nil(out:find("nwes", 1, true))
    assert.are.equal("nwes.jsonl\r\n", (select(2, call [[annalist sql typo.db "select path from source where status = 'failed'" --format csv]]):gsub("^path\r\n", "")))
    assert.are.equal(1, (call "annalist load typo.db news.jsonl other.jsonl"))
    assert.matches("failed     other%.jsonl", select(2, call "annalist info typo.db"))
  end)

  it("says in one line what, where and what to do", function()
    for line, words in pairs {
      ["annalist load k.db ''"] = "PATH is empty",
      ["annalist load '' news.jsonl"] = "CORPUS is empty",
      ["annalist sql k.db 'select * from entity'"] = "plugin names makes it: annalist run k%.db names",
      ["annalist sql k.db 'select * from entities'"] = "`annalist info k%.db` names the tables",
      ["annalist sql k.db 'select volcano from article'"] = "docs/tables%.md",
      ["annalist sql k.db 'select 1' -o news.jsonl/x.csv"] = "news%.jsonl/x%.csv: Not a directory",
      ["annalist new prices --plugin-path news.jsonl"] = "news%.jsonl/prices: Not a directory; say where with %-%-plugin%-path",
      ["annalist plugins --plugin-path nowhere"] = "%-%-plugin%-path nowhere: there is no such folder",
      ["annalist plugins volcano"] = "`annalist plugins` lists them",
      ["annalist run k.db sentences timex --set timex.volcano=1"] = "Its options: .*hemisphere",
      ["annalist screen k.db news.jsonl --score 3"] = "%-%-score must be at most 1",
    } do
      local status, out, err = call(line)
      assert.are.equal(2, status, line)
      assert.are.equal("", out)
      assert.matches("^annalist: [^\n]*" .. words .. "[^\n]*\n$", err)
    end
  end)

  it("notes what has nothing in it", function()
    assert.matches("no line has two names", select(3, call("annalist match", "Ann Lee\n")))
    assert.are.equal("", select(3, call("annalist match", "Ann Lee\tAnne Lee\n")))
    assert.are.equal(2, (call "annalist load none.db nowhere.txt"))
    assert.matches("holds no articles", select(3, call "annalist run none.db sentences"))
  end)

  it("runs a script with its words, and a line with -e", function()
    system.write(system.join(folder, "words.lua"), "print(arg[0], arg[1], ...)\nlocal a = require 'annalist'\nprint(a.open('k.db'):count())")
    local _, out = call "annalist words.lua 'a b' c"
    assert.are.equal("words.lua\ta b\ta b\tc\n2\n", out)
    _, out = call [[annalist -e 'annalist.text.upper("dam"), 2']]
    assert.are.equal("DAM\n2\n", out)
    local status, _, err = call "annalist -e 'error(\"no such dam\")'"
    assert.are.equal(2, status)
    assert.matches("^annalist: %-e:1: no such dam\n$", err)
    status, _, err = call "annalist gone.lua"
    assert.are.equal(2, status)
    assert.matches("no such script", err)
  end)

  it("never loads code from the working directory", function()
    system.write(system.join(folder, "annalist.lua"), "error('loaded from here')")
    system.write(system.join(folder, "lpeg.lua"), "error('loaded from here')")
    system.write(system.join(folder, "mine.lua"), "error('loaded from here')")
    local status, out = call [[annalist -e 'pcall(require, "mine"), require("lpeg") ~= nil']]
    assert.are.equal(0, status)
    assert.matches("^false\n", out)
    for _, name in ipairs { "annalist", "lpeg", "mine" } do system.remove(system.join(folder, name .. ".lua")) end
  end)

  it("has commands that a user adds, but ours keep their names", function()
    local own = system.join(folder, "own/annalist/commands")
    system.mkdir(own)
    system.write(system.join(own, "hello.lua"), [[return { summary = "greets", usage = "NAME", run = function(call) print("hello " .. call.name) end }]])
    system.write(system.join(own, "sql.lua"), [[return { summary = "not ours", run = function() print("not ours") end }]])
    local _, out = call "XDG_CONFIG_HOME=$PWD/own annalist hello Orla"
    assert.are.equal("hello Orla\n", out)
    _, out = call "XDG_CONFIG_HOME=$PWD/own annalist sql k.db 'select 5 as five' --format csv"
    assert.are.equal("five\r\n5\r\n", out)
    assert.matches("annalist hello NAME%s+greets", select(2, call "XDG_CONFIG_HOME=$PWD/own annalist help"))
  end)

  it("ends quietly when nobody reads its output any more", function()
    local status, out, err = call([[annalist sql k.db 'with recursive c(x) as (select 1 union all select x+1 from c limit 300000) select x from c' \
      | head -1; annalist -e 'while true do print(1) end' | head -1]])
    assert.are.equal(0, status)
    assert.matches("1\n$", out)
    assert.are.equal("", err)
  end)

  it("says so when its output can't be written", function()
    local status, _, err = call "annalist help >/dev/full"
    assert.are.equal(2, status)
    assert.matches("No space left", err)
  end)

  it("stops cleanly on Ctrl-C, in Lua as in SQL", function()
    for _, line in ipairs { "annalist -e 'while true do end'",
      "annalist sql k.db 'with recursive c(x) as (select 1 union all select x+1 from c) select count(*) from c'" } do
      local status, _, err = call("timeout -s INT --preserve-status 0.5 " .. line)
      assert.are.equal(2, status, line)
      assert.are.equal("annalist: interrupted\n", err)
    end
  end)

  it("says which versions took part, and what a corpus holds", function()
    local _, out = call "annalist info"
    assert.matches("SQLite%s+3%.", out)
    _, out = call "annalist info k.db --json"
    assert.are.equal(2, json.decode(out).corpus.articles)
    assert.matches("^annalist %d+%.%d+%.%d+\n$", select(2, call "annalist --version"))
  end)
end)
