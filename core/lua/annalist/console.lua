-- What a command says: results to standard output, everything else to standard error.
-- A reader that went away (`annalist sql … | head`) ends the command quietly; a full disk is an error like any other.

local system = require "annalist.system"

local console = {}

--- Raised when nobody reads our output any more. `main` ends the program on it without a word.
console.broken_pipe = setmetatable({}, { __tostring = function() return "nobody reads the output any more" end })

local progress_shown = false
local notes_wanted = true

local function check(ok, message)
  if ok then return end
  if tostring(message):find("Broken pipe", 1, true) then error(console.broken_pipe, 0) end
  error("standard output: " .. tostring(message), 0)
end

--- Writes a result to standard output.
function console.write(...)
  console.clear_progress()
  check(io.stdout:write(...))
end

--- Writes what is still held back. Called once, when a command has ended.
function console.flush()
  check(io.stdout:flush())
end

--- One line on standard error, after `string.format`. Silent after `console.be_quiet()`.
function console.note(format, ...)
  if not notes_wanted then return end
  console.clear_progress()
  io.stderr:write(select("#", ...) > 0 and string.format(format, ...) or format, "\n")
end

--- One line on standard error, always.
function console.complain(message)
  console.clear_progress()
  io.stdout:flush()
  io.stderr:write("annalist: ", message, "\n")
end

--- After `--quiet`: no notes and no progress; complaints stay.
function console.be_quiet()
  notes_wanted = false
end

--- True if progress is worth reporting: standard error is a terminal, and nobody asked for quiet.
function console.shows_progress()
  return notes_wanted and system.is_terminal(2)
end

--- The columns of the terminal, or nil if standard output isn't one.
function console.width()
  if not system.is_terminal(1) then return nil end
  local columns = system.terminal_size()
  return columns and columns >= 20 and columns or 80
end

--- Replaces the progress line. In a pipe nothing is written.
function console.progress(line)
  if not console.shows_progress() then return end
  local columns = system.terminal_size() or 80
  io.stderr:write("\r", require("annalist.text").clip(line, columns - 1), "\27[K")
  io.stderr:flush()
  progress_shown = true
end

--- Takes the progress line away.
function console.clear_progress()
  if progress_shown then
    io.stderr:write("\r\27[K")
    progress_shown = false
  end
end

return console
