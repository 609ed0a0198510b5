-- Sentences that tell of two days. Where each day has its own clause ("Forty bodies were found by Friday and two more were picked up on Saturday") each
-- event is told by its own; where one day is only that of the report or of an aside, it makes no event of its own.

local wordset = require "lib.wordset"

local clauses = {}

local telling = wordset "said says told reported announced added confirmed wrote stated"
local finite = wordset "is are was were has have had will would can could did does do"
local begins = wordset "the a an his her its their some several many another two three four five six seven eight nine ten eleven twelve dozens hundreds thousands"
local TAIL = 100 -- bytes behind the day of a report

local function holds(passage, words)
  for word in passage:gmatch("%a+") do
    if words[word] then return true end
  end
  return false
end

--- Is the day that on which somebody said it? "…, officials said on Wednesday.", "…, reported today the minister of health."
function clauses.is_of_report(anchor, s)
  if not anchor.said_first or anchor.last - anchor.said_last > TAIL or holds(s:sub(anchor.said_last + 1, anchor.last), finite) then return false end
  local clause = s:sub(anchor.first, anchor.said_first - 1):match(",([^,;]*)$")
  return clause ~= nil and not holds(clause, finite) and holds(clause, telling)
end

--- Takes the days of the report out of a list of anchors, where the same sentence tells of what was before.
-- @param read function(article_id) -> text
function clauses.drop_reports(list, read)
  local earliest = {} -- sentence -> its first day
  local function key(anchor) return anchor.article_id .. ":" .. anchor.first end
  for _, anchor in ipairs(list) do
    local day = anchor.strong and anchor.day
    local k = key(anchor)
    if day and (not earliest[k] or day < earliest[k]) then earliest[k] = day end
  end
  for i = #list, 1, -1 do
    local anchor = list[i]
    local before = anchor.strong and anchor.day and earliest[key(anchor)]
    if before and before < anchor.day and clauses.is_of_report(anchor, read(anchor.article_id)) then table.remove(list, i) end
  end
end

-- Does the passage hold a verb of a main clause, and begin with whom or what it is about?
local function stands(passage)
  local first = passage:match("^(%S+)")
  if not first or not (first:find("^%u") or first:find("^%d") or begins[first]) then return false end
  for word in passage:gmatch("%f[%a]%l+") do
    if finite[word] then return true end
  end
  return false
end

local joints = { "; ", ", while ", ", but ", ", and ", " and ", " while ", " but " }

-- The two clauses between which a joint stands behind the first day and before the second one, or nil
local function parted(s, a, b)
  for _, joint in ipairs(joints) do
    local from, to = s:find(joint, a.said_last + 1, true)
    if from and to < b.said_first then
      local left, right = s:sub(a.first, from - 1), s:sub(to + 1, b.last)
      if stands(left) and stands(right) then return left:gsub("[%s,]+$", ""), (right:gsub("^%l", string.upper)) end
    end
  end
  return nil
end

--- Sets `told` of the anchors of one sentence, in order of their days' places in it: the clause that tells of the day. Nothing where they can't be parted.
function clauses.part(list, s)
  table.sort(list, function(x, y) return x.said_first < y.said_first end)
  if #list ~= 2 then return end
  local left, right = parted(s, list[1], list[2])
  if left then list[1].clause, list[2].clause = left .. ".", right end
end

--- Of "On Tuesday nine were hurt; on Saturday the ministry spoke of thirty" the half that holds the event's day
function clauses.own(passage, anchor)
  if anchor.named or anchor.among < 2 or not anchor.said_first then return passage end
  local at, start = anchor.said_first - anchor.first + 1, 1
  for stop in passage:gmatch("();%s") do
    if stop > at then return passage:sub(start, stop - 1) .. "." end
    start = passage:match("^;%s+()", stop)
  end
  return start > 1 and (passage:sub(start):gsub("^%l", string.upper)) or passage
end

return clauses
