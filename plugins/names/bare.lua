-- Bare names: "Karimov" alone, "Leila" alone. Inside an article they go to a bearer named there; who bears the name elsewhere helps to
-- choose, and a bare name without a bearer in its article goes to one of other articles when name, office and company speak for it.

local article = require "names.article"
local keys = require "lib.names.keys"
local namesakes = require "names.namesakes"
local sets = require "lib.sets"
local lists = require "names.lists"

local bare = {}

--- Notes that `word` alone stood for this node in an article.
function bare.vote(world, word, node_id, count)
  world.votes[word] = world.votes[word] or {}
  world.votes[word][node_id] = (world.votes[word][node_id] or 0) + math.min(count, 3)
end

-- word -> root -> share of the votes; total
local function shares_of(world)
  local shares = {}
  for word, nodes in pairs(world.votes) do
    local total, by_root = 0, {}
    for id, count in pairs(nodes) do
      local root = world.clusters:root(id)
      by_root[root] = (by_root[root] or 0) + count
      total = total + count
    end
    shares[word] = { total = total, roots = by_root }
  end
  return shares
end

local function share(shares, word, root)
  local entry = shares[word]
  if not entry then
    return 0, 0
  end
  return (entry.roots[root] or 0) / entry.total, entry.total
end

local function root_of_chain(world, chain)
  for _, form in ipairs(chain.form_list) do
    local node = world.by_key[form.key]
    if node then
      return world.clusters:root(node.id)
    end
  end
end

