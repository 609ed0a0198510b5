-- JSON, small and strict: what `--format json`, batch files and gold readings are written and read with.
-- Integers stay integers, null is `annalist.null`, text must be valid UTF-8, the keys of an object come out sorted.
-- A plain empty table is an empty array; `json.object{}` marks an empty object. What was decoded keeps its mark.

local sqlite = require "annalist.sqlite"

local null = sqlite.null
local array_mark = { __name = "json.array" }
local object_mark = { __name = "json.object" }
local deepest = 200

local json = { null = null }

--- Marks a table as an array, so that it is written as `[…]` also when it is empty.
function json.array(list)
  return setmetatable(list or {}, array_mark)
end

--- Marks a table as an object, so that it is written as `{…}` also when it is empty.
function json.object(record)
  return setmetatable(record or {}, object_mark)
end

-- Encoding ----------------------------------------------------------------------------------------

local short_escapes = {
  ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
}

local function escape(character)
  return short_escapes[character] or string.format("\\u%04x", character:byte())
end

-- `</script>` in a text would end the script element that a report embeds it in; `\/` is the same character in JSON.
local function encode_string(value)
  local _, position = utf8.len(value)
  if position then
    error(string.format("text is not valid UTF-8 at byte %d", position), 0)
  end
  local quoted = value:gsub('[%c"\\\127]', escape):gsub("</", "<\\/")
  return '"' .. quoted .. '"'
end

local function encode_number(value)
  if math.type(value) == "integer" then
    return string.format("%d", value)
  elseif value ~= value or value == math.huge or value == -math.huge then
    error("JSON has no way to write " .. tostring(value), 0)
  end
  local short = string.format("%.15g", value)
  return tonumber(short) == value and short or string.format("%.17g", value)
end

local function is_array(value)
  local mark = getmetatable(value)
  if mark == array_mark then return true end
  if mark == object_mark then return false end
  return next(value) == nil or value[1] ~= nil
end

local encode_value

local function sorted_keys(record)
  local keys = {}
  for key in pairs(record) do
    if type(key) ~= "string" then
      error("an object's key must be text, and is a " .. type(key), 0)
    end
    keys[#keys + 1] = key
  end
  table.sort(keys)
  return keys
end

local function encode_table(value, state, depth)
  if depth > deepest then error("nested more than " .. deepest .. " deep, or within itself", 0) end
  local parts = {}
  local array = is_array(value)
  if array then
    for i = 1, value.n or #value do
      parts[i] = encode_value(value[i], state, depth + 1)
    end
  else
    for i, key in ipairs(sorted_keys(value)) do
      parts[i] = encode_string(key) .. state.colon .. encode_value(value[key], state, depth + 1)
    end
  end
  local open, close = array and "[" or "{", array and "]" or "}"
  if #parts == 0 then return open .. close end
  if not state.indent then return open .. table.concat(parts, ",") .. close end
  local inner = "\n" .. state.indent:rep(depth)
  return open .. inner .. table.concat(parts, "," .. inner) .. "\n" .. state.indent:rep(depth - 1) .. close
end

function encode_value(value, state, depth)
  local kind = type(value)
  if value == nil or value == null then
    return "null"
  elseif kind == "string" then
    return encode_string(value)
  elseif kind == "number" then
    return encode_number(value)
  elseif kind == "boolean" then
    return tostring(value)
  elseif kind == "table" then
    return encode_table(value, state, depth)
  end
  error("JSON has no way to write a " .. kind, 0)
end

--- The value as JSON text. `options.indent` (a number of spaces) writes it over several lines.
function json.encode(value, options)
  local indent = options and options.indent and (" "):rep(options.indent)
  return encode_value(value, { indent = indent, colon = indent and ": " or ":" }, 1)
end

-- Decoding ----------------------------------------------------------------------------------------

local function fail(text, position, message)
  local _, lines = text:sub(1, position - 1):gsub("\n", "")
  error(string.format("line %d: %s", lines + 1, message), 0)
end

local plain_escapes = {
  ['"'] = '"', ["\\"] = "\\", ["/"] = "/", b = "\b", f = "\f", n = "\n", r = "\r", t = "\t",
}

-- `\u00e9`, or two halves of one character beyond the first plane: `\ud83d\ude00`.
local function unicode_escape(text, position)
  local hex = text:match("^%x%x%x%x", position + 2)
  if not hex then fail(text, position, "\\u wants four hexadecimal digits") end
  local code = tonumber(hex, 16)
  if code >= 0xDC00 and code <= 0xDFFF then fail(text, position, "half of a surrogate pair") end
  if code < 0xD800 or code > 0xDBFF then return utf8.char(code), position + 6 end
  local low = text:match("^\\u(%x%x%x%x)", position + 6)
  low = low and tonumber(low, 16)
  if not low or low < 0xDC00 or low > 0xDFFF then fail(text, position, "half of a surrogate pair") end
  return utf8.char(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)), position + 12
