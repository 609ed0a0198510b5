-- From a choice of the model to a row that a reader can check: date, confidence, method, the passage, and the reason in words.

local calendar = require "lib.calendar"
local evidence = require "published.evidence"
local own = require "published.own"

local verdict = {}

local format = string.format
local day_names = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" }

-- The mention in full of a day, one in a date line before one inside the story.
local function mention_of(facts, day)
    local best
    for _, mention in ipairs(facts.days) do
        if mention.day == day and (not best or best.place == "inside" and mention.place ~= "inside") then best = mention end
    end
    return best
end

-- The weekday word that comes nearest to the day, looking back
local function weekday_of(facts, day)
    local here, best, least = calendar.weekday(day), nil, nil
    for _, w in ipairs(facts.behind) do
        local lag = (here - w.weekday) % 7
        if not least or lag < least then best, least = w, lag end
    end
    return best, least
end

-- The dated neighbour that lends most
local function witness_of(choice, day)
    local best, weight
    for _, n in ipairs(choice.neighbours) do
        if n.day and math.abs(n.day - day) <= 7 then
            local w = (n.link + 0.2 * n.similarity) * n.confidence
            if not weight or w > weight then best, weight = n, w end
        end
    end
    return best, weight
end

local STANDS_OUT = 0.25           -- how far an article stands out that is said to tell of the same event
local function tells(witness)
    return format("article %d tells of the same %s on %s", witness.facts.id, witness.link > STANDS_OUT and "event" or "matter", calendar.iso(witness.day))
end

-- Why a declared date is not believed, and whether the other articles are why
local function doubt(facts, choice)
    local day = facts.declared
    if evidence.defaults[day] then return "machines write that day when they know none" end
    if facts.latest and facts.latest > day then return "the text knows of " .. calendar.iso(facts.latest) end
    for _, md in ipairs(facts.month_days) do
        local y = calendar.date(day)
        if md.weekday and calendar.exists(y, md.month, md.day) then
            local named = calendar.number(y, md.month, md.day)
            if calendar.weekday(named) ~= md.weekday then return format("%s was no %s", calendar.iso(named), day_names[md.weekday]) end
        end
    end
    local witness = choice.day and witness_of(choice, choice.day)
    if witness and math.abs(witness.day - day) > 7 then return tells(witness), true end
    if facts.latest and day - facts.latest > 200 then return "the text knows of nothing after " .. calendar.iso(facts.latest) end
    return "the text does not bear it out"
end

local function refusal(facts, choice)
    local why, by_others = doubt(facts, choice)
    return format("declared %s, which is not believed: %s", calendar.iso(facts.declared), why), by_others
end

local place_names = { line = "date line", dateline = "dateline", byline = "date in the byline", head = "date at the head", tail = "date at the end", inside = "date in the text" }

-- How many days after its dateline without a year an article is, nil when it has none or is of another day
local function after_dateline(facts, day)
    local md = facts.dateline
    local off = md and md.dateline and -own.nearest(day, md.month, md.day)
    return (off == 0 or off == 1) and off or nil
end

-- The weekday that speaks for the day, in words, and its passage
local called = { [-1] = "yesterday", [0] = "its own day", [1] = "tomorrow" }
local function weekday_said(facts, day)
    local today = facts.today_named
    if today and today.weekday == calendar.weekday(day) then
        return format("the text calls %s %s", day_names[calendar.weekday(day + today.shift)], called[today.shift]), today
    end
    local word, lag = weekday_of(facts, day)
    if not word or lag > 1 then return nil, word end
    return format("the last day named in the text is %s%s", day_names[word.weekday], lag == 0 and "" or ", the day before"), word
end

