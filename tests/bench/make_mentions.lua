-- Makes articles with COUNT mentions of invented people as JSON lines, to measure how `names` grows: annalist tests/bench/make_mentions.lua COUNT > FILE
-- Each sentence is "NAME spoke on Monday."; ten people an article, half of them also by the family name alone, a fourth under another spelling,
-- and some forty mentions a person. tests/bench/plugins/spoken.lua finds them at no cost.

local GIVEN = { "Amar", "Bela", "Damir", "Edin", "Faris", "Goran", "Haris", "Ilja", "Jasmin", "Karim", "Lejla", "Mirza", "Nedim", "Omar", "Petar", "Rada", "Samir",
  "Tarik", "Vedad", "Zora" }
local FIRST = { "ba", "be", "da", "do", "ga", "ka", "ko", "la", "ma", "mi", "na", "pa", "ra", "ro", "sa", "ta", "va", "za" }
local MIDDLE = { "bra", "dzhi", "gri", "kha", "li", "mu", "nde", "ri", "sho", "tva", "vo", "zhe" }
local LAST = { "kovic", "mirov", "nenko", "rashvili", "soglu", "tanov", "ulin", "yadov" }

local function person(number)
  local family = FIRST[number % #FIRST + 1] .. MIDDLE[number // #FIRST % #MIDDLE + 1] .. FIRST[number // 7 % #FIRST + 1] .. LAST[number // 11 % #LAST + 1]
  return GIVEN[number * 7 % #GIVEN + 1], (family:gsub("^%l", string.upper))
end

local function another_spelling(family)
  return (family:gsub("zh", "j"):gsub("kh", "h"):gsub("sh", "sch"))
end

local count = math.tointeger(arg[1])
local people, state, made, articles = math.max(50, count // 40), 7, 0, 0

local function random(n)
  state = (state * 1103515245 + 12345) & 0x7fffffff
  return (state >> 8) % n
end

while made < count do
  articles = articles + 1
  local parts, region = {}, random(people)
  for k = 1, 10 do
    local given, family = person((region + random(30)) % people)
    if random(4) == 0 then
      family = another_spelling(family)
    end
    parts[#parts + 1] = ("%s %s spoke on Monday."):format(given, family)
    if k <= 5 then
      parts[#parts + 1] = ("%s spoke on Monday."):format(family)
    end
  end
  made = made + #parts
  io.write(('{"id":"%d","text":"%s"}\n'):format(articles, table.concat(parts, " ")))
end
