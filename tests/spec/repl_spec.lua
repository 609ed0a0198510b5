-- The REPL, in a pipe and in a real terminal (tmux).

local system = require "annalist.system"
local trial = require "annalist.trial"
local completion = require "annalist.completion"
local repl = require "annalist.repl"

local articles = {
  { text = "The ferry to Holm sank in a storm. All passengers were saved.", title = "Ferry sinks", outlet = "Holm Times", date = "2019-11-02" },
  { text = "Паром затонул у берега. The ferry company paid damages.", title = "Паром", outlet = "Остров", date = "2019-11-04" },
}

local function new_corpus()
  local folder, remove = trial.folder()
  local opened = trial.corpus(articles)
  system.write(system.join(folder, "f.db"), system.read(opened.path))
  opened:close()
  return folder, remove
end

describe("the REPL in a pipe", function()
  local folder, remove
  setup(function() folder, remove = new_corpus() end)
  teardown(function() remove() end)

  local function feed(input)
    return trial.shell(folder, "annalist repl f.db", input)
  end

  it("prints values without a prompt", function()
    local status, out, err = feed "=1 + 1, nil\n'text'\nlocal x = 3\n"
    assert.are.equal(0, status)
    assert.are.equal("2\nnil\ntext\n", out)
    assert.are.equal("", err)
  end)

  it("takes a statement over several lines", function()
    local _, out = feed "for i = 1, 2 do\n  print(i)\nend\nfunction f(\n a)\n return a\nend\nf(9)\n"
    assert.are.equal("1\n2\n9\n", out)
  end)

  it("takes SQL that begins with select or with, over several lines, and Lua that only looks like it", function()
    local _, out = feed "select title from article where\narticle_id = (\n1);\nselect('#', 1, 2)\nwith = 5\n=with\nWITH t(x) AS (SELECT 7) SELECT x FROM t\n"
    assert.are.equal("title\n-----------\nFerry sinks\n(1 row)\n2\n5\nx\n-\n7\n(1 row)\n", out)
  end)

  it("shows rows as columns, an article as its head, a long list by its first rows and a count", function()
    local _, out = feed "corpus:articles()\ncorpus:article(2)\nt = {} for i = 1, 50 do t[i] = { n = i, square = i * i } end\nt\n"
    assert.matches("article_id  date        outlet      language  title\n", out)
    assert.matches("article 2: Паром %(Остров, 2019%-11%-04%)\n", out)
    assert.matches("20     400\n… 30 more %(50 in all%)\n", out)
  end)

  it("goes on after a fault, shows a short traceback, and ends with 1", function()
    local status, out, err = feed "function f() error('lost the thread') end\nfunction g() f() end\ng()\nx = = 2\nerror({ code = 4 })\n=7\n"
    assert.are.equal(1, status)
    assert.are.equal("7\n", out)
    assert.matches("stdin:1: lost the thread\n    stdin:1 in f", err)
    assert.is_nil(err:find("repl.lua", 1, true))
    assert.matches("unexpected symbol near", err)
    assert.matches("error: { code = 4 }", err)
  end)

  it("says so when the input ends within a statement", function()
    local status, _, err = feed "for i = 1, 2 do\n"
    assert.are.equal(1, status)
    assert.matches("ends within a statement", err)
  end)
end)

describe("completion", function()
  local opened
  setup(function() opened = trial.corpus(articles) end)
  teardown(function() opened:close() end)

  local function complete(line)
    local session = {
      globals = setmetatable({ corpus = opened, annalist = require "annalist", settings = { depth = 1, detail = 2 },
        article = opened:article(1), string = string }, nil),
      is_sql = repl.is_sql, corpus = function() return opened end,
      plugins = function() return { "sentences", "timeline", "timex" } end,
    }
    return table.concat((completion.candidates(line, session)), " ")
  end

  it("knows globals, fields and methods", function()
    assert.are.equal("settings", complete "sett")
    assert.are.equal("depth detail", complete "x = settings.de")
    assert.are.equal("article articles", complete "corpus:article")
    assert.are.equal("sentences", complete "print(article:s")
    assert.are.equal("words", complete "annalist.text.word")
    assert.are.equal("source_id", complete "article.sourc")
  end)

  it("knows plugins, tables and columns", function()
    assert.are.equal("timeline timex", complete 'corpus:run("ti')
    assert.are.equal("article article_search", complete 'corpus:rows("art')
    assert.are.equal("declared_date", complete "select decl")
    assert.are.equal("language language_confidence", complete "select a.title from article as a where a.lang")
    assert.are.equal("run_id", complete "select * from run_error e, article a where e.run")
  end)

  it("never runs the user's code to find a name", function()
    local called = false
    local trap = setmetatable({}, { __index = function() called = true end })
    completion.candidates("trap.x.y", { globals = { trap = trap }, is_sql = repl.is_sql, corpus = function() end })
    assert.is_false(called)
  end)
end)

