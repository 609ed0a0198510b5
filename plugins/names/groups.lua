-- Organisations and places. One name is one thing, spelled alike or nearly; an abbreviation is what the text says it stands for;
-- institutions that every country has ("Health Ministry") and places of one name are told apart by the place that stands beside them.

local abbreviations = require "names.abbreviations"
local clusters = require "names.clusters"
local glosses = require "names.glosses"
local keys = require "lib.names.keys"
local knowledge = require "lib.names.knowledge"
local sets = require "lib.sets"
local lists = require "names.lists"

local groups = {}

local USUAL -- words of bodies' names -> what most write, filled with the other tables

local function load_tables()
  local same, institutions = {}, {}
  for _, file in ipairs { "same_places.tsv", "same_bodies.tsv" } do
    for _, row in ipairs(knowledge.rows(file)) do
      local head
      for name in row[1]:gmatch("[^;]+") do
        name = name:match("^%s*(.-)%s*$")
        head = head or name
        same[name] = head
      end
    end
  end
  USUAL = {}
  for _, row in ipairs(knowledge.rows "body_words.tsv") do
    USUAL[row[1]] = row[2]
  end
  for _, row in ipairs(knowledge.rows "local_institutions.tsv") do
    institutions[row[1]] = true
  end
  return same, institutions
end

-- "C.E.C." and "CEC" -> "cec"; nil for other words
local function abbreviation(name)
  local letters = name:gsub("[%.&%-]", "")
  if #letters >= 2 and #letters <= 8 and letters:find("^%u[%u%d]*s?$") and letters:find("%u%u") then
    return letters:lower()
  end
end

-- Are the letters the first letters of the words, small words counted or not? "cec": central election commission
local function stands_for(letters, form)
  local full, telling = {}, {}
  for i, word in ipairs(form.all) do
    full[i] = word:sub(1, 1)
  end
  for i, word in ipairs(form.words) do
    telling[i] = word:sub(1, 1)
  end
  return #form.all > 1 and (letters == table.concat(full) or letters == table.concat(telling))
end

-- "National Bank of Norland (NBV)": letters of another language, but an organisation's, in brackets right behind its name and nothing else in them.
local function is_foreign(mention, before)
  return mention.kind == "organisation" and before.kind == "organisation" and not before.short and #before.form.words > 1 and mention.closed
end

-- Where a thing is, as the text beside it says: "Norland's Health Ministry", "the White House in Sundale".
local function noted_place(mentions, i)
  local mention, behind = mentions[i], mentions[i + 1]
  if mention.before and mention.before.kind == "place" and mention.gap and (mention.gap:find("^['\xe2]") or mention.gap == " ") then
    return mention.before
  end
  if behind and behind.before == mention and behind.kind == "place" and (behind.gap == " in " or behind.gap == ", " and mention.kind == "place") then
    return behind
  end
  if mention.before and mention.before.kind == "place" and mention.gap == ", the " then -- "In Alta, the White House said"
    return mention.before
  end
end

-- The place named most in an article, the first of equals
local function foremost_place(record)
  local counts, best = {}, nil
  for _, mention in ipairs(record.groups) do
    if mention.kind == "place" then
      counts[mention.base] = (counts[mention.base] or 0) + 1
      if not best or counts[mention.base] > counts[best] then
        best = mention.base
      end
    end
  end
  return best
end

