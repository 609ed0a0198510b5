-- Ages: a person who is told to be 19 here and over 30 there. For people with a name, and for the one dead of a story whom nobody names.

local ages = require "lib.ages"
local days = require "lib.days"
local wordset = require "lib.wordset"

local find = {}

local SOON = 7      -- days between two articles within which no birthday need be thought of
local PAST = 60     -- days after which a dead is told of as history
local WIDE = 10     -- years by which a person with a name may be told older: by more, two people have one name
local MOST = 50     -- ages of one person that are compared

-- What one dead may be called, and how his death is told
local person = wordset [[man woman boy girl teenager youth child person victim protester demonstrator student pupil passer-by bystander soldier
  policeman policewoman officer guard worker driver passenger farmer pensioner journalist]]
local DEATH = { "died", "dead", "killed", "death", "deceased", "body of", "dies", "fatally" }

local function tells_of_death(s)
  for _, pattern in ipairs(DEATH) do
    if s:find("%f[%a]" .. pattern .. "%f[%A]") then return true end
  end
  return false
end

-- The word for the one whose age it is: "man"; nil where the sentence has none
local function person_in(s)
  for word in s:gmatch("%a[%a-]*") do
    if person[word] then return word end
  end
end

-- Two ages that can't both be right, whatever the birthday: the later article may give a year more for every year that has passed
local function contradict(a, b)
  if a.article_id == b.article_id then return false end
  local earlier, later = a, b
  if (a.published or 0) > (b.published or 0) then earlier, later = b, a end
  local passed = a.published and b.published and later.published - earlier.published
  local more = not passed and 1 or passed <= SOON and 0 or passed // 365 + 1
  return later.to < earlier.from or later.from > earlier.to + more
end

-- The first of each age that another one contradicts; `fits`, if given, says of two whether they may be of one person
local function sides_of(list, fits)
  local sides, seen = {}, {}
  for _, a in ipairs(list) do
    local other = false
    for _, b in ipairs(list) do other = other or contradict(a, b) and (not fits or fits(a, b)) end
    if other and not seen[a.label] then
      seen[a.label] = true
      sides[#sides + 1] = a
    end
  end
  return sides
end

local function side(text, article_id, age, day)
  return { article_id = article_id, first = age.first, last = age.last, from = age.from, to = age.to, published = day, day = day,
    label = text:sub(age.first, age.last) }
end

local function summary(subject, sides)
  local labels = {}
  for i, s in ipairs(sides) do labels[i] = s.from == s.to and tostring(s.from) or ("“%s”"):format(s.label) end
  return ("%s is given as %s"):format(subject, table.concat(labels, " and "))
end

-- Within one story, and not by a generation: two who have one name are no conflict
local function is_one_person(a, b, of)
  return of[a.article_id] ~= nil and of[a.article_id] == of[b.article_id] and math.abs(a.from - b.from) <= WIDE
end

local function named(ctx, read, of, published, report)
  local people, order = {}, {}
  for row in ctx:rows([[select m.article_id, m.first, m.last, e.entity_id, e.name from mention m join mention_entity x on x.mention_id = m.mention_id
      join entity e on e.entity_id = x.entity_id where m.kind = 'person' order by e.entity_id, m.article_id, m.first]]) do
    local text = read(row.article_id)
    local age, first, last = ages.at_name(text, row.first, row.last)
    if age then
      local bearer = people[row.entity_id]
      if not bearer then
        bearer = { name = row.name }
        people[row.entity_id], order[#order + 1] = bearer, row.entity_id
      end
      if #bearer < MOST then
        bearer[#bearer + 1] = side(text, row.article_id, { from = age, to = age, first = first, last = last }, published[row.article_id])
      end
    end
  end
  for _, id in ipairs(order) do
    local sides = sides_of(people[id], function(a, b) return is_one_person(a, b, of) end)
    if #sides > 1 then report("age of " .. people[id].name, sides, summary("The age of " .. people[id].name, sides)) end
  end
end

local REST = { [4] = "-12-31", [7] = "-28", [10] = "" } -- what makes a year or a month its last day

-- Articles that know of one dead and no more, by their own count of these days
local function with_one_dead(ctx, published)
  local most = {}
  for row in ctx:rows "select article_id, as_of, coalesce(maximum, value) as count from figure where measure = 'killed' and value is not null" do
    local day, written = row.as_of and days.number(row.as_of .. (REST[#row.as_of] or "")), published[row.article_id]
    if not (day and written and written - day > PAST) then most[row.article_id] = math.max(most[row.article_id] or 0, row.count) end
  end
  return function(article_id) return most[article_id] == 1 end
end

local function unnamed(ctx, read, of, published, report)
  local one_dead, holders = with_one_dead(ctx, published), {}
  for row in ctx:rows "select article_id, first, last from mention where kind = 'person' order by article_id, first" do
    holders[row.article_id] = holders[row.article_id] or {}
    table.insert(holders[row.article_id], row)
  end
  local by_story, order = {}, {}
  for row in ctx:rows "select article_id, first, last from sentence order by article_id, first" do
    local story = of[row.article_id]
    if story and one_dead(row.article_id) then
      local text = read(row.article_id)
      local sentence, somebody = text:sub(row.first, row.last):lower(), false
      for _, m in ipairs(holders[row.article_id] or {}) do somebody = somebody or m.first >= row.first and m.last <= row.last end
      local list = not somebody and tells_of_death(sentence) and ages.within(text, row.first, row.last) or {}
      local word = #list == 1 and person_in(sentence)
      if word then
        if not by_story[story.number] then
          by_story[story.number], order[#order + 1] = {}, story.number
        end
        local claim = side(text, row.article_id, list[1], published[row.article_id])
        claim.word = word
        table.insert(by_story[story.number], claim)
      end
    end
  end
  for _, number in ipairs(order) do
    local list = by_story[number]
    local sides = #list <= MOST and sides_of(list) or {}
    if #sides > 1 then
      local subject = ("age of the dead %s"):format(sides[1].word)
      report(subject, sides, summary("The " .. subject, sides))
    end
  end
end

--- Finds ages that contradict each other. `of` gives an article's story; report(subject, sides, summary)
function find.find(ctx, read, of, published, report)
  named(ctx, read, of, published, report)
  unnamed(ctx, read, of, published, report)
end

--- Call in `prepare`.
function find.load() ages.load() end

return find
