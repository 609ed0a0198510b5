-- Parts that every section of the page is made of: chips of articles, links into their text, quoted passages, counts.

local escape = require "report.escape"
local passages = require "report.passages"
local text = require "annalist.text"

local parts = {}

local html = escape.html

--- "3 articles", "1 article"
function parts.count(n, noun, plural)
  return ("%d %s"):format(n, n == 1 and noun or plural or noun .. "s")
end

--- An article's colour, as a style attribute's value: hues far apart for neighbours, by the golden angle.
function parts.colour(article) return ("--hue:%d"):format(math.floor((article.number - 1) * 137.508 + 210) % 360) end

local SHORT = 26 -- columns

--- What an article is called in a few letters: outlet, or file, or, when many lie in that file, the beginning of its title.
function parts.short(article)
  return article.outlet or not article.file_is_shared and article.file ~= "" and article.file or text.clip(article.name, SHORT)
end

--- A small coloured label that leads to the article, or to `anchor` in it.
function parts.chip(article, anchor)
  return ('<a class="chip" style="%s" href="#%s" title="%s"><b>%d</b> %s</a>'):format(parts.colour(article), anchor or "article-" .. article.id,
    html(article.name .. (article.genre and " (" .. article.genre .. ")" or "")), article.number, html(parts.short(article)))
end

--- The same with the number alone, for lists.
function parts.number_chip(article, anchor)
  return ('<a class="chip no" style="%s" href="#%s" title="%s"><b>%d</b></a>'):format(parts.colour(article), anchor or "article-" .. article.id,
    html(parts.short(article) .. ": " .. article.name), article.number)
end

--- "3 articles, one origin: Health Ministry", "2 articles, 2 independent origins: police; article 4"
-- @param named list of names, and of articles that tell it by themselves; nil when nobody knows
function parts.origins(count, named, most)
  if not count then return "" end
  local list = {}
  for i, origin in ipairs(named or {}) do
    if i <= (most or 6) then list[i] = type(origin) == "table" and "article " .. origin.number or origin end
  end
  if #list < #(named or {}) then list[#list + 1] = ("%d more"):format(#named - #list) end
  return (count == 1 and "one origin" or ("%d independent origins"):format(count)) .. (#list > 0 and ": " .. table.concat(list, "; ") or "")
end

--- 1211 -> "1,211"
function parts.number(x)
  if x == nil then return "" end
  if x ~= math.floor(x) or math.abs(x) >= 1e15 then return ("%.10g"):format(x) end
  local s, out = ("%d"):format(math.tointeger(math.abs(x))), {}
  while #s > 3 do
    table.insert(out, 1, s:sub(-3))
    s = s:sub(1, -4)
  end
  table.insert(out, 1, s)
  return (x < 0 and "-" or "") .. table.concat(out, ",")
end

--- "about 590", "10–15", "more than 1,000": the words before and after the number, and the number.
function parts.figure(f)
  if f.vague then return "", f.vague, (" (counted as about %s)"):format(parts.number(f.value)) end
  local before = f.qualifier and f.qualifier ~= "exactly" and f.qualifier .. " " or ""
  local number = parts.number(f.value) .. (f.maximum and f.maximum ~= f.value and "–" .. parts.number(f.maximum) or "")
  return before, number, f.unit and f.unit ~= "people" and " " .. f.unit or ""
end

--- The days between which something holds: "6 October 2020", "6 to 8 October 2020"
function parts.days(first, last)
  if not first then return "" end
  if first == last then return parts.date(first) end
  local a, b = parts.date(first), parts.date(last)
  local day, rest = a:match("^(%d+)( .*)$")
  if day and b:sub(-#rest) == rest and b:match("^%d+") then return day .. " to " .. b end
  return a .. " to " .. b
end

--- A passage in its context, as a quotation that leads to it.
function parts.quote(model, row, kind, around)
  local article = model.by_id[row.article_id]
  local anchor = article and passages.note(article, row.first, row.last, kind)
  if not anchor then return "" end
  local before, inner, after = passages.context(article, row.first, row.last, around)
  return ('<a class="quote" style="%s" href="#%s">%s<mark>%s</mark>%s</a>'):format(parts.colour(article), anchor, html(before), html(inner), html(after))
end

--- A link to a passage with a text of its own.
function parts.link(model, row, kind, label)
  local article = model.by_id[row.article_id]
  local anchor = article and passages.note(article, row.first, row.last, kind)
  if not anchor then return html(label) end
  return ('<a class="to" href="#%s">%s</a>'):format(anchor, html(label))
end

local months = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" }

--- "2020-10-06" -> "6 October 2020"
function parts.date(iso)
  if not iso then return "undated" end
  local y, m, d, time = iso:match("^(%d%d%d%d)%-?(%d?%d?)%-?(%d?%d?)T?(.*)$")
  if not y then return iso end
  m, d = math.tointeger(tonumber(m)), math.tointeger(tonumber(d))
  if not m or not months[m] then return iso end
  local s = d and ("%d %s %s"):format(d, months[m], y) or ("%s %s"):format(months[m], y)
  return time ~= "" and s .. ", " .. time or s
end

--- A sentence of a plugin, with its days as they are read: "told again on 10 October 2020".
function parts.sentence(s)
  return (s:gsub("%f[%d]%d%d%d%d%-%d%d%-%d%d%f[^%d]", parts.date))
end

local UNSURE = 0.5 -- confidence below which a date is said with "perhaps"

--- When an article appeared: "6 October 2020", "perhaps 4 October 2020", "undated".
function parts.day_of(published)
  if not published or not published.date then return "undated" end
  return (published.confidence and published.confidence < UNSURE and "perhaps " or "") .. parts.date(published.date)
end

--- How sure that day is, "86%"; nil where nobody says.
function parts.sure(published)
  if not (published and published.date and published.confidence) then return nil end
  return ("%d%%"):format(math.floor(math.max(0, math.min(1, published.confidence)) * 100 + 0.5))
end

--- A section with its heading, a line that says what it is, and a filter box when there is much in it.
function parts.section(id, title, lead, body, filter)
  local box = filter and ('<input class="filter" type="search" data-for="%s" placeholder="%s" aria-label="%s">'):format(id, html(filter), html(filter)) or ""
  return ('<section id="%s"><header class="section"><h2>%s</h2>%s</header><p class="lead">%s</p>%s</section>\n'):format(id, html(title), box, lead, body)
end

--- A table: head is a list of names, rows a list of lists of HTML.
function parts.table(head, rows, class)
  local out = { ('<div class="scroll"><table class="%s"><thead><tr>'):format(class or "") }
  for _, name in ipairs(head) do out[#out + 1] = '<th scope="col">' .. html(name) .. "</th>" end
  out[#out + 1] = "</tr></thead><tbody>"
  for _, row in ipairs(rows) do out[#out + 1] = '<tr class="item"><td>' .. table.concat(row, "</td><td>") .. "</td></tr>" end
  out[#out + 1] = "</tbody></table></div>"
  return table.concat(out)
end

return parts
