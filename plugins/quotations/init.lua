-- Who said what: direct, indirect and mixed quotations with their speakers. Reads sentences and mentions, emits table quotation.
-- Rules over small words and verbs of saying (attribution.lua, phrase.lua); marks are paired in marks.lua; words lie in data/quotations/.

local lexicon = require "lib.speech.lexicon"
local reading = require "lib.speech.reading"
local attribution = require "lib.speech.attribution"
local sources = require "lib.speech.sources"
local wordset = require "lib.wordset"
local bearers = require "quotations.bearers"
local speakers = require "quotations.speakers"
local transcript = require "quotations.transcript"

local cues, words

local function prepare() cues, words = lexicon.load() end

local named_so = wordset "headline headlined title titled entitled called named dubbed nicknamed"

--- Is this quotation speech, and not a word in scare quotes or a title? For one that no verb of saying leads to.
-- @param whole it stands alone, from its sentence's start
local function speech_like(text, quote, whole)
  local s = text:sub(quote.first, quote.last)
  if #s < 3 or named_so[(text:sub(math.max(1, quote.first - 20), quote.first - 1):match("(%a+)[^%a]*$") or ""):lower()] then return false end
  local core = s:gsub("[.,]+$", "")                              -- "…, a story of “Winter Roads.”": the full stop is not the title's
  local capitals, long, all = 0, 0, 0
  for word in core:gmatch("[%a\128-\255][%w'\128-\255-]*") do
    all = all + 1
    if #word > 3 then
      long = long + 1
      if word:find("^%u") then capitals = capitals + 1 end
    end
  end
  local closed = s:find("[.,!?]$") ~= nil
  if not whole then
    if all > 1 and long > 0 and capitals == long then return false end   -- "The Art of the Deal"
    if all < 2 and not s:find("[!?]$") then return false end             -- one word
  end
  if #s < 12 then return closed end
  if quote.single and not s:find(" ", 1, true) then return false end
  return closed or all > 1 and not (long > 0 and capitals == long)
end

--- One row's span for tokens a..b of a sentence. Marks are left off where they hold the whole, kept where they hold a part of it.
local function span(s, a, b)
  if a == b and s.k[a] == "Q" then return s.q[a].first, s.q[a].last end
  return s.f[a], s.l[b]
end

local function kind_of(s, a, b)
  local quoted, plain = 0, 0
  for i = a, b do
    if s.k[i] == "Q" then quoted = quoted + s.q[i].last - s.q[i].first + 1
    elseif s.k[i] == "w" or s.k[i] == "n" then plain = plain + s.l[i] - s.f[i] + 1 end
  end
  if quoted == 0 then return "indirect" end
  return plain <= 0.05 * quoted and "direct" or "mixed"
end

local function speaker_of(text, s, c, memory, paragraph)
  if not c.subject_first then return nil end
  local first, last = s.f[c.subject_first], s.l[c.subject_last]
  local name = text:sub(first, last):gsub("'s$", ""):gsub("’s$", ""):gsub("%s+", " ")
  local mentions = memory.article.mentions
  local mention = speakers.mention(text, mentions, first, last, words)
  if mention then mention = bearers.of(mentions, mention, memory.from, memory.last, paragraph)
  elseif name:find("^[%u\195]%S+$") and not words.human[name:lower()] then mention = bearers.named(mentions, name) end
  return { text = name, mention_id = mention and mention.mention_id, kind = mention and mention.kind }
end

--- Rows of one attribution. Quotations that stand alone are a row each; anything else is one row.
local function rows_of(text, s, x, speaker, add)
  local c = x.c
  local cue = text:sub(s.f[c.at], s.l[c.at])
  local kind = kind_of(s, x.a, x.b)
  if kind == "direct" then
    for i = x.a, x.b do
      if s.k[i] == "Q" then
        s.q[i].used = true
        add { first = s.q[i].first, last = s.q[i].last, kind = kind, speaker = speaker, cue = cue }
      end
    end
    return
  end
  for i = x.a, x.b do if s.k[i] == "Q" then s.q[i].used = true end end
  local first, last = span(s, x.a, x.b)
  add { first = first, last = last, kind = kind, speaker = speaker, cue = cue }
end

--- The first token of the clause behind a semicolon in which token i stands: "police said 500 came; the organisers put it at “two thousand”".
local function clause_of(s, i)
  for j = i - 1, 2, -1 do
    if s.k[j] == ";" then return j + 1 end
  end
end

local FEW = 3 -- words

