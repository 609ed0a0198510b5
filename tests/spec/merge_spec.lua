-- merge: corpora that were loaded and run apart become one.

local corpus = require "annalist.corpus"
local json = require "annalist.json"
local merging = require "annalist.merging"
local system = require "annalist.system"
local trial = require "annalist.trial"
local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")

local news = {
  { id = "a", title = "Mine closes", date = "2018-02-01", outlet = "Karst Mail", language = "en",
    text = "The mine at Karst closed on Thursday. Its 300 workers were told in the morning." },
  { id = "b", title = "Miners march", date = "2018-02-03", outlet = "Karst Mail", language = "en",
    text = "About 200 miners marched through Karst on Saturday. Nobody was hurt." },
  { id = "c", title = "Minister visits", date = "2018-02-05", outlet = "The Plain", language = "en",
    text = "The minister of labour visited Karst. She promised a plan by March." },
  { id = "d", title = "Plan is late", date = "2018-04-09", outlet = "The Plain", language = "en",
    text = "The plan for Karst is late, the ministry said on Monday." },
}

describe("merge", function()
  local folder, remove
  local function path(name) return system.join(folder, name) end
  local function quiet() end

  -- Loads some of the news into a corpus of its own and runs the article stage.
  local function shard(name, ...)
    local lines = {}
    for i, place in ipairs { ... } do lines[i] = json.encode(news[place]) .. "\n" end
    system.write(path(name .. ".jsonl"), table.concat(lines))
    local status, _, err = trial.shell(folder, string.format("annalist load %s.db %s.jsonl && annalist run %s.db sentences", name, name, name))
    assert.are.equal(0, status, err)
  end

  -- Every row of the tables that speak of articles, with the columns that no clock fills.
  local function contents(name)
    local opened <close> = corpus.open(path(name))
    local out = {}
    for _, sql in ipairs { "select * from article", "select source_id, path, sha256 from source", "select * from sentence", "select * from block",
      "select role, article_id, key, rows_sha256 from step where key <> ''" } do
      for row in opened:lists(sql .. " order by 1, 2, 3") do
        for i = 1, #row do row[i] = tostring(row[i]) end
        out[#out + 1] = table.concat(row, "|")
      end
    end
    return table.concat(out, "\n")
  end

  setup(function()
    folder, remove = trial.folder()
    shard("one", 1, 2)
    shard("two", 2, 3) -- holds one article of the first as well
    shard("three", 4, 1)
    shard("all", 1, 2, 3, 4)
  end)

  teardown(function() remove() end)

  it("takes each article once, in order, with the rows that were found in it", function()
    assert.are.equal(4, merging.merge(path "m.db", { path "one.db", path "two.db", path "three.db" }, quiet))
    local merged <close> = corpus.open(path "m.db")
    local whole <close> = corpus.open(path "all.db")
    for article in whole:articles() do
      local same = merged:article(article.article_id)
      assert.are.equal(article.text, same.text)
      assert.are.same(article:sentences(), same:sentences())
    end
    assert.are.equal(whole:value "select group_concat(row_id) from sentence", merged:value "select group_concat(row_id) from sentence")
    assert.are.equal(4, merged:count { text = "Karst" })
  end)

  it("ends, once all is run, where one load and one run end, in every table", function()
    for place, article in ipairs(news) do
      system.write(path(place .. ".txt"), article.title .. "\n\n" .. article.text .. '\n\n"We will be back," said Anna Karst, a miner.\n')
    end
    local status, _, err = trial.shell(folder, [[
      annalist load left.db 1.txt 2.txt && annalist load right.db 3.txt 4.txt && annalist load straight.db 1.txt 2.txt 3.txt 4.txt &&
      annalist run left.db quotations figures && annalist run right.db quotations figures && annalist merge joined.db left.db right.db &&
      annalist run joined.db quotations figures && annalist run straight.db quotations figures]])
    assert.are.equal(0, status, err)
    assert.is_nil(workshop.difference(workshop.dump(folder, path "straight.db"), workshop.dump(folder, path "joined.db")))
  end)

  it("comes to the same however it is grouped", function()
    local one, two, three = path "one.db", path "two.db", path "three.db"
    merging.merge(path "12.db", { one, two }, quiet)
    merging.merge(path "12-3.db", { path "12.db", three }, quiet)
    merging.merge(path "23.db", { two, three }, quiet)
    merging.merge(path "1-23.db", { one, path "23.db" }, quiet)
    merging.merge(path "123.db", { one, two, three }, quiet)
    assert.are.equal(contents "123.db", contents "12-3.db")
    assert.are.equal(contents "123.db", contents "1-23.db")
  end)

  it("leaves what was found over a whole corpus to the next run", function()
    merging.merge(path "next.db", { path "one.db", path "three.db" }, quiet)
    do
      local merged <close> = corpus.open(path "next.db")
      assert.is_false(merged:has_table "furniture" and merged:value "select count(*) from run where role = 'furniture'" > 0)
    end
    local status, out, err = trial.shell(folder, "annalist run next.db sentences")
    assert.are.equal(0, status, err)
    assert.matches("furniture%s+done", out)
  end)

  it("leaves no file behind when an input is no corpus", function()
    local ok, message = pcall(merging.merge, path "bad.db", { path "one.db", path "one.jsonl" }, quiet)
    assert.is_false(ok)
    assert.matches("one%.jsonl", message)
    assert.is_false(system.exists(path "bad.db"))
    assert.is_false(system.exists(path "bad.db.part"))
  end)

  it("overwrites nothing unless told to", function()
    assert.are.equal(2, (trial.shell(folder, "annalist merge one.db two.db three.db")))
    assert.are.equal(2, (trial.shell(folder, "annalist merge --force one.db one.db two.db")))
  end)
end)
