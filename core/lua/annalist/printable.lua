-- Text as it may stand on a terminal: an article must not be able to steer it. Control characters (C0, DEL, C1) and the marks that turn the
-- direction of what follows become "·". And numbers of things, as a line says them.

local printable = {}

local turning = { "\xE2\x80[\xAA-\xAE]", "\xE2\x81[\xA6-\xA9]" } -- U+202A to U+202E, U+2066 to U+2069

--- `s` with its tabs and line ends.
function printable.text(s)
  s = s:gsub("[\0-\8\11-\31\127]", "·"):gsub("\xC2[\x80-\x9F]", "·")
  for _, marks in ipairs(turning) do s = s:gsub(marks, "·") end
  return s
end

--- `s` on one line.
function printable.line(s)
  return printable.text((s:gsub("%s+", " ")))
end

--- "1 article", "2 articles"
function printable.count(n, one)
  return n == 1 and "1 " .. one or string.format("%d %ss", n, one)
end

--- Bytes as "12 KB" or "3.4 MB"
function printable.size(bytes)
  if bytes < 1 << 20 then return string.format("%.0f KB", bytes / 1024) end
  return string.format("%.1f MB", bytes / (1 << 20))
end

return printable
