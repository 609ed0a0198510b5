-- Trains the model of the plugin `entities`:  annalist scripts/train/entities.lua TRAINING OUT [SETS [ITERATIONS [RUNS]]]
-- TRAINING is a folder of BIO files (data/models/README.md names the sets, their makers and licences). The same files give the same model.

local home = arg[0]:match("^(.*)/scripts/train/[^/]+$") or "."
package.path = home .. "/scripts/train/?.lua;" .. package.path
local tagger = require "annalist.tagger"
local bio = require "bio"
local invented = require "invented"
local lexicon = require "lexicon"
local templates = require "templates"

local training, out = arg[1], arg[2]
if not (training and out) then
  io.stderr:write("use: annalist scripts/train/entities.lua TRAINING OUT [SETS [ITERATIONS [RUNS]]]\n")
  os.exit(2)
end

-- set, sentences to a document (the files don't say where one ends), weight, copies under other names
local COPIES, COPY_WEIGHT = 2, 0.4
local ROUNDS, INVENTED_WEIGHT = 8, 0.3 -- of the invented articles
local SETS = {
  { "gum-news-train", 25, 1.5, COPIES }, { "gum-news-dev", 25, 1.5, COPIES }, { "gum-interview-train", 25, 1, COPIES }, { "gum-interview-dev", 25, 1, COPIES },
  { "gum-academic-train", 25, 0.7, COPIES }, { "gum-court-train", 25, 0.5, COPIES }, { "wikigold-train", 12, 1, COPIES }, { "wikigold-dev", 12, 1, COPIES },
  { "wnut17-train", 1, 0.25, 0 }, { "wnut17-dev", 1, 0.4, 0 }, { "wnut17-test-dev", 1, 0.4, 0 }, { "btc-g-train", 1, 0.4, 0 }, { "btc-f-train", 1, 0.4, 0 },
  { "sec-fin5-train", 20, 0.3, 0 },
}
local DEFAULT = "gum-news-train,gum-interview-train,gum-academic-train,gum-court-train,wikigold-train,wnut17-train,btc-g-train"

local function wanted()
  local names = {}
  for name in (arg[3] or DEFAULT):gmatch("[^,]+") do names[name] = true end
  return names
end

--- The document as it is, and copies of it under other names.
local function add_document(documents, parts, weight, copies)
  documents[#documents + 1] = bio.document(parts, weight)
  for _ = 1, copies do
    local names, renamed = {}, {}
    for i, part in ipairs(parts) do renamed[i] = invented.rename(part, names) end
    documents[#documents + 1] = bio.document(renamed, weight * COPY_WEIGHT)
  end
end

local function read_documents()
  local documents, names = {}, wanted()
  for _, set in ipairs(SETS) do
    if names[set[1]] then
      local parts = {}
      for _, sentence in ipairs(bio.read(training .. "/" .. set[1] .. ".bio")) do
        parts[#parts + 1] = { bio.join(sentence, set[1]:match("^gum")) }
        if #parts == set[2] then
          add_document(documents, parts, set[3], set[4])
          parts = {}
        end
      end
      if #parts > 0 then add_document(documents, parts, set[3], set[4]) end
    end
  end
  return documents
end

--- Words that these texts write in small letters more than once: what may stand capitalised at a sentence's start.
local function common_words(documents)
  local count, order = {}, {}
  for _, document in ipairs(documents) do
    local starts, ends = tagger.tokens(document.text)
    for i = 1, #starts do
      local word = document.text:sub(starts[i], ends[i])
      if word:match("^%l[%l']+$") then
        if not count[word] then order[#order + 1] = word end
        count[word] = (count[word] or 0) + 1
      end
    end
  end
  local common = {}
  for _, word in ipairs(order) do if count[word] > 1 then common[#common + 1] = word end end
  table.sort(common)
  return common
end

invented.load(home)
local documents = read_documents()
local common = common_words(documents)
for _, parts in ipairs(invented.articles(home, ROUNDS)) do
  documents[#documents + 1] = bio.document(parts, INVENTED_WEIGHT)
end
local clock = os.clock()
local model = tagger.train {
  templates = templates,
  documents = documents,
  lexicon = lexicon.read(home .. "/data", common),
  groups = lexicon.groups(home .. "/data"),
  runs = tonumber(arg[5] or 4), iterations = tonumber(arg[4] or 14), bits = 18, seed = 7,
  rate = 0.1, decay = 0,
  word_dropout = 0.5, lexicon_dropout = 0.2,
  on_pass = function(n, loss) io.stderr:write(("pass %d: loss %.4f, %.1f s\n"):format(n, loss, os.clock() - clock)) end,
}
local bytes = model:save()
local file = assert(io.open(out, "wb"))
file:write(bytes)
file:close()
io.stderr:write(("%s: %d bytes, %d documents\n"):format(out, #bytes, #documents))
