-- Makes data/entities/senses.tsv, the groups that the entities model knows common words by, from WordNet 3.0's database files
-- (Debian: wordnet-base):  annalist scripts/train/senses.lua /usr/share/wordnet > data/entities/senses.tsv
-- A word's group is the field of its commonest sense, counted over the texts that WordNet's makers tagged; fields with many names
-- beside them (bodies, offices, buildings, kin) are cut finer by what WordNet puts below them. Names
-- are left out.

local folder = arg[1]
if not folder then
  io.stderr:write("use: annalist scripts/train/senses.lua WORDNET\n")
  os.exit(2)
end

local FIELDS = {} -- by number, as lexnames(5WN) lists them
for field in ([[adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body noun.cognition
  noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive noun.object noun.person noun.phenomenon
  noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape noun.state noun.substance noun.time verb.body
  verb.change verb.cognition verb.communication verb.competition verb.consumption verb.contact verb.creation verb.emotion verb.motion
  verb.perception verb.possession verb.social verb.stative verb.weather adj.ppl]]):gmatch("%S+") do FIELDS[#FIELDS + 1] = field end

-- What lies below the first sense of the word is a group of its own; the first that fits counts.
local CUTS = { { "organization" }, { "structure" }, { "leader" }, { "relative" }, { "vehicle" }, { "worker" }, { "municipality" }, { "district" },
  { "road" }, { "geological_formation" }, { "body_of_water" }, { "contest" }, { "war" }, { "military_unit" }, { "calendar_month" }, { "calendar_day" } }
local FILES = { { "n", "noun" }, { "v", "verb" }, { "a", "adj" }, { "r", "adv" } }

--- Synsets by part of speech and offset: { field, words, kinds and goals of pointers }.
local function read_synsets()
  local synsets = {}
  for _, file in ipairs(FILES) do
    for line in assert(io.open(folder .. "/data." .. file[2])):lines() do
      local offset, field, count, rest = line:match("^(%d+) (%d+) %l (%x%x) (.*)$")
      if offset then
        local synset = { field = FIELDS[tonumber(field) + 1], words = {}, above = {}, instance = false }
        local at = 1
        for _ = 1, tonumber(count, 16) do
          local word, stop = rest:match("^(%S+) %x ()", at)
          synset.words[#synset.words + 1], at = word, stop
        end
        for kind, goal in rest:match("^[^|]*", at):gmatch("(@i?) (%d+) n ") do
          synset.above[#synset.above + 1] = "n" .. goal
          synset.instance = synset.instance or kind == "@i"
        end
        synsets[file[1] .. offset] = synset
      end
    end
  end
  return synsets
end

--- Senses of each word and part of speech, commonest first: { word, part, { keys } }.
local function read_index()
  local index = {}
  for _, file in ipairs(FILES) do
    for line in assert(io.open(folder .. "/index." .. file[2])):lines() do
      local word, count, rest = line:match("^(%S+) %l (%d+) (.*)$")
      if word then
        local entry = { word = word, part = file[1] }
        local offsets = {}
        for offset in rest:gmatch("%f[%S]%d%d%d%d%d%d%d%d%f[%s\0]") do offsets[#offsets + 1] = file[1] .. offset end
        for i = #offsets - tonumber(count) + 1, #offsets do entry[#entry + 1] = offsets[i] end
        index[#index + 1] = entry
        index[word .. " " .. file[1]] = entry
      end
    end
  end
  return index
end

--- How often the tagged texts use a word's n-th sense: "visit v 1".
local function read_counts()
  local parts, counts = { "n", "v", "a", "r", "a" }, {}
  for line in assert(io.open(folder .. "/cntlist.rev")):lines() do
    local word, kind, sense, count = line:match("^(%S+)%%(%d)%S* (%d+) (%d+)$")
    if word then
      local key = word .. " " .. parts[tonumber(kind)] .. " " .. sense
      counts[key] = math.max(counts[key] or 0, tonumber(count))
    end
  end
  return counts
end

--- Irregular forms: "go v" has "went", "gone".
local function read_exceptions()
  local forms = {}
  for i = 1, 2 do
    for line in assert(io.open(folder .. "/" .. FILES[i][2] .. ".exc")):lines() do
      local form, bases = line:match("^(%S+) (.+)$")
      for base in (bases or ""):gmatch("%S+") do
        local key = base .. " " .. FILES[i][1]
        forms[key] = forms[key] or {}
        table.insert(forms[key], form)
      end
    end
  end
  return forms
end

local synsets, index, counts, exceptions = read_synsets(), read_index(), read_counts(), read_exceptions()

local above_of = {}
--- All that lies above a synset, itself included.
local function above(key)
  if not above_of[key] then
    local all = { [key] = true }
    above_of[key] = all
    for _, parent in ipairs(synsets[key].above) do
      for ancestor in pairs(above(parent)) do all[ancestor] = true end -- a set: its order is of no matter
    end
  end
  return above_of[key]
end

for _, cut in ipairs(CUTS) do cut.key = index[cut[1] .. " n"][1] end

local function group_of(key)
  if key:sub(1, 1) == "n" then
    local all = above(key)
    for _, cut in ipairs(CUTS) do if all[cut.key] then return "noun." .. cut[1] end end
  end
  return synsets[key].field
end

--- Is this sense of the word a name's?
local function is_name(key, word)
  if synsets[key].instance then return true end
  for _, written in ipairs(synsets[key].words) do
    if written:lower():gsub("%(.*", "") == word and written:find("^%u") then return true end
  end
  return false
end

--- The word and its inflected forms.
local function inflected(word, part)
  local forms = { word }
  if part ~= "n" and part ~= "v" then return forms end
  for _, form in ipairs(exceptions[word .. " " .. part] or {}) do forms[#forms + 1] = form end
  local short = word:match("^(.*[^aeiou])y$")
  local hisses = word:find("[sxz]$") or word:find("[cs]h$") or (part == "v" and word:find("o$"))
  forms[#forms + 1] = hisses and word .. "es" or short and short .. "ies" or word .. "s"
  if part == "v" then
    local stem = word:match("^(.*[^e])e$")
    forms[#forms + 1] = (stem or word) .. "ing"
    forms[#forms + 1] = word:find("e$") and word .. "d" or short and short .. "ied" or word .. "ed"
  end
  return forms
end

--- The group of a word as this part of speech, and how often it is used so.
local function commonest(entry)
  local sums, order, total = {}, {}, 0
  for n, key in ipairs(entry) do
    if not is_name(key, entry.word) then
      local count = counts[entry.word .. " " .. entry.part .. " " .. n] or 0
      if #order == 0 then count = count + 0.2 end
      local group = group_of(key)
      if not sums[group] then order[#order + 1] = group end
      sums[group] = (sums[group] or 0) + count
      total = total + count
    end
  end
  local best = order[1]
  for _, group in ipairs(order) do if sums[group] > sums[best] then best = group end end
  return best, total
end

local use, group_of_form, forms = {}, {}, {}
for _, entry in ipairs(index) do
  local group, total
  if entry.word:find("^%l[%l'-]+$") then group, total = commonest(entry) end
  if group then
    for i, form in ipairs(inflected(entry.word, entry.part)) do
      local weight = (i > 1 and 0.6 or 1) * total + (entry.part == "n" and 0.05 or 0)
      if not use[form] then forms[#forms + 1] = form end
      if not use[form] or weight > use[form] then use[form], group_of_form[form] = weight, group end
    end
  end
end

table.sort(forms)
local groups, names = {}, {}
for _, form in ipairs(forms) do
  local group = group_of_form[form]
  if not groups[group] then
    groups[group] = {}
    names[#names + 1] = group
  end
  table.insert(groups[group], form)
end
table.sort(names)
print("# Fields of meaning of common English words, each word in that of its commonest sense: field TAB words, separated by commas.")
print("# Source: WordNet 3.0, made by scripts/train/senses.lua; plurals and verb forms added. WordNet Release 3.0, Copyright 2006 by Princeton")
print("# University, all rights reserved; its licence, which allows use, change and passing on, is in data/entities/LICENCES.md.")
for _, name in ipairs(names) do print(name .. "\t" .. table.concat(groups[name], ", ")) end
