-- Trains the model of the plugin `entities`:  annalist scripts/train/entities.lua TRAINING OUT [SETS [ITERATIONS]]
-- TRAINING is a folder of BIO files (data/models/README.md names the sets, their makers and licences). The same files give the same model.

local home = arg[0]:match("^(.*)/scripts/train/[^/]+$") or "."
package.path = home .. "/scripts/train/?.lua;" .. package.path
local tagger = require "annalist.tagger"
local bio = require "bio"
local lexicon = require "lexicon"
local templates = require "templates"

local training, out = arg[1], arg[2]
if not (training and out) then
  io.stderr:write("use: annalist scripts/train/entities.lua TRAINING OUT [SETS [ITERATIONS]]\n")
  os.exit(2)
end

-- set, sentences to a document (the files don't say where one ends), weight
local SETS = {
  { "gum-news-train", 25, 1.5 }, { "gum-news-dev", 25, 1.5 }, { "gum-interview-train", 25, 1 }, { "gum-interview-dev", 25, 1 },
  { "gum-academic-train", 25, 0.7 }, { "gum-court-train", 25, 0.5 }, { "wikigold-train", 12, 1 }, { "wikigold-dev", 12, 1 },
  { "wnut17-train", 1, 0.4 }, { "wnut17-dev", 1, 0.4 }, { "wnut17-test-dev", 1, 0.4 }, { "btc-g-train", 1, 0.4 }, { "btc-f-train", 1, 0.4 },
  { "sec-fin5-train", 20, 0.3 },
}
local DEFAULT = "gum-news-train,gum-interview-train,gum-academic-train,gum-court-train,wikigold-train"

local function wanted()
  local names = {}
  for name in (arg[3] or DEFAULT):gmatch("[^,]+") do names[name] = true end
  return names
end

local function read_documents()
  local documents, names = {}, wanted()
  for _, set in ipairs(SETS) do
    if names[set[1]] then
      local parts = {}
      for _, sentence in ipairs(bio.read(training .. "/" .. set[1] .. ".bio")) do
        parts[#parts + 1] = { bio.join(sentence, set[1]:match("^gum")) }
        if #parts == set[2] then
          documents[#documents + 1] = bio.document(parts, set[3])
          parts = {}
        end
      end
      if #parts > 0 then documents[#documents + 1] = bio.document(parts, set[3]) end
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

local documents = read_documents()
local clock = os.clock()
local model = tagger.train {
  templates = templates,
  documents = documents,
  lexicon = lexicon.read(home .. "/data", common_words(documents)),
  iterations = tonumber(arg[4] or os.getenv("ITER") or 15), bits = tonumber(os.getenv("BITS") or 18), seed = 7,
  rate = tonumber(os.getenv("RATE") or 0.1), decay = tonumber(os.getenv("DECAY") or 0.01),
  word_dropout = tonumber(os.getenv("WD") or 0.2), lexicon_dropout = tonumber(os.getenv("LD") or 0.1),
  on_pass = function(n, loss) io.stderr:write(("pass %d: loss %.4f, %.1f s\n"):format(n, loss, os.clock() - clock)) end,
}
local bytes = model:save()
local file = assert(io.open(out, "wb"))
file:write(bytes)
file:close()
io.stderr:write(("%s: %d bytes, %d documents\n"):format(out, #bytes, #documents))
