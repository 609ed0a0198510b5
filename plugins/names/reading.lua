-- The mentions of the corpus, article by article, with what stands around them. Texts are not kept.

local data = require "annalist.data"
local unicode = require "annalist.text"
local knowledge = require "lib.names.knowledge"
local wordset = require "lib.wordset"

local aliases = require "names.aliases"
local namesakes = require "names.namesakes"
local negations = require "names.negations"
local surroundings = require "lib.names.surroundings"
local repairs = require "names.repairs"
local titles = require "names.titles"

local reading = {}

-- Sets of words, filled on first use: relatives, small words that join the parts of one name, those of them that are English words as well
-- ("as-Sadr", but "Orlov as Mr Bell"), small words of the language, small words that end a name
local KIN, PARTICLE, ENGLISH, FUNCTION, CLOSING

local function load_words()
  KIN, PARTICLE, ENGLISH, CLOSING = {}, {}, {}, {}
  FUNCTION = wordset(table.concat(data.lines "words/stop.txt", " "))
  for _, row in ipairs(knowledge.rows "particles.tsv") do
    PARTICLE[row[1]] = row[4] ~= "two" or nil
    ENGLISH[row[1]] = row[4] == "word" or nil
    CLOSING[row[1]] = row[2] == "Turkic" or nil
  end
  for _, row in ipairs(knowledge.rows "kinship.tsv") do
    KIN[row[1]] = true
  end
end

-- A mention without a letter or digit ("@") is nobody's name.
local function has_words(name)
  return unicode.key(name):find("%w") ~= nil
end

