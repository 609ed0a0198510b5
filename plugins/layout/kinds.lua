-- What each paragraph is, once the run of the article is known.

local parts = require "layout.parts"
local passages = require "lib.passages"
local scores = require "layout.scores"
local vocabulary = require "layout.vocabulary"

local kinds = {}

local find = string.find

-- Last paragraph of the article, and the first of its prose: the headline stands above that
local function bounds(paragraphs, inside)
  local first, last, prose
  for i, p in ipairs(paragraphs) do
    if inside[i] and not p.kind then
      first = first or i
      last = i
      if p.prose and p.ends then prose = prose or i end
    end
  end
  return last, prose or first
end

-- Nothing reads like an article: a table, a list of results, one short line. Then all that isn't plainly furniture is kept.
local function keep_all(paragraphs, inside)
  for i, p in ipairs(paragraphs) do inside[i] = not p.kind and p.cue_at ~= "line" end
end

-- Above the text: the paper's name and its departments, "The Daily Name | Abroad", "HOME WORLD SPORT"
local function drop_masthead(paragraphs, inside, start)
  for i = 1, start - 1 do
    local p = paragraphs[i]
    local capitals = p.text:upper() == p.text and p.text:lower() ~= p.text
    if inside[i] and not p.kind and not p.ends and #p.words <= 8 and (p.separators > 0 or capitals and p.function_words == 0 and i + 1 < start) then inside[i] = false end
  end
end

-- A post in place of a name: "By our reporter in Fort Hale", "By staff and wire reports"
local POST, POST_WORDS = 2, 7      -- words of the standing phrase, of the line up to its dash