describe("the REPL in a terminal", function()
  local folder, remove, socket
  local has_tmux = os.execute "command -v tmux >/dev/null 2>&1"

  -- Text on the screen, with what has scrolled away.
  local function screen()
    local _, out = trial.shell(folder, "tmux -L " .. socket .. " capture-pane -p -S -300 -t repl")
    return (out:gsub("\n+$", "\n"))
  end

  -- Waits until the screen has something; the tests must hold on a busy machine too.
  local function wait_for(pattern)
    local shown
    for _ = 1, 100 do
      shown = screen()
      if shown:find(pattern) then return shown end
      os.execute "sleep 0.1"
    end
    error("the screen never had " .. pattern .. ":\n" .. shown, 2)
  end

  -- Names of keys as tmux has them ("C-c", "Enter"); everything else is typed letter by letter.
  local function keys(...)
    local calls = {}
    for i, key in ipairs { ... } do
      local literal = #key > 1 and not key:find("^C%-%a$") and key ~= "Enter" and key ~= "Tab" and key ~= "Up"
      calls[i] = string.format("tmux -L %s send-keys -t repl %s '%s'", socket, literal and "-l" or "", (key:gsub("'", "'\\''")))
    end
    trial.shell(folder, table.concat(calls, " && "))
  end

  setup(function()
    if not has_tmux then return end
    folder, remove = new_corpus()
    socket = "annalist-spec-" .. system.process()
    local status, _, err = trial.shell(folder, string.format(
      "tmux -f /dev/null -L %s new-session -d -x 100 -y 40 -s repl \"env XDG_CONFIG_HOME=$PWD/config $(command -v annalist) repl f.db\"", socket))
    assert.are.equal(0, status, err)
  end)

  teardown(function()
    if not has_tmux then return end
    trial.shell(folder, "tmux -L " .. socket .. " kill-server")
    remove()
  end)

  local function in_terminal(sentence, test)
    it(sentence, function()
      if not has_tmux then pending("tmux is missing") end
      test()
    end)
  end

  in_terminal("greets, shows the corpus, and prompts", function()
    wait_for "article +2 rows\n"
    wait_for "\n>%s*$"
  end)

  in_terminal("completes with Tab", function()
    keys("corpus:article", "Tab", "Tab")
    wait_for "article +articles"
    keys("(2).out", "C-a", "C-k", "annalist.text.wi", "Tab", "('Паром')", "Enter")
    wait_for "width%('Паром'%)\n5\n"
  end)

  in_terminal("takes several lines, Cyrillic among them", function()
    keys("for i = 1, 2 do", "Enter", "print('паром ' .. i)", "Enter", "end", "Enter")
    wait_for ">> end\nпаром 1\nпаром 2\n>%s*$"
  end)

  in_terminal("stops running Lua on Ctrl-C, also in a coroutine and under pcall, and keeps the session", function()
    keys("kept = 41", "Enter")
    for _, line in ipairs { "while true do end", "coroutine.wrap(function() while true do end end)()",
      "while true do pcall(function() while true do end end) end" } do
      keys("print 'go'; " .. line, "Enter")
      wait_for "\ngo\n*$"
      keys "C-c"
      wait_for "interrupted"
      keys("C-l", "print(kept + 1)", "Enter")
      wait_for "\n42\n"
      trial.shell(folder, "tmux -L " .. socket .. " clear-history -t repl")
      keys("C-l")
    end
  end)

  in_terminal("stops running SQL on Ctrl-C and keeps the session", function()
    keys("with recursive c(x) as (select 1 union all select x+1 from c) select count(*) from c", "Enter")
    os.execute "sleep 0.5"
    keys "C-c"
    wait_for "interrupted"
    keys("select count(*) + 70 as n from article", "Enter")
    wait_for "\n72\n"
  end)

  in_terminal("drops a half-typed line on Ctrl-C, and ends with Ctrl-D, the history kept", function()
    keys("half a li", "C-c", "=88", "Enter")
    wait_for "\n88\n"
    keys("Up", "Up", "Enter")
    wait_for "select count%(%*%) %+ 70 as n from article\n%s*n\n%-%-\n72\n"
    keys "C-d"
    for _ = 1, 50 do
      if trial.shell(folder, "tmux -L " .. socket .. " has-session -t repl") ~= 0 then break end
      os.execute "sleep 0.1"
    end
    assert.matches("kept", system.read(system.join(folder, "config/annalist/history")))
  end)
end)
