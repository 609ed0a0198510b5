-- By which first words an English expression can be known at all, and what must stand behind them, so that of a text's words only few
-- are tried against the grammar. The words go into `text.triggers`, which finds them in one pass; where one stands, a pattern looks more closely.

local lpeg = require "lpeg"
local text = require "annalist.text"
local terminals = require "expressions.terminals"

local P, R, S, V = lpeg.P, lpeg.R, lpeg.S, lpeg.V
local gap, word, digit, letter, hyphen = terminals.gap, terminals.word, terminals.digit, terminals.letter, terminals.hyphen

local starters = {}

local function words_of(list)
    local out = {}
    for w in list:gmatch "%S+" do out[#out + 1] = w end
    return out
end

-- The first word of an entry, as triggers know words: "o" of "o'clock", "year" of "year-end".
local function head_of(entry) return entry:match "^[^ %-'.]+" end

-- What makes an expression of a number, an article, "this" … that stands before it: rules S_… of the grammar, and the words that such a rule
-- can begin with, beside figures.
local function followers(words)
    local rules, lists = {}, {}
    local function any(classes, more)
        local list = words_of(more or "")
        for _, class in ipairs(words_of(classes)) do
            for _, entry in ipairs(words[class]) do list[#list + 1] = entry:match "^[^ %-]+" end
        end
        return list
    end
    local function heads(list, more)
        local out = words_of(more or "")
        for _, entry in ipairs(list) do out[#out + 1] = head_of(type(entry) == "table" and entry[1] or entry) end
        return out
    end
    local article = any("unit units part season decade vague", "hundred thousand past last previous couple pair half fiscal calendar academic mid predawn pre-dawn")
    -- "the same", "the second": of something that has to do with time
    local of_time = any("unit units small tens ordinal part season month month_short weekday decade vague filler feast", [[
        fiscal calendar couple half period past last next few quarter recent year-ago year-earlier time term first and previous following century centuries
        time same very hours full coming]])
    local which = any("ordinal phase which", [[
        next coming preceding upcoming latest school current same whole entire full very most corresponding comparable like similar identical additional extra solid
        financial just trading business long more quick short small wee following just-ended]])
    local defined = {}
    -- "the first light", but of "the first of them" there is no time
    for _, w in ipairs(article) do defined[#defined + 1] = { w, w == "first" and gap * word "light" or P(true) } end
    for _, w in ipairs(which) do defined[#defined + 1] = { w, V "S_of_time" } end
    defined[#defined + 1] = { "eve", gap * word "of" }
    for _, w in ipairs(any "small tens") do defined[#defined + 1] = { w, (gap + hyphen) * V "S_counted" } end
    for _, class in ipairs(words_of "phase_of feast vague_article past future present deictic quantity_mod") do
        for _, entry in ipairs(words[class]) do
            local bare = entry:match "^the (.+)" or entry:match "^an? (.+)" or (class == "feast" or class == "vague_article" or class == "phase_of") and entry
            if bare then defined[#defined + 1] = { bare, P(true) } end
        end
    end
    local number = any("unit units weekdays month month_short month_lower unit_glued ordinal", [[
        hundred thousand couple p am pm a.m. p.m. o'clock times day trading business working calendar fiscal school consecutive straight full whole solid more
        additional long short successive bc bce b.c. b.c.e. ad ce a.d. c.e. gmt utc hours q half st nd rd th this last tonight]])
    -- "twenty-five years" is counted, "fifty-one of them" is not
    local numerals = terminals.any_of(words.small) + terminals.any_of(words.tens)
    local plain = (numerals * (gap + hyphen)) ^ -3 * terminals.any_of(number)
    local months = terminals.any_of(words.month) + terminals.any_of(words.month_short)
    local figure = digit ^ 1 + V "S_number_word"
    rules.S_number_word = terminals.any_of(words.small) + terminals.any_of(words.tens)
    rules.S_counted = plain + word "of" * gap * months + word "in" * gap * word "the" * gap * terminals.any_of(words.part)
        + word "to|or|and" * gap * figure * (gap + hyphen) ^ -1 * (plain + months) + word "and" * gap * word "a" * gap * word "half"
        + word "a" * gap * terminals.any_of(words.unit) + P "a" * terminals.word_end
    local digits = digit ^ 1 * (P "," * digit ^ 1) ^ 0 * (P "." * digit ^ 1) ^ -1
    rules.S_number = (P "1" * digit + P "2" * S "01") * digit * digit * -digit
        + digit ^ 1 * S ":/-." * (digit + letter) + P "20" * digit ^ 6
        + terminals.behind "in |In |since |Since |until |Until " * R "19" * digit * digit * (S ".,;:)" * -digit + gap * word "the|he|she|they|his|her|and")
        + digit * digit ^ -1 * P "," * gap * digit * digit ^ -1 * (P "," + gap)
        + digits * ((gap + terminals.dash) ^ -1 * (V "S_counted" + digit * S "/0123456789" + P "½" + terminals.apostrophe) + (gap ^ -1 * P "," * gap ^ -1 * letter))
    rules.S_spoken_year = gap * (numerals + word "hundred")
    lists.S_counted = heads(number, "of in to or and a local the he she they his her")
    for _, w in ipairs(any "small tens") do table.insert(lists.S_counted, w) end
    rules.S_of_time = (gap + hyphen) * (terminals.any_of(of_time) + digit + terminals.apostrophe * digit + word "of" * gap * months)
    rules.S_defined = gap * (#digit * V "S_number" + terminals.any_before(defined) + terminals.apostrophe * digit)
    lists.S_defined = heads(defined)
    local function rule(name, before, list, also)
        rules[name] = before * (terminals.any_of(list) + digit) + (also or P(false))
        lists[name] = heads(list)
    end
    rule("S_that", gap, any("unit units season month part filler", "same very one two three four five six seven eight nine ten few past last next"))
    rule("S_amount", gap + hyphen, any("unit units filler small tens vague", "of dozen more other"))
    rule("S_part", gap, any "small tens clock_word part")
    rules.S_season, lists.S_season = gap * terminals.any_of(words.season), heads(words.season)
    rules.S_nth, lists.S_nth = gap * word "the" * gap * digit, { "the" }
    rule("S_this", gap, any("unit units season month month_short weekday weekday_short part small tens feast vague", [[
        time past last coming upcoming fiscal calendar school academic financial business working work trading very same]]))
    rule("S_which", gap, any("unit units small tens vague filler", "two few several half quarter part couple"))
    local modified = gap * (V "S_number" + V "S_number_word" * (gap + hyphen) * V "S_counted"
        + word "a|an|the|half|last|next|past" * gap * (V "S_number_word" + terminals.any_of(words.unit) + terminals.any_of(words.vague_article)
        + word "dozen|couple|half|quarter|full|whole|entire|few|past|last|next|week|an|a|hundred|decade") + terminals.any_of(words.vague))
    rules.S_modified, lists.S_modified = modified, heads(any("small tens vague", "a an the half last next past"))
    rules.S_of_year = (gap ^ -1 * P ",") ^ -1 * gap * (word "of|in" * gap) ^ -1 * (digit + terminals.apostrophe + word "this|last|next|the|that|fiscal|ad|a.d.")
    rules.S_ordered = (gap + hyphen) * (V "S_number_word" + digit + months + word "quarter|half|century|centuries|decade|week|month|day|few|fiscal|several|of|year|years|couple")
    lists.S_ordered = heads(any("small tens month month_short", "quarter half century centuries decade week month day few fiscal several of year years couple"))
    rules.S_each = gap * (digit + V "S_this" + word "other|second|morning|afternoon|evening" + terminals.any_of(words.unit) + terminals.any_of(words.units) + V "S_number_word"
        + terminals.any_of(words.weekday) + terminals.any_of(words.part) + terminals.any_of(words.month) + terminals.any_of(words.season))
    rules.S_half = (gap + hyphen) * (word "a|an|past" + terminals.any_of(words.unit))
    rules.S_unit, lists.S_unit = gap * terminals.any_of(words.unit), heads(words.unit)
    return rules, lists
end

-- Entries { word, what must stand behind it, the words that this can begin with if only these }.
local function entries_of(words, lists)
    local entries = {}
    local function add(list, follow, only)
        if type(follow) == "string" then follow, only = V(follow), lists[follow] end
        for _, w in ipairs(type(list) == "table" and list or words_of(list)) do entries[#entries + 1] = { w, follow, only } end
    end
    -- whole entries
    for _, class in ipairs(words_of [[month month_short month_lower weekday weekdays weekday_short tonight present present_adjective past past_adjective
        future frequency frequency_adjective units clock_word feast phase_of deictic]]) do add(words[class], P(true)) end
    add("last next past coming previous following preceding prior upcoming latest final", gap + hyphen)
    add("overnight sometime weekends weekdays someday q1 q2 q3 q4", P(true))
    add({ "some day", "some time" }, P(true))
    -- words that need another
    add("the a an its their his her our my your another", "S_defined")
    add("that these those", "S_that")
    add("this", "S_this")
    add("at by until till around about before after from", "S_part")
    add("at", gap * word "this", { "this" })
    add("in by until till since during throughout of", "S_season")
    add("on by until till since from to", "S_nth")
    local counted = (gap + hyphen) * V "S_counted"
    add("sixteen seventeen eighteen nineteen twenty", V "S_spoken_year", lists.S_counted)
    add(words.small, counted, lists.S_counted)
    add(words.tens, counted, lists.S_counted)
    add(words.vague, "S_amount")
    add(words.quantity_mod, "S_modified")
    add(words.quantity_over, "S_modified")
    add(words.phase, gap + hyphen)
    add(words.part, gap * word "of|on" * gap, { "of", "on" })
    add(words.season, "S_of_year")
    add(words.ordinal, "S_ordered")
    add(words.unit, hyphen + terminals.apostrophe + gap * word "end|ago|earlier|before|to")
    add("every each", "S_each")
    add("most", gap * (terminals.any_of(words.units) + terminals.any_of(words.weekdays) + word "mornings|afternoons|evenings"))
    add("eve", gap * word "of", { "of" })
    add("half", "S_half")
    add("couple pair", gap * word "of", { "of" })
    add("fiscal calendar", (gap + hyphen) * (digit + word "year|1|first|second|third|fourth"), words_of "year first second third fourth")
    add("all", "S_unit")
    add("aged", gap * (digit + V "S_number_word"))
    local per = words_of "a an per each every daily weekly monthly yearly annually nightly"
    add("once twice", gap * terminals.any_of(per), per)
    add("week", gap * digit)
    add("year", gap * digit * digit * digit)
    add("shortly just", gap * word "after|before", { "after", "before" })
    add("a.d. ad", gap * digit)
    add("first opening initial remaining ensuing intervening school early recent closing", "S_which")
    return entries
end

-- What triggers look for: the first word of each entry, and its second or those that may follow; small numbers before what they can count.
local function triggers_of(entries, counted)
    local out, seconds = { { "0", counted } }, {}
    for _, entry in ipairs(entries) do
        local first, second = entry[1]:match "^([^ %-'.]+)[ %-'.]*([^ %-'.]*)"
        if second ~= "" then
            seconds[second] = seconds[second] or { second }
            out[#out + 1] = { first, seconds[second] }
        else
            out[#out + 1] = { first, entry[3] }
        end
    end
    return text.triggers(out)
end

-- Returns the triggers, the pattern that looks more closely, and the rules that it refers to.
function starters.build(words)
    local rules, lists = followers(words)
    local entries = entries_of(words, lists)
    local numbered = #digit * V "S_number" + terminals.apostrophe * digit * digit + P "½"
    return triggers_of(entries, lists.S_counted), numbered + terminals.any_before(entries), rules
end

return starters
