-- Days of ISO 8601 text as numbers that can be added and compared; the arithmetic is calendar's.

local calendar = require "lib.calendar"

local days = {}

--- "2020-10-06" -> days since 1970-01-01; nil for what is no day.
function days.number(iso)
  local y, m, d = iso:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)")
  if not y then return nil end
  y, m, d = math.tointeger(y), math.tointeger(m), math.tointeger(d)
  if m < 1 or m > 12 or d < 1 or d > 31 then return nil end
  return calendar.number(y, m, d)
end

--- The day of that number: days.iso(0) is "1970-01-01".
function days.iso(number) return ("%04d-%02d-%02d"):format(calendar.date(number)) end

return days
