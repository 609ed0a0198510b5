-- docs/tables.md and writing-plugins.md against the program: a page that says other than the program is a fault of one of them.

local engine = require "annalist.engine"
local sqlite = require "annalist.sqlite"
local system = require "annalist.system"

local function documented()
  local tables, role = {}, nil
  for line in assert(system.read(system.home() .. "/docs/tables.md")):gmatch("[^\n]+") do
    local first, name, columns = line:match("^| *([%w_]*) *| `([%w_]+)` *| (.*) |$")
    if name and line:find("^| %l") or name and line:find("^|  |") then
      role = first ~= "" and first or role
      local list = {}
      for column in columns:gsub("%b()", ""):gsub(":.*$", ""):gmatch("[%w_]+") do list[#list + 1] = column end
      tables[name] = { role = role, columns = list }
    end
  end
  return tables
end

describe("docs/tables.md", function()
  local declared = {}
  for _, plugin in ipairs(engine.discover {}) do
    if plugin.origin == "bundled" and plugin.declaration then
      for _, result in ipairs(plugin.declaration.tables) do
        local columns = {}
        for _, column in ipairs(result.columns) do columns[column.name] = true end
        declared[result.name] = { role = plugin.declaration.provides, columns = columns }
      end
    end
  end

  local count = 0
  for name, page in pairs(documented()) do
    count = count + 1
    it("says of " .. name .. " what its plugin declares", function()
      assert.truthy(declared[name], "no bundled plugin declares " .. name)
      assert.equal(page.role, declared[name].role)
      for _, column in ipairs(page.columns) do assert.truthy(declared[name].columns[column], name .. "." .. column .. " is not declared") end
    end)
  end

  it("names every table of the contract", function() assert.is_true(count >= 15, count .. " tables found on the page") end)

  it("says of the corpus's own tables what the file has", function()
    local db <close> = sqlite.corpus(":memory:", "create")
    for line in assert(system.read(system.home() .. "/docs/tables.md")):gmatch("[^\n]+") do
      local name, columns = line:match("^| `([%w_]+)` | [^|]+ | (.*) |$")
      if name then
        for column in columns:gsub("%b()", ""):gmatch("[%w_]+") do
          assert.equal(1, db:value("select count(*) from pragma_table_info(?) where name = ?", name, column), name .. "." .. column)
        end
      end
    end
  end)
end)
