-- A short traceback: the lines of the user's own code, without the host's frames that called it.

local traceback = {}

local host_files = { ["main.lua"] = true, ["repl.lua"] = true, ["console.lua"] = true }

local function is_host(source)
  local folder, file = source:match("^@(.-)([^/]+)$")
  return folder and folder:find("/lua/annalist/$") and host_files[file] or false
end

local function describe(info)
  local place = info.short_src .. ":" .. info.currentline
  if info.what == "main" then return place end
  local name = info.name or info.linedefined and "function at line " .. info.linedefined
  return name and place .. " in " .. name or place
end

--- A message handler for `xpcall`: text gets up to eight places below it, anything else is passed on as it is.
function traceback.handler(message)
  if type(message) == "table" and not (getmetatable(message) or {}).__tostring then return message end
  if type(message) ~= "string" then return message end
  return { message = message, places = traceback.places(2) }
end

--- Up to eight places of Lua code from `level` upwards, innermost first, those of the host left out.
function traceback.places(level)
  local places = {}
  while #places < 8 do
    level = level + 1
    local info = debug.getinfo(level, "Sln")
    if not info then break end
    if info.currentline > 0 and not is_host(info.source) then
      places[#places + 1] = describe(info)
    end
  end
  return places
end

--- What a handler made of an error, as text: the message, and the places below it if it is a fault in code.
function traceback.text(fault)
  if type(fault) ~= "table" or not fault.places then return tostring(fault) end
  local lines = { fault.message }
  local first = fault.message:match("^(.-:%d+):")
  for i, place in ipairs(fault.places) do
    if not (i == 1 and #fault.places == 1 and first and place:find(first, 1, true) == 1) then
      lines[#lines + 1] = "    " .. place
    end
  end
  return table.concat(lines, "\n")
end

return traceback
