-- The gazetteers of data/entities as the tagger's lexicon: lists of phrases, each list a class.

local lexicon = {}

--- The entries of a file of comma-separated lists; lines that begin with # are comments.
function lexicon.entries(path)
  local entries = {}
  for line in assert(io.open(path, "r")):lines() do
    if not line:match("^#") then
      for entry in line:gmatch("[^,]+") do
        entry = entry:match("^%s*(.-)%s*$")
        if entry ~= "" then entries[#entries + 1] = entry end
      end
    end
  end
  return entries
end

--- Given names of data/names: "m TAB alexander aleksandr …".
local function spellings(path, entries)
  local file = io.open(path, "r")
  if not file then return entries end
  for line in file:lines() do
    local names = not line:match("^#") and line:match("\t(.+)$")
    for name in (names or ""):gmatch("%S+") do
      if #name > 2 then entries[#entries + 1] = name end
    end
  end
  file:close()
  return entries
end

--- All classes, in a fixed order. `data` is the data folder; `common` a list of words that texts write in small letters.
function lexicon.read(data, common)
  local classes = {}
  local function add(name, entries)
    local class = { class = name }
    for i, entry in ipairs(entries) do class[i] = entry end
    classes[#classes + 1] = class
  end
  local function file(name) return lexicon.entries(data .. "/entities/" .. name) end
  add("given", spellings(data .. "/names/given.tsv", file("given_names.txt")))
  add("surname", file("surnames.txt"))
  add("place", file("places.txt"))
  add("people", file("nationalities.txt"))
  add("organisation", file("organisations.txt"))
  add("title", file("titles.txt"))
  for line in assert(io.open(data .. "/entities/words.tsv", "r")):lines() do
    local class, words = line:match("^([^#\t]+)\t(.+)$")
    local entries = {}
    for word in (words or ""):gmatch("[^,]+") do entries[#entries + 1] = word:match("^%s*(.-)%s*$") end
    if class then add(class, entries) end
  end
  if common then add("common", common) end
  return classes
end

return lexicon
