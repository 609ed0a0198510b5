-- Who states a figure: the one who counts in its own clause ("police put the number at 9"), the one who is cited, the speaker of the quotation or report
-- in which it lies, and behind "he said" or "it counted" the one who spoke before.

local origins = require "lib.origins"
local wordset = require "lib.wordset"
local reading = require "lib.speech.reading"
local attribution = require "lib.speech.attribution"

local M = {}

-- Words of a noun phrase in running text, at most eight: "the country's health ministry"
local function phrase(s)
  s = s:gsub("^%s+", ""):gsub("%s+$", ""):gsub("%s+", " ")
  local count = select(2, s:gsub("%S+", ""))
  return count > 0 and count <= 8 and not s:find("[\"“”]") and s or nil
end

-- Verbs of one who changes a count: "the ministry on Monday lowered the toll from 23 to 21"
local changing = wordset "raised lowered revised corrected cut increased updated reduced raises lowers revises corrects"
local counts = wordset "toll number count figure total estimate tally"
local counting = wordset "counted counts tallied mourns mourned" -- and before the number itself: "the ministry counted 40 injured"
local speaking = wordset "spoke speaks speak talked talks"       -- "doctors spoke of 70"
local leading = wordset "as when after while whereas and but since because though although on in"

-- The subject that ends a clause: "A nurse at the clinic, Ida Holm," "as officials", "The ministry on Monday", "a week ago it"
local function subject_before(clause)
  clause = clause:match("([^;:]*)$"):gsub("%s+$", "")
  if clause:find(",$") then clause = clause:match("^([^,]*),[^,]*,$") or "" end
  clause = clause:match("([^,]*)$"):gsub("^%s+", ""):gsub("%s+on %u%l+day$", ""):gsub("%s+ha[sd]$", ""):gsub("%s+have$", "")
  clause = clause:gsub("^[Oo]n %u%l+day ", ""):gsub("^%a+ %a+ ago ", ""):gsub("%s+a?l?s?o?$", "")
  local first, rest = clause:match("^(%a+)%s+(.*)$")
  while first and leading[first:lower()] do
    clause = rest
    first, rest = clause:match("^(%a+)%s+(.*)$")
  end
  return phrase(clause)
end

local MOST = 4 -- words between "at" and its number: "at surely more than sixty"

-- Does a number follow here: nothing but a few words that qualify it, and no other clause? "at 9; the opposition says 12" is not of one piece
local function leads_to_number(s)
  if s:find("[%d;:.,]") or select(2, s:gsub("%S+", "")) > MOST then return false end
  for word in s:lower():gmatch("%a+") do
    if leading[word] then return false end
  end
  return true
end

-- "police put the number of dead at", "put the crowd at", "put the winner's share at 51 percent and the other's at"
local function put_at(lead)
  local before, rest = lead:match("^(.*)%f[%a]puts?%s+%a[^;:.,%d]-%f[%a]at%s([^;]*)$")
  if not before then before, rest = lead:match("^(.*)%f[%a]estimate[sd]%s+%a[^;:.,%d]-%f[%a]at%s([^;]*)$") end
  if not before then return nil end
  rest = rest:match("^[%d.,]+[%a%% ]-%f[%a]and [^;:,%d]-%f[%a]at%s(.*)$") or rest
  return leads_to_number(rest) and before or nil
end

-- Who counts in the clause itself: "police said 500 came; the organisers put the crowd at 2,000"
local function counted_by(lead)
  local before = put_at(lead)
  if not before then
    local from, verb = lead:match("()%f[%a](%a+)%s+of%s*[\"“]*$")
    if not speaking[verb or ""] then from, verb = lead:match("()%f[%a](%a+)%s*[\"“]*$") end
    if speaking[verb or ""] or counting[verb or ""] then before = lead:sub(1, from - 1) end
  end
  if before then return subject_before(before) end
  for first, change, rest in lead:gmatch("()%f[%a](%a+)%f[%A]()") do
    local changed = changing[change] and lead:sub(rest):match("^%s+the%s+([%a ]+)")
    for word in (changed or ""):gmatch("%a+") do
      if counts[word] then return subject_before(lead:sub(1, first - 1)) end
    end
  end
  return nil
end

local carriers = wordset "agency agencies newspaper newspapers daily channel radio television tv website media"

