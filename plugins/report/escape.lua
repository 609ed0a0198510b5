-- Escapes: text of articles is shown, never read as HTML, Markdown or script.

local escape = {}

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

--- For HTML, between tags and in quoted attributes. Control characters that HTML forbids are shown as U+FFFD.
function escape.html(s)
  return (tostring(s):gsub("[&<>\"']", entities):gsub("[%z\1-\8\11\12\14-\31\127]", "\u{FFFD}"))
end

--- For Markdown, in running text: one line, every mark that could mean something escaped.
function escape.markdown(s)
  s = tostring(s):gsub("[%z\1-\31\127]+", " ")
  s = s:gsub("[\\`*_{}%[%]#|~$@!]", "\\%0"):gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;")
  s = s:gsub("://", "\\://") -- no address becomes a link by itself
  return (s:gsub("^(%s*%d+)([.)])", "%1\\%2"):gsub("^(%s*)([-+=])", "%1\\%2"))
end

local json_short = { ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t", ["<"] = "\\u003c", [">"] = "\\u003e", ["&"] = "\\u0026" }

--- For JSON that may also be put into a page: no "<", and no line separators of script.
function escape.json(s)
  return (s:gsub('[%z\1-\31\127\\"<>&]', function(c) return json_short[c] or ("\\u%04x"):format(c:byte()) end)
    :gsub("\u{2028}", "\\u2028"):gsub("\u{2029}", "\\u2029"))
end

--- What a link may lead to: web addresses only.
function escape.link(url)
  return url and url:find("^https?://[^%s\"'<>]+$") and escape.html(url) or nil
end

return escape
