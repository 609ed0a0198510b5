-- Quotation marks of a paragraph, paired: straight, curly, guillemets, German, two single ones, single ones; marks reopened at each
-- paragraph; closing marks that are missing, or turned the wrong way by a translating machine (“We shall see, “the statement said).

local lpeg = require "lpeg"
local P, Cp, Cc, Ct = lpeg.P, lpeg.Cp, lpeg.Cc, lpeg.Ct

local M = {}

-- what a mark may be: "open", "close", "either", and of which family: "d" double, "s" single
local function mark(pattern, role, family) return Ct(Cp() * P(pattern) * Cp() * Cc(role) * Cc(family)) end
local one = mark("“", "open", "d") + mark("”", "close", "d") + mark("„", "open", "d") + mark("‟", "open", "d")
  + mark("«", "open", "d") + mark("»", "close", "d") + mark("''", "either", "d") + mark("``", "open", "d") + mark("\"", "either", "d")
  + mark("″", "either", "d") + mark("‘", "open", "s") + mark("’", "close", "s") + mark("'", "either", "s")
local every = Ct((one + 1)^0)

local space = { [""] = true, [" "] = true, ["\t"] = true, ["\n"] = true, ["\r"] = true, ["("] = true, ["["] = true, ["/"] = true }

--- The byte before and after, where a no-break space or a dash counts as white space.
local function before(s, p)
  local c = s:sub(p - 1, p - 1)
  if c == "\160" and s:sub(p - 2, p - 2) == "\194" then return " " end
  local three = s:sub(p - 3, p - 1)
  if three == "—" or three == "–" or three == "“" or three == "‘" then return " " end
  return c == "-" and s:sub(p - 2, p - 1) == "--" and " " or c
end
local function after(s, p)
  local c = s:sub(p, p)
  if c == "\194" and s:sub(p + 1, p + 1) == "\160" then return " " end
  local three = s:sub(p, p + 2)
  if three == "—" or three == "–" then return " " end
  return c
end

local closing_punctuation = { [","] = true, ["."] = true, ["?"] = true, ["!"] = true }
local following = { ["."] = true, [","] = true, [";"] = true, [":"] = true, ["?"] = true, ["!"] = true, [")"] = true, ["]"] = true,
  ["-"] = true, ["\""] = true, ["'"] = true }

local function last_byte(s, p)                                  -- the last byte before p that is no space
  while p > 1 and space[s:sub(p - 1, p - 1)] and s:sub(p - 1, p - 1) ~= "" do p = p - 1 end
  return s:sub(p - 1, p - 1)
end

--- May this mark open? A single one only where a later one closes it: 'we won't go', but not the '90s nor the workers' rights.
local function opens(s, marks, i)
  local m = marks[i]
  local b, a = before(s, m[1]), after(s, m[2])
  if m[4] == "d" then
    if m[3] == "close" then return space[b] and not space[a] and a ~= "" end
    if m[3] == "open" then return a ~= "" end
    if a == " " and space[b] then                                 -- said " so " by a text whose spaces were put in by a machine
      local n = marks[i + 1]
      return n ~= nil and n[4] == "d" and n[3] ~= "open" and n[1] - m[2] > 2
    end
    return not space[a] and a ~= "" and (space[b] or not b:match("[%w,.?!=]"))
  end
  if m[3] == "close" or space[a] or not space[b] or a:match("%d") then return false end
  for j = i + 1, #marks do
    local n = marks[j]
    if n[4] == "s" and n[3] ~= "open" then
      local nb, na = before(s, n[1]), after(s, n[2])
      if not space[nb] and (space[na] or following[na] or na == "\226") then return true end
    end
  end
  return false
end

--- Does this mark close what `open` opened?
local function closes(s, open, m)
  local b, a = before(s, m[1]), after(s, m[2])
  if open[4] ~= m[4] then return false end
  if m[4] == "s" then
    if m[3] == "open" then return false end
    return not space[b] and (space[a] or following[a] or a == "\226")
  end
  if m[3] == "close" then return true end
  if s:sub(open[1], open[2] - 1) == "„" then return true end    -- „so“, and „so „ said by a machine
  if m[3] == "either" then return not space[b] or space[a] or closing_punctuation[last_byte(s, m[1])] or false end
  -- an opening form that closes: after a comma or full stop and a space, with a small letter behind it
  return closing_punctuation[last_byte(s, m[1])] and (a:match("%l") or space[a]) and true or space[a] or false
end

local function trimmed(s, first, last)
  while first <= last and (s:find("^%s", first) or s:sub(first, first + 1) == "\194\160") do first = first + (s:find("^%s", first) and 1 or 2) end
  while last >= first and s:find("^%s", last) do last = last - 1 end
  if s:sub(last - 1, last) == "\194\160" then last = last - 2 end
  return first, last
end

--- The quotations of one paragraph s: a list of { open, first, last, close, closed }: where the opening mark begins, the words within,
-- where the closing mark ends. `goes_on`: the next paragraph begins with an opening mark, so that a missing close is by custom.
function M.pairs(s, goes_on)
  local marks, list, open = every:match(s), {}, nil
  local function close(last, stop, closed)
    local first, tail = trimmed(s, open[2], last)
    if tail >= first then list[#list + 1] = { open = open[1], first = first, last = tail, close = stop, closed = closed, single = open[4] == "s" } end
    open = nil
  end
  for i = 1, #marks do
    local m = marks[i]
    if not open then
      if opens(s, marks, i) then open = m end
    elseif closes(s, open, m) then
      close(m[1] - 1, m[2] - 1, true)
    elseif open[4] == "d" and m[4] == "d" and m[3] == "open" and space[before(s, m[1])] and m[1] - open[2] > 1 then
      -- opened again while open: the first was never closed. It ends where its last sentence or clause ends.
      local inner = s:sub(open[2], m[1] - 1)
      local stop = inner:find("[.?!,][^.?!,]*$")
      if stop then close(open[2] + stop - 1, open[2] + stop - 1, false) end
      open = m
    end
  end
  if open and (goes_on or open[1] == 1 or s:sub(open[1] - 2, open[1] - 1):match("^[:,] $")) and open[4] == "d" then
    close(#s, #s, false)
  end
  return list
end

--- Does the paragraph begin with an opening double mark?
function M.begins(s) return s:find("^%s*\"") ~= nil or s:find("^%s*“") ~= nil or s:find("^%s*''") ~= nil or s:find("^%s*«") ~= nil or s:find("^%s*„") ~= nil end

return M
