-- Loading with what a user sees of it: a progress line, each source that can't be read, and one line at the end.

local console = require "annalist.console"
local formats = require "annalist.formats"
local loader = require "annalist.loader"
local printable = require "annalist.printable"
local system = require "annalist.system"

local loading = {}

local shown_problems = 20

local function show_progress()
  local last, started = 0, system.clock()
  return function(event)
    if event.kind ~= "progress" and event.kind ~= "source" then return end
    local now = system.clock()
    if now - last < 0.1 then return end
    last = now
    local seconds = math.max(now - started, 0.001)
    console.progress(string.format("%s, %s, %.1f MB/s  %s", printable.count(event.total or 0, "article"), printable.size(event.bytes or 0),
      (event.bytes or 0) / (1 << 20) / seconds, event.path or ""))
  end
end

-- "news.jsonl:12: not valid JSON: …", "backup.zip:readme.bin: …"
local function complain(errors, total)
  for i = 1, math.min(#errors, shown_problems) do
    local one = errors[i]
    local message = formats.one_line(one.message or "?")
    local place = one.path .. (one.member and ":" .. one.member or "") .. (one.line and ":" .. one.line or "")
    if one.path ~= "" and message:sub(1, #one.path) == one.path then place = nil end
    console.complain(place and formats.one_line(place) .. ": " .. message or message)
  end
  if total > shown_problems then
    console.complain(string.format("… %d more; see the tables source and source_error", total - shown_problems))
  end
end

--- Loads `paths` into the corpus at `path`, making it if there is none. `options`: strict, index, fields, format.
--- Returns the loader's counts, with `failed` counting sources and records that could not be read.
function loading.load(path, paths, options)
  local counts = loader.load {
    corpus = path, paths = paths, strict = options.strict, index = options.index, fields = options.fields,
    format = options.format, on_event = console.shows_progress() and show_progress() or nil,
  }
  console.clear_progress()
  complain(counts.errors, counts.problems)
  if counts.ended and #counts.errors == 0 then console.complain(counts.ended) end
  counts.problems_seen, counts.failed_sources = counts.problems, counts.failed
  counts.failed = math.max(counts.failed, counts.problems > 0 and 1 or 0)
  return counts
end

-- "3 new, 120 unchanged, 1 changed, 2 failed": what the sources were, where they weren't all new
local function source_kinds(counts)
  local kinds = {}
  for _, kind in ipairs { { "new", counts.new }, { "unchanged", counts.known }, { "changed", counts.changed }, { "failed", counts.failed_sources } } do
    if kind[2] > 0 then kinds[#kinds + 1] = kind[2] .. " " .. kind[1] end
  end
  return counts.new < counts.sources and #kinds > 0 and " (" .. table.concat(kinds, ", ") .. ")" or ""
end

--- One line on what a load did.
function loading.summary(path, counts)
  local parts = { string.format("%s: %s from %s%s", path, printable.count(counts.articles, "new article"), printable.count(counts.sources, "source"), source_kinds(counts)) }
  if counts.versions > 0 then parts[#parts + 1] = printable.count(counts.versions, "newer version") end
  if counts.known_articles > 0 then parts[#parts + 1] = counts.known_articles .. " already there" end
  if counts.skipped > 0 then parts[#parts + 1] = printable.count(counts.skipped, "record") .. " passed over" end
  if counts.problems_seen > 0 then parts[#parts + 1] = printable.count(counts.problems_seen, "problem") end
  return table.concat(parts, ", ")
end

return loading
