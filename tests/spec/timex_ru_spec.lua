-- Time expressions in Russian: invented news of one day, and what must be read from it, as { passage, type, value }.

local workshop = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "workshop.lua")
local sqlite = require "annalist.sqlite"
local system = require "annalist.system"

-- 2021-03-02 was a Tuesday
local cases = {
  { "reads dates in full and in figures", "Мост открыли 6 октября 2020 года, акт подписали 23.12.2020.",
    { { "6 октября 2020 года", "DATE", "2020-10-06" }, { "23.12.2020", "DATE", "2020-12-23" } } },
  { "parts a span of days", "Ярмарка шла 4–6 октября.", { { "4", "DATE", "2020-10-04" }, { "6 октября", "DATE", "2020-10-06" } } },
  { "reads months, years, decades, quarters", "В октябре прошлого года, в начале 2019 года и в третьем квартале 2018 года рос спрос, как в 1990-х годах.",
    { { "октябре прошлого года", "DATE", "2020-10" }, { "начале 2019 года", "DATE", "2019" }, { "третьем квартале 2018 года", "DATE", "2018-Q3" }, { "1990-х годах", "DATE", "199" } } },
  { "puts a weekday behind or ahead by the verb of its clause", "В воскресенье прорвало дамбу, а в пятницу пройдёт суд.",
    { { "воскресенье", "DATE", "2021-02-28" }, { "пятницу", "DATE", "2021-03-05" } } },
  { "reads parts of the day and times", "Вчера вечером в 21:40 погас свет; в ночь на 6 октября он тоже гас.",
    { { "Вчера вечером в 21:40", "TIME", "2021-03-01T21:40" }, { "ночь на 6 октября", "TIME", "2020-10-06TNI" } } },
  { "reads periods from where the writer stands", "На прошлой неделе и в прошлом году было тихо, два дня назад началось, через неделю кончится.",
    { { "прошлой неделе", "DATE", "2021-W08" }, { "прошлом году", "DATE", "2020" }, { "два дня назад", "DATE", "2021-02-28" }, { "через неделю", "DATE", "2021-W10" } } },
  { "takes durations and sets for no dates", "Последние три года он ездит туда каждый понедельник, раз в месяц остаётся на несколько дней.",
    { { "Последние три года", "DURATION", "P3Y" }, { "каждый понедельник", "SET", "XXXX-WXX-1" }, { "раз в месяц", "SET", "P1M" }, { "несколько дней", "DURATION", "PXD" } } },
  { "takes no age for a duration", "44-летний водитель недавно уволился.", { { "недавно", "DATE", "PAST_REF" } } },
}

describe("timex in Russian", function()
  local folder, db

  setup(function()
    folder = workshop.folder()
    workshop.plugin(folder, "fixed_day", [[return { name = "fixed_day", version = 1, api = 1, summary = "the declared day", provides = "published", needs = { "sentences" },
      results = { published = { { "article_id", "integer!" }, { "date", "text" }, { "precision", "text" }, { "confidence", "number" }, { "method", "text" },
        { "first", "integer" }, { "last", "integer" }, { "reason", "text" } } },
      article = function(ctx, article) ctx:emit("published", { date = article.declared_date, precision = "day", confidence = 1, method = "text", reason = "a test" }) end }]])
    do
      local corpus <close> = sqlite.corpus(folder .. "/c.db", "create")
      for _, case in ipairs(cases) do
        corpus:execute("insert into source (path, status) values (?, 'loaded')", "text " .. #case[2])
        corpus:execute("insert into article (source_id, ordinal, sha256, text, body_first, language, declared_date) values (?, 1, ?, ?, 1, 'ru', '2021-03-02')",
          corpus:last_id(), system.sha256(case[2]), case[2])
      end
    end
    local result = workshop.run(folder, { "timex" }, { use = { published = "fixed_day" }, article_seconds = 5, corpus_seconds = 20, memory = 256 << 20 })
    assert(result.failed == 0, result.errors[1] and result.errors[1].message)
    db = sqlite.open(folder .. "/c.db", "read")
  end)
  teardown(function()
    if db then db:close() end
    workshop.clear(folder)
  end)

  for _, case in ipairs(cases) do
    it(case[1], function()
      local found = {}
      for row in db:rows([[select type, value, substr(cast(text as blob), first, last - first + 1) as passage from timex join article using (article_id) where text = ? order by first]], case[2]) do
        found[#found + 1] = { row.passage, row.type, row.value }
      end
      assert.are.same(case[3], found)
    end)
  end
end)
