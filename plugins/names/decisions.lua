-- An analyst's own decisions, which stand above all evidence: a line "same TAB name TAB name" or "not TAB name TAB name", further columns
-- (score, reason) being ignored. Commas serve instead of tabs; a line that begins with # is a comment, and one whose verdict is ? or empty is
-- still to be decided. What follows from them holds too: who is the same as one of two that are different is different from the other.
-- Names are compared as folded words, so "Žanna Ivers" is "Zanna Ivers".

local watchlist = require "lib.names.watchlist"

local decisions = {}
decisions.__index = decisions

local SAME = { same = true, yes = true, ["1"] = true, positive = true }
local APART = { ["not"] = true, no = true, different = true, ["0"] = true, negative = true, ["not same"] = true }
local OPEN = { [""] = true, ["?"] = true, verdict = true, decision = true } -- the latter are head lines

local function trimmed(cell)
  return (cell or ""):match("^%s*(.-)%s*$")
end

local function cells(line)
  if not line:find("\t", 1, true) then
    return watchlist.fields(line, ",")
  end
  local list = {}
  for cell in (line .. "\t"):gmatch("([^\t]*)\t") do
    list[#list + 1] = cell
  end
  return list
end

-- What is wrong in the file is told with the file's name and line; see docs/writing-plugins.md.
local function fail(self, number, ...)
  error({ file = self.file, line = number, message = string.format(...) })
end

-- A decision of one line: verdict ("same", "not" or nil when it is open), two names.
local function parse(self, line, number)
  if line:find("^%s*#") or not line:find("%S") then
    return nil
  end
  local list = cells((line:gsub("%s+#.*$", "")))
  local verdict, a, b = trimmed(list[1]):lower(), trimmed(list[2]), trimmed(list[3])
  if OPEN[verdict] then
    return nil
  elseif not (SAME[verdict] or APART[verdict]) then
    fail(self, number, "'%s' is no verdict. Write same or not (? while it is open), then two names, with tabs or commas between", trimmed(list[1]))
  elseif a == "" or b == "" then
    fail(self, number, "two names are needed behind '%s', with tabs or commas between", trimmed(list[1]))
  end
  return SAME[verdict] and "same" or "not", a, b
end

-- Sets of names that are one: the root of a key, over the lines read so far
local function root(self, key)
  local parent = self.parent
  while parent[key] and parent[key] ~= key do
    key = parent[key]
  end
  return key
end

-- The numbers of the "same" lines that lead from one key to another, breadth first.
local function path(self, from, to)
  local came, queue = { [from] = false }, { from }
  for _, key in ipairs(queue) do
    for _, edge in ipairs(self.edges[key] or {}) do
      if came[edge.to] == nil then
        came[edge.to] = { key = key, line = edge.line }
        queue[#queue + 1] = edge.to
      end
    end
  end
  local lines, key = {}, to
  while came[key] do
    lines[#lines + 1], key = came[key].line, came[key].key
  end
  table.sort(lines)
  return lines
end

local function contradiction(self, number, text, lines)
  for i, line in ipairs(lines) do
    lines[i] = ("line %d (%s)"):format(line, self.texts[line])
  end
  fail(self, number, "this contradicts what stands above it: %s, against %s. Take one of the lines out", text, table.concat(lines, ", "))
end

local function add_edge(self, from, to, line)
  self.edges[from] = self.edges[from] or {}
  table.insert(self.edges[from], { to = to, line = line })
end

-- Who was said to be different must not come together by a further "same".
local function join(self, x, y, number, text)
  local a, b = root(self, x), root(self, y)
  add_edge(self, x, y, number)
  add_edge(self, y, x, number)
  self.parent[a] = self.parent[a] or a
  if a ~= b then
    self.parent[b] = a
  end
  for _, pair in ipairs(self.different) do
    if root(self, pair[1]) == root(self, pair[2]) then
      local lines = path(self, pair[1], pair[2])
      for i = #lines, 1, -1 do
        if lines[i] == number then
          table.remove(lines, i)
        end
      end
      table.insert(lines, pair[3])
      table.sort(lines)
      contradiction(self, number, text, lines)
    end
  end
end

local function pair_key(a, b)
  return a < b and a .. "\0" .. b or b .. "\0" .. a
end

--- Reads the file's text. `key_of(name)` gives the key under which a name is known; `file` is its path, for messages. Raises with the number of a
--- line that is no decision, or that contradicts others.
function decisions.read(content, key_of, file)
  local self = setmetatable({ same = {}, different = {}, apart = {}, parent = {}, edges = {}, texts = {}, known = {}, names = {}, count = 0,
    file = file or "decisions" }, decisions)
  local number = 0
  for line in ((content or ""):gsub("^\xef\xbb\xbf", "")):gmatch("([^\n]*)\n?") do
    number = number + 1
    line = line:gsub("\r$", "")
    local verdict, a, b = parse(self, line, number)
    if verdict then
      local x, y = key_of(a), key_of(b)
      self.count = self.count + 1
      self.texts[number] = ("%s: %s, %s"):format(verdict, a, b)
      self.known[x], self.known[y] = true, true
      self.names[#self.names + 1] = { key = x, name = a, line = number }
      self.names[#self.names + 1] = { key = y, name = b, line = number }
      if verdict == "same" then
        self.same[#self.same + 1] = { x, y }
        join(self, x, y, number, self.texts[number])
      else
        self.different[#self.different + 1] = { x, y, number }
        if root(self, x) == root(self, y) then
          contradiction(self, number, self.texts[number], path(self, x, y))
        end
      end
    end
  end
  for _, pair in ipairs(self.different) do
    self.apart[pair_key(root(self, pair[1]), root(self, pair[2]))] = true
  end
  return self
end

--- The names of the file (list of { key, name, line }, each once) for whose key `is_there(key)` is false: their lines have no effect.
function decisions:missing(is_there)
  local list, seen = {}, {}
  for _, item in ipairs(self.names) do
    if not seen[item.key] and not is_there(item.key) then
      list[#list + 1] = item
    end
    seen[item.key] = true
  end
  return list
end

--- The key that stands for all names that are the same as this one.
function decisions:set_of(key)
  return root(self, key)
end

--- Did the analyst say, or does it follow, that these two are different?
function decisions:forbids(a, b)
  return self.count > 0 and self.apart[pair_key(root(self, a), root(self, b))] or false
end

--- … that they are the same?
function decisions:joins(a, b)
  return self.count > 0 and a ~= b and self.known[a] and self.known[b] and root(self, a) == root(self, b) or false
end

return decisions
