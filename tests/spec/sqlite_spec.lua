-- annalist.sqlite: values, errors, transactions, and what is refused.

local sqlite = require "annalist.sqlite"
local system = require "annalist.system"

describe("annalist.sqlite", function()
  local folder, path, db

  before_each(function()
    folder = assert(system.temporary_directory())
    path = folder .. "/t.db"
    db = sqlite.open(path, "create")
    db:execute "create table t (a, b); insert into t values (1, 'one'); insert into t values (2, null)"
  end)
  after_each(function()
    db:close()
    os.execute("rm -rf '" .. folder .. "'")
  end)

  it("keeps integers, floats, NULL, and text with NUL bytes what they are", function()
    local values = { 9007199254740993, math.mininteger, 0.1, "a\0b", "" }
    for _, value in ipairs(values) do
      local back = db:value("select ?", value)
      assert.equal(value, back)
      assert.equal(math.type(value), math.type(back))
    end
    assert.equal("text", db:value("select typeof(?)", "a\0b"))
    assert.equal("blob", db:value("select typeof(?)", sqlite.blob "ab"))
    assert.equal("null", db:value("select typeof(?)", sqlite.null))
    assert.equal("null", db:value("select typeof(?)", nil))
    assert.is_nil(db:row("select b from t where a = 2").b)
  end)

  it("gives rows by name, by position, and one value", function()
    assert.same({ { a = 1, b = "one" }, { a = 2 } }, db:all "select * from t order by a")
    local lists = {}
    for row in db:list "select a, b from t order by a" do lists[#lists + 1] = row end
    assert.same({ 1, "one", n = 2 }, lists[1])
    assert.equal(sqlite.null, lists[2][2])
    assert.equal("null", tostring(sqlite.null))
    assert.is_nil(db:row "select * from t where a = 3")
    assert.is_nil(db:value "select a from t where a = 3")
    assert.same({ "a", "x" }, db:columns "select a, b as x from t")
  end)

  it("binds by position and by name, and counts", function()
    assert.equal(1, db:execute("insert into t values (?, ?)", 3, "three"))
    assert.equal(3, db:last_id())
    assert.equal("three", db:value("select b from t where a = :a and b = $b", { a = 3, b = "three" }))
    assert.equal(3, db:execute "update t set b = 'x'")
  end)

  it("lets loops nest over the same SQL, and ends the statement on break", function()
    local pairs_seen = 0
    for one in db:rows "select a from t" do
      for other in db:rows "select a from t" do
        if one.a and other.a then pairs_seen = pairs_seen + 1 end
      end
    end
    assert.equal(4, pairs_seen)
    for _ in db:rows "select a from t" do break end -- luacheck: ignore 512
    db:execute "drop table t" -- would fail with a statement still running
  end)

  it("says what is wrong with file and statement", function()
    local function fails(message, f, ...) assert.has_error(f, message, ...) end
    fails(path .. ': near "selec": syntax error (in: selec 1)', function() db:execute "selec 1" end)
    fails(path .. ": 2 parameters wanted, 1 given (in: select ?, ?)", function() db:value("select ?, ?", 1) end)
    fails(path .. ": one SQL command is expected here, and after it comes “select 2”", function() db:value "select 1; select 2" end)
    fails(path .. ": parameter 1 is a table: only nil, booleans, numbers, strings and blobs can be stored", function() db:value("select ?, ?", {}, 1) end)
    fails(folder .. "/no.db: no such file", function() sqlite.open(folder .. "/no.db") end)
    fails(folder .. ": is a folder, not a database file", function() sqlite.open(folder) end)
    system.write(folder .. "/notes", ("notes "):rep(300))
    fails(folder .. "/notes: is no SQLite database", function() sqlite.open(folder .. "/notes") end)
    fails(path .. ": is an SQLite database, but no annalist corpus", function() sqlite.corpus(path) end)
  end)

  it("commits what returns and rolls back what raises, also within another transaction", function()
    assert.has_error(function()
      db:transaction(function() db:execute "delete from t" error("no", 0) end)
    end, "no")
    assert.equal(2, db:value "select count(*) from t")
    assert.equal("yes", db:transaction(function(word)
      pcall(db.transaction, db, function() db:execute "delete from t" error "inner" end)
      db:execute "delete from t where a = 1"
      return word
    end, "yes"))
    assert.equal(1, db:value "select count(*) from t")
  end)

  it("reads only, when it was opened to read", function()
    db:close()
    local reading <close> = sqlite.open(path)
    assert.has_error(function() reading:execute "delete from t" end)
    assert.has_error(function() reading:execute("attach '" .. folder .. "/x.db' as x") end)
    assert.has_error(function() reading:execute "pragma query_only = 0; insert into t values (1, 1)" end)
    assert.equal(2, reading:value "select count(*) from t")
  end)

  it("leaves one single file when it is closed", function()
    assert.is_true(system.exists(path .. "-wal"))
    db:close()
    assert.same({ "t.db" }, system.list(folder))
  end)

  it("refuses to go on with what is closed", function()
    local statement = db:prepare "select a from t"
    local iterator, cursor = db:rows "select a from t"
    iterator(cursor)
    statement:close()
    assert.has_error(function() statement:run() end, "the statement is closed")
    db:close()
    assert.has_error(function() db:value "select 1" end, "the database is closed")
    assert.has_error(function() iterator(cursor) end)
    assert.truthy(tostring(db):find "closed")
  end)

  it("refuses a corpus of a newer annalist", function()
    local file = folder .. "/c.db"
    sqlite.corpus(file, "create"):close()
    local plain <close> = sqlite.open(file, "write")
    plain:execute "pragma user_version = 99"
    plain:close()
    local _, message = pcall(sqlite.corpus, file)
    assert.truthy(message:find("was written by a newer annalist (format 99", 1, true))
  end)
end)
