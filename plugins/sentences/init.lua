-- sentences: the sentences of an article's title, headings, body and captions. A sentence never crosses a block or a paragraph;
-- a heading or an item of a list is a sentence of its own, whether or not it ends in a full stop.

local text = require "annalist.text"
local boundaries = require "sentences.boundaries"

local known

-- Blank lines part paragraphs, where a layout puts several of them in one block
local function paragraphs(s, first, last)
  local line_end = s:find("\n", first, true)
  if not line_end or line_end > last + 1 then return { { first, last } } end      -- by far the most are one line
  local list, at = {}, first
  while at <= last do
    local stop, resume = s:find("\r?\n[ \t]*\r?\n%s*", at)
    if not stop or stop > last then stop, resume = last + 1, last end
    if stop > at then list[#list + 1] = { at, stop - 1 } end
    at = resume + 1
  end
  return list
end

return {
  name = "sentences", version = 1, api = 1,
  summary = "Sentences of title, headings, body and captions",
  provides = "sentences",
  needs = { "layout" }, wants = {},
  options = {},
  results = {
    sentence = { { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "ordinal", "integer!" } },
  },

  prepare = function(_) known = boundaries.load() end,

  article = function(ctx, article)
    local s, ordinal = article.text, 0
    for block in ctx:rows("select first, last from block where kind in ('title', 'heading', 'body', 'caption') order by first") do
      for _, paragraph in ipairs(paragraphs(s, block.first, block.last)) do
        -- line ends of a text wrapped by hand are spaces; a byte stays a byte
        local passage = s:sub(paragraph[1], paragraph[2]):gsub("%s", " ")
        for _, span in ipairs(boundaries.split(passage, text.sentences, known)) do
          ordinal = ordinal + 1
          ctx:emit("sentence", { first = paragraph[1] + span[1] - 1, last = paragraph[1] + span[2] - 1, ordinal = ordinal })
        end
      end
    end
  end,
}
