-- Who is whom inside one article. A newspaper introduces a person in full and goes on with one name of it; so a bare name is given to the
-- bearer in the article whose name, title and sex fit best, and stays alone when two fit equally well.

local sets = require "lib.sets"

local namesakes = require "names.namesakes"

local article = {}

local WITHIN = 0.6     -- two full names in one article are one person from this score on
local ATTACH = 1.0     -- points that a bare name needs to join a bearer
local MARGIN = 0.5     -- and how many more than the next

local function new_chain(form)
  return { forms = {}, form_list = {}, mentions = {}, offices = {}, singular = {}, kin_offices = {}, heads = {}, parts = {}, first = math.huge, main = form }
end

local function add_mention(chain, mention, reason, score)
  chain.mentions[#chain.mentions + 1] = mention
  mention.reason, mention.score = reason, score
  chain.first = math.min(chain.first, mention.first)
  if not chain.forms[mention.form.key] then
    chain.forms[mention.form.key] = mention.form
    chain.form_list[#chain.form_list + 1] = mention.form
  end
  if #mention.form.words > #chain.main.words then
    chain.main = mention.form
  end
  for _, role in ipairs(mention.roles or {}) do
    if role.noun and not role.kin then
      chain.heads[role.head] = true
    end
    chain.kin = chain.kin or role.kin ~= nil
  end
  sets.add(chain.kin_offices, mention.kin_offices or {})
  chain.distinct = chain.distinct or mention.distinct and mention.first
  chain.years = chain.years or mention.years
  if not mention.told_generation then
    chain.generation = chain.generation or mention.generation
  end
  chain.unrelated = chain.unrelated or mention.unrelated
  local title = mention.title
  if title then
    chain.sex = chain.sex or title.sex
    chain.ranked = chain.ranked or mention.form.full and title.ranks[1] ~= nil
    for _, rank in ipairs(title.ranks) do
      chain.heads[rank] = true
    end
    for _, office in ipairs(title.offices) do
      chain.offices[office] = (chain.offices[office] or 0) + 1
    end
    if title.singular then
      chain.singular[title.singular] = true
    end
  end
  chain.sex = chain.sex or mention.sex or mention.form.full and mention.form.sex or nil
end

-- Did both stand in one sentence, as people who are listed together do?
local function side_by_side(a, b)
  local sentences = {}
  for _, m in ipairs(a.mentions) do
    sentences[m.sentence] = true
  end
  for _, m in ipairs(b.mentions) do
    if m.sentence ~= 0 and sentences[m.sentence] then
      return true
    end
  end
  return false
end

local function sexes_clash(a, b)
  return a and b and a ~= b
end

-- Are two given names known as spellings or pet forms of one?
local function shares_group(x, y)
  for _, a in ipairs(x.groups) do
    for _, b in ipairs(y.groups) do
      if a == b then
        return true
      end
    end
  end
  return false
end

-- Are all words of one name among those of the other?
function article.contains(large, small)
  for _, word in ipairs(small.words) do
    local found = false
    for _, other in ipairs(large.words) do
      found = found or word == other
    end
    if not found then
      return false
    end
  end
  return true
end

-- "Ben Othman" after "Salem Ben Othman", "Ruiz Olmedo" after "José Ruiz Olmedo": no full name, but the family name with its small word, or both family
-- names.
local function is_tail(short, long)
  local gap = #long.all - #short.all
  if gap < 1 or #short.initials > 0 then
    return false
  elseif #short.words == 2 and #short.all == 2 and not short.tokens[1].given and long.tokens[1] and long.tokens[1].given then
    return #long.words >= 3 and long.words[#long.words - 1] == short.words[1] and long.words[#long.words] == short.words[2]
  end
  for i, word in ipairs(short.all) do
    if long.all[gap + i] ~= word then
      return false
    end
  end
  for _, word in ipairs(long.words) do
    if word == short.all[1] then
      return false
    end
  end
  return true
end

-- "Pepe Luis" beside "José Luis Olmedo": his given names alone. Both words must be among those that are not the family name.
local function is_given_part(short, long, forms)
  if #short.words >= #long.words or #short.initials > 0 then
    return false
  end
  for _, token in ipairs(short.tokens) do
    local found = false
    for i, other in ipairs(long.tokens) do
      found = found or long.words[i] ~= long.family and token.given and (forms:cost(token.text, other.text) <= 0.05 or shares_group(token, other))
    end
    if not found then
      return false
    end
  end
  return true
end

--- Do the sources call them by nouns that are not one person's? "councillor", "builder"
function article.other_roles(a, b)
  return next(a.heads) ~= nil and next(b.heads) ~= nil and not sets.meet(a.heads, b.heads)
end

-- "… not to be confused with Omar Hadi": he is another than everybody named so far.
local function told_apart(a, b)
  return a.unrelated or b.unrelated or a.distinct and b.first < a.distinct or b.distinct and a.first < b.distinct or false
end

--- Does the article itself speak of two people?
function article.are_two(a, b)
  return side_by_side(a, b) or article.other_roles(a, b) or told_apart(a, b) or namesakes.are_told_apart(a, b)
end

local BESIDE = 0.93 -- two full names in one sentence are two people, unless one is nearly the other and within it

-- The sex that titles and roles tell: "Molina" ends like a woman's name elsewhere.
local function told_sex(chain)
  for _, mention in ipairs(chain.mentions) do
    local sex = mention.sex or mention.title and mention.title.sex
    if sex then
      return sex
    end
  end
end

-- The reason why two chains of full names are one person, with its score; nil when they are two.
local function one_person(forms, a, b, score_of)
  if a.distinct and b.first < a.distinct or b.distinct and a.first < b.distinct then
    return nil
  elseif is_tail(b.main, a.main) and not sexes_clash(a.sex, told_sex(b)) then
    return ("family name of %s in the same article"):format(a.main.name), 0.95, true
  elseif sexes_clash(a.sex, b.sex) or told_apart(a, b) or namesakes.are_told_apart(a, b) then
    return nil
  elseif is_given_part(b.main, a.main, forms) then
    return ("given names of %s in the same article"):format(a.main.name), 0.8, true
  end
  local score = score_of(a.main, b.main)
  if score < WITHIN then
    return nil
  end
  local least = WITHIN
  if article.are_two(a, b) then
    local within = article.contains(a.main, b.main) or article.contains(b.main, a.main)
    least = within and #a.main.words ~= #b.main.words and BESIDE or 2 -- an article does not turn names round: "Haile Yonas" and "Yonas Haile"
  end
  if score >= least then
    return ("spelling of %s in the same article"):format(a.main.name), score
  end
end

-- The full names of an article, those that are one put together.
local function full_chains(forms, mentions, score_of)
  local chains, by_key = {}, {}
  for _, mention in ipairs(mentions) do
    if mention.form.full then
      local chain = by_key[mention.form.key]
      if not chain then
        chain = new_chain(mention.form)
        by_key[mention.form.key] = chain
        chains[#chains + 1] = chain
      end
      add_mention(chain, mention, "named in full", 1)
    end
  end
  for i = 1, #chains do
    for j = i + 1, #chains do
      local a, b = chains[i], chains[j]
      if not a.gone and not b.gone then
        local reason, score, part = one_person(forms, a, b, score_of)
        a.parts[b.main.key] = part
        for _, mention in ipairs(reason and b.mentions or {}) do
          add_mention(a, mention, reason, score)
        end
        b.gone = reason ~= nil
      end
    end
  end
  local kept = {}
  for _, chain in ipairs(chains) do
    if not chain.gone then
      kept[#kept + 1] = chain
    end
  end
  return kept
end

-- Two known given names that are not spellings of one another
local function other_given(x, y)
  return x.given and y.given and x.groups[1] and y.groups[1] and not shares_group(x, y) or false
end

-- The cost up to which two words may be spellings of one: little for short words, of which every other is alike.
local function allowed(x, y)
  local length = math.min(#x, #y)
  return length <= 4 and 0.02 or length == 5 and 0.07 or length == 6 and 0.16 or 0.25
end

-- "Rojas de la Vega" is surely who is called so in full, and may be "Alberto Rojas".
local function both_surnames(bare, chain)
  local best = 1
  for _, form in ipairs(chain.form_list) do
    local n = #form.words
    if form.full and n > 2 and form.words[n - 1] == bare.words[1] and form.words[n] == bare.words[2] then
      return 0, true
    elseif form.full and form.words[n] == bare.words[1] then
      best = 0.1
    end
  end
  return best, best < 1
end

-- How well a bare name is one of the words of a chain's full names: cost, and whether it is the family name
local function nearest_word(forms, bare, chain)
  local token = bare.tokens[1]
  if not token then return 1, false end -- a name of marks alone
  if bare.surnames then return both_surnames(bare, chain) end
  local best, is_family = 1, false
  for _, form in ipairs(chain.form_list) do
    for i, other in ipairs(form.full and form.words or {}) do
      local cost = forms:cost(token.text, other)
      if cost > 0.05 and forms.is_stem(token.text, other) then
        cost = math.min(cost, 0.12)
      end
      local family = other == form.called
      if form.called ~= form.family and not family and other ~= form.family then
        cost = 1 -- "Nguyen Thi Thanh Ha" is not called Thanh
      end
      if cost > 0 and (cost > allowed(token.text, other) or other_given(token, form.tokens[i]) or not family and cost > 0.1) then
        cost = 1
      end
      if cost < best or cost == best and family then
        best, is_family = cost, family
      end
    end
  end
  return best, is_family
end
article.nearest_word = nearest_word

local CLASH = 3 -- points against a bearer whom the article calls by another office than the one-man office that stands before the bare name

--- Is this office not his, as far as the article says? "President Hadi" after "Colonel Omar Hadi, son of the president": "kin"; after
--- "Colonel Omar Hadi" alone: "other".
function article.office_clash(title, bearer)
  local office = title and title.singular
  if not office or bearer.singular[office] then
    return nil
  end
  return bearer.kin_offices[office] and "kin" or next(bearer.offices) and "other" or nil
end

local function office_points(title, chain)
  if not title or #title.offices == 0 then
    return 0
  end
  local clash = article.office_clash(title, chain)
  if clash then
    return clash == "kin" and -2 * CLASH or -CLASH
  end
  local shared, any = 0, next(chain.offices) ~= nil
  for _, office in ipairs(title.offices) do
    if chain.offices[office] then
      shared = shared + 1
    end
  end
  if title.singular and chain.singular[title.singular] then
    return 2.5
  end
  return shared > 0 and 1.5 or any and -0.7 or -0.2
end

-- A bare name and a full one in the same sentence, the bare one first: "Karim and his daughter Leila Karim". Nobody is introduced so.
local function introduced_after(mention, chain)
  if mention.sentence == 0 then
    return false
  end
  local earliest
  for _, m in ipairs(chain.mentions) do
    if m.form.full and (not earliest or m.first < earliest.first) then
      earliest = m
    end
  end
  return earliest ~= nil and earliest.sentence == mention.sentence and earliest.first > mention.first
end

local function last_before(chain, position)
  local best
  for _, m in ipairs(chain.mentions) do
    if m.first < position and (not best or m.first > best) then
      best = m.first
    end
  end
  return best
end

-- Is one of the chain's people named within a few words behind the mention? "Omarov's son Timur"
local function follows_closely(mention, chain)
  for _, m in ipairs(chain.mentions) do
    if m.first > mention.last and m.first - mention.last < 60 then
      return true
    end
  end
  return false
end

-- "Hadi's brother Karim, a trader" is not the judge Karim Hadi of whom the article goes on to speak.
local function other_relative(mention, chain)
  local kin, other = false, false
  for _, role in ipairs(mention.roles or {}) do
    kin = kin or role.kin ~= nil
    other = other or role.noun and not role.kin and next(chain.heads) and not chain.heads[role.head]
  end
  return kin and other
end

-- Points of one chain for a bare mention
local function weigh(mention, chain, cost, is_family)
  local points = (is_family and 2.2 or 1.7) - 6 * cost + office_points(mention.title or mention.lent, chain)
  if chain.distinct and mention.first < chain.distinct or other_relative(mention, chain) then
    points = points - 5
  end
  if is_family and chain.kin and not mention.title then -- whoever is told of as a relative seldom is the one called by the family name
    points = points - 1.2
  end
  if sexes_clash(mention.title and mention.title.sex, chain.sex) then
    points = points - 5
  end
  if introduced_after(mention, chain) or mention.kin and follows_closely(mention, chain) then
    points = points - 4
  end
  local before = last_before(chain, mention.first)
  if before then
    points = points + 0.5 + 1.2 / (1 + (mention.first - before) / 600)
  end
  if chain.by_surnames and not mention.form.surnames then -- "Rojas" is not who is called "Rojas de la Vega" all along
    points = points - 1.5
  elseif is_family then -- who has been called by the family name goes on being called so, who by the given name likewise
    points = points + (chain.by_family and 1 or 0) - (chain.by_given and 1 or 0)
  end
  points = points + namesakes.generation_points(mention, chain)
  return points, before
end

local NEAREST = 0.7 -- points more for whoever was named last of several bearers, if he is not there as a relative alone

local function prefer_nearest(list)
  local nearest
  for _, item in ipairs(list) do
    nearest = item.before and (not nearest or item.before > nearest.before) and item or nearest
  end
  if nearest and #list > 1 and not nearest.chain.kin then
    nearest.points = nearest.points + NEAREST
  end
end

--- Points of each chain for one bare mention, best first: list of { chain, points, cost, family }. `prior(mention, chain, is_family)` gives
--- points from the rest of the corpus.
local function candidates(forms, mention, chains, prior)
  local list, introduced = {}, false
  for place, chain in ipairs(chains) do
    local cost, is_family = nearest_word(forms, mention.form, chain)
    if cost <= 0.3 then
      local points, before = weigh(mention, chain, cost, is_family)
      points = points + (prior and prior(mention, chain, is_family) or 0)
      introduced = introduced or before ~= nil
      list[#list + 1] = { chain = chain, points = points, cost = cost, family = is_family, place = place, before = before }
    end
  end
  if not (mention.title and mention.title.offices[1]) then
    prefer_nearest(list)
  end
  for _, item in ipairs(list) do -- a bearer who is still to be introduced gives way to one who has been
    if introduced and not item.before then
      item.points = item.points - 1
    end
  end
  table.sort(list, function(a, b)
    if a.points ~= b.points then
      return a.points > b.points
    end
    return a.place < b.place
  end)
  return list
end

local function attach(mention, best, alone)
  local chain, word = best.chain, mention.form.bare
  if mention.form.surnames then
    chain.by_surnames = true
  else
    chain.by_family, chain.by_given = chain.by_family or best.family, chain.by_given or not best.family
  end
  chain.bare = chain.bare or {}
  chain.bare[word] = (chain.bare[word] or 0) + 1
  local why = best.cost == 0 and (best.family and "family name" or "name") or ("%s like that"):format(best.family and "family name" or "name")
  local title = office_points(mention.title, chain) > 0 and ", same title" or ""
  local reason = why .. title .. (alone and "" or ", the likeliest of several bearers")
  chain.reasons = chain.reasons or {} -- one text for all mentions with that reason, not a copy each
  chain.reasons[reason] = chain.reasons[reason] or ("%s of %s in the same article%s"):format(why, chain.main.name, reason:sub(#why + 1))
  add_mention(chain, mention, chain.reasons[reason], 1 / (1 + math.exp(-best.points)))
end

-- "Hadi won the vote, and President Hadi thanked the voters": in one sentence the same bare name is the same man.
local function lend_titles(mentions)
  local of_sentence = {}
  for _, mention in ipairs(mentions) do
    mention.lent = nil
    if mention.sentence ~= 0 and mention.title and mention.title.offices[1] then
      of_sentence[mention.sentence .. " " .. mention.form.key] = mention.title
    end
  end
  for _, mention in ipairs(mentions) do
    mention.lent = not mention.title and not mention.kin and not mention.roles and of_sentence[mention.sentence .. " " .. mention.form.key] or nil
  end
end

--- Puts the mentions (in order) into chains: list of chains, list of { mention, likeliest } for
--- bare mentions that no bearer in the article fits, or several do equally well.
function article.resolve(forms, mentions, score_of, prior)
  local chains, left, rest = full_chains(forms, mentions, score_of), {}, {}
  for pass = 1, 2 do -- who is called by two family names first: it tells whom one of them means
    for _, mention in ipairs(mentions) do
      if not mention.form.full and (mention.form.surnames ~= nil) == (pass == 1) then
        rest[#rest + 1] = mention
      end
    end
  end
  lend_titles(rest)
  for _, mention in ipairs(rest) do
    local list = candidates(forms, mention, chains, prior)
    local best, second = list[1], list[2]
    if best and best.points >= ATTACH and (not second or best.points - second.points >= MARGIN) then
      attach(mention, best, not second)
    else
      left[#left + 1] = { mention = mention, likeliest = best }
    end
  end
  return chains, left
end

article.full_chains, article.CLASH = full_chains, CLASH

return article
