-- Names that the tagger left out or cut, and that their surroundings tell surely: behind a title, "Governor al-Karim", and before the
-- word that makes a body's name, "US Geological Survey". Headlines In Capitals tell nothing.

local data = require "annalist.data"
local text = require "annalist.text"
local titles = require "entities.titles"

local untagged = {}

-- A run of letters and digits from a capital on; byte 226 begins quotation marks and dashes, which part words: “Hall’s”
local RUN = "()([%u\192-\225\227-\255][%w\128-\225\227-\255]*)"
untagged.RUN = RUN

local WORD = "[%u\195-\223][%w\128-\225\227-\255]*" -- a capitalised word
local TITLED, BODY = 0.85, 0.9 -- certainty of what is found here

--- Small words inside people's names, "bin", which are no words of English.
function untagged.particles()
  local set = { Al = true, El = true }
  for _, row in ipairs(data.table "names/particles.tsv") do set[row[1]] = not row[4] or nil end
  return data.fixed(set)
end

--- Is the sentence that begins at `bound` set as headlines are, its longer words with capitals, no full stop behind it?
local function is_headline(s, bound)
  local stop = (s:find("\n", bound, true) or #s + 1) - 1
  if s:sub(math.max(bound, stop - 6), stop):find("%l%l[.][\"')%s]*$") then return false end
  local line = s:sub(bound, math.min(stop, bound + 299))
  local _, small = line:gsub("%f[%w]%l%l%l%l", "")
  local _, capitals = line:gsub("%f[%w]%u", "")
  return capitals >= 3 and small * 4 <= capitals
end

--- Where the name begins whose last word begins at `first`, with particles before it: "bin" in "bin Karim", "al-Karim".
local function with_particles(s, first, known)
  while true do
    local before = s:sub(math.max(1, first - 9), first - 1)
    local start, word = before:match("()%f[%a](%a+)[%s%-]$")
    if not word or not known.particles[word] then return first end
    first = first - #before + start - 1
  end
end

--- Can this word behind a title be a name? Not a day, a people, a rank, a body or a place, nor a word that the lists know for something else.
local function may_be_name(known, word)
  if #word < 2 or not word:find("%l") then return false end
  local lower = text.lower(word)
  if known.titles.phrases[lower] or known.titles.peoples[lower] or known.bodies.head[word] then return false end
  if known.model:is(word, "time", "event", "place", "org_head", "org_part", "organisation", "place_head") then return false end
  return known.model:is(word, "given", "surname") or not known.model:group(word)
end

--- The person behind a title whose name has its first capital word at `first`, after the word `before`; `limit` is where the next name begins.
local function behind_title(s, first, word, before, known, bounds, limit)
  local start = first
  if known.particles[before] then
    start = with_particles(s, first, known)
    before = s:sub(math.max(1, start - 24), start - 1):match("([%a.\128-\255]+)%s$")
  end
  if not known.titles.ends[before] or known.beside.vague[before] or not may_be_name(known, word) then return nil end
  local bound = bounds(start, first)
  if not bound or start == bound or not titles.before(known.titles, s, bound, start) or is_headline(s, bound) then return nil end
  local last = first + #word - 1
  while true do
    local stop = s:match("^%-%a[%w\128-\225\227-\255]*()", last + 1) or s:match("^%s" .. WORD .. "()", last + 1)
      or s:match("^%s%l%l%l?[%s%-]" .. WORD .. "()", last + 1)
    local particle = stop and s:match("^%s(%l+)", last + 1)
    if not stop or stop > limit or (particle and not known.particles[particle]) then break end
    if known.bodies.head[s:match("(%a+)$", last + 1) or ""] then return nil end
    last = stop - 1
  end
  return { first = start, last = last, kind = "person", score = TITLED, bound = bound }
end

--- The body whose name ends with the head at `first`: all capitalised words before it that touch, and what "for" and "of" add.
local function with_head(s, first, head, known, bounds, list, near)
  local bound = bounds(first, first)
  if not bound then return nil end
  local start, words, plain = first, 0, 0
  while start > bound do
    local from = math.max(bound, start - 30)
    local at, word = s:sub(from, start - 1):match("()%f[%S](%u[^%s,;:()/\"“”]*)%s$")
    if not at or (word:find("['’]s$")) then break end
    at = from + at - 1
    local lower = text.lower(word)
    local place = known.is_place(word)
    if word == "The" or known.model:is(word, "time") then break end
    local people = known.titles.peoples[lower] == true
    if at == bound and not people and not place and not known.model:is(word, "org_part") then break end
    start, words = at, words + 1
    if not people and not place then plain = plain + 1 end
  end
  if words == 0 or plain == 0 or s:sub(math.max(bound, start - 4), start - 1):find("%f[%a][Aa]n?%s$") or is_headline(s, bound) then return nil end
  local last = first + #head - 1
  local more = s:match("^%s[of][fo]r?%s()", last + 1)
  more = more and (s:match("^the%s()", more) or more)
  last = (more and s:match("^" .. WORD .. "()", more) or last + 1) - 1
  while last > first + #head and s:find("^%s" .. WORD, last + 1) do last = s:match("^%s" .. WORD .. "()", last + 1) - 1 end
  local from = near
  while list[from - 1] and list[from - 1].last >= start do from = from - 1 end
  local to = from
  while list[to] and list[to].first <= last do
    if list[to].first < start or list[to].last > last or (list[to].kind == "person" and list[to].score > 0.9) then return nil end
    to = to + 1
  end
  return { first = start, last = last, kind = "organisation", score = BODY, bound = bound }
end

--- The person whose given name has its first byte at `first` and whose family name is a common word: "Tom Cruise". The tagger finds the others.
local function given_and_common(s, first, word, before, known, bounds)
  local family, stop = s:match("^ (%u%l+)()", first + #word)
  if not family or #word < 3 or #family < 3 or s:find("^[%w\128-\255-]", stop) or s:find("^ %u", stop) then return nil end
  if not known.model:group(family) or not known.model:is(word, "given") or family:find("s$") then return nil end
  if known.model:is(word, "common", "people", "place", "time") then return nil end
  if known.bodies.head[family] or known.titles.phrases[text.lower(family)] then return nil end
  if known.model:is(family, "time", "event", "place", "org_head", "org_part", "place_head", "people") then return nil end
  local bound = bounds(first, stop - 1)
  if not bound or bound == first or (before and before:find("^%u")) or is_headline(s, bound) then return nil end
  return { first = first, last = stop - 1, kind = "person", score = TITLED, bound = bound }
end

--- The body whose name begins with its head: "Museum of Flight", "Ministry of Roads and Bridges", with the capitalised words before it.
local function head_first(s, first, head, known, bounds, limit)
  local at = s:match("^ of ()", first + #head)
  at = at and (s:match("^the ()", at) or at)
  local word, stop = s:match("^(" .. WORD .. ")()", at or #s + 1)
  local bound = word and bounds(first, stop - 1)
  if not bound or #word < 3 or stop > limit or is_headline(s, bound) then return nil end
  local more = s:match("^ " .. WORD .. "()", stop)
  while more and more <= limit do
    stop = more
    more = s:match("^ " .. WORD .. "()", stop)
  end
  return { first = first, last = stop - 1, kind = "organisation", score = TITLED, bound = bound }
end

-- Last bytes of what stands before a credited name: "Image:", "&", "and"
local JOINS = { [(":"):byte()] = true, [("&"):byte()] = true, [("d"):byte()] = true }
local SPACE = (" "):byte()

--- Whoever made the picture, be it a name that nobody else bears: all of what stands between the colon and the end of the credit.
local function credited(s, first, known, bounds)
  local before = s:sub(math.max(1, first - 60), first - 1)
  if not before:find(":", 1, true) then return nil end -- most names
  local word = before:match("%f[%w](%u%l+): $") or before:match("%f[%w](%u%l+): %u[%w_.-]+ & $") or before:match("%f[%w](%u%l+): %u[%w_.-]+ and $")
  if not known.beside.credit[word] then return nil end
  local name, stop = s:match("^(%u[%w_.-]*[%w_])()", first)
  if not name or #name < 4 or not name:find("%l%l") then return nil end
  if not (s:find("^%.? *\n", stop) or s:find("^%.?%s*$", stop) or s:find("^%. %u", stop) or s:find("^ & %u", stop) or s:find("^ and %u", stop)) then return nil end
  if known.model:classes(name)[1] or known.model:group(name) or known.no_names[name] then return nil end
  local bound = bounds(first, stop - 1)
  return bound and { first = first, last = stop - 1, kind = "person", score = TITLED, bound = bound }
end

--- The list with what was found added, and without the parts of it. `capitals` are those of tagger.capitals(s).
function untagged.add(s, list, capitals, known, bounds)
  local near, added, ended = 1, nil, 0
  local heads, ends, befores = known.bodies.head, known.titles.ends, capitals.befores
  for i, first in ipairs(capitals.firsts) do
    local word, before = capitals.words[i], befores[i]
    while list[near] and list[near].last < first do near = near + 1 end
    local span = list[near]
    if span and span.first == first and span.score < TITLED and JOINS[s:byte(first - 2)] then
      local maker = credited(s, first, known, bounds)
      if maker and maker.last <= span.last then span.last, span.kind, span.score = maker.last, "person", TITLED end
    end
    if first > ended and not (span and span.first <= first) then
      local new
      if heads[word] then new = with_head(s, first, word, known, bounds, list, near)
      elseif ends[before] or known.particles[before] then new = behind_title(s, first, word, before, known, bounds, span and span.first or #s + 1)
      elseif known.heads[word] == "organisation" then new = head_first(s, first, word, known, bounds, span and span.first or #s + 1) end
      if not new and JOINS[s:byte(first - 2)] and s:byte(first - 1) == SPACE then new = credited(s, first, known, bounds) end
      if not new then
        local space, capital = s:byte(first + #word, first + #word + 1)
        if space == SPACE and capital and capital >= 65 and capital <= 90 and not (span and span.first <= first + #word + 1) then
          new = given_and_common(s, first, word, before, known, bounds)
        end
      end
      if new and new.kind == "person" and span and span.kind == "person" and span.first == new.last + 2 and s:byte(span.first - 1) == SPACE then
        new.last = span.last -- "SSP Rahim | Ali Sardar"
      end
      if new and new.first > ended then
        added = added or {}
        added[#added + 1] = new
        ended = new.last
      end
    end
  end
  if not added then return list end
  local kept, n = {}, 1
  for _, span in ipairs(list) do
    while added[n] and added[n].first <= span.first do
      kept[#kept + 1] = added[n]
      n = n + 1
    end
    local before, following = kept[#kept], added[n]
    if not (before and before.last >= span.first) and not (following and following.first <= span.last) then kept[#kept + 1] = span end
  end
  for i = n, #added do kept[#kept + 1] = added[i] end
  return kept
end

untagged.is_headline = is_headline
return untagged
