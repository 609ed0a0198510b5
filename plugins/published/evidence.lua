-- What one article says about its own day: declared dates, dates in its address, date lines and datelines, days in full,
-- days without a year, weekday words, years. Reads expressions and blocks; knows no other article.

local calendar = require "lib.calendar"
local data = require "annalist.data"
local number_words = require "lib.number_words"

local evidence = {}

-- Days that a machine writes when it knows none
local defaults = {}
for _, iso in ipairs { "1970-01-01", "1970-01-02", "1969-12-31", "2000-01-01", "1900-01-01", "1980-01-01", "1999-11-30" } do defaults[calendar.parse(iso)] = true end
evidence.defaults = defaults

-- Words by class, as in data/published/words.tsv: class -> word -> true
local words = {}

-- Words by stage of a matter, in order: { name, word, word, … }
local stages = {}

-- Call once, in `prepare`.
function evidence.load()
    number_words.load()
    stages = {}
    for _, row in ipairs(data.table "published/words.tsv") do
        local stage = row[1]:match "^stage (%l+)$"
        if stage then
            local list = { name = stage }
            for word in row[2]:gmatch "[^,]+" do list[#list + 1] = word end
            stages[#stages + 1] = list
        end
        local set = {}
        for word in row[2]:gmatch "%S+" do set[word] = true end
        words[row[1]] = set
    end
end

local HEAD, TAIL = 400, 300       -- bytes in which a day in full may be the article's own
local TOP = 150                   -- bytes of the very head
local OLD = 20                    -- years; a text that last names a year so long gone tells nothing of its own day
local TELLING = 600               -- bytes of the head in which a story says what it tells of
local FEW = 12                    -- of a long article's days in full so many are looked at, the latest

-- "https://site/2020/10/06/story", "…/2020-10-06-story", "…/20201006/…"
function evidence.address_day(url)
    if not url then return nil end
    for _, pattern in ipairs { "[/_%-](20%d%d)[/_%-](%d%d?)[/_%-](%d%d?)%f[^%d]", "[/_%-](19%d%d)[/_%-](%d%d?)[/_%-](%d%d?)%f[^%d]", "%f[%d](20%d%d)(%d%d)(%d%d)%f[^%d]" } do
        local y, m, d = url:match(pattern)
        if y then
            y, m, d = math.tointeger(tonumber(y)), math.tointeger(tonumber(m)), math.tointeger(tonumber(d))
            if calendar.exists(y, m, d) then return calendar.number(y, m, d) end
        end
    end
    return nil
end

-- "©2016", "Copyright 2015", "(c) 2014-2016": the latest of the years
local function copyright_year(text)
    local latest
    for at in text:gmatch "()©" do
        local years = text:sub(at + 2, at + 40)
        local y = years:match "^%s*%d%d%d%d%s*%-%s*(%d%d%d%d)" or years:match "^%D?%D?%D?%D?%D?(%d%d%d%d)%f[%D]" or years:match "^%s*[Cc]opyright%D?(%d%d%d%d)"
        if y then latest = math.max(latest or 0, tonumber(y)) end
    end
    for y in text:gmatch "[Cc]opyright[^%d\n]?[^%d\n]?[^%d\n]?[^%d\n]?(%d%d%d%d)%f[%D]" do latest = math.max(latest or 0, tonumber(y)) end
    return latest and latest > 1980 and latest < 2100 and math.tointeger(latest) or nil
end

local place_of_kind = { date = "line", dateline = "dateline", byline = "byline" }

local function place(article, blocks, first, last)
    for _, block in ipairs(blocks) do
        if block.first <= first and block.last >= last then
            if place_of_kind[block.kind] then return place_of_kind[block.kind] end
            break
        end
    end
    local body = article.body_first or 1
    if first < body + HEAD then return "head" end
    if last > #article.text - TAIL then return "tail" end
    return "inside"
end

-- What stands in the teaser of another story says nothing of this one.
local function in_teaser(blocks, row)
    for _, block in ipairs(blocks) do
        if block.kind == "teaser" and block.first <= row.first and block.last >= row.last then return true end
    end
    return false
end

-- "Posted:", "Published on", and "Updated:", which is a later day than that of the article
local function label_of(text, first)
    local before = text:sub(math.max(1, first - 40), first - 1):lower()
    local posted, updated = 0, 0
    for at, word in before:gmatch "()(%l+)" do
        if not before:find(".", at, true) then
            if words.posted[word] then posted = at elseif words.updated[word] then updated = at end
        end
    end
    return posted > updated and "posted" or updated > 0 and "updated" or nil
end

-- Does a date stand by itself (a line's start, behind a bar or a bracket), or inside what is being told ("in South Bay, July 11, 2016")?
local function stands_free(text, first)
    local before = text:sub(math.max(1, first - 12), first - 1)
    if before == "" or before:match "\n%s*$" then return true end
    return before:match "[|:%(%)%.%-/%]>]%s*$" ~= nil or before:match "\226\128[\147\148\162]%s*$" ~= nil or before:match "\194[\183\187]%s*$" ~= nil or before:match "%u%u%s+$" ~= nil
end

-- "- Ann Lee (@ann_lee) May 4, 2016": a message shown in an article, which is of that day or later
local function is_message(text, first)
    return text:sub(math.max(1, first - 40), first - 1):find "%(@[%w_]+%)%s*$" ~= nil
end

-- Days in addresses that stand in a text ("share this story: http://site/2016/05/04/..."), each once
local function link_days(text)
    local found = {}
    for url in text:gmatch "https?://%S+" do
        local day = evidence.address_day(url)
        if day and not found[day] then
            found[day] = true
            found[#found + 1] = day
        end
    end
    return found
end

local function add_day(facts, article, blocks, row, day)
    local where, label = place(article, blocks, row.first, row.last), label_of(article.text, row.first)
    if defaults[day] and (label or where == "line" or where == "dateline" or where == "byline") then return end
    facts.days[#facts.days + 1] = { day = day, first = row.first, last = row.last, place = where, timed = row.type == "TIME",
        label = label, message = is_message(article.text, row.first), weekday = row.weekday ~= nil, free = stands_free(article.text, row.first), direction = row.direction,
        top = row.first < (article.body_first or 1) + TOP }
end

-- Is a lone "2016" a year, and no house ("at 2036 Elm Street"), telephone ("396-2100") or time of day ("2155 The minister says")?
local function is_year(text, row)
    local before, after = text:sub(math.max(1, row.first - 12), row.first - 1), text:sub(row.last + 1, row.last + 2)
    if row.first > 1 and not before:match "%l%s+$" and not before:match "[%(/,]%s*$" then return false end
    return not (after:match "^ %u" and (before:match "%f[%a]at%s+$" or before:match "%f[%a]of%s+$" or before:match ",%s*$"))
end

local function read_full(facts, article, blocks, row)
    local value = row.value or ""
    local day = calendar.parse(value)
    if day then
        add_day(facts, article, blocks, row, day)
        return
    end
    local year, month = value:match "^(%d%d%d%d)%-(%d%d)$"
    year = year or value:match "^(%d%d%d%d)%f[^%d]"
    if not year or not month and not is_year(article.text, row) then return end
    year = math.tointeger(tonumber(year))
    facts.years[#facts.years + 1] = year
    if row.direction == "future" then return end
    if month then
        facts.known[#facts.known + 1] = calendar.number(year, math.tointeger(tonumber(month)), 1)
    else
        facts.alone[#facts.alone + 1] = year
    end
end

-- Is a day in full the text's own date rather than one that the story tells of?
local function is_stamp(mention)
    return mention.place ~= "inside" and (mention.place ~= "head" and mention.place ~= "tail" or mention.free or mention.timed or mention.label ~= nil)
end

-- The days that the story knows of, and the latest. A lone year later than all else may be planned for.
local function read_horizon(facts)
    for _, mention in ipairs(facts.days) do
        if mention.direction ~= "future" and not is_stamp(mention) then facts.known[#facts.known + 1] = mention.day end
    end
    table.sort(facts.alone)
    local top = #facts.alone
    if top > 1 and facts.alone[top - 1] < facts.alone[top] - 1 then top = top - 1 end
    for i = 1, top do
        local year = facts.alone[i]
        facts.known[#facts.known + 1] = calendar.number(year == facts.alone[top] and year - 1 or year, 1, 1)
    end
    for _, day in ipairs(facts.known) do facts.latest = math.max(facts.latest or day, day) end
end

-- "Saturday morning", "9 p.m. Sunday": by daylight, in the evening or at night, nil when not said. "Overnight Tuesday" began on the day before, or ended on
-- the next, and says neither.
local parts = { TMO = "early", TDT = "early", TAF = "early", TMI = "early", TEV = "evening", TNI = "late" }
local function hours_of(value, clock, said)
    if said and words.spanning[said:lower():match "^%a+"] then return nil end
    local part = parts[value:match "T%u%u$"]
    if part then return part end
    local hour = tonumber((clock or value):match "T(%d%d)")
    if not hour then return nil end
    return hour < 18 and "early" or hour < 21 and "evening" or "late"
end

-- How a weekday stands in its sentence: "the ministry said on Monday" is mostly today, "Monday's quake" seldom is. nil when neither
local REACH = 3                 -- so many words before it
local function manner_of(text, row)
    if text:find("^'s", row.last + 1) or text:find("^\226\128\153s", row.last + 1) then return "owner" end
    local before, count = text:sub(math.max(1, row.first - 40), row.first - 1):match "[^%.,;:\"\n]*$", 0
    for word in before:reverse():gmatch "%a+" do
        count = count + 1
        if words.saying[word:reverse():lower()] then return "told" end
        if count == REACH then return nil end
    end
end

-- How far into a text its dateline is looked for: behind a headline or a caption in the same line, or as a line of its own
local FAR = 1500
local AGENCY, DASH, LONG_DASH = "^%s*,?%s*%b()", "^%s*%-%-?%f[^%-]%s*", "^%s*\226\128[\147\148]"
-- "Dhaka, ", "Bar Elias, Lebanon, ": nothing but a place before the day
local PLACE = "^%s*%u[%a .'\128-\255-]*,[%a .]*,? *$"

-- What kind of dateline a day without a year stands in, nil when in none: "wire" ("LIMA, Oct 4 (Nordline) -", "LIMA, October 4 - The"), which is sent
-- on that day; "paper" ("LIMA, Oct. 4 --"), printed on that day or the next; "line" ("Lima, Oct 4" by itself, under the author's name)
local function dateline_of(article, row)
    local text = article.text
    if row.first > FAR then return nil end
    local before, after = text:sub(math.max(1, row.first - 50), row.first - 1), text:sub(row.last + 1, row.last + 40)
    local of_line = before:match "[^\n]*$"
    local place_first = #of_line < 50 and of_line:find(PLACE) ~= nil
    if after:find "^%s*\n" or after == "" then
        return place_first and row.first < (article.body_first or 1) + HEAD and "line" or nil
    end
    if not place_first and not before:find "%u%u[%u .'\128-\255-]*,?[%a .]*,? *$" then return nil end
    if after:find "^%. ?/%u%u" then return "wire" end
    local named = after:find "^,? ?%(%u[%a ./&-]+%)"
    after = after:gsub(AGENCY, "")
    if not after:find(DASH) and not after:find(LONG_DASH) then return nil end
    return (named or after:find "^ %- ") and "wire" or "paper"
end

-- A day without a year may be the article's own where a dateline stands: "LIMA, Oct. 4 —"
local DATELINE = 120
local function own_place(article, blocks, row)
    local where = place(article, blocks, row.first, row.last)
    return where == "line" or where == "dateline" or where == "byline" or (where == "head" and row.first < (article.body_first or 1) + DATELINE)
end

-- The article's dateline is the first one. Lines of days that follow each other are a chronicle.
local function add_month_day(facts, article, blocks, row, month, day)
    local kind = row.direction ~= "future" and dateline_of(article, row) or nil
    local md = { month = month, day = day, weekday = row.weekday, direction = row.direction, first = row.first, last = row.last, wire = kind == "wire",
        own = kind ~= nil or own_place(article, blocks, row) }
    facts.month_days[#facts.month_days + 1] = md
    if not kind then return end
    if not facts.dateline then
        facts.dateline, md.dateline = md, kind
    elseif facts.dateline.dateline == "line" and kind == "line" then
        facts.dateline.dateline = nil
    end
end

local function read_partial(facts, article, blocks, row)
    local value = row.value or ""
    local wd = value:match "^XXXX%-WXX%-(%d)"
    if wd then
        -- "this Thursday (13)"
        local number = math.tointeger(tonumber(article.text:match("^ ?%((%d%d?)%)", row.last + 1)))
        if number and number >= 1 and number <= 31 then
            facts.numbered[#facts.numbered + 1] = { weekday = math.tointeger(tonumber(wd)), day = number, this = row.step == 0 }
        end
        if row.direction ~= "future" and article.text:find("^:", row.last + 1) and (row.first == 1 or article.text:find("^\n", row.first - 1)) then
            facts.listed[#facts.listed + 1] = math.tointeger(tonumber(wd))
        end
        local list = row.direction == "future" and facts.ahead or facts.behind
        if row.step == 1 then list = facts.ahead elseif row.step == -1 then list = facts.behind end
        if row.step == nil or row.step == 0 or math.abs(row.step) == 1 then
            list[#list + 1] = { weekday = math.tointeger(tonumber(wd)), first = row.first, last = row.last, strict = row.step ~= nil and row.step ~= 0,
                hours = hours_of(value, row.clock, article.text:sub(row.first, row.last)), manner = manner_of(article.text, row) }
        end
        return
    end
    if value == "XXXX-WXX-WE" and row.direction ~= "future" then
        facts.weekend = true
        return
    end
    local month, day = value:match "^XXXX%-(%d%d)%-(%d%d)"
    if month then
        add_month_day(facts, article, blocks, row, math.tointeger(tonumber(month)), math.tointeger(tonumber(day)))
    end
end

-- "11 days after the quake", "a week since the vote": how long ago that is of which the text tells; slack in days. "On Friday, two days after":
-- it is counted from that weekday.
local ELAPSED = 4               -- so many are looked at, the first
local function read_elapsed(facts, text, row, previous)
    local count, unit = (row.value or ""):match "^P(%d+)([DW])$"
    if not count or #facts.elapsed >= ELAPSED then return end
    local next_word = text:sub(row.last + 1, row.last + 12):match "^ (%l+)"
    local after = not words.since[next_word] and text:sub(math.max(1, row.first - 8), row.first - 1):find "%f[%a]after $" ~= nil
    if not words.since[next_word] and not after then return end
    local days = math.tointeger(tonumber(count))
    if days == 0 or days > 60 then return end
    local word = facts.behind[#facts.behind]
    local from = word and previous and word.first == previous.first and text:sub(previous.last + 1, row.first - 1):find "^,? %l*%s?$" and word or nil
    facts.elapsed[#facts.elapsed + 1] = unit == "D" and { days = days, slack = after and 1 or 0, from = from } or { days = 7 * days, slack = 1, from = from }
end

-- Does a place stand within a quotation? Those in it speak of another "today".
local function is_quoted(text, first)
    local before = text:sub(math.max(1, first - 500), first - 1):match "[^\n]*$"
    local _, open = before:gsub("\226\128\156", "")
    local _, close = before:gsub("\226\128\157", "")
    local _, plain = before:gsub('"', "")
    return open > close or plain % 2 == 1
end

-- "One year on", "on this day last year", "six months after the flood" at the head: of what others tell as news this article tells so many
-- months later. Its row among the expressions, and the months; nil when nothing is so said.
local ordinals = {}
for n, word in ipairs { "first", "second", "third", "fourth", "fifth" } do ordinals[word] = n end
local units = { year = 12, years = 12, month = 1, months = 1 }
local LEAST_MONTHS, MOST_MONTHS = 6, 120
-- within a sentence "two years after the crash" is said of what has gone on since, and is no looking back
local HEADED = { "%f[%w](%w+)[ %-](years?)[ %-]on%f[%A]", "%f[%w](%w+)[ %-](months?)[ %-]on%f[%A]", "[%.\n]%s*(%w+) (years?) after ", "[%.\n]%s*(%w+) (months?) after " }
local THIS_DAY = { "%f[%a]this day last year%f[%A]", "%f[%a]this day a year ago%f[%A]", "%f[%a]a year ago today%f[%A]", "%f[%a]one year ago today%f[%A]" }
-- "… after the dam above the village burst": the longer words of that after which it is
local LONG, WORDS = 4, 10
local function object_of(head, last)
    local behind, out, count = head:sub(last + 1, last + 90):match "^[^%.,;:!?\n]*", {}, 0
    if not head:find("^ ", last) and not words.leading[behind:match "^ (%l+) "] then return out end
    for word in behind:gmatch "%f[%w][%w\128-\255]+%f[^%w\128-\255]" do
        count = count + 1
        if count > WORDS then break end
        if #word >= LONG and not words.passing[word] then out[#out + 1] = word end
    end
    return out
end

local function months_later(article, lower)
    for _, pattern in ipairs(THIS_DAY) do
        local first, last = lower:find(pattern)
        if first and not is_quoted(article.text, first) then return { months = 12, first = first, last = last } end
    end
    local head = "\n" .. lower:sub(1, (article.body_first or 1) + HEAD)
    for _, pattern in ipairs(HEADED) do
        local first, last, count, unit = head:find(pattern)
        if first then first = head:find("%w", first) end
        local n = first and (count == "a" and 1 or not number_words.vague(count) and math.tointeger(number_words.of(count)))
        if n and n * units[unit] >= LEAST_MONTHS and n * units[unit] <= MOST_MONTHS and not is_quoted(article.text, first - 1) then
            return { months = n * units[unit], first = first - 1, last = last - (pattern:find " $" and 2 or 1), of = object_of(head, last) }
        end
    end
    local first, last, which = head:find "%f[%a](%l+) anniversary%f[%A]"
    if first and ordinals[which] then return { months = 12 * ordinals[which], first = first - 1, last = last - 1, of = object_of(head, last) } end
    return nil
end

-- Which weekday is the article's own: "today, Wednesday", "on Wednesday (today)", "this morning, Wednesday", "This Wednesday morning, calm has
-- returned"; "yesterday, Tuesday" says it too. nil when the text says so nowhere, or in two ways.
local function weekday_of(row)
    local number = row.form == "partial" and (row.value or ""):match "^XXXX%-WXX%-(%d)"
    return number and math.tointeger(tonumber(number))
end

-- "today, Wednesday", "tomorrow i.e. Tuesday": what may stand between a day and its name
local function is_named_by(between)
    local said = between:match "^[ ,(%-]*(%l[%l. ]*)[,:]? $"
    return between:find "^[ ,(%-]*$" ~= nil or said ~= nil and words.namely[said:gsub("[. ]", "")] ~= nil
end

-- Days from the article to "today", "yesterday", "tomorrow", "this morning"
local function shift_of(row, text)
    if row.form ~= "shift" or row.unit ~= "D" or row.base ~= nil or not row.shift or math.abs(row.shift) > 1 then return nil end
    if row.type == "TIME" and not words.now[text:sub(row.first, row.last):lower():match "^%l+"] then return nil end
    return row.shift
end

-- "This Wednesday morning" that is not to come, or "This Wednesday, calm has …" at the head
local function is_this(article, row)
    if row.step ~= 0 or row.direction == "future" or not article.text:find("^[Tt]his%s", row.first) then return false end
    return parts[row.value:match "T%u%u$"] ~= nil or row.first < (article.body_first or 1) + HEAD and article.text:find("^This%s", row.first) ~= nil
end

local function today(article, expressions)
    local text, found = article.text, nil
    local function say(weekday, shift, first, last)
        weekday = (weekday - shift - 1) % 7 + 1
        if found and found.weekday ~= weekday then found.split = true end
        found = found or { weekday = weekday, shift = shift, first = first, last = last }
    end
    for i, b in ipairs(expressions) do
        local weekday = weekday_of(b)
        if weekday and is_this(article, b) then say(weekday, 0, b.first, b.last) end
        local a = expressions[i - 1]
        local shift = a and shift_of(weekday and a or b, text)
        local named = a and (weekday or weekday_of(a))
        if shift and named and is_named_by(text:sub(a.last + 1, b.first - 1)) then
            -- "on Monday, yesterday's ..." is said of another thing
            if (weekday or shift == 0) and (weekday and b or a).step == nil then say(named, shift, a.first, b.last) end
        end
    end
    return found and not found.split and found or nil
end

-- How far a matter has come by the words of a text, as in data/published/words.tsv: the names of the stages
local function stages_of(lower)
    local found = {}
    for _, stage in ipairs(stages) do
        for _, word in ipairs(stage) do
            if lower:find(word, 1, true) then
                found[#found + 1] = stage.name
                break
            end
        end
    end
    return found
end

-- "Sunday: … Monday: … Tuesday: …", each in a line of its own: one week, told in order. Its last weekday and the days from the first to it; nil when
-- there is no such list.
local LISTED = 4
local function week_told(listed)
    local span = 0
    for k = 2, #listed do
        local step = (listed[k] - listed[k - 1]) % 7
        if step == 0 then return nil end
        span = span + step
    end
    return #listed >= LISTED and span < 7 and { last = listed[#listed], span = span } or nil
end

-- expressions, blocks: this article's rows in order
function evidence.read(article, expressions, blocks)
    local facts = { id = article.article_id, known = {}, days = {}, years = {}, behind = {}, ahead = {}, month_days = {}, ago = {}, elapsed = {}, alone = {}, numbered = {}, listed = {},
        weeks_back = 0, today = 0, yesterday = 0, tonight = 0, tomorrow = 0, links = link_days(article.text) }
    facts.declared = calendar.parse(article.declared_date)
    facts.declared_text = article.declared_date
    facts.address = evidence.address_day(article.url)
    facts.copyright = copyright_year(article.text)
    facts.today_named = today(article, expressions)
    local lower = article.text:lower()
    facts.stages = stages_of(lower)
    facts.later = months_later(article, lower)
    facts.head = lower:sub(1, TELLING)
    for i, row in ipairs(expressions) do
        if row.type == "DURATION" then
            read_elapsed(facts, article.text, row, expressions[i - 1])
        elseif (row.type == "DATE" or row.type == "TIME") and not in_teaser(blocks, row) then
            if row.form == "full" then
                read_full(facts, article, blocks, row)
            elseif row.form == "partial" then
                read_partial(facts, article, blocks, row)
            elseif row.form == "feast" and row.value == "XXXX" and not row.step then
                -- a Christmas party is a matter of December
                local month, day = (row.tail or ""):match "^(%d%d)%-(%d%d)$"
                if month then
                    facts.month_days[#facts.month_days + 1] = { month = math.tointeger(tonumber(month)), day = math.tointeger(tonumber(day)),
                        direction = row.direction, first = row.first, last = row.last }
                end
            elseif row.form == "shift" and row.unit == "D" and row.base == nil then
                if row.shift == 0 then
                    facts.today = facts.today + 1
                    if row.type == "TIME" then facts.tonight = facts.tonight + 1 end
                elseif row.shift == -1 then
                    facts.yesterday = facts.yesterday + 1
                    if not facts.calls_yesterday and not is_quoted(article.text, row.first) then facts.calls_yesterday = true end
                elseif row.shift == 1 then
                    facts.tomorrow = facts.tomorrow + 1
                elseif row.shift and row.shift < -1 and row.shift >= -60 then
                    facts.ago[#facts.ago + 1] = -row.shift
                end
            elseif row.form == "shift" and row.type == "TIME" and row.base == "previous" then
                facts.hours = facts.hours or hours_of("", row.clock)
            elseif row.form == "shift" and row.unit == "W" and row.base == nil and row.shift and row.shift < 0 then
                local ago = words.ago[article.text:sub(row.first, row.last):lower():match "%l+$"]
                if row.shift == -1 and not ago then
                    facts.weeks_back = facts.weeks_back + 1
                elseif row.shift >= -4 and #facts.elapsed < ELAPSED then
                    facts.elapsed[#facts.elapsed + 1] = { days = -7 * row.shift, slack = 2 }
                end
            end
        end
    end
    facts.week_told = week_told(facts.listed)
    read_horizon(facts)
    local declared_year = facts.declared and calendar.date(facts.declared)
    if facts.latest and (facts.latest < calendar.number((facts.copyright or declared_year or 1990) - OLD, 1, 1)) then facts.latest = nil end
    if #facts.days > FEW then
        table.sort(facts.days, function(a, b)
            local own_a, own_b = a.place ~= "inside", b.place ~= "inside"
            if own_a ~= own_b then return own_a end
            if a.day ~= b.day then return a.day > b.day end
            return a.first < b.first
        end)
        for i = #facts.days, FEW + 1, -1 do facts.days[i] = nil end
    end
    return facts
end

return evidence
