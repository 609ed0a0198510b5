-- Roles: one person called by different offices in articles of one story ("prime minister" here, "acting prime minister" there).

local text = require "annalist.text"
local data = require "annalist.data"

local roles = {}

local change, empty, heads = {}, {}, {}
local over = { former = true, ex = true, ousted = true, outgoing = true } -- what a later article may rightly say of who held the office before

local MOST = 200 -- of one person's roles, each article's once

function roles.load()
  for _, row in ipairs(data.table("discrepancies/roles.tsv")) do
    if row[2] == "change" then change[row[1]] = true else empty[row[1]] = true end
  end
  for _, row in ipairs(data.table("names/titles.tsv")) do
    if row[2] == "office" then heads[row[1]:match("%S+$")] = true end
    if row[2] == "honorific" and not row[1]:find(" ") then empty[row[1]] = true end
  end
  heads.former, heads.ex = nil, nil
end

-- "Acting Prime Minister" -> { "acting", "prime", "minister" }; nil when no word of it is an office's
local function words_of(title)
  local list, office = {}, false
  for word in text.key(title):gmatch("%S+") do
    if not empty[word] then
      list[#list + 1] = word
      office = office or heads[word] or false
    end
  end
  return office and list or nil
end

-- The words from `from` as far as the office: "acting prime minister" of "acting prime minister on Friday"
local function office_from(s, from)
  local at, best = from, nil
  for word, stop in s:sub(from, from + 60):gmatch("([%a-]+)()") do
    if at ~= from and not s:find("^ %a", at) then break end
    at = from + stop - 1
    local so_far, head = s:sub(from, at - 1), heads[text.key(word)]
    if best and not head or select(2, so_far:gsub("%S+", "")) > 5 then break end
    best = head and so_far
  end
  return best
end

-- An office told behind a name: "…, the acting prime minister,", "confirmed … as acting prime minister", "…, whose appointment as prime minister"
local function apposition(s, last)
  local tail = s:sub(last + 1, last + 70)
  local at = tail:match("^,? as ()%a") or tail:match("^,? whose %a+ as ()%a")
  local from = at and last + at or last + 3
  local words
  if at then words = office_from(s, from) else words = tail:match("^, ([%l%u][%a -]+)[,.;]") end
  if not words or select(2, words:gsub("%S+", "")) > 5 then return nil end
  local office = words_of(words)
  if not office or not heads[office[#office]] then return nil end
  return words, from, from + #words - 1
end

local function parts(list)
  local changes, base = {}, {}
  for _, word in ipairs(list) do
    if change[word] then changes[#changes + 1] = word else base[#base + 1] = word end
  end
  return table.concat(changes, " "), base
end

-- One office in two states: "president" and "former president", "Nepalese prime minister" and "acting prime minister"
local function differ(a, b)
  local ca, base_a = parts(a.words)
  local cb, base_b = parts(b.words)
  if base_a[#base_a] ~= base_b[#base_b] then return false end -- two offices may both be held
  local set = {}
  for _, w in ipairs(base_a) do set[w] = true end
  local common = 0
  for _, w in ipairs(base_b) do common = common + (set[w] and 1 or 0) end
  if ca == cb or common < math.min(#base_a, #base_b) then return false end
  local later, earlier = a, b
  if (later.published or 0) < (earlier.published or 0) then later, earlier = earlier, later end
  if later.published == nil or earlier.published == nil or later.published == earlier.published then return true end
  for word in parts(later.words):gmatch("%S+") do
    if over[word] then return false end
  end
  return true
end

--- Finds people whose office is told in different states. report(name, sides)
function roles.find(ctx, read, published, report)
  local people, order = {}, {}
  for row in ctx:rows([[select m.mention_id, m.article_id, m.first, m.last, m.title, e.entity_id, e.name from mention m
      join mention_entity x on x.mention_id = m.mention_id join entity e on e.entity_id = x.entity_id
      where m.kind = 'person' order by e.entity_id, m.article_id, m.first]]) do
    local title, first, last = row.title, nil, nil
    local s = read(row.article_id)
    if title then
      first = row.first - #title - 1
      if first < 1 or s:sub(first, first + #title - 1) ~= title then first = row.first end
      last = row.last
    end
    local words = title and words_of(title)
    if not words then
      title, first, last = apposition(s, row.last)
      words = title and words_of(title)
    end
    if words then
      local person = people[row.entity_id]
      if not person then
        person = { name = row.name }
        people[row.entity_id] = person
        order[#order + 1] = row.entity_id
      end
      local key = row.article_id .. " " .. table.concat(words, " ")
      if not person[key] and #person < MOST then
        person[key] = true
        person[#person + 1] = { article_id = row.article_id, first = first, last = last, words = words, label = title,
          published = published[row.article_id] }
      end
    end
  end
  for _, id in ipairs(order) do
    local person, sides, seen = people[id], {}, {}
    for i, a in ipairs(person) do
      local key = table.concat(a.words, " ")
      local other = false
      for j, b in ipairs(person) do other = other or i ~= j and a.article_id ~= b.article_id and differ(a, b) end
      if other and not seen[key] then
        seen[key] = true
        sides[#sides + 1] = a
      end
    end
    if #sides > 1 then report(person.name, sides) end
  end
end

return roles
