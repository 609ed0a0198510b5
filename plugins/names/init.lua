-- names: which mentions are one person, one organisation, one place, over all articles; by evidence, with the reason in words.

local aliases = require "names.aliases"
local context = require "names.context"
local clusters = require "names.clusters"
local decisions = require "names.decisions"
local forms = require "lib.names.forms"
local groups = require "names.groups"
local joining = require "lib.names.joining"
local kinds = require "names.kinds"
local knowledge = require "lib.names.knowledge"
local matcher = require "lib.names.matcher"
local persons = require "names.persons"
local reading = require "names.reading"
local roles = require "names.roles"
local surroundings = require "lib.names.surroundings"
local titles = require "names.titles"
local lists = require "names.lists"
local writing = require "names.writing"

local known, scorer, readers, role_reader -- filled by prepare

local KEPT = 300000 -- scores that are kept in memory; then all are forgotten

-- What the stages share: the scorer with its memory, nodes, who was voted for.
local function new_world(ctx)
  local world = { knowledge = known, matcher = scorer, forms = forms.new(scorer), titles = readers, roles = role_reader, context = context.new(),
    clusters = clusters.new(), nodes = {}, by_key = {}, votes = {}, doubts = {}, apart = {} }
  local content, file = ctx:option("decisions")
  world.decisions = decisions.read(content, function(name)
    return world.forms:of(name).key
  end, file)
  function world:use_matcher(other)
    local memory, kept = {}, 0
    self.matcher, self.forms.matcher = other, other
    function self.score_of(a, b)
      local key = a.id < b.id and a.id * 0x4000000 + b.id or b.id * 0x4000000 + a.id
      if self:are_apart(a, b) then
        return 0
      end
      local score = memory[key]
      if not score then
        if kept >= KEPT then
          memory, kept = {}, 0
        end
        kept = kept + 1
        score = self.decisions:forbids(a.key, b.key) and 0 or self.decisions:joins(a.key, b.key) and 1 or other:score(a.name, b.name)
        memory[key] = score
      end
      return score
    end
  end
  -- Two full names (forms) of which some article speaks as of two people
  function world:set_apart(a, b)
    self.apart[a.same < b.same and a.same * 0x4000000 + b.same or b.same * 0x4000000 + a.same] = true
  end
  function world:are_apart(a, b)
    return self.apart[a.same < b.same and a.same * 0x4000000 + b.same or b.same * 0x4000000 + a.same] or a.namesake ~= b.namesake and a.name == b.name
  end
  world:use_matcher(scorer)
  return world
end

local TOLD = 20 -- missing names that are told one by one

-- The name here that a missing one was likely meant to be
local function likeliest(world, name)
  local best, highest = nil, 0.5
  for _, node in ipairs(world.nodes) do
    local score = world.matcher:score(name, node.form.name)
    if score > highest then
      best, highest = node.form.name, score
    end
  end
  return best
end

-- Decisions on names that no article has would go without a word otherwise.
local function tell_missing(ctx, world, articles)
  if world.decisions.count == 0 then
    return
  end
  local here = {}
  for _, record in ipairs(articles) do
    for _, list in ipairs { record.persons, record.groups } do
      for _, mention in ipairs(list) do
        here[mention.form.key] = true
      end
    end
  end
  local missing = world.decisions:missing(function(key) return here[key] end)
  for i = 1, math.min(TOLD, #missing) do
    local item = missing[i]
    local other = likeliest(world, item.name)
    ctx:log(("%s:%d: no article here has the name '%s', so this line has no effect%s"):format(world.decisions.file, item.line, item.name,
      other and (" (it may be '%s' here)"):format(other) or ""))
  end
  if #missing > TOLD then
    ctx:log(("%s: %d further names stand in no article here"):format(world.decisions.file, #missing - TOLD))
  end
end

return {
  name = "names", version = 1, api = 1,
  summary = "People, organisations and places known again under every spelling, across articles",
  provides = "names",
  needs = { "entities", "sentences" }, wants = {},
  options = {
    decisions = { type = "file", default = "", help = "an analyst's decisions, kept above all evidence: lines of same|not TAB name TAB name (docs/names.md)" },
  },
  results = {
    entity = { { "entity_id", "id" }, { "kind", "text!" }, { "name", "text!" }, { "description", "text" } },
    mention_entity = { { "mention_id", "integer!" }, { "entity_id", "integer!" }, { "score", "number!" }, { "reason", "text!" } },
    name_reference = { { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "entity_id", "integer!" },
      { "score", "number!" }, { "reason", "text!" } },
    name_doubt = { { "entity_id", "integer!" }, { "other_id", "integer!" }, { "score", "number!" }, { "reason", "text!" } },
  },

  prepare = function()
    joining.load()
    lists.load()
    known = knowledge.load()
    scorer = matcher.new(nil, known)
    readers = titles.new()
    role_reader = roles.new()
    surroundings.load()
  end,

  corpus = function(ctx, corpus)
    local world = new_world(ctx)
    local articles = reading.all(ctx, corpus, world)
    kinds.settle(articles, world.decisions)
    ctx:progress(0.3)
    persons.resolve(world, articles)
    ctx:progress(0.7)
    groups.resolve(world, articles)
    aliases.resolve(world, articles)
    tell_missing(ctx, world, articles)
    writing.emit(ctx, corpus, world, articles)
  end,
}
