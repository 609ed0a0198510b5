-- The sample corpus against its gold reading (data/kyrgyzstan-2020/gold.json): load, run, compare.
-- It knows the program by the contract alone: the command line, and the tables of CONTRACT section 2.
-- What is asked for is said in TOLERANCE; a share that rises for good may be raised here, never lowered without a word why.

local sqlite = require "annalist.sqlite"
local system = require "annalist.system"

local TOLERANCE = {
  dates = 1.00,          -- articles that have a true day, dated to it
  blocks = 1.00,         -- what is no part of the article, or its title line, marked as what it is
  persons = 0.90,        -- gold persons of an article for whom a mention stands there
  same_person = 0.90,    -- spellings of one person under his commonest entity
  figures = 1.00,        -- gold figures of the shown measures with a row of that value on the passage
  quotations = 0.95,     -- gold quotations half covered by a row
  speakers = 0.95,       -- of those covered, with the speaker
  events = 0.85,         -- gold events with an event of that day whose evidence touches a gold passage's sentence
  discrepancies = 0.80,  -- gold discrepancies with a row of that verdict on two gold sides
  origin = 1.00,         -- reuse pairs found
}
local MEASURES = { killed = true, injured = true, detained = true, missing = true, displaced = true, protesters = true,
  money = true, percent = true, hospitalised = true }

local folder = system.join(system.data(), "kyrgyzstan-2020")
local program = system.join(system.home(), "annalist")
do
  local link = io.popen("readlink /proc/$PPID/exe")
  local found = link and link:read("l")
  if link then link:close() end
  if found and system.exists(found) then program = found end
end

local function quoted(s) return "'" .. s:gsub("'", "'\\''") .. "'" end

