-- languages: passages of an article that are in another language than the article is: a quotation left in the original, a paragraph that the translator
-- forgot, a notice of the site. The article's own language is `article.language`. What a passage is in is told by the library that load uses too (CLD2).

local text = require "annalist.text"

local enough = 60        -- bytes of a sentence in the article's own script that tell its language; names and numbers alone mislead
local enough_apart = 24  -- where the script is another one already
local sure, sure_apart = 0.9, 0.3

-- "Latn" "Cyrl"; digits and marks are of no script
local function other_script(script, own)
  return script ~= own and script ~= "Zyyy" and script ~= "Zinh" and script ~= "Zzzz"
end

-- Quotation marks, dates and figures say nothing of a language, and capitals mislead the library: "AS REPORTED".
local function words_of(sentence)
  return (sentence:gsub("[%d%p]+", " "))
end

-- The language of a sentence if it is not the article's, and how sure that is.
local function foreign(sentence, own, own_script)
  local apart = other_script(text.script(sentence), own_script)
  local words = words_of(sentence)
  if #words < (apart and enough_apart or enough) or text.is_upper(words) then return nil end
  local code, confidence = text.language(words)
  if code == "und" or code == own or confidence < (apart and sure_apart or sure) then return nil end
  return code, confidence
end

local function emit(ctx, passage)
  if passage then ctx:emit("passage", passage) end
end

return {
  name = "languages", version = 1, api = 1,
  summary = "Passages in another language than the article's",
  provides = "languages",
  needs = { "sentences" }, wants = {},
  options = {},
  results = {
    passage = { { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "language", "text!" }, { "confidence", "number!" } },
  },

  article = function(ctx, article)
    local own = article.language or text.language(article.text)
    if own == "und" then return end
    local own_script = text.script(article.text)
    local passage -- sentences of one language that follow each other are one passage
    for sentence in ctx:rows("select first, last from sentence order by first") do
      local code, confidence = foreign(article.text:sub(sentence.first, sentence.last), own, own_script)
      if passage and passage.language == code then
        passage.last, passage.confidence = sentence.last, math.min(passage.confidence, confidence)
      else
        emit(ctx, passage)
        passage = code and { first = sentence.first, last = sentence.last, language = code, confidence = confidence } or nil
      end
    end
    emit(ctx, passage)
  end,
}
