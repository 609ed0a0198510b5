-- Where a command's result goes: standard output, or with `-o` a file, which appears whole or not at all.

local console = require "annalist.console"
local system = require "annalist.system"

local output = {}

--- Returns write(...), finish(), and the width to which a table is cut (nil when no terminal shows it).
function output.open(path)
  if not path then
    return console.write, console.flush, console.width()
  end
  local temporary = path .. ".part"
  local file, message = io.open(temporary, "wb")
  if not file then error(path .. message:sub(#temporary + 1), 0) end
  local function check(ok, problem)
    if ok then return end
    file:close()
    os.remove(temporary)
    error(string.format("%s: %s", path, problem), 0)
  end
  local function write(...)
    check(file:write(...))
  end
  local function finish()
    check(file:close())
    check(system.rename(temporary, path))
  end
  return write, finish, nil
end

return output