--- Run the program itself, as a user would. Returns its exit status and all that it printed.
local function annalist(...)
  local words = { quoted(program) }
  for _, word in ipairs { ... } do words[#words + 1] = quoted(word) end
  local pipe = assert(io.popen(table.concat(words, " ") .. " 2>&1; echo \"status $?\""))
  local out = pipe:read("a")
  pipe:close()
  return tonumber(out:match("status (%d+)%s*$")), out
end

describe("the sample corpus", function()
  local place, corpus, json, gold_text
  local id_of, text_of = {}, {}

  --- The records of one part of the gold reading, as flat tables: columns are JSON paths under their own names.
  local function gold(part, columns)
    local list = {}
    for i, column in ipairs(columns) do list[i] = ("json_extract(value, '$.%s') as %s"):format(column, column) end
    return json:all(("select %s from json_each(?, '$.%s')"):format(table.concat(list, ", "), part), gold_text)
  end
  --- The same of a list inside a record, given as JSON text.
  local function inner(text, columns)
    local list = {}
    for i, column in ipairs(columns) do list[i] = ("json_extract(value, '$.%s') as %s"):format(column, column) end
    return json:all(("select %s from json_each(?)"):format(table.concat(list, ", ")), text)
  end

  local function span(key, passage)
    local first = text_of[key]:find(passage, 1, true)
    assert(first, ("gold passage %q does not stand in article %s"):format(passage, key))
    return first, first + #passage - 1
  end
  local function share(found, all, least, what, missed)
    assert(found >= least * all, ("%s: %d of %d, at least %.0f %% are asked for; missing:\n  %s")
      :format(what, found, all, least * 100, table.concat(missed, "\n  ")))
  end

  setup(function()
    place = system.temporary_directory() .. "/annalist-sample-" .. tostring(os.time()) .. "-" .. tostring(math.random(1 << 30))
    system.mkdir(place)
    local file = system.join(place, "sample.annalist")
    local status, out = annalist("load", file, system.join(folder, "articles"))
    assert(status == 0, out)
    status, out = annalist("run", file, "report", "-o", system.join(place, "out"))
    assert(status == 0, out)
    corpus = sqlite.open(file, "read")
    json = sqlite.open(":memory:", "create")
    gold_text = system.read(system.join(folder, "gold.json"))
    for _, g in ipairs(gold("articles", { "key", "file", "id" })) do
      local row
      if g.id then row = corpus:row("select article_id, text from article where external_id = ?", g.id)
      else row = corpus:row("select article_id, text from article join source using (source_id) where path like ?", "%" .. g.file) end
      assert(row, "not loaded: " .. g.key)
      id_of[g.key], text_of[g.key] = row.article_id, row.text
    end
  end)

  teardown(function()
    if json then json:close() end
    if corpus then corpus:close() end
    if place then os.execute("rm -rf " .. quoted(place)) end
  end)

  it("is loaded whole: ten articles from text files and JSONL", function()
    assert.are.equal(10, corpus:value("select count(*) from article"))
  end)

  it("has every gold passage in its article, byte for byte", function()
    for _, part in ipairs { "figures", "quotations" } do
      for _, g in ipairs(gold(part, { "article", "passage" })) do span(g.article, g.passage) end
    end
    for _, p in ipairs(gold("persons", { "spellings" })) do
      for _, s in ipairs(inner(p.spellings, { "article", "name" })) do span(s.article, s.name) end
    end
  end)

  it("is dated to the day", function()
    local found, all, missed = 0, 0, {}
    for _, g in ipairs(gold("articles", { "key", "published" })) do
      if g.published then
        all = all + 1
        local row = corpus:row("select date, reason from published where article_id = ?", id_of[g.key])
        if row and row.date and row.date:sub(1, 10) == g.published then found = found + 1
        else missed[#missed + 1] = ("%s: %s, not %s (%s)"):format(g.key, tostring(row and row.date), g.published, tostring(row and row.reason)) end
      end
    end
    share(found, all, TOLERANCE.dates, "dates", missed)
  end)

  it("is never dated by the day on which it was crawled", function()
    for _, g in ipairs(gold("articles", { "key", "refused" })) do
      local row = corpus:row("select date, reason from published where article_id = ?", id_of[g.key])
      for bad in g.refused:gmatch("%d%d%d%d%-%d%d%-%d%d") do
        assert(not (row and row.date and row.date:sub(1, 10) == bad), ("%s is dated %s (%s)"):format(g.key, bad, tostring(row and row.reason)))
      end
    end
  end)

  it("shows its people", function()
    local found, all, missed = 0, 0, {}
    for _, p in ipairs(gold("persons", { "name", "spellings" })) do
      for _, s in ipairs(inner(p.spellings, { "article", "name" })) do
        all = all + 1
        local hit = corpus:value("select count(*) from mention where article_id = ? and kind = 'person' and (name = ? or name like ?)",
          id_of[s.article], s.name, "%" .. s.name .. "%")
        if hit > 0 then found = found + 1 else missed[#missed + 1] = s.article .. ": " .. s.name end
      end
    end
    share(found, all, TOLERANCE.persons, "people", missed)
  end)

  --- The entity under which most mentions of that spelling in that article lie.
  local function entity(key, name)
    return corpus:value([[select entity_id from mention join mention_entity using (mention_id)
      where article_id = ? and kind = 'person' and name = ? group by entity_id order by count(*) desc, entity_id limit 1]], id_of[key], name)
  end

  local function entities()
    local by, counted = {}, {}
    for _, p in ipairs(gold("persons", { "id", "spellings" })) do
      by[p.id], counted[p.id] = {}, 0
      for _, s in ipairs(inner(p.spellings, { "article", "name" })) do
        local e = entity(s.article, s.name)
        if e then
          by[p.id][e] = (by[p.id][e] or 0) + 1
          counted[p.id] = counted[p.id] + 1
        end
      end
    end
    return by, counted
  end

  it("never makes one man of two brothers, nor of any two people", function()
    local by = entities()
    for pair in json:rows("select json_extract(value, '$[0]') as one, json_extract(value, '$[1]') as other from json_each(?, '$.apart')", gold_text) do
      for e in pairs(by[pair.one]) do
        assert(not by[pair.other][e], pair.one .. " and " .. pair.other .. " share entity " .. tostring(e))
      end
    end
  end)

  it("brings the spellings of one person together", function()
    local by, counted = entities()
    local found, all, missed = 0, 0, {}
    for _, p in ipairs(gold("persons", { "id" })) do
      local most = 0
      for _, n in pairs(by[p.id]) do most = math.max(most, n) end
      if counted[p.id] > 1 then
        found, all = found + most, all + counted[p.id]
        if most < counted[p.id] then missed[#missed + 1] = ("%s: %d of %d"):format(p.id, most, counted[p.id]) end
      end
    end
    share(found, all, TOLERANCE.same_person, "spellings", missed)
  end)

  it("gives up its figures with their values", function()
    local found, all, missed = 0, 0, {}
    for _, g in ipairs(gold("figures", { "article", "measure", "value", "passage" })) do
      if MEASURES[g.measure] then
        all = all + 1
        local first, last = span(g.article, g.passage)
        local hit = corpus:value("select count(*) from figure where article_id = ? and measure = ? and value = ? and first <= ? and last >= ?",
          id_of[g.article], g.measure, g.value, last, first)
        if hit > 0 then found = found + 1 else missed[#missed + 1] = ("%s: %s %s, %s"):format(g.article, g.measure, g.value, g.passage) end
      end
    end
    share(found, all, TOLERANCE.figures, "figures", missed)
  end)

  it("gives up its quotations with their speakers", function()
    local found, all, named, missed, silent = 0, 0, 0, {}, {}
    local spelt = {}                                     -- a pronoun may have been resolved: any spelling of the person will do
    for _, p in ipairs(gold("persons", { "id", "spellings" })) do
      for _, sp in ipairs(inner(p.spellings, { "article", "name" })) do
        local key = p.id .. " " .. sp.article
        spelt[key] = spelt[key] or {}
        table.insert(spelt[key], sp.name:lower())
      end
    end
    for _, g in ipairs(gold("quotations", { "article", "passage", "speaker", "person" })) do
      all = all + 1
      local first, last = span(g.article, g.passage)
      local best, most = nil, 0
      for row in corpus:rows("select first, last, speaker from quotation where article_id = ? and first <= ? and last >= ?", id_of[g.article], last, first) do
        local shared = math.min(last, row.last) - math.max(first, row.first) + 1
        if shared > most then best, most = row, shared end
      end
      if best and 2 * most >= last - first + 1 then
        found = found + 1
        local head = g.speaker:match("(%S+)$"):lower()
        local given = (best.speaker or ""):lower()
        local right = given:find(head, 1, true) ~= nil
        for _, name in ipairs(spelt[tostring(g.person) .. " " .. g.article] or {}) do
          right = right or given:find(name:match("(%S+)$"), 1, true) ~= nil
        end
        if right then named = named + 1
        else silent[#silent + 1] = ("%s: %s, not %s: %s"):format(g.article, g.speaker, tostring(best.speaker), g.passage) end
      else
        missed[#missed + 1] = g.article .. ": " .. g.passage
      end
    end
    share(found, all, TOLERANCE.quotations, "quotations", missed)
    share(named, found, TOLERANCE.speakers, "speakers", silent)
  end)

  it("sees that one agency's passage stands in three papers", function()
    local found, all, missed = 0, 0, {}
    for _, g in ipairs(json:all([[select json_extract(value, '$.articles[0]') as a, json_extract(value, '$.articles[1]') as b,
        json_extract(value, '$.passage') as passage from json_each(?, '$.reuse')]], gold_text)) do
      all = all + 1
      local first, last = span(g.a, g.passage)
      local other_first, other_last = span(g.b, g.passage)
      local hit = corpus:value([[select count(*) from reuse where
          (article_id = ?1 and other_id = ?2 and first <= ?4 and last >= ?3 and other_first <= ?6 and other_last >= ?5) or
          (article_id = ?2 and other_id = ?1 and first <= ?6 and last >= ?5 and other_first <= ?4 and other_last >= ?3)]],
        id_of[g.a], id_of[g.b], first, last, other_first, other_last)
      if hit > 0 then found = found + 1 else missed[#missed + 1] = g.a .. " and " .. g.b end
    end
    share(found, all, TOLERANCE.origin, "reused passages", missed)
  end)

  it("is told day by day", function()
    local found, all, missed = 0, 0, {}
    for _, g in ipairs(gold("events", { "date", "what", "evidence" })) do
      all = all + 1
      local hit = 0
      for _, e in ipairs(inner(g.evidence, { "article", "passage" })) do
        local first, last = span(e.article, e.passage)
        hit = hit + corpus:value([[select count(*) from event join event_evidence using (event_id)
          where article_id = ? and first <= ? and last >= ? and substr(date, 1, 10) = ?]], id_of[e.article], last, first, g.date)
      end
      if hit > 0 then found = found + 1 else missed[#missed + 1] = g.date .. " " .. g.what end
    end
    share(found, all, TOLERANCE.events, "events", missed)
  end)

  it("shows where its articles differ", function()
    local found, all, missed = 0, 0, {}
    for _, g in ipairs(gold("discrepancies", { "subject", "verdict", "sides" })) do
      all = all + 1
      local touched = {}                                 -- discrepancy_id of that verdict -> how many gold sides it touches
      local hit = false
      for _, s in ipairs(inner(g.sides, { "article", "passage" })) do
        local first, last = span(s.article, s.passage)
        for row in corpus:rows([[select distinct discrepancy_id as id from discrepancy_side join discrepancy using (discrepancy_id)
            where article_id = ? and first <= ? and last >= ? and verdict = ? order by 1]], id_of[s.article], last, first, g.verdict) do
          touched[row.id] = (touched[row.id] or 0) + 1
          hit = hit or touched[row.id] >= 2
        end
      end
      if hit then found = found + 1 else missed[#missed + 1] = g.verdict .. ": " .. g.subject end
    end
    share(found, all, TOLERANCE.discrepancies, "discrepancies", missed)
  end)

  it("calls nothing a conflict, stale, or at odds with itself that a careful reader would not", function()
    local wrong = {}
    for d in corpus:rows("select discrepancy_id, verdict, summary from discrepancy where verdict in ('conflict', 'internal', 'stale') order by discrepancy_id") do
      local right = false
      for _, g in ipairs(gold("discrepancies", { "verdict", "sides" })) do
        for _, s in ipairs(g.verdict == d.verdict and inner(g.sides, { "article", "passage" }) or {}) do
          local first, last = span(s.article, s.passage)
          right = right or corpus:value("select count(*) from discrepancy_side where discrepancy_id = ? and article_id = ? and first <= ? and last >= ?",
            d.discrepancy_id, id_of[s.article], last, first) > 0
        end
      end
      if not right then wrong[#wrong + 1] = d.verdict .. ": " .. d.summary end
    end
    assert.same({}, wrong)
  end)

  it("gives no number of killed and injured that no reader would", function()
    local allowed, wrong = {}, {}
    for _, g in ipairs(gold("figures", { "article", "measure", "value" })) do allowed[("%d %s %g"):format(id_of[g.article], g.measure, g.value or -1)] = true end
    for row in corpus:rows("select article_id, measure, value, first from figure where measure in ('killed', 'injured') and value > 1 order by article_id, first") do
      local key = ("%d %s %g"):format(row.article_id, row.measure, row.value)
      if not allowed[key] then wrong[#wrong + 1] = key end
    end
    assert.same({}, wrong)
  end)

  it("says what in its articles is furniture of the page", function()
    local found, all, missed = 0, 0, {}
    for _, g in ipairs(gold("blocks", { "article", "kind", "passage" })) do
      all = all + 1
      local first, last = span(g.article, g.passage)
      local kind = corpus:value("select kind from block where article_id = ? and first <= ? and last >= ? order by last - first limit 1", id_of[g.article], last, first)
      if kind == g.kind then found = found + 1 else missed[#missed + 1] = ("%s: %s, not %s: %s"):format(g.article, tostring(kind), g.kind, g.passage) end
    end
    share(found, all, TOLERANCE.blocks, "blocks", missed)
  end)

  it("ends in a report that can be opened", function()
    for _, name in ipairs { "report.html", "report.md", "report.json" } do
      assert(system.exists(system.join(system.join(place, "out"), name)), name .. " is missing")
    end
    local plain = system.read(system.join(system.join(place, "out"), "report.md"))
    assert.truthy(plain:find("bears the date 17 March 2023", 1, true))                   -- the crawl's
    assert.truthy(plain:find("%*%*590%*%*[^\n]*given by Health Ministry"))                -- three articles, one ministry
    assert.truthy(plain:find("told in 2 renderings", 1, true))
  end)
end)