local function grounds(facts, choice)
    local day = choice.day
    local after = after_dateline(facts, day)
    if facts.declared == day then
        local shown = mention_of(facts, day) or after == 0 and facts.dateline or nil
        return "declared", shown, shown and "declared, and the text says so" or "declared, and nothing speaks against it"
    end
    local mention = mention_of(facts, day)
    if mention and (mention.place ~= "inside" or mention.timed) then return "text", mention, place_names[mention.place] end
    if facts.address == day then return "address", nil, "date in the address" end
    local witness = witness_of(choice, day)
    if after then
        local reason = after == 0 and "date line" or "the day after the date line"
        return "text", facts.dateline, witness and format("%s; the year is that of article %d", reason, witness.facts.id) or reason
    end
    if choice.back and facts.later and not witness then
        return "text", facts.later, format("%d months after what the other articles tell", facts.later.months)
    end
    local said, word = weekday_said(facts, day)
    if witness then return "other articles", word, said and tells(witness) .. ", and " .. said or tells(witness) end
    if mention then return "text", mention, place_names[mention.place] end
    return "text", word, said or "the latest day that the text tells of"
end

-- Least probability at which a declared date (with the days about it) is kept, and any other is given; a day of which not even the week
-- is one in seven is a guess, and is not given
local KEEP, GIVE, GUESS = 0.28, 0.03, 0.15
local SURELY = 0.3 -- from which another day stands against a declared one that is not known to be of a machine
local HALF = 0.4   -- what such a declared date is worth: about every second one was right

-- What the weights say is a little too sure of itself at either end, on kits from which they were not learnt: a day that is not
-- the declared one is given with so much less, or more
local FLOOR, SLOPE = 0.03, 0.93

-- Crawlers and teasers make a date too late; one before that of other articles, on a day after which the text knows nothing, is the text's own.
local function precedes(facts, day)
    return day and facts.declared < day and not evidence.defaults[facts.declared] and not (facts.latest and facts.latest > facts.declared)
end

-- The row of one article, nil when nothing is known.
function verdict.row(facts, choice)
    local day = choice.day or choice.weak
    if facts.declared_text and not facts.declared then
        local row = { date = facts.declared_text, precision = #facts.declared_text >= 7 and "month" or "year", confidence = 0.5, method = "declared", reason = "declared, without a day" }
        if not facts.declared_text:match "^%d%d%d%d" then row = { precision = nil, confidence = 0, method = "refused", reason = format("declared %s is no date", facts.declared_text) } end
        if not day or choice.confidence < 0.4 then return row end
    end
    local kept = facts.declared and choice.declared and choice.near_declared >= KEEP
    if facts.declared and not kept and choice.confidence < SURELY and precedes(facts, day) then
        return { date = facts.declared_text, precision = "day", confidence = math.max(choice.declared or 0, HALF), method = "declared",
            reason = "declared, though " .. calendar.iso(day) .. " is likelier" }
    end
    if kept and day ~= facts.declared and math.abs(day - facts.declared) <= 7 then
        return { date = facts.declared_text, precision = #facts.declared_text > 10 and "time" or "day", confidence = choice.declared, method = "declared",
            reason = "declared; the text points to " .. calendar.iso(day) }
    end
    if kept and day ~= facts.declared and choice.confidence < 2 * choice.declared then
        return { date = facts.declared_text, precision = "day", confidence = choice.declared, method = "declared",
            reason = "declared, though " .. calendar.iso(day) .. " is likelier" }
    end
    local sure = day and choice.confidence >= GIVE and (kept or day ~= facts.declared and choice.about >= GUESS)
    if not sure then
        if facts.declared then return { confidence = 1 - (choice.declared or 0), method = "refused", reason = (refusal(facts, choice)) } end
        return nil
    end
    local witness = { day = day, neighbours = choice.neighbours, back = choice.back }
    local method, shown, reason = grounds(facts, witness)
    if facts.declared and day ~= facts.declared then
        local why, by_others = refusal(facts, witness)
        reason = by_others and method == "other articles" and why or reason .. "; " .. why
    end
    local date = day == facts.declared and facts.declared_text or calendar.iso(day)
    local confidence = day == facts.declared and choice.confidence or FLOOR + SLOPE * choice.confidence
    return { date = date, precision = #date > 10 and "time" or "day", confidence = confidence, method = method,
        first = shown and shown.first, last = shown and shown.last, reason = reason }
end

return verdict
