-- The words of the article's core against the words of a paragraph: a teaser of another story speaks of other things.

local vocabulary = {}

-- Content words: four bytes and more, no figures
local function is_content(word) return #word >= 4 and not word:find("^%d") end

-- Cut to a stem that "protests" and "protesters" share
local function stem(word) return word:sub(1, 6) end

--- Share of a paragraph's content words that stand in the core (the paragraph's own occurrences not counted).
function vocabulary.overlap(p, counts, own)
  local content, shared = 0, 0
  local seen = {}
  for i = 1, #p.words do
    local word = p.words[i]
    if is_content(word) then
      local s = stem(word)
      if not seen[s] then
        seen[s] = true
        content = content + 1
        if (counts[s] or 0) > (own and 1 or 0) then shared = shared + 1 end
      end
    end
  end
  return content > 0 and shared / content or 0, content
end

--- In how many paragraphs of the core each stem stands.
function vocabulary.count(paragraphs, inside)
  local counts, size = {}, 0
  for i, p in ipairs(paragraphs) do
    if inside[i] and p.prose then
      size = size + 1
      local seen = {}
      for w = 1, #p.words do
        local s = stem(p.words[w])
        if is_content(p.words[w]) and not seen[s] then
          seen[s] = true
          counts[s] = (counts[s] or 0) + 1
        end
      end
    end
  end
  return counts, size
end

--- Lower the scores of paragraphs that share few words with the core, the more the farther from it they stand.
function vocabulary.weigh(paragraphs, scores, inside)
  local counts, size = vocabulary.count(paragraphs, inside)
  if size < 4 then return counts end
  for i, p in ipairs(paragraphs) do
    local overlap, content = vocabulary.overlap(p, counts, inside[i] and p.prose)
    p.overlap = overlap
    if content >= 4 then
      local pull = (overlap - 0.18) * 5
      if inside[i] then pull = math.max(-0.8, math.min(0.5, pull)) else pull = math.max(-1.5, math.min(0.6, pull)) end
      scores[i] = scores[i] + pull
    end
  end
  return counts
end

return vocabulary