-- The three places named most in an article, as a set
local function foremost_places(record)
  local counts, list, set = {}, {}, {}
  for _, mention in ipairs(record.groups) do
    if mention.kind == "place" then
      if not counts[mention.base] then
        list[#list + 1] = mention.base
      end
      counts[mention.base] = (counts[mention.base] or 0) + 1
    end
  end
  table.sort(list, function(a, b)
    if counts[a] ~= counts[b] then
      return counts[a] > counts[b]
    end
    return a < b
  end)
  for i = 1, math.min(3, #list) do
    set[list[i]] = true
  end
  return set
end

local function is_local(institutions, form)
  for _, word in ipairs(form.words) do
    if not institutions[word] then
      return false
    end
  end
  return true
end

-- "Norland's Health Ministry", "Norlandic Health Ministry", "Health Ministry of Norland" -> the words without the place, and the place; only
-- where what remains is such an institution as every country has.
local function part_place(mention, institutions, places)
  local words = mention.form.all
  if mention.kind ~= "organisation" or #words < 3 then
    return
  end
  local function rest_is_local(first, last)
    for i = first, last do
      if not institutions[words[i]] and words[i] ~= "of" and words[i] ~= "for" then
        return false
      end
    end
    return first <= last
  end
  local n = #words
  if words[n - 1] == "of" and places[words[n]] and rest_is_local(1, n - 2) then
    return table.concat(words, " ", 1, n - 2), words[n]
  end
  local first = words[1]:gsub("s$", "")
  for _, place in ipairs(places) do
    local shared = 0
    while shared < #place and shared < #first and place:byte(shared + 1) == first:byte(shared + 1) do
      shared = shared + 1
    end
    if shared >= 4 and shared >= #first - 2 and rest_is_local(2, n) then
      return table.concat(words, " ", 2, n), place
    end
  end
end

-- The key of a mention's bare name, before places are looked at.
local function base_key(mention, same)
  local short = abbreviation(mention.form.name)
  local whole = table.concat(mention.form.all, " "):gsub("^the ", "")
  local plain = table.concat(mention.form.words, " ")
  mention.short = short
  return same[whole] or same[plain] or short and same[short] or short or plain
end

local function place_pair(base, x, y)
  return base .. "\0" .. (x < y and x .. "\0" .. y or y .. "\0" .. x)
end

-- The key of each mention, the place of a local institution taken out of it.
local function read_keys(world, mentions, same, institutions)
  local places = {}
  for _, mention in ipairs(mentions) do
    mention.base = base_key(mention, same)
    if mention.kind == "place" and not places[mention.base] then
      places[mention.base] = true
      places[#places + 1] = mention.base
    end
  end
  table.sort(places)
  for _, mention in ipairs(mentions) do
    local rest, place = part_place(mention, institutions, places)
    if rest then
      mention.base, mention.place, mention.is_local = rest, place, true
    end
    local inside = mention.form.name:match("%((%u[%u%.]+)%)$")
    if inside then
      mention.base = base_key({ form = world.forms:of((mention.form.name:gsub("%s*%(.*$", ""))) }, same)
    end
  end
end

-- What abbreviations stand for: short form -> mention
local function read_abbreviations(world, mentions)
  local long = {}
  for i, mention in ipairs(mentions) do
    local before = mention.before
    if glosses.explains(world, mention) then
      world.glossed[#world.glossed + 1] = mention
    end
    if mention.short and before and mention.gap:find("^ ?%($") and (stands_for(mention.short, before.form) or is_foreign(mention, before)) then
      long[mention.short] = before
    elseif glosses.abbreviates(mention) then
      long[mention.short] = before
    end
    local next_one = mentions[i + 1]
    if mention.short and next_one and next_one.before == mention and next_one.gap:find("^ ?%($") and stands_for(mention.short, next_one.form) then
      long[mention.short] = next_one
    end
  end
  for _, mention in ipairs(mentions) do
    if mention.short and not long[mention.short] then
      for _, other in ipairs(mentions) do
        if not other.short and other.kind == mention.kind and stands_for(mention.short, other.form) then
          long[mention.short] = other
          break
        end
      end
    end
  end
  return long
end

-- Where local institutions and namesakes lie: as the text says beside them, has said before, or in the place that the article is mostly about.
local function read_places(world, record, institutions)
  local mentions, main, placed = record.groups, foremost_place(record), {}
  for i, mention in ipairs(mentions) do
    local place = noted_place(mentions, i)
    if place and place.base ~= mention.base and (mention.kind == "place" or is_local(institutions, mention.form)) then
      if placed[mention.base] and placed[mention.base] ~= place.base then -- "the White House in Alta", and further on the one in Sundale
        world.elsewhere[place_pair(mention.base, placed[mention.base], place.base)] = true
      end
      placed[mention.base] = placed[mention.base] or place.base
      mention.noted = place.base
    end
  end
  for _, mention in ipairs(mentions) do
    if mention.is_local then
      goto continue
    elseif mention.noted then
      mention.place = mention.noted
    elseif placed[mention.base] then
      mention.place = placed[mention.base]
    elseif mention.kind == "organisation" and is_local(institutions, mention.form) then
      mention.place = main
    end
    ::continue::
  end
end

local function read_article(world, record, same, institutions, defined)
  read_keys(world, record.groups, same, institutions)
  record.long, record.places = read_abbreviations(world, record.groups), foremost_places(record)
  for short, mention in pairs(record.long) do
    defined[short] = defined[short] or {}
    defined[short][mention.base] = (defined[short][mention.base] or 0) + 1
  end
  read_places(world, record, institutions)
end

-- The meaning that most articles give an abbreviation, if there is one that stands out
local function usual_meaning(meanings)
  local best, total = nil, 0
  for _, base in ipairs(sets.keys(meanings or {})) do
    total = total + meanings[base]
    if not best or meanings[base] > meanings[best] then
      best = base
    end
  end
  return best and meanings[best] / total >= 0.7 and best or nil
end

local function node_of(world, state, mention, base, reason, record)
  -- a name of several words is one thing, be it taken for an organisation here and for a place there
  local kind = base:find(" ", 1, true) and "group" or mention.kind
  local key = kind .. "\0" .. base .. "\0" .. (mention.place or "")
  if world.decisions.known[mention.form.key] then -- what was decided of this name holds for it alone
    key = key .. "\0" .. mention.form.key
  end
  local node = state.by_key[key]
  if not node then
    node = { id = #state.nodes + 1, kind = kind, base = base, place = mention.place, form = mention.form, count = 0 }
    state.nodes[node.id], state.by_key[key] = node, node
    state.clusters:add(node.id)
  end
  node.count = node.count + 1
  node.near = node.near or {}
  sets.add(node.near, record.places)
  mention.node, mention.score, mention.reason = node, 1, reason
  return node
end

local function common_start(a, b)
  local n = 0
  while n < #a and n < #b and a:byte(n + 1) == b:byte(n + 1) do
    n = n + 1
  end
  return n
end

-- Every word of one name has its like in the other: "Central Elections Commission" and "Central Electoral Commission".
local function alike(world, a, b)
  local x, y = {}, {}
  for word in a:gmatch("%S+") do
    x[#x + 1] = word
  end
  for word in b:gmatch("%S+") do
    y[#y + 1] = word
  end
  if #x ~= #y then
    return false
  end
  local letters = #x > 1 and 3 or 5 -- a single word must be longer to be another spelling
  local used = {}
  for _, word in ipairs(x) do
    local found
    for j, other in ipairs(y) do
      if not used[j] then
        local n = common_start(word, other)
        if word == other or #word > letters and #other > letters and world.forms:cost(word, other) <= 0.1 or #x > 1 and n >= 5 and n >= 0.55 * math.min(#word, #other) then
          found = j
          break
        end
      end
    end
    if not found then
      return false
    end
    used[found] = true
  end
  return true
end

-- Do two institutions lie in one place, or does each lie where the other's articles mostly play?
local function same_place(world, a, b)
  if a.place and b.place and world.elsewhere[place_pair(a.base, a.place, b.place)] then
    return false
  end
  return a.place == b.place or a.place and b.place and a.near[b.place] and b.near[a.place]
end

-- Nothing that an analyst keeps apart comes together, by whatever way.
local function may_join(world, state, a, b)
  if world.decisions.count > 0 then
    for _, x in ipairs(state.clusters.members[state.clusters:root(a.id)]) do
      for _, y in ipairs(state.clusters.members[state.clusters:root(b.id)]) do
        if world.decisions:forbids(state.nodes[x].form.key, state.nodes[y].form.key) then
          return false
        end
      end
    end
  end
  return true
end

local function apply_decisions(world, state)
  for _, pair in ipairs(world.decisions.same) do
    local first
    for _, node in ipairs(state.nodes) do
      if node.form.key == pair[1] or node.form.key == pair[2] then
        first = first or node
        state.clusters:join(first.id, node.id)
        node.decided = node ~= first and first.form.name or nil
      end
    end
  end
end

-- "state committee national security" -> "committee national security", as the papers say it; "electoral tribunal" -> "electoral court"
local function without_state(base)
  local rest = base:match("^state (.+)$")
  base = rest and select(2, rest:gsub("%S+", "")) >= 3 and rest or base
  return base:find(" ", 1, true) and base:gsub("%S+", USUAL) or base
end

local function join_alike(world, state)
  local blocks, order = {}, {}
  for _, node in ipairs(state.nodes) do
    local skeleton = {}
    for word in without_state(node.base):gmatch("%S+") do
      skeleton[#skeleton + 1] = keys.skeleton(word):sub(1, 3)
    end
    table.sort(skeleton)
    local key = node.kind .. " " .. table.concat(skeleton, " ")
    if not blocks[key] then
      blocks[key] = {}
      order[#order + 1] = key
    end
    table.insert(blocks[key], node)
  end
  for _, key in ipairs(order) do
    local block = blocks[key]
    for i = 1, math.min(#block, 200) do
      for j = i + 1, math.min(#block, 200) do
        local a, b = block[i], block[j]
        if state.clusters:root(a.id) ~= state.clusters:root(b.id) and same_place(world, a, b)
          and (a.base == b.base or alike(world, without_state(a.base), without_state(b.base))) and may_join(world, state, a, b) then
          state.clusters:join(a.id, b.id)
          b.spelling_of = a.form.name ~= b.form.name and a.form.name or nil
        end
      end
    end
  end
end

-- "Norlin" for "Norlin Shipping": one word and then only words of organisations' kinds. A ministry or a university is not its town.
local function short_of(institutions, node)
  local form = node.form
  if node.kind == "place" or #form.words < 2 or form.tokens[1].organisation or institutions[form.words[1]] then
    return nil
  end
  for i = 2, #form.words do
    if not (form.tokens[i].organisation or form.tokens[i].legal) or institutions[form.words[i]] then
      return nil
    end
  end
  return form.words[1]
end

-- An organisation called by one word is the only longer name that begins so, if no place, or second one, bears it.
local function join_short(world, state, institutions)
  local long, places = {}, {}
  for _, node in ipairs(state.nodes) do
    if node.kind == "place" then
      places[node.base] = true
    end
    local word = short_of(institutions, node)
    if word then
      local root = state.clusters:root(node.id)
      long[word] = (long[word] == nil or long[word] == root) and root or 0
    end
  end
  for _, node in ipairs(state.nodes) do
    local root = long[node.base]
    if node.kind == "organisation" and root and root ~= 0 and not places[node.base] and may_join(world, state, node, state.nodes[root]) then
      state.clusters:join(node.id, root)
      node.short_of = state.nodes[root].form.name
    end
  end
end

-- Names without a place beside them go to the only one of the name that has a place in the corpus, if there is one only.
local function join_unplaced(world, state)
  local placed = {} -- kind and base -> the node with a place; false where there are several that are not one
  for _, node in ipairs(state.nodes) do
    if node.place then
      local key = node.kind .. " " .. node.base
      local other = placed[key]
      placed[key] = (other == nil or other and state.clusters:root(other.id) == state.clusters:root(node.id)) and node
    end
  end
  for _, node in ipairs(state.nodes) do
    local other = placed[node.kind .. " " .. node.base]
    if not node.place and other and may_join(world, state, node, other) then
      state.clusters:join(node.id, other.id)
    end
  end
end

-- Do both stand in articles that play in one place?
local function in_like_places(a, b)
  return sets.meet(a.near, b.near)
end

-- "Inland Waterways Authority" for "Norland Inland Waterways Authority", "Electoral Commission" for "Independent National Electoral Commission": where the
-- corpus has one such longer name only.
local function join_tails(world, state)
  local places, longer = {}, {}
  for _, node in ipairs(state.nodes) do
    if node.kind == "place" then
      places[node.base] = true
    end
  end
  for _, node in ipairs(state.nodes) do
    local all_left_out, tail = true, node.base
    for _ = 1, 3 do
      local head, rest = tail:match("^(%S+) (.+)$")
      if not head or node.kind == "place" or not rest:find(" ", 1, true) then
        break
      end
      all_left_out = all_left_out and (lists.left_out[head] or places[head]) or false
      tail = rest
      local root = state.clusters:root(node.id)
      local known = longer[tail]
      longer[tail] = { root = (known == nil or known.root == root) and root or 0, fits = all_left_out and (known == nil or known.fits), node = node }
    end
  end
  for _, node in ipairs(state.nodes) do
    local long = node.kind ~= "place" and longer[node.base]
    if long and long.root ~= 0 and long.fits and may_join(world, state, node, state.nodes[long.root])
      and (same_place(world, node, long.node) or not (node.place and long.node.place) and in_like_places(node, long.node)) then
      state.clusters:join(long.root, node.id)
      node.short_of = long.node.form.name
    end
  end
end

local function join_glossed(world, state)
  for _, mention in ipairs(world.glossed) do
    local node, other = mention.node, mention.before.node
    if node ~= other and may_join(world, state, node, other) then
      state.clusters:join(other.id, node.id)
      node.means = other.form.name
    end
  end
end

-- What each mention is a name of, by itself or as what its abbreviation stands for.
local function make_nodes(world, state, articles, defined)
  local initials = abbreviations.initials(articles)
  for _, record in ipairs(articles) do
    for _, mention in ipairs(record.groups) do
      local short = mention.short
      local here = short and record.long[short]
      local meant = here and here.base or short and usual_meaning(defined[short])
      if meant then
        mention.place = here and here.place or mention.place -- the long form may be one that every country has
        node_of(world, state, mention, meant, here and "abbreviation defined in the article" or "abbreviation as other articles define it", record)
      elseif short and not defined[short] and mention.base == short and mention.kind == "organisation" and initials[short] then
        node_of(world, state, mention, initials[short], "initials of the only such name here", record)
      else
        node_of(world, state, mention, mention.base, mention.place and "same name, " .. mention.place or "same name", record)
      end
    end
  end
end

--- Every mention of `record.groups` gets `root`, `score` and `reason`.
function groups.resolve(world, articles)
  local same, institutions = load_tables()
  local state = { nodes = {}, by_key = {}, clusters = clusters.new() }
  local defined = {}
  world.glossed = {} -- names in brackets that say in English what the name before means
  world.elsewhere = {} -- institutions of one name that an article puts in two places
  for _, record in ipairs(articles) do
    read_article(world, record, same, institutions, defined)
  end
  make_nodes(world, state, articles, defined)
  apply_decisions(world, state)
  join_alike(world, state)
  join_unplaced(world, state)
  join_short(world, state, institutions)
  join_glossed(world, state)
  join_tails(world, state)
  for _, record in ipairs(articles) do
    for _, mention in ipairs(record.groups) do
      mention.root = "group" .. state.clusters:root(mention.node.id)
      if mention.node.decided then
        mention.score, mention.reason = 1, ("one with %s by decision"):format(mention.node.decided)
      elseif mention.node.spelling_of then
        mention.score, mention.reason = 0.9, "spelling of " .. mention.node.spelling_of
      elseif mention.node.short_of then
        mention.score, mention.reason = 0.8, "short form of " .. mention.node.short_of
      elseif mention.node.means then
        mention.score, mention.reason = 0.8, "in brackets behind " .. mention.node.means
      end
    end
  end
end

return groups
