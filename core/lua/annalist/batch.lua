-- Batch files of `annalist run`: a Lua file that returns what would otherwise stand on the command line.
--   return { corpus = "k.db", load = { "articles/" }, plugins = { "report" }, options = { ["timex.hemisphere"] = "south" },
--            output = "out" }

local nearest = require "annalist.nearest"
local system = require "annalist.system"

local batch = {}

-- What may stand in a batch file, and of which type it is.
local kinds = {
  { "corpus", "string" }, { "load", "list" }, { "plugins", "list" }, { "options", "table" }, { "use", "table" },
  { "output", "string" }, { "plugin_path", "list" }, { "jobs", "number" }, { "strict", "boolean" }, { "force", "boolean" },
  { "article_seconds", "number" }, { "corpus_seconds", "number" }, { "memory", "number" },
  { "all_versions", "boolean" },
}

local function check(path, key, value)
  local names = {}
  for _, kind in ipairs(kinds) do
    names[#names + 1] = kind[1]
    if kind[1] == key then
      local wanted = kind[2] == "list" and "table" or kind[2]
      if kind[2] == "list" and type(value) == "string" then return { value } end
      if type(value) == wanted then return value end
      error(string.format("%s: %s must be a %s, and is a %s", path, key, kind[2], type(value)), 0)
    end
  end
  error(string.format("%s: a batch file has no field '%s'.%s", path, tostring(key), nearest.hint(tostring(key), names)), 0)
end

-- { timex = { hemisphere = "south" } } and { ["timex.hemisphere"] = "south" } are the same.
local function flatten(path, given)
  local flat = {}
  for key, value in pairs(given) do
    if type(key) ~= "string" then error(path .. ": options are written PLUGIN.OPTION = VALUE", 0) end
    if type(value) == "table" then
      for name, inner in pairs(value) do flat[key .. "." .. name] = inner end
    else
      flat[key] = value
    end
  end
  return flat
end

local function below(folder, path)
  if path == "-" or path:find("^/") or folder == "" or folder == "." then return path end
  return system.join(folder, path)
end

--- Reads and checks a batch file; paths in it are made relative to the working directory.
function batch.read(path)
  local chunk, message = loadfile(path, "t")
  if not chunk then error(message, 0) end
  local given = chunk()
  if type(given) ~= "table" then error(path .. ": a batch file returns a table", 0) end
  local read = {}
  for key, value in pairs(given) do read[key] = check(path, key, value) end
  local folder = system.dirname(path)
  for _, key in ipairs { "corpus", "output" } do
    if read[key] then read[key] = below(folder, read[key]) end
  end
  for _, key in ipairs { "load", "plugin_path" } do
    for i, one in ipairs(read[key] or {}) do read[key][i] = below(folder, one) end
  end
  read.options = flatten(path, read.options or {})
  return read
end

local function is_batch(word)
  return word and word:find("%.lua$") and system.exists(word)
end

local function merge(settings, read)
  settings.plugins = #settings.plugins > 0 and settings.plugins or read.plugins or {}
  settings.paths = settings.paths or read.plugin_path
  for _, key in ipairs { "output", "jobs", "strict", "force", "article_seconds", "corpus_seconds", "memory", "all_versions" } do
    if settings[key] == nil then settings[key] = read[key] end
  end
  for _, pair in ipairs { { "set", read.options }, { "use", read.use or {} } } do
    local all = {}
    for key, value in pairs(pair[2]) do all[key] = value end
    for key, value in pairs(settings[pair[1]] or {}) do all[key] = value end
    settings[pair[1]] = all
  end
end

--- If a batch file stands among the settings of `run`, reads it into them, and loads what it names.
--- Returns how many sources failed to load.
function batch.apply(settings)
  local path
  if is_batch(settings.corpus) then
    path, settings.corpus = settings.corpus, nil
  elseif #settings.plugins == 1 and is_batch(settings.plugins[1]) then
    path, settings.plugins = settings.plugins[1], {}
  else
    return 0
  end
  local read = batch.read(path)
  merge(settings, read)
  settings.corpus = settings.corpus or read.corpus
  if not settings.corpus then error(path .. ": no corpus is named, neither here nor on the command line", 0) end
  if read.load and not settings.dry_run then
    return require("annalist.loading").load(settings.corpus, read.load, {}).failed
  end
  return 0
end

return batch
