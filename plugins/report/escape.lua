-- Escapes: text of articles is shown, never read as HTML, Markdown or script.

local escape = {}

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

-- Marks that turn the order of letters round, so that a line reads as it isn't written: shown as U+FFFD. (Marks of right-to-left text proper stay;
-- the style sheet keeps each inside its own element.)
local overrides = { ["\u{202D}"] = "\u{FFFD}", ["\u{202E}"] = "\u{FFFD}" }
local function upright(s) return (s:gsub("\u{202D}", overrides):gsub("\u{202E}", overrides)) end

--- For HTML, between tags and in quoted attributes. Control characters that HTML forbids are shown as U+FFFD.
function escape.html(s)
  return (upright(tostring(s)):gsub("[&<>\"']", entities):gsub("[%z\1-\8\11\12\14-\31\127]", "\u{FFFD}"))
end

--- For Markdown, within a line: one line, every mark that could mean something escaped, and no other ("44.7 percent", "02_copy.txt", "$5.9", "R&D" stay).
function escape.inline(s)
  s = upright(tostring(s)):gsub("[%z\1-\31\127]+", " "):gsub("\u{2028}", " "):gsub("\u{2029}", " ")
  s = s:gsub("[\\`*{}%[|~@]", "\\%0"):gsub("&(#?%w+;)", "&amp;%1"):gsub("<", "&lt;"):gsub("%$(%D)", "\\$%1"):gsub("%$$", "\\$")
  s = s:gsub("()_()", function(at, behind) -- within a word it is a letter
    return s:find("^[%w\128-\255]", at - 1) and at > 1 and s:find("^[%w\128-\255]", behind) and "_" or "\\_"
  end)
  return (s:gsub("://", "\\://")) -- no address becomes a link by itself
end

--- The same where it may begin a line: "1. May", "# Aug", "- 2" begin no list and no heading.
function escape.markdown(s)
  return (escape.inline(s):gsub("^(%s*%d+)([.)])%f[%s%z]", "%1\\%2"):gsub("^(%s*)([-+=#>])", "%1\\%2"))
end

local json_short = { ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t", ["<"] = "\\u003c", [">"] = "\\u003e", ["&"] = "\\u0026" }

--- For JSON that may also be put into a page: no "<", no line separators of script, and what turns a line round by its number.
function escape.json(s)
  return (s:gsub('[%z\1-\31\127\\"<>&]', function(c) return json_short[c] or ("\\u%04x"):format(c:byte()) end)
    :gsub("\u{2028}", "\\u2028"):gsub("\u{2029}", "\\u2029")
    :gsub("\u{202D}", "\\u202d"):gsub("\u{202E}", "\\u202e"))
end

--- What a link may lead to: web addresses only.
function escape.link(url)
  return url and url:find("^https?://[^%s\"'<>]+$") and escape.html(url) or nil
end

return escape