-- Does the phrase name who only hands news on? "the agency Interline", "a Varn newspaper"
local function is_carrier(s)
  for word in s:lower():gmatch("%a+") do
    if carriers[word] then return true end
  end
  return origins.is_agency(s)
end

-- Whom the one who tells it cites: "…, the agency reported, citing the health ministry". Who hands the news on is the origin of an article, and
-- not the one who counts
local function cited(text, sentence, last)
  local behind = text:sub(last + 1, sentence.last)
  local who = phrase(behind:match("%f[%a]citing%s+([^,.;()]+)") or behind:match("%f[%a]quoting%s+([^,.;()]+)") or "")
  return who and not is_carrier(who) and who or nil
end

-- Of a paper that somebody made, whose it is: "a final count that the ministry published on Sunday", "a bulletin by the army"
local papers = wordset "count tally toll list report statement bulletin figures data balance update"
local made_by = { "^(.-)%s+that%s+(.+)$", "^(.-)%s+by%s+(.+)$", "^(.-)%s+from%s+(.+)$", "^(.-)%s+of%s+(.+)$" }

local function maker_of(who)
  for _, form in ipairs(made_by) do
    local paper, maker = who:match(form)
    if paper and papers[paper:match("%a+$") or ""] then
      return maker:match("^(.-)%s+%l+ed%f[%A]") or maker:match("^(.-)%s+gave%f[%A]") or maker
    end
  end
  return who
end

local person, thing, many = wordset "he she", wordset "it", wordset "they"
local BACK = 400 -- bytes behind the one who spoke last within which "he" is that one

local LEAD = 4 -- words before the name at the head of a sentence: "Former tribunal president Ann Lee"
local linking = wordset "of to with by for in on at from said that and against"

-- The one person whom the sentence before a byte is about, in the same paragraph: the first and last byte of the name, or nil
local function subject_of_last(text, sentences, persons, at)
  local before
  for _, s in ipairs(sentences) do
    if s.last < at then before = s end
  end
  if not before or text:sub(before.last + 1, at - 1):find("\n", 1, true) then return nil end
  local first
  for i = before.first, before.last do
    if persons[i] then
      if first then return nil end
      first = i
    end
  end
  local lead, words = first and text:sub(before.first, first - 1) or "", 0
  for word in lead:gmatch("%S+") do
    words = words + 1
    if linking[word:lower()] or word:find("[^%a-]") then return nil end
  end
  if first and words <= LEAD then return first, persons[first] end
end

-- Everybody who speaks, in order: { at = byte, phrase, person = true when it is a name of one }
local function resolver(speakers, text, sentences, persons)
  return function(pronoun, at)
    if person[pronoun] then                                      -- "Ann Lee resigned. She said …"
      local first, last = subject_of_last(text, sentences, persons, at)
      local spoke
      for _, s in ipairs(speakers) do
        if s.at < at then spoke = s end
      end
      if first and not (spoke and spoke.last >= first) then return text:sub(first, last) end
    end
    for i = #speakers, 1, -1 do
      local s = speakers[i]
      if s.at < at then
        if at - s.last > BACK then return nil end
        local plural = s.phrase:find("[^s]s$") ~= nil
        if person[pronoun] and s.person or thing[pronoun] and not s.person and not plural or many[pronoun] and not s.person and plural then return s.phrase end
      end
    end
    return nil
  end
end

-- Does the phrase in first..last name a person: by a mention, or by a title before a name ("Captain Lena")?
local function holds_person(text, persons, words, first, last)
  for i = first, last do
    if persons[i] then return true end
  end
  for title, name in text:sub(first, last):gmatch("(%u%l+)%.?%f[%s]%s+()%u") do
    if name and words.title[title:lower()] then return true end
  end
  return false
end

-- The second source of a sentence: ", and Open Gate at 302", "; doctors of 70", ", organisers 25,000"; not "and of the detained at 290"
local function gapped_source(lead, r)
  if not r.ellipsis then return nil end
  local who = lead:match("[,;]%s*([^,;%d]+)%s+at%s*$") or lead:match("[,;]%s*([^,;%d]+)%s+of%s*$") or r.gapped and lead:match("[,;]%s*([^,;%d]+)$")
  who = who and who:gsub("^and%s+", "")
  if not who or who:find("^of%s") or who:find("^with%s") then return nil end
  local last = who:match("(%a+)$")
  return not (last and (speaking[last] or counts[last] or leading[who:match("^%a+") or ""])) and phrase(who) or nil
