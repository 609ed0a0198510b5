-- Origins: how many independent sources stand behind a set of passages. Passages have one origin when their articles are near-duplicates or share
-- the passage, when they name the same agency, when the same ministry or spokesman is cited, or when one outlet printed both.
-- Call origins.load() in `prepare`; needs the role `duplicates`, and uses `figures` and `quotations` when they are there.

local data = require "annalist.data"
local credits = require "lib.credits"
local reading = require "lib.reading"
local houses = require "lib.speech.houses"
local voices = require "lib.speech.voices"
local wordset = require "lib.wordset"

local origins = {}

local agencies, no_agency = {}, nil

function origins.load()
  for _, row in ipairs(data.table("origins/agencies.tsv")) do
    agencies[row[1]] = row[2] and row[2] ~= "" and row[2] or row[1]
  end
  no_agency = wordset(table.concat(data.lines "origins/no_agencies.txt", " "))
  voices.load()
  credits.load()
end

--- Is this the name of a news agency?
function origins.is_agency(name) return agencies[(name:gsub("^[Tt]he ", ""))] ~= nil end

-- Agencies named in a passage: "Reuters reported", "told the AFP news agency", "(dpa)". Short names made of capitals count only where
-- they can't be anything else: in brackets, or beside a word of telling
local telling_words = { "reported", "reports", "said", "told", "agency", "according", "quoted", "cited", "wrote", "news" }
local function names_agency(passage, name)
  local at = 1
  while true do
    local first, last = passage:find(name, at, true)
    if not first then return false end
    at = last + 1
    local clear = not passage:sub(first - 1, first - 1):find("[%w\128-\255-]") and not passage:sub(last + 1, last + 1):find("[%w\128-\255-]")
    if clear then
      if passage:sub(first - 1, first - 1) == "(" and passage:sub(last + 1, last + 1):find("[)/,]") then return true end
      local about = " " .. passage:sub(math.max(1, first - 30), last + 30):lower() .. " "
      for _, word in ipairs(telling_words) do
        if about:find("%f[%w]" .. word .. "%f[%W]") then return true end
      end
    end
  end
end

-- The agency that hands an article on: "CITY, Oct 6 (NAME) -" at its head, the author, or "NAME" alone on its last lines.
-- An agency that no list knows is still told by the dateline's brackets.
local function agency_of_article(article)
  local head = article.text:sub(1, 400)
  local bracket = head:match("%u[%u%s.'-]+,?[^\n()]*%((%u[%w .'/-]+)%)%s*[-\226:]") or head:match("\n?%u[^\n()]-%((%u[%w .'-]+)%)%s*[-\128-\255]+%s")
  if bracket and #bracket <= 40 and not no_agency[bracket:lower():match("^%a+") or ""] then
    bracket = bracket:match("^[^/]+")
    return agencies[bracket] or bracket
  end
  local author = article.author or ""
  if agencies[author] then return agencies[author] end
  local tail = article.text:sub(-120)
  for _, line in ipairs{ head:match("^[^\n]*\n+([^\n]*)") or "", head:match("\n[Bb]y ([^\n]+)") or "", tail:match("([^\n]+)%s*$") or "" } do
    local name = line:gsub("^©", ""):gsub("^[%s(-]+", ""):gsub("[%s).]+$", "")
    if agencies[name] then return agencies[name] end
  end
  return nil
end

