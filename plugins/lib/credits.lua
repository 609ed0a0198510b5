-- Credits: whom an article names as the one it has its news from, outside of its sentences. "(Interline)" behind the last one, "With inputs from KNA", "Interline / Agence
-- du Nord", and the letterhead of a document. `layout` marks these lines as bylines; what they say is read here, for whoever counts origins.

local data = require "annalist.data"
local passages = require "lib.passages"
local text = require "annalist.text"

local credits = {}

local issuers, outlets, phrases = {}, {}, {}

local function words_into(set, name)
  for _, line in ipairs(data.lines(name)) do
    for word in line:gmatch("%S+") do set[passages.key(word)] = true end
  end
end

--- Call in `prepare`.
function credits.load()
  words_into(issuers, "layout/issuer_words.txt")
  words_into(outlets, "layout/outlet_words.txt")
  for _, line in ipairs(data.lines "layout/cues.tsv") do
    local phrase = line:match("^byline\tstart\t(.+)$")
    if phrase then phrases[passages.pattern_key(phrase)] = true end
  end
end

local PHRASE = 5      -- words of the longest standing phrase

-- The line without the standing phrase that it begins with: "With inputs from KNA" -> "KNA", true
local function without_phrase(line)
  local words, rest, best = {}, line, nil
  for _ = 1, PHRASE do
    local word, behind = rest:match("^[%s\"'(:-]*([^%s:]+)[%s:]*(.*)$")
    if not word then break end
    words[#words + 1], rest = word, behind
    if phrases[passages.pattern_key(table.concat(words, " "))] then best = rest end
  end
  return best or line, best ~= nil
end

local LONGEST = 4      -- words of an agency that no list knows

-- Could this be the name of an agency? No "agencies", no staff
local function is_name(s)
  local words = passages.words(s)
  return s:find("^%u") ~= nil and #words >= 1 and #words <= LONGEST and not s:find("%d") and not s:lower():find("^agencies$") and not s:lower():find("staff") and not s:lower():find("correspondent")
end

--- The agency that a credit names: a known one, or in brackets and between strokes any.
-- @param known a table of agencies: name as printed -> name under which it is counted
function credits.agency(line, known)
  local bare = line:gsub("^[%s\226\128\147\148-]+", "")
  local bracketed = bare:match("^[%(%[](.+)[%)%]]$")
  local rest, phrased = without_phrase(bracketed or bare)
  local first
  for name in (rest .. "/"):gsub(" and ", "/"):gsub("%s*[,&]%s*", "/"):gmatch("%s*([^/]-)%s*/") do
    name = name:gsub("%.$", "")
    if known[name] then return known[name] end
    if not first and is_name(name) then first = name end
  end
  local formed = bracketed or bare:find("%s/%s") or phrased and bare:find("^[Ww]ith ")
  return formed and first or nil
end

local small = { of = true, ["for"] = true, the = true, ["and"] = true, de = true, la = true, del = true, du = true, des = true }
local BODY = 8      -- words of the longest

local function holds(line, set)
  for _, word in ipairs(passages.words(line)) do
    if set[word] then return true end
  end
  return false
end

--- The body whose letterhead this is, "NATIONAL HARBOUR AUTHORITY" -> "National Harbour Authority", or the paper that it credits, "The Coastal Courier".
-- @return name of the body or nil, name of the paper or nil; neither for people
function credits.issuer(line)
  local name = line:match("^(.-) %- ") or line
  local _, phrased = without_phrase(line)
  if phrased or line:find("^[Bb][Yy]%f[%W]") or line:find("^[%(%[]") or line:find(" / ", 1, true) or #passages.words(name) > BODY then return nil end
  local paper, body = holds(line, outlets), holds(line, issuers)
  if not paper and not body then return nil end
  if name:upper() == name then
    name = name:lower():gsub("[^%s-]+", function(word) return small[word] and word or text.title(word) end)
  end
  if paper then return nil, (name:gsub(" Report$", "")) end
  return name, nil
end

--- What the bylines of each article credit. @return article_id -> { agency, issuer (a body), outlet }
-- @param texts function(article_id) -> text   @param known as above
function credits.read(ctx, texts, known)
  local list = {}
  for row in ctx:rows [[select b.article_id, b.first, b.last, b.first < (select min(c.first) from block c where c.article_id = b.article_id and c.kind = 'body') as above
      from block b where b.kind = 'byline' order by b.article_id, b.first]] do
    local line = texts(row.article_id):sub(row.first, row.last)
    local entry = list[row.article_id] or {}
    list[row.article_id] = entry
    entry.agency = entry.agency or credits.agency(line, known)
    if row.above == 1 then
      local body, paper = credits.issuer(line)
      entry.issuer, entry.outlet = body or entry.issuer, entry.outlet or paper      -- the last letterhead is the narrowest
    end
  end
  return list
end

return credits
