-- Reads stubs with LuaCATS comments (docs/api/) into records, and writes them as a manual page. The REPL, editors, the page
-- and the tests all have the one source.

local system = require "annalist.system"

local reference = {}

-- The files of docs/api/ in the order of the page.
local FILES = { "annalist", "corpus", "text", "similarity", "json" }

local function new_entry()
  return { prose = {}, examples = {}, params = {}, returns = {}, fields = {} }
end

-- "name? type  what it is" after ---@param or ---@field. A type may hold blanks within brackets: "{ limit?: integer }".
local function split_type(rest)
  local name, behind = rest:match("^(%S+)%s+(.*)$")
  local kind, tail = behind:match("^(%b{}%S*)%s*(.*)$")
  if not kind then kind, tail = behind:match("^(fun%b():%s*%S+)%s*(.*)$") end
  if not kind then kind, tail = behind:match("^(%S+)%s*(.*)$") end
  return { name = name, type = kind, text = tail }
end

local function read_tag(entry, tag, rest)
  if tag == "param" then
    table.insert(entry.params, split_type(rest))
  elseif tag == "field" then
    table.insert(entry.fields, split_type(rest))
  elseif tag == "return" then
    table.insert(entry.returns, rest)
  elseif tag == "class" then
    entry.class = rest
  elseif tag == "meta" then
    entry.meta = true
  end
end

local function finish(entry, line, entries)
  local owner, separator, name, arguments = line:match("^function ([%a_][%w_]*)([%.:])([%a_][%w_]*)%((.-)%) end")
  if owner then
    entry.owner, entry.separator, entry.name, entry.arguments = owner, separator, name, arguments
    entries[#entries + 1] = entry
  elseif entry.class then
    entry.variable = line:match("^local ([%a_][%w_]*)")
    entries[#entries + 1] = entry
  end
end

--- The entries of a file of stubs, in its order: classes (class, variable, fields) and functions (owner, name, params, returns),
--- each with prose and examples.
function reference.read(source)
  local entries, entry, code = {}, nil, nil
  for line in source:gmatch("([^\n]*)\n") do
    local comment = line:match("^%-%-%-(.*)$")
    if comment then
      entry = entry or new_entry()
      local tag, rest = comment:match("^@(%a+)%s*(.*)$")
      if comment == "```lua" then
        code = {}
      elseif comment == "```" then
        table.insert(entry.examples, table.concat(code, "\n"))
        code = nil
      elseif code then
        code[#code + 1] = comment
      elseif tag then
        read_tag(entry, tag, rest)
      else
        table.insert(entry.prose, comment)
      end
    elseif entry then
      finish(entry, line, entries)
      entry = nil
    end
  end
  return entries
end

--- The entries of the files in the folder docs/ of a tree, in the order of the page.
function reference.load(docs)
  local entries = {}
  for _, name in ipairs(FILES) do
    local list = reference.read(assert(system.read(system.join(docs, "api/" .. name .. ".lua"))))
    table.move(list, 1, #list, #entries + 1, entries)
  end
  return entries
end

-- The page ------------------------------------------------------------------------------------------------

local titles = {
  annalist = "annalist", Corpus = "Corpus", Rows = "Rows", Article = "Article", Statement = "Statement",
  text = "annalist.text", similarity = "annalist.similarity", json = "annalist.json",
}

-- How a script writes the call: `corpus:articles(filters)`, `annalist.text.words(s)`.
local function call_of(entry)
  local title = titles[entry.owner] or entry.owner
  if entry.separator == ":" then title = title:lower() end
  return string.format("%s%s%s(%s)", title, entry.separator, entry.name, entry.arguments)
end

local function cell(text)
  return (text:gsub("|", "\\|"))
end

local function add_fields(lines, list)
  lines[#lines + 1] = "| name | type | |\n| --- | --- | --- |"
  for _, field in ipairs(list) do
    lines[#lines + 1] = string.format("| `%s` | `%s` | %s |", field.name, cell(field.type), cell(field.text))
  end
  lines[#lines + 1] = ""
end

local function add_entry(lines, entry)
  if entry.class then
    lines[#lines + 1] = "## " .. (titles[entry.variable] or entry.class) .. "\n"
  else
    lines[#lines + 1] = "### `" .. call_of(entry) .. "`\n"
  end
  lines[#lines + 1] = table.concat(entry.prose, "\n") .. "\n"
  if #entry.fields > 0 then add_fields(lines, entry.fields) end
  if #entry.params > 0 then add_fields(lines, entry.params) end
  if #entry.returns > 0 then
    lines[#lines + 1] = "Returns `" .. table.concat(entry.returns, "`, `") .. "`.\n"
  end
  for _, example in ipairs(entry.examples) do lines[#lines + 1] = "```lua\n" .. example .. "\n```\n" end
end

--- The manual page of the entries.
function reference.markdown(entries)
  local lines = {
    "# The script API\n",
    "<!-- Made by `make docs` from docs/api/: change the files there, not this one. -->\n",
    "For scripts (`annalist SCRIPT.lua`), `annalist -e` and the REPL. Point your editor's Lua language server at `docs/api/`, and it",
    "completes all of this. Every example is run by a test, over the corpus that this makes:\n",
    "    annalist load floods.db docs/examples/floods.jsonl\n",
    "What an example prints stands behind `-->`; `corpus` is that corpus, open for writing.\n",
  }
  for _, entry in ipairs(entries) do add_entry(lines, entry) end
  return (table.concat(lines, "\n"):gsub("\n+$", "\n"))
end

return reference
