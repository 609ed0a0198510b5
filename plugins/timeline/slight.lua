-- Slight sentences: those that tell nothing by themselves and make no event's headline: words that somebody is quoted with and no more, a line that only
-- says where or by whom the report is, a look back at what was said before ("It had spoken of three dead on Wednesday"), what a writer tells of himself, what stands under a picture.

local reading = require "lib.reading"
local text = require "annalist.text"

local slight = {}

local ALONE = 0.8   -- share of a sentence's letters within a quotation from which there is hardly more
local STAMP = 4     -- words of a line that may be a stamp

local pronouns = { it = true, he = true, she = true, they = true, this = true, that = true, these = true, those = true, we = true }

-- "It had …", "They have since …": whoever is meant stands in another sentence
local function looks_back(passage)
  local first, rest = passage:match("^(%a+)%s+(%a+)")
  return first ~= nil and pronouns[first:lower()] and (rest == "had" or rest == "has" or rest == "have") or false
end

local opens, closes = { ['"'] = true, ["“"] = true, ["«"] = true }, { ["”"] = true, ["»"] = true }

-- Does the day stand in words that somebody is quoted with: "We had no light until Tuesday," said …?
local function day_is_quoted(anchor, passage)
  if not anchor.said_first then return false end
  local open = false
  for mark in passage:sub(1, anchor.said_first - anchor.first):gmatch('["\226\194][\128\156\157\171\187]*') do
    if mark == '"' then open = not open
    elseif opens[mark] then open = true
    elseif closes[mark] then open = false end
  end
  return open
end

local first_person = { i = true, we = true, my = true, our = true }

-- "We treated 16 people until this morning", "An article on Monday said …": told of oneself
local function is_own(passage)
  local first, second = passage:match("^(%a+)%s+(%a+)")
  if not first then return false end
  if passage:find("%f[%a]we said%f[%A]") or passage:find("%f[%a]our website%f[%A]") then return true end
  return first_person[first:lower()] or (first == "An" or first == "The" or first == "This") and second == "article" or false
end

--- Does the sentence begin with a pronoun, so that it can't be read by itself?
function slight.leans(passage)
  local first = passage:match("^(%a+)%s")
  return first ~= nil and pronouns[first:lower()] or false
end

local opening = { ['"'] = '"', ["“"] = "”", ["«"] = "»", ["„"] = "[“”]" }

local BRIEF = 60 -- bytes behind a quotation that only say by whom and when

-- A quotation that is opened and not closed, or closed where the sentence ends, or before "he told the paper on Monday"
local function is_marked(passage)
  if passage:find('^[^"]+"$') or passage:find("”$") and not passage:find("“", 1, true) then return true end -- the end of one that began before
  for mark, closing in pairs(opening) do -- one mark at most stands at the head
    if passage:sub(1, #mark) == mark then
      local _, last = passage:find(closing, #mark + 1)
      if not last or last >= #passage - 1 then return true end
      local who = passage:match("^,?%s*(%a+)%s", last + 1)
      return #passage - last <= BRIEF and who ~= nil and pronouns[who] or false
    end
  end
  return false
end

-- Bytes of first..last within spans, in order of their beginnings
local function covered(spans, first, last)
  local sum, at = 0, first
  for _, span in ipairs(spans or {}) do
    if span.first > last then break end
    local a, b = math.max(span.first, at), math.min(span.last, last)
    if b >= a then sum, at = sum + b - a + 1, b + 1 end
  end
  return sum
end

--- Does the line only say when and where: "Tarn, May 24", "Vell Courier, Friday 20 October"? It is evidence of nothing. (Bylines are layout's.)
function slight.is_imprint(anchor, passage)
  if not anchor.said_first or passage:find("[.!?]%W*$") or #passage > 120 then return false end
  local before, after = passage:sub(1, anchor.said_first - anchor.first), passage:sub(anchor.said_last - anchor.first + 2)
  local rest = before .. " " .. after
  local _, words = rest:gsub("%S+", "")
  return words <= STAMP and not rest:find("%f[%a]%l") and not before:find("%d")
end

-- "ORSA DISPATCH", "Vell Courier", "Tarn, Arvia": a short line all of capitals, of names, or of the paper's own
local function is_stamp(anchor, passage, article, names)
  if anchor.strong or passage:find("[.!?]%W*$") then return false end
  local _, words = passage:gsub("%S+", "")
  if words > STAMP or words == 0 then return false end
  if article.outlet and article.outlet ~= "" and text.fold(passage):find(text.fold(article.outlet), 1, true) then return true end
  if not anchor.title and not passage:find("%l") and passage:find("%u") then return true end
  local letters = #passage:gsub("[%s%p]", "")
  local named = 0
  for _, span in ipairs(names or {}) do
    if span.first >= anchor.first and span.last <= anchor.last then named = named + #article.text:sub(span.first, span.last):gsub("[%s%p]", "") end
  end
  return letters > 0 and named >= letters
end

--- Reads what is needed to tell slight sentences.
-- @return function(anchor, article) -> is its sentence slight?
function slight.new(ctx)
  local said = ctx:has("quotations") and reading.rows_by_article(ctx, "select article_id, first, last from quotation where kind = 'direct' order by article_id, first") or {}
  local names = ctx:has("entities") and reading.rows_by_article(ctx, "select article_id, first, last from mention order by article_id, first") or {}
  return function(anchor, article)
    local id, passage = article.article_id, article.text:sub(anchor.first, anchor.last)
    if not anchor.strong and passage:find("%f[%a]was born ") then return true end -- who somebody is
    if anchor.caption or looks_back(passage) or is_marked(passage) or is_own(passage) or day_is_quoted(anchor, passage) then return true end
    if covered(said[id], anchor.first, anchor.last) >= ALONE * (anchor.last - anchor.first + 1) then return true end
    return is_stamp(anchor, passage, article, names[id])
  end
end

return slight
