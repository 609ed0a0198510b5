-- `annalist load` as a user calls it: options, help, what it says at the end, exit status.

local system = require "annalist.system"
local trial = require "annalist.trial"

describe("annalist load", function()
  local folder, remove

  before_each(function()
    folder, remove = trial.folder()
    system.write(system.join(folder, "news.jsonl"), '{"content": "The lock at Orla was opened on Monday.", "when": "2022-03-01"}\n')
  end)
  after_each(function() remove() end)

  local function call(line, input) return trial.shell(folder, line, input) end

  it("has a page with its options and an example", function()
    local status, out = call "annalist load --help"
    assert.are.equal(0, status)
    for _, part in ipairs { "annalist load CORPUS PATH...", "--field NAME=FIELD", "--as FORMAT", "--no-index", "--strict", "--quiet",
      "annalist load k.db news.jsonl --field text=content" } do
      assert.truthy(out:find(part, 1, true), part)
    end
    local _, page = call "annalist help load"
    assert.are.equal(out, page)
  end)

  it("names the nearest option, format and field, and makes no corpus", function()
    for line, said in pairs {
      ["load --feild text=content k.db news.jsonl"] = "annalist: load: there is no option --feild. Did you mean --field? See: annalist load --help\n",
      ["load --as jsnl k.db news.jsonl"] = "annalist: --as jsnl: is no format that can be read. Did you mean jsonl?",
      ["load --field txt=content k.db news.jsonl"] = "annalist: --field txt=content: an article has no such field. Did you mean text?",
      ["load --field text k.db news.jsonl"] = "annalist: --field wants two words with = between them, not 'text'.\n",
      ["load k.db"] = "annalist: load: PATH is missing. Usage: annalist load CORPUS PATH...\n",
      ["load"] = "annalist: load: CORPUS is missing. Usage: annalist load CORPUS PATH...\n",
    } do
      local status, out, err = call("annalist " .. line)
      assert.are.equal(2, status)
      assert.are.equal("", out)
      assert.are.equal(said, err:sub(1, #said))
      assert.are.equal(1, select(2, err:gsub("\n", "")))
    end
    assert.is_false(system.exists(system.join(folder, "k.db")))
  end)

  it("takes fields by the names that the source gives them", function()
    assert.are.equal(0, (call "annalist load k.db news.jsonl --field text=content --field date=when"))
    local _, out = call "annalist sql k.db 'select declared_date, text from article' --format tsv"
    assert.truthy(out:find("2022-03-01\tThe lock at Orla was opened on Monday.", 1, true))
  end)

  it("reads standard input, by - and by the name that a shell gives it", function()
    call("annalist load k.db - --quiet", "The lock was shut again on Tuesday.\n")
    call "bash -c 'annalist load k.db <(echo The gates were painted.) --quiet'"
    local _, out = call "annalist sql k.db 'select text from article order by article_id' --format tsv"
    assert.truthy(out:find("The lock was shut again on Tuesday.", 1, true) and out:find("The gates were painted.", 1, true))
  end)

  it("names a source in one line, whatever its name", function()
    system.write(system.join(folder, "a\nb.txt"), "")
    local status, _, err = call "annalist load k.db 'a\nb.txt'"
    assert.are.same({ 2, "annalist: a b.txt: is empty\nk.db: 0 new articles from 1 source (1 failed), 1 problem\n" }, { status, err })
  end)

  it("says how many sources are new, unchanged, changed and failed, hour after hour", function()
    assert(system.mkdir(system.join(folder, "in")))
    local function write(name, text) system.write(system.join(folder, "in/" .. name), text) end
    write("a.txt", "The lock is open.")
    write("b.txt", "The gate is shut.")
    local status, _, err = call "annalist load k.db in"
    assert.are.same({ 0, "k.db: 2 new articles from 2 sources\n" }, { status, err })
    status, _, err = call "annalist load k.db in"
    assert.are.same({ 0, "k.db: 0 new articles from 2 sources (2 unchanged)\n" }, { status, err })
    write("b.txt", "The gate is shut for a week.")
    write("c.txt", "A boat waits.")
    write("d.txt", "")
    status, _, err = call "annalist load k.db in"
    assert.are.same({ 1, "annalist: in/d.txt: is empty\n"
      .. "k.db: 2 new articles from 4 sources (1 new, 1 unchanged, 1 changed, 1 failed), 1 newer version, 1 problem\n" }, { status, err })
    local _, rows = call "annalist sql k.db 'select path, status, error from source order by source_id' --format tsv"
    assert.are.equal("path\tstatus\terror\nin/a.txt\tloaded\t\\N\nin/b.txt\tchanged\t\\N\nin/b.txt\tloaded\t\\N\nin/c.txt\tloaded\t\\N\nin/d.txt\tfailed\tis empty\n", rows)
  end)
end)
