-- Houses: for which body somebody speaks. Its head, its spokesman and "an official of the authority" give the body's own count, so that they and the body are
-- one origin. Told by how a person is named beside a body ("the ULP's director general, Ann Lee"), anywhere in the corpus. Needs the roles entities and names.

local reading = require "lib.reading"
local wordset = require "lib.wordset"

local houses = {}

local office = wordset [[spokesman spokeswoman spokesperson director head chairman chairwoman chair chief president secretary commissioner superintendent general
  coordinator leader boss officer official officials spokespersons representative]]
local small = wordset "the a an of for at its deputy vice senior executive acting new former managing regional national local district area top unnamed another one"

local NEAR = 60 -- bytes between a body and the name of who speaks for it

-- Is this an office and no more: " Director General ", ", the deputy head of the "?
local function is_office(s)
  local found = false
  for word in s:lower():gsub("^['’]s", ""):gmatch("[%a\128-\255-]+") do
    if office[word] then found = true elseif not small[word] then return false end
  end
  return found
end

-- The body for which the person speaks, by what stands between the two: "ULP director Ann Lee", "the ULP's spokesman, Ann Lee"; "Ann Lee, head of the ULP"
local function is_house(s, person, body)
  if body.last < person.first then
    local gap = s:sub(body.last + 1, person.first - 1)
    return #gap <= NEAR and gap:find("^[%w '’,.()-]*$") ~= nil and is_office(gap)
  end
  local gap = s:sub(person.last + 1, body.first - 1)
  if gap == " of " or gap == " of the " then return true end       -- "Dr Lee of the Halm Hospital"
  return #gap <= NEAR and gap:find("^, [%a -]+ $") ~= nil and (gap:find(" of ") or gap:find(" for ") or gap:find(" at ")) and is_office(gap)
end

local OPEN = {} -- more than one

local function note(map, key, id)
  if map[key] == nil then map[key] = id elseif map[key] ~= id then map[key] = OPEN end
end

--- Reads who speaks for whom.
-- @param read function(article_id) -> text
-- @return function(entity_id or nil, phrase) -> the body's name; nil for one who speaks for himself or for more than one
function houses.new(ctx, read)
  local of_person, surfaces, names = {}, {}, {}
  for row in ctx:rows("select entity_id, name from entity where kind = 'organisation'") do names[row.entity_id] = row.name end
  local by_article = reading.rows_by_article(ctx, [[select m.article_id, m.first, m.last, m.name, m.kind, e.entity_id from mention m join mention_entity e on e.mention_id = m.mention_id
      where m.kind in ('person', 'organisation') order by m.article_id, m.first]])
  local ids = {}
  for id in pairs(by_article) do ids[#ids + 1] = id end
  table.sort(ids)
  for _, id in ipairs(ids) do
    local list, s = by_article[id], read(id)
    for i, m in ipairs(list) do
      if m.kind == "organisation" and names[m.entity_id] then
        note(surfaces, m.name, m.entity_id)
        for _, other in ipairs { list[i - 1] or m, list[i + 1] or m } do
          local whole = other.kind == "person" and other.name:find(" ", 1, true)  -- "General Berg" may be another Berg
          if whole and is_house(s, other, m) then note(of_person, other.entity_id, m.entity_id) end
        end
      end
    end
  end
  return function(entity_id, phrase)
    local house = entity_id and of_person[entity_id]
    if house and house ~= OPEN then return names[house] end
    if entity_id or not phrase then return nil end
    for name in phrase:gmatch("%u[%w\128-\255&.-]*[%w\128-\255 &.-]*") do  -- "an ULP official", "electoral board ULP"
      for word in name:gmatch("%u%u+") do
        local body = surfaces[word]
        if body and body ~= OPEN then return names[body] end
      end
      local lead = name:gsub("%s+%l.*$", "")
      local body = surfaces[lead]
      if body and body ~= OPEN and is_office((phrase:gsub("[%w\128-\255' ’-]*" .. lead:gsub("%p", "%%%0"), "", 1))) then return names[body] end
    end
    return nil
  end
end

return houses
