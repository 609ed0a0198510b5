-- Every command line in README.md, docs/ and the help pages is run, in a folder that has the sample corpus: `k.db` is made of it
-- and analysed, and copies of `data/kyrgyzstan-2020/`, `docs/`, `plugins/` and `scripts/` are where they are in the tree. Lines of one page are run in their
-- order in one folder. Marks at the end of a line: `# not run`, and `# exit 1` where that status is meant.
--
-- A line `<!-- file: PATH -->` before a block writes the block to that file first.
-- What is a command line: a line of a ```sh block, and an indented line that begins with `annalist` or `$ annalist`.
-- What a ```console block shows below its commands must be what they print.
-- What is none: usage with words in capitals, and calls of git, make, apt and the like.

local commands = require "annalist.commands"
local system = require "annalist.system"
local trial = require "annalist.trial"

local home = system.home()

local function is_usage(line)
  return line:find "%f[%u]%u%u%u+%f[^%w_]" and not line:find "=" or line:find("...", 1, true) ~= nil
end

local foreign = { "make", "git", "sudo", "apt", "apt%-get", "cd", "sbatch", "parallel", "ssh", "export", "less", "xdg%-open", "chromium", "mkdir", "cp", "cat" }

-- The line without its prompt if it is one that can be run; nil otherwise.
local function runnable(line)
  line = line:gsub("^%s*%$ ", ""):gsub("^%s+", "")
  if line == "" or line:find "^#" or line:find "# not run" then return nil end
  for _, word in ipairs(foreign) do
    if line:find("^" .. word .. "%f[^%w_-]") and not line:find "annalist" then return nil end
  end
  if not line:find "%f[%w]annalist%f[^%w]" or is_usage((line:gsub("#.*$", ""))) then return nil end
  return (line:gsub("%./annalist%f[^%w]", "annalist"))
end

-- Command lines of a page of Markdown, a backslash at the end joining two; and { path, bytes } for files to be written.
local function command_lines(page)
  local list, block, held, file = {}, nil, nil, nil
  for line in (page .. "\n"):gmatch "([^\n]*)\n" do
    local fence = line:match "^%s*```(%w*)"
    local path = line:match "^<!%-%- file: (%S+) %-%->$"
    if path then
      file = { path, {} }
    elseif fence then
      block = not block and (fence == "" and "plain" or fence) or nil
      if file and not block then
        list[#list + 1] = { file[1], table.concat(file[2], "\n") .. "\n" }
        file = nil
      end
    elseif file and block then
      table.insert(file[2], line)
    else
      local is_command = block == "sh" or block == "bash" or held ~= nil
        or block == "console" and line:find "^%s*%$ "
        or not block and (line:find "^    annalist " or line:find "^    %$ ")
      if is_command then
        line = (held or "") .. line
        held = line:match "^(.*)\\$"
        if not held then list[#list + 1] = runnable(line) end
      end
    end
  end
  return list
end

-- What a page shows of a terminal: list of { command, what it prints }, from ```console blocks. "…" stands for whatever is there.
local function shown(page)
  local list = {}
  for block in page:gmatch "\n```console\n(.-)```" do
    for line in block:gmatch "([^\n]*)\n" do
      local command = line:match "^%$ (.*)"
      if command then
        list[#list + 1] = { runnable(command), "" }
      elseif #list > 0 then
        list[#list][2] = list[#list][2] .. line .. "\n"
      end
    end
  end
  return list
end

local function pages()
  local list = { "README.md" }
  for _, name in ipairs(system.list(system.join(home, "docs"))) do
    if name:find "%.md$" then list[#list + 1] = "docs/" .. name end
  end
  return list
end

describe("the command lines of", function()
  local prepared, remove
  local shell = trial.shell

  setup(function()
    prepared, remove = trial.folder()
    -- Copies, never links: what a page's lines write, and what is removed at the end, must not be the tree's own.
    system.mkdir(system.join(prepared, "data"))
    for _, name in ipairs { "data/kyrgyzstan-2020", "docs", "plugins", "scripts" } do
      assert.are.equal(0, (shell(prepared, string.format("cp -RL '%s/%s' %s", home, name, name))))
    end
    local plugins = system.exists(system.join(home, "plugins/report/init.lua")) and "report -o out" or "sentences"
    local status, _, err = shell(prepared, table.concat({
      "annalist load --quiet k.db data/kyrgyzstan-2020/articles",
      "annalist run --quiet k.db " .. plugins,
      "annalist load --quiet floods.db docs/examples/floods.jsonl",
      "cp docs/examples/floods.jsonl news.jsonl", "cp -R data/kyrgyzstan-2020/articles articles",
      "cp floods.db shard-1.db", "cp k.db shard-2.db",
      "printf 'Ilse Brandt\\tI. Brandt\\n' > pairs.tsv", "printf 'Ilse Brandt\\n' > list.tsv",
    }, " && "))
    assert.are.equal(0, status, err)
  end)

  teardown(function() remove() end)

  -- A folder of its own for each page, as `setup` left it.
  local function run_all(lines)
    local folder, forget = trial.folder()
    shell(prepared, string.format("cp -a . '%s'", folder))
    for _, line in ipairs(lines) do
      if type(line) == "table" then
        system.write(system.join(folder, line[1]), line[2])
        line = "true"
      end
      local wanted = tonumber(line:match "# exit (%d)") or 0
      local status, out, err = shell(folder, line)
      if status ~= wanted then
        forget()
        error(string.format("%s\nended with %d, and %d was expected\n%s%s", line, status, wanted, out, err), 0)
      end
    end
    forget()
  end

  for _, page in ipairs(pages()) do
    local text = system.read(system.join(home, page))
    local lines = text and command_lines(text) or {}
    if #lines > 0 then
      it(string.format("%s work (%d)", page, #lines), function() run_all(lines) end)
    end
    for _, example in ipairs(shown(text or "")) do
      local command, printed = table.unpack(example)
      if command then
        it(string.format("%s print what it shows: %s", page, command), function()
          local _, out = shell(prepared, command)
          local pattern = printed:gsub("%p", "%%%0"):gsub("…", ".-")
          assert.truthy(out:find("^" .. pattern .. "$"), out)
        end)
      end
    end
  end

  for _, name in ipairs(commands.names()) do
    local command = commands.load(name)
    local lines = {}
    for _, example in ipairs(command.examples) do
      if not example:find "^annalist test" then lines[#lines + 1] = runnable(example) end
    end
    it("`annalist help " .. name .. "` work", function() run_all(lines) end)
  end
end)

describe("command lines in Markdown", function()
  it("are found in blocks and in indented lines, joined, and told from usage", function()
    assert.are.same({ "annalist load k.db a.txt", "annalist run k.db timex --jobs 2", "cat a | annalist load k.db -" }, command_lines [[
Text with `annalist nothing`.

    $ annalist load k.db a.txt
    load CORPUS
    annalist load CORPUS PATH...

```sh
make
annalist run k.db timex \
--jobs 2
cat a | annalist load k.db -
annalist run k.db slow   # not run
```

```lua
annalist.open("k.db")
```
]])
  end)
end)
