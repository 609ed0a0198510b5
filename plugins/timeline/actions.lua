-- Actions: the sorts of things that happen (data/timeline/actions.tsv), found in a sentence by the words that tell of them, so that "burst" and
-- "gave way" are one. Call actions.load() in `prepare`.

local data = require "annalist.data"

local actions = {}

local words, phrases = {}, {}

function actions.load()
  for _, row in ipairs(data.table("timeline/actions.tsv")) do
    local class = row[1]
    for phrase in row[2]:gmatch("[^,]+") do
      phrase = phrase:match("^%s*(.-)%s*$")
      if phrase:find(" ", 1, true) then phrases[#phrases + 1] = { phrase, class }
      else
        words[phrase] = words[phrase] or {}
        table.insert(words[phrase], class)
      end
    end
  end
end

--- The classes of a passage, each once, in order of the alphabet.
function actions.of(passage)
  local s, seen, list = passage:lower(), {}, {}
  local function add(class)
    if not seen[class] then
      seen[class] = true
      list[#list + 1] = class
    end
  end
  for word in s:gmatch("[%a\128-\255][%a\128-\255'-]*") do
    for _, class in ipairs(words[word] or {}) do add(class) end
  end
  for _, p in ipairs(phrases) do
    if s:find(p[1], 1, true) then add(p[2]) end
  end
  table.sort(list)
  return list
end

return actions