-- Rows of an iterator in order of article_id, handed out article by article.
local function by_article(iterate, state, control)
  local function rows()
    return iterate(state, control)
  end
  local ahead = rows()
  return function(article_id)
    local list = {}
    while ahead and ahead.article_id < article_id do
      ahead = rows()
    end
    while ahead and ahead.article_id == article_id do
      list[#list + 1] = ahead
      ahead = rows()
    end
    return list
  end
end

-- Number of the sentence in which each mention begins; 0 outside of all. Both lists are in order.
local function number_sentences(mentions, sentences)
  local at = 1
  for _, mention in ipairs(mentions) do
    while sentences[at] and sentences[at].last < mention.first do
      at = at + 1
    end
    mention.sentence = sentences[at] and sentences[at].first <= mention.first and at or 0
  end
end

-- "Omarov's son", "Omarov's eldest daughter": a relative is named next
local function names_kin(text, last)
  local tail = text:sub(last + 1, last + 30)
  local first, second = tail:match("^['\xe2]?\x80?\x99?s (%l+) ?(%l*)")
  return first and (KIN[first] or KIN[second]) or false
end

-- What a tagger left behind a small word: "Rashid al Hadi al " before "Zuwari"
local function cut_off(text, first)
  local head, before = text:sub(math.max(1, first - 60), first - 1), ""
  while true do
    local start, word, gap, small, join = head:match("()(%u[%a\x80-\xff]*%l[%a\x80-\xff]*)([ -])(%l%l+)([ -])$")
    if not (small and PARTICLE[small] and not (ENGLISH[small] and join == " ")) or FUNCTION[unicode.lower(word)] then
      return before
    end
    before = word .. gap .. small .. join .. before
    head = head:sub(1, start - 1)
  end
end

-- A tagger may stop before a small word: "Salim" of "Salim al-Hadi". The name is known by all of it; the passage stays as it is. A part that
-- was found by itself ("Hadi") is known by all of it too. Returns the name and the byte where it ends.
local function whole_name(text, row, before)
  if before and before.reach and before.reach >= row.last then
    return before.form.name, before.reach
  end
  local name = cut_off(text, row.begins or row.first) .. (row.name and row.name ~= "" and row.name or text:sub(row.first, row.last))
  local at = row.last + 1
  while at do
    local gap, small, rest, stop = text:sub(at, at + 40):match("^([ -])(%l%l+)([ -]%u[%a\x80-\xff]+)()")
    if not (small and PARTICLE[small]) or ENGLISH[small] and (gap == " " and rest:byte() == 32) then
      break
    end
    name, at = name .. " " .. small .. rest, at + stop - 1
    local last, behind = text:sub(at, at + 30):match("^( %u[%a\x80-\xff]+)()")
    if last then
      name, at = name .. last, at + behind - 1
    end
  end
  local small = text:sub(at, at + 12):match("^ (%l+)%f[%A]")
  if small and CLOSING[small] then -- "Bakyt Rustam uulu"
    name, at = name .. " " .. small, at + #small + 1
  end
  return name, at - 1 > row.last and at - 1 or nil
end

-- The kind of a mention stands in its metatable: a million mentions have three kinds, and each field of each costs memory.
local KIND = {}

function reading.of_kind(kind, mention)
  KIND[kind] = KIND[kind] or { __index = { kind = kind } }
  return setmetatable(mention, KIND[kind])
end

-- "former ministers Ann Lee and Omar Hadi": the role of the first is the second's as well
local function shared_role(text, row, before)
  if before and before.several and before.last < row.first then
    local gap = text:sub(before.last + 1, row.first - 1)
    return (gap == " and " or gap == ", " or gap == ", and ") and before.several or nil
  end
end

-- "prime minister of Norland" -> "prime minister"; an adviser to the president is no president
local function office_part(role)
  local cut = role.text:find(" of ", 1, true) or role.text:find(" for ", 1, true) or role.text:find(" to ", 1, true) or role.text:find(" in ", 1, true)
  return cut and role.text:sub(1, cut - 1) or role.text
end

-- "son of the president", "the president's brother": whoever that is, he isn't the president.
local function offices_of_kin(world, list)
  local offices
  for _, role in ipairs(list) do
    local owner = role.kin and (role.kin.possessor == "of" and role.text:match(" of (.+)$") or role.kin.possessor)
    local office = owner and world.titles:read(owner).singular
    if office then
      offices = offices or {}
      offices[office] = true
    end
  end
  return offices
end

-- Roles of one mention, as the text gives them before the name and behind it.
local function read_roles(world, text, row, bound, before, mention)
  local list = {}
  local role, plural = world.roles:before(text, bound, row.begins or row.first, row.last, before and before.kind == "person" and before.last or 0)
  local behind = world.roles:behind(text, row.last)
  if role and behind and text:sub(row.first - 2, row.first - 1):find(",") then
    role = nil -- "they want a new mayor, Ann Lee, leader of the Greens, said"
  end
  role = role or shared_role(text, row, before)
  list[#list + 1] = role
  list[#list + 1] = behind
  mention.several = (plural or role and before and role == before.several) and role or nil
  mention.roles = list[1] and list or nil
  mention.kin_offices = offices_of_kin(world, list)
  for _, item in ipairs(list) do
    mention.sex = mention.sex or item.sex
  end
  local office = role or behind
  if office and not (mention.title and mention.title.offices[1]) and not office.kin and office.noun ~= nil and office.head ~= "of" then
    mention.title = world.titles:with_office(mention.title, office_part(office))
  end
end

local function person(world, text, row, bound, before)
  local name, reach = whole_name(text, row, before)
  local begins = row.begins or row.first
  local title = row.title and row.title ~= "" and not row.title:find("%l%l%l%l%l%.$") and row.title or world.titles:before(text, begins)
  local mention = reading.of_kind("person", { id = row.mention_id, first = row.first, last = row.last, form = world.forms:of(name),
    title = title and world.titles:read(title), kin = names_kin(text, row.last) or nil, reach = reach, sentence = 0 })
  read_roles(world, text, row, bound, before, mention)
  local also, generation, told = namesakes.before(text, begins)
  mention.distinct = also or negations.before(text, row.first) or nil
  for _, role in ipairs(mention.roles or {}) do
    generation = generation or namesakes.generation(role)
  end
  mention.generation, mention.told_generation = generation, told or nil
  mention.alias = aliases.behind(text, row.last)
  mention.years = tonumber(text:match("^, (%d%d),? ", row.last + 1))
  mention.unrelated = negations.behind(text, row.last) or nil
  return mention
end

local function group(world, text, row, before)
  local name = row.name and row.name ~= "" and row.name or text:sub(row.first, row.last)
  local mention = reading.of_kind(row.kind, { id = row.mention_id, first = row.first, last = row.last, form = world.forms:of(name), sentence = 0,
    ends = row.ends, bracketed = row.in_brackets or nil })
  if before then
    local begins, ended = row.begins or row.first, before.ends or before.last
    local gap = begins - ended - 1
    if gap >= 0 and gap <= 8 then
      mention.before, mention.gap = before, text:sub(ended + 1, begins - 1)
      mention.apart = text:sub(row.last + 1, row.last + 1) == "," or nil
      mention.closed = text:sub(row.last + 1, row.last + 1) == ")" or nil
    end
  end
  local role = titles.after(text, row.last)
  mention.roles = role and { { text = role, words = {} } } or nil
  return mention
end

local function named(rows)
  local list = {}
  for _, row in ipairs(rows) do
    if has_words(row.name) then list[#list + 1] = row end
  end
  return list
end

--- All articles that have mentions: { id, persons = {…}, groups = {…}, others = keys of the groups, sentences = where each begins }.
function reading.all(ctx, corpus, world)
  load_words()
  local mentions_of = by_article(ctx:rows "select article_id, mention_id, first, last, kind, name, title from mention order by mention_id")
  local sentences_of = by_article(ctx:rows "select article_id, first, last from sentence order by rowid")
  local articles = {}
  for item in corpus:articles() do
    local rows = named(mentions_of(item.article_id))
    if #rows > 0 then
      local record = { id = item.article_id, only = { item.article_id }, persons = {}, groups = {}, others = {}, sentences = {} }
      local all, before, at = {}, nil, 0
      table.sort(rows, function(a, b) return a.first < b.first end)
      repairs.apply(item.text, rows, world.forms)
      local sentences = sentences_of(item.article_id)
      for i, row in ipairs(rows) do
        while sentences[at + 1] and sentences[at + 1].first <= row.first do
          at = at + 1
        end
        local bound = sentences[at] and sentences[at].first or 1
        local mention = row.kind == "person" and person(world, item.text, row, bound, before) or group(world, item.text, row, before)
        local list = row.kind == "person" and record.persons or record.groups
        local place, personal = surroundings.weigh(item.text, row.begins or row.first, row.last)
        mention.as_place, mention.as_person = place > 0 and place or nil, personal > 0 and personal or nil
        all[i], list[#list + 1] = mention, mention
        before = mention
        if row.kind ~= "person" then
          record.others[#record.others + 1] = row.kind .. " " .. mention.form.key
        end
      end
      number_sentences(all, sentences)
      for i, sentence in ipairs(sentences) do
        record.sentences[i] = sentence.first
      end
      articles[#articles + 1] = record
    end
  end
  return articles
end

return reading
