-- The script API and its manual: docs/api/ names every function that there is, docs/api.md is made of it, and every example
-- in it prints what it says.

local annalist = require "annalist"
local console = require "annalist.console"
local reference = require "annalist.reference"
local system = require "annalist.system"
local trial = require "annalist.trial"

local docs = system.join(system.home(), "docs")
local entries = reference.load(docs)

-- Where the functions of each class are in the running program.
local function owners()
  local statement = require("annalist.sqlite").open(":memory:", "create"):prepare("select 1")
  return {
    annalist = annalist, Corpus = require("annalist.corpus").methods, Rows = require("annalist.rows").methods,
    Article = require("annalist.article").methods, Statement = getmetatable(statement).__index,
    text = annalist.text, similarity = annalist.similarity, json = annalist.json,
  }
end

local function functions_of(owner)
  local list = {}
  for name, value in pairs(owner) do
    if type(value) == "function" and not name:find("^_") then list[#list + 1] = name end
  end
  table.sort(list)
  return list
end

describe("docs/api/", function()
  for class, owner in pairs(owners()) do
    it("has every function of " .. class .. " and no other, each with an example and a description", function()
      local documented = {}
      for _, entry in ipairs(entries) do
        if entry.owner == class then
          documented[#documented + 1] = entry.name
          assert.is_true(#entry.examples > 0, entry.name .. " has no example")
          assert.is_true(#entry.prose > 0, entry.name .. " has no description")
        end
      end
      table.sort(documented)
      assert.are.same(functions_of(owner), documented)
    end)
  end

  it("gives every parameter of a function", function()
    for _, entry in ipairs(entries) do
      if entry.owner then
        local names = {}
        for name in entry.arguments:gmatch("[%w_%.]+") do names[#names + 1] = name end
        assert.are.equal(#names, #entry.params, entry.owner .. "." .. entry.name)
        for i, name in ipairs(names) do assert.are.equal(name, (entry.params[i].name:gsub("%?$", ""))) end
      end
    end
  end)

  it("is what docs/api.md is made of", function()
    assert.is_true(system.read(system.join(docs, "api.md")) == reference.markdown(entries), "run: make docs")
  end)
end)

-- "print(1 + 1)   --> 2" -> "2"
local function expected_output(example)
  local lines = {}
  for line in (example .. "\n"):gmatch("([^\n]*)\n") do
    lines[#lines + 1] = line:match("%-%-> ?(.*)$")
  end
  return lines
end

describe("the examples of docs/api/", function()
  local remove, path, written

  setup(function()
    local folder
    folder, remove = trial.folder()
    path = system.join(folder, "floods.db")
    require("annalist.loading").load(path, { system.join(docs, "examples/floods.jsonl") }, {})
    local corpus <close> = annalist.open(path)
    corpus:run "sentences"
    written = console.write
  end)

  teardown(function() remove() end)

  -- What an example prints, line by line.
  local function run(example, corpus)
    local out = {}
    console.write = function(...) out[#out + 1] = table.concat { ... } end
    local function print_line(...)
      local cells = table.pack(...)
      for i = 1, cells.n do cells[i] = tostring(cells[i]) end
      console.write(table.concat(cells, "\t"), "\n")
    end
    local api = setmetatable({ open = function() return annalist.open(path) end }, { __index = annalist })
    local environment = setmetatable({ annalist = api, corpus = corpus, print = print_line }, { __index = _G })
    local chunk = assert(load(example, "=example", "t", environment))
    local ok, message = pcall(chunk)
    console.write = written
    assert.is_true(ok, message)
    local lines = {}
    for line in table.concat(out):gmatch("([^\n]*)\n") do lines[#lines + 1] = line end
    return lines
  end

  for _, entry in ipairs(entries) do
    for _, example in ipairs(entry.examples) do
      it("print what they say: " .. entry.owner .. entry.separator .. entry.name, function()
        local corpus <close> = annalist.open(path, "write")
        assert.are.same(expected_output(example), run(example, corpus))
      end)
    end
  end
end)
