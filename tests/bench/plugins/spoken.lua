-- Stands in for `entities` where only `names` is measured: in texts of tests/bench/make_mentions.lua each sentence begins with a person.
return {
  name = "spoken", version = 1, api = 1, provides = "entities",
  summary = "Persons of made articles, for the bench",
  needs = { "sentences" },
  results = { mention = { { "mention_id", "id" }, { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "kind", "text!" },
    { "name", "text!" }, { "title", "text" } } },
  article = function(ctx, article)
    for first, name, stop in article.text:gmatch("()(%u%l+[ %u%l]-)() spoke on Monday") do
      ctx:emit("mention", { first = first, last = stop - 1, kind = "person", name = name })
    end
  end,
}
