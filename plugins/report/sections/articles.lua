-- Every article in full, each passage that a statement leads to marked in its place. Comes last, when all passages are known.

local escape = require "report.escape"
local parts = require "report.parts"
local passages = require "report.passages"

local html = escape.html

-- Blocks of page furniture stay readable, but are set small
local quiet = { teaser = true, notice = true, markup = true, duplicate = true }

-- Stretches of the article: its blocks, and what lies between them
local function stretches(article)
  local list, at = {}, 1
  for _, block in ipairs(article.blocks) do
    if block.first >= at then
      if block.first > at then list[#list + 1] = { at, block.first - 1, "between" } end
      list[#list + 1] = { block.first, block.last, block.kind }
      at = block.last + 1
    end
  end
  if at <= #article.text then list[#list + 1] = { at, #article.text, #article.blocks == 0 and "body" or "between" } end
  return list
end

local function article_text(article)
  local out = {}
  for _, s in ipairs(stretches(article)) do
    local marked, kind = passages.html(article, s[1], s[2]), s[3]
    if kind ~= "between" or article.text:sub(s[1], s[2]):find("%S") then
      out[#out + 1] = ('<div class="block b-%s%s"%s>%s</div>'):format(html(kind), quiet[kind] and " quiet" or "", quiet[kind] and (' data-kind="%s"'):format(html(kind)) or "", marked)
    elseif marked:find("<a", 1, true) then
      out[#out + 1] = marked
    end
  end
  return table.concat(out)
end

local function facts_of(article)
  local facts, p, link = {}, article.published, escape.link(article.url)
  if p and p.date then facts[#facts + 1] = html(parts.day_of(p)) end
  if article.genre then facts[#facts + 1] = '<span class="genre">' .. html(article.genre) .. "</span>" end
  if article.author and article.author ~= "" then facts[#facts + 1] = html(article.author) end
  if article.file ~= "" then facts[#facts + 1] = html(article.file) end
  if link then facts[#facts + 1] = ('<a rel="noreferrer" href="%s">%s</a>'):format(link, link) end
  return table.concat(facts, " · ")
end

return function(model)
  local out = {}
  for i, article in ipairs(model.articles) do
    out[i] = ('<article class="full item" id="article-%d" style="%s"><header><h3><b>%d</b> %s</h3><p class="tally">%s</p></header><div class="text" lang="%s">%s</div></article>'):format(
      article.id, parts.colour(article), article.number, html(article.outlet and article.outlet .. ": " .. article.name or article.name), facts_of(article),
      html(article.language or ""), article_text(article))
  end
  return parts.section("articles", "The articles", 'In full, as they were loaded. Marked: <span class="h h-event">events</span>, <span class="h h-figure">figures</span>, '
    .. '<span class="h h-quotation">quotations</span>, <span class="h h-name">names</span>, <span class="h h-date">dates</span>.', table.concat(out), "Filter articles")
end
