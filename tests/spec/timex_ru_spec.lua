-- Time expressions in Russian: invented news of one day, and what must be read from it, as { passage, type, value }.

local timex = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "timex_workshop.lua")

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
  local open, close, check = timex.cases(cases, "ru", "2021-03-02")
  setup(open)
  teardown(close)
  for _, case in ipairs(cases) do
    it(case[1], function() check(case) end)
  end
end)
