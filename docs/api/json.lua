---@meta annalist.json
-- A part of the script API; annalist.lua says how these files are read.

---JSON, small and strict: integers stay integers, null is `annalist.null`, keys come out sorted.
---@class annalist.json
---@field null any
local json = {}

---The value as JSON text; `indent` writes it over several lines.
---```lua
---print(annalist.json.encode { b = { 1, annalist.null }, a = 2.5 })   --> {"a":2.5,"b":[1,null]}
---```
---@param value any
---@param options? { indent?: integer }
---@return string
function json.encode(value, options) end

---The value of a JSON text. Raises "line N: what is wrong".
---```lua
---print(annalist.json.decode('{"n": 9007199254740993}').n)   --> 9007199254740993
---```
---@param s string
---@return any
function json.decode(s) end

---Marks a table as an array, so that it is written as `[]` also when it is empty.
---```lua
---print(annalist.json.encode(annalist.json.array {}))   --> []
---```
---@param list? table
---@return table
function json.array(list) end

---Marks a table as an object, so that it is written as `{}` also when it is empty.
---```lua
---print(annalist.json.encode(annalist.json.object {}))   --> {}
---```
---@param record? table
---@return table
function json.object(record) end

return annalist
