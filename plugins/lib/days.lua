-- Days as numbers, without a clock: the proleptic Gregorian calendar.

local days = {}

--- "2020-10-06" -> days since 1970-01-01; nil for what is no day.
function days.number(iso)
  local y, m, d = iso:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)")
  if not y then return nil end
  y, m, d = math.tointeger(y), math.tointeger(m), math.tointeger(d)
  if m < 1 or m > 12 or d < 1 or d > 31 then return nil end
  if m <= 2 then y = y - 1 end
  local era = y // 400
  local year = y - era * 400
  local of_year = (153 * (m + (m > 2 and -3 or 9)) + 2) // 5 + d - 1
  return era * 146097 + year * 365 + year // 4 - year // 100 + of_year - 719468
end

--- The day of that number: days.iso(0) is "1970-01-01".
function days.iso(number)
  local z = number + 719468
  local era = z // 146097
  local of_era = z - era * 146097
  local year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
  local of_year = of_era - (365 * year + year // 4 - year // 100)
  local m = (5 * of_year + 2) // 153
  local d = of_year - (153 * m + 2) // 5 + 1
  local month = m + (m < 10 and 3 or -9)
  return ("%04d-%02d-%02d"):format(year + era * 400 + (month <= 2 and 1 or 0), month, d)
end

return days
