-- A large synthetic corpus out of the sample articles in data/: their sentences dealt out anew, with invented words mixed in so that the
-- vocabulary grows as that of real text does (a corpus of few words would flatter the index).
--
--     lua5.4 tests/bench/make_articles.lua MEGABYTES OUT.jsonl        one JSONL file
--     lua5.4 tests/bench/make_articles.lua MEGABYTES FOLDER/ text     text files, 1,000 a folder
local megabytes, out, kind = tonumber(arg[1]), arg[2], arg[3]
local home = arg[0]:match("^(.*)tests/bench/") or ""

local seed = 12345
local function random(n)
  seed = (seed * 1103515245 + 12345) % 2147483648
  return (seed >> 8) % n + 1
end

local function read_sentences()
  local sentences = {}
  local listing = assert(io.popen("find '" .. home .. "data' -name '*.txt' -path '*-2*' | LC_ALL=C sort"))
  for path in listing:lines() do
    local file = assert(io.open(path, "rb"))
    for line in file:read("a"):gmatch("[^\n]+") do
      for sentence in (line .. " "):gmatch("(.-[.!?])%s+") do
        if #sentence > 40 then sentences[#sentences + 1] = sentence end
      end
    end
    file:close()
  end
  listing:close()
  return sentences
end

local syllables = { "ba", "ko", "ri", "ten", "mul", "sha", "or", "vi", "dag", "nep", "lu", "est", "qua", "hin", "zo", "ter" }
local function invented_word()
  local n = random(3) + 1
  local parts = {}
  for i = 1, n do parts[i] = syllables[random(#syllables)] end
  local word = table.concat(parts)
  -- a long tail: one in four is of the kind that is met once
  if random(4) == 1 then word = word .. syllables[random(#syllables)] .. random(99999) end
  return word:sub(1, 1):upper() .. word:sub(2)
end

local sentences = read_sentences()
assert(#sentences > 20, "no sample articles below data/")

local function article()
  local parts = {}
  for _ = 1, 10 + random(30) do
    local sentence = sentences[random(#sentences)]
    parts[#parts + 1] = sentence:gsub("%f[%a]%l%l%l%l+", function(word)
      if random(12) == 1 then return invented_word() end
      return word
    end)
    parts[#parts + 1] = random(4) == 1 and "\n\n" or " "
  end
  return table.concat(parts)
end

local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }
local function quote(s) return '"' .. s:gsub('["\\\n\r\t]', escapes) .. '"' end

local bytes, number = 0, 0
local file = kind ~= "text" and assert(io.open(out, "wb"))
while bytes < megabytes * 1000000 do
  local text = article()
  number = number + 1
  bytes = bytes + #text
  if file then
    file:write(('{"id":"%d","title":%s,"date":"2020-%02d-%02d","outlet":"Paper %d","url":"https://paper.example/%d","text":%s}\n'):format(
      number, quote("Story " .. number .. " on " .. invented_word()), random(12), random(28), random(9), number, quote(text)))
  else
    if number % 1000 == 1 then os.execute(("mkdir -p '%s/%04d'"):format(out, number // 1000)) end
    local one = assert(io.open(("%s/%04d/%07d.txt"):format(out, (number - 1) // 1000, number), "wb"))
    one:write(text)
    one:close()
  end
end
if file then file:close() end
io.stderr:write(("%d articles, %d bytes of text\n"):format(number, bytes))