-- What each cluster is, over its nodes
local function describe_clusters(world)
  local list = {}
  for _, node in ipairs(world.nodes) do
    local root = world.clusters:root(node.id)
    local cluster = world.described[root]
    if not cluster then
      cluster = { root = root, form_list = {}, offices = {}, singular = {}, kin_offices = {}, articles = {}, count = 0 }
      world.described[root] = cluster
      list[#list + 1] = cluster
    end
    cluster.form_list[#cluster.form_list + 1] = node.form
    cluster.count = cluster.count + node.count
    cluster.sex = cluster.sex or node.sex
    cluster.ranked, cluster.generation = cluster.ranked or node.ranked, cluster.generation or node.generation
    sets.add(cluster.offices, node.offices)
    sets.add(cluster.singular, node.singular)
    sets.add(cluster.kin_offices, node.kin_offices)
    table.move(node.articles, 1, #node.articles, #cluster.articles + 1, cluster.articles)
    if not cluster.main or node.count > cluster.main.count then
      cluster.main = node
    end
  end
  return list
end

local LIKE = 5 -- consonants by which words are put together whose spellings are held against one another

-- Clusters by the very words of their names, and by the consonants of them.
local function index_words(list)
  local index = { same = {}, like = {} }
  local function put(part, key, cluster)
    local entry = index[part][key]
    if not entry then
      index[part][key] = { cluster }
    elseif entry[#entry] ~= cluster then
      entry[#entry + 1] = cluster
    end
  end
  for _, cluster in ipairs(list) do
    for _, form in ipairs(cluster.form_list) do
      for _, word in ipairs(form.words) do
        put("same", word, cluster)
        put("like", keys.skeleton(word):sub(1, LIKE), cluster)
      end
    end
  end
  return index
end

-- Who bears the very word; if nobody does, who bears a word like it
local function bearers(index, word)
  return index.same[word] or index.like[keys.skeleton(word):sub(1, LIKE)] or {}
end

local function office_points(title, cluster, well_known)
  if not title or #title.offices == 0 then
    return 0
  end
  if title.singular and cluster.singular[title.singular] then
    return 2
  end
  for _, office in ipairs(title.offices) do
    if cluster.offices[office] then
      return 1
    end
  end
  if article.office_clash(title, cluster) == "kin" then
    return -6
  end
  return next(cluster.offices) and (title.singular and not well_known and -2 or -1) or -0.3
end

-- "General Hadi" is whoever is introduced with a rank.
local function rank_points(title, cluster)
  return title and title.ranks[1] and (cluster.ranked and 1 or -2) or 0
end

-- Does the article go on to name one of the cluster as somebody else? "… not to be confused with Omar Hadi"
local function told_apart(record, mention, cluster)
  for _, other in ipairs(record.persons) do
    if other.distinct and other.first > mention.first then
      for _, form in ipairs(cluster.form_list) do
        if form == other.form then
          return true
        end
      end
    end
  end
  return false
end

-- The bearers in the whole corpus who may be meant by a bare name that nobody in its article bears.
local function elsewhere(world, index, shares, mention, record)
  local word, best, second = mention.form.bare, nil, -math.huge
  for _, cluster in ipairs(bearers(index, mention.form.words[1])) do
    local cost, is_family = article.nearest_word(world.forms, mention.form, cluster)
    local title = mention.title or mention.lent
    if cost <= 0.2 and not (title and title.sex and cluster.sex and title.sex ~= cluster.sex) and not told_apart(record, mention, cluster)
      and not world.decisions:forbids(mention.form.key, cluster.main.key) then
      local part, total = share(shares, word, cluster.root)
      local overlap, shared = world.context:overlap(record.only, cluster.articles, mention.form.key, cluster.main.key)
      local well_known = part >= 0.9 and total >= 8
      is_family = is_family or part >= 0.9 -- "Rojas", as Alberto Rojas Vega is called elsewhere
      local points = (is_family and 0.6 or -0.6) - 5 * cost + part * math.min(1.5, total * 0.4)
        + office_points(title, cluster, well_known) + rank_points(title, cluster) + namesakes.generation_points(mention, cluster)
        + (shared == 0 and (well_known and -0.5 or -1.5) or math.min(2, 5 * overlap + 0.25 * shared))
      if points > (best and best.points or -math.huge) then
        second = best and best.points or second
        best = { cluster = cluster, points = points, cost = cost, family = is_family, shared = shared }
      elseif points > second then
        second = points
      end
    end
  end
  if best and best.points >= 1 and best.points - second >= 0.7 then
    return best
  end
end

local function give(mention, root, score, reason)
  mention.root, mention.score, mention.reason = root, score, reason
end

-- "transport chief" and "transport head"
local function shares_role(mention, group)
  for _, role in ipairs(mention.roles or {}) do
    for word in pairs(group.role_words) do
      if role.words[word] then
        return true
      end
    end
  end
  return false
end

local function note_roles(mention, group)
  for _, role in ipairs(mention.roles or {}) do
    for word in pairs(role.words) do
      if #word > 4 and not lists.common_role[word] then
        group.role_words[word] = true
      end
    end
  end
end

-- Is somebody of the group's articles, known again under whatever spelling, in this one too?
local function shares_people(world, record, group)
  local here = world.people[record.id] or {}
  for i = 1, math.min(8, #group.articles) do
    for root in pairs(world.people[group.articles[i]] or {}) do
      if here[root] then
        return true
      end
    end
  end
  return false
end

-- May a bare mention belong to a group of bare mentions? The same word or nearly, no other sex, in the same article or in like company.
local function belongs(world, item, word, group)
  if world.decisions:joins(word, group.word) then
    return true
  elseif world.decisions:forbids(word, group.word) then
    return false
  end
  local cost = world.forms:cost(word, group.word)
  if cost > 0.05 and world.forms.is_stem(word, group.word) then
    cost = 0.1
  end
  local title = item.mention.title
  if cost > (#word > 5 and 0.12 or 0.06) or title and title.sex and group.sex and title.sex ~= group.sex then
    return false
  end
  if group.articles[#group.articles] == item.record.id or shares_role(item.mention, group) or shares_people(world, item.record, group) then
    return true
  end
  local _, shared = world.context:overlap(item.record.only, group.articles, word, group.word)
  return shared > 0
end

local function find_group(world, groups, item, word)
  for _, group in ipairs(world.decisions.known[word] and groups.all or {}) do
    if world.decisions:joins(word, group.word) then
      return group
    end
  end
  for _, part in ipairs { groups.same[word] or {}, groups.like[keys.skeleton(word):sub(1, LIKE)] or {} } do
    for i = #part, math.max(1, #part - 200), -1 do
      if belongs(world, item, word, part[i]) then
        return part[i]
      end
    end
  end
end

local function new_group(groups, item, word)
  local group = { word = word, articles = {}, sex = item.mention.title and item.mention.title.sex, items = {}, role_words = {} }
  local key = keys.skeleton(word):sub(1, LIKE)
  groups.same[word] = groups.same[word] or {}
  table.insert(groups.same[word], group)
  groups.like[key] = groups.like[key] or {}
  table.insert(groups.like[key], group)
  return group
end

-- Bare names without any bearer: those of one article that are alike are one, and with those of other articles in like company.
local function settle_alone(world, left)
  local order = {}
  local groups = { same = {}, like = {}, all = order }
  for _, item in ipairs(left) do
    local word = item.mention.form.bare
    local group = find_group(world, groups, item, word)
    if not group then
      group = new_group(groups, item, word)
      order[#order + 1] = group
    end
    if group.articles[#group.articles] ~= item.record.id then
      group.articles[#group.articles + 1] = item.record.id
    end
    group.items[#group.items + 1] = item
    note_roles(item.mention, group)
  end
  for number, group in ipairs(order) do
    local root, reason = "bare" .. number, "same bare name as " .. group.items[1].mention.form.name
    for i, item in ipairs(group.items) do
      give(item.mention, root, i == 1 and 1 or 0.7, i == 1 and "first named so" or reason)
    end
  end
end

-- Bare names that an analyst gave to somebody: key -> root
local function decided_roots(world)
  local list = {}
  for _, pair in ipairs(world.decisions.same) do
    for side = 1, 2 do
      local key = pair[side]
      for _, other in ipairs(world.decisions.same) do
        for _, full in ipairs(other) do
          if not world.by_key[key] and not list[key] and world.by_key[full] and world.decisions:joins(key, full) then
            list[key] = world.clusters:root(world.by_key[full].id)
          end
        end
      end
    end
  end
  return list
end

-- What the rest of the corpus says for a bearer who stands in the article: a function for article.resolve.
local function prior_of(world, shares, index)
  -- "General Hadi" is not Dr Laila Hadi where another Hadi is a general.
  local function rank_of_another(mention, chain, root)
    local title = mention.title or mention.lent
    if not (title and title.ranks[1]) or chain.ranked then
      return false
    end
    local other
    for _, cluster in ipairs(bearers(index, mention.form.words[1])) do
      if cluster.root == root and cluster.ranked then
        return false
      end
      other = other or cluster.ranked and cluster.root ~= root
    end
    return other or false
  end
  local function held_by_another(word, office, root)
    for _, cluster in ipairs(bearers(index, word)) do
      if cluster.root ~= root and cluster.singular[office] then
        return true
      end
    end
    return false
  end
  return function(mention, chain, is_family)
    for _, form in ipairs(chain.form_list) do
      if world.decisions:forbids(mention.form.key, form.key) then
        return -99
      end
    end
    local root = root_of_chain(world, chain)
    local part, total = share(shares, mention.form.bare, root)
    local points = is_family and total > 0 and (part - 0.5) * math.min(2.4, 0.6 * total) or 0
    local title = mention.title or mention.lent
    if article.office_clash(title, chain) == "other" and not held_by_another(mention.form.words[1], title.singular, root) then
      points = points + article.CLASH - 0.7 -- nobody else by that name holds the office: people are called by more than one
    end
    return rank_of_another(mention, chain, root) and points - 6 or points
  end
end

-- Bare names without a sure bearer in their article (`rest`): to a bearer elsewhere, to whom the article called so before, or to `left`.
local function give_rest(world, known, record, rest, left)
  local called = {} -- word -> whom it has meant so far in this article; false when it was two
  for _, item in ipairs(rest) do
    local mention, here = item.mention, item.likeliest
    local word, decided = mention.form.bare, known.decided[mention.form.key]
    local doubtful = not (here and here.points >= 1) -- two bearers in the article and no telling which: better alone than wrong
    local best = not decided and doubtful and elsewhere(world, known.index, known.shares, mention, record)
    if decided then
      give(mention, decided, 1, "one by decision")
    elseif best then
      called[word] = (called[word] == nil or called[word] == best.cluster) and best.cluster
      give(mention, best.cluster.root, 1 / (1 + math.exp(-best.points)),
        ("%s of %s, who is named elsewhere; %d in common in company"):format(best.family and "family name" or "name", best.cluster.main.form.name, best.shared))
    elseif called[word] and not mention.title and doubtful and not world.decisions:forbids(mention.form.key, called[word].main.key) then
      give(mention, called[word].root, 0.7, ("%s was called so before in the article"):format(called[word].main.form.name))
    else
      left[#left + 1] = { mention = mention, record = record }
    end
  end
end

--- Gives every bare mention its person.
function bare.resolve(world, articles)
  world.described, world.people = {}, {}
  local known = { shares = shares_of(world), index = index_words(describe_clusters(world)), decided = decided_roots(world) }
  local prior, decided, left = prior_of(world, known.shares, known.index), known.decided, {}
  for _, record in ipairs(articles) do
    local chains, rest = article.resolve(world.forms, record.persons, world.score_of, prior)
    local people = rest[1] and {}
    world.people[record.id] = people -- asked for by bare names alone
    for _, chain in ipairs(chains) do
      local root = root_of_chain(world, chain)
      if people and root then
        people[root] = true
      end
      for _, mention in ipairs(chain.mentions) do
        give(mention, decided[mention.form.key] or root, mention.score, decided[mention.form.key] and "one by decision" or mention.reason)
      end
    end
    give_rest(world, known, record, rest, left)
  end
  settle_alone(world, left)
end

return bare
