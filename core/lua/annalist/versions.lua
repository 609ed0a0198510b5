-- The versions of all parts that could matter when two results differ: a list of { name, version }.

local system = require "annalist.system"

local list = system.versions()
local lpeg = require "lpeg"
table.insert(list, 3, { "LPeg", type(lpeg.version) == "function" and lpeg.version() or tostring(lpeg.version) })

return list
