-- JSON of a table: arrays are tables with items from 1 (or marked is_list), everything else an object with its keys in order.

local escape = require "report.escape"

local function number(x)
  if math.type(x) == "integer" then return ("%d"):format(x) end
  if x ~= x or x == math.huge or x == -math.huge then return "null" end
  if x == math.floor(x) and math.abs(x) < 1e15 then return ("%d"):format(math.tointeger(x)) end
  return ("%.14g"):format(x)
end

local encode

local function object(value, indent)
  local keys = {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys)
  if #keys == 0 then return "{}" end
  local out = {}
  for i, key in ipairs(keys) do out[i] = ('%s"%s": %s'):format(indent .. " ", escape.json(key), encode(value[key], indent .. " ")) end
  return "{\n" .. table.concat(out, ",\n") .. "\n" .. indent .. "}"
end

local function array(value, indent)
  local out = {}
  for i, item in ipairs(value) do out[i] = indent .. " " .. encode(item, indent .. " ") end
  return "[\n" .. table.concat(out, ",\n") .. "\n" .. indent .. "]"
end

function encode(value, indent)
  local kind = type(value)
  if kind == "string" then return '"' .. escape.json(value) .. '"' end
  if kind == "number" then return number(value) end
  if kind == "boolean" then return tostring(value) end
  if kind ~= "table" then return "null" end
  if value[1] ~= nil then return array(value, indent) end
  if value.is_list then return "[]" end
  return object(value, indent)
end

return function(value) return encode(value, "") .. "\n" end