--- Are these a few words without an end, as scare quotes hold them?
local function is_few(text, quote)
  local said = text:sub(quote.first, quote.last)
  return not said:find("[.,!?]$") and select(2, said:gsub("%S+", "")) <= FEW
end

--- Quotations without a cue in their own sentence take the speaker of those beside them in the paragraph, or go on from the one before.
local function alone(text, p, state, add, owner)
  local speaker = state.carried
  for _, s in ipairs(p.sentences) do
    for _, r in ipairs(s.rows) do
      if r.kind ~= "indirect" and r.speaker then speaker = speaker or r.speaker break end
    end
  end
  local current = state.carried
  for _, s in ipairs(p.sentences) do
    for _, r in ipairs(s.rows) do if r.speaker then current = r.speaker end end
    for i = 1, s.n do
      local quote = s.k[i] == "Q" and s.q[i]
      local whole = s.n == 1 or i == 1 and not s.k[2]
      if quote and not quote.used and speech_like(text, quote, whole) then
        local clause = clause_of(s, i)
        local own, unfit
        if not whole and (#s.rows == 0 or clause) then own, unfit = owner(s, i, clause, is_few(text, quote)) end
        local who = not unfit and (own or current or (whole and speaker)) or nil
        if who or whole and text:find("^[.,!?…]", quote.last) then       -- a few words in a sentence about somebody else are nobody's speech
          add { first = quote.first, last = quote.last, kind = "direct", speaker = who }
        end
      end
    end
  end
end

--- The speaker himself where the text has "he" or "she" and it is clear who that is.
local function resolved(speaker, memory, paragraph, position)
  local pronoun = speakers.pronoun(speaker.text)
  local m = pronoun and speakers.resolve(memory, pronoun, paragraph, position, memory.article)
  return m and { text = m.text, mention_id = m.mention_id, kind = "person" } or speaker
end

--- May the words before a headline's colon be somebody who speaks? A person or body that the text knows, an office, a paper; not "The quay", "NEWS".
local function heads_headline(speaker)
  if speaker.kind then return speaker.kind ~= "place" end
  for word in speaker.text:lower():gmatch("[%a\128-\255]+") do
    if words.speaker[word] or words.document[word] or words.title[word] or words.voice[word] or words.body[word] then return true end
  end
  return false
end

local relative = wordset "which that whom"

--- The speaker behind "which he said": whoever the sentence is about; nil for others.
local function told_of(text, s, c, memory, paragraph)
  local i = c.subject_first
  if not i or i < 4 or not relative[s.w[i - 1]] or not speakers.pronoun(s.w[i]) then return nil end
  local a, b = sources.main_subject(s, {}, words, i - 1)
  if not a or b >= i - 1 then return nil end
  local found = speaker_of(text, s, { subject_first = a, subject_last = b }, memory, paragraph)
  return (found.kind == "person" or speakers.is_human(found.text, words)) and found or nil
end

local first_person = wordset "i we you"

local function read_sentence(text, s, n, memory, add)
  s.rows = {}
  for _, x in ipairs(attribution.find(s, cues, words)) do
    local speaker = told_of(text, s, x.c, memory, n) or speaker_of(text, s, x.c, memory, n)
    if x.how == "headline" and (s.answer or not heads_headline(speaker)) then goto continue end
    if s.answer and speaker and first_person[speakers.pronoun(speaker.text)] then goto continue end
    if speaker and not speakers.is_someone(speaker.text, text:sub(s.l[x.c.subject_last] + 1, s.l[x.c.subject_last] + 3), words) then
      if kind_of(s, x.a, x.b) == "indirect" and not speaker.text:find(" ", 1, true) then goto continue end
      speaker = nil                                              -- "with 700 men ordered …": something is said, by whom was not made out
    end
    if speaker and speakers.pronoun(speaker.text) then
      speaker = resolved(speaker, memory, n, s.f[x.c.subject_first])
    elseif speaker and not s.headline then
      local issuer = speakers.issuer(memory, speaker, n, words, s.f[x.c.subject_first])
      speakers.note_paper(memory, speaker, text:sub(s.f[1], s.l[s.n]), n, words)
      if issuer == speaker then speakers.note(memory, speaker, n, s.f[x.c.subject_first], words) end
      speaker = issuer
    end
    rows_of(text, s, x, speaker, function(row)
      s.rows[#s.rows + 1] = row
      add(row)
    end)
    ::continue::
  end
end

--- Can the subject of a sentence that quotes a few words have said them? "The dam" can't.
local function speaks(phrase)
  if speakers.pronoun(phrase) or phrase:gsub("^The ", ""):find("^%u%S* %u") then return true end
  for word in phrase:lower():gmatch("[%a\128-\255]+") do
    if words.speaker[word] or words.human[word] or words.title[word] or words.voice[word] or words.body[word] or words.document[word] or words.delegate[word]
      or words.determiner[word] == nil and word:find("s$") then return true end
  end
  return false
end

local counting = wordset "put puts counted counts estimated estimates gave gives"

--- The subject of a sentence in which words are quoted without a verb of saying: "Ann Lee dismissed it as “a bad joke”".
local function subject_of(text, s, before, memory, paragraph, from, few)
  local a, b = sources.main_subject(s, {}, words, before, from)
  if not a or words.determiner[s.w[a]] and a == b or s.w[a] == "it" or s.w[a] == "there" or s.w[a] == "they" or s.w[a] == "we" then return nil end
  for i = a + 1, b do
    if counting[s.w[i]] then b = i - 1 break end                 -- "his own staff put the crowd at"
  end
  local found = speaker_of(text, s, { subject_first = a, subject_last = b }, memory, paragraph)
  if few and not found.kind and not speaks(found.text) then return nil, true end
  return resolved(found, memory, paragraph, s.f[a])
end

--- What one says in an interview, as a row. "A" is the only person whom the words before the interview name, "Dr Fort" the only one of that name.
local function answer(text, turn, mentions, begin)
  local mention = speakers.mention(text, mentions, turn.label_first, turn.label_last, words) or bearers.named(mentions, turn.label)
  if turn.label == "A" or turn.label == "Answer" then mention = speakers.only_person(mentions, {}, begin, 1) end
  return { first = turn.first, last = turn.last, kind = "direct", speaker = { text = turn.label, mention_id = mention and mention.mention_id } }
end

local function article(ctx, a)
  local text, sentences, mentions = a.text, {}, {}
  for row in ctx:rows("select first, last from sentence order by first") do sentences[#sentences + 1] = row end
  for row in ctx:rows("select mention_id, first, last, kind, name, title from mention order by first, last") do mentions[#mentions + 1] = row end
  local paragraphs = reading.read(text, sentences, function(w) return cues[w] ~= nil end)
  local rows, seen, memory, state = {}, {}, speakers.memory(mentions), {}
  memory.article = { text = text, mentions = mentions, sentences = sentences }
  local function add(row)
    local key = row.first * 2^24 + row.last
    if seen[key] then
      if row.speaker and not seen[key].speaker then seen[key].speaker, seen[key].cue = row.speaker, row.cue end
      return
    end
    seen[key] = row
    rows[#rows + 1] = row
  end
  local spoken = transcript.read(text, paragraphs, words)
  for n, p in ipairs(paragraphs) do
    local closing = text:sub(p.last, p.last)
    local headline = #p.sentences == 1 and not closing:find("[.:]") and p.last - p.first < 160
    local turn = spoken and spoken[n]
    memory.from = p.first
    if p.entry then memory.last, memory.floor = nil, p.first end
    if turn then add(answer(text, turn, mentions, paragraphs[spoken.from].first)) end
    for _, quote in ipairs(p.quotes) do memory.quotes[#memory.quotes + 1] = quote end
    for _, s in ipairs(p.sentences) do
      s.headline, s.answer = headline or s.capitals and #p.sentences == 1, turn ~= nil
      read_sentence(text, s, n, memory, add)
    end
    if not turn then alone(text, p, state, add, function(s, before, from, few) return subject_of(text, s, before, memory, n, from, few) end) end
    state.carried = nil
    local last = p.quotes[#p.quotes]
    if last and not last.closed then
      for _, s in ipairs(p.sentences) do for _, r in ipairs(s.rows) do state.carried = r.speaker or state.carried end end
    end
    if closing == ":" and memory.last then state.carried = { text = memory.last.text, mention_id = memory.last.mention_id } end
  end
  table.sort(rows, function(x, y)
    if x.first ~= y.first then return x.first < y.first end
    return x.last < y.last
  end)
  for _, r in ipairs(rows) do
    ctx:emit("quotation", { first = r.first, last = r.last, kind = r.kind, speaker = r.speaker and r.speaker.text,
      mention_id = r.speaker and r.speaker.mention_id, cue = r.cue })
  end
end

return {
  name = "quotations", version = 1, api = 1,
  summary = "Who said what: direct, indirect and mixed quotations with their speakers",
  needs = { "sentences", "entities" },
  results = { quotation = { { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "kind", "text!" },
    { "speaker", "text" }, { "mention_id", "integer" }, { "cue", "text" } } },
  prepare = prepare,
  article = article,
}
