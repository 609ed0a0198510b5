-- A short traceback: the lines of the user's own code, without the host's frames that called it.

local traceback = {}

-- core/lua/annalist/… and the commands are the host; a script, the REPL's lines and a user's command are not.
local function is_host(source)
  return source:find("/core/lua/annalist/", 1, true) ~= nil or source:find("/scripts/commands/", 1, true) ~= nil
end

local function describe(info)
  local place = info.short_src .. ":" .. info.currentline
  if info.what == "main" then return place end
  local name = info.name or info.linedefined and "function at line " .. info.linedefined
  return name and place .. " in " .. name or place
end

--- Up to eight places of Lua code from `level` upwards, innermost first; those of the host only if `all`.
function traceback.places(level, all)
  local places = {}
  while #places < 8 do
    level = level + 1
    local info = debug.getinfo(level, "Sln")
    if not info then break end
    if info.currentline > 0 and (all or not is_host(info.source)) then
      places[#places + 1] = describe(info)
    end
  end
  return places
end

--- A message handler for `xpcall`: text gets the places below it, anything else is passed on as it is.
--- A fault in the host itself ("…/core/lua/annalist/x.lua:12: …") is shown with the host's own places.
function traceback.handler(message)
  if type(message) ~= "string" then return message end
  return { message = message, places = traceback.places(2, is_host(message:match("^[^\n]-:%d+:") or "")) }
end

--- What a handler made of an error, as text: the message, and the places below it.
function traceback.text(fault)
  if type(fault) ~= "table" or not fault.places then return tostring(fault) end
  local lines = { fault.message }
  local first = fault.message:match("^(.-:%d+):")
  for i, place in ipairs(fault.places) do
    local repeated = i == 1 and #fault.places == 1 and first and place:find(first, 1, true) == 1
    if not repeated then lines[#lines + 1] = "    " .. place end
  end
  return table.concat(lines, "\n")
end

return traceback
