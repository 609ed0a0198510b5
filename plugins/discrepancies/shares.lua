-- Shares of a vote: whose share a number of per cent is ("Orlan won with 52.1 percent against 44.8 percent for Tessen"), and where one candidate's
-- share is told differently: made round, counted anew, or claimed by himself against the count.

local claims = require "discrepancies.claims"
local reading = require "lib.reading"
local wordset = require "lib.wordset"

local shares = {}

local vote = wordset [[vote votes voting ballot ballots election elections runoff poll polls round winner won win wins winning victory share candidate candidates
  result results re-election reelection]]
local other = wordset "turnout participation counted voters approval inflation growth ballots"
local turnout = { "turnout", "participation", "took part", "taken part", "cast their", "cast ballots", "cast votes", "went to the polls" }

local REACH = 30 -- bytes between "for" and the name behind it

-- The sentence about first..last: its first and last byte
local function sentence_of(s, first, last)
  local from = first
  while from > 1 do
    local c = s:sub(from - 1, from - 1)
    if c == "\n" or s:find("^[.!?][%s\"”]", from - 1) then break end
    from = from - 1
  end
  local stop = s:find("[.!?][%s\"”]", last + 1) or s:find("\n", last + 1, true) or #s
  return from, stop
end

local function holds(s, words)
  for word in s:lower():gmatch("%a[%a-]*") do
    if words[word] then return true end
  end
  return false
end

-- Is it how many came to vote? "Turnout was 61 percent", "put turnout at 48 percent", "60 percent of voters took part"
local function is_turnout(s, claim, from, stop)
  local lead, behind = s:sub(from, claim.first - 1):lower(), s:sub(claim.last + 1, stop):lower()
  local near = lead:match("[^,;:]*$") .. " | " .. (behind:match("^[^,;:]*") or "")
  for _, phrase in ipairs(turnout) do
    if near:find("%f[%a]" .. phrase .. "%f[%A]") then return true end
  end
  return false
end

--- A reader of whose share a claim is.
-- @return function(claim) -> entity_id, its name; 0 and no name for how many came to vote; or nil
function shares.reader(ctx, read, voice)
  local people = reading.rows_by_article(ctx, [[select m.article_id, m.first, m.last, e.entity_id, e.name from mention m join mention_entity x on x.mention_id = m.mention_id
      join entity e on e.entity_id = x.entity_id where m.kind = 'person' order by m.article_id, m.first]])
  return function(claim)
    local s = read(claim.article_id)
    local from, stop = sentence_of(s, claim.first, claim.last)
    if is_turnout(s, claim, from, stop) then return 0 end
    if not holds(s:sub(from, stop), vote) then return nil end
    local before
    for _, m in ipairs(people[claim.article_id] or {}) do
      if m.first > claim.last and m.first <= claim.last + REACH and s:sub(claim.last + 1, m.first - 1):find("^[%a ]*%f[%a]for [%a. ]*$") then return m.entity_id, m.name end
      if m.first >= from and m.last < claim.first then before = m end
    end
    if not before then                                           -- "He claims victory with 54 percent": his who says so
      local lead = s:sub(from, claim.first - 1):lower():gsub("^%s+", "")
      if not (lead:find("^he%f[%A]") or lead:find("^she%f[%A]")) or holds(lead, other) or not claim.who then return nil end
      return voice { article_id = claim.article_id, first = claim.first, last = claim.last, speaker = claim.who }
    end
    local between = s:sub(before.last + 1, claim.first - 1)
    if holds(between, other) or between:find("[%d]%s*%%") or between:find("per ?cent") and not between:find("percentage") or between:find("%f[%a]by%f[%A].*%f[%a]points?%f[%A]") then return nil end
    return before.entity_id, before.name
  end
end

-- Digits behind the point: 52.1 has one
local function places(value) return #(("%.10g"):format(value):match("%.(%d+)$") or "") end

-- Is a the share b made round? 52 and 52.1
local function is_round(a, b)
  local scale = 10 ^ places(a.value)
  return places(a.value) < places(b.value) and math.floor(b.value * scale + 0.5) / scale == a.value
end

local function said(claim) return claim.label .. (claim.who and (" (%s)"):format(claim.who) or "") end

-- Is it the candidate who gives the number, or somebody of his?
local function is_own(claim) return claim.by_holder or claim.series ~= "" end

-- What two different shares have to do with each other
local function compare(a, b, name, report)
  if not (is_round(b, a) or b.open and claims.rounded(a, b)) and (is_round(a, b) or a.open and claims.rounded(a, b)) then a, b = b, a end
  if is_round(b, a) or b.open and claims.rounded(a, b) then
    if a.article_id ~= b.article_id then report("rounding", { a, b }, ("%s: %s is handed on as %s"):format(name, a.label, b.label)) end
    return
  end
  local days = a.day and b.day and b.day - a.day or 0
  if days > 0 and not is_own(a) and not is_own(b) then
    return report("update", { a, b }, ("%s: %s, %d day%s later %s"):format(name, said(a), days, days == 1 and "" or "s", said(b)))
  end
  report("conflict", { a, b }, ("%s: %s against %s"):format(name, said(a), said(b)))
end

--- Compares the shares of one candidate in one story: each number with the first one told.
-- @param name "Share of Ann Lee", "Turnout"
-- @param list claims with `day`, `series`, and `by_holder` where the candidate gives it
function shares.compare(list, name, report)
  table.sort(list, function(a, b)
    local x, y = a.day or math.huge, b.day or math.huge
    if x ~= y then return x < y end
    if places(a.value) ~= places(b.value) then return places(a.value) > places(b.value) end
    return a.article_id < b.article_id or a.article_id == b.article_id and a.first < b.first
  end)
  local first, seen = list[1], { [list[1].value] = true }
  for _, claim in ipairs(list) do
    if not seen[claim.value] then
      seen[claim.value] = true
      compare(first, claim, name, report)
    end
  end
end

return shares
