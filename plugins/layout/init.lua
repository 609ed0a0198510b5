-- layout: which lines of an article's text are the article, and what each of them is. Other analyses read title, heading, body and
-- caption; the page's furniture, teasers of other stories and notices stay in the text, with their kind.
-- Evidence: the shape of a line, its neighbours, standing phrases, repetition on the page and across the corpus, the article's own words.

local passages = require "lib.passages"
local features = require "layout.features"
local kinds = require "layout.kinds"
local knowledge = require "layout.knowledge"
local margins = require "layout.margins"
local parts = require "layout.parts"
local scores = require "layout.scores"
local segments = require "layout.segments"
local vocabulary = require "layout.vocabulary"

local known

-- What a line holds beside its text becomes a passage of its own: "date 2019-03-02 The council …"
local function split(paragraphs)
  local list = {}
  for i, p in ipairs(paragraphs) do
    local at = i <= 3 and parts.after_stamp(p.text)
    if at then
      local stamp = p.text:sub(1, at - 1):gsub("%s+$", "")
      list[#list + 1] = { first = p.first, last = p.first + #stamp - 1, text = stamp, blank = p.blank, kind = "date" }
      list[#list + 1] = { first = p.first + at - 1, last = p.last, text = p.text:sub(at), blank = 0 }
    else
      list[#list + 1] = p
    end
  end
  return list
end

-- In how many articles each line stands. Furniture comes in runs or at the ends of a text; one such line alone amid others ("Year", over the
-- figures of a year) is a word that many articles need.
local function mark_furniture(ctx, paragraphs)
  local articles = {}
  for row in ctx:rows("select first, articles from furniture order by first") do articles[row.first] = row.articles end
  local n = #paragraphs
  for i, p in ipairs(paragraphs) do
    local before, after = paragraphs[i - 1], paragraphs[i + 1]
    local alone = i > 2 and i < n - 1 and not articles[before.first] and not articles[after.first]
    p.seen = not alone and articles[p.first] or 0
  end
end

-- Text that a reader took out of a web page: its markup has told what is the article
local function is_cut(article)
  local format = article.format
  return format ~= nil and (format:find("^html") or format:find("/html", 1, true)) ~= nil
end

-- Which paragraphs are the article, by what they look like and by what stands about them
local function find_article(paragraphs, cut)
  local list, signs = scores.all(paragraphs)
  if cut then return scores.keep_cut(paragraphs) end
  local closes = scores.closes(paragraphs)
  local inside = segments.find(list, closes)
  vocabulary.weigh(paragraphs, list, inside)
  scores.reopen(paragraphs, closes)
  inside = segments.find(list, closes)
  scores.bridge(paragraphs, inside)
  scores.keep_plain(paragraphs, inside, signs)
  vocabulary.drop_tail(paragraphs, inside)
  scores.drop_last_headings(paragraphs, inside)
  vocabulary.drop_last_row(paragraphs, inside, signs == 0)
  return inside
end

-- Lines of nothing but a date, and above the text a place with a day: the dateline of a feature
local function mark_dates(paragraphs)
  local above = true
  for _, p in ipairs(paragraphs) do
    above = above and not scores.is_prose(p)
    if not p.kind then
      if features.is_date(p, known) or features.holds_date(p, known) or features.is_labelled_date(p, known) then p.kind = "date"
      elseif above and features.is_placed_date(p, known) then p.kind = "dateline" end
    end
  end
end

local function emit(ctx, p)
  local first = p.first
  if p.kind == "body" and p.dateline then
    ctx:emit("block", { first = first, last = p.dateline, kind = "dateline" })
    first = p.resumes
  end
  if p.credit then
    ctx:emit("block", { first = first, last = p.text_last, kind = p.kind })
    ctx:emit("block", { first = p.credit, last = p.last, kind = "byline" })
  else
    ctx:emit("block", { first = first, last = p.last, kind = p.kind })
  end
end

local KEPT = { title = true, heading = true, body = true, caption = true }

return {
  name = "layout", version = 1, api = 1,
  summary = "Title, body, captions, bylines and dates of an article, apart from page furniture, teasers and notices",
  provides = "layout",
  needs = { "furniture" }, wants = {},
  options = {
    keep = { type = "string", default = "article", choices = { "article", "all" },
      help = "all: every line counts as part of the article (body, heading, caption or title)" },
  },
  results = {
    block = { { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "kind", "text!" } },
  },

  prepare = function(_) known = knowledge.load() end,

  article = function(ctx, article)
    local paragraphs = margins.cut_stamps(split(passages.paragraphs(article.text)), known)
    if #paragraphs == 0 then return end
    for _, p in ipairs(paragraphs) do features.measure(p, known) end
    features.function_words(paragraphs, known)
    mark_dates(paragraphs)
    margins.mark(paragraphs, known)
    mark_furniture(ctx, paragraphs)
    local cut = is_cut(article)
    local inside = find_article(paragraphs, cut)
    kinds.decide(paragraphs, inside, article, cut, known)
    local all = ctx:option("keep") == "all"
    for _, p in ipairs(paragraphs) do
      if all and not KEPT[p.kind] then p.kind = "body" end
      emit(ctx, p)
    end
  end,
}
