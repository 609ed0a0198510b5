-- What the commands make of bad surroundings: no room, no rights, no corpus, somebody else at work, Ctrl-C, a reader that goes away.
-- Each time one line says what, where and what to do, the exit status is the contract's, and what is left is sound.

local json = require "annalist.json"
local sqlite = require "annalist.sqlite"
local system = require "annalist.system"
local trial = require "annalist.trial"

local function news(count)
  local lines = {}
  for index = 1, count do
    lines[index] = json.encode { id = "n" .. index, title = "Ferry " .. index .. " delayed", date = "2021-02-03", language = "en",
      text = ("The ferry to Port Sorel left %d minutes late on Monday, harbour master Jane Oduya said. "):format(index):rep(12) }
  end
  return table.concat(lines, "\n") .. "\n"
end

-- The superuser may write anywhere: as somebody else then.
local is_root = io.popen("id -u"):read("a"):match("%d+") == "0"
local as_somebody = is_root and "setpriv --reuid=65534 --regid=65534 --clear-groups " or ""
-- Somebody else may be kept out of the folder that annalist itself lies in (a clone below /root, say).
local may_enter = os.execute(string.format("%stest -r '%s/core/lua/annalist/main.lua' -a -x '%s'", as_somebody, system.home(), system.program()))

describe("In bad surroundings", function()
  local folder, remove

  local function call(line, input) return trial.shell(folder, line, input) end

  -- One line on standard error that says all of `words`; `status` is 2 unless given.
  local function refuses(line, words, status)
    local code, _, err = call(line)
    assert.equal(1, select(2, err:gsub("\n", "")), line .. ": " .. err)
    for _, word in ipairs(words) do assert.truthy(err:find(word, 1, true), line .. ": " .. err) end
    assert.equal(status or 2, code, line .. ": " .. err)
  end

  local function sound(name)
    local db <close> = sqlite.open(system.join(folder, name), "read")
    return db:value("pragma integrity_check") == "ok"
  end

  local function is_one_file(name)
    return not system.exists(system.join(folder, name .. "-wal")) and not system.exists(system.join(folder, name .. "-shm"))
  end

  -- Processes whose command line names this folder's file: those that a command left behind.
  local function left_behind(name)
    local pipe = io.popen("ps -eo args= | grep -c '[a]nnalist .*" .. name:gsub("^(.)", "[%1]") .. "'")
    local count = tonumber(pipe:read("a"):match("%d+"))
    pipe:close()
    return count
  end

  setup(function()
    folder, remove = trial.folder()
    system.write(system.join(folder, "few.jsonl"), news(3))
    system.write(system.join(folder, "many.jsonl"), news(4000))
    system.write(system.join(folder, "none.db"), ("This is a note about ferries, and no database.\n"):rep(60))
    assert.equal(0, (call "annalist load k.db few.jsonl && annalist run k.db sentences && cp k.db spare.db"))
  end)

  teardown(function()
    call "chmod -R u+rwx ."
    remove()
  end)

  describe("without room", function()
    it("a load stops with a line, and leaves a sound corpus that the next load completes", function()
      local status, _, err = call "ulimit -f 3000; annalist load full.db many.jsonl"
      assert.equal(2, status)
      assert.matches("^annalist: full%.db: can't be written or read %([^\n]+%)\n", err)
      assert.is_true(sound "full.db")
      assert.equal(0, (call "annalist load full.db many.jsonl"))
      assert.matches("4000", select(2, call "annalist sql full.db 'select count(*) from article'"))
    end)

    it("a full disk is called one", function()
      if not is_root or os.execute(string.format("mkdir -p '%s/disk' && mount -t tmpfs -o size=1m tmpfs '%s/disk' 2>/dev/null", folder, folder)) ~= true then
        return pending("needs the right to mount")
      end
      finally(function() os.execute(string.format("umount '%s/disk'", folder)) end)
      local status, _, err = call "annalist load disk/k.db many.jsonl"
      assert.equal(2, status)
      assert.matches("^annalist: disk/k%.db: the disk is full; make room", err)
      assert.is_true(sound "disk/k.db")
      assert.is_true(is_one_file "disk/k.db")
    end)

    it("a file of results or standard output that can't be written is named, and no half file stays", function()
      local everything = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) select i, article.text from n, article limit 20000"
      refuses("ulimit -f 100; annalist sql k.db '" .. everything .. "' --format csv -o rows.csv", { "rows.csv: File too large" })
      assert.is_false(system.exists(system.join(folder, "rows.csv")))
      assert.is_false(system.exists(system.join(folder, "rows.csv.part")))
      refuses("annalist sql k.db 'select 1' >/dev/full", { "standard output: No space left on device" })
      refuses("annalist sql k.db 'select 1' -o missing/rows.csv", { "missing/rows.csv: No such file or directory" })
    end)
  end)

  describe("without rights", function()
    local it = may_enter and it or function(name) pending(name .. " (other users can't enter annalist's own folder)", function() end) end -- luacheck: ignore 431

    setup(function()
      call [[chmod 755 . && mkdir locked fixed && cp k.db locked/k.db && cp k.db fixed/k.db && chmod 555 locked && chmod 444 fixed/k.db && chmod 777 fixed
        chmod 666 locked/k.db]]
    end)

    it("a corpus in a read-only folder is read by all commands that only read", function()
      assert.matches("3 articles", select(2, call(as_somebody .. "annalist info locked/k.db")))
      assert.matches("3", select(2, call(as_somebody .. "annalist sql locked/k.db 'select count(*) from article'")))
      assert.matches("Sorel", select(2, call(as_somebody .. "annalist search locked/k.db sorel")))
    end)

    it("so is one whose writer was killed, once its log is away", function()
      call [[chmod 755 locked; cp k.db 'locked/100%? #.db'; printf '\002\002' | dd of='locked/100%? #.db' bs=1 seek=18 conv=notrunc; chmod 555 locked]]
      assert.matches("3 articles", select(2, call(as_somebody .. "annalist info 'locked/100%? #.db'")))
    end)

    it("with its log the way out is told", function()
      call "chmod 755 locked"
      local db = sqlite.open(system.join(folder, "spare.db"), "write")
      db:execute "pragma journal_mode = wal"
      db:execute "insert into source (path, status) values ('x', 'loaded')"
      call "cp spare.db locked/cut.db; cp spare.db-wal locked/cut.db-wal; chmod 555 locked"
      db:close()
      refuses(as_somebody .. "annalist info locked/cut.db", { "locked/cut.db", "killed", "copy it, with its -wal file" })
    end)

    it("a corpus that can't be written is left alone", function()
      for _, name in ipairs { "locked/k.db", "fixed/k.db" } do
        refuses(as_somebody .. "annalist load " .. name .. " few.jsonl", { name, "can be read but not written", "copy it" })
        refuses(as_somebody .. "annalist run " .. name .. " sentences --force", { name, "can be read but not written", "copy it" })
        refuses(as_somebody .. "annalist index " .. name, { name, "can be read but not written", "copy it" })
      end
    end)

    it("a corpus that can't be made names the folder", function()
      refuses(as_somebody .. "annalist load locked/new.db few.jsonl", { "locked/new.db", "can't be made: folder locked: Permission denied" })
      refuses("annalist load missing/new.db few.jsonl", { "missing/new.db", "can't be made: folder missing: No such file" })
    end)

    it("an output folder that can't be made is told before the work begins", function()
      call "cp k.db o.db"
      refuses("annalist run o.db layout --force -o none.db", { "output folder", "none.db: File exists", "-o" })
      refuses("annalist run o.db layout --force -o none.db/below", { "none.db/below: Not a directory" })
      refuses(as_somebody .. "sh -c 'cp o.db fixed/own.db; annalist run fixed/own.db layout -o locked/out'", { "locked/out: Permission denied" })
      assert.is_true(is_one_file "o.db")
    end)
  end)

  it("what is no corpus is called so by every command", function()
    for _, line in ipairs { "info none.db", "sql none.db 'select 1'", "search none.db x", "load none.db few.jsonl", "run none.db report", "repl none.db",
      "merge new.db none.db", "screen none.db few.jsonl", "index none.db" } do
      refuses("annalist " .. line, { "none.db: is no corpus" })
    end
    call "head -c 40000 k.db >half.db"
    for _, line in ipairs { "info half.db", "load half.db few.jsonl", "run half.db report" } do
      refuses("annalist " .. line, { "half.db: the file is damaged" })
    end
  end)

  it("names with spaces, quotes, signs and letters of other scripts are names like any other", function()
    call [[mkdir "a 'b' \"ж\" 100%?" ]]
    local name = [["a 'b' \"ж\" 100%?/q#1 'ö.db"]]
    assert.equal(0, (call("annalist load " .. name .. " few.jsonl")))
    assert.equal(0, (call("annalist run " .. name .. " sentences")))
    assert.matches("3", select(2, call("annalist sql " .. name .. " 'select count(*) from article'")))
    assert.equal(0, (call("annalist merge \"both?x=1#.db\" " .. name .. " k.db")))
    assert.matches("3 articles", select(2, call "annalist info 'both?x=1#.db'"))
  end)

  it("a working folder that was removed is missed only by those who need it", function()
    local there = "mkdir gone && cd gone && rmdir ../gone && annalist "
    local corpus = system.join(folder, "k.db")
    refuses(there .. "load new.db " .. system.join(folder, "few.jsonl"), { "new.db", "the working folder is gone" })
    assert.matches("3 articles", select(2, call(there .. "info " .. corpus)))
    assert.equal(0, (call(there .. "run " .. corpus .. " sentences --force")))
    assert.equal(0, (call(there .. "plugins")))
  end)

  it("code in the working folder is never loaded, whatever the environment says", function()
    local stranger = [[io.stderr:write("STRANGER\n") return { name = "x" }]]
    for _, name in ipairs { "lpeg", "re", "argparse", "annalist", "annalist/init", "annalist/engine", "annalist/commands/visit", "annalist/plugins/visit", "commands/visit",
      "plugins/visit", ".config/annalist/commands/visit", "core/lua/annalist/main", "scripts/commands/visit" } do
      local path = folder .. "/standing/" .. name .. ".lua"
      system.mkdir(system.dirname(path))
      assert(system.write(path, stranger))
    end
    for _, settings in ipairs { "", "HOME=. ", "XDG_CONFIG_HOME=. ", "ANNALIST_USER=annalist ", "HOME= ", "env -u HOME ",
      [[LUA_INIT='io.stderr:write("STRANGER")' LUA_INIT_5_4='io.stderr:write("STRANGER")' LUA_PATH='./?.lua' LUA_PATH_5_4='./?.lua' ]] } do
      for _, words in ipairs { "help", "plugins", "info", "visit", [[-e 'require "argparse" require "re"']] } do
        local _, out, err = call("cd standing && " .. settings .. "annalist " .. words)
        assert.is_nil((out .. err):find("STRANGER", 1, true), settings .. words)
        assert.is_nil(err:find(".lua:", 1, true), settings .. words .. ": " .. err)
        assert.is_nil(out:find("visit", 1, true), settings .. words)
      end
    end
  end)

  it("two runs at once on one corpus wait for each other", function()
    local status, out = call [[cp k.db two.db
      annalist run two.db sentences --force >first 2>&1 & annalist run two.db sentences --force >second 2>&1; second=$?; wait $!; echo $? $second; cat first second]]
    assert.equal(0, status)
    assert.matches("^0 0\n", out)
    assert.is_true(sound "two.db")
    assert.is_true(is_one_file "two.db")
  end)

  it("a command waits while another process writes", function()
    local status, _, err = call [[cp k.db held.db
      annalist -e 'local db = require("annalist.sqlite").open("held.db", "write") db:execute("begin exclusive") os.execute("touch holds; sleep 0.5") db:execute("rollback")' &
      while [ ! -e holds ]; do sleep 0.02; done; annalist load held.db many.jsonl]]
    assert.equal(0, status, err)
    assert.matches("4000", select(2, call "annalist sql held.db 'select count(*) from article'"))
  end)

  it("Ctrl-C in a load or a run leaves a sound corpus, one file, and no process", function()
    for step = 1, 4 do
      local status, _, err = call(string.format("timeout -s INT %.2f annalist load int.db many.jsonl; timeout -s INT %.2f annalist run k.db sentences --force",
        0.05 * step, 0.1 * step))
      assert.is_true(status == 124 or status == 0, err)
      assert.is_nil(err:find "traceback", err)
      assert.is_true(not system.exists(system.join(folder, "int.db")) or sound "int.db")
      assert.is_true(sound "k.db")
      assert.is_true(is_one_file "k.db" and is_one_file "int.db")
      assert.equal(0, left_behind "int.db")
    end
    assert.equal(0, (call "annalist load int.db many.jsonl"))
    assert.matches("4000", select(2, call "annalist sql int.db 'select count(*) from article'"))
  end)

  it("a reader that goes away ends a command quietly", function()
    for _, line in ipairs { "sql int.db 'select text from article'", "search int.db ferry", "plugins", "info k.db" } do
      local _, out, err = call("{ annalist " .. line .. "; echo $? >status; } | head -n 1; cat status")
      assert.matches("\n0\n$", out)
      assert.equal("", err)
    end
  end)
end)