end

local known = wordset "police ministry officials government hospital hospitals doctors army opposition organisers organizers authorities rescuers"

local calls = wordset "live watch video photos update flash alert new" -- "LIVE: 12 dead"
local HEADLINE, ACRONYM = 3, 6 -- the last byte at which a headline may begin, and the letters of the longest abbreviation

-- Whose the figures behind a colon are: "18:20 ORMA: 64 dead, 139 injured", "Police: three hurt". An organisation, or a word for one; no "Casualties:".
local function labelled(text, r, organisations)
  local lead = text:sub(r.sentence.first, r.at - 1)
  local from, label = lead:match("^.-()(%u[^:;.]*):%s[^:]*$")
  if not label or select(2, label:gsub("%S+", "")) > 6 then return nil end
  local last = r.sentence.first + from + #label - 2
  for first = r.sentence.first, r.sentence.first > HEADLINE and last or 0 do      -- a headline names what it is about
    if organisations[first] == last then return text:sub(first, last) end
  end
  local word = label:match("(%S+)$")
  label = label:match("^.*%s%-%s+(.*)$") or label                 -- "JUST IN - Police"
  if known[word:lower()] then return label end                    -- "Interior ministry: …"
  return word:find("^%u%u%u+$") and #word <= ACRONYM and not calls[word:lower()] and word or nil
end

-- "The fire claimed the lives of 12": what claims lives says nothing
local function takes_lives(text, r)
  local lead = text:sub(r.sentence.first, r.first - 1):lower()
  local passage = text:sub(r.first, r.last):lower()
  return passage:find("^claim%a* .*lives") ~= nil or passage:find("^lives of ") ~= nil and lead:find("%f[%a]claim%a*%s+the%s+$") ~= nil
end

--- Gives each row its `attributed_to`.
-- @param sentences those in which speakers are looked for, in order
-- @param names persons and organisations: first byte of a name -> its last byte
function M.attribute(text, rows, sentences, names, cues, words)
  local spans, speakers, persons = {}, {}, names.persons
  for _, p in ipairs(reading.read(text, sentences, function(w) return cues[w] ~= nil end)) do
    for _, s in ipairs(p.sentences) do
      for _, x in ipairs(attribution.find(s, cues, words)) do
        local a, b = x.c.subject_first, x.c.subject_last
        -- neither "911 people asked" nor "with 43 people confirmed"
        if a and not s.k[a]:find("[na]") and not (words.preposition[s.w[a]] and s.w[a] ~= "of") then
          local span = { first = s.f[x.a], last = s.l[x.b], at = s.f[a] }
          if words.subject[s.w[a]] then span.pronoun = s.w[a] else
            span.speaker = text:sub(s.f[a], s.l[b]):gsub("%s+", " ")
            speakers[#speakers + 1] = { at = s.f[a], last = s.l[b], phrase = span.speaker, person = holds_person(text, persons, words, s.f[a], s.l[b]) }
          end
          spans[#spans + 1] = span
        end
      end
    end
  end
  for _, r in ipairs(rows) do
    local lead = text:sub(r.sentence.first, r.at - 1)
    r.counted_by = labelled(text, r, names.organisations) or gapped_source(lead, r) or counted_by(lead)
    local at = r.counted_by and text:find(r.counted_by, r.sentence.first, true)
    if at and not words.subject[r.counted_by:lower()] then        -- "… put the number at 36. She said …"
      speakers[#speakers + 1] = { at = at, last = at + #r.counted_by - 1, phrase = r.counted_by, person = holds_person(text, persons, words, at, at + #r.counted_by - 1) }
    end
  end
  table.sort(speakers, function(x, y) return x.at < y.at end)
  local resolve = resolver(speakers, text, sentences, persons)
  for _, r in ipairs(rows) do
    local best
    for _, x in ipairs(spans) do
      if x.first <= r.at and x.last >= r.at and (not best or x.last - x.first < best.last - best.first) then best = x end
    end
    if takes_lives(text, r) then best = nil end
    local who = r.counted_by
    if who and words.subject[who:lower()] then who = resolve(who:lower(), r.at) end
    who = who or cited(text, r.sentence, r.last) or best and (best.speaker or resolve(best.pronoun, best.at)) or nil
    r.attributed_to = who and maker_of(who)
  end
end

return M
