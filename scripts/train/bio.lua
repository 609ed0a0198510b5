-- Reads training sets in BIO columns (word TAB tag, a blank line after each sentence) and puts them back into running text,
-- so that training sees what a plugin will see: our own tokens, with spaces where a newspaper has them.

local bio = {}

local KINDS = { PER = "person", ORG = "organisation", LOC = "place" }
local NO_SPACE_BEFORE = { [","] = true, ["."] = true, [";"] = true, [":"] = true, ["!"] = true, ["?"] = true, [")"] = true,
  ["]"] = true, ["%"] = true, ["'s"] = true, ["’s"] = true, ["'"] = true, ["n't"] = true, ["'re"] = true, ["'ve"] = true, ["'ll"] = true,
  ["'m"] = true, ["'d"] = true, ["..."] = true, ["”"] = true }
local NO_SPACE_AFTER = { ["("] = true, ["["] = true, ["$"] = true, ["£"] = true, ["€"] = true, ["#"] = true, ["@"] = true, ["“"] = true }

--- All sentences of a file: lists of { word, tag }.
function bio.read(path)
  local sentences, sentence = {}, {}
  for line in assert(io.open(path, "r")):lines() do
    local word, tag = line:match("^(%S+)\t(%S+)")
    if word then
      sentence[#sentence + 1] = { word, tag }
    elseif #sentence > 0 then
      sentences[#sentences + 1] = sentence
      sentence = {}
    end
  end
  if #sentence > 0 then sentences[#sentences + 1] = sentence end
  return sentences
end

--- Is there a space between these two words? `state.open` tells whether a straight quotation mark is open.
-- GUM cuts "all-girl" in three, wikigold leaves " - " for a dash: `joins_hyphens` says which it is.
local function space_between(left, right, state, joins_hyphens)
  if not left then return false end
  if right == '"' then return not state.open end           -- an opening mark
  if left == '"' then return not state.open end            -- state.open: the mark on the left was an opening one
  if NO_SPACE_BEFORE[right] or NO_SPACE_AFTER[left] then return false end
  if joins_hyphens and ((left == "-" and right:match("^%w")) or (right == "-" and left:match("%w$"))) then return false end
  return true
end

--- One sentence as text with its spans: text, starts, ends, kinds (bytes from 1).
function bio.join(sentence, joins_hyphens)
  local pieces, at, state = {}, 0, { open = false }
  local starts, ends, kinds = {}, {}, {}
  local left, running
  for _, pair in ipairs(sentence) do
    local word, tag = pair[1], pair[2]
    if space_between(left, word, state, joins_hyphens) then
      pieces[#pieces + 1] = " "
      at = at + 1
    end
    if word == '"' then state.open = not state.open end
    local kind = KINDS[tag:sub(3)]
    if kind and (tag:sub(1, 1) == "B" or running ~= kind) then
      starts[#starts + 1], ends[#ends + 1], kinds[#kinds + 1] = at + 1, at + #word, kind
    elseif kind then
      ends[#ends] = at + #word
    end
    running = kind
    pieces[#pieces + 1] = word
    at = at + #word
    left = word
  end
  return table.concat(pieces), starts, ends, kinds
end

--- A document as the tagger's trainer takes it, from a list of { text, starts, ends, kinds }.
function bio.document(parts, weight)
  local d = { firsts = {}, lasts = {}, starts = {}, ends = {}, kinds = {}, weight = weight }
  local texts, at = {}, 0
  for i, part in ipairs(parts) do
    d.firsts[i], d.lasts[i] = at + 1, at + #part[1]
    for k = 1, #part[2] do
      local n = #d.starts + 1
      d.starts[n], d.ends[n], d.kinds[n] = at + part[2][k], at + part[3][k], part[4][k]
    end
    texts[i] = part[1]
    at = at + #part[1] + 1
  end
  d.text = table.concat(texts, "\n")
  return d
end

return bio
