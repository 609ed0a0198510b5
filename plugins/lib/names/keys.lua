-- Keys under which names that may be one lie together: consonant classes so wide that no known spelling shift leaves them.
-- "Jeenbek", "Genbek", "Zhienbek" -> "knbk". Two names are held against one another when they share a key of word and word.

local keys = {}

local CLASS = {}
for class, letters in pairs { b = "bpfvw", t = "td", n = "mn", l = "l", r = "r", k = "ckqgxjsz" } do
  for letter in letters:gmatch(".") do
    CLASS[letter] = class
  end
end

local cache = {}

--- The consonant classes of a folded word, repeated ones once; "_" when it has none.
function keys.skeleton(word)
  local known = cache[word]
  if not known then
    local list, last = {}, nil
    -- dzh, dj, tch, ts are sounds of one kind with zh, j, ch, s
    for letter in word:gsub("[td]+([csjz])", "%1"):gmatch("[a-z0-9]") do
      local class = CLASS[letter] or letter:find("%d") and letter
      if class and class ~= last then
        list[#list + 1] = class
      end
      last = class or last
    end
    known = #list > 0 and table.concat(list) or "_"
    cache[word] = known
  end
  return known
end

-- Words of a form, and words written together with the small word behind them: "asil bey" also as "asilbey".
local function variants(form)
  local list, seen = {}, {}
  local function add(word)
    if not seen[word] and #list < 6 then
      seen[word] = true
      list[#list + 1] = word
    end
  end
  for _, word in ipairs(form.words) do
    add(word)
  end
  for i = 1, #form.all - 1 do
    if #form.all > #form.words then
      add(form.all[i] .. form.all[i + 1])
    end
  end
  return list
end

-- "Hadi" lies with "Khadi" and "Chadi" as well: the h that many languages lack is written kh, ch, x and j elsewhere.
local function add_strong(words)
  for i = 1, #words do
    if words[i]:find("^h[aeiouy]") then
      words[#words + 1] = "k" .. words[i]
    end
  end
  return words
end

--- The keys of a full name, without repetition.
function keys.of(form)
  local words, list, seen = add_strong(variants(form)), {}, {}
  for i, x in ipairs(words) do
    for j, y in ipairs(words) do
      if i ~= j and x ~= "k" .. y and y ~= "k" .. x then
        local key = keys.skeleton(x):sub(1, 3) .. ":" .. keys.skeleton(y):sub(1, 1)
        if not seen[key] then
          seen[key] = true
          list[#list + 1] = key
        end
      end
    end
  end
  for j, token in ipairs(form.tokens) do -- "Bill Harrow" lies with William: by the name that both are forms of
    for _, group in ipairs(token.given and #words > 1 and token.groups or {}) do
      for _, x in ipairs(form.words) do
        if x ~= form.words[j] then
          list[#list + 1] = keys.skeleton(x):sub(1, 3) .. ":" .. group
        end
      end
    end
  end
  for _, initial in ipairs(form.initials) do -- "A. Karimov" lies with every Karimov whose other name may begin so
    for _, x in ipairs(words) do
      list[#list + 1] = keys.skeleton(x):sub(1, 3) .. ":" .. keys.skeleton(initial):sub(1, 1)
    end
  end
  return list
end

return keys
