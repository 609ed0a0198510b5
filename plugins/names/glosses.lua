-- A foreign name explained in brackets: "Yeni Yol (New Road)". Both are names of one body where the second is in plain English words
-- and the first isn't; "Meridian (Norland Media)" may be its owner, and says nothing.

local data = require "annalist.data"

local glosses = {}

local lexicon
local known = {}

--- Is a word (small letters) one of English?
function glosses.is_english(word)
  if known[word] == nil then
    lexicon = lexicon or data.read("entities/senses.tsv") .. ","
    local plain = word:gsub("%p", "%%%0")
    known[word] = lexicon:find("[ \t]" .. plain .. "[,\n]") ~= nil
  end
  return known[word]
end

local function has_like(world, word, words)
  for _, other in ipairs(words) do
    if #other > 3 and #word > 3 and world.forms:cost(word, other) <= 0.3 then
      return true
    end
  end
  return false
end

--- Does an abbreviation stand behind a gloss in its brackets? "Union pour la Paix (Union for Peace, UPP)", "the Interior
--- Ministry, or MVD,": of whatever words its letters are.
function glosses.abbreviates(mention)
  local before = mention.before
  if not (before and mention.short and before.kind == "organisation" and not before.short) then
    return false
  end
  return mention.gap == ", " and mention.closed ~= nil and before.bracketed ~= nil
    or mention.gap == ", or " and mention.apart ~= nil and #before.form.words > 1
end

--- Is `mention` the English of the name before its brackets? An abbreviation may follow it there.
function glosses.explains(world, mention)
  local before = mention.before
  if not (before and (mention.closed or mention.bracketed) and mention.gap:find("^ ?%($") and mention.kind == "organisation" and before.kind == "organisation")
    or mention.short or before.short then
    return false
  end
  local english, foreign = 0, 0
  for _, word in ipairs(mention.form.all) do
    if #word <= 3 then
      goto continue -- "for", "of"
    elseif glosses.is_english(word) then
      english = english + 1
    elseif not has_like(world, word, before.form.all) then -- "Yeni Norlandia (New Norland)"
      return false
    end
    ::continue::
  end
  for _, word in ipairs(before.form.all) do
    foreign = foreign + ((#word <= 3 or glosses.is_english(word)) and 0 or 1)
  end
  return english > 0 and foreign > 0
end

return glosses
