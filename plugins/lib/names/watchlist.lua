-- Watch lists: CSV with a head line (a plain one of names, or OpenSanctions' simple one), and FollowTheMoney entities as JSON lines.
-- Knows formats only. An entry is { id, name, names = { all names }, weak = { weak aliases }, kind, births = { "1970-05-02" | "1970" … },
-- countries = { … }, line }.

local watchlist = {}

-- Columns under which lists say the same thing; folded, without spaces and underscores.
local COLUMNS = {
  id = { "id", "entityid", "reference", "ref", "number" },
  name = { "name", "fullname", "caption", "primaryname", "wholename", "namealias", "person", "personname", "individual", "individualname",
    "nameofindividual", "entity", "entityname", "subject", "nom", "nombre" },
  aliases = { "aliases", "alias", "aka", "othernames", "alternativenames", "weakalias", "names" },
  given = { "firstname", "givenname", "given" },
  family = { "lastname", "surname", "familyname", "family" },
  birth = { "birthdate", "dateofbirth", "dob", "born", "birth" },
  kind = { "schema", "type", "kind", "entitytype" },
  countries = { "countries", "country", "nationality" },
}

local KINDS = { person = "person", individual = "person", organisation = "organisation", organization = "organisation", company = "organisation",
  entity = "organisation", legalentity = false, publicbody = "organisation", vessel = "organisation", airplane = "organisation", group = "organisation" }

local function kind_of(word)
  return KINDS[(word or ""):lower():gsub("[%s_]", "")] or nil
end

local function split(text, separators)
  local list = {}
  for part in (text or ""):gmatch("[^" .. separators .. "]+") do
    part = part:match("^%s*(.-)%s*$")
    if part ~= "" then
      list[#list + 1] = part
    end
  end
  return list
end

-- CSV ---------------------------------------------------------------------------------------------

--- Fields of one CSV record that begins with `line`; `more()` gives the next line when a quoted field goes on.
function watchlist.fields(line, separator, more)
  local list, at = {}, 1
  while true do
    if line:sub(at, at) == '"' then
      local parts = {}
      at = at + 1
      while true do
        local stop = line:find('"', at, true)
        if not stop then
          local following = more and more()
          if not following then
            parts[#parts + 1] = line:sub(at)
            at = #line + 1
            break
          end
          line = line .. "\n" .. following
        elseif line:sub(stop + 1, stop + 1) == '"' then
          parts[#parts + 1] = line:sub(at, stop)
          at = stop + 2
        else
          parts[#parts + 1] = line:sub(at, stop - 1)
          at = stop + 1
          break
        end
      end
      list[#list + 1] = table.concat(parts)
    else
      local stop = line:find(separator, at, true) or #line + 1
      list[#list + 1] = line:sub(at, stop - 1)
      at = stop
    end
    if line:sub(at, at) ~= separator then
      return list
    end
    at = at + 1
  end
end

local function find_columns(head)
  local places, found = {}, {}
  for i, name in ipairs(head) do
    places[(name:gsub("^\xef\xbb\xbf", ""):lower():gsub("[%s_%-]", ""))] = i
  end
  for meaning, names in pairs(COLUMNS) do
    for _, name in ipairs(names) do
      found[meaning] = found[meaning] or places[name]
    end
  end
  return found
end

local function entry_of_row(row, columns, line)
  local function cell(meaning)
    local text = columns[meaning] and row[columns[meaning]]
    return text ~= "" and text or nil
  end
  local name = cell "name"
  if not name and cell "family" then
    name = cell "given" and cell "given" .. " " .. cell "family" or cell "family"
  end
  if not name then
    return nil
  end
  local entry = { id = cell "id" or tostring(line), name = name, names = { name }, weak = {}, kind = kind_of(cell "kind"), line = line,
    births = split(cell "birth", ";|"), countries = split(cell "countries", ";|") }
  for _, alias in ipairs(split(cell "aliases", ";|")) do
    entry.names[#entry.names + 1] = alias
  end
  return entry
end

-- Does a first line without a column that we know look like a head line all the same? Names are written large.
local function is_head(fields)
  for _, field in ipairs(fields) do
    if not field:find("^%s*[a-z][a-z0-9_ -]*%s*$") or #fields == 1 and field:find("%S%s+%S") then
      return false
    end
  end
  return true
end

local function csv_entries(next_line, first, label)
  local separator = select(2, first:gsub("\t", "")) > 0 and "\t" or select(2, first:gsub(";", "")) > select(2, first:gsub(",", "")) and ";" or ","
  local head = watchlist.fields(first, separator)
  local columns = find_columns(head)
  local number, pending = 1, nil
  if not columns.name and not columns.family then
    if is_head(head) then
      error(("%s:1: none of the columns %s holds names. Call one of them name (or full_name; or last_name and first_name), or leave the head line out")
        :format(label, table.concat(head, ", ")), 0)
    end
    columns, pending = { name = 1, aliases = 2, birth = 3 }, first -- no head line: names, aliases, birth dates
  end
  return function()
    while true do
      local line = pending or next_line()
      if not line then
        return nil
      end
      pending, number = nil, number + 1
      local entry = line:find("%S") and entry_of_row(watchlist.fields(line, separator, next_line), columns, number)
      if entry then
        return entry
      end
    end
  end
end

-- FollowTheMoney --------------------------------------------------------------------------------

local NAME_PROPERTIES = { "name", "alias", "previousName" }

local function entry_of_entity(entity, line)
  local properties = entity.properties or {}
  local function all(property)
    local value = properties[property]
    return type(value) == "table" and value or value and { value } or {}
  end
  local entry = { id = entity.id or tostring(line), names = {}, weak = all "weakAlias", kind = kind_of(entity.schema), line = line,
    births = all "birthDate", countries = #all "country" > 0 and all "country" or all "nationality" }
  local seen = {}
  local function add(name)
    if type(name) == "string" and name ~= "" and not seen[name] then
      seen[name] = true
      entry.names[#entry.names + 1] = name
    end
  end
  add(entity.caption)
  for _, property in ipairs(NAME_PROPERTIES) do
    for _, name in ipairs(all(property)) do
      add(name)
    end
  end
  entry.name = entry.names[1]
  return entry.name and entry
end

-- Addresses, sanctions, ownerships stand in the same files
local NAMED = { Person = true, Organization = true, Company = true, LegalEntity = true, PublicBody = true, Vessel = true, Airplane = true }

local function json_entries(next_line, first, decode, label)
  local number, pending = 0, first
  return function()
    while true do
      local line = pending or next_line()
      if not line then
        return nil
      end
      pending, number = nil, number + 1
      if line:find("%S") then
        local ok, entity = pcall(decode, line)
        if not ok or type(entity) ~= "table" then
          error(("%s:%d: this is not a JSON object"):format(label, number), 0)
        end
        local entry = (not entity.schema or NAMED[entity.schema]) and entry_of_entity(entity, number)
        if entry then
          return entry
        end
      end
    end
  end
end

--- Iterator over the entries of a list. `next_line()` gives its lines without line ends; `decode` reads JSON; `label` names the list in messages.
function watchlist.entries(next_line, decode, label)
  label = label or "list"
  local function clean()
    local line = next_line()
    return line and line:gsub("\r$", "")
  end
  local first = clean()
  while first and not first:find("%S") do
    first = clean()
  end
  if not first then
    return function() end
  end
  if first:find("^\xef?\xbb?\xbf?%s*{") then
    return json_entries(clean, (first:gsub("^\xef\xbb\xbf", "")), decode, label)
  end
  return csv_entries(clean, first, label)
end

return watchlist