-- Who wrote it: a name after "By", or a standing phrase with names or a post about it
local function is_byline(p)
  if parts.is_byline(p.text) then return true end
  if p.cue ~= "byline" or p.cue_at ~= "start" and p.cue_at ~= "end" then return false end
  if parts.is_credit(p.text) then return true end      -- "(Source: Agencies)"
  return p.size < 80 and not p.ends and (p.capitals > 0.5 or p.cue_at == "start" and p.cue_length >= POST and #passages.words(p.text:match("^(.-) %- ") or p.text) <= POST_WORDS)
end

local MENU = 3       -- lines

local function is_short(p) return not p.prose and not p.kind and (not p.ends or #p.words <= 4) and p.size < 80 end

local LEAST = 1.0    -- score of a headline
local READER = 5     -- words of the longest line over a reader's comment, "Ann of Fort Hale says:"; longer ones that end so are headlines
local AGAIN = 4      -- paragraphs among which the headline may stand again

-- Could this line be the headline? Neither a menu, nor a sentence in the middle of the text
local function title_score(p, i, start, counts, title_key)
  if p.kind or p.cue_at == "line" or #p.words < 2 or #p.words > 30 or p.size > 220 or p.item or p.cut then return -1 end
  if is_byline(p) or parts.is_dateline(p.text) or scores.is_notice(p) or p.capitals == 0 and not p.high or find(p.text, ",$") then return -1 end
  local s = math.min(#p.words, 8) / 8 + 1.5 * vocabulary.overlap(p, counts)
  if title_key and title_key ~= "" and p.key ~= "" and (find(title_key, p.key, 1, true) or find(p.key, title_key, 1, true)) then s = s + 3 end
  s = s - p.separators * 0.7 - 0.08 * math.min(start - i, 25)
  if p.heads == "headline" or p.heads == "document" then s = s + 1 end      -- "BREAKING: …", "Situation Report No. 3"
  if p.cue and not (p.cue == "reader" and p.cue_at == "end" and #p.words > READER) then s = s - 0.8 end
  if p.clock then s = s - 0.5 end
  if p.ends and not find(p.text, "[?!]$") then s = s - 0.5 end
  return s
end

-- A headline set before the text by the loader: everything that ends before body_first
local function given_title(paragraphs, inside, article)
  if (article.body_first or 1) <= 1 then return false end
  local found = false
  for i, p in ipairs(paragraphs) do
    if p.last < article.body_first then
      p.kind, inside[i], found = "title", true, true
    end
  end
  return found
end

-- The page's first line is often "Headline - Name of the site": a line that it begins with is the headline
local function page_title(paragraphs, p, i)
  local head = paragraphs[1]
  return i > 1 and #p.words >= 3 and #head.key > #p.key and find(head.key, p.key, 1, true) ~= nil
end

-- Under a headline that the loader set, the same again as the page has it, with less or more about it
local function find_title_again(paragraphs, inside, title_key)
  local looked = 0
  for i, p in ipairs(paragraphs) do
    if inside[i] and not p.kind then
      looked = looked + 1
      local again = #p.words >= 3 and not p.ends and (find(title_key, p.key, 1, true) or p.size < 200 and #title_key >= 15 and find(p.key, title_key, 1, true))
      if again then p.kind = "duplicate" end
      if again or looked == AGAIN then return end
    end
  end
end

-- Nothing else heads the text: then a document's word for what it is does, "Correction", "PUBLIC STATEMENT"
local function find_label(paragraphs, start)
  for i = 1, start - 1 do
    if paragraphs[i].heads == "document" and not paragraphs[i].kind and not paragraphs[i].ends then
      paragraphs[i].kind = "title"
      return
    end
  end
end

local function find_title(paragraphs, inside, article, start, counts, key_of)
  local title_key = article.title and key_of(article.title)
  if given_title(paragraphs, inside, article) then
    if title_key and title_key ~= "" then find_title_again(paragraphs, inside, title_key) end
    return
  end
  local best, at, sure = LEAST, nil, false
  for i = math.max(1, start - 40), start do
    local p = paragraphs[i]
    local s = title_score(p, i, start, counts, title_key)
    local named = s > 0 and page_title(paragraphs, p, i)
    if named then s = s + 1.5 end
    if i == start then s = (p.prose and p.ends and not (#p.words <= 18 and p.share < 0.25)) and -1 or s end
    if s > best then best, at, sure = s, i, named end
  end
  if not at then return find_label(paragraphs, start) end
  local above = paragraphs[at - 1]      -- "Ann Marlow, Fort Hale" under a headline
  if above and parts.is_placed_name(paragraphs[at].text) and title_score(above, at - 1, start, counts, title_key) > LEAST then at = at - 1 end
  paragraphs[at].kind = "title"
  local short = 0
  for i = 1, at - 1 do
    if inside[i] and is_short(paragraphs[i]) or paragraphs[i].section then short = short + 1 end
  end
  for i = 1, (short >= MENU or sure) and at - 1 or 0 do
    if is_short(paragraphs[i]) then inside[i] = false end      -- the page's menus above the headline
  end
end

local LEAD = 12      -- paragraphs between the headline and the text, at most

-- Under the headline and above byline and date, the sentence that tells the story in short
local function find_lead(paragraphs, inside, start)
  local title
  for i = math.max(1, start - LEAD), start - 1 do
    if paragraphs[i].kind == "title" then title = i end
  end
  for i = title and title + 1 or start, start - 1 do
    local p = paragraphs[i]
    local sentence = p.ends and #p.words >= 8 and p.share >= 0.2 and p.reader < 0.12
    if sentence and not p.kind and not p.cue and p.separators == 0 and p.seen < 3 and not p.address and not p.item and not scores.is_notice(p) and not parts.has_credit(p.text) then
      inside[i] = true
    end
  end
end

local BYLINE = 6      -- paragraphs between the headline and the text, at most, where a name is a byline

-- A name and a town between the headline and the text, where no other byline stands: "Ann Marlow, Fort Hale"
local function find_placed_name(paragraphs, inside, start)
  local title, found
  for i = math.max(1, start - BYLINE), start - 1 do
    local p = paragraphs[i]
    if p.kind == "title" then title, found = true, nil
    elseif is_byline(p) then return
    elseif title and not found and inside[i] and not p.kind and not p.cue and p.function_words == 0 and p.seen < 3 and parts.is_placed_name(p.text) then found = p end
  end
  if found then found.kind = "byline" end
end

local NEAR, LONG = 3, 320      -- paragraphs, bytes

-- A line that stands twice, or that a fuller paragraph holds whole: doubled captions, the summary that a crawler put first. Far from the first
-- time only the headline again is a double, and a long paragraph never: it is a form's blank text, or a refrain. In a text that a page's markup
-- has cut, what stands among paragraphs was meant to stand there.
local function find_duplicates(paragraphs, inside, prose)
  local first_at = {}
  for i, p in ipairs(paragraphs) do
    if inside[i] and p.key ~= "" and (not p.kind or p.kind == "title") and not (prose and i > prose and p.prose and p.ends) then
      local earlier = first_at[p.key]
      local double = earlier and p.size <= LONG and (i - earlier <= NEAR and (p.size >= 40 or i - earlier <= 2) or paragraphs[earlier].kind == "title")
      if earlier and p.kind == "title" then paragraphs[earlier].kind = "duplicate"
      elseif double then
        p.kind = "duplicate"
        if earlier == i - 1 then paragraphs[earlier].doubled = true end
      end
      first_at[p.key] = p.kind ~= "duplicate" and i or earlier
    end
  end
end

-- A summary or a pulled quotation whose words all stand in a paragraph near it; `prose`: as above, no paragraph after this one
local function find_contained(paragraphs, inside, prose)
  for i, p in ipairs(paragraphs) do
    if not p.kind and p.size >= 60 and not (prose and i > prose and p.prose and p.ends and not p.quoted) then
      for j = math.max(1, i - 3), math.min(#paragraphs, i + 4) do
        local q = paragraphs[j]
        local fuller = #q.key > #p.key or j > i and q.key == p.key and q.ends and not p.ends
        if fuller and (j > i or p.size <= 200) and inside[j] and not q.kind and find(q.key, p.key, 1, true) then
          p.kind = "duplicate"
          break
        end
      end
    end
  end
end

local function is_heading(p, following)
  return not p.ends and not p.item and p.digits < 0.15 and #p.words <= 14 and p.size <= 110 and following ~= nil and not parts.has_credit(p.text)
end

local PICTURE = 300      -- bytes of the longest text of a picture

-- A picture's text or its credit, by its form alone
local function is_caption(p) return parts.is_credit(p.text) or p.size < PICTURE and parts.is_picture(p.text) end

local LABELLED = 200      -- bytes of the longest line under a label

-- A standing phrase as a label, whatever follows: "Read also: The council sold its tower.", "Press contact: Ann Marlow, Fort Hale"
local function is_labelled(p)
  if p.cue_at ~= "start" or p.size > LABELLED then return false end
  local label = p.text:match "^([^:]+):%s"
  return label ~= nil and #passages.words(label) == p.cue_length
end

local function inside_kind(p, previous, following)
  if parts.is_markup(p.text) then return "markup" end
  if is_caption(p) and not is_byline(p) then return "caption" end
  if p.cue == "markup" and (p.cue_at == "line" or p.size < 70 and not p.ends) then return "markup" end
  if p.cue == "notice" and (p.size < 70 and not p.ends or is_labelled(p)) then return "notice" end
  if scores.is_notice(p) then return "notice" end
  if (p.cue == "end" or p.cue == "talk" or p.cue == "teaser") and (p.cue_at == "line" or p.size < 90 and not p.ends or is_labelled(p)) then return "teaser" end
  if is_byline(p) then return "byline" end
  local sentence = p.prose or p.ends and #p.words >= 5 and p.share >= 0.2
  if p.seen >= 3 and p.size < 100 and not sentence and p.digits < 0.15 then return "markup" end
  if p.seen >= 8 and p.prose and (following == nil or previous == nil or p.notice / #p.words > 0.06) then return "notice" end
  if #p.words == 0 then return "markup" end
  if p.cue == "caption" and p.size < 200 and (p.cue_at == "start" and not p.prose or p.cue_at ~= "start") or parts.has_credit(p.text) and p.size < 160 and p.digits < 0.1 then return "caption" end
  if is_heading(p, following) then return p.doubled and #p.words > 1 and "caption" or "heading" end      -- a picture's text stands twice
  return "body"
end

local function outside_kind(p, i, first, last)
  if parts.is_markup(p.text) then return "markup" end
  if first and last and i > first and i < last and is_caption(p) and not is_byline(p) then return "caption" end
  if parts.is_byline(p.text) or p.cue == "byline" and p.cue_at == "start" and p.size < 80 then return "byline" end
  if scores.is_notice(p) or p.cue == "notice" and (p.notice / math.max(1, #p.words) >= 0.04 or is_labelled(p)) then return "notice" end
  if p.cue == "markup" or p.seen >= 3 then return p.prose and "notice" or "markup" end
  if first and i < first and not p.prose and p.separators > 0 then return "markup" end
  if last and i > last and #p.words >= 3 then return "teaser" end
  return (#p.words >= 5 and not p.item) and "teaser" or "markup"
end

local LINE = 140      -- bytes

-- A line that may be the headline of another story
local function is_link(p) return (not p.ends or find(p.text, "%?$") ~= nil) and p.size < LINE and #p.words > 0 and p.kind ~= "title" and p.kind ~= "date" and p.kind ~= "caption" end

--- Under "Read also", headlines of other stories up to the end of the text or to left-over markup, however much they read like headings.
local function find_teasers(paragraphs)
  local n = #paragraphs
  for i = 2, n - 1 do
    local p = paragraphs[i]
    if p.cue == "end" and (p.cue_at == "line" or p.cue_at == "start") and p.size < 60 and not p.ends or p.cue == "end" and p.size < 60 and find(p.text, ":$") then
      local j = i + 1
      while j <= n and is_link(paragraphs[j]) and not parts.is_markup(paragraphs[j].text) do j = j + 1 end
      if j > n or parts.is_markup(paragraphs[j].text) then
        for k = i + 1, j - 1 do
          local q = paragraphs[k]
          if q.kind == "body" or q.kind == "heading" then q.kind = "teaser" end
        end
        if p.kind == "body" or p.kind == "heading" then p.kind = "teaser" end
      end
    end
  end
end

local BRACKETED = 3      -- words of the longest credit in brackets that no list of agencies knows

-- Behind the last sentence of the article: "(Agency)", "- Agency". It says who told it, and the sentence is no picture's text.
local function find_credit(paragraphs, known)
  local told, last = 0, nil
  for i, p in ipairs(paragraphs) do
    if p.kind == "body" then told, last = told + (p.prose and 1 or 0), i
    elseif p.kind == "caption" and #p.words >= 8 and p.share >= 0.2 then last = i end
  end
  local p = last and paragraphs[last]
  if not p or #p.words < 8 or told - (p.kind == "body" and p.prose and 1 or 0) < 2 then return end
  local at, credit, bracketed = parts.final_credit(p.text)
  if not at then return end
  if parts.is_picture_credit(credit) then return end
  local words = passages.words(credit)
  local known_one = known.agencies[table.concat(words, " ")] or known.agencies[words[1] or ""]
  if not known_one and not (bracketed and #words <= BRACKETED) then return end
  local sentence = p.text:sub(1, at - 1):gsub("%s+$", "")
  p.kind, p.text_last, p.credit = "body", p.first + #sentence - 1, p.first + at - 1
end

-- Does the word in capitals stand in another paragraph too? Then it is one of two who talk ("DELTA: …"), or a body by its initials
local function is_body(paragraphs, i, label)
  for j, q in ipairs(paragraphs) do
    if j ~= i and find(q.text, label, 1, true) then return true end
  end
  return false
end

-- Where the text of a paragraph begins behind a dateline, or the first one behind a place in capitals
local function behind_dateline(paragraphs, i, is_first, known)
  local p = paragraphs[i]
  local at = parts.after_dateline(p.text)
  if at then return at end
  at = find(p.text, "^[^.]-%d") and parts.after_day(p.text)
  for _, word in ipairs(at and passages.words(p.text:sub(1, at - 1)) or {}) do
    if known.calendar_words[word] then return at end
  end
  at = is_first and p.prose and not p.heads and not p.cue and parts.after_place(p.text)
  return at and not is_body(paragraphs, i, p.text:sub(1, at - 1):match("^[^:.]+")) and at or nil
end

local HEAD = 6      -- paragraphs

-- The dateline of one of the first paragraphs: "FORT HALE, Oct 5 (Agency) - The harbour …"
local function find_dateline(paragraphs, known)
  local seen = 0
  for i = 1, math.min(HEAD, #paragraphs) do
    local p = paragraphs[i]
    if p.kind ~= "title" and p.kind ~= "dateline" and parts.is_dateline(p.text) then
      p.kind = "dateline"
      return
    end
  end
  for i, p in ipairs(paragraphs) do
    if p.kind == "body" then
      seen = seen + 1
      local at = behind_dateline(paragraphs, i, seen == 1, known)
      if at then
        local dateline = p.text:sub(1, at - 1):gsub("%s+$", "")
        p.dateline, p.resumes = p.first + #dateline - 1, p.first + at - 1
        return
      end
      if seen == 3 then return end
    end
  end
end

--- Give every paragraph its kind; `cut`: a page's markup has told already what is the article.
function kinds.decide(paragraphs, inside, article, cut, known)
  local last, prose = bounds(paragraphs, inside)
  if not last then
    keep_all(paragraphs, inside)
    last, prose = bounds(paragraphs, inside)
  end
  drop_masthead(paragraphs, inside, prose or 1)
  local counts = vocabulary.count(paragraphs, inside)
  find_contained(paragraphs, inside, cut and prose)
  find_title(paragraphs, inside, article, prose or 1, counts, passages.key)
  find_lead(paragraphs, inside, prose or 1)
  find_placed_name(paragraphs, inside, prose or 1)
  find_duplicates(paragraphs, inside, cut and prose)
  for i, p in ipairs(paragraphs) do
    if not p.kind then
      if inside[i] then p.kind = inside_kind(p, paragraphs[i - 1], paragraphs[i + 1])
      else p.kind = outside_kind(p, i, prose, last) end
    end
  end
  find_teasers(paragraphs)
  find_credit(paragraphs, known)
  find_dateline(paragraphs, known)
end

return kinds
