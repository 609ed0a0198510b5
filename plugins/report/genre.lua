-- What kind of piece an article is, where its own lines say so: an opinion, an interview, a live report, a document, a correction. News is not named. A reader
-- weighs a number in a column otherwise than one in a report.

local data = require "annalist.data"
local credits = require "lib.credits"
local passages = require "lib.passages"

local genre = {}

local words = {}

function genre.load()
  credits.load()
  for _, row in ipairs(data.table "layout/genre_words.tsv") do words[passages.key(row[2])] = row[1] end
end

-- The kind that a line names: "EDITORIAL", "THE WINDVANE / Opinion", "Interview: …"
local function named(line)
  for part in (line:gsub(" ?[/|:] ?", "\0"):gsub(" %- ", "\0")):gmatch("[^%z]+") do
    local kind = words[passages.key(part)]
    if kind then return kind end
  end
end

local ENTRIES, TURNS = 3, 3      -- clocks of a live report, paragraphs of one who talks

-- Do two voices take turns, "Dr Oduya: …", "Courier: …"?
local function is_dialogue(article)
  local count, speakers, turns = {}, 0, 0
  for _, block in ipairs(article.blocks) do
    local who = block.kind == "body" and article.text:sub(block.first, math.min(block.last, block.first + 40)):match("^(%u[^:\n\"%d]-): ")
    if who then
      count[who] = (count[who] or 0) + 1
      if count[who] == 2 then speakers = speakers + 1 end
      turns = turns + 1
    end
  end
  return speakers >= 2 and turns >= 2 * TURNS
end

--- The kind of an article whose blocks are known; nil for news and for what doesn't say.
function genre.of(article)
  local clocks, issuer, kind, above = 0, false, nil, true
  for _, block in ipairs(article.blocks) do
    local line = article.text:sub(block.first, math.min(block.last, block.first + 200))
    if block.kind == "body" then above = false end
    if block.kind == "date" and line:find("^%d%d?[:.h]%d%d") and #line <= 14 then clocks = clocks + 1 end
    if above and (block.kind == "markup" or block.kind == "heading" or block.kind == "title") then kind = kind or named(line) end
    if above and block.kind == "byline" then issuer = issuer or credits.issuer(line) ~= nil end
  end
  return kind or clocks >= ENTRIES and "live report" or is_dialogue(article) and "interview" or issuer and "document" or nil
end

return genre