-- "SNA" is the name of "Steppe News Agency" when an article of the corpus says the one and another the other
local function initials(name)
  local letters = {}
  for word in name:gmatch("%S+") do letters[#letters + 1] = word:sub(1, 1) end
  return #letters > 1 and table.concat(letters):upper() or nil
end

-- Remembers "Low Steppe News Agency" under itself and under "LSNA", for every agency that the text names in full
local function note_full_names(s, full, known)
  for first in s:gmatch("() News Agency%f[%W]") do
    local words = {}
    for word in s:sub(math.max(1, first - 40), first - 1):gmatch("%S+") do
      if word:find("^%u%w*$") and not (word == "The" and #words == 0) then words[#words + 1] = word else words = {} end
    end
    if #words > 0 then
      local name = table.concat(words, " ") .. " News Agency"
      full[initials(name)], full[initials(words[#words] .. " News Agency")] = name, name
      known[name] = name
    end
  end
end

local before_name = { ["to"] = true, ["reported"] = true, ["reports"] = true, ["by"] = true, ["quoted"] = true, ["agency"] = true }
local telling = { reported = true, reports = true, said = true, says = true, wrote = true, reporting = true }

-- Where a text hands on what an agency tells: "Steppe Wire reported", "according to the Steppe Wire". (Whoever "told Steppe Wire" may have told others.)
local function citations_of(s, known)
  local list = {}
  for name, agency in pairs(known) do -- sorted below
    local at = 1
    while true do
      local first, last = s:find(name, at, true)
      if not first then break end
      at = last + 1
      local before, after = s:sub(math.max(1, first - 20), first - 1), s:sub(last + 1, last + 20)
      if not before:find("[%w\128-\255-]$") and not after:find("^[%w\128-\255-]") then
        local word = before:gsub("[Tt]he $", ""):match("(%a+) $")
        local verb = after:match("^,? ?n?e?w?s? ?a?g?e?n?c?y? ?h?a?[sd]? ?(%l+)") or ""
        if telling[verb] or word == "to" and before:find("ccording to") or word ~= "to" and before_name[word or ""] then
          list[#list + 1] = { at = first, agency = agency }
        end
      end
    end
  end
  table.sort(list, function(a, b) return a.at < b.at or a.at == b.at and a.agency < b.agency end)
  return list
end

local LEAD = 400 -- bytes of a first paragraph that are read for the source on which the headline leans

-- Where the headline ends, and where the paragraph behind it does
local function head_of(s)
  local title = s:match("^%s*[^\n]*()\n")
  if not title then return nil end
  local last = s:match("^%s*[^\n]*()", title) - 1
  return title - 1, math.min(last, title + LEAD)
end

local COPIED, RUNS = 0.15, 2 -- share of an article in common with another, in so many passages or more, from which one is a copy of the other

-- Pairs of articles of which one has taken much of the other, though they are no duplicates: { article_id, other_id }
local function copies_of(reuse, sizes)
  local list = {}
  for id, rows in pairs(reuse) do -- sorted below
    local bytes, runs = {}, {}
    for _, row in ipairs(rows) do
      bytes[row.other_id] = (bytes[row.other_id] or 0) + row.last - row.first + 1
      runs[row.other_id] = (runs[row.other_id] or 0) + 1
    end
    for other, n in pairs(bytes) do
      if runs[other] >= RUNS and sizes[id] and sizes[other] and n >= COPIED * math.min(sizes[id], sizes[other]) then list[#list + 1] = { id, other } end
    end
  end
  table.sort(list, function(a, b) return a[1] < b[1] or a[1] == b[1] and a[2] < b[2] end)
  return list
end

local Origins = {}
Origins.__index = Origins

--- Reads what is known about all articles. `has` says which roles may be asked.
-- @param ctx the plugin's context
-- @param corpus the corpus
function origins.new(ctx, corpus)
  local self = setmetatable({ articles = {}, duplicates = {}, reuse = {}, cited = {}, printed = {}, agencies = {} }, Origins)
  local full, known, sizes = {}, self.agencies, {}
  for name, agency in pairs(agencies) do known[name] = agency end
  local credited = ctx:has("layout") and credits.read(ctx, reading.texts(corpus), agencies) or {}
  for article in corpus:articles() do
    local credit = credited[article.article_id] or {}
    local agency = agency_of_article(article) or credit.agency
    self.articles[article.article_id] = { agency = agency, outlet = article.outlet ~= "" and article.outlet or credit.outlet, issuer = credit.issuer }
    self.articles[article.article_id].title_last, self.articles[article.article_id].lead_last = head_of(article.text)
    sizes[article.article_id] = #article.text
    note_full_names(article.text, full, known)
    if agency then known[agency] = known[agency] or agency end   -- what one article's dateline names is an agency in all of them
  end
  for _, facts in pairs(self.articles) do
    if facts.agency and full[facts.agency] then facts.agency = full[facts.agency] end
  end
  for name, agency in pairs(known) do known[name] = full[agency] or agency end
  for article in corpus:articles() do
    self.articles[article.article_id].citations = citations_of(article.text, known)
  end
  for row in ctx:rows("select article_id, other_id, similarity from duplicate where similarity >= 0.7 order by article_id, other_id") do
    self.duplicates[#self.duplicates + 1] = { row.article_id, row.other_id }
  end
  self.reuse = reading.rows_by_article(ctx, "select article_id, first, last, other_id, other_first, other_last from reuse order by article_id, first, other_id")
  self.copies = copies_of(self.reuse, sizes)
  local cited = self.cited
  local known_names = ctx:has("names") and ctx:has("entities")
  local voice = known_names and voices.new(ctx, reading.texts(corpus)) or function() end
  local house = known_names and houses.new(ctx, reading.texts(corpus)) or function() end
  local function note(sql, figure)
    for row in ctx:rows(sql) do
      local id, name = voice(row)
      local who = house(id, row.speaker) or name or row.speaker
      row.key, row.figure = voices.key(who), figure
      if row.key then
        cited[row.article_id] = cited[row.article_id] or {}
        table.insert(cited[row.article_id], row)
        self.printed[row.key] = self.printed[row.key] or (who:gsub("^[Tt]he ", ""))
      end
    end
  end
  if ctx:has("figures") then note("select article_id, first, last, attributed_to as speaker from figure where attributed_to is not null order by article_id, first, last", true) end
  if ctx:has("quotations") then
    note("select article_id, first, last, speaker, mention_id from quotation where speaker is not null order by article_id, first, last")
  end
  return self
end

local NEAR = 400 -- bytes between a passage and the agency that is cited for what stands about it

--- Keys of the sources that a passage leans on: cited people and offices (who speaks for most of it first), agencies, the outlet.
function Origins:keys(article_id, first, last, passage)
  local list, seen, facts = {}, {}, self.articles[article_id] or {}
  local function add(key)
    if key and not seen[key] then
      seen[key] = true
      list[#list + 1] = key
    end
  end
  local weight = {}                                              -- bytes of the passage that a source speaks for
  local own                                                      -- a figure's own source, whatever quotation it lies in
  for _, row in ipairs(self.cited[article_id] or {}) do
    if row.figure and row.first == first and row.last == last then own = row end
  end
  local function cite(from, to)
    for _, row in ipairs(self.cited[article_id] or {}) do
      if (not own or own == row) and row.first <= to and row.last >= from then
        local key = "source:" .. row.key
        weight[key] = math.max(weight[key] or 0, math.min(row.last, to) - math.max(row.first, from) + 1)
        add(key)
      end
    end
  end
  cite(first, last)
  if #list == 0 and facts.issuer then -- a document speaks for the body whose letterhead it bears
    local key = voices.key(facts.issuer)
    if key then self.printed[key] = self.printed[key] or facts.issuer end
    add(key and "source:" .. key)
  end
  if #list == 0 and facts.title_last and last <= facts.title_last then cite(facts.title_last, facts.lead_last) end
  local named = false
  for name, known in pairs(self.agencies) do -- order can't show: keys are sorted below
    if passage and passage:find(name, 1, true) and names_agency(passage, name) then
      add("agency:" .. known)
      named = true
    end
  end
  if not named and facts.agency then
    add("agency:" .. facts.agency)
    named = true
  end
  for _, c in ipairs(facts.citations or {}) do
    if not named and c.at >= first - NEAR and c.at <= last + NEAR then
      add("agency:" .. c.agency)
      named = true
    end
  end
  if facts.outlet then add("outlet:" .. facts.outlet) end
  table.sort(list, function(a, b)
    local ra, rb = a:sub(1, 1) == "s" and 1 or a:sub(1, 1) == "a" and 2 or 3, b:sub(1, 1) == "s" and 1 or b:sub(1, 1) == "a" and 2 or 3
    if ra ~= rb then return ra < rb end
    local wa, wb = weight[a] or 0, weight[b] or 0
    if wa ~= wb then return wa > wb end
    return a < b
  end)
  return list
end

local function find_root(parent, x)
  while parent[x] ~= x do
    parent[x] = parent[parent[x]]
    x = parent[x]
  end
  return x
end

--- Groups passages by origin.
-- @param passages list of { article_id, first, last, passage = its text }
-- @param apart true: two sources cited in one article stay two (for the sides of a difference); otherwise an article counts once
-- @return how many independent origins, and for each passage its origin's name: "Health Ministry"-like key, agency, outlet, or "article N"
function Origins:group(passages, apart)
  local parent = {}
  local function node(x)
    if not parent[x] then parent[x] = x end
    return x
  end
  local function join(a, b)
    local ra, rb = find_root(parent, node(a)), find_root(parent, node(b))
    if ra ~= rb then parent[math.max(ra, rb)] = math.min(ra, rb) end
  end
  local number, names, keys_of = {}, {}, {}
  local function key_node(key) -- keys are numbered after the passages, so that roots are passages
    if not number[key] then
      names[#names + 1] = key
      number[key] = #passages + #names
    end
    return number[key]
  end
  local of_article, cited = {}, {}
  for i, p in ipairs(passages) do
    node(i)
    keys_of[i] = self:keys(p.article_id, p.first, p.last, p.passage)
    cited[i] = keys_of[i][1] and keys_of[i][1]:find("^source:") ~= nil or false
    for _, key in ipairs(keys_of[i]) do
      if not (apart and cited[i]) or key:find("^source:") then join(i, key_node(key)) end
    end
    if not (apart and cited[i]) then join(i, key_node("article:" .. p.article_id)) end
    of_article[p.article_id] = of_article[p.article_id] or {}
    table.insert(of_article[p.article_id], i)
  end
  for _, pair in ipairs(self.duplicates) do
    if of_article[pair[1]] and of_article[pair[2]] then join(of_article[pair[1]][1], of_article[pair[2]][1]) end
  end
  for _, pair in ipairs(self.copies) do
    local a, b = (of_article[pair[1]] or {})[1], (of_article[pair[2]] or {})[1]
    if a and b and not (apart and (cited[a] or cited[b])) then join(a, b) end
  end
  for i, p in ipairs(passages) do
    for _, row in ipairs(self.reuse[p.article_id] or {}) do
      if row.first <= p.last and row.last >= p.first then
        for _, j in ipairs(of_article[row.other_id] or {}) do
          if row.other_first <= passages[j].last and row.other_last >= passages[j].first then join(i, j) end
        end
      end
    end
  end
  local count, origin, named = 0, {}, {}
  for i, p in ipairs(passages) do
    local root = find_root(parent, i)
    if not named[root] then
      count = count + 1
      local key = keys_of[i][1]
      local plain = key and key:gsub("^%a+:", "")
      named[root] = key and (key:find("^source:") and self.printed[plain] or plain) or "article " .. p.article_id
    end
    origin[i] = named[root]
  end
  return count, origin
end

return origins
