-- Other names that a text gives a person: "Ms Rojas, known to her followers as La Paloma, …", "nicknamed El Tigre", "alias Commander Zero". Whatever is called so
-- elsewhere, and was taken for another person, a place or a body, is that person.

local wordset = require "lib.wordset"

local aliases = {}

local REACH = 110 -- bytes behind a name that are looked at
local PHRASES = { "^,? ?%(?known [%l -]-as ()", "^,? who is known [%l -]-as ()", "^,? ?%(?also known [%l -]-as ()", "^,? who is also known [%l -]-as ()", "^,? ?%(?better known [%l -]-as ()",
  "^,? ?%(?widely known [%l -]-as ()", "^,? ?%(?popularly known [%l -]-as ()", "^,? ?%(?nicknamed ()", "^,? who is nicknamed ()", "^,? ?%(?dubbed ()", "^,? ?%(?alias ()",
  "^,? ?%(?a%.?k%.?a%.? ()", "^,? whom %l+ %l* ?call ()", "^,? ?%(?called %l* ?by %l+ %l+ ()" }
local FIRST = { k = true, w = true, a = true, b = true, p = true, n = true, d = true, c = true } -- letters that a phrase begins with

local SMALL = wordset "al el la le de del da do dos bin ibn abu of the"

-- The words of a name at the beginning of a passage, without the quotation marks around it.
local function name_at(passage)
  passage = passage:gsub("^[\"'`]", ""):gsub("^\xe2\x80[\x98\x9c]", ""):gsub("^the ", "")
  local words, stop = {}, 0
  for word, mark in passage:gmatch("([%w\x80-\xff'-]+)([^%w]?)") do
    local plain, cut = word:gsub("\xe2\x80[\x99\x9d].*$", "")
    plain = plain:gsub("'s?$", "")
    if plain:find("^%u") or plain:find("^[\xc3-\xd0]") then
      words[#words + 1] = plain
      stop = #words
    elseif SMALL[plain] and #words > 0 then
      words[#words + 1] = plain
    else
      break
    end
    if mark ~= " " or cut > 0 or plain ~= word or #words == 5 then
      break
    end
  end
  return stop > 0 and table.concat(words, " ", 1, stop) or nil
end

--- The other name that the text gives whoever is named up to byte `last`, or nil.
function aliases.behind(text, last)
  local opening = text:sub(last + 1, last + 3):match("^,? ?%(?(%l)")
  if not FIRST[opening] then
    return nil
  end
  local tail = text:sub(last + 1, last + REACH):match("^[^\n.;]*")
  for _, phrase in ipairs(PHRASES) do
    local at = tail:match(phrase)
    if at then
      local name = name_at(tail:sub(at))
      return name and #name > 3 and name or nil
    end
  end
end

--- Gives the mentions of other names to those of whom a text says that they are called so.
function aliases.resolve(world, articles)
  local given, any = {}, false
  for _, record in ipairs(articles) do
    for _, mention in ipairs(record.persons) do
      if mention.alias then
        local key = world.forms:of(mention.alias).key
        given[key] = (given[key] == nil or given[key].root == mention.root) and mention or false
        any = true
      end
    end
  end
  if not any then
    return
  end
  for _, record in ipairs(articles) do
    for _, list in ipairs { record.persons, record.groups } do
      for _, mention in ipairs(list) do
        local bearer = given[mention.form.key]
        if bearer and mention.root ~= bearer.root and not world.decisions:forbids(mention.form.key, bearer.form.key) then
          mention.is_alias = true -- no name to call the entity by
          mention.root, mention.score, mention.reason = bearer.root, 0.9, ("%s is called so, as an article says"):format(bearer.form.name)
        end
      end
    end
  end
end

return aliases
