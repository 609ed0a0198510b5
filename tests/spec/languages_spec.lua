-- languages: what of an article is in another language than the article, on invented news text.

local trial = require "annalist.trial"

local function passages(text)
  local corpus <close> = trial.run { plugin = "languages", articles = { text } }
  local list, full = {}, nil
  for article in corpus:articles() do full = article.text end
  for row in corpus:rows("passage") do list[#list + 1] = row.language .. ": " .. full:sub(row.first, row.last) end
  return list
end

local english = "The council of Port Ellery closed the old pier on Monday after two boats broke loose in the storm.\n\n"
local more = "Nobody was hurt, the harbour master told reporters, but the repairs will take until the end of May.\n"

describe("languages", function()
  it("finds a paragraph that was left in the original", function()
    assert.same({ "es: El alcalde explicó que nadie había resultado herido y que las obras durarían hasta el final de mayo." },
      passages(english .. "El alcalde explicó que nadie había resultado herido y que las obras durarían hasta el final de mayo.\n\n" .. more))
  end)

  it("takes sentences that follow each other for one passage, and short ones too in another script", function()
    assert.same({ "ru: Никто не пострадал, сказал мэр. Ремонт продлится до конца мая, сообщили в порту." },
      passages(english .. "Никто не пострадал, сказал мэр. Ремонт продлится до конца мая, сообщили в порту.\n\n" .. more))
  end)

  it("finds nothing where names are foreign and the language is not", function()
    assert.same({}, passages(english .. "Juan Pérez García, Jean-Luc Moreau and Łukasz Wójcik of the Compañía Naviera del Norte were on board.\n\n" .. more))
  end)

  it("goes by the article's own language", function()
    assert.same({ "en: Nobody was hurt, the harbour master told reporters, but the repairs will take until the end of May." },
      passages("Совет порта закрыл старый пирс в понедельник после того, как в бурю сорвались две лодки.\n\n" .. more ..
        "\nЖители соседних домов говорят, что просили о ремонте ещё два года назад, но ответа не получили.\n"))
  end)
end)
