-- Web pages out of the texts that make_articles.lua wrote: each article among what a news site puts about it (menus, scripts, teasers, readers'
-- comments), about eight bytes of page to one of text, as on the pages that we have seen.
--
--     lua5.4 tests/bench/make_pages.lua TEXTS/ OUT/
local texts, out = arg[1], arg[2]

local function escape(s) return (s:gsub("[&<>]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" })) end

local function lines_of(path)
  local file = assert(io.open(path, "rb"))
  local lines = {}
  for line in file:read("a"):gmatch("[^\n]+") do lines[#lines + 1] = escape(line) end
  file:close()
  return lines
end

local function repeated(n, make)
  local parts = {}
  for i = 1, n do parts[i] = make(i) end
  return table.concat(parts, "\n")
end

-- What stands on every page, `n` bytes of text in the article
local function furniture(n)
  local menus = n // 260 + 20
  local menu = repeated(menus, function(i)
    return ('<li class="menu-item menu-item-%d"><a href="https://www.coastal.example/section/%d/index.html" title="Section %d">Section %d</a></li>'):format(i, i, i, i)
  end)
  local teasers = repeated(menus // 3, function(i)
    return ('<div class="card card--small"><a class="card__link" href="/story/%d"><img src="/img/%d-320x180.jpg" alt=""><h3 class="card__title">Another story of the day, number %d</h3></a>'
      .. '<p class="card__text">What it says in a line or two, so that readers go on.</p></div>'):format(i, i, i)
  end)
  local scripts = repeated(menus // 4, function(i)
    return ('<script>window.dataLayer=window.dataLayer||[];(function(w,d){var s=d.createElement("script");s.src="https://cdn.example/tag-%d.js";s.async=1;d.head.appendChild(s);'
      .. 'w.queue.push({"slot":"top-%d","sizes":[[728,90],[970,250]],"targeting":{"section":"news","page":"article"}});})(window,document);</script>'):format(i, i)
  end)
  local comments = repeated(menus // 12, function(i)
    return ('<li class="comment" id="comment-%d"><b>Reader %d</b><p>I have said so for years, and nobody would listen to me or my neighbours.</p></li>'):format(i, i)
  end)
  return menu, teasers, scripts, comments
end

local function page(lines, name)
  local size = 0
  for _, line in ipairs(lines) do size = size + #line end
  local menu, teasers, scripts, comments = furniture(size)
  local body = "<p class=\"article__paragraph\">" .. table.concat(lines, "</p>\n<p class=\"article__paragraph\">") .. "</p>"
  return table.concat {
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Report ", name, " of the day - Coastal News</title>",
    "<meta property=\"og:title\" content=\"Report ", name, " of the day\"><meta property=\"article:published_time\" content=\"2021-03-02T10:00:00Z\">\n", scripts,
    "</head><body class=\"single has-sidebar\"><header><nav><ul>", menu, "</ul></nav></header>\n<main><article><h1>Report ", name, " of the day</h1>\n",
    "<div class=\"byline\">By <a rel=\"author\" href=\"/staff\">Ann Lomax</a></div>\n", body, "\n<div class=\"related\"><h2>Related stories</h2>", teasers,
    "</div></article>\n<ol id=\"comments\">", comments, "</ol></main>\n<footer><ul>", menu, "</ul><p>Copyright Coastal News. All rights reserved.</p></footer>\n", scripts, "</body></html>\n",
  }
end

local listing = assert(io.popen("find '" .. texts .. "' -type f | LC_ALL=C sort"))
local count = 0
for path in listing:lines() do
  count = count + 1
  local folder = ("%s/%03d"):format(out, count // 1000)
  if count % 1000 == 0 or count == 1 then os.execute("mkdir -p '" .. folder .. "'") end
  local file = assert(io.open(("%s/%06d.html"):format(folder, count), "wb"))
  file:write(page(lines_of(path), tostring(count)))
  file:close()
end
listing:close()
