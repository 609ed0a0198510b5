-- CONTRACT section 3, promise 4: every row on text leads back to bytes of an article, and every article to a file.

local engine = require "annalist.engine"
local loader = require "annalist.loader"
local sqlite = require "annalist.sqlite"
local system = require "annalist.system"
local text = require "annalist.text"

describe("Every row on text", function()
  local folder, corpus, db
  setup(function()
    folder = assert(system.temporary_directory())
    corpus = folder .. "/c.db"
    loader.load { corpus = corpus, paths = { system.data() .. "/kyrgyzstan-2020/articles" } }
    engine.run { corpus = corpus, plugins = { "report" }, output = folder .. "/out" }
    db = sqlite.open(corpus, "read")
  end)
  teardown(function()
    if db then db:close() end
    os.execute("rm -rf '" .. folder .. "'")
  end)

  it("lies within its article, and cuts no character", function()
    local looked = 0
    for _, entry in ipairs(db:all("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")) do
      local columns = {}
      for _, column in ipairs(db:all("select name from pragma_table_info(?)", entry.name)) do columns[column.name] = true end
      for _, pair in ipairs { { "article_id", "first", "last" }, { "other_id", "other_first", "other_last" } } do
        if columns[pair[1]] and columns[pair[2]] and columns[pair[3]] then
          local sql = string.format("select %s as id, %s as first, %s as last, cast(text as blob) as bytes from %s left join article on article.article_id = %s.%s where %s is not null",
            pair[1]:find("article") and entry.name .. ".article_id" or pair[1], pair[2], pair[3], entry.name, entry.name, pair[1], pair[2])
          for row in db:rows(sql) do
            looked = looked + 1
            local where = string.format("%s of article %s: %s..%s", entry.name, tostring(row.id), tostring(row.first), tostring(row.last))
            assert.truthy(row.bytes, where .. ": no such article")
            assert.is_true(row.first >= 1 and row.first <= row.last and row.last <= #row.bytes, where)
            assert.is_true((text.valid(row.bytes:sub(row.first, row.last))), where .. " cuts a character")
          end
        end
      end
    end
    assert.is_true(looked > 500, looked .. " rows were looked at")
  end)

  it("belongs to an article whose source is a file that has its text", function()
    for row in db:rows("select path, member, format, cast(text as blob) as bytes from article join source using (source_id)") do
      local bytes = assert(system.read(row.path), row.path)
      if row.format:find("^text") then assert.truthy(bytes:find(row.bytes, 1, true), row.path) end
    end
  end)

  it("names its run, and the run its plugin and code", function()
    for _, entry in ipairs(db:all("select name from sqlite_schema where type = 'table' and sql like '%run_id INTEGER NOT NULL)'")) do
      assert.equal(0, db:value(string.format("select count(*) from %s where run_id not in (select run_id from run)", entry.name)), entry.name)
    end
    assert.equal(0, db:value("select count(*) from run where length(code_sha256) <> 64"))
  end)
end)
