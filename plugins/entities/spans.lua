-- The tagger's spans as a list, trimmed to the name: no marks, articles or possessives at their edges.

local data = require "annalist.data"
local wordset = require "lib.wordset"

local spans = {}

-- "pro-Harwick rebels", "Pan-democrats": what such a word goes before is said of somebody and names nobody
local HYPHEN = ("-"):byte()
local PREFIXES = wordset "pro anti pan non neo ex semi post pre trans inter mid un"

--- Names of nothing: "GDP", "TV", "Read More".
function spans.no_names()
  local set = {}
  for _, line in ipairs(data.lines("entities/no_names.txt")) do
    for name in line:gmatch("[^,]+") do set[name:match("^%s*(.-)%s*$")] = true end
  end
  return data.fixed(set)
end

--- Words that go before "of" in a name, by kind: "University" of Leeds.
function spans.heads()
  local heads = {}
  for _, record in ipairs(data.table("entities/heads_of.tsv")) do
    for word in record[2]:gmatch("[^,]+") do heads[word:match("^%s*(.-)%s*$")] = record[1] end
  end
  return data.fixed(heads)
end

--- The words of a file under data/entities/, by class: those of "bodies.tsv" tell a body, "Survey", "party".
function spans.classes(name)
  local classes = {}
  for _, record in ipairs(data.table("entities/" .. name)) do
    local set = {}
    for word in record[2]:gmatch("[^,]+") do set[word:match("^%s*(.-)%s*$")] = true end
    classes[record[1]] = data.fixed(set)
  end
  return classes
end

--- Is the name in one of the model's lists, such as "place"?
function spans.has_class(model, name, wanted)
  return model:is(name, wanted)
end

--- Is the span a prefix alone, or a name that one makes an adjective of?
function spans.is_adjective(s, first, last)
  if s:byte(last + 1) == HYPHEN and s:find("^%a", last + 2) and PREFIXES[s:sub(first, last):lower()] then return true end
  if s:byte(first - 1) ~= HYPHEN then return false end
  local prefix = s:sub(math.max(1, first - 7), first - 1):match("%f[%a](%a+)%-$")
  return prefix ~= nil and PREFIXES[prefix:lower()] == true and s:find("^%s%l", last + 1) ~= nil
end

--- Where a name begins that "of" joins to a head before it, and the kind that the head gives it: "Gulf of | Karvel".
local function with_head(heads, s, bound, first)
  if first < 5 or not s:find("^of%s", first - 3) then return nil end
  local from = math.max(bound, first - 60)
  local start, head = s:sub(from, first - 1):match("()(%u[%a'-]*)%s+of%s+$")
  local kind = start and heads[head]
  if kind then return from + start - 1, kind end
end

--- "The Grain Board said" begins a sentence: its article is no part of the name, unless the text writes "The" within a sentence too.
local function without_article(s, span)
  if span.first ~= span.bound or not s:find("^The%s", span.first) then return end
  local with_article = s:sub(span.first, span.last)
  local again = s:find(with_article, span.last + 1, true)
  if again and s:find("^[%w,]%s", again - 2) then return end
  span.first = s:match("^The%s+()", span.first)
end

--- A list of { first, last, kind, score, bound }, bound being where its sentence begins. known = { heads = spans.heads(), no_names = … }.
function spans.read(s, known, sentence_firsts, firsts, lasts, kinds, scores)
  local list, sentence = {}, 1
  for i = 1, #firsts do
    while sentence_firsts[sentence + 1] and sentence_firsts[sentence + 1] <= firsts[i] do sentence = sentence + 1 end
    local first, last = spans.trim(s, firsts[i], lasts[i])
    if first and not spans.is_adjective(s, first, last) and not known.no_names[s:sub(first, last)] then
      local span = { first = first, last = last, kind = kinds[i], score = scores[i], bound = sentence_firsts[sentence] }
      local start, kind = with_head(known.heads, s, span.bound, first)
      local before = list[#list]
      if start and span.kind ~= "person" and not (before and before.last >= start) then span.first, span.kind = start, kind end
      without_article(s, span)
      list[#list + 1] = span
    end
  end
  return list
end

--- A function that gives the first byte of the sentence that holds bytes first..last whole, or nil.
function spans.bounds(firsts, lasts)
  return function(first, last)
    local low, high = 1, #firsts
    while low < high do
      local middle = (low + high + 1) // 2
      if firsts[middle] <= first then low = middle else high = middle - 1 end
    end
    return firsts[low] and firsts[low] <= first and last <= lasts[low] and firsts[low] or nil
  end
end

--- Is there surely nothing to take off? Most spans begin and end with a letter, and end with no possessive.
local function is_trim(s, first, last)
  return s:find("^%w", first) ~= nil and s:find("^%w", last) ~= nil and s:find("^['\x99]s", last - 1) == nil and s:find("^%(", first - 1) == nil
end

--- Takes off what is no part of a name: "the Hague's" has "Hague". nil if nothing is left.
function spans.trim(s, first, last)
  if first > 1 and is_trim(s, first, last) then return first, last end
  for _ = 1, 3 do
    local before = last - first
    local from = s:match("^[%s,;:!?\"'()%[%]%-]*()", first)
    if from and from <= last then first = from end
    if s:find("^[RD]%-%u", first) and s:sub(first - 1, first - 1) == "(" then first = first + 2 end -- Senator Ann Lee (D-Ohio)
    local name = s:sub(first, last)
    local cut = #name:match("^(.-)[%s,;:!?\"(%[%-]*$")
    name = name:sub(1, cut)
    name = name:gsub("'s$", ""):gsub("’s$", ""):gsub("’$", ""):gsub("'$", "")
    last = first + #name - 1
    if last < first then return nil end
    if last - first == before then break end
  end
  return first, last
end

return spans
