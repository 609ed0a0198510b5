-- Where a text itself says that two people are two: "not to be confused with Ann Lee", "Ann Lee, who is not related to the mayor", "his namesake,
-- Omar Hadi". Newspapers write so of those whose names are alike, so nothing else that the names have in common counts against it.

local negations = {}

local NEAR = 90 -- bytes on either side of a name that are looked at

local CONFUSED = { "confused with", "mistaken for", "mistaken with", "mixed up with", "taken for" }
local DENIED = { " not ", "n't ", "n\xe2\x80\x99t ", " never ", "No relation", "no relation" }
local UNRELATED = { "not related", "n't related", "n\xe2\x80\x99t related", "unrelated to", "no relation", "no relative", "not a relative", "not a relation", "not kin to", "no kin of" }

local function any(text, phrases)
  for _, phrase in ipairs(phrases) do
    local at, stop = text:find(phrase, 1, true)
    if at then
      return at, stop
    end
  end
end

--- Does the text before byte `first` say that the name there must be told from another? Words of a title may stand between.
function negations.before(text, first)
  local head = text:sub(math.max(1, first - NEAR), first - 1):match("[^\n;!?]*$")
  local likely = head:find("with ", 1, true) or head:find("for ", 1, true) -- most heads end here
  local _, stop
  if likely then
    _, stop = any(head, CONFUSED)
  end
  if stop then
    return any(" " .. head:sub(1, stop), DENIED) ~= nil and not head:find("[%.,]", stop)
  end
  return head:find("namesake,? [%a ]*$") ~= nil or head:find("similar name,? [%a ]*$") ~= nil or head:find("same name,? [%a ]*$") ~= nil
end

--- … and behind byte `last`: "Ann Lee (no relation)", "Ann Lee, who is not related to the mayor"?
function negations.behind(text, last)
  local tail = text:sub(last + 1, last + NEAR):match("^[^\n.;!?]*")
  local at = (tail:find("rela", 1, true) or tail:find("kin ", 1, true)) and any(tail, UNRELATED) or nil
  return at ~= nil and not tail:sub(1, at - 1):find("%u%l") -- nobody else is named in between
end

return negations
