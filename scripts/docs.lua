-- Makes docs/api.md out of docs/api/: `annalist scripts/docs.lua [--check]`. With --check it only says whether the page is
-- what it would be. Run by `make docs`.

local system = require "annalist.system"
local reference = require "annalist.reference"

local folder = system.join(system.home(), "docs")
local page = system.join(folder, "api.md")
local made = reference.markdown(reference.load(folder))

if arg[1] == "--check" then
  if system.read(page) ~= made then
    io.stderr:write("docs/api.md is not what docs/api/ makes; run: make docs\n")
    return 1
  end
  return 0
end

assert(system.write(page, made))
print(page)
