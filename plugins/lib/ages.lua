-- Ages as the news gives them: "a 19-year-old", "aged 47", ", 47,", "between the ages of 30 and 35", "in his forties", "born in 1972".

local number_words = require "lib.number_words"

local ages = {}

local OLDEST = 115

--- Call in `prepare` before passages are read.
function ages.load() number_words.load() end

-- Decades of life: "thirties" -> 30
local TENS = { teens = 13, twenties = 20, thirties = 30, forties = 40, fifties = 50, sixties = 60, seventies = 70, eighties = 80, nineties = 90 }
local PARTS = { early = { 0, 4 }, mid = { 3, 7 }, late = { 6, 9 } }

local function decade(part, tens)
  local from = TENS[tens] or tonumber(tens:match("^(%d0)'?s$"))
  if not from then return nil end
  local range = PARTS[part] or { 0, 9 }
  return from + range[1], from + range[2]
end

local function exact(a) return number_words.of(a), number_words.of(a) end
local function between(a, b) return number_words.of(a), number_words.of(b) end
local function above(a) return number_words.of(a), OLDEST end

-- Pattern, what it means; the first that fits a place has it. The captures around the words are where the age stands.
local FORMS = {
  { "()between the ages of (%w+) and (%w+)()", between },
  { "()aged? between (%w+) and (%w+)()", between },
  { "()between (%w+) and (%w+) years old()", between },
  { "()aged? (%d+) to (%d+)()", between },
  { "()of age over (%w+)()", above },
  { "()aged over (%w+)()", above },
  { "()over (%w+) years o[lf]d?()", above },
  { "()older than (%d+)()", above },
  { "()(%w[%w-]*)%-year%-old()", exact },
  { "()(%w[%w-]*) years old()", exact },
  { "()(%d+) years of age()", exact },
  { "()%f[%a]aged? (%w[%w-]*)()", exact },
  { "()in h[ie][sr] (%a*)[ -]?(%w+'?s)()", decade },
  { "()in their (%a*)[ -]?(%w+'?s)()", decade },
}

--- Ages within first..last of a text: a list of { from, to (years of age), first, last (bytes) }, in order.
function ages.within(text, first, last)
  local passage, list = text:sub(first, last):lower(), {}
  for _, form in ipairs(FORMS) do
    local init = 1
    while true do
      local found = table.pack(passage:match(form[1], init))
      if not found[1] then break end
      local from, stop = found[1], found[found.n]
      local low, high = form[2](table.unpack(found, 2, found.n - 1))
      local free = low and high and low > 0 and low <= high and high <= OLDEST
      for _, other in ipairs(list) do free = free and (first + stop - 2 < other.first or first + from - 1 > other.last) end
      if free then list[#list + 1] = { from = low, to = high, first = first + from - 1, last = first + stop - 2 } end
      init = math.max(stop, init + 1)
    end
  end
  table.sort(list, function(a, b) return a.first < b.first end)
  return list
end

--- The year of birth that the text gives behind a name: "(born 1972)", "born in 1972", "who was born on 3 May 1972".
function ages.born(text, last)
  local tail = text:sub(last + 1, last + 60)
  local year = tail:match("^[ ,(]*born[ %a,.%d]-([12]%d%d%d)") or tail:match("^ ?%(b%.? ?([12]%d%d%d)%)") or tail:match("^,? who was born[ %a,.%d]-([12]%d%d%d)")
  return tonumber(year)
end

local BEHIND = { "^, aged? ()(%d%d)()%D", "^, ()(%d%d?)(),", "^, ()(%d%d)() years old", "^ ?%(()(%d%d)()%)", "^,? who is ()(%d%d)()%D", "^,? is ()(%d%d)()[,. ]" }

local FEW = 3 -- words between an age and a name

-- May these words stand between an age and the name of the one who is so old? "girl", "daughter", not "girl's mother", "son of"
local function leads_to_name(words_between)
  local s = words_between
  return select(2, s:gsub("%S+", "")) <= FEW and not (s:find("'s?%f[%s]") or s:find("’s?%f[%s]") or s:find("%f[%a]of%f[%A]") or s:find("%f[%a]and%f[%A]"))
end

--- The age that the text gives at the name in first..last: ", 47," "(47)" "aged 47" "47-year-old" "who is 47". Returns it and its first and last byte.
function ages.at_name(text, first, last)
  local tail = text:sub(last + 1, last + 60)
  for _, pattern in ipairs(BEHIND) do
    local from, age, stop = tail:match(pattern)
    if age then return tonumber(age), last + from, last + stop - 1 end
  end
  local start = math.max(1, first - 60)
  local from, word, stop, behind = text:sub(start, first - 1):match("()%f[%w](%w+%-?%l*)()%-year%-old([^,.;\n]*)$")
  local age = word and number_words.of(word:lower())
  if age and leads_to_name(behind) then return age, start + from - 1, start + stop - 2 end
end

return ages
