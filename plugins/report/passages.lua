-- Passages: bytes of an article that a statement leads to. Each gets an anchor in the article's full text; passages may overlap.

local text = require "annalist.text"
local escape = require "report.escape"

local passages = {}

-- A position that lies inside a character is moved to the character's beginning
local function at_character(s, position)
  while position > 1 and position <= #s and (s:byte(position) & 0xC0) == 0x80 do position = position - 1 end
  return position
end

--- Notes a passage and returns its anchor. `kind` colours it: "event", "figure", "quotation", "name", "date", "other".
function passages.note(article, first, last, kind)
  if math.type(first) ~= "integer" or math.type(last) ~= "integer" then return nil end
  if not article or first < 1 or last > #article.text or last < first then return nil end
  local anchor = ("a%d-%d-%d"):format(article.id, first, last)
  local known = article.passages[anchor]
  if not known then
    known = { anchor = anchor, first = at_character(article.text, first), last = at_character(article.text, last + 1) - 1, kinds = {} }
    article.passages[anchor] = known
    article.passages[#article.passages + 1] = known
  end
  known.kinds[kind] = true
  return anchor
end

--- The words about a passage, cut at words: before, passage, after.
function passages.context(article, first, last, around)
  local s = article.text
  local from, to = at_character(s, math.max(1, first - around)), math.min(#s, last + around)
  local before, after = s:sub(from, first - 1), s:sub(last + 1, to == #s and to or at_character(s, to + 1) - 1)
  local cut_before, cut_after = from > 1 and not before:find("\n", 1, true), to < #s and not after:find("\n", 1, true)
  before, after = before:match("[^\n]*$"), after:match("^[^\n]*")
  if around > 0 and cut_before then before = "… " .. (before:match("%s(.*)$") or "") end
  if around > 0 and cut_after then after = (after:match("^(.*)%s") or "") .. " …" end
  return (before:gsub("%s+", " ")), text.normal_space(s:sub(first, last)), (after:gsub("%s+", " "))
end

local order = { "quotation", "figure", "event", "date", "name", "other" }

local function classes(open)
  local list = { "h" }
  for _, kind in ipairs(order) do
    for _, p in ipairs(open) do
      if p.kinds[kind] then
        list[#list + 1] = "h-" .. kind
        break
      end
    end
  end
  return table.concat(list, " ")
end

-- Where something begins or ends within first..last, in order, each once
local function cuts_of(article, first, last)
  local cuts, seen = {}, {}
  local function add(position)
    if position > first and position <= last and not seen[position] then
      seen[position] = true
      cuts[#cuts + 1] = position
    end
  end
  for _, p in ipairs(article.sorted) do
    add(p.first)
    add(p.last + 1)
  end
  table.sort(cuts)
  cuts[#cuts + 1] = last + 1
  return cuts
end

local function sort_passages(article)
  article.sorted = {}
  for i, p in ipairs(article.passages) do article.sorted[i] = p end
  table.sort(article.sorted, function(a, b)
    if a.first ~= b.first then return a.first < b.first end
    if a.last ~= b.last then return a.last > b.last end
    return a.anchor < b.anchor
  end)
end

-- One stretch of text between two cuts, marked with the passages that are open over it
local function piece_of(s, open)
  local piece = escape.html(s)
  if #open == 0 or piece == "" then return piece end
  local anchors = {}
  for i, p in ipairs(open) do anchors[i] = p.anchor end
  return ('<span class="%s" data-p="%s">%s</span>'):format(classes(open), table.concat(anchors, " "), piece)
end

--- HTML of the article's bytes first..last, every noted passage marked and anchored.
function passages.html(article, first, last)
  if not article.sorted then sort_passages(article) end
  local out, at, open, upcoming, sorted = {}, first, {}, 1, article.sorted
  while sorted[upcoming] and sorted[upcoming].first < first do -- passages that began before this stretch
    if sorted[upcoming].last >= first then open[#open + 1] = sorted[upcoming] end
    upcoming = upcoming + 1
  end
  for _, cut in ipairs(cuts_of(article, first, last)) do
    local kept = {}
    for _, p in ipairs(open) do
      if p.last >= at then kept[#kept + 1] = p end
    end
    open = kept
    while sorted[upcoming] and sorted[upcoming].first == at do
      local p = sorted[upcoming]
      out[#out + 1] = ('<a class="anchor" id="%s"></a>'):format(p.anchor)
      open[#open + 1] = p
      upcoming = upcoming + 1
    end
    out[#out + 1] = piece_of(article.text:sub(at, cut - 1), open)
    at = cut
  end
  return table.concat(out)
end

return passages
