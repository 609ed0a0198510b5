-- spellings.lua CORPUS [KIND]: every person (or organisation, place) that is written in more than one way, and in which articles how.
-- Run `annalist run CORPUS names` first.

local annalist = require "annalist"

local path, kind = arg[1], arg[2] or "person"
if not path then
  io.stderr:write("usage: annalist scripts/examples/spellings.lua CORPUS [person|organisation|place]\n")
  os.exit(2)
end

local corpus <close> = annalist.open(path)

local forms = [[
  select mention.name as spelling, group_concat(distinct article_id) as articles, count(*) as mentions
  from mention join mention_entity using (mention_id)
  where entity_id = ? group by mention.name order by mentions desc, spelling]]

for entity in corpus:sql([[
  select entity_id, entity.name as name, description, count(distinct mention.name) as spellings
  from entity join mention_entity using (entity_id) join mention using (mention_id)
  where entity.kind = ? group by entity_id having spellings > 1 order by spellings desc, name]], kind) do
  print(entity.name .. (entity.description and " (" .. entity.description .. ")" or ""))
  for form in corpus:sql(forms, entity.entity_id) do
    print(string.format("  %-32s %3d times, articles %s", form.spelling, form.mentions, form.articles))
  end
end
