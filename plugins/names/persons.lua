-- Persons across articles. Nodes are distinct full names; nodes that share a key are weighed against one another, the surest are joined
-- first, and no join is made against hard evidence. Then bare names are given out again, now knowing who bears them elsewhere.

local article = require "names.article"
local bare_names = require "names.bare"
local evidence = require "names.evidence"
local families = require "names.families"
local forms = require "lib.names.forms"
local keys = require "lib.names.keys"
local namesakes = require "names.namesakes"
local sets = require "lib.sets"
local shifts = require "names.shifts"

local persons = {}

local BLOCK = 80         -- nodes under one key that are all held against one another
local NEIGHBOURS = 30    -- in larger blocks each against so many
local VETO = -2.5       -- no join when the foremost names of two clusters are so unlike
local UNLIKE = 0.02     -- nobody takes names of a lower score for one
local TIE = 0.7          -- two bearers are equally likely when their points differ by less
local DOUBTFUL = evidence.DOUBTFUL

local WHAT_IS_SAID = { "offices", "singular", "kin_offices", "heads" } -- sets of a chain that its nodes have too

-- Takes what a chain says into the node of each of its forms.
local function note_chain(world, chain, article_id)
  local first
  for _, form in ipairs(chain.form_list) do
    if form.full and not chain.parts[form.key] then
      local node = world.by_key[form.key]
      if not node then
        node = { id = #world.nodes + 1, form = form, key = form.key, articles = {}, count = 0, offices = {}, singular = {}, kin_offices = {}, heads = {} }
        world.nodes[node.id], world.by_key[form.key] = node, node
        world.clusters:add(node.id)
      end
      if node.articles[#node.articles] ~= article_id then
        node.articles[#node.articles + 1] = article_id
      end
      for _, kind in ipairs(WHAT_IS_SAID) do
        sets.add(node[kind], chain[kind])
      end
      node.sex = node.sex or chain.sex
      node.years, node.ranked, node.generation = node.years or chain.years, node.ranked or chain.ranked, node.generation or chain.generation
      if first and first ~= node then
        world.clusters:join(first.id, node.id)
      end
      first = first or node
    end
  end
  if first then
    for _, mention in ipairs(chain.mentions) do
      local node = mention.form.full and world.by_key[mention.form.key] or first
      node.count = node.count + 1
    end
  end
  return first
end

-- "Rojas de la Vega" has no given name where others are called Alberto Rojas, or Alberto Rojas de la Vega: it is a bare name then.
local function find_surnames(world)
  local inner, pairs_of = {}, {}
  for _, form in ipairs(world.forms.list) do
    for i = 2, #form.words do
      inner[form.words[i]] = true
    end
    pairs_of[#pairs_of + 1] = forms.may_be_surnames(form) and form or nil
  end
  for _, form in ipairs(pairs_of) do
    if inner[form.words[1]] then
      forms.as_surnames(form)
    end
  end
end

-- Two full names in one sentence, or with other roles in one article, are two people: kept in mind for all articles, before any is settled.
local function note_apart(world, articles)
  for _, record in ipairs(articles) do
    local chains = article.full_chains(world.forms, record.persons, world.score_of)
    for i = 1, #chains do
      for j = i + 1, #chains do
        local a, b = chains[i].main, chains[j].main
        if (world.score_of(a, b) > UNLIKE or a.family == b.family) and article.are_two(chains[i], chains[j]) then
          world:set_apart(a, b)
        end
      end
    end
  end
end

-- First look at every article by itself.
local function gather(world, articles)
  for _, record in ipairs(articles) do
    local chains = article.resolve(world.forms, record.persons, world.score_of)
    local bag, seen = {}, {}
    local function put(key)
      if not seen[key] then
        seen[key] = true
        bag[#bag + 1] = key
      end
    end
    for _, chain in ipairs(chains) do
      local node = note_chain(world, chain, record.id)
      if node then
        put(node.key)
        for word, count in pairs(chain.bare or {}) do
          bare_names.vote(world, word, node.id, count)
        end
      end
    end
    for _, mention in ipairs(record.persons) do
      if not mention.form.full then
        put(mention.form.key)
      end
    end
    for _, key in ipairs(record.others) do
      put(key)
    end
    table.sort(bag)
    world.context:add(record.id, bag)
  end
end

local FEW = 4000 -- names up to which everybody of one given name is looked at, so that a consonant more or less is no hindrance

local function blocks_of(world)
  local blocks = {}
  local function put(key, node)
    blocks[key] = blocks[key] or {}
    table.insert(blocks[key], node)
  end
  for _, node in ipairs(world.nodes) do
    for _, key in ipairs(keys.of(node.form)) do
      put(key, node)
    end
    for _, given in ipairs(#world.nodes <= FEW and node.form.givens or {}) do
      put("given " .. keys.skeleton(given) .. " " .. node.form.family:sub(1, 1), node)
    end
  end
  return blocks
end

-- Of a block that is too large each name is held against its neighbours alone, in the order of consonants and then of letters.
local function sort_block(block)
  local order = {}
  for _, node in ipairs(block) do
    order[node] = keys.skeleton(node.form.family) .. " " .. node.form.family .. " " .. node.form.key
  end
  table.sort(block, function(a, b)
    if order[a] ~= order[b] then
      return order[a] < order[b]
    end
    return a.id < b.id
  end)
end

-- Where each node lies: block, place in it, block, place …
local function places_of(world)
  local blocks, places = blocks_of(world), {}
  for _, key in ipairs(sets.keys(blocks)) do
    local block = blocks[key]
    if #block > BLOCK then
      sort_block(block)
    end
    for at, node in ipairs(#block > 1 and block or {}) do
      places[node.id] = places[node.id] or {}
      local list = places[node.id]
      list[#list + 1], list[#list + 2] = block, at
    end
  end
  return places
end

-- Calls visit(a, b) once for each pair that lies in one block, a being the older. So many pairs fit into no table: each node by itself marks whom it met.
local function each_candidate(world, visit)
  local places, met = places_of(world), {}
  for id, node in ipairs(world.nodes) do
    local list = places[id] or {}
    for k = 1, #list, 2 do
      local block, at = list[k], list[k + 1]
      local large = #block > BLOCK
      for other = large and math.max(1, at - NEIGHBOURS) or 1, large and math.min(#block, at + NEIGHBOURS) or #block do
        local b = block[other]
        if b.id > id and met[b.id] ~= id then
          met[b.id] = id
          visit(node, b)
        end
      end
    end
  end
end

-- Is some word besides the family names nearly the same? Garbled family names are looked at only then.
local function same_given(world, a, b)
  for _, x in ipairs(a.givens) do
    for _, y in ipairs(b.givens) do
      if world.forms:cost(x, y) < 0.12 then
        return keys.skeleton(a.family):sub(1, 1) == keys.skeleton(b.family):sub(1, 1)
      end
    end
  end
  return world.families.any and world.families:alike(a.family, b.family)
end

-- Among many names a garbled one is looked at only if it is rare, or if both hold one office.
local function telling_company(world, a, b)
  for _, office in ipairs(a.singular_list) do
    if b.singular[office] then
      return true
    end
  end
  return world.given_bearers(a.form) <= 4
end

local function weigh_all(world)
  local list = {}
  local many = #world.nodes > FEW
  local least = many and 0.03 or 0.004 -- score below which only the given name can speak for a pair
  each_candidate(world, function(a, b)
    if world.score_of(a.form, b.form) < least and not (same_given(world, a.form, b.form) and (not many or telling_company(world, a, b))) then
      return
    end
    local points, words, hard = evidence.weigh(world, a, b)
    if points > DOUBTFUL then
      local pair = { a = a, b = b, points = points, words = words } -- there are as many as mentions: four fields take half of the room of five
      pair.hard = hard or nil
      list[#list + 1] = pair
    end
  end)
  return list
end

-- Has each word of one name its like among those of the other?
local function within(world, large, small)
  for _, word in ipairs(small.words) do
    local found = false
    for _, other in ipairs(large.words) do
      found = found or world.forms:cost(word, other) <= 0.1
    end
    if not found then
      return false
    end
  end
  return #large.words > #small.words
end

-- "Omar Hadi" and "Omar al-Basri" are unlike, but not beside "Omar al-Basri Hadi", who bears both names.
local function bridged(world, lists, x, y)
  if article.contains(y.form, x.form) or article.contains(x.form, y.form) then -- what parts them is not a word: initials, the sex
    return false
  end
  for _, list in ipairs(lists) do
    for i = 1, math.min(8, #list) do
      local form = world.nodes[list[i]].form
      if within(world, form, x.form) and within(world, form, y.form) then
        return true
      end
    end
  end
  return false
end

-- Whom an analyst said to be x under another name may speak for x: a decision adds to a cluster and takes nobody out.
local function vouched(world, list, x, y)
  for _, id in ipairs(list) do
    local node = world.nodes[id]
    if node ~= x and world.decisions:joins(node.key, x.key) then
      local points, _, hard = evidence.weigh(world, node, y)
      if points >= VETO and not hard then
        return true
      end
    end
  end
  return false
end

-- May the clusters of two nodes be one? Their most frequent names are held against one another.
local function may_join(world, a, b)
  local function foremost(root)
    local list = table.move(world.clusters.members[root], 1, #world.clusters.members[root], 1, {})
    table.sort(list, function(x, y)
      local m, n = world.nodes[x], world.nodes[y]
      if m.count ~= n.count then
        return m.count > n.count
      end
      return x < y
    end)
    return list
  end
  local left, right = foremost(a), foremost(b)
  for i = 1, #left do
    for j = 1, #right do
      local x, y = world.nodes[left[i]], world.nodes[right[j]]
      if world.decisions:forbids(x.key, y.key) then
        return false
      end
      if i <= 4 and j <= 4 then
        local points, _, hard = evidence.weigh(world, x, y)
        local bare_initials = #x.form.words == 1 or #y.form.words == 1 -- "A. Karimov": says too little to keep two apart
        if (hard or points < VETO and not bare_initials) and not bridged(world, { left, right }, x, y)
          and not (world.decisions.count > 0 and (vouched(world, left, x, y) or vouched(world, right, y, x))) then
          return false
        end
      end
    end
  end
  return true
end

-- "Omar Hadi" fits "Omar Salim Hadi" as well as his brother "Omar Karim Hadi": then he is given to neither.
local function ambiguous(world, pair, rivals)
  for side = 1, 2 do
    local short, long = side == 1 and pair.a or pair.b, side == 1 and pair.b or pair.a
    for _, rival in ipairs(article.contains(long.form, short.form) and rivals[short.id] or {}) do
      local other = rival.a == short and rival.b or rival.a
      if other ~= long and rival.points > pair.points - TIE and article.contains(other.form, short.form) and world.clusters:root(other.id) ~= world.clusters:root(long.id)
        and not may_join(world, world.clusters:root(other.id), world.clusters:root(long.id)) then
        return true
      end
    end
  end
  return false
end

local function rivals_of(list)
  local rivals = {}
  for _, pair in ipairs(list) do
    if pair.points > 0 and not pair.hard then
      for _, node in ipairs { pair.a, pair.b } do
        rivals[node.id] = rivals[node.id] or {}
        table.insert(rivals[node.id], pair)
      end
    end
  end
  return rivals
end

local function join_surest(world, list)
  local rivals = rivals_of(list)
  table.sort(list, function(x, y)
    if x.points ~= y.points then
      return x.points > y.points
    elseif x.a.id ~= y.a.id then
      return x.a.id < y.a.id
    end
    return x.b.id < y.b.id
  end)
  for _, pair in ipairs(list) do
    local a, b = world.clusters:root(pair.a.id), world.clusters:root(pair.b.id)
    if a ~= b and not pair.hard then
      if pair.points > 0 and may_join(world, a, b) and not ambiguous(world, pair, rivals) then
        world.clusters:join(a, b)
        pair.words = pair.words .. shifts.words(world, pair)
        pair.b.link, pair.a.link = pair.b.link or pair, pair.a.link or pair
      elseif pair.points > DOUBTFUL then
        world.doubts[#world.doubts + 1] = pair
      end
    end
  end
end

local function apply_decisions(world)
  for _, pair in ipairs(world.decisions.same) do
    local a, b = world.by_key[pair[1]], world.by_key[pair[2]]
    if a and b then
      world.clusters:join(a.id, b.id)
      local link = { a = a, b = b, points = 9, words = "one by decision" }
      a.link, b.link = a.link or link, b.link or link
    end
  end
end

-- Offices as lists, and how many families have bearers of a given name (spellings of one family count once, as far as consonants tell).
local function list_offices(world)
  local families_of = {}
  for _, node in ipairs(world.nodes) do
    node.office_list, node.singular_list = sets.keys(node.offices), sets.keys(node.singular)
    local family = keys.skeleton(node.form.family):sub(1, 2)
    for _, given in ipairs(node.form.givens) do
      local entry = families_of[keys.skeleton(given)]
      if not entry then
        entry = { count = 0 }
        families_of[keys.skeleton(given)] = entry
      end
      if not entry[family] then
        entry[family], entry.count = true, entry.count + 1
      end
    end
  end
  world.given_bearers = function(form)
    local most = 0
    for _, given in ipairs(form.givens) do
      local entry = families_of[keys.skeleton(given)]
      most = math.max(most, entry and entry.count or 0)
    end
    return most
  end
end

local function members_in_order(world)
  local list = {}
  for _, node in ipairs(world.nodes) do
    if world.clusters:root(node.id) == node.id then
      list[#list + 1] = world.clusters.members[node.id]
    end
  end
  return list
end

-- The weighed pairs; nil when they taught the matcher something, so that they must be weighed anew. Nobody keeps them then: they are as many as mentions.
local function weigh_and_learn(world)
  local list = weigh_all(world)
  local learnt = shifts.learn(world, list)
  if learnt then
    world:use_matcher(learnt)
    return nil
  end
  return list
end

--- Clusters the persons of all articles; every mention of `record.persons` gets `root`, `score` and `reason`.
function persons.resolve(world, articles)
  find_surnames(world)
  namesakes.part(world.forms, articles, article.contains)
  note_apart(world, articles)
  gather(world, articles)
  list_offices(world)
  apply_decisions(world)
  world.families = families.new(world.forms)
  join_surest(world, weigh_and_learn(world) or weigh_all(world))
  if world.families:learn(members_in_order(world), world.nodes) then
    world.doubts = {}
    join_surest(world, weigh_all(world))
  end
  bare_names.resolve(world, articles)
end

return persons
