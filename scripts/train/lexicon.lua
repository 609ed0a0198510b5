-- The gazetteers of data/entities as the tagger's lexicon: lists of phrases, each list a class; and its groups of common words.

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
  local function file(name, more)
    local entries = lexicon.entries(data .. "/entities/" .. name)
    for _, entry in ipairs(more and lexicon.entries(data .. "/entities/" .. more) or {}) do entries[#entries + 1] = entry end
    return entries
  end
  add("given", spellings(data .. "/names/given.tsv", file("given_names.txt", "given_names_world.txt")))
  add("surname", file("surnames.txt", "surnames_world.txt"))
  add("place", file("places.txt", "places_world.txt"))
  add("people", file("nationalities.txt"))
  add("organisation", file("organisations.txt", "organisations_world.txt"))
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

--- Groups of common words (senses.tsv).
function lexicon.groups(data)
  local groups = {}
  for line in assert(io.open(data .. "/entities/senses.tsv", "r")):lines() do
    local name, words = line:match("^([^#\t]+)\t(.+)$")
    if name then
      local group = { group = name }
      for word in words:gmatch("[^, ]+") do group[#group + 1] = word end
      groups[#groups + 1] = group
    end
  end
  return groups
end

return lexicon
