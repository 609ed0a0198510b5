-- What the specs of time expressions share: texts of one language go into a corpus, each with a day of its own or none, `timex` runs once,
-- and each text must have given the expressions that its case lists, as { passage, type, value [, mod] }, all of them and no others.

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")
local sqlite = require "annalist.sqlite"
local system = require "annalist.system"

local timex_workshop = {}

local fixed_day = [[return { name = "fixed_day", version = 1, api = 1, summary = "the declared day, whatever speaks against it",
  provides = "published", needs = { "sentences" },
  results = { published = { { "article_id", "integer!" }, { "date", "text" }, { "precision", "text" }, { "confidence", "number" }, { "method", "text" },
    { "first", "integer" }, { "last", "integer" }, { "reason", "text" } } },
  article = function(ctx, article)
    if article.declared_date then ctx:emit("published", { date = article.declared_date, precision = "day", confidence = 1, method = "text", reason = "a test" }) end
  end }]]

--- A corpus in `folder` of texts { text, day or nil }, all of one language, over which timex has run. Returns the result of the run.
--- limits: { article_seconds, memory } other than the small ones here.
function timex_workshop.run(folder, texts, language, name, set, limits)
  workshop.plugin(folder, "fixed_day", fixed_day)
  local path = folder .. "/" .. (name or "c.db")
  do
    local corpus <close> = sqlite.corpus(path, "create")
    for i, entry in ipairs(texts) do
      corpus:execute("insert into source (path, status) values (?, 'loaded')", "text " .. i)
      corpus:execute("insert into article (source_id, ordinal, sha256, text, body_first, language, declared_date) values (?, 1, ?, ?, 1, ?, ?)",
        corpus:last_id(), system.sha256(entry[1]), entry[1], language, entry[2])
    end
  end
  return workshop.run(folder, { "timex" }, { corpus = path, use = { published = "fixed_day" }, set = set, article_seconds = limits and limits.article_seconds or 5,
    corpus_seconds = 20, memory = limits and limits.memory or 256 << 20 })
end

local function shown(rows)
  local lines = {}
  for i, row in ipairs(rows) do lines[i] = ("%s %s [%s] %s %s"):format(row.type or row[2], row.value or row[3], row.passage or row[1], row.mod or row[4] or "", row.anchor or "") end
  return table.concat(lines, "\n")
end

--- The rows of one text, in order, with the passage of each.
function timex_workshop.read(db, text)
  return db:all([[select timex.*, substr(cast(text as blob), first, last - first + 1) as passage from timex join article using (article_id)
    where text = ? order by first]], text)
end

--- Holds rows against { passage, type, value [, mod] }; returns nil, or what was wanted and what was found.
function timex_workshop.differs(rows, wanted)
  for i = 1, math.max(#rows, #wanted) do
    local row, want = rows[i], wanted[i]
    if not (row and want and row.passage == want[1] and row.type == want[2] and row.value == want[3] and (not want[4] or row.mod == want[4])) then
      return "wanted\n" .. shown(wanted) .. "\nfound\n" .. shown(rows)
    end
  end
  return nil
end

--- Cases { name, text, wanted [, day = …] } of one corpus; day: that of the cases that name none (nil: without day).
--- Returns setup, teardown, and check(case), that raises what is wrong.
function timex_workshop.cases(cases, language, day)
  local folder, db
  local function setup()
    folder = workshop.folder()
    local texts = {}
    for i, case in ipairs(cases) do texts[i] = { case[2], case.day or day } end
    local result = timex_workshop.run(folder, texts, language)
    assert(result.failed == 0, result.errors[1] and result.errors[1].message)
    db = sqlite.open(folder .. "/c.db", "read")
  end
  local function teardown()
    if db then db:close() end
    workshop.clear(folder)
  end
  local function check(case)
    local wrong = timex_workshop.differs(timex_workshop.read(db, case[2]), case[3])
    if wrong then error(wrong, 0) end
  end
  return setup, teardown, check
end

return timex_workshop
