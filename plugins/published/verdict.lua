-- From a choice of the model to a row that a reader can check: date, confidence, method, the passage, and the reason in words.

local calendar = require "lib.calendar"
local evidence = require "published.evidence"

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
    local own, best, least = calendar.weekday(day), nil, nil
    for _, w in ipairs(facts.behind) do
        local lag = (own - w.weekday) % 7
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

-- Why a declared date is not believed, in words.
local function refusal(facts, choice)
    local day = facts.declared
    local iso = calendar.iso(day)
    if evidence.defaults[day] then return format("declared %s is a date that machines write when they know none", iso) end
    if facts.latest and facts.latest > day then return format("declared %s, but the text knows of %s", iso, calendar.iso(facts.latest)) end
    for _, md in ipairs(facts.month_days) do
        local y = calendar.date(day)
        if md.weekday and calendar.exists(y, md.month, md.day) and calendar.weekday(calendar.number(y, md.month, md.day)) ~= md.weekday then
            return format("declared %s, but %02d-%02d was no %s in that year", iso, md.month, md.day, day_names[md.weekday])
        end
    end
    local witness = choice.day and witness_of(choice, choice.day)
    if witness and math.abs(witness.day - day) > 7 then
        return format("declared %s, but article %d on the same event is of %s", iso, witness.facts.id, calendar.iso(witness.day))
    end
    if facts.latest and day - facts.latest > 200 then return format("declared %s, but the text knows of nothing after %s", iso, calendar.iso(facts.latest)) end
    return format("declared %s is not borne out by the text", iso)
end

local place_names = { line = "date line", dateline = "dateline", byline = "date in the byline", head = "date at the head", tail = "date at the end", inside = "date in the text" }

local function grounds(facts, choice)
    local day = choice.day
    if facts.declared == day then
        local shown = mention_of(facts, day)
        return "declared", shown, shown and "declared, and the text says so" or "declared, and nothing in the text refutes it"
    end
    local mention = mention_of(facts, day)
    if mention and (mention.place ~= "inside" or mention.timed) then return "text", mention, place_names[mention.place] end
    if facts.address == day then return "address", nil, "date in the address" end
    local witness = witness_of(choice, day)
    local word, lag = weekday_of(facts, day)
    if witness then
        local reason = format("article %d on the same event is of %s", witness.facts.id, calendar.iso(witness.day))
        if word and lag <= 1 then reason = reason .. format("; %s is %s", day_names[word.weekday], lag == 0 and "that day" or "the day before") end
        return "other articles", word, reason
    end
    if mention then return "text", mention, place_names[mention.place] end
    return "text", word, "the latest day that the text tells of"
end

-- Least probability at which a declared date (with the days about it) is kept, and any other is given; a day of which not even the week
-- is one in seven is a guess, and is not given
local KEEP, GIVE, GUESS = 0.28, 0.03, 0.15
local SURELY = 0.6 -- from which another day stands against a declared one that is not known to be of a machine
local HALF = 0.4   -- what such a declared date is worth: about every second one was right

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
        return { date = facts.declared_text, precision = "day", confidence = math.max(choice.declared or 0, HALF), method = "declared", reason = "declared, and not refuted outright" }
    end
    if kept and day ~= facts.declared and math.abs(day - facts.declared) <= 7 then
        return { date = facts.declared_text, precision = #facts.declared_text > 10 and "time" or "day", confidence = choice.declared, method = "declared",
            reason = "declared; the text points to " .. calendar.iso(day) }
    end
    if kept and day ~= facts.declared and choice.confidence < 2 * choice.declared then
        return { date = facts.declared_text, precision = "day", confidence = choice.declared, method = "declared", reason = "declared, and not refuted outright" }
    end
    local sure = day and choice.confidence >= GIVE and (kept or day ~= facts.declared and choice.about >= GUESS)
    if not sure then
        if facts.declared then return { confidence = 1 - (choice.declared or 0), method = "refused", reason = refusal(facts, choice) } end
        return nil
    end
    local witness = { day = day, neighbours = choice.neighbours }
    local method, shown, reason = grounds(facts, witness)
    if facts.declared and day ~= facts.declared then reason = reason .. "; " .. refusal(facts, witness) end
    local date = day == facts.declared and facts.declared_text or calendar.iso(day)
    return { date = date, precision = #date > 10 and "time" or "day", confidence = choice.confidence, method = method,
        first = shown and shown.first, last = shown and shown.last, reason = reason }
end

return verdict
