-- What the specs of layout share: a text or a page goes into a corpus, `layout` runs, and its blocks come back.

local system = require "annalist.system"
local trial = require "annalist.trial"

local layout_workshop = {}

-- The blocks of the only (or the nth) article: list of { kind, text }
function layout_workshop.blocks(corpus, n)
  local list = {}
  local text
  for article in corpus:articles() do
    n = (n or 1) - 1
    if n == 0 then text = article.text end
    if n == 0 then
      for row in corpus:rows("block") do
        if row.article_id == article.article_id then list[#list + 1] = { row.kind, text:sub(row.first, row.last), row.first, row.last } end
      end
    end
  end
  return list
end

-- The blocks of a text
function layout_workshop.run(text, options)
  local corpus <close> = trial.run { plugin = "layout", articles = { text }, set = options }
  return layout_workshop.blocks(corpus)
end

-- The blocks of an HTML page
function layout_workshop.run_page(html)
  local folder, remove = trial.folder()
  system.write(system.join(folder, "a.html"), html)
  local path = system.join(folder, "k.db")
  require("annalist.loading").load(path, { system.join(folder, "a.html") }, {})
  local opened <close> = require("annalist.corpus").open(path, "write")
  opened:run("layout", {})
  local list = layout_workshop.blocks(opened)
  remove()
  return list
end

-- The kind of the block that begins so
function layout_workshop.kind_of(list, beginning)
  for _, block in ipairs(list) do
    if block[2]:sub(1, #beginning) == beginning then return block[1] end
  end
end

return layout_workshop