end

local function decode_string(text, position)
  local parts, start = {}, position + 1
  while true do
    local stop = text:find('[%c"\\]', start)
    if not stop then fail(text, position, "this text is not closed") end
    parts[#parts + 1] = text:sub(start, stop - 1)
    local byte = text:sub(stop, stop)
    if byte == '"' then
      return table.concat(parts), stop + 1
    elseif byte ~= "\\" then
      if byte ~= "\127" then fail(text, stop, "a control character must be escaped") end
      parts[#parts + 1], start = byte, stop + 1
    elseif text:sub(stop + 1, stop + 1) == "u" then
      parts[#parts + 1], start = unicode_escape(text, stop)
    else
      local plain = plain_escapes[text:sub(stop + 1, stop + 1)]
      if not plain then fail(text, stop, "no such escape: " .. text:sub(stop, stop + 1)) end
      parts[#parts + 1], start = plain, stop + 2
    end
  end
end

-- "12" is an integer, "12.0" and "1e3" are floats, and so is an integer that 64 bits can't hold; "012" and "1." are faults.
local function decode_number(text, position)
  local stop = text:match("^%-?%d+()", position)
  if not stop or text:find("^%-?0%d", position) then fail(text, position, "not a number") end
  local integer = stop
  stop = text:match("^%.%d+()", stop) or stop
  stop = text:match("^[eE][+-]?%d+()", stop) or stop
  if text:find("^[%w.+-]", stop) then fail(text, position, "not a number") end
  local digits = text:sub(position, stop - 1)
  if stop == integer then
    return math.tointeger(tonumber(digits)) or tonumber(digits .. ".0"), stop
  end
  return tonumber(digits), stop
end

local decode_value

local function skip(text, position)
  return text:match("^[ \t\r\n]*()", position)
end

local function decode_array(text, position, depth)
  local list, count = json.array(), 0
  position = skip(text, position + 1)
  if text:sub(position, position) == "]" then return list, position + 1 end
  while true do
    count = count + 1
    list[count], position = decode_value(text, position, depth)
    position = skip(text, position)
    local byte = text:sub(position, position)
    if byte == "]" then return list, position + 1 end
    if byte ~= "," then fail(text, position, "an array goes on with , or ends with ]") end
    position = position + 1
  end
end

local function decode_object(text, position, depth)
  local record = json.object()
  position = skip(text, position + 1)
  if text:sub(position, position) == "}" then return record, position + 1 end
  while true do
    position = skip(text, position)
    if text:sub(position, position) ~= '"' then fail(text, position, "an object's key must be text") end
    local key
    key, position = decode_string(text, position)
    position = skip(text, position)
    if text:sub(position, position) ~= ":" then fail(text, position, "a : is missing after a key") end
    record[key], position = decode_value(text, position + 1, depth)
    position = skip(text, position)
    local byte = text:sub(position, position)
    if byte == "}" then return record, position + 1 end
    if byte ~= "," then fail(text, position, "an object goes on with , or ends with }") end
    position = position + 1
  end
end

local words = { { "true", true }, { "false", false }, { "null", null } }

function decode_value(text, position, depth)
  if depth > deepest then fail(text, position, "nested more than " .. deepest .. " deep") end
  position = skip(text, position)
  local byte = text:sub(position, position)
  if byte == '"' then
    return decode_string(text, position)
  elseif byte == "{" then
    return decode_object(text, position, depth + 1)
  elseif byte == "[" then
    return decode_array(text, position, depth + 1)
  elseif byte:find("^[%d-]") then
    return decode_number(text, position)
  end
  for _, word in ipairs(words) do
    if text:sub(position, position + #word[1] - 1) == word[1] then return word[2], position + #word[1] end
  end
  fail(text, position, byte == "" and "the text ends too early" or "a value is missing")
end

--- The value of a JSON text. Raises "line N: what is wrong".
function json.decode(text)
  local _, bad = utf8.len(text)
  if bad then fail(text, bad, "not valid UTF-8") end
  local value, position = decode_value(text, 1, 1)
  position = skip(text, position)
  if position <= #text then fail(text, position, "something stands after the value") end
  return value
end

return json
