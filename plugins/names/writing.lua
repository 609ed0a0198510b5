-- From resolved mentions to rows: one entity a root, named by its fullest common form, described by the roles that the sources give.

local article = require "names.article"
local description = require "names.description"
local references = require "names.references"
local sets = require "lib.sets"

local writing = {}

local function count(set, key)
  set[key] = (set[key] or 0) + 1
end

local OWNER = { his = "m", her = "f" } -- the sex of whose relative somebody is

local FEW = 12 -- equally frequent names among which the one in the middle is looked for

-- The name that most articles write; of several, the one that is most like all the others, and the more frequent.
local function central(world, set, mentions)
  local most, list = 0, {}
  for _, n in pairs(set) do
    most = math.max(most, n)
  end
  for name, n in pairs(set) do
    if n == most then
      list[#list + 1] = name
    end
  end
  table.sort(list)
  if #list == 1 or #list > FEW then
    return list[1]
  end
  local best, highest
  for _, name in ipairs(list) do
    local sum, form = mentions[name] / 10, world.forms:of(name)
    for _, other in ipairs(list) do
      sum = sum + (other ~= name and world.score_of(form, world.forms:of(other)) or 0)
    end
    if not best or sum > highest then
      best, highest = name, sum
    end
  end
  return best
end

local COMMON = 3 -- a fuller name counts as common where it stands in one of so many articles

-- "Omar Basri Hadi" for "Omar Hadi", where the fuller name is common enough.
local function fullest(world, set, name)
  local form, best = world.forms:of(name), name
  for other, n in pairs(set) do
    local longer = world.forms:of(other)
    local more = #longer.words - #world.forms:of(best).words
    if n * COMMON >= set[name] and more >= 0 and #longer.name > #name + 3 and #longer.words > #form.words and article.contains(longer, form)
      and (more > 0 or n > set[best] or n == set[best] and other < best) then
      best = other
    end
  end
  return best
end

local function new_entity()
  return { kinds = {}, names = {}, full = {}, plain = {}, said = {}, kin = {}, seen = {}, mentions = {} }
end

-- A spelling counts once an article: what most sources write is the name, not what one of them repeats.
local function collect(entity, mention, article_id)
  local full = mention.form.full and not mention.short
  count(entity.kinds, mention.kind)
  count(entity.mentions, mention.form.name)
  if entity.seen[mention.form.name] ~= article_id and not mention.is_alias then
    entity.seen[mention.form.name] = article_id
    count(entity.names, mention.form.name)
    if full then
      count(#mention.form.initials == 0 and entity.plain or entity.full, mention.form.name)
    end
  end
  local title, said = mention.title, false
  for _, role in ipairs(mention.roles or {}) do
    if role.kin then
      entity.kin[#entity.kin + 1] = { role = role, article_id = article_id, mention = mention }
    else
      description.count(entity.said, role.text, article_id)
      said = said or title and role.text:lower():find(title.text:lower(), 1, true)
    end
  end
  if title and #title.offices > 0 and not said and not title.kin then
    description.count(entity.said, title.text, article_id)
  end
end

-- Whose relative somebody is, where the text leaves no doubt: the person named right there ("Omarov's son"), or the only one whom "his" can mean.
local function possessor(record, item)
  local role, found = item.role, nil
  if role.kin.possessor == "of" then
    return nil
  end
  for _, other in ipairs(record.persons) do
    if other.last >= item.mention.first then
      break
    end
    if OWNER[role.kin.possessor] then
      local sex = other.sex or other.title and other.title.sex or other.form.full and other.form.sex
      local fits = not sex or sex == OWNER[role.kin.possessor]
      if fits and other.sentence == item.mention.sentence and other.root ~= item.mention.root then
        if found and found ~= other.root then
          return nil
        end
        found = other.root
      end
    elseif other.first <= role.kin.at and other.last >= role.kin.at - 4 then
      return other.root
    end
  end
  return found
end

local function tell_kin(entity, records, by_root)
  for _, item in ipairs(entity.kin) do
    local kin, text = item.role.kin, nil
    if kin.possessor == "of" then
      text = item.role.text
    else
      local root = possessor(records[item.article_id], item)
      local other = root and by_root[root]
      if other and other ~= entity then
        text = kin.word .. " of " .. other.name
      elseif kin.possessor and not OWNER[kin.possessor] and kin.possessor:find("^%l") then
        text = kin.word .. " of the " .. kin.possessor
      end
    end
    if text then
      description.count(entity.said, text, item.article_id)
    end
  end
end

local function join_reason(world, mention)
  local node = mention.form.full and mention.kind == "person" and world.by_key[mention.form.key]
  local link = node and node.link
  if not link or mention.reason ~= "named in full" then
    return mention.score, mention.reason
  end
  local other = link.a == node and link.b or link.a
  return 1 / (1 + math.exp(-link.points)), ("one with %s: %s"):format(other.form.name, link.words)
end

local function rounded(x)
  return math.floor(x * 1000 + 0.5) / 1000
end

-- Passages without a name that mean somebody, article by article; texts are read once more.
local function emit_references(ctx, corpus, articles, by_root)
  local sexes, at = {}, 1
  for _, record in ipairs(articles) do
    for _, mention in ipairs(record.persons) do
      sexes[mention.root] = sexes[mention.root] or mention.sex or mention.title and mention.title.sex or mention.form.full and mention.form.sex or nil
    end
  end
  for item in corpus:articles() do
    local record = articles[at]
    if record and record.id == item.article_id then
      at = at + 1
      for _, found in ipairs(references.find(record, item.text, sexes)) do
        ctx:emit("name_reference", { article_id = record.id, first = found.first, last = found.last, entity_id = by_root[found.root].id,
          score = found.score, reason = found.reason })
      end
    end
  end
end

-- Does some article speak of the two of a doubtful pair, under whatever names, as of two? Then nobody need decide.
local function told_apart(world, pair)
  local clusters = world.clusters
  for _, x in ipairs(clusters.members[clusters:root(pair.a.id)]) do
    for _, y in ipairs(clusters.members[clusters:root(pair.b.id)]) do
      if world:are_apart(world.nodes[x].form, world.nodes[y].form) then
        return true
      end
    end
  end
  return false
end

--- Emits entities in the order of their first mention, then links in the order of mentions, then doubtful pairs.
function writing.emit(ctx, corpus, world, articles)
  local by_root, order = {}, {}
  local mentions, records = {}, {}
  for _, record in ipairs(articles) do
    records[record.id] = record
    local all = table.move(record.persons, 1, #record.persons, 1, {})
    table.move(record.groups, 1, #record.groups, #all + 1, all)
    table.sort(all, function(a, b) return a.id < b.id end)
    for _, mention in ipairs(all) do
      local entity = by_root[mention.root]
      if not entity then
        entity = new_entity()
        by_root[mention.root] = entity
        order[#order + 1] = entity
      end
      collect(entity, mention, record.id)
      mentions[#mentions + 1] = mention
    end
  end
  for _, entity in ipairs(order) do
    local names = next(entity.plain) and entity.plain or next(entity.full) and entity.full or entity.names
    entity.name = fullest(world, names, central(world, names, entity.mentions))
  end
  for _, entity in ipairs(order) do
    tell_kin(entity, records, by_root)
    entity.id = ctx:emit("entity", { kind = sets.foremost(entity.kinds), name = entity.name, description = description.of(entity.said) })
  end
  for _, mention in ipairs(mentions) do
    local score, reason = join_reason(world, mention)
    ctx:emit("mention_entity", { mention_id = mention.id, entity_id = by_root[mention.root].id, score = rounded(score), reason = reason })
  end
  emit_references(ctx, corpus, articles, by_root)
  local seen = {}
  for _, pair in ipairs(world.doubts) do
    local a, b = by_root[world.clusters:root(pair.a.id)], by_root[world.clusters:root(pair.b.id)]
    if a and b and a ~= b and not told_apart(world, pair) then
      local x, y = math.min(a.id, b.id), math.max(a.id, b.id)
      if not seen[x * 0x1000000 + y] then
        seen[x * 0x1000000 + y] = true
        ctx:emit("name_doubt", { entity_id = x, other_id = y, score = rounded(1 / (1 + math.exp(-pair.points))),
          reason = ("%s and %s: %s"):format(pair.a.form.name, pair.b.form.name, pair.words) })
      end
    end
  end
end

return writing
