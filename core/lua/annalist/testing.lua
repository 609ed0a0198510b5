-- busted inside the host: specs see our modules as a script does. Prints what failed, and at the end `N passed, N failed`.

local console = require "annalist.console"
local system = require "annalist.system"

local testing = {}

-- The full sentence of a test: "load a folder skips what is no article".
local function sentence(busted, element)
  local words = { element.name or element.descriptor }
  local parent = busted.context.parent(element)
  while parent and parent.name and parent.descriptor ~= "file" do
    table.insert(words, 1, parent.name)
    parent = busted.context.parent(parent)
  end
  return table.concat(words, " ")
end

local function place_of(element, trace)
  local info = element.trace or trace
  return info and info.short_src and string.format("%s:%s", info.short_src, tostring(info.currentline)) or ""
end

local function report(busted, counts)
  local function complain(what)
    return function(element, _, message, trace)
      if element.descriptor == "it" or what == "error" then counts.failed = counts.failed + 1 end
      console.write(string.format("\n%s: %s\n  %s\n", what, sentence(busted, element), place_of(element, trace)))
      console.write("  ", (tostring(message):gsub("\n", "\n  ")), "\n")
      return nil, true
    end
  end
  busted.subscribe({ "failure" }, complain("failure"))
  busted.subscribe({ "error" }, complain("error"))
  busted.subscribe({ "test", "start" }, function(element)
    console.progress(string.format("%d passed, %d failed  %s", counts.passed, counts.failed, sentence(busted, element)))
    return nil, true
  end)
  busted.subscribe({ "pending" }, function(element, _, message)
    counts.pending[#counts.pending + 1] = sentence(busted, element) .. (message and ": " .. tostring(message) or "")
    return nil, true
  end)
  busted.subscribe({ "test", "end" }, function(_, _, status)
    if status == "success" then counts.passed = counts.passed + 1 end
    return nil, true
  end)
end

-- What ends in _spec.lua in a folder and below it.
local function add_folder(files, folder)
  for _, name in ipairs(system.list(folder)) do
    local path = system.join(folder, name)
    if system.is_directory(path) then
      add_folder(files, path)
    elseif name:find("_spec%.lua$") then
      files[#files + 1] = path
    end
  end
end

-- The spec files that the words name: files as they are, and those in folders.
local function spec_files(words)
  local files = {}
  for _, word in ipairs(words) do
    if system.is_directory(word) then
      add_folder(files, word)
    elseif system.exists(word) then
      files[#files + 1] = word
    else
      error(word .. ": there is no such spec", 0)
    end
  end
  if #files == 0 then error(table.concat(words, ", ") .. ": there is no file *_spec.lua", 0) end
  return files
end

--- Runs specs (files and folders; ours when the list is empty). `filter` is a Lua pattern on the tests' sentences.
--- Returns how many passed and how many failed.
function testing.run(words, filter)
  if #words == 0 then
    words = { system.join(system.home(), "tests/spec") }
    if not system.is_directory(words[1]) then error("our own specs are not installed, they lie in the source tree: name a spec of yours", 0) end
  end
  local found, core = pcall(require, "busted.core")
  if not found then error("busted is missing; on Debian: apt install lua-busted", 0) end
  local files = spec_files(words)
  local busted = core()
  require "busted"(busted)
  local counts = { passed = 0, failed = 0, pending = {} }
  report(busted, counts)
  require "busted.modules.filter_loader"()(busted, {
    tags = {}, excludeTags = {}, filter = filter and { filter } or {}, filterOut = {}, list = false,
  })
  busted.sort, busted.randomize = false, false
  require "busted.modules.test_file_loader"(busted, { "lua" })(files, { "_spec" }, { excludes = {}, verbose = true })
  require "busted.execute"(busted)(1, { seed = 1 })
  console.clear_progress()
  for _, line in ipairs(counts.pending) do console.write("pending: ", line, "\n") end
  return counts.passed, counts.failed
end

return testing
