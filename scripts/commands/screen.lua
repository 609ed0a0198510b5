-- `annalist screen CORPUS LIST`: the people and organisations of a watch list, found in a corpus.

local console = require "annalist.console"
local corpus = require "annalist.corpus"
local formats = require "annalist.formats"
local json = require "annalist.json"
local output = require "annalist.output"
local system = require "annalist.system"

local COLUMNS = { "score", "list_id", "listed", "alias", "found", "entity_id", "entity", "mentions", "article_id", "first", "last", "passage", "reason" }
local AROUND = 60 -- bytes of text on either side of a passage

-- What the plugin `names` uses too lies with the plugins.
local function load_library()
  package.path = system.join(system.plugins(), "?.lua") .. ";" .. package.path
  return require "lib.names.matcher", require "lib.names.screening", require "lib.names.watchlist"
end

-- Names in the corpus with their entity, where `names` has run; otherwise each name by itself.
local function names_in(opened)
  local sql = [[select m.name, m.kind, null as entity_id, null as entity, count(*) as mentions, min(m.mention_id) as mention_id
    from mention m where m.kind <> 'place' group by m.kind, m.name order by min(m.mention_id)]]
  if opened:has_table "mention_entity" and opened:value "select count(*) from mention_entity" > 0 then
    sql = [[select m.name, m.kind, e.entity_id, e.name as entity, count(*) as mentions, min(m.mention_id) as mention_id
      from mention m join mention_entity using (mention_id) join entity e using (entity_id)
      where m.kind <> 'place' group by e.entity_id, m.name order by min(m.mention_id)]]
  end
  local list = {}
  local known = {}
  for row in opened:sql(sql) do
    list[#list + 1] = row
    known[row.name] = true
  end
  if list[1] and list[1].entity_id then -- a whole name that the text gives in pieces only
    for row in opened:sql [[select e.name, e.kind, e.entity_id, e.name as entity, count(*) as mentions, min(me.mention_id) as mention_id
        from entity e join mention_entity me using (entity_id) where e.kind <> 'place' group by e.entity_id order by e.entity_id]] do
      if not known[row.name] then
        list[#list + 1] = row
      end
    end
  end
  return list
end

local AGES = 200 -- places of one person that are looked at for an age

-- The first places where a name stands, with the year in which the article was written. With `all`, also where its bearer has another name: the age
-- may stand there.
local function reader(opened)
  local dated = opened:has_table "published" and "coalesce((select p.date from published p where p.article_id = a.article_id), a.declared_date)"
    or "a.declared_date"
  local place = "select a.article_id, a.text, m.first, m.last, " .. dated .. " as date from mention m join article a using (article_id) "
  local by_name = opened:prepare(place .. "where m.name = ?1 and m.kind = ?2 and m.mention_id >= ?3 order by m.mention_id limit 8")
  local by_entity = opened:has_table "mention_entity" and opened:prepare(place
    .. "join mention_entity me using (mention_id) where me.entity_id = ?1 order by m.mention_id limit " .. AGES)
  return function(item, all)
    local list = {}
    local function read(statement, ...)
      for row in statement:rows(...) do
        row.year = row.date and tonumber(row.date:match("^%d%d%d%d"))
        list[#list + 1] = row
      end
    end
    read(by_name, item.name, item.kind, item.mention_id)
    if item.entity_id and (all or #list == 0) then
      read(by_entity, item.entity_id)
    end
    return list
  end
end

local function passage(place)
  local from, to = math.max(1, place.first - AROUND), math.min(#place.text, place.last + AROUND)
  local before = place.text:sub(from, place.first - 1):gsub("^[\x80-\xbf]+", "")
  local behind = place.text:sub(place.last + 1, to):gsub("[\xc0-\xff][\x80-\xbf]*$", "")
  return (before .. "[" .. place.text:sub(place.first, place.last) .. "]" .. behind):gsub("%s+", " ")
end

local function row_of(entry, hit)
  local place = hit.passage
  return { math.floor(hit.score * 1000 + 0.5) / 1000, entry.id, entry.name, hit.alias, hit.item.name, hit.item.entity_id, hit.item.entity,
    hit.item.mentions, place and place.article_id, place and place.first, place and place.last, place and passage(place), hit.reason }
end

-- An iterator over rows: entry after entry, the best hit of each first
local function rows(entries, screening, places, floor, label)
  local waiting, at, any = {}, 0, false
  return function()
    while at >= #waiting do
      local entry = entries()
      if not entry then
        if not any then
          console.note("%s: the list names nobody", label)
        end
        return nil
      end
      any = true
      waiting, at = {}, 0
      for i, hit in ipairs(screening:hits(entry, floor, places)) do
        waiting[i] = row_of(entry, hit)
      end
    end
    at = at + 1
    return waiting[at]
  end
end

return {
  summary = "find the people and organisations of a watch list in the corpus",
  usage = "CORPUS LIST",
  help = [[
LIST is a CSV file with a head line (name; aliases, birth_date, schema, id and countries if there are any), such as OpenSanctions' simple CSV,
or FollowTheMoney entities as JSON lines; - is standard input. Several aliases or dates in one field are parted by semicolons.
Run `names` first: a person found once under one spelling is then one row, with the number of all his mentions under that spelling.
A row is a question to a person, not an answer: the score weighs names and, where text and list give one, the year of birth (the text's age is
counted back from the article's date). Who was born four or more years apart scores 0.3 at most, and is marked CONTRADICTED.]],
  examples = {
    "annalist screen k.db list.tsv --format csv -o hits.csv",
    "annalist screen k.db list.tsv --score 0.8",
    "annalist screen k.db list.tsv --format jsonl",
  },
  options = {
    { "score", value = "N", kind = "number", minimum = 0, maximum = 1, default = 0.5, help = "least score of a hit (0..1)" },
    "format", "output",
  },
  run = function(call)
    local opened <close> = corpus.open(call.corpus)
    if not opened:has_table "mention" then
      error(call.corpus .. ": no names have been found here yet. Run first: annalist run " .. call.corpus .. " names", 0)
    end
    local matchers, screenings, watchlist = load_library()
    local source = io.stdin
    if call.list ~= "-" then
      local message
      source, message = io.open(call.list, "rb")
      if not source then
        error(message, 0)
      end
    end
    local screening = screenings.new(matchers.new(), names_in(opened))
    local label = call.list == "-" and "standard input" or call.list
    local entries = watchlist.entries(function() return source:read "l" end, json.decode, label)
    local write, finish, width = output.open(call.output)
    formats.write(call.format, COLUMNS, rows(entries, screening, reader(opened), call.score, label), write, width)
    finish()
  end,
}
